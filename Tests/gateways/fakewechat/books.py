"""The gateway's own books: what was ordered, what was paid, what was given back. The truth."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from fakehttp.clock import GatewayClock

BEIJING = timezone(timedelta(hours=8))
SEVEN_DAYS_MS = 7 * 86_400_000


def rfc3339(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms // 1000, BEIJING).isoformat()


def parse_rfc3339(text: str) -> int:
    """Milliseconds; ValueError for a text without an offset."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or "T" not in text:
        raise ValueError(text)
    return int(at.timestamp()) * 1000


@dataclass
class Refund:
    out_refund_no: str
    refund_id: str
    amount_fen: int
    created_ms: int
    done_ms: int  # when PROCESSING ends by itself
    status: str = "PROCESSING"
    posts: int = 1  # how often the same number was asked for


@dataclass
class Order:
    mchid: str
    appid: str
    out_trade_no: str
    total_fen: int
    description: str
    product: str
    notify_url: str
    created_ms: int
    expires_ms: int
    terms: str  # the request's body; a repetition must be the same
    state: str = "NOTPAY"
    transaction_id: str = ""
    paid_fen: int = 0
    # What a coupon that the merchant pays for took of it.
    coupon_fen: int = 0
    # What one took that the gateway pays for.
    platform_fen: int = 0
    paid_ms: int = 0
    prepay: int = 1
    payable_after_close: bool = False
    refunds: list[Refund] = field(default_factory=list)
    history: list[str] = field(default_factory=list)

    @property
    def received_fen(self) -> int:
        return self.paid_fen - self.coupon_fen

    @property
    def buyer_fen(self) -> int:
        return self.received_fen - self.platform_fen

    def given_back(self, refund: Refund) -> int:
        """What a refund takes from the balance: its share of what was received."""
        before = sum(r.amount_fen for r in self.refunds[: self.refunds.index(refund)])
        upto, got = before + refund.amount_fen, self.received_fen
        return got * upto // self.paid_fen - got * before // self.paid_fen

    @property
    def refunded_fen(self) -> int:
        return sum(r.amount_fen for r in self.refunds if r.status == "SUCCESS")

    @property
    def reserved_fen(self) -> int:
        return sum(r.amount_fen for r in self.refunds if r.status != "CLOSED")

    def refund(self, out_refund_no: str) -> Refund | None:
        return next((r for r in self.refunds if r.out_refund_no == out_refund_no), None)

    def truth(self) -> dict[str, Any]:
        shown = {k: v for k, v in self.__dict__.items() if k not in ("refunds", "terms")}
        return shown | {
            "refunded_fen": self.refunded_fen,
            "refunds": [dict(r.__dict__) for r in self.refunds],
        }


class BooksError(ValueError):
    """The buyer's hand asked for something this gateway would not let a buyer do."""


class Books:
    """All orders of all merchants. Every public method holds the one lock."""

    def __init__(self, clock: GatewayClock, settings: dict[str, Any]) -> None:
        self.clock = clock
        self.settings = settings
        self.lock = threading.RLock()
        self._orders: dict[tuple[str, str], Order] = {}
        self._numbers = itertools.count(1)

    def find(self, mchid: str, out_trade_no: str) -> Order | None:
        with self.lock:
            return self._aged(self._orders.get((mchid, out_trade_no)))

    def find_where(self, mchid: str | None, **wanted: str) -> Order | None:
        """By any member of the order, or by `out_refund_no`."""
        number = wanted.pop("out_refund_no", None)
        with self.lock:
            for order in self._orders.values():
                if mchid not in (None, order.mchid):
                    continue
                if number is not None and order.refund(number) is None:
                    continue
                if all(getattr(order, k) == v for k, v in wanted.items()):
                    return self._aged(order)
        return None

    def all_of(self, mchid: str) -> list[Order]:
        with self.lock:
            orders = [self._aged(o) for o in self._orders.values() if o.mchid == mchid]
            return [o for o in orders if o is not None]

    def other_than(self, order: Order) -> Order | None:
        with self.lock:
            paid = (o for o in self._orders.values() if o is not order and o.paid_fen)
            return next(paid, None)

    def add(self, order: Order) -> None:
        with self.lock:
            self._orders[(order.mchid, order.out_trade_no)] = order
            self._note(order, "ordered")

    def pay(self, order: Order, amount_fen: int | None) -> None:
        with self.lock:
            reopened = order.state == "CLOSED" and order.payable_after_close
            if order.paid_fen or not (order.state == "NOTPAY" or reopened):
                raise BooksError(f"an order in {order.state} cannot be paid")
            if self.clock.now_ms() >= order.expires_ms:
                raise BooksError("the time to pay is over")
            order.paid_fen = order.total_fen if amount_fen is None else amount_fen
            order.paid_ms = self.clock.now_ms()
            order.state = "SUCCESS"
            order.transaction_id = f"4200{next(self._numbers):024d}"
            self._note(order, f"paid {order.paid_fen}")

    def close(self, order: Order, by: str, payable_after: bool = False) -> None:
        with self.lock:
            order.state = "CLOSED"
            order.payable_after_close = payable_after
            self._note(order, f"closed by {by}")

    def add_refund(self, order: Order, out_refund_no: str, amount_fen: int) -> Refund:
        with self.lock:
            now = self.clock.now_ms()
            refund = Refund(
                out_refund_no,
                f"5030{next(self._numbers):024d}",
                amount_fen,
                now,
                now + int(self.settings["refund_delay_ms"]),
            )
            order.refunds.append(refund)
            order.state = "REFUND"
            self._note(order, f"refund {out_refund_no} {amount_fen}")
            return refund

    def set_refund(self, order: Order, out_refund_no: str, status: str) -> Refund:
        """The bank's hand: a refund goes through, is closed, or cannot be handed out."""
        with self.lock:
            refund = order.refund(out_refund_no)
            if refund is None:
                raise BooksError(f"no refund is numbered {out_refund_no}")
            refund.status = status
            refund.done_ms = self.clock.now_ms()
            self._note(order, f"refund {out_refund_no} is {status}")
            return refund

    def truth(self) -> dict[str, Any]:
        with self.lock:
            orders = [self._aged(o) for o in self._orders.values()]
            return {"orders": [o.truth() for o in orders if o is not None]}

    def _aged(self, order: Order | None) -> Order | None:
        """Unpaid for seven days closes; refunds that were under way go through."""
        if order is None:
            return None
        now = self.clock.now_ms()
        if order.state == "NOTPAY" and now - order.created_ms >= SEVEN_DAYS_MS:
            self.close(order, "seven days")
        for refund in order.refunds:
            if refund.status == "PROCESSING" and now >= refund.done_ms:
                refund.status = "SUCCESS"
        return order

    def _note(self, order: Order, what: str) -> None:
        order.history.append(f"{rfc3339(self.clock.now_ms())} {what}")
