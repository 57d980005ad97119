"""Amounts without floats."""

from __future__ import annotations

import re

from .generated.tables import CURRENCIES
from .generated.types import Money

_AMOUNT = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?\Z")


def money(amount: str, currency: str) -> Money:
    """`money("58.00", "CNY")` is 5800 minor units. What cannot be told exactly is refused."""
    if not isinstance(amount, str):
        raise TypeError("an amount is a string such as '58.00'; floats and bare ints are refused")
    if currency not in CURRENCIES:
        raise ValueError(f"{currency!r} is not a currency with a minor unit")
    found = _AMOUNT.match(amount)
    decimals = CURRENCIES[currency]
    if found is None or len(found.group(3) or "") > decimals:
        raise ValueError(f"{amount!r} is not an amount of {currency} with {decimals} decimals")
    sign, whole, fraction = found.group(1), found.group(2), found.group(3) or ""
    return {"currency": currency, "minor": int(sign + whole + fraction.ljust(decimals, "0"))}


def money_text(value: Money) -> str:
    """`58.00 CNY`."""
    decimals = CURRENCIES.get(value["currency"], 0)
    digits = str(abs(value["minor"])).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"{'-' if value['minor'] < 0 else ''}{text} {value['currency']}"
