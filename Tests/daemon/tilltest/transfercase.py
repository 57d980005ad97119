"""The base of scenarios about bank transfers."""

from __future__ import annotations

import unittest
from typing import Any

from .client import Client
from .daemon import Daemon
from .setup import TOKENS, config

ACCOUNT = {
    "name": "bank",
    "kind": "transfer",
    "account_name": "示例科技有限公司",
    "account_number": "6222020200000000000",
    "bank_name": "示例银行北京分行",
    "bank_code": "102100000001",
}
PRICE = {"currency": "CNY", "minor": 1_280_000}
# A row of the bank's list, as finance quotes it.
ROW = "ICBC 2026-11-21 serial 88120017"


class TransferCase(unittest.TestCase):
    """A shop that takes transfers; `amy` and `bob` are its finance."""

    def setUp(self) -> None:
        self.daemon = Daemon(config([ACCOUNT]))
        self.addCleanup(self.daemon.close)
        self.daemon.start()
        self.till = self.daemon.client()
        self.amy, self.bob = self.operator("amy"), self.operator("bob")

    def operator(self, name: str) -> Client:
        return self.daemon.client(token=TOKENS[name])

    def opened(self, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        order = self.till.keyed("order.create", amount=PRICE, subject="年度服务费", **more)["order"]
        made = self.till.keyed(
            "payment.create", order=order["id"], gateway="bank", method="transfer"
        )
        return order, made["payment"]

    def get(self, order: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.till.call("order.get", order=order["id"])["order"]
        return found

    def resolve(
        self, who: Client, payment: dict[str, Any], evidence: str = ROW, **more: Any
    ) -> dict[str, Any]:
        result: dict[str, Any] = who.keyed(
            "payment.resolve", payment=payment["id"], evidence=evidence,
            reason="found in the bank's list", **more,
        )
        return result
