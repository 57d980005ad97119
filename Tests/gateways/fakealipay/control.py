"""The control side: the buyer's hand, the clock, the books, what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from fakehttp.fake import ControlError
from fakehttp.keyfiles import new_key

from .books import BooksError, Refund, Trade
from .complaints import STATUSES
from .faults import KINDS
from .keys import certificate, change_keys, serial_number
from .notify import KINDS as NOTICE_KINDS
from .notify import Notice

if TYPE_CHECKING:
    from .gateway import Gateway


class Control:
    """Alipay's own controls, beside those that every fake has."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        table: dict[str, Callable[[dict[str, Any]], Any]] = {
            "scan": self.scan,
            "pay": self.pay,
            "finish": self.finish,
            "desk": self.desk,
            "complain": self.complain,
            "notify": self.notify,
            "notifications": self.notifications,
            "settings": self.settings,
            "rotate": self.change_keys,
            "truth": self.truth,
            "trade": lambda p: self.trade(p).truth(),
            "kinds": lambda p: {"faults": sorted(KINDS), "notifications": sorted(NOTICE_KINDS)},
        }
        self.table = {name: self.guarded(handler) for name, handler in table.items()}

    @staticmethod
    def guarded(handler: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
        """What the books refuse is an answer of the control side."""

        def run(params: dict[str, Any]) -> Any:
            try:
                return handler(params)
            except BooksError as error:
                raise ControlError(str(error), 409) from None

        return run

    def trade(self, params: dict[str, Any]) -> Trade:
        if params.get("qr_code"):
            return self.gateway.books.by_qr(str(params["qr_code"]))
        return self.gateway.books.find_anywhere(str(params["out_trade_no"]), params.get("app_id"))

    def scan(self, params: dict[str, Any]) -> Any:
        """The buyer opens the payment; the trade exists from here on."""
        return self.gateway.books.open(self.trade(params)).truth()

    def pay(self, params: dict[str, Any]) -> Any:
        """{out_trade_no|qr_code, callback, amount_fen?, coupon_fen?, platform_fen?, force?,
        …options of the notification}"""
        kind = str(params.get("callback", "deliver"))
        if kind not in NOTICE_KINDS:
            raise ControlError(f"no callback is called {kind}")
        trade = self.trade(params)
        amount = params.get("amount_fen")
        trade.coupon_fen = int(params.get("coupon_fen", 0))
        trade.platform_fen = int(params.get("platform_fen", 0))
        self.gateway.books.pay(
            trade, None if amount is None else int(amount), bool(params.get("force"))
        )
        notices = self.gateway.notifier.make(trade, kind, None, params.get("options") or {})
        return trade.truth() | {"notifications": [n.shown() for n in notices]}

    def complain(self, params: dict[str, Any]) -> Any:
        """{out_trade_no, status}: the buyer complains, or the complaint goes on."""
        trade, status = self.trade(params), str(params["status"])
        if status not in STATUSES:
            raise ControlError(f"no complaint is {status}")
        made = self.gateway.methods.complaints.say(trade, status)
        return made.truth()

    def desk(self, params: dict[str, Any]) -> Any:
        """{out_trade_no, refund_no, amount_fen}: a person gives money back in Alipay's console."""
        trade, amount = self.trade(params), int(params["amount_fen"])
        made = Refund(str(params["refund_no"]), amount, "", self.gateway.books.clock.now_ms())
        self.gateway.books.add_refund(trade, made)
        notices = self.gateway.notifier.make(trade, "deliver", made)
        return {"notifications": [n.shown() for n in notices]}

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

    def change_keys(self, params: dict[str, Any]) -> Any:
        """{side: ours|theirs}: another key of the application, or of Alipay, in key mode."""
        app = next(a for a in self.gateway.keyring.apps.values() if a.mode == "key")
        change_keys(app, str(params["side"]))
        return self.gateway.public()

    def truth(self, params: dict[str, Any]) -> Any:
        return self.gateway.books.truth() | {"now_ms": self.gateway.clock.now_ms()}
