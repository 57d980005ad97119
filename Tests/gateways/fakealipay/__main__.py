"""Starts the fake and prints one JSON line: `python3 fakealipay --dir FOLDER`."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fakealipay.gateway import Gateway
from fakealipay.server import FakeAlipay


def end_with_stdin(ended: threading.Event) -> None:
    """Whoever started us is gone when stdin ends."""
    sys.stdin.read()
    ended.set()


def main() -> int:
    parser = argparse.ArgumentParser(prog="fakealipay", description=__doc__)
    parser.add_argument("--dir", required=True, type=Path, help="folder for fresh keys")
    parser.add_argument("--port", type=int, default=0, help="gateway port, else an unused one")
    parser.add_argument("--until-eof", action="store_true", help="end when stdin ends")
    options = parser.parse_args()
    fake = FakeAlipay(Gateway(options.dir), port=options.port)
    fake.start()
    print(json.dumps(fake.describe()), flush=True)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    if options.until_eof:
        threading.Thread(target=end_with_stdin, args=(ended,), daemon=True).start()
    ended.wait()
    fake.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
