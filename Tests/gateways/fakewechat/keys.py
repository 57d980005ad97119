"""Keys and certificates of the fake: made at every start, written only below one folder."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.x509.oid import NameOID
from fakehttp.keyfiles import PEM, new_key, write, write_private, write_public


def name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Fake Tenpay test"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def certificate(subject: str, key: RSAPublicKey, issuer: RSAPrivateKey) -> x509.Certificate:
    start = datetime.now(timezone.utc) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name("Fake Tenpay Root CA test"))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=1800))
        .sign(issuer, hashes.SHA256())
    )


def serial(made: x509.Certificate) -> str:
    return f"{made.serial_number:040X}"


@dataclass
class Merchant:
    """One merchant: the keys both sides hold. `platform` are the fake's own keys by number."""

    mode: str
    mchid: str
    appid: str
    key: RSAPrivateKey
    serial: str
    api_key: bytes
    platform: dict[str, RSAPrivateKey]
    signs_with: str
    files: dict[str, Any]
    certificates: dict[str, x509.Certificate] = field(default_factory=dict)

    def public(self) -> dict[str, Any]:
        """What a merchant's configuration needs; file names, never key text."""
        known = {"mode": self.mode, "mchid": self.mchid, "appid": self.appid}
        return known | {"merchant_serial": self.serial, "serials": list(self.platform)} | self.files


def merchant(folder: Path, mode: str, mchid: str, appid: str, root: RSAPrivateKey) -> Merchant:
    """In certificate mode two platform certificates are in force, as during a rotation."""
    key, other = new_key(), new_key()
    own = certificate(f"merchant {mchid}", key.public_key(), root)
    forms = write_private(folder, f"{mchid}.apiclient_key", key)
    api_key = secrets.token_hex(16).encode()
    files: dict[str, Any] = {
        "merchant_private_key_file": forms["pem8"],
        "merchant_private_key_forms": list(forms.values()),
        "merchant_certificate_file": write(
            folder / f"{mchid}.apiclient_cert.pem", own.public_bytes(PEM)
        ),
        "other_private_key_file": write_private(folder, f"{mchid}.other", other)["pem8"],
        "merchant_public_key_file": write_public(folder, f"{mchid}.own", key.public_key())["pem"],
        "api_v3_key_file": write(folder / f"{mchid}.apiv3", api_key + b"\n"),
        "short_api_v3_key_file": write(folder / f"{mchid}.apiv3.short", api_key[:31]),
        "wrong_public_key_file": write_public(
            folder, f"{mchid}.wrong", new_key().public_key()
        )["pem"],
    }
    platform: dict[str, RSAPrivateKey] = {}
    certificates: dict[str, x509.Certificate] = {}
    if mode == "public_key":
        number = f"PUB_KEY_ID_0{mchid}2024101500{secrets.token_hex(6)}"
        platform[number] = new_key()
        public = write_public(folder, f"{mchid}.pub_key", platform[number].public_key())
        files["platform_keys"] = [{"serial": number, "file": public["pem"]}]
    else:
        files["platform_keys"] = []
        for index in (1, 2):
            signer = new_key()
            made = certificate("Tenpay.com sign", signer.public_key(), root)
            platform[serial(made)], certificates[serial(made)] = signer, made
            path = write(folder / f"{mchid}.wechatpay_{index}.pem", made.public_bytes(PEM))
            files["platform_keys"].append({"file": path})
    signs_with = next(iter(platform))
    return Merchant(
        mode, mchid, appid, key, serial(own), api_key, platform, signs_with, files, certificates
    )


def change_keys(merchant: Merchant, side: str) -> None:
    """The merchant's new key lies where the old one lay; WeChat's old one stays named beside it."""
    folder = Path(merchant.files["merchant_private_key_file"]).parent
    if side == "ours":
        merchant.key = new_key()
        write_private(folder, f"{merchant.mchid}.apiclient_key", merchant.key)
        merchant.serial = secrets.token_hex(20).upper()
        return
    number = f"PUB_KEY_ID_0{merchant.mchid}2026112100{secrets.token_hex(6)}"
    merchant.platform[number] = new_key()
    merchant.signs_with = number
    public = write_public(folder, f"{merchant.mchid}.next", merchant.platform[number].public_key())
    merchant.files["platform_keys"].insert(0, {"serial": number, "file": public["pem"]})


@dataclass
class Keyring:
    """Both merchants, and the key of somebody who would like to be WeChat."""

    merchants: dict[str, Merchant]
    attacker: RSAPrivateKey


def make_keyring(folder: Path) -> Keyring:
    folder.mkdir(parents=True, exist_ok=True)
    root = new_key()
    made = [
        merchant(folder, "public_key", "1900000109", "wxd678efh567hg6787", root),
        merchant(folder, "certificate", "1900000209", "wx8888888888888888", root),
    ]
    return Keyring({m.mchid: m for m in made}, new_key())
