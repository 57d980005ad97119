"""The fake seen by PayPal's own server library."""

from __future__ import annotations

import time
import unittest
from pathlib import Path
from typing import Any

from fakehttp.process import FakeProcess

try:
    from apimatic_core.exceptions.auth_validation_exception import AuthValidationException
    from paypalserversdk.configuration import Configuration, Environment, Server
    from paypalserversdk.exceptions.error_exception import ErrorException
    from paypalserversdk.http.auth.o_auth_2 import ClientCredentialsAuthCredentials
    from paypalserversdk.paypal_serversdk_client import PaypalServersdkClient
except ImportError as error:
    MISSING: str | None = str(error)
else:
    MISSING = None


@unittest.skipIf(MISSING is not None, f"the SDK is not installed: {MISSING}")
class PublishedClient(unittest.TestCase):
    fake: FakeProcess
    real: Any

    @classmethod
    def setUpClass(cls) -> None:
        cls.fake = FakeProcess("fakepaypal")
        hosts = Configuration.environments[Environment.SANDBOX]
        cls.real = hosts[Server.DEFAULT]
        hosts[Server.DEFAULT] = cls.fake.root

    @classmethod
    def tearDownClass(cls) -> None:
        Configuration.environments[Environment.SANDBOX][Server.DEFAULT] = cls.real
        cls.fake.stop()

    def setUp(self) -> None:
        self.fake.ctl("faults/clear")
        self.fake.ctl("hold", status="")
        self.number = f"SDK{time.time_ns()}"

    def client(self, member: str = "client_secret_file") -> Any:
        known = self.fake.description
        secret = Path(known[member]).read_text().strip()
        return PaypalServersdkClient(
            environment=Environment.SANDBOX,
            client_credentials_auth_credentials=ClientCredentialsAuthCredentials(
                o_auth_client_id=known["client_id"], o_auth_client_secret=secret
            ),
        )

    def create(self, member: str = "client_secret_file") -> Any:
        amount = {"currency_code": "USD", "value": "19.99"}
        unit = {"custom_id": self.number, "invoice_id": self.number, "amount": amount}
        return self.client(member).orders.create_order(
            {
                "body": {"intent": "CAPTURE", "purchase_units": [unit]},
                "paypal_request_id": f"create-{self.number}",
                "prefer": "return=representation",
            }
        ).body

    def capture(self, order: str) -> Any:
        ask = {"id": order, "paypal_request_id": f"capture-{self.number}"}
        return self.client().orders.capture_order(
            ask | {"prefer": "return=representation"}
        ).body

    def issue(self, caught: Any) -> str:
        return str(caught.exception.details[0].issue)

    def test_an_order_is_made_once_under_a_key(self) -> None:
        self.assertEqual(self.create().id, self.create().id)

    def test_only_what_is_approved_is_captured_and_once(self) -> None:
        made = self.create()
        with self.assertRaises(ErrorException) as caught:
            self.capture(made.id)
        self.assertEqual(self.issue(caught), "ORDER_NOT_APPROVED")
        self.fake.ctl("pay", out_trade_no=self.number)
        self.assertEqual(self.client().orders.get_order({"id": made.id}).body.status, "APPROVED")
        done = self.capture(made.id)
        self.assertEqual(done.status, "COMPLETED")
        taken = done.purchase_units[0].payments.captures[0]
        self.assertEqual((taken.status, taken.amount.value), ("COMPLETED", "19.99"))
        again = self.capture(made.id).purchase_units[0].payments.captures[0]
        self.assertEqual(again.id, taken.id)

    def test_no_more_is_given_back_than_was_taken(self) -> None:
        made = self.create()
        self.fake.ctl("pay", out_trade_no=self.number)
        taken = self.capture(made.id).purchase_units[0].payments.captures[0].id
        payments = self.client().payments

        def refund(number: str) -> Any:
            amount = {"currency_code": "USD", "value": "15.00"}
            return payments.refund_captured_payment(
                {
                    "capture_id": taken,
                    "paypal_request_id": number,
                    "prefer": "return=representation",
                    "body": {"amount": amount, "custom_id": number},
                }
            ).body

        first = refund(f"{self.number}-1")
        self.assertEqual(first.status, "COMPLETED")
        self.assertEqual(refund(f"{self.number}-1").id, first.id)
        with self.assertRaises(ErrorException) as caught:
            refund(f"{self.number}-2")
        self.assertEqual(self.issue(caught), "REFUND_AMOUNT_EXCEEDED")
        found = payments.get_captured_payment({"capture_id": taken}).body
        self.assertEqual(found.status, "PARTIALLY_REFUNDED")

    def test_a_wrong_secret_is_refused(self) -> None:
        with self.assertRaises(AuthValidationException):
            self.create("wrong_client_secret_file")
