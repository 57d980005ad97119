"""The harness must fail when it should: its matcher and its replayer, without a daemon."""

from __future__ import annotations

import contextlib
import json
import socket
import tempfile
import threading
import time
import unittest
from pathlib import Path
from typing import Any, cast

from tilltest.daemon import Daemon
from tilltest.matching import Mismatch, match, substitute
from tilltest.vectors import Failure, Replay

NOW = time.time_ns() // 1_000_000
GREETING = {"jsonrpc": "2.0", "method": "session.greeting", "params": {"state": "ready"}}


class Matching(unittest.TestCase):
    def differs(self, want: Any, got: Any, exact: bool = False) -> None:
        with self.assertRaises(Mismatch):
            match(want, got, {}, exact=exact)

    def test_subsets(self) -> None:
        match({"a": 1}, {"a": 1, "b": 2}, {})
        self.differs({"a": 1}, {"b": 2})
        self.differs({"a": 1}, {"a": 1, "b": 2}, exact=True)
        self.differs({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}}, exact=True)
        self.differs([1], [1, 2])
        self.differs(True, 1)
        self.differs(1, "1")
        self.differs(None, 0)

    def test_placeholders(self) -> None:
        match({"a": "$any", "b": "$int", "c": "$time"}, {"a": 0, "b": 1, "c": NOW}, {})
        self.differs({"a": "$any"}, {})
        self.differs("$int", True)
        self.differs("$time", 17)
        self.differs({"a": {"absent": True}}, {"a": None})
        match({"a": {"absent": True}}, {}, {})
        match("$$x", "$x", {})

    def test_captures(self) -> None:
        captured: dict[str, Any] = {}
        match({"id": "$order"}, {"id": "ord_1"}, captured)
        match({"order": "$order"}, {"order": "ord_1"}, captured)
        with self.assertRaises(Mismatch):
            match({"order": "$order"}, {"order": "ord_2"}, captured)
        self.assertEqual(substitute({"x": ["$order", "a-${order}"]}, captured)["x"][1], "a-ord_1")
        with self.assertRaises(KeyError):
            substitute("$nothing", captured)


class Toy:
    """Stands where a daemon would: greets, echoes ids, answers two requests in reverse."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.socket = str(Path(self.folder.name) / "toy.sock")
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.socket)
        self.listener.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def socket_of(self, *roles: str) -> str:
        return self.socket

    def serve(self) -> None:
        while True:
            try:
                link, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(link,), daemon=True).start()

    def talk(self, link: socket.socket) -> None:
        stream = link.makefile("rwb")
        held: list[dict[str, Any]] = []

        def say(message: dict[str, Any]) -> None:
            stream.write(json.dumps(message).encode() + b"\n")
            stream.flush()

        with contextlib.suppress(OSError), link, stream:
            say(GREETING)
            for raw in stream:
                try:
                    request = json.loads(raw)
                except ValueError:
                    say({"jsonrpc": "2.0", "id": None, "error": {"code": -32700}})
                    continue
                held.append({"jsonrpc": "2.0", "id": request["id"], "result": request["params"]})
                while held and request["method"] != "hold":
                    say(held.pop())

    def close(self) -> None:
        self.listener.close()
        self.folder.cleanup()


class Replaying(unittest.TestCase):
    def setUp(self) -> None:
        self.toy = Toy()
        self.addCleanup(self.toy.close)

    def replay(self, *steps: dict[str, Any]) -> None:
        state = Replay(cast(Daemon, self.toy), [], None)
        for step in steps:
            state.step(step)
        state.finish()

    def test_a_dialogue(self) -> None:
        self.replay(
            {"note": "replies come in reverse"},
            {"expect": {"method": "session.greeting", "params": {"state": "ready"}}},
            {"send": {"id": 1, "method": "hold", "params": {"x": "ord_9"}}},
            {"send": {"id": 2, "method": "go", "params": {}}},
            {"expect": {"id": 1, "result": {"x": "$order"}}},
            {"expect_exact": {"jsonrpc": "2.0", "id": 2, "result": {}}},
            {"send": {"id": 3, "method": "go", "params": {"order": "$order"}}},
            {"expect": {"id": 3, "result": {"order": "ord_9"}}},
            {"send_raw": "{\n"},
            {"expect": {"id": None, "error": {"code": "$int"}}},
            {"send_base64": "ewo="},
            {"expect": {"error": {"code": -32700}}},
            {"send": {"id": 4, "method": "hold", "params": {}}},
            {"send": {"id": 5, "method": "go", "params": {}}},
            {"any_order": [{"id": 4}, {"id": 5}]},
            {"half_close": True},
            {"closed": True},
        )

    def test_what_nobody_expected_is_a_failure(self) -> None:
        send = {"send": {"id": 1, "method": "hold", "params": {}}}
        with self.assertRaisesRegex(Failure, "nobody expected"):
            self.replay(
                send,
                {"send": {"id": 2, "method": "go", "params": {}}},
                {"expect": {"id": 1}},
            )

    def test_a_wrong_answer_is_a_failure(self) -> None:
        send = {"send": {"id": 1, "method": "go", "params": {"a": 1}}}
        with self.assertRaisesRegex(Failure, "/result/a: wanted 2"):
            self.replay(send, {"expect": {"id": 1, "result": {"a": 2}}})

    def test_an_unknown_step_is_a_failure(self) -> None:
        with self.assertRaisesRegex(Failure, "does not know"):
            self.replay({"expects": {}})
