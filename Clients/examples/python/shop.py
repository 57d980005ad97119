"""The web server of the example shop: `python3 shop.py`. See ../README.md."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple, get_args
from urllib.parse import parse_qs, unquote, urlsplit

from till import Client, ConflictError, NotFoundError, ReplyError, TillError
from till.generated.types import Callback, Lang, SandboxState, WaitState

WEB = Path(__file__).resolve().parent.parent / "web"
STOCK = Path(os.environ.get("SHOP_STOCK", "stock"))
PORT = int(os.environ.get("SHOP_PORT", "8080"))
ADDRESS = os.environ.get("SHOP_URL", f"http://127.0.0.1:{PORT}")
GATEWAY = os.environ.get("SHOP_GATEWAY", "sandbox")
PRODUCT = json.loads((WEB / "product.json").read_text(encoding="utf-8"))

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
}
BODY_MAX = 128 * 1024
# How long a question of the page waits for news.
WAIT_MS = 20_000
STATES: Tuple[WaitState, ...] = get_args(WaitState)
# What the page may know of an order.
TOLD = ("order_no", "pay_state", "delivery_state", "flags", "paid_at", "expires_at")
# What the buyer does at the sandbox, and what becomes of the sandbox's notification.
HANDS: Dict[str, Tuple[SandboxState, Callback]] = {
    "deliver": ("paid", "deliver"),
    "lose": ("paid", "lose"),
    "failed": ("failed", "deliver"),
}

till = Client()


class Refused(Exception):
    """The page asked for something that it never should."""


def buy(key: str, lang: Lang, client_ip: str) -> Dict[str, Any]:
    """The order of this page and a payment for it. Asked again, the same order."""
    if not re.fullmatch(r"[A-Za-z0-9-]{16,64}", key):
        raise Refused("bad_key")
    # The number cannot be guessed: whoever knows it may see the goods.
    number = "W" + hashlib.sha256(key.encode()).hexdigest()[:24].upper()
    till.order.create(
        PRODUCT["amount"], subject=PRODUCT["subject"], order_no=number, idempotency_key=key
    )
    try:
        # An open payment is given back instead of a second one: two tabs, one payment.
        till.payment.create(
            number,
            gateway=GATEWAY,
            return_url=f"{ADDRESS}/?order={number}",
            client_ip=client_ip,
        )
    except ConflictError as fault:
        if fault.code not in ("already_paid", "order_not_payable"):
            raise
    return view(number, lang)


def view(number: str, lang: Lang) -> Dict[str, Any]:
    """All that the page may know; what support says of the order stays here."""
    order = till.order.get(number)["order"]
    tell = till.order.tell(number, lang=lang)["tell"]
    page: Dict[str, Any] = {
        "order": {name: value for name, value in order.items() if name in TOLD},
        "tell": {name: value for name, value in tell.items() if name != "support"},
        "now_at": time.time_ns() // 1_000_000,
    }
    if order["payments"]:
        payment = till.payment.get(order["payments"][-1])["payment"]
        page["payment"] = {"state": payment["state"], "action": payment.get("action")}
    if order["delivery_state"] == "delivered":
        page["code"] = (STOCK / "sold" / order["id"]).read_text(encoding="utf-8").strip()
    return page


def view_changed(number: str, lang: Lang, seen: List[str]) -> Dict[str, Any]:
    """Answers when the order is no more in the two states seen, or when Till has asked again."""
    now = view(number, lang)
    order, due = now["order"], now["tell"].get("next_check_at")
    if [order["pay_state"], order["delivery_state"]] != seen:
        return now
    wait_ms = WAIT_MS if due is None else min(WAIT_MS, max(1_000, due - now["now_at"] + 500))
    others = [state for state in STATES if state not in seen]
    till.order.wait(number, until=others, wait_ms=wait_ms)
    return view(number, lang)


def play(number: str, hand: str) -> Dict[str, Any]:
    """The buyer's hand; Till refuses it for any gateway that is no sandbox."""
    payments = till.order.get(number)["order"]["payments"]
    if hand not in HANDS or not payments:
        raise Refused("nothing_to_play")
    state, callback = HANDS[hand]
    till.sandbox.pay(payments[-1], state=state, callback=callback)
    return {}


def spoken(word: str) -> Lang:
    return "en" if word == "en" else "zh"


def members(body: bytes) -> Dict[str, str]:
    """The texts of an object."""
    try:
        given = json.loads(body)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise Refused("no_json")
    return {name: value for name, value in given.items() if isinstance(value, str)}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        self.route()

    def do_POST(self) -> None:  # noqa: N802
        self.route()

    def route(self) -> None:
        address = urlsplit(self.path)
        words = [unquote(word) for word in address.path.split("/")[1:]]
        length = self.headers.get("content-length", "0")
        if "transfer-encoding" in self.headers or not re.fullmatch("[0-9]{1,12}", length):
            # http.server takes no body in pieces; a web server in front puts it together.
            return self.refuse(411)
        if int(length) > BODY_MAX:
            return self.refuse(413)
        body = self.rfile.read(int(length))
        if words[0] == "notify" and len(words) == 2:
            self.notify(words[1], address.query, body)
        elif words[0] == "api":
            self.api(words[1:], address.query, body)
        elif self.command == "GET" and address.path == "/":
            self.file("index.html")
        elif self.command == "GET" and words[0] == "web" and len(words) == 2:
            self.file(words[1])
        else:
            self.answer(404, b"")

    def notify(self, gateway: str, query: str, body: bytes) -> None:
        """Hands on exactly what came, and answers exactly what Till says."""
        try:
            ack = till.notification.ingest(
                gateway,
                http_method=self.command,
                query=query or None,
                headers={name.lower(): value for name, value in self.headers.items()},
                body_base64=base64.b64encode(body).decode(),
                source_ip=self.client_address[0],
            )["ack"]
        except NotFoundError:
            return self.answer(404, b"")
        except TillError as fault:
            # Not kept, so the gateway must send it again.
            self.log_error("%s", fault)
            return self.answer(503, b"")
        self.answer(ack["status"], ack["body"].encode(), ack["headers"])

    def api(self, words: List[str], query: str, body: bytes) -> None:
        try:
            status, result = 200, self.act(words, parse_qs(query), body)
        except Refused as fault:
            status, result = 400, {"code": str(fault)}
        except NotFoundError as fault:
            status, result = 404, {"code": fault.code}
        except ReplyError as fault:
            # A refusal that time does not change is an answer; all else is asked again.
            status = 409 if fault.retry in ("never", "refresh") else 503
            result = {"code": fault.code}
        except TillError as fault:
            self.log_error("%s", fault)
            status, result = 503, {"code": fault.code}
        self.answer(status, json.dumps(result).encode(), {"content-type": TYPES["json"]})

    def act(self, words: List[str], query: Dict[str, List[str]], body: bytes) -> Dict[str, Any]:
        lang = spoken(query.get("lang", [""])[0])
        if self.command == "POST":
            given = members(body)
            if words == ["orders"]:
                lang = spoken(given.get("lang", ""))
                return buy(given.get("key", ""), lang, self.client_address[0])
            if len(words) == 3 and words[0] == "orders" and words[2] == "play":
                return play(words[1], given.get("hand", ""))
        elif len(words) == 2 and words[0] == "orders":
            seen = [query[name][0] for name in ("pay_state", "delivery_state") if name in query]
            return view_changed(words[1], lang, seen) if len(seen) == 2 else view(words[1], lang)
        raise Refused("no_such_question")

    def file(self, name: str) -> None:
        found = {path.name: path for path in WEB.iterdir()}.get(name)
        if found is None:
            return self.answer(404, b"")
        kind = TYPES[found.suffix[1:]] + "; charset=utf-8"
        policy = "default-src 'self'; img-src data:"
        headers = {"content-type": kind, "content-security-policy": policy}
        self.answer(200, found.read_bytes(), headers)

    def refuse(self, status: int) -> None:
        """Without having read the body, so the connection is of no more use."""
        self.close_connection = True
        self.answer(status, b"", {"connection": "close"})

    def answer(self, status: int, body: bytes, headers: Optional[Dict[str, str]] = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("cache-control", "no-store")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(address: Tuple[str, int]) -> None:
    server = ThreadingHTTPServer(address, Handler)
    server.daemon_threads = True
    print(f"The shop is open at {ADDRESS}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve(("127.0.0.1", PORT))
