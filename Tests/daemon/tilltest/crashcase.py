"""The base of the crash tests: a daemon that dies again and again, and the reckoning at the end."""

from __future__ import annotations

import os
import random
import threading
import time
import unittest
from typing import Any

from .daemon import Daemon
from .preload import library
from .drivers import own
from .drivers.alipay import AlipayDriver
from .reckoning import numbers_known, reckon
from .setup import config
from .shopper import Halted, Promises, Shopper, shoppers

SCALE = 60
# Longest time to wait for replies before the next kill, on a machine with much to do.
BUSY_MAX_S = 5.0


def is_long() -> bool:
    """Whether the long run was asked for."""
    return os.environ.get("TILL_LONG", "") not in ("", "0")


def rounds(short: int, long: int) -> int:
    """How often something is tried; TILL_ROUNDS overrides both."""
    return int(os.environ.get("TILL_ROUNDS") or (long if is_long() else short))


def seed() -> str:
    return os.environ.get("TILL_SEED", "1")


class CrashCase(unittest.TestCase):
    """`self.driver` has the gateway and its books; each test opens shops of its own."""

    def setUp(self) -> None:
        if library("diskshim") is None:
            self.skipTest("needs a C compiler for the shim")
        driver = own(AlipayDriver)
        assert isinstance(driver, AlipayDriver)
        self.driver = driver
        self.driver.reset()

    def shop(self, count: int, name: str, **more: Any) -> Shop:
        shop = Shop(self.driver, count, name, more)
        self.addCleanup(shop.close)
        self.daemon = shop.daemon
        return shop


class Shop:
    """A daemon in a folder of its own, people who buy there, and what they were promised."""

    def __init__(self, driver: AlipayDriver, count: int, name: str, more: dict[str, Any]) -> None:
        self.fake, self.name = driver.fake, name
        self.daemon = Daemon()
        # One socket will do; those of single roles would only make each start longer.
        self.daemon.role_sets = []
        self.daemon.configure(config([driver.entry()], SCALE) | more)
        self.promises = Promises()
        self.before = numbers_known(self.fake)
        self.halted = threading.Event()
        self.broken: list[BaseException] = []
        self.count = count
        self.shoppers: list[Shopper] = []
        self.threads: list[threading.Thread] = []

    def open(self) -> None:
        """Everybody begins to buy; the daemon need not run yet."""
        self.shoppers = shoppers(
            self.daemon, self.fake, self.promises, self.halted, self.name, self.count
        )
        self.threads = [
            threading.Thread(target=self.buy, args=(s,), daemon=True) for s in self.shoppers
        ]
        for thread in self.threads:
            thread.start()

    def buy(self, shopper: Shopper) -> None:
        try:
            while not self.halted.is_set():
                shopper.job()
                if shopper.source.random() < 0.2:
                    shopper.ask_again()
        except Halted:
            return
        except BaseException as error:  # noqa: BLE001
            self.broken.append(error)
            self.halted.set()

    def busy(self, source: random.Random) -> None:
        """Until some more replies have come, then an instant more; at times before the first."""
        goal = self.promises.count + int(source.choice((0, 1, 1, 1)) * source.expovariate(1 / 20))
        limit = time.monotonic() + BUSY_MAX_S
        while self.promises.count < goal and time.monotonic() < limit:
            time.sleep(0.001)
        time.sleep(source.uniform(0, 0.03))

    def close_doors(self) -> None:
        """Nobody begins anything any more; what was broken meanwhile is raised."""
        self.halted.set()
        for thread in self.threads:
            thread.join(90)
        for shopper in self.shoppers:
            shopper.line.drop()
            shopper.amy.drop()
        if self.broken:
            raise AssertionError(f"{self.name}: {self.broken[0]!r}") from self.broken[0]

    def reckon(self) -> None:
        """Without any fault from here on: all promises and all books."""
        self.daemon.environment = {}
        if not self.daemon.running():
            self.daemon.process = None
            self.daemon.start()
        reckon(self.daemon, self.fake, self.promises, self.before, self.name)

    def figures(self) -> str:
        """What this shop has seen, for the reader of the run."""
        promises = self.promises
        return (
            f"{self.name}: {self.daemon.starts} starts, {promises.count} replies, "
            f"{len(promises.orders)} orders, {len(promises.paid)} paid, "
            f"{len(promises.completed)} delivered, {len(promises.refunds)} refunds"
        )

    def close(self) -> None:
        self.halted.set()
        for thread in self.threads:
            thread.join(90)
        self.daemon.close()
