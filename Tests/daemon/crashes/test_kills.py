"""SIGKILL and power cuts at random instants, while shops buy, deliver and give back."""

from __future__ import annotations

import random

from tilltest.crashcase import CrashCase, Shop, rounds, seed
from tilltest.disk import Shim

AT_A_TIME = 20


class Kills(CrashCase):
    """TILL_SEED picks the instants; with TILL_LONG there are two thousand."""

    slow = True

    def test_nothing_is_lost_or_doubled_by_kills(self) -> None:
        for part, count in enumerate(parts(rounds(20, 2_000))):
            name = f"K{seed()}x{part}"
            source = random.Random(name)
            shop = self.shop(4, name)
            shop.open()
            for _ in range(count):
                shop.daemon.start(wait=False)
                shop.busy(source)
                shop.daemon.kill()
            finish(shop)

    def test_nothing_synced_is_lost_by_power_cuts(self) -> None:
        for part, count in enumerate(parts(rounds(10, 500))):
            name = f"P{seed()}x{part}"
            source = random.Random(name)
            shop = self.shop(4, name)
            shop.open()
            lost = []
            for _ in range(count):
                shim = Shim(shop.daemon, journaled=True)
                shop.daemon.start(wait=False)
                shop.busy(source)
                shop.daemon.kill()
                lost.append(shim.cut_power(source))
            try:
                finish(shop)
            except AssertionError as error:
                raise AssertionError(f"{error}\ncuts: {lost}") from error


def parts(count: int) -> list[int]:
    """Few kills a shop, so that its store stays small and its reckoning short."""
    whole, rest = divmod(count, AT_A_TIME)
    return [AT_A_TIME] * whole + [rest] * (rest > 0)


def finish(shop: Shop) -> None:
    shop.daemon.environment = {}
    shop.daemon.start()
    shop.close_doors()
    shop.reckon()
    print(shop.figures(), flush=True)
    shop.close()
