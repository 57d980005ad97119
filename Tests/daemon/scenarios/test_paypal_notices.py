"""Notices of PayPal where no certificate is pinned: kept first, then PayPal is asked about each."""

from __future__ import annotations

from typing import Any

from tilltest.case import ShopCase, eventually
from tilltest.drivers import own
from tilltest.drivers.cards import PayPalDriver

# What PayPal says of them is that it never sent them, or not so, or not to this webhook.
FORGERIES = ("forged", "corrupted", "other_merchant")
# As `NoticeProofs.waitingMax` has it.
WAITING_MAX = 256


class PayPalNotices(ShopCase):
    # Real time: within a test nothing but a notice leads to a question.
    scale = 1

    def setUp(self) -> None:
        self.driver = own(PayPalDriver)
        self.fake = self.driver.fake
        super().setUp()

    def configuration(self) -> dict[str, Any]:
        whole = super().configuration()
        for entry in whole["gateways"]:
            del entry["webhook_certificate_file"]
        return whole

    def noticed(self, payment: dict[str, Any], kind: str, **options: Any) -> dict[str, Any]:
        """A notice arrives, and is neither believed nor refused yet."""
        result = self.deliver(self.driver.notices(payment, kind, **options)[0])
        self.assertEqual(result["verdict"], "received", result)
        self.assertTrue(self.driver.believed(result["ack"]), result)
        return result

    def verdict(self, noticed: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.operator("sue").call(
            "notification.get", receipt=noticed["receipt"]
        )["receipt"]
        return found

    def becomes(self, noticed: dict[str, Any], verdict: str) -> dict[str, Any]:
        eventually(lambda: self.verdict(noticed)["verdict"] == verdict, f"the notice is {verdict}")
        return self.verdict(noticed)

    def verified(self) -> int:
        return len(self.fake.ctl("requests", method="verify")["requests"])

    def fault(self, kind: str, **spec: Any) -> None:
        self.fake.ctl("faults", fault=kind, method="verify", **spec)

    def rejected(self) -> int:
        health = self.till.call("gateway.health", gateway="paypal")["gateways"][0]
        return int(health["receipts_rejected"])

    def test_a_notice_that_paypal_vouches_for_leads_to_the_money(self) -> None:
        order, payment = self.opened()
        self.driver.pay(payment)
        before = self.verified()
        noticed = self.noticed(payment, "paid")
        self.assertEqual(noticed["payment"], payment["id"])
        self.wait_for(order, "paid")
        self.becomes(noticed, "noop")
        self.assertEqual(self.verified(), before + 1)
        self.assert_evidence(payment, "e4", "query")
        self.assertEqual(self.rejected(), 0)

    def test_forgeries_wake_nothing_and_are_counted(self) -> None:
        order, payment = self.opened()
        asked = self.driver.asked(payment, "query")
        version = self.get(order)["version"]
        for kind in FORGERIES:
            with self.subTest(kind=kind):
                found = self.becomes(self.noticed(payment, kind), "rejected")
                self.assertEqual(found["reason"], "wrong_signature")
        self.assertEqual(self.rejected(), len(FORGERIES))
        self.assertEqual(self.driver.asked(payment, "query"), asked)
        self.assertEqual(self.get(order)["version"], version)

    def test_forgeries_by_rate_raise_the_alarm(self) -> None:
        _, payment = self.opened()
        for _ in range(4):
            self.becomes(self.noticed(payment, "forged"), "rejected")
        eventually(lambda: "AL16 paypal" in self.daemon.log(), "the log names the forgeries")

    def test_a_refused_notice_stays_refused_when_it_is_taken_again(self) -> None:
        _, payment = self.opened()
        noticed = self.noticed(payment, "forged")
        self.becomes(noticed, "rejected")
        again = self.operator("sue").call("notification.replay", receipt=noticed["receipt"])
        self.assertEqual(again["verdict"], "rejected", again)

    def test_without_an_answer_the_payment_is_asked_about_and_the_notice_waits(self) -> None:
        for kind in ("error_500_before_apply", "drop_before_apply", "torn_body", "limited"):
            with self.subTest(fault=kind):
                self.fault(kind, count=1)
                order, payment = self.opened()
                self.driver.pay(payment)
                noticed = self.noticed(payment, "paid")
                self.wait_for(order, "paid")
                self.becomes(noticed, "noop")
        self.assertEqual(self.rejected(), 0)

    def test_a_kill_while_paypal_is_asked_loses_no_notice(self) -> None:
        self.fault("hang", count=1)
        order, payment = self.opened()
        self.driver.pay(payment)
        before = self.verified()
        noticed = self.noticed(payment, "paid")
        eventually(lambda: self.verified() == before + 1, "PayPal is asked")
        self.daemon.restart(kill=True)
        self.till = self.daemon.client()
        self.becomes(noticed, "noop")
        self.wait_for(order, "paid")
        self.assertEqual(self.verified(), before + 2)

    def test_a_genuine_notice_about_an_unknown_payment_is_kept(self) -> None:
        _, payment = self.opened()
        noticed = self.noticed(payment, "unknown_number")
        found = self.becomes(noticed, "parked")
        self.assertEqual(found["reason"], "unknown_payment")
        again = self.operator("sue").call("notification.replay", receipt=noticed["receipt"])
        self.assertEqual(again["verdict"], "parked", again)

    def test_what_has_no_signature_is_refused_without_a_question(self) -> None:
        _, payment = self.opened()
        before = self.verified()
        result = self.deliver(self.driver.notices(payment, "unsigned")[0])
        self.assertEqual(result["verdict"], "rejected", result)
        self.assertEqual(self.verified(), before)

    def test_more_than_can_wait_are_to_be_sent_again(self) -> None:
        self.fault("hang", count=None)
        _, payment = self.opened()
        for _ in range(WAITING_MAX):
            self.noticed(payment, "forged")
        result = self.deliver(self.driver.notices(payment, "paid")[0])
        self.assertEqual((result["verdict"], result["reason"]), ("rejected", "too_many_unproven"))
        self.assertFalse(self.driver.believed(result["ack"]), result)
        self.assertEqual(self.rejected(), 0)
