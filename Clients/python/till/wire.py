"""Lines on the socket, and the rules for sending a request again. No state of a client."""

from __future__ import annotations

import json
import os
import random
import re
import secrets
import socket
import time
from typing import Any, Dict, List, Optional, Tuple, Type

from .failure import Lost, OutcomeUnknown, ProtocolFault, ReplyError, TillError, Unreachable
from .generated.errors import BY_CLASS
from .generated.tables import CODES, METHODS

CHUNK_BYTES = 65_536
# The daemon sends 1 MiB at most; whoever sends more is not one.
LINE_MAX_BYTES = 4 * 1024 * 1024
INTEGER_MAX = 2**53 - 1
# What the daemon takes in one line. Beyond it, it cannot tell whose the line was.
SENT_MAX_BYTES = 262_144
DEPTH_MAX = 32
VALUES_MAX = 10_000
STRING_MAX_BYTES = 196_608
NO_TEXT = re.compile("[\0\ud800-\udfff]")
# Marks come every 15 s; a longer silence is a connection that only looks alive.
SILENCE_S = 45.0
PAUSE_MIN_S = 0.05
PAUSE_MAX_S = 2.0
SAFE_EFFECTS = ("read", "wait")
# A daemon that is starting, is away for a moment, or has its backlog full.
COME_BACK = (BlockingIOError, ConnectionRefusedError, FileNotFoundError, socket.timeout)


def socket_path(given: Optional[str]) -> str:
    """What was given, TILL_SOCKET, the user's own daemon, or the system's."""
    path = given or os.environ.get("TILL_SOCKET")
    if path:
        return path
    own = os.path.join(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "till", "tilld.sock")
    return own if os.path.exists(own) else "/run/till/tilld.sock"


def make_key() -> str:
    """An idempotency key nobody used before. Keep it with what it stands for."""
    return "py-" + secrets.token_hex(16)


def pause_s(attempt: int) -> float:
    """Doubles with each attempt; the jitter keeps many clients from coming back together."""
    return random.uniform(0.5, 1.0) * min(PAUSE_MAX_S, PAUSE_MIN_S * 2.0**attempt)


def check(value: Any, path: str = "", depth: int = 2) -> int:
    """Refuses what the protocol has no place for, before anything is sent, and counts the values.

    The daemon's answer to such a line names no request, and would meet all that are in flight. The
    line itself is one container, `params` the second.
    """
    if isinstance(value, (dict, list, tuple)) and depth > DEPTH_MAX:
        raise ValueError(f"{path}: nested deeper than {DEPTH_MAX}")
    count = 1
    if isinstance(value, bool) or value is None:
        return count
    if isinstance(value, str):
        check_text(value, path)
        return count
    if isinstance(value, int):
        if abs(value) > INTEGER_MAX:
            raise ValueError(f"{path}: {value} is beyond 2^53-1")
    elif isinstance(value, dict):
        for name, member in value.items():
            if not isinstance(name, str):
                raise TypeError(f"{path}: the name {name!r} is not a string")
            check_text(name, path)
            count += check(member, f"{path}/{name}", depth + 1)
    elif isinstance(value, (list, tuple)):
        for index, member in enumerate(value):
            count += check(member, f"{path}/{index}", depth + 1)
    else:
        kind = type(value).__name__
        raise TypeError(f"{path}: {kind} is refused; amounts are integers in minor units")
    return count


def check_text(text: str, path: str) -> None:
    if NO_TEXT.search(text):
        raise ValueError(f"{path}: a text with U+0000 or half a surrogate pair is refused")
    if len(text.encode()) > STRING_MAX_BYTES:
        raise ValueError(f"{path}: a text of more than {STRING_MAX_BYTES} bytes")


class Request:
    """One intent: its key is made here, before the first send, and stays the same."""

    def __init__(self, method: str, params: Dict[str, Any], timeout_s: float) -> None:
        self.method = method
        self.params = {name: value for name, value in params.items() if value is not None}
        self.effect, key_rule = METHODS.get(method, ("write", "none"))
        if key_rule != "none":
            self.params.setdefault("idempotency_key", make_key())
        check_text(method, "method")
        # Four more: the line, its version, id and method.
        if check(self.params) > VALUES_MAX - 4:
            raise ValueError(f"{method}: more than {VALUES_MAX} values in one request")
        # Written once: what the caller does to its objects later is no part of this intent. Escapes
        # everything beyond ASCII, so nothing in between can break the bytes.
        self._line = json.dumps(
            {"method": method, "params": self.params}, ensure_ascii=True, separators=(",", ":")
        ).encode()
        if len(self.line(INTEGER_MAX)) > SENT_MAX_BYTES:
            raise ValueError(f"{method}: a request of more than {SENT_MAX_BYTES} bytes")
        self.key: Optional[str] = self.params.get("idempotency_key")
        # True once a send or its answer was lost: the daemon may have acted on it.
        self.in_doubt = False
        wanted = self.params.get("timeout_ms")
        waiting = self.params.get("wait_ms", 30_000) if self.effect == "wait" else 0
        # The daemon's own limit comes first, so that its answer can arrive. What is no number is
        # for the daemon to refuse.
        self.timeout_s = timeout_s + (waiting / 1000 if isinstance(waiting, int) else 0)
        if isinstance(wanted, int):
            self.timeout_s = wanted / 1000 + 5

    def line(self, ident: int) -> bytes:
        return b'{"jsonrpc":"2.0","id":%d,' % ident + self._line[1:] + b"\n"

    def result(self, reply: Dict[str, Any]) -> Dict[str, Any]:
        """The result of a reply; raises its error."""
        if "error" in reply:
            raise self.met(reply_error(reply["error"], self.method, self.key))
        result = reply.get("result")
        if not isinstance(result, dict):
            words = "a result that is no object"
            raise self.met(ProtocolFault(words, code="bad_reply", method=self.method))
        return result

    def met(self, fault: TillError) -> TillError:
        """Takes what came after it was sent. An answer that cannot be read may be of a success."""
        self.in_doubt = self.in_doubt or isinstance(fault, ProtocolFault)
        return fault


class Repetition:
    """Decides whether a request is sent again, and what the caller is told if not."""

    def __init__(self, request: Request, retry_for_s: float) -> None:
        self._request = request
        self._until = time.monotonic() + retry_for_s
        self._attempt = 0

    def pause_s(self, fault: Exception) -> float:
        """How long to pause before the next send; raises when there must be none."""
        request = self._request
        pause = pause_s(self._attempt)
        self._attempt += 1
        if isinstance(fault, Lost):
            request.in_doubt = request.in_doubt or fault.sent
            may_repeat = self._is_harmless() or not request.in_doubt
            pause = max(pause, fault.pause_s)
        elif isinstance(fault, ReplyError):
            may_repeat = fault.retry in ("same", "later") and self._is_harmless()
            pause = max(pause, (fault.retry_after_ms or 0) / 1000)
        else:
            may_repeat = False
        if not may_repeat or request.effect == "session":
            raise self._final(fault) from fault
        if time.monotonic() + pause > self._until:
            raise self._final(fault) from fault
        return pause

    def _is_harmless(self) -> bool:
        """Whether a second send cannot act a second time."""
        return self._request.effect in SAFE_EFFECTS or self._request.key is not None

    def _final(self, fault: Exception) -> Exception:
        """A refusal that came after a lost send says nothing about the lost one."""
        request = self._request
        is_unsettled = request.in_doubt and request.effect not in SAFE_EFFECTS
        if isinstance(fault, TillError):
            if (fault.method, fault.key) != (request.method, request.key):
                fault = fault.about(request.method, request.key)
            passing = fault.retry in ("same", "later") or not isinstance(fault, ReplyError)
            if not (is_unsettled and passing) or isinstance(fault, OutcomeUnknown):
                return fault
            code, message = fault.code, fault.message
        elif isinstance(fault, Lost):
            code, message = fault.code, fault.message
        else:
            return fault
        data = {"retry": "later", "outcome": "none"}
        kind: Type[TillError] = Unreachable
        if is_unsettled:
            data = {"retry": "same" if request.key else "lookup", "outcome": "unknown"}
            kind, message = OutcomeUnknown, f"{message}; it may have happened"
        return kind(message, code=code, method=request.method, key=request.key, data=data)


def settled(found: Any, unknown: OutcomeUnknown) -> Tuple[bool, Optional[Dict[str, Any]]]:
    """Whether a key is settled, and its result; None when nothing happened under it."""
    if found["state"] == "absent":
        return True, None
    reply = found.get("reply") or {}
    if "error" in reply:
        raise reply_error(reply["error"], unknown.method, unknown.key)
    return "result" in reply, reply.get("result")


def reply_error(error: Any, method: str, key: Optional[str]) -> TillError:
    """The exception for the error object of a reply."""
    data = error.get("data") if isinstance(error, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("code"), str):
        return ProtocolFault("an error without a code", code="bad_reply", method=method, key=key)
    message = str(error.get("message", ""))
    kind = BY_CLASS.get(str(data.get("class")), ReplyError)
    if data.get("outcome") == "unknown":
        return OutcomeUnknown(message, code=data["code"], method=method, key=key, data=data)
    return kind(message, code=data["code"], method=method, key=key, data=data)


def farewell_error(params: Dict[str, Any], method: str) -> TillError:
    """The exception for a `session.bye` that came instead of a greeting."""
    code = str(params.get("code", ""))
    error_class, retry = CODES.get(code, ("unavailable", "later"))
    data = {"code": code, "class": error_class, "retry": retry, "outcome": "none"}
    if isinstance(params.get("retry_after_ms"), int):
        data["retry_after_ms"] = params["retry_after_ms"]
    return reply_error({"message": params.get("message", ""), "data": data}, method, None)


def refuse_float(text: str) -> Any:
    raise ValueError(f"{text} is no integer")


def parse(line: bytes) -> Optional[Dict[str, Any]]:
    """A message; None for a line that is none, which is passed over."""
    try:
        message = json.loads(line, parse_float=refuse_float)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None


class LineBuffer:
    """Bytes in, lines out. Each byte is looked at once."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._seen = 0

    def feed(self, chunk: bytes) -> None:
        self._bytes += chunk

    def next(self) -> Optional[bytes]:
        end = self._bytes.find(b"\n", self._seen)
        if end < 0:
            self._seen = len(self._bytes)
            if self._seen > LINE_MAX_BYTES:
                raise ProtocolFault("a line without end", code="line_too_long")
            return None
        line = bytes(self._bytes[:end])
        del self._bytes[: end + 1]
        self._seen = 0
        return line


def connect(path: str, deadline: float) -> socket.socket:
    """Tries until `deadline` (monotonic): the daemon may be starting, or its backlog full."""
    attempt = 0
    while True:
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            link.settimeout(max(0.01, deadline - time.monotonic()))
            link.connect(path)
            return link
        except COME_BACK as fault:
            link.close()
            pause = pause_s(min(attempt, 3))
            if time.monotonic() + pause > deadline:
                raise Lost("unreachable", f"{path}: {fault.strerror or fault}", False) from fault
            time.sleep(pause)
            attempt += 1
        except OSError as fault:
            link.close()
            raise Unreachable(f"{path}: {fault.strerror or fault}", code="unreachable") from fault


def greeting_of(message: Optional[Dict[str, Any]]) -> Dict[str, Any]:
    """The first line must be the greeting, or a farewell with a reason."""
    params = message.get("params") if message else None
    if message is None or not isinstance(params, dict):
        raise ProtocolFault("the first line is no greeting of tilld", code="bad_greeting")
    if message.get("method") == "session.bye":
        raise farewell_error(params, "")
    if message.get("method") != "session.greeting":
        raise ProtocolFault("the first line is no greeting of tilld", code="bad_greeting")
    return params


def bye(message: Dict[str, Any]) -> Optional[Tuple[str, str, float]]:
    """Code, words and pause of a `session.bye`."""
    params = message.get("params")
    if message.get("method") != "session.bye" or not isinstance(params, dict):
        return None
    pause = params.get("retry_after_ms")
    return (
        str(params.get("code", "")),
        str(params.get("message", "")),
        pause / 1000 if isinstance(pause, int) else 0.0,
    )


def answers(message: Dict[str, Any], ident: int) -> bool:
    """Whether it is the reply to `ident`. An error without an id can only mean the one sent."""
    if "result" not in message and "error" not in message:
        return False
    found = message.get("id")
    return (found == ident and found is not True) or (found is None and "error" in message)


def hello_params(name: str, token: str) -> Dict[str, Any]:
    return {"client": name, "token": token}


def event_params(
    after: Optional[str],
    consumer: Optional[str],
    types: Optional[List[str]],
    order: Optional[str],
    limit: Optional[int],
) -> Dict[str, Any]:
    """Parameters of a subscription, those that are given."""
    given = {"after": after, "consumer": consumer, "types": types, "order": order, "limit": limit}
    return {name: value for name, value in given.items() if value is not None}
