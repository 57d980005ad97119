"""Till itself, driven by till-bench: a daemon, a Unix socket, replies after the commit."""

import re

from shared import WARM_ROWS, Figure, run

NAME = "Till"


def microseconds(text):
    number, unit = re.match(r"([0-9.]+) (µs|ms|s)", text).groups()
    return int(float(number) * {"µs": 1, "ms": 1_000, "s": 1_000_000}[unit])


class Contender:
    works = ["create", "read"]

    def __init__(self, parent, programs):
        self.parent, self.programs = parent, programs

    def start(self):
        """Each measurement starts a daemon of its own."""

    def stop(self):
        """Nothing is left."""

    def measure(self, work, clients, seconds):
        workload = {"create": "create", "read": "get"}[work]
        printed = run(
            f"{self.programs}/till-bench", workload, "--clients", clients, "--seconds", seconds,
            "--warmup-orders", WARM_ROWS, "--folder", self.parent, "--tilld",
            f"{self.programs}/tilld")
        row = next(line for line in printed.splitlines() if f"`{workload} " in line)
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        return Figure(
            NAME, work, clients, int(re.sub(r"[^0-9]", "", cells[2])),
            microseconds(cells[3]), microseconds(cells[4]))
