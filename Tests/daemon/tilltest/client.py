"""A client of the socket that hides nothing: bytes in, lines out, replies in any order."""

from __future__ import annotations

import itertools
import json
import select
import socket
import time
from collections import deque
from typing import Any

DEFAULT_TIMEOUT_S = 20.0
MAX_LINE = 2 * 1024 * 1024
_keys = itertools.count(1)


def fresh_key(purpose: str = "test") -> str:
    """An idempotency key nobody used before."""
    return f"{purpose}-{time.time_ns()}-{next(_keys)}"


class Closed(Exception):
    """The daemon ended the connection."""


class NoLine(Exception):
    """Nothing came in time."""


class RpcError(Exception):
    """An error reply; `data` is the contract's error object."""

    def __init__(self, method: str, error: dict[str, Any]) -> None:
        self.error = error
        self.data: dict[str, Any] = error.get("data") or {}
        self.code: str = self.data.get("code", "")
        super().__init__(f"{method}: {self.code or error}")


class LineSocket:
    """Bytes and lines of one connection."""

    def __init__(self, path: str, timeout_s: float = DEFAULT_TIMEOUT_S) -> None:
        self.timeout_s = timeout_s
        self.link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.link.settimeout(timeout_s)
        self._connect(path)
        self._buffer = b""
        self._ended = False

    def _connect(self, path: str) -> None:
        """A full backlog answers EAGAIN at once; every client tries again for a while."""
        until = time.monotonic() + self.timeout_s
        while True:
            try:
                self.link.connect(path)
                return
            except BlockingIOError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)

    def send_bytes(self, data: bytes) -> None:
        self.link.sendall(data)

    def send(self, message: object) -> None:
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        self.send_bytes(text.encode() + b"\n")

    def half_close(self) -> None:
        self.link.shutdown(socket.SHUT_WR)

    def read_line(self, timeout_s: float | None = None) -> bytes:
        """The next line without its line feed. Closed at the end, NoLine when time runs out."""
        limit = time.monotonic() + (self.timeout_s if timeout_s is None else timeout_s)
        while b"\n" not in self._buffer:
            if self._ended:
                raise Closed(self._buffer[:200].decode("utf-8", "replace"))
            rest = limit - time.monotonic()
            if rest <= 0 or not self._has_more(rest):
                raise NoLine(f"no line; {len(self._buffer)} bytes of one")
            try:
                piece = self.link.recv(65536)
            except ConnectionError:
                piece = b""
            self._ended = not piece
            self._buffer += piece
            if len(self._buffer) > MAX_LINE and b"\n" not in self._buffer:
                raise AssertionError("a line longer than the contract allows")
        line, self._buffer = self._buffer.split(b"\n", 1)
        return line

    def _has_more(self, within_s: float) -> bool:
        # Not select(2), which takes no number over 1023.
        poll = select.poll()
        poll.register(self.link, select.POLLIN)
        return bool(poll.poll(within_s * 1000))

    def read(self, timeout_s: float | None = None) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.read_line(timeout_s))
        return message

    def leave(self) -> None:
        """Half closes and waits until the daemon has ended the connection too."""
        self.half_close()
        try:
            self.read_line()
        except (Closed, NoLine):
            pass

    def close(self) -> None:
        self.link.close()


class Client:
    """Calls by name. Not for several threads: each thread opens its own."""

    def __init__(self, path: str, token: str | None = None) -> None:
        self.line = LineSocket(path)
        self._ids = itertools.count(1)
        self._replies: dict[int | str, dict[str, Any]] = {}
        self.notifications: deque[dict[str, Any]] = deque()
        self.greeting: dict[str, Any] = self.line.read()["params"]
        if token is not None:
            self.call("session.hello", client="tilltest", version="1", token=token)

    def start(self, method: str, /, **params: Any) -> int:
        """Sends a request and does not wait; `finish(id)` takes its reply."""
        number = next(self._ids)
        self.line.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number

    def finish(self, number: int, method: str = "", timeout_s: float | None = None) -> Any:
        limit = time.monotonic() + (timeout_s or self.line.timeout_s)
        while number not in self._replies:
            self._take(self.line.read(max(0.0, limit - time.monotonic())))
        reply = self._replies.pop(number)
        if "error" in reply:
            raise RpcError(method, reply["error"])
        return reply["result"]

    def call(self, method: str, /, **params: Any) -> Any:
        """The result, or RpcError."""
        wait = params.get("wait_ms", 0) / 1000
        timeout_s = self.line.timeout_s + wait
        return self.finish(self.start(method, **params), method, timeout_s)

    def keyed(self, method: str, /, **params: Any) -> Any:
        params.setdefault("idempotency_key", fresh_key())
        return self.call(method, **params)

    def refused(self, method: str, /, **params: Any) -> RpcError:
        """The error; AssertionError when the daemon agreed."""
        try:
            result = self.call(method, **params)
        except RpcError as error:
            return error
        raise AssertionError(f"{method} was accepted: {result}")

    def notification(self, name: str, timeout_s: float | None = None) -> dict[str, Any]:
        """The next notification of this name; others of other names are passed over."""
        limit = time.monotonic() + (timeout_s or self.line.timeout_s)
        while True:
            while self.notifications:
                message = self.notifications.popleft()
                if message["method"] == name:
                    params: dict[str, Any] = message["params"]
                    return params
            self._take(self.line.read(max(0.0, limit - time.monotonic())))

    def _take(self, message: dict[str, Any]) -> None:
        if "method" in message:
            self.notifications.append(message)
        else:
            self._replies[message["id"]] = message

    def close(self) -> None:
        self.line.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
