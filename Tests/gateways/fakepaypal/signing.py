"""PayPal's way to sign notices: a certificate, and RSA over four words and a checksum."""

from __future__ import annotations

import base64
import zlib
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

NAME = "messageverificationcerts.sandbox.paypal.com"
ADDRESS = "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-fake-4711"


class Signer:
    """One signing key with its certificate."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
        start = datetime.now(timezone.utc) - timedelta(days=30)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=365))
            .sign(self.key, hashes.SHA256())
        )

    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode().strip()

    def headers(self, body: bytes, notice: str, time: str, webhook: str) -> dict[str, str]:
        """All headers of a notice about `body`, sent to the webhook with this number."""
        message = f"{notice}|{time}|{webhook}|{zlib.crc32(body)}".encode()
        code = self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return {
            "content-type": "application/json",
            "paypal-transmission-id": notice,
            "paypal-transmission-time": time,
            "paypal-transmission-sig": base64.b64encode(code).decode(),
            "paypal-cert-url": ADDRESS,
            "paypal-auth-algo": "SHA256withRSA",
            "paypal-auth-version": "v2",
        }
