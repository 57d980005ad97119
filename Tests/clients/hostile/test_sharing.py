"""Requests that share a connection: what one of them does to the others."""

from __future__ import annotations

import json
import subprocess
import sys
import time

from clienttest.drivers import Driver
from clienttest.hostile import HostileCase, Peer, answering
from tilltest.daemon import REPOSITORY

CREATE = {"amount": {"currency": "CNY", "minor": 5800}, "subject": "x"}
WAIT = {"order": "A1", "until": ["paid"], "wait_ms": 20_000}
REFUSAL = {
    "code": -32700,
    "message": "Half a pair.",
    "data": {"code": "bad_unicode", "class": "parse", "retry": "never", "outcome": "none"},
}
FORKING = """
import asyncio, os, sys
sys.path.insert(0, sys.argv[2])
from till import AsyncClient

async def child(till):
    await till.protocol.ping()
    await till.close()

async def main():
    till = AsyncClient(sys.argv[1], timeout=2, retry_for=0)
    await till.protocol.ping()
    pid = os.fork()
    if pid == 0:
        asyncio.events._set_running_loop(None)
        try:
            asyncio.run(child(till))
        except BaseException as fault:
            print(repr(fault), flush=True)
            os._exit(1)
        os._exit(0)
    status = await asyncio.get_running_loop().run_in_executor(None, os.waitpid, pid, 0)
    assert status[1] == 0, status
    for _ in range(2):
        await till.protocol.ping()
    await till.close()

asyncio.run(main())
"""


def refusing_nobody(count: int) -> object:
    """Takes so many requests, then refuses a line without saying whose."""

    def script(peer: Peer) -> None:
        peer.greet()
        for _ in range(count):
            peer.request()
        peer.send({"jsonrpc": "2.0", "id": None, "error": REFUSAL})
        peer.wait_for_end()

    return script


def silent_on(*methods: str) -> object:
    """Answers everything but these."""

    def script(peer: Peer) -> None:
        peer.greet()
        while True:
            request = peer.request()
            if request["method"] not in methods:
                peer.reply(request, {"echo": "ok"})

    return script


class Sharing(HostileCase):
    def test_a_refusal_that_names_nobody_ends_no_request_but_its_own(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(refusing_nobody(3), answering())
            driver.open("", socket=server.path, timeout_ms=3_000, retry_for_ms=4_000)
            calls = [driver.begin_call("", "order.create", CREATE) for _ in range(3)]
            told = [driver.finish(call) for call in calls]
            self.assertEqual([each.get("result") for each in told], [{"echo": "ok"}] * 3, told)
            keys = server.keys()
            self.assertEqual(len(keys), 6)
            self.assertEqual(sorted(keys[:3]), sorted(keys[3:]))
            self.assertEqual(len(set(keys)), 3)

        self.each(scenario, "pipelines")

    def test_what_cannot_be_repeated_is_unknown_with_its_own_name(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(refusing_nobody(2), answering())
            driver.open("", socket=server.path, timeout_ms=3_000, retry_for_ms=0)
            methods = ["order.create", "refund.create"]
            calls = [driver.begin_call("", method, CREATE) for method in methods]
            told = [driver.finish(call)["error"] for call in calls]
            self.assertEqual([each["type"] for each in told], ["OutcomeUnknown"] * 2)
            by_method = {each["method"]: each["params"] for each in server.requests}
            for method, each in zip(methods, told):
                self.assertEqual(each["key"], by_method[method]["idempotency_key"])

        self.each(scenario, "pipelines")

    def test_a_refusal_of_the_only_line_is_its_answer(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(refusing_nobody(1))
            told = self.call(driver, server, "order.create", CREATE)["error"]
            self.assertEqual((told["type"], told["code"]), ("ParseError", "bad_unicode"), told)
            self.assertEqual(told["key"], server.keys()[0])

        self.each(scenario, "pipelines")

    def test_what_no_line_can_hold_is_refused_before_it_is_sent(self) -> None:
        deep: object = "x"
        for _ in range(31):
            deep = [deep]
        cases = [
            {"subject": "half \ud83d"},
            {"subject": "nothing \0"},
            {"buyer": {"\udc00": "x"}},
            {"subject": "x" * 270_000},
            {"metadata": deep},
            {"lines": [1] * 10_000},
        ]

        def scenario(driver: Driver) -> None:
            server = self.serve(answering())
            driver.open("", socket=server.path, timeout_ms=3_000, retry_for_ms=0)
            for case in cases:
                told = driver.call("", "order.create", CREATE | case)
                kind = told.get("error", {}).get("type")
                self.assertIn(kind, ("TypeError", "ValueError", "RangeError"), str(case)[:60])
            self.assertEqual(server.requests, [])
            # A whole pair is one character, and one level less is deep enough.
            assert isinstance(deep, list)
            good = {"subject": "🎂", "metadata": deep[0]}
            last = driver.call("", "order.create", CREATE | good)
            self.assertEqual(last.get("result"), {"echo": "ok"}, last)
            self.assertEqual(server.requests[0]["params"]["subject"], "🎂")

        self.each(scenario, "pipelines")

    def test_waits_do_not_take_the_room_of_the_others(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(silent_on("order.wait"))
            driver.open("", socket=server.path, timeout_ms=3_000, retry_for_ms=0)
            for _ in range(70):
                driver.begin_call("", "order.wait", WAIT)
            time.sleep(0.3)
            began = time.monotonic()
            told = driver.call("", "notification.ingest", {"gateway": "sandbox", "body": "x"})
            self.assertEqual(told.get("result"), {"echo": "ok"}, told)
            self.assertLess(time.monotonic() - began, 2)
            self.assertEqual([r["method"] for r in server.requests].count("order.wait"), 70)

        self.each(scenario, "pipelines")

    def test_standing_in_line_counts_in_the_time_out(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(silent_on("order.create"))
            driver.open("", socket=server.path, timeout_ms=700, retry_for_ms=0)
            began = time.monotonic()
            calls = [driver.begin_call("", "order.create", CREATE) for _ in range(80)]
            told = [driver.finish(call)["error"]["type"] for call in calls]
            # Three turns one after the other would take three times as long.
            self.assertLess(time.monotonic() - began, 1.6)
            self.assertLessEqual(set(told), {"OutcomeUnknown", "Unreachable"})
            self.assertGreaterEqual(told.count("OutcomeUnknown"), 32)

        self.each(scenario, "pipelines")

    def test_a_forked_child_leaves_the_parent_its_ears(self) -> None:
        server = self.serve(answering())
        done = subprocess.run(
            [sys.executable, "-c", FORKING, server.path, str(REPOSITORY / "Clients" / "python")],
            capture_output=True,
            text=True,
            timeout=30,
        )
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        self.assertEqual(json.dumps([r["method"] for r in server.requests]).count("ping"), 4)
