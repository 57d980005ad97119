"""Keys are changed on disk and taken over without a restart: those that Till signs with, and those
that gateways sign with, the old beside the new for a while where a gateway knows such a time."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from tilltest.case import ShopCase, eventually
from tilltest.client import RpcError
from tilltest.drivers import Driver, Notice
from tilltest.drivers.alipay import AlipayDriver
from tilltest.drivers.cards import StripeDriver
from tilltest.drivers.epay import EpayDriver
from tilltest.drivers.wechat import WeChatDriver


class Rotation(ShopCase):
    # Slow enough that the first news is the notice's.
    scale = 1
    kind: type[Driver]

    def setUp(self) -> None:
        # One of its own: whoever shares it would meet other keys.
        self.driver = self.kind()  # type: ignore[call-arg]
        self.addCleanup(self.driver.fake.stop)
        super().setUp()

    def reload(self) -> dict[str, Any]:
        self.daemon.configure(self.configuration())
        result: dict[str, Any] = self.till.call("server.reload")
        return result

    def took_over(self) -> None:
        result = self.reload()
        self.assertEqual(result["changed"], [f"gateways.{self.driver.name}"])
        self.assertEqual(result["restart_needed"], [])

    def refused_now(self) -> None:
        """Nothing can be opened: the gateway does not take our signature."""
        try:
            payment = self.pay_request(self.order())
        except RpcError as error:
            self.assertEqual(error.data["class"], "upstream")
            return
        self.assertNotEqual(payment["state"], "awaiting_buyer")

    def arrives(self, notice: Notice, order: dict[str, Any]) -> None:
        result = self.deliver(notice)
        self.assertIn(result["verdict"], ("applied", "noop"), result)
        self.assertTrue(self.driver.believed(result["ack"]), result)
        self.wait_for(order, "paid")

    def is_refused(self, notice: Notice) -> None:
        result = self.deliver(notice)
        self.assertEqual(result["verdict"], "rejected", result)
        self.assertFalse(self.driver.believed(result["ack"]), result)

    def paid_notice(self) -> tuple[dict[str, Any], Notice]:
        order, payment = self.opened()
        self.driver.pay(payment)
        return order, self.driver.notices(payment, "paid")[0]


class OwnKey:
    """Mixed into a `Rotation`: the key that Till signs with."""

    def test_the_next_call_is_signed_with_the_new_key(self: Any) -> None:
        self.opened()
        self.driver.rotate("ours")
        self.refused_now()
        self.took_over()
        order, payment = self.opened()
        self.driver.pay(payment)
        self.till.call("payment.query", payment=payment["id"])
        self.wait_for(order, "paid")

    def test_a_hangup_does_the_same(self: Any) -> None:
        self.driver.rotate("ours")
        self.daemon.configure(self.configuration())
        os.kill(self.daemon.process.pid, signal.SIGHUP)
        eventually(lambda: "configuration read again" in self.daemon.log(), "read again")
        self.assertIn(f"gateways.{self.driver.name}", self.daemon.log())
        self.opened()

    def test_a_file_that_is_no_key_leaves_the_old_one_in_force(self: Any) -> None:
        entry = self.driver.entry()
        names = ("app_private_key_file", "merchant_private_key_file", "secret_key_file", "key_file")
        path = Path(entry[next(name for name in names if name in entry)])
        kept = path.read_bytes()
        path.write_bytes(b"no key\n")
        with self.assertRaises(RpcError) as refused:
            self.reload()
        self.assertEqual(refused.exception.code, "config_invalid")
        self.assertNotIn("no key", str(refused.exception.data))
        self.opened()
        path.write_bytes(kept)
        self.assertEqual(self.reload()["changed"], [])

    def test_a_rehearsal_changes_nothing(self: Any) -> None:
        self.driver.rotate("ours")
        self.daemon.configure(self.configuration())
        result = self.till.call("server.reload", dry_run=True)
        self.assertEqual(result["changed"], [f"gateways.{self.driver.name}"])
        self.refused_now()


class Overlap:
    """Mixed into a `Rotation`: the key that the gateway signs with."""

    def test_notices_by_either_key_count_while_both_are_named(self: Any) -> None:
        first, old = self.paid_notice()
        second, payment = self.opened()
        self.driver.pay(payment)
        self.driver.rotate("theirs")
        self.took_over()
        self.arrives(old, first)
        self.arrives(self.driver.notices(payment, "paid")[0], second)
        # Its answers are by the new key too.
        self.till.call("payment.query", payment=self.pay_request(self.order())["id"])

    def test_the_old_key_ends_when_it_is_named_no_more(self: Any) -> None:
        order, old = self.paid_notice()
        self.driver.rotate("theirs")
        self.took_over()
        self.driver.forget_former()
        self.took_over()
        self.is_refused(old)
        third, new = self.paid_notice()
        self.arrives(new, third)
        self.wait_for(order, "paid")

    def test_a_key_that_nobody_was_told_of_is_refused(self: Any) -> None:
        _, payment = self.opened()
        self.driver.pay(payment)
        self.driver.rotate("theirs")
        self.is_refused(self.driver.notices(payment, "paid")[0])


class AlipayKeys(OwnKey, Overlap, Rotation):
    kind = AlipayDriver


class WeChatKeys(OwnKey, Overlap, Rotation):
    kind = WeChatDriver


class StripeKeys(OwnKey, Overlap, Rotation):
    kind = StripeDriver


class EpayKeys(OwnKey, Rotation):
    """One key for both sides, and no time in which two count."""

    kind = EpayDriver

    def test_notices_by_the_old_key_end_with_it(self) -> None:
        order, old = self.paid_notice()
        self.driver.rotate("ours")
        self.took_over()
        self.is_refused(old)
        second, new = self.paid_notice()
        self.arrives(new, second)
        # The lost word costs nothing: the schedule asks.
        self.wait_for(order, "paid")


class Settings(Rotation):
    kind = AlipayDriver

    def test_a_gateway_that_comes_waits_for_a_restart(self) -> None:
        other = self.driver.entry() | {"name": "second"}
        whole = self.configuration()
        self.daemon.configure(whole | {"gateways": [*whole["gateways"], other]})
        result = self.till.call("server.reload")
        self.assertEqual((result["changed"], result["restart_needed"]), ([], ["gateways"]))
        self.assertEqual(len(self.till.call("gateway.list")["gateways"]), 1)

    def test_limits_and_addresses_are_taken_over_too(self) -> None:
        whole = self.configuration()
        whole["gateways"][0] |= {"qps": 7, "notify_url": "https://shop.example/other"}
        self.daemon.configure(whole)
        self.assertEqual(self.till.call("server.reload")["changed"], ["gateways.alipay"])
        start = self.driver.log_position()
        self.opened()
        sent = self.driver.fake.ctl("requests", after=start)["requests"]
        self.assertIn("shop.example%2Fother", repr(sent) + repr([e["body"] for e in sent]))
