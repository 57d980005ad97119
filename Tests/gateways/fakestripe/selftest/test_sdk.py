"""The fake seen by Stripe's own library, which also judges the signatures of its notices."""

from __future__ import annotations

import base64
import time
import unittest
from pathlib import Path
from typing import Any

from fakehttp.process import FakeProcess

try:
    import stripe
except ImportError as error:
    MISSING: str | None = str(error)
else:
    MISSING = None


@unittest.skipIf(MISSING is not None, f"the SDK is not installed: {MISSING}")
class PublishedClient(unittest.TestCase):
    fake: FakeProcess

    @classmethod
    def setUpClass(cls) -> None:
        cls.fake = FakeProcess("fakestripe")

    @classmethod
    def tearDownClass(cls) -> None:
        cls.fake.stop()

    def setUp(self) -> None:
        self.fake.ctl("faults/clear")
        self.number = f"SDK{time.time_ns()}"
        self.secrets = Path(self.fake.description["webhook_secret_file"]).read_text().split()

    def client(self, member: str = "secret_key_file") -> Any:
        key = Path(self.fake.description[member]).read_text().strip()
        return stripe.StripeClient(
            key, base_addresses={"api": self.fake.root}, max_network_retries=0
        )

    def session(self, key: str) -> Any:
        price = {"currency": "usd", "unit_amount": 1999, "product_data": {"name": "VIP"}}
        return self.client().v1.checkout.sessions.create(
            {
                "mode": "payment",
                "client_reference_id": self.number,
                "metadata": {"till_payment": self.number},
                "line_items": [{"quantity": 1, "price_data": price}],
                "success_url": "https://shop.example/back",
                "expires_at": int(time.time()) + 3600,
            },
            {"idempotency_key": key},
        )

    def paid(self) -> Any:
        made = self.session(f"create-{self.number}")
        self.fake.ctl("pay", out_trade_no=self.number)
        return self.client().v1.checkout.sessions.retrieve(
            made.id, {"expand": ["payment_intent.latest_charge"]}
        )

    def test_the_version_of_the_library_is_the_fakes(self) -> None:
        hooks = self.client().v1.webhook_endpoints.list().data
        self.assertEqual(hooks[0].api_version, stripe.api_version)

    def test_a_page_is_made_once_under_a_key_and_paid(self) -> None:
        first = self.session(f"create-{self.number}")
        self.assertEqual((first.status, first.payment_status), ("open", "unpaid"))
        found = self.paid()
        self.assertEqual(found.id, first.id)
        self.assertEqual((found.status, found.payment_status), ("complete", "paid"))
        self.assertEqual(found.payment_intent.amount_received, 1999)
        self.assertEqual(found.payment_intent.latest_charge.metadata["till_payment"], self.number)

    def test_a_key_with_other_words_is_an_error(self) -> None:
        self.session(f"create-{self.number}")
        first, self.number = self.number, f"{self.number}X"
        with self.assertRaises(stripe.IdempotencyError):
            self.session(f"create-{first}")

    def test_a_page_that_is_ended_cannot_be_ended_again(self) -> None:
        made = self.session(f"create-{self.number}")
        self.assertEqual(self.client().v1.checkout.sessions.expire(made.id).status, "expired")
        with self.assertRaises(stripe.InvalidRequestError):
            self.client().v1.checkout.sessions.expire(made.id)

    def test_no_more_is_given_back_than_was_taken(self) -> None:
        intent = self.paid().payment_intent.id
        ask = {"payment_intent": intent, "amount": 1500}
        self.assertEqual(self.client().v1.refunds.create(ask).status, "succeeded")
        with self.assertRaises(stripe.InvalidRequestError) as caught:
            self.client().v1.refunds.create(ask)
        self.assertEqual(caught.exception.code, "charge_already_refunded")
        listed = self.client().v1.refunds.list({"payment_intent": intent})
        self.assertEqual([each.amount for each in listed.data], [1500])

    def test_a_wrong_key_is_refused(self) -> None:
        with self.assertRaises(stripe.AuthenticationError):
            self.client("wrong_secret_key_file").v1.balance.retrieve()

    def test_too_many_calls_and_broken_answers_are_the_librarys_errors(self) -> None:
        self.fake.ctl("faults", fault="http_429", method="balance")
        with self.assertRaises(stripe.StripeError):
            self.client().v1.balance.retrieve()
        self.fake.ctl("faults", fault="torn_body", method="balance")
        with self.assertRaises(stripe.APIConnectionError):
            self.client().v1.balance.retrieve()

    def notice(self, kind: str) -> tuple[bytes, str]:
        made = self.fake.ctl("notify", out_trade_no=self.number, kind=kind, options={})
        first = made["notifications"][0]
        header = first["headers"].get("stripe-signature", "")
        return base64.b64decode(first["body_base64"]), header

    def test_the_library_takes_a_true_notice_and_refuses_the_others(self) -> None:
        self.paid()
        body, header = self.notice("paid")
        event = stripe.Webhook.construct_event(body, header, self.secrets[-1])
        self.assertEqual(event.type, "checkout.session.completed")
        self.assertEqual(event.data.object.metadata["till_payment"], self.number)
        for kind in ("forged", "corrupted", "unsigned", "old"):
            with self.subTest(kind=kind):
                body, header = self.notice(kind)
                with self.assertRaises(stripe.SignatureVerificationError):
                    stripe.Webhook.construct_event(body, header, self.secrets[-1])
