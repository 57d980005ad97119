"""A refund that the gateway's bill gives back, of which nothing else had told."""

from __future__ import annotations

import datetime
from typing import Any

from tilltest.bills import HEADING, LAYOUT, noon_zone, uploaded
from tilltest.case import AlipayCase, eventually


class RefundReturns(AlipayCase):
    def imported(self, rows: list[tuple[str, str, str, str, int]]) -> str:
        """Rows of now: the gateway's number, ours, that of the payment, a word, minor units."""
        zone, zone_text = noon_zone()
        at = f"{datetime.datetime.now(zone):%Y-%m-%d %H:%M:%S}"
        lines = [
            f"{at},{own},{ours},{payment},{word},{minor / 100:.2f}"
            for own, ours, payment, word, minor in rows
        ]
        kinds = {"paid": "charge", "refunded": "refund", "came_back": "refund_return"}
        taken = self.till.call(
            "statement.import",
            statement=uploaded(self.till, "\r\n".join([HEADING, *lines, ""]).encode()),
            gateway="alipay",
            mapping={**LAYOUT, "kinds": kinds, "time": {"order": "ymd", "zone": zone_text}},
        )
        return str(taken["statement"]["id"])

    def refunded(self, payment: dict[str, Any], minor: int) -> dict[str, Any]:
        amy = self.operator("amy")
        made = amy.keyed("refund.create", payment=payment["id"], amount=self.money(minor))
        number = made["refund"]["id"]
        eventually(
            lambda: amy.call("refund.query", refund=number)["refund"]["state"] == "succeeded",
            "a refund",
        )
        refund: dict[str, Any] = amy.call("refund.get", refund=number)["refund"]
        return refund

    def owed(self) -> int:
        listed = self.till.call("ledger.balances")["balances"]
        minors = {each["account"]: each["debit"]["minor"] for each in listed}
        return int(minors["receivable:alipay"])

    def test_the_money_is_ours_again_and_a_person_is_called(self) -> None:
        _, payment = self.paid()
        refund = self.refunded(payment, 800)
        number, trade = payment["out_trade_no"], payment["gateway_txn_id"]
        back = ("", refund["refund_no"], number, "came_back", 800)
        before = self.owed()
        statement = self.imported(
            [
                back,
                ("", refund["refund_no"], number, "refunded", 800),
                (trade, number, "", "paid", 5800),
            ]
        )
        tried = self.till.call("recon.run", statement=statement, dry_run=True)["run"]
        self.assertEqual(self.owed(), before)
        done = self.till.call("recon.run", statement=statement)["run"]
        for run in (tried, done):
            self.assertEqual((run["filled_back"], run["opened"]), (1, 1), run)
        after = self.till.call("refund.get", refund=refund["id"])["refund"]
        self.assertEqual(after["state"], "returned")
        self.assertEqual(self.owed(), before + 800)
        told = self.till.call("discrepancy.list")["discrepancies"]
        self.assertEqual([each["ours"] for each in told], [refund["id"] + ":return"])
        self.assertEqual(told[0]["resolution"], "filled_back")
        cases = self.till.call("case.list")["cases"]
        self.assertEqual([each["kind"] for each in cases], ["refund_returned"])
        again = self.till.call("recon.run", statement=statement)["run"]
        self.assertEqual((again["filled_back"], again["opened"]), (0, 0))
