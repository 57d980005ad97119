"""The base of all scenarios: one fake gateway for the run, a fresh daemon for each test."""

from __future__ import annotations

import atexit
import time
import unittest
from typing import Any, Callable
from urllib.parse import parse_qs, urlsplit

from fakealipay.process import FakeProcess

from .client import Client
from .daemon import Daemon
from .setup import TOKENS, config

_fakes: list[FakeProcess] = []


def shared_fake() -> FakeProcess:
    """Keys take a second to make; books are kept apart by order numbers."""
    if not _fakes:
        _fakes.append(FakeProcess())
        atexit.register(_fakes[0].stop)
    return _fakes[0]


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


class AlipayCase(unittest.TestCase):
    """`self.till` is a shop's connection, `self.fake` the gateway with its control side."""

    scale = 20
    mode = "key"

    def setUp(self) -> None:
        self.fake = shared_fake()
        self.fake.ctl("faults/clear")
        self.fake.ctl("clock", offset_ms=0)
        self.fake.ctl("settings", repeat_precreate="refuse", sign_slashes="raw")
        self.daemon = Daemon(self.configuration())
        self.addCleanup(self.daemon.close)
        self.daemon.start()
        self.till = self.daemon.client()

    def configuration(self) -> dict[str, Any]:
        return config(self.fake, self.scale, self.mode)

    # What a shop does

    def order(self, minor: int = 5800, **more: Any) -> dict[str, Any]:
        params = {"amount": {"currency": "CNY", "minor": minor}, "subject": "月度会员"} | more
        order: dict[str, Any] = self.till.keyed("order.create", **params)["order"]
        return order

    def pay_request(self, order: dict[str, Any], **more: Any) -> dict[str, Any]:
        """payment.create at the fake; the payment."""
        params = {"order": order["id"], "gateway": "alipay", "method": "precreate"} | more
        payment: dict[str, Any] = self.till.keyed("payment.create", **params)["payment"]
        return payment

    def opened(self, minor: int = 5800, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """An order with a QR code that nobody has scanned."""
        order = self.order(minor, **more)
        payment = self.pay_request(order)
        self.assertEqual(payment["state"], "awaiting_buyer", payment)
        return order, payment

    def scanned(self, minor: int = 5800, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        order, payment = self.opened(minor, **more)
        self.fake.ctl("scan", qr_code=payment["action"]["value"])
        return order, payment

    def buyer_pays(self, payment: dict[str, Any], callback: str = "lose", **more: Any) -> Any:
        return self.fake.ctl("pay", out_trade_no=payment["out_trade_no"], callback=callback, **more)

    def paid(self, minor: int = 5800, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """An order paid with its callback lost, as the daemon has learnt by asking."""
        order, payment = self.opened(minor, **more)
        self.buyer_pays(payment)
        return self.wait_for(order, "paid"), self.payment(payment)

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

    def trade(self, payment: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.fake.ctl("trade", out_trade_no=payment["out_trade_no"])
        return found

    def posts(self, payment: dict[str, Any], method: str) -> int:
        counts = self.fake.ctl("counts")["by_out_trade_no"]
        return int(counts.get(payment["out_trade_no"], {}).get(f"alipay.trade.{method}", 0))

    def queried(self, payment: dict[str, Any], more: int) -> None:
        """Waits until the gateway was asked `more` times from now on."""
        goal = self.posts(payment, "query") + more
        eventually(lambda: self.posts(payment, "query") >= goal, f"{more} more queries", 30)

    def precreated_numbers(self, since: int) -> set[str]:
        """Distinct numbers for which a precreate arrived after log entry `since`.

        Heads without a body are left out: libcurl sends one by itself when a kept-alive connection
        dies, and nothing can come of it.
        """
        logged = self.fake.ctl("requests", method="alipay.trade.precreate", after=since)
        return {entry["out_trade_no"] for entry in logged["requests"] if entry["body"]}

    def log_position(self) -> int:
        entries = self.fake.ctl("requests")["requests"]
        return int(entries[-1]["seq"]) if entries else 0

    # Notifications and people

    def ingest(self, notice: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Hands raw bytes of the fake to the daemon as a web front end would."""
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

    def operator(self, name: str) -> Client:
        return self.daemon.client(token=TOKENS[name])

    def assert_evidence(self, payment: dict[str, Any], strength: str, source: str) -> None:
        found = {(e["strength"], e["source"]) for e in self.payment(payment)["evidence"]}
        self.assertIn((strength, source), found)


def query_of(url: str) -> dict[str, str]:
    return {k: v[0] for k, v in parse_qs(urlsplit(url).query, keep_blank_values=True).items()}
