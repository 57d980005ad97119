"""Work on the state folder while no daemon runs: it says where and loses nothing."""

from __future__ import annotations

import os
import pwd
import sqlite3
import subprocess
from pathlib import Path

from tilltest.client import Client
from tilltest.daemon import Daemon, executable
from tilltest.faultcase import FaultCase


class Offline(FaultCase):
    def with_backup(self) -> Daemon:
        """One order in the backup b1, two in the books; stopped."""
        daemon = self.daemon_with({"backup_dir": "$dir/backups"})
        with Client(daemon.socket) as client:
            self.order(client, "FIRST-1")
            client.call("server.backup", name="b1")
            self.order(client, "SECOND-1")
        self.assertEqual(daemon.stop(), 0)
        return daemon

    def tilld(
        self, daemon: Daemon, *words: str, state: str | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        where = [] if state is None else ["--state", state]
        return subprocess.run(
            [executable(), *words, *where],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=daemon.folder,
            env=os.environ | environment,
        )

    def orders(self, database: Path) -> list[str]:
        books = sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)
        try:
            return [row[0] for row in books.execute("SELECT number FROM orders ORDER BY key")]
        finally:
            books.close()

    def falsify(self, database: Path) -> None:
        books = sqlite3.connect(database)
        books.execute("DROP TRIGGER events_stand")
        books.execute(
            "UPDATE events SET line=CAST(replace(CAST(line AS TEXT), 'FIRST-1', 'FALSE-1') AS BLOB)"
        )
        books.commit()
        books.close()

    def test_a_relative_backup_goes_where_it_is_said_and_the_old_books_are_kept(self) -> None:
        daemon = self.with_backup()
        done = self.tilld(daemon, "restore", "backups/b1", state="state")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        database = daemon.state / "till.db"
        self.assertIn(str(database), done.stdout)
        self.assertIn(str(daemon.folder / "backups" / "b1"), done.stdout)
        kept = [p for p in daemon.state.iterdir() if ".replaced-" in p.name]
        self.assertEqual(len(kept), 1, kept)
        self.assertIn(str(kept[0]), done.stdout)
        self.assertRegex(done.stdout, r"held \d+ events, the newest of 20\d\d-")
        self.assertEqual(self.orders(database), ["FIRST-1"])
        self.assertEqual(self.orders(kept[0]), ["FIRST-1", "SECOND-1"])
        # Back again: what was put aside is a backup like any other.
        back = self.tilld(daemon, "restore", str(kept[0]), state="state")
        self.assertEqual(back.returncode, 0, back.stderr)
        self.assertEqual(self.orders(database), ["FIRST-1", "SECOND-1"])

    def test_without_a_place_the_default_is_named(self) -> None:
        daemon = self.with_backup()
        home = daemon.folder / "elsewhere"
        done = self.tilld(daemon, "restore", "backups/b1", XDG_STATE_HOME=str(home))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(str(home / "till" / "till.db"), done.stdout)
        self.assertNotIn(".replaced-", done.stdout)

    def test_whoever_does_not_own_the_books_is_told_as_whom_to_work_on_them(self) -> None:
        if os.getuid() != 0:
            self.skipTest("needs root to give a folder away")
        daemon = self.with_backup()
        os.chown(daemon.state, 65_534, -1)
        done = self.tilld(daemon, "restore", "backups/b1", state="state")
        self.assertEqual(done.returncode, 1)
        self.assertIn("belongs to user 65534, and you are user 0", done.stderr)
        self.assertIn(f"sudo -u {pwd.getpwuid(65_534).pw_name} tilld", done.stderr)

    def test_root_makes_no_books_in_the_folder_of_another_user(self) -> None:
        if os.getuid() != 0:
            self.skipTest("needs root to give a folder away")
        daemon = self.with_backup()
        home = daemon.folder / "home"
        home.mkdir()
        os.chown(home, 65_534, -1)
        done = self.tilld(daemon, "restore", "backups/b1", state=str(home / "of" / "till"))
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(f"{home} belongs to user 65534, and you are user 0", done.stderr)
        self.assertIn(f"sudo -u {pwd.getpwuid(65_534).pw_name} tilld", done.stderr)
        self.assertEqual(list(home.iterdir()), [])

    def test_what_cannot_be_restored_is_named(self) -> None:
        daemon = self.with_backup()
        (daemon.folder / "noise").write_bytes(os.urandom(8192))
        for name, words in [
            ("backups/none", "no file"),
            ("noise", "cannot be restored"),
            ("state/till.db", "the database in use"),
        ]:
            done = self.tilld(daemon, "restore", name, state="state")
            self.assertEqual(done.returncode, 1, name)
            self.assertIn(str(daemon.folder / name), done.stderr)
            self.assertIn(words, done.stderr)
        self.assertEqual(len(self.orders(daemon.state / "till.db")), 2)
        self.assertEqual([p for p in daemon.state.iterdir() if "restoring" in p.name], [])

    def test_a_falsified_log_is_neither_made_the_state_nor_restored(self) -> None:
        daemon = self.with_backup()
        self.falsify(daemon.state / "till.db")
        for words in (["rebuild", "--check"], ["rebuild"]):
            done = self.tilld(daemon, *words, state="state")
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertRegex(done.stderr, r"broken at event \d+")
            self.assertIn("tilld restore FILE", done.stderr)
            self.assertNotIn("Make it anew", done.stdout + done.stderr)
        self.assertEqual(self.orders(daemon.state / "till.db"), ["FIRST-1", "SECOND-1"])
        self.falsify(daemon.folder / "backups" / "b1")
        done = self.tilld(daemon, "restore", "backups/b1", state="state")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertRegex(done.stderr, r"b1 cannot be restored: .*broken at event \d+")

    def test_no_books_are_made_where_there_are_none(self) -> None:
        daemon = self.unstarted()
        nowhere = daemon.folder / "nowhere"
        for words in (["rebuild"], ["rebuild", "--check"], ["forget-personal"]):
            done = self.tilld(daemon, *words, state=str(nowhere))
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn(f"There is no database {nowhere}/till.db", done.stderr)
            self.assertFalse(nowhere.exists())

    def test_a_backup_folder_that_cannot_be_used_is_named(self) -> None:
        daemon = self.daemon_with({"backup_dir": "$dir/backups"})
        (daemon.folder / "backups").write_text("not a folder\n")
        with Client(daemon.socket) as client:
            error = client.refused("server.backup", name="b1")
        self.assertEqual(error.code, "db_error")
        self.assertIn(str(daemon.folder / "backups"), error.error["message"])
        self.assertIn("backup_dir", error.data["hint"])
        self.assertNotIn("key.lookup", error.data["hint"])
