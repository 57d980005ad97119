"""A backup taken while writing opens; a hook that could not run runs after the restart."""

from __future__ import annotations

import json
import sqlite3
import stat
import tempfile
import threading
from pathlib import Path
from typing import Any

from tilltest.case import AlipayCase, eventually
from tilltest.client import Client
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

        writers = [threading.Thread(target=write) for _ in range(4)]
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
