"""The two HTTP servers: the gateway itself, and the control side with the trap for redirects."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from . import transport
from .control import Control, ControlError
from .gateway import Gateway
from .intake import read_call
from .pages import PAGE_TYPE

MAX_BODY = 1024 * 1024


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

    def read_body(self) -> bytes:
        length = min(int(self.headers.get("Content-Length") or 0), MAX_BODY)
        return self.rfile.read(length) if length else b""

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            return


def gateway_handler(gateway: Gateway, trap: str) -> type[QuietHandler]:
    class Handler(QuietHandler):
        def answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.read_body()
            self.close_connection = self.close_connection or not gateway.settings["keep_alive"]
            if parts.path != "/gateway.do":
                return transport.send(self, b"not found", 404, "text/plain")
            call = read_call(parts.query, body, self.headers.get("Content-Type", ""))
            headers = {k: v for k, v in self.headers.items()}
            journal = gateway.journal
            entry = journal.open(self.command, parts.path, parts.query, headers, body, call)
            fault = gateway.plan.take_wire(call.method, call.biz_text("out_trade_no"))
            if fault is not None:
                entry.faults.append(fault.kind)
            try:
                self.carry_out(call, entry, fault)
            except transport.Gone:
                return
            journal.reach(entry, "answered")

        def carry_out(self, call: Any, entry: Any, fault: Any) -> None:
            reply_now = (
                fault is None
                or fault.applies()
                or fault.kind
                in (
                    "limited_40005",
                    "system_error",
                )
            )
            if not reply_now:
                return transport.deliver_faulty(self, fault, b"", trap)
            reply = gateway.answer(call, entry, fault)
            if fault is not None:
                return transport.deliver_faulty(self, fault, reply.body, trap)
            kind = transport.TEXT_TYPE if reply.error else transport.JSON_TYPE
            transport.send(self, reply.body, content_type=PAGE_TYPE if reply.page else kind)

        do_GET = answer
        do_POST = answer

    return Handler


def control_handler(gateway: Gateway, control: Control) -> type[QuietHandler]:
    class Handler(QuietHandler):
        def answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.read_body()
            if not parts.path.startswith("/_ctl/"):
                headers = {k: v for k, v in self.headers.items()}
                gateway.hit_trap(self.command, self.path, headers, body)
                return transport.send(self, b"caught", 200, "text/plain")
            try:
                result = control.run(parts.path[len("/_ctl/") :], parts.query, body)
                status = 200
            except ControlError as error:
                result, status = {"error": str(error)}, error.status
            transport.send(self, json.dumps(result, ensure_ascii=False).encode(), status)

        do_GET = answer
        do_POST = answer

    return Handler


class FakeAlipay:
    """Both servers running in threads of this process; `describe()` is what gets printed."""

    def __init__(self, gateway: Gateway, host: str = "127.0.0.1", port: int = 0) -> None:
        self.gateway = gateway
        self.stopping = threading.Event()
        control = Control(gateway)
        self.control_server = QuietServer((host, 0), control_handler(gateway, control))
        control_port = self.control_server.server_address[1]
        self.control_root = f"http://{host}:{control_port}/_ctl"
        self.trap = f"http://{host}:{control_port}/trap"
        self.gateway_server = QuietServer((host, port), gateway_handler(gateway, self.trap))
        self.url = f"http://{host}:{self.gateway_server.server_address[1]}/gateway.do"

    def start(self) -> None:
        for server in (self.control_server, self.gateway_server):
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        threading.Thread(target=self.deliver, daemon=True).start()

    def deliver(self) -> None:
        while not self.stopping.wait(0.05):
            self.gateway.notifier.deliver_due()

    def stop(self) -> None:
        self.stopping.set()
        self.gateway.plan.clear()
        for server in (self.gateway_server, self.control_server):
            server.shutdown()
            server.server_close()

    def describe(self) -> dict[str, Any]:
        apps = [app.public() for app in self.gateway.keyring.apps.values()]
        return {"gateway": self.url, "control": self.control_root, "trap": self.trap, "apps": apps}
