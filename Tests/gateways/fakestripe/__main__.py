"""Starts the fake and prints one JSON line: `python3 fakestripe --dir FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fakehttp.program import run
from fakestripe.gateway import Gateway

if __name__ == "__main__":
    sys.exit(run("fakestripe", __doc__, Gateway))
