"""Hands out the codes of paid orders: `python3 worker.py`. See ../README.md.

A code is a file in `stock/free`. It is renamed to `stock/taken`, which only one process can do,
and linked under the order's id into `stock/sold`, which can be done once; there the page finds
it. Killed at any moment and started again, the worker never gives an order two codes nor two
orders one. A code that a kill left in `taken` and not in `sold` belongs to nobody.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Optional

from till import Client, ConflictError, TillError
from till.generated.types import Event

STOCK = Path(os.environ.get("SHOP_STOCK", "stock"))
CONSUMER = "example-shop"


def take(order: str) -> Optional[str]:
    """The name of the order's code, now and ever; None when there are no codes left."""
    sold = STOCK / "sold" / order
    for name in sorted(path.name for path in (STOCK / "free").iterdir()):
        if sold.exists():
            break
        try:
            (STOCK / "free" / name).rename(STOCK / "taken" / name)
        except FileNotFoundError:
            continue
        try:
            os.link(STOCK / "taken" / name, sold)
        except FileExistsError:
            (STOCK / "taken" / name).rename(STOCK / "free" / name)
    return sold.name if sold.exists() else None


def hand_out(till: Client, event: Event) -> None:
    order, line = event["order"], event["data"]["line"]
    try:
        # The event's id makes the key: the same event again gets the same claim.
        key = f"hand-out-{event['id']}"
        claim = till.delivery.claim(order, line=line, idempotency_key=key)["claim"]
        if take(order) is None:
            till.delivery.fail(claim, reason="no codes left")
        else:
            till.delivery.complete(claim, reference=f"sold/{order}")
    except ConflictError as fault:
        # Another worker has it, it is held, or the lease ended meanwhile: a person sees it.
        print(f"{order} is not ours: {fault}", flush=True)


def main() -> None:
    for folder in ("free", "taken", "sold"):
        (STOCK / folder).mkdir(parents=True, exist_ok=True)
    with Client() as till:
        while True:
            try:
                for event in till.events.consume(CONSUMER, types=["delivery.pending"]):
                    hand_out(till, event)
            except TillError as fault:
                print(fault, flush=True)
                time.sleep(1)


if __name__ == "__main__":
    main()
