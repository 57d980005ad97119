"""The bases of all scenarios: one fake gateway for the run, a fresh daemon for each test."""

from __future__ import annotations

import time
import unittest
from typing import Any, Callable
from urllib.parse import parse_qs, urlsplit

from .client import Client
from .daemon import Daemon
from .drivers import Books, Driver, Notice, own
from .drivers.alipay import AlipayDriver
from .setup import TOKENS, config


def alipay() -> AlipayDriver:
    return own(AlipayDriver)


def eventually(look: Callable[[], Any], what: str, within_s: float = 20.0) -> Any:
    """The first true value; a failure with words when none came. Not a measure of speed."""
    limit = time.monotonic() + within_s
    while True:
        value = look()
        if value:
            return value
        if time.monotonic() > limit:
            raise AssertionError(f"never happened: {what}; last {value!r}")
        time.sleep(0.05)


class ShopCase(unittest.TestCase):
    """A shop at one gateway: `self.till` is its connection, `self.driver` the gateway's fake."""

    scale = 20
    driver: Driver

    def setUp(self) -> None:
        self.driver.reset()
        self.daemon = Daemon(self.configuration())
        self.addCleanup(self.daemon.close)
        self.daemon.start()
        self.till = self.daemon.client()

    def configuration(self) -> dict[str, Any]:
        return config([self.driver.entry()], self.scale)

    # What a shop does

    def order(self, minor: int = 5800, **more: Any) -> dict[str, Any]:
        amount = {"currency": self.driver.currency, "minor": minor}
        params = {"amount": amount, "subject": "月度会员"} | more
        order: dict[str, Any] = self.till.keyed("order.create", **params)["order"]
        return order

    def create_params(self, order: dict[str, Any], **more: Any) -> dict[str, Any]:
        params = {"order": order["id"], "gateway": self.driver.name, "method": self.driver.method}
        return params | self.driver.create_params() | more

    def pay_request(self, order: dict[str, Any], **more: Any) -> dict[str, Any]:
        """payment.create at the fake; the payment."""
        made = self.till.keyed("payment.create", **self.create_params(order, **more))
        payment: dict[str, Any] = made["payment"]
        return payment

    def opened(self, minor: int = 5800, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """An order that waits for its buyer."""
        order = self.order(minor, **more)
        payment = self.pay_request(order)
        self.assertEqual(payment["state"], "awaiting_buyer", payment)
        return order, payment

    def arrived(self, minor: int = 5800, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The buyer has opened it, and has not paid."""
        order, payment = self.opened(minor, **more)
        self.driver.arrive(payment)
        return order, payment

    def paid(self, minor: int = 5800, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """An order paid with its callback lost, as the daemon has learnt by asking."""
        order, payment = self.opened(minor, **more)
        self.driver.pay(payment)
        return self.wait_for(order, "paid"), self.payment(payment)

    def money(self, minor: int) -> dict[str, Any]:
        return {"currency": self.driver.currency, "minor": minor}

    # Looking

    def wait_for(self, order: dict[str, Any], *until: str, wait_ms: int = 30_000) -> dict[str, Any]:
        result = self.till.call("order.wait", order=order["id"], until=until, wait_ms=wait_ms)
        self.assertFalse(result["timed_out"], f"not {until}: {result['order']}")
        found: dict[str, Any] = result["order"]
        return found

    def get(self, order: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.till.call("order.get", order=order["id"])["order"]
        return found

    def payment(self, payment: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.till.call("payment.get", payment=payment["id"])["payment"]
        return found

    def events(self, order: dict[str, Any]) -> list[dict[str, Any]]:
        read = self.till.call("events.read", after="oldest", order=order["id"], limit=200)
        events: list[dict[str, Any]] = read["events"]
        return events

    def event_types(self, order: dict[str, Any]) -> list[str]:
        return [event["type"] for event in self.events(order)]

    def books(self, payment: dict[str, Any]) -> Books:
        return self.driver.books(payment)

    def queried(self, payment: dict[str, Any], more: int) -> None:
        """Waits until the gateway was asked `more` times from now on."""
        goal = self.driver.asked(payment, "query") + more
        eventually(
            lambda: self.driver.asked(payment, "query") >= goal, f"{more} more queries", 30
        )

    def deliver(self, notice: Notice, **more: Any) -> dict[str, Any]:
        """Hands raw bytes of the fake to the daemon as a web front end would."""
        result: dict[str, Any] = self.till.call(
            "notification.ingest", gateway=self.driver.name, **notice.params(), **more
        )
        return result

    def operator(self, name: str) -> Client:
        return self.daemon.client(token=TOKENS[name])

    def assert_evidence(self, payment: dict[str, Any], strength: str, source: str) -> None:
        found = {(e["strength"], e["source"]) for e in self.payment(payment)["evidence"]}
        self.assertIn((strength, source), found)


class AlipayCase(ShopCase):
    """What only Alipay has, or what needs one real gateway and no more."""

    mode = "key"

    def setUp(self) -> None:
        self.driver = alipay()
        self.fake = alipay().fake
        super().setUp()

    def configuration(self) -> dict[str, Any]:
        return config([alipay().entry(self.mode)], self.scale)

    def scanned(self, minor: int = 5800, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return self.arrived(minor, **more)

    def buyer_pays(self, payment: dict[str, Any], callback: str = "lose", **more: Any) -> Any:
        return self.fake.ctl("pay", out_trade_no=payment["out_trade_no"], callback=callback, **more)

    def trade(self, payment: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.fake.ctl("trade", out_trade_no=payment["out_trade_no"])
        return found

    def posts(self, payment: dict[str, Any], method: str) -> int:
        counts = self.fake.ctl("counts")["by_out_trade_no"]
        return int(counts.get(payment["out_trade_no"], {}).get(f"alipay.trade.{method}", 0))

    def precreated_numbers(self, since: int) -> set[str]:
        return self.driver.created_since(since)

    def log_position(self) -> int:
        return self.driver.log_position()

    def ingest(self, notice: dict[str, Any], **more: Any) -> dict[str, Any]:
        """The same of a notification as the fake's control side shows it."""
        result: dict[str, Any] = self.till.call(
            "notification.ingest",
            gateway="alipay",
            headers={"content-type": notice["content_type"]},
            body_base64=notice["body_base64"],
            **more,
        )
        return result

    def notices(self, payment: dict[str, Any], kind: str, **options: Any) -> list[dict[str, Any]]:
        """Notifications of a kind, made without any change of the gateway's books."""
        number = payment["out_trade_no"]
        made = self.fake.ctl("notify", out_trade_no=number, kind=kind, options=options)
        found: list[dict[str, Any]] = made["notifications"]
        return found


def query_of(url: str) -> dict[str, str]:
    return {k: v[0] for k, v in parse_qs(urlsplit(url).query, keep_blank_values=True).items()}
