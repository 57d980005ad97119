"""The fake WeChat Pay as its own process."""

from __future__ import annotations

from typing import Any

from fakehttp.process import FakeProcess as AnyFake


class FakeProcess(AnyFake):
    """`merchant(mode)` is one merchant's numbers and key files; mode public_key or certificate."""

    def __init__(self) -> None:
        super().__init__("fakewechat")

    def merchant(self, mode: str = "public_key") -> dict[str, Any]:
        merchants: list[dict[str, Any]] = self.description["merchants"]
        return next(m for m in merchants if m["mode"] == mode)
