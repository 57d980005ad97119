"""What fakes of JSON gateways have in common: books, keys of calls, lies, notices, controls."""

from __future__ import annotations

import base64
import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

from .fake import ControlError, Fake, Request
from .faults import Fault, FaultPlan
from .journal import Entry
from .ledger import CLOSED, Ledger, LedgerError, Payment
from .movements import Movement, movements
from .transport import JSON_TYPE, Reply

LIES = frozenset(
    {
        "other_order",
        "unknown_status",
        "missing_status",
        "missing_amount",
        "duplicate_keys",
        "not_exist",
        "limited",
        "system_error_after_apply",
        "amount_plus_1",
        "currency",
        "paid_then_unpaid",
    }
)
BOOKS = frozenset({"success_after_close", "already_paid_on_close"})
# Lies of the lists that bills are made of.
BILLS = frozenset({"bill_row_missing", "bill_not_ready", "bill_torn"})


@dataclass
class Call:
    """One request as the gateway understands it. `name` is the word of the log and fault plan."""

    name: str
    number: str
    params: dict[str, Any] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    refund_no: str = ""
    key: str = ""


class Refused(Exception):
    """An answer that is no success: status and body in the gateway's own words."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = body


class CardFake(Fake):
    """Fill in `route`, `run`, `lie`, `refusal`, `notice` and `fee`."""

    charge_prefix = "ch_"
    # Words of disputes while the money is not with the merchant.
    holding: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__(FaultPlan(LIES | BOOKS | BILLS), "refund")
        self.ledger = Ledger(self.clock)
        # How many rows a page and a whole search hold at most, where tests want few.
        self.rows = {"page": 1000, "search": 10_000}
        self.replies: dict[str, Any] = {}
        self.keys_lock = threading.Lock()

    # What a gateway fills in

    def route(self, request: Request) -> Call | None:
        raise NotImplementedError

    def authorise(self, request: Request, call: Call) -> None:
        """Raises Refused where the key or token is not ours."""

    def run(self, call: Call) -> tuple[int, Any]:
        raise NotImplementedError

    def refusal(self, error: LedgerError, call: Call) -> Refused:
        raise NotImplementedError

    def lie(self, fault: Fault, body: Any, payment: Payment, call: Call) -> tuple[int, Any] | None:
        """An untrue answer in place of `body`; None where this lie changes nothing of it."""
        raise NotImplementedError

    def notice(self, payment: Payment, kind: str, options: dict[str, Any]) -> dict[str, Any]:
        """{body: bytes, headers} of one notice."""
        raise NotImplementedError

    def fee(self, minor: int) -> int:
        """What the gateway keeps of a payment."""
        raise NotImplementedError

    # What all have

    def moved(self, start_ms: int, end_ms: int) -> list[Movement]:
        """Oldest first, without the row that a fault leaves out."""
        rows = movements(self.ledger, start_ms, end_ms, self.fee)
        for fault in self.plan.candidates("bill", "", frozenset({"bill_row_missing"})):
            number = str(fault.options.get("number", ""))
            hits = [m for m in rows if number in ("", m.payment.number)]
            if hits and self.plan.use(fault):
                return [m for m in rows if m is not hits[0]]
        return rows

    def tells(self, kind: str) -> bool:
        """Whether this lie about a bill is to be told now."""
        return any(self.plan.use(f) for f in self.plan.candidates("bill", "", frozenset({kind})))

    def page_text(self, body: Any, indent: int | None = None) -> bytes:
        """A page of a bill as it goes out, or what a fault leaves of it."""
        text = json.dumps(body, ensure_ascii=False, indent=indent).encode()
        return text[: len(text) // 2] if self.tells("bill_torn") else text

    def set_rows(self, params: dict[str, Any]) -> Any:
        self.rows |= {name: int(params[name]) for name in self.rows if name in params}
        return self.rows

    def read(self, request: Request) -> tuple[Entry, Any] | None:
        call = self.route(request)
        if call is None:
            return None
        entry = request.entry(call.name, call.number, out_request_no=call.refund_no)
        return entry, (request, call)

    def answer(self, entry: Entry, call: Any, fault: Fault | None) -> Reply:
        request, asked = call
        status, body = self.result(request, asked, entry)
        payment = self.ledger.find(asked.number)
        if payment is not None and status < 300:
            for planned in self.plan.candidates(asked.name, asked.number, LIES):
                told = self.lie(planned, json.loads(json.dumps(body)), payment, asked)
                if told is not None and self.plan.use(planned):
                    entry.faults.append(planned.kind)
                    status, body = told
        text = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return Reply(text, status, JSON_TYPE, self.answer_headers(asked))

    def answer_headers(self, call: Call) -> dict[str, str]:
        return {}

    def result(self, request: Request, call: Call, entry: Entry) -> tuple[int, Any]:
        try:
            self.authorise(request, call)
            self.journal.reach(entry, "checked")
            if call.name == "close":
                self.before_close(call)
            result = self.run(call)
            self.journal.reach(entry, "applied")
            return result
        except LedgerError as error:
            refused = self.refusal(error, call)
        except Refused as error:
            refused = error
        self.journal.reach(entry, "applied")
        return refused.status, refused.body

    def before_close(self, call: Call) -> None:
        payment = self.ledger.find(call.number)
        if payment is None:
            return
        for fault in self.plan.candidates("close", call.number, BOOKS):
            if payment.state == CLOSED or not self.plan.use(fault):
                continue
            if fault.kind == "already_paid_on_close":
                self.ledger.charge(payment, self.charge_prefix)
            else:
                payment.undead = True

    def once(self, key: str, make: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
        """The same key gives the first answer again."""
        with self.keys_lock:
            if not key or key not in self.replies:
                made = make()
                if key:
                    self.replies[key] = json.loads(json.dumps(made))
                return made
            status, body = self.replies[key]
            return status, body

    def controls(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        table = {
            "pay": self.pay,
            "trade": lambda p: self.named(p).truth(),
            "truth": lambda p: {"payments": [t.truth() for t in self.ledger]},
            "notify": self.notify,
            "return_refund": self.return_refund,
            "outside_refund": self.outside_refund,
            "dispute": self.dispute,
            "rows": self.set_rows,
        }
        return {name: self.guarded(handler) for name, handler in table.items()}

    @staticmethod
    def guarded(handler: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
        def run(params: dict[str, Any]) -> Any:
            try:
                return handler(params)
            except LedgerError as error:
                raise ControlError(error.word, 409) from None

        return run

    def named(self, params: dict[str, Any]) -> Payment:
        return self.ledger.one(str(params["out_trade_no"]))

    def pay(self, params: dict[str, Any]) -> Any:
        payment = self.named(params)
        minor = params.get("minor")
        self.buyer_pays(payment, None if minor is None else int(minor))
        return payment.truth()

    def buyer_pays(self, payment: Payment, minor: int | None) -> None:
        self.ledger.charge(payment, self.charge_prefix, minor)

    def notify(self, params: dict[str, Any]) -> Any:
        kind = str(params["kind"])
        options = dict(params.get("options") or {})
        count = 3 if kind == "repeated" else 1
        made = [self.notice(self.named(params), kind, options)]
        for _ in range(count - 1):
            made.append(self.notice(self.named(params), kind, options | {"same": made[0]}))
        return {
            "notifications": [
                {"body_base64": base64.b64encode(n["body"]).decode(), "headers": n["headers"]}
                for n in made
            ]
        }

    def return_refund(self, params: dict[str, Any]) -> Any:
        payment = self.named(params)
        self.ledger.refund_of(payment, str(params["refund_no"])).status = "returned"
        return payment.truth()

    def outside_refund(self, params: dict[str, Any]) -> Any:
        """A person gives money back at the gateway's own desk."""
        payment = self.named(params)
        self.ledger.refund(payment, "re_", "", int(params["minor"]))
        return payment.truth()

    def dispute(self, params: dict[str, Any]) -> Any:
        payment = self.named(params)
        status, outcome = str(params["status"]), str(params.get("outcome", ""))
        stage = str(params.get("stage", ""))
        made = self.ledger.dispute(
            payment,
            "dp_",
            status,
            params.get("due_in_ms"),
            params.get("minor"),
            holds=stage != "INQUIRY" and (outcome or status) in self.holding,
        )
        made.outcome, made.stage = outcome, stage
        return payment.truth()


def key_files(folder: Path, texts: dict[str, str]) -> dict[str, str]:
    """Writes secrets as a merchant would keep them; name → path."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, text in texts.items():
        path = folder / name
        path.write_text(text + "\n")
        path.chmod(0o600)
        paths[name] = str(path)
    return paths


def corrupted(body: bytes) -> bytes:
    """Another digit somewhere in the middle."""
    for place in range(len(body) // 2, len(body)):
        if body[place : place + 1].isdigit():
            other = b"1" if body[place : place + 1] != b"1" else b"2"
            return body[:place] + other + body[place + 1 :]
    return body + b" "


def doubled(body: Any) -> bytes:
    """The first key of an object twice."""
    text = json.dumps(body)
    key, value = next(iter(body.items()))
    return f"{{{json.dumps(key)}:{json.dumps(value)},{text[1:]}".encode()
