"""The ledger as a list: newest first, page by page, fees and refunds as in the books."""

from __future__ import annotations

import json
from typing import Any

from fakehttp.billcheck import BillCheck

from ..gateway import Gateway


class Bills(BillCheck):
    make = Gateway

    def page(self, **more: Any) -> Any:
        start = self.now // 1000 - 60
        window = {"created[gte]": start, "created[lt]": start + 3600, "limit": 100}
        return self.ask("/v1/balance_transactions", **(window | more))

    def test_rows_and_sums_are_those_of_the_books(self) -> None:
        rows = self.page()["data"]
        self.assertEqual([r["amount"] for r in rows], [-400, 1002, 1001, 1000])
        self.assertEqual([r["fee"] for r in rows], [0, 59, 59, 59])
        self.assertTrue(all(r["net"] == r["amount"] - r["fee"] for r in rows))
        self.assertTrue(rows[1]["source"].startswith("ch_"))
        whole = self.page(**{"expand[]": "data.source"})["data"]
        self.assertEqual(whole[0]["source"]["metadata"]["till_refund"], "REFUND0")
        self.assertEqual(whole[3]["source"]["metadata"]["till_payment"], "BILL0")

    def test_pages_go_on_after_the_last_row(self) -> None:
        self.gateway.set_rows({"page": 3})
        first = self.page()
        self.assertTrue(first["has_more"])
        second = self.page(starting_after=first["data"][-1]["id"])
        self.assertEqual((len(second["data"]), second["has_more"]), (1, False))

    def test_the_window_is_half_open(self) -> None:
        self.assertEqual(self.page(**{"created[lt]": self.now // 1000 - 59})["data"], [])

    def test_the_lies_fire(self) -> None:
        self.gateway.plan.add({"fault": "bill_row_missing", "number": "BILL1"})
        self.assertEqual([r["amount"] for r in self.page()["data"]], [-400, 1002, 1000])
        self.gateway.plan.add({"fault": "bill_torn"})
        with self.assertRaises(json.JSONDecodeError):
            self.page()
        self.assertEqual(len(self.page()["data"]), 4)
