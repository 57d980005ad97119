"""What is sent again, with which key, and what the caller is told when nobody knows."""

from __future__ import annotations

import json
import socket
import time
from typing import Any, Callable

from clienttest.drivers import Driver
from clienttest.hostile import HostileCase, Peer, Script, Server, answering

CREATE = {"amount": {"currency": "CNY", "minor": 5800}, "subject": "x"}
PAY = {"payment": "pay_01JD0000000000000000000001"}


def taking(*, half_a_reply: bool = False) -> Any:
    """Takes a request and goes away."""

    def script(peer: Peer) -> None:
        peer.greet()
        request = peer.request()
        if half_a_reply:
            whole = json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": {"echo": "no"}})
            peer.send_bytes(whole.encode())

    return script


def leaving(code: str) -> Any:
    """Says farewell instead of a greeting."""

    def script(peer: Peer) -> None:
        peer.notify("session.bye", {"code": code, "message": "Not now.", "retry_after_ms": 50})

    return script


def refusing(times: int, code: str, error_class: str, **data: Any) -> Any:
    """Refuses so often, then answers; the count runs over all connections."""

    def script(peer: Peer) -> None:
        peer.greet()
        while True:
            request = peer.request()
            if len(peer.server.requests) <= times:
                peer.refuse(request, code, error_class, **data)
            else:
                peer.reply(request, {"echo": "ok"})

    return script


class Losses(HostileCase):
    def test_a_read_cut_in_its_line_is_asked_again(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(taking(half_a_reply=True), answering())
            told = self.call(driver, server, "order.get", {"order": "A1"})
            self.assertEqual(told["result"], {"echo": "ok"})
            self.assertEqual(len(server.requests), 2)

        self.each(scenario)

    def test_a_write_is_sent_again_with_the_key_it_had_before_the_first_send(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(taking(half_a_reply=True), answering())
            told = self.call(driver, server, "order.create", CREATE)
            self.assertEqual(told["result"], {"echo": "ok"})
            first, second = server.requests
            self.assertEqual(first["params"], second["params"])
            self.assertGreaterEqual(len(server.keys()[0] or ""), 20)

        self.each(scenario)

    def test_two_intents_have_two_keys_and_a_given_key_is_kept(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(answering())
            self.call(driver, server, "order.create", CREATE)
            driver.call("", "order.create", CREATE)
            driver.call("", "order.create", CREATE | {"idempotency_key": "my-own-key"})
            keys = server.keys()
            self.assertEqual(len(set(keys)), 3)
            self.assertEqual(keys[2], "my-own-key")

        self.each(scenario)

    def test_what_has_no_key_is_never_sent_twice(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(taking(), answering())
            told = self.call(driver, server, "sandbox.pay", PAY)["error"]
            self.assertEqual((told["type"], told["outcome"]), ("OutcomeUnknown", "unknown"))
            time.sleep(0.2)
            self.assertEqual(len(server.requests), 1)

        # The command line tells the loss of what only administers as one of a read.
        self.each(scenario, "keeps_connection")

    def test_a_write_that_is_never_answered_is_unknown_and_names_its_key(self) -> None:
        def deaf(peer: Peer) -> None:
            peer.greet()
            peer.request()
            peer.wait_for_end()

        def scenario(driver: Driver) -> None:
            server = self.serve(deaf)
            options = {"timeout_ms": 300, "retry_for_ms": 0}
            told = self.call(driver, server, "order.create", CREATE, **options)["error"]
            self.assertEqual((told["type"], told["outcome"]), ("OutcomeUnknown", "unknown"), told)
            self.assertEqual(told["key"], server.keys()[0])

        self.each(scenario)

    def test_an_answer_that_cannot_be_read_leaves_a_write_unknown(self) -> None:
        broken: dict[str, Callable[[Peer, dict[str, Any]], None]] = {
            "no object": lambda peer, request: peer.reply(request, "done"),
            "no code": lambda peer, request: peer.send({"id": request["id"], "error": {}}),
            "nobody's": lambda peer, request: peer.send({"id": None, "error": {"data": {}}}),
            "half of it": lambda peer, _: peer.send_bytes(b'{"id":1,"result":{"order":{"id":"\n'),
            "no end": lambda peer, _: peer.send_bytes(b"x" * 5_000_000),
        }

        def answered_with(answer: Callable[[Peer, dict[str, Any]], None]) -> Script:
            def script(peer: Peer) -> None:
                peer.greet()
                answer(peer, peer.request())
                peer.wait_for_end()

            return script

        def scenario(driver: Driver) -> None:
            options = {"timeout_ms": 1_000, "retry_for_ms": 0}
            for name, answer in broken.items():
                server = self.serve(answered_with(answer))
                told = self.call(driver, server, "order.create", CREATE, **options)["error"]
                seen = (told["type"], told["outcome"], told["key"])
                self.assertEqual(seen, ("OutcomeUnknown", "unknown", server.keys()[0]), name)
                # A read had no effect, whatever came of it.
                server = self.serve(answered_with(answer))
                told = self.call(driver, server, "order.get", {"order": "A1"}, **options)["error"]
                self.assertEqual(told["outcome"], "none", name)

        self.each(scenario)

    def test_a_write_that_no_tilld_was_there_to_take_did_not_happen(self) -> None:
        def another(peer: Peer) -> None:
            peer.send_bytes(b"220 mail.example.com ready\r\n")
            peer.wait_for_end()

        def scenario(driver: Driver) -> None:
            told = self.call(driver, self.serve(another), "order.create", CREATE)["error"]
            self.assertEqual((told["type"], told["outcome"]), ("ProtocolFault", "none"), told)

        # The command line does not wait for the greeting, so it cannot say that.
        self.each(scenario, "keeps_connection")

    def test_a_refusal_after_a_loss_does_not_settle_the_loss(self) -> None:
        def scenario(driver: Driver) -> None:
            refusal = refusing(10_000, "draining", "unavailable", retry="later")
            server = self.serve(taking(), refusal)
            told = self.call(driver, server, "order.create", CREATE, retry_for_ms=500)["error"]
            self.assertEqual((told["type"], told["code"]), ("OutcomeUnknown", "draining"), told)

        self.each(scenario, "keeps_connection")

    def test_an_unknown_outcome_of_any_class_is_its_own_type_and_can_be_settled(self) -> None:
        stored = {"order": {"id": "ord_1"}}

        def unsure(peer: Peer) -> None:
            peer.greet()
            while True:
                request = peer.request()
                if request["method"] == "key.lookup":
                    wanted = peer.server.keys()[0]
                    running = len(peer.server.requests) < 4
                    done = {"state": "done", "reply": {"result": stored}}
                    assert request["params"]["key"] == wanted, request
                    peer.reply(request, {"state": "running"} if running else done)
                else:
                    peer.refuse(request, "internal", "internal", retry="lookup", outcome="unknown")

        def scenario(driver: Driver) -> None:
            server = self.serve(unsure)
            told = self.call(driver, server, "order.create", CREATE)["error"]
            self.assertEqual((told["type"], told["class"]), ("OutcomeUnknown", "internal"))
            self.assertEqual(driver.ask(on="", settle=True)["result"], stored)
            self.assertEqual(len(server.requests), 4)

        self.each(scenario, "keeps_connection")

    def test_busy_is_waited_for_with_one_key(self) -> None:
        def scenario(driver: Driver) -> None:
            data = {"retry": "later", "retry_after_ms": 20}
            server = self.serve(refusing(3, "too_many_in_flight", "busy", **data))
            told = self.call(driver, server, "order.create", CREATE)
            self.assertEqual(told["result"], {"echo": "ok"})
            self.assertEqual((len(server.requests), len(set(server.keys()))), (4, 1))

        self.each(scenario, "keeps_connection")

    def test_a_refusal_by_a_rule_is_final(self) -> None:
        def scenario(driver: Driver) -> None:
            refusal = refusing(1, "already_paid", "conflict", retry="refresh")
            server = self.serve(refusal)
            told = self.call(driver, server, "order.create", CREATE)["error"]
            self.assertEqual((told["type"], told["retry"]), ("ConflictError", "refresh"))
            self.assertEqual(len(server.requests), 1)

        self.each(scenario)

    def test_a_farewell_instead_of_a_greeting_is_a_reason_to_come_back(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(leaving("draining"), leaving("too_many_connections"), answering())
            told = self.call(driver, server, "order.create", CREATE)
            self.assertEqual(told["result"], {"echo": "ok"})
            self.assertEqual(len(server.requests), 1)

        self.each(scenario, "keeps_connection")

    def test_a_connection_that_ended_while_idle_costs_nothing(self) -> None:
        def once(peer: Peer) -> None:
            peer.greet()
            peer.reply(peer.request(), {"echo": "first"})
            peer.notify("session.bye", {"code": "draining", "message": "Stopping."})

        def scenario(driver: Driver) -> None:
            server = self.serve(once, answering())
            self.assertEqual(self.call(driver, server, "protocol.ping")["result"]["echo"], "first")
            time.sleep(0.2)
            # Without a key it could not be sent twice; it need not be.
            told = driver.call("", "sandbox.pay", PAY)
            self.assertEqual(told.get("result"), {"echo": "ok"}, told)

        self.each(scenario, "keeps_connection")

    def test_a_daemon_that_is_starting_is_waited_for(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(answering(), is_late=True, backlog=0)

            def start() -> None:
                server.listen()
                server.serve()

            server.later(0.7, start)
            told = self.call(driver, server, "order.create", CREATE)
            self.assertEqual(told["result"], {"echo": "ok"})
            self.assertEqual(len(server.requests), 1)

        self.each(scenario)

    def test_no_daemon_is_unreachable_and_nothing_happened(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(answering(), is_late=True)
            options = {"connect_timeout_ms": 300, "retry_for_ms": 0}
            told = self.call(driver, server, "order.create", CREATE, **options)["error"]
            self.assertEqual((told["type"], told["outcome"]), ("Unreachable", "none"))

        self.each(scenario)

    def test_a_full_backlog_is_tried_again(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(answering(), backlog=0)
            crowd = fill_backlog(server)
            server.later(0.7, server.serve)
            told = self.call(driver, server, "order.create", CREATE)
            self.assertEqual(told["result"], {"echo": "ok"})
            for link in crowd:
                link.close()

        self.each(scenario)

    def test_a_forked_child_has_a_connection_of_its_own(self) -> None:
        def echoing(peer: Peer) -> None:
            peer.greet()
            while True:
                request = peer.request()
                time.sleep(0.05)
                peer.reply(request, {"echo": request["params"].get("trace")})

        def scenario(driver: Driver) -> None:
            server = self.serve(echoing)
            self.call(driver, server, "protocol.ping")
            told = driver.ask(on="", fork="protocol.ping", params={})["result"]
            child, parent = told["child"]["echo"], told["parent"]["echo"]
            self.assertNotEqual(child, parent)
            self.assertEqual(parent, f"of-{driver.process.pid}")
            self.assertGreaterEqual(server.connections, 2)

        self.each(scenario, "can_fork")


def fill_backlog(server: Server) -> list[socket.socket]:
    """Connects until the kernel says that the queue is full."""
    crowd: list[socket.socket] = []
    while True:
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.setblocking(False)
        crowd.append(link)
        try:
            link.connect(server.path)
        except BlockingIOError:
            return crowd
