"""Buyers' complaints at WeChat and Alipay: inquiries that move no money, each in its own books."""

from __future__ import annotations

import json
from typing import Any

from tilltest.case import ShopCase, eventually
from tilltest.daemon import Daemon
from tilltest.drivers import own
from tilltest.drivers.alipay import AlipayDriver
from tilltest.drivers.base import Notice
from tilltest.drivers.wechat import WeChatDriver
from tilltest.setup import config

# What a buyer writes to the gateway and what must not be kept.
PRIVATE = ("13800138000", "联系不上商家")


class ComplaintCase(ShopCase):
    # A quarter of an hour between two looks is a second and a half.
    scale = 600
    # Words of the gateway: new, in the hands of somebody, over.
    new: str
    worked_on: str
    over: str

    def configuration(self) -> dict[str, Any]:
        return config([self.driver.entry() | {"complaints": True}], self.scale)

    def complain(self, payment: dict[str, Any], word: str, **more: Any) -> str:
        """The buyer, or the merchant at the gateway's desk; no notice goes out. The number."""
        raise NotImplementedError

    def notice(self, payment: dict[str, Any], number: str, kind: str = "complained") -> Notice:
        raise NotImplementedError

    def complaints(self, order: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.till.call("dispute.list", order=order["id"])["disputes"]
        return found

    def becomes(self, order: dict[str, Any], state: str) -> dict[str, Any]:
        eventually(
            lambda: [d["state"] for d in self.complaints(order)] == [state], f"complaint {state}", 40
        )
        return self.complaints(order)[0]

    # The scenarios

    def opened_by_notice(self) -> None:
        order, payment = self.paid()
        number = self.complain(payment, self.new)
        result = self.deliver(self.notice(payment, number))
        self.assertTrue(self.driver.believed(result["ack"]), result)
        self.assertEqual((result["verdict"], result["reason"]), ("noop", "calls_for_a_question"))
        found = self.becomes(order, "warning")
        self.assertEqual(found["gateway_dispute_id"], number)
        self.assertEqual(found["gateway_status"], self.new)
        self.assertEqual(found["payment"], payment["id"])
        self.assertEqual(found["amount"], self.money(5800))
        self.assertEqual(found["funds"], "none")
        self.assertNotIn("due_at", found)
        shown = self.get(order)
        self.assertEqual(shown["dispute_state"], "open")
        self.assertEqual(shown["pay_state"], "paid")
        self.assertIn("attention", shown["flags"])
        written = json.dumps(self.events(order), ensure_ascii=False)
        for text in PRIVATE:
            self.assertNotIn(text, written)

    def found_in_the_list(self) -> None:
        order, payment = self.paid()
        self.complain(payment, self.new)
        self.becomes(order, "warning")

    def made_while_the_daemon_was_down(self) -> None:
        order, payment = self.paid()
        self.daemon.stop()
        self.complain(payment, self.new)
        self.daemon.start()
        self.till = self.daemon.client()
        self.becomes(order, "warning")

    def goes_on(self) -> None:
        """Answered, over, taken up again: each told by a notice that says none of it."""
        order, payment = self.paid()
        number = self.complain(payment, self.new)
        for word, state in (
            (self.new, "warning"),
            (self.worked_on, "under_review"),
            (self.over, "warning_closed"),
            (self.new, "warning"),
            (self.over, "warning_closed"),
        ):
            self.complain(payment, word)
            self.deliver(self.notice(payment, number))
            found = self.becomes(order, state)
            self.assertEqual(found["funds"], "none")
        self.assertEqual(self.get(order)["dispute_state"], "none")

    def money_may_be_given_back(self) -> None:
        order, payment = self.paid()
        self.complain(payment, self.new)
        self.becomes(order, "warning")
        self.operator("amy").keyed(
            "refund.create", payment=payment["id"], amount=self.money(5800), reason="sorry"
        )
        self.wait_for(order, "refunded", wait_ms=60_000)

    def forged_notice_changes_nothing(self) -> None:
        order, payment = self.paid()
        number = self.complain(payment, self.new)
        self.becomes(order, "warning")
        before = self.event_types(order)
        result = self.deliver(self.notice(payment, number, "complaint_forged"))
        self.assertEqual(result["verdict"], "rejected")
        self.assertFalse(self.driver.believed(result["ack"]))
        self.assertEqual(self.event_types(order), before)

    def many_at_once(self) -> None:
        """More than a page holds."""
        sold = [self.paid(1000 + index) for index in range(23)]
        for _, payment in sold:
            self.complain(payment, self.new)
        for order, _ in sold:
            self.becomes(order, "warning")

    def not_read_unless_wanted(self) -> None:
        self.daemon.close()
        self.daemon = Daemon(config([self.driver.entry()], self.scale))
        self.addCleanup(self.daemon.close)
        self.daemon.start()
        self.till = self.daemon.client()
        order, payment = self.paid()
        number = self.complain(payment, self.new)
        result = self.deliver(self.notice(payment, number))
        self.assertEqual(result["reason"], "other_type")
        self.assertEqual(self.complaints(order), [])


class WeChatComplaints(ComplaintCase):
    new, worked_on, over = "PENDING", "PROCESSING", "PROCESSED"

    def setUp(self) -> None:
        self.driver = own(WeChatDriver)
        super().setUp()

    def complain(self, payment: dict[str, Any], word: str, **more: Any) -> str:
        made = self.driver.fake.ctl(
            "complain", out_trade_no=payment["out_trade_no"], state=word, **more
        )
        return str(made["complaint_id"])

    def notice(self, payment: dict[str, Any], number: str, kind: str = "complained") -> Notice:
        return self.driver.notices(payment, kind)[0]

    def test_a_notice_leads_to_it(self) -> None:
        self.opened_by_notice()

    def test_the_list_tells_of_one_whose_notice_was_lost(self) -> None:
        self.found_in_the_list()

    def test_the_list_tells_of_one_made_while_the_daemon_was_down(self) -> None:
        self.made_while_the_daemon_was_down()

    def test_it_is_followed_to_its_end_and_taken_up_again(self) -> None:
        self.goes_on()

    def test_a_message_of_the_buyer_makes_it_the_shops_turn(self) -> None:
        order, payment = self.paid()
        self.complain(payment, "PROCESSING", asking=True)
        self.becomes(order, "warning")
        number = self.complain(payment, "PROCESSING")
        self.deliver(self.notice(payment, number, "complaint_changed"))
        self.becomes(order, "under_review")

    def test_money_may_be_given_back(self) -> None:
        self.money_may_be_given_back()

    def test_a_forged_notice_changes_nothing(self) -> None:
        self.forged_notice_changes_nothing()

    def test_more_than_a_page(self) -> None:
        self.many_at_once()

    def test_not_read_unless_wanted(self) -> None:
        self.not_read_unless_wanted()


class AlipayComplaints(ComplaintCase):
    new, worked_on, over = "MERCHANT_PROCESSING", "MERCHANT_FEEDBACKED", "FINISHED"

    def setUp(self) -> None:
        self.driver = own(AlipayDriver)
        super().setUp()

    def complain(self, payment: dict[str, Any], word: str, **more: Any) -> str:
        made = self.driver.fake.ctl(
            "complain", out_trade_no=payment["out_trade_no"], status=word, **more
        )
        return str(made["complain_event_id"])

    def notice(self, payment: dict[str, Any], number: str, kind: str = "complained") -> Notice:
        return self.driver.notices(payment, kind, complain_event_id=number)[0]

    def test_a_message_leads_to_it(self) -> None:
        self.opened_by_notice()

    def test_the_list_tells_of_one_whose_message_was_lost(self) -> None:
        self.found_in_the_list()

    def test_the_list_tells_of_one_made_while_the_daemon_was_down(self) -> None:
        self.made_while_the_daemon_was_down()

    def test_it_is_followed_to_its_end_and_taken_up_again(self) -> None:
        self.goes_on()

    def test_money_may_be_given_back(self) -> None:
        self.money_may_be_given_back()

    def test_a_forged_message_changes_nothing(self) -> None:
        self.forged_notice_changes_nothing()

    def test_more_than_a_page(self) -> None:
        self.many_at_once()

    def test_not_read_unless_wanted(self) -> None:
        self.not_read_unless_wanted()
