"""Answers that are torn, late, untrue or absent: nothing is paid by them, nothing is lost."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from tilltest.client import RpcError, fresh_key
from tilltest.contract import load

from .case import Behaviours, for_every_gateway

# The gateway has the order, and its answer is of no use.
AFTER_APPLY = (
    "apply_then_drop",
    "reset",
    "torn_body",
    "error_500_after_apply",
    "html_502",
    "empty",
    "garbage",
    "bad_utf8",
    "bad_chunking",
    "system_error_after_apply",
    "bad_signature",
    "corrupt_signature",
    "no_signature",
    "gzip_bomb",
)
# Signed and untrue, or unsigned: a payment must not end by one of these.
WORTHLESS = (
    "bad_signature",
    "corrupt_signature",
    "no_signature",
    "other_order",
    "unknown_status",
    "missing_status",
    "duplicate_keys",
    "not_exist",
    "missing_amount",
    "html_502",
    "empty",
    "garbage",
    "torn_body",
    "limited",
    "http_429",
)
# Odd to look at, and true.
TRUE_ALL_THE_SAME = ("wrong_content_type", "slow_drip")


class Creating(Behaviours):
    def create(self, order: dict[str, Any]) -> dict[str, Any]:
        """payment.create; a definite refusal is returned as its error data."""
        try:
            result: dict[str, Any] = self.till.keyed(
                "payment.create", timeout_ms=20_000, **self.create_params(order)
            )
        except RpcError as error:
            return {"error": error.data}
        return result

    def test_an_answer_of_no_use_is_unknown_and_then_found(self) -> None:
        for kind in self.each("fault", AFTER_APPLY):
            with self.subTest(fault=kind):
                self.fault(kind, "create")
                start = self.driver.log_position()
                order = self.order()
                result = self.create(order)
                self.assertIn("payment", result, result)
                payment = result["payment"]
                self.assertEqual(payment["state"], "unknown")
                self.assertIn("next_query_at", payment)
                self.assertEqual(self.driver.created_since(start), {payment["out_trade_no"]})
                self.driver.pay(payment)
                self.wait_for(order, "paid")
                self.assertEqual(self.driver.created_since(start), {payment["out_trade_no"]})

    def test_what_was_never_applied_is_never_paid(self) -> None:
        for kind in self.each("fault", ("drop_before_apply", "error_500_before_apply")):
            with self.subTest(fault=kind):
                self.fault(kind, "create")
                order = self.order()
                payment = self.create(order)["payment"]
                self.assertEqual(payment["state"], "unknown")
                self.queried(payment, 2)
                self.assertNotIn(self.get(order)["pay_state"], ("paid", "expired", "cancelled"))
                # Its create may be sent again, which must not meet the next fault.
                self.till.call("order.cancel", order=order["id"])

    def test_the_same_key_during_unknown_makes_no_other_payment(self) -> None:
        """The daemon itself may send the create again, under its own number and not for ever."""
        self.fault("apply_then_drop", "create")
        ask = self.create_params(self.order()) | {"idempotency_key": fresh_key("twice")}
        first = self.till.call("payment.create", **ask)["payment"]
        again = self.till.call("payment.create", **ask)
        self.assertEqual(again["payment"]["id"], first["id"])
        self.assertIs(again["replayed"], True)
        self.assertEqual(again["payment"]["out_trade_no"], first["out_trade_no"])
        most = load("limits.json")["limits"]["create_calls"]["value"]
        self.assertLessEqual(self.driver.asked(first, "create"), most)

    def test_too_many_calls_is_said_by_name(self) -> None:
        for kind in self.each("fault", ("limited", "http_429")):
            with self.subTest(fault=kind):
                self.fault(kind, "create", count=None)
                result = self.create(self.order())
                if "error" in result:
                    self.assertEqual(result["error"]["code"], "gateway_rate_limited")
                    self.assertEqual(result["error"]["outcome"], "none")
                else:
                    self.assertEqual(result["payment"]["state"], "unknown")
                    reason = result["payment"]["reason"]["code"]
                    self.assertEqual(reason, "gateway_rate_limited")

    def test_a_redirect_is_never_followed(self) -> None:
        for status in (301, 302, 307, 308):
            with self.subTest(status=status):
                self.fault("redirect", "create", status=status, count=None)
                result = self.create(self.order())
                self.assertNotEqual(result.get("payment", {}).get("state"), "awaiting_buyer")
                self.assertEqual(self.driver.trap_hits(), [])

    def test_a_huge_body_is_cut_off(self) -> None:
        # Far more than the system's own buffers hold before the daemon hears of it.
        size = 256 * 1024 * 1024
        before = self.resident_bytes()
        for chunked in (False, True):
            self.fault("huge_body", "create", chunked=chunked, bytes=size, count=None)
            self.assertEqual(self.create(self.order())["payment"]["state"], "unknown")
            self.assertLess(self.resident_bytes() - before, size // 2)

    def resident_bytes(self) -> int:
        assert self.daemon.process is not None
        pages = Path(f"/proc/{self.daemon.process.pid}/statm").read_text().split()[1]
        return int(pages) * 4096

    def test_a_gateway_that_hangs_does_not_hold_the_shop(self) -> None:
        self.fault("apply_then_hang", "create", hold_ms=30_000)
        order = self.order()
        ask = self.create_params(order) | {"idempotency_key": fresh_key("hang")}
        # Well below the gateway's silence, and above what a busy disk takes for one write.
        number = self.till.start("payment.create", timeout_ms=6000, **ask)
        with self.daemon.client() as other:
            self.assertEqual(other.call("order.get", order=order["id"])["order"]["id"], order["id"])
        payment = self.till.finish(number, "payment.create", 20)["payment"]
        self.assertIn(payment["state"], ("unknown", "submitted"))
        self.driver.clear_faults()


class Asking(Behaviours):
    def never_ended_by(self, kind: str) -> None:
        self.driver.clear_faults()
        order, payment = self.opened()
        if kind == "other_order":
            other_order, other = self.opened()
            self.driver.pay(other)
            self.wait_for(other_order, "paid")
        self.fault(kind, "query", payment=payment, count=None)
        self.driver.pay(payment)
        self.queried(payment, 2)
        found = self.get(order)
        self.assertNotIn(found["pay_state"], ("paid", "expired", "cancelled"), kind)
        self.assertEqual(found["delivery_state"], "none")
        self.driver.clear_faults()
        self.wait_for(order, "paid", wait_ms=60_000)

    def test_worthless_answers_never_pay_and_never_close(self) -> None:
        for kind in self.each("fault", WORTHLESS):
            with self.subTest(fault=kind):
                self.never_ended_by(kind)

    def test_a_true_answer_in_odd_clothes_pays(self) -> None:
        for kind in TRUE_ALL_THE_SAME:
            with self.subTest(fault=kind):
                self.driver.clear_faults()
                order, payment = self.opened()
                self.fault(kind, "query", count=None)
                self.driver.pay(payment)
                self.wait_for(order, "paid")

    def test_one_unit_more_is_looked_at_by_a_person(self) -> None:
        order, payment = self.opened()
        self.fault("amount_plus_1", "query", count=None)
        self.driver.pay(payment)
        found = self.wait_for(order, "review", "paid")
        self.assertEqual(found["pay_state"], "review")
        self.assertEqual(found["captured"], self.money(5801))
        self.assertEqual(found["delivery_state"], "none")

    def test_another_currency_is_not_simply_paid(self) -> None:
        order, payment = self.opened()
        self.fault("currency", "query", count=None, currency="HKD")
        self.driver.pay(payment)
        self.queried(payment, 1)
        time.sleep(0.5)
        found = self.get(order)
        self.assertNotEqual(found["pay_state"], "paid")
        self.assertEqual(found["delivery_state"], "none")

    def test_unpaid_after_paid_takes_nothing_back(self) -> None:
        order, payment = self.paid()
        self.fault("paid_then_unpaid", "query", count=None, first=True)
        for _ in range(2):
            try:
                self.till.call("payment.query", payment=payment["id"])
            except RpcError as error:
                self.assertEqual(error.data["class"], "upstream")
        found = self.get(order)
        self.assertEqual(found["pay_state"], "paid")
        self.assertEqual(found["captured"], self.money(5800))

    def test_a_gateway_that_is_down_comes_back(self) -> None:
        order, payment = self.opened()
        self.fault("html_502", count=None)
        self.driver.pay(payment)
        self.queried(payment, 3)
        self.assertNotEqual(self.get(order)["pay_state"], "paid")
        self.driver.clear_faults()
        self.wait_for(order, "paid", wait_ms=60_000)


load_tests = for_every_gateway(Creating, Asking)
