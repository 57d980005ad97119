"""Buyers' complaints at Alipay: its own books of them, the list, one of them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from .answers import OK, Node, Refusal
from .books import Books, BooksError, Trade
from .clock import beijing, parse_beijing
from .intake import Call
from .money import yuan

YEAR_MS = 366 * 86_400_000
PAGE_MAX = 20
STATUSES = frozenset(
    """MERCHANT_PROCESSING MERCHANT_FEEDBACKED FINISHED CANCELLED PLATFORM_PROCESSING
    PLATFORM_FINISH CLOSED""".split()
)


@dataclass
class Complaint:
    number: str
    trade: Trade
    made_ms: int
    changed_ms: int
    status: str = "MERCHANT_PROCESSING"

    def truth(self) -> dict[str, Any]:
        return {
            "complain_event_id": self.number,
            "out_trade_no": self.trade.out_trade_no,
            "status": self.status,
        }


class Complaints:
    def __init__(self, books: Books) -> None:
        self.books = books
        self._numbers = itertools.count(1)
        self._all: list[Complaint] = []

    # The buyer's hand, and the merchant's at Alipay's own desk

    def say(self, trade: Trade, status: str) -> Complaint:
        """Opens one about a paid trade, or moves the one that is there."""
        with self.books.lock:
            if not trade.paid_fen:
                raise BooksError("nobody complains about what was not paid")
            now = self.books.clock.now_ms()
            made = next((c for c in self._all if c.trade is trade), None)
            if made is None:
                number = f"{beijing(now)[:10].replace('-', '')}{next(self._numbers):020d}"
                made = Complaint(number, trade, now, now)
                self._all.append(made)
            made.status, made.changed_ms = status, now
            return made

    def of(self, trade: Trade) -> Complaint:
        return next(c for c in self._all if c.trade is trade)

    # Methods

    def list(self, call: Call) -> Node:
        assert call.app is not None
        page, size = call.biz.get("page_num", 1), call.biz.get("page_size", 10)
        try:
            begin = parse_beijing(call.biz_text("begin_time"))
            end = parse_beijing(call.biz_text("end_time"))
        except ValueError:
            raise Refusal("40004", "INVALID_PARAMETER", "时间格式不正确") from None
        good = type(page) is int and page >= 1 and type(size) is int and 1 <= size <= PAGE_MAX
        if not good or not 0 <= end - begin <= YEAR_MS:
            raise Refusal("40004", "INVALID_PARAMETER", "参数有误")
        found = [
            c
            for c in reversed(self._all)
            if c.trade.app_id == call.app.app_id and begin <= c.made_ms <= end + 999
        ]
        rows = [self.row(c) for c in found[(page - 1) * size : page * size]]
        return OK + [
            ("page_num", page),
            ("page_size", size),
            ("total_num", len(found)),
            ("total_page_num", -(-len(found) // size)),
            ("trade_complain_infos", rows),
        ]

    def one(self, call: Call) -> Node:
        assert call.app is not None
        number = call.biz_text("complain_event_id")
        for made in self._all:
            if (made.trade.app_id, made.number) == (call.app.app_id, number):
                return OK + self.row(made)
        raise Refusal("40004", "COMPLAIN_EVENT_NOT_EXIST", "投诉单不存在")

    def row(self, made: Complaint) -> Node:
        trade = made.trade
        node: Node = [
            ("complain_event_id", made.number),
            ("status", made.status),
            ("trade_no", trade.trade_no),
            ("merchant_order_no", trade.out_trade_no),
            ("gmt_create", beijing(made.made_ms)),
            ("gmt_modified", beijing(made.changed_ms)),
            ("leaf_category_name", "退款"),
            ("complain_reason", "未收到货"),
            ("content", "没有收到商品，我的电话 13800138000"),
            ("images", []),
            ("phone_no", "13800138000"),
            ("trade_amount", yuan(trade.paid_fen)),
            ("target_id", trade.app_id),
            ("target_type", "APPID"),
            ("reply_detail_infos", []),
        ]
        return node
