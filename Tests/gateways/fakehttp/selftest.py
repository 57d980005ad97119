"""Runs the checks of a fake, with published SDKs as clients where they can be had.

The SDKs are put into a virtual environment of their own (TILL_SDK_VENV, else the user's cache
folder). Without them their checks are skipped loudly; with CI set that is a failure.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import unittest
import venv
from pathlib import Path


def environment() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(os.environ.get("TILL_SDK_VENV") or Path(cache) / "till-tests" / "sdk-venv")


def python_with(sdks: tuple[str, ...], modules: str) -> Path | None:
    """An interpreter that can import the modules, made when it is not there; None if it cannot."""
    folder = environment()
    python = folder / "bin" / "python3"
    probe = [str(python), "-c", f"import {modules}"]
    try:
        if python.exists() and subprocess.run(probe, capture_output=True).returncode == 0:
            return python
        if not python.exists():
            venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", *sdks]
        done = subprocess.run(install, capture_output=True, text=True)
        return python if done.returncode == 0 else None
    except (OSError, subprocess.CalledProcessError):
        return None


def run(folder: Path, sdks: tuple[str, ...], modules: str) -> int:
    """All `test_*.py` of a fake's selftest folder; `modules` are what the SDKs let one import."""
    first = modules.split(",")[0].split(".")[0]
    if "--no-sdk" not in sys.argv and importlib.util.find_spec(first) is None:
        python = python_with(sdks, modules)
        if python is not None:
            os.execv(python, [str(python), str(folder), "--no-sdk"])
        print("SKIPPED: the published SDKs could not be installed", file=sys.stderr)
        if os.environ.get("CI"):
            return 1
    names = [f"{folder.parent.name}.selftest.{p.stem}" for p in sorted(folder.glob("test_*.py"))]
    suite = unittest.defaultTestLoader.loadTestsFromNames(names)
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    passed = max(0, result.testsRun - failed - skipped)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or (skipped and os.environ.get("CI")) else 0
