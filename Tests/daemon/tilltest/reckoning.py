"""The reckoning: the daemon against what it has promised and against the gateway's own books."""

from __future__ import annotations

from typing import Any, Iterator

from fakealipay.process import FakeProcess

from .case import eventually
from .client import Client
from .daemon import Daemon
from .setup import TOKENS
from .shopper import Promises

UNSETTLED = frozenset({"requested", "approved", "submitted", "processing", "unknown"})


def pages(client: Client, method: str, name: str, **params: Any) -> Iterator[dict[str, Any]]:
    """All rows of a list."""
    page: str | None = None
    while True:
        found = client.call(method, limit=200, **params, **({"page": page} if page else {}))
        yield from found[name]
        page = found.get("next")
        if not page:
            return


class Reckoning:
    """`faults()` are broken promises and differences, in words; nothing is left under way."""

    def __init__(self, daemon: Daemon, fake: FakeProcess, before: set[str]) -> None:
        self.daemon, self.fake, self.before = daemon, fake, before
        self.client = Client(daemon.socket)
        self.amy = Client(daemon.socket, TOKENS["amy"])

    def close(self) -> None:
        self.client.close()
        self.amy.close()

    def faults(self, promises: Promises) -> list[str]:
        audit = self.client.call("audit.verify", timeout_ms=60_000)
        found = [] if audit["ok"] else [f"the chain is broken: {audit}"]
        self.settle()
        self.orders = {o["id"]: o for o in pages(self.client, "order.list", "orders")}
        self.payments = {p["id"]: p for p in pages(self.client, "payment.list", "payments")}
        self.refunds = {r["id"]: r for r in pages(self.client, "refund.list", "refunds")}
        found += self.promised(promises)
        found += self.delivered(promises)
        found += self.books()
        found += self.events()
        return found

    def settle(self) -> None:
        """Waits until the daemon has heard of every payment and every refund under way."""

        def under_way() -> list[str]:
            truth = self.truth()
            late = []
            for payment in pages(self.client, "payment.list", "payments"):
                trade = truth.get(payment["out_trade_no"])
                paid = trade["paid_fen"] if trade else 0
                if payment.get("captured", {}).get("minor", 0) != paid:
                    late.append(f"{payment['id']} has {paid}")
            for refund in pages(self.client, "refund.list", "refunds"):
                if refund["state"] in UNSETTLED:
                    late.append(f"{refund['id']} is {refund['state']}")
            return late

        last: list[str] = []

        def is_settled() -> bool:
            last[:] = under_way()
            return not last

        try:
            eventually(is_settled, "all is settled", 60)
        except AssertionError:
            raise AssertionError(f"never settled: {last[:10]}") from None

    def truth(self) -> dict[str, dict[str, Any]]:
        """The gateway's trades of this run, by number."""
        trades = self.fake.ctl("truth")["trades"]
        return {t["out_trade_no"]: t for t in trades if t["out_trade_no"] not in self.before}

    def promised(self, promises: Promises) -> Iterator[str]:
        for name, (was, known) in {
            "order": (promises.orders, self.orders),
            "payment": (promises.payments, self.payments),
            "refund": (promises.refunds, self.refunds),
        }.items():
            for identifier, promise in was.items():
                now = known.get(identifier)
                if now is None:
                    yield f"lost: {name} {identifier}"
                elif now["amount"] != promise["amount"]:
                    yield f"changed: {name} {identifier}: {promise['amount']}, {now['amount']}"
        for identifier in promises.paid:
            order = self.orders.get(identifier, {})
            if order.get("pay_state") not in ("paid", "partially_refunded", "refunded"):
                yield f"lost: {identifier} was paid and is {order.get('pay_state')}"

    def delivered(self, promises: Promises) -> Iterator[str]:
        for order, times in promises.handed_out.items():
            if times != 1:
                yield f"doubled: {order} was handed out {times} times"
        for order in promises.completed:
            if self.orders.get(order, {}).get("delivery_state") != "delivered":
                yield f"lost: {order} was delivered"

    def books(self) -> Iterator[str]:
        truth = self.truth()
        numbers = {p["out_trade_no"]: p for p in self.payments.values()}
        for number, trade in truth.items():
            payment = numbers.get(number)
            if payment is None:
                yield f"the gateway has {number} and nobody here asked for it"
                continue
            yield from self.refunded(payment, trade)
        for number, payment in numbers.items():
            paid = truth.get(number, {}).get("paid_fen", 0)
            here = payment.get("captured", {}).get("minor", 0)
            if here != paid:
                yield f"{number}: {paid} paid there, {here} captured here"

    def refunded(self, payment: dict[str, Any], trade: dict[str, Any]) -> Iterator[str]:
        own = [r for r in self.refunds.values() if r["payment"] == payment["id"]]
        done = {r["refund_no"]: r["amount"]["minor"] for r in own if r["state"] == "succeeded"}
        there = {r["out_request_no"]: r["amount_fen"] for r in trade["refunds"]}
        if done != there:
            yield f"{payment['id']}: refunds there {there}, here {done}"
        if trade["refunded_fen"] > trade["paid_fen"]:
            yield f"{payment['id']}: over-refund {trade['refunded_fen']} of {trade['paid_fen']}"

    def events(self) -> Iterator[str]:
        """What may happen once has happened once."""
        once = ("order.created", "order.paid", "payment.succeeded", "delivery.delivered")
        seen: dict[tuple[str, str], int] = {}
        after, sequence = "oldest", 0
        while True:
            read = self.client.call("events.read", after=after, types=list(once), limit=200)
            for event in read["events"]:
                if event["seq"] <= sequence:
                    yield f"event {event['seq']} after {sequence}"
                sequence = event["seq"]
                # An order has one payment and one line in these runs.
                key = (event["type"], event["order"])
                seen[key] = seen.get(key, 0) + 1
            if not read["more"]:
                break
            after = read["cursor"]
        for (name, order), times in seen.items():
            if times > 1:
                yield f"doubled: {name} of {order}, {times} times"


def reckon(
    daemon: Daemon, fake: FakeProcess, promises: Promises, before: set[str], what: str
) -> None:
    """AssertionError with everything that is wrong."""
    reckoning = Reckoning(daemon, fake, before)
    try:
        faults = reckoning.faults(promises)
    finally:
        reckoning.close()
    assert not faults, f"{what}: {len(faults)} faults\n" + "\n".join(faults[:20])


def numbers_known(fake: FakeProcess) -> set[str]:
    """Trades of earlier runs, which are nobody's business now."""
    return {trade["out_trade_no"] for trade in fake.ctl("truth")["trades"]}
