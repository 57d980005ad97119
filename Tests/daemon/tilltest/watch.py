"""No run waits for ever: a test without an end is named, with what all of its threads do."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
from pathlib import Path

from .daemon import end_all, running

LOOK_S = 1.0


class Watch:
    """Knows which tests run. One that takes longer than `limit_s` ends the whole run, aloud."""

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        self.lock = threading.Lock()
        self.began: dict[str, float] = {}

    def start(self) -> None:
        threading.Thread(target=self._look, daemon=True).start()

    def begin(self, name: str) -> None:
        with self.lock:
            self.began[name] = time.monotonic()

    def end(self, name: str) -> None:
        with self.lock:
            self.began.pop(name, None)

    def late(self) -> list[str]:
        limit = time.monotonic() - self.limit_s
        with self.lock:
            return [name for name, began in self.began.items() if began < limit]

    def _look(self) -> None:
        while not (late := self.late()):
            time.sleep(LOOK_S)
        try:
            for name in late:
                print(f"FAIL {name}: no end after {self.limit_s:g} s", flush=True)
            tell_all()
            end_all()
        finally:
            os._exit(1)


def tell_all() -> None:
    """Where each thread stands, here and in each daemon, and what each daemon said last."""
    sys.stdout.flush()
    faulthandler.dump_traceback(sys.stdout)
    for daemon in running():
        print(f"--- tilld in {daemon.folder}", flush=True)
        if daemon.process is not None:
            for thread in sorted(Path(f"/proc/{daemon.process.pid}/task").glob("*")):
                print(f"thread {thread.name}: {standing(thread)}", flush=True)
        print(f"{daemon.log()}---", flush=True)


def standing(thread: Path) -> str:
    """A thread's name, state and the call of the system that it waits in."""
    try:
        comm, state, call = ((thread / what).read_text() for what in ("comm", "stat", "syscall"))
    except OSError as fault:
        return str(fault)
    return f"{comm.strip()}, {state.rpartition(')')[2].split()[0]}, call {call.split()[0]}"


def still_running() -> list[str]:
    """Threads that the tests left behind and that would hold up the end of the run."""
    mine = threading.current_thread()
    left = [t for t in threading.enumerate() if t is not mine and not t.daemon]
    for thread in left:
        thread.join(10)
    return [thread.name for thread in left if thread.is_alive()]
