"""Stripe without a socket: Checkout, PaymentIntents, refunds, disputes, events, webhooks."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from pathlib import Path
from typing import Any, Callable
from urllib.parse import parse_qsl

from fakehttp.cards import Call, CardFake, Refused, corrupted, doubled, key_files
from fakehttp.fake import Request
from fakehttp.faults import Fault
from fakehttp.ledger import CLOSED, OPEN, PAID, Dispute, LedgerError, Payment, Refund

from . import objects

SECRET_KEY = "sk_test_fake4Till0123456789abcdef"
WEBHOOK_SECRET = "whsec_fake4Till0123456789abcdef"
OLD_WEBHOOK_SECRET = "whsec_rolled4Till0123456789abc"
DAY_S = 86_400
# Kinds of notices that tell the truth: the list of events shows only those.
TRUE_KINDS = ("paid", "repeated", "old", "refunded", "returned", "disputed", "outside")
PAYMENT_KEY = "metadata[till_payment]"


def error(status: int, code: str, message: str, kind: str = "invalid_request_error") -> Refused:
    return Refused(status, {"error": {"type": kind, "code": code, "message": message}})


class Gateway(CardFake):
    charge_prefix = "pi_"
    holding = frozenset(
        {"needs_response", "under_review", "appeal_needs_response", "appeal_under_review", "lost"}
    )

    def __init__(self, folder: Path) -> None:
        super().__init__()
        wrong = "sk_test_" + SECRET_KEY[:7:-1]
        texts = {
            "secret_key_file": SECRET_KEY,
            "webhook_secret_file": f"{OLD_WEBHOOK_SECRET}\n{WEBHOOK_SECRET}",
            "wrong_secret_key_file": wrong,
        }
        self.secret_key, self.webhook_secret = SECRET_KEY, WEBHOOK_SECRET
        self.folder = folder
        self.files = key_files(folder, texts)
        self.events: list[dict[str, Any]] = []

    def public(self) -> dict[str, Any]:
        return dict(self.files)

    def controls(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        return super().controls() | {"rotate": self.rotate}

    def rotate(self, params: dict[str, Any]) -> Any:
        """{side: ours|theirs|settled}: another API key, another secret of the webhook beside the
        old one, or no old one any more."""
        if params["side"] == "ours":
            self.secret_key = f"sk_test_{secrets.token_hex(16)}"
            return key_files(self.folder, {"secret_key_file": self.secret_key})
        known = []
        if params["side"] == "theirs":
            known = [self.webhook_secret]
            self.webhook_secret = f"whsec_{secrets.token_hex(16)}"
        text = "\n".join([*known, self.webhook_secret])
        return key_files(self.folder, {"webhook_secret_file": text})

    def fee(self, minor: int) -> int:
        return objects.fee_of(minor)

    # Requests

    def route(self, request: Request) -> Call | None:
        path = request.path.strip("/").split("/")
        if path[0] != "v1":
            return None
        text = request.query if request.verb == "GET" else request.body.decode("utf-8", "replace")
        params = dict(parse_qsl(text, keep_blank_values=True))
        call = Call("other", "", params, path[1:], key=request.header("Idempotency-Key"))
        call.params["verb"] = request.verb
        call.name = self.name_of(request.verb, call.path)
        call.number, call.refund_no = self.numbers(call)
        return call

    @staticmethod
    def name_of(verb: str, path: list[str]) -> str:
        if path[0] == "refunds":
            return "refund" if verb == "POST" else "refund_query"
        if verb == "POST":
            return "close" if path[-1] in ("expire", "cancel") else "create"
        if path[0] in ("checkout", "payment_intents"):
            return "search" if path[-1] == "search" else "query"
        return path[0]

    def numbers(self, call: Call) -> tuple[str, str]:
        own = call.params.get(PAYMENT_KEY, "")
        if not own and call.name in ("query", "close"):
            index = 2 if call.path[0] == "checkout" else 1
            found = self.ledger.find(call.path[index] if len(call.path) > index else "")
            own = found.number if found else ""
        if not own and "payment_intent" in call.params:
            found = self.ledger.find(call.params["payment_intent"])
            own = found.number if found else ""
        return own, call.params.get("metadata[till_refund]", "")

    def authorise(self, request: Request, call: Call) -> None:
        if request.header("Authorization") != f"Bearer {self.secret_key}":
            raise error(401, "", "Invalid API Key provided")
        if not request.header("Stripe-Version"):
            raise error(400, "", "no pinned version")

    def run(self, call: Call) -> tuple[int, Any]:
        if call.name == "create":
            return self.keyed(call, lambda: self.create(call))
        if call.name == "refund":
            return self.keyed(call, lambda: self.refund(call))
        reads = {
            "query": self.query,
            "close": self.close,
            "refund_query": self.refunds,
            "search": self.search,
            "disputes": self.disputes,
            "events": self.listed_events,
            "balance": lambda c: {"object": "balance", "livemode": False, "available": []},
            "webhook_endpoints": self.webhooks,
            "balance_transactions": self.balance_transactions,
        }
        if call.name not in reads:
            raise error(404, "", "Unrecognized request URL")
        return 200, reads[call.name](call)

    def keyed(self, call: Call, make: Any) -> tuple[int, Any]:
        """The same key with other parameters is an error, as at Stripe. What is no valid request
        leaves no trace under its key."""
        sent = {k: v for k, v in call.params.items() if k != "verb"}
        if not sent:
            raise error(400, "parameter_missing", "Missing required param")
        mark = f"sent:{call.key}"
        if call.key and self.replies.setdefault(mark, sent) != sent:
            raise error(400, "", "Keys for idempotent requests", "idempotency_error")
        status, body = self.once(call.key, lambda: (200, make()))
        return status, body

    def create(self, call: Call) -> Any:
        asked = call.params
        if call.path[0] == "checkout":
            minor = int(asked["line_items[0][price_data][unit_amount]"])
            currency = asked["line_items[0][price_data][currency]"]
            life_s = int(asked["expires_at"]) - self.clock.now_ms() // 1000
            if not 1800 - 300 <= life_s <= DAY_S + 300:
                raise error(400, "", "expires_at must be between 30 minutes and 24 hours")
            prefix, life_ms = "cs_test_", life_s * 1000
        else:
            minor, currency = int(asked["amount"]), asked["currency"]
            prefix, life_ms = "pi_", DAY_S * 1000
        if minor < 50:
            raise error(400, "amount_too_small", "Amount must be at least 50 cents")
        payment = self.ledger.create(
            prefix, call.number, minor, currency.upper(), life_ms, page=prefix != "pi_"
        )
        if prefix == "pi_":
            payment.charge = payment.id
        return self.shown(payment)

    def shown(self, payment: Payment) -> Any:
        return objects.session(payment) if payment.more["page"] else objects.intent(payment)

    def of_path(self, call: Call) -> Payment:
        index = 2 if call.path[0] == "checkout" else 1
        return self.ledger.one(call.path[index])

    def query(self, call: Call) -> Any:
        payment = self.of_path(call)
        return objects.session(payment) if call.path[0] == "checkout" else objects.intent(payment)

    def close(self, call: Call) -> Any:
        payment = self.of_path(call)
        if payment.state == CLOSED:
            raise LedgerError("state")
        self.ledger.close(payment)
        return self.shown(payment)

    def refund(self, call: Call) -> Any:
        payment = self.ledger.one(call.params["payment_intent"])
        made = self.ledger.refund(
            payment, "re_", call.refund_no, int(call.params.get("amount", payment.charged))
        )
        return objects.refund(payment, made)

    def refunds(self, call: Call) -> Any:
        if len(call.path) == 2:
            for payment in self.ledger:
                for made in payment.refunds:
                    if made.id == call.path[1]:
                        return objects.refund(payment, made)
            raise LedgerError("missing")
        payment = self.ledger.one(call.params["payment_intent"])
        return objects.page([objects.refund(payment, made) for made in payment.refunds])

    def search(self, call: Call) -> Any:
        hits = [p for p in self.ledger if p.number in call.params["query"] and p.state == PAID]
        return objects.page([objects.intent(p) for p in hits], "search_result")

    def disputes(self, call: Call) -> Any:
        if len(call.path) == 2:
            for payment in self.ledger:
                for made in payment.disputes:
                    if made.id == call.path[1]:
                        return objects.dispute(payment, made)
            raise LedgerError("missing")
        payment = self.ledger.one(call.params["payment_intent"])
        return objects.page([objects.dispute(payment, made) for made in payment.disputes])

    def webhooks(self, call: Call) -> Any:
        hook = {
            "url": "https://shop.example/notify/stripe",
            "status": "enabled",
            "api_version": "2026-10-28.endive",
        }
        return objects.page([hook])

    def balance_transactions(self, call: Call) -> bytes:
        """Newest first, laid out over many lines as Stripe does."""
        asked = call.params
        start, end = int(asked["created[gte]"]), int(asked["created[lt]"])
        rows = list(reversed(self.moved(start * 1000, end * 1000)))
        if "starting_after" in asked:
            ids = [objects.balance_id(m) for m in rows]
            if asked["starting_after"] not in ids:
                raise LedgerError("missing")
            rows = rows[ids.index(asked["starting_after"]) + 1 :]
        shown = rows[: min(int(asked.get("limit", 10)), self.rows["page"])]
        whole = asked.get("expand[]") == "data.source"
        page = objects.page([objects.balance_transaction(m, whole) for m in shown])
        return self.page_text(page | {"has_more": len(rows) > len(shown)}, indent=2)

    def listed_events(self, call: Call) -> Any:
        """Newest first; with ending_before the page next to that event."""
        ids = [event["id"] for event in self.events]
        start = 0
        if "ending_before" in call.params:
            if call.params["ending_before"] not in ids:
                raise LedgerError("missing")
            start = ids.index(call.params["ending_before"]) + 1
        found = self.events[start : start + int(call.params.get("limit", 10))]
        more = len(self.events) > start + len(found)
        return objects.page(list(reversed(found))) | {"has_more": more}

    def refusal(self, problem: LedgerError, call: Call) -> Refused:
        if problem.word == "missing":
            return error(404, "resource_missing", "No such object")
        if problem.word == "amount":
            return error(400, "charge_already_refunded", "amount greater than unrefunded amount")
        if call.path[0] == "checkout":
            return error(400, "", "Only Checkout Sessions with a status of open can be expired")
        return error(400, "payment_intent_unexpected_state", "the status does not allow it")

    # Lies

    def lie(self, fault: Fault, body: Any, payment: Payment, call: Call) -> tuple[int, Any] | None:
        kind = fault.kind
        if kind == "limited":
            return 429, {"error": {"type": "invalid_request_error", "code": "rate_limit"}}
        if kind == "system_error_after_apply":
            return 500, {"error": {"type": "api_error", "message": "something went wrong"}}
        if kind == "not_exist":
            return 404, {"error": {"type": "invalid_request_error", "code": "resource_missing"}}
        if kind == "duplicate_keys":
            return 200, doubled(body)
        if kind == "other_order":
            others = [p for p in self.ledger if p.number != payment.number and p.state == PAID]
            return (200, self.shown(others[-1])) if others else None
        parts = [body] + [p for p in (body.get("payment_intent"),) if isinstance(p, dict)]
        if kind == "unknown_status":
            for part in parts + body.get("data", []):
                if "status" in part:
                    part["status"] = "in_orbit"
            return 200, body
        if kind == "missing_status":
            for part in parts:
                part.pop("status", None)
            return 200, body
        if kind == "paid_then_unpaid":
            if payment.state != PAID or "status" not in body:
                return None
            again = Payment(**(payment.__dict__ | {"state": OPEN, "charged": 0}))
            return 200, self.shown(again)
        return self.lie_of_money(fault, body, parts)

    def lie_of_money(self, fault: Fault, body: Any, parts: list[Any]) -> tuple[int, Any] | None:
        names = ("amount_received", "amount_total")
        touched = False
        for part in parts:
            for name in names:
                if not part.get(name):
                    continue
                touched = True
                if fault.kind == "missing_amount":
                    del part[name]
                elif fault.kind == "amount_plus_1":
                    part[name] += 1
                elif fault.kind == "currency":
                    part["currency"] = str(fault.options.get("currency", "HKD")).lower()
        return (200, body) if touched else None

    # Notices

    def notice(self, payment: Payment, kind: str, options: dict[str, Any]) -> dict[str, Any]:
        if "same" in options:
            return self.signed(options["same"]["body"])
        event = self.event(payment, kind, options)
        if kind in TRUE_KINDS:
            self.events.append(event)
        body = json.dumps(event, ensure_ascii=False).encode()
        if kind == "forged":
            return self.signed(body, "whsec_of_somebody_else")
        if kind == "unsigned":
            return {"body": body, "headers": {"content-type": "application/json"}}
        if kind == "corrupted":
            made = self.signed(body)
            return made | {"body": corrupted(body)}
        return self.signed(body, age_s=3 * DAY_S if kind == "old" else 0)

    def signed(
        self, body: bytes, secret: str = "", age_s: int = 0
    ) -> dict[str, Any]:
        at = self.clock.now_ms() // 1000 - age_s
        code = hmac.new(
            (secret or self.webhook_secret).encode(), f"{at}.".encode() + body, hashlib.sha256
        ).hexdigest()
        header = f"t={at},v1={code},v0={'0' * 64}"
        return {
            "body": body,
            "headers": {"content-type": "application/json", "stripe-signature": header},
        }

    def event(self, payment: Payment, kind: str, options: dict[str, Any]) -> dict[str, Any]:
        if kind in ("refunded", "returned"):
            refund: Refund = self.ledger.refund_of(payment, str(options["refund_no"]))
            name = "refund.failed" if kind == "returned" else "refund.updated"
            return self.wrapped(name, objects.refund(payment, refund))
        if kind == "disputed" or options.get("about") == "dispute":
            made: Dispute = payment.disputes[-1]
            name = "closed" if made.status in ("won", "lost") else "updated"
            whole = objects.dispute(payment, made) | options.get("says", {})
            return self.wrapped(f"charge.dispute.{name}", whole)
        if kind == "outside":
            return self.wrapped("refund.created", objects.refund(payment, payment.refunds[-1]))
        whole = objects.session(payment, expanded=False)
        says_paid = ("forged", "corrupted", "unsigned", "wrong_amount", "other_merchant")
        if kind in says_paid or kind in ("wrong_currency", "unknown_number"):
            whole |= {
                "status": "complete",
                "payment_status": "paid",
                "payment_intent": payment.charge or "pi_made_up",
                "amount_total": int(options.get("minor", payment.minor)),
            }
        if kind == "wrong_currency":
            whole["currency"] = "hkd"
        if kind == "unknown_number":
            whole["metadata"]["till_payment"] = "NOBODYSNUMBER0000000000000"
        if kind == "unknown_status":
            whole["status"] = "in_orbit"
        live = kind == "other_merchant"
        return self.wrapped("checkout.session.completed", whole, live)

    def wrapped(self, name: str, whole: Any, live: bool = False) -> dict[str, Any]:
        return {
            "id": self.ledger.new_id("evt_"),
            "object": "event",
            "api_version": "2026-10-28.endive",
            "created": self.clock.now_ms() // 1000,
            "type": name,
            "livemode": live,
            "data": {"object": whole},
        }
