"""Starts, stops, kills and restarts a real `tilld` with a folder of its own."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Iterable

from .client import Client, Closed, LineSocket, NoLine

REPOSITORY = Path(__file__).resolve().parents[3]
READY_S = 20.0
STOP_S = 15.0
ALL_ROLES = [
    "viewer",
    "shop",
    "support",
    "finance",
    "finance_lead",
    "risk",
    "auditor",
    "metrics",
    "admin",
]


_running: set[Daemon] = set()


def running() -> list[Daemon]:
    """Those that were started and not ended."""
    return list(_running)


@atexit.register
def end_all() -> None:
    """No daemon outlives the run."""
    for daemon in running():
        daemon.close()


def executable() -> str:
    """The daemon under test: TILLD, else the debug build."""
    path = os.environ.get("TILLD") or str(REPOSITORY / ".build" / "debug" / "tilld")
    if not os.access(path, os.X_OK):
        raise FileNotFoundError(f"no daemon at {path}; build it or set TILLD")
    return path


# What the daemon's own user is where nothing is configured.
OWN_ROLES = ["admin", "shop", "support", "finance", "auditor"]


class Daemon:
    """One daemon. `config` is written as given, with listeners and peers added where absent.

    `bare` starts it without any configuration; `role_sets` adds a listener for each set of roles;
    `plain` gives our user the roles it has where nothing is configured, otherwise it has all.
    """

    def __init__(
        self,
        config: dict[str, Any] | None = None,
        bare: bool = False,
        role_sets: Iterable[Iterable[str]] = (),
        plain: bool = False,
        socket_mode: str | None = None,
    ) -> None:
        # Short, because a socket path may have 107 bytes only.
        self.folder = Path(tempfile.mkdtemp(prefix="till-", dir="/tmp"))
        self.state = self.folder / "state"
        self.socket = str(self.folder / "main.sock")
        self.log_path = self.folder / "tilld.log"
        self.config_path = self.folder / "tilld.json"
        self.bare = bare
        self.socket_mode = socket_mode
        self.wrapper: list[str] = []
        self.environment: dict[str, str] = {}
        self.pass_descriptors: tuple[int, ...] = ()
        self.role_sets = [[role] for role in ALL_ROLES] + [list(r) for r in role_sets]
        self.own_roles = OWN_ROLES if plain and not role_sets else ALL_ROLES
        self.process: subprocess.Popen[bytes] | None = None
        self.clients: list[Client] = []
        self.starts = 0
        self.configure(config or {})

    def configure(self, config: dict[str, Any]) -> None:
        """Takes effect at the next start."""
        peer = {"uid": os.getuid(), "principal": "tester", "roles": self.own_roles}
        listeners: dict[str, dict[str, Any]] = {"main": {"name": "main", "path": self.socket}}
        for roles in self.role_sets:
            path = self.socket_of(*roles)
            name = Path(path).stem
            listeners[name] = {"name": name, "path": path, "roles": roles}
        if self.socket_mode is not None:
            for listener in listeners.values():
                listener["mode"] = self.socket_mode
        whole = {
            "state_dir": str(self.state),
            "listeners": list(listeners.values()),
            "peers": [peer],
        } | config
        own = not self.bare and "listeners" not in config
        self.further_sockets = [self.socket_of(*r) for r in self.role_sets] if own else []
        text = json.dumps(whole, indent=1, ensure_ascii=False)
        self.config_path.write_text(text.replace("$dir", str(self.folder)))

    def socket_of(self, *roles: str) -> str:
        """The socket on which only these roles are in force."""
        return str(self.folder / f"{'-'.join(sorted(roles))}.sock")

    def arguments(self) -> list[str]:
        if self.bare:
            return ["--state", str(self.state), "--socket", self.socket]
        return ["--config", str(self.config_path)]

    def wrap(self, words: list[str]) -> None:
        """Starts through another program, as `prlimit … --`, from the next start on."""
        self.wrapper = words

    def start(self, wait: bool = True) -> Daemon:
        assert self.process is None, "already running"
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.wrapper, executable(), *self.arguments()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=os.environ | self.environment,
                pass_fds=self.pass_descriptors,
            )
        _running.add(self)
        self.starts += 1
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self, timeout_s: float = READY_S) -> dict[str, Any]:
        """The greeting of a daemon that says it is ready."""
        limit = time.monotonic() + timeout_s
        while time.monotonic() < limit:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"tilld ended with {self.process.returncode}\n{self.log()}")
            try:
                line = LineSocket(self.socket, 5)
            except (FileNotFoundError, ConnectionRefusedError):
                time.sleep(0.01)
                continue
            try:
                greeting: dict[str, Any] = line.read()["params"]
                if greeting["state"] == "ready":
                    line.leave()
                    self.wait_sockets(limit)
                    return greeting
            except (NoLine, Closed):
                # A program that a killed daemon was just starting holds its socket until it runs.
                pass
            finally:
                line.close()
            time.sleep(0.02)
        raise AssertionError(f"tilld was not ready in {timeout_s} s\n{self.log()}")

    def wait_sockets(self, limit: float) -> None:
        """The others come one by one after the first."""
        while time.monotonic() < limit:
            if all(Path(path).is_socket() for path in self.further_sockets):
                return
            time.sleep(0.01)
        raise AssertionError(f"not all sockets were made\n{self.log()}")

    def client(self, role: str | None = None, token: str | None = None) -> Client:
        """A connection, closed with the daemon."""
        client = Client(self.socket_of(role) if role else self.socket, token)
        self.clients.append(client)
        return client

    def kill(self) -> None:
        """SIGKILL: nothing may be flushed, said or cleaned up."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM and the exit code."""
        return self._end(signal.SIGTERM)

    def restart(self, kill: bool = False) -> Daemon:
        if self.process is not None:
            self.kill() if kill else self.stop()
        return self.start()

    def _end(self, number: signal.Signals) -> int:
        assert self.process is not None, "not running"
        for client in self.clients:
            client.close()
        self.clients.clear()
        self.process.send_signal(number)
        try:
            code = self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"tilld did not end on {number.name}\n{self.log()}") from None
        finally:
            self.process = None
            _running.discard(self)
        return code

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def log(self, last: int = 8000) -> str:
        return self.log_path.read_text(errors="replace")[-last:] if self.log_path.exists() else ""

    def close(self) -> None:
        """Ends the daemon however it is, and removes its folder unless TILL_KEEP is set."""
        if self.process is not None:
            if self.running():
                self.kill()
            self.process = None
            _running.discard(self)
        for client in self.clients:
            client.close()
        if not os.environ.get("TILL_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Daemon:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()
