"""What only Stripe, PayPal or Airwallex has: tokens, held captures, money given back at
the gateway's own desk, two generations of words."""

from __future__ import annotations

from typing import Any

from tilltest.case import ShopCase, eventually
from tilltest.client import fresh_key
from tilltest.drivers import own
from tilltest.drivers.cards import AirwallexDriver, CardDriver, PayPalDriver, StripeDriver


class CardCase(ShopCase):
    kind_of_driver: type[CardDriver]

    def setUp(self) -> None:
        self.driver = own(self.kind_of_driver)
        self.fake = self.driver.fake
        super().setUp()

    def ctl(self, name: str, payment: dict[str, Any], **more: Any) -> Any:
        return self.fake.ctl(name, out_trade_no=payment["out_trade_no"], **more)

    def made(self, payment: dict[str, Any]) -> int:
        """How many payments the gateway has under this number."""
        known = self.fake.ctl("truth")["payments"]
        return sum(each["out_trade_no"] == payment["out_trade_no"] for each in known)

    def refund(self, payment: dict[str, Any], minor: int) -> dict[str, Any]:
        made: dict[str, Any] = self.operator("amy").keyed(
            "refund.create", payment=payment["id"], amount=self.money(minor), reason="card missing"
        )["refund"]
        return made

    def refund_becomes(self, refund: dict[str, Any], state: str) -> None:
        amy = self.operator("amy")
        eventually(
            lambda: amy.call("refund.get", refund=refund["id"])["refund"]["state"] == state,
            f"refund {state}",
        )

    def tell(self, payment: dict[str, Any], kind: str, **options: Any) -> None:
        result = self.deliver(self.driver.notices(payment, kind, **options)[0])
        self.assertTrue(self.driver.believed(result["ack"]), result)

    def one_payment_of_a_lost_create(self) -> None:
        self.driver.fault("apply_then_drop", "create")
        order = self.order()
        payment = self.pay_request(order)
        self.assertEqual(payment["state"], "unknown")
        eventually(
            lambda: self.payment(payment)["state"] == "awaiting_buyer", "the way to pay is found"
        )
        self.assertEqual(self.made(payment), 1)
        self.assertIn("value", self.payment(payment)["action"])
        self.driver.pay(payment)
        self.wait_for(order, "paid")

    def found_by_asking(self) -> None:
        """Money given back at the gateway's own desk; no notice comes."""
        order, payment = self.paid()
        self.ctl("outside_refund", payment, minor=1200)

        def asked() -> bool:
            self.till.call("payment.query", payment=payment["id"])
            return bool(self.get(order)["pay_state"] == "partially_refunded")

        eventually(asked, "the gateway was asked again")
        self.assertEqual(self.get(order)["refunded"], self.money(1200))

    def revoked_token_is_renewed(self) -> None:
        order, payment = self.opened()
        self.driver.pay(payment)
        before = self.fake.ctl("tokens")["issued"]
        self.fake.ctl("revoke")
        self.wait_for(order, "paid")
        self.assertEqual(self.fake.ctl("tokens")["issued"], before + 1)

    def one_token_for_many(self) -> None:
        before = self.fake.ctl("tokens")["issued"]
        numbers = []
        for _ in range(20):
            params = self.create_params(self.order())
            numbers.append(
                self.till.start("payment.create", idempotency_key=fresh_key(), **params)
            )
        for number in numbers:
            made = self.till.finish(number, "payment.create", 30)["payment"]
            self.assertEqual(made["state"], "awaiting_buyer")
        # None at all where the daemon had asked something at its start.
        self.assertLessEqual(self.fake.ctl("tokens")["issued"], before + 1)


class Stripe(CardCase):
    kind_of_driver = StripeDriver

    def test_a_create_without_an_answer_is_made_again_under_its_key(self) -> None:
        self.one_payment_of_a_lost_create()

    def test_money_given_back_at_the_dashboard_is_found(self) -> None:
        self.found_by_asking()

    def test_money_given_back_at_the_dashboard_is_told_by_a_notice(self) -> None:
        order, payment = self.paid()
        self.ctl("outside_refund", payment, minor=5800)
        self.tell(payment, "outside")
        self.wait_for(order, "refunded")

    def test_an_intent_is_paid_too(self) -> None:
        order = self.order()
        payment = self.pay_request(order, method="intent")
        self.assertEqual(payment["action"]["kind"], "client_secret")
        self.driver.pay(payment)
        self.wait_for(order, "paid")

    def test_the_fee_is_known(self) -> None:
        _, payment = self.paid()
        self.assertEqual(self.payment(payment)["fee"], self.money(5800 * 29 // 1000 + 30))


class StripeAfterDowntime(CardCase):
    kind_of_driver = StripeDriver
    # A quarter of an hour between two looks is a second and a half.
    scale = 600

    def test_what_happened_while_nobody_listened_is_caught_up_with(self) -> None:
        order, payment = self.paid()
        self.ctl("outside_refund", payment, minor=5800)
        # Stripe has sent it; nobody took it.
        self.driver.notices(payment, "outside")
        self.wait_for(order, "refunded")


class StripeAtStart(CardCase):
    kind_of_driver = StripeDriver
    # Real time: the next look at a paid payment of its own would come after a minute.
    scale = 1

    def test_what_happened_during_a_stop_is_known_seconds_after_the_start(self) -> None:
        order, payment = self.opened()
        self.driver.pay(payment)
        self.till.call("payment.query", payment=payment["id"])
        self.wait_for(order, "paid")
        self.daemon.stop()
        self.ctl("outside_refund", payment, minor=5800)
        self.driver.notices(payment, "outside")
        self.daemon.start()
        self.till = self.daemon.client()
        self.wait_for(order, "refunded")


class PayPal(CardCase):
    kind_of_driver = PayPalDriver

    def test_a_create_without_an_answer_is_made_again_under_its_key(self) -> None:
        self.one_payment_of_a_lost_create()

    def test_a_revoked_token_is_renewed(self) -> None:
        self.revoked_token_is_renewed()

    def test_one_token_serves_many_calls(self) -> None:
        self.one_token_for_many()

    def test_a_held_capture_is_paid_when_it_completes(self) -> None:
        self.fake.ctl("hold", status="PENDING")
        order, payment = self.opened()
        self.driver.pay(payment)
        eventually(lambda: self.payment(payment)["state"] == "processing", "it is held")
        self.assertEqual(self.get(order)["captured"], self.money(0))
        self.ctl("settle", payment, status="COMPLETED")
        self.wait_for(order, "paid")

    def test_a_declined_capture_is_no_payment(self) -> None:
        self.fake.ctl("hold", status="PENDING")
        order, payment = self.opened()
        self.driver.pay(payment)
        eventually(lambda: self.payment(payment)["state"] == "processing", "it is held")
        self.ctl("settle", payment, status="DECLINED")
        eventually(lambda: self.payment(payment)["state"] == "failed", "it has failed")
        self.assertEqual(self.get(order)["captured"], self.money(0))

    def test_a_capture_without_an_answer_is_made_once(self) -> None:
        for kind in ("apply_then_drop", "torn_body", "error_500_after_apply", "drop_before_apply"):
            with self.subTest(fault=kind):
                self.fake.ctl("faults/clear")
                self.fake.ctl("faults", fault=kind, method="capture")
                order, payment = self.opened()
                self.driver.pay(payment)
                self.assertEqual(self.wait_for(order, "paid")["captured"], self.money(5800))
                self.assertEqual(self.books(payment).paid, 5800)

    def test_a_kill_in_the_middle_of_a_capture_takes_the_money_once(self) -> None:
        for kind, phase in (("hang", "received"), ("apply_then_hang", "applied")):
            with self.subTest(fault=kind):
                self.fake.ctl("faults", fault=kind, method="capture")
                order, payment = self.opened()
                self.driver.pay(payment)
                self.assertTrue(self.ctl("wait", payment, method="capture", phase=phase)["reached"])
                self.daemon.restart(kill=True)
                self.till = self.daemon.client()
                self.fake.ctl("faults/clear")
                self.assertEqual(self.wait_for(order, "paid")["captured"], self.money(5800))
                self.assertEqual(self.books(payment).paid, 5800)

    def test_what_is_approved_after_the_cancel_is_not_captured(self) -> None:
        order, payment = self.opened()
        self.till.call("order.cancel", order=order["id"])
        self.wait_for(order, "cancelled")
        self.driver.pay(payment)
        self.till.call("payment.query", payment=payment["id"])
        self.assertEqual(self.books(payment).paid, 0)
        self.assertEqual(self.get(order)["pay_state"], "cancelled")

    def test_what_is_cancelled_while_it_is_asked_about_is_not_captured(self) -> None:
        order, payment = self.opened()
        self.fake.ctl("faults", fault="slow", method="query", delay_ms=3000, count=None)
        self.driver.pay(payment)
        asked = self.driver.asked(payment, "query")
        self.till.start("payment.query", payment=payment["id"])
        eventually(lambda: self.driver.asked(payment, "query") > asked, "PayPal is asked")
        self.till.call("order.cancel", order=order["id"])
        self.wait_for(order, "cancelled", wait_ms=30_000)
        self.assertEqual(self.books(payment).paid, 0)

    def test_a_gateway_that_is_silent_at_the_cancel_proves_nothing(self) -> None:
        order, payment = self.opened()
        self.driver.fault("error_500_before_apply", count=None)
        self.driver.pay(payment)
        self.till.call("order.cancel", order=order["id"])
        self.queried(payment, 1)
        self.assertNotEqual(self.get(order)["pay_state"], "cancelled")
        self.driver.clear_faults()
        self.wait_for(order, "cancelled")
        self.assertEqual(self.books(payment).paid, 0)

    def test_money_given_back_at_paypals_own_page_is_found(self) -> None:
        self.found_by_asking()

    def test_a_refund_that_fails_after_it_succeeded_is_looked_at(self) -> None:
        order, payment = self.paid()
        refund = self.refund(payment, 5800)
        self.refund_becomes(refund, "succeeded")
        self.driver.return_refund(payment, refund["refund_no"])
        self.tell(payment, "returned", refund_no=refund["refund_no"])
        eventually(lambda: "attention" in self.get(order)["flags"], "a person is asked")


class PayPalAtStart(CardCase):
    kind_of_driver = PayPalDriver
    # Real time: the next look at a paid payment of its own would come after a minute.
    scale = 1

    def asked_and_paid(self) -> tuple[dict[str, Any], dict[str, Any]]:
        order, payment = self.opened()
        self.driver.pay(payment)
        self.till.call("payment.query", payment=payment["id"])
        self.wait_for(order, "paid")
        return order, payment

    def test_every_page_of_what_happened_during_a_stop_is_read(self) -> None:
        self.fake.ctl("rows", page=2)
        self.addCleanup(self.fake.ctl, "rows", page=1000)
        order, payment = self.asked_and_paid()
        others = [self.asked_and_paid()[1] for _ in range(5)]
        self.daemon.stop()
        self.ctl("outside_refund", payment, minor=5800)
        self.driver.notices(payment, "outside")
        for other in others:
            self.driver.notices(other, "paid")
        self.daemon.start()
        self.till = self.daemon.client()
        self.wait_for(order, "refunded")


class Airwallex(CardCase):
    kind_of_driver = AirwallexDriver

    def test_a_create_without_an_answer_is_found_by_its_number(self) -> None:
        self.one_payment_of_a_lost_create()

    def test_a_revoked_token_is_renewed(self) -> None:
        self.revoked_token_is_renewed()

    def test_one_token_serves_many_calls(self) -> None:
        self.one_token_for_many()

    def test_both_generations_of_words_are_understood(self) -> None:
        for words in ("new", "old"):
            with self.subTest(words=words):
                self.fake.ctl("words", words=words)
                order, payment = self.paid()
                refund = self.refund(payment, 5800)
                self.refund_becomes(refund, "succeeded")
                self.wait_for(order, "refunded")
                self.tell(payment, "refunded", refund_no=refund["refund_no"])

    def test_money_given_back_at_airwallex_own_page_is_found(self) -> None:
        self.found_by_asking()

    def test_a_refund_that_fails_after_it_succeeded_is_looked_at(self) -> None:
        order, payment = self.paid()
        refund = self.refund(payment, 5800)
        self.refund_becomes(refund, "succeeded")
        self.driver.return_refund(payment, refund["refund_no"])
        self.tell(payment, "returned", refund_no=refund["refund_no"])
        eventually(lambda: "attention" in self.get(order)["flags"], "a person is asked")
