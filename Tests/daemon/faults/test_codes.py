"""Error codes that need more than a dialogue: a damaged row, a restored store, wrong keys."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from typing import Any

from tilltest.case import AlipayCase
from tilltest.client import Client, RpcError, fresh_key
from tilltest.daemon import executable
from tilltest.faultcase import CNY, FaultCase
from tilltest.setup import TOKENS, operators


class Poisoned(FaultCase):
    def test_one_damaged_order_is_frozen_and_the_shop_goes_on(self) -> None:
        daemon = self.daemon_with({})
        with Client(daemon.socket) as client:
            for number in ("BAD-1", "GOOD-1"):
                self.order(client, number)
                made = client.keyed("payment.create", order=number, gateway="sandbox")["payment"]
                client.call("sandbox.pay", payment=made["id"])
                client.call("order.wait", order=number, until=["paid"], wait_ms=10_000)
            bad = client.call("order.get", order="BAD-1")["order"]
        daemon.stop()
        files = [p for p in daemon.state.glob("*.db") if p.name != "sandbox.db"]
        other = sqlite3.connect(files[0])
        payment = bad["payments"][0]
        other.execute("UPDATE payments SET evidence = NULL WHERE id = ?", (payment,))
        self.assertEqual(other.total_changes, 1)
        other.commit()
        other.close()
        daemon.start()
        with Client(daemon.socket) as client:
            first = client.refused("delivery.claim", order="BAD-1", idempotency_key=fresh_key())
            self.assertEqual(first.code, "internal")
            self.assertTrue(first.data["ref"])
            self.assertIn("frozen", client.call("order.get", order="BAD-1")["order"]["flags"])
            again = client.refused("delivery.claim", order="BAD-1", idempotency_key=fresh_key())
            self.assertEqual(again.code, "order_frozen")
            self.assertEqual(again.data["details"]["order"], bad["id"])
            self.assertTrue(client.keyed("delivery.claim", order="GOOD-1")["claim"])


class Restored(FaultCase):
    def test_no_money_and_no_goods_move_that_may_have_moved_since(self) -> None:
        daemon = self.daemon_with(
            {"backup_dir": "$dir/backup", "time": {"scale": 20}, "operators": operators()}
        )
        with Client(daemon.socket) as client:
            epoch = client.greeting["epoch"]
            paid = self.pay(client, "PAID-1")
            self.order(client, "OPEN-1")
            client.keyed("payment.create", order="OPEN-1", gateway="sandbox")
            name = client.call("server.backup", name="copy")["name"]
            cursor = client.call("order.list")["cursor"]
            # The gateway cannot be asked, so the daemon stays as it is after a restore.
            client.call("sandbox.behave", fault="down")
        daemon.stop()
        found = list((daemon.folder / "backup").glob(f"{name}*"))
        self.assertEqual(len(found), 1, found)
        words = [executable(), "restore", str(found[0]), "--config", str(daemon.config_path)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        daemon.start(wait=False)
        self.eventually(lambda: self.answers(daemon.socket), "it answers")
        with Client(daemon.socket) as client:
            self.assertNotEqual(client.greeting["epoch"], epoch)
            self.eventually(lambda: self.state(client) != "starting", "it has read its store")
            self.assertEqual(self.state(client), "recovering")
            error = client.refused(
                "refund.create", payment=paid, amount=CNY, idempotency_key=fresh_key()
            )
            self.assertEqual(error.code, "recovering")
            claim = client.refused("delivery.claim", order="PAID-1", idempotency_key=fresh_key())
            self.assertEqual(claim.code, "recovering")
            self.assertEqual(claim.data["details"]["gateway"], "sandbox")
            self.assertGreaterEqual(claim.data["details"]["open"], 1)
            self.assertEqual(client.call("order.get", order="PAID-1")["order"]["pay_state"], "paid")
            foreign = client.refused("events.read", after=cursor)
            self.assertEqual(foreign.code, "cursor_foreign")
            client.call("sandbox.behave", fault="none")
            self.eventually(lambda: self.state(client) == "ready", "all were asked", 60)
            self.people_decide(daemon.socket, client, paid)

    def people_decide(self, socket: str, client: Client, paid: str) -> None:
        """Neither whether the goods went out nor what was given back is known any more."""
        claim = client.refused("delivery.claim", order="PAID-1", idempotency_key=fresh_key())
        self.assertEqual(claim.code, "delivery_failed")
        order = client.call("order.get", order="PAID-1")["order"]
        self.assertEqual(order["delivery_state"], "failed")
        self.assertIn("attention", order["flags"])
        with Client(socket, TOKENS["amy"]) as amy:
            refund = amy.keyed("refund.create", payment=paid, amount=CNY, reason="x")["refund"]
            self.assertEqual(refund["state"], "requested")
            amy.call("refund.reject", refund=refund["id"], reason="given back already")
            amy.call("delivery.retry", order="PAID-1", reason="still in the drawer")
            self.assertTrue(client.keyed("delivery.claim", order="PAID-1")["claim"])

    def state(self, client: Client) -> str:
        return str(client.call("server.health")["state"])

    def answers(self, path: str) -> bool:
        try:
            Client(path).close()
        except OSError:
            return False
        return True

    def pay(self, client: Client, number: str) -> str:
        self.order(client, number)
        payment = client.keyed("payment.create", order=number, gateway="sandbox")["payment"]
        client.call("sandbox.pay", payment=payment["id"])
        client.call("order.wait", order=number, until=["paid"], wait_ms=10_000)
        return str(payment["id"])


class Starting(FaultCase):
    def test_whatever_is_asked_in_the_first_moment_is_answered(self) -> None:
        """Done, or refused with `starting`; never lost, never both."""
        for index in range(5):
            daemon = self.unstarted()
            daemon.start(wait=False)
            while True:
                try:
                    client = Client(daemon.socket)
                    break
                except OSError:
                    self.assertTrue(daemon.running(), daemon.log())
                    time.sleep(0.001)
            self.addCleanup(client.close)
            key = f"first-{index:04}"
            try:
                self.order(client, f"FIRST-{index}", idempotency_key=key)
                want = "done"
            except RpcError as error:
                self.assertEqual((error.code, error.data["outcome"]), ("starting", "none"))
                want = "absent"
            self.assertEqual(client.call("key.lookup", key=key)["state"], want)


class Unauthorized(AlipayCase):
    scale = 1

    def configuration(self) -> dict[str, Any]:
        whole = super().configuration()
        whole["gateways"][0]["app_id"] = "2099000000000099"
        return whole

    def test_an_application_the_gateway_does_not_know(self) -> None:
        order = self.order()
        try:
            payment = self.pay_request(order)
        except RpcError as error:
            self.assertEqual(error.code, "gateway_auth")
            return
        self.assertEqual(payment["state"], "unknown")
        for _ in range(100):
            try:
                found = self.till.call("payment.query", payment=payment["id"])
            except RpcError as error:
                self.assertEqual(error.code, "gateway_auth")
                self.assertEqual(error.data["outcome"], "none")
                return
            # The schedule asked a moment ago: its answer counts, and nobody was asked.
            self.assertFalse(found["asked"])
            time.sleep(0.1)
        self.fail("the gateway was never asked")
