"""How long a call takes through each library, beside a bare socket in the same language.

`python3 Tests/clients/roundtrip.py [TIMES]` measures the daemon that TILLD names, else the debug
build.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "daemon"), str(HERE.parent / "gateways")]

from clienttest.drivers import DRIVER_TYPES, Driver, ShellDriver  # noqa: E402
from tilltest.daemon import Daemon  # noqa: E402

TIMES = 5_000
ROUNDS = 5
# A process for each call of the shell.
SHELL_TIMES = 100


def share(spans: list[int], of: float) -> float:
    """A quantile in microseconds."""
    return sorted(spans)[min(len(spans) - 1, int(len(spans) * of))] / 1_000


def spans(driver: Driver, way: str, method: str, params: Any, times: int) -> list[int]:
    order = {way: method, "params": params, "times": times}
    told = driver.finish(driver.begin(on="", **order))
    found: list[int] = told["result"]["ns"]
    return found


def shell_spans(driver: ShellDriver, method: str, params: Any) -> list[int]:
    marks = [time.perf_counter_ns()]
    for _ in range(SHELL_TIMES):
        driver.call("", method, params)
        marks.append(time.perf_counter_ns())
    return [after - before for before, after in zip(marks, marks[1:])]


def measure(driver: Driver, method: str, params: Any, times: int) -> str:
    """The two ways take turns, so that a busy moment of the machine meets both."""
    if isinstance(driver, ShellDriver):
        whole = shell_spans(driver, method, params)
        return f"{share(whole, 0.5):9.0f} {share(whole, 0.99):9.0f}   a process each"
    bare: list[int] = []
    whole = []
    for _ in range(ROUNDS):
        bare += spans(driver, "bare", method, params, times // ROUNDS)
        whole += spans(driver, "repeat", method, params, times // ROUNDS)
    median, least = share(whole, 0.5), share(bare, 0.5)
    return (
        f"{median:9.0f} {share(whole, 0.99):9.0f} {least:9.0f} {share(bare, 0.99):9.0f}"
        f" {median - least:9.0f}"
    )


def main(arguments: list[str]) -> int:
    times = int(arguments[0]) if arguments else TIMES
    daemon = Daemon(plain=True).start()
    print("library   method         median       p99  bare: median       p99   more   (us)")
    for kind in DRIVER_TYPES:
        driver = kind()
        driver.open("", socket=daemon.socket)
        amount = {"currency": "CNY", "minor": 5_800}
        order = {"amount": amount, "subject": "Game card", "idempotency_key": "roundtrip-1"}
        number = driver.call("", "order.create", order)["result"]["order"]["id"]
        for method, params in (("protocol.ping", {}), ("order.get", {"order": number})):
            figures = measure(driver, method, params, times)
            print(f"{kind.name:8}  {method:13} {figures}", flush=True)
        driver.close()
    daemon.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
