"""The request log: exactly what arrived, how far it got, and how often each number was sent."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from .intake import Call

PHASES = ("received", "checked", "applied", "answered")


@dataclass
class Entry:
    """One request. `phase` only moves forward; `applied` means the books have it."""

    seq: int
    at_ms: int
    verb: str
    path: str
    query: str
    headers: dict[str, str]
    body: str
    params: dict[str, str]
    biz: dict[str, Any]
    method: str
    out_trade_no: str
    out_request_no: str
    phase: str = "received"
    signature_ok: bool | None = None
    sub_code: str = ""
    faults: list[str] = field(default_factory=list)
    answer: str = ""

    def shown(self) -> dict[str, Any]:
        return dict(self.__dict__)


class Journal:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._entries: list[Entry] = []

    def open(
        self, verb: str, path: str, query: str, headers: dict[str, str], body: bytes, call: Call
    ) -> Entry:
        with self._changed:
            entry = Entry(
                seq=len(self._entries) + 1,
                at_ms=time.time_ns() // 1_000_000,
                verb=verb,
                path=path,
                query=query,
                headers=headers,
                body=body.decode("latin-1"),
                params=dict(call.params),
                biz=call.biz,
                method=call.method,
                out_trade_no=call.biz_text("out_trade_no"),
                out_request_no=call.biz_text("out_request_no"),
            )
            self._entries.append(entry)
            self._changed.notify_all()
            return entry

    def reach(self, entry: Entry, phase: str) -> None:
        with self._changed:
            if PHASES.index(phase) > PHASES.index(entry.phase):
                entry.phase = phase
            self._changed.notify_all()

    def find(self, method: str = "", out_trade_no: str = "", after: int = 0) -> list[Entry]:
        with self._changed:
            return [
                e
                for e in self._entries
                if e.seq > after
                and method in ("", e.method)
                and out_trade_no in ("", e.out_trade_no)
            ]

    def wait(
        self, method: str, out_trade_no: str, phase: str, count: int, timeout_s: float
    ) -> bool:
        """Blocks until `count` matching requests have come at least as far as `phase`."""

        def reached() -> bool:
            hits = self.find(method, out_trade_no)
            return sum(PHASES.index(e.phase) >= PHASES.index(phase) for e in hits) >= count

        with self._changed:
            return self._changed.wait_for(reached, timeout_s)

    def counts(self) -> dict[str, Any]:
        """POSTs per method and number; a second create under another number shows here."""
        by_order: dict[str, dict[str, int]] = {}
        by_refund: dict[str, int] = {}
        with self._changed:
            for entry in self._entries:
                methods = by_order.setdefault(entry.out_trade_no, {})
                methods[entry.method] = methods.get(entry.method, 0) + 1
                if entry.method == "alipay.trade.refund":
                    key = f"{entry.out_trade_no}/{entry.out_request_no}"
                    by_refund[key] = by_refund.get(key, 0) + 1
        return {"by_out_trade_no": by_order, "refunds_by_out_request_no": by_refund}
