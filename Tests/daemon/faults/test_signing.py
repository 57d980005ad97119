"""Two persons stand for a run: what they sign, made again here; crashes and races between them."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Any

from tilltest.atonce import at_once, refusals, results
from tilltest.bills import uploaded
from tilltest.client import Client, fresh_key
from tilltest.daemon import Daemon
from tilltest.faultcase import FaultCase
from tilltest.setup import TOKENS, operators

HEADING = (
    "支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,商家实收（元）,"
    "退款批次号/请求号,服务费（元）"
)


def bill(rows: list[int]) -> bytes:
    """Money that no order knows, in fen."""
    yuan = [f"{fen // 100}.{fen % 100:02d}" for fen in rows]
    lines = ["#支付宝业务明细查询", HEADING]
    for number, amount in enumerate(yuan):
        lines.append(f"X{number},N{number},交易,2026-01-05 09:30:00,{amount},{amount},,0.00")
    total = f"{sum(rows) // 100}.{sum(rows) % 100:02d}"
    lines.append(f"#交易合计：{len(rows)}笔，商家实收共{total}元")
    return ("\n".join(lines) + "\n").encode()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Signing(FaultCase):
    def desk(self) -> Daemon:
        return self.daemon_with({"operators": operators()})

    def operator(self, daemon: Daemon, name: str) -> Client:
        client = Client(daemon.socket, TOKENS[name])
        self.addCleanup(client.close)
        return client

    def reconciled(self, client: Client, rows: list[int]) -> dict[str, Any]:
        statement = uploaded(client, bill(rows))
        client.call("statement.import", statement=statement, gateway="sandbox")
        run: dict[str, Any] = client.call("recon.run", statement=statement)["run"]
        return run

    def found(self, client: Client, run: dict[str, Any]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = client.call("discrepancy.list", run=run["id"])["discrepancies"]
        return sorted(rows, key=lambda row: str(row["id"]))

    def decide(self, client: Client, discrepancy: dict[str, Any], verb: str, **more: Any) -> str:
        decided = client.keyed(
            "discrepancy.propose",
            discrepancy=discrepancy["id"],
            verb=verb,
            reason="checked\nby hand",
            **more,
        )
        return str(decided["discrepancy"]["state"])

    def page(self, client: Client, run: dict[str, Any]) -> str:
        """As chapter 13 of the contract states it, made of what the wire tells."""
        told = client.call("recon.get", run=run["id"])
        run, left = told["run"], told["to_sign"]["left_open"]
        excuses = {one["discrepancy"]: one["reason"] for one in left}
        lines = [
            "till sign-off 1",
            f"run {run['id']} {run['statement']} {run['sha256']}",
            f"rows {run['statement_rows']} {run['local_rows']} {run['filled_back']}",
        ]
        for side in ("statement", "local"):
            for bucket in run[f"{side}_buckets"]:
                total = bucket["sum"]
                lines.append(
                    f"bucket {side} {bucket['bucket']} {bucket['rows']} "
                    f"{total['currency']} {total['minor']}"
                )
        for row in self.found(client, run):
            head = (
                f"discrepancy {row['id']} {row['kind']} {row['expected']['currency']} "
                f"{row['expected']['minor']} {row['actual']['minor']}"
            )
            lines.append(f"{head} {self.ending(row, excuses)}")
        return "\n".join(lines) + "\n"

    def ending(self, row: dict[str, Any], excuses: dict[str, str]) -> str:
        if row["id"] in excuses:
            return f"left_open {excuses[row['id']]}"
        if row["state"] != "resolved":
            return str(row["state"])
        end = f"{row['resolution']} {row['resolved_by']}"
        if row["resolution"] != "adjudicated":
            return end
        wish = row["adjudication"]
        partner = wish.get("partner", "-")
        return f"{end} {wish['verb']} {wish['proposed_by']} {partner} {sha256(wish['reason'])}"

    def test_the_digest_is_that_of_the_page_that_the_contract_states(self) -> None:
        daemon = self.desk()
        amy, bob = self.operator(daemon, "amy"), self.operator(daemon, "bob")
        run = self.reconciled(amy, [900, 1050, 90_000, 700])
        rows = self.found(amy, run)
        self.assertEqual(len(rows), 4)
        large = next(row for row in rows if row["level"] == "two_persons")
        small = [row for row in rows if row["level"] != "two_persons"]
        self.assertEqual(self.decide(amy, large, "write_off"), "proposed")
        bob.keyed("discrepancy.confirm", discrepancy=large["id"])
        self.decide(amy, small[0], "move_to_suspense")
        self.decide(amy, small[1], "wait_until", until=4_102_444_800_000)
        for _ in range(2):
            told = amy.call("recon.get", run=run["id"])["to_sign"]
            self.assertEqual(told["sha256"], sha256(self.page(amy, run)))
            if told["undecided"]:
                self.decide(amy, small[2], "accept_gateway")
        self.assertEqual(told["undecided"], 0)
        for person in (amy, bob):
            signed = person.keyed("recon.sign", run=run["id"], sha256=told["sha256"])
        self.assertEqual(signed["run"]["sign_off"]["state"], "signed")
        events = amy.call("events.read", after="oldest", types=["recon.half_signed", "recon.signed"])
        digests = [event["data"]["sha256"] for event in events["events"]]
        self.assertEqual(digests, [told["sha256"]] * 2)

    def test_killed_between_the_two_names_the_first_one_stands(self) -> None:
        daemon = self.desk()
        run = self.reconciled(self.operator(daemon, "amy"), [900, 90_000])
        rows = self.found(self.operator(daemon, "amy"), run)
        for row in rows:
            state = self.decide(self.operator(daemon, "amy"), row, "write_off")
            if state == "proposed":
                daemon.restart(kill=True)
                self.operator(daemon, "bob").keyed("discrepancy.confirm", discrepancy=row["id"])
        key = fresh_key()
        first = self.operator(daemon, "amy").call("recon.sign", run=run["id"], idempotency_key=key)
        daemon.restart(kill=True)
        amy, bob = self.operator(daemon, "amy"), self.operator(daemon, "bob")
        again = amy.call("recon.sign", run=run["id"], idempotency_key=key)
        self.assertTrue(again["replayed"])
        self.assertEqual(again["run"], first["run"])
        bob.keyed("recon.sign", run=run["id"])
        daemon.restart(kill=True)
        with daemon.client() as client:
            audit = client.call("audit.verify")
            self.assertTrue(audit["ok"])
            self.assertEqual(audit["sign_offs"], 1)

    def test_of_two_who_sign_at_once_one_is_first_and_nobody_signs_twice(self) -> None:
        daemon = self.desk()
        amy = self.operator(daemon, "amy")
        run = self.reconciled(amy, [900])
        self.decide(amy, self.found(amy, run)[0], "write_off")
        people = [self.operator(daemon, name) for name in ("amy", "amy", "bob", "bob")]

        def sign(client: Client) -> Any:
            return client.keyed("recon.sign", run=run["id"])["run"]["sign_off"]["state"]

        told = at_once(people, sign)
        outcomes = results(told) + refusals(told)
        self.assertEqual(outcomes.count("half_signed"), 1, outcomes)
        names = amy.call("recon.get", run=run["id"])["run"]["sign_off"]
        self.assertNotEqual(names["first_by"], names.get("second_by"))
        # Where bob was first, amy is not of the lead and cannot be second.
        second = "signed" if names["first_by"] == "operator:amy" else "half_signed"
        self.assertEqual(names["state"], second, outcomes)

    def test_a_row_changed_in_the_file_is_found(self) -> None:
        daemon = self.desk()
        amy, bob = self.operator(daemon, "amy"), self.operator(daemon, "bob")
        run = self.reconciled(amy, [900])
        self.decide(amy, self.found(amy, run)[0], "write_off")
        amy.keyed("recon.sign", run=run["id"])
        bob.keyed("recon.sign", run=run["id"])
        daemon.stop()
        path = next(p for p in daemon.state.glob("*.db") if p.name != "sandbox.db")
        books = sqlite3.connect(path)
        books.execute("UPDATE discrepancies SET actual = 90000")
        books.commit()
        books.close()
        daemon.start()
        with daemon.client() as client:
            audit = client.call("audit.verify")
            self.assertFalse(audit["ok"])
            self.assertEqual(audit["bad_sign_off"], run["id"])
