"""One gateway without a socket: what every fake has, and what each must fill in."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Callable

from .clock import GatewayClock
from .faults import Fault, FaultPlan
from .journal import PHASES, Entry, Journal
from .transport import Reply


@dataclass
class Request:
    """One HTTP request as received; `header` looks names up in any case."""

    verb: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    def header(self, name: str) -> str:
        return next((v for k, v in self.headers.items() if k.lower() == name.lower()), "")

    def entry(self, method: str, out_trade_no: str, **more: Any) -> Entry:
        return Entry(
            method,
            out_trade_no,
            verb=self.verb,
            path=self.path,
            query=self.query,
            headers=self.headers,
            body=self.body.decode("latin-1"),
            **more,
        )


class ControlError(Exception):
    """The control side was asked for something that cannot be done."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Fake:
    """The base of all fakes.

    `worded` are wire faults that the gateway answers in its own words before anything is applied;
    `keep_alive` False ends every connection after its answer.
    """

    worded: frozenset[str] = frozenset()
    keep_alive = True

    def __init__(self, plan: FaultPlan, refund_method: str) -> None:
        self.clock = GatewayClock()
        self.plan = plan
        self.journal = Journal(refund_method)
        self.trap_hits: list[dict[str, Any]] = []
        self._trap_lock = threading.Lock()

    # What a gateway fills in

    def read(self, request: Request) -> tuple[Entry, Any] | None:
        """What is asked for, as a log entry and the gateway's own reading; None is a 404."""
        raise NotImplementedError

    def answer(self, entry: Entry, call: Any, fault: Fault | None) -> Reply:
        """Checks, applies and answers. The fault's own damage is done afterwards."""
        raise NotImplementedError

    def controls(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        """The gateway's own controls: the buyer's hand, the books, the notices."""
        raise NotImplementedError

    def public(self) -> dict[str, Any]:
        """What a merchant's configuration needs; file names, never key text."""
        raise NotImplementedError

    def tick(self) -> None:
        """Called twenty times a second: what comes due by itself."""

    # What all have

    def all_controls(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        common: dict[str, Callable[[dict[str, Any]], Any]] = {
            "faults": self._faults,
            "faults/clear": lambda p: self.plan.clear() or {},
            "release": lambda p: self.plan.release() or {},
            "clock": self._clock,
            "requests": self._requests,
            "counts": lambda p: self.journal.counts(),
            "wait": self._wait,
            "trap": lambda p: {"hits": list(self.trap_hits)},
        }
        return common | self.controls()

    def hit_trap(self, request: Request) -> None:
        """A redirect was followed, which must never happen."""
        with self._trap_lock:
            self.trap_hits.append(request.__dict__ | {"body": request.body.decode("latin-1")})

    def _faults(self, params: dict[str, Any]) -> Any:
        """With `fault`, plans one; without, lists all with how often each fired."""
        if "fault" in params:
            return self.plan.add(params).shown()
        return {"faults": self.plan.shown()}

    def _clock(self, params: dict[str, Any]) -> Any:
        if "offset_ms" in params:
            self.clock.set_offset(int(params["offset_ms"]))
        if "advance_ms" in params:
            self.clock.advance(int(params["advance_ms"]))
        return {"now_ms": self.clock.now_ms(), "offset_ms": self.clock.offset_ms}

    def _requests(self, params: dict[str, Any]) -> Any:
        hits = self.journal.find(
            str(params.get("method", "")),
            str(params.get("out_trade_no", "")),
            int(params.get("after", 0)),
        )
        return {"requests": [entry.shown() for entry in hits]}

    def _wait(self, params: dict[str, Any]) -> Any:
        """Blocks until a request got as far as `phase`: received, checked, applied, answered."""
        phase = str(params.get("phase", "applied"))
        if phase not in PHASES:
            raise ControlError(f"no phase is called {phase}")
        reached = self.journal.wait(
            str(params.get("method", "")),
            str(params.get("out_trade_no", "")),
            phase,
            int(params.get("count", 1)),
            int(params.get("timeout_ms", 10_000)) / 1000,
        )
        return {"reached": reached}
