"""The bill of the day comes by itself and says what nobody else said.

The callback and every query of an order are lost; the day passes; its bill is downloaded at its
ready time, compared, and pays the order with evidence of the strongest kind.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from tilltest.case import ShopCase, eventually
from tilltest.clock import ShiftedClock
from tilltest.daemon import Daemon
from tilltest.drivers import Driver
from tilltest.drivers.alipay import AlipayDriver
from tilltest.drivers.wechat import WeChatDriver
from tilltest.setup import config

BEIJING = timezone(timedelta(hours=8))


def seconds_to_noon() -> int:
    """None by day. What is sold around midnight may stand in the bill of either day, so a shop that
    opens then opens at the next noon."""
    now = datetime.now(BEIJING)
    if 2 <= now.hour < 22:
        return 0
    days = 1 if now.hour >= 22 else 0
    noon = (now + timedelta(days=days)).replace(hour=12, minute=0, second=0)
    return int((noon - now).total_seconds())


class BillCase(ShopCase):
    """A shop whose clock, and its gateway's, the test moves."""

    scale = 1
    kind_of_driver: type[Driver]
    # When the gateway's bills are ready.
    ready_hour = 9

    def setUp(self) -> None:
        if not ShiftedClock.is_possible():
            self.skipTest("needs a C compiler to shift the daemon's clock")
        # Books of its own: a bill holds all that was sold on its day.
        self.driver = self.kind_of_driver()
        self.addCleanup(self.driver.fake.stop)
        self.daemon = Daemon(self.configuration())
        self.addCleanup(self.daemon.close)
        self.clock = ShiftedClock(self.daemon)
        self.opened_after = seconds_to_noon()
        if self.opened_after > 0:
            self.shift(self.opened_after)
        self.daemon.start()
        self.till = self.daemon.client()
        self.day = self.now().date().isoformat()

    def now(self) -> datetime:
        """On the day on which the shop opened."""
        return datetime.now(BEIJING) + timedelta(seconds=self.opened_after)

    def shift(self, seconds: int) -> None:
        """On both sides: signatures carry the time, and addresses of files expire. The gateway's
        goes first, so that nothing that falls due by ours meets a gateway of yesterday."""
        self.driver.fake.ctl("clock", offset_ms=seconds * 1000)
        self.clock.set(seconds)

    def tomorrow(self, hour: int, minute: int) -> None:
        """It becomes this time of the day after the shop opened."""
        now = self.now()
        then = (now + timedelta(days=1)).replace(hour=hour, minute=0, second=0)
        then += timedelta(minutes=minute)
        self.shift(self.opened_after + int((then - now).total_seconds()))

    def morning(self, minute: int = 1) -> None:
        """Tomorrow, so many minutes after the bill of today is ready."""
        self.tomorrow(self.ready_hour, minute)

    def nudge(self) -> None:
        """The daemon sleeps for up to half a minute however its clock jumps; a write wakes it."""
        self.till.call("poll.run")

    def lost(self, minor: int = 5800) -> tuple[dict[str, Any], dict[str, Any]]:
        """An order that was paid, and from whose gateway not a word comes through any more."""
        order, payment = self.opened(minor)
        self.driver.arrive(payment)
        self.driver.fault("html_502", "query", count=None, payment=payment)
        self.driver.fault("html_502", "close", count=None, payment=payment)
        self.driver.pay(payment)
        return order, payment

    def bills(self, *kinds: str) -> list[dict[str, Any]]:
        """The bills of the day, as far as there are any."""
        found = self.till.call("statement.bills", gateway=self.driver.name)["bills"]
        return [b for b in found if b["day"] == self.day and (not kinds or b["kind"] in kinds)]

    def bill_becomes(self, state: str, tries: int = 0, kind: str = "trade") -> dict[str, Any]:
        """`tries` is how many downloads must have brought nothing by then."""

        def look() -> dict[str, Any] | None:
            self.nudge()
            return next(
                (b for b in self.bills(kind) if b["state"] == state and b["tries"] >= tries), None
            )

        found: dict[str, Any] = eventually(look, f"the {kind} bill is {state}", 60)
        return found

    def run_of(self, bill: dict[str, Any]) -> dict[str, Any]:
        """The first one: the bill of the balance may have come since and made another."""
        found: dict[str, Any] = self.till.call("recon.list", statement=bill["statement"])["runs"][-1]
        return found

    def given_back(self, payment: dict[str, Any], minor: int) -> None:
        amy = self.operator("amy")
        made = amy.keyed("refund.create", payment=payment["id"], amount=self.money(minor))
        refund = made["refund"]["id"]
        eventually(
            lambda: amy.call("refund.query", refund=refund)["refund"]["state"] == "succeeded",
            "the refund is done",
            60,
        )

    def run_with_balance(self) -> dict[str, Any]:
        """The comparison of the trades of the day with both bills."""
        fund = self.bill_becomes("done", kind="fund")
        trade = self.bill_becomes("done")
        runs = self.till.call("recon.list", statement=trade["statement"])["runs"]
        found: dict[str, Any] = next(r for r in runs if r.get("fund") == fund["statement"])
        return found


class Common:
    """What holds for every gateway with daily files."""

    def test_the_bill_pays_what_nobody_else_told_of(self: Any) -> None:
        known, _ = self.paid(1234)
        order, payment = self.lost()
        self.assertNotEqual(self.get(order)["pay_state"], "paid")
        self.morning()
        bill = self.bill_becomes("done")
        found = self.get(order)
        self.assertEqual((found["pay_state"], found["captured"]), ("paid", self.money(5800)))
        self.assert_evidence(payment, "e5", "statement")
        self.assertEqual(self.get(known)["captured"], self.money(1234))
        statement = self.till.call("statement.get", statement=bill["statement"])["statement"]
        self.assertTrue(statement["verified"], statement)
        run = self.run_of(bill)
        self.assertEqual((run["filled_back"], run["statement_rows"]), (1, 2), run)
        settled = self.till.call("discrepancy.list", run=run["id"])["discrepancies"]
        self.assertEqual([d["resolution"] for d in settled], ["filled_back"], settled)
        fund = self.bill_becomes("done", kind="fund")
        kept = self.till.call("statement.get", statement=fund["statement"])["statement"]
        self.assertEqual((kept["content"], kept["verified"]), ("fund", True), kept)
        self.assertTrue(self.till.call("audit.verify")["ok"])

    def test_a_bill_that_is_late_is_asked_for_again_and_missed_aloud(self: Any) -> None:
        self.paid()
        self.driver.fake.ctl("faults", fault="bill_not_ready", count=None)
        self.morning()
        first = self.bill_becomes("waiting", tries=1)
        gap = first["next_at"] - first["last_try_at"]
        self.assertEqual(gap, 60_000, first)
        self.morning(3 * 60)
        # Nothing may be under way when the time jumps again: its signature would be too old.
        for kind in ("trade", "fund"):
            self.bill_becomes("waiting", tries=2, kind=kind)
        self.assertIn("AL17", self.daemon.log(100_000))
        self.driver.fake.ctl("faults/clear")
        self.morning(5 * 60)
        self.bill_becomes("done")

    def test_what_was_missed_while_nothing_ran_is_made_up_for(self: Any) -> None:
        order, _ = self.lost()
        self.daemon.stop()
        self.morning(24 * 60)
        self.daemon.start()
        self.till = self.daemon.client()
        self.bill_becomes("done")
        self.assertEqual(self.get(order)["pay_state"], "paid")

    def test_after_the_key_was_changed_a_bill_is_asked_for_with_the_new_one(self: Any) -> None:
        order, _ = self.lost()
        self.driver.rotate("ours")
        self.daemon.configure(self.configuration())
        changed = self.till.call("server.reload")["changed"]
        self.assertEqual(changed, [f"gateways.{self.driver.name}"])
        self.morning()
        self.bill_becomes("done")
        self.assertEqual(self.get(order)["pay_state"], "paid")

    def test_a_bill_can_be_fetched_by_hand_and_one_is_in_force(self: Any) -> None:
        self.paid()
        self.morning()
        first = self.bill_becomes("done")
        asked = self.till.call(
            "statement.fetch", gateway=self.driver.name, kind="trade", day=self.day
        )["bills"]
        self.assertEqual([b["day"] for b in asked], [self.day])
        again = self.bill_becomes("done")
        known = self.till.call("statement.get", statement=first["statement"])["statement"]
        # Alipay writes the time of the download into the file: then it is one issued again.
        in_force = known.get("superseded_by", first["statement"])
        self.assertEqual(again["statement"], in_force)

    def test_a_row_that_is_missing_in_the_bill_is_named(self: Any) -> None:
        _, payment = self.paid()
        self.paid(777)
        number = payment["out_trade_no"]
        self.driver.fake.ctl("faults", fault="bill_row_missing", number=number, count=None)
        self.morning()
        bill = self.bill_becomes("done")
        run = self.run_of(bill)
        opened = self.till.call("discrepancy.list", run=run["id"])["discrepancies"]
        self.assertEqual(len(opened), 1, opened)
        self.assertEqual(opened[0]["expected"], self.money(5800), opened)

    def test_a_bill_that_is_issued_again_is_compared_by_itself(self: Any) -> None:
        _, payment = self.paid()
        self.paid(777)
        number = payment["out_trade_no"]
        self.driver.fake.ctl("faults", fault="bill_row_missing", number=number, count=None)
        self.morning()
        wrong = self.bill_becomes("done")
        opened = self.till.call(
            "discrepancy.list", run=self.run_of(wrong)["id"])["discrepancies"]
        self.assertEqual([d["state"] for d in opened], ["open"], opened)
        self.driver.fake.ctl("faults/clear")
        self.till.call("statement.fetch", gateway=self.driver.name, kind="trade", day=self.day)
        right = self.bill_becomes("done")
        self.assertNotEqual(right["statement"], wrong["statement"])
        run = self.run_of(right)
        self.assertEqual(run["statement"], right["statement"])
        # The row that came is told of; the bill of the balance still is the one without it.
        told = self.till.call("discrepancy.list", run=run["id"])["discrepancies"]
        kinds = {difference["kind"] for difference in told}
        self.assertIn("statement_unsound", kinds)
        self.assertLessEqual(kinds, {"statement_unsound", "payout_not_arrived"}, told)
        settled = self.till.call(
            "discrepancy.get", discrepancy=opened[0]["id"])["discrepancy"]
        self.assertEqual((settled["state"], settled["resolution"]), ("resolved", "agrees"))
        self.assertTrue(self.till.call("audit.verify")["ok"])

    def test_the_balance_was_moved_as_the_trades_were_earned(self: Any) -> None:
        _, payment = self.paid(1234)
        self.paid(777)
        self.given_back(payment, 234)
        self.morning()
        run = self.run_with_balance()
        self.assertEqual({b["bucket"] for b in run["fund_buckets"]}, {"matched"}, run)
        self.assertEqual([p["remainder"]["minor"] for p in run["proofs"]], [0], run)
        opened = self.till.call("discrepancy.list", run=run["id"])["discrepancies"]
        self.assertEqual(opened, [])

    def test_money_that_was_not_moved_is_late(self: Any) -> None:
        _, payment = self.paid(1234)
        self.paid(777)
        number = payment["out_trade_no"]
        self.driver.fake.ctl("faults", fault="fund_row_missing", number=number, count=None)
        self.morning()
        run = self.run_with_balance()
        found = self.till.call("discrepancy.list", gateway=self.driver.name)["discrepancies"]
        self.assertEqual([d["kind"] for d in found], ["payout_not_arrived"], run)
        self.assertEqual((found[0]["expected"], found[0]["actual"]["minor"]), (self.money(1234), 0))

    def test_a_day_without_business_is_empty_and_no_alarm(self: Any) -> None:
        self.opened()
        self.morning()
        self.tomorrow(12, 1)
        self.bill_becomes("empty")
        self.assertNotIn("AL17", self.daemon.log())


class Coupons:
    """The buyer paid a part with a coupon of the merchant's own: the balance gets the rest alone,
    and the gateway takes its fee of the rest. A coupon that the gateway pays for takes nothing."""

    def configuration(self: Any) -> dict[str, Any]:
        entry = self.driver.entry() | {"fees": [{"rate_millionths": 6000}]}
        made: dict[str, Any] = config([entry], self.scale)
        return made

    def paid_with(self: Any, minor: int, **coupons: int) -> dict[str, Any]:
        order, payment = self.opened(minor)
        self.driver.arrive(payment)
        self.driver.fake.ctl(
            "pay", out_trade_no=payment["out_trade_no"], callback="lose", **coupons
        )
        self.assertEqual(self.wait_for(order, "paid")["captured"], self.money(minor))
        return payment

    def balance(self: Any, account: str) -> int:
        found = self.till.call("ledger.balances")
        self.assertTrue(found["balanced"])
        named = f"{account}:{self.driver.name}"
        return sum(b["debit"]["minor"] for b in found["balances"] if b["account"] == named)

    def test_what_a_coupon_paid_for_is_a_cost_and_no_difference(self: Any) -> None:
        payment = self.paid_with(10000, coupon_fen=2000, platform_fen=700)
        self.paid_with(3000, platform_fen=500)
        self.paid(777)
        self.assertEqual(self.balance("receivable"), 13777)
        self.given_back(payment, 5000)
        self.morning()
        run = self.run_with_balance()
        opened = self.till.call("discrepancy.list", run=run["id"])["discrepancies"]
        self.assertEqual(opened, [])
        self.assertEqual({b["bucket"] for b in run["fund_buckets"]}, {"matched"}, run)
        self.assertEqual({b["bucket"] for b in run["statement_buckets"]}, {"matched"}, run)
        self.assertEqual([p["remainder"]["minor"] for p in run["proofs"]], [0], run)
        # The fee of 8000, 3000 and 777, and its half of the first one back.
        fees = 48 + 18 + 5 - 24
        self.assertEqual(self.balance("coupon_expense"), 1000)
        self.assertEqual(self.balance("fee_expense"), fees)
        self.assertEqual(self.balance("receivable"), 4000 + 3000 + 777 - fees)
        entries = self.till.call(
            "ledger.trace", account=f"coupon_expense:{self.driver.name}", currency="CNY"
        )["entries"]
        kept = sum(e["debit"]["minor"] for e in entries)
        self.assertEqual((entries[0]["cause"], kept), ("coupon", 1000), entries)
        self.assertTrue(self.till.call("audit.verify")["ok"])


class CouponsAlipay(Coupons, BillCase):
    kind_of_driver = AlipayDriver


class CouponsWeChat(Coupons, BillCase):
    kind_of_driver = WeChatDriver
    ready_hour = 10


class Alipay(Common, BillCase):
    kind_of_driver = AlipayDriver

    def test_a_torn_file_is_not_taken_and_the_next_one_is(self) -> None:
        order, _ = self.lost()
        self.driver.fake.ctl("faults", fault="bill_torn_zip", count=None)
        self.morning()
        self.bill_becomes("waiting", tries=1)
        self.driver.fake.ctl("faults/clear")
        self.morning(3)
        self.bill_becomes("done")
        self.assertEqual(self.get(order)["pay_state"], "paid")

    def test_a_foreign_address_is_never_asked(self) -> None:
        self.paid()
        self.driver.fake.ctl("faults", fault="bill_foreign_host", count=None)
        self.morning()
        waiting = self.bill_becomes("waiting", tries=1)
        self.assertIn("files.example", waiting["reason"])


class WeChat(Common, BillCase):
    kind_of_driver = WeChatDriver
    ready_hour = 10

    def test_a_file_with_another_digest_is_not_taken_and_the_next_one_is(self) -> None:
        order, _ = self.lost()
        self.driver.fake.ctl("faults", fault="bill_wrong_hash", count=None)
        self.morning()
        waiting = self.bill_becomes("waiting", tries=1)
        self.assertIn("digest", waiting["reason"])
        self.driver.fake.ctl("faults/clear")
        self.morning(3)
        self.bill_becomes("done")
        self.assertEqual(self.get(order)["pay_state"], "paid")
