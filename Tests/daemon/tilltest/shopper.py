"""A shop that does the whole job again and again and never forgets what it was promised.

When the daemon goes away, it does what every careful shop does: connects again and sends the same
request under the same key. `Promises` keeps every reply; `reckoning.py` holds the daemon to them.
"""

from __future__ import annotations

import random
import threading
import time
from typing import Any, Callable

from fakealipay.process import FakeProcess

from .client import Client, Closed, NoLine, RpcError
from .daemon import Daemon
from .setup import TOKENS

# Nothing has happened yet and the same request may be sent again.
AGAIN = frozenset(
    {"starting", "draining", "key_in_progress", "db_error", "recovering", "readonly_disk_full"}
)
# A shop gives up then: no daemon is away for so long, even on a machine with much to do.
PATIENCE_S = 180.0


class Broken(AssertionError):
    """The daemon has broken its word."""


class Halted(Exception):
    """The run is over."""


class Promises:
    """Every reply that somebody may rely on. For several threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.orders: dict[str, dict[str, Any]] = {}
        self.payments: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.claims: dict[str, set[str]] = {}
        self.completed: set[str] = set()
        self.paid: set[str] = set()
        self.replies: dict[str, tuple[str, dict[str, Any], str]] = {}
        self.handed_out: dict[str, int] = {}
        self.count = 0

    def keep(self, method: str, params: dict[str, Any], result: dict[str, Any]) -> None:
        """Takes a reply down; one key may only ever mean one thing."""
        key = params.get("idempotency_key", "")
        name, thing = subject(method, result)
        with self.lock:
            self.count += 1
            if key:
                known = self.replies.setdefault(key, (method, params, thing))
                if known[2] != thing:
                    raise Broken(f"{method} under {key}: {known[2]} once, {thing} now")
            if name == "order":
                self.orders[thing] = result["order"]
            elif name == "payment":
                self.payments[thing] = result["payment"]
            elif name == "refund":
                self.refunds[thing] = result["refund"]
            elif name == "claim":
                self.hand_out(result["delivery"]["order"], thing)
            elif method == "delivery.complete":
                self.completed.add(result["delivery"]["order"])

    def hand_out(self, order: str, claim: str) -> None:
        """Goods leave the house for each claim that is new."""
        claims = self.claims.setdefault(order, set())
        if claim not in claims:
            claims.add(claim)
            self.handed_out[order] = self.handed_out.get(order, 0) + 1
        if len(claims) > 1:
            raise Broken(f"{order} was handed out twice: {sorted(claims)}")


def subject(method: str, result: dict[str, Any]) -> tuple[str, str]:
    """What a keyed reply is about, by kind and identifier."""
    if method == "delivery.claim":
        return "claim", str(result["claim"])
    name = method.split(".")[0]
    if method in ("order.create", "payment.create", "refund.create"):
        return name, str(result[name]["id"])
    return "", ""


class Line:
    """A connection that comes back. `revive` is asked when the daemon cannot be reached."""

    def __init__(
        self,
        daemon: Daemon,
        promises: Promises,
        halted: threading.Event,
        revive: Callable[[], None] = lambda: None,
        token: str | None = None,
    ) -> None:
        self.daemon, self.promises, self.halted = daemon, promises, halted
        self.revive, self.token = revive, token
        self.client: Client | None = None

    def connected(self) -> Client:
        limit = time.monotonic() + PATIENCE_S
        while self.client is None:
            if self.halted.is_set():
                raise Halted
            try:
                self.client = Client(self.daemon.socket, self.token)
            except (Closed, NoLine, OSError, RpcError):
                self.revive()
                if time.monotonic() > limit:
                    raise AssertionError(f"no daemon\n{self.daemon.log()}") from None
                time.sleep(0.01)
        return self.client

    def drop(self) -> None:
        if self.client is not None:
            self.client.close()
        self.client = None

    def call(self, method: str, /, **params: Any) -> dict[str, Any]:
        """The result, however often the daemon dies meanwhile; a refusal is an RpcError."""
        limit = time.monotonic() + PATIENCE_S
        while True:
            if self.halted.is_set():
                raise Halted
            try:
                result: dict[str, Any] = self.connected().call(method, **params)
                self.promises.keep(method, params, result)
                return result
            except (Closed, NoLine, OSError) as fault:
                if time.monotonic() > limit:
                    log = self.daemon.log()
                    raise AssertionError(f"{method} was never answered: {fault!r}\n{log}") from fault
                self.drop()
            except RpcError as error:
                if error.code not in AGAIN or time.monotonic() > limit:
                    raise
                self.revive()
                time.sleep(0.02)


class Shopper:
    """Does one whole job after the other with what the source of chance says."""

    def __init__(
        self, line: Line, amy: Line, fake: FakeProcess, source: random.Random, name: str
    ) -> None:
        self.line, self.amy, self.fake, self.source, self.name = line, amy, fake, source, name
        self.jobs = 0

    def job(self) -> None:
        """Order, payment, the buyer, delivery with a rival, refunds. Ends early where it must."""
        self.jobs += 1
        number = f"{self.name}-{self.jobs}"
        amount = self.source.randint(100, 20_000)
        order = self.line.call(
            "order.create",
            order_no=number,
            amount={"currency": "CNY", "minor": amount},
            subject="月度会员",
            idempotency_key=f"order-{number}",
        )["order"]
        payment = self.pay(order, number)
        if payment is None:
            return
        self.deliver(order, number)
        self.give_back(payment, number, amount)

    def pay(self, order: dict[str, Any], number: str) -> dict[str, Any] | None:
        """None where the buyer could not pay or nobody has learnt of it yet."""
        try:
            payment = self.line.call(
                "payment.create",
                order=order["id"],
                gateway="alipay",
                method="precreate",
                idempotency_key=f"payment-{number}",
            )["payment"]
            sent = self.fake.ctl("pay", out_trade_no=payment["out_trade_no"], callback="duplicate")
        except (RpcError, RuntimeError):
            return None
        if self.source.random() < 0.7:
            for notice in sent["notifications"]:
                self.line.call(
                    "notification.ingest",
                    gateway="alipay",
                    headers={"content-type": notice["content_type"]},
                    body_base64=notice["body_base64"],
                )
        for _ in range(20):
            waited = self.line.call(
                "order.wait", order=order["id"], until=["paid"], wait_ms=1_000, timeout_ms=2_000
            )
            if waited["order"]["pay_state"] == "paid":
                with self.line.promises.lock:
                    self.line.promises.paid.add(order["id"])
                found: dict[str, Any] = payment
                return found
        return None

    def deliver(self, order: dict[str, Any], number: str) -> None:
        claim = self.line.call(
            "delivery.claim",
            order=order["id"],
            lease_ms=600_000,
            idempotency_key=f"deliver-{number}",
        )["claim"]
        try:
            self.line.call(
                "delivery.claim", order=order["id"], idempotency_key=f"deliver-{number}-rival"
            )
        except RpcError as error:
            if error.code not in ("already_claimed", "already_delivered"):
                raise
        self.line.call("delivery.complete", claim=claim, idempotency_key=f"complete-{number}")

    def give_back(self, payment: dict[str, Any], number: str, amount: int) -> None:
        """One refund in part, one more of everything, which must be refused."""
        part = self.source.randint(1, amount)
        for name, minor in (("part", part), ("all", amount)):
            try:
                self.amy.call(
                    "refund.create",
                    payment=payment["id"],
                    amount={"currency": "CNY", "minor": minor},
                    idempotency_key=f"refund-{number}-{name}",
                )
                if name == "all":
                    raise Broken(f"{number}: {part} and {amount} of {amount} given back")
            except RpcError as error:
                if name == "part" and error.data["class"] == "upstream":
                    return
                if name == "part" or error.code != "refund_exceeds_paid":
                    raise

    def ask_again(self) -> None:
        """Sends an answered request a second time: the answer must mean the same thing."""
        with self.line.promises.lock:
            known = list(self.line.promises.replies.values())
        method, params, _ = self.source.choice(known)
        line = self.amy if method.startswith("refund") else self.line
        line.call(method, **params)


def shoppers(
    daemon: Daemon,
    fake: FakeProcess,
    promises: Promises,
    halted: threading.Event,
    seed: str,
    count: int,
    revive: Callable[[], None] = lambda: None,
) -> list[Shopper]:
    made = []
    for index in range(count):
        line = Line(daemon, promises, halted, revive)
        amy = Line(daemon, promises, halted, revive, TOKENS["amy"])
        source = random.Random(f"{seed}-{index}")
        made.append(Shopper(line, amy, fake, source, f"{seed}-{index}"))
    return made


