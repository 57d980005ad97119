"""Limits of what waits in memory, and of whose turn it is, at their edge.

How much the kernel takes before anything waits in the daemon depends on the machine, so each test
first lets it take what it will, and counts from there.
"""

from __future__ import annotations

import array
import fcntl
import itertools
import json
import re
import termios
import time
from pathlib import Path
from typing import Any

from tilltest.client import Client, LineSocket
from tilltest.daemon import Daemon
from tilltest.faultcase import CNY, FaultCase
from tilltest.limitcase import HOUSEKEEPING_S, LIMITS, HeldCase, go_on, stand_still

FILLING = 60_000
LONGEST_ECHO = 190_000
CHUNK = 65_536
LONGEST_LOG = 10_000_000


def echo(size: int) -> str:
    """Takes so many bytes and two; no text in it is longer than a text may be."""
    if size <= FILLING:
        return f'"{"e" * size}"'
    count = -(-size // FILLING)
    each, rest = divmod(size + 1 - 3 * count, count)
    texts = ["e" * (each + (place < rest)) for place in range(count)]
    return json.dumps(texts, separators=(",", ":"))


def ping(number: int, size: int = 0) -> bytes:
    text = f',"params":{{"echo":{echo(size)}}}' if size else ""
    return f'{{"id":{number},"method":"protocol.ping"{text}}}\n'.encode()


def in_kernel(line: LineSocket, which: int) -> int:
    """What the kernel holds of this socket: FIONREAD to be read, TIOCOUTQ not taken."""
    number = array.array("i", [0])
    fcntl.ioctl(line.link.fileno(), which, number)
    return number[0]


class Output(HeldCase):
    slow = True

    def test_below_the_high_mark_it_is_read_and_at_it_not(self) -> None:
        self.held()
        high = LIMITS["output_high"]
        below = self.deaf("below")
        self.fill(below, "below", high - 1)
        self.assertGreater(self.ask(below, "below", 0), high)
        full = self.deaf("full")
        self.fill(full, "full", high)
        answered = self.row("full")["requests"]
        full.send_bytes(ping(answered))
        time.sleep(HOUSEKEEPING_S)
        self.assertEqual(self.row("full")["requests"], answered)
        self.assertEqual(self.row("full")["output_bytes"], high)

    def test_at_the_low_mark_it_is_read_again_and_above_it_not(self) -> None:
        """The kernel makes room in large steps, which are the same for the same output."""
        self.held()
        high, low = LIMITS["output_high"], LIMITS["output_low"]
        steps = self.steps(low)
        taken = next((sum(steps[:n]) for n in (1, 2, 3) if low + sum(steps[:n]) > high), 0)
        if not 0 < low + taken - high < LONGEST_ECHO:
            self.skipTest(f"this kernel makes room in steps that never meet the mark: {steps}")
        for rest in (low + 1, low):
            name = f"rest-{rest}"
            line = self.deaf(name)
            self.fill(line, name, high - 1)
            reply = self.reply
            self.assertEqual(self.ask(line, name, rest + taken - high + 1 - reply), rest + taken)
            answered = self.row(name)["requests"]
            line.send_bytes(ping(0, 1))
            while self.row(name)["output_bytes"] > rest + reply + 1:
                self.room(line)
                time.sleep(HOUSEKEEPING_S)
            row = self.row(name)
            if row["requests"] == answered:
                self.assertEqual((row["output_bytes"], rest), (low + 1, low + 1))
            else:
                self.assertEqual((row["output_bytes"], rest), (low + reply + 1, low))

    def steps(self, low: int) -> list[int]:
        """How much the kernel takes each time it has room, until little waits."""
        line = self.deaf("steps")
        self.fill(line, "steps", LIMITS["output_high"] - 1)
        waits = [self.ask(line, "steps", LONGEST_ECHO)]
        while waits[-1] > low:
            self.room(line)
            time.sleep(HOUSEKEEPING_S)
            waits.append(self.row("steps")["output_bytes"])
        return [before - after for before, after in zip(waits, waits[1:], strict=False)]

    def room(self, line: LineSocket) -> None:
        """Reads just so much that the kernel takes more."""
        before = in_kernel(line, termios.FIONREAD)
        while True:
            count = len(line.link.recv(8_192))
            self.assertTrue(count, "the daemon has ended it")
            time.sleep(0.05)
            after = in_kernel(line, termios.FIONREAD)
            if after > before - count:
                return
            before = after

    def row(self, client: str) -> dict[str, Any]:
        rows = self.client.call("server.connections")["connections"]
        found: dict[str, Any] = next((row for row in rows if row.get("client") == client), {})
        return found

    def deaf(self, name: str) -> LineSocket:
        """Reads nothing, and the kernel has taken of its replies what it takes."""
        line = self.line(self.daemon)
        line.send({"id": 0, "method": "session.hello", "params": {"client": name}})
        self.eventually(lambda: self.row(name), "it has its name")
        while True:
            line.send_bytes(ping(0, LONGEST_ECHO))
            # What was counted before it was written is counted again by then.
            time.sleep(HOUSEKEEPING_S)
            if self.row(name)["output_bytes"]:
                return line

    def ask(self, line: LineSocket, name: str, size: int) -> int:
        """One ping more; the bytes that wait when it is answered."""
        before = self.row(name)["output_bytes"]
        line.send_bytes(ping(0, size))
        self.eventually(lambda: self.row(name)["output_bytes"] > before, "its answer waits too")
        return int(self.row(name)["output_bytes"])

    def fill(self, line: LineSocket, name: str, wanted: int) -> None:
        """Exactly so many bytes wait for it."""
        held = self.ask(line, name, 1)
        self.reply = reply = self.ask(line, name, 1) - held - 1
        held += reply + 1
        while held < wanted:
            left = wanted - held
            held = self.ask(line, name, left - reply if left < FILLING else FILLING // 2)
        self.assertEqual(held, wanted)


class Turns(HeldCase):
    def test_so_many_lines_are_read_and_then_others_have_their_turn(self) -> None:
        """No time passes while lines are read."""
        self.held()
        one, other = self.pair()
        lines = LIMITS["turn_lines"]
        self.assertEqual(self.turns(one, other, 3 * lines, 0), [lines, 1, 2 * lines])

    def test_a_line_more_is_read_until_the_time_of_a_turn_is_over(self) -> None:
        """Time passes only when the daemon looks at the clock, each time an n-th of a turn.

        The n-th look ends the turn, and where it is a nanosecond short, one more line is read.
        Which n are looks behind a line is the daemon's own business, but some small ones are.
        """
        self.held()
        one, other = self.pair()
        found = []
        for count in range(1, 9):
            step = -(-LIMITS["turn"] * 1_000_000 // count)
            exact = self.turns(one, other, LIMITS["turn_lines"], step)[0]
            short = self.turns(one, other, LIMITS["turn_lines"], step - count)[0]
            found.append(short - exact)
        self.assertEqual(set(found), {0, 1}, found)

    def turns(self, one: LineSocket, other: LineSocket, lines: int, step: int) -> list[int]:
        """How many pings of one were read, then of the other, and so on.

        Both have written before the daemon looks; the other one has written a single ping.
        """
        before = len(self.logged())
        stand_still(self.daemon)
        self.clock.step(step)
        one.send_bytes(b"".join(ping(n) for n in range(1, lines + 1)))
        other.send_bytes(ping(1))
        go_on(self.daemon)
        for _ in range(lines):
            one.read()
        other.read()
        self.clock.step(0)
        self.eventually(lambda: len(self.logged()) == before + lines + 1, "all are in the log")
        return [len(list(run)) for _, run in itertools.groupby(self.logged()[before:])]

    def pair(self) -> list[LineSocket]:
        """Two connections of one loop: of three, the first and the last."""
        lines = [self.line(self.daemon) for _ in range(3)]
        self.eventually(lambda: len(self.numbers()) == 4, "they are counted")
        _, first, _, last = self.numbers()
        self.names = {first: "one", last: "other"}
        return [lines[0], lines[2]]

    def numbers(self) -> list[int]:
        return [row["id"] for row in self.client.call("server.connections")["connections"]]

    def logged(self) -> list[str]:
        """Whose pings were answered, in their order."""
        # The last line may not be whole yet.
        texts = self.daemon.log(LONGEST_LOG).split("\n")[:-1]
        entries = [json.loads(text) for text in texts if text.startswith("{")]
        pings = [e for e in entries if e.get("method") == "protocol.ping"]
        return [self.names[e["conn"]] for e in pings if e["conn"] in self.names]


class Buffers(HeldCase):
    slow = True

    def test_all_connections_together_hold_so_much_and_not_a_byte_more(self) -> None:
        daemon = self.held({"limits": {"connections": 1_000}})
        self.client.close()
        whole, last = divmod(LIMITS["buffers"], LIMITS["line_in"])
        self.assertEqual(last, 0)
        lines = [self.line(daemon) for _ in range(whole + 1)]
        *full, short = lines
        time.sleep(HOUSEKEEPING_S)
        self.give(full, LIMITS["line_in"])
        time.sleep(HOUSEKEEPING_S)
        self.assertEqual(self.gone(lines), 0)
        self.give([short], 1)
        self.eventually(lambda: self.gone(lines) == 1, "one is closed")
        time.sleep(HOUSEKEEPING_S)
        self.assertEqual(self.gone(lines), 1)
        self.assertEqual(self.gone([short]), 0)

    def give(self, lines: list[LineSocket], size: int) -> None:
        """The beginning of a line to each, read by the daemon."""
        for line in lines:
            line.send_bytes(b"x" * size)
        for line in lines:
            self.eventually(
                lambda line=line: not in_kernel(line, termios.TIOCOUTQ),  # type: ignore[misc]
                "it is read",
            )

    def gone(self, lines: list[LineSocket]) -> int:
        """How many have been told goodbye; nobody else says anything to them."""
        return sum(in_kernel(line, termios.FIONREAD) > 0 for line in lines)


class Untaken(FaultCase):
    """Replies that nobody takes, asked for by people who may do no more than look."""

    slow = True

    def test_long_replies_to_many_who_never_read_do_not_fill_the_memory(self) -> None:
        daemon = self.daemon_with({})
        self.long_log()
        before = self.resident(daemon)
        lines = [self.line(daemon, daemon.socket_of("viewer")) for _ in range(60)]
        for line in lines:
            self.ask(line)
        most, until = 0, time.monotonic() + 12
        while time.monotonic() < until:
            most = max(most, self.resident(daemon))
            time.sleep(0.1)
        self.assertLess(most - before, 3 * LIMITS["buffers"])
        self.assert_serves(daemon)

    def test_one_who_reads_late_gets_every_reply(self) -> None:
        daemon = self.daemon_with({})
        self.long_log()
        line = self.line(daemon, daemon.socket_of("viewer"))
        self.ask(line)
        time.sleep(3)
        rows = self.client.call("server.connections")["connections"]
        held = max(row["output_bytes"] for row in rows)
        self.assertLess(held, 4 * LIMITS["line_out"])
        replies = [line.read(60) for _ in range(LIMITS["in_flight"])]
        self.assertEqual(
            sorted(reply["id"] for reply in replies), list(range(1, LIMITS["in_flight"] + 1))
        )
        self.assertEqual({len(reply["result"]["events"]) for reply in replies}, {200})

    def test_waits_are_bounded_like_reads(self) -> None:
        daemon = self.daemon_with({})
        self.long_log()
        line = self.line(daemon, daemon.socket_of("viewer"))
        self.ask(line, "events.wait", wait_ms=0)
        time.sleep(3)
        rows = self.client.call("server.connections")["connections"]
        self.assertLess(max(row["output_bytes"] for row in rows), 4 * LIMITS["line_out"])
        for _ in range(LIMITS["in_flight"]):
            self.assertEqual(len(line.read(60)["result"]["events"]), 200)

    def long_log(self) -> None:
        """Three hundred events of two thousand bytes."""
        self.client = Client(self.daemon.socket)
        self.addCleanup(self.client.close)
        line = {"name": "n" * 250, "quantity": 1, "unit_price": CNY}
        whole = {"currency": "CNY", "minor": 5 * CNY["minor"]}
        params = {"amount": whole, "subject": "s", "lines": [line] * 5}
        call = {"method": "order.create", "params": params}
        for _ in range(6):
            self.client.keyed("batch.run", calls=[call] * LIMITS["batch_calls"])

    def ask(self, line: LineSocket, method: str = "events.read", **more: Any) -> None:
        params = {"after": "oldest", "types": ["order.created"], "limit": 200} | more
        for number in range(1, LIMITS["in_flight"] + 1):
            line.send({"id": number, "method": method, "params": params})

    def resident(self, daemon: Daemon) -> int:
        assert daemon.process is not None
        status = Path(f"/proc/{daemon.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) * 1_024


class Chunks(HeldCase):
    def test_so_many_bytes_of_events_are_read_for_a_stream_at_a_time(self) -> None:
        """What a stream has been sent when it stops ends where a page of events ends."""
        self.held()
        start = self.written()
        line = self.line(self.daemon)
        line.send({"id": 0, "method": "session.hello", "params": {"client": "reader"}})
        self.assertEqual(line.read()["id"], 0)
        line.send({"id": 1, "method": "events.subscribe", "params": {"after": start}})
        sent = 0

        def is_still() -> bool:
            nonlocal sent
            before, sent = sent, self.sent(line)
            time.sleep(HOUSEKEEPING_S)
            return sent > 0 and sent == before

        self.eventually(is_still, "the stream has stopped", 60)
        ends, page, total = set(), 0, 0
        while total < sent:
            raw = line.read_line()
            total += len(raw) + 1
            page += len(event_of(raw))
            if page >= LIMITS["event_chunk"]:
                ends.add(total)
                page = 0
        self.assertGreater(len(ends), 2)
        self.assertEqual((total, max(ends)), (sent, sent))

    def written(self) -> str:
        """Pages of events after a cursor: one just full, one a byte short and so an event longer.

        As many as no kernel takes; the numbers of all these events have four digits.
        """
        call = {"method": "order.create", "params": {"amount": CNY, "subject": "x"}}
        for _ in range(1_000 // LIMITS["batch_calls"]):
            self.client.keyed("batch.run", calls=[call] * LIMITS["batch_calls"])
        self.numbers = iter(range(10_000))
        start = self.create(1)
        self.create(1)
        with Client(self.daemon.socket) as other:
            other.start("events.subscribe", after=start, limit=1)
            empty = len(event_of(other.line.read_line())) - 1
        for page in range(16):
            room = CHUNK - page % 2
            for size in shares(room, room // (empty + 128)):
                self.create(size - empty)
            if page % 2:
                self.create(1)
        return start

    def create(self, size: int) -> str:
        """One event with a subject of so many bytes; the cursor behind it."""
        number = f"E{next(self.numbers):04}"
        params = {"order_no": number, "amount": CNY, "subject": "s" * size}
        return str(self.client.keyed("order.create", **params)["cursor"])

    def sent(self, line: LineSocket) -> int:
        """What lies in the kernel, and what still lies in the daemon."""
        rows = self.client.call("server.connections")["connections"]
        kept = next(row for row in rows if row.get("client") == "reader")["output_bytes"]
        return int(kept) + in_kernel(line, termios.FIONREAD)


def event_of(item: bytes) -> bytes:
    """The event in a line of a stream, as it is stored."""
    return item[item.index(b',"event":') + 9 : item.rindex(b',"cursor":')]


def shares(whole: int, count: int) -> list[int]:
    """So many numbers that add up to the whole and are nearly the same."""
    return [whole * (n + 1) // count - whole * n // count for n in range(count)]
