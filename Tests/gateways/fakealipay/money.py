"""Yuan strings and integer fen. No floating point anywhere."""

from __future__ import annotations

import re

_YUAN = re.compile(r"(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,2}))?\Z")
MIN_FEN = 1
MAX_FEN = 100_000_000 * 100


def fen(text: object) -> int:
    """Fen of a yuan string; ValueError when it is no price Alipay would take."""
    if not isinstance(text, str):
        raise ValueError("a price is a string")
    match = _YUAN.match(text)
    if match is None:
        raise ValueError(text)
    return int(match.group(1)) * 100 + int((match.group(2) or "0").ljust(2, "0"))


def yuan(amount_fen: int) -> str:
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"
