"""Fakes built on `fakehttp`, as the behaviours see them."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from fakehttp.process import FakeProcess

from .base import Books, JournalDriver, Notice

NOTICE_KINDS = {
    "paid": "deliver",
    "repeated": "deliver",
    "forged": "forge",
    "corrupted": "corrupt",
    "unknown_number": "unknown_order",
}

# Behaviours that mean nothing where a gateway cannot close, or gives nothing back.
CLOSING = (
    "an_opened_order_is_closed_at_the_gateway",
    "an_order_nobody_opened_expires_with_a_signed_answer",
    "success_after_close_is_paid_and_late",
    "a_late_callback_after_expiry_pays",
    "already_paid_when_asked_to_close",
    "cancel_answers_at_once_and_completes_as_an_event",
    "a_cancel_that_loses_the_race_is_a_payment",
    "closing_a_payment_leaves_the_order_open",
)
REFUNDING = (
    "notice:refunded",
    "notice:returned",
    "a_part_and_then_the_rest",
    "an_unknown_refund_is_resolved_under_its_number",
    "a_refund_that_never_arrived_is_sent_again_under_its_number",
    "an_unknown_status_keeps_the_refund_open",
    "a_refund_notice_is_no_second_payment",
    "a_refund_that_comes_back",
)


def lacking(what: tuple[str, ...], reason: str) -> dict[str, str]:
    """The part of `cannot` that one reason stands behind."""
    return dict.fromkeys(what, reason)


class SiteDriver(JournalDriver):
    """Operations, faults and notices go by the same words on both sides."""

    package = ""
    acknowledgement = ""
    calls = {name: name for name in ("create", "query", "close", "refund", "refund_query")}

    def __init__(self) -> None:
        super().__init__(FakeProcess(self.package))

    def entry(self) -> dict[str, Any]:
        known = self.fake.description
        whole = {"name": self.name, "qps": 200, "concurrency": 64}
        return whole | {"url": known["root"] + known["path"]} | known["configuration"]

    def with_key(self, member: str, text: bytes) -> dict[str, Any]:
        """The entry with another key file beside the right one."""
        entry = self.entry()
        path = Path(entry[member]).with_name(f"wrong-{member}")
        path.write_bytes(text)
        path.chmod(0o600)
        return entry | {member: str(path)}

    def pay(self, payment: dict[str, Any], minor: int | None = None) -> None:
        more = {} if minor is None else {"amount_fen": minor}
        self.fake.ctl("pay", out_trade_no=payment["out_trade_no"], **more)

    def notices(self, payment: dict[str, Any], kind: str, **options: Any) -> list[Notice]:
        if "minor" in options:
            options["amount_fen"] = options.pop("minor")
        made = self.fake.ctl(
            "notify",
            out_trade_no=payment["out_trade_no"],
            kind=NOTICE_KINDS.get(kind, kind),
            options=options,
        )
        headers = {"content-type": made["content_type"]} if made["content_type"] else {}
        body = base64.b64decode(made["body_base64"])
        return [Notice(body, headers, made["query"], made["http_method"])]

    def believed(self, ack: dict[str, Any]) -> bool:
        return (ack["status"], ack["body"]) == (200, self.acknowledgement)

    def books(self, payment: dict[str, Any]) -> Books:
        try:
            order = self.fake.ctl("order", out_trade_no=payment["out_trade_no"])
        except RuntimeError:
            return Books(False)
        return Books(
            True,
            order["paid_fen"],
            order["refunded_fen"],
            {r["number"]: r["amount_fen"] for r in order["refunds"]},
            order["status"] == "closed",
        )
