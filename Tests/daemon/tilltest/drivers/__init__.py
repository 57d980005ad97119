"""The drivers of all fake gateways, one fake of each kind for the whole run."""

from __future__ import annotations

import atexit
import threading

from .alipay import AlipayDriver
from .base import LIES, NOTICES, OPERATIONS, Books, Driver, JournalDriver, Notice

__all__ = ["Books", "Driver", "JournalDriver", "LIES", "NOTICES", "Notice", "OPERATIONS"]

# Every gateway that has a fake; the behaviours run for each.
DRIVERS: list[type[Driver]] = [AlipayDriver]

_running: dict[type[Driver], Driver] = {}
_lock = threading.Lock()
_own = threading.local()


def shared(kind: type[Driver]) -> Driver:
    """Keys take a second to make; books are kept apart by order numbers."""
    with _lock:
        return begun(kind, _running)


def own(kind: type[Driver]) -> Driver:
    """One for this thread, for tests that look at all of the books."""
    return begun(kind, _own.__dict__.setdefault("running", {}))


def begun(kind: type[Driver], running: dict[type[Driver], Driver]) -> Driver:
    if kind not in running:
        driver = kind()  # type: ignore[call-arg]
        atexit.register(driver.fake.stop)
        running[kind] = driver
    return running[kind]
