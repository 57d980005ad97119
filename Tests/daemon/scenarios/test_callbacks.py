"""Notifications: delivered, repeated, late, forged, somebody else's, untrue, out of order."""

from __future__ import annotations

from typing import Any

from tilltest.case import AlipayCase, eventually


class Callbacks(AlipayCase):
    # Slow enough that the first news is the notification's.
    scale = 1

    def accepted(self, result: dict[str, Any], *verdicts: str) -> None:
        self.assertIn(result["verdict"], verdicts, result)
        self.assertEqual((result["ack"]["status"], result["ack"]["body"]), (200, "success"))

    def not_believed(self, result: dict[str, Any]) -> None:
        self.assertEqual(result["verdict"], "rejected", result)
        self.assertNotEqual(result["ack"]["body"], "success")

    def test_a_delivered_callback_pays(self) -> None:
        order, payment = self.opened()
        made = self.buyer_pays(payment, callback="deliver")
        result = self.ingest(made["notifications"][0])
        self.accepted(result, "applied")
        self.assertEqual(result["payment"], payment["id"])
        self.assertEqual(self.wait_for(order, "paid")["captured"]["minor"], 5800)
        self.assertIn("notification.received", self.event_types(order))

    def test_repeated_callbacks_pay_once(self) -> None:
        order, payment = self.opened()
        made = self.buyer_pays(payment, callback="duplicate")
        notices = made["notifications"]
        self.accepted(self.ingest(notices[0]), "applied")
        for notice in notices[1:] * 5:
            self.accepted(self.ingest(notice), "noop")
        self.assertEqual(self.wait_for(order, "paid")["captured"]["minor"], 5800)
        types = self.event_types(order)
        self.assertEqual(types.count("order.paid"), 1)
        self.assertEqual(types.count("payment.succeeded"), 1)
        self.assertEqual(types.count("delivery.pending"), 1)

    def test_a_late_callback_of_a_known_payment_changes_nothing(self) -> None:
        order, payment = self.opened()
        made = self.buyer_pays(payment, callback="deliver")
        self.till.call("payment.query", payment=payment["id"])
        before = self.wait_for(order, "paid")
        self.accepted(self.ingest(made["notifications"][0]), "noop")
        self.assertEqual(self.get(order)["version"], before["version"])

    def test_three_days_old_but_true_is_still_true(self) -> None:
        order, payment = self.opened()
        self.buyer_pays(payment, callback="lose")
        self.accepted(self.ingest(self.notices(payment, "stale")[0]), "applied")
        self.wait_for(order, "paid")

    def test_forged_callbacks_are_refused(self) -> None:
        order, payment = self.scanned()
        for kind in ("forge", "corrupt", "unsigned"):
            with self.subTest(kind=kind):
                notice = self.notices(payment, kind, status="TRADE_SUCCESS")[0]
                self.not_believed(self.ingest(notice))
        self.assertNotEqual(self.get(order)["pay_state"], "paid")
        self.assertNotIn("payment.succeeded", self.event_types(order))

    def test_what_is_signed_for_somebody_else_is_refused(self) -> None:
        order, payment = self.scanned()
        for kind in ("other_merchant", "other_seller"):
            with self.subTest(kind=kind):
                notice = self.notices(payment, kind, status="TRADE_SUCCESS")[0]
                self.not_believed(self.ingest(notice))
        self.assertNotEqual(self.get(order)["pay_state"], "paid")

    def test_a_wrong_amount_never_pays(self) -> None:
        order, payment = self.scanned()
        notice = self.notices(payment, "wrong_amount", status="TRADE_SUCCESS", amount_fen=1)[0]
        self.ingest(notice)
        found = self.get(order)
        self.assertNotEqual(found["pay_state"], "paid")
        self.assertEqual(found["delivery_state"], "none")

    def test_an_unknown_number_is_kept_and_changes_nothing(self) -> None:
        order, payment = self.scanned()
        result = self.ingest(self.notices(payment, "unknown_order", status="TRADE_SUCCESS")[0])
        self.assertIn(result["verdict"], ("parked", "rejected"))
        self.assertNotEqual(self.get(order)["pay_state"], "paid")

    def test_waiting_after_success_does_not_go_back(self) -> None:
        order, payment = self.opened()
        made = self.buyer_pays(payment, callback="deliver")
        self.ingest(made["notifications"][0])
        before = self.wait_for(order, "paid")
        self.ingest(self.notices(payment, "out_of_order")[0])
        self.assertEqual(self.get(order)["pay_state"], "paid")
        self.assertEqual(self.get(order)["captured"], before["captured"])

    def test_an_unknown_status_pays_nothing(self) -> None:
        order, payment = self.scanned()
        self.ingest(self.notices(payment, "unknown_status")[0])
        self.assertNotEqual(self.get(order)["pay_state"], "paid")

    def test_bodies_that_are_no_form_are_refused(self) -> None:
        for body in ("", "{}", "a", "=", "&&&", "sign=x", "a=1&a=2&sign=%zz&sign_type=RSA2"):
            with self.subTest(body=body):
                result = self.till.call("notification.ingest", gateway="alipay", body=body)
                self.not_believed(result)

    def test_a_callback_that_overtakes_the_create_answer(self) -> None:
        """The buyer's success is known before payment.create has been answered."""
        order = self.order()
        start = self.log_position()
        self.fake.ctl("faults", fault="slow", method="alipay.trade.precreate", delay_ms=1500)
        number = self.till.start(
            "payment.create",
            order=order["id"],
            gateway="alipay",
            method="precreate",
            idempotency_key=f"overtake-{order['id']}",
        )
        numbers = eventually(lambda: self.precreated_numbers(start), "the create has arrived")
        out_trade_no = next(iter(numbers))
        self.fake.ctl("wait", out_trade_no=out_trade_no, phase="applied")
        made = self.fake.ctl("pay", out_trade_no=out_trade_no, callback="deliver")
        other = self.daemon.client()
        notice = made["notifications"][0]
        result = other.call(
            "notification.ingest", gateway="alipay", body_base64=notice["body_base64"]
        )
        self.assertIn(result["verdict"], ("applied", "parked"))
        self.till.finish(number, "payment.create", 30)
        self.wait_for(order, "paid")

    def test_raw_receipts_are_kept_for_support(self) -> None:
        order, payment = self.opened()
        made = self.buyer_pays(payment, callback="deliver")
        result = self.ingest(made["notifications"][0], source_ip="203.0.113.9")
        sue = self.operator("sue")
        kept = sue.call("notification.get", receipt=result["receipt"])
        self.assertEqual(kept["body"]["body_base64"], made["notifications"][0]["body_base64"])
        listed = sue.call("notification.list", order=order["id"])["receipts"]
        self.assertEqual([r["id"] for r in listed], [result["receipt"]])


class RefundNotices(AlipayCase):
    def test_a_success_with_a_refund_fee_is_no_second_payment(self) -> None:
        order, payment = self.paid()
        amy = self.operator("amy")
        amount = {"currency": "CNY", "minor": 800}
        amy.keyed("refund.create", payment=payment["id"], amount=amount)
        found = self.wait_for(order, "partially_refunded")
        number = payment["out_trade_no"]
        notices = self.fake.ctl("notifications", out_trade_no=number)["notifications"]
        self.ingest(notices[-1])
        self.assertEqual(self.get(order)["captured"], found["captured"])
        self.assertEqual(self.event_types(order).count("payment.succeeded"), 1)
