"""The documented rules of the gateway, seen from outside."""

from __future__ import annotations

import base64
import http.server
import threading
import unittest
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlencode
from urllib.request import urlopen

from ..process import FakeProcess
from .rawclient import Answer, RawClient

HOUR_MS = 3_600_000


class Rules(unittest.TestCase):
    fake: FakeProcess
    number = 0

    def setUp(self) -> None:
        self.fake = FakeProcess()
        self.addCleanup(self.fake.stop)
        self.client = RawClient(self.fake.url, self.fake.app())
        Rules.number += 1
        self.order = f"RULE{Rules.number:06d}"

    def paid(self, amount: str = "58.00") -> None:
        self.client.create(self.order, amount)
        self.fake.ctl("pay", out_trade_no=self.order)

    def refused(self, answer: Answer, sub_code: str) -> None:
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.node.get("sub_code"), sub_code)
        self.assertIn("text/html", answer.content_type)

    def refund(self, amount: str, number: str = "") -> Answer:
        biz = {"out_trade_no": self.order, "refund_amount": amount}
        if number:
            biz["out_request_no"] = number
        return self.client.call("alipay.trade.refund", biz)

    def refund_query(self, number: str) -> Answer:
        biz = {"out_trade_no": self.order, "out_request_no": number}
        return self.client.call("alipay.trade.fastpay.refund.query", biz)

    def test_a_number_exists_only_after_the_scan(self) -> None:
        created = self.client.create(self.order)
        self.assertTrue(self.client.answer_verified(created))
        self.assertIn(rb"https:\/\/qr.alipay.com\/", created.body)
        answer = self.client.query(self.order)
        self.refused(answer, "ACQ.TRADE_NOT_EXIST")
        self.assertEqual(answer.node["receipt_amount"], "0.00")
        self.assertTrue(self.client.answer_verified(answer))
        close = self.client.call("alipay.trade.close", {"out_trade_no": self.order})
        self.refused(close, "ACQ.TRADE_NOT_EXIST")
        self.fake.ctl("scan", qr_code=created.node["qr_code"])
        self.assertEqual(self.client.query(self.order).node["trade_status"], "WAIT_BUYER_PAY")

    def test_a_payment_is_seen_by_query(self) -> None:
        self.paid()
        node = self.client.query(self.order).node
        self.assertEqual((node["trade_status"], node["total_amount"]), ("TRADE_SUCCESS", "58.00"))

    def test_a_second_precreate_is_refused_by_state(self) -> None:
        self.client.create(self.order)
        self.refused(self.client.create(self.order), "ACQ.APPLY_PC_MERCHANT_CODE_ERROR")
        self.refused(self.client.create(self.order, "59.00"), "ACQ.CONTEXT_INCONSISTENT")
        self.fake.ctl("settings", repeat_precreate="same_qr")
        self.assertEqual(self.client.create(self.order).node["code"], "10000")
        self.fake.ctl("pay", out_trade_no=self.order)
        self.refused(self.client.create(self.order), "ACQ.TRADE_HAS_SUCCESS")

    def test_only_what_waits_can_be_closed(self) -> None:
        self.client.create(self.order)
        self.fake.ctl("scan", out_trade_no=self.order)
        close = {"out_trade_no": self.order}
        self.assertEqual(self.client.call("alipay.trade.close", close).node["code"], "10000")
        self.assertEqual(self.client.query(self.order).node["trade_status"], "TRADE_CLOSED")
        again = self.client.call("alipay.trade.close", close)
        self.refused(again, "ACQ.REASON_TRADE_STATUS_INVALID")
        self.refused(self.client.create(self.order), "ACQ.TRADE_HAS_CLOSE")
        with self.assertRaises(RuntimeError):
            self.fake.ctl("pay", out_trade_no=self.order)
        self.order += "B"
        self.paid()
        close = {"out_trade_no": self.order}
        self.refused(self.client.call("alipay.trade.close", close), "ACQ.TRADE_STATUS_ERROR")

    def test_cancel_closes_unpaid_and_refunds_paid(self) -> None:
        cancel = {"out_trade_no": self.order}
        self.client.create(self.order)
        self.assertNotIn("action", self.client.call("alipay.trade.cancel", cancel).node)
        self.fake.ctl("pay", out_trade_no=self.order)
        node = self.client.call("alipay.trade.cancel", cancel).node
        self.assertEqual((node["action"], node["retry_flag"]), ("refund", "N"))
        self.assertEqual(self.fake.ctl("truth")["refunded_fen"], 5800)
        self.order += "B"
        self.client.create(self.order)
        self.fake.ctl("scan", out_trade_no=self.order)
        node = self.client.call("alipay.trade.cancel", {"out_trade_no": self.order}).node
        self.assertEqual(node["action"], "close")

    def test_a_refund_number_moves_money_once(self) -> None:
        self.paid()
        first, again = self.refund("20.00", "R1").node, self.refund("20.00", "R1").node
        self.assertEqual((first["fund_change"], again["fund_change"]), ("Y", "N"))
        self.assertEqual(again["refund_fee"], "20.00")
        self.refused(self.refund("21.00", "R1"), "ACQ.DISCORDANT_REPEAT_REQUEST")
        self.refused(self.refund("38.01", "R2"), "ACQ.REASON_TRADE_REFUND_FEE_ERR")
        self.refused(self.refund("1.00"), "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
        self.assertEqual(self.client.query(self.order).node["trade_status"], "TRADE_SUCCESS")
        self.assertEqual(self.refund("38.00", "R3").node["refund_fee"], "58.00")
        self.assertEqual(self.client.query(self.order).node["trade_status"], "TRADE_CLOSED")
        self.assertEqual(self.fake.ctl("truth")["refunded_fen"], 5800)

    def test_a_refund_query_says_nothing_of_an_unknown_number(self) -> None:
        self.paid()
        self.assertEqual(self.refund_query("R9").node, {"code": "10000", "msg": "Success"})
        self.refund("20.00", "R9")
        node = self.refund_query("R9").node
        self.assertEqual(
            (node["refund_status"], node["refund_amount"]), ("REFUND_SUCCESS", "20.00")
        )

    def test_unpaid_and_finished_trades_are_not_refunded(self) -> None:
        self.client.create(self.order)
        self.fake.ctl("scan", out_trade_no=self.order)
        self.refused(self.refund("58.00", "R1"), "ACQ.TRADE_STATUS_ERROR")
        self.fake.ctl("pay", out_trade_no=self.order)
        self.fake.ctl("finish", out_trade_no=self.order)
        self.refused(self.refund("58.00", "R1"), "ACQ.TRADE_HAS_FINISHED")

    def test_time_expire_and_the_two_hours_of_a_qr(self) -> None:
        zone = timezone(timedelta(hours=8))
        at = (datetime.now(zone) + timedelta(minutes=15)).strftime("%Y-%m-%d %H:%M:%S")
        self.client.create(self.order, time_expire=at)
        self.fake.ctl("scan", out_trade_no=self.order)
        self.fake.ctl("clock", advance_ms=HOUR_MS)
        self.assertEqual(self.client.query(self.order).node["trade_status"], "TRADE_CLOSED")
        self.client.create(self.order + "B")
        self.fake.ctl("clock", advance_ms=2 * HOUR_MS)
        with self.assertRaisesRegex(RuntimeError, "QR code has expired"):
            self.fake.ctl("scan", out_trade_no=self.order + "B")
        past = self.client.create(self.order + "C", time_expire=at)
        self.refused(past, "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR")

    def test_parameters_are_checked(self) -> None:
        cases: list[tuple[dict[str, object], str]] = [
            ({"total_amount": "0.00"}, "ACQ.TOTAL_FEE_EXCEED"),
            ({"total_amount": "5.001"}, "ACQ.INVALID_PARAMETER"),
            ({"total_amount": 58}, "ACQ.INVALID_PARAMETER"),
            ({"subject": "a/b"}, "ACQ.INVALID_PARAMETER"),
            ({"product_code": "NONE"}, "ACQ.INVALID_PARAMETER"),
            ({"surprise": "1"}, "ACQ.INVALID_PARAMETER"),
            ({"out_trade_no": "a-b"}, "ACQ.INVALID_PARAMETER"),
            ({"seller_id": "2088999999999999"}, "ACQ.SELLER_NOT_EXIST"),
            ({"time_expire": "tomorrow"}, "ACQ.INVALID_PARAMETER"),
        ]
        for more, sub_code in cases:
            with self.subTest(more=more):
                self.refused(self.client.create(self.order, **more), sub_code)  # type: ignore[arg-type]

    def test_gateway_errors_before_the_application_is_known_are_unsigned(self) -> None:
        params = self.client.params("alipay.trade.query", {"out_trade_no": "X"})
        unknown = self.client.post(params | {"app_id": "1999"})
        self.refused(unknown, "isv.invalid-app-id")
        self.assertNotIn("sign", unknown.outer)
        forged = self.client.post(params | {"sign": base64.b64encode(b"x" * 256).decode()})
        self.refused(forged, "isv.invalid-signature")
        unsigned = self.client.post({k: v for k, v in params.items() if k != "sign"})
        self.refused(unsigned, "isv.missing-signature")
        method = self.client.call("alipay.trade.nothing", {})
        self.refused(method, "isv.invalid-method")
        self.assertIn("error_response", method.outer)
        stamp = self.client.call("alipay.trade.query", {}, timestamp="2026-01-01T00:00:00Z")
        self.refused(stamp, "isv.invalid-timestamp")

    def test_certificate_mode_wants_the_right_numbers(self) -> None:
        client = RawClient(self.fake.url, self.fake.app("certificate"))
        answer = client.create(self.order)
        self.assertTrue(client.answer_verified(answer))
        self.assertEqual(answer.outer["alipay_cert_sn"], client.app["alipay_cert_sn"])
        wrong = client.call("alipay.trade.query", {"out_trade_no": "X"}, app_cert_sn="0" * 32)
        self.refused(wrong, "isv.app-cert-not-exist")
        root = client.call("alipay.trade.query", {"out_trade_no": "X"}, alipay_root_cert_sn="0")
        self.refused(root, "isv.invalid-alipay-root-cert-sn")
        self.fake.ctl("settings", rotate_certificate=client.app["app_id"])
        fresh = client.query(self.order)
        self.assertNotEqual(fresh.outer["alipay_cert_sn"], client.app["alipay_cert_sn"])
        self.assertTrue(client.answer_verified(fresh))

    def test_slashes_may_be_signed_plain(self) -> None:
        self.fake.ctl("settings", sign_slashes="plain")
        answer = self.client.create(self.order)
        self.assertFalse(self.client.answer_verified(answer))
        plain = answer.raw_node.replace(rb"\/", b"/")
        self.assertTrue(self.client.verified(plain, answer.outer["sign"]))

    def test_pay_pages_are_gbk_html_and_opening_one_makes_the_trade(self) -> None:
        biz = {
            "out_trade_no": self.order,
            "total_amount": "58.00",
            "subject": "月度会员",
            "product_code": "FAST_INSTANT_TRADE_PAY",
        }
        params = self.client.params("alipay.trade.page.pay", biz)
        with urlopen(f"{self.fake.url}?{urlencode(params)}") as page:
            self.assertIn("GBK", page.headers["Content-Type"])
            self.assertIn("月度会员", page.read().decode("gbk"))
        self.assertEqual(self.client.query(self.order).node["trade_status"], "WAIT_BUYER_PAY")
        with urlopen(f"{self.fake.url}?{urlencode(params | {'version': '2.0'})}") as page:
            self.assertEqual(page.status, 200)
            self.assertIn("isv.invalid-signature", page.read().decode("gbk"))

    def test_the_log_counts_posts_per_number(self) -> None:
        self.paid()
        self.refund("1.00", "R1")
        self.refund("1.00", "R1")
        counts = self.fake.ctl("counts")
        self.assertEqual(counts["by_out_trade_no"][self.order]["alipay.trade.precreate"], 1)
        self.assertEqual(counts["refunds_by_out_request_no"][f"{self.order}/R1"], 2)
        logged = self.fake.ctl("requests", out_trade_no=self.order)["requests"]
        self.assertEqual(logged[0]["params"]["charset"], "utf-8")
        self.assertEqual(logged[0]["biz"]["subject"], "月度会员")

    def test_notifications_follow_rule_v1(self) -> None:
        self.client.create(self.order, body="a+b c/d", passback_params="k%3Dv%26w")
        paid = self.fake.ctl("pay", out_trade_no=self.order)
        body = paid["notifications"][0]["body"]
        self.assertTrue(self.client.notice_verified(body))
        fields = dict(parse_qsl(body))
        self.assertEqual(fields["seller_id"], self.client.app["seller_id"])
        self.assertEqual(fields["passback_params"], "k%3Dv%26w")
        self.assertEqual(fields["trade_status"], "TRADE_SUCCESS")

    def test_every_kind_of_notification(self) -> None:
        self.paid()
        honest = dict(parse_qsl(self.notice("deliver")["body"]))
        self.assertEqual(self.notice("lose")["state"], "lost")
        self.assertFalse(self.client.notice_verified(self.notice("forge")["body"]))
        self.assertFalse(self.client.notice_verified(self.notice("corrupt")["body"]))
        self.assertNotIn("sign", dict(parse_qsl(self.notice("unsigned")["body"])))
        changes = {
            "stale": "notify_time",
            "out_of_order": "trade_status",
            "other_merchant": "app_id",
            "other_seller": "seller_id",
            "wrong_amount": "total_amount",
            "unknown_order": "out_trade_no",
            "unknown_status": "trade_status",
        }
        for kind, name in changes.items():
            with self.subTest(kind=kind):
                body = self.notice(kind)["body"]
                self.assertTrue(self.client.notice_verified(body))
                self.assertNotEqual(dict(parse_qsl(body)).get(name), honest[name])
        copies = self.fake.ctl("notify", out_trade_no=self.order, kind="duplicate")
        bodies = [n["body"] for n in copies["notifications"]]
        self.assertEqual(bodies[0], bodies[1])
        self.assertNotEqual(bodies[1], bodies[2])
        self.assertEqual(len({dict(parse_qsl(b))["notify_id"] for b in bodies}), 1)

    def notice(self, kind: str) -> dict[str, str]:
        made = self.fake.ctl("notify", out_trade_no=self.order, kind=kind)
        notice: dict[str, str] = made["notifications"][0]
        return notice

    def test_a_delayed_notification_waits_for_its_time(self) -> None:
        self.client.create(self.order)
        self.fake.ctl("pay", out_trade_no=self.order, callback="delay")
        self.assertEqual(self.listed(), 0)
        self.fake.ctl("clock", advance_ms=60_000)
        self.assertEqual(self.listed(), 1)

    def listed(self) -> int:
        return len(self.fake.ctl("notifications", out_trade_no=self.order)["notifications"])

    def test_without_a_notify_url_there_is_no_notification(self) -> None:
        biz = {
            "out_trade_no": self.order,
            "total_amount": "1.00",
            "subject": "x",
            "product_code": "FACE_TO_FACE_PAYMENT",
        }
        self.client.call("alipay.trade.precreate", biz)
        self.fake.ctl("pay", out_trade_no=self.order)
        self.assertEqual(self.listed(), 0)

    def test_a_refund_notifies_with_the_cumulative_amount(self) -> None:
        self.paid()
        self.refund("20.00", "R1")
        notices = self.fake.ctl("notifications", out_trade_no=self.order)["notifications"]
        fields = dict(parse_qsl(notices[-1]["body"]))
        self.assertEqual((fields["refund_fee"], fields["out_biz_no"]), ("20.00", "R1"))
        self.assertEqual(fields["trade_status"], "TRADE_SUCCESS")
        self.assertTrue(self.client.notice_verified(notices[-1]["body"]))

    def test_posting_goes_on_until_exactly_success(self) -> None:
        answers = [b"fail", b"success\n", b"success"]
        received: list[bytes] = []
        finished = threading.Event()

        class Shop(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                received.append(self.rfile.read(int(self.headers["Content-Length"])))
                text = answers[len(received) - 1]
                self.send_response(200)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)
                finished.set()

            def log_message(self, format: str, *args: object) -> None:
                return

        shop = http.server.HTTPServer(("127.0.0.1", 0), Shop)
        self.addCleanup(shop.server_close)
        self.addCleanup(shop.shutdown)
        threading.Thread(target=shop.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{shop.server_address[1]}/notify"
        biz = {
            "out_trade_no": self.order,
            "total_amount": "1.00",
            "subject": "x",
            "product_code": "FACE_TO_FACE_PAYMENT",
        }
        self.client.call("alipay.trade.precreate", biz, notify_url=url)
        self.fake.ctl("pay", out_trade_no=self.order)
        for _ in answers:
            self.assertTrue(finished.wait(10))
            finished.clear()
            self.fake.ctl("clock", advance_ms=HOUR_MS)
        self.assertEqual(len(set(received)), 1)
        self.fake.ctl("clock", advance_ms=24 * HOUR_MS)
        self.assertFalse(finished.wait(0.3))
        state = self.fake.ctl("notifications", out_trade_no=self.order)["notifications"][0]
        self.assertEqual(state["state"], "acknowledged")
