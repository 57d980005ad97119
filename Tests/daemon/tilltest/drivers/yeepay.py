"""Yeepay's open platform."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .site import SiteDriver


class YeepayDriver(SiteDriver):
    name = "yeepay"
    package = "fakeyeepay"
    method = "wechat"
    acknowledgement = "SUCCESS"
    cannot = {
        "notice:wrong_currency": "there is no currency but yuan at the platform",
        "fault:currency": "there is no currency but yuan at the platform",
        "notice:old": "a notice holds no time of its own",
        "an_old_notice_is_judged_by_the_gateways_own_rule": "a notice holds no time of its own",
        "notice:returned": "no public page tells of bounced refunds",
        "a_refund_that_comes_back": "no public page tells of bounced refunds",
        "notice:probe": "the platform sends no probes",
        "fault:clock_skew": "answers tell no time that is signed",
    }

    def wrong_key_entry(self) -> dict[str, Any]:
        folder = Path(self.entry()["private_key_file"]).parent
        text = (folder / "stranger.pub").read_bytes()
        return self.with_key("yeepay_public_key_file", text)
