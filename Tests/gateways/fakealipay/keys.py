"""Keys and certificates of the fake: made at every start, written only below one folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.x509.oid import NameOID
from fakehttp.keyfiles import PEM, new_key, write, write_private, write_public

RSA_SIGNATURES = "1.2.840.113549.1.1."


def app_private_files(folder: Path, app_id: str, key: RSAPrivateKey) -> dict[str, str]:
    forms = write_private(folder, f"{app_id}.app_private_key", key)
    return {
        "app_private_key_file": forms["bare1"],
        "app_private_key_pem_file": forms["pem1"],
        "app_private_key_pkcs8_file": forms["bare8"],
        "app_private_key_pkcs8_pem_file": forms["pem8"],
    }


def serial_number(certificate: x509.Certificate) -> str:
    """Alipay's certificate SN: md5 of the issuer, most specific part first, and the serial."""
    text = certificate.issuer.rfc4514_string() + str(certificate.serial_number)
    return hashlib.md5(text.encode()).hexdigest()


def root_serial_number(bundle: list[x509.Certificate]) -> str:
    """SNs of the RSA-signed roots in file order, joined with `_`; others are passed over."""
    return "_".join(
        serial_number(c)
        for c in bundle
        if c.signature_algorithm_oid.dotted_string.startswith(RSA_SIGNATURES)
    )


def name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Fake Ant Financial test"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Certification Authority test"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def certificate(
    subject: str,
    key: RSAPublicKey | ec.EllipticCurvePublicKey,
    issuer: str,
    issuer_key: RSAPrivateKey | ec.EllipticCurvePrivateKey,
    authority: bool,
    digest: hashes.SHA256 | hashes.SHA384 | None = None,
) -> x509.Certificate:
    start = datetime.now(timezone.utc) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=1800))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .sign(issuer_key, digest or hashes.SHA256())
    )


@dataclass
class App:
    """One merchant application: the keys both sides hold, and who the seller is."""

    mode: str  # "key" or "certificate"
    app_id: str
    seller_id: str
    seller_email: str
    app_key: RSAPrivateKey
    alipay_key: RSAPrivateKey
    files: dict[str, str]
    app_cert_sn: str = ""
    root_cert_sn: str = ""
    alipay_cert_sn: str = ""

    def public(self) -> dict[str, str]:
        """What a merchant's configuration needs; file names, never key text."""
        shown = {
            "mode": self.mode,
            "app_id": self.app_id,
            "seller_id": self.seller_id,
            "seller_email": self.seller_email,
        }
        return (
            shown
            | self.files
            | {
                "app_cert_sn": self.app_cert_sn,
                "alipay_root_cert_sn": self.root_cert_sn,
                "alipay_cert_sn": self.alipay_cert_sn,
            }
        )


def key_mode_app(folder: Path, app_id: str, seller_id: str) -> App:
    app_key, alipay_key = new_key(), new_key()
    files = app_private_files(folder, app_id, app_key)
    alipay = write_public(folder, f"{app_id}.alipay_public_key", alipay_key.public_key())
    files |= {
        "alipay_public_key_file": alipay["bare"],
        "alipay_public_key_pem_file": alipay["pem"],
        "wrong_public_key_file": write_public(
            folder, f"{app_id}.wrong_public_key", new_key().public_key()
        )["bare"],
        "app_public_key_file": write_public(
            folder, f"{app_id}.app_public_key", app_key.public_key()
        )["bare"],
    }
    return App("key", app_id, seller_id, "shop-one@shop.example", app_key, alipay_key, files)


def certificate_mode_app(folder: Path, app_id: str, seller_id: str) -> App:
    """A chain like the real one: RSA root among other roots, issuing CA, two leaves."""
    app_key, alipay_key = new_key(), new_key()
    root_key, issuing_key, second_root_key = new_key(), new_key(), new_key()
    curve_key = ec.generate_private_key(ec.SECP384R1())
    root_name, issuing_name = "Fake Certification Authority R1", "Fake Authority Class 2 R1 test"
    root = certificate(root_name, root_key.public_key(), root_name, root_key, True)
    curve_name, second_name = "Fake Certification Authority E1", "Fake Certification Authority R0"
    curve_root = certificate(
        curve_name, curve_key.public_key(), curve_name, curve_key, True, hashes.SHA384()
    )
    second_root = certificate(
        second_name, second_root_key.public_key(), second_name, second_root_key, True
    )
    issuing = certificate(issuing_name, issuing_key.public_key(), root_name, root_key, True)
    app = certificate(
        f"{seller_id}-{app_id}", app_key.public_key(), issuing_name, issuing_key, False
    )
    alipay = certificate("Fake Alipay", alipay_key.public_key(), issuing_name, issuing_key, False)
    roots = [root, curve_root, second_root]

    def bundle(file: str, members: list[x509.Certificate]) -> str:
        # A blank line between two certificates, as in the real files.
        return write(folder / file, b"\n".join(m.public_bytes(PEM) for m in members))

    files = app_private_files(folder, app_id, app_key) | {
        "app_certificate_file": bundle(f"{app_id}.appCertPublicKey.crt", [app]),
        "alipay_certificate_file": bundle(
            f"{app_id}.alipayCertPublicKey_RSA2.crt", [alipay, issuing]
        ),
        "alipay_root_certificate_file": bundle(f"{app_id}.alipayRootCert.crt", roots),
    }
    return App(
        "certificate",
        app_id,
        seller_id,
        "shop-two@shop.example",
        app_key,
        alipay_key,
        files,
        serial_number(app),
        root_serial_number(roots),
        serial_number(alipay),
    )


def change_keys(app: App, side: str) -> None:
    """The new key lies where the old one lay; Alipay's old one is kept beside it."""
    folder = Path(app.files["app_private_key_file"]).parent
    if side == "ours":
        app.app_key = new_key()
        app.files |= app_private_files(folder, app.app_id, app.app_key)
        return
    former = write_public(folder, f"{app.app_id}.former", app.alipay_key.public_key())
    app.alipay_key = new_key()
    write_public(folder, f"{app.app_id}.alipay_public_key", app.alipay_key.public_key())
    app.files["alipay_former_key_file"] = former["bare"]


@dataclass
class Keyring:
    """Both applications, and the key of somebody who would like to be Alipay."""

    apps: dict[str, App]
    attacker: RSAPrivateKey


def make_keyring(folder: Path) -> Keyring:
    folder.mkdir(parents=True, exist_ok=True)
    apps = [
        key_mode_app(folder, "2021000000000001", "2088000000000011"),
        certificate_mode_app(folder, "2021000000000002", "2088000000000022"),
    ]
    return Keyring({app.app_id: app for app in apps}, new_key())
