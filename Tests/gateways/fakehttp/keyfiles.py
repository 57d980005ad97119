"""Fresh keys, and files of them in the forms that merchants really have."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

PEM = serialization.Encoding.PEM
DER = serialization.Encoding.DER
PLAIN = serialization.NoEncryption()


def new_key() -> RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def write(path: Path, content: bytes) -> str:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return str(path)


def write_private(folder: Path, stem: str, key: RSAPrivateKey) -> dict[str, str]:
    """One private key in four forms: `bare1`, `pem1` (PKCS#1), `bare8`, `pem8` (PKCS#8)."""
    pkcs1 = serialization.PrivateFormat.TraditionalOpenSSL
    pkcs8 = serialization.PrivateFormat.PKCS8
    bare1 = base64.b64encode(key.private_bytes(DER, pkcs1, PLAIN))
    bare8 = base64.b64encode(key.private_bytes(DER, pkcs8, PLAIN))
    return {
        "bare1": write(folder / f"{stem}.pkcs1.txt", bare1),
        "pem1": write(folder / f"{stem}.pkcs1.pem", key.private_bytes(PEM, pkcs1, PLAIN)),
        "bare8": write(folder / f"{stem}.pkcs8.txt", bare8),
        "pem8": write(folder / f"{stem}.pkcs8.pem", key.private_bytes(PEM, pkcs8, PLAIN)),
    }


def write_public(folder: Path, stem: str, key: RSAPublicKey) -> dict[str, str]:
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return {
        "bare": write(folder / f"{stem}.txt", base64.b64encode(key.public_bytes(DER, spki))),
        "pem": write(folder / f"{stem}.pem", key.public_bytes(PEM, spki)),
    }
