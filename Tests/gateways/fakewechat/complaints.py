"""Buyers' complaints at WeChat: its own books of them, the list, one of them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from typing import Any

from .books import Books, BooksError, Order, rfc3339
from .intake import Call, Refusal
from .keys import Merchant

SPAN_DAYS = 30
PAGE_MAX = 50


@dataclass
class Complaint:
    complaint_id: str
    order: Order
    made_ms: int
    state: str = "PENDING"
    asking: bool = False  # a message of the buyer waits
    times: int = 1

    def truth(self) -> dict[str, Any]:
        return {
            "complaint_id": self.complaint_id,
            "out_trade_no": self.order.out_trade_no,
            "state": self.state,
            "times": self.times,
        }


class Complaints:
    def __init__(self, books: Books) -> None:
        self.books = books
        self._numbers = itertools.count(1)
        self._all: list[Complaint] = []

    # The buyer's hand, and the merchant's at WeChat's own desk

    def say(self, order: Order, state: str, asking: bool) -> Complaint:
        """Opens one about a paid order, or moves the one that is there."""
        with self.books.lock:
            if not order.paid_fen:
                raise BooksError("nobody complains about what was not paid")
            made = next((c for c in self._all if c.order is order), None)
            if made is None:
                number = f"2002018{next(self._numbers):020d}"
                made = Complaint(number, order, self.books.clock.now_ms())
                self._all.append(made)
            elif made.state == "PROCESSED" and state != "PROCESSED":
                made.times += 1
            made.state, made.asking = state, asking
            return made

    def of(self, order: Order) -> Complaint:
        return next(c for c in self._all if c.order is order)

    # Calls

    def list(self, call: Call, merchant: Merchant) -> dict[str, Any]:
        try:
            limit, offset = int(call.query.get("limit", "10")), int(call.query.get("offset", "0"))
            begin = date.fromisoformat(call.query["begin_date"])
            end = date.fromisoformat(call.query["end_date"])
        except (KeyError, ValueError):
            raise Refusal(400, "PARAM_ERROR", "参数错误", "268435461") from None
        if not (1 <= limit <= PAGE_MAX and 0 <= (end - begin).days <= SPAN_DAYS):
            raise Refusal(400, "PARAM_ERROR", "查询日期跨度不超过30天", "268435461")
        days = range(begin.toordinal(), end.toordinal() + 1)
        found = [
            c
            for c in reversed(self._all)
            if c.order.mchid == merchant.mchid
            and date.fromisoformat(rfc3339(c.made_ms)[:10]).toordinal() in days
        ]
        body: dict[str, Any] = {"limit": limit, "offset": offset}
        rows = [self.row(c) for c in found[offset : offset + limit]]
        if rows:
            body["data"] = rows
        if offset == 0:
            body["total_count"] = len(found)
        return body

    def one(self, call: Call, merchant: Merchant) -> dict[str, Any]:
        for made in self._all:
            if (made.order.mchid, made.complaint_id) == (merchant.mchid, call.path["complaint_id"]):
                return self.row(made) | {"payer_openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}
        raise Refusal(404, "RESOURCE_NOT_EXISTS", "投诉单不存在")

    def row(self, made: Complaint) -> dict[str, Any]:
        order = made.order
        return {
            "complaint_id": made.complaint_id,
            "complaint_time": rfc3339(made.made_ms),
            "complaint_detail": "没有收到商品，联系不上商家，我的电话 13800138000",
            "complaint_state": made.state,
            "complainted_mchid": order.mchid,
            "payer_phone": "sealed with the merchant's certificate",
            "complaint_order_info": [
                {
                    "transaction_id": order.transaction_id,
                    "out_trade_no": order.out_trade_no,
                    "amount": order.paid_fen,
                }
            ],
            "complaint_full_refunded": order.refunded_fen == order.paid_fen,
            "incoming_user_response": made.asking,
            "problem_description": "未收到货",
            "problem_type": "SERVICE_NOT_WORK",
            "user_complaint_times": made.times,
            "user_tag_list": [],
        }
