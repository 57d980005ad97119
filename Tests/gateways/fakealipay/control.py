"""The control side: the buyer's hand, the fault plan, the clock, the books, the log."""

from __future__ import annotations

import json
from typing import Any, Callable
from urllib.parse import parse_qsl

from .books import BooksError, Trade
from .faults import KINDS
from .gateway import Gateway
from .journal import PHASES
from .keys import certificate, new_key, serial_number
from .notify import KINDS as NOTICE_KINDS
from .notify import Notice


class ControlError(Exception):
    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Control:
    """`run(name, query, body)`; parameters come from the query and a JSON object body together."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.table: dict[str, Callable[[dict[str, Any]], Any]] = {
            "scan": self.scan,
            "pay": self.pay,
            "finish": self.finish,
            "notify": self.notify,
            "notifications": self.notifications,
            "faults": self.faults,
            "faults/clear": self.clear,
            "release": self.release,
            "clock": self.clock,
            "settings": self.settings,
            "truth": self.truth,
            "trade": lambda p: self.trade(p).truth(),
            "requests": self.requests,
            "counts": lambda p: self.gateway.journal.counts(),
            "wait": self.wait,
            "trap": lambda p: {"hits": list(self.gateway.trap_hits)},
            "kinds": lambda p: {"faults": sorted(KINDS), "notifications": sorted(NOTICE_KINDS)},
        }

    def run(self, name: str, query: str, body: bytes) -> Any:
        handler = self.table.get(name)
        if handler is None:
            raise ControlError(f"no control is called {name}", 404)
        params: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
        try:
            if body:
                params |= json.loads(body)
            return handler(params)
        except BooksError as error:
            raise ControlError(str(error), 409) from None
        except (KeyError, TypeError, ValueError) as error:
            raise ControlError(f"{type(error).__name__}: {error}") from None

    def trade(self, params: dict[str, Any]) -> Trade:
        if params.get("qr_code"):
            return self.gateway.books.by_qr(str(params["qr_code"]))
        return self.gateway.books.find_anywhere(str(params["out_trade_no"]), params.get("app_id"))

    def scan(self, params: dict[str, Any]) -> Any:
        """The buyer opens the payment; the trade exists from here on."""
        return self.gateway.books.open(self.trade(params)).truth()

    def pay(self, params: dict[str, Any]) -> Any:
        """{out_trade_no|qr_code, callback, amount_fen?, force?, …options of the notification}"""
        kind = str(params.get("callback", "deliver"))
        if kind not in NOTICE_KINDS:
            raise ControlError(f"no callback is called {kind}")
        trade = self.trade(params)
        amount = params.get("amount_fen")
        self.gateway.books.pay(
            trade, None if amount is None else int(amount), bool(params.get("force"))
        )
        notices = self.gateway.notifier.make(trade, kind, None, params.get("options") or {})
        return trade.truth() | {"notifications": [n.shown() for n in notices]}

    def finish(self, params: dict[str, Any]) -> Any:
        trade = self.trade(params)
        self.gateway.books.finish(trade)
        return trade.truth()

    def notify(self, params: dict[str, Any]) -> Any:
        """A notification without any change of the books: {out_trade_no, kind, options?}"""
        trade = self.trade(params)
        kind = str(params.get("kind", "deliver"))
        notices = self.gateway.notifier.make(trade, kind, None, params.get("options") or {})
        return {"notifications": [n.shown() for n in notices]}

    def notifications(self, params: dict[str, Any]) -> Any:
        """What has come due, as raw bodies; `lost=1` also shows what was lost."""
        listed: list[Notice] = self.gateway.notifier.listed(
            str(params.get("out_trade_no", "")),
            str(params.get("lost", "")) == "1",
            str(params.get("all", "")) == "1",
        )
        return {"notifications": [n.shown() for n in listed]}

    def faults(self, params: dict[str, Any]) -> Any:
        """With `fault`, plans one; without, lists all with how often each fired."""
        if "fault" in params:
            return self.gateway.plan.add(params).shown()
        return {"faults": self.gateway.plan.shown()}

    def clear(self, params: dict[str, Any]) -> Any:
        self.gateway.plan.clear()
        return {}

    def release(self, params: dict[str, Any]) -> Any:
        self.gateway.plan.release()
        return {}

    def clock(self, params: dict[str, Any]) -> Any:
        clock = self.gateway.clock
        if "offset_ms" in params:
            clock.set_offset(int(params["offset_ms"]))
        if "advance_ms" in params:
            clock.advance(int(params["advance_ms"]))
        return {"now_ms": clock.now_ms(), "offset_ms": clock.offset_ms}

    def settings(self, params: dict[str, Any]) -> Any:
        known = self.gateway.settings
        if params.get("rotate_certificate"):
            self.rotate(str(params["rotate_certificate"]))
            params.pop("rotate_certificate")
        for name, value in params.items():
            if name not in known:
                raise ControlError(f"no setting is called {name}")
            known[name] = value
        return known

    def rotate(self, app_id: str) -> None:
        """Alipay re-issues its certificate: the same key, another number."""
        app = self.gateway.keyring.apps[app_id]
        if app.mode != "certificate":
            raise ControlError("only certificate mode has a certificate to rotate")
        issuer = "Fake Authority Class 2 R1 test"
        fresh = certificate("Fake Alipay", app.alipay_key.public_key(), issuer, new_key(), False)
        app.alipay_cert_sn = serial_number(fresh)

    def truth(self, params: dict[str, Any]) -> Any:
        return self.gateway.books.truth() | {"now_ms": self.gateway.clock.now_ms()}

    def requests(self, params: dict[str, Any]) -> Any:
        hits = self.gateway.journal.find(
            str(params.get("method", "")),
            str(params.get("out_trade_no", "")),
            int(params.get("after", 0)),
        )
        return {"requests": [entry.shown() for entry in hits]}

    def wait(self, params: dict[str, Any]) -> Any:
        """Blocks until a request got as far as `phase`: received, checked, applied, answered."""
        phase = str(params.get("phase", "applied"))
        if phase not in PHASES:
            raise ControlError(f"no phase is called {phase}")
        reached = self.gateway.journal.wait(
            str(params.get("method", "")),
            str(params.get("out_trade_no", "")),
            phase,
            int(params.get("count", 1)),
            int(params.get("timeout_ms", 10_000)) / 1000,
        )
        return {"reached": reached}
