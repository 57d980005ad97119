"""SIGKILL at the worst moments: what was promised stands, what was in flight is asked for."""

from __future__ import annotations

import threading
from typing import Any

from tilltest.case import AlipayCase, eventually
from tilltest.client import Client, fresh_key

PRECREATE = "alipay.trade.precreate"
REFUND = "alipay.trade.refund"


class Crashes(AlipayCase):
    def hanging_create(self, order: dict[str, Any], key: str, fault: str) -> str:
        """Leaves payment.create in flight; its out_trade_no, once the gateway has it."""
        start = self.log_position()
        self.fake.ctl("faults", fault=fault, method=PRECREATE, hold_ms=20_000)
        self.till.start(
            "payment.create",
            order=order["id"],
            gateway="alipay",
            method="precreate",
            idempotency_key=key,
        )
        numbers = eventually(lambda: self.precreated_numbers(start), "the create has arrived")
        number = str(next(iter(numbers)))
        if fault == "apply_then_hang":
            reached = self.fake.ctl("wait", out_trade_no=number, phase="applied")["reached"]
            self.assertTrue(reached)
        return number

    def killed_and_restarted(self) -> None:
        self.daemon.kill()
        self.fake.ctl("faults/clear")
        self.daemon.start()
        self.till = self.daemon.client()

    def test_killed_after_the_gateway_took_the_order(self) -> None:
        order = self.order()
        key = fresh_key("crash")
        start = self.log_position()
        number = self.hanging_create(order, key, "apply_then_hang")
        self.killed_and_restarted()
        self.assertIn(self.till.call("key.lookup", key=key)["state"], ("running", "done"))
        payments = self.till.call("payment.list", order=order["id"])["payments"]
        self.assertEqual([p["out_trade_no"] for p in payments], [number])
        self.fake.ctl("pay", out_trade_no=number, callback="lose")
        self.wait_for(order, "paid", wait_ms=60_000)
        self.assertEqual(self.precreated_numbers(start), {number})
        eventually(lambda: self.till.call("key.lookup", key=key)["state"] == "done", "key done")

    def test_killed_before_the_gateway_took_the_order(self) -> None:
        order = self.order()
        key = fresh_key("crash")
        start = self.log_position()
        number = self.hanging_create(order, key, "hang")
        self.killed_and_restarted()
        queries = {"out_trade_no": number}
        eventually(
            lambda: self.fake.ctl("counts")["by_out_trade_no"][number].get("alipay.trade.query"),
            "the number is asked for",
        )
        found = self.get(order)
        self.assertNotIn(found["pay_state"], ("paid", "expired", "cancelled"), queries)
        self.assertEqual(self.precreated_numbers(start), {number})

    def test_the_key_answers_after_the_restart(self) -> None:
        order = self.order()
        key = fresh_key("crash")
        number = self.hanging_create(order, key, "apply_then_hang")
        self.killed_and_restarted()
        self.fake.ctl("scan", out_trade_no=number)
        eventually(lambda: self.till.call("key.lookup", key=key)["state"] == "done", "key done")
        again = self.till.call(
            "payment.create",
            order=order["id"],
            gateway="alipay",
            method="precreate",
            idempotency_key=key,
        )
        self.assertEqual(again["payment"]["out_trade_no"], number)
        self.assertIs(again["replayed"], True)

    def test_killed_while_a_refund_was_in_flight(self) -> None:
        order, payment = self.paid()
        self.fake.ctl("faults", fault="apply_then_hang", method=REFUND, hold_ms=20_000)
        amy = self.operator("amy")
        amount = {"currency": "CNY", "minor": 1500}
        amy.start(
            "refund.create",
            payment=payment["id"],
            amount=amount,
            idempotency_key=fresh_key("refund"),
        )
        eventually(lambda: self.trade(payment)["refunded_fen"] == 1500, "the gateway refunded")
        self.killed_and_restarted()
        self.wait_for(order, "partially_refunded", wait_ms=60_000)
        trade = self.trade(payment)
        self.assertEqual(trade["refunded_fen"], 1500)
        self.assertEqual(len(trade["refunds"]), 1)

    def test_what_was_acknowledged_is_there(self) -> None:
        acknowledged: list[str] = []
        stop = threading.Event()

        def create(index: int) -> None:
            with Client(self.daemon.socket) as client:
                count = 0
                while not stop.is_set():
                    count += 1
                    try:
                        made = client.keyed(
                            "order.create",
                            order_no=f"K{index}-{count}",
                            amount={"currency": "CNY", "minor": 100},
                            subject="x",
                        )
                    except Exception:
                        return
                    acknowledged.append(made["order"]["order_no"])

        threads = [threading.Thread(target=create, args=(i,), daemon=True) for i in range(8)]
        for thread in threads:
            thread.start()
        eventually(lambda: len(acknowledged) > 300, "orders are made")
        self.daemon.kill()
        stop.set()
        for thread in threads:
            thread.join(20)
        self.daemon.start()
        self.till = self.daemon.client()
        for number in acknowledged:
            self.assertEqual(self.till.call("order.get", order=number)["order"]["order_no"], number)
        self.assertTrue(self.till.call("audit.verify").get("ok", True))

    def test_a_paid_order_stays_paid_over_many_kills(self) -> None:
        order, payment = self.paid()
        before = self.get(order)
        for _ in range(5):
            self.daemon.restart(kill=True)
            self.till = self.daemon.client()
            self.assertEqual(self.get(order), before)
        self.assertEqual(self.payment(payment)["state"], "succeeded")

    def test_a_polite_stop_says_goodbye_and_ends(self) -> None:
        listener = Client(self.daemon.socket)
        self.addCleanup(listener.close)
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(listener.notification("session.bye")["code"], "draining")
