"""Every fault fires: what a client sees, and what the books say afterwards."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
import unittest
from typing import Any, Callable

from ..bills import KINDS as BILLS
from ..process import FakeProcess
from .rawclient import Answer, RawClient

BROKEN = (http.client.HTTPException, OSError)
PRECREATE = "alipay.trade.precreate"
QUERY = "alipay.trade.query"


class Faults(unittest.TestCase):
    fake: FakeProcess
    tried: set[str] = set()

    @classmethod
    def setUpClass(cls) -> None:
        cls.fake = FakeProcess()

    @classmethod
    def tearDownClass(cls) -> None:
        # Those of the bills are fired beside the bills' own checks.
        kinds = set(cls.fake.ctl("kinds")["faults"]) - BILLS
        cls.fake.stop()
        if cls.tried and kinds != cls.tried:
            raise AssertionError(f"faults never fired: {sorted(kinds - cls.tried)}")

    def setUp(self) -> None:
        self.fake.ctl("faults/clear")
        self.client = RawClient(self.fake.url, self.fake.app())
        self.order = f"FAULT{time.time_ns()}"

    def plan(self, kind: str, **more: Any) -> None:
        self.fake.ctl("faults", fault=kind, **more)

    def fired(self, kind: str) -> None:
        fault = next(f for f in self.fake.ctl("faults")["faults"] if f["fault"] == kind)
        self.assertGreaterEqual(fault["fired"], 1, kind)
        Faults.tried.add(kind)

    def exists(self) -> bool:
        return any(t["out_trade_no"] == self.order for t in self.fake.ctl("truth")["trades"])

    def truth(self) -> dict[str, Any]:
        trade: dict[str, Any] = self.fake.ctl("trade", out_trade_no=self.order)
        return trade

    def broken(self, kind: str, applied: bool, **more: Any) -> None:
        """The client gets no whole answer; the books have it or not."""
        self.plan(kind, method=PRECREATE, **more)
        with self.assertRaises(BROKEN, msg=kind):
            self.client.create(self.order)
        self.fired(kind)
        self.assertEqual(self.exists(), applied, kind)

    def spoiled(self, kind: str, applied: bool, see: Callable[[Answer], bool], **more: Any) -> None:
        """The client gets an answer that it must not take for success."""
        self.plan(kind, method=PRECREATE, **more)
        self.assertTrue(see(self.client.create(self.order)), kind)
        self.fired(kind)
        self.assertEqual(self.exists(), applied, kind)

    def test_drop_before_apply(self) -> None:
        self.broken("drop_before_apply", False)

    def test_apply_then_drop(self) -> None:
        self.broken("apply_then_drop", True)

    def test_reset(self) -> None:
        self.broken("reset", True)

    def test_torn_body(self) -> None:
        self.broken("torn_body", True)

    def test_bad_chunking(self) -> None:
        self.broken("bad_chunking", True)

    def test_hang(self) -> None:
        self.broken("hang", False, hold_ms=50)

    def test_apply_then_hang_until_released(self) -> None:
        self.plan("apply_then_hang", method=PRECREATE)
        errors: list[BaseException] = []

        def create() -> None:
            try:
                self.client.create(self.order)
            except BROKEN as error:
                errors.append(error)

        thread = threading.Thread(target=create)
        thread.start()
        reached = self.fake.ctl("wait", out_trade_no=self.order, phase="applied")["reached"]
        self.assertTrue(reached)
        self.assertTrue(thread.is_alive())
        self.assertTrue(self.exists())
        self.fake.ctl("release")
        thread.join(10)
        self.assertEqual(len(errors), 1)
        self.fired("apply_then_hang")

    def test_status_faults(self) -> None:
        self.spoiled("error_500_before_apply", False, lambda a: a.status == 500)
        self.spoiled("http_429", False, lambda a: a.status == 429)
        self.spoiled("error_500_after_apply", True, lambda a: a.status == 500)

    def test_html_502(self) -> None:
        self.spoiled("html_502", True, lambda a: a.status == 502 and b"<html>" in a.body)

    def test_redirect_leads_into_the_trap(self) -> None:
        self.spoiled("redirect", False, lambda a: a.status == 302 and a.body == b"")
        self.assertEqual(self.fake.ctl("trap")["hits"], [])

    def test_call_limits_and_system_errors(self) -> None:
        self.spoiled("limited_40005", False, lambda a: a.node["code"] == "40005")
        self.spoiled("system_error", False, lambda a: a.node["code"] == "20000")
        self.spoiled("system_error_after_apply", True, lambda a: a.node["code"] == "20000")

    def test_body_faults(self) -> None:
        def unreadable(answer: Answer) -> bool:
            try:
                answer.body.decode()
                json.loads(answer.body)
            except ValueError:
                return True
            return False

        for kind in ("empty", "garbage", "bad_utf8"):
            self.order = f"{kind.replace('_', '')}{time.time_ns()}"
            self.spoiled(kind, True, unreadable)

    def test_wrong_content_type_is_still_a_true_answer(self) -> None:
        self.spoiled("wrong_content_type", True, lambda a: a.content_type == "image/png")

    def test_slow_answers_arrive(self) -> None:
        self.spoiled("slow", True, self.client.answer_verified, delay_ms=50)
        self.order += "B"
        self.spoiled("slow_drip", True, self.client.answer_verified, pause_ms=1)

    def test_huge_body_is_64_mib(self) -> None:
        self.plan("huge_body", method=PRECREATE)
        answer = self.client.create(self.order)
        self.assertEqual(len(answer.body), 64 * 1024 * 1024)
        self.fired("huge_body")

    def test_gzip_bomb_is_small_on_the_wire(self) -> None:
        self.spoiled("gzip_bomb", True, lambda a: len(a.body) < 100_000)

    def test_wrong_and_missing_signatures(self) -> None:
        self.client.create(self.order)
        self.fake.ctl("pay", out_trade_no=self.order)
        for kind in ("bad_signature", "corrupt_signature", "no_signature"):
            self.plan(kind, method=QUERY)
            answer = self.client.query(self.order)
            self.assertFalse(self.client.answer_verified(answer), kind)
            self.assertEqual(answer.node["trade_status"], "TRADE_SUCCESS")
            self.fired(kind)
        self.assertTrue(self.client.answer_verified(self.client.query(self.order)))

    def test_unknown_certificate_number(self) -> None:
        client = RawClient(self.fake.url, self.fake.app("certificate"))
        self.plan("unknown_cert_sn", method=PRECREATE)
        answer = client.create(self.order)
        self.assertNotEqual(answer.outer["alipay_cert_sn"], client.app["alipay_cert_sn"])
        self.fired("unknown_cert_sn")

    def lie(self, kind: str, **more: Any) -> dict[str, Any]:
        """A correctly signed query answer that is not true."""
        self.plan(kind, method=QUERY, out_trade_no=self.order, **more)
        answer = self.client.query(self.order)
        self.assertTrue(self.client.answer_verified(answer), kind)
        self.fired(kind)
        return answer.node

    def test_lies_about_a_paid_order(self) -> None:
        self.client.create(self.order + "X")
        self.fake.ctl("pay", out_trade_no=self.order + "X")
        self.client.create(self.order)
        self.fake.ctl("pay", out_trade_no=self.order)
        honest = self.client.query(self.order).node
        self.assertNotEqual(self.lie("other_order_answer")["out_trade_no"], self.order)
        self.assertEqual(self.lie("amount_plus_1")["total_amount"], "58.01")
        self.assertEqual(self.lie("currency", currency="JPY")["trans_currency"], "JPY")
        self.assertEqual(self.lie("three_decimals")["total_amount"], "58.005")
        self.assertGreater(self.lie("huge_integer")["total_amount"], 2**63)
        self.assertNotIn("total_amount", self.lie("missing_amount"))
        self.assertNotIn("trade_status", self.lie("missing_status"))
        self.assertEqual(self.lie("unknown_status")["trade_status"], "TRADE_PENDING_REVIEW")
        self.assertEqual(self.lie("trade_not_exist_lie")["sub_code"], "ACQ.TRADE_NOT_EXIST")
        self.assertNotEqual(self.lie("clock_skew")["send_pay_date"], honest["send_pay_date"])
        self.assertIn("sign", self.lie("braces_in_text")["store_name"])
        self.assertEqual(self.client.query(self.order).node, honest)

    def test_duplicate_keys_and_sign_before_the_node(self) -> None:
        self.client.create(self.order)
        self.fake.ctl("pay", out_trade_no=self.order)
        self.plan("duplicate_keys", method=QUERY)
        body = self.client.query(self.order).body
        self.assertEqual(body.count(b'"trade_status"'), 2)
        self.fired("duplicate_keys")
        self.plan("sign_before_node", method=QUERY)
        answer = self.client.query(self.order)
        self.assertTrue(answer.body.startswith(b'{"sign":'))
        self.assertTrue(self.client.answer_verified(answer))
        self.fired("sign_before_node")

    def test_paid_then_unpaid(self) -> None:
        self.client.create(self.order)
        self.fake.ctl("pay", out_trade_no=self.order)
        self.plan("paid_then_unpaid", method=QUERY)
        seen = [self.client.query(self.order).node["trade_status"] for _ in range(3)]
        self.assertEqual(seen, ["TRADE_SUCCESS", "WAIT_BUYER_PAY", "TRADE_SUCCESS"])
        self.fired("paid_then_unpaid")

    def test_unpaid_says_paid(self) -> None:
        self.client.create(self.order)
        self.fake.ctl("scan", out_trade_no=self.order)
        self.assertEqual(self.lie("unpaid_says_paid")["trade_status"], "TRADE_SUCCESS")
        self.assertEqual(self.truth()["status"], "WAIT_BUYER_PAY")

    def test_refund_empty_10000(self) -> None:
        self.client.create(self.order)
        self.fake.ctl("pay", out_trade_no=self.order)
        self.plan("refund_empty_10000", method="alipay.trade.refund")
        biz = {"out_trade_no": self.order, "refund_amount": "58.00", "out_request_no": "R1"}
        answer = self.client.call("alipay.trade.refund", biz)
        self.assertEqual(answer.node, {"code": "10000", "msg": "Success"})
        self.assertTrue(self.client.answer_verified(answer))
        self.assertEqual(self.truth()["refunded_fen"], 5800)
        self.fired("refund_empty_10000")

    def test_success_after_close(self) -> None:
        self.client.create(self.order)
        self.fake.ctl("scan", out_trade_no=self.order)
        self.plan("success_after_close")
        close = {"out_trade_no": self.order}
        self.assertEqual(self.client.call("alipay.trade.close", close).node["code"], "10000")
        self.assertEqual(self.client.query(self.order).node["trade_status"], "TRADE_CLOSED")
        self.fake.ctl("pay", out_trade_no=self.order)
        self.assertEqual(self.client.query(self.order).node["trade_status"], "TRADE_SUCCESS")
        self.fired("success_after_close")

    def test_already_paid_on_close(self) -> None:
        self.client.create(self.order)
        self.fake.ctl("scan", out_trade_no=self.order)
        self.plan("already_paid_on_close")
        answer = self.client.call("alipay.trade.close", {"out_trade_no": self.order})
        self.assertEqual(answer.node["sub_code"], "ACQ.REASON_TRADE_STATUS_INVALID")
        self.assertEqual(self.truth()["status"], "TRADE_SUCCESS")
        self.fired("already_paid_on_close")

    def test_counts_and_skips(self) -> None:
        self.client.create(self.order)
        self.plan("html_502", method=QUERY, skip=1, count=2)
        statuses = [self.client.query(self.order).status for _ in range(4)]
        self.assertEqual(statuses, [200, 502, 502, 200])

    def test_the_port_takes_many_connections(self) -> None:
        host, port = self.fake.url[len("http://") :].split("/")[0].split(":")
        links = [socket.create_connection((host, int(port)), 5) for _ in range(200)]
        self.assertEqual(self.client.create(self.order).status, 200)
        for link in links:
            link.close()
