"""Runs an example shop: its web server and its worker, each a process."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Optional

from tilltest.daemon import REPOSITORY

EXAMPLES = REPOSITORY / "Clients" / "examples"
START_S = 20.0
CODES = [f"CODE-{number:04}-ABCD" for number in range(1, 41)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Shop:
    """`name` is the folder of the example."""

    def __init__(self, name: str, till_socket: str, folder: Path, port: int, gateway: str) -> None:
        self.name, self.port = name, port
        self.stock = folder / "stock"
        for place in ("free", "taken", "sold"):
            (self.stock / place).mkdir(parents=True)
        for code in CODES:
            (self.stock / "free" / code).write_text(code + "\n")
        self.environment = os.environ | {
            "TILL_SOCKET": till_socket,
            "SHOP_STOCK": str(self.stock),
            "SHOP_PORT": str(port),
            "SHOP_URL": f"http://127.0.0.1:{port}",
            "SHOP_GATEWAY": gateway,
            "PYTHONPATH": str(REPOSITORY / "Clients" / "python"),
            "PHP_CLI_SERVER_WORKERS": "16",
        }
        self.log = (folder / "shop.log").open("ab")
        self.processes: list[subprocess.Popen[bytes]] = []

    def words(self, program: str) -> list[str]:
        place = str(EXAMPLES / self.name / program)
        if self.name == "python":
            return ["python3", f"{place}.py"]
        if self.name == "node":
            return ["node", f"{place}.mjs"]
        server = ["-d", "enable_post_data_reading=0", "-S", f"127.0.0.1:{self.port}"]
        return ["php", *(server if program == "shop" else []), f"{place}.php"]

    @staticmethod
    def program(name: str) -> Optional[str]:
        return shutil.which("python3" if name == "python" else name)

    def run(self, program: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            self.words(program),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def start(self) -> Shop:
        server = self.run("shop")
        limit = time.monotonic() + START_S
        while True:
            try:
                self.get("/")
                return self
            except OSError:
                if server.poll() is not None or time.monotonic() > limit:
                    raise AssertionError(f"the {self.name} shop does not start") from None
                time.sleep(0.05)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes, dict[str, str]]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            link.request(method, path, body or None, headers or {})
            answer = link.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, answer.read(), found
        finally:
            link.close()

    def get(self, path: str) -> tuple[int, Any]:
        status, body, headers = self.ask("GET", path)
        is_json = headers.get("content-type", "").startswith("application/json")
        return status, json.loads(body) if is_json else body

    def post(self, path: str, **body: Any) -> tuple[int, Any]:
        kind = {"content-type": "application/json"}
        status, answer, _ = self.ask("POST", path, json.dumps(body).encode(), kind)
        return status, json.loads(answer)

    def view(self, number: str, **query: str) -> dict[str, Any]:
        words = "&".join(f"{name}={value}" for name, value in query.items())
        status, page = self.get(f"/api/orders/{number}?{words}")
        assert status == 200, page
        found: dict[str, Any] = page
        return found

    def follow(self, page: dict[str, Any], within_s: float = 40.0) -> dict[str, Any]:
        """As the page does: asks for news until there is a code."""
        limit = time.monotonic() + within_s
        while "code" not in page:
            assert time.monotonic() < limit, page
            order = page["order"]
            seen = {name: order[name] for name in ("pay_state", "delivery_state")}
            page = self.view(order["order_no"], lang="zh", **seen)
        return page

    def codes(self, place: str) -> list[str]:
        return sorted(path.read_text().strip() for path in (self.stock / place).iterdir())

    def close(self) -> None:
        for process in self.processes:
            end(process)
        self.log.close()


def end(process: subprocess.Popen[bytes], number: int = 15) -> None:
    """Ends a process with its children; PHP's server has some."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        pass
    process.wait(20)
