"""The fake Alipay as the behaviours see it."""

from __future__ import annotations

import base64
from typing import Any

from fakealipay.process import FakeProcess

from .base import NOTIFY_URL, Books, JournalDriver, Notice

NOTICE_KINDS = {
    "paid": "deliver",
    "repeated": "duplicate",
    "old": "stale",
    "forged": "forge",
    "corrupted": "corrupt",
    "unknown_number": "unknown_order",
}


class AlipayDriver(JournalDriver):
    name = "alipay"
    method = "precreate"
    calls = {
        "create": "alipay.trade.precreate",
        "query": "alipay.trade.query",
        "close": "alipay.trade.close",
        "refund": "alipay.trade.refund",
        "refund_query": "alipay.trade.fastpay.refund.query",
    }
    faults = {
        "other_order": "other_order_answer",
        "not_exist": "trade_not_exist_lie",
        "limited": "limited_40005",
    }
    cannot = {
        "notice:wrong_currency": "Alipay's notices name no currency; the answers do",
        "notice:probe": "Alipay sends no probes",
        "an_unknown_status_keeps_the_refund_open": "Alipay's answer to a refund has no status",
        "a_refund_that_comes_back": "a bounced refund is reported by Alipay's bill only",
    }
    fake: FakeProcess

    def __init__(self) -> None:
        super().__init__(FakeProcess())

    def reset(self) -> None:
        super().reset()
        self.fake.ctl("settings", repeat_precreate="refuse", sign_slashes="raw")

    def entry(self, mode: str = "key") -> dict[str, Any]:
        app = self.fake.app(mode)
        entry: dict[str, Any] = {
            "name": self.name,
            "kind": "alipay",
            "url": self.fake.url,
            "app_id": app["app_id"],
            "seller_id": app["seller_id"],
            "app_private_key_file": app["app_private_key_file"],
            "notify_url": f"{NOTIFY_URL}/alipay",
            "product_code": "FACE_TO_FACE_PAYMENT",
            "qps": 200,
            "concurrency": 64,
        }
        if mode == "key":
            names = ("alipay_public_key_file", "alipay_former_key_file")
            return entry | {n: app[n] for n in names if n in app}
        names = ("app_certificate_file", "alipay_certificate_file", "alipay_root_certificate_file")
        return entry | {n: app[n] for n in names}

    def wrong_key_entry(self) -> dict[str, Any]:
        return self.entry() | {"alipay_public_key_file": self.fake.app()["wrong_public_key_file"]}

    def rotate(self, side: str) -> None:
        self.fake.description |= self.fake.ctl("rotate", side=side)

    def forget_former(self) -> None:
        self.fake.app().pop("alipay_former_key_file")

    def arrive(self, payment: dict[str, Any]) -> None:
        self.fake.ctl("scan", out_trade_no=payment["out_trade_no"])

    def pay(self, payment: dict[str, Any], minor: int | None = None) -> None:
        more = {} if minor is None else {"amount_fen": minor}
        self.fake.ctl("pay", out_trade_no=payment["out_trade_no"], callback="lose", **more)

    def notices(self, payment: dict[str, Any], kind: str, **options: Any) -> list[Notice]:
        number = payment["out_trade_no"]
        if kind == "refunded":
            made = self.fake.ctl("notifications", out_trade_no=number)["notifications"]
            made = [n for n in made if n["about"] == "refund"]
        else:
            known: dict[str, Any] = {}
            if kind in ("forged", "corrupted", "unsigned", "other_merchant", "wrong_amount"):
                known["status"] = "TRADE_SUCCESS"
            if "minor" in options:
                known["amount_fen"] = options["minor"]
            if "complain_event_id" in options:
                known["complain_event_id"] = options["complain_event_id"]
            word = NOTICE_KINDS.get(kind, kind)
            made = self.fake.ctl("notify", out_trade_no=number, kind=word, options=known)[
                "notifications"
            ]
        return [
            Notice(base64.b64decode(n["body_base64"]), {"content-type": n["content_type"]})
            for n in made
        ]

    def believed(self, ack: dict[str, Any]) -> bool:
        return (ack["status"], ack["body"]) == (200, "success")

    def books(self, payment: dict[str, Any]) -> Books:
        try:
            trade = self.fake.ctl("trade", out_trade_no=payment["out_trade_no"])
        except RuntimeError:
            return Books(False)
        return Books(
            True,
            trade["paid_fen"],
            trade["refunded_fen"],
            {r["out_request_no"]: r["amount_fen"] for r in trade["refunds"]},
            trade["status"] == "TRADE_CLOSED",
        )
