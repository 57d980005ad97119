"""A bill for the daemon: the zone of its days, and its bytes, sent as the client sends a file."""

from __future__ import annotations

import base64
import datetime
import hashlib

from tilltest.client import Client

PIECE = 49_152
# A layout of our own, but for its time.
HEADING = "time,transaction,number,payment,kind,amount"
LAYOUT = {
    "name": "days",
    "columns": {
        "time": "time",
        "transaction": "transaction",
        "reference": "number",
        "parent": "payment",
        "kind": "kind",
        "amount": "amount",
    },
    "amounts": "by_kind",
    "currency": "CNY",
    "kinds": {"paid": "charge", "refunded": "refund"},
}


def noon_zone() -> tuple[datetime.timezone, str]:
    """A zone where it is about noon, so that no row of now is near an end of its day; and how a
    layout names it."""
    hours = 12 - datetime.datetime.now(datetime.timezone.utc).hour
    name = f"{'-' if hours < 0 else '+'}{abs(hours):02d}:00"
    return datetime.timezone(datetime.timedelta(hours=hours)), name


def uploaded(till: Client, content: bytes) -> str:
    """Sends all of it, in pieces; it is not read yet.

    Returns: the number of the statement, for `statement.import`.
    """
    digest = hashlib.sha256(content).hexdigest()
    begun: str = till.call("statement.begin", bytes=len(content), sha256=digest)["statement"]
    for offset in range(0, len(content), PIECE):
        data = base64.b64encode(content[offset : offset + PIECE]).decode()
        till.call("statement.append", statement=begun, offset=offset, data_base64=data)
    return begun
