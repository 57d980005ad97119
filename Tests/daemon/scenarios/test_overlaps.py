"""An export of several days beside the bills of each of them: money is counted once, whichever of
them was compared first, and what is decided about a copy moves nothing."""

from __future__ import annotations

import datetime
import time
import unittest
from typing import Any

from tilltest.bills import HEADING, LAYOUT, noon_zone, uploaded
from tilltest.client import fresh_key
from tilltest.daemon import Daemon
from tilltest.setup import TOKENS, config

DAY = 86_400_000


class Row:
    def __init__(self, kind: str, transaction: str, number: str, minor: int, at_ms: int) -> None:
        self.kind, self.transaction, self.number = kind, transaction, number
        self.minor, self.at_ms, self.payment = minor, at_ms, ""

    def on(self, days_ago: int) -> Row:
        self.at_ms -= days_ago * DAY
        return self

    def copy(self, **changes: Any) -> Row:
        row = Row("", "", "", 0, 0)
        row.__dict__.update(self.__dict__ | changes)
        return row

    def line(self, zone: datetime.timezone) -> str:
        at = datetime.datetime.fromtimestamp(self.at_ms / 1000, zone)
        amount = f"{self.minor // 100}.{self.minor % 100:02d}"
        numbers = f"{self.transaction},{self.number},{self.payment}"
        return f"{at:%Y-%m-%d %H:%M:%S},{numbers},{self.kind},{amount}"


class Overlaps(unittest.TestCase):
    def setUp(self) -> None:
        self.daemon = Daemon(config([{"name": "sandbox", "kind": "sandbox"}]))
        self.addCleanup(self.daemon.close)
        self.daemon.start()
        self.till = self.daemon.client()
        self.zone, self.zone_text = noon_zone()

    def eventually(self, method: str, member: str, **params: Any) -> dict[str, Any]:
        for _ in range(120):
            found: dict[str, Any] = self.till.call(method, **params)[member]
            if found["state"] == "succeeded":
                return found
            time.sleep(0.25)
        raise AssertionError(f"{params} stays {found['state']}")

    def paid(self, minor: int) -> tuple[dict[str, Any], Row]:
        amount = {"currency": "CNY", "minor": minor}
        order = self.till.keyed("order.create", amount=amount, subject="x")["order"]
        made = self.till.keyed("payment.create", order=order["id"], gateway="sandbox")["payment"]
        self.till.call("sandbox.pay", payment=made["id"], callback="deliver")
        payment = self.eventually("payment.get", "payment", payment=made["id"])
        number, trade = payment["out_trade_no"], payment["gateway_txn_id"]
        return payment, Row("paid", trade, number, minor, payment["paid_at"])

    def refunded(self, payment: dict[str, Any], minor: int) -> Row:
        amount = {"currency": "CNY", "minor": minor}
        made = self.till.keyed(
            "refund.create", payment=payment["id"], amount=amount, reason="asked"
        )["refund"]
        refund = self.eventually("refund.get", "refund", refund=made["id"])
        row = Row(
            "refunded", refund["gateway_refund_id"], refund["refund_no"], minor,
            refund["finished_at"],
        )
        row.payment = payment["out_trade_no"]
        return row

    def taken(self, *rows: Row) -> dict[str, Any]:
        content = "\r\n".join([HEADING, *(row.line(self.zone) for row in rows), ""]).encode()
        begun = uploaded(self.till, content)
        mapping = {**LAYOUT, "time": {"order": "ymd", "zone": self.zone_text}}
        taken: dict[str, Any] = self.till.call(
            "statement.import", statement=begun, gateway="sandbox", mapping=mapping
        )["statement"]
        return taken

    def run_over(self, statement: dict[str, Any]) -> dict[str, Any]:
        answer = self.till.call("recon.run", statement=statement["id"])
        run: dict[str, Any] = answer["run"]
        for proof in run["proofs"]:
            self.assertEqual(proof["remainder"]["minor"], 0, proof)
        buckets = run["statement_buckets"]
        self.assertEqual(sum(each["rows"] for each in buckets), run["statement_rows"])
        return run

    def listed(self, **condition: Any) -> list[dict[str, Any]]:
        answer = self.till.call("discrepancy.list", limit=200, **condition)
        found: list[dict[str, Any]] = answer["discrepancies"]
        return sorted(found, key=lambda item: item.get("theirs", {}).get("line", 0))

    def balances(self) -> dict[str, int]:
        all_of_them = self.till.call("ledger.balances")["balances"]
        return {each["account"]: each["debit"]["minor"] for each in all_of_them}

    def test_a_week_after_its_days_and_the_day_after_the_week(self) -> None:
        days: list[list[Row]] = []
        dailies: list[dict[str, Any]] = []
        for ago in range(6, 0, -1):
            payment, row = self.paid(10_000 + ago)
            rows = [row.on(ago)]
            if ago % 2:
                rows.append(self.refunded(payment, 1_000).on(ago))
            days.append(rows)
            dailies.append(self.taken(*rows))
            self.assertEqual(self.run_over(dailies[-1])["opened"], 0)
        _, last = self.paid(777)
        before = self.balances()

        # The week: what the days have is left out, today's payment is matched.
        week = self.taken(*(row for rows in days for row in rows), last)
        run = self.run_over(week)
        self.assertEqual((run["matched"], run["opened"]), (1, 9))
        self.assertEqual(self.listed(state="open"), [])
        copies = self.listed(run=run["id"])
        self.assertEqual(
            {(each["kind"], each["number"], each["resolution"], each["level"]) for each in copies},
            {("duplicate_row", "B14", "left_out", "machine")},
        )
        self.assertEqual(
            [(each["bank"]["statement"], each["bank"]["line"]) for each in copies],
            [(day["id"], line) for day, rows in zip(dailies, days) for line in range(2, 2 + len(rows))],
        )
        self.assertIn(f"{dailies[0]['id']}:2 has the row already", copies[0]["cause"])
        self.assertEqual(self.balances(), before)
        again = self.run_over(week)
        self.assertEqual((again["opened"], again["known"]), (0, 9))

        # Today's bill comes behind the week, and has its row.
        today = self.run_over(self.taken(last))
        self.assertEqual((today["matched"], today["opened"]), (0, 1))
        copy = self.listed(run=today["id"])[0]
        self.assertEqual((copy["resolution"], copy["bank"]["statement"]), ("left_out", week["id"]))
        self.assertEqual(self.balances(), before)

    def test_a_copy_that_says_otherwise_waits_for_a_person_and_books_nothing(self) -> None:
        payment, row = self.paid(30_000)
        back = self.refunded(payment, 1_000)
        day = self.taken(row, back)
        self.assertEqual(self.run_over(day)["opened"], 0)
        before = self.balances()
        stranger = Row("paid", "OLD1", "OLD1", 500, row.at_ms).on(1)
        two_days = self.taken(stranger, row.copy(minor=31_000), back)
        self.run_over(two_days)
        found = {each["kind"]: each for each in self.listed(state="open")}
        self.assertEqual(set(found), {"unknown_money", "duplicate_row"})
        told = found["duplicate_row"]
        self.assertEqual(
            (told["expected"]["minor"], told["actual"]["minor"], told["ours"]),
            (30_000, 31_000, payment["id"]),
        )
        self.assertEqual((told["bank"]["statement"], told["bank"]["line"]), (day["id"], 2))
        self.assertEqual(
            told["cause"], f"{day['id']}:2 has it already, as 300.00 CNY; here it is 310.00 CNY"
        )
        self.assertEqual(told["decisions"], ["accept_gateway", "accept_local", "wait_until"])

        # The day is issued again as the export has it: what it says of us counts, and once.
        newer = self.taken(row.copy(minor=31_000), back)
        self.run_over(newer)
        self.run_over(two_days)
        ended = self.till.call("discrepancy.get", discrepancy=told["id"])["discrepancy"]
        self.assertEqual((ended["state"], ended["resolution"]), ("resolved", "agrees"))
        left = {each["kind"]: each for each in self.listed(state="open")}
        self.assertEqual(left["amount_more"]["ours"], payment["id"])
        self.assertNotIn("duplicate_row", left)
        self.assertEqual(self.balances(), before)
        amy = self.daemon.client(token=TOKENS["amy"])
        amy.call(
            "discrepancy.propose",
            discrepancy=left["unknown_money"]["id"],
            verb="move_to_suspense",
            reason="checked",
            idempotency_key=fresh_key(),
        )
        self.assertEqual(self.balances()["suspense"], -500)


if __name__ == "__main__":
    unittest.main()
