"""Airwallex without a socket: login, PaymentIntents, refunds, disputes, webhooks."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from fakehttp.cards import Call, CardFake, Refused, corrupted, doubled, key_files
from fakehttp.days import bounds, parse_day
from fakehttp.fake import Request
from fakehttp.faults import Fault
from fakehttp.ledger import CLOSED, OPEN, PAID, LedgerError, Payment
from fakehttp.movements import Movement
from fakehttp.tokens import Tokens

from . import objects

CLIENT_ID = "fakeClientId4Till"
API_KEY = "fakeApiKey4Till0123456789"
WEBHOOK_SECRET = "whsec_fakeAirwallex4Till"
ROOT = ["api", "v1"]
WINDOW = ("from_created_at", "to_created_at")
BEIJING_MINUTES = 480


def error(status: int, code: str, message: str) -> Refused:
    return Refused(status, {"code": code, "message": message, "source": "", "trace_id": "t"})


class Gateway(CardFake):
    charge_prefix = "att_"
    holding = frozenset(
        {"REQUIRES_RESPONSE", "CHALLENGED", "PENDING_DECISION", "LOST", "EXPIRED", "ACCEPTED"}
    )

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.tokens = Tokens()
        texts = {
            "api_key_file": API_KEY,
            "webhook_secret_file": WEBHOOK_SECRET,
            "wrong_api_key_file": API_KEY[::-1],
        }
        self.files = key_files(folder, texts)
        # "new" or "old": which generation of words notices and refunds use.
        self.words = "new"

    def public(self) -> dict[str, Any]:
        return self.files | {"client_id": CLIENT_ID}

    def controls(self) -> Any:
        more = {
            "revoke": lambda p: {"revoked": self.tokens.revoke()},
            "tokens": lambda p: {"issued": self.tokens.issued},
            "words": self.set_words,
        }
        return super().controls() | more

    def set_words(self, params: dict[str, Any]) -> Any:
        self.words = str(params["words"])
        return {"words": self.words}

    def fee(self, minor: int) -> int:
        return minor * 28 // 1000 + 30

    # Requests

    def route(self, request: Request) -> Call | None:
        path = request.path.strip("/").split("/")
        if path[:2] != ROOT:
            return None
        params: dict[str, Any] = dict(parse_qsl(request.query))
        if request.body:
            try:
                # Numbers stay what was written; nothing goes through a float.
                params |= json.loads(request.body, parse_float=Decimal)
            except ValueError:
                pass
        call = Call("other", "", params, path[2:])
        call.key = str(params.get("request_id", ""))
        call.name = self.name_of(request.verb, call.path)
        call.number = self.number_of(call)
        call.refund_no = str(dict(params.get("metadata") or {}).get("till_refund", ""))
        return call

    @staticmethod
    def name_of(verb: str, path: list[str]) -> str:
        if path[0] == "authentication":
            return "login"
        family = path[1] if len(path) > 1 else ""
        if path[0] == "financial_transactions":
            return "transactions"
        if family in ("financial", "settlement_records"):
            return path[-1]
        if family == "refunds":
            return "refund" if verb == "POST" else "refund_query"
        if family == "payment_disputes":
            return "disputes"
        if verb == "POST":
            return "close" if path[-1] == "cancel" else "create"
        return "query"

    def number_of(self, call: Call) -> str:
        own = str(call.params.get("merchant_order_id", ""))
        if own or len(call.path) < 2:
            return own
        name = str(call.params.get("payment_intent_id", ""))
        if not name and call.path[1] == "payment_intents" and len(call.path) > 2:
            name = call.path[2]
        found = self.ledger.find(name)
        return found.number if found else ""

    def authorise(self, request: Request, call: Call) -> None:
        if call.name == "login":
            pair = (request.header("x-client-id"), request.header("x-api-key"))
            if pair != (CLIENT_ID, API_KEY):
                raise error(401, "credentials_invalid", "UNAUTHORIZED")
            return
        if not self.tokens.knows(request.header("Authorization")):
            raise error(401, "unauthorized", "Access denied, authentication failed")
        if not request.header("x-api-version"):
            raise error(400, "validation_error", "no pinned version")

    def run(self, call: Call) -> tuple[int, Any]:
        if call.name == "login":
            end = objects.time(self.clock.now_ms() + 1_800_000)
            return 201, {"token": self.tokens.issue(), "expires_at": end}
        if call.name in ("create", "refund"):
            return self.keyed(call)
        reads = {
            "query": self.query,
            "close": self.close,
            "refund_query": self.refunds,
            "disputes": self.disputes,
            "transactions": self.transactions,
            "settlements": self.settlements,
            "settlement_records": self.settlement_records,
        }
        if call.name not in reads:
            raise error(404, "not_found", "no such path")
        return 200, reads[call.name](call)

    def keyed(self, call: Call) -> tuple[int, Any]:
        """A request id that was used before is an error, whatever it asks for."""
        with self.keys_lock:
            if not call.key:
                raise error(400, "validation_error", "request_id is missing")
            if call.key in self.replies:
                raise error(400, "duplicate_request", "The request_id has been used")
            made = self.create(call) if call.name == "create" else self.refund(call)
            self.replies[call.key] = True
        return 201, made

    def create(self, call: Call) -> Any:
        minor = objects.minor(call.params["amount"])
        currency = str(call.params["currency"])
        payment = self.ledger.create(
            "int_", call.number, minor, currency, 86_400_000, request_id=call.key
        )
        return objects.intent(payment)

    def query(self, call: Call) -> Any:
        if len(call.path) == 3:
            return objects.intent(self.ledger.one(call.path[2]))
        hits = [p for p in self.ledger if p.number == call.number] if call.number else []
        return {"items": [objects.intent(p) for p in reversed(hits)], "has_more": False}

    def close(self, call: Call) -> Any:
        payment = self.ledger.one(call.path[2])
        if payment.state == CLOSED:
            raise LedgerError("state")
        self.ledger.close(payment)
        return objects.intent(payment)

    def refund(self, call: Call) -> Any:
        payment = self.ledger.one(str(call.params["payment_intent_id"]))
        minor = objects.minor(call.params["amount"])
        made = self.ledger.refund(payment, "rfd_", call.refund_no, minor)
        return objects.refund(payment, made, call.key, "RECEIVED")

    def refunds(self, call: Call) -> Any:
        for payment in self.ledger:
            for made in payment.refunds:
                if len(call.path) == 3 and made.id == call.path[2]:
                    return objects.refund(payment, made, "", self.refund_word(made.status))
        if len(call.path) == 3:
            raise LedgerError("missing")
        payment = self.ledger.one(str(call.params["payment_intent_id"]))
        rows = [
            objects.refund(payment, made, "", self.refund_word(made.status))
            for made in payment.refunds
        ]
        return {"items": rows, "has_more": False}

    def refund_word(self, status: str) -> str:
        if status != "succeeded":
            return "FAILED"
        return "SETTLED" if self.words == "new" else "SUCCEEDED"

    # Bills

    def transactions(self, call: Call) -> bytes:
        """Both ends of the window belong to it."""
        start, end = (objects.moment(str(call.params[n])) for n in WINDOW)
        rows = [objects.movement(m) for m in self.moved(start, end + 1)]
        size = min(int(call.params.get("page_size", 100)), 1000, self.rows["page"])
        first = int(call.params.get("page_num", 0)) * size
        shown = rows[first : first + size]
        return self.page_text({"items": shown, "has_more": len(rows) > first + len(shown)})

    def settled(self, day: date, currency: str) -> list[Movement]:
        """A day's settlement pays out what moved on the day before."""
        start, end = bounds(day - timedelta(days=1), BEIJING_MINUTES)
        return [m for m in self.moved(start, end) if m.payment.currency == currency]

    def settlements(self, call: Call) -> bytes:
        asked = call.params
        missing = {"currency", "status", "from_settled_at", "to_settled_at"} - set(asked)
        if missing:
            raise error(400, "validation_error", f"{sorted(missing)} must be given")
        day, last = (parse_day(str(asked[n])) for n in ("from_settled_at", "to_settled_at"))
        items = []
        while day <= last:
            rows = self.settled(day, asked["currency"])
            if rows and bounds(day, BEIJING_MINUTES)[0] <= self.clock.now_ms():
                items.append(objects.settlement(day, asked["currency"], rows))
            day += timedelta(days=1)
        return self.page_text({"items": items, "has_more": False})

    def settlement_records(self, call: Call) -> bytes:
        """Pages of at most fifty; a mark says where the next one begins."""
        _, day, currency, _ = str(call.params["settlement_id"]).split("_")
        rows = self.settled(datetime.strptime(day, "%Y%m%d").date(), currency)
        first = int(call.params.get("page", 0))
        size = min(int(call.params.get("page_size", 10)), 50, self.rows["page"])
        shown = [
            objects.settlement_record(m, str(call.params["settlement_id"]))
            for m in rows[first : first + size]
        ]
        more = first + len(shown) < len(rows)
        return self.page_text({"items": shown, "page_after": str(first + size) if more else None})

    def disputes(self, call: Call) -> Any:
        rows = [
            (payment, made)
            for payment in self.ledger
            for made in payment.disputes
            if call.params.get("payment_intent_id", payment.id) == payment.id
            and call.params.get("from_updated_at", "")[:19] <= objects.time(made.updated_ms)[:19]
        ]
        if len(call.path) == 3:
            for payment, made in rows:
                if made.id == call.path[2]:
                    return objects.dispute(payment, made)
            raise LedgerError("missing")
        return {"items": [objects.dispute(p, d) for p, d in rows], "page_after": None}

    def refusal(self, problem: LedgerError, call: Call) -> Refused:
        if problem.word == "missing":
            return error(404, "resource_not_found", "The requested resource was not found")
        if problem.word == "amount":
            return error(400, "amount_above_limit", "more than what is left")
        return error(400, "invalid_status_for_operation", "the status does not allow it")

    # Lies

    def lie(self, fault: Fault, body: Any, payment: Payment, call: Call) -> tuple[int, Any] | None:
        kind = fault.kind
        if call.name == "login":
            return None
        if kind == "limited":
            return 400, {"code": "frequency_above_limit", "message": "slow down"}
        if kind == "system_error_after_apply":
            return 500, {"code": "internal_error", "message": "try later"}
        if kind == "not_exist":
            return 404, {"code": "resource_not_found", "message": "not here"}
        if kind == "duplicate_keys":
            return 200, doubled(body)
        if kind == "other_order":
            others = [p for p in self.ledger if p.number != payment.number and p.state == PAID]
            return (200, objects.intent(others[-1])) if others else None
        parts = [body] + body.get("items", [])
        if kind in ("unknown_status", "missing_status"):
            for part in parts:
                if "status" in part:
                    part["status"] = "IN_ORBIT"
                    if kind == "missing_status":
                        del part["status"]
            return 200, body
        if kind == "paid_then_unpaid":
            if payment.state != PAID or "status" not in body:
                return None
            again = Payment(**(payment.__dict__ | {"state": OPEN, "charged": 0}))
            return 200, objects.intent(again)
        return self.lie_of_money(fault, body)

    @staticmethod
    def lie_of_money(fault: Fault, body: Any) -> tuple[int, Any] | None:
        if not body.get("captured_amount"):
            return None
        if fault.kind == "missing_amount":
            del body["captured_amount"], body["amount"]
        elif fault.kind == "amount_plus_1":
            body["captured_amount"] = float(Decimal(str(body["captured_amount"])) + Decimal("0.01"))
        elif fault.kind == "currency":
            body["currency"] = str(fault.options.get("currency", "HKD"))
        return 200, body

    # Notices

    def notice(self, payment: Payment, kind: str, options: dict[str, Any]) -> dict[str, Any]:
        if "same" in options:
            return self.signed(options["same"]["body"])
        body = json.dumps(self.event(payment, kind, options), ensure_ascii=False).encode()
        if kind == "forged":
            return self.signed(body, "whsec_of_somebody_else")
        if kind == "other_merchant":
            return self.signed(body, "whsec_of_another_account")
        if kind == "unsigned":
            return {"body": body, "headers": {"content-type": "application/json"}}
        if kind == "corrupted":
            return self.signed(body) | {"body": corrupted(body)}
        return self.signed(body, age_ms=3 * 86_400_000 if kind == "old" else 0)

    def signed(
        self, body: bytes, secret: str = WEBHOOK_SECRET, age_ms: int = 0
    ) -> dict[str, Any]:
        at = str(self.clock.now_ms() - age_ms)
        code = hmac.new(secret.encode(), at.encode() + body, hashlib.sha256).hexdigest()
        headers = {"content-type": "application/json", "x-timestamp": at, "x-signature": code}
        return {"body": body, "headers": headers}

    def event(self, payment: Payment, kind: str, options: dict[str, Any]) -> dict[str, Any]:
        if kind in ("refunded", "returned", "outside"):
            name = str(options.get("refund_no", payment.refunds[-1].id))
            made = self.ledger.refund_of(payment, name)
            word = self.refund_word(made.status)
            return self.wrapped(f"refund.{word.lower()}", objects.refund(payment, made, "", word))
        if kind == "disputed" or options.get("about") == "dispute":
            whole = objects.dispute(payment, payment.disputes[-1], for_notice=True)
            whole |= options.get("says", {})
            return self.wrapped(f"payment_dispute.{whole['status'].lower()}", whole)
        whole = objects.intent(payment)
        says_paid = ("forged", "corrupted", "unsigned", "wrong_amount", "other_merchant")
        if kind in says_paid or kind in ("wrong_currency", "unknown_number"):
            whole["status"] = "SUCCEEDED"
            amount = int(options.get("minor", payment.minor))
            whole["captured_amount"] = objects.major(amount)
        if kind == "wrong_currency":
            whole["currency"] = "HKD"
        if kind == "unknown_number":
            whole["merchant_order_id"] = "NOBODYSNUMBER0000000000000"
            whole["id"] = "int_of_nobody"
        if kind == "unknown_status":
            whole["status"] = "IN_ORBIT"
        return self.wrapped("payment_intent.succeeded", whole)

    def wrapped(self, name: str, whole: Any) -> dict[str, Any]:
        return {
            "id": self.ledger.new_id("evt_"),
            "name": name,
            "account_id": "acct_fake",
            "created_at": objects.time(self.clock.now_ms()),
            "data": {"object": whole},
        }
