"""Limits of time at their edge: the daemon's clocks are held, and moved to the millisecond.

A held clock wakes nobody, so a test pokes the daemon to look: a write for what the engine decides,
a second of real time for what a connection's housekeeping does. That something did not happen is
looked at after the housekeeping had time to do it; where it had none, the test proves less and
never fails for it.
"""

from __future__ import annotations

import time
from typing import Any

from tilltest.client import Client, LineSocket, NoLine, RpcError
from tilltest.faultcase import code
from tilltest.limitcase import DAY_MS, HOUSEKEEPING_S, LIMITS, HeldCase

PING = b'{"id":"ping","method":"protocol.ping"}\n'
HOUR_MS = 3_600_000


class Connections(HeldCase):
    def test_a_line_has_its_time_and_not_a_millisecond_more(self) -> None:
        line = self.line(self.held())
        limit = LIMITS["line_partial"]
        self.begin(line)
        self.clock.advance(limit - 1)
        self.silent(line)
        line.send_bytes(b'"method":"protocol.ping"}\n')
        self.assertEqual(line.read()["id"], 1)
        self.begin(line)
        self.clock.advance(limit)
        self.assertEqual([code(m) for m in self.assert_ended(line)], ["line_timeout"] * 2)

    def begin(self, line: LineSocket) -> None:
        """The first bytes of a line, which the daemon has seen: it read them with the ping."""
        line.send_bytes(PING + b'{"id":1,')
        self.assertEqual(line.read()["id"], "ping")

    def test_who_takes_no_byte_for_its_time_is_closed(self) -> None:
        deaf = self.line(self.held())
        deaf.send({"id": 1, "method": "session.hello", "params": {"client": "deaf"}})
        for number in (2, 3):
            deaf.send({"id": number, "method": "protocol.describe"})
        self.eventually(lambda: self.is_answered("deaf", 3), "output waits for the deaf one")
        self.turn_of_each_loop()
        self.clock.advance(LIMITS["output_stalled"] - 1)
        time.sleep(HOUSEKEEPING_S)
        self.assertTrue(self.is_answered("deaf", 3))
        self.clock.advance(1)
        self.eventually(lambda: not self.is_answered("deaf", 3), "the deaf one is closed")

    def is_answered(self, client: str, requests: int) -> bool:
        """Whether that connection is open, with so many requests answered and not taken."""
        with Client(self.daemon.socket) as other:
            rows = other.call("server.connections")["connections"]
        return any(
            row.get("client") == client
            and (row["requests"], row["in_flight"]) == (requests, 0)
            and row["output_bytes"]
            for row in rows
        )

    def turn_of_each_loop(self) -> None:
        """When one more is answered, a loop has written what it had for others before."""
        for _ in range(4):
            with Client(self.daemon.socket) as other:
                other.call("protocol.ping")

    def test_a_silent_stream_is_marked_when_its_time_has_come(self) -> None:
        line = self.line(self.held())
        line.send({"id": 1, "method": "events.subscribe", "params": {"after": "now"}})
        self.assertEqual(line.read()["method"], "events.mark")
        self.clock.advance(LIMITS["event_mark"] - 1)
        self.silent(line)
        self.clock.advance(1)
        self.assertEqual(line.read()["method"], "events.mark")

    def test_a_thousand_events_that_nobody_wants_are_marked(self) -> None:
        line = self.line(self.held())
        params = {"after": "now", "types": ["refund.*"]}
        line.send({"id": 1, "method": "events.subscribe", "params": params})
        first = self.position(line.read()["params"]["cursor"])
        limit = LIMITS["event_mark_skipped"]
        made = 0
        while made < limit - 1:
            made += self.write(min(LIMITS["batch_calls"], limit - 1 - made))
        self.assertEqual(self.position(self.client.call("order.list")["cursor"]), first + limit - 1)
        self.silent(line)
        self.write(1)
        mark = line.read()
        self.assertEqual(mark["method"], "events.mark")
        self.assertEqual(self.position(mark["params"]["cursor"]), first + limit)

    def position(self, cursor: str) -> int:
        return int(cursor.split(":")[1])

    def write(self, count: int) -> int:
        """So many orders, each of which is one event."""
        params = {"amount": {"currency": "CNY", "minor": 1}, "subject": "x"}
        calls = [{"method": "order.create", "params": params} for _ in range(count)]
        self.client.keyed("batch.run", calls=calls)
        return count

    def test_a_wait_lasts_as_long_as_it_may_ask_for(self) -> None:
        self.held()
        self.order(self.client, "W1")
        params = {"order": "W1", "until": ["paid"]}
        longest = self.client.start("order.wait", **params, wait_ms=LIMITS["wait_max"])
        # Its real time makes the connection look at its deadlines, from then on all the time.
        short = self.client.start("order.wait", **params, wait_ms=500)
        self.eventually(lambda: self.in_flight() == 2, "both wait")
        self.clock.advance(LIMITS["wait_max"] - 1)
        self.assertTrue(self.client.finish(short)["timed_out"])
        with self.assertRaises(NoLine):
            self.client.finish(longest, timeout_s=0.5)
        self.clock.advance(1)
        self.assertTrue(self.client.finish(longest)["timed_out"])

    def in_flight(self) -> int:
        with Client(self.daemon.socket) as other:
            rows = other.call("server.connections")["connections"]
        return max(int(row["in_flight"]) for row in rows)


class Orders(HeldCase):
    def test_an_order_lives_as_long_as_is_usual(self) -> None:
        self.lives(LIMITS["order_expiry_default"])

    def test_the_shortest_life_of_an_order(self) -> None:
        self.lives(LIMITS["order_expiry_min"], expires_in_ms=LIMITS["order_expiry_min"])

    def test_the_longest_life_of_an_order(self) -> None:
        self.lives(LIMITS["order_expiry_max"], expires_in_ms=LIMITS["order_expiry_max"])

    def lives(self, milliseconds: int, **asked: int) -> None:
        self.held()
        order = self.order(self.client, "A1", **asked)
        self.assertEqual(order["expires_at"] - order["created_at"], milliseconds)
        self.clock.advance(milliseconds - 1)
        self.poke()
        self.assertEqual(self.state("A1"), "created")
        self.clock.advance(1)
        self.poke()
        self.assertEqual(self.state("A1"), "expired")

    def state(self, number: str) -> str:
        return str(self.client.call("order.get", order=number)["order"]["pay_state"])

    def test_a_claim_lasts_as_long_as_is_usual(self) -> None:
        self.lasts(LIMITS["lease_default"])

    def test_the_shortest_claim(self) -> None:
        self.lasts(LIMITS["lease_min"], lease_ms=LIMITS["lease_min"])

    def test_the_longest_claim(self) -> None:
        self.lasts(LIMITS["lease_max"], lease_ms=LIMITS["lease_max"])

    def lasts(self, milliseconds: int, **asked: int) -> None:
        self.held()
        self.paid("A1")
        made = self.client.keyed("delivery.claim", order="A1", **asked)["delivery"]
        self.assertEqual(made["lease_until"] - self.clock.wall_ms, milliseconds)
        self.clock.advance(milliseconds - 1)
        self.poke()
        self.assertEqual(self.delivery("A1"), "reserved")
        self.clock.advance(1)
        self.poke()
        self.assertEqual(self.delivery("A1"), "failed")

    def delivery(self, number: str) -> str:
        return str(self.client.call("order.get", order=number)["order"]["delivery_state"])

    def test_a_key_is_kept_for_its_month_and_gone_after_it(self) -> None:
        self.held()
        params = {"amount": {"currency": "CNY", "minor": 1}, "subject": "x"}
        self.client.call("order.create", idempotency_key="older-key", **params)
        self.clock.advance(1)
        self.client.call("order.create", idempotency_key="younger-key", **params)
        self.clock.advance(LIMITS["key_kept"])
        # Keys are the first that a walk lets go.
        self.poke()
        self.assertEqual(self.client.call("key.lookup", key="older-key")["state"], "absent")
        again = self.client.call("order.create", idempotency_key="younger-key", **params)
        self.assertTrue(again["replayed"])


class Gateways(HeldCase):
    def test_a_caller_waits_for_the_gateway_so_long(self) -> None:
        self.held()
        self.client.call("sandbox.behave", fault="hang")
        self.order(self.client, "A1")
        other = Client(self.daemon.socket)
        self.addCleanup(other.close)
        asked = other.start(
            "payment.create", order="A1", gateway="sandbox", idempotency_key="pay-A1-once"
        )
        self.eventually(lambda: self.running("pay-A1-once"), "the call runs")
        self.clock.advance(LIMITS["gateway_answer"] - 1)
        self.poke()
        with self.assertRaises(NoLine):
            other.finish(asked, timeout_s=0.5)
        self.clock.advance(1)
        self.poke()
        # Told with the poke; the gateway's own end would come later.
        self.assertEqual(other.finish(asked, timeout_s=5)["payment"]["state"], "unknown")

    def running(self, key: str) -> bool:
        return bool(self.client.call("key.lookup", key=key)["state"] == "running")

    def test_a_gateway_is_asked_again_after_the_interval(self) -> None:
        self.held()
        self.order(self.client, "A1")
        payment = self.opened("A1")
        # What made it counts as a question.
        self.assertFalse(self.query(payment))
        self.clock.advance(LIMITS["query_interval"])
        self.assertTrue(self.query(payment))
        self.clock.advance(LIMITS["query_interval"] - 1)
        self.assertFalse(self.query(payment))
        self.clock.advance(1)
        self.assertTrue(self.query(payment))

    def query(self, payment: dict[str, Any]) -> bool:
        """Whether the gateway was asked for it."""
        return bool(self.client.call("payment.query", payment=payment["id"])["asked"])

    def test_what_is_processing_today_is_asked_about_at_least_so_often(self) -> None:
        self.held()
        self.order(self.client, "A1", expires_in_ms=DAY_MS)
        payment = self.opened("A1", method="redirect")
        self.client.call("sandbox.pay", payment=payment["id"], state="processing")
        self.eventually(lambda: self.payment(payment)["state"] == "processing", "it is processing")
        gaps = []
        for _ in range(20):
            before = self.payment(payment)
            gaps.append(before["next_query_at"] - self.clock.wall_ms)
            self.clock.advance(gaps[-1])
            self.poke()
            self.asked_more_than(before)
        self.assertEqual(max(gaps), LIMITS["poll_gap_max"])
        self.assertEqual(gaps[-1], LIMITS["poll_gap_max"])

    def test_an_order_counts_as_watched_for_a_while(self) -> None:
        limit = LIMITS["watched_after"]
        for after, is_watched in ((limit - 1, True), (limit, False)):
            self.held()
            self.order(self.client, "A1", expires_in_ms=DAY_MS)
            payment = self.opened("A1", method="redirect")
            unwatched = self.gap_after_asking(payment, 20 * 60_000)
            # A watcher comes and goes; the poke is answered after the engine has heard of it.
            wait = self.client.start("order.wait", order="A1", until=["paid"], wait_ms=60_000)
            self.eventually(lambda: self.watched() == 1, "somebody waits")
            self.client.call("session.cancel", target=wait)
            self.eventually(lambda: self.watched() == 0, "nobody waits")
            self.poke()
            watched = self.gap_after_asking(payment, after)
            self.assertEqual(watched < unwatched, is_watched, (watched, unwatched))

    def gap_after_asking(self, payment: dict[str, Any], later_ms: int) -> int:
        """How long it is until the next question, when one is asked so much later."""
        # Read first: the advance may make it fall due, and a question asked now joins that one.
        before = self.payment(payment)
        self.clock.advance(later_ms)
        self.client.call("payment.query", payment=payment["id"])
        self.asked_more_than(before)
        return int(self.payment(payment)["next_query_at"] - self.clock.wall_ms)

    def asked_more_than(self, before: dict[str, Any]) -> None:
        self.eventually(
            lambda: self.payment(before)["queries"] > before["queries"], "it was asked about"
        )

    def watched(self) -> int:
        metrics = self.client.call("server.metrics")["metrics"]
        found = next(m for m in metrics if m["name"] == "till_orders_watched")
        return int(found["samples"][0]["value"])

    def test_so_many_forged_notices_an_hour_are_kept(self) -> None:
        self.held()
        for _ in range(LIMITS["rejected_receipts"]):
            self.assertTrue(self.forged())
        self.assertFalse(self.forged())
        self.clock.advance(HOUR_MS - self.clock.wall_ms % HOUR_MS - 1)
        self.assertFalse(self.forged())
        self.clock.advance(1)
        self.assertTrue(self.forged())

    def forged(self) -> bool:
        """Whether one more was kept."""
        reply = self.client.call("notification.ingest", gateway="sandbox", body="forged")
        self.assertEqual(reply["verdict"], "rejected")
        return "receipt" in reply


class FullDisk(HeldCase):
    def test_writing_is_tried_again_when_its_time_has_come(self) -> None:
        """One write of many fails for want of room; from then on the disk is well."""
        # More writes than a start makes, fewer than the orders below.
        self.held(shim="w:800:ENOSPC")
        made = 0
        refused: RpcError | None = None
        while refused is None and made < 800:
            refused = self.create(made)
            made += 1
        assert refused is not None
        self.assertEqual(refused.code, "readonly_disk_full")
        self.assertEqual(refused.data["retry_after_ms"], LIMITS["readonly_probe"])
        self.clock.advance(LIMITS["readonly_probe"] - 1)
        again = self.create(made)
        assert again is not None
        self.assertEqual(again.code, "readonly_disk_full")
        self.clock.advance(1)
        self.assertIsNone(self.create(made))

    def create(self, number: int) -> RpcError | None:
        try:
            self.order(self.client, f"FULL-{number}")
        except RpcError as error:
            return error
        return None
