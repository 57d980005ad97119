"""Before the scan, at expiry, and after: what closes, with what proof, and what comes late."""

from __future__ import annotations

from typing import Any

from tilltest.case import AlipayCase, eventually

THREE_MINUTES_MS = 180_000


class BeforeTheScan(AlipayCase):
    def test_not_exist_means_nobody_has_scanned(self) -> None:
        order, payment = self.opened()
        self.queried(payment, 3)
        found = self.get(order)
        self.assertEqual(found["pay_state"], "awaiting")
        self.assertEqual(self.payment(payment)["state"], "awaiting_buyer")
        self.assertEqual(self.posts(payment, "close") + self.posts(payment, "cancel"), 0)
        self.buyer_pays(payment)
        self.wait_for(order, "paid")


class AtExpiry(AlipayCase):
    # Three minutes are three seconds; the ten minutes after expiry are ten.
    scale = 60

    def setUp(self) -> None:
        super().setUp()
        # The gateway's clock is behind, so that it closes nothing by itself at time_expire.
        self.fake.ctl("clock", offset_ms=-600_000)

    def test_what_the_gateway_closed_itself_is_expired(self) -> None:
        self.fake.ctl("clock", offset_ms=0)
        order, payment = self.scanned(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.assertEqual(self.payment(payment)["state"], "closed")
        self.assertEqual(self.trade(payment)["paid_fen"], 0)

    def test_a_scanned_order_is_closed_at_the_gateway(self) -> None:
        order, payment = self.scanned(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.assertEqual(self.trade(payment)["closed_by"], "alipay.trade.close")
        self.assertEqual(self.payment(payment)["state"], "closed")
        types = self.event_types(order)
        for wanted in ("payment.closing", "payment.closed", "order.expired"):
            self.assertIn(wanted, types)
        self.assertEqual(self.posts(payment, "cancel"), 0)

    def test_a_code_nobody_scanned_expires_with_a_signed_answer(self) -> None:
        order, payment = self.opened(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.assertEqual(self.payment(payment)["state"], "closed")
        self.assert_evidence(payment, "e4", "query")

    def test_success_after_close_is_paid_and_late(self) -> None:
        self.fake.ctl("faults", fault="success_after_close")
        order, payment = self.scanned(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.buyer_pays(payment)
        found = self.wait_for(order, "paid", wait_ms=60_000)
        self.assertIn("late", found["flags"])
        self.assertIn("payment.succeeded_late", self.event_types(order))

    def test_a_late_callback_after_expiry_pays(self) -> None:
        self.fake.ctl("faults", fault="success_after_close")
        order, payment = self.scanned(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        made = self.buyer_pays(payment, callback="deliver")
        result = self.ingest(made["notifications"][0])
        self.assertEqual(result["ack"]["body"], "success")
        found = self.wait_for(order, "paid", wait_ms=60_000)
        self.assertIn("late", found["flags"])

    def test_a_code_scanned_after_expiry_is_found_by_a_guard(self) -> None:
        order, payment = self.opened(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.buyer_pays(payment)
        found = self.wait_for(order, "paid", wait_ms=60_000)
        self.assertIn("late", found["flags"])

    def test_already_paid_when_asked_to_close(self) -> None:
        self.fake.ctl("faults", fault="already_paid_on_close")
        order, payment = self.scanned(expires_in_ms=THREE_MINUTES_MS)
        found = self.wait_for(order, "paid", wait_ms=60_000)
        self.assertEqual(found["captured"]["minor"], 5800)
        self.assertEqual(self.trade(payment)["status"], "TRADE_SUCCESS")

    def test_a_gateway_that_is_silent_proves_nothing(self) -> None:
        order, payment = self.scanned(expires_in_ms=THREE_MINUTES_MS)
        self.fake.ctl("faults", fault="error_500_before_apply", count=None)
        self.assertTrue(
            self.till.call("order.wait", order=order["id"], until=["expired"], wait_ms=8000)[
                "timed_out"
            ]
        )
        self.assertNotIn(self.get(order)["pay_state"], ("expired", "cancelled"))
        self.fake.ctl("faults/clear")
        self.buyer_pays(payment)
        self.wait_for(order, "paid", wait_ms=60_000)


class ByHand(AlipayCase):
    def test_cancel_answers_at_once_and_completes_as_an_event(self) -> None:
        order, payment = self.scanned()
        result = self.till.call("order.cancel", order=order["id"], reason="changed my mind")
        self.assertIs(result["closing"], True)
        self.wait_for(order, "cancelled")
        self.assertEqual(self.trade(payment)["status"], "TRADE_CLOSED")
        refused = self.till.refused(
            "payment.create",
            order=order["id"],
            gateway="alipay",
            idempotency_key=f"again-{order['id']}",
        )
        self.assertEqual(refused.code, "order_not_payable")

    def test_a_cancel_that_loses_the_race_is_a_payment(self) -> None:
        order, payment = self.scanned()
        self.fake.ctl("faults", fault="already_paid_on_close")
        self.till.call("order.cancel", order=order["id"])
        found = self.wait_for(order, "paid", "cancelled")
        self.assertEqual(found["pay_state"], "paid")
        self.assertEqual(self.trade(payment)["refunded_fen"], 0)

    def test_an_order_without_payments_is_cancelled_at_once(self) -> None:
        order = self.order()
        result: dict[str, Any] = self.till.call("order.cancel", order=order["id"])
        self.assertIs(result["closing"], False)
        self.assertEqual(result["order"]["pay_state"], "cancelled")

    def test_closing_a_scanned_payment(self) -> None:
        order, payment = self.scanned()
        result = self.till.call("payment.close", payment=payment["id"])
        self.assertIs(result["closing"], True)
        eventually(lambda: self.payment(payment)["state"] == "closed", "closed")
        self.assertIn(self.get(order)["pay_state"], ("created", "awaiting"))

    def test_the_open_method_is_closed_before_another_is_opened(self) -> None:
        order, payment = self.scanned()
        refused = self.till.refused(
            "payment.create",
            order=order["id"],
            gateway="alipay",
            method="page",
            idempotency_key=f"other-{order['id']}",
        )
        self.assertEqual(refused.code, "payment_open")
        self.assertEqual(refused.data["class"], "conflict")
        self.assertGreater(refused.data["retry_after_ms"], 0)
        eventually(lambda: self.payment(payment)["state"] == "closed", "closed")
        second = self.pay_request(order, method="page")
        self.assertNotEqual(second["out_trade_no"], payment["out_trade_no"])
