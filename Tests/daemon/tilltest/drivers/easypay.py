"""Easypay's 易企通."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .site import CLOSING, SiteDriver, lacking

NO_CLOSE = "no call to close was found in what is public"


class EasypayDriver(SiteDriver):
    name = "easypay"
    package = "fakeeasypay"
    method = "wechat"
    acknowledgement = '{"code":"000000","msg":"Success"}'
    cannot = {
        "fault:clock_skew": "answers tell no time that is signed",
        "fault:currency": "there is no currency but yuan",
        "fault:limited": "its code for too many calls is not public",
        "notice:wrong_currency": "there is no currency but yuan",
        "notice:old": "the time of a notice is no part of what is checked",
        "an_old_notice_is_judged_by_the_gateways_own_rule": "a query decides, however old it is",
        "notice:returned": "nothing public tells of bounced refunds",
        "a_refund_that_comes_back": "nothing public tells of bounced refunds",
        "notice:probe": "Easypay sends no probes",
    } | lacking(CLOSING, NO_CLOSE)

    def wrong_key_entry(self) -> dict[str, Any]:
        folder = Path(self.entry()["private_key_file"]).parent
        text = (folder / "stranger.pem").read_bytes()
        return self.with_key("easypay_public_key_file", text)
