"""The gateway's own books: what was registered, what was paid, what was refunded. The truth."""

from __future__ import annotations

import itertools
import secrets
import threading
from dataclasses import dataclass, field
from typing import Any

from fakehttp.clock import GatewayClock

from .clock import beijing
from .money import yuan

QR_LIFE_MS = 2 * 3_600_000
FACE_TO_FACE_MS = 3 * 3_600_000
PAGE_MS = 15 * 86_400_000

WAIT = "WAIT_BUYER_PAY"
SUCCESS = "TRADE_SUCCESS"
FINISHED = "TRADE_FINISHED"
CLOSED = "TRADE_CLOSED"
PAID = frozenset({SUCCESS, FINISHED})


@dataclass
class Refund:
    out_request_no: str
    amount_fen: int
    reason: str
    at_ms: int
    posts: int = 1  # how often the same number was asked for


@dataclass
class Trade:
    """An order number known here. `status` stays empty until the buyer has scanned."""

    app_id: str
    out_trade_no: str
    amount_fen: int
    subject: str
    product: str  # precreate, page or wap
    notify_url: str
    registered_ms: int
    expires_ms: int
    body: str = ""
    passback: str = ""
    terms: dict[str, Any] = field(default_factory=dict)
    qr_code: str = ""
    qr_expires_ms: int = 0
    status: str = ""
    trade_no: str = ""
    asked_fen: int = 0
    paid_fen: int = 0
    # What a coupon that the merchant pays for took of it.
    coupon_fen: int = 0
    # What one took that the gateway pays for.
    platform_fen: int = 0
    created_ms: int = 0
    paid_ms: int = 0
    closed_ms: int = 0
    closed_by: str = ""
    payable_after_close: bool = False
    reported_paid: bool = False
    buyer_id: str = "2088102000000099"
    buyer_logon: str = "854***@qq.com"
    refunds: list[Refund] = field(default_factory=list)
    history: list[str] = field(default_factory=list)

    @property
    def refunded_fen(self) -> int:
        return sum(r.amount_fen for r in self.refunds)

    @property
    def received_fen(self) -> int:
        return self.paid_fen - self.coupon_fen

    @property
    def buyer_fen(self) -> int:
        return self.received_fen - self.platform_fen

    def refund(self, out_request_no: str) -> Refund | None:
        return next((r for r in self.refunds if r.out_request_no == out_request_no), None)

    def truth(self) -> dict[str, Any]:
        return {
            "app_id": self.app_id,
            "out_trade_no": self.out_trade_no,
            "trade_no": self.trade_no,
            "status": self.status or None,
            "asked_fen": self.asked_fen,
            "paid_fen": self.paid_fen,
            "refunded_fen": self.refunded_fen,
            "registered_ms": self.registered_ms,
            "expires_ms": self.expires_ms,
            "paid_ms": self.paid_ms or None,
            "closed_ms": self.closed_ms or None,
            "closed_by": self.closed_by or None,
            "qr_code": self.qr_code or None,
            "refunds": [
                {
                    "out_request_no": r.out_request_no,
                    "amount_fen": r.amount_fen,
                    "at_ms": r.at_ms,
                    "posts": r.posts,
                }
                for r in self.refunds
            ],
            "history": list(self.history),
        }


class BooksError(Exception):
    """The buyer's hand asked for something this gateway would not let a buyer do."""


class Books:
    """All trades of all applications. Every public method holds the one lock."""

    def __init__(self, clock: GatewayClock) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self._trades: dict[tuple[str, str], Trade] = {}
        self._numbers = itertools.count(1)

    def find(self, app_id: str, out_trade_no: str = "", trade_no: str = "") -> Trade | None:
        """The registered number, whether scanned or not; trade_no wins as at Alipay."""
        with self.lock:
            if trade_no:
                hits = (t for t in self._trades.values() if t.app_id == app_id)
                trade = next((t for t in hits if t.trade_no == trade_no), None)
            else:
                trade = self._trades.get((app_id, out_trade_no))
            return self._aged(trade) if trade else None

    def find_anywhere(self, out_trade_no: str, app_id: str | None) -> Trade:
        """For the control side, which may leave the application out."""
        with self.lock:
            hits = [
                t
                for t in self._trades.values()
                if t.out_trade_no == out_trade_no and app_id in (None, "", t.app_id)
            ]
            if len(hits) != 1:
                raise BooksError(f"{len(hits)} trades are numbered {out_trade_no}")
            return self._aged(hits[0])

    def by_qr(self, qr_code: str) -> Trade:
        with self.lock:
            for trade in self._trades.values():
                if trade.qr_code == qr_code:
                    return self._aged(trade)
        raise BooksError("no such QR code")

    def all_of(self, app_id: str) -> list[Trade]:
        with self.lock:
            return [self._aged(t) for t in self._trades.values() if t.app_id == app_id]

    def other_than(self, trade: Trade | None) -> Trade | None:
        """Some other scanned trade, for answers that tell of the wrong order."""
        with self.lock:
            return next((t for t in self._trades.values() if t is not trade and t.status), None)

    def register(self, trade: Trade) -> None:
        with self.lock:
            trade.asked_fen = trade.amount_fen
            self._trades[(trade.app_id, trade.out_trade_no)] = trade
            if trade.product == "precreate":
                trade.qr_code = f"https://qr.alipay.com/bav{secrets.token_hex(8)}"
                trade.qr_expires_ms = min(
                    trade.qr_expires_ms or trade.registered_ms + QR_LIFE_MS,
                    trade.registered_ms + QR_LIFE_MS,
                )
            self._note(trade, "registered")

    def open(self, trade: Trade) -> Trade:
        """The buyer scans the QR or opens the pay page: only now the trade exists."""
        with self.lock:
            now = self.clock.now_ms()
            self._aged(trade)
            if trade.status:
                return trade
            if trade.qr_code and now >= trade.qr_expires_ms:
                raise BooksError("the QR code has expired")
            if now >= trade.expires_ms:
                raise BooksError("the order has expired")
            trade.status = WAIT
            trade.created_ms = now
            trade.trade_no = (
                f"{beijing(now)[:10].replace('-', '')}22001499{next(self._numbers):012d}"
            )
            self._note(trade, "opened by the buyer")
            return trade

    def pay(self, trade: Trade, amount_fen: int | None, force: bool = False) -> Trade:
        with self.lock:
            if not trade.status:
                self.open(trade)
            self._aged(trade)
            allowed = trade.status == WAIT or force
            if trade.status == CLOSED and trade.payable_after_close:
                allowed = True
            if not allowed or trade.paid_fen:
                raise BooksError(f"a trade in {trade.status} cannot be paid")
            if amount_fen is not None:
                trade.amount_fen = amount_fen
            trade.status = SUCCESS
            trade.paid_fen = trade.amount_fen
            trade.paid_ms = self.clock.now_ms()
            self._note(trade, f"paid {yuan(trade.paid_fen)}")
            return trade

    def finish(self, trade: Trade) -> None:
        """The refund window is over."""
        with self.lock:
            if trade.status != SUCCESS:
                raise BooksError(f"a trade in {trade.status} cannot finish")
            trade.status = FINISHED
            self._note(trade, "finished")

    def close(self, trade: Trade, by: str, payable_after: bool = False) -> None:
        with self.lock:
            trade.status = CLOSED
            trade.closed_ms = self.clock.now_ms()
            trade.closed_by = by
            trade.payable_after_close = payable_after
            self._note(trade, f"closed by {by}")

    def add_refund(self, trade: Trade, refund: Refund) -> None:
        with self.lock:
            trade.refunds.append(refund)
            self._note(trade, f"refund {refund.out_request_no} {yuan(refund.amount_fen)}")
            if trade.refunded_fen == trade.paid_fen:
                self.close(trade, "full refund")

    def truth(self) -> dict[str, Any]:
        with self.lock:
            trades = [self._aged(t) for t in self._trades.values()]
            return {
                "trades": [t.truth() for t in trades],
                "captured_fen": sum(t.paid_fen for t in trades),
                "refunded_fen": sum(t.refunded_fen for t in trades),
            }

    def _aged(self, trade: Trade) -> Trade:
        """Closes what nobody paid in time, as the real gateway does on its own."""
        if trade.status == WAIT and self.clock.now_ms() >= trade.expires_ms:
            self.close(trade, "time_expire")
        return trade

    def _note(self, trade: Trade, what: str) -> None:
        trade.history.append(f"{beijing(self.clock.now_ms())} {what}")
