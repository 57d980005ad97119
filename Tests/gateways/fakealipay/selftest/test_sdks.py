"""The fake seen by two published clients: Alipay's own Python SDK and python-alipay-sdk."""

from __future__ import annotations

import json
import logging
import time
import unittest
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import urlopen

from ..process import FakeProcess

try:
    from alipay import AliPay, DCAliPay
    from alipay.aop.api.AlipayClientConfig import AlipayClientConfig
    from alipay.aop.api.DefaultAlipayClient import DefaultAlipayClient
    from alipay.aop.api.request.AlipayTradeCancelRequest import AlipayTradeCancelRequest
    from alipay.aop.api.request.AlipayTradeCloseRequest import AlipayTradeCloseRequest
    from alipay.aop.api.request.AlipayTradeFastpayRefundQueryRequest import (
        AlipayTradeFastpayRefundQueryRequest,
    )
    from alipay.aop.api.request.AlipayTradePagePayRequest import AlipayTradePagePayRequest
    from alipay.aop.api.request.AlipayTradePrecreateRequest import AlipayTradePrecreateRequest
    from alipay.aop.api.request.AlipayTradeQueryRequest import AlipayTradeQueryRequest
    from alipay.aop.api.request.AlipayTradeRefundRequest import AlipayTradeRefundRequest
    from alipay.aop.api.util import WebUtils
    from alipay.aop.api.util.SignatureUtils import verify_with_rsa
except ImportError as error:
    MISSING: str | None = str(error)
else:
    MISSING = None


def connection_with_port(url: str, query: str, timeout: int) -> tuple[str, HTTPConnection]:
    """What the SDK means to do; its own version fails on any URL that names a port."""
    parts = urlsplit(url)
    return f"{url}?{query}", HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)


def text(app: dict[str, str], name: str) -> str:
    return Path(app[name]).read_text()


@unittest.skipIf(MISSING is not None, f"SDKs are not installed: {MISSING}")
class OfficialSdk(unittest.TestCase):
    """alipay-sdk-python checks the signature of every answer before it returns the node."""

    fake: FakeProcess
    client: Any

    @classmethod
    def setUpClass(cls) -> None:
        cls.fake = FakeProcess()
        app = cls.fake.app()
        config = AlipayClientConfig()
        config.server_url = cls.fake.url
        config.app_id = app["app_id"]
        config.app_private_key = text(app, "app_private_key_file")
        config.alipay_public_key = text(app, "alipay_public_key_file")
        config.sign_type = "RSA2"
        logging.disable(logging.CRITICAL)
        WebUtils.get_http_connection = connection_with_port
        cls.client = DefaultAlipayClient(alipay_client_config=config)

    @classmethod
    def tearDownClass(cls) -> None:
        logging.disable(logging.NOTSET)
        cls.fake.stop()

    def setUp(self) -> None:
        self.fake.ctl("faults/clear")
        self.order = f"SDK{time.time_ns()}"

    def ask(self, request: Any, **biz: Any) -> dict[str, Any]:
        request.biz_content = biz
        node: dict[str, Any] = json.loads(self.client.execute(request))
        return node

    def create(self, **more: Any) -> dict[str, Any]:
        request = AlipayTradePrecreateRequest()
        request.notify_url = "https://shop.example/notify/alipay"
        biz = {
            "out_trade_no": self.order,
            "total_amount": "58.00",
            "subject": "月度会员 100% {套餐}",
            "product_code": "FACE_TO_FACE_PAYMENT",
        }
        return self.ask(request, **(biz | more))

    def test_main_job(self) -> None:
        self.assertTrue(self.create()["qr_code"].startswith("https://qr.alipay.com/"))
        query = self.ask(AlipayTradeQueryRequest(), out_trade_no=self.order)
        self.assertEqual(query["sub_code"], "ACQ.TRADE_NOT_EXIST")
        self.fake.ctl("scan", out_trade_no=self.order)
        self.fake.ctl("pay", out_trade_no=self.order, callback="lose")
        query = self.ask(AlipayTradeQueryRequest(), out_trade_no=self.order)
        self.assertEqual(query["trade_status"], "TRADE_SUCCESS")
        refund = self.ask(
            AlipayTradeRefundRequest(),
            trade_no=query["trade_no"],
            refund_amount="8.00",
            out_request_no="R1",
        )
        self.assertEqual((refund["fund_change"], refund["refund_fee"]), ("Y", "8.00"))
        found = self.ask(
            AlipayTradeFastpayRefundQueryRequest(), out_trade_no=self.order, out_request_no="R1"
        )
        self.assertEqual(found["refund_status"], "REFUND_SUCCESS")

    def test_close_and_cancel(self) -> None:
        self.create()
        self.fake.ctl("scan", out_trade_no=self.order)
        node = self.ask(AlipayTradeCloseRequest(), out_trade_no=self.order)
        self.assertEqual(node["code"], "10000")
        node = self.ask(AlipayTradeCancelRequest(), out_trade_no=self.order)
        self.assertEqual(node["retry_flag"], "N")

    def test_page_pay_link(self) -> None:
        request = AlipayTradePagePayRequest()
        request.biz_content = {
            "out_trade_no": self.order,
            "total_amount": "58.00",
            "subject": "年费",
            "product_code": "FAST_INSTANT_TRADE_PAY",
        }
        with urlopen(self.client.page_execute(request, http_method="GET")) as page:
            self.assertIn("58.00", page.read().decode("gbk"))

    def test_it_refuses_an_attackers_signature(self) -> None:
        for kind in ("bad_signature", "corrupt_signature"):
            self.fake.ctl("faults", fault=kind)
            with self.assertRaisesRegex(Exception, "sign verify failed"):
                self.create()
            self.order += "B"

    def test_it_verifies_a_notification(self) -> None:
        self.create()
        paid = self.fake.ctl("pay", out_trade_no=self.order)
        fields = dict(parse_qsl(paid["notifications"][0]["body"]))
        signature = fields.pop("sign")
        fields.pop("sign_type")
        message = "&".join(f"{k}={fields[k]}" for k in sorted(fields)).encode()
        key = text(self.fake.app(), "alipay_public_key_file")
        self.assertTrue(verify_with_rsa(key, message, signature))


@unittest.skipIf(MISSING is not None, f"SDKs are not installed: {MISSING}")
class CommunitySdk(unittest.TestCase):
    """python-alipay-sdk, in key mode and in certificate mode."""

    fake: FakeProcess

    @classmethod
    def setUpClass(cls) -> None:
        cls.fake = FakeProcess()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.fake.stop()

    def clients(self) -> list[Any]:
        key, cert = self.fake.app(), self.fake.app("certificate")
        plain = AliPay(
            appid=key["app_id"],
            app_private_key_string=text(key, "app_private_key_pem_file"),
            alipay_public_key_string=text(key, "alipay_public_key_pem_file"),
        )
        certified = DCAliPay(
            appid=cert["app_id"],
            app_private_key_string=text(cert, "app_private_key_pem_file"),
            app_public_key_cert_string=text(cert, "app_certificate_file"),
            alipay_public_key_cert_string=text(cert, "alipay_certificate_file"),
            alipay_root_cert_string=text(cert, "alipay_root_certificate_file"),
        )
        for client in (plain, certified):
            client._gateway = self.fake.url
        return [plain, certified]

    def test_main_job_in_both_modes(self) -> None:
        for client in self.clients():
            with self.subTest(client=type(client).__name__):
                number = f"PY{time.time_ns()}"
                created = client.api_alipay_trade_precreate(
                    subject="month",
                    out_trade_no=number,
                    total_amount="58.00",
                    product_code="FACE_TO_FACE_PAYMENT",
                    notify_url="https://shop.example/notify",
                )
                self.assertEqual(created["code"], "10000")
                paid = self.fake.ctl("pay", qr_code=created["qr_code"])
                query = client.api_alipay_trade_query(out_trade_no=number)
                self.assertEqual(query["trade_status"], "TRADE_SUCCESS")
                refund = client.api_alipay_trade_refund("58.00", out_trade_no=number)
                self.assertEqual(refund["fund_change"], "Y")
                fields = dict(parse_qsl(paid["notifications"][0]["body"]))
                self.assertTrue(client.verify(fields, fields.pop("sign")))

    def test_pay_links_in_both_modes(self) -> None:
        for client in self.clients():
            number = f"WAP{time.time_ns()}"
            link = client.api_alipay_trade_wap_pay("month", number, "58.00")
            with urlopen(f"{self.fake.url}?{link}") as page:
                self.assertIn(number, page.read().decode("gbk"))

    def test_a_changed_notification_does_not_verify(self) -> None:
        client = self.clients()[0]
        number = f"PY{time.time_ns()}"
        created = client.api_alipay_trade_precreate(
            subject="month",
            out_trade_no=number,
            total_amount="1.00",
            product_code="FACE_TO_FACE_PAYMENT",
            notify_url="https://shop.example/notify",
        )
        for kind in ("forge", "corrupt"):
            notice = self.fake.ctl("notify", qr_code=created["qr_code"], kind=kind)
            fields = dict(parse_qsl(notice["notifications"][0]["body"]))
            self.assertFalse(client.verify(fields, fields.pop("sign")), urlencode(fields))
