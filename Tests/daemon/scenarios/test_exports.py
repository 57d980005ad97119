"""A run as a table at a glance, as CSV and as an Excel file that is read back with a library."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from tilltest.bills import uploaded
from tilltest.layoutcase import SHOP, LayoutCase

FORMULA = '=HYPERLINK("http://x.example";"click")'


def far_from_midnight() -> time.struct_time:
    """Now in Beijing, or the noon before it: what stands in a bill around midnight may belong to
    the day beside it, and is not yet missing."""
    now = time.gmtime(time.time() + 8 * 3600)
    if 2 <= now.tm_hour < 22:
        return now
    hours = (now.tm_hour - 12) % 24
    return time.gmtime(time.time() + (8 - hours) * 3600)


class Exports(LayoutCase):
    def run_of(self, strangers: list[str], currency: str = "CNY") -> str:
        """A run over one paid payment and some rows of nobody."""
        _, row = self.sold()
        at = time.strftime("%Y-%m-%d %H:%M:%S", far_from_midnight())
        others = [
            f'X{place},"{name}",交易收入,"1,000.00",0.00,成功,{at},'
            for place, name in enumerate(strangers)
        ]
        rows = [row, *others, f"RX1,REFUND-1,售后退款,3.21,0.00,成功,{at},"]
        heading = "交易流水号,商户订单号,账务类型,收支金额(元),技术服务费(元),状态,支付时间"
        text = "\n".join(["店铺", "导出", heading, *[line.rstrip(",") for line in rows], ""])
        mapping = {**SHOP, "charset": "utf-8", "trailers": {"合计": []}, "currency": currency}
        statement = self.till.call(
            "statement.import",
            statement=uploaded(self.till, text.encode()),
            gateway="alipay",
            mapping=mapping,
        )["statement"]
        run: str = self.till.call("recon.run", statement=statement["id"])["run"]["id"]
        return run

    def printed(self, *words: str) -> str:
        done: subprocess.CompletedProcess[str] = self.run_till(*words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def sheets(self, path: Path) -> Any:
        return openpyxl.load_workbook(path)

    def test_a_run_is_read_at_a_glance_in_both_languages(self) -> None:
        run = self.run_of(["OTHER-1", "OTHER-2"])
        english = self.printed("recon", "show", run, "--lang", "en")
        line = next(each for each in english.splitlines() if each.startswith("B3"))
        self.assertIn("money for no order of ours", line)
        self.assertEqual(line.split()[-2:], ["2", "2"])
        self.assertIn("wait for a person", english)
        chinese = self.printed("recon", "show", run, "--lang", "zh")
        self.assertIn("收款没有对应的订单", chinese)
        self.assertIn("待人工处理", chinese)

    def test_csv_holds_every_difference_and_runs_nothing(self) -> None:
        run = self.run_of(["OTHER-1", FORMULA.replace('"', '""'), "+1+1", "@SUM(A1)", "-2+3"])
        rows = list(csv.DictReader(io.StringIO(self.printed("recon", "show", run, "--csv"))))
        self.assertEqual(len(rows), 6)
        references = {row["reference"] for row in rows}
        self.assertEqual(
            references, {"OTHER-1", "'" + FORMULA, "'+1+1", "'@SUM(A1)", "'-2+3", "REFUND-1"}
        )
        for row in rows:
            for name, cell in row.items():
                if cell and cell[0] in "=+-@":
                    float(cell)
                    self.assertIn(name, ("expected", "actual", "difference"))
        refund = next(row for row in rows if row["reference"] == "REFUND-1")
        self.assertEqual((refund["actual"], refund["currency"]), ("-3.21", "CNY"))

    def test_amounts_of_two_currencies_stand_beside_each_other_and_are_never_subtracted(self) -> None:
        run = self.run_of([], "USD")
        listed = self.till.call("discrepancy.list", run=run, kind="currency")["discrepancies"]
        (found,) = listed
        self.assertEqual(found["expected"], {"currency": "CNY", "minor": 123_450})
        self.assertEqual(found["actual"], {"currency": "USD", "minor": 123_450})
        self.assertNotIn("difference", found)
        self.assertEqual(found["level"], "two_persons")
        got = self.till.call("discrepancy.get", discrepancy=found["id"])["discrepancy"]
        self.assertEqual(got, found)

        table = self.printed("discrepancy", "list", "--run", run, "--kind", "currency")
        self.assertIn("1234.50 CNY", table)
        self.assertIn("1234.50 USD", table)
        rows = list(csv.DictReader(io.StringIO(self.printed("recon", "show", run, "--csv"))))
        row = next(row for row in rows if row["kind"] == "currency")
        said = [row[name] for name in ("expected", "expected_currency", "actual", "currency")]
        self.assertEqual(said, ["1234.50", "CNY", "1234.50", "USD"])
        self.assertEqual(row["difference"], "")
        path = Path(self.daemon.folder) / "two.xlsx"
        for language, ours, theirs in (("en", "our currency", "currency"), ("zh", "本地币种", "币种")):
            self.printed("recon", "show", run, "--xlsx", str(path), "--lang", language)
            title = "B11 currency" if language == "en" else "B11 币种不同"
            sheet = self.sheets(path)[title]
            heading = [cell.value for cell in sheet[1]]
            cells = [sheet.cell(2, heading.index(name) + 1).value for name in (ours, theirs)]
            self.assertEqual(cells, ["CNY", "USD"])

        story = self.till.call("order.timeline", order=found["order"])
        told = json.dumps(story, ensure_ascii=False)
        self.assertIn("another currency (ours ¥1234.50, theirs 1234.50 USD)", told)
        self.assertIn("币种不同（本地 ¥1234.50，对方 1234.50 USD）", told)
        again = self.till.call("recon.run", statement=found["statement"])["run"]
        self.assertEqual((again["opened"], again["sha256"]), (0, self.digest(run)))
        self.assertTrue(self.till.call("audit.verify")["ok"])

    def digest(self, run: str) -> Any:
        return self.till.call("recon.get", run=run)["run"]["sha256"]

    def test_an_excel_file_has_its_sheets_numbers_and_a_chart_and_no_formula(self) -> None:
        run = self.run_of(["OTHER-1", FORMULA.replace('"', '""')])
        path = Path(self.daemon.folder) / "run.xlsx"
        self.printed("recon", "show", run, "--xlsx", str(path), "--lang", "en")
        book = self.sheets(path)
        names = [
            "Summary",
            "B3 unknown_money",
            "B16 refund_missing_locally",
            "Unmatched",
        ]
        self.assertEqual(book.sheetnames, names)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        self.assertEqual([cell.coordinate for cell in cells if cell.data_type == "f"], [])
        strangers = book["B3 unknown_money"]
        heading = [cell.value for cell in strangers[1]]
        amount = strangers.cell(2, heading.index("theirs") + 1)
        self.assertEqual((amount.value, amount.number_format[:8]), (1000, "#,##0.00"))
        found = strangers.cell(2, heading.index("found at") + 1)
        self.assertTrue(found.is_date)
        column = heading.index("our number") + 1
        self.assertEqual(
            {strangers.cell(row, column).value for row in (2, 3)}, {"OTHER-1", FORMULA}
        )
        self.assertEqual(strangers.freeze_panes, "A2")
        self.assertEqual(len(book["Summary"]._charts), 1)
        self.assertEqual(book["Unmatched"].max_row, 4)
        with zipfile.ZipFile(path) as archive:
            self.assertIsNone(archive.testzip())

        self.printed("recon", "show", run, "--xlsx", str(path), "--lang", "zh")
        self.assertEqual(self.sheets(path).sheetnames[0], "概要")
        self.assertEqual([each.name for each in path.parent.glob("run.xlsx*")], ["run.xlsx"])
        nowhere = self.run_till("recon", "show", run, "--xlsx", "/nowhere/run.xlsx")
        self.assertNotEqual(nowhere.returncode, 0)
        self.assertIn("/nowhere/run.xlsx", nowhere.stderr)
