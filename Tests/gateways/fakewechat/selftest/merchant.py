"""A merchant's program by hand: signed requests to the fake, one fake for a whole class."""

from __future__ import annotations

import json
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization

from .. import signing
from ..process import FakeProcess


class Merchant(unittest.TestCase):
    fake: FakeProcess

    @classmethod
    def setUpClass(cls) -> None:
        cls.fake = FakeProcess()
        cls.merchant = cls.fake.merchant()
        pem = Path(cls.merchant["merchant_private_key_file"]).read_bytes()
        cls.key: Any = serialization.load_pem_private_key(pem, None)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.fake.stop()

    def setUp(self) -> None:
        self.fake.ctl("faults/clear")
        self.fake.ctl("settings", balance="full", refund_delay_ms=60_000)
        self.number = f"RULE{time.time_ns()}"

    def ask(
        self, verb: str, target: str, body: Any = None, skew_s: int = 0
    ) -> tuple[int, Any, Any]:
        data = b"" if body is None else json.dumps(body).encode()
        stamp = str(int(time.time()) + skew_s)
        text = signing.request_text(verb, target, stamp, "NONCE", data)
        request = urllib.request.Request(self.fake.root + target, data or None, method=verb)
        request.add_header("Accept", "application/json")
        request.add_header("User-Agent", "selftest")
        if data:
            request.add_header("Content-Type", "application/json")
        pairs = {
            "mchid": self.merchant["mchid"],
            "nonce_str": "NONCE",
            "timestamp": stamp,
            "serial_no": self.merchant["merchant_serial"],
            "signature": signing.sign(self.key, text),
        }
        shown = ",".join(f'{k}="{v}"' for k, v in pairs.items())
        request.add_header("Authorization", f"{signing.SCHEME} {shown}")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                content = answer.read()
                return answer.status, json.loads(content or b"{}"), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"{}"), error.headers

    def create(self, product: str = "native", **change: Any) -> tuple[int, Any, Any]:
        body = {
            "appid": self.merchant["appid"],
            "mchid": self.merchant["mchid"],
            "description": "x",
            "out_trade_no": self.number,
            "notify_url": "https://shop.example/n",
            "amount": {"total": 100, "currency": "CNY"},
        } | change
        return self.ask("POST", f"/v3/pay/transactions/{product}", body)

    def refund(self, number: str, refund: int) -> tuple[int, Any, Any]:
        amount = {"refund": refund, "total": 100, "currency": "CNY"}
        body = {"out_trade_no": self.number, "out_refund_no": number, "amount": amount}
        return self.ask("POST", "/v3/refund/domestic/refunds", body)
