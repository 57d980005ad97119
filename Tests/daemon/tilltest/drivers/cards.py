"""Drivers of the fakes that sell by card: Stripe, PayPal, Airwallex."""

from __future__ import annotations

import base64
from typing import Any

from fakehttp.process import FakeProcess

from .base import NOTIFY_URL, Books, JournalDriver, Notice

UNSIGNED = "TLS vouches for its answers; they carry no signature"
NOTHING_TO_CLOSE = "PayPal has no call to close: only our capture takes money, and it is not made"
NO_RETURN = "its refunds have no word for it; failed after succeeded is shown to a person instead"
RETURN_URL = "https://shop.example/back"


class CardDriver(JournalDriver):
    currency = "USD"
    fake_name = ""
    calls = {name: name for name in ("create", "query", "close", "refund", "refund_query")}
    cannot = {
        "fault:bad_signature": UNSIGNED,
        "fault:corrupt_signature": UNSIGNED,
        "fault:no_signature": UNSIGNED,
        "fault:clock_skew": UNSIGNED,
        "notice:probe": "it sends no probes",
        "nothing_is_paid_by_answers_that_cannot_be_verified": UNSIGNED,
    }

    def __init__(self) -> None:
        super().__init__(FakeProcess(self.fake_name))

    def base_entry(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "kind": self.name,
            "url": self.fake.root,
            "return_url": RETURN_URL,
            "qps": 200,
            "concurrency": 64,
        }

    def pay(self, payment: dict[str, Any], minor: int | None = None) -> None:
        more = {} if minor is None else {"minor": minor}
        self.fake.ctl("pay", out_trade_no=payment["out_trade_no"], **more)

    def notices(self, payment: dict[str, Any], kind: str, **options: Any) -> list[Notice]:
        made = self.fake.ctl(
            "notify", out_trade_no=payment["out_trade_no"], kind=kind, options=options
        )["notifications"]
        return [Notice(base64.b64decode(n["body_base64"]), n["headers"]) for n in made]

    def believed(self, ack: dict[str, Any]) -> bool:
        return 200 <= int(ack["status"]) < 300

    def books(self, payment: dict[str, Any]) -> Books:
        try:
            trade = self.fake.ctl("trade", out_trade_no=payment["out_trade_no"])
        except RuntimeError:
            return Books(False)
        return Books(
            True, trade["paid"], trade["refunded"], trade["refunds"], trade["state"] == "closed"
        )

    def return_refund(self, payment: dict[str, Any], refund_no: str) -> None:
        self.fake.ctl("return_refund", out_trade_no=payment["out_trade_no"], refund_no=refund_no)


class StripeDriver(CardDriver):
    name = "stripe"
    method = "checkout"
    fake_name = "fakestripe"

    def entry(self) -> dict[str, Any]:
        files = self.fake.description
        return self.base_entry() | {
            "secret_key_file": files["secret_key_file"],
            "webhook_secret_file": files["webhook_secret_file"],
            "notify_url": f"{NOTIFY_URL}/stripe",
        }

    def rotate(self, side: str) -> None:
        self.fake.ctl("rotate", side=side)

    def forget_former(self) -> None:
        self.fake.ctl("rotate", side="settled")

    def wrong_key_entry(self) -> dict[str, Any]:
        return self.entry() | {"secret_key_file": self.fake.description["wrong_secret_key_file"]}


class AirwallexDriver(CardDriver):
    name = "airwallex"
    method = "intent"
    fake_name = "fakeairwallex"
    cannot = CardDriver.cannot | {
        "notice:returned": NO_RETURN,
        "a_refund_that_comes_back": NO_RETURN,
    }

    def reset(self) -> None:
        super().reset()
        self.fake.ctl("words", words="new")

    def entry(self) -> dict[str, Any]:
        known = self.fake.description
        names = ("client_id", "api_key_file", "webhook_secret_file")
        return self.base_entry() | {name: known[name] for name in names}

    def wrong_key_entry(self) -> dict[str, Any]:
        return self.entry() | {"api_key_file": self.fake.description["wrong_api_key_file"]}


class PayPalDriver(CardDriver):
    """The buyer only approves; the money is taken by the capture that a query leads to."""

    name = "paypal"
    method = "checkout"
    fake_name = "fakepaypal"
    cannot = CardDriver.cannot | {
        "an_opened_order_is_closed_at_the_gateway": NOTHING_TO_CLOSE,
        "fault:success_after_close": NOTHING_TO_CLOSE,
        "fault:already_paid_on_close": NOTHING_TO_CLOSE,
        "success_after_close_is_paid_and_late": NOTHING_TO_CLOSE,
        "a_late_callback_after_expiry_pays": NOTHING_TO_CLOSE,
        "cancel_answers_at_once_and_completes_as_an_event": NOTHING_TO_CLOSE,
        "a_gateway_that_is_silent_proves_nothing": "what is approved too late is not captured",
        "notice:returned": NO_RETURN,
        "a_refund_that_comes_back": NO_RETURN,
    }

    def reset(self) -> None:
        super().reset()
        self.fake.ctl("hold", status="")

    def entry(self) -> dict[str, Any]:
        known = self.fake.description
        names = ("client_id", "client_secret_file", "webhook_id", "webhook_certificate_file")
        more = {name: known[name] for name in names}
        return self.base_entry() | more | {"notify_url": f"{NOTIFY_URL}/paypal"}

    def wrong_key_entry(self) -> dict[str, Any]:
        known = self.fake.description
        return self.entry() | {"client_secret_file": known["wrong_client_secret_file"]}

    def fault(self, kind: str, operation: str = "*", **spec: Any) -> None:
        """What goes wrong with asking goes wrong with the capture that belongs to it."""
        super().fault(kind, operation, **spec)
        if operation == "query":
            self.calls = type(self).calls | {"query": "capture"}
            super().fault(kind, operation, **spec)
            self.calls = type(self).calls
