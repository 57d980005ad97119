"""Movements and settlements: windows, pages, marks, and signs that differ between them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from fakehttp.billcheck import BillCheck

from ..gateway import Gateway

BEIJING = timezone(timedelta(hours=8))
SETTLEMENTS = "/api/v1/pa/financial/settlements"


class Bills(BillCheck):
    make = Gateway

    def page(self, **more: Any) -> Any:
        start, end = (
            datetime.fromtimestamp((self.now + gap) // 1000, timezone.utc)
            for gap in (-60_000, 3_600_000)
        )
        form = "%Y-%m-%dT%H:%M:%SZ"
        window = {"from_created_at": start.strftime(form), "to_created_at": end.strftime(form)}
        return self.ask("/api/v1/financial_transactions", **(window | more))

    def test_movements_page_by_page(self) -> None:
        rows = self.page()["items"]
        self.assertEqual([r["amount"] for r in rows], [10.0, 10.01, 10.02, -4.0])
        self.assertEqual([r["fee"] for r in rows], [0.58, 0.58, 0.58, 0.0])
        self.gateway.set_rows({"page": 3})
        self.assertTrue(self.page()["has_more"])
        self.assertEqual(len(self.page(page_num=1)["items"]), 1)

    def test_a_settlement_is_the_sum_of_its_records(self) -> None:
        settled = datetime.fromtimestamp(self.now // 1000, BEIJING).date() + timedelta(days=1)
        days = {"from_settled_at": settled, "to_settled_at": settled, "status": "SETTLED"}
        rows = self.ask(SETTLEMENTS, currency="USD", **days)["items"]
        self.assertEqual(len(rows), 1)
        self.assertEqual(self.ask(SETTLEMENTS, currency="EUR", **days)["items"], [])
        self.assertEqual(self.refused(SETTLEMENTS, currency="USD")["code"], "validation_error")
        self.gateway.set_rows({"page": 3})
        path, batch = "/api/v1/pa/settlement_records", rows[0]["id"]
        first = self.ask(path, settlement_id=batch)
        second = self.ask(path, settlement_id=batch, page=first["page_after"])
        self.assertIsNone(second["page_after"])
        records = first["items"] + second["items"]
        self.assertAlmostEqual(sum(r["net_amount"] for r in records), rows[0]["amount"])
        self.assertAlmostEqual(-sum(r["fees"] for r in records), rows[0]["fee"])
