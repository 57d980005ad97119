"""Beijing time, the only one Alipay writes or reads."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
STAMP = "%Y-%m-%d %H:%M:%S"


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
