"""A disk that is full, a database that is not ours, somebody else who holds it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

from tilltest.client import Client, RpcError, fresh_key
from tilltest.daemon import Daemon
from tilltest.disk import Shim
from tilltest.faultcase import CNY, FaultCase
from tilltest.preload import library


def database(daemon: Daemon) -> Path:
    found = [p for p in daemon.state.glob("*.db") if p.name != "sandbox.db"]
    assert len(found) == 1, found
    return found[0]


class FullDisk(FaultCase):
    slow = True

    def test_reads_go_on_and_writes_come_back(self) -> None:
        if os.getuid() != 0:
            self.skipTest("needs root to mount a small disk")
        daemon = self.unstarted()
        daemon.state.mkdir(mode=0o700)
        words = ["mount", "-t", "tmpfs", "-o", "size=6m,mode=0700", "till-test", str(daemon.state)]
        if subprocess.run(words, capture_output=True).returncode != 0:
            self.skipTest("this machine mounts nothing")
        self.addCleanup(subprocess.run, ["umount", "-l", str(daemon.state)])
        daemon.start()
        client = Client(daemon.socket)
        self.addCleanup(client.close)
        self.order(client, "FULL-1")
        ballast = daemon.state / "ballast"
        with ballast.open("wb") as file:
            try:
                while True:
                    file.write(b"b" * 65_536)
            except OSError:
                pass
        key = fresh_key("full")
        made = 0
        while True:
            params = {"amount": CNY, "subject": "s" * 250, "idempotency_key": f"{key}-{made}"}
            try:
                client.call("order.create", order_no=f"FULL-X{made}", **params)
                made += 1
            except Exception as error:
                refused = error
                break
        self.assertEqual(getattr(refused, "code", ""), "readonly_disk_full", refused)
        self.assertEqual(refused.data["outcome"], "none")  # type: ignore[attr-defined]
        self.assertEqual(client.call("server.health")["state"], "readonly")
        self.assertEqual(client.call("order.get", order="FULL-1")["order"]["order_no"], "FULL-1")
        self.assertTrue(client.call("events.read", after="oldest")["events"])
        gone = client.refused("order.get", order=f"FULL-X{made}")
        self.assertEqual(gone.code, "order_not_found")
        ballast.unlink()
        self.eventually(
            lambda: client.call("server.health")["state"] == "ready", "it writes again", 40
        )
        again = client.call("order.create", order_no=f"FULL-X{made}", **params)
        self.assertNotIn("replayed", again)
        self.assertTrue(client.call("audit.verify")["ok"])


class HeldDisk(FaultCase):
    def test_a_write_that_the_disk_holds_is_running_and_not_absent(self) -> None:
        if library("diskshim") is None:
            self.skipTest("needs a C compiler for the shim")
        daemon = self.unstarted()
        shim = Shim(daemon, "s:1:hold+")
        daemon.start()
        # So many that no thread of a socket writes for a lone one.
        clients = [Client(daemon.socket) for _ in range(4)]
        for client in clients:
            self.addCleanup(client.close)
        keys = [fresh_key("held"), fresh_key("behind")]
        with shim.held():
            for client, key in zip(clients, keys):
                gone = client.refused(
                    "order.create", amount=CNY, subject="x", idempotency_key=key, timeout_ms=500
                )
                self.assertEqual(gone.code, "deadline_exceeded")
                self.assertEqual(gone.data["outcome"], "unknown")
            for client in clients[1:]:
                for key in keys:
                    found = client.call("key.lookup", key=key)
                    self.assertEqual(found["state"], "running")
                    self.assertEqual(found["method"], "order.create")
            self.assertEqual(clients[2].call("key.lookup", key=fresh_key())["state"], "absent")
        for key in keys:
            self.eventually(
                lambda key=key: clients[2].call("key.lookup", key=key)["state"] == "done",
                "the disk came back",
            )
        self.assertEqual(len(clients[2].call("order.list")["orders"]), 2)


class Foreign(FaultCase):
    def test_somebody_else_holds_the_database_for_a_moment(self) -> None:
        daemon = self.daemon_with({})
        with Client(daemon.socket) as client:
            self.order(client, "B1")
            other = sqlite3.connect(database(daemon), isolation_level=None, check_same_thread=False)
            other.execute("BEGIN IMMEDIATE")
            timer = threading.Timer(1.0, lambda: other.execute("ROLLBACK"))
            timer.start()
            number = client.start(
                "order.create", order_no="B2", amount=CNY, subject="x", idempotency_key=fresh_key()
            )
            with Client(daemon.socket) as reader:
                self.assertEqual(len(reader.call("order.list")["orders"]), 1)
            self.assertEqual(client.finish(number)["order"]["order_no"], "B2")
            timer.join()
            other.close()

    def test_a_write_that_cannot_begin_keeps_its_deadline_and_nobody_else(self) -> None:
        daemon = self.daemon_with({})
        key = fresh_key()
        with Client(daemon.socket) as client:
            other = sqlite3.connect(database(daemon), isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            begun = time.monotonic()
            number = client.start(
                "order.create",
                order_no="B3",
                amount=CNY,
                subject="x",
                idempotency_key=key,
                timeout_ms=700,
            )
            for _ in range(6):
                with Client(daemon.socket) as reader:
                    self.assertEqual(reader.call("order.list")["orders"], [])
            self.assertLess(time.monotonic() - begun, 0.7, "readers have waited")
            with self.assertRaises(RpcError) as refused:
                client.finish(number)
            waited = time.monotonic() - begun
            self.assertEqual(refused.exception.code, "deadline_exceeded")
            self.assertLess(waited, 2, "the write's own deadline has waited")
            other.execute("ROLLBACK")
            other.close()
            self.eventually(
                lambda: client.call("key.lookup", key=key)["state"] == "done", "it was made", 10
            )

    def stopped(self) -> Daemon:
        daemon = self.daemon_with({})
        with Client(daemon.socket) as client:
            self.order(client, "V1")
        self.assertEqual(daemon.stop(), 0)
        return daemon

    def refuses(self, daemon: Daemon, *words: str) -> None:
        daemon.start(wait=False)
        assert daemon.process is not None
        self.assertEqual(daemon.process.wait(20), 1, daemon.log())
        daemon.process = None
        for word in words:
            self.assertIn(word, daemon.log())

    def test_a_database_of_a_newer_version(self) -> None:
        daemon = self.stopped()
        other = sqlite3.connect(database(daemon))
        (ours,) = other.execute("PRAGMA user_version").fetchone()
        other.execute("PRAGMA user_version = 9999")
        other.commit()
        other.close()
        self.refuses(daemon, "9999", str(ours))

    def test_a_file_that_is_no_database(self) -> None:
        daemon = self.stopped()
        database(daemon).write_bytes(b"not a database, not at all" * 400)
        for extra in daemon.state.glob("*-wal"):
            extra.unlink()
        self.refuses(daemon, str(database(daemon)))

    def test_an_event_that_was_changed_breaks_the_chain(self) -> None:
        daemon = self.stopped()
        other = sqlite3.connect(database(daemon))
        # The schema forbids it; somebody with the file in hands does not ask the schema.
        guards = other.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall()
        for (name,) in guards:
            other.execute(f'DROP TRIGGER "{name}"')
        changes = other.total_changes
        rows = other.execute("SELECT seq, line FROM events").fetchall()
        for seq, line in rows:
            text = line if isinstance(line, str) else bytes(line).decode()
            changed = text.replace('"V1"', '"V2"')
            if changed != text:
                value = changed if isinstance(line, str) else changed.encode()
                other.execute("UPDATE events SET line = ? WHERE seq = ?", (value, seq))
        self.assertEqual(other.total_changes - changes, 1)
        other.commit()
        other.close()
        daemon.start(wait=False)
        assert daemon.process is not None
        self.eventually(
            lambda: daemon.process is not None
            and (daemon.process.poll() is not None or Path(daemon.socket).exists()),
            "it has decided",
        )
        if daemon.process.poll() is None:
            daemon.wait_ready()
            with Client(daemon.socket) as client:
                found = client.call("audit.verify")
                self.assertEqual((found["ok"], "first_bad" in found), (False, True))
        else:
            daemon.process = None
