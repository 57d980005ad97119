"""Starts the fake and prints one JSON line: `python3 fakealipay --dir FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fakealipay.gateway import Gateway
from fakehttp.program import run

if __name__ == "__main__":
    sys.exit(run("fakealipay", __doc__, Gateway))
