"""Work for people with the real daemon: crashes and races between two persons, what lies on disk."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tilltest.atonce import at_once, refusals, results
from tilltest.client import Client, fresh_key
from tilltest.daemon import Daemon, executable
from tilltest.faultcase import FaultCase
from tilltest.setup import TOKENS, operators

SECRET = "the buyer lives at Elm Street 7"


class Cases(FaultCase):
    def desk(self) -> Daemon:
        return self.daemon_with({"operators": operators()})

    def operator(self, daemon: Daemon, name: str) -> Client:
        client = Client(daemon.socket, TOKENS[name])
        self.addCleanup(client.close)
        return client

    def opened(self, client: Client, **more: Any) -> dict[str, Any]:
        case: dict[str, Any] = client.keyed("case.open", kind="buyer_claim", **more)["case"]
        return case

    def test_killed_between_the_cause_and_the_second_person(self) -> None:
        daemon = self.desk()
        key = fresh_key()
        wish = {"kind": "other", "severity": "high", "text": "x", "idempotency_key": key}
        case = self.operator(daemon, "amy").call("case.open", **wish)["case"]
        daemon.restart(kill=True)
        amy = self.operator(daemon, "amy")
        self.assertEqual(amy.call("case.open", **wish)["case"], case)
        amy.keyed("case.resolve", case=case["id"], cause="bank_delay")
        daemon.restart(kill=True)
        amy, bob = self.operator(daemon, "amy"), self.operator(daemon, "bob")
        refused = amy.refused("case.confirm", case=case["id"])
        self.assertEqual(refused.code, "second_person_required")
        agreed = bob.call("case.confirm", case=case["id"])["case"]
        self.assertEqual((agreed["state"], agreed["proposed_by"]), ("resolved", "operator:amy"))
        daemon.restart(kill=True)
        with daemon.client() as client:
            self.assertEqual(client.call("case.get", case=case["id"])["case"], agreed)
            self.assertTrue(client.call("audit.verify")["ok"])

    def test_of_many_who_confirm_at_once_one_does(self) -> None:
        daemon = self.desk()
        case = self.opened(self.operator(daemon, "amy"), severity="high")
        self.operator(daemon, "amy").call("case.resolve", case=case["id"], cause="fraud")
        people = [self.operator(daemon, name) for name in ("bob", "amy", "bob", "amy", "bob")]

        def confirm(client: Client) -> Any:
            return client.call("case.confirm", case=case["id"])["case"]["state"]

        told = at_once(people, confirm)
        outcomes = results(told) + refusals(told)
        self.assertEqual(outcomes.count("resolved"), 1, outcomes)
        with daemon.client() as client:
            self.assertEqual(
                client.call("case.get", case=case["id"])["case"]["resolved_by"], "operator:bob"
            )
            types = ["case.resolved"]
            events = client.call("events.read", after="oldest", types=types)["events"]
            self.assertEqual(len(events), 1)

    def test_what_people_write_is_sealed_and_goes_with_the_buyer(self) -> None:
        daemon = self.desk()
        amy = self.operator(daemon, "amy")
        order = self.order(amy, "CASE-1")
        case = self.opened(amy, links=[order["id"]], text=SECRET)
        notes = amy.call("case.get", case=case["id"])["notes"]
        self.assertEqual([note["text"] for note in notes], [SECRET])
        with daemon.client() as client:
            client.call("order.erase_personal", order=order["id"])
        self.assertEqual(amy.call("case.get", case=case["id"])["notes"], [])
        daemon.stop()
        for path in daemon.state.rglob("*"):
            if path.is_file():
                self.assertNotIn(SECRET.encode(), path.read_bytes(), path.name)

    def test_the_command_line_shows_what_is_to_be_done(self) -> None:
        daemon = self.desk()
        case = self.opened(self.operator(daemon, "amy"), text="paid twice")
        till = Path(executable()).parent / "till"

        def printed(*words: str) -> str:
            done = subprocess.run(
                [str(till), "--socket", daemon.socket, *words],
                capture_output=True,
                text=True,
                timeout=60,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stdout

        table = printed("case", "list", "--live")
        self.assertIn(case["id"], table)
        self.assertIn("buyer_claim", table)
        printed("case", "note", case["id"], "--text", "asked", "--waiting-for", "gateway")
        shown = json.loads(printed("case", "show", case["id"], "--json").splitlines()[-1])
        self.assertEqual(shown["state"], "waiting_gateway")
        self.assertIn("cause", printed("case", "resolve", "--help"))
        self.assertIn("undecided", printed("discrepancy", "summary", "--json"))
