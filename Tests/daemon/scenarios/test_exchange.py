"""A bill of charges that were credited in another currency, and the payout that they make."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tilltest.bills import uploaded
from tilltest.case import ShopCase
from tilltest.daemon import executable
from tilltest.drivers import own
from tilltest.drivers.cards import StripeDriver

DAY_S = 86_400


class Exchange(ShopCase):
    def setUp(self) -> None:
        self.driver = own(StripeDriver)
        super().setUp()
        # Today, by Stripe's clock.
        self.day_s = int(time.time()) // DAY_S * DAY_S

    def charge(
        self, payment: dict[str, Any], credited: int, fee: int, rate: str, **more: Any
    ) -> dict[str, Any]:
        """As Stripe lists it: the balance is kept in euros, the buyer paid dollars."""
        intent = payment["gateway_txn_id"]
        return {
            "id": f"txn_{intent}",
            "object": "balance_transaction",
            "amount": credited,
            "created": payment["paid_at"] // 1000,
            "currency": "eur",
            "exchange_rate": json.loads(rate),
            "fee": fee,
            "net": credited - fee,
            "reporting_category": "charge",
            "source": {
                "id": f"ch_{intent}",
                "amount": payment["captured"]["minor"],
                "currency": "usd",
                "payment_intent": intent,
                "metadata": {"till_payment": payment["out_trade_no"]},
            },
        } | more

    def payout(self, minor: int, at_s: int) -> dict[str, Any]:
        return {
            "id": "txn_po_1",
            "object": "balance_transaction",
            "amount": -minor,
            "created": at_s,
            "currency": "eur",
            "fee": 0,
            "net": -minor,
            "reporting_category": "payout",
            "source": "po_1",
        }

    def run_over(self, rows: list[dict[str, Any]], days_ago: int = 0) -> dict[str, Any]:
        page = {"object": "list", "url": "/v1/balance_transactions", "data": rows}
        text = json.dumps(page | {"has_more": False})
        return self.compared(text.encode() + b"\n", days_ago)

    def compared(self, content: bytes, days_ago: int = 0, **more: Any) -> dict[str, Any]:
        begun = uploaded(self.till, content)
        days = {
            "from_at": (self.day_s - days_ago * DAY_S) * 1000,
            "to_at": (self.day_s - (days_ago - 1) * DAY_S) * 1000,
        }
        self.till.call(
            "statement.import", statement=begun, gateway="stripe", **(days | more)
        )
        made: dict[str, Any] = self.till.call("recon.run", statement=begun)["run"]
        return made

    def configuration(self) -> dict[str, Any]:
        made = super().configuration()
        self.rates = Path(tempfile.mkdtemp(prefix="till-rates-")) / "rates.csv"
        self.addCleanup(shutil.rmtree, self.rates.parent)
        self.enter("0.95")
        made["gateways"][0]["exchange"] = {"margin": "0.02", "rates_file": str(self.rates)}
        return made

    def enter(self, rate: str, days_ago: int = 0) -> None:
        """Of dollars in euros; the shop's days are those of Beijing, and one day of Stripe's has
        hours of two of them."""
        moments = [time.time() - days_ago * DAY_S + hours * 3600 for hours in (0, 8)]
        days = sorted({time.strftime("%Y-%m-%d", time.gmtime(moment)) for moment in moments})
        lines = "".join(f"{day},USD,EUR,{rate}\n" for day in days)
        self.rates.write_text(f"day,charged,credited,rate\n{lines}")

    def forget(self) -> None:
        """Nobody has entered a rate of these days."""
        self.enter("0.95", days_ago=30)
        self.assertIn("exchange", self.till.call("server.reload")["changed"])

    def kinds(self) -> list[str]:
        found = self.till.call("discrepancy.list")["discrepancies"]
        return sorted(item["kind"] for item in found)

    def balances(self, currency: str) -> dict[str, int]:
        found = self.till.call("ledger.balances")
        self.assertTrue(found["balanced"])
        return {
            row["account"]: row["debit"]["minor"]
            for row in found["balances"]
            if row["debit"]["currency"] == currency
        }

    def test_a_converted_charge_agrees_is_booked_and_makes_the_payout(self) -> None:
        self.forget()
        _, payment = self.paid()
        # 58.00 USD at 0.9217 are 53.4586 EUR: Stripe cuts off.
        row = self.charge(payment, 5345, 187, "0.9217")
        run = self.run_over([row, self.payout(5158, row["created"] + 1)])
        self.assertEqual(self.kinds(), [])
        (conversion,) = run["conversions"]
        self.assertEqual(conversion["charged"], {"currency": "USD", "minor": 5800})
        self.assertEqual(conversion["credited"], {"currency": "EUR", "minor": 5345})
        self.assertEqual(self.parts(conversion), [5346, 187, 0, 0, -1, 0])
        (payout,) = run["payouts"]
        self.assertEqual((payout["basis"], payout["rows"], payout["alternatives"]), ("days", 1, 1))
        self.assertEqual(payout["amount"], {"currency": "EUR", "minor": -5158})
        euros = self.balances("EUR")
        self.assertEqual(euros["receivable:stripe"], 5345 - 187)
        self.assertEqual(euros["exchange"], -5345)
        self.assertEqual(self.balances("USD")["exchange"], 5800)
        # In both currencies the bill and the books hold the same (I15).
        self.assertEqual({proof["remainder"]["minor"] for proof in run["proofs"]}, {0})

    def parts(self, conversion: dict[str, Any]) -> list[int]:
        names = ("worth", "fee", "rate", "margin", "rounding", "unexplained")
        return [conversion[name]["minor"] for name in names]

    def printed(self, *words: str) -> str:
        program = Path(executable()).parent / "till"
        done = subprocess.run(
            [str(program), "--socket", str(self.daemon.socket), *words],
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_beside_a_published_rate_the_move_and_the_margin_have_their_own_figures(self) -> None:
        _, payment = self.paid()
        run = self.run_over([self.charge(payment, 5345, 187, "0.9217")])
        # 58.00 USD at 0.95 are 55.10 EUR, two per cent of it 1.11; Stripe gave 53.46 and cut off.
        (conversion,) = run["conversions"]
        self.assertEqual(self.parts(conversion), [5510, 187, -53, -111, -1, 0])
        self.assertEqual(self.kinds(), [])
        self.assertEqual(self.till.call("recon.get", run=run["id"])["run"], run)
        english = self.printed("recon", "show", run["id"], "--lang", "en")
        line = next(each for each in english.splitlines() if "58.00 USD" in each)
        self.assertIn("55.10 EUR", line)
        self.assertIn("-1.11 EUR", line)
        self.assertIn("Exchanged", english)
        self.assertIn("换汇", self.printed("recon", "show", run["id"], "--lang", "zh"))

    def test_a_list_that_does_not_read_is_refused_by_its_line_and_the_old_one_stays(self) -> None:
        self.rates.write_text("2026-11-20,USD,EUR,0.95\n2026-11-21,USD,EUR,zero\n")
        refused = self.till.refused("server.reload")
        self.assertEqual(refused.code, "config_invalid")
        self.assertIn("line 2: zero is no rate above nothing", refused.error["message"])
        _, payment = self.paid()
        (conversion,) = self.run_over([self.charge(payment, 5345, 187, "0.9217")])["conversions"]
        self.assertEqual(conversion["worth"]["minor"], 5510)

    def exchanged(
        self, code: str, currency: str, value: str, after_s: int = 3600
    ) -> dict[str, Any]:
        """Half of an exchange, as PayPal's transaction search lists it."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S+0000", time.gmtime(self.day_s + after_s))
        info = {
            "transaction_id": f"FX-{currency}",
            "transaction_event_code": code,
            "transaction_status": "S",
            "transaction_initiation_date": at,
            "paypal_reference_id": "CAP-1",
            "transaction_amount": {"currency_code": currency, "value": value},
        }
        return {"transaction_info": info}

    def test_paypals_pair_of_rows_is_split_and_booked(self) -> None:
        rows = [self.exchanged("T0200", "USD", "-58.00"), self.exchanged("T0200", "EUR", "53.46")]
        page = {"transaction_details": rows, "page": 1, "total_items": 2}
        run = self.compared(json.dumps(page).encode() + b"\n")
        (conversion,) = run["conversions"]
        self.assertEqual(conversion["charged"], {"currency": "USD", "minor": 5800})
        self.assertEqual(conversion["credited"], {"currency": "EUR", "minor": 5346})
        self.assertEqual(self.parts(conversion), [5510, 0, -53, -111, 0, 0])
        self.assertEqual(self.kinds(), [])
        self.assertEqual(self.balances("EUR"), {"receivable:stripe": 5346, "exchange": -5346})
        self.assertEqual(self.balances("USD"), {"receivable:stripe": -5800, "exchange": 5800})

    def page(self, rows: list[dict[str, Any]]) -> bytes:
        return json.dumps({"transaction_details": rows, "page": 1}).encode() + b"\n"

    def parted(self, after_s: int = 1) -> tuple[bytes, bytes]:
        """Two days of PayPal's, with a half of one exchange each."""
        given = self.exchanged("T0200", "USD", "-58.00", after_s=after_s - 3)
        received = self.exchanged("T0200", "EUR", "53.46", after_s=after_s)
        return self.page([given]), self.page([received])

    def assert_exchanged(self, moment: object) -> None:
        found = self.till.call("discrepancy.list", state="open")["discrepancies"]
        self.assertEqual([item["kind"] for item in found], [], moment)
        dollars = {"receivable:stripe": -5800, "exchange": 5800}
        euros = {"receivable:stripe": 5346, "exchange": -5346}
        sums = [self.balances("USD"), self.balances("EUR")]
        self.assertEqual([{a: s for a, s in one.items() if s} for one in sums], [dollars, euros])

    def test_a_pair_that_midnight_parts_is_booked_once_whatever_is_compared_again(self) -> None:
        given, received = self.parted()
        first = self.compared(given, days_ago=1)["statement"]
        self.assertEqual((self.kinds(), self.balances("USD")), ([], {}))
        second = self.compared(received)["statement"]
        for place, statement in enumerate([second, first, second, second, first]):
            self.assert_exchanged(place)
            self.till.call("recon.run", statement=statement)
        self.assert_exchanged("at the end")

    def test_and_likewise_where_the_second_half_came_first(self) -> None:
        given, received = self.parted()
        second = self.compared(received)["statement"]
        first = self.compared(given, days_ago=1)["statement"]
        for place, statement in enumerate([second, first, first, second]):
            self.assert_exchanged(place)
            self.till.call("recon.run", statement=statement)
        # Nothing of it waits any more.
        other = self.exchanged("T0300", "EUR", "1.00", after_s=DAY_S + 3600)
        run = self.compared(self.page([other]), days_ago=-1)
        self.assertNotIn("pooled", [bucket["bucket"] for bucket in run["statement_buckets"]])

    def test_a_half_that_people_took_into_the_books_is_there_once(self) -> None:
        given, received = self.parted(after_s=-2 * DAY_S + 40_000)
        rows = json.loads(given)["transaction_details"]
        rows[0]["transaction_info"]["transaction_initiation_date"] = time.strftime(
            "%Y-%m-%dT%H:%M:%S+0000", time.gmtime(self.day_s - 3 * DAY_S + 40_000)
        )
        self.compared(self.page(rows), days_ago=3)
        self.assertEqual(self.kinds(), ["exchange_unexplained"])
        found = self.till.call("discrepancy.list")["discrepancies"][0]
        self.till.keyed(
            "discrepancy.propose", discrepancy=found["id"], verb="write_off", reason="half of one"
        )
        self.assertNotEqual(self.balances("USD"), {})
        booked = self.balances("USD")
        second = self.compared(received, days_ago=2)["statement"]
        self.till.call("recon.run", statement=second)
        self.assertEqual(self.balances("USD"), booked)

    def test_an_export_over_both_days_books_a_parted_pair_no_second_time(self) -> None:
        given, received = self.parted()
        self.compared(given, days_ago=1)
        self.compared(received)
        rows = [json.loads(one)["transaction_details"][0] for one in (given, received)]
        self.compared(
            self.page(rows), to_at=(self.day_s + DAY_S) * 1000, from_at=(self.day_s - DAY_S) * 1000
        )
        found = self.till.call("discrepancy.list", state="open")["discrepancies"]
        self.assertEqual(found, [])
        self.assert_exchanged("beside the export")

    def test_an_exchange_in_a_declared_file_is_split_as_well(self) -> None:
        """PingPong's and others', whose columns no page tells: a word of the file is declared."""
        day = time.strftime("%Y-%m-%d", time.gmtime(self.day_s))
        text = (
            "number,order,what,amount,currency,at\n"
            f"F1,X1,换汇,-58.00,USD,{day} 03:00:00\n"
            f"F2,X1,换汇,53.46,EUR,{day} 03:00:05\n"
        )
        mapping = {
            "name": "pingpong",
            "columns": {
                "time": "at",
                "transaction": "number",
                "parent": "order",
                "kind": "what",
                "amount": "amount",
                "currency": "currency",
            },
            "time": {"zone": "+00:00"},
            "kinds": {"换汇": "conversion"},
        }
        run = self.compared(text.encode(), mapping=mapping)
        (conversion,) = run["conversions"]
        self.assertEqual(self.parts(conversion), [5510, 0, -53, -111, 0, 0])

    def sale(self, number: int, minor: int, days_ago: int) -> dict[str, Any]:
        """A charge in the balance's own currency."""
        return {
            "id": f"txn_{number}",
            "object": "balance_transaction",
            "amount": minor,
            "created": self.day_s - days_ago * DAY_S + 3600 + number,
            "currency": "eur",
            "fee": 0,
            "net": minor,
            "reporting_category": "charge",
            "source": f"ch_{number}",
        }

    def test_a_payout_is_looked_for_in_the_statements_of_the_days_before(self) -> None:
        self.run_over([self.sale(1, 900, 3)], days_ago=3)
        self.run_over([self.sale(2, 1000, 2)], days_ago=2)
        self.run_over([self.sale(3, 500, 1)], days_ago=1)
        run = self.run_over([self.payout(1500, self.day_s + 60), self.sale(4, 70, 0)])
        (payout,) = run["payouts"]
        self.assertEqual((payout["basis"], payout["rows"], payout["alternatives"]), ("days", 2, 1))
        self.assertEqual(payout["from_at"], (self.day_s - 2 * DAY_S + 3602) * 1000)
        self.assertEqual(self.till.call("recon.get", run=run["id"])["run"]["payouts"], [payout])

    def test_a_gap_in_the_days_and_a_second_answer_prove_nothing(self) -> None:
        self.run_over([self.sale(1, 1000, 3)], days_ago=3)
        self.run_over([self.sale(2, 500, 1)], days_ago=1)
        run = self.run_over([self.payout(1500, self.day_s + 60)])
        self.assertEqual(run["payouts"], [])
        self.run_over([self.sale(3, 1500, 2)], days_ago=2)
        # The day between has come: it alone adds up to the payout.
        run = self.run_over([self.payout(1500, self.day_s + 61)])
        self.assertEqual([payout["alternatives"] for payout in run["payouts"]], [1])
        self.run_over([self.sale(4, 1500, 4)], days_ago=4)
        run = self.run_over([self.payout(1500, self.day_s + 62)])
        self.assertEqual([payout["alternatives"] for payout in run["payouts"]], [2])

    def test_what_the_rate_does_not_give_is_named(self) -> None:
        _, payment = self.paid()
        row = self.charge(payment, 5300, 187, "0.9217")
        self.run_over([row])
        self.assertEqual(self.kinds(), ["exchange_unexplained"])
        found = self.till.call("discrepancy.list")["discrepancies"][0]
        self.assertEqual(found["expected"], {"currency": "EUR", "minor": 5346})
        self.assertEqual(found["actual"], {"currency": "EUR", "minor": 5300})
