"""Signals, the environment, a log nobody reads, kills."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from typing import Any

from tilltest.atonce import at_once, refusals
from tilltest.client import Client, Closed, fresh_key
from tilltest.faultcase import CNY, FaultCase
from tilltest.limitcase import LIMITS


class Signals(FaultCase):
    def test_a_second_term_ends_at_once(self) -> None:
        daemon = self.daemon_with({})
        with Client(daemon.socket) as client:
            client.call("sandbox.behave", fault="hang")
            self.order(client, "T1")
            number = client.start(
                "payment.create", order="T1", gateway="sandbox", idempotency_key=fresh_key()
            )
            self.eventually(lambda: self.open_payments(daemon.socket) == 1, "the call runs")
            process = daemon.process
            assert process is not None
            process.send_signal(signal.SIGTERM)
            self.assertEqual(client.notification("session.bye")["code"], "draining")
            self.assertIsNone(process.poll())
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(5), 1)
            with self.assertRaises((Closed, ConnectionError)):
                client.finish(number, timeout_s=5)
        daemon.process = None
        daemon.start()
        with Client(daemon.socket) as client:
            self.assertEqual(client.call("order.get", order="T1")["order"]["order_no"], "T1")

    def open_payments(self, path: str) -> int:
        with Client(path) as client:
            return int(client.call("server.status")["payments_open"])

    def test_a_term_while_it_starts(self) -> None:
        for wait in (0, 0.005, 0.02, 0.05, 0.1):
            daemon = self.unstarted()
            daemon.start(wait=False)
            time.sleep(wait)
            assert daemon.process is not None
            daemon.process.send_signal(signal.SIGTERM)
            self.assertIn(daemon.process.wait(15), (0, -signal.SIGTERM), daemon.log())
            daemon.process = None
            daemon.start()
            self.assert_serves(daemon)

    def test_a_polite_stop_answers_what_runs(self) -> None:
        daemon = self.daemon_with({})
        client = Client(daemon.socket)
        self.addCleanup(client.close)
        client.call("sandbox.behave", fault="slow", calls=1)
        self.order(client, "P1")
        number = client.start(
            "payment.create", order="P1", gateway="sandbox", idempotency_key=fresh_key()
        )
        self.eventually(lambda: self.open_payments(daemon.socket) == 1, "the call runs")
        assert daemon.process is not None
        daemon.process.send_signal(signal.SIGTERM)
        self.assertEqual(client.finish(number)["payment"]["state"], "awaiting_buyer")
        self.assertEqual(daemon.process.wait(15), 0)
        daemon.process = None


class Environment(FaultCase):
    def test_neither_language_nor_zone_shows_on_the_wire(self) -> None:
        """In Turkish the small letter of I is another one; a zone may not shift times."""
        answers = []
        for names in ({}, {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"}):
            daemon = self.unstarted()
            daemon.environment = names
            daemon.start()
            with Client(daemon.socket) as client:
                made = self.order(client, "TITLE-1", subject="ISTANBUL ılık İ")
                error = client.refused("PROTOCOL.PING")
                now = client.call("server.health")["now_at"]
                self.assertLess(abs(now - time.time_ns() // 1_000_000), 60_000)
                answers.append(
                    [
                        made["subject"],
                        error.data["details"],
                        made["amount"],
                        client.refused("order.create", amount={"currency": "INI", "minor": 1})
                        .data["details"]["problems"][1]["code"],
                    ]
                )
        self.assertEqual(answers[0], answers[1])

    def test_no_environment_at_all(self) -> None:
        daemon = self.unstarted()
        daemon.wrap(["env", "-i"])
        daemon.start()
        self.assert_serves(daemon)

    def test_closed_standard_streams(self) -> None:
        daemon = self.unstarted()
        daemon.wrap(["bash", "-c", 'exec "$0" "$@" <&- >&- 2>&-'])
        daemon.start()
        with Client(daemon.socket) as client:
            for index in range(20):
                self.order(client, f"C{index}")


class Log(FaultCase):
    def test_a_log_nobody_reads_holds_up_nobody(self) -> None:
        daemon = self.unstarted()
        read, write = os.pipe()
        self.addCleanup(os.close, read)
        daemon.wrap(["bash", "-c", f'exec "$0" "$@" 2>&{write}'])
        daemon.pass_descriptors = (write,)
        daemon.start()
        os.close(write)
        with Client(daemon.socket) as client:
            for index in range(1_500):
                client.call("order.list", trace=f"fill-{index}-" + "t" * 80)
            self.order(client, "LOG-1")
        self.assert_serves(daemon)


class Kills(FaultCase):
    def test_acknowledged_orders_survive_kill_9(self) -> None:
        daemon = self.daemon_with()
        known: list[str] = []
        for round_number in range(3):
            stop = threading.Event()

            def work(index: int, round_number: int = round_number) -> None:
                try:
                    with Client(daemon.socket) as client:
                        count = 0
                        while not stop.is_set():
                            count += 1
                            number = f"K{round_number}-{index}-{count}"
                            self.order(client, number)
                            known.append(number)
                except (Closed, OSError):
                    return

            threads = [threading.Thread(target=work, args=(i,), daemon=True) for i in range(4)]
            for thread in threads:
                thread.start()
            goal = len(known) + 150
            self.eventually(lambda goal=goal: len(known) > goal, "orders are made")  # type: ignore[misc]
            daemon.kill()
            stop.set()
            for thread in threads:
                thread.join(20)
            daemon.start()
            with Client(daemon.socket) as client:
                for number in known:
                    client.call("order.get", order=number)
                self.assertTrue(client.call("audit.verify")["ok"])

    def test_one_key_on_two_connections_is_one_order(self) -> None:
        daemon = self.daemon_with()
        for index in range(20):
            key = f"same-key-{index}"
            clients = [Client(daemon.socket) for _ in range(8)]

            def ask(client: Client, key: str = key) -> Any:
                return client.call("order.create", amount=CNY, subject="x", idempotency_key=key)

            told = at_once(clients, ask)
            for client in clients:
                client.close()
            self.assertEqual(refusals(told), [])
            self.assertEqual(len({made["order"]["id"] for made in told}), 1)
            self.assertEqual(sum(not made.get("replayed", False) for made in told), 1)

    def test_a_client_of_the_shell(self) -> None:
        """`printf … | nc -U` works: half-close, replies, end."""
        daemon = self.daemon_with()
        line = '{"id":1,"method":"protocol.ping"}\n'
        ran = subprocess.run(
            ["nc", "-N", "-U", daemon.socket], input=line, capture_output=True, text=True, timeout=20
        )
        self.assertEqual(len(ran.stdout.splitlines()), 2, ran)


class Stopping(FaultCase):
    slow = True

    def test_a_drain_does_not_wait_for_ever(self) -> None:
        daemon = self.daemon_with({})
        client = Client(daemon.socket)
        self.addCleanup(client.close)
        client.call("sandbox.behave", fault="hang")
        self.order(client, "D1")
        client.start("payment.create", order="D1", gateway="sandbox", idempotency_key=fresh_key())
        time.sleep(0.3)
        assert daemon.process is not None
        began = time.monotonic()
        daemon.process.send_signal(signal.SIGTERM)
        bye = client.notification("session.bye")
        self.assertEqual((bye["code"], bye["retry_after_ms"]), ("draining", LIMITS["drain"]))
        self.assertEqual(daemon.process.wait(25), 0)
        self.assertGreaterEqual((time.monotonic() - began) * 1_000, LIMITS["drain"])
        daemon.process = None
