"""Sockets, folders, locks and configuration files that are not as they should be."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tilltest.client import Client, Closed, LineSocket, NoLine, RpcError
from tilltest.daemon import Daemon, executable
from tilltest.faultcase import FaultCase


class Starting(FaultCase):
    def refused(self, daemon: Daemon, *words: str, status: int = 1) -> None:
        """The daemon ends by itself and says why."""
        daemon.start(wait=False)
        assert daemon.process is not None
        self.assertEqual(daemon.process.wait(20), status, daemon.log())
        daemon.process = None
        for word in words:
            self.assertIn(word, daemon.log())

    def test_what_is_no_socket_of_ours_is_not_replaced(self) -> None:
        daemon = self.unstarted()
        path = Path(daemon.socket)
        path.write_text("mine")
        self.refused(daemon, daemon.socket)
        self.assertEqual(path.read_text(), "mine")
        path.unlink()
        path.mkdir()
        self.refused(daemon, daemon.socket)
        path.rmdir()
        target = daemon.folder / "target"
        target.write_text("target")
        path.symlink_to(target)
        self.refused(daemon, daemon.socket)
        self.assertEqual(target.read_text(), "target")

    def test_a_socket_of_somebody_else_is_not_replaced(self) -> None:
        if os.getuid() != 0:
            self.skipTest("needs root to make a socket of somebody else")
        daemon = self.unstarted()
        with socket.socket(socket.AF_UNIX) as theirs:
            theirs.bind(daemon.socket)
            os.chown(daemon.socket, 65_534, 65_534)
            self.refused(daemon, daemon.socket)
            self.assertTrue(Path(daemon.socket).is_socket())

    def test_a_stale_socket_is_replaced(self) -> None:
        daemon = self.daemon_with({})
        with Client(daemon.socket) as client:
            self.order(client, "BEFORE")
        daemon.kill()
        self.assertTrue(Path(daemon.socket).is_socket())
        with self.assertRaises(ConnectionRefusedError):
            LineSocket(daemon.socket)
        daemon.start()
        with Client(daemon.socket) as client:
            self.assertEqual(client.call("order.get", order="BEFORE")["order"]["order_no"], "BEFORE")

    def test_two_daemons_one_state(self) -> None:
        first = self.daemon_with({})
        second = self.unstarted({"state_dir": str(first.state)})
        self.refused(second, "lock", status=10)
        self.assert_serves(first)

    def test_two_daemons_one_socket(self) -> None:
        first = self.daemon_with({})
        listener = {"name": "main", "path": first.socket}
        second = self.unstarted({"listeners": [listener]})
        self.refused(second, first.socket, status=10)
        self.assert_serves(first)

    def test_a_path_too_long_for_a_socket(self) -> None:
        daemon = self.unstarted()
        path = str(daemon.folder / ("s" * 120))
        daemon.configure({"listeners": [{"name": "main", "path": path}]})
        self.refused(daemon, "107")

    def test_a_folder_everybody_may_write_to(self) -> None:
        daemon = self.unstarted()
        open_folder = daemon.folder / "open"
        open_folder.mkdir()
        open_folder.chmod(0o777)
        path = str(open_folder / "main.sock")
        daemon.configure({"listeners": [{"name": "main", "path": path}]})
        self.refused(daemon, "everybody")

    def test_a_missing_folder_is_made_for_the_owner_alone(self) -> None:
        daemon = self.unstarted()
        state = daemon.folder / "a" / "b" / "state"
        state.parent.mkdir(parents=True)
        daemon.configure({"state_dir": str(state), "gateways": [], "peers": self.peers()})
        daemon.start()
        self.assertEqual(state.stat().st_mode & 0o777, 0o700)
        for path in state.iterdir():
            self.assertEqual(path.stat().st_mode & 0o077, 0, path)

    def peers(self) -> list[dict[str, object]]:
        return [{"uid": os.getuid(), "principal": "tester", "roles": ["shop", "admin"]}]

    def test_a_state_folder_others_may_look_into(self) -> None:
        daemon = self.unstarted()
        daemon.state.mkdir()
        daemon.state.chmod(0o777)
        daemon.start(wait=False)
        assert daemon.process is not None
        # Either it refuses or it closes the folder; it never runs in an open one.
        self.eventually(
            lambda: daemon.process is None
            or daemon.process.poll() is not None
            or daemon.state.stat().st_mode & 0o077 == 0,
            "the folder is closed or the daemon has ended",
        )

    def test_a_configuration_with_a_fault_names_the_place(self) -> None:
        daemon = self.unstarted()
        daemon.config_path.write_text('{\n "gateways": [],\n "listenres": []\n}\n')
        self.refused(daemon, f"{daemon.config_path}:3:", "listenres", "listeners")


class Replaced(FaultCase):
    def test_who_ends_late_does_not_remove_the_socket_of_another(self) -> None:
        first = self.daemon_with({})
        Path(first.socket + ".lock").unlink()
        second = self.unstarted({"listeners": [{"name": "main", "path": first.socket}]})
        second.socket = first.socket
        second.start(wait=False)
        self.eventually(lambda: "listens on" in second.log(), "the second one listens")
        first.stop()
        self.assert_serves(second)


class Removed(FaultCase):
    slow = True

    def test_a_socket_that_was_removed_is_made_anew(self) -> None:
        daemon = self.daemon_with({})
        kept = self.line(daemon)
        Path(daemon.socket).unlink()
        self.eventually(lambda: Path(daemon.socket).exists(), "the socket is back", 45)
        self.assert_serves(daemon)
        kept.send({"id": 1, "method": "protocol.ping"})
        self.assertEqual(kept.read()["id"], 1)
        self.assertEqual(daemon.stop(), 0)
        self.assertFalse(Path(daemon.socket).exists())


class Activation(FaultCase):
    """Sockets handed over by a service manager."""

    def start_with(self, daemon: Daemon, number: int, setting: str) -> None:
        """As descriptor 3, announced by the variables in `setting`."""
        words = f"exec 3<&{number}; {setting} exec \"$0\" \"$@\""
        daemon.wrap(["bash", "-c", words])
        daemon.pass_descriptors = (number,)
        daemon.start(wait=False)

    def listening(self, daemon: Daemon, name: str) -> socket.socket:
        link = socket.socket(socket.AF_UNIX)
        self.addCleanup(link.close)
        link.bind(str(daemon.folder / name))
        link.listen()
        return link

    def test_a_socket_handed_over_is_served(self) -> None:
        daemon = self.unstarted()
        link = self.listening(daemon, "handed.sock")
        self.start_with(daemon, link.fileno(), "LISTEN_FDS=1 LISTEN_PID=$$")
        line = LineSocket(str(daemon.folder / "handed.sock"))
        self.addCleanup(line.close)
        self.assertEqual(line.read()["method"], "session.greeting")
        self.assertFalse(Path(daemon.socket).exists())
        # The service manager's folder is not the daemon's to write in.
        self.assertFalse(Path(daemon.socket + ".lock").exists())

    def test_sockets_for_another_process_are_not_ours(self) -> None:
        daemon = self.unstarted()
        link = self.listening(daemon, "other.sock")
        self.start_with(daemon, link.fileno(), "LISTEN_FDS=1 LISTEN_PID=1")
        daemon.wait_ready()
        self.assert_serves(daemon)

    def test_what_is_no_socket_is_refused_by_name(self) -> None:
        daemon = self.unstarted()
        with open("/dev/null", "rb") as null:
            self.start_with(daemon, null.fileno(), "LISTEN_FDS=1 LISTEN_PID=$$ LISTEN_FDNAMES=main")
            assert daemon.process is not None
            self.assertEqual(daemon.process.wait(20), 1)
        daemon.process = None
        self.assertIn("descriptor 3 (main) is not a listening", daemon.log())


class Checking(FaultCase):
    """What could never work is refused before anything starts, where it stands, with a way on."""

    def test_a_hook_that_could_never_reach_anybody(self) -> None:
        good = {"name": "ship", "events": ["order.*"], "exec": ["/bin/true"]}
        self.taken(good)
        self.taken(good | {"exec": ["true"], "events": ["*"]})
        for url in ("http://127.0.0.1:8080/x", "http://[::1]/", "https://localhost:1/a?b=c"):
            self.taken({"name": "shop", "events": ["order.paid"], "url": url})
        plain = Path(self.folder) / "plain.sh"
        plain.write_text("#!/bin/sh\n")
        plain.chmod(0o600)
        empty = Path(self.folder) / "empty.key"
        empty.touch(mode=0o600)
        for change, place, word in (
            ({"events": ["order.payed"]}, "hooks[0].events[0]", "Did you mean order.paid"),
            ({"events": ["orders.*"]}, "hooks[0].events[0]", "there is no event"),
            ({"events": ["order.paid", ""]}, "hooks[0].events[1]", "there is no event"),
            ({"exec": ["/nowhere/ship"]}, "hooks[0].exec[0]", "/nowhere/ship is no program"),
            ({"exec": ["no-such-program"]}, "hooks[0].exec[0]", "is no program"),
            ({"exec": ["/tmp"]}, "hooks[0].exec[0]", "is no program"),
            ({"exec": [str(plain)]}, "hooks[0].exec[0]", "chmod +x"),
            ({"secret_file": "missing.key"}, "hooks[0].secret_file", "missing.key"),
            ({"secret_file": str(empty)}, "hooks[0].secret_file", "is empty"),
        ):
            self.refused_hook(good | change, place, word)
        for url, word in (
            ("ftp://127.0.0.1/x", "must be an address"),
            ("127.0.0.1:8080", "must be an address"),
            ("http://", "must be an address"),
            ("http://127.0.0.1:99999/", "must be an address"),
            ("http://127.0.0.1@evil.example/", "must be an address"),
            ("http://192.0.2.1/x", "192.0.2.1 is not this machine"),
            ("http://127.0.0.1.evil.example/", "is not this machine"),
            ("https://shop.example/hook", "shop.example is not this machine"),
        ):
            hook = {"name": "shop", "events": ["order.paid"], "url": url}
            self.refused_hook(hook, "hooks[0].url", word)

    def test_what_can_only_fail_later(self) -> None:
        token = {"roles": ["finance"], "token_sha256": "0" * 64}
        people = [token | {"name": "li"}, token | {"name": "wang"}]
        self.refused_file(
            {"operators": people}, "operators[1].token_sha256", "li has the same token"
        )
        path = "/tmp/" + "s" * 120
        self.refused_file(
            {"listeners": [{"name": "main", "path": path}]}, "listeners[0].path", "107"
        )
        real = {"name": "bank", "kind": "transfer"}
        self.refused_file(
            {"gateways": [real], "time": {"scale": 20}}, "time.scale", "bank moves real money"
        )

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="till-check-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def checked(self, config: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        file = Path(self.folder) / "tilld.json"
        file.write_text(json.dumps(config))
        words = [executable(), "--check-config", "--config", str(file)]
        return subprocess.run(words, capture_output=True, text=True, timeout=60)

    def taken(self, hook: dict[str, Any]) -> None:
        done = self.checked({"hooks": [hook]})
        self.assertEqual(done.returncode, 0, done.stderr)

    def refused_hook(self, hook: dict[str, Any], place: str, word: str) -> None:
        self.refused_file({"hooks": [hook]}, place, word)

    def refused_file(self, config: dict[str, Any], place: str, word: str) -> None:
        done = self.checked(config)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("tilld.json:1:", done.stderr)
        self.assertIn(f" {place}: ", done.stderr)
        self.assertIn(word, done.stderr)


class Reloading(FaultCase):
    def test_everything_that_waits_for_a_start_is_named(self) -> None:
        daemon = self.daemon_with({})
        start = json.loads(daemon.config_path.read_text())
        hook = {"name": "ship", "events": ["order.*"], "exec": ["/bin/true"]}
        main = [dict(listener) for listener in start["listeners"]]
        main[0]["mode"] = "0600"
        for member, value in (
            ("state_dir", "/nowhere"),
            ("listeners", main),
            ("order", {"max_expires_in_ms": 5_000}),
            ("limits", {"connections": 77}),
            ("retention", {"trail_days": 9}),
            ("backup_dir", "/nowhere"),
            ("zone", "+01:00"),
            ("hooks", [hook]),
            ("time", {"scale": 2}),
            ("log", {"requests": False}),
        ):
            daemon.config_path.write_text(json.dumps(start | {member: value}))
            with Client(daemon.socket) as client:
                told = client.call("server.reload")
            self.assertEqual((told["changed"], told["restart_needed"]), ([], [member]))
        daemon.config_path.write_text(json.dumps(start))
        with Client(daemon.socket) as client:
            self.assertEqual(client.call("server.reload")["restart_needed"], [])

    def test_every_member_of_a_hook_waits_too(self) -> None:
        secret = Path(tempfile.mkdtemp(prefix="till-hook-")) / "key"
        secret.write_text("one\n")
        secret.chmod(0o600)
        hook = {"name": "ship", "events": ["order.*"], "url": "http://127.0.0.1:9/"}
        hook["secret_file"] = str(secret)
        daemon = self.daemon_with({"hooks": [hook]})
        start = json.loads(daemon.config_path.read_text())
        with Client(daemon.socket) as client:
            for change in ({"events": ["*"]}, {"url": "http://127.0.0.1:10/"}):
                daemon.config_path.write_text(json.dumps(start | {"hooks": [hook | change]}))
                self.assertEqual(client.call("server.reload")["restart_needed"], ["hooks"])
            daemon.config_path.write_text(json.dumps(start))
            self.assertEqual(client.call("server.reload")["restart_needed"], [])
            secret.write_text("two\n")
            self.assertEqual(client.call("server.reload")["restart_needed"], ["hooks"])

    def test_a_revoked_operator_is_gone_from_open_connections(self) -> None:
        token = "li-token-" + "x" * 30
        digest = hashlib.sha256(token.encode()).hexdigest()
        li = {"name": "li", "roles": ["finance", "admin"], "token_sha256": digest}
        li["refund_limit"] = 500
        daemon = self.daemon_with({"operators": [li]})
        start = json.loads(daemon.config_path.read_text())
        admin = Client(daemon.socket)
        self.addCleanup(admin.close)
        operator = daemon.client(token=token)
        stream = operator.start("events.subscribe", after="now")
        # What was sent before it has begun.
        operator.call("protocol.ping")

        def reload(people: list[dict[str, Any]]) -> None:
            daemon.config_path.write_text(json.dumps(start | {"operators": people}))
            self.assertEqual(admin.call("server.reload")["changed"], ["operators"])

        # One with less keeps the connection, and loses what was begun with more.
        reload([li | {"roles": ["finance"]}])
        self.assertEqual(operator.finish(stream)["reason"], "cancelled")
        self.assertEqual(operator.refused("server.connections").code, "role_too_low")
        reload([li])
        self.assertTrue(operator.call("server.connections")["connections"])
        # Who is gone, or has another token, is out.
        waiting = operator.start("events.wait", after="now", wait_ms=60_000)
        operator.call("protocol.ping")
        reload([li | {"token_sha256": "1" * 64}])
        self.assertEqual(operator.notification("session.bye")["code"], "denied")
        with self.assertRaises(RpcError) as ended:
            operator.finish(waiting)
        self.assertEqual(ended.exception.code, "cancelled")
        with self.assertRaises((Closed, NoLine, OSError)):
            operator.call("protocol.ping")
        self.assertEqual(admin.call("protocol.ping", echo=1)["echo"], 1)

    def test_a_peer_that_is_let_in_no_more_is_out(self) -> None:
        daemon = self.daemon_with({})
        start = json.loads(daemon.config_path.read_text())
        client = Client(daemon.socket)
        self.addCleanup(client.close)
        peers = [start["peers"][0] | {"uid": 65_534}]
        daemon.config_path.write_text(json.dumps(start | {"peers": peers}))
        # The answer to what it asked is still told.
        self.assertEqual(client.call("server.reload")["changed"], ["peers"])
        with self.assertRaises((Closed, NoLine, OSError)):
            client.call("protocol.ping")

    def test_a_bad_file_leaves_the_old_configuration(self) -> None:
        daemon = self.daemon_with({})
        good = daemon.config_path.read_text()
        with Client(daemon.socket) as client:
            for bad in ("", "{", '{"listeners": 7}', '{"peer": []}', good.replace("uid", "udi")):
                daemon.config_path.write_text(bad)
                error = client.refused("server.reload")
                self.assertEqual((error.code, error.data["outcome"]), ("config_invalid", "none"))
            daemon.config_path.unlink()
            self.assertEqual(client.refused("server.reload").code, "config_invalid")
            self.assert_serves(daemon)
            whole = json.loads(good)
            whole["peers"][0]["principal"] = "somebody"
            daemon.config_path.write_text(json.dumps(whole))
            tried = client.call("server.reload", dry_run=True)
            self.assertEqual((tried["changed"], tried["dry_run"]), (["peers"], True))
            self.assertEqual(client.call("server.reload")["changed"], ["peers"])
            self.assertEqual(client.call("server.reload")["changed"], [])
        with Client(daemon.socket) as later:
            self.assertEqual(later.greeting["peer"]["principal"], "somebody")

    def test_an_unreadable_file_at_a_hangup(self) -> None:
        daemon = self.daemon_with({})
        daemon.config_path.write_text("{")
        assert daemon.process is not None
        subprocess.run(["kill", "-HUP", str(daemon.process.pid)], check=True)
        self.eventually(lambda: "configuration not changed" in daemon.log(), "it is told")
        self.assert_serves(daemon)

    def test_a_storm_of_hangups(self) -> None:
        daemon = self.daemon_with({})
        assert daemon.process is not None
        with Client(daemon.socket) as client:
            for index in range(200):
                daemon.process.send_signal(signal.SIGHUP)
                if index % 20 == 0:
                    self.order(client, f"HUP-{index}")
            time.sleep(0.2)
            client.call("protocol.ping")
        self.assert_serves(daemon)
