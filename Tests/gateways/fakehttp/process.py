"""Runs a fake as its own process and talks to its control side."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

FAKES = Path(__file__).resolve().parent.parent


class FakeProcess:
    """The running fake of a name, as `fakealipay`: `root`, and every control as a call."""

    def __init__(self, name: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=f"{name}-")
        self._process = subprocess.Popen(
            [sys.executable, str(FAKES / name), "--dir", self._folder.name, "--until-eof"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.description: dict[str, Any] = json.loads(self._process.stdout.readline())
        self.root: str = self.description["root"]

    def ctl(self, name: str, **params: Any) -> Any:
        """The control's answer; a refusal is a RuntimeError with its text."""
        request = urllib.request.Request(
            f"{self.description['control']}/{name}", json.dumps(params).encode()
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["error"]) from None

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._folder.cleanup()
