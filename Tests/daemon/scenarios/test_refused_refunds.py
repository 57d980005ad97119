"""A refund that its gateway refuses for good ends, and its money can be given back another way."""

from __future__ import annotations

import unittest
from typing import Any

from tilltest.case import ShopCase, eventually
from tilltest.client import fresh_key
from tilltest.drivers import Driver, own
from tilltest.drivers.easypay import EasypayDriver
from tilltest.drivers.epay import EpayDriver, EpayTwoDriver
from tilltest.drivers.pingpong import PingPongDriver
from tilltest.drivers.yeepay import YeepayDriver


class RefusedRefunds(ShopCase):
    kind_of_driver: type[Driver]

    def setUp(self) -> None:
        self.driver = own(self.kind_of_driver)
        super().setUp()
        self.addCleanup(self.driver.clear_faults)
        self.amy = self.operator("amy")

    def refund(self, payment: dict[str, Any]) -> dict[str, Any]:
        made = self.amy.keyed(
            "refund.create", payment=payment["id"], amount=self.money(5800), reason="card missing"
        )
        refund: dict[str, Any] = made["refund"]
        return refund

    def refused(self, order: dict[str, Any], payment: dict[str, Any]) -> dict[str, Any]:
        error = self.amy.refused(
            "refund.create",
            payment=payment["id"],
            amount=self.money(5800),
            reason="card missing",
            idempotency_key=fresh_key(),
        )
        self.assertEqual((error.code, error.data["outcome"]), ("gateway_rejected", "none"))
        (refund,) = self.amy.call("refund.list", order=order["id"])["refunds"]
        return dict(refund)

    def found(self, refund: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.amy.call("refund.get", refund=refund["id"])["refund"]
        return found

    def test_a_refusal_ends_the_refund_and_frees_its_money(self) -> None:
        order, payment = self.paid()
        self.driver.fault("refuse_refund", "refund", count=None)
        first = self.refused(order, payment)
        self.assertEqual(first["state"], "failed")
        self.assertIn("refused", self.found(first)["failure"]["text"])
        # It was asked about, sent once more, and asked about again.
        self.assertEqual(self.driver.asked(payment, "refund"), 2)
        self.assertEqual(self.get(order)["pay_state"], "paid")
        self.driver.clear_faults()
        second = self.refund(payment)
        eventually(lambda: self.found(second)["state"] == "succeeded", "the second", 60)
        self.assertEqual(self.driver.books(payment).refunded, 5800)

    def test_a_refusal_of_what_was_done_ends_nothing(self) -> None:
        order, payment = self.paid()
        self.driver.fault("apply_then_drop", "refund")
        first = self.refund(payment)
        self.driver.fault("refuse_refund", "refund", count=None)
        eventually(lambda: self.found(first)["state"] == "succeeded", "the refund", 60)
        self.assertEqual(self.driver.books(payment).refunded, 5800)
        self.wait_for(order, "refunded")


def load_tests(loader: unittest.TestLoader, *_: Any) -> unittest.TestSuite:
    suite = unittest.TestSuite()
    for driver in (YeepayDriver, EasypayDriver, PingPongDriver, EpayDriver, EpayTwoDriver):
        name = f"RefusedRefunds{driver.name.capitalize()}"
        members = {"kind_of_driver": driver, "__module__": __name__}
        suite.addTests(loader.loadTestsFromTestCase(type(name, (RefusedRefunds,), members)))
    return suite
