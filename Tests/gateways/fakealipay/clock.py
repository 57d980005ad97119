"""The gateway's clock: wall time plus an offset the tests move, shown as Beijing time."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
STAMP = "%Y-%m-%d %H:%M:%S"


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


def beijing(at_ms: int) -> str:
    """`yyyy-MM-dd HH:mm:ss` at UTC+8, the only form Alipay writes or reads."""
    return datetime.fromtimestamp(at_ms // 1000, BEIJING).strftime(STAMP)


def parse_beijing(text: str) -> int:
    """Milliseconds of a Beijing stamp; ValueError when the text has any other form."""
    at = datetime.strptime(text, STAMP)
    if at.strftime(STAMP) != text:
        raise ValueError(text)
    return int(at.replace(tzinfo=BEIJING).timestamp()) * 1000


def parse_relative(text: str, from_ms: int) -> int:
    """The moment a `90m` / `2h` / `15d` / `1c` timeout ends; ValueError for any other form."""
    if text == "1c":
        day = datetime.fromtimestamp(from_ms // 1000, BEIJING).replace(hour=0, minute=0, second=0)
        return int((day + timedelta(days=1)).timestamp()) * 1000
    units = {"m": 60_000, "h": 3_600_000, "d": 86_400_000}
    if len(text) < 2 or text[-1] not in units or not text[:-1].isdecimal():
        raise ValueError(text)
    span = int(text[:-1]) * units[text[-1]]
    if not 60_000 <= span <= 15 * 86_400_000:
        raise ValueError(text)
    return from_ms + span
