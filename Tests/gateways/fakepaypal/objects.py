"""PayPal's objects, drawn from the books; amounts are decimal texts of the major unit."""

from __future__ import annotations

import time as clock
from calendar import timegm
from decimal import Decimal
from typing import Any

from fakehttp.ledger import APPROVED, CLOSED, OPEN, PAID, Dispute, Payment, Refund
from fakehttp.movements import Movement

API = "https://api-m.sandbox.paypal.com"
# Currencies that PayPal counts in whole units.
WHOLE = ("HUF", "JPY", "TWD")
ORDER_WORDS = {
    OPEN: "PAYER_ACTION_REQUIRED",
    APPROVED: "APPROVED",
    PAID: "COMPLETED",
    CLOSED: "VOIDED",
}


def time(at_ms: int) -> str:
    return clock.strftime("%Y-%m-%dT%H:%M:%SZ", clock.gmtime(at_ms // 1000))


def money(units: int, currency: str) -> dict[str, str]:
    value = str(units) if currency in WHOLE else f"{units // 100}.{units % 100:02d}"
    return {"currency_code": currency, "value": value}


def units(amount: dict[str, Any]) -> int:
    """More decimals than the currency has are an error."""
    scale = 1 if amount["currency_code"] in WHOLE else 100
    scaled = Decimal(str(amount["value"])) * scale
    if scaled != scaled.to_integral_value():
        raise ValueError("more decimals than the currency has")
    return int(scaled)


def fee_of(units: int) -> int:
    """What PayPal keeps of a payment."""
    return units * 349 // 10_000 + 49


def link(rel: str, href: str) -> dict[str, str]:
    return {"rel": rel, "href": href, "method": "GET"}


def moment(text: str) -> int:
    """Milliseconds of a time that `time` writes; ValueError for any other form."""
    return timegm(clock.strptime(text, "%Y-%m-%dT%H:%M:%SZ")) * 1000


def signed(units: int, currency: str) -> dict[str, str]:
    made = money(abs(units), currency)
    return made | {"value": f"-{made['value']}"} if units < 0 else made


def transaction(movement: Movement) -> dict[str, Any]:
    """A row of the transaction search. Its fee is negative, unlike that of a capture."""
    payment, made = movement.payment, movement.refund
    info: dict[str, Any] = {
        "paypal_account_id": "FAKEBUYER0001",
        "transaction_id": movement.id,
        "transaction_event_code": "T0006" if made is None else "T1107",
        "transaction_initiation_date": time(movement.at_ms),
        "transaction_updated_date": time(movement.at_ms),
        "transaction_amount": signed(movement.minor, payment.currency),
        "transaction_status": "S",
        "invoice_id": made.number if made else payment.number,
        "custom_field": made.number if made else payment.number,
    }
    if movement.fee:
        info["fee_amount"] = signed(-movement.fee, payment.currency)
    if made is not None:
        info |= {"paypal_reference_id": payment.charge, "paypal_reference_id_type": "TXN"}
    return {"transaction_info": info}


def order(payment: Payment) -> dict[str, Any]:
    page = f"https://www.sandbox.paypal.com/checkoutnow?token={payment.id}"
    whole: dict[str, Any] = {
        "id": payment.id,
        "intent": "CAPTURE",
        "status": ORDER_WORDS[payment.state],
        "purchase_units": [unit(payment)],
        "create_time": time(payment.created_ms),
        "links": [link("self", f"{API}/v2/checkout/orders/{payment.id}")],
    }
    if payment.state == OPEN:
        whole["links"].append(link("payer-action", page))
    return whole


def unit(payment: Payment) -> dict[str, Any]:
    made: dict[str, Any] = {
        "reference_id": "default",
        "custom_id": payment.number,
        "invoice_id": payment.number,
        "amount": money(payment.minor, payment.currency),
    }
    if payment.charge:
        made["payments"] = {"captures": [capture(payment)]}
    if payment.refunds:
        made["payments"]["refunds"] = [refund(payment, each) for each in payment.refunds]
    return made


def capture(payment: Payment) -> dict[str, Any]:
    status = payment.more.get("capture_status", "")
    if not status:
        left = payment.charged - payment.refunded
        status = "COMPLETED" if left == payment.charged else "PARTIALLY_REFUNDED"
        status = status if left else "REFUNDED"
    made: dict[str, Any] = {
        "id": payment.charge,
        "status": status,
        "amount": money(payment.charged, payment.currency),
        "final_capture": True,
        "custom_id": payment.number,
        "invoice_id": payment.number,
        "supplementary_data": {"related_ids": {"order_id": payment.id}},
        "create_time": time(payment.paid_ms),
        "links": [link("self", f"{API}/v2/payments/captures/{payment.charge}")],
    }
    if status == "PENDING":
        return made | {"status_details": {"reason": "PENDING_REVIEW"}}
    fee = fee_of(payment.charged)
    made["seller_receivable_breakdown"] = {
        "gross_amount": money(payment.charged, payment.currency),
        "paypal_fee": money(fee, payment.currency),
        "net_amount": money(payment.charged - fee, payment.currency),
    }
    return made


def refund(payment: Payment, made: Refund) -> dict[str, Any]:
    """One made at PayPal's own desk carries the order's number."""
    return {
        "id": made.id,
        "status": "FAILED" if made.status == "returned" else "COMPLETED",
        "amount": money(made.minor, payment.currency),
        "custom_id": made.number or payment.number,
        "create_time": time(made.created_ms),
        "links": [
            link("self", f"{API}/v2/payments/refunds/{made.id}"),
            link("up", f"{API}/v2/payments/captures/{payment.charge}"),
        ],
    }


def dispute(payment: Payment, made: Dispute) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "dispute_id": made.id,
        "create_time": time(made.created_ms),
        "disputed_transactions": [
            {"seller_transaction_id": payment.charge, "custom": payment.number}
        ],
        "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        "status": made.status,
        "dispute_amount": money(made.minor, payment.currency),
        "dispute_life_cycle_stage": made.stage or "CHARGEBACK",
        "seller_response_due_date": time(made.due_ms),
    }
    whole["money_movements"] = [
        {
            "affected_party": "SELLER",
            "type": "DEBIT" if each < 0 else "CREDIT",
            "reason": "DISPUTE_SETTLEMENT",
            "amount": money(abs(each), payment.currency),
        }
        for each in made.moves
    ]
    if made.outcome:
        whole["dispute_outcome"] = {"outcome_code": made.outcome}
    return whole
