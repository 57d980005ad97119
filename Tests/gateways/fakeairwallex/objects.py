"""Airwallex's objects, drawn from the books; amounts are numbers of the major unit."""

from __future__ import annotations

import time as clock
from calendar import timegm
from datetime import date
from decimal import Decimal
from typing import Any

from fakehttp.ledger import CLOSED, OPEN, PAID, Dispute, Payment, Refund
from fakehttp.movements import Movement


def time(at_ms: int) -> str:
    """With an offset that has no colon, as Airwallex writes it."""
    return clock.strftime("%Y-%m-%dT%H:%M:%S+0000", clock.gmtime(at_ms // 1000))


def moment(text: str) -> int:
    """Milliseconds of a time with `Z` behind it; ValueError for any other form."""
    return timegm(clock.strptime(text, "%Y-%m-%dT%H:%M:%SZ")) * 1000


def minor(amount: Any) -> int:
    """Of a number with two decimals; another number of them is an error."""
    scaled = Decimal(str(amount)) * 100
    if scaled != scaled.to_integral_value():
        raise ValueError("more than two decimals")
    return int(scaled)


def major(amount: int) -> float:
    return amount / 100


def movement(made: Movement) -> dict[str, Any]:
    """A financial transaction. Its fee is positive here."""
    return {
        "id": f"ftx_{made.id}",
        "batch_id": "",
        "source_id": made.id,
        "source_type": "REFUND" if made.refund else "PAYMENT_ATTEMPT",
        "transaction_type": "REFUND" if made.refund else "PAYMENT",
        "currency": made.payment.currency,
        "amount": major(made.minor),
        "fee": major(made.fee),
        "net": major(made.net),
        "status": "PENDING",
        "created_at": time(made.at_ms),
        "description": made.payment.number,
        "funding_source_id": made.payment.id,
    }


def settlement(day: date, currency: str, rows: list[Movement]) -> dict[str, Any]:
    return {
        "id": f"bat_{day:%Y%m%d}_{currency}_1",
        "amount": major(sum(m.net for m in rows)),
        "fee": major(sum(m.fee for m in rows)),
        "currency": currency,
        "settled_at": f"{day}T09:00:00+0800",
        "status": "SETTLED",
    }


def settlement_record(made: Movement, batch: str) -> dict[str, Any]:
    """Its fees are negative, unlike those of the settlement itself."""
    amount, currency = major(made.minor), made.payment.currency
    return {
        "transaction_id": f"ftx_{made.id}",
        "transaction_type": "Refund" if made.refund else "Payment",
        "transaction_amount": amount,
        "transaction_currency": currency,
        "exchange_rate": 1,
        "gross_amount": amount,
        "settlement_currency": currency,
        "fees": -major(made.fee),
        "taxes_on_fees": 0,
        "net_amount": major(made.net),
        "order_id": made.payment.number,
        "payment_intent_id": made.payment.id,
        "source_id": made.id,
        "settlement_batch_id": batch,
        "created_at": time(made.at_ms),
    }


def intent(payment: Payment) -> dict[str, Any]:
    words = {OPEN: "REQUIRES_PAYMENT_METHOD", PAID: "SUCCEEDED", CLOSED: "CANCELLED"}
    return {
        "id": payment.id,
        "request_id": payment.more.get("request_id", ""),
        "amount": major(payment.minor),
        "currency": payment.currency,
        "merchant_order_id": payment.number,
        "captured_amount": major(payment.charged),
        "status": words[payment.state],
        "client_secret": f"eyJhbGciOiJmYWtlIn0.{payment.id}",
        "created_at": time(payment.created_ms),
        "updated_at": time(payment.paid_ms or payment.created_ms),
        "latest_payment_attempt": {
            "id": payment.charge,
            "refunded_amount": major(payment.refunded),
            "updated_at": time(payment.paid_ms or payment.created_ms),
        },
    }


def refund(payment: Payment, made: Refund, request_id: str, word: str) -> dict[str, Any]:
    return {
        "id": made.id,
        "request_id": request_id,
        "payment_intent_id": payment.id,
        "payment_attempt_id": payment.charge,
        "amount": major(made.minor),
        "currency": payment.currency,
        "metadata": {"till_refund": made.number} if made.number else {},
        "status": word,
        "created_at": time(made.created_ms),
        "updated_at": time(made.created_ms),
    }


def dispute(payment: Payment, made: Dispute, for_notice: bool = False) -> dict[str, Any]:
    """Notices name some members otherwise than answers do."""
    names = ("dispute_id", "dispute_amount", "dispute_currency")
    if not for_notice:
        names = ("id", "amount", "currency")
    return {
        names[0]: made.id,
        names[1]: major(made.minor),
        names[2]: payment.currency,
        "payment_intent_id": payment.id,
        "merchant_order_id": payment.number,
        "stage": "CHARGEBACK",
        "status": made.status,
        "reason": {"type": "PRODUCT_NOT_RECEIVED", "original_code": "13.1"},
        "due_at": time(made.due_ms),
        "created_at": time(made.created_ms),
        "updated_at": time(made.updated_ms),
    }
