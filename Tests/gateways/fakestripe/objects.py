"""Stripe's objects, drawn from the books in the shapes of its published fixtures."""

from __future__ import annotations

from typing import Any

from fakehttp.ledger import CLOSED, OPEN, PAID, Dispute, Payment, Refund
from fakehttp.movements import Movement


def page(rows: list[Any], kind: str = "list") -> dict[str, Any]:
    return {"object": kind, "data": rows, "has_more": False, "url": "/v1/things"}


def metadata(payment: Payment) -> dict[str, str]:
    return {"till_payment": payment.number}


def session(payment: Payment, expanded: bool = True) -> dict[str, Any]:
    paid = payment.state == PAID
    related: Any = payment.charge or None
    if paid and expanded:
        related = intent(payment)
    words = {OPEN: "open", PAID: "complete", CLOSED: "expired"}
    return {
        "id": payment.id,
        "object": "checkout.session",
        "amount_total": payment.charged if paid else payment.minor,
        "client_reference_id": payment.number,
        "created": payment.created_ms // 1000,
        "currency": payment.currency.lower(),
        "expires_at": payment.expires_ms // 1000,
        "livemode": False,
        "metadata": metadata(payment),
        "mode": "payment",
        "payment_intent": related,
        "payment_status": "paid" if paid else "unpaid",
        "status": words[payment.state],
        "url": f"https://checkout.stripe.com/c/pay/{payment.id}" if words[payment.state] == "open"
        else None,
    }


def intent(payment: Payment) -> dict[str, Any]:
    words = {OPEN: "requires_payment_method", PAID: "succeeded", CLOSED: "canceled"}
    paid = payment.state == PAID
    return {
        "id": payment.charge,
        "object": "payment_intent",
        "amount": payment.minor,
        "amount_received": payment.charged,
        "client_secret": f"{payment.charge}_secret_fake",
        "created": payment.created_ms // 1000,
        "currency": payment.currency.lower(),
        "latest_charge": charge(payment) if paid else None,
        "livemode": False,
        "metadata": metadata(payment),
        "status": words[payment.state],
    }


def fee_of(units: int) -> int:
    """What Stripe keeps of a payment."""
    return units * 29 // 1000 + 30


def charge(payment: Payment) -> dict[str, Any]:
    fee = fee_of(payment.charged)
    return {
        "id": f"ch_{payment.charge[3:]}",
        "object": "charge",
        "amount": payment.charged,
        "amount_refunded": payment.refunded,
        "balance_transaction": {
            "id": f"txn_{payment.charge[3:]}",
            "amount": payment.charged,
            "currency": payment.currency.lower(),
            "fee": fee,
            "net": payment.charged - fee,
        },
        "created": payment.paid_ms // 1000,
        "currency": payment.currency.lower(),
        "disputed": bool(payment.disputes),
        "metadata": metadata(payment),
        "payment_intent": payment.charge,
        "refunds": page([refund(payment, made) for made in payment.refunds]),
        "status": "succeeded",
    }


def refund(payment: Payment, made: Refund) -> dict[str, Any]:
    own = {"till_refund": made.number, "till_payment": payment.number} if made.number else {}
    failed = made.status == "returned"
    return {
        "id": made.id,
        "object": "refund",
        "amount": made.minor,
        "created": made.created_ms // 1000,
        "currency": payment.currency.lower(),
        "failure_balance_transaction": f"txn_{made.id}" if failed else None,
        "metadata": own,
        "payment_intent": payment.charge,
        "status": "failed" if failed else made.status,
    }


def balance_id(movement: Movement) -> str:
    return f"txn_{movement.id.removeprefix('pi_')}"


def balance_transaction(movement: Movement, whole: bool) -> dict[str, Any]:
    """`whole` shows the charge or refund itself in place of its number."""
    payment, made = movement.payment, movement.refund
    source = charge(payment) if made is None else refund(payment, made)
    kept = {
        "amount": movement.fee,
        "currency": payment.currency.lower(),
        "description": "Stripe processing fees",
        "type": "stripe_fee",
    }
    return {
        "id": balance_id(movement),
        "object": "balance_transaction",
        "amount": movement.minor,
        "available_on": movement.at_ms // 1000 + 2 * 86_400,
        "balance_type": "payments",
        "created": movement.at_ms // 1000,
        "currency": payment.currency.lower(),
        "description": None,
        "exchange_rate": None,
        "fee": movement.fee,
        "fee_details": [kept] if movement.fee else [],
        "net": movement.net,
        "reporting_category": "charge" if made is None else "refund",
        "source": source if whole else source["id"],
        "status": "pending",
        "type": "charge" if made is None else "refund",
    }


def dispute(payment: Payment, made: Dispute) -> dict[str, Any]:
    return {
        "id": made.id,
        "object": "dispute",
        "amount": made.minor,
        "balance_transactions": [
            {"object": "balance_transaction", "type": "adjustment", "amount": each}
            for each in made.moves
        ],
        "charge": f"ch_{payment.charge[3:]}",
        "created": made.created_ms // 1000,
        "currency": payment.currency.lower(),
        "evidence_details": {"due_by": made.due_ms // 1000, "has_evidence": False},
        "livemode": False,
        "payment_intent": payment.charge,
        "reason": "product_not_received",
        "status": made.status,
    }
