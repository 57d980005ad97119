"""A gateway's own books: what was registered, paid, closed and given back. The truth."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from fakehttp.clock import GatewayClock

UNPAID, PAID, CLOSED, REFUNDED = "unpaid", "paid", "closed", "refunded"


def beijing(ms: int, layout: str = "%Y-%m-%d %H:%M:%S") -> str:
    return time.strftime(layout, time.gmtime(ms / 1000 + 8 * 3600))


def yuan(fen: int) -> str:
    """`58.00`, without a float on the way."""
    return f"{fen // 100}.{fen % 100:02d}"


def fen(text: str) -> int:
    """The way back; ValueError for anything but a plain decimal of at most two places."""
    whole, _, part = text.partition(".")
    if not whole.isdigit() or not (part + "0").isdigit() or len(part) > 2:
        raise ValueError(f"{text!r} is no sum of money")
    return int(whole) * 100 + int((part + "00")[:2])


class BooksError(Exception):
    """The control side asked for something a buyer could not do."""


@dataclass
class Refund:
    number: str
    amount_fen: int
    gateway_number: str
    at_ms: int
    state: str = "success"
    posts: int = 1


@dataclass
class Order:
    """One payment at the gateway. `number` is the merchant's, `gateway_number` the gateway's."""

    number: str
    gateway_number: str
    amount_fen: int
    created_ms: int
    notify_url: str = ""
    return_url: str = ""
    name: str = ""
    way: str = ""
    expires_ms: int = 0
    status: str = UNPAID
    paid_fen: int = 0
    paid_ms: int = 0
    refunds: list[Refund] = field(default_factory=list)
    payable_after_close: bool = False

    @property
    def refunded_fen(self) -> int:
        return sum(r.amount_fen for r in self.refunds if r.state == "success")

    def refund(self, number: str) -> Refund | None:
        return next((r for r in self.refunds if r.number == number), None)

    def truth(self) -> dict[str, Any]:
        return {
            "out_trade_no": self.number,
            "gateway_number": self.gateway_number,
            "status": self.status,
            "asked_fen": self.amount_fen,
            "paid_fen": self.paid_fen,
            "refunded_fen": self.refunded_fen,
            "way": self.way,
            "refunds": [
                {"number": r.number, "amount_fen": r.amount_fen, "posts": r.posts}
                for r in self.refunds
            ],
        }


class Books:
    """All orders. Callers hold `lock` where they look and then act."""

    def __init__(self, clock: GatewayClock) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self._orders: dict[str, Order] = {}
        self._serial = itertools.count(10001)

    def serial(self) -> int:
        return next(self._serial)

    def add(self, order: Order) -> Order:
        with self.lock:
            self._orders[order.number] = order
            return order

    def holding(self, refund_number: str) -> tuple[Order, Refund] | None:
        """The order that has a refund of a number."""
        with self.lock:
            for order in self._orders.values():
                found = order.refund(refund_number)
                if found is not None:
                    return order, found
            return None

    def all(self) -> list[Order]:
        with self.lock:
            return list(self._orders.values())

    def find(self, number: str = "", gateway_number: str = "") -> Order | None:
        with self.lock:
            if gateway_number:
                hits = self._orders.values()
                return next((o for o in hits if o.gateway_number == gateway_number), None)
            return self._orders.get(number)

    def get(self, number: str) -> Order:
        order = self.find(number)
        if order is None:
            raise BooksError(f"no order is numbered {number}")
        return order

    def pay(self, order: Order, amount_fen: int | None) -> None:
        with self.lock:
            is_open = order.status == CLOSED and order.payable_after_close
            if order.status != UNPAID and not is_open:
                raise BooksError(f"an order that is {order.status} cannot be paid")
            order.status = PAID
            order.paid_fen = order.amount_fen if amount_fen is None else amount_fen
            order.paid_ms = self.clock.now_ms()

    def truth(self) -> dict[str, Any]:
        with self.lock:
            return {"orders": [o.truth() for o in self._orders.values()]}
