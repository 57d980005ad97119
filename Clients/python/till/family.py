"""The base of the generated methods."""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict


class Family:
    """Methods that share the word before the dot."""

    def __init__(self, call: Callable[[str, Dict[str, Any]], Any]) -> None:
        self._call = call


class AsyncFamily:
    """The same for asyncio."""

    def __init__(self, call: Callable[[str, Dict[str, Any]], Awaitable[Any]]) -> None:
        self._call = call
