"""What PayPal has sent to webhooks, by its own books, and what it says of a notice shown to it."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

MEMBERS = {
    "auth_algo": "paypal-auth-algo",
    "cert_url": "paypal-cert-url",
    "transmission_id": "paypal-transmission-id",
    "transmission_sig": "paypal-transmission-sig",
    "transmission_time": "paypal-transmission-time",
}
EVENT = b'"webhook_event":'


class SentNotices:
    def __init__(self, certificate: str) -> None:
        self.certificate = x509.load_pem_x509_certificate(certificate.encode())
        # By transmission: which webhook it went to.
        self.webhooks: dict[str, str] = {}

    def keep(self, headers: dict[str, str], webhook: str) -> None:
        self.webhooks[headers["paypal-transmission-id"]] = webhook

    def verdict(self, asked: bytes) -> tuple[int, dict[str, Any]]:
        """The answer to a question about a notice, whose event must be the bytes that were sent."""
        try:
            told = json.loads(asked)
        except ValueError:
            return 400, {"name": "VALIDATION_ERROR", "message": "Invalid request", "details": []}
        place = asked.find(EVENT)
        if place < 0 or any(not isinstance(told.get(name), str) for name in MEMBERS):
            return 400, {"name": "VALIDATION_ERROR", "message": "Invalid request", "details": []}
        event = asked[place + len(EVENT) : asked.rindex(b"}")]
        return 200, {"verification_status": "SUCCESS" if self.sent(told, event) else "FAILURE"}

    def sent(self, told: dict[str, Any], event: bytes) -> bool:
        if self.webhooks.get(told["transmission_id"]) != told.get("webhook_id"):
            return False
        words = (told["transmission_id"], told["transmission_time"], told["webhook_id"])
        message = "|".join([*words, str(zlib.crc32(event))]).encode()
        key = self.certificate.public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        try:
            code = base64.b64decode(told["transmission_sig"], validate=True)
            key.verify(code, message, padding.PKCS1v15(), hashes.SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True
