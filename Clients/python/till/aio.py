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
from .wire import (
    CHUNK_BYTES,
    SILENCE_S,
    LineBuffer,
    Repetition,
    Request,
    answers,
    bye,
    event_params,
    greeting_of,
    hello_params,
    parse,
    pause_s,
    reply_error,
    settled,
    socket_path,
)

# The daemon takes 32 requests in flight a connection.
IN_FLIGHT_MAX = 32


class Link:
    """One connection. Once started, a task reads it, and replies find their request by id."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._lines = LineBuffer()
        self._ident = 0
        self._waiting: Dict[int, asyncio.Future[Dict[str, Any]]] = {}
        self._farewell: Optional[Lost] = None
        self._task: Optional[asyncio.Task[None]] = None
        self.fault: Optional[Exception] = None
        self.process = os.getpid()

    async def greet(self, name: str, token: Optional[str]) -> None:
        """Reads the greeting and becomes the operator of the token."""
        greeting_of(await self.receive())
        if token is not None:
            hello = Request("session.hello", hello_params(name, token), 0)
            ident = self.send(hello)
            while True:
                message = await self.receive()
                if message is not None and answers(message, ident):
                    hello.result(message)
                    return

    def start(self) -> None:
        self._task = asyncio.ensure_future(self._read())

    def close(self) -> None:
        self._end(Lost("connection_lost", "the connection was closed", True))
        if self._task is not None and self.process == os.getpid():
            self._task.cancel()
        self._writer.close()

    def send(self, request: Request) -> int:
        """Sends a request and gives its id."""
        if self.fault is not None:
            raise self.fault
        self._ident += 1
        self._writer.write(request.line(self._ident))
        return self._ident

    async def exchange(self, request: Request) -> Dict[str, Any]:
        ident = self.send(request)
        future: asyncio.Future[Dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[ident] = future
        try:
            return await asyncio.wait_for(future, request.timeout_s)
        except asyncio.TimeoutError:
            raise Lost("no_answer", "the daemon did not answer in time", True) from None
        finally:
            # A reply that comes later finds nobody and is passed over.
            self._waiting.pop(ident, None)

    async def receive(self) -> Optional[Dict[str, Any]]:
        """The next line as a message; None when it is not one."""
        while True:
            line = self._lines.next()
            if line is not None:
                message = parse(line)
                if message is not None and (words := bye(message)):
                    self._farewell = Lost(words[0], words[1], True, words[2])
                return message
            try:
                chunk = await self._reader.read(CHUNK_BYTES)
            except OSError as fault:
                raise Lost("connection_lost", str(fault), True) from fault
            if not chunk:
                lost = Lost("connection_lost", "the daemon closed the connection", True)
                raise self._farewell or lost
            self._lines.feed(chunk)

    async def _read(self) -> None:
        try:
            while True:
                message = await self.receive()
                if message is None or "method" in message:
                    continue
                ident = message.get("id")
                if ident is None and "error" in message:
                    # It names no request, so it may mean any of those in flight.
                    raise reply_error(message["error"], "", None)
                future = self._waiting.get(ident) if isinstance(ident, int) else None
                if future is not None and not future.done():
                    future.set_result(message)
        except (Lost, TillError) as fault:
            self._end(fault)

    def _end(self, fault: Exception) -> None:
        if self.fault is None:
            self.fault = fault
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(self.fault)


class AsyncClient(AsyncFamilies):
    """The same as `Client`, for asyncio. Belongs to one event loop."""

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
        self._link: Optional[Link] = None
        self._opening: Optional[asyncio.Lock] = None
        self._room: Optional[asyncio.Semaphore] = None

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None

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
        # Made here, because before Python 3.10 they belong to the loop they are made in.
        if self._room is None or self._opening is None:
            self._room, self._opening = asyncio.Semaphore(IN_FLIGHT_MAX), asyncio.Lock()
        async with self._room:
            async with self._opening:
                if self._link is None or self._link.fault or self._link.process != os.getpid():
                    if self._link is not None:
                        self._link.close()
                    self._link = await self.connect()
                    self._link.start()
                link = self._link
            return request.result(await link.exchange(request))


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
