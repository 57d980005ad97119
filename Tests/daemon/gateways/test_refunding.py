"""Refunds: partly, twice under one number, unknown, refused, and back from the bank."""

from __future__ import annotations

from typing import Any

from tilltest.case import eventually

from .case import Behaviours, for_every_gateway


class Refunding(Behaviours):
    def setUp(self) -> None:
        super().setUp()
        self.amy = self.operator("amy")

    def refund(self, payment: dict[str, Any], minor: int) -> dict[str, Any]:
        made = self.amy.keyed(
            "refund.create", payment=payment["id"], amount=self.money(minor), reason="card missing"
        )
        refund: dict[str, Any] = made["refund"]
        return refund

    def found(self, refund: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.amy.call("refund.get", refund=refund["id"])["refund"]
        return found

    def becomes(self, refund: dict[str, Any], state: str) -> dict[str, Any]:
        eventually(lambda: self.found(refund)["state"] == state, f"refund {state}", 60)
        return self.found(refund)

    def once(self, payment: dict[str, Any], refund: dict[str, Any], minor: int) -> None:
        """The gateway has given exactly this back, under our number."""
        books = self.books(payment)
        self.assertEqual(books.refunds, {refund["refund_no"]: minor})
        self.assertEqual(books.refunded, minor)

    def test_a_part_and_then_the_rest(self) -> None:
        order, payment = self.paid()
        first = self.refund(payment, 2000)
        self.becomes(first, "succeeded")
        self.assertEqual(self.get(order)["pay_state"], "partially_refunded")
        second = self.refund(payment, 3800)
        self.becomes(second, "succeeded")
        found = self.wait_for(order, "refunded")
        self.assertEqual(found["refunded"], self.money(5800))
        self.assertEqual(self.books(payment).refunded, 5800)
        self.assertNotEqual(first["refund_no"], second["refund_no"])
        self.till.call("payment.query", payment=payment["id"])
        self.assertEqual(self.payment(payment)["state"], "succeeded")
        self.assertEqual(self.get(order)["pay_state"], "refunded")

    def test_an_unknown_refund_is_resolved_under_its_number(self) -> None:
        kinds = ("apply_then_drop", "error_500_after_apply", "torn_body", "bad_signature")
        for kind in self.each("fault", kinds):
            with self.subTest(fault=kind):
                order, payment = self.paid()
                self.fault(kind, "refund")
                refund = self.refund(payment, 1500)
                self.assertEqual(refund["state"], "unknown")
                self.assertIn("next_query_at", refund)
                self.becomes(refund, "succeeded")
                self.once(payment, refund, 1500)
                self.assertEqual(self.get(order)["refunded"], self.money(1500))

    def test_a_refund_that_never_arrived_is_sent_again_under_its_number(self) -> None:
        """The gateway hears the same number twice, and gives the money back once."""
        _, payment = self.paid()
        self.fault("drop_before_apply", "refund")
        refund = self.refund(payment, 1500)
        self.assertEqual(refund["state"], "unknown")
        self.becomes(refund, "succeeded")
        self.assertGreaterEqual(self.driver.asked(payment, "refund"), 2)
        self.once(payment, refund, 1500)

    def test_an_unknown_status_keeps_the_refund_open(self) -> None:
        order, payment = self.paid()
        self.fault("unknown_status", count=None)
        refund = self.refund(payment, 1500)
        self.assertIn(self.found(refund)["state"], ("processing", "unknown", "submitted"))
        self.driver.clear_faults()
        self.becomes(refund, "succeeded")
        self.once(payment, refund, 1500)
        self.assertEqual(self.get(order)["refunded"], self.money(1500))

    def test_a_refund_notice_is_no_second_payment(self) -> None:
        order, payment = self.paid()
        refund = self.refund(payment, 800)
        self.becomes(refund, "succeeded")
        found = self.wait_for(order, "partially_refunded")
        for notice in self.driver.notices(payment, "refunded", refund_no=refund["refund_no"]):
            self.assertTrue(self.driver.believed(self.deliver(notice)["ack"]))
        self.assertEqual(self.get(order)["captured"], found["captured"])
        self.assertEqual(self.get(order)["refunded"], found["refunded"])
        self.assertEqual(self.event_types(order).count("payment.succeeded"), 1)

    def test_a_refund_that_comes_back(self) -> None:
        order, payment = self.paid()
        refund = self.refund(payment, 5800)
        self.becomes(refund, "succeeded")
        self.wait_for(order, "refunded")
        self.driver.return_refund(payment, refund["refund_no"])
        number = refund["refund_no"]
        result = self.deliver(self.driver.notices(payment, "returned", refund_no=number)[0])
        self.assertTrue(self.driver.believed(result["ack"]), result)
        self.becomes(refund, "returned")
        found = self.wait_for(order, "paid")
        self.assertEqual(found["refunded"], self.money(0))
        self.assertIn("attention", found["flags"])


load_tests = for_every_gateway(Refunding)
