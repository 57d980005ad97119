"""Rows of another merchant: they are told of, pay nothing, and a file of them takes no bill's
place."""

from __future__ import annotations

import datetime
from typing import Any

from tilltest.bills import uploaded
from tilltest.case import AlipayCase
from tilltest.client import RpcError

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
HEADING = "时间,渠道流水号,商户订单号,类型,金额,商户号"
OTHER = "2088900000000002"


class OtherMerchants(AlipayCase):
    def setUp(self) -> None:
        super().setUp()
        self.own: str = self.configuration()["gateways"][0]["seller_id"]

    def line(self, payment: dict[str, Any], merchant: str) -> str:
        trade = self.trade(payment)
        at = datetime.datetime.fromtimestamp(trade["paid_ms"] / 1000, BEIJING)
        fen = payment["amount"]["minor"]
        number = trade["out_trade_no"]
        written = f"{at:%Y-%m-%d %H:%M:%S},{trade['trade_no']},{number},收款"
        return f"{written},{fen / 100:.2f},{merchant}"

    def take(self, *lines: str, dry_run: bool = False) -> dict[str, Any]:
        names = ("time", "transaction", "reference", "kind", "amount", "merchant")
        mapping = {
            "name": "own_day",
            "columns": dict(zip(names, HEADING.split(","), strict=True)),
            "time": {"order": "ymd", "zone": "+08:00"},
            "amounts": "by_kind",
            "currency": "CNY",
            "kinds": {"收款": "charge"},
        }
        return self.taken("\r\n".join([HEADING, *lines, ""]).encode(), dry_run, mapping=mapping)

    def taken(self, content: bytes, dry_run: bool = False, **more: Any) -> dict[str, Any]:
        if dry_run:
            more["dry_run"] = True
        made: dict[str, Any] = self.till.call(
            "statement.import", statement=uploaded(self.till, content), gateway="alipay", **more
        )
        return made

    def test_rows_of_another_merchant_are_told_of_and_pay_nothing(self) -> None:
        _, own = self.paid(600)
        _, known = self.paid(9000)
        order, pending = self.opened(8000)
        stranger = self.line(known, OTHER)
        for number in (known["out_trade_no"], self.trade(known)["trade_no"]):
            stranger = stranger.replace(number, "Z9")
        rows = [self.line(own, self.own), self.line(known, OTHER), stranger]
        at = datetime.datetime.now(BEIJING)
        rows.append(f"{at:%Y-%m-%d %H:%M:%S},P9,{pending['out_trade_no']},收款,80.00,{OTHER}")
        statement = self.take(*rows)["statement"]
        answer = self.till.call("recon.run", statement=statement["id"])
        run = answer["run"]
        found = self.till.call("discrepancy.list", run=run["id"])["discrepancies"]
        self.assertEqual({one["kind"] for one in found}, {"wrong_merchant"})
        self.assertEqual((len(found), run["filled_back"]), (3, 0))
        self.assertEqual([proof["remainder"]["minor"] for proof in run["proofs"]], [0])
        self.assertEqual(self.get(order)["pay_state"], "awaiting")
        again = self.till.call("recon.run", statement=statement["id"])["run"]
        self.assertEqual((again["opened"], again["known"]), (0, 3))

    def test_a_file_of_another_merchant_takes_no_bills_place(self) -> None:
        _, payment = self.paid(9000)
        first = self.take(self.line(payment, self.own))["statement"]
        for dry_run in (True, False):
            with self.assertRaises(RpcError) as caught:
                self.take(self.line(payment, OTHER), dry_run=dry_run)
            self.assert_refused(caught.exception)
        now = self.till.call("statement.get", statement=first["id"])["statement"]
        self.assertNotIn("superseded_by", now)

    def test_so_does_a_bill_whose_heading_names_another_account(self) -> None:
        text = "\n".join(
            [
                "#支付宝业务明细查询",
                f"#账号：[{OTHER}0156]",
                "#-----------------------------------------业务明细列表----------------------",
                "支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）",
                "T1\t,N1\t,交易,2026-11-20 12:00:00,1.00,1.00,,0.00",
                "#交易合计：1笔，商家实收共1.00元",
                "",
            ]
        )
        with self.assertRaises(RpcError) as caught:
            self.taken(text.encode())
        self.assert_refused(caught.exception)
        self.assertEqual(self.taken(text.replace(OTHER, self.own).encode())["statement"]["rows"], 1)

    def assert_refused(self, error: RpcError) -> None:
        self.assertEqual(error.code, "statement_unreadable")
        self.assertEqual(error.data["details"]["reason"], "other_merchant")
        for word in (self.own, OTHER, "alipay"):
            self.assertIn(word, error.error["message"])
