"""Refunds: once, never more than was paid, and with one number for ever."""

from __future__ import annotations

from typing import Any

from tilltest.atonce import at_once, refusals, results
from tilltest.case import AlipayCase, eventually
from tilltest.client import Client, fresh_key

REFUND = "alipay.trade.refund"
RACERS = 64


def cny(minor: int) -> dict[str, Any]:
    return {"currency": "CNY", "minor": minor}


class Refunds(AlipayCase):
    def setUp(self) -> None:
        super().setUp()
        self.amy = self.operator("amy")

    def refund(self, payment: dict[str, Any], minor: int, **more: Any) -> dict[str, Any]:
        params = {"payment": payment["id"], "amount": cny(minor), "reason": "card missing"} | more
        refund: dict[str, Any] = self.amy.keyed("refund.create", **params)["refund"]
        return refund

    def state(self, refund: dict[str, Any]) -> str:
        found = self.amy.call("refund.get", refund=refund["id"])["refund"]
        return str(found["state"])

    def succeeded(self, refund: dict[str, Any]) -> None:
        eventually(lambda: self.state(refund) == "succeeded", "refund succeeded", 40)

    def test_more_than_was_paid_is_refused(self) -> None:
        _, payment = self.paid()
        error = self.amy.refused(
            "refund.create", payment=payment["id"], amount=cny(5801), idempotency_key=fresh_key()
        )
        self.assertEqual(error.code, "refund_exceeds_paid")
        self.succeeded(self.refund(payment, 5000))
        error = self.amy.refused(
            "refund.create", payment=payment["id"], amount=cny(801), idempotency_key=fresh_key()
        )
        self.assertEqual(error.code, "refund_exceeds_paid")
        self.assertEqual(error.data["details"]["refundable"], cny(800))
        self.assertEqual(self.trade(payment)["refunded_fen"], 5000)

    def test_an_unknown_refund_keeps_its_money_reserved(self) -> None:
        _, payment = self.paid()
        self.fake.ctl("faults", fault="drop_before_apply", method=REFUND, count=None)
        first = self.refund(payment, 5000)
        self.assertEqual(first["state"], "unknown")
        error = self.amy.refused(
            "refund.create", payment=payment["id"], amount=cny(801), idempotency_key=fresh_key()
        )
        self.assertEqual(error.code, "refund_exceeds_paid")
        self.fake.ctl("faults/clear")

    def test_sixty_four_clients_race_for_one_payment(self) -> None:
        """58.00 paid, 64 ask for 10.00 each: five get it, however they race."""
        order, payment = self.paid()

        def ask(client: Client) -> Any:
            return client.keyed("refund.create", payment=payment["id"], amount=cny(1000))

        told = at_once([self.operator("amy") for _ in range(RACERS)], ask)
        taken = [made["refund"] for made in results(told)]
        refused = refusals(told)
        self.assertEqual((len(taken), len(refused)), (5, RACERS - 5), set(refused))
        self.assertEqual(set(refused), {"refund_exceeds_paid"})
        for refund in taken:
            self.succeeded(refund)
        self.assertEqual(self.trade(payment)["refunded_fen"], 5000)
        self.assertEqual(self.get(order)["refunded"], cny(5000))

    def test_the_same_key_from_many_is_one_refund(self) -> None:
        _, payment = self.paid()
        key = fresh_key("same")

        def ask(client: Client) -> Any:
            return client.call(
                "refund.create", payment=payment["id"], amount=cny(100), idempotency_key=key
            )

        told = at_once([self.operator("amy") for _ in range(16)], ask)
        self.assertEqual(refusals(told), [])
        self.assertEqual(len({made["refund"]["id"] for made in told}), 1)
        self.assertEqual(self.trade(payment)["refunded_fen"], 100)

    def test_above_the_limit_a_second_person_is_needed(self) -> None:
        _, payment = self.paid(200_000)
        refund = self.refund(payment, 150_000)
        self.assertEqual(refund["state"], "requested")
        self.assertEqual(self.trade(payment)["refunded_fen"], 0)
        own = self.amy.refused("refund.approve", refund=refund["id"], idempotency_key=fresh_key())
        self.assertEqual(own.data["class"], "denied")
        self.operator("bob").keyed("refund.approve", refund=refund["id"])
        self.succeeded(refund)
        self.assertEqual(self.trade(payment)["refunded_fen"], 150_000)

    def test_no_refund_while_a_worker_hands_out(self) -> None:
        order, payment = self.paid()
        claim = self.till.keyed("delivery.claim", order=order["id"])["claim"]
        error = self.amy.refused(
            "refund.create", payment=payment["id"], amount=cny(100), idempotency_key=fresh_key()
        )
        self.assertEqual(error.code, "delivery_in_progress")
        self.till.call("delivery.release", claim=claim)
        self.succeeded(self.refund(payment, 100))

    def test_an_unpaid_order_has_nothing_to_refund(self) -> None:
        _, payment = self.scanned()
        error = self.amy.refused(
            "refund.create", payment=payment["id"], amount=cny(100), idempotency_key=fresh_key()
        )
        self.assertIn(error.code, ("order_not_paid", "refund_exceeds_paid", "illegal_transition"))
