"""The base of the tests of limits: the values of the contract, and a daemon whose clocks stand."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

from .client import Client, LineSocket, NoLine
from .contract import load
from .daemon import Daemon
from .disk import Shim
from .faultcase import FaultCase
from .heldclock import HeldClock
from .preload import library

LIMITS: dict[str, int] = {n: entry["value"] for n, entry in load("limits.json")["limits"].items()}
# Housekeeping of connections looks every second.
HOUSEKEEPING_S = 2.5
DAY_MS = 86_400_000
NOON_IN_CHINA_MS = 4 * 3_600_000


def stand_still(daemon: Daemon) -> None:
    """Stopped, all threads of it."""
    assert daemon.process is not None
    daemon.process.send_signal(signal.SIGSTOP)
    tasks = Path(f"/proc/{daemon.process.pid}/task")
    while any(
        (task / "stat").read_text().rsplit(")", 1)[1].split()[0] != "T" for task in tasks.iterdir()
    ):
        time.sleep(0.01)


def go_on(daemon: Daemon) -> None:
    assert daemon.process is not None
    daemon.process.send_signal(signal.SIGCONT)


class HeldCase(FaultCase):
    def held(self, config: dict[str, Any] | None = None, shim: str | None = None) -> Daemon:
        """Started, with its clocks held at noon where the gateways are."""
        if library("clockhold") is None:
            self.skipTest("needs a C compiler to hold the daemon's clock")
        daemon = self.unstarted(config)
        if shim is not None:
            Shim(daemon, shim)
        self.clock = HeldClock(daemon)
        self.clock.advance(NOON_IN_CHINA_MS - self.clock.wall_ms % DAY_MS)
        daemon.start()
        if not self.clock.works:
            self.skipTest("this daemon holds its libraries, whose timers need the real clock")
        self.pokes = 0
        self.client = Client(daemon.socket)
        self.addCleanup(self.client.close)
        return daemon

    def poke(self) -> None:
        """A write, with which the engine does what has become due."""
        self.pokes += 1
        self.order(self.client, f"POKE-{self.pokes}", expires_in_ms=LIMITS["order_expiry_max"])

    def paid(self, number: str) -> None:
        self.order(self.client, number)
        payment = self.opened(number)
        self.client.call("sandbox.pay", payment=payment["id"])
        self.client.call("order.wait", order=number, until=["paid"], wait_ms=10_000)

    def opened(self, number: str, method: str = "qr") -> dict[str, Any]:
        made = self.client.keyed("payment.create", order=number, gateway="sandbox", method=method)
        payment: dict[str, Any] = made["payment"]
        return payment

    def payment(self, payment: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.client.call("payment.get", payment=payment["id"])["payment"]
        return found

    def silent(self, line: LineSocket) -> None:
        """Nothing comes, though housekeeping looked."""
        with self.assertRaises(NoLine):
            line.read(HOUSEKEEPING_S)
