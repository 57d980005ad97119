"""API v3 signatures and sealed resources, done with `cryptography` and nothing of Till."""

from __future__ import annotations

import base64
import binascii
import re
import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SCHEME = "WECHATPAY2-SHA256-RSA2048"
PROBE = "WECHATPAY/SIGNTEST/"


def request_text(method: str, target: str, timestamp: str, nonce: str, body: bytes) -> bytes:
    return f"{method}\n{target}\n{timestamp}\n{nonce}\n".encode() + body + b"\n"


def answer_text(timestamp: str, nonce: str, body: bytes) -> bytes:
    return f"{timestamp}\n{nonce}\n".encode() + body + b"\n"


def sign(key: RSAPrivateKey, text: bytes) -> str:
    return base64.b64encode(key.sign(text, padding.PKCS1v15(), hashes.SHA256())).decode()


def verify(key: RSAPublicKey, text: bytes, signature: str) -> bool:
    try:
        raw = base64.b64decode(signature, validate=True)
        key.verify(raw, text, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def authorization(header: str) -> dict[str, str]:
    """The pairs of an Authorization header, in any order; empty for any other header."""
    scheme, _, rest = header.partition(" ")
    if scheme != SCHEME:
        return {}
    return dict(re.findall(r'(\w+)="([^"]*)"', rest))


def headers(
    key: RSAPrivateKey, serial: str, body: bytes, at_s: int, signature: str | None = None
) -> dict[str, str]:
    """What WeChat puts beside a body, in answers and in notices."""
    nonce = secrets.token_hex(16)
    signed = signature or sign(key, answer_text(str(at_s), nonce, body))
    return {
        "Wechatpay-Timestamp": str(at_s),
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": serial,
        "Wechatpay-Signature": signed,
        "Wechatpay-Signature-Type": SCHEME,
    }


def probe() -> str:
    """Looks like a signature from afar; no base64, because of the slash pattern and length."""
    return PROBE + secrets.token_urlsafe(240)


def sealed(api_key: bytes, plain: bytes, associated: str) -> dict[str, str]:
    nonce = secrets.token_hex(6)
    text = AESGCM(api_key).encrypt(nonce.encode(), plain, associated.encode())
    return {
        "algorithm": "AEAD_AES_256_GCM",
        "ciphertext": base64.b64encode(text).decode(),
        "associated_data": associated,
        "nonce": nonce,
    }
