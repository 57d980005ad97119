"""Payments and their notices: with, without, twice, late, forged, somebody else's, untrue."""

from __future__ import annotations

from typing import Any

from tilltest.case import eventually
from tilltest.client import fresh_key

from .case import Behaviours, for_every_gateway


class Paying(Behaviours):
    """The callback is lost, so the schedule finds the money."""

    def test_paid_without_a_callback(self) -> None:
        order, payment = self.opened()
        self.assertEqual(self.get(order)["pay_state"], "awaiting")
        self.driver.pay(payment)
        paid = self.wait_for(order, "paid")
        self.assertEqual(paid["captured"], self.money(5800))
        self.assertEqual((paid["delivery_state"], paid["flags"]), ("pending", []))
        found = self.payment(payment)
        self.assertEqual(found["state"], "succeeded")
        self.assertTrue(found["gateway_txn_id"])
        self.assert_evidence(payment, "e4", "query")

    def test_nobody_comes(self) -> None:
        order, payment = self.opened()
        self.queried(payment, 3)
        self.assertEqual(self.get(order)["pay_state"], "awaiting")
        self.assertEqual(self.payment(payment)["state"], "awaiting_buyer")
        self.assertEqual(self.driver.asked(payment, "close"), 0)

    def test_a_second_click_makes_no_second_payment(self) -> None:
        order, payment = self.opened()
        again = self.till.keyed("payment.create", **self.create_params(order))
        self.assertIs(again["reused"], True)
        self.assertEqual(again["payment"]["id"], payment["id"])
        self.assertEqual(self.driver.asked(payment, "create"), 1)

    def test_another_amount_is_a_capture_to_be_looked_at(self) -> None:
        order, payment = self.opened()
        self.driver.pay(payment, minor=5000)
        found = self.wait_for(order, "review", "paid")
        self.assertEqual(found["pay_state"], "review")
        self.assertEqual(found["captured"], self.money(5000))
        self.assertIn("mismatch", found["flags"])

    def test_the_check_says_that_all_is_right(self) -> None:
        result = self.till.call("gateway.check", gateway=self.driver.name)
        self.assertIs(result["ok"], True, result)

    def test_the_check_names_a_clock_that_is_off(self) -> None:
        self.driver.fake.ctl("clock", offset_ms=-400_000)
        self.addCleanup(self.driver.fake.ctl, "clock", offset_ms=0)
        result = self.till.call("gateway.check", gateway=self.driver.name)
        self.assertEqual((result["ok"], result["finding"]), (False, "clock_off"), result)
        self.assertTrue(result["hint"])

    def test_it_says_of_itself_that_nobody_tried_it_at_the_company(self) -> None:
        listed = self.till.call("gateway.list")["gateways"][0]
        self.assertEqual(
            (listed["name"], listed["test"], listed["experimental"]),
            (self.driver.name, False, True),
        )

    def test_the_check_says_that_no_notification_ever_came(self) -> None:
        for _ in range(5):
            self.paid()
        result = self.till.call("gateway.check", gateway=self.driver.name)
        self.assertEqual((result["ok"], result["finding"]), (False, "callback_never_reached"))
        self.assertIn("notify_url", result["hint"])


class Callbacks(Behaviours):
    # Slow enough that the first news is the notification's.
    scale = 1

    def taken(self, result: dict[str, Any], *verdicts: str) -> None:
        self.assertIn(result["verdict"], verdicts, result)
        self.assertTrue(self.driver.believed(result["ack"]), result["ack"])

    def not_believed(self, result: dict[str, Any]) -> None:
        self.assertEqual(result["verdict"], "rejected", result)
        self.assertFalse(self.driver.believed(result["ack"]), result["ack"])

    def notice(self, payment: dict[str, Any], kind: str, **options: Any) -> dict[str, Any]:
        self.needs(f"notice:{kind}")
        return self.deliver(self.driver.notices(payment, kind, **options)[0])

    def test_paid_with_a_callback(self) -> None:
        order, payment = self.opened()
        self.driver.pay(payment)
        result = self.notice(payment, "paid")
        self.taken(result, "applied", "noop")
        self.assertEqual(result["payment"], payment["id"])
        self.assertEqual(self.wait_for(order, "paid")["captured"], self.money(5800))

    def test_repeated_callbacks_pay_once(self) -> None:
        order, payment = self.opened()
        self.driver.pay(payment)
        notices = self.driver.notices(payment, "repeated")
        self.taken(self.deliver(notices[0]), "applied", "noop")
        self.wait_for(order, "paid")
        for notice in notices * 3:
            self.taken(self.deliver(notice), "noop")
        self.assertEqual(self.get(order)["captured"], self.money(5800))
        types = self.event_types(order)
        for once in ("order.paid", "payment.succeeded", "delivery.pending"):
            self.assertEqual(types.count(once), 1, once)

    def test_a_late_callback_of_a_known_payment_changes_nothing(self) -> None:
        order, payment = self.opened()
        self.driver.pay(payment)
        self.till.call("payment.query", payment=payment["id"])
        before = self.wait_for(order, "paid")
        self.taken(self.notice(payment, "paid"), "noop")
        self.assertEqual(self.get(order)["version"], before["version"])

    def test_an_old_notice_is_judged_by_the_gateways_own_rule(self) -> None:
        """True all the same where the gateway repeats notices for days; refused as a replay where
        every delivery is signed anew. The buyer's money is found either way."""
        order, payment = self.opened()
        self.driver.pay(payment)
        result = self.notice(payment, "old")
        if result["verdict"] == "rejected":
            self.assertFalse(self.driver.believed(result["ack"]))
            self.assertNotEqual(self.get(order)["pay_state"], "paid")
            self.till.call("payment.query", payment=payment["id"])
        self.wait_for(order, "paid")

    def test_forged_callbacks_change_nothing_and_are_counted(self) -> None:
        order, payment = self.arrived()
        before = self.get(order)["version"]
        kinds = self.each("notice", ("forged", "corrupted", "unsigned"))
        for kind in kinds:
            with self.subTest(kind=kind):
                self.not_believed(self.notice(payment, kind))
        self.assertEqual(self.get(order)["version"], before)
        health = self.till.call("gateway.health", gateway=self.driver.name)["gateways"][0]
        self.assertEqual(health["receipts_rejected"], len(kinds))

    def test_forgeries_by_rate_raise_the_alarm(self) -> None:
        _, payment = self.arrived()
        for _ in range(4):
            self.not_believed(self.notice(payment, "forged"))
        eventually(
            lambda: "AL16" in self.daemon.log() and self.driver.name in self.daemon.log(),
            "the log says that somebody forges notices",
        )

    def test_a_probe_is_refused_and_is_no_forgery(self) -> None:
        _, payment = self.arrived()
        for _ in range(4):
            self.not_believed(self.notice(payment, "probe"))
        health = self.till.call("gateway.health", gateway=self.driver.name)["gateways"][0]
        self.assertEqual(health["receipts_rejected"], 0)
        self.assertNotIn("AL16", self.daemon.log())

    def test_what_is_signed_for_another_merchant_is_refused(self) -> None:
        order, payment = self.arrived()
        self.not_believed(self.notice(payment, "other_merchant"))
        self.assertNotEqual(self.get(order)["pay_state"], "paid")

    def test_a_wrong_amount_never_pays(self) -> None:
        order, payment = self.arrived()
        self.notice(payment, "wrong_amount", minor=1)
        found = self.get(order)
        self.assertNotEqual(found["pay_state"], "paid")
        self.assertEqual(found["delivery_state"], "none")

    def test_a_wrong_currency_never_pays(self) -> None:
        order, payment = self.arrived()
        self.notice(payment, "wrong_currency")
        found = self.get(order)
        self.assertNotEqual(found["pay_state"], "paid")
        self.assertEqual(found["delivery_state"], "none")

    def test_an_unknown_number_is_kept_and_changes_nothing(self) -> None:
        order, payment = self.arrived()
        result = self.notice(payment, "unknown_number")
        self.assertIn(result["verdict"], ("parked", "rejected"))
        self.assertNotEqual(self.get(order)["pay_state"], "paid")

    def test_an_unknown_status_pays_nothing(self) -> None:
        order, payment = self.arrived()
        self.notice(payment, "unknown_status")
        self.assertNotEqual(self.get(order)["pay_state"], "paid")

    def test_bodies_of_no_use_are_refused(self) -> None:
        for body in ("", "{}", "a", "=", "&&&", "sign=x", "[1]", '{"id":1}', "a=1&a=2&sign=%zz"):
            with self.subTest(body=body):
                result = self.till.call(
                    "notification.ingest", gateway=self.driver.name, body=body
                )
                self.not_believed(result)

    def test_a_callback_that_overtakes_the_create_answer(self) -> None:
        """The buyer's success is known before payment.create has been answered."""
        order = self.order()
        start = self.driver.log_position()
        self.fault("slow", "create", delay_ms=1500)
        number = self.till.start(
            "payment.create", idempotency_key=fresh_key(), **self.create_params(order)
        )
        numbers = eventually(lambda: self.driver.created_since(start), "the create has arrived")
        payment = {"out_trade_no": next(iter(numbers))}
        eventually(lambda: self.books(payment).is_known, "the gateway has it")
        self.driver.pay(payment)
        notice = self.driver.notices(payment, "paid")[0]
        with self.daemon.client() as other:
            result = other.call(
                "notification.ingest", gateway=self.driver.name, **notice.params()
            )
        self.assertIn(result["verdict"], ("applied", "parked", "noop"))
        self.till.finish(number, "payment.create", 30)
        self.wait_for(order, "paid")

    def test_a_notice_that_came_before_its_payment_is_taken_again(self) -> None:
        """Kept although its number is unknown, and judged by the time it came, not by now."""
        _, payment = self.arrived()
        result = self.notice(payment, "unknown_number")
        if result["verdict"] != "parked":
            return
        again = self.operator("sue").call("notification.replay", receipt=result["receipt"])
        self.assertEqual(again["verdict"], "parked", again)


class WrongAddress(Behaviours):
    """`url` leads to a machine that answers, and where no gateway is."""

    def configuration(self) -> dict[str, Any]:
        whole = super().configuration()
        for entry in whole["gateways"]:
            entry["url"] = self.driver.wrong_address()
        return whole

    def test_the_check_names_the_wrong_environment(self) -> None:
        result = self.till.call("gateway.check", gateway=self.driver.name)
        self.assertEqual((result["ok"], result["finding"]), (False, "wrong_environment"), result)
        self.assertTrue(result["text"] and result["hint"])


class WrongKey(Behaviours):
    def configuration(self) -> dict[str, Any]:
        whole = super().configuration()
        whole["gateways"] = [self.driver.wrong_key_entry()]
        return whole

    def test_the_check_names_the_wrong_key(self) -> None:
        result = self.till.call("gateway.check", gateway=self.driver.name)
        self.assertIs(result["ok"], False)
        self.assertEqual(result["finding"], "wrong_key", result)
        self.assertTrue(result["text"] and result["hint"])

    def test_nothing_is_paid_by_answers_that_cannot_be_verified(self) -> None:
        order = self.order()
        payment = self.pay_request(order)
        self.assertEqual(payment["state"], "unknown")
        self.driver.pay(payment)
        self.queried(payment, 1)
        self.assertNotEqual(self.get(order)["pay_state"], "paid")


load_tests = for_every_gateway(Paying, Callbacks, WrongAddress, WrongKey)
