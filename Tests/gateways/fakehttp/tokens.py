"""Access tokens of gateways that hand them out for a while."""

from __future__ import annotations

import secrets
import threading


class Tokens:
    """Tokens that are good now. `revoke` makes all of them worthless, as a gateway may."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._good: set[str] = set()
        self.issued = 0

    def issue(self) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._good.add(token)
            self.issued += 1
        return token

    def revoke(self) -> int:
        with self._lock:
            gone, self._good = len(self._good), set()
        return gone

    def knows(self, header: str) -> bool:
        with self._lock:
            return header.removeprefix("Bearer ") in self._good
