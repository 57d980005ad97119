"""The fake Alipay as its own process."""

from __future__ import annotations

from fakehttp.process import FakeProcess as AnyFake


class FakeProcess(AnyFake):
    """`url` is the gateway's address, `app(mode)` one application's numbers and key files."""

    def __init__(self) -> None:
        super().__init__("fakealipay")
        self.url = f"{self.root}/gateway.do"

    def app(self, mode: str = "key") -> dict[str, str]:
        apps: list[dict[str, str]] = self.description["apps"]
        return next(a for a in apps if a["mode"] == mode)
