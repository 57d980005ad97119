"""A create that got lost on its way, there or back: the buyer can pay all the same, once."""

from __future__ import annotations

from typing import Any

from tilltest.case import AlipayCase, eventually


class LostCreates(AlipayCase):
    def create(self, order: dict[str, Any]) -> dict[str, Any]:
        payment: dict[str, Any] = self.till.keyed(
            "payment.create", order=order["id"], gateway="alipay", method="precreate"
        )["payment"]
        return payment

    def settled(self, payment: dict[str, Any], *states: str) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            found = self.payment(payment)
            return found if found["state"] in states else None

        found: dict[str, Any] = eventually(look, f"{payment['id']} in {states}")
        return found

    def test_what_never_arrived_is_sent_again(self) -> None:
        self.fake.ctl("faults", fault="drop_before_apply", method="alipay.trade.precreate", count=1)
        order, since = self.order(), self.log_position()
        payment = self.create(order)
        found = self.settled(payment, "awaiting_buyer")
        self.assertEqual(found["out_trade_no"], payment["out_trade_no"])
        self.assertEqual(self.precreated_numbers(since), {payment["out_trade_no"]})
        self.buyer_pays(found)
        self.wait_for(order, "paid")

    def test_a_second_click_gets_the_mended_code(self) -> None:
        self.fake.ctl("faults", fault="drop_before_apply", method="alipay.trade.precreate", count=1)
        order = self.order()
        payment = self.create(order)
        again = self.create(order)
        self.assertEqual(again["id"], payment["id"])
        self.assertEqual(self.settled(again, "awaiting_buyer")["action"]["kind"], "qr")

    def test_a_code_that_got_lost_is_closed_and_a_new_click_gets_a_new_one(self) -> None:
        self.fake.ctl("faults", fault="apply_then_drop", method="alipay.trade.precreate", count=1)
        order = self.order()
        lost = self.create(order)
        closed = self.settled(lost, "closed")
        self.assertEqual(closed["reason"]["code"], "never_shown")
        fresh = self.create(order)
        self.assertNotEqual(fresh["out_trade_no"], lost["out_trade_no"])
        self.assertEqual(fresh["state"], "awaiting_buyer")
        self.buyer_pays(fresh)
        self.assertEqual(self.wait_for(order, "paid")["captured"]["minor"], 5800)

    def test_a_gateway_that_gives_the_same_code_again(self) -> None:
        self.fake.ctl("settings", repeat_precreate="same_qr")
        self.fake.ctl("faults", fault="apply_then_drop", method="alipay.trade.precreate", count=1)
        order = self.order()
        found = self.settled(self.create(order), "awaiting_buyer")
        self.assertTrue(found["action"]["value"])
        self.buyer_pays(found)
        self.wait_for(order, "paid")

    def test_a_signed_limit_names_no_payment_so_it_is_asked_about_and_sent_again(self) -> None:
        self.fake.ctl("faults", fault="limited_40005", method="alipay.trade.precreate", count=1)
        order, since = self.order(), self.log_position()
        payment = self.create(order)
        found = self.settled(payment, "awaiting_buyer")
        self.assertEqual(self.precreated_numbers(since), {found["out_trade_no"]})

    def test_a_lost_create_survives_a_crash(self) -> None:
        self.fake.ctl("faults", fault="drop_before_apply", method="alipay.trade.precreate", count=1)
        order, since = self.order(), self.log_position()
        payment = self.create(order)
        self.daemon.kill()
        self.daemon.start()
        self.till = self.daemon.client()
        found = self.settled(payment, "awaiting_buyer")
        self.assertEqual(self.precreated_numbers(since), {found["out_trade_no"]})
