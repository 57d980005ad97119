"""The client for threads and plain programs."""

from __future__ import annotations

import os
import threading
import time
from typing import Any, Dict, List, Optional

from .connection import Connection
from .events import Events
from .failure import Lost, OutcomeUnknown, TillError
from .generated.methods import Families
from .wire import Repetition, Request, pause_s, settled, socket_path

IDLE_MAX = 8


class Client(Families):
    """A small pool of connections; safe to share between threads and across `fork`.

    `timeout` bounds the wait for a reply (beyond what the request itself waits for),
    `connect_timeout` how long a daemon that is starting or crowded is tried, and `retry_for` how
    long a request that cannot act twice is sent again after a lost connection or a "later".
    All in seconds.
    """

    events: Events

    def __init__(
        self,
        socket: Optional[str] = None,
        *,
        timeout: float = 30.0,
        connect_timeout: float = 5.0,
        retry_for: float = 10.0,
        token: Optional[str] = None,
        name: str = "till-python",
    ) -> None:
        super().__init__(self.call)
        self.events = Events(self)
        self.path = socket_path(socket)
        self.timeout = timeout
        self.connect_timeout = connect_timeout
        self.retry_for = retry_for
        self._token = token
        self._name = name
        self._idle: List[Connection] = []
        self._lock = threading.Lock()
        self._process = os.getpid()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the idle connections. The client may be used again."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def call(self, method: str, params: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
        """Any method by its name; the typed ones are `till.order.create` and so on.

        A write gets a key if it has none. It is sent again only where it cannot act twice.
        """
        request = Request(method, params or {}, self.timeout)
        repetition = Repetition(request, self.retry_for)
        while True:
            try:
                return self._once(request)
            except (Lost, TillError) as fault:
                pause = repetition.pause_s(fault)
            time.sleep(pause)

    def settle(self, unknown: OutcomeUnknown, patience: float = 60.0) -> Optional[Dict[str, Any]]:
        """What became of it: the stored result, or None when nothing happened under its key.

        Raises the stored error, and `unknown` again when it is still running after `patience`.
        """
        if unknown.key is None:
            raise unknown
        until = time.monotonic() + patience
        attempt = 0
        while True:
            is_settled, result = settled(self.key.lookup(unknown.key), unknown)
            if is_settled:
                return result
            if time.monotonic() > until:
                raise unknown
            time.sleep(pause_s(attempt))
            attempt += 1

    def connect(self) -> Connection:
        """A connection of its own, outside the pool; the caller closes it."""
        deadline = time.monotonic() + self.connect_timeout
        return Connection(self.path, deadline, self._name, self._token)

    def _once(self, request: Request) -> Dict[str, Any]:
        connection = self._take() or self.connect()
        try:
            reply = connection.exchange(request)
        except BaseException:
            # Whatever interrupted it, a reply may still come; it must not meet the next request.
            connection.close()
            raise
        self._give(connection)
        return request.result(reply)

    def _take(self) -> Optional[Connection]:
        while True:
            with self._lock:
                if self._process != os.getpid():
                    # The parent goes on with these; here only the copies are closed.
                    for inherited in self._idle:
                        inherited.close()
                    self._idle = []
                    self._process = os.getpid()
                if not self._idle:
                    return None
                connection = self._idle.pop()
            if connection.is_fresh():
                return connection
            connection.close()

    def _give(self, connection: Connection) -> None:
        with self._lock:
            if self._process == os.getpid() and len(self._idle) < IDLE_MAX:
                self._idle.append(connection)
                return
        connection.close()
