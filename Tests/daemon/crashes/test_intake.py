"""A notification that the daemon dies of, again and again: it is set aside, the daemon lives."""

from __future__ import annotations

import hashlib

from tilltest.client import Client
from tilltest.daemon import Daemon
from tilltest.faultcase import FaultCase

BODY = "no notice of anybody"


def mark(body: str) -> bytes:
    """What a daemon that died over it has left in its state folder."""
    return hashlib.sha256(f"POST\n\n{body}".encode()).hexdigest().encode()


class Intake(FaultCase):
    def test_the_second_death_sets_a_notification_aside(self) -> None:
        daemon = self.daemon_with({})
        self.assertEqual(self.ingest(daemon, BODY)["verdict"], "rejected")
        self.die_over(daemon, BODY)
        self.assertEqual(self.ingest(daemon, BODY)["verdict"], "rejected")
        self.die_over(daemon, BODY)
        aside = self.ingest(daemon, BODY)
        self.assertEqual((aside["verdict"], aside["reason"]), ("parked", "set_aside"))
        self.assertEqual(self.ingest(daemon, BODY + "!")["verdict"], "rejected")
        with Client(daemon.socket) as client:
            kept = client.call("notification.get", receipt=aside["receipt"])
            self.assertEqual(kept["receipt"]["verdict"], "parked")
            self.order(client, "ASIDE-1")
        self.assertIn("died twice", daemon.log())

    def ingest(self, daemon: Daemon, body: str) -> dict[str, str]:
        with Client(daemon.socket) as client:
            reply: dict[str, str] = client.call("notification.ingest", gateway="sandbox", body=body)
            return reply

    def die_over(self, daemon: Daemon, body: str) -> None:
        daemon.kill()
        path = daemon.state / "intake"
        self.assertEqual(path.read_bytes().strip(b"\0"), b"", "what was worked on leaves no mark")
        path.write_bytes(mark(body).ljust(64, b"\0"))
        daemon.start()
