"""Books of gateways that sell by card: payments, refunds, disputes, in their own numbers."""

from __future__ import annotations

import itertools
import secrets
import threading
from dataclasses import dataclass, field
from typing import Any, Iterator

from .clock import GatewayClock

OPEN, APPROVED, PAID, CLOSED = "open", "approved", "paid", "closed"
USUALLY_DUE_MS = 7 * 86_400_000


class LedgerError(Exception):
    """Something that the books do not allow; `word` is ours, not the gateway's."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass
class Refund:
    id: str
    number: str
    minor: int
    created_ms: int
    status: str = "succeeded"


@dataclass
class Dispute:
    id: str
    minor: int
    status: str
    created_ms: int
    due_ms: int
    outcome: str = ""
    # Where the gateway has stages of disputes: the one that it is at.
    stage: str = ""
    updated_ms: int = 0
    # What left the merchant's balance and came back, in order.
    moves: list[int] = field(default_factory=list)

    @property
    def held(self) -> int:
        """What the merchant lacks because of it."""
        return -sum(self.moves)


@dataclass
class Payment:
    """`charged` is what was really taken, whatever was asked."""

    id: str
    number: str
    minor: int
    currency: str
    created_ms: int
    expires_ms: int
    state: str = OPEN
    charge: str = ""
    charged: int = 0
    paid_ms: int = 0
    wanted_minor: int | None = None
    # Closed, and the buyer can still pay: the gateway's own mistake.
    undead: bool = False
    refunds: list[Refund] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def refunded(self) -> int:
        return sum(r.minor for r in self.refunds if r.status == "succeeded")

    def truth(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "charge": self.charge,
            "out_trade_no": self.number,
            "state": self.state,
            "currency": self.currency,
            "paid": self.charged,
            "refunded": self.refunded,
            "refunds": {r.number or r.id: r.minor for r in self.refunds},
            "disputes": [d.__dict__ | {"held": d.held} for d in self.disputes],
        }


class Ledger:
    """All payments of one gateway. Every method is atomic."""

    def __init__(self, clock: GatewayClock) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.payments: list[Payment] = []
        self._count = itertools.count(1)

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._count):06d}{secrets.token_hex(6)}"

    def __iter__(self) -> Iterator[Payment]:
        with self.lock:
            return iter(list(self.payments))

    def create(
        self, prefix: str, number: str, minor: int, currency: str, life_ms: int, **more: Any
    ) -> Payment:
        now = self.clock.now_ms()
        with self.lock:
            payment = Payment(self.new_id(prefix), number, minor, currency, now, now + life_ms)
            payment.more.update(more)
            self.payments.append(payment)
            return payment

    def find(self, name: str) -> Payment | None:
        """By any of its numbers; of several the newest."""
        hits = [p for p in self if name and name in (p.id, p.number, p.charge)]
        return hits[-1] if hits else None

    def one(self, name: str) -> Payment:
        payment = self.find(name)
        if payment is None:
            raise LedgerError("missing")
        return payment

    def approve(self, payment: Payment, minor: int | None = None) -> None:
        with self.lock:
            if payment.state != OPEN:
                raise LedgerError("state")
            payment.state = APPROVED
            payment.wanted_minor = minor

    def charge(self, payment: Payment, prefix: str, minor: int | None = None) -> None:
        with self.lock:
            if payment.state == PAID or (payment.state == CLOSED and not payment.undead):
                raise LedgerError("state")
            payment.state = PAID
            payment.charge = payment.charge or self.new_id(prefix)
            wanted = payment.wanted_minor if minor is None else minor
            payment.charged = payment.minor if wanted is None else wanted
            payment.paid_ms = self.clock.now_ms()

    def close(self, payment: Payment) -> None:
        with self.lock:
            if payment.state == PAID:
                raise LedgerError("state")
            payment.state = CLOSED

    def refund(self, payment: Payment, prefix: str, number: str, minor: int) -> Refund:
        with self.lock:
            if payment.state != PAID:
                raise LedgerError("state")
            if minor <= 0 or minor > payment.charged - payment.refunded:
                raise LedgerError("amount")
            refund = Refund(self.new_id(prefix), number, minor, self.clock.now_ms())
            payment.refunds.append(refund)
            return refund

    def refund_of(self, payment: Payment, name: str) -> Refund:
        hits = [r for r in payment.refunds if name in (r.id, r.number)]
        if not hits:
            raise LedgerError("missing")
        return hits[-1]

    def dispute(
        self,
        payment: Payment,
        prefix: str,
        status: str,
        due_in_ms: int | None,
        minor: int | None = None,
        holds: bool = True,
    ) -> Dispute:
        """Opens one, or moves the one that is open. `holds`: the merchant is without the money."""
        now = self.clock.now_ms()
        with self.lock:
            if not payment.charged:
                raise LedgerError("state")
            if not payment.disputes:
                amount = payment.charged if minor is None else minor
                payment.disputes.append(
                    Dispute(self.new_id(prefix), amount, status, now, now + USUALLY_DUE_MS)
                )
            made = payment.disputes[-1]
            if due_in_ms is not None:
                made.due_ms = now + due_in_ms
            made.status = status
            made.updated_ms = now
            if holds and not made.held:
                made.moves.append(-made.minor)
            if not holds and made.held:
                made.moves.append(made.minor)
            return made
