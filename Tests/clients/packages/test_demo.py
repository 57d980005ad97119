"""`Clients/examples/run` opens each shop by one command and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import unittest
import urllib.request
from pathlib import Path

from clienttest.shop import EXAMPLES, Shop, free_port
from tilltest.case import eventually


class Demo(unittest.TestCase):
    def test_one_command_opens_each_shop(self) -> None:
        for name in ("python", "node", "php"):
            with self.subTest(shop=name):
                if Shop.program(name) is None:
                    self.skipTest(f"there is no {name}")
                self.open(name)

    def open(self, name: str) -> None:
        port = free_port()
        environment = os.environ | {"SHOP_PORT": str(port)}
        environment.pop("TILL_SOCKET", None)
        process = subprocess.Popen(
            [str(EXAMPLES / "run"), name],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # A run in the background ignores it, and a shell cannot listen to what it inherits so.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        try:
            limit = time.monotonic() + 20
            while True:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                        self.assertIn(b"checkout", answer.read())
                    break
                except OSError:
                    self.assertLess(time.monotonic(), limit, f"the {name} shop does not open")
                    time.sleep(0.1)
        finally:
            # As Ctrl-C does: to all of them.
            os.killpg(process.pid, signal.SIGINT)
            self.assertIn(process.wait(20), (0, 130))
            eventually(lambda: not left_behind(port), f"nothing of {name} is left", 5)


def left_behind(port: int) -> list[str]:
    """Processes that were given this port."""
    mark = f"SHOP_PORT={port}\0".encode()
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in place.read_bytes():
                found.append(place.parent.name)
        except OSError:
            continue
    return found
