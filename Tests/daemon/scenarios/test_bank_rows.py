"""Rows of a bank's statement: a transfer that names its payment pays it, a weak payment is
confirmed by the one row of its sum, and whatever is doubtful is left to people."""

from __future__ import annotations

import datetime
from typing import Any

from tilltest.bills import uploaded
from tilltest.case import ShopCase, eventually
from tilltest.drivers import own
from tilltest.drivers.vmq import VmqDriver
from tilltest.transfercase import PRICE, ROW, TransferCase


def written(minor: int) -> str:
    return f"{minor // 100},{minor % 100:02d}"


class Row:
    """One movement as MT940 writes it."""

    def __init__(
        self, text: str, minor: int = PRICE["minor"], number: str = "", debit: bool = False
    ) -> None:
        self.text, self.minor, self.number = text, minor, number
        self.sign = -1 if debit else 1

    def lines(self, day: str, place: int) -> list[str]:
        number = self.number or f"ICBC8812{place:04d}"
        mark = "C" if self.sign > 0 else "D"
        pieces = [self.text[n : n + 27] for n in range(0, len(self.text), 27)]
        text = "".join(f"?{20 + n}{piece}" for n, piece in enumerate(pieces))
        amount = written(self.minor)
        return [f":61:{day}{day[2:]}{mark}{amount}NTRFNONREF//{number}", f":86:166{text}"]


def statement(*rows: Row, currency: str = "CNY", off: int = 0, number: str = "1") -> bytes:
    """`off`: by how much the closing balance belies the rows."""
    day = datetime.datetime.now(datetime.timezone.utc).strftime("%y%m%d")
    closing = 10_000_000 + sum(row.sign * row.minor for row in rows) + off
    lines = [f":20:STM{number}", ":25:6222020200000000000", ":28C:1/1"]
    lines.append(f":60F:C{day}{currency}{written(10_000_000)}")
    for place, row in enumerate(rows):
        lines += row.lines(day, place)
    lines += [f":62F:C{day}{currency}{written(closing)}", "-"]
    return "\r\n".join(lines).encode() + b"\r\n"


def taken_in(till: Any, content: bytes, account: str = "bank", **more: Any) -> dict[str, Any]:
    result: dict[str, Any] = till.call(
        "statement.import", statement=uploaded(till, content), gateway=account, **more
    )
    return result


class TransferRows(TransferCase):
    def took(self, *rows: Row, **more: Any) -> int:
        return int(taken_in(self.till, statement(*rows, **more))["filled_back"])

    def attention(self, order: dict[str, Any]) -> list[str]:
        read = self.till.call("events.read", after="oldest", order=order["id"], limit=200)
        events = read["events"]
        codes = [e["data"]["code"] for e in events if e["type"] == "attention.raised"]
        gone = [e["data"]["code"] for e in events if e["type"] == "attention.cleared"]
        return [code for code in codes if code not in gone]

    def paid(self, order: dict[str, Any], payment: dict[str, Any]) -> dict[str, Any]:
        found = self.get(order)
        self.assertEqual((found["pay_state"], found["captured"]), ("paid", PRICE))
        shown: dict[str, Any] = self.till.call("payment.get", payment=payment["id"])["payment"]
        return shown

    def test_a_row_that_names_the_reference_pays_the_order(self) -> None:
        order, payment = self.opened()
        name = payment["out_trade_no"]
        written_by_hand = f"年度服务费 {name[:9].lower()} {name[9:].replace('0', 'O')} thanks"
        self.assertEqual(self.took(Row("other money", 99), Row(written_by_hand)), 1)
        paid = self.paid(order, payment)
        proof = [(e["source"], e["strength"]) for e in paid["evidence"]]
        self.assertEqual(proof, [("statement", "e5")])
        self.assertIn("ICBC88120001", paid["gateway_txn_id"])
        self.assertEqual(self.get(order)["delivery_state"], "pending")
        self.assertEqual(self.attention(order), [])
        self.daemon.restart(kill=True)
        self.till = self.daemon.client()
        self.paid(order, payment)
        self.assertTrue(self.till.call("audit.verify")["ok"])

    def test_a_row_is_counted_once_however_often_it_is_shown(self) -> None:
        order, payment = self.opened()
        row = Row(payment["out_trade_no"], number="SERIAL1")
        content = statement(row)
        self.assertEqual(taken_in(self.till, content)["filled_back"], 1)
        again = taken_in(self.till, content)
        self.assertEqual((again["known"], again["filled_back"]), (True, 0))
        # Issued again with a row more, and once more as another account's.
        self.assertEqual(self.took(row, Row("other", 5)), 0)
        other = taken_in(self.till, statement(row, number="2"), account="copy")
        self.assertEqual(other["filled_back"], 0)
        self.paid(order, payment)
        self.assertEqual(self.attention(order), [])

    def test_another_sum_goes_to_people(self) -> None:
        order, payment = self.opened()
        self.took(Row(payment["out_trade_no"], PRICE["minor"] - 50))
        found = self.get(order)
        self.assertEqual(found["pay_state"], "review")
        self.assertEqual(found["delivery_state"], "none")
        self.assertIn("amount_mismatch", self.attention(order))

    def test_another_currency_goes_to_people(self) -> None:
        order, payment = self.opened()
        self.took(Row(payment["out_trade_no"]), currency="USD")
        self.assertEqual(self.get(order)["pay_state"], "review")

    def test_a_row_that_names_two_payments_pays_neither(self) -> None:
        first, one = self.opened()
        second, two = self.opened()
        text = f"{one['out_trade_no']} {two['out_trade_no']}"
        self.assertEqual(self.took(Row(text, 2 * PRICE["minor"])), 0)
        for order in (first, second):
            self.assertEqual(self.get(order)["pay_state"], "awaiting")
            self.assertEqual(self.attention(order), ["bank_row_ambiguous"])

    def test_a_second_row_for_one_payment_is_shown_to_people(self) -> None:
        order, payment = self.opened()
        name = payment["out_trade_no"]
        self.took(Row(name, number="SERIAL1"), Row(name, number="SERIAL2"))
        self.paid(order, payment)
        self.assertEqual(self.attention(order), ["second_charge"])

    def test_money_that_leaves_pays_nothing(self) -> None:
        order, payment = self.opened()
        self.assertEqual(self.took(Row(payment["out_trade_no"], debit=True)), 0)
        self.assertEqual(self.get(order)["pay_state"], "awaiting")

    def test_a_statement_that_contradicts_itself_pays_nothing(self) -> None:
        order, payment = self.opened()
        self.assertEqual(self.took(Row(payment["out_trade_no"]), off=1), 0)
        self.assertEqual(self.get(order)["pay_state"], "awaiting")
        eventually(lambda: "AL18 bank" in self.daemon.log(), "the log names the statement")

    def test_a_trial_pays_nothing(self) -> None:
        order, payment = self.opened()
        content = statement(Row(payment["out_trade_no"]))
        self.assertEqual(taken_in(self.till, content, dry_run=True)["filled_back"], 1)
        self.assertEqual(self.get(order)["pay_state"], "awaiting")

    def test_the_row_bears_out_what_two_people_said(self) -> None:
        order, payment = self.opened()
        for who in (self.amy, self.bob):
            self.resolve(who, payment)
        row = Row(payment["out_trade_no"])
        self.assertEqual(self.took(row), 1)
        found = self.paid(order, payment)
        self.assertEqual([e["source"] for e in found["evidence"]], ["operators", "statement"])
        self.assertEqual(found["gateway_txn_id"], ROW)
        self.assertEqual(self.took(row, Row("other", 5)), 0)
        self.assertEqual(self.attention(order), [])

    def test_a_row_for_a_withdrawn_reference_is_late_money(self) -> None:
        order, payment = self.opened()
        self.till.call("order.cancel", order=order["id"])
        eventually(lambda: self.get(order)["pay_state"] == "cancelled", "cancelled")
        self.assertEqual(self.took(Row(payment["out_trade_no"])), 1)
        self.paid(order, payment)
        self.assertIn("late", self.get(order)["flags"])


class WeakRows(ShopCase):
    """The account's own statement confirms what a phone told."""

    def setUp(self) -> None:
        self.driver = own(VmqDriver)
        super().setUp()

    def weak(self, minor: int) -> tuple[dict[str, Any], dict[str, Any]]:
        order, payment = self.paid(minor)
        self.assertEqual((order["flags"], order["delivery_state"]), (["weak"], "held"))
        return order, payment

    def took(self, *rows: Row) -> int:
        return int(taken_in(self.till, statement(*rows), account="vmq")["filled_back"])

    def test_the_one_row_of_its_sum_confirms_it_and_the_goods_go(self) -> None:
        order, payment = self.weak(5811)
        self.assertEqual(self.took(Row("扫码收款", 5811), Row("other", 99)), 1)
        found = self.get(order)
        self.assertEqual((found["flags"], found["delivery_state"]), ([], "pending"))
        self.assertIn("payment.confirmed", self.event_types(order))
        claim = self.till.keyed("delivery.claim", order=order["id"])["claim"]
        self.till.call("delivery.complete", claim=claim)

    def test_two_rows_of_its_sum_confirm_nothing(self) -> None:
        order, _ = self.weak(5822)
        self.assertEqual(self.took(Row("a", 5822), Row("b", 5822)), 0)
        self.assertEqual(self.get(order)["flags"], ["weak"])

    def test_two_payments_of_one_sum_are_not_told_apart(self) -> None:
        orders = [self.weak(5833)[0] for _ in range(2)]
        self.assertEqual(self.took(Row("a", 5833)), 0)
        for order in orders:
            self.assertEqual(self.get(order)["flags"], ["weak"])

    def test_another_accounts_rows_confirm_nothing(self) -> None:
        order, _ = self.weak(5844)
        taken = taken_in(self.till, statement(Row("a", 5844)), account="icbc")
        self.assertEqual(taken["filled_back"], 0)
        self.assertEqual(self.get(order)["flags"], ["weak"])
