"""WeChat's own faults, beside those of the wire: refusals, bad signatures, lies, odd books."""

from __future__ import annotations

from fakehttp.faults import WIRE as ANY_WIRE

from .bills import KINDS as BILLS

# Refusals that the plan orders; False where the books stay as they are.
REFUSALS: dict[str, bool] = {
    "limited": False,
    "system_error": False,
    "system_error_after_apply": True,
}
WIRE = ANY_WIRE | REFUSALS
# Answers whose signature is wrong, missing or of another time.
SIGNATURE = frozenset(
    {
        "bad_signature",
        "corrupt_signature",
        "no_signature",
        "unknown_serial",
        "probe_signature",
        "old_signature",
    }
)
# Correctly signed answers that say something untrue or strange.
LIES = frozenset(
    {
        "other_order",
        "other_merchant",
        "amount_plus_1",
        "currency",
        "missing_amount",
        "unknown_status",
        "missing_status",
        "duplicate_keys",
        "not_exist",
        "paid_then_unpaid",
    }
)
# Faults that change what really happens.
BOOKS = frozenset({"success_after_close", "already_paid_on_close"})
KINDS = frozenset(WIRE) | SIGNATURE | LIES | BOOKS | BILLS
