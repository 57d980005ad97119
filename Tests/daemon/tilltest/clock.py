"""A daemon whose wall clock the tests move, by a library that is preloaded into it."""

from __future__ import annotations

from .daemon import Daemon
from .preload import library


class ShiftedClock:
    """The clock of one daemon that has not been started yet."""

    def __init__(self, daemon: Daemon) -> None:
        built = library("clockshift")
        assert built is not None, "there is no C compiler"
        self._setting = daemon.folder / "shift"
        self.set(0)
        daemon.environment = {"LD_PRELOAD": str(built), "CLOCKSHIFT": str(self._setting)}

    @staticmethod
    def is_possible() -> bool:
        """Not without a C compiler."""
        return library("clockshift") is not None

    def set(self, seconds: int) -> None:
        """How far the daemon's clock is ahead of the real one."""
        self._setting.write_text(str(seconds))
