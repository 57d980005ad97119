"""A backup taken while writing opens; a hook that could not run runs after the restart."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
import tempfile
import threading
from pathlib import Path
from typing import Any

from tilltest.case import AlipayCase, eventually
from tilltest.client import Client, RpcError
from tilltest.setup import config, exec_hook


class Backup(AlipayCase):
    def configuration(self) -> dict[str, Any]:
        self.backups = Path(tempfile.mkdtemp(prefix="till-backup-"))
        return config([self.driver.entry()], self.scale, backup_dir=self.backups)

    def test_a_copy_made_while_writing_opens(self) -> None:
        order, _ = self.paid()
        stop = threading.Event()

        def write() -> None:
            with Client(self.daemon.socket) as client:
                while not stop.is_set():
                    client.keyed(
                        "order.create", amount={"currency": "CNY", "minor": 1}, subject="x"
                    )

        writers = [threading.Thread(target=write, daemon=True) for _ in range(4)]
        for writer in writers:
            writer.start()
        try:
            made = self.till.call("server.backup", name="night.db")
        finally:
            stop.set()
            for writer in writers:
                writer.join(20)
        path = self.backups / made["name"]
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(path.stat().st_size, made["bytes"])
        copy = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        self.addCleanup(copy.close)
        self.assertEqual(copy.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertIn(order["id"].encode(), path.read_bytes())

    def test_a_name_is_no_path(self) -> None:
        for name in ("../x.db", "/tmp/x.db", ".hidden"):
            self.assertEqual(self.till.refused("server.backup", name=name).code, "bad_format")
        self.till.call("server.backup", name="one.db")
        self.assertEqual(self.till.refused("server.backup", name="one.db").code, "already_exists")


    def test_of_two_of_one_name_at_once_one_is_made_and_the_other_refused(self) -> None:
        calls = [{"method": "order.create", "params": self.large()}] * 50
        for _ in range(20):
            self.till.keyed("batch.run", calls=calls)
        for turn in range(4):
            name = f"twice{turn}.db"
            others = [Client(self.daemon.socket) for _ in range(2)]
            numbers = [other.start("server.backup", name=name) for other in others]
            ends = [self.end(other, number) for other, number in zip(others, numbers, strict=True)]
            for other in others:
                other.close()
            made = [end for end in ends if isinstance(end, dict)]
            self.assertEqual([end for end in ends if isinstance(end, str)], ["already_exists"])
            (path,) = [self.backups / end["name"] for end in made]
            self.assertEqual(hashlib.sha256(path.read_bytes()).hexdigest(), made[0]["sha256"])
        self.assertEqual([path.name for path in self.backups.iterdir() if "part" in path.name], [])

    def large(self) -> dict[str, Any]:
        price = {"currency": "CNY", "minor": 1}
        line = {"name": "n" * 250, "quantity": 1, "unit_price": price}
        return {"amount": price | {"minor": 4}, "subject": "x", "lines": [line] * 4}

    def end(self, client: Client, number: int) -> dict[str, Any] | str:
        try:
            result: dict[str, Any] = client.finish(number, "server.backup")
            return result
        except RpcError as error:
            return error.code

    def test_no_copy_lies_in_the_way_of_another(self) -> None:
        """What is being copied has a name that no backup can have."""
        first = self.till.call("server.backup", name="day.db.part")
        self.till.call("server.backup", name="day.db")
        kept = (self.backups / "day.db.part").read_bytes()
        self.assertEqual(hashlib.sha256(kept).hexdigest(), first["sha256"])


class ExecHook(AlipayCase):
    def configuration(self) -> dict[str, Any]:
        self.place = Path(tempfile.mkdtemp(prefix="till-hook-"))
        self.gate, self.told = self.place / "gate", self.place / "told"
        script = self.place / "ship.sh"
        script.write_text(
            f'#!/bin/sh\n[ -e "{self.gate}" ] || exit 1\ncat >> "{self.told}"\n'
            f'echo >> "{self.told}"\n'
        )
        script.chmod(0o700)
        whole = super().configuration()
        whole["hooks"] = [exec_hook("ship", ["order.paid"], [str(script)])]
        return whole

    def lines(self) -> list[dict[str, Any]]:
        text = self.told.read_text() if self.told.exists() else ""
        return [json.loads(line) for line in text.splitlines() if line.strip()]

    def test_a_paid_order_is_told_to_the_shop(self) -> None:
        self.gate.touch()
        order, _ = self.paid()
        told = eventually(self.lines, "the hook ran", 30)
        self.assertIn(order["id"], json.dumps(told[0]))

    def test_a_hook_that_failed_is_told_after_the_restart(self) -> None:
        order, _ = self.paid()
        eventually(self.tried, "the hook was tried")
        self.killed_and_told(order)

    def test_a_hook_that_was_running_is_told_after_the_restart(self) -> None:
        """Killed before the first try ended: nobody else can be running it after the start."""
        order, _ = self.paid()
        self.killed_and_told(order)

    def test_a_hook_that_hangs_holds_up_no_other(self) -> None:
        stuck = self.place / "stuck.sh"
        stuck.write_text("#!/bin/sh\nexec sleep 60\n")
        stuck.chmod(0o700)
        told = self.place / "created"
        quick = self.place / "quick.sh"
        quick.write_text(f'#!/bin/sh\ncat >> "{told}"\necho >> "{told}"\n')
        quick.chmod(0o700)
        whole = self.configuration()
        whole["hooks"] = [
            exec_hook("stuck", ["order.created"], [str(stuck)]),
            exec_hook("quick", ["order.created"], [str(quick)]),
        ]
        self.daemon.configure(whole)
        self.daemon.restart()
        self.till = self.daemon.client()
        for _ in range(12):
            self.order()
        # The first runs of the other one are ended after fifteen seconds.
        eventually(lambda: told.exists() and told.read_text().count("order.created") == 12, "told", 12)

    def killed_and_told(self, order: dict[str, Any]) -> None:
        self.daemon.kill()
        self.gate.touch()
        self.daemon.start()
        self.till = self.daemon.client()
        told = eventually(self.lines, "the hook ran", 30)
        self.assertIn(order["id"], json.dumps(told[0]))
        eventually(lambda: self.hook()["pending"] == 0, "nothing is owed", 30)
        self.assertEqual(len({line.get("id") for line in self.lines()}), 1)

    def tried(self) -> bool:
        return bool(self.hook().get("last_error"))

    def hook(self) -> dict[str, Any]:
        hooks = self.till.call("hook.list")["hooks"]
        return dict(next(h for h in hooks if h["name"] == "ship"))
