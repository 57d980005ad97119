"""How an answer leaves, or fails to leave: every wire fault ends in one of these functions."""

from __future__ import annotations

import gzip
import socket
import struct
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from .faults import Fault

JSON_TYPE = "application/json;charset=utf-8"
TEXT_TYPE = "text/html;charset=utf-8"
HANG_MS = 60_000
HUGE_BYTES = 64 * 1024 * 1024
BAD_GATEWAY = (
    b'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body bgcolor="white">\r\n'
    b"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>Tengine</center>\r\n"
    b"</body>\r\n</html>\r\n"
)


@dataclass
class Reply:
    """A whole answer before anything goes wrong with it."""

    body: bytes
    status: int = 200
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)


class Gone(Exception):
    """The connection was given up on purpose; nothing more may be written."""


def send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """A whole answer in one write; 204 goes out without a body."""
    head(handler, reply, None if reply.status == 204 else len(reply.body))
    if handler.command != "HEAD" and reply.status != 204:
        handler.wfile.write(reply.body)
    handler.wfile.flush()


def head(handler: BaseHTTPRequestHandler, reply: Reply, length: int | None) -> None:
    handler.send_response(reply.status)
    if length is not None:
        handler.send_header("Content-Type", reply.content_type)
        handler.send_header("Content-Length", str(length))
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    if handler.close_connection:
        handler.send_header("Connection", "close")
    handler.end_headers()


def drop(handler: BaseHTTPRequestHandler, with_reset: bool = False) -> None:
    """Ends the connection without another byte; with RST when asked."""
    handler.close_connection = True
    link = handler.connection
    if with_reset:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    try:
        if not with_reset:
            link.shutdown(socket.SHUT_RDWR)
        link.close()
    except OSError:
        pass
    raise Gone


def hang(handler: BaseHTTPRequestHandler, fault: Fault) -> None:
    """Says nothing until released or the hold ends, then closes without an answer."""
    fault.release.wait(fault.number("hold_ms", HANG_MS) / 1000)
    drop(handler)


def torn(handler: BaseHTTPRequestHandler, reply: Reply, fault: Fault) -> None:
    """Promises the whole body, sends part of it, closes."""
    head(handler, reply, max(1, len(reply.body)))
    handler.wfile.write(reply.body[: fault.number("bytes", len(reply.body) // 2)])
    handler.wfile.flush()
    drop(handler)


def drip(handler: BaseHTTPRequestHandler, reply: Reply, fault: Fault) -> None:
    """A few bytes at a time; every byte arrives in the end unless the client gives up."""
    if reply.status == 204:
        return send(handler, reply)
    body = reply.body
    head(handler, reply, len(body))
    step, pause = fault.number("bytes", 16), fault.number("pause_ms", 50) / 1000
    for start in range(0, len(body), step):
        handler.wfile.write(body[start : start + step])
        handler.wfile.flush()
        if fault.release.wait(pause):
            pause = 0


def huge(handler: BaseHTTPRequestHandler, fault: Fault) -> None:
    """64 MiB of well-formed JSON that never reaches its point."""
    total = fault.number("bytes", HUGE_BYTES)
    handler.send_response(200)
    handler.send_header("Content-Type", JSON_TYPE)
    if not fault.options.get("chunked"):
        handler.send_header("Content-Length", str(total))
    else:
        handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(b'{"padding":"')
    handler.wfile.flush()
    piece = b"x" * 65524
    sent = 0
    while sent < total:
        sent += handler.connection.send(piece[: min(len(piece), total - sent)])
    drop(handler)


def bad_chunks(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    body = reply.body
    handler.send_response(200)
    handler.send_header("Content-Type", JSON_TYPE)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"5\r\n" + body[:5] + b"\r\nZZ\r\n" + body[5:] + b"\r\n")
    handler.wfile.flush()
    drop(handler)


def bad_text(body: bytes) -> bytes:
    """Two bytes that are no UTF-8 inside the last text of the body."""
    place = body.rfind(b'"')
    return body[:place] + b"\xff\xfe" + body[place:] if place >= 0 else b"\xff\xfe"


def deliver_faulty(handler: BaseHTTPRequestHandler, fault: Fault, reply: Reply, trap: str) -> None:
    """Sends the reply, or what the fault makes of it. `trap` is where a redirect points."""
    kind = fault.kind
    if kind in ("drop_before_apply", "apply_then_drop"):
        drop(handler)
    elif kind == "reset":
        drop(handler, with_reset=True)
    elif kind in ("hang", "apply_then_hang"):
        hang(handler, fault)
    elif kind in ("error_500_before_apply", "error_500_after_apply"):
        status = fault.number("status", 500)
        send(handler, Reply(b"<h1>Internal Server Error</h1>", status, TEXT_TYPE))
    elif kind == "html_502":
        send(handler, Reply(BAD_GATEWAY, 502, "text/html"))
    elif kind == "http_429":
        later = {"Retry-After": str(fault.number("after_s", 2))}
        send(handler, Reply(b"", 429, "text/plain", later))
    elif kind == "redirect":
        where = {"Location": str(fault.options.get("location", trap))}
        send(handler, Reply(b"", fault.number("status", 302), "text/html", where))
    elif kind == "torn_body":
        torn(handler, reply, fault)
    elif kind == "slow_drip":
        drip(handler, reply, fault)
    elif kind == "slow":
        time.sleep(fault.number("delay_ms", 2000) / 1000)
        send(handler, reply)
    elif kind == "empty":
        send(handler, Reply(b"", headers=reply.headers))
    elif kind == "garbage":
        send(handler, Reply(b"\x7fELF\x02\x01\x01\x00}{][ not json at all"))
    elif kind == "bad_utf8":
        send(handler, Reply(bad_text(reply.body), headers=reply.headers))
    elif kind == "bad_chunking":
        bad_chunks(handler, reply)
    elif kind == "wrong_content_type":
        reply.content_type = "image/png"
        send(handler, reply)
    elif kind == "huge_body":
        huge(handler, fault)
    elif kind == "gzip_bomb":
        packed = gzip.compress(b" " * HUGE_BYTES, 9)
        send(handler, Reply(packed, headers={"Content-Encoding": "gzip"}))
    else:
        send(handler, reply)
