"""Sites of the v免签 class, whose word is weak: what that means for orders and goods. What all
gateways do is in `Tests/daemon/gateways`."""

from __future__ import annotations

from typing import Any

from tilltest.case import ShopCase
from tilltest.client import RpcError
from tilltest.drivers import own
from tilltest.drivers.vmq import VmqDriver
from tilltest.setup import config


class Weak(ShopCase):
    # What a notice does; None leaves the standard.
    weak_notices: str | None = None
    more: dict[str, Any] = {}

    def setUp(self) -> None:
        self.driver = own(VmqDriver)
        self.fake = self.driver.fake
        super().setUp()

    def configuration(self) -> dict[str, Any]:
        entry = self.driver.entry() | self.more
        if self.weak_notices is not None:
            entry["weak_notices"] = self.weak_notices
        return config([entry], self.scale)

    def accept(self, name: str, order: dict[str, Any]) -> bool:
        said = self.operator(name).keyed("order.accept", order=order["id"], reason="bank app")
        accepted: bool = said["accepted"]
        return accepted


class WeakMoney(Weak):
    def test_money_is_paid_weakly_and_goods_stay_until_two_people_confirm(self) -> None:
        order, payment = self.opened()
        self.driver.pay(payment)
        notice = self.driver.notices(payment, "paid")[0]
        self.assertEqual(self.deliver(notice)["verdict"], "applied")
        paid = self.wait_for(order, "paid")
        self.assertEqual((paid["flags"], paid["delivery_state"]), (["weak"], "held"))
        self.no_goods(order)
        alone = self.operator("amy").refused("delivery.unhold", order=order["id"])
        self.assertEqual(alone.code, "illegal_transition")
        self.assertIs(self.accept("amy", order), False)
        self.no_goods(order)
        with self.assertRaises(RpcError) as twice:
            self.accept("amy", order)
        self.assertEqual(twice.exception.code, "second_person_required")
        self.assertIs(self.accept("bob", order), True)
        found = self.get(order)
        self.assertEqual((found["pay_state"], found["flags"]), ("paid", ["forced"]))
        claim = self.till.keyed("delivery.claim", order=order["id"])["claim"]
        self.till.call("delivery.complete", claim=claim)
        self.assertEqual(self.get(order)["delivery_state"], "delivered")

    def test_a_question_is_no_better_word(self) -> None:
        order, payment = self.paid()
        self.assert_evidence(payment, "e2", "query")
        self.assertEqual((order["flags"], order["delivery_state"]), (["weak"], "held"))
        self.no_goods(order)

    def test_the_reason_and_the_way_out_are_told(self) -> None:
        order, _ = self.paid()
        why = self.operator("sue").call("order.why", order=order["id"])
        self.assertIn("order.accept", repr(why))
        self.assertNotIn("delivery.unhold", repr(why))

    def no_goods(self, order: dict[str, Any]) -> None:
        code = self.till.refused(
            "delivery.claim", idempotency_key=f"goods-{order['id']}", order=order["id"]
        ).code
        self.assertEqual(code, "delivery_held")


class GoodsAtOnce(Weak):
    weak_notices = "deliver"

    def test_goods_go_out_where_the_configuration_says_so(self) -> None:
        order, _ = self.paid()
        self.assertEqual((order["flags"], order["delivery_state"]), (["weak"], "pending"))
        self.till.keyed("delivery.claim", order=order["id"])


class MovedSums(Weak):
    """The site tells two open orders of one price apart by a cent."""

    def setUp(self) -> None:
        super().setUp()
        self.fake.ctl("settings", step_fen=1)
        self.addCleanup(self.fake.ctl, "settings", step_fen=0)

    def test_the_buyer_is_told_the_exact_sum_and_it_is_looked_at(self) -> None:
        self.opened(7300)
        order, payment = self.opened(7300)
        self.assertEqual(payment["action"]["exact_amount"], self.money(7301))
        self.driver.pay(payment)
        found = self.wait_for(order, "review")
        self.assertEqual((found["captured"], found["delivery_state"]), (self.money(7301), "none"))

    def test_other_sums_are_not_touched(self) -> None:
        self.opened(7400)
        _, payment = self.opened(7500)
        self.assertNotIn("exact_amount", payment["action"])


class MovedSumsThatDoNotMatter(Weak):
    more = {"slack": 2}

    def test_some_cents_count_as_the_price(self) -> None:
        self.fake.ctl("settings", step_fen=1)
        self.addCleanup(self.fake.ctl, "settings", step_fen=0)
        self.opened(7600)
        order, payment = self.opened(7600)
        self.driver.pay(payment)
        found = self.wait_for(order, "paid")
        self.assertEqual((found["captured"], found["flags"]), (self.money(7600), ["weak"]))


class DroppedOrders(Weak):
    scale = 60

    def test_an_order_that_the_site_dropped_is_closed_by_its_word(self) -> None:
        order, payment = self.opened(expires_in_ms=180_000)
        self.till.call("order.wait", order=order["id"], until=["expired"], wait_ms=5000)
        self.assertEqual(self.payment(payment)["state"], "closing")
        self.fake.ctl("clock", offset_ms=600_000)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.assertEqual(self.payment(payment)["state"], "closed")
        self.assertTrue(self.books(payment).is_closed)

    def test_a_payment_whose_answer_was_lost_is_never_shown_and_ends(self) -> None:
        self.driver.fault("apply_then_drop", "create")
        order = self.order(expires_in_ms=180_000)
        payment = self.pay_request(order)
        self.assertEqual(payment["state"], "unknown")
        self.assertNotIn("action", payment)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.assertEqual(self.driver.asked(payment, "create"), 1)

    def test_money_that_comes_for_it_all_the_same_is_late_money(self) -> None:
        """The site matched it by the sum; its notice names the payment that had expired here."""
        self.driver.fault("apply_then_drop", "create")
        order = self.order(expires_in_ms=180_000)
        payment = self.pay_request(order)
        self.wait_for(order, "expired", wait_ms=60_000)
        self.driver.pay(payment)
        result = self.deliver(self.driver.notices(payment, "paid")[0])
        self.assertEqual(result["verdict"], "applied")
        found = self.wait_for(order, "paid")
        self.assertEqual(found["delivery_state"], "held")
        self.assertEqual(set(found["flags"]) & {"late", "weak"}, {"late", "weak"})


class SharedKey(Weak):
    def test_the_key_is_never_shown(self) -> None:
        _, payment = self.paid()
        self.deliver(self.driver.notices(payment, "forged")[0])
        with open(self.driver.entry()["key_file"], encoding="utf-8") as file:
            key = file.read().strip()
        shown = self.daemon.log(1 << 20) + repr(self.till.call("gateway.list"))
        self.assertNotIn(key, shown)

    def test_two_open_orders_do_not_share_a_payment(self) -> None:
        first_order, first = self.opened()
        second_order, second = self.opened()
        self.driver.pay(second)
        self.wait_for(second_order, "paid")
        self.queried(first, 2)
        self.assertEqual(self.get(first_order)["pay_state"], "awaiting")


class WrongKey(Weak):
    def configuration(self) -> dict[str, Any]:
        return config([self.driver.wrong_key_entry()], self.scale)

    def test_the_wrong_key_makes_no_payment(self) -> None:
        payment = self.pay_request(self.order())
        self.assertEqual(payment["reason"]["code"], "gateway_auth")
        self.assertNotIn("action", payment)
