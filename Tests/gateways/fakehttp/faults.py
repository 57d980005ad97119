"""The fault plan: what shall go wrong, at which call, how many times."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from typing import Any, Iterable

# Wire faults: is the call applied to the books (True) or not (False) unless the plan says so?
WIRE: dict[str, bool] = {
    "drop_before_apply": False,
    "error_500_before_apply": False,
    "redirect": False,
    "http_429": False,
    "hang": False,
    "apply_then_drop": True,
    "apply_then_hang": True,
    "error_500_after_apply": True,
    "reset": True,
    "torn_body": True,
    "slow_drip": True,
    "slow": True,
    "html_502": True,
    "empty": True,
    "garbage": True,
    "bad_utf8": True,
    "bad_chunking": True,
    "wrong_content_type": True,
    "huge_body": True,
    "gzip_bomb": True,
}


@dataclass
class Fault:
    """`method` "*" means every call; `count` None means until cleared; `skip` lets some pass."""

    id: int
    kind: str
    method: str = "*"
    out_trade_no: str = ""
    count: int | None = 1
    skip: int = 0
    options: dict[str, Any] = field(default_factory=dict)
    applied: bool = True
    fired: int = 0
    release: threading.Event = field(default_factory=threading.Event)

    def applies(self) -> bool:
        """Whether the books change although the answer is bad."""
        return bool(self.options.get("apply", self.applied))

    def number(self, name: str, otherwise: int) -> int:
        return int(self.options.get(name, otherwise))

    def shown(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "fault": self.kind,
            "method": self.method,
            "out_trade_no": self.out_trade_no or None,
            "count": self.count,
            "skip": self.skip,
            "options": {k: v for k, v in self.options.items() if not k.startswith("_")},
            "fired": self.fired,
        }


class FaultPlan:
    """All planned faults. Taking one is atomic, so a count of one fires exactly once.

    `wire` is `WIRE` and what a gateway adds to it; `others` are the kinds that it carries out
    itself (lies, wrong signatures, changes of its books).
    """

    def __init__(self, others: Iterable[str] = (), wire: dict[str, bool] | None = None) -> None:
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._faults: list[Fault] = []
        self.wire = WIRE if wire is None else wire
        self.kinds = frozenset(self.wire) | frozenset(others)

    def add(self, spec: dict[str, Any]) -> Fault:
        spec = dict(spec)
        kind = str(spec.pop("fault", ""))
        if kind not in self.kinds:
            raise ValueError(f"no fault is called {kind}")
        count = spec.pop("count", 1)
        with self._lock:
            fault = Fault(
                id=next(self._ids),
                kind=kind,
                method=str(spec.pop("method", "*")),
                out_trade_no=str(spec.pop("out_trade_no", "")),
                count=None if count is None else int(count),
                skip=int(spec.pop("skip", 0)),
                options=spec,
                applied=self.wire.get(kind, True),
            )
            self._faults.append(fault)
        return fault

    def take_wire(self, method: str, out_trade_no: str) -> Fault | None:
        """The first wire fault that matches; it counts as fired."""
        with self._lock:
            for fault in self._matching(method, out_trade_no, frozenset(self.wire)):
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.fired += 1
                return fault
        return None

    def candidates(self, method: str, out_trade_no: str, kinds: frozenset[str]) -> list[Fault]:
        """Matching faults, not yet fired: a lie that changes nothing is not used up."""
        with self._lock:
            return self._matching(method, out_trade_no, kinds)

    def use(self, fault: Fault) -> bool:
        """Counts one firing; False when another request used it up or it lets this one pass."""
        with self._lock:
            if fault.count is not None and fault.fired >= fault.count:
                return False
            if fault.skip > 0:
                fault.skip -= 1
                return False
            fault.fired += 1
            return True

    def clear(self) -> None:
        with self._lock:
            gone, self._faults = self._faults, []
        for fault in gone:
            fault.release.set()

    def release(self) -> None:
        """Lets every hanging answer go on."""
        with self._lock:
            held = list(self._faults)
        for fault in held:
            fault.release.set()

    def shown(self) -> list[dict[str, Any]]:
        with self._lock:
            return [fault.shown() for fault in self._faults]

    def _matching(self, method: str, out_trade_no: str, kinds: frozenset[str]) -> list[Fault]:
        return [
            f
            for f in self._faults
            if f.kind in kinds
            and f.method in ("*", method)
            and f.out_trade_no in ("", out_trade_no)
            and (f.count is None or f.fired < f.count)
        ]
