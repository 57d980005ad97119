"""Bytes that are no requests: cut, endless, empty, or meant for somebody else."""

from __future__ import annotations

import json
import random
import time

from tilltest.client import Client, LineSocket
from tilltest.faultcase import FaultCase, code, resident_kib

CREATE = {
    "id": 1,
    "method": "order.create",
    "params": {
        "idempotency_key": "order-cut-1",
        "order_no": "CUT-1",
        "amount": {"currency": "CNY", "minor": 100},
        "subject": "x",
    },
}
MIB = 1024 * 1024


class Cut(FaultCase):
    def test_no_prefix_of_a_request_is_executed(self) -> None:
        daemon = self.daemon_with()
        whole = json.dumps(CREATE).encode()
        for size in [*range(1, len(whole), 7), len(whole)]:
            line = self.line(daemon)
            line.send_bytes(whole[:size])
            line.half_close()
            lines = self.assert_ended(line)
            self.assertEqual([code(m) for m in lines], ["truncated_line"] * 2, size)
        with Client(daemon.socket) as client:
            self.assertEqual(client.call("order.list")["orders"], [])
            self.assertEqual(client.call("key.lookup", key="order-cut-1")["state"], "absent")

    def test_bytes_one_by_one_are_a_line(self) -> None:
        line = self.line(self.daemon_with())
        for byte in json.dumps(CREATE).encode() + b"\n":
            line.send_bytes(bytes([byte]))
        self.assertEqual(line.read()["result"]["order"]["order_no"], "CUT-1")


class Slowloris(FaultCase):
    slow = True

    def test_ten_seconds_count_from_the_first_byte(self) -> None:
        daemon = self.daemon_with()
        line = self.line(daemon)
        began = time.monotonic()
        line.link.setblocking(False)
        sent = 0
        while time.monotonic() - began < 14:
            try:
                line.send_bytes(b" ")
                sent += 1
            except (BrokenPipeError, ConnectionResetError):
                break
            time.sleep(0.5)
        self.assertGreater(sent, 15)
        self.assertLess(sent, 26)
        line.link.setblocking(True)
        self.assertEqual([code(m) for m in self.assert_ended(line)], ["line_timeout"] * 2)
        self.assert_serves(daemon)

    def test_a_carriage_return_ends_no_line(self) -> None:
        line = self.line(self.daemon_with())
        line.send_bytes(b'{"id":1,"method":"protocol.ping"}\r')
        self.assertEqual([code(m) for m in self.assert_ended(line)], ["line_timeout"] * 2)


class Long(FaultCase):
    def test_a_hundred_megabytes_without_an_end(self) -> None:
        daemon = self.daemon_with()
        line = self.line(daemon)
        before = resident_kib(daemon)
        sent = 0
        try:
            for _ in range(100):
                line.send_bytes(b"x" * MIB)
                sent += 1
        except (BrokenPipeError, ConnectionResetError):
            pass
        self.assertLess(sent, 100)
        self.assertLess(resident_kib(daemon) - before, 20 * 1024)
        self.assert_serves(daemon)

    def test_too_long_is_said_once_and_the_connection_stays(self) -> None:
        line = self.line(self.daemon_with())
        for _ in range(12):
            line.send_bytes(b"x" * MIB)
        line.send_bytes(b'\n{"id":1,"method":"protocol.ping"}\n')
        self.assertEqual(code(line.read()), "line_too_long")
        self.assertEqual(line.read()["id"], 1)

    def test_many_half_lines_share_a_limit(self) -> None:
        daemon = self.daemon_with()
        before = resident_kib(daemon)
        lines = [self.line(daemon) for _ in range(320)]
        ended = 0
        for line in lines:
            try:
                line.send_bytes(b"x" * (250 * 1024))
            except (BrokenPipeError, ConnectionResetError):
                ended += 1
        with Client(daemon.socket) as client:
            self.eventually(
                lambda: len(client.call("server.connections")["connections"]) < 300,
                "the largest were ended",
            )
        self.assertLess(resident_kib(daemon) - before, 200 * 1024)

    def test_a_hundred_thousand_names(self) -> None:
        line = self.line(self.daemon_with())
        for count, want in ((9_000, None), (20_000, "too_many_values"), (100_000, "line_too_long")):
            names = ",".join(f'"k{n:05}":0' for n in range(count))
            text = f'{{"id":1,"method":"protocol.ping","params":{{"echo":{{{names}}}}}}}\n'
            line.send_bytes(text.encode())
            reply = line.read()
            if want is None:
                self.assertEqual(len(reply["result"]["echo"]), count)
            else:
                self.assertEqual(code(reply), want)


class Noise(FaultCase):
    def test_a_million_empty_lines(self) -> None:
        daemon = self.daemon_with()
        line = self.line(daemon)
        other = Client(daemon.socket)
        self.addCleanup(other.close)
        for _ in range(10):
            line.send_bytes(b"\n" * 100_000)
            other.call("protocol.ping")
        line.send({"id": 1, "method": "protocol.ping"})
        self.assertEqual(line.read()["id"], 1)

    def test_random_bytes_kill_nobody(self) -> None:
        daemon = self.daemon_with()
        source = random.Random(75)
        for _ in range(60):
            line = self.line(daemon)
            try:
                line.send_bytes(source.randbytes(source.randrange(1, 60_000)))
                line.half_close()
            except (BrokenPipeError, ConnectionResetError):
                pass
            self.assert_ended(line)
        self.assert_serves(daemon)

    def test_mutated_requests_kill_nobody(self) -> None:
        daemon = self.daemon_with()
        source = random.Random(12)
        whole = json.dumps(CREATE).encode()
        for _ in range(400):
            line = LineSocket(daemon.socket)
            bad = bytearray(whole)
            for _ in range(source.randrange(1, 4)):
                bad[source.randrange(len(bad))] = source.randrange(256)
            line.send_bytes(bytes(bad) + b"\n")
            line.half_close()
            self.assert_ended(line)
            line.close()
        self.assert_serves(daemon)

    def test_a_tls_handshake_and_http(self) -> None:
        daemon = self.daemon_with()
        hello = bytes.fromhex("160301020001000001fc0303") + bytes(range(256)) * 2
        for data in (hello, b"GET / HTTP/1.1\r\n\r\n", b"POST /x HTTP/1.0\r\n\r\n{}"):
            line = self.line(daemon)
            line.send_bytes(data)
            line.half_close()
            self.assertTrue(self.assert_ended(line))
        self.assert_serves(daemon)


class Shown(FaultCase):
    def test_a_line_can_be_shown_in_a_terminal(self) -> None:
        line = self.line(self.daemon_with())
        wild = "\x1b[2J\x07\x9b31m\u202e\u2066\u2028\u2029\x7f<script>"
        line.send({"id": 1, "method": "protocol.ping", "params": {"echo": wild}})
        raw = line.read_line()
        self.assertEqual(json.loads(raw)["result"]["echo"], wild)
        text = raw.decode()
        self.assertFalse([c for c in text if c < " " or "\x7f" <= c <= "\x9f"])
        self.assertFalse([c for c in text if c in "\u2028\u2029\u202e\u2066"])

    def test_wild_text_is_stored_as_it_is(self) -> None:
        daemon = self.daemon_with()
        with Client(daemon.socket) as client:
            wild = "\x1b]0;x\x07'; DROP TABLE orders;-- \u202e<b>"
            made = self.order(client, "WILD-1", subject=wild)
            self.assertEqual(made["subject"], wild)
            self.assertEqual(client.call("order.get", order="WILD-1")["order"]["subject"], wild)
        self.assertFalse([c for c in daemon.log(100_000) if c < " " and c != "\n"])
