"""The drivers of all fake gateways, one fake of each kind for the whole run."""

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
_running: dict[type[Driver], Any] = {}
_lock = threading.Lock()
_own = threading.local()


def shared(kind: type[Kind]) -> Kind:
    """Keys take a second to make; books are kept apart by order numbers."""
    with _lock:
        return begun(kind, _running)


def own(kind: type[Kind]) -> Kind:
    """One for this thread, for tests that look at all of the books."""
    return begun(kind, _own.__dict__.setdefault("running", {}))


def begun(kind: type[Kind], running: dict[type[Driver], Any]) -> Kind:
    if kind not in running:
        driver = kind()  # type: ignore[call-arg]
        atexit.register(driver.fake.stop)
        running[kind] = driver
    found: Kind = running[kind]
    return found
