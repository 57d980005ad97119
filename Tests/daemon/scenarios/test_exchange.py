"""A bill of charges that were credited in another currency, and the payout that they make."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from typing import Any

from tilltest.case import ShopCase
from tilltest.drivers import shared
from tilltest.drivers.cards import StripeDriver

DAY_S = 86_400


class Exchange(ShopCase):
    def setUp(self) -> None:
        self.driver = shared(StripeDriver)
        super().setUp()
        # Today, by Stripe's clock.
        self.day_s = int(time.time()) // DAY_S * DAY_S

    def charge(
        self, payment: dict[str, Any], credited: int, fee: int, rate: str, **more: Any
    ) -> dict[str, Any]:
        """As Stripe lists it: the balance is kept in euros, the buyer paid dollars."""
        intent = payment["gateway_txn_id"]
        return {
            "id": f"txn_{intent}",
            "object": "balance_transaction",
            "amount": credited,
            "created": payment["paid_at"] // 1000,
            "currency": "eur",
            "exchange_rate": json.loads(rate),
            "fee": fee,
            "net": credited - fee,
            "reporting_category": "charge",
            "source": {
                "id": f"ch_{intent}",
                "amount": payment["captured"]["minor"],
                "currency": "usd",
                "payment_intent": intent,
                "metadata": {"till_payment": payment["out_trade_no"]},
            },
        } | more

    def payout(self, minor: int, at_s: int) -> dict[str, Any]:
        return {
            "id": "txn_po_1",
            "object": "balance_transaction",
            "amount": -minor,
            "created": at_s,
            "currency": "eur",
            "fee": 0,
            "net": -minor,
            "reporting_category": "payout",
            "source": "po_1",
        }

    def run_over(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        page = {"object": "list", "url": "/v1/balance_transactions", "data": rows}
        content = json.dumps(page | {"has_more": False}).encode() + b"\n"
        digest = hashlib.sha256(content).hexdigest()
        begun = self.till.call("statement.begin", bytes=len(content), sha256=digest)["statement"]
        self.till.call(
            "statement.append",
            statement=begun,
            offset=0,
            data_base64=base64.b64encode(content).decode(),
        )
        self.till.call(
            "statement.import",
            statement=begun,
            gateway="stripe",
            from_at=self.day_s * 1000,
            to_at=(self.day_s + DAY_S) * 1000,
        )
        made: dict[str, Any] = self.till.call("recon.run", statement=begun)["run"]
        return made

    def kinds(self) -> list[str]:
        found = self.till.call("discrepancy.list")["discrepancies"]
        return sorted(item["kind"] for item in found)

    def balances(self, currency: str) -> dict[str, int]:
        found = self.till.call("ledger.balances")
        self.assertTrue(found["balanced"])
        return {
            row["account"]: row["debit"]["minor"]
            for row in found["balances"]
            if row["debit"]["currency"] == currency
        }

    def test_a_converted_charge_agrees_is_booked_and_makes_the_payout(self) -> None:
        _, payment = self.paid()
        # 58.00 USD at 0.9217 are 53.4586 EUR: Stripe cuts off.
        row = self.charge(payment, 5345, 187, "0.9217")
        run = self.run_over([row, self.payout(5158, row["created"] + 1)])
        self.assertEqual(self.kinds(), [])
        (conversion,) = run["conversions"]
        self.assertEqual(conversion["charged"], {"currency": "USD", "minor": 5800})
        self.assertEqual(conversion["credited"], {"currency": "EUR", "minor": 5345})
        parts = ("fee", "rate", "margin", "rounding", "unexplained")
        self.assertEqual([conversion[p]["minor"] for p in parts], [187, 0, 0, -1, 0])
        (payout,) = run["payouts"]
        self.assertEqual((payout["basis"], payout["rows"], payout["alternatives"]), ("days", 1, 1))
        self.assertEqual(payout["amount"], {"currency": "EUR", "minor": -5158})
        euros = self.balances("EUR")
        self.assertEqual(euros["receivable:stripe"], 5345 - 187)
        self.assertEqual(euros["exchange"], -5345)
        self.assertEqual(self.balances("USD")["exchange"], 5800)
        # In both currencies the bill and the books hold the same (I15).
        self.assertEqual({proof["remainder"]["minor"] for proof in run["proofs"]}, {0})

    def test_what_the_rate_does_not_give_is_named(self) -> None:
        _, payment = self.paid()
        row = self.charge(payment, 5300, 187, "0.9217")
        self.run_over([row])
        self.assertEqual(self.kinds(), ["exchange_unexplained"])
        found = self.till.call("discrepancy.list")["discrepancies"][0]
        self.assertEqual(found["expected"], {"currency": "EUR", "minor": 5346})
        self.assertEqual(found["actual"], {"currency": "EUR", "minor": 5300})
