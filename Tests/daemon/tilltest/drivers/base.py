"""What the behaviours of `Tests/daemon/gateways` need from a fake gateway.

A new gateway adds one file with a driver here and one line in `drivers/__init__.py`. What a gateway
cannot do is declared in `cannot` with its reason; everything else is run.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from fakehttp.process import FakeProcess

NOTIFY_URL = "https://shop.example/notify"

# What a notice may be; `notices` makes each of them from the payment's present books.
NOTICES = frozenset(
    {
        "paid",  # true, signed, fresh
        "repeated",  # the same event sent again, as the gateway itself repeats it
        "old",  # true and signed, sent long ago
        "forged",  # signed with somebody else's key, and says paid
        "corrupted",  # signed, then changed
        "unsigned",
        "wrong_amount",  # signed, says that another amount was paid
        "wrong_currency",
        "other_merchant",  # signed for another merchant or account
        "unknown_number",  # signed, about a number of nobody
        "unknown_status",
        "refunded",  # true: a refund went through
        "returned",  # true: a refund that went through came back
        "probe",  # the gateway tests whether signatures are checked
    }
)
# Faults beside those of the wire (`fakehttp.faults.WIRE`); `fault` translates them.
LIES = frozenset(
    {
        "bad_signature",  # by another key
        "corrupt_signature",
        "no_signature",
        "other_order",  # the answer is about another payment
        "unknown_status",
        "missing_status",
        "missing_amount",
        "duplicate_keys",
        "not_exist",  # says that it does not know the number
        "limited",  # the gateway's own word for too many calls
        "system_error_after_apply",
        "amount_plus_1",
        "currency",  # option currency
        "paid_then_unpaid",
        "clock_skew",  # option skew_ms
        "success_after_close",  # the close is confirmed, and the buyer can still pay
        "already_paid_on_close",  # the buyer pays just before the close arrives
    }
)
OPERATIONS = ("create", "query", "close", "refund", "refund_query")


@dataclass
class Notice:
    """One notice as the merchant's web server received it."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    query: str = ""
    verb: str = "POST"

    def params(self) -> dict[str, Any]:
        """Parameters of notification.ingest."""
        known: dict[str, Any] = {"headers": self.headers} if self.headers else {}
        if self.verb != "POST":
            known["http_method"] = self.verb
        if self.query:
            known["query"] = self.query
        return known | {"body_base64": base64.b64encode(self.body).decode()}


@dataclass
class Books:
    """What the gateway has of one payment: the truth. Amounts in minor units."""

    is_known: bool
    paid: int = 0
    refunded: int = 0
    # Our refund numbers with their amounts, as the gateway has them.
    refunds: dict[str, int] = field(default_factory=dict)
    is_closed: bool = False


class Driver:
    """One fake gateway. Everything is about a payment as `payment.get` returns it."""

    # The configured name; the kind is the same word.
    name = ""
    # The method that the behaviours pay by.
    method = ""
    currency = "CNY"
    # Behaviour (`test_…` without `test_`), `notice:KIND` or `fault:KIND` → why it is not possible.
    cannot: dict[str, str] = {}

    def __init__(self, fake: FakeProcess) -> None:
        self.fake = fake

    def reset(self) -> None:
        """Before each test: no faults, the right time, standard settings."""
        self.fake.ctl("faults/clear")
        self.fake.ctl("clock", offset_ms=0)

    def entry(self) -> dict[str, Any]:
        """The gateway's object in the configuration."""
        raise NotImplementedError

    def wrong_key_entry(self) -> dict[str, Any]:
        """The same with a well-formed key of somebody else where the gateway's belongs."""
        raise NotImplementedError

    def create_params(self) -> dict[str, Any]:
        """Further parameters of payment.create."""
        return {}

    def arrive(self, payment: dict[str, Any]) -> None:
        """The buyer opens the payment without paying, where that means something."""

    def pay(self, payment: dict[str, Any], minor: int | None = None) -> None:
        """The buyer pays, another amount where given. No notice reaches anybody."""
        raise NotImplementedError

    def notices(self, payment: dict[str, Any], kind: str, **options: Any) -> list[Notice]:
        """Notices of a kind of `NOTICES`; the books stay as they are.

        Options: `minor` of wrong_amount, `refund_no` of refunded and returned.
        """
        raise NotImplementedError

    def believed(self, ack: dict[str, Any]) -> bool:
        """Whether the gateway takes this answer to a notice as "received"."""
        raise NotImplementedError

    def fault(self, kind: str, operation: str = "*", **spec: Any) -> None:
        """Plans a fault of the wire or of `LIES` at an operation of `OPERATIONS`.

        `spec`: `count` (None: until cleared), `payment`, options of the kind.
        """
        raise NotImplementedError

    def wrong_address(self) -> str:
        """Where somebody answers who is not the gateway."""
        return str(self.entry()["url"]).rstrip("/") + "/elsewhere"

    def clear_faults(self) -> None:
        self.fake.ctl("faults/clear")

    def books(self, payment: dict[str, Any]) -> Books:
        raise NotImplementedError

    def asked(self, payment: dict[str, Any], operation: str) -> int:
        """How many requests of an operation have come for this payment."""
        raise NotImplementedError

    def created_since(self, position: int) -> set[str]:
        """Our numbers for which a create with a body arrived after a log position."""
        raise NotImplementedError

    def log_position(self) -> int:
        entries = self.fake.ctl("requests")["requests"]
        return int(entries[-1]["seq"]) if entries else 0

    def return_refund(self, payment: dict[str, Any], refund_no: str) -> None:
        """A refund that went through comes back from the bank."""
        raise NotImplementedError

    def rotate(self, side: str) -> None:
        """Another key from now on: `ours` is what Till signs with, `theirs` the gateway's own.

        Files are written as a merchant would: the new key in the old one's place, and the gateway's
        former one beside it where both can be named. `entry` names them.
        """
        raise NotImplementedError

    def forget_former(self) -> None:
        """The gateway's former key is named no more."""
        raise NotImplementedError

    def trap_hits(self) -> list[Any]:
        """Requests to the address that redirects point at."""
        hits: list[Any] = self.fake.ctl("trap")["hits"]
        return hits


class JournalDriver(Driver):
    """A driver for fakes built on `fakehttp`: operations by the gateway's own names."""

    # Operation → the fake's word for it in its log and fault plan.
    calls: dict[str, str] = {}
    # Our word for a fault → the fake's, where they differ.
    faults: dict[str, str] = {}

    def fault(self, kind: str, operation: str = "*", **spec: Any) -> None:
        payment = spec.pop("payment", None)
        if payment is not None:
            spec["out_trade_no"] = payment["out_trade_no"]
        method = self.calls.get(operation, "*")
        self.fake.ctl("faults", fault=self.faults.get(kind, kind), method=method, **spec)

    def asked(self, payment: dict[str, Any], operation: str) -> int:
        counts = self.fake.ctl("counts")["by_out_trade_no"]
        return int(counts.get(payment["out_trade_no"], {}).get(self.calls[operation], 0))

    def created_since(self, position: int) -> set[str]:
        """Heads without a body are left out: libcurl sends one by itself when a kept-alive
        connection dies, and nothing can come of it."""
        logged = self.fake.ctl("requests", method=self.calls["create"], after=position)
        return {entry["out_trade_no"] for entry in logged["requests"] if entry["body"]}
