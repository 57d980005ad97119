"""What can go wrong, by what the caller must do about it."""

from __future__ import annotations

from typing import Any, Dict, Optional


class TillError(Exception):
    """The base of all. `outcome` says what is known of the effect: none, unknown or applied."""

    def __init__(
        self,
        message: str,
        *,
        code: str,
        method: str = "",
        key: Optional[str] = None,
        data: Optional[Dict[str, Any]] = None,
    ) -> None:
        data = data or {}
        self._data = data
        self.code = code
        self.message = message
        self.method = method
        # The idempotency key that was sent: repeat with it, or look it up.
        self.key = key
        self.error_class: str = data.get("class", "")
        self.retry: str = data.get("retry", "never")
        self.outcome: str = data.get("outcome", "none")
        self.details: Dict[str, Any] = data.get("details", {})
        self.path: Optional[str] = data.get("path")
        self.hint: Optional[str] = data.get("hint")
        self.ref: Optional[str] = data.get("ref")
        self.retry_after_ms: Optional[int] = data.get("retry_after_ms")
        super().__init__(f"{method}: {code}: {message}" if method else f"{code}: {message}")

    def about(self, method: str = "", key: Optional[str] = None) -> TillError:
        """The same for another request: two callers never share an exception."""
        return type(self)(self.message, code=self.code, method=method, key=key, data=self._data)


class ReplyError(TillError):
    """The daemon answered with an error. There is a subclass for each class of errors."""


class Unreachable(TillError):
    """No daemon, or it did not answer. Nothing happened: this was a read, or was never sent."""


class ProtocolFault(TillError):
    """What is at the other end does not speak this protocol.

    Nothing happened: this was a read, or was never sent. A write that was sent is an
    `OutcomeUnknown`.
    """


class OutcomeUnknown(TillError):
    """It may have happened; the money may have moved.

    Repeat the same request with `key`, or ask `Client.settle`. Never start afresh.
    """


class Lost(Exception):
    """The connection is of no use any more. `sent`: the daemon may have got the request."""

    def __init__(self, code: str, message: str, sent: bool, pause_s: float = 0.0) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.sent = sent
        self.pause_s = pause_s

    def about(self) -> Lost:
        return Lost(self.code, self.message, self.sent, self.pause_s)
