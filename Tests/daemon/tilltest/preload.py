"""Libraries put between the daemon and the system, built from a C file beside this one."""

from __future__ import annotations

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
kept: list[tempfile.TemporaryDirectory[str]] = []


@functools.cache
def library(name: str) -> Path | None:
    """`NAME.c`, built once a run; None where there is no C compiler."""
    compiler = next((c for c in ("cc", "clang", "gcc") if shutil.which(c)), None)
    if compiler is None:
        return None
    folder = tempfile.TemporaryDirectory(prefix=f"{name}-")
    kept.append(folder)
    path = Path(folder.name) / f"{name}.so"
    source = FOLDER / f"{name}.c"
    words = [compiler, "-O1", "-shared", "-fPIC", "-o", str(path), str(source), "-ldl"]
    subprocess.run(words, check=True)
    return path
