"""A server that speaks the protocol badly, one script a connection."""

from __future__ import annotations

import json
import os
import queue
import shutil
import socket
import tempfile
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Optional

from .drivers import DRIVER_TYPES, Driver, Skipped

GREETING = {
    "server": "tilld",
    "version": "0.1.0",
    "protocol": {"min": 1, "max": 1},
    "schema": "0" * 64,
    "instance": "hostile",
    "epoch": "0a",
    "now_at": 1_700_000_000_000,
    "state": "ready",
    "peer": {"uid": 0, "principal": "tester", "roles": ["admin"]},
    "limits": {"line_in_bytes": 262_144},
    "features": [],
}
SHORT = {"timeout_ms": 3_000, "connect_timeout_ms": 3_000, "retry_for_ms": 4_000}


class Peer:
    """One connection, from the server's side."""

    def __init__(self, link: socket.socket, server: Server) -> None:
        self.link = link
        self.server = server
        self._file = link.makefile("rb")

    def greet(self) -> None:
        self.notify("session.greeting", GREETING)

    def request(self) -> dict[str, Any]:
        """The next request; a hello is answered by the way."""
        while True:
            line = self._file.readline()
            if not line:
                raise ConnectionResetError
            message: dict[str, Any] = json.loads(line)
            if message["method"] == "session.hello":
                self.reply(message, {"peer": {}, "protocol": {}, "features": []})
                continue
            self.server.requests.append(message)
            return message

    def send(self, message: Any) -> None:
        self.send_bytes(json.dumps(message, ensure_ascii=False).encode() + b"\n")

    def send_bytes(self, data: bytes) -> None:
        self.link.sendall(data)

    def reply(self, request: dict[str, Any], result: Any) -> None:
        self.send({"jsonrpc": "2.0", "id": request["id"], "result": result})

    def refuse(self, request: dict[str, Any], code: str, error_class: str, **data: Any) -> None:
        body = {"code": code, "class": error_class, "retry": "never", "outcome": "none"} | data
        error = {"code": -32000, "message": "No.", "data": body | {"hint": "h", "ref": "r"}}
        self.send({"jsonrpc": "2.0", "id": request["id"], "error": error})

    def notify(self, method: str, params: Any) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def hang_up(self) -> None:
        """Ends both directions, also for a forked child with a copy of the descriptor."""
        try:
            self.link.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def close(self) -> None:
        self.hang_up()
        self._file.close()
        self.link.close()

    def wait_for_end(self) -> None:
        """Until the client hangs up."""
        try:
            while self._file.readline():
                pass
        except OSError:
            pass


Script = Callable[[Peer], None]


class Server:
    """Plays one script for each connection; the last one again for all further ones."""

    def __init__(self, *scripts: Script, backlog: int = 64, is_late: bool = False) -> None:
        self.folder = tempfile.mkdtemp(prefix="till-hostile-", dir="/tmp")
        self.path = os.path.join(self.folder, "s")
        self.scripts = list(scripts)
        self.requests: list[dict[str, Any]] = []
        self.connections = 0
        self.faults: queue.Queue[BaseException] = queue.Queue()
        self._peers: list[Peer] = []
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._backlog = backlog
        if not is_late:
            self.listen()
        if backlog > 0:
            self.serve()

    def listen(self) -> None:
        self._listener.bind(self.path)
        self._listener.listen(self._backlog)

    def serve(self) -> None:
        threading.Thread(target=self._accept, daemon=True).start()

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        timer = threading.Timer(seconds, act)
        timer.daemon = True
        timer.start()

    def _accept(self) -> None:
        while True:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return
            script = self.scripts[min(self.connections, len(self.scripts) - 1)]
            self.connections += 1
            peer = Peer(link, self)
            self._peers.append(peer)
            threading.Thread(target=self._play, args=(script, peer), daemon=True).start()

    def _play(self, script: Script, peer: Peer) -> None:
        try:
            script(peer)
        except (ConnectionError, BrokenPipeError, ValueError, OSError):
            pass
        except BaseException as fault:  # noqa: BLE001 - told to the test
            self.faults.put(fault)
        finally:
            peer.close()

    def keys(self) -> list[Optional[str]]:
        return [request["params"].get("idempotency_key") for request in self.requests]

    def close(self) -> None:
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._listener.close()
        for peer in self._peers:
            peer.hang_up()
        shutil.rmtree(self.folder, ignore_errors=True)


def answering(result: Any = None) -> Script:
    """Greets, and answers every request."""

    def script(peer: Peer) -> None:
        peer.greet()
        while True:
            peer.reply(peer.request(), {"echo": "ok"} if result is None else result)

    return script


class HostileCase(unittest.TestCase):
    """`self.each(scenario)` runs a scenario for every library at the same time."""

    drivers: list[Driver] = []
    missing: list[str] = []

    @classmethod
    def setUpClass(cls) -> None:
        cls.drivers, cls.missing = [], []
        for kind in DRIVER_TYPES:
            try:
                cls.drivers.append(kind())
            except Skipped as reason:
                cls.missing.append(f"{kind.name}: {reason}")

    @classmethod
    def tearDownClass(cls) -> None:
        for driver in cls.drivers:
            driver.close()

    def each(self, scenario: Callable[[Driver], None], where: str = "name") -> None:
        """`where` names a property that a driver must have to take part."""
        chosen = [driver for driver in self.drivers if getattr(driver, where)]

        def run(driver: Driver) -> Optional[str]:
            try:
                scenario(driver)
            except Exception as fault:  # noqa: BLE001 - told with the library's name
                return f"{driver.name}: {type(fault).__name__}: {fault}"
            return None

        with ThreadPoolExecutor(len(chosen)) as pool:
            faults = [fault for fault in pool.map(run, chosen) if fault]
        self.assertEqual(faults, [])
        if self.missing:
            self.skipTest("; ".join(self.missing))

    def serve(self, *scripts: Script, **options: Any) -> Server:
        server = Server(*scripts, **options)
        self.addCleanup(server.close)
        return server

    def call(
        self, driver: Driver, server: Server, method: str, params: Any = None, **options: Any
    ) -> dict[str, Any]:
        """Opens a client and calls once."""
        driver.open("", socket=server.path, **(SHORT | options))
        return driver.call("", method, params or {})


def eventually(look: Callable[[], bool], within_s: float = 10.0) -> None:
    limit = time.monotonic() + within_s
    while not look():
        if time.monotonic() > limit:
            raise AssertionError("never happened")
        time.sleep(0.01)
