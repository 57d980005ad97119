"""A gateway's clock: wall time plus an offset the tests move."""

from __future__ import annotations

import threading
import time


class GatewayClock:
    """Milliseconds since 1970 UTC as this gateway believes them to be."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._offset_ms = 0

    @property
    def offset_ms(self) -> int:
        with self._lock:
            return self._offset_ms

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self.offset_ms

    def set_offset(self, offset_ms: int) -> None:
        with self._lock:
            self._offset_ms = offset_ms

    def advance(self, by_ms: int) -> None:
        with self._lock:
            self._offset_ms += by_ms
