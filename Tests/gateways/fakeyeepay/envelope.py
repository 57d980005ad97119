"""The platform's side of yop-auth-v3, written from its protocol pages."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from urllib.parse import quote, unquote_plus

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from fakehttp.fake import Request

SCHEME = "YOP-RSA2048-SHA256"


class Unauthentic(Exception):
    """The sub code of 40047 or 40042."""


def new_pair() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_text(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def public_text(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def received(raw: str) -> dict[str, str]:
    """What a sender of twice escaped values meant."""
    found: dict[str, str] = {}
    for pair in raw.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            found[unquote_plus(name)] = unquote_plus(unquote_plus(value))
    return found


def canonical(fields: dict[str, str]) -> str:
    pairs = sorted(fields.items())
    return "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in pairs)


def check(request: Request, path: str, app_key: str, merchant: rsa.RSAPublicKey) -> dict[str, str]:
    """The fields of a request whose digest and signature are right."""
    fields = received(request.query if request.verb == "GET" else request.body.decode())
    text = canonical(fields)
    content = "" if request.verb == "GET" else text
    digest = hashlib.sha256(content.encode()).hexdigest()
    if request.header("x-yop-content-sha256") != digest:
        raise Unauthentic("isv.authentication.digest.integrity-checking-failure")
    if request.header("x-yop-appkey") != app_key:
        raise Unauthentic("isv.app.not-exists")
    scheme, _, rest = request.header("Authorization").partition(" ")
    parts = rest.split("/")
    if scheme != SCHEME or len(parts) != 6 or parts[0] != "yop-auth-v3" or parts[1] != app_key:
        raise Unauthentic("isv.authentication.incompatible")
    names = parts[4].split(";")
    lines = [f"{quote(n, safe='')}:{quote(request.header(n), safe='')}" for n in names]
    query = text if request.verb == "GET" else ""
    whole = "\n".join(["/".join(parts[:4]), request.verb, path, query, *lines])
    signature, _, digest_name = parts[5].partition("$")
    try:
        if digest_name != "SHA256":
            raise InvalidSignature
        merchant.verify(unpadded(signature), whole.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        raise Unauthentic("isv.authentication.digest.verify-failure") from None
    return fields


def answer_header(body: str, key: rsa.RSAPrivateKey) -> str:
    text = re.sub(r"[ \t\n]", "", body)
    made = key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return base64.urlsafe_b64encode(made).decode().rstrip("=") + "$SHA256"


def sealed(text: str, signer: rsa.RSAPrivateKey, merchant: rsa.RSAPublicKey) -> str:
    """The four parts of a notice."""
    made = signer.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    inner = f"{text}${base64.urlsafe_b64encode(made).decode().rstrip('=')}".encode()
    key = secrets.token_bytes(16)
    pad = PKCS7(128).padder()
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    data = cipher.update(pad.update(inner) + pad.finalize()) + cipher.finalize()
    locked = merchant.encrypt(key, padding.PKCS1v15())
    both = [base64.urlsafe_b64encode(b).decode().rstrip("=") for b in (locked, data)]
    return "$".join([*both, "AES", "SHA256"])
