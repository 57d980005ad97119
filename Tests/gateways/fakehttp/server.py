"""The two HTTP servers: the gateway itself, and the control side with the trap for redirects."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from . import transport
from .fake import ControlError, Fake, Request
from .transport import Reply

MAX_BODY = 1024 * 1024
TICK_S = 0.05


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is not news; faults make many of them."""


class QuietHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120
    wbufsize = 65536
    server_version = "Tengine"
    sys_version = ""

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log_message(self, format: str, *args: Any) -> None:
        return

    def read_request(self) -> Request:
        length = min(int(self.headers.get("Content-Length") or 0), MAX_BODY)
        body = self.rfile.read(length) if length else b""
        parts = urlsplit(self.path)
        return Request(self.command, parts.path, parts.query, dict(self.headers.items()), body)

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            return


def gateway_handler(fake: Fake, trap: str) -> type[QuietHandler]:
    class Handler(QuietHandler):
        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string(
                int(fake.clock.now_ms() / 1000 if timestamp is None else timestamp)
            )

        def answer(self) -> None:
            request = self.read_request()
            self.close_connection = self.close_connection or not fake.keep_alive
            read = fake.read(request)
            if read is None:
                return transport.send(self, Reply(b"not found", 404, "text/plain"))
            entry, call = read
            fake.journal.open(entry)
            fault = fake.plan.take_wire(entry.method, entry.out_trade_no)
            if fault is not None:
                entry.faults.append(fault.kind)
            reply = Reply(b"")
            if fault is None or fault.applies() or fault.kind in fake.worded:
                reply = fake.answer(entry, call, fault)
            try:
                if fault is None:
                    transport.send(self, reply)
                else:
                    transport.deliver_faulty(self, fault, reply, trap)
            except transport.Gone:
                return
            fake.journal.reach(entry, "answered")

        do_GET = answer
        do_POST = answer

    return Handler


def run_control(fake: Fake, name: str, query: str, body: bytes) -> Any:
    """Parameters come from the query and a JSON object body together."""
    handler = fake.all_controls().get(name)
    if handler is None:
        raise ControlError(f"no control is called {name}", 404)
    params: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    try:
        if body:
            params |= json.loads(body)
        return handler(params)
    except (KeyError, TypeError, ValueError) as error:
        raise ControlError(f"{type(error).__name__}: {error}") from None


def control_handler(fake: Fake) -> type[QuietHandler]:
    class Handler(QuietHandler):
        def answer(self) -> None:
            request = self.read_request()
            if not request.path.startswith("/_ctl/"):
                fake.hit_trap(request)
                return transport.send(self, Reply(b"caught", 200, "text/plain"))
            name = request.path[len("/_ctl/") :]
            try:
                result, status = run_control(fake, name, request.query, request.body), 200
            except ControlError as error:
                result, status = {"error": str(error)}, error.status
            text = json.dumps(result, ensure_ascii=False).encode()
            transport.send(self, Reply(text, status))

        do_GET = answer
        do_POST = answer

    return Handler


class FakeServer:
    """Both servers running in threads of this process; `describe()` is what gets printed."""

    def __init__(self, fake: Fake, host: str = "127.0.0.1", port: int = 0) -> None:
        self.fake = fake
        self.stopping = threading.Event()
        self.control_server = QuietServer((host, 0), control_handler(fake))
        control_port = self.control_server.server_address[1]
        self.control_root = f"http://{host}:{control_port}/_ctl"
        self.trap = f"http://{host}:{control_port}/trap"
        self.gateway_server = QuietServer((host, port), gateway_handler(fake, self.trap))
        self.root = f"http://{host}:{self.gateway_server.server_address[1]}"

    def start(self) -> None:
        for server in (self.control_server, self.gateway_server):
            threading.Thread(target=server.serve_forever, args=(TICK_S,), daemon=True).start()
        threading.Thread(target=self._tick, daemon=True).start()

    def _tick(self) -> None:
        while not self.stopping.wait(TICK_S):
            self.fake.tick()

    def stop(self) -> None:
        self.stopping.set()
        self.fake.plan.clear()
        for server in (self.gateway_server, self.control_server):
            server.shutdown()
            server.server_close()

    def describe(self) -> dict[str, Any]:
        known = {"root": self.root, "control": self.control_root, "trap": self.trap}
        return known | self.fake.public()
