"""One connection, one request at a time."""

from __future__ import annotations

import select
import socket
import time
from typing import Any, Dict, Optional

from .failure import Lost, ProtocolFault, TillError
from .wire import (
    CHUNK_BYTES,
    LineBuffer,
    Request,
    answers,
    bye,
    connect,
    greeting_of,
    hello_params,
    parse,
)


class Connection:
    """Greeted, and of the operator whose token was given. After any `Lost` it must be closed."""

    def __init__(self, path: str, deadline: float, name: str, token: Optional[str]) -> None:
        self._lines = LineBuffer()
        self._ident = 0
        self._farewell: Optional[Lost] = None
        self._link = connect(path, deadline)
        try:
            # The backlog may hold us a while; a silent peer must not.
            limit = max(deadline, time.monotonic() + 1.0)
            self.greeting = greeting_of(self.receive(limit))
            if token is not None:
                hello = Request("session.hello", hello_params(name, token), 0)
                hello.result(self.exchange(hello, limit))
        except Lost as fault:
            self.close()
            raise Lost(fault.code, fault.message, False, fault.pause_s) from None
        except TillError:
            self.close()
            raise

    def close(self) -> None:
        self._link.close()

    def is_fresh(self) -> bool:
        """False when the daemon has ended the connection, or said that it will."""
        while select.select([self._link], [], [], 0)[0]:
            try:
                if not self._fill(time.monotonic() + 1):
                    return False
                while (line := self._lines.next()) is not None:
                    message = parse(line)
                    if message is not None and bye(message):
                        return False
            except (Lost, ProtocolFault):
                return False
        return True

    def send(self, request: Request) -> int:
        """Sends a request and gives its id."""
        self._ident += 1
        self._link.settimeout(request.timeout_s)
        try:
            self._link.sendall(request.line(self._ident))
        except OSError as fault:
            raise self._lost(f"sending: {fault.strerror or fault}") from fault
        return self._ident

    def exchange(self, request: Request, limit: Optional[float] = None) -> Dict[str, Any]:
        """The reply. Lines that answer something else are passed over."""
        ident = self.send(request)
        if limit is None:
            limit = time.monotonic() + request.timeout_s
        try:
            while True:
                message = self.receive(limit)
                if message is not None and answers(message, ident):
                    return message
        except ProtocolFault as fault:
            request.met(fault)
            raise

    def receive(self, limit: float) -> Optional[Dict[str, Any]]:
        """The next line as a message; None when it is not one."""
        while True:
            line = self._lines.next()
            if line is None:
                if not self._fill(limit):
                    raise self._lost("the daemon closed the connection")
                continue
            message = parse(line)
            if message is not None and (words := bye(message)):
                code, text, pause = words
                self._farewell = Lost(code or "connection_lost", text, True, pause)
                if not hasattr(self, "greeting"):
                    return message
            return message

    def _fill(self, limit: float) -> bool:
        left = limit - time.monotonic()
        if left <= 0:
            raise Lost("no_answer", "the daemon did not answer in time", True)
        self._link.settimeout(left)
        try:
            chunk = self._link.recv(CHUNK_BYTES)
        except socket.timeout:
            raise Lost("no_answer", "the daemon did not answer in time", True) from None
        except OSError as fault:
            raise self._lost(f"receiving: {fault.strerror or fault}") from fault
        self._lines.feed(chunk)
        return bool(chunk)

    def _lost(self, message: str) -> Lost:
        return self._farewell or Lost("connection_lost", message, True)
