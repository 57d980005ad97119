"""RSA2 as Alipay documents it, done with `cryptography` and nothing of Till."""

from __future__ import annotations

import base64
import binascii
from typing import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey


def joined(params: Mapping[str, str], leave_out: frozenset[str]) -> str:
    """`name=value` pairs, sorted by name as bytes, joined with `&`; empty values are dropped."""
    names = sorted((n for n in params if n not in leave_out), key=lambda n: n.encode())
    return "&".join(f"{n}={params[n]}" for n in names if params[n].strip() != "")


def request_text(params: Mapping[str, str]) -> str:
    """What a request signs: everything sent except `sign`; sign_type stays in."""
    return joined(params, frozenset({"sign"}))


def notification_text(params: Mapping[str, str]) -> str:
    """What a notification signs (rule V1): everything except `sign` and `sign_type`."""
    return joined(params, frozenset({"sign", "sign_type"}))


def sign(key: RSAPrivateKey, text: bytes) -> str:
    return base64.b64encode(key.sign(text, padding.PKCS1v15(), hashes.SHA256())).decode()


def verify(key: RSAPublicKey, text: bytes, signature: str) -> bool:
    try:
        raw = base64.b64decode(signature, validate=True)
        key.verify(raw, text, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
