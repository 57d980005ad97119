"""Programs that drive a library each, and one way to speak to all of them."""

from __future__ import annotations

import itertools
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from tilltest.daemon import REPOSITORY

DRIVERS = Path(__file__).resolve().parents[1] / "drivers"
CLIENT = REPOSITORY / ".build-client" / "release" / "till"
ANSWER_S = 20.0


class Skipped(Exception):
    """What the driver needs is not on this machine."""


class Dead(Exception):
    """The driver ended."""


def client_program() -> Path:
    """The command line under test."""
    debug = REPOSITORY / ".build" / "debug" / "till"
    path = CLIENT if CLIENT.exists() else debug
    if not path.exists():
        raise FileNotFoundError("no till; build it with Tests/run --build release")
    return path


class Driver:
    """One process of one library."""

    # Whether several calls may be under way in one process.
    is_concurrent = True
    can_stream = True
    can_fork = False
    # Whether one connection serves one call after another.
    keeps_connection = True
    # Whether requests that overlap share a connection.
    pipelines = False
    command: list[str] = []
    name = ""

    def __init__(self) -> None:
        if shutil.which(self.command[0]) is None:
            raise Skipped(f"there is no {self.command[0]}")
        self._numbers = itertools.count(1)
        self._answers: dict[int, queue.Queue[Any]] = {}
        self._opened: dict[str, dict[str, Any]] = {}
        self._helpers: list[Driver] = []
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            message = json.loads(line)
            self._answers[message["n"]].put(message)
        for waiting in list(self._answers.values()):
            waiting.put(None)

    def begin(self, **order: Any) -> queue.Queue[Any]:
        number = next(self._numbers)
        answer: queue.Queue[Any] = queue.Queue()
        self._answers[number] = answer
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"n": number} | order) + "\n")
        self.process.stdin.flush()
        return answer

    def finish(self, answer: queue.Queue[Any]) -> dict[str, Any]:
        """`{"result":…}` or `{"error":…}`."""
        message = answer.get(timeout=ANSWER_S)
        if message is None:
            raise Dead(f"the {self.name} driver ended")
        found: dict[str, Any] = message
        return found

    def ask(self, **order: Any) -> dict[str, Any]:
        return self.finish(self.begin(**order))

    def open(self, on: str, **options: Any) -> None:
        self._opened[on] = options
        self.ask(open=on, options=options)

    def call(self, on: str, method: str, params: Any) -> dict[str, Any]:
        return self.ask(on=on, call=method, params=params)

    def begin_call(self, on: str, method: str, params: Any) -> queue.Queue[Any]:
        """A call beside others; where the library has one at a time, in a process of its own."""
        if self.is_concurrent:
            return self.begin(on=on, call=method, params=params)
        helper = type(self)()
        self._helpers.append(helper)
        helper.open(on, **self._opened[on])
        return helper.begin(on=on, call=method, params=params)

    def begin_stream(self, on: str, params: dict[str, Any]) -> queue.Queue[Any]:
        return self.begin(on=on, subscribe=params)

    def close(self) -> None:
        for helper in self._helpers:
            helper.close()
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.terminate()
        self.process.wait(10)


class PythonDriver(Driver):
    name = "python"
    can_fork = True
    command = [sys.executable, str(DRIVERS / "python_driver.py")]


class AsyncioDriver(Driver):
    name = "asyncio"
    pipelines = True
    command = [sys.executable, str(DRIVERS / "python_driver.py"), "--asyncio"]


class NodeDriver(Driver):
    name = "node"
    pipelines = True
    command = ["node", str(DRIVERS / "node_driver.mjs")]


class PHPDriver(Driver):
    name = "php"
    is_concurrent = False
    can_fork = True
    command = ["php", str(DRIVERS / "php_driver.php")]


class ShellDriver(Driver):
    """Each call is `till_call` of the shell library, and so the command line."""

    name = "shell"
    can_stream = False
    keeps_connection = False
    command = ["sh"]
    script = f'. "{REPOSITORY}/Clients/shell/till.sh"; till_call "$@"'

    def __init__(self) -> None:
        self._opened = {}
        # What the command line remembers of unfinished requests stays out of the home folder.
        self._state = tempfile.TemporaryDirectory(prefix="till-shell-")
        self._program = client_program()

    def open(self, on: str, **options: Any) -> None:
        self._opened[on] = options

    def begin_call(self, on: str, method: str, params: Any) -> queue.Queue[Any]:
        answer: queue.Queue[Any] = queue.Queue()
        work = threading.Thread(target=lambda: answer.put(self.call(on, method, params)))
        work.daemon = True
        work.start()
        return answer

    def flags(self, options: dict[str, Any]) -> list[str]:
        flags = ["--yes", "--connect-timeout", f"{options.get('connect_timeout_ms', 5_000)}ms"]
        if "timeout_ms" in options:
            flags += ["--timeout", f"{options['timeout_ms']}ms"]
        if "token" in options:
            file = Path(self._state.name) / f"token-{len(list(Path(self._state.name).iterdir()))}"
            file.touch(0o600)
            file.write_text(options["token"])
            flags += ["--token-file", str(file)]
        return flags

    def call(self, on: str, method: str, params: Any) -> dict[str, Any]:
        options = self._opened[on]
        environment = {
            "TILL_SOCKET": options["socket"],
            "XDG_STATE_HOME": self._state.name,
            "PATH": f"{self._program.parent}:{os.environ['PATH']}",
        }
        done = subprocess.run(
            ["sh", "-c", self.script, "sh", method, "-", *self.flags(options)],
            input=json.dumps(params or {}),
            capture_output=True,
            text=True,
            env=os.environ | environment,
            timeout=ANSWER_S,
            check=False,
        )
        # 8 beside a result: the condition that was waited for is not there. 5: the file that was
        # tried would be refused.
        if done.returncode == 0 or (done.returncode in {5, 8} and done.stdout):
            return {"result": json.loads(done.stdout)}
        return {"error": told_by_shell(done)}

    def close(self) -> None:
        self._state.cleanup()


def told_by_shell(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The object on standard error, with the type of error that the exit status stands for."""
    try:
        whole: dict[str, Any] = json.loads(done.stderr.strip().splitlines()[-1])
    except (ValueError, IndexError):
        raise Dead(f"till ended with {done.returncode} and said {done.stderr!r}") from None
    data: dict[str, Any] = whole.get("data", whole)
    error = {"details": {}} | data | {"message": whole.get("message"), "status": done.returncode}
    error.setdefault("key", data.get("idempotency_key"))
    names = {7: "Unreachable", 12: "OutcomeUnknown"}
    return error | {"type": names.get(done.returncode, error_type(str(data.get("class", ""))))}


def error_type(error_class: str) -> str:
    """`not_found` is a NotFoundError in every library."""
    words = error_class.split("_") if error_class else ["protocol"]
    name = "".join(word.capitalize() for word in words)
    return name + ("Error" if error_class else "Fault")


DRIVER_TYPES: list[type[Driver]] = [PythonDriver, AsyncioDriver, NodeDriver, PHPDriver, ShellDriver]
