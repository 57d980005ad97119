"""A connection of the client for asyncio, and the room on it."""

from __future__ import annotations

import asyncio
import os
import time
from collections import deque
from typing import Any, Awaitable, Callable, Deque, Dict, Optional, Set, Union

from .failure import Lost, ProtocolFault, TillError
from .wire import (
    CHUNK_BYTES,
    LineBuffer,
    Request,
    answers,
    bye,
    greeting_of,
    hello_params,
    parse,
    reply_error,
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
        # Sent and not yet answered, those included for which nobody waits any more.
        self._open: Set[int] = set()
        self._farewell: Optional[Lost] = None
        self._task: Optional[asyncio.Task[None]] = None
        self.fault: Optional[Union[Lost, TillError]] = None
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
        if self.process != os.getpid():
            self._leave()
            return
        self._end(Lost("connection_lost", "the connection was closed", True))
        if self._task is not None:
            self._task.cancel()
        self._writer.close()

    def _leave(self) -> None:
        """Gives up the copy of a forked child. To close the transport would take the parent's
        connection out of the poll set that both share, and the parent would hear nothing more."""
        copy = self._writer.get_extra_info("socket")
        if copy is None or copy.fileno() < 0:
            return
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, copy.fileno(), inheritable=False)
        os.close(nothing)

    def send(self, request: Request) -> int:
        """Sends a request and gives its id."""
        if isinstance(self.fault, Lost):
            raise Lost(self.fault.code, self.fault.message, False, self.fault.pause_s)
        if self.fault is not None:
            raise self.fault.about()
        self._ident += 1
        self._writer.write(request.line(self._ident))
        return self._ident

    async def exchange(self, request: Request, limit_s: float) -> Dict[str, Any]:
        ident = self.send(request)
        self._open.add(ident)
        future: asyncio.Future[Dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[ident] = future
        try:
            return await asyncio.wait_for(future, limit_s)
        except asyncio.TimeoutError:
            raise Lost("no_answer", "the daemon did not answer in time", True) from None
        except ProtocolFault as fault:
            request.met(fault)
            raise
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
                    ident = self._refused(message["error"])
                if not isinstance(ident, int):
                    continue
                self._open.discard(ident)
                future = self._waiting.get(ident)
                if future is not None and not future.done():
                    future.set_result(message)
        except (Lost, TillError) as fault:
            self._end(fault)

    def _refused(self, error: Any) -> int:
        """A line was refused, and nobody knows whose. Where one is open it was that one; the others
        of several may have taken effect, so each is sent again under its own key."""
        if len(self._open) == 1 and (ident := next(iter(self._open))) in self._waiting:
            return ident
        told = reply_error(error, "", None)
        words = f"a line was refused ({told.code}): {told.message}"
        raise Lost("connection_lost", words, True)

    def _end(self, fault: Union[Lost, TillError]) -> None:
        if self.fault is None:
            self.fault = fault
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(self.fault.about())


class Lane:
    """The room on one connection. Who comes when it is full stands in line, and its time runs."""

    def __init__(self, connect: Callable[[], Awaitable[Link]]) -> None:
        self._connect = connect
        self._link: Optional[Link] = None
        # Made by who first needs it, because before Python 3.10 it belongs to the loop of then.
        self._opening: Optional[asyncio.Lock] = None
        self._in_flight = 0
        self._queue: Deque[asyncio.Future[None]] = deque()

    @property
    def has_room(self) -> bool:
        return self._in_flight < IN_FLIGHT_MAX

    @property
    def load(self) -> int:
        return self._in_flight + len(self._queue)

    def close(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None

    async def exchange(self, request: Request) -> Dict[str, Any]:
        until = time.monotonic() + request.timeout_s
        await self._enter(request.timeout_s)
        try:
            link = await self._ready()
            limit_s = until - time.monotonic()
            if limit_s <= 0:
                raise late()
            return await link.exchange(request, limit_s)
        finally:
            self._release()

    async def _enter(self, limit_s: float) -> None:
        if self.has_room:
            self._in_flight += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            await asyncio.wait([turn], timeout=limit_s)
        except asyncio.CancelledError:
            self._give_up(turn)
            raise
        if not turn.done():
            self._give_up(turn)
            raise late()

    def _give_up(self, turn: asyncio.Future[None]) -> None:
        if turn.done():
            self._release()
        else:
            self._queue.remove(turn)
            turn.cancel()

    def _release(self) -> None:
        # The room is handed on, so that nobody who comes now takes it first.
        if self._queue:
            self._queue.popleft().set_result(None)
        else:
            self._in_flight -= 1

    async def _ready(self) -> Link:
        if self._opening is None:
            self._opening = asyncio.Lock()
        async with self._opening:
            if self._link is None or self._link.fault:
                self.close()
                self._link = await self._connect()
                self._link.start()
            return self._link


def late() -> Lost:
    return Lost("no_answer", "the requests before this one took all the time", False)
