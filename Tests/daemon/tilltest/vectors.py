"""Replays dialogues against a real daemon: one file a dialogue, one JSON object a line.

  {"note":"…"}                  for the reader
  {"as":"role"|["role",…]}      on the first lines: only these roles are in force
  {"config":{…}}                on the first lines: parts of the configuration; "$dir" in a text is
                                the folder of this daemon
  {"send":{…}}                  sent compact, with captured names put in
  {"send_raw":"…"}              sent as it stands; a line feed only where it says so
  {"send_base64":"…"}           any bytes
  {"send_pieces":["…",{"repeat":"…","times":n}]}  as send_raw, for what is too long to write out
  {"expect":{…}}                the line with that id (or method), else the next one; a subset
  {"expect_exact":{…}}          the same, without members beyond those named
  {"any_order":[{…},{…}]}       each an expectation; their lines may come in any order
  {"closed":true}               the daemon has ended the connection, all lines are taken
  {"half_close":true}  {"sleep_ms":n}
  {"begin_with":"setup/paid"}   that dialogue goes first, on the same connections
  {"ended":0}                   the daemon has ended with this exit status
  {"connect":"b","as":"role"}   a further connection; any step may carry "on":"b"

Placeholders: "$any" "$int" "$time"; any other "$name" captures at first use; "$$text" is the string
"$text"; a member expected as {"absent":true} must not be there.
"""

from __future__ import annotations

import base64
import json
import subprocess
import time
from pathlib import Path
from typing import Any

from .client import Closed, LineSocket, NoLine
from .contract import Breach, Contract
from .daemon import REPOSITORY, Daemon
from .matching import Mismatch, match, substitute

WAIT_S = 15.0
CONTROLS = ("note", "as", "config", "on", "begin_with")
VECTORS = REPOSITORY / "Protocol" / "vectors"
# Come at any time, so an expectation that does not name them passes over them.
PASSED_OVER = ("session.greeting", "events.mark")
SANDBOX = {"gateways": [{"name": "sandbox", "kind": "sandbox"}]}


class Failure(Exception):
    """A step that did not go as written."""


class Conversation:
    """One connection and the lines of it that no expectation has taken yet."""

    def __init__(self, path: str, contract: Contract | None) -> None:
        self.line = LineSocket(path, WAIT_S)
        self.contract = contract
        self.waiting: list[dict[str, Any]] = []
        self.ended = False
        # Methods of the requests sent, so that each reply is held against its schema.
        self.methods: dict[Any, str] = {}
        # The greeting: who connects next, at another listener too, comes after this one.
        self.receive(time.monotonic() + WAIT_S)

    def receive(self, limit: float) -> bool:
        """One more line into `waiting`; False when time is up or the connection has ended."""
        if self.ended:
            return False
        try:
            raw = self.line.read_line(max(0.0, limit - time.monotonic()))
        except NoLine:
            return False
        except Closed:
            self.ended = True
            return False
        message = json.loads(raw)
        if not isinstance(message, dict):
            raise Failure(f"not an object: {raw[:200]!r}")
        try:
            if self.contract is not None:
                self.contract.check(message, self.methods.get(message.get("id"), ""))
        except Breach as fault:
            raise Failure(f"against the contract: {fault}\n  in {shown(message)}") from None
        self.waiting.append(message)
        return True

    def request(self, message: Any) -> None:
        if isinstance(message, dict) and isinstance(message.get("id"), (int, str)):
            self.methods[message["id"]] = str(message.get("method", ""))
        self.line.send(message)

    def candidates(self, want: dict[str, Any]) -> list[dict[str, Any]]:
        """Lines this expectation may speak of: by id, by method, else whatever is no greeting."""
        if "id" in want:
            return [m for m in self.waiting if "id" in m and m["id"] == want["id"]]
        if "method" in want:
            return [m for m in self.waiting if m.get("method") == want["method"]]
        return [m for m in self.waiting if m.get("method") not in PASSED_OVER]

    def take(self, want: dict[str, Any], captured: dict[str, Any], exact: bool) -> None:
        """The first candidate must match; waits for one while there is none."""
        limit = time.monotonic() + WAIT_S
        while not (found := self.candidates(want)):
            if not self.receive(limit):
                raise Failure(f"no line for {shown(want)}{self.rest()}")
        try:
            match(want, found[0], captured, exact=exact)
        except Mismatch as fault:
            raise Failure(f"{fault}\n  in {shown(found[0])}") from None
        self.waiting.remove(found[0])

    def take_any(self, wants: list[dict[str, Any]], captured: dict[str, Any]) -> None:
        limit = time.monotonic() + WAIT_S
        left = list(wants)
        while left:
            if self.take_one_of(left, captured):
                continue
            if not self.receive(limit):
                raise Failure(f"no line for {shown(left[0])}{self.rest()}")

    def take_one_of(self, left: list[dict[str, Any]], captured: dict[str, Any]) -> bool:
        for want in left:
            for message in self.candidates(want):
                trial = dict(captured)
                try:
                    match(want, message, trial)
                except Mismatch:
                    continue
                captured.update(trial)
                self.waiting.remove(message)
                left.remove(want)
                return True
        return False

    def rest(self) -> str:
        words = "; the connection has ended" if self.ended else ""
        return words + "".join(f"\n  has {shown(m)}" for m in self.waiting[-4:])

    def expect_end(self) -> None:
        limit = time.monotonic() + WAIT_S
        while self.receive(limit):
            pass
        if not self.ended:
            raise Failure("the connection is still open")

    def unclaimed(self) -> list[dict[str, Any]]:
        """Replies nobody expected; notifications may be left over."""
        return [m for m in self.waiting if "method" not in m]


def shown(message: object) -> str:
    text = json.dumps(message, ensure_ascii=False)
    return text if len(text) <= 600 else text[:600] + "…"


class Replay:
    """State of one dialogue while it is replayed."""

    def __init__(self, daemon: Daemon, roles: list[str], contract: Contract | None) -> None:
        self.daemon = daemon
        self.contract = contract
        self.captured: dict[str, Any] = {}
        self.ended = False
        self.open: dict[str, Conversation] = {"": self.connect(roles)}

    def connect(self, roles: list[str]) -> Conversation:
        path = self.daemon.socket_of(*roles) if roles else self.daemon.socket
        return Conversation(path, self.contract)

    def step(self, step: dict[str, Any]) -> None:
        if "connect" in step:
            self.open[step["connect"]] = self.connect(listed(step.get("as")))
            return
        talk = self.open[step.get("on", "")]
        for word, value in step.items():
            if word not in CONTROLS:
                self.act(talk, word, value)

    def act(self, talk: Conversation, word: str, value: Any) -> None:
        if word == "send":
            talk.request(substitute(value, self.captured))
        elif word == "send_raw":
            talk.line.send_bytes(value.encode("utf-8", "surrogatepass"))
        elif word == "send_pieces":
            talk.line.send_bytes(b"".join(piece(each) for each in value))
        elif word == "send_base64":
            talk.line.send_bytes(base64.b64decode(value, validate=True))
        elif word == "expect":
            talk.take(value, self.captured, exact=False)
        elif word == "expect_exact":
            talk.take(value, self.captured, exact=True)
        elif word == "any_order":
            talk.take_any(value, self.captured)
        elif word == "closed":
            talk.expect_end()
        elif word == "half_close":
            talk.line.half_close()
        elif word == "sleep_ms":
            time.sleep(value / 1000)
        elif word == "ended":
            self.expect_exit(value)
        else:
            raise Failure(f"the replayer does not know {word}")

    def expect_exit(self, status: int) -> None:
        process = self.daemon.process
        assert process is not None
        try:
            found = process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            raise Failure("the daemon is still running") from None
        if found != status:
            raise Failure(f"the daemon ended with {found}")
        self.ended = True

    def finish(self) -> None:
        for talk in self.open.values():
            if left := talk.unclaimed():
                raise Failure(f"nobody expected {shown(left[0])}")
            talk.line.close()


def piece(value: Any) -> bytes:
    if isinstance(value, dict):
        return str(value["repeat"]).encode("utf-8", "surrogatepass") * int(value["times"])
    return str(value).encode("utf-8", "surrogatepass")


def read_dialogue(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Steps with their places, those of `begin_with` put in front of where it stands."""
    steps: list[tuple[str, dict[str, Any]]] = []
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not text.strip():
            continue
        step = json.loads(text)
        if "begin_with" in step:
            steps += read_dialogue(VECTORS / f"{step['begin_with']}.jsonl")
        steps.append((f"{path.name}:{number}", step))
    return steps


def listed(roles: str | list[str] | None) -> list[str]:
    return [roles] if isinstance(roles, str) else list(roles or [])


def prepared(steps: list[dict[str, Any]]) -> tuple[Daemon, list[str]]:
    """The daemon this dialogue asks for, and the roles of its first connection.

    A dialogue that asks for nothing gets a daemon without any configuration.
    """
    roles: list[str] = []
    config: dict[str, Any] = {}
    for step in steps:
        if "connect" not in step:
            roles = listed(step.get("as")) or roles
        config |= step.get("config", {})
    sets = [listed(step["as"]) for step in steps if "as" in step]
    if not config and not sets:
        return Daemon(bare=True), roles
    return Daemon(SANDBOX | config, role_sets=sets, plain="operators" not in config), roles


def replay(path: Path) -> str | None:
    """None when the dialogue goes as written, else what went wrong and in which line."""
    place = path.name
    try:
        steps = read_dialogue(path)
        daemon, roles = prepared([step for _, step in steps])
        with daemon:
            state = Replay(daemon, roles, Contract.shared())
            for place, step in steps:  # noqa: B007
                state.step(step)
            state.finish()
            if not state.ended and not daemon.running():
                return f"{path.name}: tilld ended\n{daemon.log()}"
    except (Failure, AssertionError, KeyError, OSError, ValueError, NoLine, Closed) as fault:
        return f"{path.name}, at {place}: {type(fault).__name__}: {fault}"
    return None
