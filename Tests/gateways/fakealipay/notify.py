"""Asynchronous notifications: built, signed by rule V1, posted to loopback, kept for hand-over."""

from __future__ import annotations

import base64
import http.client
import itertools
import threading
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from fakehttp.clock import GatewayClock

from . import signing
from .books import CLOSED, PAID, SUCCESS, WAIT, Refund, Trade
from .clock import beijing
from .keys import App, Keyring
from .money import yuan

RETRY_GAPS_MS = [m * 60_000 for m in (4, 10, 10, 60, 120, 360, 900)]
THREE_DAYS_MS = 3 * 86_400_000
CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8"
KINDS = frozenset(
    """deliver lose duplicate delay forge unsigned corrupt stale out_of_order other_merchant
    other_seller wrong_amount unknown_order unknown_status complained complaint_forged""".split()
)


@dataclass
class Notice:
    """One notification as bytes, with what became of it."""

    id: int
    out_trade_no: str
    kind: str
    about: str  # payment or refund
    body: bytes
    url: str
    due_ms: int
    lost: bool = False
    attempts: int = 0
    state: str = "waiting"  # waiting, acknowledged, given_up, handed_over, lost
    answers: list[str] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "out_trade_no": self.out_trade_no,
            "kind": self.kind,
            "about": self.about,
            "body": self.body.decode("ascii"),
            "body_base64": base64.b64encode(self.body).decode(),
            "content_type": CONTENT_TYPE,
            "notify_url": self.url,
            "due_ms": self.due_ms,
            "state": self.state,
            "attempts": self.attempts,
            "answers": self.answers,
        }


class Notifier:
    def __init__(self, clock: GatewayClock, keyring: Keyring) -> None:
        self.clock = clock
        self.keyring = keyring
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._serial = itertools.count(1)
        self._notices: list[Notice] = []

    def make(
        self,
        trade: Trade,
        kind: str,
        refund: Refund | None = None,
        options: dict[str, Any] | None = None,
    ) -> list[Notice]:
        """Notices of one event; none when the merchant gave no notify_url, as documented."""
        options = options or {}
        if kind not in KINDS:
            raise ValueError(f"no notification is called {kind}")
        if not trade.notify_url:
            return []
        copies = int(options.get("copies", 3 if kind == "duplicate" else 1))
        delay = int(options.get("delay_ms", 60_000 if kind == "delay" else 0))
        body = self.body(trade, kind, refund, options)
        about = "refund" if refund else "payment"
        made: list[Notice] = []
        with self._lock:
            for index in range(copies):
                if index == 2:  # a later retry carries the same notify_id and a new time
                    again = options | {"notify_id": self.notify_id_of(body), "later_ms": 240_000}
                    body = self.body(trade, kind, refund, again)
                due = self.clock.now_ms() + delay
                number = next(self._ids)
                notice = Notice(
                    number, trade.out_trade_no, kind, about, body, trade.notify_url, due
                )
                if kind == "lose":
                    notice.lost, notice.state = True, "lost"
                made.append(notice)
            self._notices += made
        return made

    def body(
        self, trade: Trade, kind: str, refund: Refund | None, options: dict[str, Any]
    ) -> bytes:
        app = self.keyring.apps[trade.app_id]
        if kind in ("complained", "complaint_forged"):
            key = app.alipay_key if kind == "complained" else self.keyring.attacker
            return self.message(app, str(options["complain_event_id"]), key)
        fields = self.fields(trade, app, refund, options)
        key = app.alipay_key
        if kind == "stale":
            fields["notify_time"] = beijing(self.clock.now_ms() - THREE_DAYS_MS)
        elif kind == "out_of_order":
            fields["trade_status"] = WAIT
            fields.pop("gmt_payment", None)
        elif kind == "other_merchant":
            other = next(a for a in self.keyring.apps.values() if a.app_id != app.app_id)
            fields |= {"app_id": other.app_id, "auth_app_id": other.app_id}
            fields |= {"seller_id": other.seller_id, "seller_email": other.seller_email}
        elif kind == "other_seller":
            fields |= {"seller_id": "2088999999999999", "seller_email": "thief@else.example"}
        elif kind == "wrong_amount":
            amount = int(options.get("amount_fen", trade.amount_fen + 1))
            names = ("total_amount", "receipt_amount", "buyer_pay_amount", "invoice_amount")
            fields |= {name: yuan(amount) for name in names}
        elif kind == "unknown_order":
            fields["out_trade_no"] = str(options.get("number", "NOSUCHORDER00001"))
        elif kind == "unknown_status":
            fields["trade_status"] = "TRADE_PENDING_REVIEW"
        elif kind == "forge":
            key = self.keyring.attacker
        fields |= {str(k): str(v) for k, v in (options.get("fields") or {}).items()}
        text = signing.notification_text(fields).encode()
        if kind != "unsigned":
            fields["sign"] = signing.sign(key, text)
        if kind == "corrupt":
            fields["total_amount"] = "0.01"
        return urlencode(fields).encode("ascii")

    def message(self, app: App, number: str, key: Any) -> bytes:
        """What the message service posts to the application's gateway about a complaint."""
        now = self.clock.now_ms()
        fields = {
            "app_id": app.app_id,
            "biz_content": f'{{"complain_event_id":"{number}"}}',
            "charset": "UTF-8",
            "msg_method": "alipay.merchant.tradecomplain.changed",
            "notify_id": f"{beijing(now)[:10].replace('-', '')}{next(self._serial):026d}",
            "sign_type": "RSA2",
            "utc_timestamp": str(now),
            "version": "1.1",
        }
        fields["sign"] = signing.sign(key, signing.notification_text(fields).encode())
        return urlencode(fields).encode("ascii")

    def fields(
        self, trade: Trade, app: App, refund: Refund | None, options: dict[str, Any]
    ) -> dict[str, str]:
        now = self.clock.now_ms()
        later = now + int(options.get("later_ms", 0))
        status = trade.status
        if refund is not None:
            status = CLOSED if trade.refunded_fen == trade.paid_fen else SUCCESS
        status = str(options.get("status", status or WAIT))
        paid = status in PAID or trade.paid_fen > 0
        total = yuan(trade.amount_fen)
        serial = f"{beijing(now)[:10].replace('-', '')}{next(self._serial):026d}"
        fields = {
            "app_id": app.app_id,
            "auth_app_id": app.app_id,
            "buyer_id": trade.buyer_id,
            "buyer_logon_id": trade.buyer_logon,
            "charset": "utf-8",
            "gmt_create": beijing(trade.created_ms or now),
            "notify_id": str(options.get("notify_id", serial)),
            "notify_time": beijing(later),
            "notify_type": "trade_status_sync",
            "out_trade_no": trade.out_trade_no,
            "seller_email": app.seller_email,
            "seller_id": app.seller_id,
            "sign_type": "RSA2",
            "subject": trade.subject,
            "total_amount": total,
            "trade_no": trade.trade_no,
            "trade_status": status,
            "version": "1.0",
        }
        if paid:
            from_buyer = yuan(trade.buyer_fen)
            fields |= {
                "buyer_pay_amount": from_buyer,
                "fund_bill_list": f'[{{"amount":"{from_buyer}","fundChannel":"ALIPAYACCOUNT"}}]',
                "gmt_payment": beijing(trade.paid_ms or now),
                "invoice_amount": total,
                "point_amount": "0.00",
                "receipt_amount": yuan(trade.received_fen),
            }
        if trade.body:
            fields["body"] = trade.body
        if trade.passback:
            fields["passback_params"] = trade.passback
        if trade.closed_ms:
            fields["gmt_close"] = beijing(trade.closed_ms)
        if refund is not None:
            fields |= {
                "gmt_refund": beijing(refund.at_ms) + f".{refund.at_ms % 1000:03d}",
                "out_biz_no": refund.out_request_no,
                "refund_fee": yuan(trade.refunded_fen),
                "send_back_fee": yuan(refund.amount_fen),
            }
        return fields

    @staticmethod
    def notify_id_of(body: bytes) -> str:
        for pair in body.decode("ascii").split("&"):
            if pair.startswith("notify_id="):
                return pair[len("notify_id=") :]
        return ""

    def listed(
        self, out_trade_no: str = "", lost: bool = False, all_due: bool = False
    ) -> list[Notice]:
        """Notices that have come due, in order; lost ones only when asked for by name."""
        now = self.clock.now_ms()
        with self._lock:
            return [
                n
                for n in self._notices
                if out_trade_no in ("", n.out_trade_no)
                and (lost or not n.lost)
                and (all_due or n.due_ms <= now)
            ]

    def deliver_due(self) -> None:
        """One round of POSTs to loopback addresses; notices for others wait to be fetched."""
        now = self.clock.now_ms()
        with self._lock:
            due = [n for n in self._notices if n.state == "waiting" and n.due_ms <= now]
        for notice in due:
            host = urlsplit(notice.url).hostname
            if host not in ("127.0.0.1", "::1", "localhost"):
                notice.state = "handed_over"
                continue
            self.post(notice)

    def post(self, notice: Notice) -> None:
        """Acknowledged means 200 and exactly `success`; a redirect is a failure."""
        parts = urlsplit(notice.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        notice.attempts += 1
        try:
            link = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=5)
            link.request("POST", path or "/", notice.body, {"Content-Type": CONTENT_TYPE})
            answer = link.getresponse()
            text = answer.read(64)
            link.close()
            notice.answers.append(f"{answer.status} {text[:32]!r}")
            if answer.status == 200 and text == b"success":
                notice.state = "acknowledged"
                return
        except OSError as error:
            notice.answers.append(type(error).__name__)
        if notice.attempts > len(RETRY_GAPS_MS):
            notice.state = "given_up"
        else:
            notice.due_ms += RETRY_GAPS_MS[notice.attempts - 1]
