"""The machine that looks for broken promises must find them where they are."""

from __future__ import annotations

import random

from tilltest.crashcase import CrashCase, Shop
from tilltest.disk import Shim


class Machine(CrashCase):
    def traded(self, name: str) -> Shop:
        """A shop with a few finished jobs."""
        shop = self.shop(1, name)
        shop.daemon.start()
        shop.open()
        self.wait_for_orders(shop)
        shop.close_doors()
        return shop

    def wait_for_orders(self, shop: Shop) -> None:
        source = random.Random(0)
        while len(shop.promises.completed) < 2 and not shop.broken:
            shop.busy(source)

    def assert_found(self, shop: Shop, word: str) -> None:
        with self.assertRaisesRegex(AssertionError, word):
            shop.reckon()

    def test_a_disk_that_lies_about_syncs_is_found_out(self) -> None:
        """The same cut that an honest daemon survives loses acknowledged orders here."""
        shop = self.shop(1, "lies")
        shim = Shim(shop.daemon, "s:6:lie+", journaled=True)
        shop.daemon.start()
        shop.open()
        self.wait_for_orders(shop)
        shop.halted.set()
        shop.daemon.kill()
        shim.cut_power(random.Random(0), "lose all")
        shop.close_doors()
        self.assert_found(shop, "lost: order")

    def test_a_promise_that_was_never_kept_is_found(self) -> None:
        shop = self.traded("never")
        promised = dict(next(iter(shop.promises.orders.values())))
        shop.promises.orders["ord_00000000000000000000000000"] = promised
        self.assert_found(shop, "lost: order ord_0000")

    def test_an_amount_that_was_changed_is_found(self) -> None:
        shop = self.traded("changed")
        payment = next(iter(shop.promises.payments.values()))
        payment["amount"] = payment["amount"] | {"minor": 1}
        self.assert_found(shop, "changed: payment")

    def test_a_second_delivery_is_found(self) -> None:
        shop = self.traded("twice")
        order = next(iter(shop.promises.handed_out))
        shop.promises.handed_out[order] += 1
        self.assert_found(shop, "doubled: ord_")

    def test_a_trade_nobody_asked_for_is_found(self) -> None:
        """The books of the shops before are not left out."""
        self.traded("first").close()
        shop = self.traded("second")
        shop.before.clear()
        self.assert_found(shop, "nobody here asked for it")
