"""What the gateways say of today's payments is found before any bill comes."""

from __future__ import annotations

from typing import Any

from tilltest.case import ShopCase, alipay, eventually
from tilltest.daemon import Daemon
from tilltest.drivers import own
from tilltest.drivers.cards import StripeDriver


class LiveCase(ShopCase):
    # Five minutes are half a second, an hour is six.
    scale = 600

    def live(self) -> dict[str, Any]:
        health = self.till.call("gateway.health", gateway=self.driver.name)["gateways"][0]
        found: dict[str, Any] = health["live"]
        return found

    def marks(self, order: dict[str, Any]) -> list[str]:
        """Why people were called, oldest first."""
        raised = [e for e in self.events(order) if e["type"] == "attention.raised"]
        return [event["data"]["code"] for event in raised]


class ByList(LiveCase):
    def setUp(self) -> None:
        self.driver = own(StripeDriver)
        self.fake = self.driver.fake
        super().setUp()

    def test_money_that_every_question_denies_is_found_in_the_list(self) -> None:
        order, payment = self.opened()
        self.driver.fault("not_exist", "query", count=None)
        self.driver.pay(payment)
        # Stripe has sent it; nobody took it.
        self.driver.notices(payment, "paid")
        self.wait_for(order, "paid")
        self.assertEqual((self.live()["found"], self.live()["differing"]), (1, 0))
        self.assertIn("compared_at", self.live())

    def test_money_for_orders_of_nobody_here_is_counted(self) -> None:
        order, payment = self.paid()
        self.driver.notices(payment, "paid")
        other = Daemon(self.configuration())
        self.addCleanup(other.close)
        other.start()
        self.till = other.client()
        eventually(lambda: self.live()["unknown"] >= 1, "a success of other books is counted")
        self.assertEqual(self.live()["found"], 0)

    def test_money_given_back_at_the_dashboard_is_found_without_any_notice(self) -> None:
        order, payment = self.paid()
        self.fake.ctl("outside_refund", out_trade_no=payment["out_trade_no"], minor=5800)
        self.wait_for(order, "refunded")
        self.assertGreaterEqual(self.live()["compared"], 1)


class ByQuestion(LiveCase):
    def setUp(self) -> None:
        self.driver = alipay()
        super().setUp()

    def test_a_paid_payment_that_the_gateway_denies_later_is_shown_to_people(self) -> None:
        order, payment = self.paid()
        self.assertEqual(self.live()["waiting"], 1)
        self.driver.fault("not_exist", "query", count=None)
        eventually(lambda: self.live()["differing"] == 1, "the denial is counted")
        self.assertEqual(self.get(order)["pay_state"], "paid")
        self.assertEqual(self.marks(order), ["contradiction"])
        self.assertIn("AL6 alipay", self.daemon.log())
        self.assertEqual(self.live()["waiting"], 0)

    def test_a_kill_loses_no_comparison(self) -> None:
        order, payment = self.paid()
        self.driver.fault("not_exist", "query", count=None)
        self.daemon.restart(kill=True)
        self.till = self.daemon.client()
        eventually(lambda: self.live()["differing"] == 1, "the denial is counted")
        self.assertEqual(self.get(order)["pay_state"], "paid")

    def test_a_callback_that_never_came_for_a_closed_payment_is_found(self) -> None:
        order, payment = self.arrived()
        self.driver.fault("success_after_close")
        self.till.call("order.cancel", order=order["id"], reason="changed my mind")
        self.wait_for(order, "cancelled")
        self.driver.pay(payment)
        self.wait_for(order, "paid")
        self.assertEqual(self.live()["found"], 1)
