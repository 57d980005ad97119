"""Peers that misbehave: they do not read, they stop, they vanish, they are many."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from tilltest.client import Client, Closed, LineSocket, RpcError
from tilltest.daemon import Daemon
from tilltest.faultcase import CNY, FaultCase, code, cpu_seconds, descriptors, resident_kib

STRANGER = 65_534
MOST_TAKEN = 16 * 1024 * 1024
MOST_ORDERS = 20_000
MORE_THAN_A_REPLY = 16 * 1024
PING = b'{"id":1,"method":"protocol.ping"}\n'
AS_STRANGER = """
import os, socket, sys
link = socket.socket(socket.AF_UNIX)
if sys.argv[2] == "before": os.setuid(65534)
link.connect(sys.argv[1])
if sys.argv[2] == "after": os.setuid(65534)
link.settimeout(10)
stream = link.makefile("rwb")
stream.write(b'{"id":1,"method":"server.connections"}\\n')
try: stream.flush()
except OSError: pass
for line in stream:
    sys.stdout.buffer.write(line)
    sys.stdout.flush()
    if b'"id":1' in line or b"bye" in line: break
"""
STOPPED_CHILD = """
import socket, sys
link = socket.socket(socket.AF_UNIX)
link.connect(sys.argv[1])
link.sendall(b'{"id":1,"method":"events.subscribe","params":{"after":"now","types":["order.*"]}}\\n')
stream = link.makefile("rb")
seen = 0
for line in stream:
    if b"events.mark" in line and not seen: print("ready", flush=True)
    seen += line.count(b'"order.created"')
    if seen >= int(sys.argv[2]): break
print(seen, flush=True)
"""


def lets_in(daemon: Daemon) -> bool:
    """Whether somebody new is served, not sent away."""
    try:
        with Client(daemon.socket) as client:
            return bool(client.call("protocol.ping") == {})
    except (Closed, OSError):
        return False


def as_root(test: FaultCase) -> None:
    if os.getuid() != 0:
        test.skipTest("needs root to be somebody else")


class Vanishing(FaultCase):
    def test_answers_nobody_reads(self) -> None:
        """EPIPE and ECONNRESET are nobody's business; what was written stays written."""
        daemon = self.daemon_with()
        for index in range(20):
            line = LineSocket(daemon.socket)
            for _ in range(40):
                line.send({"id": f"d{_}", "method": "protocol.describe"})
            params = {"idempotency_key": f"order-gone-{index}", "order_no": f"G{index}"}
            params |= {"amount": CNY, "subject": "x"}  # type: ignore[dict-item]
            line.send({"id": "o", "method": "order.create", "params": params})
            if index % 2:
                line.half_close()
            line.close()
        self.assert_serves(daemon)
        with Client(daemon.socket) as client:
            self.order(client, "after")
            self.assertEqual(client.call("audit.verify")["ok"], True)
            self.eventually(
                lambda: len(client.call("server.connections")["connections"]) == 1, "all are gone"
            )

    def test_descriptors_handed_over_are_not_kept(self) -> None:
        daemon = self.daemon_with()
        line = self.line(daemon)
        before = descriptors(daemon)
        with open("/dev/null", "rb") as null:
            for _ in range(20):
                socket.send_fds(line.link, [PING], [null.fileno()] * 5)
                self.assertEqual(line.read()["id"], 1)
        self.assertEqual(descriptors(daemon), before)


def sent_until_refused(link: socket.socket, line: bytes) -> int:
    """Bytes of whole lines that the other side took until it took none for a second."""
    link.settimeout(1.0)
    taken = 0
    with contextlib.suppress(TimeoutError):
        while taken < MOST_TAKEN:
            sent = 0
            while sent < len(line):
                count = link.send(line[sent:])
                sent, taken = sent + count, taken + count
    return taken


class NotReading(FaultCase):
    slow = True

    def test_who_does_not_read_is_no_longer_read_and_then_closed(self) -> None:
        """Requests without reading replies, and a stream without a reader, in one minute."""
        daemon = self.daemon_with()
        deaf = self.line(daemon)
        echo = b'{"id":1,"method":"protocol.ping","params":{"echo":"' + b"e" * 60_000 + b'"}}\n'
        self.assertLess(sent_until_refused(deaf.link, echo), MOST_TAKEN)
        listener = self.line(daemon)
        listener.send({"id": 1, "method": "events.subscribe", "params": {"after": "oldest"}})
        with Client(daemon.socket) as writer:

            def stuck() -> int:
                held = writer.call("server.connections")["connections"]
                return sum(one["output_bytes"] > MORE_THAN_A_REPLY for one in held)

            # How many events the kernel takes for a listener depends on the machine.
            for index in range(MOST_ORDERS):
                if index % 100 == 0 and stuck() == 2:
                    break
                self.order(writer, f"S{index}", subject="s" * 250)
            self.assertEqual(stuck(), 2)
            self.assertLess(resident_kib(daemon), 400 * 1024)
            self.eventually(
                lambda: len(writer.call("server.connections")["connections"]) == 1,
                "both were closed",
                80,
            )
            self.assertEqual(len(writer.call("order.list", limit=200)["orders"]), 200)

    def test_a_slow_reader_loses_nothing(self) -> None:
        daemon = self.daemon_with()
        listener = self.line(daemon)
        types = {"after": "oldest", "types": ["order.created"], "limit": 2_000}
        listener.send({"id": 1, "method": "events.subscribe", "params": types})
        with Client(daemon.socket) as writer:
            for index in range(2_000):
                self.order(writer, f"L{index}", subject="s" * 200)
        seen: list[str] = []
        while True:
            message = listener.read()
            if "result" in message:
                break
            if message["method"] == "events.item":
                seen.append(message["params"]["event"]["data"]["order_no"])
        self.assertEqual(seen, [f"L{n}" for n in range(2_000)])

    def test_a_stopped_client_gets_everything_when_it_goes_on(self) -> None:
        daemon = self.daemon_with()
        count = 1_500
        child = subprocess.Popen(
            [sys.executable, "-c", STOPPED_CHILD, daemon.socket, str(count)],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(child.kill)
        assert child.stdout is not None
        self.assertEqual(child.stdout.readline(), "ready\n")
        child.send_signal(signal.SIGSTOP)
        with Client(daemon.socket) as writer:
            for index in range(count):
                self.order(writer, f"T{index}", subject="s" * 250)

            def stuck() -> list[dict[str, Any]]:
                found = writer.call("server.connections")["connections"]
                return [c for c in found if c["pid"] == child.pid]

            self.assertEqual([c["subscriptions"] for c in stuck()], [1])
            self.eventually(lambda: stuck()[0]["output_bytes"] > 0, "its output waits")
        child.send_signal(signal.SIGCONT)
        self.assertEqual(child.stdout.readline(), f"{count}\n")


class Many(FaultCase):
    def test_over_the_limit_is_told_and_closed_and_admin_gets_in(self) -> None:
        daemon = self.daemon_with({"limits": {"connections": 16}})
        path = daemon.socket_of("viewer")
        # What admin has left of 16 is kept free for it.
        links = [LineSocket(path) for _ in range(40)]
        for link in links:
            self.addCleanup(link.close)
        first = [link.read() for link in links]
        served = [link for link, line in zip(links, first, strict=True) if code(line) == ""]
        refused = [line for line in first if code(line) == "too_many_connections"]
        self.assertEqual(len(served) + len(refused), 40)
        self.assertEqual(len(served), 8)
        for link, line in zip(links, first, strict=True):
            if code(line):
                self.assertEqual(self.assert_ended(link), [])
        with Client(daemon.socket_of("admin")) as admin:
            self.assertEqual(len(admin.call("server.connections")["connections"]), 9)
        served[0].send_bytes(PING)
        self.assertEqual(served[0].read()["id"], 1)

    def test_a_storm_of_connects(self) -> None:
        """Six thousand connects, more than may wait; a full backlog answers EAGAIN.

        Who comes meanwhile may be told that there are too many and is let in a little later; who
        was there is served all the time.
        """
        daemon = self.daemon_with()
        faults: list[str] = []

        def storm() -> None:
            for _ in range(10):
                links = []
                for _ in range(200):
                    link = socket.socket(socket.AF_UNIX)
                    link.setblocking(False)
                    try:
                        link.connect(daemon.socket)
                    except BlockingIOError:
                        pass
                    except OSError as fault:
                        faults.append(str(fault))
                    links.append(link)
                for link in links:
                    link.close()

        with Client(daemon.socket) as client:
            threads = [threading.Thread(target=storm, daemon=True) for _ in range(3)]
            for thread in threads:
                thread.start()
            for index in range(20):
                self.order(client, f"STORM-{index}")
            for thread in threads:
                thread.join()
            self.eventually(
                lambda: len(client.call("server.connections")["connections"]) == 1, "all are gone"
            )
        self.assertEqual(faults, [])
        self.eventually(lambda: lets_in(daemon), "a new connection is served")

    def test_ten_times_the_waits_of_a_connection(self) -> None:
        daemon = self.daemon_with()
        with Client(daemon.socket) as client:
            order = self.order(client, "W1")
            payment = client.keyed("payment.create", order="W1", gateway="sandbox")["payment"]
            waiters = [Client(daemon.socket) for _ in range(20)]
            ids = [
                (w, w.start("order.wait", order=order["id"], until=["paid"], wait_ms=60_000))
                for w in waiters
                for _ in range(32)
            ]
            for waiter in waiters:
                self.addCleanup(waiter.close)
                self.assertEqual(
                    waiter.refused("order.wait", order="W1", until=["paid"]).code,
                    "too_many_in_flight",
                )
            client.call("sandbox.pay", payment=payment["id"])
            reached = [w.finish(number)["reached"] for w, number in ids]
        self.assertEqual(reached, ["paid"] * 640)

    def test_gateways_that_hang_hold_up_nobody_else(self) -> None:
        daemon = self.daemon_with()
        with Client(daemon.socket) as client:
            client.call("sandbox.behave", fault="hang")
            for index in range(100):
                self.order(client, f"H{index}")
            stuck: list[tuple[Client, int]] = []
            for part in range(4):
                other = Client(daemon.socket)
                self.addCleanup(other.close)
                for index in range(25):
                    params: dict[str, Any] = {"order": f"H{part * 25 + index}"}
                    params |= {"gateway": "sandbox", "idempotency_key": f"hang-{part}-{index}"}
                    number = other.start("payment.create", timeout_ms=4_000, **params)
                    stuck.append((other, number))
            for index in range(50):
                self.order(client, f"free-{index}")
                client.call("order.list")
            states = {self.state(o, n) for o, n in stuck}
        self.assertEqual(states - {"unknown"}, set())

    def state(self, client: Client, number: int) -> str:
        """A payment whose gateway has not answered: by its state, or by the outcome of the error."""
        try:
            return str(client.finish(number)["payment"]["state"])
        except RpcError as error:
            self.assertEqual(error.code, "deadline_exceeded")
            return str(error.data["outcome"])


def storm(daemon: Daemon, count: int) -> list[socket.socket]:
    """Connections of a daemon that is just starting."""
    links: list[socket.socket] = []
    limit = time.monotonic() + 20
    while len(links) < count and time.monotonic() < limit:
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(5)
        try:
            link.connect(daemon.socket)
            links.append(link)
        except OSError:
            link.close()
            time.sleep(0.0003)
    return links


class Descriptors(FaultCase):
    def limit(self, daemon: Daemon, count: int) -> None:
        assert daemon.process is not None
        command = ["prlimit", f"--pid={daemon.process.pid}", f"--nofile={count}:"]
        subprocess.run(command, check=True)

    def test_no_descriptor_left_for_a_connection(self) -> None:
        daemon = self.daemon_with()
        with Client(daemon.socket) as client:
            self.limit(daemon, descriptors(daemon) + 6)
            links = []
            for _ in range(40):
                link = socket.socket(socket.AF_UNIX)
                link.settimeout(5)
                link.connect(daemon.socket)
                links.append(link)
            time.sleep(0.5)
            before = cpu_seconds(daemon)
            time.sleep(2)
            self.assertLess(cpu_seconds(daemon) - before, 1.0)
            self.order(client, "EMFILE-1")
            for link in links:
                link.close()
            self.limit(daemon, 4_096)
        self.eventually(lambda: lets_in(daemon), "it takes connections again")
        self.assertIn("no connection can be taken", daemon.log(100_000))

    def test_a_storm_at_the_start_takes_none_that_the_daemon_needs(self) -> None:
        for _ in range(6):
            daemon = self.unstarted()
            daemon.wrap(["prlimit", "--nofile=128:128", "--"])
            daemon.start(wait=False)
            links = storm(daemon, 120)
            for link in links:
                said = link.recv(4_096)
                self.assertTrue(b"greeting" in said or b"too_many_connections" in said, said)
            links[0].sendall(PING)
            self.assertIn(b"result", links[0].recv(4_096))
            for link in links:
                link.close()
            self.assertEqual(daemon.stop(), 0)

    def test_some_are_kept_for_files_and_gateways(self) -> None:
        daemon = self.unstarted()
        command = daemon.arguments()
        daemon.wrap(["prlimit", "--nofile=128:128", "--"])
        daemon.start()
        links = [LineSocket(daemon.socket) for _ in range(80)]
        for link in links:
            self.addCleanup(link.close)
        codes = [code(link.read()) for link in links]
        self.assertIn("too_many_connections", codes, command)
        links[0].send_bytes(b'{"id":1,"method":"audit.verify"}\n')
        self.assertIn("result", links[0].read())


class Strangers(FaultCase):
    def ask(self, daemon: Daemon, when: str) -> str:
        daemon.folder.chmod(0o711)
        ran = subprocess.run(
            [sys.executable, "-c", AS_STRANGER, daemon.socket, when],
            capture_output=True,
            text=True,
            timeout=30,
        )
        return ran.stdout + ran.stderr

    def test_a_user_nobody_named_is_not_let_in(self) -> None:
        as_root(self)
        daemon = self.unstarted(socket_mode="0666")
        daemon.start()
        said = self.ask(daemon, "before")
        self.assertIn('"code":"denied"', said)
        self.assertIn(str(STRANGER), said)
        self.assertNotIn("greeting", said)

    def test_who_one_is_is_settled_at_connect(self) -> None:
        as_root(self)
        daemon = self.daemon_with()
        self.assertIn('"connections":[', self.ask(daemon, "after"))
