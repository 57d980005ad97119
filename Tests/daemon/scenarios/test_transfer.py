"""A bank transfer: nobody can be called, so finance finds the money and a second person confirms."""

from __future__ import annotations

from typing import Any

from tilltest.case import eventually
from tilltest.client import Client, RpcError
from tilltest.transfercase import ACCOUNT, PRICE, ROW, TransferCase


class Transfers(TransferCase):
    def refused(self, who: Client, payment: dict[str, Any], **more: Any) -> str:
        with self.assertRaises(RpcError) as refused:
            self.resolve(who, payment, **more)
        return refused.exception.code

    def test_the_buyer_is_told_where_to_and_under_which_reference(self) -> None:
        order, payment = self.opened()
        self.assertEqual(payment["state"], "awaiting_buyer")
        action = payment["action"]
        self.assertEqual(action["kind"], "transfer")
        wanted = [ACCOUNT[name] for name in ("account_name", "account_number", "bank_name")]
        for text in [*wanted, "CNY 12800.00", payment["out_trade_no"]]:
            self.assertIn(text, action["value"])
        self.assertEqual(self.get(order)["pay_state"], "awaiting")

    def test_finance_proposes_and_a_second_person_confirms(self) -> None:
        order, payment = self.opened()
        first = self.resolve(self.amy, payment)
        self.assertEqual((first["resolved"], first["proposed_by"]), (False, "amy"))
        self.assertEqual(self.get(order)["pay_state"], "awaiting")
        self.assertEqual(self.refused(self.amy, payment), "second_person_required")
        second = self.resolve(self.bob, payment)
        self.assertIs(second["resolved"], True)
        found = self.get(order)
        self.assertEqual((found["pay_state"], found["captured"]), ("paid", PRICE))
        self.assertEqual(found["delivery_state"], "pending")
        paid = self.till.call("payment.get", payment=payment["id"])["payment"]
        self.assertEqual(paid["gateway_txn_id"], ROW)
        proof = [(e["source"], e["id"]) for e in paid["evidence"]]
        self.assertEqual(proof, [("operators", ROW)])
        claim = self.till.keyed("delivery.claim", order=order["id"])["claim"]
        self.till.call("delivery.complete", claim=claim)

    def test_the_second_person_must_have_seen_the_same_row(self) -> None:
        order, payment = self.opened()
        self.resolve(self.amy, payment)
        other = self.resolve(self.bob, payment, evidence="another row")
        self.assertEqual((other["resolved"], other["proposed_by"]), (False, "bob"))
        self.assertEqual(self.get(order)["pay_state"], "awaiting")

    def test_who_is_nobody_or_only_answers_buyers_confirms_nothing(self) -> None:
        _, payment = self.opened()
        self.assertEqual(self.refused(self.till, payment), "token_required")
        self.assertEqual(self.refused(self.operator("sue"), payment), "role_too_low")

    def test_another_sum_is_a_capture_to_be_looked_at(self) -> None:
        order, payment = self.opened()
        came = PRICE | {"minor": 1_279_950}
        self.resolve(self.amy, payment, amount=came)
        self.resolve(self.bob, payment, amount=came)
        found = self.get(order)
        self.assertEqual((found["pay_state"], found["captured"]), ("review", came))
        self.assertEqual(found["delivery_state"], "none")
        for who in (self.amy, self.bob):
            who.keyed("order.accept", order=order["id"], reason="the bank's fee")
        self.assertEqual(self.get(order)["pay_state"], "paid")

    def test_one_row_pays_one_order(self) -> None:
        _, payment = self.opened()
        other_order, other = self.opened()
        for who in (self.amy, self.bob):
            self.resolve(who, payment)
        with self.assertRaises(RpcError):
            for who in (self.amy, self.bob):
                self.resolve(who, other)
        self.assertNotEqual(self.get(other_order)["pay_state"], "paid")

    def test_a_withdrawn_reference_closes_and_money_that_names_it_is_late(self) -> None:
        order, payment = self.opened()
        self.till.call("order.cancel", order=order["id"])
        eventually(lambda: self.get(order)["pay_state"] == "cancelled", "cancelled")
        found = self.till.call("payment.get", payment=payment["id"])["payment"]
        self.assertEqual(found["state"], "closed")
        for who in (self.amy, self.bob):
            self.resolve(who, payment)
        late = self.get(order)
        self.assertEqual(late["pay_state"], "paid")
        self.assertIn("late", late["flags"])

    def test_an_account_has_no_notices_and_no_refunds(self) -> None:
        _, payment = self.opened()
        result = self.till.call("notification.ingest", gateway="bank", body="paid=1")
        self.assertEqual(result["verdict"], "rejected")
        for who in (self.amy, self.bob):
            self.resolve(who, payment)
        with self.assertRaises(RpcError) as refused:
            self.amy.keyed("refund.create", payment=payment["id"], amount=PRICE)
        self.assertEqual(refused.exception.code, "gateway_not_supported")

    def test_a_restart_between_the_two_people_loses_nothing(self) -> None:
        order, payment = self.opened()
        self.resolve(self.amy, payment)
        self.daemon.kill()
        self.daemon.start()
        self.till = self.daemon.client()
        self.resolve(self.operator("bob"), payment)
        self.assertEqual(self.get(order)["pay_state"], "paid")
