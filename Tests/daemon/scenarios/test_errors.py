"""Every error a client can see says what, where and what now."""

from __future__ import annotations

from typing import Any

from tilltest.case import AlipayCase
from tilltest.client import RpcError, fresh_key

CNY = {"currency": "CNY", "minor": 100}
UNKNOWN_PAYMENT = "pay_01JD0000000000000000000001"


class Errors(AlipayCase):
    scale = 1

    def complete(self, error: RpcError, code: str, path: str | None = None) -> None:
        data = error.data
        self.assertEqual(data.get("code"), code, error.error)
        for member in ("class", "retry", "outcome", "ref", "hint"):
            self.assertTrue(data.get(member), f"{code} lacks {member}: {data}")
        self.assertTrue(error.error["message"])
        self.assertIn(data["retry"], ("never", "same", "later", "refresh", "lookup"))
        self.assertIn(data["outcome"], ("none", "unknown", "applied"))
        if path is not None:
            self.assertEqual(data.get("path"), path, data)

    def test_what_is_wrong_with_parameters(self) -> None:
        key = {"idempotency_key": fresh_key()}
        good: dict[str, Any] = {"amount": CNY, "subject": "x"} | key
        usd: dict[str, Any] = {"currency": "XXQ", "minor": 1}
        cases: list[tuple[str, dict[str, Any], str, str]] = [
            ("order.create", good | {"amout": CNY}, "unknown_field", "/params/amout"),
            ("order.create", {"subject": "x"} | key, "missing_param", "/params/amount"),
            ("order.create", good | {"subject": 7}, "wrong_type", "/params/subject"),
            ("order.create", good | {"amount": usd}, "unknown_currency", "/params/amount/currency"),
            ("order.create", good | {"order_no": "ord_x"}, "bad_format", "/params/order_no"),
            ("order.create", good | {"expires_in_ms": 1}, "out_of_range", "/params/expires_in_ms"),
            ("order.create", good | {"subject": "x" * 300}, "too_long", "/params/subject"),
            (
                "order.create",
                {"amount": CNY, "subject": "x"},
                "key_required",
                "/params/idempotency_key",
            ),
            (
                "order.create",
                good | {"idempotency_key": "short"},
                "bad_key",
                "/params/idempotency_key",
            ),
            (
                "order.create",
                good | {"lines": [{"name": "a", "quantity": 2, "unit_price": CNY}]},
                "lines_mismatch",
                "/params/lines",
            ),
        ]
        for method, params, code, path in cases:
            with self.subTest(code=code):
                self.complete(self.till.refused(method, **params), code, path)

    def test_a_misspelt_member_is_guessed(self) -> None:
        error = self.till.refused(
            "order.create", amount=CNY, subject="x", sorce="web", idempotency_key=fresh_key()
        )
        self.complete(error, "unknown_field", "/params/sorce")
        self.assertIn("source", error.data["details"]["did_you_mean"])

    def test_what_is_not_there(self) -> None:
        cases: list[tuple[str, dict[str, Any], str]] = [
            ("order.get", {"order": "nothing-here"}, "order_not_found"),
            ("payment.get", {"payment": UNKNOWN_PAYMENT}, "payment_not_found"),
            ("gateway.check", {"gateway": "alipai"}, "gateway_not_found"),
            ("order.creat", {}, "unknown_method"),
        ]
        for method, params, code in cases:
            with self.subTest(code=code):
                self.complete(self.till.refused(method, **params), code)

    def test_what_the_state_forbids(self) -> None:
        order = self.order(order_no="STATE-1")
        again = self.till.refused(
            "order.create",
            order_no="STATE-1",
            amount=CNY,
            subject="y",
            idempotency_key=fresh_key(),
        )
        self.complete(again, "already_exists")
        self.assertEqual(again.data["details"]["order"]["id"], order["id"])
        claim = self.till.refused("delivery.claim", order=order["id"], idempotency_key=fresh_key())
        self.complete(claim, "order_not_paid")
        key = fresh_key()
        self.till.call("order.create", amount=CNY, subject="a", idempotency_key=key)
        reused = self.till.refused("order.create", amount=CNY, subject="b", idempotency_key=key)
        self.complete(reused, "key_reused")

    def test_what_a_role_may_not(self) -> None:
        with self.daemon.client(role="viewer") as viewer:
            error = viewer.refused(
                "order.create", amount=CNY, subject="x", idempotency_key=fresh_key()
            )
            self.complete(error, "role_too_low")
            self.assertEqual(error.data["class"], "denied")

    def test_what_the_gateway_refused(self) -> None:
        """An order too large for Alipay is refused, and nothing happened."""
        order = self.order(100_000_000 * 100 + 1)
        error = self.till.refused(
            "payment.create",
            order=order["id"],
            gateway="alipay",
            method="precreate",
            idempotency_key=fresh_key(),
        )
        self.assertIn(error.code, ("gateway_rejected", "gateway_not_supported"))
        self.complete(error, error.code)
        self.assertEqual(error.data["outcome"], "none")

    def test_an_error_of_one_line_leaves_the_next_alone(self) -> None:
        self.till.line.send_bytes(b'{"id":1,"method":"protocol.ping"\n')
        broken = self.till.line.read()
        self.assertIsNone(broken["id"])
        self.assertEqual(broken["error"]["data"]["code"], "bad_json")
        self.assertIn("offset", broken["error"]["data"]["details"])
        self.assertEqual(self.till.call("protocol.ping", echo="still here")["echo"], "still here")
