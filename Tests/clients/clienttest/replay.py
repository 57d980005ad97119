"""Replays the dialogues of the contract through a library instead of a bare socket.

A dialogue about bytes, ids or the connection itself has no counterpart in a library, which never
sends such lines; `unsuited` says why one is left out.
"""

from __future__ import annotations

import queue
import time
from pathlib import Path
from typing import Any, Optional

from tilltest.contract import Contract
from tilltest.daemon import Daemon
from tilltest.matching import Mismatch, match, substitute
from tilltest.vectors import VECTORS, listed, prepared, read_dialogue

from .drivers import Dead, Driver, error_type

ACTS = {"send", "expect", "expect_exact", "any_order", "sleep_ms"}
CONTROLS = {"note", "as", "config", "on", "begin_with", "connect"}
OPTIONS = {"retry_for_ms": 0}
# A request goes through two processes more than in the dialogue, so it takes longer to arrive.
PATIENCE_S = 0.4

Step = tuple[str, dict[str, Any]]


class Failure(Exception):
    """A step that did not go as written."""


def unsuited(steps: list[Step]) -> Optional[str]:
    """Why a library cannot hold this dialogue, or None."""
    contract = Contract.shared()
    for _, step in steps:
        words = set(step) - ACTS - CONTROLS
        if words:
            return f"bytes or the connection: {', '.join(sorted(words))}"
        if "send" in step and (reason := unsendable(step["send"], contract)):
            return reason
        wants = [step[word] for word in ("expect", "expect_exact") if word in step]
        for want in wants + step.get("any_order", []):
            if want.get("id") is None:
                return "a line that answers no request"
    return None


def unsendable(message: dict[str, Any], contract: Contract) -> Optional[str]:
    strange = set(message) - {"jsonrpc", "id", "method", "params"}
    if strange or message.get("jsonrpc", "2.0") != "2.0":
        return "the envelope"
    method, params = message.get("method"), message.get("params", {})
    if not isinstance(method, str) or not isinstance(params, dict) or "id" not in message:
        return "the envelope"
    entry = contract.methods.get(method)
    if entry is None:
        return "a method that no library has"
    if method in ("session.cancel", "events.subscribe"):
        return "the connection's own methods"
    if entry["key"] == "required" and "idempotency_key" not in params:
        return "a write without a key, which a library never sends"
    if "token" in params and not is_plain_hello(params):
        return "a hello that no library sends"
    if any(value is None for value in params.values()):
        return "null, which a library leaves out"
    return None


def is_plain_hello(params: dict[str, Any]) -> bool:
    words = {name: str(value) for name, value in params.items()}
    fits = 16 <= len(words["token"]) <= 256 and len(words.get("client", "")) <= 64
    return fits and set(params) <= {"client", "version", "token"}


def suited() -> tuple[list[Path], dict[str, str]]:
    """Dialogues that a library can hold, and why the others cannot be held."""
    fit: list[Path] = []
    others: dict[str, str] = {}
    for path in sorted(VECTORS.rglob("*.jsonl")):
        if reason := unsuited(read_dialogue(path)):
            others[str(path.relative_to(VECTORS))] = reason
        else:
            fit.append(path)
    return fit, others


def is_pipelined(path: Path) -> bool:
    """Whether requests overlap on one connection, or one changes what the connection is."""
    sends = 0
    for _, step in read_dialogue(path):
        if "send" in step:
            params = step["send"].get("params", {})
            if step["send"]["method"] == "session.hello" and "token" not in params:
                return True
            sends += 1
        if sends > 1 or "any_order" in step:
            return True
        if set(step) & {"expect", "expect_exact"}:
            sends = 0
    return False


class Replay:
    """One dialogue through one library."""

    def __init__(self, driver: Driver, daemon: Daemon, roles: list[str]) -> None:
        self.driver = driver
        self.daemon = daemon
        self.captured: dict[str, Any] = {}
        self.sockets: dict[str, str] = {}
        self.waiting: dict[tuple[str, Any], queue.Queue[Any]] = {}
        self.answered: dict[tuple[str, Any], dict[str, Any]] = {}
        self.connect("", roles)

    def connect(self, name: str, roles: list[str]) -> None:
        self.sockets[name] = self.daemon.socket_of(*roles) if roles else self.daemon.socket
        self.driver.open(name, socket=self.sockets[name], **OPTIONS)

    def run(self, steps: list[Step]) -> None:
        for index, (place, step) in enumerate(steps):
            try:
                self.step(step, steps[index + 1 :])
            except (Mismatch, Failure, KeyError) as fault:
                raise Failure(f"at {place}: {fault}") from None
        for waiting in self.waiting.values():
            self.driver.finish(waiting)

    def step(self, step: dict[str, Any], rest: list[Step]) -> None:
        name = step.get("on", "")
        if "connect" in step:
            self.connect(step["connect"], listed(step.get("as")))
        if "send" in step:
            self.send(name, substitute(step["send"], self.captured), rest)
        if "sleep_ms" in step:
            time.sleep(step["sleep_ms"] / 1000 + PATIENCE_S)
        for word in ("expect", "expect_exact"):
            if word in step:
                self.take(name, step[word], word == "expect_exact")
        for want in step.get("any_order", []):
            self.take(name, want, False)

    def send(self, name: str, message: dict[str, Any], rest: list[Step]) -> None:
        mark = (name, message["id"])
        method, params = message["method"], message.get("params", {})
        if method == "session.hello" and "token" in params:
            self.become(mark, params["token"])
        elif self.is_next(mark, rest):
            self.answered[mark] = self.driver.call(name, method, params)
        else:
            self.waiting[mark] = self.driver.begin_call(name, method, params)

    def become(self, mark: tuple[str, Any], token: str) -> None:
        """A library takes the token when it is opened; the first call shows whether it is good."""
        name = mark[0]
        self.driver.open(name, socket=self.sockets[name], token=token, **OPTIONS)
        told = self.driver.call(name, "protocol.ping", {})
        if "error" in told:
            self.answered[mark] = told
            self.driver.open(name, socket=self.sockets[name], **OPTIONS)

    @staticmethod
    def is_next(mark: tuple[str, Any], rest: list[Step]) -> bool:
        """Whether the very next act expects this reply."""
        for _, step in rest:
            if set(step) & ACTS or "connect" in step:
                want: dict[str, Any] = step.get("expect") or step.get("expect_exact") or {}
                return (step.get("on", ""), want.get("id")) == mark
        return False

    def take(self, name: str, want: dict[str, Any], exact: bool) -> None:
        mark = (name, want["id"])
        if mark in self.waiting:
            self.answered[mark] = self.driver.finish(self.waiting.pop(mark))
        told = self.answered.pop(mark, None)
        if told is None:
            return  # a hello whose token was good
        message = {"jsonrpc": "2.0", "id": want["id"]} | self.as_line(told)
        match(want, message, self.captured, exact=exact)

    def as_line(self, told: dict[str, Any]) -> dict[str, Any]:
        """The reply's line as it must have been, and whether the library told its error rightly."""
        if "result" in told:
            return {"result": told["result"]}
        error = told["error"]
        if "code" not in error or not error.get("class"):
            raise Failure(f"the library failed by itself: {error}")
        classes = Contract.shared().errors["classes"]
        unknown = error["outcome"] == "unknown"
        wanted = "OutcomeUnknown" if unknown else error_type(error["class"])
        if error["type"] != wanted:
            raise Failure(f"{error['code']} came as {error['type']}, not {wanted}")
        status = 12 if unknown else classes[error["class"]]["exit"]
        if error.get("status", status) != status:
            raise Failure(f"{error['code']} ended with {error['status']}, not {status}")
        names = ("code", "class", "retry", "outcome", "path", "hint", "details", "ref")
        data = {
            name: error[name] for name in (*names, "retry_after_ms") if error.get(name) is not None
        }
        if not data.get("details"):
            data.pop("details", None)
        number = classes[error["class"]]["number"]
        return {"error": {"code": number, "message": error["message"], "data": data}}


def replay(driver: Driver, path: Path) -> Optional[str]:
    """None when the dialogue goes as written through this library."""
    steps = read_dialogue(path)
    daemon, roles = prepared([step for _, step in steps])
    name = path.relative_to(VECTORS)
    with daemon:
        try:
            Replay(driver, daemon, roles).run(steps)
        except (Failure, Dead, queue.Empty) as fault:
            return f"{driver.name} {name}: {type(fault).__name__}: {fault}"
    return None
