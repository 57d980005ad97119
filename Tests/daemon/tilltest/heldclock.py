"""A daemon whose clocks stand still until a test moves them: limits of time, to the millisecond."""

from __future__ import annotations

import mmap
import struct
import time

from .daemon import Daemon
from .preload import library

NUMBERS = struct.Struct("=qqqq")
WALL, MONOTONIC, WORKS, STEP = 0, 8, 16, 24
NANOSECONDS = 1_000_000


class HeldClock:
    """For the next start of a daemon, added to what is preloaded into it already."""

    def __init__(self, daemon: Daemon) -> None:
        path = library("clockhold")
        assert path is not None, "there is no C compiler"
        file = daemon.folder / "clock"
        # Whole milliseconds, so that what is added is what the daemon sees.
        now = [at // NANOSECONDS * NANOSECONDS for at in (time.time_ns(), time.monotonic_ns())]
        file.write_bytes(NUMBERS.pack(*now, 0, 0))
        with file.open("r+b") as opened:
            self.place = mmap.mmap(opened.fileno(), NUMBERS.size)
        before = daemon.environment.get("LD_PRELOAD")
        daemon.environment = daemon.environment | {
            "LD_PRELOAD": f"{path}:{before}" if before else str(path),
            "CLOCKHOLD": str(file),
        }

    @property
    def works(self) -> bool:
        """Whether the daemon that was started is one that can be deceived."""
        return bool(self.read(WORKS))

    @property
    def wall_ms(self) -> int:
        return self.read(WALL) // NANOSECONDS

    def advance(self, milliseconds: int) -> None:
        """Both clocks; nothing in the daemon is woken by it."""
        for place in (WALL, MONOTONIC):
            self.write(place, self.read(place) + milliseconds * NANOSECONDS)

    def step(self, nanoseconds: int) -> None:
        """So much passes for a thread of the daemon whenever it looks at the monotonic clock."""
        self.write(STEP, nanoseconds)

    def write(self, place: int, value: int) -> None:
        struct.pack_into("=q", self.place, place, value)

    def read(self, place: int) -> int:
        return int(struct.unpack_from("=q", self.place, place)[0])
