"""The sandbox beside a gateway that moves money, and a sandbox that cannot be reached."""

from __future__ import annotations

import subprocess
from typing import Any

from tilltest.case import AlipayCase
from tilltest.client import RpcError, fresh_key
from tilltest.daemon import executable
from tilltest.setup import config


class SandboxBeside(AlipayCase):
    def configuration(self) -> dict[str, Any]:
        entries = [self.driver.entry(), {"name": "sandbox", "kind": "sandbox"}]
        return config(entries, self.scale)

    def at_sandbox(self) -> tuple[dict[str, Any], dict[str, Any]]:
        order = self.order()
        params = {"order": order["id"], "gateway": "sandbox", "method": "qr"}
        payment: dict[str, Any] = self.till.keyed("payment.create", **params)["payment"]
        return order, payment

    def test_only_what_is_paid_at_the_sandbox_is_a_test_and_the_log_says_so_again(self) -> None:
        real, _ = self.paid()
        order, payment = self.at_sandbox()
        self.till.call("sandbox.pay", payment=payment["id"], callback="lose")
        self.wait_for(order, "paid")
        self.assertIn("test", self.till.call("order.get", order=order["id"])["order"]["flags"])
        told = self.till.call("order.tell", order=order["id"], lang="en")["tell"]
        self.assertIn("no real money", told["buyer"])
        self.assertNotIn("test", self.till.call("order.get", order=real["id"])["order"]["flags"])
        tests = self.till.call("order.list", flag="test")["orders"]
        self.assertEqual([found["id"] for found in tests], [order["id"]])
        made = [e for e in self.events(order) if e["type"] == "payment.created"]
        self.assertEqual([e["data"].get("test") for e in made], [True])
        self.daemon.stop()
        words = [executable(), "rebuild", "--check", "--config", str(self.daemon.config_path)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_call_that_never_left_is_no_word_of_the_gateway(self) -> None:
        order = self.order()
        self.till.call("sandbox.behave", gateway="sandbox", fault="down")
        params = {"order": order["id"], "gateway": "sandbox", "method": "qr"}
        with self.assertRaises(RpcError):
            self.till.call("payment.create", idempotency_key=fresh_key(), **params)
        found = self.till.call("order.get", order=order["id"])["order"]
        payment = self.till.call("payment.get", payment=found["payments"][0])["payment"]
        self.assertEqual(payment["state"], "failed")
        evidence = payment["evidence"]
        self.assertEqual([(e["source"], "sha256" in e) for e in evidence], [("record", False)])
        told = self.till.call("order.tell", order=order["id"], lang="en")["tell"]
        self.assertIn("our own record: the call never left", told["support"])
        self.assertNotIn("the answer to the create call", told["support"])
