"""How long from the gateway's success to the local one when every callback is lost.

`python3 Tests/daemon/latency.py [--orders N] [--rate PER_SECOND] [--seed S]`. The real schedule and
the default budget; pay times are log-normal around 40 seconds. Half of the orders are watched.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import threading
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "gateways")]

from fakealipay.process import FakeProcess  # noqa: E402
from tilltest.client import Client  # noqa: E402
from tilltest.daemon import Daemon  # noqa: E402
from tilltest.drivers.alipay import AlipayDriver  # noqa: E402

MEDIAN_S = 40.0
SIGMA = 0.6
GIVE_UP_S = 600


class Buyer(threading.Thread):
    """Opens one order, waits, pays, and lets the callback be lost."""

    def __init__(
        self, daemon: Daemon, fake: FakeProcess, pays_after_s: float, watched: bool
    ) -> None:
        super().__init__(daemon=True)
        self.till_daemon, self.fake = daemon, fake
        self.pays_after_s, self.watched = pays_after_s, watched
        self.latency_ms: int | None = None

    def run(self) -> None:
        with Client(self.till_daemon.socket) as client:
            order = client.keyed(
                "order.create", amount={"currency": "CNY", "minor": 5800}, subject="x"
            )["order"]
            payment = client.keyed(
                "payment.create", order=order["id"], gateway="alipay", method="precreate"
            )["payment"]
            number = payment["out_trade_no"]
            paid_at = time.monotonic() + self.pays_after_s
            scan_at = max(0.0, self.pays_after_s - 10)
            threading.Timer(scan_at, lambda: self.fake.ctl("scan", out_trade_no=number)).start()
            while time.monotonic() < paid_at:
                self.pass_time(client, order, min(1.0, max(0.0, paid_at - time.monotonic())))
            truth = self.fake.ctl("pay", out_trade_no=number, callback="lose")
            limit = time.monotonic() + GIVE_UP_S
            while time.monotonic() < limit:
                self.pass_time(client, order, 1.0)
                read = client.call(
                    "events.read", after="oldest", order=order["id"], types=["order.paid"]
                )
                if read["events"]:
                    self.latency_ms = read["events"][0]["at"] - truth["paid_ms"]
                    return

    def pass_time(self, client: Client, order: dict[str, Any], seconds: float) -> None:
        """A watched order is waited for all the time; an unwatched one is left alone."""
        if self.watched:
            wait_ms = max(1, int(seconds * 1000))
            client.call("order.wait", order=order["id"], until=["paid"], wait_ms=wait_ms)
        else:
            time.sleep(seconds)


def percentile(values: list[int], share: float) -> int:
    return sorted(values)[min(len(values) - 1, math.ceil(len(values) * share) - 1)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=120)
    parser.add_argument("--rate", type=float, default=0.5, help="orders a second")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    driver = AlipayDriver()
    fake, gateway = driver.fake, driver.entry()
    del gateway["qps"], gateway["concurrency"]
    buyers: list[Buyer] = []
    try:
        with Daemon({"gateways": [gateway]}) as daemon:
            for index in range(options.orders):
                pays = dice.lognormvariate(math.log(MEDIAN_S), SIGMA)
                buyers.append(Buyer(daemon, fake, pays, watched=index % 2 == 0))
                buyers[-1].start()
                time.sleep(dice.expovariate(options.rate))
            for buyer in buyers:
                buyer.join()
    finally:
        fake.stop()
    for watched in (True, False):
        group = [b for b in buyers if b.watched is watched]
        known = [b.latency_ms for b in group if b.latency_ms is not None]
        word = "watched" if watched else "unwatched"
        if known:
            figures = f"p50 {percentile(known, 0.5)} ms, p99 {percentile(known, 0.99)} ms"
            print(f"{word}: {len(known)} of {len(group)} paid, {figures}, max {max(known)} ms")
        else:
            print(f"{word}: 0 of {len(group)} paid")
    return 0 if all(b.latency_ms is not None for b in buyers) else 1


if __name__ == "__main__":
    sys.exit(main())
