"""Personal data: where it lies, who can read it, what happens when its key is gone."""

from __future__ import annotations

import secrets
import subprocess
from pathlib import Path

from tilltest.client import Client
from tilltest.daemon import Daemon, executable
from tilltest.faultcase import FaultCase

BUYER = {"email": "Ada.Lovelace@example.org", "user_id": "member-0815", "phone": "13800138000"}
PLAIN = [b"Lovelace", b"lovelace", b"member-0815", b"13800138000", b"secret-of-the-shop"]


class PersonalData(FaultCase):
    def filled(self) -> Daemon:
        daemon = self.daemon_with({"backup_dir": "$dir/backups"})
        with Client(daemon.socket) as client:
            self.order(client, "P1", buyer=BUYER, metadata={"note": "secret-of-the-shop"})
            self.order(client, "P2", buyer={"email": "bob@example.org"})
        return daemon

    def key(self, daemon: Daemon) -> Path:
        return daemon.state / "personal.key"

    def found(self, daemon: Daemon, **filters: str) -> list[str]:
        with Client(daemon.socket) as client:
            return [o["order_no"] for o in client.call("order.list", **filters)["orders"]]

    def refuses(self, daemon: Daemon, *words: str) -> None:
        daemon.start(wait=False)
        assert daemon.process is not None
        self.assertEqual(daemon.process.wait(20), 1, daemon.log())
        daemon.process = None
        for word in words:
            self.assertIn(word, daemon.log())
        self.assertNotIn("Fatal", daemon.log())

    def offline(self, daemon: Daemon, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [executable(), *words, *daemon.arguments()], capture_output=True, text=True, timeout=60
        )

    def test_no_file_beside_the_key_tells_who_bought(self) -> None:
        daemon = self.filled()
        self.assertEqual(self.key(daemon).stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.found(daemon, email="lovelace@"), ["P1"])
        self.assertEqual(self.found(daemon, user_id="0815"), ["P1"])
        self.assertEqual(self.found(daemon, email="EXAMPLE.org"), ["P2", "P1"])
        with Client(daemon.socket) as client:
            self.assertEqual(client.refused("order.list", email="a").code, "too_short")
            client.call("server.backup", name="b1.db")
            self.eventually(lambda: self.found(daemon, email="ada.l") == ["P1"], "it is found")
        key = self.key(daemon).read_text().strip()
        for path in [*daemon.state.iterdir(), *(daemon.folder / "backups").iterdir()]:
            if path.is_socket() or path == self.key(daemon):
                continue
            data = path.read_bytes()
            for text in [*PLAIN, key.encode(), bytes.fromhex(key)]:
                self.assertNotIn(text, data, path)
        for text in [*PLAIN, key.encode()]:
            self.assertNotIn(text.decode(), daemon.log(100_000))
        self.assertEqual(daemon.stop(), 0)
        for path in daemon.state.iterdir():
            for text in PLAIN:
                self.assertNotIn(text, path.read_bytes(), path)

    def test_what_is_erased_is_gone_and_the_chain_is_whole(self) -> None:
        daemon = self.filled()
        with Client(daemon.socket) as client:
            client.call("order.erase_personal", order="P1")
            self.assertNotIn("buyer", client.call("order.get", order="P1")["order"])
            self.assertTrue(client.call("audit.verify")["ok"])
        self.assertEqual(self.found(daemon, email="lovelace"), [])
        daemon.restart()
        self.assertEqual(self.found(daemon, email="example"), ["P2"])

    def test_the_notifications_of_an_erased_order_are_emptied_and_still_proven(self) -> None:
        daemon = self.daemon_with({})
        with Client(daemon.socket) as client:
            self.order(client, "N1")
            payment = client.keyed("payment.create", order="N1", gateway="sandbox", method="qr")
            client.call("sandbox.pay", payment=payment["payment"]["id"])
            client.call("order.wait", order="N1", until=["paid"], wait_ms=10_000)
            receipt = client.call("notification.list", order="N1")["receipts"][0]
            before = client.call("notification.get", receipt=receipt["id"])
            self.assertTrue(before["body"]["body_base64"])
            client.call("order.erase_personal", order="N1")
            after = client.call("notification.get", receipt=receipt["id"])
            self.assertNotIn("body", after)
            self.assertEqual(after["receipt"]["sha256"], before["receipt"]["sha256"])
            gone = client.refused("notification.replay", receipt=receipt["id"])
            self.assertEqual(gone.code, "receipt_not_found")
            self.assertTrue(client.call("audit.verify")["ok"])

    def test_a_lost_key_is_a_sentence_and_there_are_two_ways_on(self) -> None:
        daemon = self.filled()
        self.assertEqual(daemon.stop(), 0)
        kept = self.key(daemon).read_bytes()
        refused = self.offline(daemon, "forget-personal")
        self.assertEqual(refused.returncode, 1, refused.stderr)
        self.assertIn("opens the personal data", refused.stderr)
        self.key(daemon).unlink()
        self.refuses(daemon, "personal.key is missing", "forget-personal")
        self.assertFalse(self.key(daemon).exists())
        self.key(daemon).write_text(secrets.token_hex(32) + "\n")
        self.key(daemon).chmod(0o600)
        self.refuses(daemon, "sealed with the key", "forget-personal")
        self.key(daemon).write_text("no key at all\n")
        self.refuses(daemon, "64 hexadecimal digits")
        self.key(daemon).write_bytes(kept)
        self.key(daemon).chmod(0o644)
        self.refuses(daemon, "personal.key")
        self.key(daemon).chmod(0o600)
        daemon.start()
        self.assertEqual(self.found(daemon, email="lovelace"), ["P1"])
        self.assertEqual(daemon.stop(), 0)
        self.key(daemon).unlink()
        forgotten = self.offline(daemon, "forget-personal")
        self.assertEqual((forgotten.returncode, forgotten.stderr), (0, ""))
        self.assertIn("2 orders", forgotten.stdout)
        daemon.start()
        self.assertEqual(self.found(daemon), ["P2", "P1"])
        self.assertEqual(self.found(daemon, email="lovelace"), [])
        with Client(daemon.socket) as client:
            self.assertTrue(client.call("audit.verify")["ok"])

    def test_a_backup_opens_only_with_its_key(self) -> None:
        daemon = self.filled()
        with Client(daemon.socket) as client:
            client.call("server.backup", name="b1.db")
        self.assertEqual(daemon.stop(), 0)
        kept = self.key(daemon).read_bytes()
        self.key(daemon).unlink()
        backup = str(daemon.folder / "backups" / "b1.db")
        restored = self.offline(daemon, "restore", backup)
        self.assertEqual((restored.returncode, restored.stderr), (0, ""))
        self.assertIn("Put that file in place", restored.stdout)
        self.refuses(daemon, "personal.key is missing")
        self.key(daemon).write_bytes(kept)
        self.key(daemon).chmod(0o600)
        restored = self.offline(daemon, "restore", backup)
        self.assertNotIn("Put that file", restored.stdout)
        daemon.start(wait=False)
        self.eventually(lambda: Path(daemon.socket).exists(), "it listens")
        self.eventually(lambda: self.found(daemon, email="lovelace") == ["P1"], "it is found")
