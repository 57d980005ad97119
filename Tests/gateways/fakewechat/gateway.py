"""One gateway: books, calls, faults, notices and the log, without a socket."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any, Callable

from fakehttp.fake import ControlError, Fake, Request
from fakehttp.faults import Fault, FaultPlan
from fakehttp.journal import Entry
from fakehttp.transport import Reply

from .bills import FILE, Bills
from .bills import KINDS as BILLS
from .books import Books, BooksError, Order
from .faults import BOOKS, KINDS, LIES, REFUSALS, SIGNATURE, WIRE
from .intake import Call, Refusal, check_call, read_call
from .keys import change_keys, make_keyring
from .lies import Answer, Liar
from .methods import Methods
from .notify import KINDS as NOTICE_KINDS
from .notify import Notifier


class Gateway(Fake):
    worded = frozenset(REFUSALS)

    def __init__(self, folder: Path) -> None:
        super().__init__(FaultPlan(SIGNATURE | LIES | BOOKS | BILLS, WIRE), "refund")
        # balance "empty" refuses refunds; refund_delay_ms is how long a refund is PROCESSING.
        self.settings: dict[str, Any] = {"balance": "full", "refund_delay_ms": 200}
        self.keyring = make_keyring(folder)
        self.books = Books(self.clock, self.settings)
        self.methods = Methods(self.books)
        self.bills = Bills(self.books, self.plan)
        self.liar = Liar(self.books, self.methods, self.keyring)
        self.notifier = Notifier(self.clock, self.keyring, self.methods)

    def public(self) -> dict[str, Any]:
        return {"merchants": [m.public() for m in self.keyring.merchants.values()]}

    # Requests

    def read(self, request: Request) -> tuple[Entry, Call] | None:
        call = read_call(request)
        if call is None:
            return None
        number = call.number("out_trade_no")
        order = None
        if call.number("transaction_id"):
            order = self.books.find_where(None, transaction_id=call.number("transaction_id"))
        elif not number and call.number("out_refund_no"):
            order = self.books.find_where(None, out_refund_no=call.number("out_refund_no"))
        entry = request.entry(
            call.operation,
            number or (order.out_trade_no if order else ""),
            out_request_no=call.number("out_refund_no"),
            biz=call.params,
        )
        return entry, call

    def answer(self, entry: Entry, call: Call, fault: Fault | None) -> Reply:
        """Checks, applies, lies where planned, and signs. `fault` may refuse before applying."""
        try:
            check_call(call, self.keyring, self.clock.now_ms())
            entry.signature_ok = True
            self.journal.reach(entry, "checked")
            self.refuse_by_plan(fault, before=True)
            if call.operation == FILE and call.merchant is not None:
                self.journal.reach(entry, "applied")
                return self.bills.file(call, call.merchant)
            body = self.run(entry, call)
            self.journal.reach(entry, "applied")
            self.refuse_by_plan(fault, before=False)
            return self.render(entry, call, Answer(204 if body is None else 200, body), None)
        except Refusal as refusal:
            entry.sub_code = refusal.body["code"]
            if entry.signature_ok is None:
                entry.signature_ok = False
            else:
                self.journal.reach(entry, "applied")
            return self.render(entry, call, Answer(refusal.status, dict(refusal.body)), refusal)

    @staticmethod
    def refuse_by_plan(fault: Fault | None, before: bool) -> None:
        kind = fault.kind if fault is not None else ""
        if before and kind == "limited":
            raise Refusal(429, "FREQUENCY_LIMITED", "频率超限", "268447840")
        if kind == ("system_error" if before else "system_error_after_apply"):
            raise Refusal(500, "SYSTEM_ERROR", "系统错误", "268435464")

    def run(self, entry: Entry, call: Call) -> dict[str, Any] | None:
        """The call itself, unless a fault changes what really happens."""
        assert call.merchant is not None
        if call.operation == "close":
            order = self.books.find(call.merchant.mchid, entry.out_trade_no)
            for fault in self.plan.candidates("close", entry.out_trade_no, BOOKS):
                if order is None or order.state != "NOTPAY" or not self.plan.use(fault):
                    continue
                entry.faults.append(fault.kind)
                if fault.kind == "success_after_close":
                    self.books.close(order, "the merchant, and payable", payable_after=True)
                    return None
                self.books.pay(order, None)
        if call.operation in ("bill_trades", "bill_funds"):
            return dict(self.bills.address(call, call.merchant))
        return self.methods.run(call)

    def render(
        self, entry: Entry, call: Call, answer: Answer, refusal: Refusal | None
    ) -> Reply:
        order = self.books.find_where(None, out_trade_no=entry.out_trade_no)
        for fault in self.plan.candidates(call.operation, entry.out_trade_no, LIES):
            kept = (answer.status, dict(answer.body) if answer.body else answer.body)
            if self.liar.tell(fault, answer, order) and self.plan.use(fault):
                entry.faults.append(fault.kind)
            else:
                (answer.status, answer.body), answer.twice = kept, ""
        body = answer.text()
        entry.answer = body.decode("utf-8")
        number = refusal.number if refusal is not None else "0"
        headers = {"Request-ID": f"08{secrets.token_hex(12).upper()}-{number}"}
        if call.merchant is not None and (refusal is None or refusal.signed):
            kinds = []
            for fault in self.plan.candidates(call.operation, entry.out_trade_no, SIGNATURE):
                if self.plan.use(fault):
                    kinds.append(fault.kind)
            entry.faults += kinds
            now_ms = self.clock.now_ms()
            headers |= self.liar.headers(kinds, body, call.merchant, now_ms)
        return Reply(body, answer.status, "application/json; charset=utf-8", headers)

    # The control side

    def controls(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        table: dict[str, Callable[[dict[str, Any]], Any]] = {
            "pay": self.pay,
            "order": lambda p: self.order(p).truth(),
            "notify": self.notify,
            "refund": self.set_refund,
            "desk": self.desk,
            "complain": self.complain,
            "settings": self.set_settings,
            "sign_with": self.sign_with,
            "rotate": self.rotate,
            "truth": lambda p: self.books.truth(),
            "kinds": lambda p: {"faults": sorted(KINDS), "notifications": sorted(NOTICE_KINDS)},
        }
        return table

    def order(self, params: dict[str, Any]) -> Order:
        order = self.books.find_where(None, out_trade_no=str(params["out_trade_no"]))
        if order is None:
            raise ControlError(f"no order is numbered {params['out_trade_no']}", 404)
        return order

    def pay(self, params: dict[str, Any]) -> Any:
        """{out_trade_no, amount_fen?, coupon_fen?, platform_fen?}: the buyer pays."""
        order, amount = self.order(params), params.get("amount_fen")
        order.coupon_fen = int(params.get("coupon_fen", 0))
        order.platform_fen = int(params.get("platform_fen", 0))
        try:
            self.books.pay(order, None if amount is None else int(amount))
        except BooksError as error:
            raise ControlError(str(error), 409) from None
        return order.truth()

    def notify(self, params: dict[str, Any]) -> Any:
        """A notice without any change of the books: {out_trade_no, kind, options?}"""
        options = params.get("options") or {}
        made = self.notifier.make(self.order(params), str(params["kind"]), options)
        return {"notifications": made}

    def set_refund(self, params: dict[str, Any]) -> Any:
        """{out_trade_no, refund_no, status}: the bank's hand."""
        number, status = str(params["refund_no"]), str(params["status"])
        return dict(self.books.set_refund(self.order(params), number, status).__dict__)

    def desk(self, params: dict[str, Any]) -> Any:
        """{out_trade_no, refund_no, amount_fen}: a person gives money back in WeChat's console."""
        order, number = self.order(params), str(params["refund_no"])
        self.books.add_refund(order, number, int(params["amount_fen"]))
        return dict(self.books.set_refund(order, number, "SUCCESS").__dict__)

    def complain(self, params: dict[str, Any]) -> Any:
        """{out_trade_no, state, asking?}: the buyer complains, or the complaint goes on."""
        order, asking = self.order(params), bool(params.get("asking"))
        try:
            return self.methods.complaints.say(order, str(params["state"]), asking).truth()
        except BooksError as error:
            raise ControlError(str(error), 409) from None

    def set_settings(self, params: dict[str, Any]) -> Any:
        for name, value in params.items():
            if name not in self.settings:
                raise ControlError(f"no setting is called {name}")
            self.settings[name] = value
        return self.settings

    def sign_with(self, params: dict[str, Any]) -> Any:
        """{mchid, index}: WeChat changes to another of its keys in force."""
        merchant = self.keyring.merchants[str(params["mchid"])]
        merchant.signs_with = list(merchant.platform)[int(params["index"])]
        return {"serial": merchant.signs_with}

    def rotate(self, params: dict[str, Any]) -> Any:
        """{side: ours|theirs}: another key of the merchant, or of WeChat, in public-key mode."""
        merchant = next(m for m in self.keyring.merchants.values() if m.mode == "public_key")
        change_keys(merchant, str(params["side"]))
        return self.public()
