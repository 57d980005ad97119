"""Days of a gateway's own zone, as its bills count them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


def parse_day(text: str) -> date:
    """`yyyy-MM-dd`; ValueError for any other form."""
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        raise ValueError(text)
    return found


def bounds(day: date, offset_minutes: int) -> tuple[int, int]:
    """Its first millisecond and the first one after it."""
    zone = timezone(timedelta(minutes=offset_minutes))
    start = int(datetime.combine(day, time(), zone).timestamp()) * 1000
    return start, start + DAY_MS
