"""The family's two signatures, written from its merchant documents."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa


def plain(fields: Mapping[str, str]) -> str:
    """What is signed: sorted, joined, without sign, sign_type and empty values."""
    kept = sorted(k for k, v in fields.items() if v != "" and k not in ("sign", "sign_type"))
    return "&".join(f"{name}={fields[name]}" for name in kept)


class SharedKey:
    """Version 1: MD5 over the text with the key behind it."""

    sign_type = "MD5"

    def __init__(self, key: str, joint: str = "") -> None:
        self.key, self.joint = key, joint

    def sign(self, fields: Mapping[str, str]) -> str:
        return hashlib.md5((plain(fields) + self.joint + self.key).encode()).hexdigest()

    def verify(self, fields: Mapping[str, str]) -> bool:
        return secrets.compare_digest(self.sign(fields), fields.get("sign", ""))


class KeyPair:
    """One side of version 2: signs with a private key."""

    sign_type = "RSA"

    def __init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def sign(self, fields: Mapping[str, str]) -> str:
        made = self.private.sign(plain(fields).encode(), padding.PKCS1v15(), hashes.SHA256())
        return base64.b64encode(made).decode()

    def verify(self, fields: Mapping[str, str]) -> bool:
        """Whether the other side, whose pair this is, signed the fields."""
        try:
            made = base64.b64decode(fields.get("sign", ""), validate=True)
            self.private.public_key().verify(
                made, plain(fields).encode(), padding.PKCS1v15(), hashes.SHA256()
            )
        except (InvalidSignature, ValueError):
            return False
        return True

    def private_text(self) -> bytes:
        """PKCS#8, base64 without its armour, as the sites show it."""
        der = self.private.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return base64.b64encode(der)

    def public_text(self) -> bytes:
        der = self.private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return base64.b64encode(der)
