"""What moved on the balance of a gateway that sells by card, drawn from its books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from .ledger import Ledger, Payment, Refund


@dataclass
class Movement:
    """A payment, or a refund of it. `minor` is signed; `fee` is what the gateway kept."""

    payment: Payment
    refund: Refund | None
    at_ms: int
    minor: int
    fee: int

    @property
    def id(self) -> str:
        return self.refund.id if self.refund else self.payment.charge

    @property
    def net(self) -> int:
        return self.minor - self.fee


def movements(
    ledger: Ledger, start_ms: int, end_ms: int, fee: Callable[[int], int]
) -> list[Movement]:
    """Those from the first moment on and before the second, oldest first. Refunds cost nothing."""
    found: list[Movement] = []
    for payment in ledger:
        if payment.charged:
            paid = payment.charged
            found.append(Movement(payment, None, payment.paid_ms, paid, fee(paid)))
        found += [Movement(payment, r, r.created_ms, -r.minor, 0) for r in payment.refunds]
    kept = [m for m in found if start_ms <= m.at_ms < end_ms]
    return sorted(kept, key=lambda m: m.at_ms)
