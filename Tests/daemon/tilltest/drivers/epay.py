"""Sites of the 易支付 family, version 1 and 2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .site import SiteDriver

NO_PROOF = "a site proves no close: it calls the order unpaid until it forgets it, after a day"
WHOLE_ONLY = "version 1 gives back whole payments, once; test_epay.py shows how"
UNSIGNED = "answers of version 1 are not signed"
# What both versions lack.
FAMILY = {
    "an_opened_order_is_closed_at_the_gateway": NO_PROOF,
    "an_order_nobody_opened_expires_with_a_signed_answer": NO_PROOF,
    "success_after_close_is_paid_and_late": NO_PROOF,
    "a_late_callback_after_expiry_pays": NO_PROOF,
    "cancel_answers_at_once_and_completes_as_an_event": NO_PROOF,
    "closing_a_payment_leaves_the_order_open": NO_PROOF,
    "notice:wrong_currency": "there is no currency but yuan in the family",
    "fault:currency": "there is no currency but yuan in the family",
    "notice:refunded": "a site sends no notices of refunds",
    "a_refund_notice_is_no_second_payment": "a site sends no notices of refunds",
    "notice:returned": "a site knows no bounced refunds",
    "a_refund_that_comes_back": "a site knows no bounced refunds",
    "notice:probe": "a site sends no probes",
    "fault:system_error_after_apply": "a site has no word for an error of its own",
}


class EpayDriver(SiteDriver):
    name = "epay"
    package = "fakeepay"
    method = "alipay"
    acknowledgement = "success"
    cannot = FAMILY | {
        "fault:bad_signature": UNSIGNED,
        "fault:corrupt_signature": UNSIGNED,
        "fault:no_signature": UNSIGNED,
        "fault:clock_skew": "version 1 tells no time",
        "already_paid_when_asked_to_close": "version 1 cannot close",
        "a_cancel_that_loses_the_race_is_a_payment": "version 1 cannot close",
        "a_part_and_then_the_rest": WHOLE_ONLY,
        "an_unknown_refund_is_resolved_under_its_number": WHOLE_ONLY,
        "a_refund_that_never_arrived_is_sent_again_under_its_number": WHOLE_ONLY,
        "an_unknown_status_keeps_the_refund_open": WHOLE_ONLY,
        "nothing_is_paid_by_answers_that_cannot_be_verified": (
            "both sides share one key: with a wrong one the site refuses to make the payment"
        ),
    }

    def rotate(self, side: str) -> None:
        self.fake.ctl("rotate", side=side)

    def wrong_key_entry(self) -> dict[str, Any]:
        return self.with_key("key_file", b"0123456789abcdef0123456789abcdef")


class EpayTwoDriver(SiteDriver):
    name = "epay-two"
    package = "fakeepay2"
    method = "alipay"
    acknowledgement = "success"
    cannot = FAMILY

    def wrong_key_entry(self) -> dict[str, Any]:
        folder = Path(self.entry()["private_key_file"]).parent
        text = (folder / "stranger.pub").read_bytes()
        return self.with_key("platform_public_key_file", text)
