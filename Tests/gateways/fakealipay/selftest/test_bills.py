"""The bills, opened as a merchant's program would: GBK names, frames, sums, and the lies."""

from __future__ import annotations

import csv
import io
import unittest
import urllib.request
import zipfile
from datetime import datetime, timedelta
from typing import Any

from ..clock import BEIJING
from ..process import FakeProcess
from .rawclient import Answer, RawClient

METHOD = "alipay.data.dataservice.bill.downloadurl.query"
DAY_MS = 86_400_000


class Bills(unittest.TestCase):
    def setUp(self) -> None:
        self.fake = FakeProcess()
        self.addCleanup(self.fake.stop)
        self.client = RawClient(self.fake.url, self.fake.app())
        self.today = datetime.now(BEIJING).date()

    def later(self) -> None:
        """Tomorrow, when yesterday's bill must be there."""
        self.fake.ctl("clock", offset_ms=2 * DAY_MS)

    def ask(self, kind: str = "trade", days: int = 0) -> Answer:
        day = self.today + timedelta(days=days)
        return self.client.call(METHOD, {"bill_type": kind, "bill_date": day.isoformat()})

    def fetch(self, kind: str = "trade") -> bytes:
        answer = self.ask(kind)
        self.assertEqual(answer.node["code"], "10000")
        with urllib.request.urlopen(answer.node["bill_download_url"], timeout=10) as file:
            content: bytes = file.read()
        return content

    def opened(self, content: bytes) -> dict[str, str]:
        archive = zipfile.ZipFile(io.BytesIO(content))
        self.assertTrue(all(not i.flag_bits & 0x800 for i in archive.infolist()))
        return {
            i.filename.encode("cp437").decode("gbk"): archive.read(i).decode("gbk")
            for i in archive.infolist()
        }

    def table(self, text: str) -> list[dict[str, str]]:
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        rows = list(csv.reader(lines))
        return [{n: v.strip() for n, v in zip(rows[0], row)} for row in rows[1:]]

    def sell(self) -> None:
        for number, amount in (("BILL000001", "58.00"), ("BILL000002", "0.07")):
            self.client.create(number, amount, subject="月度会员, 一年")
            self.fake.ctl("pay", out_trade_no=number)
        biz = {"out_trade_no": "BILL000001", "refund_amount": "18.00", "out_request_no": "RB1"}
        self.client.call("alipay.trade.refund", biz)

    def test_rows_and_sums_are_those_of_the_books(self) -> None:
        self.sell()
        self.later()
        files = self.opened(self.fetch())
        self.assertEqual(len(files), 2)
        detail = next(t for n, t in files.items() if "汇总" not in n)
        rows = self.table(detail)
        shown = [(r["商户订单号"], r["业务类型"], r["订单金额（元）"], r["服务费（元）"]) for r in rows]
        self.assertEqual(
            shown,
            [
                ("BILL000001", "交易", "58.00", "-0.35"),
                ("BILL000002", "交易", "0.07", "0.00"),
                ("BILL000001", "退款", "-18.00", "0.10"),
            ],
        )
        self.assertEqual(rows[0]["商品名称"], "月度会员, 一年")
        self.assertEqual(rows[2]["退款批次号/请求号"], "RB1")
        self.assertIn("#交易合计：2笔，商家实收共58.07元", detail)
        self.assertIn("#退款合计：1笔，商家实收退款共-18.00元", detail)
        total = self.table(next(t for n, t in files.items() if "汇总" in n))[0]
        self.assertEqual((total["订单金额（元）"], total["实收净额（元）"]), ("40.07", "39.82"))

    def test_the_ledger_moves_the_same_money(self) -> None:
        self.sell()
        self.later()
        files = self.opened(self.fetch("signcustomer"))
        rows = self.table(next(t for n, t in files.items() if "汇总" not in n))
        moved = [float(r["收入金额（+元）"]) + float(r["支出金额（-元）"]) for r in rows]
        self.assertAlmostEqual(sum(moved), 39.82)
        self.assertEqual(rows[-1]["账户余额（元）"], "39.82")

    def test_no_bill_has_one_answer_for_two_reasons(self) -> None:
        self.sell()
        self.assertEqual(self.ask().node["sub_code"], "isp.bill_not_exist")
        self.later()
        self.assertEqual(self.ask(days=-1).node["sub_code"], "isp.bill_not_exist")
        self.assertEqual(self.ask("other").node["sub_code"], "TYPE_NOT_SUPPORTED")

    def test_a_day_without_business_may_be_a_file_without_rows(self) -> None:
        self.fake.ctl("settings", empty_bill_day="file")
        self.later()
        self.assertEqual(self.ask().node["bill_file_code"], "EMPTY_DATA_WITH_BILL_FILE")
        files = self.opened(self.fetch())
        self.assertEqual(self.table(next(t for n, t in files.items() if "汇总" not in n)), [])

    def test_the_address_expires(self) -> None:
        self.sell()
        self.later()
        url = self.ask().node["bill_download_url"]
        self.fake.ctl("clock", advance_ms=31_000)
        with urllib.request.urlopen(url, timeout=10) as answer:
            self.assertTrue(answer.read().startswith(b"<html>"))

    def test_every_lie_fires(self) -> None:
        self.sell()
        self.later()
        truth = len(self.table(self.detail()))
        self.lie("bill_row_missing", number="BILL000002")
        self.assertEqual(len(self.table(self.detail())), truth - 1)
        self.lie("bill_torn_zip")
        with self.assertRaises(zipfile.BadZipFile):
            self.opened(self.fetch())
        self.lie("bill_not_ready")
        self.assertEqual(self.ask().node["sub_code"], "isp.bill_not_exist")
        self.lie("bill_foreign_host")
        self.assertIn("files.example", self.ask().node["bill_download_url"])
        self.assertEqual(len(self.table(self.detail())), truth)

    def lie(self, kind: str, **options: Any) -> None:
        self.fake.ctl("faults", fault=kind, **options)

    def detail(self) -> str:
        return next(t for n, t in self.opened(self.fetch()).items() if "汇总" not in n)
