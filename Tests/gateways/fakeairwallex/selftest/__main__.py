"""Runs every check of the fake: `python3 fakeairwallex/selftest`."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from fakehttp.selftest import run

if __name__ == "__main__":
    sys.exit(run(HERE, (), "json"))
