"""Runs every check of the fake: `python3 fakepaypal/selftest [--no-sdk]`."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from fakehttp.selftest import run

if __name__ == "__main__":
    packages = ("paypal-server-sdk==2.4.0", "cryptography")
    sys.exit(run(HERE, packages, "paypalserversdk, cryptography"))
