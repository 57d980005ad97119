"""99Bill's page."""

from __future__ import annotations

import html
import re
import urllib.request
from typing import Any
from urllib.parse import urlencode

from .site import CLOSING, REFUNDING, SiteDriver, lacking

LOCAL = "a payment is made without a call: the buyer's browser brings it"
NO_CLOSE = "there is no call to close, and the query tells of successful payments alone"
NO_REFUNDS = (
    'the answer to a refund is unsigned and says no more than "taken", and no source says in what '
    "unit the refund query counts"
)
UNSIGNED = "the signature of an answer covers no order"
FIELD = re.compile(r'name="([^"]*)" value="([^"]*)"')


class Bill99Driver(SiteDriver):
    """The buyer arrives with the form that `payment.create` returns; 99Bill hears of it then."""

    name = "99bill"
    package = "fake99bill"
    method = "page"
    cannot = {
        "an_answer_of_no_use_is_unknown_and_then_found": LOCAL,
        "what_was_never_applied_is_never_paid": LOCAL,
        "the_same_key_during_unknown_makes_no_other_payment": LOCAL,
        "too_many_calls_is_said_by_name": LOCAL,
        "a_redirect_is_never_followed": LOCAL,
        "a_huge_body_is_cut_off": LOCAL,
        "a_gateway_that_hangs_does_not_hold_the_shop": LOCAL,
        "a_callback_that_overtakes_the_create_answer": LOCAL,
        "a_second_click_makes_no_second_payment": LOCAL,
        "nothing_is_paid_by_answers_that_cannot_be_verified": UNSIGNED,
        "fault:bad_signature": UNSIGNED,
        "fault:corrupt_signature": UNSIGNED,
        "fault:no_signature": UNSIGNED,
        "fault:clock_skew": "answers tell no time",
        "fault:currency": "there is no currency but yuan",
        "fault:system_error_after_apply": "a question applies nothing",
        "notice:wrong_currency": "there is no currency but yuan",
        "notice:old": "a notice holds no time of its own",
        "an_old_notice_is_judged_by_the_gateways_own_rule": "a notice holds no time of its own",
        "notice:probe": "99Bill sends no probes",
    } | lacking(CLOSING, NO_CLOSE) | lacking(REFUNDING, NO_REFUNDS)

    def arrive(self, payment: dict[str, Any]) -> None:
        """Posts the form as a browser would, to the fake in place of 99Bill."""
        fields = [
            (html.unescape(name), html.unescape(value))
            for name, value in FIELD.findall(payment["action"]["value"])
        ]
        url = self.fake.root + "/gateway/recvMerchantInfoAction.htm"
        with urllib.request.urlopen(url, urlencode(fields).encode(), timeout=10) as page:
            text = page.read().decode()
        if "收银台" not in text:
            raise AssertionError(f"the page refuses the form: {text}")

    def pay(self, payment: dict[str, Any], minor: int | None = None) -> None:
        if not self.books(payment).is_known:
            self.arrive(payment)
        super().pay(payment, minor)

    def notices(self, payment: dict[str, Any], kind: str, **options: Any) -> Any:
        if not self.books(payment).is_known:
            self.arrive(payment)
        return super().notices(payment, kind, **options)

    def fault(self, kind: str, operation: str = "*", **spec: Any) -> None:
        """The page is the browser's: only questions are Till's."""
        super().fault(kind, "query" if operation == "*" else operation, **spec)

    def believed(self, ack: dict[str, Any]) -> bool:
        return ack["status"] == 200 and ack["body"].startswith("<result>1</result>")

    def wrong_key_entry(self) -> dict[str, Any]:
        return self.with_key("query_key_file", b"0123456789ABCDEF")
