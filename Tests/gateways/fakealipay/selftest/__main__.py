"""Runs every check of the fake: `python3 fakealipay/selftest [--no-sdk]`."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from fakehttp.selftest import run

SDKS = ("alipay-sdk-python==3.7.1411", "python-alipay-sdk==3.4.0", "cryptography")

if __name__ == "__main__":
    sys.exit(run(HERE, SDKS, "alipay.aop, Cryptodome, cryptography"))
