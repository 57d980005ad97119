"""PayPal without a socket: tokens, orders, captures, refunds, disputes, events, webhooks."""

from __future__ import annotations

import base64
import json
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fakehttp.cards import Call, CardFake, Refused, corrupted, doubled, key_files
from fakehttp.fake import Request
from fakehttp.faults import Fault
from fakehttp.ledger import APPROVED, OPEN, PAID, LedgerError, Payment
from fakehttp.tokens import Tokens

from . import objects
from .sent import SentNotices
from .signing import Signer

CLIENT_ID = "fakeClientId4Till"
CLIENT_SECRET = "fakeClientSecret4Till0123456789"
WEBHOOK_ID = "1JE4291016473214C"
NOTIFY_URL = "https://shop.example/notify/paypal"
APPROVAL_MS = 3 * 3_600_000
DAY_MS = 86_400_000
SAYS_PAID = ("forged", "corrupted", "unsigned", "wrong_amount", "wrong_currency", "other_merchant")
# Kinds of notices that tell the truth: the list of events shows only those.
TRUE_KINDS = ("paid", "repeated", "old", "refunded", "returned", "disputed", "outside")


def error(status: int, name: str, issue: str) -> Refused:
    details = [{"issue": issue, "description": f"the issue is {issue}"}]
    return Refused(status, {"name": name, "message": name, "debug_id": "d", "details": details})


class Gateway(CardFake):
    charge_prefix = "CAP"
    holding = frozenset(
        {"WAITING_FOR_SELLER_RESPONSE", "UNDER_REVIEW", "RESOLVED_BUYER_FAVOUR", "ACCEPTED"}
    )

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.tokens = Tokens()
        self.signer, self.stranger = Signer(), Signer()
        texts = {
            "client_secret_file": CLIENT_SECRET,
            "wrong_client_secret_file": CLIENT_SECRET[::-1],
            "webhook_certificate_file": self.signer.pem(),
        }
        self.files = key_files(folder, texts)
        self.sent = SentNotices(self.signer.pem())
        self.events: list[dict[str, Any]] = []
        # The status of captures that PayPal holds back; empty where the money comes at once.
        self.hold = ""

    def public(self) -> dict[str, Any]:
        return self.files | {"client_id": CLIENT_ID, "webhook_id": WEBHOOK_ID}

    def controls(self) -> Any:
        more = {
            "revoke": lambda p: {"revoked": self.tokens.revoke()},
            "tokens": lambda p: {"issued": self.tokens.issued},
            "hold": self.set_hold,
            "settle": self.settle,
        }
        return super().controls() | {n: self.guarded(h) for n, h in more.items()}

    def set_hold(self, params: dict[str, Any]) -> Any:
        """The status of the captures to come."""
        self.hold = str(params["status"])
        return {"status": self.hold}

    def settle(self, params: dict[str, Any]) -> Any:
        """What is decided of a capture that was held back: COMPLETED or DECLINED."""
        payment = self.named(params)
        payment.more["capture_status"] = str(params["status"])
        return payment.truth()

    def buyer_pays(self, payment: Payment, minor: int | None) -> None:
        """The buyer approves; only a capture takes the money."""
        self.ledger.approve(payment, minor)

    def fee(self, minor: int) -> int:
        return objects.fee_of(minor)

    # Requests

    def route(self, request: Request) -> Call | None:
        path = request.path.strip("/").split("/")
        if len(path) < 3 or path[0] not in ("v1", "v2"):
            return None
        params: dict[str, Any] = dict(parse_qsl(request.query))
        if request.header("Content-Type") == "application/json" and request.body:
            try:
                params |= json.loads(request.body, parse_float=Decimal)
            except ValueError:
                pass
        call = Call("other", "", params, path[1:], key=request.header("PayPal-Request-Id"))
        call.params["whole"] = request.header("Prefer") == "return=representation"
        call.name = self.name_of(request.verb, call.path)
        if call.name == "verify":
            call.params = {"whole": False, "asked": request.body}
        call.number = self.number_of(call)
        if call.name == "refund":
            call.refund_no = str(params.get("custom_id", ""))
        return call

    @staticmethod
    def name_of(verb: str, path: list[str]) -> str:
        if path == ["oauth2", "token"]:
            return "login"
        if path[0] == "checkout":
            if verb == "GET":
                return "query"
            return "capture" if path[-1] == "capture" else "create"
        if path[0] == "payments":
            return "refund" if verb == "POST" else "refund_query"
        if path[-1] == "verify-webhook-signature":
            return "verify"
        return {"customer": "disputes"}.get(path[0], path[1])

    def number_of(self, call: Call) -> str:
        if call.name == "create":
            return str(call.params["purchase_units"][0]["custom_id"])
        named = str(call.params.get("disputed_transaction_id", ""))
        if call.name in ("query", "capture", "refund", "refund_query") and len(call.path) > 2:
            named = call.path[2]
        found = self.ledger.find(named)
        return found.number if found else ""

    def authorise(self, request: Request, call: Call) -> None:
        sent = request.header("Authorization")
        if call.name == "login":
            pair = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
            if sent != f"Basic {pair}":
                raise Refused(401, {"error": "invalid_client", "error_description": "no"})
        elif not self.tokens.knows(sent):
            raise error(401, "AUTHENTICATION_FAILURE", "INVALID_TOKEN")

    def run(self, call: Call) -> tuple[int, Any]:
        if call.name == "login":
            token = {"access_token": self.tokens.issue(), "token_type": "Bearer"}
            return 200, token | {"expires_in": 32_400, "scope": "payments"}
        writes = {"create": self.create, "capture": self.capture, "refund": self.refund}
        if call.name in writes:
            if not call.key:
                raise error(400, "INVALID_REQUEST", "PAYPAL_REQUEST_ID_REQUIRED")
            status, body = self.once(
                f"{call.name} {call.key}", lambda: (201, writes[call.name](call))
            )
            small = {k: body[k] for k in ("id", "status", "links")}
            return status, body if call.params["whole"] else small
        reads = {
            "query": self.query,
            "refund_query": self.refunds,
            "disputes": self.disputes,
            "webhooks": lambda c: {"webhooks": [{"id": WEBHOOK_ID, "url": NOTIFY_URL}]},
            "webhooks-events": self.listed_events,
            "transactions": self.transactions,
        }
        if call.name == "verify":
            return self.sent.verdict(call.params["asked"])
        if call.name not in reads:
            raise error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID")
        return 200, reads[call.name](call)

    def create(self, call: Call) -> Any:
        unit = call.params["purchase_units"][0]
        amount = unit["amount"]
        payment = self.ledger.create(
            "EC", unit["custom_id"], objects.units(amount), amount["currency_code"], APPROVAL_MS
        )
        return objects.order(payment)

    def of_path(self, call: Call) -> Payment:
        """An order that nobody approved in time is forgotten."""
        payment = self.ledger.one(call.path[2])
        if payment.state == OPEN and self.clock.now_ms() > payment.expires_ms:
            raise LedgerError("missing")
        return payment

    def query(self, call: Call) -> Any:
        return objects.order(self.of_path(call))

    def capture(self, call: Call) -> Any:
        payment = self.of_path(call)
        if payment.state == PAID:
            raise error(422, "UNPROCESSABLE_ENTITY", "ORDER_ALREADY_CAPTURED")
        if payment.state != APPROVED:
            raise error(422, "UNPROCESSABLE_ENTITY", "ORDER_NOT_APPROVED")
        self.ledger.charge(payment, self.charge_prefix)
        if self.hold:
            payment.more["capture_status"] = self.hold
        return objects.order(payment)

    def refund(self, call: Call) -> Any:
        payment = self.ledger.one(call.path[2])
        made = self.ledger.refund(
            payment, "RE", call.refund_no, objects.units(call.params["amount"])
        )
        return objects.refund(payment, made)

    def refunds(self, call: Call) -> Any:
        if call.path[1] == "captures":
            return objects.capture(self.ledger.one(call.path[2]))
        for payment in self.ledger:
            for made in payment.refunds:
                if made.id == call.path[2]:
                    return objects.refund(payment, made)
        raise LedgerError("missing")

    def disputes(self, call: Call) -> Any:
        wanted = call.params.get("disputed_transaction_id")
        rows = [
            objects.dispute(payment, made)
            for payment in self.ledger
            for made in payment.disputes
            if wanted in (None, payment.charge)
        ]
        if len(call.path) < 3:
            # The list shows no outcomes.
            return {"items": [{k: v for k, v in r.items() if "outcome" not in k} for r in rows]}
        hits = [row for row in rows if row["dispute_id"] == call.path[2]]
        if not hits:
            raise LedgerError("missing")
        return hits[0]

    def transactions(self, call: Call) -> bytes:
        """The search of a window of at most 31 days, whose both ends belong to it."""
        asked = call.params
        start, end = (objects.moment(str(asked[n])) for n in ("start_date", "end_date"))
        if not 0 <= end - start <= 31 * DAY_MS:
            raise error(400, "INVALID_REQUEST", "Date range is greater than 31 days")
        now = self.clock.now_ms()
        if self.tells("bill_not_ready") or end > now:
            text = "Data for the given start date is not available."
            raise Refused(400, {"name": "INVALID_REQUEST", "message": text})
        rows = self.moved(start, end + 1000)
        if len(rows) > self.rows["search"]:
            raise error(400, "RESULTSET_TOO_LARGE", "RESULTSET_TOO_LARGE")
        size = min(int(asked.get("page_size", 100)), 500, self.rows["page"])
        number = int(asked.get("page", 1))
        shown = rows[(number - 1) * size : number * size]
        page = {
            "transaction_details": [objects.transaction(m) for m in shown],
            "account_number": "FAKEMERCHANT1",
            "start_date": asked["start_date"],
            "end_date": asked["end_date"],
            "last_refreshed_datetime": objects.time(now),
            "page": number,
            "total_items": len(rows),
            "total_pages": -(-len(rows) // size),
            "links": [],
        }
        return self.page_text(page)

    def listed_events(self, call: Call) -> Any:
        """Newest first and a page at a time, however many were asked for; a link leads on."""
        since, first = str(call.params["start_time"]), int(call.params.get("index_id", 0))
        found = [event for event in reversed(self.events) if event["create_time"] >= since]
        end = first + min(int(call.params.get("page_size", 10)), self.rows["page"])
        links = []
        if end < len(found):
            more = urlencode(call.params | {"index_id": end, "move_to": "next", "whole": ""})
            path = "/v1/notifications/webhooks-events"
            links.append(objects.link("next", f"{objects.API}{path}?{more}"))
        shown = found[first:end]
        return {"events": shown, "count": len(shown), "links": links}

    def refusal(self, problem: LedgerError, call: Call) -> Refused:
        if problem.word == "missing":
            return error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID")
        word = {"amount": "REFUND_AMOUNT_EXCEEDED"}.get(problem.word, "REFUND_NOT_ALLOWED")
        return error(422, "UNPROCESSABLE_ENTITY", word)

    # Lies

    def lie(self, fault: Fault, body: Any, payment: Payment, call: Call) -> tuple[int, Any] | None:
        kind = fault.kind
        if kind == "limited":
            return 429, error(429, "RATE_LIMIT_REACHED", "RATE_LIMIT_REACHED").body
        if kind == "system_error_after_apply":
            return 500, error(500, "INTERNAL_SERVER_ERROR", "INTERNAL_SERVICE_ERROR").body
        if kind == "not_exist":
            return 404, error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID").body
        if kind == "duplicate_keys":
            return 200, doubled(body)
        if kind == "other_order":
            others = [p for p in self.ledger if p.number != payment.number and p.state == PAID]
            return (200, objects.order(others[-1])) if others else None
        captures = [
            each
            for unit in body.get("purchase_units", [])
            for each in unit.get("payments", {}).get("captures", [])
        ]
        if kind in ("unknown_status", "missing_status"):
            for part in [body] + captures:
                if part.pop("status", None) and kind == "unknown_status":
                    part["status"] = "IN_ORBIT"
            return 200, body
        if kind == "paid_then_unpaid":
            if payment.state != PAID or "purchase_units" not in body:
                return None
            unpaid = {"state": OPEN, "charge": "", "charged": 0, "refunds": []}
            return 200, objects.order(Payment(**(payment.__dict__ | unpaid)))
        return self.lie_of_money(fault, body, captures)

    @staticmethod
    def lie_of_money(fault: Fault, body: Any, captures: list[Any]) -> tuple[int, Any] | None:
        for each in captures:
            amount = each["amount"]
            if fault.kind == "missing_amount":
                del each["amount"]
            elif fault.kind == "amount_plus_1":
                each["amount"] = objects.money(
                    objects.units(amount) + 1, amount["currency_code"]
                )
            elif fault.kind == "currency":
                amount["currency_code"] = str(fault.options.get("currency", "HKD"))
        return (200, body) if captures else None

    # Notices

    def notice(self, payment: Payment, kind: str, options: dict[str, Any]) -> dict[str, Any]:
        if "same" in options:
            return options["same"]
        event = self.event(payment, kind, options)
        if kind in TRUE_KINDS:
            self.events.append(event)
        body = json.dumps(event, ensure_ascii=False).encode()
        if kind == "unsigned":
            return {"body": body, "headers": {"content-type": "application/json"}}
        signer = self.stranger if kind == "forged" else self.signer
        webhook = "9XX9999999999999Z" if kind == "other_merchant" else WEBHOOK_ID
        at_ms = self.clock.now_ms() - (2 * DAY_MS if kind == "old" else 0)
        headers = signer.headers(body, str(uuid.uuid4()), objects.time(at_ms), webhook)
        if signer is self.signer:
            self.sent.keep(headers, webhook)
        return {"body": corrupted(body) if kind == "corrupted" else body, "headers": headers}

    def event(self, payment: Payment, kind: str, options: dict[str, Any]) -> dict[str, Any]:
        if kind in ("refunded", "returned", "outside"):
            name = str(options.get("refund_no", payment.refunds[-1].id))
            made = self.ledger.refund_of(payment, name)
            word = "PAYMENT.REFUND.FAILED" if kind == "returned" else "PAYMENT.CAPTURE.REFUNDED"
            return self.wrapped(word, objects.refund(payment, made))
        if kind == "disputed" or options.get("about") == "dispute":
            whole = objects.dispute(payment, payment.disputes[-1]) | options.get("says", {})
            return self.wrapped("CUSTOMER.DISPUTE.UPDATED", whole)
        said = payment
        if kind in SAYS_PAID:
            untrue = {"state": PAID, "charge": "CAPmadeUp", "paid_ms": self.clock.now_ms()}
            untrue["charged"] = int(options.get("minor", payment.minor))
            untrue["currency"] = "HKD" if kind == "wrong_currency" else payment.currency
            said = Payment(**(payment.__dict__ | untrue))
        if kind == "unknown_number":
            said = Payment(**(payment.__dict__ | {"number": "NOBODYSNUMBER0000000000000"}))
        whole = objects.order(said)
        if kind == "unknown_status":
            whole["status"] = "IN_ORBIT"
        if said.state == PAID:
            return self.wrapped("PAYMENT.CAPTURE.COMPLETED", objects.capture(said))
        return self.wrapped("CHECKOUT.ORDER.APPROVED", whole)

    def wrapped(self, name: str, resource: Any) -> dict[str, Any]:
        return {
            "id": self.ledger.new_id("WH-"),
            "event_version": "1.0",
            "create_time": objects.time(self.clock.now_ms()),
            "event_type": name,
            "resource": resource,
        }
