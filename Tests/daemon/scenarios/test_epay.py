"""What only sites of the 易支付 family do; what all gateways do is in `Tests/daemon/gateways`."""

from __future__ import annotations

import urllib.request
from typing import Any

from tilltest.case import ShopCase, eventually
from tilltest.client import RpcError
from tilltest.drivers import own
from tilltest.drivers.epay import EpayDriver


class VersionOne(ShopCase):
    def setUp(self) -> None:
        self.driver = own(EpayDriver)
        self.fake = self.driver.fake
        super().setUp()

    def refund(self, payment: dict[str, Any], minor: int) -> dict[str, Any]:
        made = self.operator("amy").keyed(
            "refund.create", payment=payment["id"], amount=self.money(minor)
        )
        refund: dict[str, Any] = made["refund"]
        return refund

    def succeeds(self, refund: dict[str, Any]) -> None:
        def look() -> bool:
            found = self.till.call("refund.get", refund=refund["id"])["refund"]
            return bool(found["state"] == "succeeded")

        eventually(look, "the refund has succeeded", 60)

    def test_a_true_signature_over_money_that_never_came(self) -> None:
        """Whoever knows the key forges at will: only the site's own answer counts."""
        order, payment = self.opened()
        result = self.deliver(self.driver.notices(payment, "paid")[0])
        self.assertTrue(self.driver.believed(result["ack"]))
        self.queried(payment, 2)
        self.assertNotIn("payment.succeeded", self.event_types(order))
        self.assertEqual(self.get(order)["pay_state"], "awaiting")

    def test_a_posted_notice_is_a_notice_too(self) -> None:
        self.fake.ctl("settings", post_notice=True)
        self.addCleanup(self.fake.ctl, "settings", post_notice=False)
        order, payment = self.opened(5850)
        self.driver.pay(payment)
        result = self.deliver(self.driver.notices(payment, "paid")[0])
        self.assertTrue(self.driver.believed(result["ack"]))
        self.wait_for(order, "paid")

    def test_the_cashier_page_makes_an_order_the_buyer_can_pay(self) -> None:
        order = self.order()
        payment = self.pay_request(order, method="page")
        self.assertEqual(payment["action"]["kind"], "redirect")
        with urllib.request.urlopen(payment["action"]["value"], timeout=10) as page:
            self.assertIn("收银台", page.read().decode())
        self.driver.pay(payment)
        self.wait_for(order, "paid")

    def test_a_partial_refund_is_refused_before_anything_leaves(self) -> None:
        _, payment = self.paid()
        with self.assertRaises(RpcError) as refused:
            self.refund(payment, 800)
        self.assertEqual(refused.exception.code, "gateway_not_supported")
        self.assertEqual(self.driver.asked(payment, "refund"), 0)

    def test_a_refund_without_an_answer_happens_once(self) -> None:
        for kind in ("apply_then_drop", "error_500_after_apply", "torn_body", "drop_before_apply"):
            with self.subTest(kind=kind):
                order, payment = self.paid()
                self.driver.fault(kind, "refund", payment=payment)
                self.succeeds(self.refund(payment, 5800))
                self.wait_for(order, "refunded")
                self.assertEqual(self.books(payment).refunded, 5800)
                self.assertEqual(len(self.books(payment).refunds), 1)

    def test_the_shared_key_is_never_shown(self) -> None:
        self.paid()
        with open(self.driver.entry()["key_file"], encoding="utf-8") as file:
            key = file.read().strip()
        shown = self.daemon.log(1 << 20) + repr(self.till.call("gateway.list"))
        self.assertNotIn(key, shown)
