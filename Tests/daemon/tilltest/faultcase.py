"""The base of the fault tests: a daemon of one's own, its process from outside, raw lines."""

from __future__ import annotations

import os
import time
import unittest
from pathlib import Path
from typing import Any, Callable

from .client import Client, Closed, LineSocket, NoLine
from .daemon import Daemon

CNY = {"currency": "CNY", "minor": 100}
SANDBOX = {"gateways": [{"name": "sandbox", "kind": "sandbox"}]}


class FaultCase(unittest.TestCase):
    """Tests run beside each other, so each has its own daemon; `slow` ones are started first."""

    slow = False

    def daemon_with(self, config: dict[str, Any] | None = None, **options: Any) -> Daemon:
        """Started, and closed after the test. Without a configuration it runs bare."""
        whole = None if config is None else SANDBOX | config
        daemon = Daemon(whole, bare=config is None, **options)
        self.addCleanup(daemon.close)
        self.daemon = daemon
        return daemon.start()

    def unstarted(self, config: dict[str, Any] | None = None, **options: Any) -> Daemon:
        daemon = Daemon(SANDBOX | (config or {}), **options)
        self.addCleanup(daemon.close)
        self.daemon = daemon
        return daemon

    def line(self, daemon: Daemon, path: str | None = None) -> LineSocket:
        """A connection that has been greeted."""
        line = LineSocket(path or daemon.socket)
        self.addCleanup(line.close)
        self.assertEqual(line.read()["method"], "session.greeting")
        return line

    def order(self, client: Client, number: str, **more: Any) -> dict[str, Any]:
        params = {"order_no": number, "amount": CNY, "subject": "x"} | more
        order: dict[str, Any] = client.keyed("order.create", **params)["order"]
        return order

    def assert_serves(self, daemon: Daemon, text: str = "still here") -> None:
        """The daemon runs and answers somebody new."""
        self.assertTrue(daemon.running(), daemon.log())
        with Client(daemon.socket) as client:
            self.assertEqual(client.call("protocol.ping", echo=text)["echo"], text)

    def assert_ended(self, line: LineSocket) -> list[dict[str, Any]]:
        """The lines until the daemon ended the connection."""
        lines: list[dict[str, Any]] = []
        limit = time.monotonic() + 20
        while time.monotonic() < limit:
            try:
                lines.append(line.read(20))
            except Closed:
                return lines
            except NoLine:
                break
        raise AssertionError(f"the connection is still open; {lines[-2:]}")

    def eventually(self, look: Callable[[], Any], what: str, within_s: float = 30.0) -> Any:
        limit = time.monotonic() + within_s
        while not (value := look()):
            if time.monotonic() > limit:
                raise AssertionError(f"never happened: {what}")
            time.sleep(0.05)
        return value


def resident_kib(daemon: Daemon) -> int:
    """Memory of the daemon in use."""
    assert daemon.process is not None
    for line in Path(f"/proc/{daemon.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")


def descriptors(daemon: Daemon) -> int:
    assert daemon.process is not None
    return len(os.listdir(f"/proc/{daemon.process.pid}/fd"))


def cpu_seconds(daemon: Daemon) -> float:
    """Processor time the daemon has used, all threads."""
    assert daemon.process is not None
    fields = Path(f"/proc/{daemon.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def code(message: dict[str, Any]) -> str:
    """The error code of a reply, or that of a goodbye."""
    if "error" in message:
        return str(message["error"]["data"]["code"])
    return str(message.get("params", {}).get("code", ""))
