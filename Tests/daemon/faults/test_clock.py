"""The wall clock jumps; order, deadlines and waits do not care."""

from __future__ import annotations

from tilltest.client import Client
from tilltest.clock import ShiftedClock
from tilltest.faultcase import FaultCase

HOUR_S = 3_600


class Clock(FaultCase):
    def test_time_jumps_back_and_forth(self) -> None:
        if not ShiftedClock.is_possible():
            self.skipTest("needs a C compiler to shift the daemon's clock")
        daemon = self.unstarted()
        clock = ShiftedClock(daemon)
        daemon.start()
        with Client(daemon.socket) as client:
            before = client.call("server.health")["now_at"]
            self.order(client, "JUMP-1")
            payment = client.keyed("payment.create", order="JUMP-1", gateway="sandbox")["payment"]
            wait = client.start("order.wait", order="JUMP-1", until=["refunded"], wait_ms=1_500)
            clock.set(-HOUR_S)
            self.assertLess(client.call("server.health")["now_at"], before)
            client.call("sandbox.pay", payment=payment["id"])
            paid = client.call("order.wait", order="JUMP-1", until=["paid"], wait_ms=20_000)
            self.assertEqual(paid["reached"], "paid")
            self.assertTrue(client.finish(wait)["timed_out"])
            clock.set(5 * HOUR_S)
            slow = client.start("order.wait", order="JUMP-1", until=["refunded"], wait_ms=1_000)
            claim = client.keyed("delivery.claim", order="JUMP-1")["claim"]
            clock.set(0)
            client.call("delivery.complete", claim=claim)
            self.assertTrue(client.finish(slow)["timed_out"])
            events = client.call("events.read", after="oldest", order="JUMP-1", limit=200)["events"]
            times = [event["at"] for event in events]
            self.assertEqual(times, sorted(times))
            self.assertEqual([e["seq"] for e in events], sorted({e["seq"] for e in events}))
            self.assertTrue(client.call("audit.verify")["ok"])
        self.assert_serves(daemon)

    def test_a_clock_set_back_does_not_put_off_what_is_asked(self) -> None:
        """A bad clock at the start, corrected later; the notice of the money is lost."""
        if not ShiftedClock.is_possible():
            self.skipTest("needs a C compiler to shift the daemon's clock")
        for restarts in (False, True):
            with self.subTest(restarts=restarts):
                daemon = self.unstarted()
                clock = ShiftedClock(daemon)
                clock.set(24 * HOUR_S)
                daemon.start()
                with Client(daemon.socket) as client:
                    self.order(client, "BACK-1")
                    made = client.keyed("payment.create", order="BACK-1", gateway="sandbox")
                    payment = made["payment"]["id"]
                    self.eventually(lambda: self.queries(client, payment) > 0, "it was asked", 30)
                    clock.set(0)
                    client.call("sandbox.pay", payment=payment, callback="lose")
                if restarts:
                    daemon.stop()
                    daemon.start()
                with Client(daemon.socket) as client:
                    paid = client.call(
                        "order.wait", order="BACK-1", until=["paid"], wait_ms=45_000
                    )
                    self.assertEqual(paid["reached"], "paid")

    def queries(self, client: Client, payment: str) -> int:
        return int(client.call("payment.get", payment=payment)["payment"]["queries"])
