"""Notices of a gateway go through each example shop byte by byte, and Till's answer comes back."""

from __future__ import annotations

from tilltest.case import eventually
from tilltest.drivers.alipay import AlipayDriver

from .case import AlipayExampleCase, for_every_shop


class Notices(AlipayExampleCase):
    alipay: AlipayDriver

    def payment(self, number: str) -> dict[str, object]:
        found = self.till.call("order.get", order=number)["order"]["payments"][-1]
        payment: dict[str, object] = self.till.call("payment.get", payment=found)["payment"]
        return payment

    def test_a_notice_posted_by_the_gateway_pays_and_is_acknowledged(self) -> None:
        page = self.buy()
        number = page["order"]["order_no"]
        traded = self.payment(number)["out_trade_no"]
        self.alipay.fake.ctl("pay", out_trade_no=traded, callback="deliver")
        self.assertIn("code", self.shop.follow(page))
        notices = eventually(
            lambda: [
                notice
                for notice in self.alipay.fake.ctl("notifications", out_trade_no=traded)[
                    "notifications"
                ]
                if notice["state"] == "acknowledged"
            ],
            "acknowledged",
        )
        self.assertEqual(notices[0]["attempts"], 1)
        receipt = self.till.call("notification.list", order=number)["receipts"][0]
        # Where Till asked the gateway before the notice came, it is true and known.
        self.assertIn(receipt["verdict"], ("applied", "noop"))
        kept = self.till.call("notification.get", receipt=receipt["id"])["body"]
        self.assertEqual(kept["body_base64"], notices[0]["body_base64"])
        self.assertEqual(kept["source_ip"], "127.0.0.1")

    def test_a_forged_notice_pays_nothing_and_the_gateway_hears_no(self) -> None:
        page = self.buy()
        number = page["order"]["order_no"]
        payment = self.payment(number)
        self.alipay.arrive(payment)
        notice = self.alipay.notices(payment, "forged")[0]
        status, body, _ = self.shop.ask("POST", "/notify/alipay", notice.body, notice.headers)
        self.assertNotEqual((status, body), (200, b"success"))
        self.assertNotIn(self.shop.view(number)["order"]["pay_state"], ("paid", "review"))

    def test_any_bytes_are_taken_and_nothing_is_answered_for_the_daemon(self) -> None:
        noise = bytes(range(256))
        status, body, _ = self.shop.ask("POST", "/notify/alipay", noise)
        self.assertNotEqual((status, body), (200, b"success"))
        odd = self.shop.ask("POST", "/notify/alipay", noise, {"x-odd": "\xff"})
        # Till has answered as before, or the shop could not hand it on and wants it again.
        self.assertIn(odd[:2], ((status, body), (503, b"")))
        self.assertEqual(self.shop.ask("POST", "/notify/nobody", noise)[0], 404)
        self.assertEqual(self.shop.ask("POST", "/notify/alipay", b"x" * 200_000)[0], 413)
        self.daemon.kill()
        self.assertEqual(self.shop.ask("POST", "/notify/alipay", noise)[0], 503)

    def test_the_buyers_hand_is_no_way_to_pay_at_a_real_gateway(self) -> None:
        number = self.buy()["order"]["order_no"]
        status, told = self.shop.post(f"/api/orders/{number}/play", hand="deliver")
        self.assertEqual((status, told), (409, {"code": "gateway_not_supported"}))


load_tests = for_every_shop(Notices)
