"""The base of the shops' tests: a daemon with a sandbox and a fake Alipay, a shop, its worker."""

from __future__ import annotations

import tempfile
import unittest
import uuid
from pathlib import Path
from typing import Any, Callable

from clienttest.shop import Shop, free_port
from tilltest.case import alipay
from tilltest.daemon import Daemon
from tilltest.setup import config

SHOPS = ("python", "node", "php")


class ExampleCase(unittest.TestCase):
    """Every subclass is run once for each shop."""

    shop_name = ""
    gateway = "sandbox"
    # Twenty times as fast, as if the seconds of the schedule were shorter.
    scale = 20

    def setUp(self) -> None:
        if Shop.program(self.shop_name) is None:
            self.skipTest(f"there is no {self.shop_name}")
        folder = tempfile.TemporaryDirectory(prefix="till-shop-")
        self.addCleanup(folder.cleanup)
        port = free_port()
        self.daemon = Daemon(config(self.gateways(port), self.scale))
        self.addCleanup(self.daemon.close)
        self.daemon.start()
        self.till = self.daemon.client()
        place = Path(folder.name)
        self.shop = Shop(self.shop_name, self.daemon.socket, place, port, self.gateway)
        self.addCleanup(self.shop.close)
        self.shop.start()
        self.worker = self.shop.run("worker")

    def gateways(self, port: int) -> list[dict[str, Any]]:
        return [{"name": "sandbox", "kind": "sandbox"}]

    def buy(self, key: str = "", lang: str = "zh") -> dict[str, Any]:
        status, page = self.shop.post("/api/orders", key=key or new_key(), lang=lang)
        self.assertEqual(status, 200, page)
        found: dict[str, Any] = page
        return found

    def play(self, page: dict[str, Any], hand: str) -> None:
        status, told = self.shop.post(f"/api/orders/{page['order']['order_no']}/play", hand=hand)
        self.assertEqual((status, told), (200, {}))


class AlipayExampleCase(ExampleCase):
    """The shop takes money at the fake Alipay, which posts its notices to the shop."""

    gateway = "alipay"
    scale = 1

    def setUp(self) -> None:
        self.alipay = alipay()
        self.alipay.reset()
        super().setUp()

    def gateways(self, port: int) -> list[dict[str, Any]]:
        address = f"http://127.0.0.1:{port}/notify/alipay"
        return [self.alipay.entry() | {"notify_url": address}]


def new_key() -> str:
    return f"page-{uuid.uuid4()}"


def for_every_shop(*classes: type[ExampleCase]) -> Callable[..., unittest.TestSuite]:
    """The `load_tests` of a module: each class once for each shop, as `BuyingNode`."""

    def load_tests(loader: unittest.TestLoader, *_: Any) -> unittest.TestSuite:
        suite = unittest.TestSuite()
        for base in classes:
            for shop in SHOPS:
                name = base.__name__ + shop.capitalize()
                made = type(name, (base,), {"shop_name": shop, "__module__": base.__module__})
                suite.addTests(loader.loadTestsFromTestCase(made))
        return suite

    return load_tests
