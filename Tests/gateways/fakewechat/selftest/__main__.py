"""Runs every check of the fake: `python3 fakewechat/selftest [--no-sdk]`."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from fakehttp.selftest import run

if __name__ == "__main__":
    sys.exit(run(HERE, ("wechatpayv3==2.0.4", "cryptography"), "wechatpayv3, cryptography"))
