"""At expiry and after: what closes, with what proof, and what comes late."""

from __future__ import annotations

from tilltest.case import eventually

from .case import Behaviours, for_every_gateway

THREE_MINUTES_MS = 180_000


class AtExpiry(Behaviours):
    # Three minutes are three seconds.
    scale = 60

    def setUp(self) -> None:
        super().setUp()
        # The gateway's clock is a little behind, so that it closes nothing by itself; less than
        # what signatures allow.
        self.driver.fake.ctl("clock", offset_ms=-240_000)

    def test_an_opened_order_is_closed_at_the_gateway(self) -> None:
        order, payment = self.arrived(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.assertTrue(self.books(payment).is_closed)
        self.assertEqual(self.payment(payment)["state"], "closed")
        types = self.event_types(order)
        for wanted in ("payment.closing", "payment.closed", "order.expired"):
            self.assertIn(wanted, types)

    def test_an_order_nobody_opened_expires_with_a_signed_answer(self) -> None:
        order, payment = self.opened(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.assertEqual(self.payment(payment)["state"], "closed")
        self.assert_evidence(payment, "e4", "query")

    def test_success_after_close_is_paid_and_late(self) -> None:
        self.fault("success_after_close")
        order, payment = self.arrived(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.driver.pay(payment)
        found = self.wait_for(order, "paid", wait_ms=60_000)
        self.assertIn("late", found["flags"])
        self.assertIn("payment.succeeded_late", self.event_types(order))

    def test_a_late_callback_after_expiry_pays(self) -> None:
        self.fault("success_after_close")
        order, payment = self.arrived(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.driver.pay(payment)
        result = self.deliver(self.driver.notices(payment, "paid")[0])
        self.assertTrue(self.driver.believed(result["ack"]), result)
        found = self.wait_for(order, "paid", wait_ms=60_000)
        self.assertIn("late", found["flags"])

    def test_already_paid_when_asked_to_close(self) -> None:
        self.fault("already_paid_on_close")
        order, payment = self.arrived(expires_in_ms=THREE_MINUTES_MS)
        found = self.wait_for(order, "paid", wait_ms=60_000)
        self.assertEqual(found["captured"], self.money(5800))
        self.assertEqual(self.books(payment).paid, 5800)

    def test_a_gateway_that_is_silent_proves_nothing(self) -> None:
        order, payment = self.arrived(expires_in_ms=THREE_MINUTES_MS)
        self.fault("error_500_before_apply", count=None)
        waited = self.till.call(
            "order.wait", order=order["id"], until=["expired"], wait_ms=8000
        )
        self.assertTrue(waited["timed_out"])
        self.assertNotIn(self.get(order)["pay_state"], ("expired", "cancelled"))
        self.driver.clear_faults()
        self.driver.pay(payment)
        self.wait_for(order, "paid", wait_ms=60_000)


class ByHand(Behaviours):
    def test_cancel_answers_at_once_and_completes_as_an_event(self) -> None:
        order, payment = self.arrived()
        result = self.till.call("order.cancel", order=order["id"], reason="changed my mind")
        self.assertIs(result["closing"], True)
        self.wait_for(order, "cancelled")
        self.assertTrue(self.books(payment).is_closed)
        refused = self.till.refused(
            "payment.create",
            idempotency_key=f"again-{order['id']}",
            **self.create_params(order),
        )
        self.assertEqual(refused.code, "order_not_payable")

    def test_a_cancel_that_loses_the_race_is_a_payment(self) -> None:
        order, payment = self.arrived()
        self.fault("already_paid_on_close")
        self.till.call("order.cancel", order=order["id"])
        found = self.wait_for(order, "paid", "cancelled")
        self.assertEqual(found["pay_state"], "paid")
        self.assertEqual(self.books(payment).refunded, 0)

    def test_closing_a_payment_leaves_the_order_open(self) -> None:
        order, payment = self.arrived()
        result = self.till.call("payment.close", payment=payment["id"])
        self.assertIs(result["closing"], True)
        eventually(lambda: self.payment(payment)["state"] == "closed", "closed")
        self.assertIn(self.get(order)["pay_state"], ("created", "awaiting"))


load_tests = for_every_gateway(AtExpiry, ByHand)
