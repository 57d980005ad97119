"""Sites of the v免签 (码支付) class: notice only, and weak."""

from __future__ import annotations

from typing import Any

from .site import CLOSING, REFUNDING, SiteDriver, lacking

UNSIGNED = "answers are not signed"
YUAN_ONLY = "there is no currency but yuan at such a site"
NO_REFUNDS = "the money went to a person's own account; the site cannot give it back"
OWN_NUMBER_ONLY = (
    "an order is found by the site's own number alone, which stood in the answer that was lost; "
    "its code was never shown to anybody"
)
NO_CLOSE = (
    "Till does not ask such a site to close; test_vmq.py shows what happens when the site drops an "
    "order"
)
WEAK = "its word is weak: test_vmq.py shows what that means for the order and for its goods"


class VmqDriver(SiteDriver):
    name = "vmq"
    package = "fakevmq"
    method = "alipay"
    acknowledgement = "success"
    cannot = {
        "paid_without_a_callback": WEAK,
        "an_answer_of_no_use_is_unknown_and_then_found": OWN_NUMBER_ONLY,
        "what_was_never_applied_is_never_paid": OWN_NUMBER_ONLY,
        "fault:bad_signature": UNSIGNED,
        "fault:corrupt_signature": UNSIGNED,
        "fault:no_signature": UNSIGNED,
        "fault:clock_skew": "answers tell no time that is signed",
        "fault:currency": YUAN_ONLY,
        "fault:limited": "a site has no word for too many calls",
        "fault:system_error_after_apply": "a site has no word for an error of its own",
        "notice:wrong_currency": YUAN_ONLY,
        "notice:other_merchant": "a notice names no merchant but by the key that signs it",
        "notice:unknown_status": "a notice has no status: it is sent for money alone",
        "notice:old": "a notice holds no time",
        "an_old_notice_is_judged_by_the_gateways_own_rule": "a notice holds no time",
        "notice:probe": "a site sends no probes",
        "the_check_names_the_wrong_key": "only a create tries the key, and a check creates nothing",
        "nothing_is_paid_by_answers_that_cannot_be_verified": (
            "both sides share one key: with a wrong one the site refuses to make the payment"
        ),
    } | lacking(CLOSING, NO_CLOSE) | lacking(REFUNDING, NO_REFUNDS)

    def wrong_key_entry(self) -> dict[str, Any]:
        return self.with_key("key_file", b"0123456789abcdef0123456789abcdef")

    def created_since(self, position: int) -> set[str]:
        """A create is a GET here, so there is no body to tell it from an empty head."""
        logged = self.fake.ctl("requests", method="create", after=position)
        return {entry["out_trade_no"] for entry in logged["requests"] if entry["query"]}
