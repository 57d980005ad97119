"""Disputes at Stripe, PayPal and Airwallex, each in its own words and its own books."""

from __future__ import annotations

from typing import Any

from tilltest.case import ShopCase, eventually
from tilltest.drivers import own
from tilltest.drivers.cards import AirwallexDriver, CardDriver, PayPalDriver, StripeDriver

HOUR_MS = 3_600_000


class DisputeCase(ShopCase):
    kind_of_driver: type[CardDriver]
    # A quarter of an hour between two looks is a second and a half.
    scale = 600
    # Each: what the fake is told.
    opened_words: dict[str, str]
    lost_words: dict[str, str]
    won_words: dict[str, str]

    def setUp(self) -> None:
        self.driver = own(self.kind_of_driver)
        super().setUp()

    def said(self, payment: dict[str, Any], words: dict[str, str], **more: Any) -> dict[str, Any]:
        """The bank says something; no notice goes out."""
        number = payment["out_trade_no"]
        truth: dict[str, Any] = self.driver.fake.ctl(
            "dispute", out_trade_no=number, **words, **more
        )
        made: dict[str, Any] = truth["disputes"][-1]
        return made

    def told(self, payment: dict[str, Any]) -> None:
        """The notice about it arrives."""
        result = self.deliver(self.driver.notices(payment, "disputed")[0])
        self.assertTrue(self.driver.believed(result["ack"]), result)

    def disputes(self, order: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.till.call("dispute.list", order=order["id"])["disputes"]
        return found

    def becomes(self, order: dict[str, Any], state: str) -> dict[str, Any]:
        eventually(
            lambda: [d["state"] for d in self.disputes(order)] == [state], f"dispute {state}", 40
        )
        return self.disputes(order)[0]

    def disputed(self, **more: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """A paid order whose dispute was told by a notice."""
        order, payment = self.paid()
        self.said(payment, self.opened_words, **more)
        self.told(payment)
        return order, payment, self.becomes(order, "needs_response")

    # The scenarios

    def opened_by_notice(self) -> None:
        order, payment = self.paid()
        made = self.said(payment, self.opened_words)
        self.told(payment)
        dispute = self.becomes(order, "needs_response")
        self.assertEqual(dispute["gateway_dispute_id"], made["id"])
        self.assertEqual(dispute["payment"], payment["id"])
        self.assertEqual(dispute["amount"], self.money(5800))
        self.assertEqual(dispute["funds"], "withdrawn")
        self.assertEqual(dispute["due_at"] // 1000, made["due_ms"] // 1000)
        shown = self.get(order)
        self.assertEqual(shown["dispute_state"], "open")
        self.assertEqual(shown["pay_state"], "paid")
        self.assertEqual(shown["delivery_state"], "held")
        self.assertIn("attention", shown["flags"])
        self.explained(order, made["id"])
        health = self.till.call("gateway.health", gateway=self.driver.name)["gateways"][0]
        self.assertEqual(health["open_disputes"], 1)
        self.assertEqual(health["dispute_due_at"], dispute["due_at"])

    def explained(self, order: dict[str, Any], number: str) -> None:
        why = self.till.call("order.why", order=order["id"])["why"]
        facts = {fact["fact"]: fact["text"] for fact in why["because"]}
        self.assertIn(number, facts["dispute_needs_response"]["zh"])
        self.assertIn("答复期限", facts["dispute_needs_response"]["zh"])
        self.assertIn("an answer is due before", facts["dispute_needs_response"]["en"])
        steps = self.till.call("order.timeline", order=order["id"])["steps"]
        self.assertTrue(any(step["type"] == "dispute.opened" for step in steps), steps)
        for lang, word in (("zh", "支付争议"), ("en", "dispute")):
            tell = self.till.call("order.tell", order=order["id"], lang=lang)["tell"]
            self.assertIn(word, tell["buyer"])
            self.assertIn(number, tell["support"])

    def opened_by_asking(self) -> None:
        """The gateway has sent its notice; nobody took it."""
        order, payment = self.paid()
        self.said(payment, self.opened_words)
        self.driver.notices(payment, "disputed")
        self.becomes(order, "needs_response")
        self.assertEqual(self.get(order)["dispute_state"], "open")

    def lost_and_found_by_asking(self) -> None:
        order, payment, _ = self.disputed()
        made = self.said(payment, self.lost_words)
        self.assertEqual(made["held"], 5800)
        shown = self.wait_for(order, "charged_back", wait_ms=60_000)
        self.assertEqual(shown["dispute_state"], "lost")
        self.assertEqual(shown["charged_back"], self.money(5800))
        self.assertEqual(shown["captured"], self.money(5800))
        dispute = self.becomes(order, "lost")
        self.assertEqual(dispute["funds"], "withdrawn")
        self.assertIn("closed_at", dispute)

    def won_after_lost(self) -> None:
        order, payment, _ = self.disputed()
        self.said(payment, self.lost_words)
        self.told(payment)
        self.wait_for(order, "charged_back")
        made = self.said(payment, self.won_words)
        self.assertEqual(made["held"], 0)
        dispute = self.disputes(order)[0]
        eventually(
            lambda: self.operator("amy").call("dispute.query", dispute=dispute["id"])["dispute"][
                "state"
            ]
            == "won",
            "won",
        )
        shown = self.get(order)
        self.assertEqual(shown["pay_state"], "paid")
        self.assertEqual(shown["dispute_state"], "won")
        self.assertNotIn("charged_back", shown)
        self.assertEqual(self.disputes(order)[0]["funds"], "reinstated")

    def due_date_alerts_once(self) -> None:
        order, payment, dispute = self.disputed(due_in_ms=24 * HOUR_MS + 4_000)
        # Already within 72 hours; then within 24.
        eventually(lambda: self.alerts(order) == [72, 24], "alerts at 72 and 24 hours", 30)
        self.daemon.restart(kill=True)
        self.till = self.daemon.client()
        self.till.call("dispute.get", dispute=dispute["id"])
        self.assertEqual(self.alerts(order), [72, 24])
        found = self.till.call("dispute.get", dispute=dispute["id"])["dispute"]
        self.assertEqual(found["alerted_hours"], 24)

    def every_alert_of_a_due_date(self) -> None:
        """The bank brings the date nearer, again and again; a kill lies between two alerts."""
        order, payment, dispute = self.disputed(due_in_ms=72 * HOUR_MS + 2_000)
        given = [72]
        eventually(lambda: self.alerts(order) == given, "the alert at 72 hours", 30)
        for hours in (24, 4, 0):
            self.said(payment, self.opened_words, due_in_ms=hours * HOUR_MS + 3_000)
            self.operator("amy").call("dispute.query", dispute=dispute["id"])
            if hours == 4:
                self.daemon.restart(kill=True)
                self.till = self.daemon.client()
            given.append(hours)
            eventually(lambda: self.alerts(order) == given, f"alerts {given}", 30)
        found = self.till.call("dispute.get", dispute=dispute["id"])["dispute"]
        self.assertEqual(found["alerted_hours"], 0)

    def within_four_hours(self) -> None:
        """One that is told of late: the most urgent alert comes, those before it do not."""
        order, _, _ = self.disputed(due_in_ms=4 * HOUR_MS - 60_000)
        eventually(lambda: self.alerts(order) == [4], "the alert at 4 hours", 30)

    def alerts(self, order: dict[str, Any]) -> list[int]:
        return [e["data"]["hours"] for e in self.events(order) if e["type"] == "dispute.due"]

    def forged_notice_changes_nothing(self) -> None:
        order, payment, _ = self.disputed()
        before = self.event_types(order)
        says = {"status": self.lost_words["status"]}
        forged = self.driver.notices(payment, "forged", about="dispute", says=says)[0]
        result = self.deliver(forged)
        self.assertEqual(result["verdict"], "rejected")
        self.assertFalse(self.driver.believed(result["ack"]))
        self.assertEqual(self.event_types(order), before)

    def killed_in_the_middle(self) -> None:
        order, payment = self.paid()
        self.said(payment, self.opened_words)
        self.told(payment)
        self.daemon.restart(kill=True)
        self.till = self.daemon.client()
        dispute = self.becomes(order, "needs_response")
        amy = self.operator("amy")
        attached = amy.call(
            "dispute.attach", dispute=dispute["id"], kind="delivery_proof", text="签收 2027-01-01"
        )["attachment"]
        self.said(payment, self.lost_words)
        self.told(payment)
        self.daemon.restart(kill=True)
        self.till = self.daemon.client()
        self.wait_for(order, "charged_back", wait_ms=60_000)
        kinds = self.event_types(order)
        self.assertEqual(kinds.count("dispute.opened"), 1)
        self.assertEqual(kinds.count("dispute.lost"), 1)
        self.assertEqual(kinds.count("order.charged_back"), 1)
        content = self.operator("amy").call(
            "dispute.attachment", dispute=dispute["id"], attachment=attached["id"]
        )
        self.assertEqual(content["attachment"]["sha256"], attached["sha256"])

    def nothing_is_given_back_twice(self) -> None:
        _, payment, dispute = self.disputed()
        amy = self.operator("amy")
        error = amy.refused(
            "refund.create",
            idempotency_key="refund-of-a-disputed-payment",
            payment=payment["id"],
            amount=self.money(100),
        )
        self.assertEqual(error.code, "payment_disputed")
        self.assertEqual(error.data["details"]["dispute"], dispute["id"])


class StripeDisputes(DisputeCase):
    kind_of_driver = StripeDriver
    opened_words = {"status": "needs_response"}
    lost_words = {"status": "lost"}
    won_words = {"status": "won"}

    def test_a_notice_opens_it(self) -> None:
        self.opened_by_notice()

    def test_the_list_of_events_tells_of_one_whose_notice_was_lost(self) -> None:
        self.opened_by_asking()

    def test_the_money_of_a_lost_one_is_gone(self) -> None:
        self.lost_and_found_by_asking()

    def test_the_money_of_one_that_is_won_comes_back(self) -> None:
        self.won_after_lost()

    def test_people_are_told_of_the_due_date_once(self) -> None:
        self.due_date_alerts_once()

    def test_72_24_and_4_hours_before_the_date_and_after_it_people_are_told(self) -> None:
        self.every_alert_of_a_due_date()

    def test_less_than_4_hours_before_the_date_one_alert_is_enough(self) -> None:
        self.within_four_hours()

    def test_a_forged_notice_changes_nothing(self) -> None:
        self.forged_notice_changes_nothing()

    def test_a_kill_in_the_middle_loses_nothing(self) -> None:
        self.killed_in_the_middle()

    def test_nothing_is_given_back_twice(self) -> None:
        self.nothing_is_given_back_twice()

    def test_an_inquiry_moves_no_money_and_may_be_refunded(self) -> None:
        order, payment = self.paid()
        made = self.said(payment, {"status": "warning_needs_response"}, minor=3000)
        self.told(payment)
        dispute = self.becomes(order, "warning")
        self.assertEqual(dispute["funds"], "none")
        self.assertEqual(dispute["amount"], self.money(3000))
        self.assertEqual(made["held"], 0)
        self.operator("amy").keyed(
            "refund.create", payment=payment["id"], amount=self.money(1000), reason="sorry"
        )
        self.said(payment, {"status": "warning_closed"})
        self.told(payment)
        self.becomes(order, "warning_closed")
        self.assertEqual(self.get(order)["dispute_state"], "none")


class PayPalDisputes(DisputeCase):
    kind_of_driver = PayPalDriver
    opened_words = {"status": "WAITING_FOR_SELLER_RESPONSE"}
    lost_words = {"status": "RESOLVED", "outcome": "RESOLVED_BUYER_FAVOUR"}
    won_words = {"status": "RESOLVED", "outcome": "RESOLVED_SELLER_FAVOUR"}

    def test_a_notice_leads_to_it(self) -> None:
        self.opened_by_notice()

    def test_the_list_of_events_leads_to_one_whose_notice_was_lost(self) -> None:
        self.opened_by_asking()

    def test_the_money_of_a_lost_one_is_gone(self) -> None:
        self.lost_and_found_by_asking()

    def test_the_money_of_one_that_is_won_comes_back(self) -> None:
        self.won_after_lost()

    def test_people_are_told_of_the_due_date_once(self) -> None:
        self.due_date_alerts_once()

    def test_72_24_and_4_hours_before_the_date_and_after_it_people_are_told(self) -> None:
        self.every_alert_of_a_due_date()

    def test_less_than_4_hours_before_the_date_one_alert_is_enough(self) -> None:
        self.within_four_hours()

    def test_a_forged_notice_changes_nothing(self) -> None:
        self.forged_notice_changes_nothing()

    def test_a_kill_in_the_middle_loses_nothing(self) -> None:
        self.killed_in_the_middle()


    def test_an_inquiry_moves_no_money_and_what_is_offered_in_it_is_a_refund(self) -> None:
        order, payment = self.paid()
        inquiry = {"stage": "INQUIRY"}
        made = self.said(payment, {"status": "WAITING_FOR_SELLER_RESPONSE"} | inquiry)
        self.assertEqual(made["held"], 0)
        self.told(payment)
        self.assertEqual(self.becomes(order, "warning")["funds"], "none")
        self.operator("amy").keyed(
            "refund.create", payment=payment["id"], amount=self.money(1000), reason="sorry"
        )
        # The buyer takes an offer of 20.00: PayPal gives it back by itself.
        self.driver.fake.ctl("outside_refund", out_trade_no=payment["out_trade_no"], minor=2000)
        self.said(payment, {"status": "RESOLVED", "outcome": "RESOLVED_BUYER_FAVOUR"} | inquiry)
        self.told(payment)
        self.assertEqual(self.becomes(order, "prevented")["funds"], "none")
        self.deliver(self.driver.notices(payment, "outside")[0])
        eventually(
            lambda: self.get(order).get("refunded") == self.money(3000), "both are known", 40
        )
        shown = self.get(order)
        self.assertNotIn("charged_back", shown)
        self.assertEqual(shown["dispute_state"], "none")

    def test_one_that_is_closed_without_a_decision_ends(self) -> None:
        order, payment, _ = self.disputed()
        made = self.said(payment, {"status": "RESOLVED", "outcome": "NONE"})
        self.assertEqual(made["held"], 0)
        self.told(payment)
        self.assertEqual(self.becomes(order, "won")["funds"], "reinstated")


class AirwallexDisputes(DisputeCase):
    kind_of_driver = AirwallexDriver
    opened_words = {"status": "REQUIRES_RESPONSE"}
    lost_words = {"status": "LOST"}
    won_words = {"status": "WON"}

    def test_a_notice_opens_it(self) -> None:
        self.opened_by_notice()

    def test_the_list_of_disputes_tells_of_one_whose_notice_was_lost(self) -> None:
        self.opened_by_asking()

    def test_the_money_of_a_lost_one_is_gone(self) -> None:
        self.lost_and_found_by_asking()

    def test_the_money_of_one_that_is_won_comes_back(self) -> None:
        self.won_after_lost()

    def test_people_are_told_of_the_due_date_once(self) -> None:
        self.due_date_alerts_once()

    def test_72_24_and_4_hours_before_the_date_and_after_it_people_are_told(self) -> None:
        self.every_alert_of_a_due_date()

    def test_less_than_4_hours_before_the_date_one_alert_is_enough(self) -> None:
        self.within_four_hours()

    def test_a_forged_notice_changes_nothing(self) -> None:
        self.forged_notice_changes_nothing()

    def test_a_kill_in_the_middle_loses_nothing(self) -> None:
        self.killed_in_the_middle()
