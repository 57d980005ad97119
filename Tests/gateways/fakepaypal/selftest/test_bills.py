"""The transaction search: window, pages, signs, and a search that has not come so far."""

from __future__ import annotations

from typing import Any

from fakehttp.billcheck import BillCheck

from .. import objects
from ..gateway import Gateway


class Bills(BillCheck):
    make = Gateway

    def params(self, **more: Any) -> dict[str, Any]:
        start, end = (objects.time(self.now + gap) for gap in (-60_000, 3_600_000))
        return {"start_date": start, "end_date": end, "fields": "all"} | more

    def page(self, **more: Any) -> Any:
        return self.ask("/v1/reporting/transactions", **self.params(**more))

    def test_rows_and_signs(self) -> None:
        body = self.page(page_size=500)
        rows = [r["transaction_info"] for r in body["transaction_details"]]
        shown = [
            (r["transaction_event_code"], r["transaction_amount"]["value"], r["custom_field"])
            for r in rows
        ]
        self.assertEqual(shown[0], ("T0006", "10.00", "BILL0"))
        self.assertEqual(shown[3], ("T1107", "-4.00", "REFUND0"))
        self.assertEqual(rows[0]["fee_amount"]["value"], "-0.83")
        self.assertEqual(rows[3]["paypal_reference_id"], rows[0]["transaction_id"])
        self.assertEqual((body["total_items"], body["total_pages"]), (4, 1))

    def test_pages_and_limits(self) -> None:
        self.gateway.set_rows({"page": 3})
        self.assertEqual(len(self.page()["transaction_details"]), 3)
        self.assertEqual(len(self.page(page=2)["transaction_details"]), 1)
        self.assertEqual(self.page()["total_pages"], 2)
        self.gateway.set_rows({"search": 3})
        path = "/v1/reporting/transactions"
        self.assertEqual(self.refused(path, **self.params())["name"], "RESULTSET_TOO_LARGE")
        far = objects.time(self.now - 40 * 86_400_000)
        wide = self.refused(path, **self.params(start_date=far))
        self.assertEqual(wide["name"], "INVALID_REQUEST")

    def test_a_day_that_is_too_fresh_is_refused(self) -> None:
        self.gateway.plan.add({"fault": "bill_not_ready"})
        body = self.refused("/v1/reporting/transactions", **self.params())
        self.assertIn("not available", body["message"])
