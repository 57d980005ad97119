"""A fake as a program: makes its keys, prints one JSON line, serves until it is told to end."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path
from typing import Callable

from .fake import Fake
from .server import FakeServer


def end_with_stdin(ended: threading.Event) -> None:
    """Whoever started us is gone when stdin ends."""
    sys.stdin.read()
    ended.set()


def run(name: str, about: str | None, make: Callable[[Path], Fake]) -> int:
    parser = argparse.ArgumentParser(prog=name, description=about)
    parser.add_argument("--dir", required=True, type=Path, help="folder for fresh keys")
    parser.add_argument("--port", type=int, default=0, help="gateway port, else an unused one")
    parser.add_argument("--until-eof", action="store_true", help="end when stdin ends")
    options = parser.parse_args()
    server = FakeServer(make(options.dir), port=options.port)
    server.start()
    print(json.dumps(server.describe()), flush=True)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    if options.until_eof:
        threading.Thread(target=end_with_stdin, args=(ended,), daemon=True).start()
    ended.wait()
    server.stop()
    return 0
