"""A bill of very many rows: nobody waits for it, and a crash in the middle leaves nothing.

The orders of the day are written into the store by hand while no daemon runs, as copies of one that
was paid. `TILL_BILL_ROWS=200000` makes it a large one and prints how long others waited.
"""

from __future__ import annotations

import datetime
import os
import sqlite3
import threading
import time
import unittest
from contextlib import closing
from typing import Any

from tilltest.bills import uploaded
from tilltest.case import eventually
from tilltest.client import Client, Closed, RpcError
from tilltest.daemon import Daemon
from tilltest.setup import config

ROWS = int(os.environ.get("TILL_BILL_ROWS", "30000"))
# A run is long where there is much to write.
PATIENCE_S = 60.0
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MAPPING = {
    "name": "large_day",
    "charset": "utf-8",
    "columns": {
        "time": "time", "transaction": "trade", "reference": "number", "kind": "kind",
        "amount": "amount", "fee": "fee",
    },
    "amounts": "by_kind",
    "fee_sign": "by_kind",
    "currency": "CNY",
    "kinds": {"charge": "charge"},
    "time": {"order": "ymd", "zone": "+00:00"},
}


def base32(number: int, length: int) -> str:
    text = ""
    for _ in range(length):
        text = LETTERS[number % 32] + text
        number //= 32
    return text


class Waits(threading.Thread):
    """Creates orders, one after the other, and keeps how long each took."""

    def __init__(self, daemon: Daemon) -> None:
        super().__init__()
        self.client = daemon.client()
        self.halted = threading.Event()
        self.taken: list[float] = []

    def run(self) -> None:
        amount = {"currency": "CNY", "minor": 990}
        while not self.halted.is_set():
            began = time.monotonic()
            try:
                self.client.keyed("order.create", amount=amount, subject="会员")
            except (Closed, OSError):
                return
            self.taken.append(time.monotonic() - began)
            time.sleep(0.002)

    def end(self) -> tuple[float, int]:
        """The longest wait in seconds, and how many there were."""
        self.halted.set()
        self.join()
        return max(self.taken), len(self.taken)


class LargeBills(unittest.TestCase):
    def setUp(self) -> None:
        self.daemon = Daemon(config([{"name": "sandbox", "kind": "sandbox"}]))
        self.addCleanup(self.daemon.close)
        self.daemon.start()
        till = self.daemon.client()
        made = till.keyed("order.create", amount={"currency": "CNY", "minor": 990}, subject="会员")
        payment = till.keyed("payment.create", order=made["order"]["id"], gateway="sandbox")
        till.call("sandbox.pay", payment=payment["payment"]["id"], callback="deliver")
        till.call("order.wait", order=made["order"]["id"], until=["paid"], wait_ms=10_000)
        paid = till.call("payment.get", payment=payment["payment"]["id"])["payment"]
        self.daemon.stop()
        # Noon, far from the ends of the day.
        noon = paid["paid_at"] // 86_400_000 * 86_400_000 - 43_200_000
        self.noon = datetime.datetime.fromtimestamp(noon / 1000, datetime.timezone.utc)
        self.fill(paid["id"], noon)
        self.daemon.start()
        self.till = self.daemon.client()
        self.till.line.timeout_s = PATIENCE_S

    def fill(self, like: str, at_ms: int) -> None:
        """So many orders of the day, each paid as the one that is there was."""
        store = sqlite3.connect(self.daemon.state / "till.db")
        with store:
            for table, where in [
                ("orders", f"key=(SELECT order_key FROM payments WHERE id='{like}')"),
                ("payments", f"id='{like}'"),
            ]:
                names = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
                model = dict(zip(names, store.execute(
                    f"SELECT * FROM {table} WHERE {where}").fetchone()))
                marks = ",".join("?" * len(names))
                sql = f"INSERT INTO {table}({','.join(names)}) VALUES ({marks})"
                store.executemany(sql, (
                    [self.changed(model, table, number, at_ms)[name] for name in names]
                    for number in range(ROWS)))
        store.close()

    def changed(
        self, model: dict[str, Any], table: str, number: int, at_ms: int
    ) -> dict[str, Any]:
        tail = base32(number, 8)
        own = {"key": 1000 + number, "id": model["id"][:-8] + tail, "paid_at": at_ms}
        if table == "orders":
            return model | own | {"number": None}
        return model | own | {
            "order_key": 1000 + number, "out_trade_no": f"N{tail}", "gateway_txn_id": f"T{tail}"}

    def bill(self, missing: int) -> bytes:
        """All but the last `missing` of the day's payments, and as many that nobody knows."""
        at = f"{self.noon:%Y-%m-%d %H:%M:%S}"
        lines = ["time,trade,number,kind,amount,fee"]
        for number in range(ROWS - missing):
            tail = base32(number, 8)
            lines.append(f"{at},T{tail},N{tail},charge,9.90,0.00")
        lines += [f"{at},S{n},STRANGER{n},charge,9.90,0.00" for n in range(missing)]
        return ("\n".join(lines) + "\n").encode()

    def take_in(self, till: Client, content: bytes) -> str:
        return self.import_sent(till, uploaded(till, content))

    def import_sent(self, till: Client, begun: str) -> str:
        day = self.noon.replace(hour=0)
        from_ms = int(day.timestamp() * 1000)
        taken = till.call(
            "statement.import", statement=begun, gateway="sandbox", mapping=MAPPING,
            from_at=from_ms, to_at=from_ms + 86_400_000)
        return str(taken["statement"]["id"])

    def say(self, what: str, waits: Waits, began: float) -> None:
        longest, count = waits.end()
        if ROWS >= 100_000:
            print(
                f"\n{ROWS} rows: {what} took {time.monotonic() - began:.2f} s; of {count} orders "
                f"made meanwhile the slowest took {longest * 1000:.0f} ms")

    def test_others_do_not_wait_for_it(self) -> None:
        waits, began = Waits(self.daemon), time.monotonic()
        waits.start()
        statement = self.take_in(self.till, self.bill(missing=3))
        self.say("sending and importing", waits, began)
        for again in range(2):
            waits, began = Waits(self.daemon), time.monotonic()
            waits.start()
            run = self.till.call("recon.run", statement=statement)["run"]
            self.say("a run" if again == 0 else "the run again", waits, began)
            self.assertEqual(run["matched"], ROWS - 3)
            self.assertEqual((run["opened"], run["known"]), (0, 6) if again else (6, 0))
        self.assertTrue(self.daemon.client().call("audit.verify")["ok"])

    def rows_of(self, table: str) -> int:
        with closing(sqlite3.connect(self.daemon.state / "till.db")) as store:
            return int(store.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def unpaid(self) -> dict[str, Any]:
        """A payment that nobody has paid yet."""
        made = self.till.keyed(
            "order.create", amount={"currency": "CNY", "minor": 990}, subject="会员")
        payment: dict[str, Any] = self.till.keyed(
            "payment.create", order=made["order"]["id"], gateway="sandbox")["payment"]
        return payment

    def kinds(self, run: dict[str, Any]) -> list[str]:
        """Of the differences that a run opened."""
        found = self.till.call("discrepancy.list", run=run["id"])["discrepancies"]
        return sorted(difference["kind"] for difference in found)

    def begin(self, statement: str) -> int:
        """A run whose rows are being written."""
        asked = self.till.start("recon.run", statement=statement)
        limit = time.monotonic() + PATIENCE_S
        while not self.rows_of("loose_matches"):
            self.assertLess(time.monotonic(), limit, "its rows were never written")
        return asked

    def test_what_is_paid_meanwhile_is_compared_anew_by_itself(self) -> None:
        lost = self.unpaid()
        at = f"{self.noon:%Y-%m-%d %H:%M:%S}"
        row = f"{at},TLOST,{lost['out_trade_no']},charge,9.90,0.00\n"
        statement = self.take_in(self.till, self.bill(missing=0) + row.encode())
        asked = self.begin(statement)
        other = self.daemon.client()
        other.call("sandbox.pay", payment=lost["id"], callback="deliver")
        other.call("order.wait", order=lost["order"], until=["paid"], wait_ms=10_000)
        self.assertEqual(self.rows_of("runs"), 0, "it was over too soon for this test")
        run = self.till.finish(asked, "recon.run")["run"]
        # The bill has another number for it than the gateway told: what was told meanwhile was seen.
        self.assertEqual((run["matched"], run["filled_back"]), (ROWS, 0), run)
        self.assertEqual(self.kinds(run), ["gateway_number"])
        self.assertEqual(self.rows_of("matches"), ROWS + 1)
        order = self.till.call("order.get", order=lost["order"])["order"]
        self.assertEqual((order["captured"]["minor"], order["pay_state"]), (990, "paid"))
        self.assertTrue(self.till.call("audit.verify")["ok"])

    def test_a_bill_issued_again_meanwhile_takes_its_place(self) -> None:
        wrong = self.take_in(self.till, self.bill(missing=3))
        newer = uploaded(self.till, self.bill(missing=0))
        asked = self.begin(wrong)
        right = self.import_sent(self.daemon.client(), newer)
        try:
            self.till.finish(asked, "recon.run")
        except RpcError as refused:
            self.assertEqual(refused.code, "statement_superseded")
        run = self.till.call("recon.run", statement=right)["run"]
        # Three rows of the first one are gone, and three are new.
        self.assertEqual((run["matched"], self.kinds(run)), (ROWS, ["statement_unsound"] * 6))
        eventually(lambda: not self.rows_of("loose_matches"), "what was written is swept away")
        self.assertEqual((self.rows_of("matches"), self.rows_of("match_pieces")), (ROWS, ROWS))
        self.assertTrue(self.till.call("audit.verify")["ok"])

    def test_a_kill_in_the_middle_leaves_nothing_and_the_run_comes_out_the_same(self) -> None:
        statement = self.take_in(self.till, self.bill(missing=3))
        self.begin(statement)
        self.daemon.kill()
        self.assertGreater(self.rows_of("match_pieces"), 0)
        self.assertEqual((self.rows_of("matches"), self.rows_of("runs")), (0, 0))
        self.daemon.start()
        self.till = self.daemon.client()
        self.till.line.timeout_s = PATIENCE_S
        eventually(lambda: not self.rows_of("match_pieces"), "what was written is swept away")
        self.assertEqual(self.rows_of("discrepancies"), 0)
        run = self.till.call("recon.run", statement=statement)["run"]
        self.assertEqual((run["matched"], run["opened"]), (ROWS - 3, 6))
        self.assertEqual(self.rows_of("matches"), ROWS - 3)
        again = self.till.call("recon.run", statement=statement)["run"]
        self.assertEqual((again["matched"], again["opened"], again["known"]), (ROWS - 3, 0, 6))
        self.assertTrue(self.till.call("audit.verify")["ok"])
