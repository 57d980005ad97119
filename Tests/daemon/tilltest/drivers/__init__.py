"""The drivers of all fake gateways, one fake of each kind for each thread of tests."""

from __future__ import annotations

import atexit
import threading
from typing import Any, TypeVar

from .alipay import AlipayDriver
from .base import LIES, NOTICES, OPERATIONS, Books, Driver, JournalDriver, Notice
from .bill99 import Bill99Driver
from .cards import AirwallexDriver, PayPalDriver, StripeDriver
from .easypay import EasypayDriver
from .epay import EpayDriver, EpayTwoDriver
from .pingpong import PingPongDriver
from .vmq import VmqDriver
from .wechat import WeChatDriver
from .yeepay import YeepayDriver

__all__ = ["Books", "Driver", "JournalDriver", "LIES", "NOTICES", "Notice", "OPERATIONS"]

# Every gateway that has a fake; the behaviours run for each.
DRIVERS: list[type[Driver]] = [
    AlipayDriver,
    WeChatDriver,
    EpayDriver,
    EpayTwoDriver,
    YeepayDriver,
    VmqDriver,
    Bill99Driver,
    EasypayDriver,
    PingPongDriver,
    StripeDriver,
    PayPalDriver,
    AirwallexDriver,
]

Kind = TypeVar("Kind", bound=Driver)
_of_thread = threading.local()


def own(kind: type[Kind]) -> Kind:
    """The fake of this thread, for keys take a second to make. Tests that run beside each other
    have different ones, for faults and books are of a fake."""
    running: dict[type[Driver], Any] = _of_thread.__dict__.setdefault("running", {})
    if kind not in running:
        driver = kind()  # type: ignore[call-arg]
        atexit.register(driver.fake.stop)
        running[kind] = driver
    found: Kind = running[kind]
    return found
