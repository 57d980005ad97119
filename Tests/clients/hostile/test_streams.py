"""Streams go on from their cursor, whatever happens to the connection."""

from __future__ import annotations

import json
from typing import Any

from clienttest.drivers import Driver
from clienttest.hostile import SHORT, HostileCase, Peer, Server
from tilltest.daemon import Daemon


def cursor(number: int) -> str:
    return f"0a:{number}"


def item(peer: Peer, request: dict[str, Any], number: int) -> None:
    event = {"id": f"evt_{number}", "seq": number, "type": "order.paid"}
    params = {"id": request["id"], "event": event, "cursor": cursor(number)}
    peer.notify("events.item", params)


class Streams(HostileCase):
    def stream(self, driver: Driver, server: Server, **params: Any) -> dict[str, Any]:
        driver.open("", socket=server.path, **SHORT)
        return driver.ask(on="", subscribe=params)

    def test_a_stream_goes_on_from_its_cursor_after_every_kind_of_end(self) -> None:
        def first(peer: Peer) -> None:
            peer.greet()
            request = peer.request()
            item(peer, request, 1)
            peer.send_bytes(b"noise\n")
            item(peer, request | {"id": request["id"] + 7}, 900)
            item(peer, request, 2)
            mark = {"id": request["id"], "cursor": cursor(5), "caught_up": False}
            peer.notify("events.mark", mark)
            whole = json.dumps({"jsonrpc": "2.0", "method": "events.item", "params": {}})
            peer.send_bytes(whole.encode())

        def second(peer: Peer) -> None:
            peer.greet()
            request = peer.request()
            item(peer, request, 6)
            peer.notify("session.bye", {"code": "draining", "message": "Stopping."})
            end = {"reason": "draining", "count": 1, "cursor": cursor(6)}
            peer.reply(request, end)

        def third(peer: Peer) -> None:
            peer.greet()
            peer.refuse(peer.request(), "starting", "unavailable", retry="later", retry_after_ms=10)
            peer.wait_for_end()

        def fourth(peer: Peer) -> None:
            peer.greet()
            request = peer.request()
            item(peer, request, 7)
            peer.reply(request, {"reason": "limit", "count": 1, "cursor": cursor(7)})
            peer.wait_for_end()

        def scenario(driver: Driver) -> None:
            server = self.serve(first, second, third, fourth)
            told = self.stream(driver, server, after="oldest", types=["order.*"], limit=4)
            found = [each["event"]["seq"] for each in told["result"]["items"]]
            self.assertEqual(found, [1, 2, 6, 7])
            asked = [(r["params"]["after"], r["params"]["limit"]) for r in server.requests]
            self.assertEqual(asked, [("oldest", 4), (cursor(5), 2), (cursor(6), 1), (cursor(6), 1)])
            self.assertTrue(all(r["params"]["types"] == ["order.*"] for r in server.requests))

        self.each(scenario, "can_stream")

    def test_a_cursor_that_is_no_good_is_the_caller_s_matter(self) -> None:
        def expired(peer: Peer) -> None:
            peer.greet()
            peer.refuse(peer.request(), "cursor_expired", "conflict")
            peer.wait_for_end()

        def scenario(driver: Driver) -> None:
            server = self.serve(expired)
            told = self.stream(driver, server, after="0a:1")["error"]
            self.assertEqual((told["type"], told["code"]), ("ConflictError", "cursor_expired"))
            self.assertEqual(server.connections, 1)

        self.each(scenario, "can_stream")

    def test_no_event_is_lost_or_doubled_when_the_real_daemon_is_killed(self) -> None:
        def scenario(driver: Driver) -> None:
            daemon = Daemon({"gateways": [{"name": "sandbox", "kind": "sandbox"}]})
            self.addCleanup(daemon.close)
            daemon.start()
            driver.open("", socket=daemon.socket, connect_timeout_ms=10_000)
            params = {"after": "oldest", "types": ["order.created"], "limit": 9}
            stream = driver.begin_stream("", params)
            numbers = []
            for turn in range(3):
                for _ in range(3):
                    order = daemon.client().keyed(
                        "order.create", amount={"currency": "CNY", "minor": 1}, subject="x"
                    )["order"]
                    numbers.append(order["id"])
                if turn < 2:
                    daemon.restart(kill=turn == 0)
            found = driver.finish(stream)["result"]["items"]
            self.assertEqual([each["event"]["order"] for each in found], numbers)

        self.each(scenario, "can_stream")
