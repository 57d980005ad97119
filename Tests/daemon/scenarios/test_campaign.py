"""Random operations, faults and kills from one seed; afterwards the books agree to the fen.

TILL_SEED picks the run, TILL_OPERATIONS its length.
"""

from __future__ import annotations

import os
import random
from typing import Any

from tilltest.case import AlipayCase, eventually
from tilltest.client import Closed, NoLine, RpcError, fresh_key

FAULTS = (
    "drop_before_apply",
    "apply_then_drop",
    "reset",
    "torn_body",
    "error_500_after_apply",
    "error_500_before_apply",
    "system_error",
    "system_error_after_apply",
    "html_502",
    "empty",
    "garbage",
    "bad_utf8",
    "bad_signature",
    "no_signature",
    "other_order_answer",
    "unknown_status",
    "duplicate_keys",
    "trade_not_exist_lie",
    "refund_empty_10000",
    "success_after_close",
    "already_paid_on_close",
    "limited_40005",
    "slow",
)
CALLBACKS = ("deliver", "lose", "duplicate", "delay")


class Campaign(AlipayCase):
    def setUp(self) -> None:
        super().setUp()
        self.seed = int(os.environ.get("TILL_SEED", "20261"))
        self.random = random.Random(self.seed)
        self.orders: list[dict[str, Any]] = []
        self.payments: dict[str, dict[str, Any]] = {}
        self.amy = self.operator("amy")

    def test_truth_is_what_the_daemon_says(self) -> None:
        steps = {
            self.new_order: 30,
            self.new_payment: 30,
            self.buyer: 30,
            self.hand_over: 15,
            self.give_back: 12,
            self.cancel: 4,
            self.trouble: 12,
            self.kill: 1,
        }
        actions = list(steps)
        for _ in range(int(os.environ.get("TILL_OPERATIONS", "250"))):
            action = self.random.choices(actions, list(steps.values()))[0]
            try:
                action()
            except RpcError as error:
                self.assertNotEqual(error.data["class"], "internal", f"seed {self.seed}: {error}")
            except (Closed, NoLine, RuntimeError):
                continue
        self.settle()

    # Steps

    def new_order(self) -> None:
        self.orders.append(self.order(self.random.randint(1, 20_000)))

    def new_payment(self) -> None:
        if not self.orders:
            return
        order = self.random.choice(self.orders)
        made = self.till.call(
            "payment.create",
            order=order["id"],
            gateway="alipay",
            method="precreate",
            idempotency_key=fresh_key(),
            timeout_ms=5000,
        )
        self.payments[made["payment"]["out_trade_no"]] = made["payment"]

    def some_payment(self) -> dict[str, Any] | None:
        return self.random.choice(list(self.payments.values())) if self.payments else None

    def buyer(self) -> None:
        payment = self.some_payment()
        if payment is not None:
            self.buyer_pays(payment, callback=self.random.choice(CALLBACKS))

    def hand_over(self) -> None:
        payment = self.some_payment()
        if payment is None:
            return
        number = payment["out_trade_no"]
        notices = self.fake.ctl("notifications", out_trade_no=number)["notifications"]
        if self.random.random() < 0.3:
            kind = self.random.choice(("forge", "corrupt", "other_merchant", "out_of_order"))
            notices += self.notices(payment, kind)
        for notice in self.random.sample(notices, len(notices)):
            self.ingest(notice)

    def give_back(self) -> None:
        payment = self.some_payment()
        if payment is not None:
            amount = {"currency": "CNY", "minor": self.random.randint(1, 9000)}
            self.amy.keyed("refund.create", payment=payment["id"], amount=amount, timeout_ms=5000)

    def cancel(self) -> None:
        if self.orders:
            self.till.call("order.cancel", order=self.random.choice(self.orders)["id"])

    def trouble(self) -> None:
        self.fake.ctl("faults", fault=self.random.choice(FAULTS), count=self.random.randint(1, 3))

    def kill(self) -> None:
        self.daemon.restart(kill=True)
        self.reconnect()

    def reconnect(self) -> None:
        self.till = self.daemon.client()
        self.amy = self.operator("amy")

    # The reckoning

    def settle(self) -> None:
        """Faults end, time passes, and every number on both sides agrees."""
        self.fake.ctl("faults/clear")
        self.daemon.restart()
        self.reconnect()
        for number, payment in self.payments.items():
            trade = self.fake.ctl("trade", out_trade_no=number) if self.known(number) else None
            want = (trade["paid_fen"], trade["refunded_fen"]) if trade else (0, 0)
            try:
                eventually(
                    lambda p=payment, w=want: self.sums(p) == w,  # type: ignore[misc]
                    f"seed {self.seed}: {number} has {want}",
                    90,
                )
            except AssertionError as error:
                raise AssertionError(f"{error}\n{self.account(payment, trade)}") from None
        for order in self.orders:
            found = self.get(order)
            own = [p for p in self.payments.values() if p["order"] == order["id"]]
            captured = sum(self.sums(p)[0] for p in own)
            self.assertEqual(found["captured"]["minor"], captured, f"seed {self.seed}: {found}")
        self.till.call("audit.verify")

    def account(self, payment: dict[str, Any], trade: Any) -> str:
        """Both sides of a payment that differ."""
        number = payment["out_trade_no"]
        lines = [f"there: {trade}"]
        lines += [f"asked: {e}" for e in self.fake.ctl("requests", out_trade_no=number)["requests"]]
        lines.append(f"here: {self.payment(payment)}")
        refunds = self.till.call("refund.list", payment=payment["id"], limit=200)["refunds"]
        lines += [f"here: {refund}" for refund in refunds]
        lines += [f"event: {event}" for event in self.events({"id": payment["order"]})]
        return "\n".join(lines)

    def known(self, number: str) -> bool:
        return any(t["out_trade_no"] == number for t in self.fake.ctl("truth")["trades"])

    def sums(self, payment: dict[str, Any]) -> tuple[int, int]:
        """Captured and refunded by this payment, as the daemon has it."""
        captured = self.payment(payment).get("captured", {}).get("minor", 0)
        refunds = self.till.call("refund.list", payment=payment["id"], limit=200)["refunds"]
        done = sum(r["amount"]["minor"] for r in refunds if r["state"] == "succeeded")
        return captured, done
