"""Very many clients at once: ten thousand connections, deaf subscribers, races for one thing."""

from __future__ import annotations

import resource
from typing import Any

from tilltest.client import Client, LineSocket, fresh_key
from tilltest.crashcase import rounds
from tilltest.faultcase import CNY, FaultCase, descriptors, resident_kib

CONNECTIONS = 10_000
DEAF = 64
RIVALS = 64
# Descriptors of connections to the store that are made when they are first needed.
READERS = 16


class Crowd(FaultCase):
    def test_ten_thousand_connections(self) -> None:
        wanted = 2 * CONNECTIONS
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < CONNECTIONS + 200:
            self.skipTest(f"this machine allows {hard} descriptors")
        high = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (high, hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        limit = CONNECTIONS + 100
        daemon = self.daemon_with(
            {"limits": {"connections": limit, "connections_per_uid": limit}}
        )
        before = resident_kib(daemon), descriptors(daemon)
        lines = [LineSocket(daemon.socket, 60) for _ in range(CONNECTIONS)]
        for line in lines:
            self.assertEqual(line.read()["method"], "session.greeting")
        for line in lines[::10]:
            line.send({"id": 1, "method": "events.subscribe", "params": {"after": "now"}})
        for line in lines[::10]:
            # "now" is when a subscription is taken up: only from this mark on is it owed events.
            self.assertTrue(line.read()["params"]["caught_up"])
        lines[-1].send({"id": 2, "method": "protocol.ping"})
        self.assertEqual(lines[-1].read()["id"], 2)
        with Client(daemon.socket) as client:
            self.order(client, "CROWD-1")
            count = client.call("server.status")["connections"]
            self.assertEqual(count, CONNECTIONS + 1)
            for line in lines[::1000]:
                while "event" not in line.read()["params"]:
                    pass
            grown = resident_kib(daemon) - before[0]
            print(f"{CONNECTIONS} connections: {grown} KiB more, {grown / CONNECTIONS:.1f} each")
            self.assertLess(grown, 400 * 1024)
            for line in lines:
                line.close()
            self.eventually(
                lambda: client.call("server.status")["connections"] == 1, "all are gone", 60
            )
        self.eventually(
            lambda: descriptors(daemon) <= before[1] + READERS, "descriptors are given back"
        )

    def test_subscribers_that_never_read_hold_up_nobody(self) -> None:
        daemon = self.daemon_with({})
        deaf = [self.line(daemon) for _ in range(DEAF)]
        for line in deaf:
            line.send({"id": 1, "method": "events.subscribe", "params": {"after": "oldest"}})
        with Client(daemon.socket) as client:
            listener = self.line(daemon)
            types = {"after": "now", "types": ["order.created"]}
            listener.send({"id": 1, "method": "events.subscribe", "params": types})
            for index in range(800):
                self.order(client, f"DEAF-{index}", subject="s" * 250)
            heard = 0
            while heard < 800:
                heard += "event" in listener.read()["params"]
            self.eventually(
                lambda: sum(c["output_bytes"] > 0 for c in self.held(client)) > DEAF // 2,
                "most have something waiting",
            )
            held = self.held(client)
            # A position in the log, not a queue: nobody holds more than a piece of it.
            self.assertLess(max(c["output_bytes"] for c in held), 512 * 1024)
            self.assertTrue(client.call("audit.verify")["ok"])
        for line in deaf[:2]:
            numbers = [m["params"]["event"]["seq"] for m in self.items(line, 800)]
            self.assertEqual(numbers, sorted(numbers))

    def held(self, client: Client) -> list[dict[str, Any]]:
        connections: list[dict[str, Any]] = client.call("server.connections")["connections"]
        return connections

    def items(self, line: LineSocket, count: int) -> list[dict[str, Any]]:
        """Who begins to read after all gets everything, in order."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            message = line.read()
            if message.get("method") == "events.item":
                found.append(message)
        return found


class Races(FaultCase):
    """Sixty-four clients ask for the same thing in the same moment; one gets it."""

    def test_one_delivery_and_one_refund(self) -> None:
        daemon = self.daemon_with({})
        lines = [self.line(daemon) for _ in range(RIVALS)]
        with Client(daemon.socket) as client:
            for number in range(rounds(10, 1_000)):
                order, payment = self.paid(client, f"RACE-{number}")
                self.one_wins(lines, "delivery.claim", {"order": order}, "already_claimed")
                claim = self.winner["claim"]
                client.call("delivery.complete", claim=claim)
                wish = {"payment": payment, "amount": CNY}
                self.one_wins(lines, "refund.create", wish, "refund_exceeds_paid")
                self.refunded_once(client, payment)

    def one_wins(
        self, lines: list[LineSocket], method: str, params: dict[str, Any], code: str
    ) -> None:
        """Every second rival sends its request twice under one key, as a shop that tries again."""
        keys = [fresh_key(f"race-{index // 2}") for index in range(RIVALS)]
        for index in range(0, RIVALS, 4):
            keys[index + 1] = keys[index]
        for line, key in zip(lines, keys, strict=True):
            line.send({"id": 7, "method": method, "params": params | {"idempotency_key": key}})
        won: dict[str, list[Any]] = {}
        for line, key in zip(lines, keys, strict=True):
            reply = line.read(60)
            if "result" in reply:
                won.setdefault(key, []).append(reply["result"])
            else:
                self.assertEqual(reply["error"]["data"]["code"], code, reply)
        self.assertEqual(len(won), 1, f"{method}: {len(won)} winners")
        (results,) = won.values()
        self.winner: dict[str, Any] = results[0]

    def paid(self, client: Client, number: str) -> tuple[str, str]:
        order = self.order(client, number)["id"]
        payment = client.keyed("payment.create", order=order, gateway="sandbox")["payment"]["id"]
        client.call("sandbox.pay", payment=payment)
        waited = client.call("order.wait", order=order, until=["paid"], wait_ms=20_000)
        self.assertEqual(waited["reached"], "paid")
        return order, payment

    def refunded_once(self, client: Client, payment: str) -> None:
        def done() -> bool:
            found = client.call("refund.list", payment=payment)["refunds"]
            self.assertEqual(len(found), 1)
            return bool(found[0]["state"] == "succeeded")

        self.eventually(done, "the refund succeeded")
        number = client.call("payment.get", payment=payment)["payment"]["out_trade_no"]
        trades = client.call("sandbox.books")["trades"]
        (trade,) = [t for t in trades if t["out_trade_no"] == number]
        self.assertEqual(trade["refunded"]["minor"], CNY["minor"])
