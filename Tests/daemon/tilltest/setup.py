"""Configurations of the daemon for the scenarios, in one place."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

# Operators of the tests; a token is at least 16 printable characters.
TOKENS = {
    "amy": "token-of-amy-0123456789",
    "bob": "token-of-bob-0123456789",
    "sue": "token-of-sue-0123456789",
}


def operators() -> list[dict[str, Any]]:
    """amy may refund up to 1000.00 alone; bob is the second person; sue answers buyers."""
    limits = {"amy": 100_000, "bob": 1_000_000}
    roles = {
        "amy": ["shop", "support", "finance"],
        "bob": ["finance", "finance_lead"],
        "sue": ["support"],
    }
    return [
        {
            "name": name,
            "roles": roles[name],
            "token_sha256": hashlib.sha256(token.encode()).hexdigest(),
        }
        | ({"refund_limit": limits[name]} if name in limits else {})
        for name, token in TOKENS.items()
    ]


def config(
    gateways: list[dict[str, Any]], scale: int = 1, backup_dir: Path | None = None
) -> dict[str, Any]:
    """The gateways, the operators, and a schedule compressed by `scale`."""
    whole: dict[str, Any] = {"gateways": gateways, "operators": operators()}
    if scale != 1:
        whole["time"] = {"scale": scale}
    if backup_dir is not None:
        whole["backup_dir"] = str(backup_dir)
    return whole


def exec_hook(name: str, events: list[str], argv: list[str]) -> dict[str, Any]:
    return {"name": name, "events": events, "exec": argv}
