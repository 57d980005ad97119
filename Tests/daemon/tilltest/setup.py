"""Configurations of the daemon for the scenarios, in one place."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from fakealipay.process import FakeProcess

NOTIFY_URL = "https://shop.example/notify/alipay"
# Operators of the tests; a token is at least 16 printable characters.
TOKENS = {
    "amy": "token-of-amy-0123456789",
    "bob": "token-of-bob-0123456789",
    "sue": "token-of-sue-0123456789",
}


def alipay_gateway(fake: FakeProcess, mode: str = "key", name: str = "alipay") -> dict[str, Any]:
    """A gateway entry that points at the fake; http is allowed because it is loopback."""
    app = fake.app(mode)
    entry: dict[str, Any] = {
        "name": name,
        "kind": "alipay",
        "url": fake.url,
        "app_id": app["app_id"],
        "seller_id": app["seller_id"],
        "app_private_key_file": app["app_private_key_file"],
        "notify_url": NOTIFY_URL,
        "product_code": "FACE_TO_FACE_PAYMENT",
        "qps": 200,
        "concurrency": 64,
    }
    if mode == "key":
        return entry | {"alipay_public_key_file": app["alipay_public_key_file"]}
    names = ("app_certificate_file", "alipay_certificate_file", "alipay_root_certificate_file")
    return entry | {n: app[n] for n in names}


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
    fake: FakeProcess, scale: int = 1, mode: str = "key", backup_dir: Path | None = None
) -> dict[str, Any]:
    """One Alipay gateway, the operators, and a schedule compressed by `scale`."""
    whole: dict[str, Any] = {
        "gateways": [alipay_gateway(fake, mode)],
        "operators": operators(),
    }
    if scale != 1:
        whole["time"] = {"scale": scale}
    if backup_dir is not None:
        whole["backup_dir"] = str(backup_dir)
    return whole


def exec_hook(name: str, events: list[str], argv: list[str]) -> dict[str, Any]:
    return {"name": name, "events": events, "exec": argv}
