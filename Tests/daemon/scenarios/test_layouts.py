"""Files of shops and channels nobody has heard of, read by a layout that the merchant declares."""

from __future__ import annotations

from typing import Any

from tilltest.bills import uploaded
from tilltest.layoutcase import SHOP, LayoutCase, text_of


class Layouts(LayoutCase):
    def test_a_shops_export_is_shown_taken_in_and_compared(self) -> None:
        _, row = self.sold()
        skipped = "X9,X9,保证金,500.00,,成功,2026-11-20 12:00:00,"
        content = text_of([row, skipped], "1234.50").encode("gbk")
        path = self.file(content, "pinduoduo.csv")
        words = ("statement", "import", path, "--gateway", "alipay", "--layout", self.layout())
        shown = self.till_json(*words, "--dry-run")["result"]
        preview = shown["preview"]
        self.assertEqual(preview["unknown_columns"], ["备注"])
        self.assertEqual((preview["refused"], preview["refused_rows"]), ([], 0))
        self.assertEqual(
            [(r["line"], r["kind"], r["status"], r["amount"]["minor"]) for r in preview["rows"]],
            [(4, "charge", "succeeded", 123_450)],
        )
        self.assertEqual(shown["statement"]["charset"], "GB18030")
        for_people = self.run_till(*words, "--dry-run").stdout
        self.assertIn("备注", for_people)
        self.assertIn("1234.50 CNY", for_people)

        taken = self.till_json(*words)["result"]["statement"]
        self.assertEqual((taken["layout"], taken["rows"]), ("pinduoduo", 1))
        self.assertEqual((taken["skipped"], taken["verified"]), (1, True))
        run = self.till_json("recon", "run", taken["id"])["result"]["run"]
        self.assertEqual((run["matched"], run["opened"]), (1, 0))
        # The layout was kept with the file: after a start it is read by it again.
        self.daemon.restart(kill=True)
        self.till = self.daemon.client()
        again = self.till.call("recon.run", statement=taken["id"])["run"]
        self.assertEqual(again["sha256"], run["sha256"])

    def test_rows_that_do_not_read_are_shown_with_line_and_hint_and_refuse_the_file(self) -> None:
        _, row = self.sold()
        rows = [row, "T2,N2,奖励,5.00,,成功,2026-11-20 12:00:00,", "T3,N3,交易收入,x,,成功,下午,"]
        path = self.file(text_of(rows, "1234.50").encode("gbk"), "torn.csv")
        words = ("statement", "import", path, "--gateway", "alipay", "--layout", self.layout())
        preview = self.till_json(*words, "--dry-run", code=5)["result"]["preview"]
        self.assertEqual([each["line"] for each in preview["refused"]], [5, 6])
        self.assertIn("奖励", preview["refused"][0]["message"])
        self.assertIn("奖励", preview["refused"][0]["hint"])
        refused = self.run_till(*words)
        self.assertEqual(refused.returncode, 5)
        self.assertIn("Line 5", refused.stderr)
        self.assertEqual(self.till.call("statement.list")["statements"], [])

    def test_a_file_of_which_no_row_reads_says_why(self) -> None:
        path = self.file(text_of(["T1,N1,奖励,5.00,,成功,x,"], "5.00").encode("gbk"), "none.csv")
        words = ("statement", "import", path, "--gateway", "alipay", "--layout", self.layout())
        refused = self.run_till(*words, "--dry-run")
        self.assertEqual(refused.returncode, 5)
        self.assertIn("奖励", refused.stderr)

    def test_the_same_bytes_read_otherwise_are_issued_again(self) -> None:
        _, row = self.sold()
        content = text_of([row], "1234.50").encode()
        utf8 = {**SHOP, "charset": "utf-8"}
        lax = {**utf8, "trailers": {"合计": [], "说明": []}}
        first = self.till.call(
            "statement.import",
            statement=uploaded(self.till, content),
            gateway="alipay",
            mapping=utf8,
        )
        known = self.till.call(
            "statement.import",
            statement=uploaded(self.till, content),
            gateway="alipay",
            mapping=utf8,
        )
        self.assertTrue(known["known"])
        other = self.till.call(
            "statement.import",
            statement=uploaded(self.till, content),
            gateway="alipay",
            mapping=lax,
        )
        self.assertEqual(other["supersedes"], first["statement"]["id"])
        self.assertEqual(other["statement"]["figures"], [])

    def test_a_layout_that_is_wrong_is_named_with_its_place(self) -> None:
        content = text_of([], "0.00").encode("gbk")
        statement = uploaded(self.till, content)
        wrong = {**SHOP, "columns": {**SHOP["columns"], "ammount": "x"}, "time": {"zone": "北京"}}
        error = self.till.refused("statement.import", statement=statement, mapping=wrong)
        problems = error.data["details"]["problems"]
        self.assertEqual(
            [(each["code"], each["path"]) for each in problems],
            [
                ("unknown_field", "/params/mapping/columns/ammount"),
                ("bad_format", "/params/mapping/time/zone"),
            ],
        )
        self.assertEqual(problems[0]["did_you_mean"], ["amount"])
        self.assertTrue(problems[1]["hint"])


class SavedLayouts(LayoutCase):
    def configuration(self) -> dict[str, Any]:
        return {**super().configuration(), "layouts": [SHOP]}

    def test_a_layout_of_the_configuration_is_named(self) -> None:
        _, row = self.sold()
        path = self.file(text_of([row], "1234.50").encode("gbk"), "shop.csv")
        words = ("statement", "import", path, "--gateway", "alipay", "--layout")
        taken = self.till_json(*words, "pinduoduo")["result"]["statement"]
        self.assertEqual((taken["layout"], taken["rows"]), ("pinduoduo", 1))
        refused = self.run_till(*words, "pinduo")
        self.assertEqual(refused.returncode, 5)
        self.assertIn("camt053, pinduoduo", refused.stderr)
        # One that is added while the daemon runs is known after a reload.
        added = {**SHOP, "name": "taobao"}
        self.daemon.configure({**self.configuration(), "layouts": [SHOP, added]})
        self.assertIn("layouts", self.till.call("server.reload")["changed"])
        again = self.till_json(*words, "taobao")["result"]["statement"]
        self.assertEqual(again["layout"], "taobao")
