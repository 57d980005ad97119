"""What every contender shares: one order row, one event row, one key row, and how it is told."""

import dataclasses
import os
import shutil
import subprocess
import tempfile
import time

# An event's line as Till stores it has about this many bytes.
EVENT_LINE = '{"type":"order.created","data":{"subject":"Game card"}' + " " * 420 + "}"
# Before anything is measured, so that indexes have their depth.
WARM_ROWS = 20_000


@dataclasses.dataclass
class Figure:
    """One measured row; latencies in microseconds, None where the tool tells none."""

    contender: str
    work: str
    clients: int
    per_second: int
    p50: int | None
    p99: int | None


def quantile(sorted_values, percent):
    if not sorted_values:
        return None
    return sorted_values[min(len(sorted_values) - 1, len(sorted_values) * percent // 100)]


def figure(contender, work, clients, seconds, latencies):
    """`latencies` in microseconds, one for each request that was answered in `seconds`."""
    latencies = sorted(latencies)
    return Figure(
        contender, work, clients, int(len(latencies) / seconds),
        quantile(latencies, 50), quantile(latencies, 99))


def run(*words, user=None, **options):
    """Runs a command to its end and gives what it printed; fails loudly."""
    words = [str(word) for word in words]
    if user and os.geteuid() == 0:
        words = ["runuser", "-u", user, "--"] + words
    done = subprocess.run(words, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(words[:6])} …: {done.stdout[-500:]}{done.stderr[-1500:]}")
    return done.stdout


class Folder:
    """A contender's own folder on the disk that is measured; removed at the end."""

    def __init__(self, parent, name, owner=None):
        self.path = tempfile.mkdtemp(prefix=f"compare-{name}-", dir=parent)
        if owner and os.geteuid() == 0:
            shutil.chown(self.path, owner)
        os.chmod(self.path, 0o755)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def file(self, name, text=""):
        path = os.path.join(self.path, name)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        os.chmod(path, 0o644)
        return path


def wait_until(is_ready, what, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_ready():
            return
        time.sleep(0.1)
    raise SystemExit(f"{what} did not start")
