"""A small gateway: its wire format is its own, everything else is here."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable
from urllib.parse import parse_qsl

from fakehttp.fake import ControlError, Fake, Request
from fakehttp.faults import Fault, FaultPlan
from fakehttp.journal import Entry
from fakehttp.transport import Reply

from .books import UNPAID, Books, BooksError, Order

FORM_TYPE = "application/x-www-form-urlencoded"
# Faults that change what really happens; every fake that can close has them.
DEEDS = frozenset({"success_after_close", "already_paid_on_close"})


def pairs(request: Request) -> dict[str, str]:
    """Those of the query and of a form body, decoded once."""
    found = parse_qsl(request.query, keep_blank_values=True)
    if request.header("Content-Type").split(";")[0].strip().lower() == FORM_TYPE:
        found += parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    return dict(found)


@dataclass
class Notice:
    """One notification as a front end would receive it."""

    kind: str
    number: str
    verb: str = "GET"
    query: str = ""
    content_type: str = ""
    body: bytes = b""

    def shown(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "out_trade_no": self.number,
            "http_method": self.verb,
            "query": self.query,
            "content_type": self.content_type,
            "body_base64": base64.b64encode(self.body).decode(),
        }


class Site(Fake):
    """`lies` are answers that are well formed and untrue; what each means is the fake's own.

    `path` stands behind the server's root in the configured address.
    """

    lies: frozenset[str] = frozenset()
    path = ""

    def __init__(self, folder: Path) -> None:
        super().__init__(FaultPlan(self.lies | DEEDS), "refund")
        self.folder = folder
        self.books = Books(self.clock)
        self.settings: dict[str, Any] = {}

    # What a gateway fills in

    def named(self, request: Request) -> tuple[str, str] | None:
        """The operation (create, query, close, refund, refund_query) and our number, if any."""
        raise NotImplementedError

    def reply(self, operation: str, request: Request, lie: str) -> Reply:
        """Checks the signature, does what was asked, answers."""
        raise NotImplementedError

    def notice(self, order: Order, kind: str, options: dict[str, Any]) -> Notice:
        """A notification of the order's present state.

        Kinds: deliver, forge (another key), unsigned, corrupt (changed behind the signature), old,
        wrong_amount, other_merchant, unknown_order, unknown_status, refunded. What is not true says
        that the order was paid.
        """
        raise NotImplementedError

    def configuration(self) -> dict[str, Any]:
        """The gateway's object for the daemon's configuration but its address; keys are files."""
        raise NotImplementedError

    # What all have

    def public(self) -> dict[str, Any]:
        return {"configuration": self.configuration(), "path": self.path}

    def read(self, request: Request) -> tuple[Entry, Any] | None:
        named = self.named(request)
        if named is None:
            return None
        return request.entry(named[0], named[1], params=pairs(request)), request

    def answer(self, entry: Entry, call: Request, fault: Fault | None) -> Reply:
        lie = next(
            (
                planned.kind
                for planned in self.plan.candidates(entry.method, entry.out_trade_no, self.lies)
                if self.plan.use(planned)
            ),
            "",
        )
        if lie:
            entry.faults.append(lie)
        if entry.method == "close":
            self.disturb(entry)
        reply = self.reply(entry.method, call, lie)
        entry.answer = reply.body.decode("utf-8", "replace")
        self.journal.reach(entry, "applied")
        return reply

    def disturb(self, entry: Entry) -> None:
        """What happens at the moment of a close."""
        order = self.books.find(entry.out_trade_no)
        for deed in self.plan.candidates("close", entry.out_trade_no, DEEDS):
            if order is None or order.status != UNPAID or not self.plan.use(deed):
                continue
            entry.faults.append(deed.kind)
            if deed.kind == "already_paid_on_close":
                self.books.pay(order, None)
            else:
                order.payable_after_close = True

    def controls(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        table = {
            "pay": self.pay,
            "notify": self.notify,
            "settings": self.set,
            "truth": lambda p: self.books.truth(),
            "order": lambda p: self.books.get(str(p["out_trade_no"])).truth(),
        }
        return {name: self.guarded(handler) for name, handler in table.items()}

    @staticmethod
    def guarded(handler: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
        def run(params: dict[str, Any]) -> Any:
            try:
                return handler(params)
            except BooksError as error:
                raise ControlError(str(error), 409) from None

        return run

    def pay(self, params: dict[str, Any]) -> Any:
        """{out_trade_no, amount_fen?}: the buyer's hand."""
        order = self.books.get(str(params["out_trade_no"]))
        amount = params.get("amount_fen")
        self.books.pay(order, None if amount is None else int(amount))
        return order.truth()

    def notify(self, params: dict[str, Any]) -> Any:
        order = self.books.get(str(params["out_trade_no"]))
        return self.notice(order, str(params["kind"]), params.get("options") or {}).shown()

    def set(self, params: dict[str, Any]) -> Any:
        for name, value in params.items():
            if name not in self.settings:
                raise ControlError(f"no setting is called {name}")
            self.settings[name] = value
        return self.settings

    def secret_file(self, name: str, text: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        path.chmod(0o600)
        return str(path)
