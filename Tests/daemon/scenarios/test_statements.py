"""A bill of Alipay's own books: what only it knows is paid by it, and every difference is named."""

from __future__ import annotations

import base64
import datetime
import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from tilltest.case import AlipayCase, alipay
from tilltest.daemon import executable

QUERY = "alipay.trade.query"
BEIJING = datetime.timezone(datetime.timedelta(hours=8))
HEADING = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,"
    "对方账户,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）,备注"
)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


class Row:
    def __init__(self, trade_no: str, number: str, fen: int, at_ms: int) -> None:
        self.trade_no, self.number, self.fen = trade_no, number, fen
        self.at = datetime.datetime.fromtimestamp(at_ms / 1000, BEIJING)

    def line(self) -> str:
        at = self.at.strftime("%Y-%m-%d %H:%M:%S")
        amount = yuan(self.fen)
        return (
            f'{self.trade_no}\t,{self.number}\t,交易,"杯子, ""大""",{at},{at},,,,,'
            f"b***@x.com,{amount},{amount},,0.00,"
        )


def bill(rows: list[Row], gross_fen: int | None = None) -> bytes:
    """As downloaded: a zip of two GBK tables, the second one a summary with a name in GBK."""
    total = sum(row.fen for row in rows) if gross_fen is None else gross_fen
    lines = [
        "#支付宝业务明细查询",
        f"#账号：[{alipay().entry('key')['seller_id']}0156]",
        "#-----------------------------------------业务明细列表-------------------------------",
        HEADING,
        *[row.line() for row in rows],
        "#-----------------------------------------业务明细列表结束---------------------------",
        f"#交易合计：{len(rows)}笔，商家实收共{yuan(total)}元，商家优惠共0.00元",
        "#退款合计：0笔，商家实收退款共0.00元，商家优惠退款共0.00元",
        "#导出时间：[2026年11月21日 09:11:12]",
    ]
    summary = "#支付宝业务汇总查询\r\n门店编号,门店名称,交易订单总笔数\r\n合计,,1\r\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {"detail": "\r\n".join(lines) + "\r\n", "summary": summary}
        for part, text in files.items():
            # The same rows are the same bytes, whenever they are packed.
            name = zipfile.ZipInfo(f"2088_20261121_{part}.csv", (2026, 11, 21, 9, 11, 12))
            name.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(name, text.encode("gbk"))
    return packed.getvalue()


class Statements(AlipayCase):
    def printed(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        """What `till` prints with --json: an object a line."""
        program = Path(executable()).parent / "till"
        done = subprocess.run(
            [str(program), "--socket", str(self.daemon.socket), *words, "--json"],
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        return [json.loads(line) for line in (done.stdout or done.stderr).splitlines()]

    def command(self, *words: str, code: int = 0) -> dict[str, Any]:
        return self.printed(*words, code=code)[-1]

    def kinds(self, run: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.till.call("recon.get", run=run["id"])["kinds"]
        return found

    def file(self, content: bytes, name: str = "bill.zip") -> str:
        path = Path(self.daemon.folder) / name
        path.write_bytes(content)
        return str(path)

    def row(self, payment: dict[str, Any]) -> Row:
        trade = self.trade(payment)
        return Row(trade["trade_no"], trade["out_trade_no"], trade["paid_fen"], trade["paid_ms"])

    def lost(self, minor: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """Paid at the gateway; no callback arrives and no question is answered."""
        order, payment = self.opened(minor)
        number = payment["out_trade_no"]
        self.fake.ctl(
            "faults", fault="drop_before_apply", method=QUERY, out_trade_no=number, count=None
        )
        self.buyer_pays(payment)
        return order, payment

    def noon(self, row: Row) -> int:
        """Far from the ends of the day of a row, where rows may stand in the next bill."""
        noon = row.at.replace(hour=12, minute=0, second=0, microsecond=0)
        return int(noon.timestamp() * 1000)

    def test_a_lost_callback_is_paid_by_the_bill(self) -> None:
        known, paid = self.paid(5800)
        order, payment = self.lost(1234)
        rows = [self.row(paid), self.row(payment)]
        rows.append(Row("2026112122001STRANGER", "OTHERSHOP1", 99, self.noon(rows[1])))
        path = self.file(bill(rows))
        self.assertNotEqual(self.get(order)["pay_state"], "paid")

        tried = self.command("statement", "import", path, "--dry-run")
        self.assertEqual((tried["layout"], tried["charset"]), ("alipay_trade", "GB18030"))
        self.assertTrue(tried["verified"])
        self.assertEqual(self.printed("statement", "list"), [])
        told = self.till.call("statement.import", statement=tried["id"], dry_run=True)
        self.assertEqual(told["left_out"], ["2088_20261121_summary.csv"])

        statement = self.command("statement", "import", path)
        self.assertEqual((statement["gateway"], statement["rows"]), ("alipay", 3))
        self.assertEqual(statement["sha256"], hashlib.sha256(bill(rows)).hexdigest())
        run = self.command("recon", "run", statement["id"])
        self.assertEqual(run["filled_back"], 1)
        self.assertEqual(
            [(kind["kind"], kind["state"], kind["count"]) for kind in self.kinds(run)],
            [("unknown_money", "open", 1), ("gateway_success_only", "resolved", 1)],
        )

        self.assertEqual(self.get(order)["pay_state"], "paid")
        self.assert_evidence(payment, "e5", "statement")
        self.assertEqual(self.get(known)["pay_state"], "paid")
        self.assertIn("discrepancy.opened", self.event_types(order))
        self.assertIn("discrepancy.resolved", self.event_types(order))
        found = self.printed("discrepancy", "list", "--state", "open")
        self.assertEqual([d["theirs"]["reference"] for d in found], ["OTHERSHOP1"])
        shown = self.command("discrepancy", "show", found[0]["id"])
        self.assertEqual(shown["difference"], {"currency": "CNY", "minor": 99})
        again = self.command("recon", "run", statement["id"])
        self.assertEqual((again["opened"], again["known"]), (0, 1))
        self.daemon.restart(kill=True)
        self.till = self.daemon.client()
        self.assertEqual(self.get(order)["pay_state"], "paid")
        self.assertEqual(len(self.printed("recon", "list")), 2)
        self.assertTrue(self.daemon.client().call("audit.verify")["ok"])

    def test_a_bill_that_is_cut_short_is_refused_and_one_that_lies_is_named(self) -> None:
        _, payment = self.paid(5800)
        rows = [self.row(payment)]
        whole = bill(rows)
        torn = self.file(whole[:-40], "torn.zip")
        refused = self.command("statement", "import", torn, code=5)
        self.assertEqual(refused["data"]["code"], "statement_unreadable")
        lying = self.file(bill(rows, gross_fen=5801), "lying.zip")
        statement = self.command("statement", "import", lying)
        self.assertFalse(statement["verified"])
        kinds = self.kinds(self.command("recon", "run", statement["id"]))
        self.assertEqual([kind["kind"] for kind in kinds], ["statement_unsound"])

    def test_a_large_file_goes_on_where_it_stopped(self) -> None:
        content = bill([Row(f"T{n:020d}", f"N{n}", 1, 1_767_600_000_000) for n in range(9_000)])
        text = zipfile.ZipFile(io.BytesIO(content)).read("2088_20261121_detail.csv")
        digest = hashlib.sha256(text).hexdigest()
        begun = self.till.call("statement.begin", bytes=len(text), sha256=digest)
        self.send(begun["statement"], text[:40_000], 0)
        self.daemon.restart(kill=True)
        self.till = self.daemon.client()
        begun = self.till.call("statement.begin", bytes=len(text), sha256=digest)
        self.assertEqual(begun["received"], 40_000)
        taken = self.command("statement", "import", self.file(text, "large.csv"))
        self.assertEqual(taken["rows"], 9_000)

    def send(self, statement: str, piece: bytes, offset: int) -> None:
        text = base64.b64encode(piece).decode()
        self.till.call("statement.append", statement=statement, offset=offset, data_base64=text)
