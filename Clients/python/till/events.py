"""Streams of events that outlive restarts of the daemon."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, NamedTuple, Optional

from .connection import Connection
from .failure import Lost, ReplyError, Unreachable
from .generated.methods import EventsMethods
from .generated.types import Event
from .wire import SILENCE_S, Request, event_params, pause_s

if TYPE_CHECKING:
    from .client import Client

PAUSE_MAX_S = 15.0


class EventItem(NamedTuple):
    """An event, and the position just after it."""

    event: Event
    cursor: str


class StreamState:
    """Where a stream stands: what to ask for after the connection was lost."""

    def __init__(self, params: Dict[str, Any]) -> None:
        self.params = params
        self.cursor: Optional[str] = None
        self.left: Optional[int] = params.get("limit")
        self.attempt = 0

    def request(self, timeout_s: float) -> Request:
        params = dict(self.params)
        if self.cursor is not None and "consumer" not in params:
            params["after"] = self.cursor
        if self.left is not None:
            params["limit"] = self.left
        return Request("events.subscribe", params, timeout_s)

    def item(self, params: Any) -> Optional[EventItem]:
        """Takes an item or a mark; an item is given back."""
        if not isinstance(params, dict) or not isinstance(params.get("cursor"), str):
            return None
        self.cursor = params["cursor"]
        self.attempt = 0
        if "event" not in params:
            return None
        if self.left is not None:
            self.left -= 1
        return EventItem(params["event"], params["cursor"])

    def pause_s(self, wanted_s: float = 0.0) -> float:
        self.attempt = min(self.attempt + 1, 10)
        return max(wanted_s, min(PAUSE_MAX_S, pause_s(self.attempt) * 2))

    def is_over(self, result: Dict[str, Any]) -> bool:
        """Whether the end of the stream is the end; else it goes on from its cursor."""
        return self.left == 0 or result.get("reason") == "cancelled"


class Subscription(Iterator[EventItem]):
    """An endless iterator of events; `cursor` is the position reached, marks included."""

    def __init__(self, client: Client, params: Dict[str, Any]) -> None:
        self._client = client
        self._state = StreamState(params)
        self._connection: Optional[Connection] = None
        self._ident = 0
        self._is_over = False
        try:
            self._begin()
        except Lost as fault:
            raise Unreachable(fault.message, code=fault.code, method="events.subscribe") from fault

    @property
    def cursor(self) -> Optional[str]:
        return self._state.cursor

    def close(self) -> None:
        self._is_over = True
        self._drop()

    def __enter__(self) -> Subscription:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __next__(self) -> EventItem:
        while not self._is_over and self._state.left != 0:
            try:
                if self._connection is None:
                    self._begin()
                item = self._step()
                if item is not None:
                    return item
            except Lost as fault:
                self._again(fault.pause_s)
            except ReplyError as fault:
                if fault.retry not in ("same", "later"):
                    self.close()
                    raise
                self._again((fault.retry_after_ms or 0) / 1000)
        self.close()
        raise StopIteration

    def _begin(self) -> None:
        connection = self._client.connect()
        try:
            self._ident = connection.send(self._state.request(self._client.timeout))
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def _step(self) -> Optional[EventItem]:
        assert self._connection is not None
        message = self._connection.receive(time.monotonic() + SILENCE_S)
        if message is None:
            return None
        params = message.get("params")
        if message.get("method") in ("events.item", "events.mark"):
            mine = isinstance(params, dict) and params.get("id") == self._ident
            return self._state.item(params) if mine else None
        if message.get("id") != self._ident:
            return None
        if self._state.is_over(self._state.request(0).result(message)):
            self.close()
        else:
            self._again()
        return None

    def _again(self, wanted_s: float = 0.0) -> None:
        self._drop()
        time.sleep(self._state.pause_s(wanted_s))

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Events(EventsMethods):
    """Methods of events, and the streams."""

    def __init__(self, client: Client) -> None:
        super().__init__(client.call)
        self._client = client

    def subscribe(
        self,
        after: Optional[str] = None,
        *,
        consumer: Optional[str] = None,
        types: Optional[List[str]] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> Subscription:
        """Events as they happen, beginning after a cursor, `oldest` or `now`.

        When the daemon restarts it goes on from the cursor: nothing is lost, nothing comes twice.
        """
        return Subscription(self._client, event_params(after, consumer, types, order, limit))

    def consume(
        self, consumer: str, *, types: Optional[List[str]] = None, after: str = "oldest"
    ) -> Iterator[Event]:
        """Work for a named consumer: an event is acknowledged when the next one is asked for.

        At least once: one whose work was interrupted comes again. `after` counts only when the
        consumer is new.
        """
        with self.subscribe(after, consumer=consumer, types=types) as stream:
            for item in stream:
                yield item.event
                self.ack(consumer, item.cursor)
