"""What a library does with lines it did not ask for, and with lines that never end."""

from __future__ import annotations

import json
import subprocess
import time

from clienttest.drivers import Driver, client_program
from clienttest.hostile import HostileCase, Peer, answering, eventually

ORDER = {"order": "A1"}
OUTPUT_LOST = 14
WORDS = "月度会员 – 30 天"


class Lines(HostileCase):
    def test_lines_nobody_asked_for_are_passed_over(self) -> None:
        def noisy(peer: Peer) -> None:
            peer.greet()
            request = peer.request()
            peer.send_bytes(b'\n\r\nnot json\n[1,2]\n"text"\n{"jsonrpc":"2.0"}\n{}\r\n')
            peer.notify("session.weather", {"is": "fine"})
            peer.notify("events.item", {"id": 999, "event": {}, "cursor": "0a:1"})
            peer.reply(request | {"id": request["id"] + 1_000}, {"order": "another"})
            peer.reply(request | {"id": str(request["id"])}, {"order": "of a string"})
            peer.reply(request, {"order": {"subject": WORDS}, "unknown_member": [1]})
            peer.wait_for_end()

        def scenario(driver: Driver) -> None:
            told = self.call(driver, self.serve(noisy), "order.get", ORDER)
            self.assertEqual(told["result"]["order"], {"subject": WORDS})

        self.each(scenario)

    def test_a_reply_may_come_in_single_bytes(self) -> None:
        def dribbling(peer: Peer) -> None:
            peer.greet()
            request = peer.request()
            text = f'{{"jsonrpc":"2.0","id":{request["id"]},"result":{{"order":"{WORDS}"}}}}\n'
            for byte in text.encode():
                peer.send_bytes(bytes([byte]))
                time.sleep(0.001)
            peer.wait_for_end()

        def scenario(driver: Driver) -> None:
            told = self.call(driver, self.serve(dribbling), "order.get", ORDER)
            self.assertEqual(told["result"]["order"], WORDS)

        self.each(scenario)

    def test_the_longest_line_is_read_whole(self) -> None:
        long = "页" * 300_000

        def scenario(driver: Driver) -> None:
            server = self.serve(answering({"order": long}))
            told = self.call(driver, server, "order.get", ORDER)
            self.assertEqual(told["result"]["order"], long)

        self.each(scenario)

    def test_a_line_without_end_is_given_up(self) -> None:
        def endless(peer: Peer) -> None:
            peer.greet()
            peer.request()
            for _ in range(200):
                peer.send_bytes(b"x" * 65_536)

        def scenario(driver: Driver) -> None:
            server = self.serve(endless)
            told = self.call(driver, server, "order.get", ORDER, retry_for_ms=0)
            self.assertEqual(told["error"]["type"], "ProtocolFault", told)

        self.each(scenario)

    def test_what_does_not_greet_as_tilld_is_no_tilld(self) -> None:
        def web(peer: Peer) -> None:
            peer.send_bytes(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            peer.wait_for_end()

        def scenario(driver: Driver) -> None:
            told = self.call(driver, self.serve(web), "order.get", ORDER)
            self.assertEqual(told["error"]["type"], "ProtocolFault", told)

        self.each(scenario)

    def test_a_closed_standard_output_is_not_the_daemons_socket(self) -> None:
        more: list[bytes] = []

        def listening(peer: Peer) -> None:
            peer.greet()
            peer.reply(peer.request(), {"order": {"id": "ord_1"}})
            more.append(peer.link.recv(65_536))

        server = self.serve(listening)
        done = self.shell('exec "$@" >&-', "order", "get", "A1", "--socket", server.path)
        self.assertEqual(done.returncode, OUTPUT_LOST, done.stderr)
        eventually(lambda: len(more) > 0)
        self.assertEqual(more, [b""])

    def shell(self, script: str, *words: str) -> subprocess.CompletedProcess[str]:
        """The command line by a line of the shell, in which it is `"$@"`."""
        line = ["sh", "-c", script, "sh", str(client_program()), *words]
        return subprocess.run(line, timeout=20, check=False, text=True, stderr=subprocess.PIPE)

    def test_an_answer_that_cannot_be_written_is_no_success(self) -> None:
        server = self.serve(answering({"order": {"id": "ord_1", "order_no": "A1"}}))
        create = ["order", "create", "A1", "1.00CNY", "--subject", "x", "--key", "key-of-A1"]
        socket = ["--socket", server.path]
        for script, cause in [
            ('exec "$@" >&-', "it is closed"),
            ('exec "$@" >/dev/full', "No space left on device"),
        ]:
            read = self.shell(script, "order", "get", "A1", *socket)
            self.assertEqual(read.returncode, OUTPUT_LOST, read.stderr)
            self.assertRegex(read.stderr, f"^error: standard output: .*{cause}.*\n$")
            write = self.shell(script, *create, *socket)
            self.assertEqual(write.returncode, OUTPUT_LOST, write.stderr)
            self.assertIn(cause, write.stderr)
            self.assertIn("the daemon has carried it out", write.stderr)
            self.assertIn("next: till order create A1 1.00CNY", write.stderr)
            self.assertIn("--key key-of-A1", write.stderr)
            told = self.shell(script, *create, "--json", *socket)
            self.assertEqual(told.returncode, OUTPUT_LOST, told.stderr)
            error = json.loads(told.stderr)["data"]
            self.assertEqual((error["code"], error["outcome"]), ("output_lost", "applied"))
            for words in (["version"], ["--version"], ["help"], ["explain", "12"]):
                local = self.shell(script, *words)
                self.assertEqual(local.returncode, OUTPUT_LOST, words)
                self.assertIn(cause, local.stderr)
        # Nothing to print is nothing lost, and a reader that has seen enough is no fault.
        self.assertEqual(self.shell('exec "$@" >&-', "order", "get").returncode, 2)
        piped = self.shell('"$@" | head -n 1 >/dev/null', "protocol", "errors")
        self.assertEqual((piped.returncode, piped.stderr), (0, ""))

    def test_a_late_reply_does_not_meet_the_next_request(self) -> None:
        def late(peer: Peer) -> None:
            peer.greet()
            request = peer.request()
            if request["params"]["order"] == "slow":
                time.sleep(0.45)
                peer.reply(request, {"order": "slow"})
            else:
                peer.reply(request, {"order": "quick"})
            while True:
                peer.reply(peer.request(), {"order": "quick"})

        def scenario(driver: Driver) -> None:
            server = self.serve(late)
            options = {"timeout_ms": 300, "retry_for_ms": 0}
            told = self.call(driver, server, "order.get", {"order": "slow"}, **options)
            self.assertEqual(told["error"]["type"], "Unreachable", told)
            self.assertEqual(told["error"]["outcome"], "none")
            for _ in range(5):
                told = driver.call("", "order.get", {"order": "quick"})
                self.assertEqual(told["result"]["order"], "quick")
                time.sleep(0.1)

        self.each(scenario, "keeps_connection")

    def test_a_class_of_errors_from_the_future_is_still_an_error_of_the_daemon(self) -> None:
        def newer(peer: Peer) -> None:
            peer.greet()
            peer.refuse(peer.request(), "teapot", "kitchenware", details={"cups": 2})
            peer.wait_for_end()

        def scenario(driver: Driver) -> None:
            told = self.call(driver, self.serve(newer), "order.get", ORDER)["error"]
            self.assertEqual((told["type"], told["code"]), ("ReplyError", "teapot"))
            self.assertEqual(told["details"], {"cups": 2})

        self.each(scenario, "keeps_connection")

    def test_a_float_never_leaves_the_library(self) -> None:
        def scenario(driver: Driver) -> None:
            server = self.serve(answering())
            for amount in (58.5, 0.1, 1e300, 2**53):
                params = {"amount": {"currency": "CNY", "minor": amount}, "subject": "x"}
                told = self.call(driver, server, "order.create", params)["error"]
                self.assertNotIn("code", {k for k, v in told.items() if v}, told)
                self.assertIn("/amount/minor", told["message"])
            self.assertEqual(server.connections, 0)

        self.each(scenario, "keeps_connection")
