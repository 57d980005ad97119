"""The request log: exactly what arrived, how far it got, and how often each number was sent."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

PHASES = ("received", "checked", "applied", "answered")


@dataclass
class Entry:
    """One request. `phase` only moves forward; `applied` means the books have it.

    `method` is the gateway's own name of the call, `biz` what the request says of the business.
    """

    method: str
    out_trade_no: str
    out_request_no: str = ""
    verb: str = ""
    path: str = ""
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    params: dict[str, str] = field(default_factory=dict)
    biz: dict[str, Any] = field(default_factory=dict)
    seq: int = 0
    at_ms: int = 0
    phase: str = "received"
    signature_ok: bool | None = None
    sub_code: str = ""
    faults: list[str] = field(default_factory=list)
    answer: str = ""

    def shown(self) -> dict[str, Any]:
        return dict(self.__dict__)


class Journal:
    """`refund_method` is the call whose numbers are counted one by one."""

    def __init__(self, refund_method: str) -> None:
        self._changed = threading.Condition()
        self._entries: list[Entry] = []
        self._refund_method = refund_method

    def open(self, entry: Entry) -> Entry:
        with self._changed:
            entry.seq = len(self._entries) + 1
            entry.at_ms = time.time_ns() // 1_000_000
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
        """Requests per method and number; a second create under another number shows here."""
        by_order: dict[str, dict[str, int]] = {}
        by_refund: dict[str, int] = {}
        with self._changed:
            for entry in self._entries:
                methods = by_order.setdefault(entry.out_trade_no, {})
                methods[entry.method] = methods.get(entry.method, 0) + 1
                if entry.method == self._refund_method:
                    key = f"{entry.out_trade_no}/{entry.out_request_no}"
                    by_refund[key] = by_refund.get(key, 0) + 1
        return {"by_out_trade_no": by_order, "refunds_by_out_request_no": by_refund}
