"""One gateway: books, methods, faults, notifications and the log, without a socket."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from fakehttp.fake import Fake, Request
from fakehttp.faults import Fault, FaultPlan
from fakehttp.journal import Entry
from fakehttp.transport import JSON_TYPE, TEXT_TYPE, Reply

from . import pages
from .answers import Answer, Node, Refusal, envelope
from .bills import FILE, FILE_PATH, Bills
from .bills import KINDS as BILLS
from .bills import METHOD as BILL
from .books import Books, Trade
from .control import Control
from .faults import BOOKS, LIES, REFUSALS, SIGNATURE, WIRE
from .intake import Call, check_call, read_call
from .keys import make_keyring
from .lies import Liar, close_fault
from .methods import Methods
from .notify import Notifier

PAGE_METHODS = frozenset({"alipay.trade.page.pay", "alipay.trade.wap.pay"})


REFUND = "alipay.trade.refund"


class Gateway(Fake):
    worded = frozenset(REFUSALS)

    def __init__(self, folder: Path) -> None:
        super().__init__(FaultPlan(SIGNATURE | LIES | BOOKS | BILLS, WIRE), REFUND)
        # repeat_precreate: "refuse" (documented) or "same_qr"; sign_slashes: "raw" or "plain";
        # empty_bill_day: "absent", or a "file" without rows.
        self.settings: dict[str, Any] = {
            "repeat_precreate": "refuse",
            "sign_slashes": "raw",
            "refund_notifications": True,
            "keep_alive": True,
            "empty_bill_day": "absent",
        }
        self.keyring = make_keyring(folder)
        self.books = Books(self.clock)
        self.methods = Methods(self.books, self.settings)
        self.notifier = Notifier(self.clock, self.keyring)
        self.bills = Bills(self.books, self.plan)
        self.liar = Liar(self.books, self.methods, self.keyring)
        self.methods.on_refund = self.refunded

    def controls(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        return Control(self).table

    def public(self) -> dict[str, Any]:
        return {"apps": [app.public() for app in self.keyring.apps.values()]}

    def tick(self) -> None:
        self.notifier.deliver_due()

    def read(self, request: Request) -> tuple[Entry, Call] | None:
        self.keep_alive = bool(self.settings["keep_alive"])
        if request.path == FILE_PATH:
            call = Call(params={"method": FILE}, request=request)
            return request.entry(FILE, ""), call
        if request.path != "/gateway.do":
            return None
        call = read_call(request.query, request.body, request.header("Content-Type"))
        call.request = request
        entry = request.entry(
            call.method,
            call.biz_text("out_trade_no"),
            out_request_no=call.biz_text("out_request_no"),
            params=dict(call.params),
            biz=call.biz,
        )
        return entry, call

    def refunded(self, trade: Trade, refund: Any) -> None:
        if self.settings["refund_notifications"]:
            self.notifier.make(trade, "deliver", refund)

    def trade_of(self, call: Call) -> Trade | None:
        if call.app is None:
            return None
        return self.books.find(
            call.app.app_id, call.biz_text("out_trade_no"), call.biz_text("trade_no")
        )

    def answer(self, entry: Entry, call: Call, fault: Fault | None) -> Reply:
        """Checks, applies, lies where planned, and renders. `fault` may refuse before applying."""
        if call.method == FILE and call.request is not None:
            self.journal.reach(entry, "applied")
            return self.bills.file(call.request)
        try:
            check_call(call, self.keyring)
            entry.signature_ok = True
            self.journal.reach(entry, "checked")
            if fault is not None:
                self.refuse_by_plan(fault, before=True)
            if call.method in PAGE_METHODS:
                return self.page(call, entry)
            node = self.run(call, entry)
            self.journal.reach(entry, "applied")
            if fault is not None:
                self.refuse_by_plan(fault, before=False)
            return self.render(call, entry, node, None)
        except Refusal as refusal:
            entry.sub_code = str(dict(refusal.node).get("sub_code", ""))
            if entry.signature_ok is None:
                entry.signature_ok = False if "signature" in entry.sub_code else None
            else:
                self.journal.reach(entry, "applied")
            if call.method in PAGE_METHODS:
                return Reply(pages.failure(refusal), content_type=pages.PAGE_TYPE)
            return self.render(call, entry, refusal.node, refusal)

    def refuse_by_plan(self, fault: Fault, before: bool) -> None:
        if before and fault.kind == "limited_40005":
            sub_code = str(fault.options.get("sub_code", "isv.app-call-limited"))
            signed = bool(fault.options.get("signed", True))
            raise Refusal("40005", sub_code, "应用调用次数超限", signed=signed)
        wanted = "system_error" if before else "system_error_after_apply"
        if fault.kind == wanted:
            sub_code = str(fault.options.get("sub_code", "isp.unknow-error"))
            code = str(fault.options.get("code", "20000"))
            raise Refusal(code, sub_code, "系统繁忙")

    def page(self, call: Call, entry: Entry) -> Reply:
        trade = self.methods.registered(call)
        self.books.open(trade)
        self.journal.reach(entry, "applied")
        return Reply(pages.cashier(trade), content_type=pages.PAGE_TYPE)

    def run(self, call: Call, entry: Entry) -> Node:
        """The method itself, unless a fault changes what really happens."""
        trade = self.trade_of(call)
        if trade is not None and call.method == "alipay.trade.close":
            for fault in self.plan.candidates(call.method, trade.out_trade_no, BOOKS):
                if trade.status != "WAIT_BUYER_PAY" or not self.plan.use(fault):
                    continue
                entry.faults.append(fault.kind)
                if close_fault(fault, self.books, trade):
                    numbers: Node = [
                        ("out_trade_no", trade.out_trade_no),
                        ("trade_no", trade.trade_no),
                    ]
                    return [("code", "10000"), ("msg", "Success")] + numbers
        if call.method == BILL and call.request is not None:
            self.bills.empty_day = str(self.settings["empty_bill_day"])
            return self.bills.address(call, f"http://{call.request.header('Host')}")
        return self.methods.run(call)

    def render(self, call: Call, entry: Entry, node: Node, refusal: Refusal | None) -> Reply:
        node_name = refusal.node_name if refusal and refusal.node_name else call.node_name
        answer = Answer(
            node_name=node_name,
            node=list(node),
            signed=refusal.signed if refusal else True,
            app=call.app,
            charset=call.charset,
            error=refusal is not None,
        )
        trade = self.trade_of(call)
        number = call.biz_text("out_trade_no") or (trade.out_trade_no if trade else "")
        for fault in self.plan.candidates(call.method, number, LIES | SIGNATURE):
            kept = (list(answer.node), answer.signed, answer.key_override, answer.cert_sn_override)
            if self.liar.tell(fault, answer, trade) and self.plan.use(fault):
                entry.faults.append(fault.kind)
            else:
                answer.quirks.discard(fault.kind)
                answer.quirks.discard("sign_first")
                answer.node, answer.signed, answer.key_override, answer.cert_sn_override = kept
        body = envelope(answer, self.settings["sign_slashes"] == "plain")
        entry.answer = body.decode("latin-1")
        return Reply(body, content_type=TEXT_TYPE if answer.error else JSON_TYPE)
