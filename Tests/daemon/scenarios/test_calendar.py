"""Payouts are due by the business days of the configuration."""

from __future__ import annotations

import datetime
import json
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from tilltest.bills import uploaded
from tilltest.case import AlipayCase
from tilltest.daemon import executable

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
HEADING = "时间,渠道流水号,商户订单号,类型,金额"


class Calendars(AlipayCase):
    def setUp(self) -> None:
        today = datetime.datetime.now(BEIJING).date()
        self.days = [today - datetime.timedelta(days=back) for back in range(9, -1, -1)]
        self.calendar: dict[str, Any] = {
            "weekends": False,
            "holidays": [f"{self.days[1]}/{self.days[-1]}"],
        }
        super().setUp()

    def configuration(self) -> dict[str, Any]:
        made = super().configuration() | {"calendar": {"weekends": False}}
        made["gateways"][0]["calendar"] = self.calendar
        return made

    def taken(self, lines: list[str], gateway: str, **more: Any) -> str:
        begun = uploaded(self.till, "\r\n".join([*lines, ""]).encode())
        made = self.till.call("statement.import", statement=begun, gateway=gateway, **more)
        number: str = made["statement"]["id"]
        return number

    def test_a_payout_is_due_by_the_business_days_of_its_gateway(self) -> None:
        names = ("time", "transaction", "reference", "kind", "amount")
        mapping = {
            "name": "own_day",
            "columns": dict(zip(names, HEADING.split(","), strict=True)),
            "time": {"order": "ymd", "zone": "+08:00"},
            "amounts": "by_kind",
            "currency": "CNY",
            "kinds": {"提现": "payout"},
        }
        row = f"{self.days[0]} 12:00:00,2088777001,2088777001,提现,58.00"
        bill = self.taken([HEADING, row], "alipay", mapping=mapping)
        last = f"{self.days[8]:%y%m%d}"
        lines = [":20:A", ":25:A", ":28C:1/1", f":60F:C{last}CNY0,00"]
        lines += [f":61:{last}C1,00NTRFNONREF", ":86:RENT", f":62F:C{last}CNY1,00"]
        bank = self.taken([*lines, "-"], "bank")
        run = self.till.call("recon.run", statement=bill, bank=bank)["run"]
        self.assertEqual(run["opened"], 0)
        self.assertIn(f"No file of bank covers {self.days[0]}: 1 payout", self.missing_files())
        # They were none.
        self.calendar = {"weekends": False}
        self.daemon.configure(self.configuration())
        self.assertIn("calendar", self.till.call("server.reload")["changed"])
        run = self.till.call("recon.run", statement=bill, bank=bank)["run"]
        found = self.till.call("discrepancy.list", run=run["id"])["discrepancies"]
        self.assertEqual([one["kind"] for one in found], ["payout_not_arrived"])
        days = f"{self.days[0]} to {self.days[3]}"
        self.assertIn(f"No file of bank covers {days}: 1 payout of alipay", self.missing_files())

    def missing_files(self) -> str:
        """What the list of bills says of the bank's files."""
        found: list[str] = self.till.call("statement.bills").get("warnings", [])
        self.assertEqual(len(found), 1)
        return found[0]


class WrongCalendars(unittest.TestCase):
    def checked(self, calendar: dict[str, Any]) -> tuple[int, str]:
        with tempfile.TemporaryDirectory(prefix="till-calendar-") as folder:
            path = Path(folder) / "tilld.json"
            path.write_text(json.dumps({"calendar": calendar}))
            words = [executable(), "--check-config", "--config", str(path)]
            done = subprocess.run(words, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr

    def test_days_that_are_none_are_named(self) -> None:
        long = "2026-01-01/2030-01-01"
        for days in ("2026-02-30", "2026-10-08/2026-10-01", "2026-10-01/", "", long):
            code, text = self.checked({"holidays": ["2026-10-01", days]})
            self.assertNotEqual(code, 0, days)
            self.assertIn("calendar.holidays[1]", text)

    def test_a_day_is_off_or_worked(self) -> None:
        code, text = self.checked(
            {"holidays": ["2026-10-01/2026-10-08"], "workdays": ["2026-10-04"]}
        )
        self.assertNotEqual(code, 0)
        self.assertIn("2026-10-04 is among holidays too", text)
        code, text = self.checked(
            {"holidays": ["2026-10-01/2026-10-07"], "workdays": ["2026-09-27", "2026-10-10"]}
        )
        self.assertEqual(code, 0, text)
