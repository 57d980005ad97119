"""What people decided about a row of a bill, and a bill issued again that has it no more."""

from __future__ import annotations

import datetime
from typing import Any

from tilltest.bills import HEADING, LAYOUT, noon_zone, uploaded
from tilltest.case import AlipayCase, eventually


class Refuted(AlipayCase):
    def imported(self, payment: dict[str, Any], *more: tuple[str, int]) -> str:
        """The payment as it was asked for, and refunds: a number and minor units each."""
        zone, zone_text = noon_zone()
        at = datetime.datetime.fromtimestamp(payment["paid_at"] / 1000, zone)
        number, trade = payment["out_trade_no"], payment["gateway_txn_id"]
        rows = [f"{at:%Y-%m-%d %H:%M:%S},{trade},{number},,paid,58.00"]
        rows += [
            f"{at:%Y-%m-%d %H:%M:%S},R{refund},{refund},{number},refunded,{minor / 100:.2f}"
            for refund, minor in more
        ]
        content = "\r\n".join([HEADING, *rows, ""]).encode()
        taken = self.till.call(
            "statement.import",
            statement=uploaded(self.till, content),
            gateway="alipay",
            mapping={**LAYOUT, "time": {"order": "ymd", "zone": zone_text}},
        )
        return str(taken["statement"]["id"])

    def balances(self) -> dict[str, int]:
        listed = self.till.call("ledger.balances")["balances"]
        return {each["account"]: each["debit"]["minor"] for each in listed}

    def test_a_dry_run_shows_what_the_run_that_takes_a_decision_back_finds(self) -> None:
        _, payment = self.paid()
        first = self.imported(payment, ("DESK1", 2900))
        self.assertEqual(self.till.call("recon.run", statement=first)["run"]["opened"], 1)
        told = self.till.call("discrepancy.list", state="open")["discrepancies"][0]
        self.assertEqual(told["kind"], "refund_missing_locally")
        self.operator("amy").keyed(
            "discrepancy.propose", discrepancy=told["id"], verb="accept_gateway", reason="seen"
        )
        # Alipay gives the rest back, and its next bill knows of one refund alone.
        where = {"out_trade_no": payment["out_trade_no"], "refund_no": "DESK9"}
        self.fake.ctl("desk", amount_fen=5800, **where)
        eventually(lambda: self.driver.notices(payment, "refunded"), "a notice")
        for notice in self.driver.notices(payment, "refunded"):
            self.deliver(notice)
        eventually(lambda: self.payment(payment)["state"] == "reversed", "reversed")
        second = self.imported(payment, ("DESK9", 5800))
        before = self.balances()

        def decision() -> tuple[str, str]:
            found = self.till.call("discrepancy.get", discrepancy=told["id"])["discrepancy"]
            return found["state"], found["resolution"]

        tried = self.till.call("recon.run", statement=second, dry_run=True)
        self.assertEqual(decision(), ("resolved", "adjudicated"))
        self.assertEqual(self.balances(), before)
        done = self.till.call("recon.run", statement=second)
        self.assertEqual(decision(), ("resolved", "agrees"))
        self.assertEqual(tried["kinds"], done["kinds"])
        own = {"id", "made_at"}
        for name in done["run"].keys() - own:
            self.assertEqual(tried["run"].get(name), done["run"][name], name)
        self.assertEqual({each["kind"] for each in done["kinds"]}, {"statement_unsound"})
