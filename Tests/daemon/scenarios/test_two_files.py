"""`till recon files`: a bill and a shop's export held against each other, with no daemon at all."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from tilltest.daemon import executable

DAY = "2026-11-20"
MERCHANT = "1921000401"
HEADING = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,"
    "商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
TOTALS = (
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)
SAME, DIFFERS, UNREADABLE, USAGE = 0, 13, 5, 2


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


class Row:
    """One payment or refund, as both sides should have it."""

    def __init__(self, number: int, fen: int, hour: int = 12, refund_of: str = "") -> None:
        self.reference = f"R{number:05d}" if refund_of else f"A{number:05d}"
        self.refund_of = refund_of
        self.transaction = f"{'5' if refund_of else '4'}2000026{number:08d}"
        self.fen = fen
        self.fee = fen * 6 // 1000
        self.at = f"{DAY} {hour:02d}:{number % 60:02d}:00"

    def in_bill(self) -> str:
        refund = bool(self.refund_of)
        own = [self.transaction, self.reference] if refund else ["0", "0"]
        fields = [
            self.at, "wx1", MERCHANT, "0", "",
            f"42{self.transaction[2:]}" if refund else self.transaction,
            self.refund_of or self.reference, "o1", "NATIVE",
            "REFUND" if refund else "SUCCESS", "OTHERS", "CNY",
            "0.00" if refund else yuan(self.fen), "0.00", *own,
            yuan(self.fen) if refund else "0.00", "0.00", "ORIGINAL" if refund else "",
            "SUCCESS" if refund else "", "月卡", "",
            ("-" if refund else "") + yuan(self.fee), "0.60%",
            "0.00" if refund else yuan(self.fen), yuan(self.fen) if refund else "0.00", "",
        ]  # fmt: skip
        return ",".join("`" + field for field in fields)

    def in_books(self) -> str:
        kind = "refund" if self.refund_of else "charge"
        return f"{self.at},{self.reference},{self.transaction},{kind},{yuan(self.fen)},CNY"


def bill_of(rows: list[Row]) -> str:
    gross = sum(row.fen for row in rows if not row.refund_of)
    refunded = sum(row.fen for row in rows if row.refund_of)
    fees = sum(-row.fee if row.refund_of else row.fee for row in rows)
    sums = [str(len(rows)), yuan(gross), yuan(refunded), "0.00", yuan(fees), yuan(gross),
            yuan(refunded)]  # fmt: skip
    lines = [HEADING, *[row.in_bill() for row in rows], TOTALS, ",".join("`" + s for s in sums)]
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def books_of(rows: list[Row]) -> str:
    heading = "time,reference,transaction,kind,amount,currency"
    return "\n".join([heading, *[row.in_books() for row in rows], ""])


class TwoFiles(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory(prefix="till-files-")
        self.addCleanup(place.cleanup)
        self.folder = Path(place.name)

    def file(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def run_till(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        program = Path(executable()).parent / "till"
        # No daemon listens there: nothing may want one.
        around = {**os.environ, "TILL_SOCKET": str(self.folder / "none.sock"), **environment}
        return subprocess.run(
            [str(program), "recon", "files", *words],
            capture_output=True,
            text=True,
            timeout=120,
            env=around,
            cwd=self.folder,
        )

    def compared(self, *words: str, code: int = DIFFERS) -> dict[str, Any]:
        done = self.run_till(*words, "--json")
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout[:2000]}\n{done.stderr}")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def day(self, clean: int = 500) -> tuple[list[Row], list[Row], set[tuple[str, str]]]:
        """Rows of the bill, of the books, and what differs: its kind and our number."""
        chance = random.Random(7)
        rows = [Row(n, chance.randint(200, 90_000), 2 + n % 20) for n in range(clean)]
        rows += [Row(clean + n, 500 + n, 15, f"A{n:05d}") for n in range(clean // 10)]
        bill = {row.reference: row for row in rows}
        books = dict(bill)
        truth: set[tuple[str, str]] = set()

        def planted(kind: str, row: Row) -> Row:
            truth.add((kind, row.reference))
            return row

        for n in range(5):
            lost = planted("missing_at_gateway", rows[n * 7])
            del bill[lost.reference]
            stranger = planted("unknown_money", rows[n * 7 + 1])
            del books[stranger.reference]
            for kind, step, place in (("amount_more", -100, 2), ("amount_less", 100, 3)):
                ours = planted(kind, rows[n * 7 + place])
                books[ours.reference] = Row(n * 7 + place, ours.fen + step, 2 + (n * 7 + place) % 20)
            number = planted("gateway_number", rows[n * 7 + 4])
            other = Row(n * 7 + 4, number.fen, 2 + (n * 7 + 4) % 20)
            other.transaction = f"9{other.transaction[1:]}"
            books[number.reference] = other
            refund = planted("refund_missing_locally", rows[clean + n])
            del books[refund.reference]
        return list(bill.values()), list(books.values()), truth

    def test_all_that_differs_is_found_and_nothing_else(self) -> None:
        bill, books, truth = self.day()
        plain = bill_of(bill)
        ours = self.file("books.csv", books_of(books))
        archive = self.folder / "bill.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("汇总.csv", "账期,笔数\r\n2026-11-20,1\r\n")
            packed.writestr("bill.csv", plain)
        answers = []
        for theirs in (
            self.file("bill.csv", plain),
            self.file("bill-gbk.csv", plain.removeprefix("\ufeff").encode("gb18030")),
            str(archive),
        ):
            answer = self.compared(theirs, ours, "--merchant", MERCHANT)
            found = {
                (item["kind"], (item.get("theirs") or item["ours"])["reference"])
                for item in answer["discrepancies"]
            }
            self.assertEqual(found, truth)
            run = answer["run"]
            self.assertEqual(len(answer["discrepancies"]), len(truth))
            self.assertEqual((run["statement_rows"], run["local_rows"]), (len(bill), len(books)))
            self.assertEqual((run["differences"], run["waiting"]), (len(truth), 0))
            self.assertTrue(run["verified"])
            answers.append(answer)
        self.assertEqual(answers[2]["run"]["left_out"], ["汇总.csv"])
        self.assertEqual(answers[0]["kinds"], answers[1]["kinds"])
        self.assertEqual(answers[0]["kinds"], answers[2]["kinds"])

        run = answers[0]["run"]
        for side, rows in (("statement_buckets", bill), ("local_buckets", books)):
            counted = {row["bucket"]: (row["rows"], row["sum"]["minor"]) for row in run[side]}
            self.assertEqual(sum(rows_of for rows_of, _ in counted.values()), len(rows))
            total = sum(-row.fen if row.refund_of else row.fen for row in rows)
            self.assertEqual(sum(minor for _, minor in counted.values()), total)
        kinds = {item["kind"]: item for item in answers[0]["kinds"]}
        self.assertEqual(kinds["amount_more"]["differences"], [{"currency": "CNY", "minor": 500}])
        self.assertEqual(kinds["amount_less"]["differences"][0]["minor"], -500)
        self.assertEqual(kinds["gateway_number"]["differences"][0]["minor"], 0)

        # The same day without what was planted.
        same = self.compared(
            self.file("bill.csv", bill_of(bill)), self.file("same.csv", books_of(bill)), code=SAME
        )
        self.assertEqual((same["kinds"], same["discrepancies"]), ([], []))
        self.assertEqual(same["run"]["matched"], len(bill))

    def test_people_read_it_at_a_glance_in_both_languages(self) -> None:
        bill, books, truth = self.day()
        words = (self.file("bill.csv", bill_of(bill)), self.file("books.csv", books_of(books)))
        english = self.run_till(*words, "--lang", "en")
        self.assertEqual((english.returncode, english.stderr), (DIFFERS, ""))
        line = next(each for each in english.stdout.splitlines() if each.startswith("B6"))
        self.assertIn("the gateway took more", line)
        self.assertEqual(line.split()[-3:], ["5.00", "CNY", "5"])
        self.assertIn(f"18 of {len(truth)} differences, of each kind the first", english.stdout)
        listed = [each for each in english.stdout.splitlines() if " CNY " in each and "A0" in each]
        self.assertEqual({each.split()[0] for each in listed}, {"B1", "B3", "B6", "B7", "B12"})
        self.assertIn("ours 9", next(each for each in listed if each.startswith("B12")))
        chinese = self.run_till(*words, "--lang", "zh", "--all").stdout
        for word in ("渠道收款金额偏多", "全部差异", "账单合计", "相符", "各行去向"):
            self.assertIn(word, chinese)
        for _, reference in truth:
            self.assertIn(reference, chinese)

    def test_csv_and_excel_hold_every_difference(self) -> None:
        bill, books, truth = self.day()
        words = (self.file("bill.csv", bill_of(bill)), self.file("books.csv", books_of(books)))
        printed = self.run_till(*words, "--csv")
        self.assertEqual(printed.returncode, DIFFERS)
        rows = list(csv.DictReader(io.StringIO(printed.stdout)))
        self.assertEqual({(row["kind"], row["reference"]) for row in rows}, truth)
        more = next(row for row in rows if row["kind"] == "amount_more")
        self.assertEqual(more["difference"], "1.00")
        theirs = Path(words[0]).read_text("utf-8").splitlines()[int(more["line"]) - 1]
        ours = Path(words[1]).read_text("utf-8").splitlines()[int(more["our_line"]) - 1]
        self.assertIn(more["reference"], theirs)
        self.assertIn(more["reference"], ours)
        path = self.folder / "out.xlsx"
        self.assertEqual(self.run_till(*words, "--xlsx", str(path)).returncode, DIFFERS)
        book = openpyxl.load_workbook(path)
        self.assertEqual(book["B6 amount_more"].max_row, 6)
        self.assertIn("Unmatched", book.sheetnames)
        none = self.run_till(words[0], self.file("same.csv", books_of(bill)), "--csv")
        self.assertEqual(none.returncode, SAME)
        self.assertEqual(none.stdout.splitlines(), printed.stdout.splitlines()[:1])

    def test_an_export_of_any_form_is_declared(self) -> None:
        bill = [Row(n, 1_000 + n) for n in range(30)]
        layout = {
            "name": "shop", "charset": "gbk", "skip_lines": 1, "currency": "CNY",
            "columns": {"time": "时间", "reference": "订单", "kind": "类别", "amount": "金额"},
            "time": {"order": "dmy", "zone": "+08:00"}, "amounts": "by_kind",
            "kinds": {"卖": "charge", "退": "refund"}, "trailers": {"合计": ["amount"]},
        }  # fmt: skip
        lines = ["某某店铺导出", "时间,订单,类别,金额"]
        lines += [f"20/11/2026 {r.at[11:]},{r.reference},卖,{yuan(r.fen)}" for r in bill[1:]]
        lines.append(f"合计,,,{yuan(sum(r.fen for r in bill[1:]))}")
        books = self.file("shop.csv", "\n".join(lines).encode("gbk"))
        declared = self.file("shop.json", json.dumps(layout, ensure_ascii=False))
        words = (self.file("bill.csv", bill_of(bill)), books, "--layout", declared)
        answer = self.compared(*words)
        self.assertEqual(answer["run"]["books_charset"], "GB18030")
        (found,) = answer["discrepancies"]
        self.assertEqual(
            (found["kind"], found["theirs"]["reference"]), ("unknown_money", "A00000")
        )
        # The other way round, a layout for the bill: nobody says that it is one of a gateway.
        other = self.compared(
            books, self.file("ours.csv", books_of(bill)), "--bill-layout", declared
        )
        (found,) = other["discrepancies"]
        self.assertEqual((found["kind"], found["ours"]["line"]), ("missing_at_gateway", 2))

        broken = self.file("broken.json", '{"name": "x", "colums": {}}')
        done = self.run_till(words[0], books, "--layout", broken)
        self.assertEqual(done.returncode, USAGE)
        for word in ("columns", "/colums", "time", "part 14"):
            self.assertIn(word, done.stderr)

    def test_rows_near_midnight_wait_unless_the_files_are_said_to_be_whole(self) -> None:
        bill = [Row(n, 1_000 + n) for n in range(10)]
        late = Row(50, 777, 23)
        words = (
            self.file("bill.csv", bill_of([*bill, late])),
            self.file("books.csv", books_of(bill)),
        )
        answer = self.compared(*words, code=SAME)
        self.assertEqual(answer["run"]["waiting"], 1)
        (waiting,) = answer["waiting"]
        self.assertEqual((waiting["side"], waiting["reference"]), ("statement", "A00050"))
        self.assertIn("--cut-off 0s", self.run_till(*words).stderr)
        self.assertIn("A00050", self.run_till(*words, "--all").stdout)
        strict = self.compared(*words, "--cut-off", "0s")
        self.assertEqual([item["kind"] for item in strict["discrepancies"]], ["unknown_money"])

    def test_books_of_more_days_are_no_differences(self) -> None:
        bill = [Row(n, 1_000 + n) for n in range(10)]
        other = [Row(100 + n, 1_000) for n in range(4)]
        for row in other:
            row.at = "2026-11-18 10:00:00"
        words = (
            self.file("bill.csv", bill_of(bill)),
            self.file("books.csv", books_of([*other, *bill])),
        )
        answer = self.compared(*words, code=SAME)
        self.assertEqual((answer["run"]["other_days"], answer["run"]["waiting"]), (4, 0))

    def refused(self, words: tuple[str, ...], code: int, *said: str) -> None:
        done = self.run_till(*words)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        self.assertEqual(done.stdout, "")
        self.assertTrue(done.stderr.startswith("error: "), done.stderr)
        for text in said:
            self.assertIn(text, done.stderr)
        again = self.run_till(*words, "--json")
        self.assertEqual(again.returncode, code)
        if code == UNREADABLE:
            chinese = self.run_till(*words, "--lang", "zh")
            self.assertEqual(chinese.returncode, code)
            for line in chinese.stderr.splitlines():
                self.assertRegex(line, "[\u4e00-\u9fff]", f"{words}")
        said_code = json.loads(again.stderr)["data"]["code"]
        self.assertEqual(said_code, "usage" if code == USAGE else "statement_unreadable")

    def test_a_bill_by_another_clock_is_read_by_the_one_that_it_names(self) -> None:
        heading = "Date,Time,TimeZone,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Custom Number"
        # The whole day of an account in California, which is not the day of UTC.
        clocks = [f"{hour:02d}:{minute}:00" for hour in range(24) for minute in ("05", "55")]

        def bill(day: str, zone: str) -> str:
            rows = [
                f"{day},{clock},{zone},Express Checkout Payment,Completed,USD,5.00,-0.45,4.55,"
                f"T{number},A{number}"
                for number, clock in enumerate(clocks)
            ]
            return self.file("paypal.csv", "\n".join([heading, *rows, ""]))

        rows = [
            f"{DAY} {clock},A{number},T{number},charge,5.00,USD"
            for number, clock in enumerate(clocks)
        ]
        books = self.file(
            "books.csv", "\n".join(["time,reference,transaction,kind,amount,currency", *rows, ""])
        )
        for day in ("11/20/2026", "20/11/2026"):
            self.compared(bill(day, "PST"), books, code=SAME)
        # What was sold at 19:30 there is of that day; 19:00 of the evening before is not.
        missing = "2026-11-21T03:30:00Z,LOST,T90,charge,8.00,USD"
        earlier = "2026-11-20T03:00:00Z,EARLIER,T91,charge,8.00,USD"
        books = self.file("books.csv", Path(books).read_text() + f"{missing}\n{earlier}\n")
        found = self.compared(bill("11/20/2026", "PST"), books)
        self.assertEqual(
            [(one["kind"], one["ours"]["reference"]) for one in found["discrepancies"]],
            [("missing_at_gateway", "LOST")],
        )
        self.assertEqual(found["run"]["other_days"], 1)
        done = self.run_till(bill("11/20/2026", "CST"), books)
        self.assertEqual(done.returncode, UNREADABLE)
        self.assertIn("TimeZone: the zone CST is not known", done.stderr)

    def test_what_is_wrong_with_a_file_is_said_with_its_line(self) -> None:
        rows = [Row(n, 1_000 + n) for n in range(20)]
        text = bill_of(rows)
        bill = self.file("bill.csv", text)
        ours = self.file("books.csv", books_of(rows[1:]))
        csv_text = books_of(rows[1:])
        lines = csv_text.split("\n")
        whole = text.encode()

        def books(name: str, content: str | bytes) -> tuple[str, ...]:
            return (bill, self.file(name, content))

        def theirs(name: str, content: str | bytes) -> tuple[str, ...]:
            return (self.file(name, content), ours)

        u, f = UNREADABLE, USAGE
        self.refused((str(self.folder / "none.csv"), ours), f, "there is no file", "none.csv")
        self.refused((bill, str(self.folder)), f, "is a folder", "name the file in it")
        self.refused((bill,), f, "needs BOOKS", "usage: till recon files")
        self.refused((bill, ours, "x"), f, "no further word 'x'")
        self.refused((bill, ours, "--zone", "Beijing"), f, "--zone", "+08:00")
        self.refused((bill, ours, "--layout", "wechat"), f, "--layout", "wechat_trade")
        self.refused(
            (bill, ours, "--from-at", "2026-11-21", "--to-at", "2026-11-20"), f, "later than"
        )
        self.refused(
            (bill, ours, "--from-at", "2026-10-01", "--to-at", "2026-10-02"), u, "of the days given"
        )
        self.refused((ours, bill), u, "the wrong way round", "the bill comes first")
        self.refused((bill, bill), u, "the same bytes")
        self.refused((bill, self.file("copy.csv", whole)), u, "the same bytes")
        self.refused(theirs("empty.csv", b""), u, "empty.csv is empty")
        self.refused(books("empty2.csv", b""), u, "empty2.csv is empty")
        self.refused(theirs("strange.csv", "a,b,c\n1,2,3\n"), u, "no known bill", "a,b,c", "known are")
        self.refused(theirs("noise.csv", random.Random(1).randbytes(5_000)), u, "noise.csv")
        self.refused(theirs("page.csv", "<!DOCTYPE html><html>"), u, "a web page")
        self.refused(books("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1"), u, "Excel", "save it as CSV")
        self.refused(theirs("bill.csv.gz", b"\x1f\x8b\x08\x00"), u, "gzip", "gunzip")
        self.refused(theirs("torn.zip", b"PK\x03\x04torn"), u, "zip file is damaged")
        sheet = io.BytesIO()
        openpyxl.Workbook().save(sheet)
        self.refused(books("books.xlsx", sheet.getvalue()), u, "an Excel file", "save it as CSV")
        cut = whole[: whole.index(rows[9].reference.encode()) + 3]
        self.refused(theirs("cut.csv", cut), u, "line 11", "ends within this row", "download it again")
        gbk = text.removeprefix("\ufeff").encode("gb18030")
        cut = gbk[: gbk.index("月卡".encode("gb18030"), 900) + 1]
        self.refused(theirs("cut-gbk.csv", cut), u, "ends within this row")
        bad = text.replace(f"0.60%,`{yuan(rows[4].fen)}", "0.60%,`x", 1)
        self.refused(theirs("bad.csv", bad), u, "line 6", "x is no amount", "as it was downloaded")
        wrong = "\n".join([lines[0], *[line.replace("charge", "sale") for line in lines[1:3]], ""])
        self.refused(books("words.csv", wrong), u, "line 2", "the word sale", "charge, refund")
        no_column = csv_text.replace("reference", "number", 1)
        self.refused(
            books("column.csv", no_column), u, "line 1", "no column reference",
            "time | number | transaction", "time, reference, kind, amount", "--layout FILE.json",
        )  # fmt: skip
        no_time = csv_text.replace(DAY, "yesterday", 1)
        self.refused(books("time.csv", no_time), u, "line 2", "is no time", "2026-11-20 09:30:00")
        for marked in (text.removeprefix("\ufeff").encode(), gbk):
            place = marked.index(rows[6].reference.encode())
            torn = marked[:place] + b"\xff" + marked[place + 1 :]
            self.refused(theirs("torn.csv", torn), u, f"line 8: byte {place + 1} is text neither")
        korean = "주문,금액\n가,1\n".encode("euc-kr") + b"\xff\xff\n"
        self.refused(books("korean.csv", korean), u, "korean.csv, line 3", "UTF-8", "GBK", "charset")
        bank = ":20:X\n:25:1/2\n:28C:1/1\n:60F:C261120EUR0,00\n:62F:C261120EUR0,00\n-\n"
        self.refused(theirs("bank.mt940", bank), u, "a bank's statement")
        heading = bill_of([])
        self.refused(
            (self.file("none-sold.csv", heading), self.file("none.csv", lines[0] + "\n")), u,
            "neither file has a row",
        )  # fmt: skip
        if os.geteuid() != 0:
            locked = Path(self.file("locked.csv", text))
            locked.chmod(0)
            self.refused((str(locked), ours), f, "may not be read")

    def test_no_file_however_torn_ends_it_otherwise(self) -> None:
        chance = random.Random(20)
        rows = [Row(n, 1_000 + n) for n in range(12)]
        whole = (bill_of(rows).encode(), books_of(rows).encode())
        marks = (b'"', b"`", b",", b"\n", b"\0", b"\xff\xfe", b"99999999999999999999", b"PK\x03\x04")
        for turn in range(40):
            names = []
            for name, content in zip(("bill", "books"), whole, strict=True):
                torn = bytearray(content)
                for _ in range(chance.choice((0, 1, 2, 8))):
                    place = chance.randrange(len(torn))
                    match chance.randrange(3):
                        case 0:
                            torn[place] = chance.randrange(256)
                        case 1:
                            torn[place:place] = chance.choice(marks)
                        case _:
                            del torn[place : place + chance.choice((1, 5, 300))]
                    torn = torn or bytearray(b"x")
                names.append(self.file(f"{name}-{turn}", bytes(torn)))
            done = self.run_till(*names)
            self.assertIn(done.returncode, (SAME, DIFFERS, UNREADABLE), f"{names}\n{done.stderr}")

    def test_a_bill_without_its_end_is_told_of(self) -> None:
        rows = [Row(n, 1_000 + n) for n in range(20)]
        text = bill_of(rows)
        ours = self.file("books.csv", books_of(rows))
        short = "\r\n".join(line for line in text.split("\r\n") if rows[3].reference not in line)
        done = self.run_till(self.file("short.csv", short), ours)
        self.assertEqual(done.returncode, DIFFERS)
        self.assertIn("states 20 as its number of rows, and its rows give 19", done.stderr)
        self.assertIn("B24", done.stdout)
        answer = self.compared(self.file("short.csv", short), ours)
        self.assertFalse(answer["run"]["verified"])
        subjects = {item["figure"]["subject"] for item in answer["discrepancies"] if "figure" in item}
        self.assertEqual(subjects, {"rows", "gross", "fees"})

        headless = text[: text.index(TOTALS)]
        done = self.run_till(self.file("endless.csv", headless), ours)
        self.assertEqual(done.returncode, SAME)
        self.assertIn("no totals at its end", done.stderr)

    def test_books_that_do_not_fit_the_bill_are_told_of(self) -> None:
        rows = [Row(n, 1_000 + n) for n in range(20)]
        bill = self.file("bill.csv", bill_of(rows))
        other = books_of(rows).replace(",A0", ",X0").replace(",42", ",99")
        done = self.run_till(bill, self.file("other.csv", other))
        self.assertEqual(done.returncode, DIFFERS)
        self.assertIn("not one row of the bill was found", done.stderr)
        self.assertIn("as A00000", done.stderr)
        self.assertIn("as X00000", done.stderr)
        month = books_of(rows).replace(DAY, "2026-10-20").replace(",A0", ",X0")
        done = self.run_till(bill, self.file("month.csv", month), "--lang", "zh")
        self.assertIn("其他日期的导出", done.stderr)

    def test_scratch_room_that_is_not_there_is_named(self) -> None:
        rows = [Row(n, 1_000 + n) for n in range(20)]
        archive = self.folder / "bill.zip"
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr("bill.csv", bill_of(rows))
        ours = self.file("books.csv", books_of(rows))
        done = self.run_till(str(archive), ours, TMPDIR=str(self.folder / "nowhere"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("nowhere", done.stderr)
        self.assertIn("TMPDIR=", done.stderr)
        self.assertEqual(self.run_till(str(archive), ours, TMPDIR=str(self.folder)).returncode, SAME)
        names = {path.name for path in self.folder.iterdir()}
        self.assertEqual(names, {"bill.zip", "books.csv"})


if __name__ == "__main__":
    unittest.main()
