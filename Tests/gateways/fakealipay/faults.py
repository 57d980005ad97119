"""Alipay's own faults, beside those of the wire: refusals, bad signatures, lies, odd books."""

from __future__ import annotations

from fakehttp.faults import WIRE as ANY_WIRE

from .bills import KINDS as BILLS

# Refusals that the plan orders; False where the books stay as they are.
REFUSALS: dict[str, bool] = {
    "limited_40005": False,
    "system_error": False,
    "system_error_after_apply": True,
}
WIRE = ANY_WIRE | REFUSALS
# Answers whose signature is wrong or missing.
SIGNATURE = frozenset({"bad_signature", "no_signature", "corrupt_signature", "unknown_cert_sn"})
# Correctly signed answers that say something untrue or strange.
LIES = frozenset(
    {
        "other_order_answer",
        "amount_plus_1",
        "currency",
        "three_decimals",
        "huge_integer",
        "missing_amount",
        "unknown_status",
        "missing_status",
        "duplicate_keys",
        "trade_not_exist_lie",
        "paid_then_unpaid",
        "unpaid_says_paid",
        "refund_empty_10000",
        "clock_skew",
        "braces_in_text",
        "sign_before_node",
    }
)
# Faults that change what really happens.
BOOKS = frozenset({"success_after_close", "already_paid_on_close"})
KINDS = frozenset(WIRE) | SIGNATURE | LIES | BOOKS | BILLS
