"""The fake's own rules, asked by hand: numbers, amounts, states, refunds and the fault plan."""

from __future__ import annotations

from typing import Any

from .merchant import Merchant


class Rules(Merchant):
    def test_what_a_create_may_not_say(self) -> None:
        wrong: list[tuple[str, dict[str, Any]]] = [
            ("native", {"out_trade_no": "short"}),
            ("native", {"amount": {"total": 0, "currency": "CNY"}}),
            ("native", {"amount": {"total": 1.5, "currency": "CNY"}}),
            ("native", {"amount": {"total": 100, "currency": "USD"}}),
            ("native", {"notify_url": "https://shop.example/n?a=1"}),
            ("native", {"description": "x" * 128}),
            ("native", {"time_expire": "2026-11-21 16:00:00"}),
            ("native", {"unknown": 1}),
            ("h5", {}),
            ("jsapi", {}),
        ]
        for product, change in wrong:
            with self.subTest(product=product, change=change):
                status, body, _ = self.create(product, **change)
                self.assertEqual((status, body["code"]), (400, "PARAM_ERROR"))
        self.assertEqual(self.create(appid="wx0000")[1]["code"], "APPID_MCHID_NOT_MATCH")

    def test_a_signature_of_another_time_is_refused(self) -> None:
        for skew_s in (-301, 301):
            status, body, _ = self.ask("GET", "/v3/certificates", skew_s=skew_s)
            self.assertEqual((status, body["code"]), (401, "SIGN_ERROR"))

    def test_refunds_never_exceed_what_was_paid(self) -> None:
        self.create()
        self.assertEqual(self.refund("R0", 1)[1]["code"], "RESOURCE_NOT_EXISTS")
        self.fake.ctl("pay", out_trade_no=self.number)
        self.assertEqual(self.refund("RA" + self.number, 60)[0], 200)
        self.assertEqual(self.refund("RA" + self.number, 60)[1]["status"], "PROCESSING")
        self.assertEqual(self.refund("RA" + self.number, 61)[0], 400)
        self.assertEqual(self.refund("RB" + self.number, 41)[0], 400)
        self.fake.ctl("settings", balance="empty")
        self.assertEqual(self.refund("RC" + self.number, 40)[1]["code"], "NOT_ENOUGH")
        number = "RA" + self.number
        self.fake.ctl("refund", out_trade_no=self.number, refund_no=number, status="CLOSED")
        self.fake.ctl("settings", balance="full")
        self.assertEqual(self.refund("RB" + self.number, 100)[0], 200)

    def test_a_refund_goes_through_by_itself(self) -> None:
        self.fake.ctl("settings", refund_delay_ms=0)
        self.create()
        self.fake.ctl("pay", out_trade_no=self.number)
        self.refund("RA" + self.number, 60)
        _, body, _ = self.ask("GET", f"/v3/refund/domestic/refunds/RA{self.number}")
        self.assertEqual((body["status"], body["amount"]["refund"]), ("SUCCESS", 60))

    def test_an_order_cannot_be_paid_after_its_time_or_twice(self) -> None:
        self.create()
        self.fake.ctl("pay", out_trade_no=self.number)
        with self.assertRaises(RuntimeError):
            self.fake.ctl("pay", out_trade_no=self.number)
        self.number += "B"
        self.create(time_expire="2020-01-01T00:00:00+08:00")
        self.fake.ctl("clock", advance_ms=61_000)
        self.addCleanup(self.fake.ctl, "clock", offset_ms=0)
        with self.assertRaises(RuntimeError):
            self.fake.ctl("pay", out_trade_no=self.number)

    def test_every_lie_and_every_wrong_signature_fires(self) -> None:
        self.create()
        self.fake.ctl("pay", out_trade_no=self.number)
        target = f"/v3/pay/transactions/out-trade-no/{self.number}?mchid={self.merchant['mchid']}"
        _, truth, headers = self.ask("GET", target)
        known = self.fake.ctl("kinds")["faults"]
        lies = "other_order other_merchant amount_plus_1 currency missing_amount unknown_status"
        lies += " missing_status not_exist paid_then_unpaid"
        for kind in lies.split():
            with self.subTest(lie=kind):
                self.assertIn(kind, known)
                self.fake.ctl("faults", fault=kind)
                self.assertNotEqual(self.ask("GET", target)[1], truth)
        self.assertEqual(self.ask("GET", target)[1], truth)
        for kind in ("no_signature", "unknown_serial", "old_signature", "probe_signature"):
            with self.subTest(signature=kind):
                self.fake.ctl("faults", fault=kind)
                found = self.ask("GET", target)[2]
                names = ("Wechatpay-Serial", "Wechatpay-Timestamp", "Wechatpay-Signature")
                self.assertTrue(
                    any(
                        found.get(n, "")[:4] != headers[n][:4]
                        or (n == "Wechatpay-Timestamp" and int(found[n]) < int(headers[n]) - 500)
                        for n in names
                    )
                )
        self.fake.ctl("faults", fault="limited")
        self.assertEqual(self.ask("GET", target)[0], 429)
        self.fake.ctl("faults", fault="system_error_after_apply")
        self.assertEqual(self.ask("GET", target)[1]["code"], "SYSTEM_ERROR")
