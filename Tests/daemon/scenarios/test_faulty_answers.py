"""Answers that are torn, late, untrue or absent: nothing is paid by them, nothing is lost."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from tilltest.case import AlipayCase
from tilltest.client import RpcError, fresh_key

PRECREATE = "alipay.trade.precreate"
QUERY = "alipay.trade.query"
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
# Signed and untrue, or unsigned: a paid order must not become paid by one of these.
WORTHLESS = (
    "bad_signature",
    "corrupt_signature",
    "no_signature",
    "other_order_answer",
    "unknown_status",
    "missing_status",
    "duplicate_keys",
    "trade_not_exist_lie",
    "missing_amount",
    "three_decimals",
    "huge_integer",
    "html_502",
    "empty",
    "garbage",
    "torn_body",
    "limited_40005",
    "http_429",
)
# Odd to look at, and true.
TRUE_ALL_THE_SAME = ("wrong_content_type", "braces_in_text", "sign_before_node", "slow_drip")


class Creating(AlipayCase):
    def create(self, order: dict[str, Any]) -> dict[str, Any]:
        """payment.create; a definite refusal is returned as its error data."""
        key = fresh_key("create")
        try:
            result: dict[str, Any] = self.till.call(
                "payment.create",
                order=order["id"],
                gateway="alipay",
                method="precreate",
                idempotency_key=key,
                timeout_ms=20_000,
            )
        except RpcError as error:
            return {"error": error.data}
        return result

    def test_an_answer_of_no_use_is_unknown_and_then_found(self) -> None:
        for kind in AFTER_APPLY:
            with self.subTest(fault=kind):
                self.fake.ctl("faults/clear")
                self.fake.ctl("faults", fault=kind, method=PRECREATE)
                start = self.log_position()
                order = self.order()
                result = self.create(order)
                self.assertIn("payment", result, result)
                payment = result["payment"]
                self.assertEqual(payment["state"], "unknown")
                self.assertIn("next_query_at", payment)
                self.assertEqual(self.precreated_numbers(start), {payment["out_trade_no"]})
                self.buyer_pays(payment)
                self.wait_for(order, "paid")
                self.assertEqual(self.precreated_numbers(start), {payment["out_trade_no"]})

    def test_what_was_never_applied_is_never_paid(self) -> None:
        for kind in ("drop_before_apply", "error_500_before_apply"):
            with self.subTest(fault=kind):
                self.fake.ctl("faults/clear")
                self.fake.ctl("faults", fault=kind, method=PRECREATE)
                order = self.order()
                payment = self.create(order)["payment"]
                self.assertEqual(payment["state"], "unknown")
                self.queried(payment, 2)
                self.assertNotIn(self.get(order)["pay_state"], ("paid", "expired", "cancelled"))

    def test_the_same_key_during_unknown_does_not_call_again(self) -> None:
        self.fake.ctl("faults", fault="apply_then_drop", method=PRECREATE)
        order = self.order()
        key = fresh_key("twice")
        ask = {"order": order["id"], "gateway": "alipay", "method": "precreate"}
        first = self.till.call("payment.create", idempotency_key=key, **ask)["payment"]
        again = self.till.call("payment.create", idempotency_key=key, **ask)
        self.assertEqual(again["payment"]["id"], first["id"])
        self.assertIs(again["replayed"], True)
        self.assertEqual(self.posts(first, "precreate"), 1)

    def test_a_redirect_is_never_followed(self) -> None:
        for status in (301, 302, 307, 308):
            with self.subTest(status=status):
                self.fake.ctl("faults", fault="redirect", method=PRECREATE, status=status)
                order = self.order()
                result = self.create(order)
                self.assertNotEqual(result.get("payment", {}).get("state"), "awaiting_buyer")
                self.assertEqual(self.fake.ctl("trap")["hits"], [])

    def test_a_huge_body_is_cut_off(self) -> None:
        order = self.order()
        before = self.resident_bytes()
        for chunked in (False, True):
            self.fake.ctl("faults", fault="huge_body", method=PRECREATE, chunked=chunked)
            order = self.order()
            self.assertEqual(self.create(order)["payment"]["state"], "unknown")
        self.assertLess(self.resident_bytes() - before, 40 * 1024 * 1024)

    def resident_bytes(self) -> int:
        assert self.daemon.process is not None
        pages = Path(f"/proc/{self.daemon.process.pid}/statm").read_text().split()[1]
        return int(pages) * 4096

    def test_a_definite_refusal_is_an_error_with_the_gateways_words(self) -> None:
        order = self.order(subject="a/b=c&d")
        result = self.create(order)
        if "error" in result:
            self.assertEqual(result["error"]["code"], "gateway_rejected")
            self.assertEqual(result["error"]["outcome"], "none")
            self.assertIn("ACQ.", result["error"]["details"]["gateway_code"])
        else:
            sent = self.fake.ctl("requests", out_trade_no=result["payment"]["out_trade_no"])
            self.assertNotRegex(sent["requests"][0]["biz"]["subject"], r"[/=&]")

    def test_a_gateway_that_hangs_does_not_hold_the_shop(self) -> None:
        self.fake.ctl("faults", fault="apply_then_hang", method=PRECREATE, hold_ms=30_000)
        order = self.order()
        number = self.till.start(
            "payment.create",
            order=order["id"],
            gateway="alipay",
            method="precreate",
            idempotency_key=fresh_key("hang"),
            timeout_ms=2000,
        )
        with self.daemon.client() as other:
            self.assertEqual(other.call("order.get", order=order["id"])["order"]["id"], order["id"])
        payment = self.till.finish(number, "payment.create", 20)["payment"]
        self.assertIn(payment["state"], ("unknown", "submitted"))
        self.fake.ctl("release")


class Asking(AlipayCase):
    def never_paid_by(self, kind: str, **more: Any) -> None:
        self.fake.ctl("faults/clear")
        order, payment = self.opened()
        other_order, other = self.opened()
        self.buyer_pays(other)
        self.wait_for(other_order, "paid")
        number = payment["out_trade_no"]
        spec = {"method": QUERY, "out_trade_no": number, "count": None} | more
        self.fake.ctl("faults", fault=kind, **spec)
        self.buyer_pays(payment)
        self.queried(payment, 2)
        found = self.get(order)
        self.assertNotIn(found["pay_state"], ("paid", "expired", "cancelled"), kind)
        self.assertEqual(found["delivery_state"], "none")
        self.fake.ctl("faults/clear")
        self.wait_for(order, "paid", wait_ms=60_000)

    def test_worthless_answers_never_pay_and_never_close(self) -> None:
        for kind in WORTHLESS:
            with self.subTest(fault=kind):
                self.never_paid_by(kind)

    def test_a_true_answer_in_odd_clothes_pays(self) -> None:
        for kind in TRUE_ALL_THE_SAME:
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

    def test_one_fen_more_is_looked_at_by_a_person(self) -> None:
        order, payment = self.opened()
        self.fake.ctl("faults", fault="amount_plus_1", method=QUERY, count=None)
        self.buyer_pays(payment)
        found = self.wait_for(order, "review", "paid")
        self.assertEqual(found["pay_state"], "review")
        self.assertEqual(found["captured"]["minor"], 5801)
        self.assertEqual(found["delivery_state"], "none")

    def test_another_currency_is_not_simply_paid(self) -> None:
        order, payment = self.opened()
        self.fake.ctl("faults", fault="currency", method=QUERY, count=None, currency="USD")
        self.buyer_pays(payment)
        self.queried(payment, 1)
        time.sleep(0.5)
        found = self.get(order)
        self.assertNotEqual(found["pay_state"], "paid")
        self.assertEqual(found["delivery_state"], "none")

    def test_unpaid_after_paid_takes_nothing_back(self) -> None:
        order, payment = self.paid()
        self.fake.ctl("faults", fault="paid_then_unpaid", method=QUERY, count=None, first=True)
        for _ in range(2):
            try:
                self.till.call("payment.query", payment=payment["id"])
            except RpcError as error:
                self.assertEqual(error.data["class"], "upstream")
        found = self.get(order)
        self.assertEqual(found["pay_state"], "paid")
        self.assertEqual(found["captured"]["minor"], 5800)

    def test_the_gateways_clock_is_not_ours(self) -> None:
        order, payment = self.opened()
        self.fake.ctl("faults", fault="clock_skew", method=QUERY, count=None, skew_ms=-86_400_000)
        self.buyer_pays(payment)
        self.wait_for(order, "paid")

    def test_a_gateway_that_is_down_comes_back(self) -> None:
        order, payment = self.opened()
        self.fake.ctl("faults", fault="html_502", count=None)
        self.buyer_pays(payment)
        self.queried(payment, 3)
        self.assertNotEqual(self.get(order)["pay_state"], "paid")
        self.fake.ctl("faults/clear")
        self.wait_for(order, "paid", wait_ms=60_000)
