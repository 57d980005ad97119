"""Runs every check of the fake: `python3 fakealipay/selftest [--no-sdk]`.

The published SDKs are put into a virtual environment of their own (TILL_SDK_VENV, else the user's
cache folder). Without them their checks are skipped loudly; with CI set that is a failure.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import unittest
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
SDKS = ("alipay-sdk-python==3.7.1411", "python-alipay-sdk==3.4.0", "cryptography")


def has_sdks() -> bool:
    return importlib.util.find_spec("alipay") is not None


def environment() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(os.environ.get("TILL_SDK_VENV") or Path(cache) / "till-tests" / "sdk-venv")


def python_with_sdks() -> Path | None:
    """An interpreter that has both SDKs, made when it is not there; None when it cannot be."""
    folder = environment()
    python = folder / "bin" / "python3"
    probe = [str(python), "-c", "import alipay.aop, Cryptodome, cryptography"]
    try:
        if python.exists() and subprocess.run(probe, capture_output=True).returncode == 0:
            return python
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", *SDKS]
        done = subprocess.run(install, capture_output=True, text=True)
        return python if done.returncode == 0 else None
    except (OSError, subprocess.CalledProcessError):
        return None


def main() -> int:
    if "--no-sdk" not in sys.argv and not has_sdks():
        python = python_with_sdks()
        if python is not None:
            os.execv(python, [str(python), str(HERE), "--no-sdk"])
        print("SKIPPED: the published SDKs could not be installed", file=sys.stderr)
        if os.environ.get("CI"):
            return 1
    sys.path.insert(0, str(HERE.parent.parent))
    suite = unittest.defaultTestLoader.loadTestsFromNames(
        [f"fakealipay.selftest.{name}" for name in ("test_rules", "test_faults", "test_sdks")]
    )
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    passed = max(0, result.testsRun - failed - skipped)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or (skipped and os.environ.get("CI")) else 0


if __name__ == "__main__":
    sys.exit(main())
