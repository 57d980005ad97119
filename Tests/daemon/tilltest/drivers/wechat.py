"""The fake WeChat Pay as the behaviours see it."""

from __future__ import annotations

import base64
from typing import Any

from fakewechat.process import FakeProcess

from .base import NOTIFY_URL, Books, JournalDriver, Notice


class WeChatDriver(JournalDriver):
    name = "wechat"
    method = "native"
    calls = {
        "create": "create",
        "query": "query",
        "close": "close",
        "refund": "refund",
        "refund_query": "refund_query",
    }
    fake: FakeProcess

    def __init__(self) -> None:
        super().__init__(FakeProcess())

    def reset(self) -> None:
        super().reset()
        self.fake.ctl("settings", balance="full", refund_delay_ms=200)
        for mode in ("public_key", "certificate"):
            self.fake.ctl("sign_with", mchid=self.fake.merchant(mode)["mchid"], index=0)

    def entry(self, mode: str = "public_key") -> dict[str, Any]:
        merchant = self.fake.merchant(mode)
        return {
            "name": self.name,
            "kind": "wechat",
            "url": self.fake.root,
            "mchid": merchant["mchid"],
            "appid": merchant["appid"],
            "merchant_private_key_file": merchant["merchant_private_key_file"],
            "merchant_serial": merchant["merchant_serial"],
            "api_v3_key_file": merchant["api_v3_key_file"],
            "platform_keys": merchant["platform_keys"],
            "notify_url": f"{NOTIFY_URL}/wechat",
            "qps": 200,
            "concurrency": 64,
        }

    def wrong_key_entry(self) -> dict[str, Any]:
        merchant = self.fake.merchant()
        known = merchant["platform_keys"][0]
        return self.entry() | {
            "platform_keys": [known | {"file": merchant["wrong_public_key_file"]}]
        }

    def wrong_address(self) -> str:
        # Its paths are fixed, so another machine: the fake's control side.
        return "/".join(str(self.fake.description["control"]).split("/")[:3])

    def rotate(self, side: str) -> None:
        self.fake.description |= self.fake.ctl("rotate", side=side)

    def forget_former(self) -> None:
        merchant = self.fake.merchant()
        merchant["platform_keys"] = merchant["platform_keys"][:1]

    def pay(self, payment: dict[str, Any], minor: int | None = None) -> None:
        more = {} if minor is None else {"amount_fen": minor}
        self.fake.ctl("pay", out_trade_no=payment["out_trade_no"], **more)

    def notices(self, payment: dict[str, Any], kind: str, **options: Any) -> list[Notice]:
        made = self.fake.ctl(
            "notify", out_trade_no=payment["out_trade_no"], kind=kind, options=options
        )
        return [
            Notice(base64.b64decode(n["body_base64"]), n["headers"])
            for n in made["notifications"]
        ]

    def believed(self, ack: dict[str, Any]) -> bool:
        return ack["status"] in (200, 204)

    def books(self, payment: dict[str, Any]) -> Books:
        try:
            order = self.fake.ctl("order", out_trade_no=payment["out_trade_no"])
        except RuntimeError:
            return Books(False)
        return Books(
            True,
            order["paid_fen"],
            order["refunded_fen"],
            {r["out_refund_no"]: r["amount_fen"] for r in order["refunds"]},
            order["state"] == "CLOSED",
        )

    def return_refund(self, payment: dict[str, Any], refund_no: str) -> None:
        self.fake.ctl(
            "refund",
            out_trade_no=payment["out_trade_no"],
            refund_no=refund_no,
            status="ABNORMAL",
        )
