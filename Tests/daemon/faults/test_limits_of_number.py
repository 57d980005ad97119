"""Limits of number at their edge: what is full is full, and one less is not."""

from __future__ import annotations

import contextlib
import resource
import socket
import sqlite3
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tilltest.client import Client, LineSocket
from tilltest.daemon import Daemon
from tilltest.faultcase import CNY, FaultCase, code, descriptors
from tilltest.limitcase import LIMITS, go_on, stand_still

SOMAXCONN = Path("/proc/sys/net/core/somaxconn")


class Connections(FaultCase):
    def descriptors_for(self, count: int) -> None:
        """Here and in the daemon, which inherits the limit."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 2 * count
        if hard != resource.RLIM_INFINITY and hard < wanted:
            self.skipTest(f"needs {wanted} file descriptors; {hard} are allowed")
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

    def served(self, path: str, count: int) -> None:
        """So many more are greeted and stay."""
        for _ in range(count):
            self.line(self.daemon, path)

    def refused(self, path: str, *words: str) -> None:
        """One more is told why and closed."""
        line = LineSocket(path)
        self.addCleanup(line.close)
        said = self.assert_ended(line)
        self.assertEqual([code(m) for m in said], ["too_many_connections"])
        for word in words:
            self.assertIn(word, said[0]["params"]["message"])

    def filled(self, connections: int) -> None:
        """All but the reserve is for everybody, all is for admin, and one more is too many."""
        viewer, admin = self.daemon.socket_of("viewer"), self.daemon.socket_of("admin")
        self.served(viewer, connections - LIMITS["connections_reserved"])
        self.refused(viewer, str(connections - LIMITS["connections_reserved"] + 1))
        self.served(admin, LIMITS["connections_reserved"] - 1)
        self.refused(admin, str(connections))
        self.refused(viewer, str(connections))

    def settled(self) -> None:
        """One connection of admin's is left; those that waited for the daemon are gone."""
        self.admin = Client(self.daemon.socket_of("admin"))
        self.addCleanup(self.admin.close)
        self.eventually(self.is_alone, "nobody else is connected")

    def is_alone(self) -> bool:
        return len(self.admin.call("server.connections")["connections"]) == 1

    def test_as_many_as_are_usual(self) -> None:
        self.descriptors_for(LIMITS["connections"])
        self.daemon_with({"limits": {"connections_per_uid": LIMITS["connections_ceiling"]}})
        self.settled()
        self.filled(LIMITS["connections"])

    def test_as_many_as_are_configured(self) -> None:
        self.daemon_with({"limits": {"connections": 16}})
        self.settled()
        self.filled(16)

    def test_as_many_of_one_user_as_are_usual(self) -> None:
        self.descriptors_for(LIMITS["connections_per_uid"])
        self.daemon_with({})
        self.settled()
        viewer = self.daemon.socket_of("viewer")
        self.served(viewer, LIMITS["connections_per_uid"] - 1)
        self.refused(viewer, "User", str(LIMITS["connections_per_uid"]))

    def test_some_descriptors_are_never_for_connections(self) -> None:
        daemon = self.unstarted()
        daemon.wrap(["prlimit", "--nofile=128:128", "--"])
        daemon.start()
        self.settled()
        self.filled(128 - LIMITS["descriptors_reserved"])

    def test_as_many_may_be_configured(self) -> None:
        most = LIMITS["connections_ceiling"]
        self.starts({"connections": most, "connections_per_uid": most})
        self.refuses({"connections": most + 1}, "limits.connections", str(most))
        self.refuses({"connections_per_uid": most + 1}, "limits.connections_per_uid", str(most))

    def starts(self, limits: dict[str, int]) -> None:
        self.assert_serves(self.daemon_with({"limits": limits}))

    def refuses(self, limits: dict[str, int], *words: str) -> None:
        daemon = self.unstarted({"limits": limits})
        daemon.start(wait=False)
        assert daemon.process is not None
        self.assertEqual(daemon.process.wait(20), 1, daemon.log())
        daemon.process = None
        for word in words:
            self.assertIn(word, daemon.log())

    def test_as_many_wait_to_be_accepted(self) -> None:
        """Nobody is accepted by a daemon that stands still.

        A socket beside it shows how many this kernel lets wait when it is told that number.
        """
        self.descriptors_for(LIMITS["backlog"])
        if int(SOMAXCONN.read_text()) < LIMITS["backlog"]:
            self.skipTest("the kernel lets fewer wait than the daemon asks for")
        daemon = self.daemon_with({})
        self.settled()
        stand_still(daemon)
        try:
            found = self.waiting_at(daemon.socket_of("viewer"))
        finally:
            go_on(daemon)
        with socket.socket(socket.AF_UNIX) as ours:
            ours.bind(str(daemon.folder / "ours.sock"))
            ours.listen(LIMITS["backlog"])
            self.assertEqual(found, self.waiting_at(str(daemon.folder / "ours.sock")))
        self.assertGreaterEqual(found, LIMITS["backlog"])
        self.eventually(self.is_alone, "all are gone")

    def waiting_at(self, path: str) -> int:
        """How many connect until there is no room."""
        links: list[socket.socket] = []
        try:
            while len(links) < 2 * LIMITS["backlog"]:
                links.append(socket.socket(socket.AF_UNIX))
                links[-1].setblocking(False)
                links[-1].connect(path)
        except BlockingIOError:
            links.pop().close()
        finally:
            for link in links:
                link.close()
        return len(links)

    def test_accepting_rests_when_no_descriptor_is_left(self) -> None:
        """Each rest is told once, and the next one begins no sooner than this one ends."""
        daemon = self.daemon_with({})
        self.settled()
        assert daemon.process is not None
        command = ["prlimit", f"--pid={daemon.process.pid}", f"--nofile={descriptors(daemon)}:"]
        subprocess.run(command, check=True)
        rests = 10
        began = time.monotonic()
        while daemon.log(1_000_000).count("no connection can be taken") < rests:
            with contextlib.suppress(BlockingIOError), socket.socket(socket.AF_UNIX) as link:
                link.setblocking(False)
                link.connect(daemon.socket_of("viewer"))
            time.sleep(0.005)
            self.assertLess(time.monotonic() - began, 60)
        spent = (time.monotonic() - began) * 1_000
        self.assertGreaterEqual(spent, (rests - 1) * LIMITS["accept_pause"])

    def test_a_path_as_long_as_a_socket_may_have(self) -> None:
        daemon = self.unstarted()
        longest = f"{daemon.folder}/".ljust(LIMITS["socket_path"], "s")
        daemon.configure({"listeners": [{"name": "main", "path": longest}]})
        daemon.socket = longest
        daemon.start()
        self.assert_serves(daemon)
        self.assertEqual(daemon.stop(), 0)
        daemon.configure({"listeners": [{"name": "main", "path": longest + "s"}]})
        daemon.start(wait=False)
        assert daemon.process is not None
        self.assertEqual(daemon.process.wait(20), 1, daemon.log())
        daemon.process = None
        self.assertIn(str(LIMITS["socket_path"]), daemon.log())


class Rows(FaultCase):
    def test_a_list_has_so_many_rows_unless_asked_and_so_many_at_most(self) -> None:
        daemon = self.daemon_with({})
        usual, most = LIMITS["list_default"], LIMITS["list_max"]
        with Client(daemon.socket) as client:
            self.orders(client, usual)
            self.assertNotIn("next", client.call("order.list"))
            self.orders(client, 1)
            self.assertEqual(self.rows(client), (usual, True))
            self.orders(client, most - usual - 1)
            self.assertEqual(self.rows(client, limit=most), (most, False))
            self.orders(client, 1)
            self.assertEqual(self.rows(client, limit=most), (most, True))

    def rows(self, client: Client, **params: int) -> tuple[int, bool]:
        """How many, and whether there are more."""
        page = client.call("order.list", **params)
        return len(page["orders"]), "next" in page

    def orders(self, client: Client, count: int) -> None:
        call = {"method": "order.create", "params": {"amount": CNY, "subject": "x"}}
        while count:
            part = min(count, LIMITS["batch_calls"])
            client.keyed("batch.run", calls=[call] * part)
            count -= part

    def test_a_principal_has_so_many_consumers(self) -> None:
        daemon = self.daemon_with({})
        with Client(daemon.socket) as client:
            for number in range(LIMITS["consumers"]):
                made = client.call("events.wait", consumer=f"c{number}", after="now", wait_ms=0)
            # Written down behind the answer; an ack comes after that.
            client.call("events.ack", consumer=f"c{number}", cursor=made["cursor"])
            error = client.refused("events.wait", consumer="one-more", after="now", wait_ms=0)
            self.assertEqual(error.code, "too_many_consumers")
            self.assertEqual(error.data["details"]["limit"], LIMITS["consumers"])
            client.call("events.wait", consumer="c0", wait_ms=0)

    def test_so_many_writes_share_a_transaction(self) -> None:
        """Writes that wait behind one that waits for the database; those of one have one time."""
        daemon = self.daemon_with({})
        at_once = LIMITS["in_flight"]
        lines = [self.line(daemon) for _ in range(LIMITS["group_commit"] // at_once + 4)]
        with Client(daemon.socket) as client:
            # Who holds the database for too long breaks it for the daemon, so not for long; and
            # the clock may have a place in a transaction: tried until neither came between.
            for attempt in range(10):
                all_waited = self.all_wait(daemon, client, lines, attempt)
                for line in lines:
                    for _ in range(at_once):
                        self.assertIn("result", line.read())
                found = max(self.times(client, f"G{attempt}-"))
                self.assertLessEqual(found, LIMITS["group_commit"])
                if all_waited and found == LIMITS["group_commit"]:
                    return
        self.fail("no transaction was ever full")

    def all_wait(
        self, daemon: Daemon, client: Client, lines: list[LineSocket], attempt: int
    ) -> bool:
        """Whether all writes came to wait while somebody else held the database."""
        files = [p for p in daemon.state.glob("*.db") if p.name != "sandbox.db"]
        other = sqlite3.connect(files[0], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        held_until = time.monotonic() + 3
        at_once = LIMITS["in_flight"]
        for index, line in enumerate(lines):
            numbers = range(index * at_once, (index + 1) * at_once)
            line.send_bytes(b"".join(self.create(f"G{attempt}-{n}") for n in numbers))
        # Those that came first hold the writer up, and do not wait themselves.
        wanted = (len(lines) - 1) * at_once
        while (waiting := self.waiting(client)) < wanted and time.monotonic() < held_until:
            time.sleep(0.01)
        other.execute("ROLLBACK")
        other.close()
        return waiting >= wanted

    def create(self, number: str) -> bytes:
        return (
            f'{{"id":"{number}","method":"order.create",'
            f'"params":{{"idempotency_key":"key-{number}","order_no":"{number}",'
            f'"amount":{{"currency":"CNY","minor":1}},"subject":"x"}}}}\n'
        ).encode()

    def waiting(self, client: Client) -> int:
        metrics = client.call("server.metrics")["metrics"]
        found = next(m for m in metrics if m["name"] == "till_writes_waiting")
        return int(found["samples"][0]["value"])

    def times(self, client: Client, prefix: str) -> list[int]:
        """How many of these orders were made at each moment."""
        counts: Counter[int] = Counter()
        params: dict[str, Any] = {"limit": LIMITS["list_max"]}
        while True:
            page = client.call("order.list", **params)
            counts.update(
                o["created_at"] for o in page["orders"] if o["order_no"].startswith(prefix)
            )
            if "next" not in page:
                return list(counts.values())
            params["page"] = page["next"]
