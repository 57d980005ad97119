"""A headless Chromium, driven over the pipe that `--remote-debugging-pipe` opens."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import itertools
import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ANSWER_S = 30.0
END_S = 20.0
# The browser reads its orders from descriptor 3 and answers on 4; ours are kept clear of these.
FIRST_DESCRIPTOR = 10


def pipe() -> tuple[int, int]:
    ends = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, FIRST_DESCRIPTOR) for end in ends]
    for end in ends:
        os.close(end)
    return high[0], high[1]


class Browser:
    """One browser with a profile of its own."""

    def __init__(self) -> None:
        program = shutil.which("chromium")
        assert program is not None
        self._profile = tempfile.TemporaryDirectory(prefix="till-browser-")
        read_order, self._write = pipe()
        self._read, write_answer = pipe()

        def prepare() -> None:
            os.dup2(read_order, 3)
            os.dup2(write_answer, 4)

        self._process = subprocess.Popen(
            [program, *self.flags()],
            preexec_fn=prepare,
            close_fds=False,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read_order)
        os.close(write_answer)
        self._numbers = itertools.count(1)
        self._answers: dict[int, queue.Queue[Any]] = {}
        # What the pages said on their consoles and what they could not do.
        self.complaints: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def flags(self) -> list[str]:
        flags = ["--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run"]
        # The sandbox of Chromium needs rights that root does not have in a container.
        flags += ["--no-sandbox"] if os.getuid() == 0 else []
        return [*flags, f"--user-data-dir={self._profile.name}", "about:blank"]

    def _listen(self) -> None:
        rest = b""
        while chunk := os.read(self._read, 65_536):
            *messages, rest = (rest + chunk).split(b"\0")
            for message in map(json.loads, messages):
                if "id" in message:
                    self._answers.pop(message["id"]).put(message)
                elif message["method"] in ("Runtime.exceptionThrown", "Log.entryAdded"):
                    self.complaints.append(json.dumps(message["params"]))
        for waiting in list(self._answers.values()):
            waiting.put(None)

    def ask(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        answer: queue.Queue[Any] = queue.Queue()
        self._answers[number] = answer
        order: dict[str, Any] = {"id": number, "method": method, "params": params}
        if session is not None:
            order["sessionId"] = session
        os.write(self._write, json.dumps(order).encode() + b"\0")
        message = answer.get(timeout=ANSWER_S)
        assert message is not None, "the browser has ended"
        assert "error" not in message, message
        found: dict[str, Any] = message["result"]
        return found

    def tab(self, address: str, width: int = 390, height: int = 844, lang: str = "zh-CN") -> Tab:
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session)
        for domain in ("Page", "Runtime", "Log"):
            tab.ask(f"{domain}.enable")
        tab.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2,
            mobile=width < 600,
        )
        agent = "Till tests"
        tab.ask("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage=lang)
        # The zone of the sentences, where the configuration says nothing.
        tab.ask("Emulation.setTimezoneOverride", timezoneId="Asia/Shanghai")
        tab.ask("Page.navigate", url=address)
        return tab

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(END_S)
        os.close(self._write)
        # Its own helpers outlive it for a moment, and write into the profile that is to go.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._clean()

    def _clean(self) -> None:
        deadline = time.monotonic() + END_S
        while True:
            try:
                self._profile.cleanup()
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


class Tab:
    def __init__(self, browser: Browser, session: str) -> None:
        self.browser, self.session = browser, session

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        return self.browser.ask(method, self.session, **params)

    def js(self, text: str) -> Any:
        told = self.ask("Runtime.evaluate", expression=text, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def text(self, name: str) -> str:
        """What is seen of the element with this id; empty when it is hidden."""
        found: str = self.js(
            f"(e => e?.checkVisibility() ? e.innerText : '')(document.getElementById('{name}'))"
        )
        return found

    def click(self, selector: str) -> None:
        self.js(f"document.querySelector({json.dumps(selector)}).click()")

    def until(self, condition: str, within_s: float = 30.0) -> None:
        limit = time.monotonic() + within_s
        while not self.js(f"Boolean({condition})"):
            if time.monotonic() > limit:
                seen = self.js("document.body.innerText")
                raise AssertionError(f"never: {condition}; {seen}")
            time.sleep(0.05)

    def reload(self) -> None:
        self.js("window.isOld = true")
        self.ask("Page.reload")
        self.until("!window.isOld && document.readyState === 'complete'")

    def picture(self, file: Path) -> None:
        shot = self.ask("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(shot["data"]))
