"""The bills, read as a merchant's program would: digest, marks, backticks, sums, and the lies."""

from __future__ import annotations

import gzip
import hashlib
import urllib.request
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from .. import signing
from ..books import BEIJING
from .merchant import Merchant

DAY_MS = 86_400_000


class Bills(Merchant):
    def setUp(self) -> None:
        super().setUp()
        self.fake.ctl("clock", offset_ms=0)
        self.today = datetime.now(BEIJING).date()
        self.create(amount={"total": 5800, "currency": "CNY"}, description="会员, 一年")
        self.fake.ctl("pay", out_trade_no=self.number)
        amount = {"refund": 1800, "total": 5800, "currency": "CNY"}
        body = {"out_trade_no": self.number, "out_refund_no": "R" + self.number, "amount": amount}
        self.assertEqual(self.ask("POST", "/v3/refund/domestic/refunds", body)[0], 200)
        self.fake.ctl("clock", offset_ms=2 * DAY_MS)
        self.addCleanup(self.fake.ctl, "clock", offset_ms=0)

    def bill(self, kind: str = "tradebill", day: Any = None, more: str = "") -> tuple[int, Any]:
        target = f"/v3/bill/{kind}?bill_date={day or self.today}{more}"
        status, body, _ = self.ask("GET", target, skew_s=2 * DAY_MS // 1000)
        return status, body

    def fetch(self, kind: str = "tradebill", more: str = "") -> tuple[bytes, str]:
        status, body = self.bill(kind, more=more)
        self.assertEqual(status, 200, body)
        parts = urlsplit(body["download_url"])
        target = f"{parts.path}?{parts.query}"
        stamp = str(int(datetime.now().timestamp()) + 2 * DAY_MS // 1000)
        text = signing.request_text("GET", target, stamp, "NONCE", b"")
        pairs = {
            "mchid": self.merchant["mchid"],
            "nonce_str": "NONCE",
            "timestamp": stamp,
            "serial_no": self.merchant["merchant_serial"],
            "signature": signing.sign(self.key, text),
        }
        request = urllib.request.Request(body["download_url"])
        shown = ",".join(f'{k}="{v}"' for k, v in pairs.items())
        request.add_header("Authorization", f"{signing.SCHEME} {shown}")
        request.add_header("Accept", "application/json")
        request.add_header("User-Agent", "selftest")
        with urllib.request.urlopen(request, timeout=10) as answer:
            self.assertNotIn("Wechatpay-Signature", answer.headers)
            return answer.read(), body["hash_value"]

    @staticmethod
    def lines(content: bytes) -> list[list[str]]:
        text = content.decode("utf-8-sig")
        return [line.removeprefix("`").split(",`") for line in text.split("\r\n") if line]

    def test_rows_and_sums_are_those_of_the_books(self) -> None:
        content, digest = self.fetch()
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(hashlib.sha1(content).hexdigest(), digest)
        rows = self.lines(content)
        ours = [r for r in rows if len(r) == 27 and r[6] == self.number]
        shown = [(r[9], r[12], r[16], r[20], r[22]) for r in ours]
        self.assertEqual(
            shown,
            [
                ("SUCCESS", "58.00", "0.00", "会员, 一年", "0.35000"),
                ("REFUND", "0.00", "18.00", "会员, 一年", "-0.10000"),
            ],
        )
        self.assertEqual(float(rows[-1][0]), len(rows) - 3)

    def test_the_ledger_and_the_packed_file(self) -> None:
        plain, _ = self.fetch("fundflowbill", "&account_type=BASIC")
        self.assertIn([self.number], [r[-1:] for r in self.lines(plain)])
        packed, digest = self.fetch("tradebill", "&tar_type=GZIP")
        self.assertEqual(hashlib.sha1(gzip.decompress(packed)).hexdigest(), digest)

    def test_not_made_and_no_business_are_two_answers(self) -> None:
        self.assertEqual(self.bill(day="2020-01-01")[1]["code"], "NO_STATEMENT_EXIST")
        tomorrow = datetime.fromtimestamp(datetime.now().timestamp() + 2 * 86_400, BEIJING).date()
        self.assertEqual(self.bill(day=tomorrow)[1]["code"], "INVALID_REQUEST")
        self.fake.ctl("faults", fault="bill_not_ready")
        self.assertEqual(self.bill()[1]["code"], "STATEMENT_CREATING")

    def test_every_lie_about_a_bill_fires(self) -> None:
        truth, _ = self.fetch()
        self.fake.ctl("faults", fault="bill_row_missing", number=self.number)
        self.assertEqual(len(self.lines(self.fetch()[0])), len(self.lines(truth)) - 1)
        for kind in ("bill_wrong_hash", "bill_torn_file"):
            self.fake.ctl("faults", fault=kind)
            content, digest = self.fetch()
            self.assertNotEqual(hashlib.sha1(content).hexdigest(), digest)
        self.assertEqual(self.fetch()[0], truth)

