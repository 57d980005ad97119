"""PingPong's hosted checkout."""

from __future__ import annotations

from typing import Any

from .site import CLOSING, SiteDriver, lacking

NO_CLOSE = "there is no call to close; PingPong closes by itself, and when is not public"


class PingPongDriver(SiteDriver):
    name = "pingpong"
    package = "fakepingpong"
    method = "checkout"
    currency = "USD"
    acknowledgement = "OK"
    cannot = {
        "fault:clock_skew": "answers tell no time that is signed",
        "fault:limited": "its code for too many calls is not public",
        "fault:system_error_after_apply": (
            "its codes are not public: it is taken for a refusal, and asked about before the caller hears"
        ),
        "nothing_is_paid_by_answers_that_cannot_be_verified": (
            "both sides share one salt: with a wrong one PingPong refuses to make the payment"
        ),
        "notice:old": "a notice holds no time of its own",
        "an_old_notice_is_judged_by_the_gateways_own_rule": "a notice holds no time of its own",
        "notice:returned": "no public page tells of bounced refunds",
        "a_refund_that_comes_back": "no public page tells of bounced refunds",
        "notice:probe": "PingPong sends no probes",
    } | lacking(CLOSING, NO_CLOSE)

    def wrong_key_entry(self) -> dict[str, Any]:
        return self.with_key("salt_file", b"0123456789ABCDEF01234567")
