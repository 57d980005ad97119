"""What only Alipay does: codes nobody scanned, slashes, empty refunds, certificates."""

from __future__ import annotations

from typing import Any

from tilltest.case import AlipayCase, alipay, eventually
from tilltest.client import fresh_key
from tilltest.daemon import Daemon
from tilltest.setup import config

QUERY = "alipay.trade.query"
REFUND = "alipay.trade.refund"
THREE_MINUTES_MS = 180_000


class Requests(AlipayCase):
    def test_the_request_is_what_alipay_documents(self) -> None:
        order, payment = self.opened(12_345)
        number = payment["out_trade_no"]
        self.assertEqual(payment["action"]["kind"], "qr")
        self.assertRegex(number, r"^[A-Za-z0-9]{1,32}$")
        request = self.fake.ctl("requests", out_trade_no=number)["requests"][0]
        self.assertEqual(request["biz"]["total_amount"], "123.45")
        self.assertEqual(request["biz"]["subject"], order["subject"])
        self.assertIn("time_expire", request["biz"])
        self.assertIn("charset", request["query"])
        self.assertIs(request["signature_ok"], True)
        self.assertEqual(request["verb"], "POST")

    def test_a_subject_is_cleaned_of_what_alipay_refuses(self) -> None:
        order = self.order(subject="a/b=c&d")
        payment = self.pay_request(order)
        sent = self.fake.ctl("requests", out_trade_no=payment["out_trade_no"])
        self.assertNotRegex(sent["requests"][0]["biz"]["subject"], r"[/=&]")

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


class Answers(AlipayCase):
    def test_amounts_that_are_no_price_never_pay(self) -> None:
        for kind in ("three_decimals", "huge_integer"):
            with self.subTest(fault=kind):
                order, payment = self.opened()
                number = payment["out_trade_no"]
                spec = {"method": QUERY, "out_trade_no": number, "count": None}
                self.fake.ctl("faults", fault=kind, **spec)
                self.buyer_pays(payment)
                self.queried(payment, 2)
                self.assertNotIn(self.get(order)["pay_state"], ("paid", "expired", "cancelled"))
                self.fake.ctl("faults/clear")
                self.wait_for(order, "paid", wait_ms=60_000)

    def test_a_true_node_in_odd_company_pays(self) -> None:
        for kind in ("braces_in_text", "sign_before_node"):
            with self.subTest(fault=kind):
                self.fake.ctl("faults/clear")
                order, payment = self.opened()
                self.fake.ctl("faults", fault=kind, method=QUERY, count=None)
                self.buyer_pays(payment)
                self.wait_for(order, "paid")

    def test_slashes_signed_plain_are_understood(self) -> None:
        self.fake.ctl("settings", sign_slashes="plain")
        order, payment = self.opened()
        self.buyer_pays(payment)
        self.wait_for(order, "paid")

    def test_the_gateways_clock_is_not_ours(self) -> None:
        order, payment = self.opened()
        self.fake.ctl("faults", fault="clock_skew", method=QUERY, count=None, skew_ms=-86_400_000)
        self.buyer_pays(payment)
        self.wait_for(order, "paid")

    def test_an_empty_refund_answer_is_not_believed_until_asked(self) -> None:
        _, payment = self.paid()
        self.fake.ctl("faults", fault="refund_empty_10000", method=REFUND)
        amy = self.operator("amy")
        made = amy.keyed("refund.create", payment=payment["id"], amount=self.money(1500))
        refund = made["refund"]
        self.assertIn(refund["state"], ("unknown", "processing", "succeeded"))
        eventually(
            lambda: amy.call("refund.get", refund=refund["id"])["refund"]["state"] == "succeeded",
            "refund succeeded",
            40,
        )
        self.assertEqual(self.trade(payment)["refunded_fen"], 1500)

    def test_a_definite_refusal_is_an_error_with_alipays_words(self) -> None:
        order, payment = self.paid()
        self.fake.ctl("finish", out_trade_no=payment["out_trade_no"])
        error = self.operator("amy").refused(
            "refund.create",
            payment=payment["id"],
            amount=self.money(100),
            idempotency_key=fresh_key(),
        )
        self.assertEqual((error.code, error.data["outcome"]), ("gateway_rejected", "none"))
        self.assertIn("ACQ.", error.data["details"]["gateway_code"])
        self.assertEqual(self.get(order)["pay_state"], "paid")


class Notices(AlipayCase):
    scale = 1

    def test_waiting_after_success_does_not_go_back(self) -> None:
        order, payment = self.opened()
        made = self.buyer_pays(payment, callback="deliver")
        self.ingest(made["notifications"][0])
        before = self.wait_for(order, "paid")
        self.ingest(self.notices(payment, "out_of_order")[0])
        self.assertEqual(self.get(order)["pay_state"], "paid")
        self.assertEqual(self.get(order)["captured"], before["captured"])

    def test_another_seller_of_the_same_application_is_refused(self) -> None:
        order, payment = self.scanned()
        made = self.notices(payment, "other_seller", status="TRADE_SUCCESS")
        self.assertEqual(self.ingest(made[0])["verdict"], "rejected")
        self.assertNotEqual(self.get(order)["pay_state"], "paid")

    def test_a_refund_made_in_alipays_console_keeps_the_goods(self) -> None:
        for amount, state in ((1500, "succeeded"), (5800, "reversed")):
            with self.subTest(amount=amount):
                order, payment = self.paid(5800)
                number = payment["out_trade_no"]
                self.fake.ctl(
                    "desk", out_trade_no=number, refund_no=f"DESK{number}", amount_fen=amount
                )
                driver = alipay()
                eventually(lambda: driver.notices(payment, "refunded"), "a notice")
                for notice in driver.notices(payment, "refunded"):
                    self.assertTrue(driver.believed(self.deliver(notice)["ack"]))
                self.assertIn("attention", self.get(order)["flags"])
                refused = self.till.refused(
                    "delivery.claim", order=order["id"], idempotency_key=fresh_key()
                )
                self.assertIn(refused.code, ("delivery_held", "order_not_paid"))
                eventually(lambda: self.payment(payment)["state"] == state, state)

    def test_raw_receipts_are_kept_for_support(self) -> None:
        order, payment = self.opened()
        made = self.buyer_pays(payment, callback="deliver")
        result = self.ingest(made["notifications"][0], source_ip="203.0.113.9")
        sue = self.operator("sue")
        kept = sue.call("notification.get", receipt=result["receipt"])
        self.assertEqual(kept["body"]["body_base64"], made["notifications"][0]["body_base64"])
        listed = sue.call("notification.list", order=order["id"])["receipts"]
        self.assertEqual([r["id"] for r in listed], [result["receipt"]])


class AtExpiry(AlipayCase):
    # Three minutes are three seconds; the ten minutes after expiry are ten.
    scale = 60

    def test_what_the_gateway_closed_itself_is_expired(self) -> None:
        order, payment = self.scanned(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.assertEqual(self.payment(payment)["state"], "closed")
        self.assertEqual(self.trade(payment)["paid_fen"], 0)

    def test_cancel_of_a_paid_trade_is_never_sent(self) -> None:
        order, payment = self.scanned(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.assertEqual(self.posts(payment, "cancel"), 0)

    def test_a_code_scanned_after_expiry_is_found_by_a_guard(self) -> None:
        # The gateway's clock is behind, so that it closes nothing by itself at time_expire.
        self.fake.ctl("clock", offset_ms=-600_000)
        order, payment = self.opened(expires_in_ms=THREE_MINUTES_MS)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.buyer_pays(payment)
        found = self.wait_for(order, "paid", wait_ms=60_000)
        self.assertIn("late", found["flags"])

    def test_an_order_without_payments_is_cancelled_at_once(self) -> None:
        order = self.order()
        result: dict[str, Any] = self.till.call("order.cancel", order=order["id"])
        self.assertIs(result["closing"], False)
        self.assertEqual(result["order"]["pay_state"], "cancelled")


class CertificateMode(AlipayCase):
    mode = "certificate"

    def test_paid_by_query_with_certificates(self) -> None:
        order, payment = self.paid()
        self.assertEqual(order["captured"]["minor"], 5800)
        request = self.fake.ctl("requests", out_trade_no=payment["out_trade_no"])["requests"][0]
        app = alipay().fake.app("certificate")
        self.assertEqual(request["params"]["app_cert_sn"], app["app_cert_sn"])
        self.assertEqual(request["params"]["alipay_root_cert_sn"], app["alipay_root_cert_sn"])

    def test_a_notification_is_believed_with_certificates(self) -> None:
        order, payment = self.opened()
        made = self.buyer_pays(payment, callback="deliver")
        result = self.ingest(made["notifications"][0])
        self.assertIn(result["verdict"], ("applied", "noop"))
        self.wait_for(order, "paid")


class OwnKey(AlipayCase):
    def test_the_commonest_mistake_is_named_at_start(self) -> None:
        """The application's own public key where Alipay's belongs."""
        own = {"alipay_public_key_file": alipay().fake.app()["app_public_key_file"]}
        daemon = Daemon(config([alipay().entry() | own]))
        self.addCleanup(daemon.close)
        with self.assertRaisesRegex(AssertionError, "alipay_public_key_file.*own key"):
            daemon.start()
