"""The client for asyncio: one connection, many requests at a time."""

from __future__ import annotations

import asyncio
import os
import time
from typing import Any, AsyncIterator, Dict, List, Optional

from .events import EventItem, StreamState
from .failure import Lost, OutcomeUnknown, ReplyError, TillError, Unreachable
from .generated.async_methods import AsyncFamilies, EventsMethods
from .generated.types import Event
from .lane import Lane, Link
from .wire import (
    SILENCE_S,
    Repetition,
    Request,
    event_params,
    pause_s,
    settled,
    socket_path,
)

# So many connections are used for waits at most, each for as many as the daemon takes.
WAIT_LANES_MAX = 8


class AsyncClient(AsyncFamilies):
    """The same as `Client`, for asyncio. Belongs to one event loop.

    One connection is for what is answered at once; waits, which stay on the line, have others.
    """

    events: AsyncEvents

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
        self.events = AsyncEvents(self)
        self.path = socket_path(socket)
        self.timeout = timeout
        self.connect_timeout = connect_timeout
        self.retry_for = retry_for
        self._token = token
        self._name = name
        self._lane = Lane(self.connect)
        self._wait_lanes: List[Lane] = []
        self._process = os.getpid()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        for lane in [self._lane, *self._wait_lanes]:
            lane.close()

    async def call(self, method: str, params: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
        """Any method by its name. A write gets a key if it has none."""
        request = Request(method, params or {}, self.timeout)
        repetition = Repetition(request, self.retry_for)
        while True:
            try:
                return await self._once(request)
            except (Lost, TillError) as fault:
                pause = repetition.pause_s(fault)
            await asyncio.sleep(pause)

    async def settle(
        self, unknown: OutcomeUnknown, patience: float = 60.0
    ) -> Optional[Dict[str, Any]]:
        """What became of it: the stored result, or None when nothing happened under its key."""
        if unknown.key is None:
            raise unknown
        until = time.monotonic() + patience
        attempt = 0
        while True:
            is_settled, result = settled(await self.key.lookup(unknown.key), unknown)
            if is_settled:
                return result
            if time.monotonic() > until:
                raise unknown
            await asyncio.sleep(pause_s(attempt))
            attempt += 1

    async def connect(self) -> Link:
        """A connection of its own, not started; the caller closes it."""
        deadline = time.monotonic() + self.connect_timeout
        link = await self._open(deadline)
        limit_s = max(1.0, deadline - time.monotonic())
        try:
            await asyncio.wait_for(link.greet(self._name, self._token), limit_s)
        except asyncio.TimeoutError:
            link.close()
            raise Lost("no_answer", "the daemon did not greet in time", False) from None
        except Lost as fault:
            link.close()
            raise Lost(fault.code, fault.message, False, fault.pause_s) from None
        except BaseException:
            link.close()
            raise
        return link

    async def _open(self, deadline: float) -> Link:
        attempt = 0
        while True:
            try:
                reader, writer = await asyncio.open_unix_connection(self.path)
                return Link(reader, writer)
            except (BlockingIOError, ConnectionRefusedError, FileNotFoundError) as fault:
                pause = pause_s(min(attempt, 3))
                if time.monotonic() + pause > deadline:
                    message = f"{self.path}: {fault.strerror or fault}"
                    raise Lost("unreachable", message, False) from fault
                await asyncio.sleep(pause)
                attempt += 1
            except OSError as fault:
                message = f"{self.path}: {fault.strerror or fault}"
                raise Unreachable(message, code="unreachable") from fault

    async def _once(self, request: Request) -> Dict[str, Any]:
        if self._process != os.getpid():
            # The parent goes on with its connections, and its requests are none of ours.
            await self.close()
            self._lane, self._wait_lanes = Lane(self.connect), []
            self._process = os.getpid()
        lane = self._wait_lane() if request.effect == "wait" else self._lane
        return request.result(await lane.exchange(request))

    def _wait_lane(self) -> Lane:
        """Waits stay on the line for long: they must not take the room of what is answered at
        once."""
        for lane in self._wait_lanes:
            if lane.has_room:
                return lane
        if len(self._wait_lanes) < WAIT_LANES_MAX:
            self._wait_lanes.append(Lane(self.connect))
            return self._wait_lanes[-1]
        return min(self._wait_lanes, key=lambda lane: lane.load)


class AsyncEvents(EventsMethods):
    """Methods of events, and the streams."""

    def __init__(self, client: AsyncClient) -> None:
        super().__init__(client.call)
        self._client = client

    async def subscribe(
        self,
        after: Optional[str] = None,
        *,
        consumer: Optional[str] = None,
        types: Optional[List[str]] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> AsyncIterator[EventItem]:
        """Events as they happen; goes on from its cursor when the daemon restarts."""
        state = StreamState(event_params(after, consumer, types, order, limit))
        has_connected = False
        while state.left != 0:
            try:
                link = await self._client.connect()
                has_connected = True
                try:
                    async for item in follow(link, state):
                        yield item
                finally:
                    link.close()
                pause = state.pause_s()
            except Lost as fault:
                if not has_connected:
                    raise Unreachable(
                        fault.message, code=fault.code, method="events.subscribe"
                    ) from fault
                pause = state.pause_s(fault.pause_s)
            except ReplyError as fault:
                if fault.retry not in ("same", "later"):
                    raise
                pause = state.pause_s((fault.retry_after_ms or 0) / 1000)
            if state.left != 0:
                await asyncio.sleep(pause)

    async def consume(
        self, consumer: str, *, types: Optional[List[str]] = None, after: str = "oldest"
    ) -> AsyncIterator[Event]:
        """Work for a named consumer: acknowledged when the next event is asked for."""
        async for item in self.subscribe(after, consumer=consumer, types=types):
            yield item.event
            await self.ack(consumer, item.cursor)


async def follow(link: Link, state: StreamState) -> AsyncIterator[EventItem]:
    """The items of one connection, until the daemon ends the stream."""
    request = state.request(0)
    ident = link.send(request)
    while True:
        try:
            message = await asyncio.wait_for(link.receive(), SILENCE_S)
        except asyncio.TimeoutError:
            raise Lost("no_answer", "the stream fell silent", True) from None
        if message is None:
            continue
        params = message.get("params")
        if isinstance(params, dict) and params.get("id") == ident:
            item = state.item(params)
            if item is not None:
                yield item
        elif message.get("id") == ident:
            if state.is_over(request.result(message)):
                state.left = 0
            return
