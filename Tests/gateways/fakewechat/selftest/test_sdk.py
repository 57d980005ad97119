"""The fake seen by the published client wechatpayv3, which checks the signature of each success."""

from __future__ import annotations

import base64
import json
import time
import unittest
from pathlib import Path
from typing import Any

from ..process import FakeProcess

try:
    import wechatpayv3
    import wechatpayv3.core
except ImportError as error:
    MISSING: str | None = str(error)
else:
    MISSING = None

PRODUCTION = "https://api.mch.weixin.qq.com"


class Rerouted:
    """What the SDK knows as `requests`, sent to the fake instead of its fixed address."""

    def __init__(self, real: Any, root: str) -> None:
        self._real, self._root = real, root

    def get(self, url: str, **more: Any) -> Any:
        return self._real.get(url.replace(PRODUCTION, self._root), **more)

    def post(self, url: str, **more: Any) -> Any:
        return self._real.post(url.replace(PRODUCTION, self._root), **more)


@unittest.skipIf(MISSING is not None, f"the SDK is not installed: {MISSING}")
class PublishedClient(unittest.TestCase):
    fake: FakeProcess
    real: Any

    @classmethod
    def setUpClass(cls) -> None:
        cls.fake = FakeProcess()
        cls.real = wechatpayv3.core.requests
        wechatpayv3.core.requests = Rerouted(cls.real, cls.fake.root)

    @classmethod
    def tearDownClass(cls) -> None:
        wechatpayv3.core.requests = cls.real
        cls.fake.stop()

    def setUp(self) -> None:
        self.fake.ctl("faults/clear")
        self.fake.ctl("settings", refund_delay_ms=0)
        self.number = f"SDK{time.time_ns()}"

    def client(self, mode: str = "public_key", **wrong: Any) -> Any:
        merchant = self.fake.merchant(mode) | wrong
        known: dict[str, Any] = {}
        if mode == "public_key":
            platform = merchant["platform_keys"][0]
            known["public_key"] = Path(platform["file"]).read_text()
            known["public_key_id"] = platform["serial"]
        return wechatpayv3.WeChatPay(
            wechatpay_type=wechatpayv3.WeChatPayType.NATIVE,
            mchid=merchant["mchid"],
            private_key=Path(merchant["merchant_private_key_file"]).read_text(),
            cert_serial_no=merchant["merchant_serial"],
            apiv3_key=Path(merchant["api_v3_key_file"]).read_text().strip(),
            appid=merchant["appid"],
            notify_url="https://shop.example/notify/wechat",
            **known,
        )

    def create(self, client: Any, **more: Any) -> Any:
        amount = {"total": 5800, "currency": "CNY"}
        return client.pay(
            description="月度会员", out_trade_no=self.number, amount=amount, **more
        )

    def notice(self, kind: str, **options: Any) -> tuple[dict[str, str], bytes]:
        made = self.fake.ctl("notify", out_trade_no=self.number, kind=kind, options=options)
        found = made["notifications"][0]
        return found["headers"], base64.b64decode(found["body_base64"])

    def test_main_job_in_both_modes(self) -> None:
        for mode in ("public_key", "certificate"):
            with self.subTest(mode=mode):
                self.number = f"SDK{time.time_ns()}"
                client = self.client(mode)
                status, text = self.create(client)
                self.assertEqual(status, 200, text)
                self.assertTrue(json.loads(text)["code_url"].startswith("weixin://wxpay/"))
                self.fake.ctl("pay", out_trade_no=self.number)
                status, text = client.query(out_trade_no=self.number)
                found = json.loads(text)
                self.assertEqual(found["trade_state"], "SUCCESS")
                self.assertEqual(found["amount"]["total"], 5800)
                status, text = client.query(transaction_id=found["transaction_id"])
                self.assertEqual(json.loads(text)["out_trade_no"], self.number)
                status, text = client.refund(
                    out_refund_no=f"R{self.number}",
                    out_trade_no=self.number,
                    amount={"refund": 800, "total": 5800, "currency": "CNY"},
                )
                self.assertEqual(json.loads(text)["status"], "PROCESSING")
                status, text = client.query_refund(f"R{self.number}")
                self.assertEqual(json.loads(text)["status"], "SUCCESS")

    def test_notices_are_believed_where_they_are_true(self) -> None:
        client = self.client()
        self.create(client)
        self.fake.ctl("pay", out_trade_no=self.number)
        event = client.callback(*self.notice("paid"))
        self.assertEqual(event["resource"]["trade_state"], "SUCCESS")
        self.assertEqual(event["resource"]["out_trade_no"], self.number)
        amount = {"refund": 800, "total": 5800, "currency": "CNY"}
        number = f"R{self.number}"
        client.refund(out_refund_no=number, out_trade_no=self.number, amount=amount)
        client.query_refund(number)
        event = client.callback(*self.notice("refunded", refund_no=number))
        self.assertEqual(event["event_type"], "REFUND.SUCCESS")
        self.assertEqual(event["resource"]["out_refund_no"], number)
        for kind in ("forged", "corrupted"):
            self.assertFalse(client.callback(*self.notice(kind)), kind)

    def test_certificates_are_downloaded_and_either_signs(self) -> None:
        mchid = self.fake.merchant("certificate")["mchid"]
        client = self.client("certificate")
        for index in (1, 0):
            self.fake.ctl("sign_with", mchid=mchid, index=index)
            status, _ = client.query(out_trade_no="NOBODYKNOWSIT")
            self.assertEqual(status, 404)
            self.number = f"SDK{time.time_ns()}"
            self.assertEqual(self.create(client)[0], 200)

    def test_close_and_what_comes_after(self) -> None:
        client = self.client()
        self.create(client)
        self.assertEqual(client.close(self.number)[0], 204)
        self.assertEqual(client.close(self.number)[0], 204)
        self.assertEqual(json.loads(self.create(client)[1])["code"], "ORDER_CLOSED")
        status, text = client.query(out_trade_no=self.number)
        self.assertEqual(json.loads(text)["trade_state"], "CLOSED")

    def test_refusals_carry_wechats_codes(self) -> None:
        client = self.client()
        status, text = client.query(out_trade_no="NOBODYKNOWSIT")
        self.assertEqual((status, json.loads(text)["code"]), (404, "ORDER_NOT_EXIST"))
        self.create(client)
        status, text = self.create(client)
        self.assertEqual(status, 200, "the same parameters are the same order")
        status, text = self.create(client, attach="other")
        self.assertEqual((status, json.loads(text)["code"]), (400, "INVALID_REQUEST"))
        self.fake.ctl("pay", out_trade_no=self.number)
        status, text = client.close(self.number)
        self.assertEqual((status, json.loads(text)["code"]), (400, "ORDER_PAID"))

    def test_wrong_keys_and_signatures_are_refused_on_both_sides(self) -> None:
        merchant = self.fake.merchant()
        other = merchant["other_private_key_file"]
        status, text = self.create(self.client(merchant_private_key_file=other))
        self.assertEqual((status, json.loads(text)["code"]), (401, "SIGN_ERROR"))
        client = self.client()
        for fault in ("bad_signature", "corrupt_signature", "probe_signature"):
            self.fake.ctl("faults", fault=fault)
            with self.assertRaises(Exception, msg=fault):
                self.create(client)
