"""A shop that goes on for long: what a daemon holds does not grow with what it has done."""

from __future__ import annotations

import time

from tilltest.client import Client, RpcError, fresh_key
from tilltest.crashcase import rounds
from tilltest.daemon import Daemon
from tilltest.faultcase import CNY, FaultCase, descriptors, resident_kib

# A second is ten hours of the schedule: the long run is a year of that too.
SCALE = 36_000
# As the order counts it; two or three seconds here.
EXPIRES_MS = 86_400_000
ORDERS_SHORT = 150
# A year of a shop with 40 orders a day.
ORDERS_LONG = 14_600
WATCHERS = 8
# Descriptors of connections to the store that are made when they are first needed.
READERS = 16
# The writer keeps at most 64 MiB of pages, which some 8 000 orders fill: growth counts after them.
WARM_PERCENT = 60
# Of a short run only: its cache is still filling.
GROWN_SHORT_PERCENT = 25
GROWN_LONG_PERCENT = 5
# Of all orders: on a busy machine a buyer may come after those two or three seconds.
LATE_MOST_PERCENT = 5


class Soak(FaultCase):
    def test_a_year_of_work_leaves_nothing_behind(self) -> None:
        count = rounds(ORDERS_SHORT, ORDERS_LONG)
        self.late = 0
        daemon = self.daemon_with({"time": {"scale": SCALE}})
        # Those who watch all the time are part of what it holds.
        watchers = [Client(daemon.socket) for _ in range(WATCHERS)]
        for watcher in watchers:
            self.addCleanup(watcher.close)
        warm = count * WARM_PERCENT // 100
        self.work(daemon, range(warm))
        before = resident_kib(daemon), descriptors(daemon)
        begun = time.monotonic()
        self.work(daemon, range(warm, count))
        after = resident_kib(daemon), descriptors(daemon)
        virtual_days = (time.monotonic() - begun) * SCALE / 86_400
        grown = (after[0] - before[0]) * 100 / before[0]
        print(
            f"{count} orders, {virtual_days:.0f} days of the schedule after warming up: "
            f"{before[0]} to {after[0]} KiB ({grown:+.1f} %), "
            f"{before[1]} to {after[1]} descriptors",
            flush=True,
        )
        self.assertLessEqual(self.late * 100, count * LATE_MOST_PERCENT)
        self.assertLessEqual(after[1], before[1] + READERS)
        most = GROWN_LONG_PERCENT if count >= ORDERS_LONG else GROWN_SHORT_PERCENT
        self.assertLessEqual(grown, most)
        with Client(daemon.socket) as client:
            self.assertEqual(client.call("server.health")["state"], "ready")

    def work(self, daemon: Daemon, numbers: range) -> None:
        """Each client comes, does some orders and goes, as scripts do."""
        for first in numbers[::50]:
            with Client(daemon.socket) as client:
                for number in range(first, min(first + 50, numbers.stop)):
                    self.one(client, number)

    def one(self, client: Client, number: int) -> None:
        order = self.order(client, f"SOAK-{number}", expires_in_ms=EXPIRES_MS)
        made = client.keyed("payment.create", order=order["id"], gateway="sandbox")
        payment = made["payment"]["id"]
        if number % 5 == 4:
            # Nobody pays: it is asked about, closed and guarded.
            return
        callback = "lose" if number % 3 == 0 else "deliver"
        try:
            client.call("sandbox.pay", payment=payment, callback=callback)
        except RpcError as error:
            if error.code != "illegal_transition":
                raise
            self.late += 1
            return
        client.call("order.wait", order=order["id"], until=["paid"], wait_ms=20_000)
        claim = client.keyed("delivery.claim", order=order["id"])["claim"]
        client.call("delivery.complete", claim=claim)
        if number % 7 == 0:
            key = fresh_key("soak")
            client.call("refund.create", payment=payment, amount=CNY, idempotency_key=key)
