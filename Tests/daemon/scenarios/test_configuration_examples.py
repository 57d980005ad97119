"""The configurations that the pages show are ones that the daemon takes."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tilltest.daemon import REPOSITORY, executable

PAGES = ("README.md", "Protocol/gateways.md", "Protocol/reconciling.md")
SHARED_KEY = "0123456789abcdef0123456789abcdef"
# Stripe's keys say what they are.
PREFIXES = {"secret_key_file": "sk_test_", "webhook_secret_file": "whsec_"}


def examples(page: str) -> list[dict]:
    """The gateways of a page, whether they stand alone or in a whole configuration."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    shown = []
    for block in re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for value in json.loads(f"[{block}]"):
            shown += value.get("gateways", [value])
    return shown


def rates(page: str) -> bytes:
    """The list of exchange rates that a page shows."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    (block,) = re.findall(r"^```csv\n(day,.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return block.encode()


class Keys:
    """Keys of the kinds that gateways use, made for this run."""

    def __init__(self) -> None:
        own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        theirs = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = serialization.Encoding.PEM
        self.private = own.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.public = theirs.public_key().public_bytes(
            pem, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.own_certificate, self.certificate = certificate(own), certificate(theirs)

    def content(self, member: str) -> bytes:
        if "certificate" in member:
            return self.own_certificate if "merchant" in member else self.certificate
        if "private_key" in member:
            return self.private
        if "public_key" in member:
            return self.public
        return PREFIXES.get(member, "").encode() + SHARED_KEY.encode()


def certificate(key: rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "example")])
    start = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


class ConfigurationExamples(unittest.TestCase):
    def test_every_gateway_that_a_page_shows_is_taken(self) -> None:
        gateways = [gateway for page in PAGES for gateway in examples(page)]
        kinds = {gateway["kind"] for gateway in gateways}
        self.assertEqual(len(kinds), 12, sorted(kinds))
        keys = Keys()
        with tempfile.TemporaryDirectory(prefix="till-examples-") as folder:
            (Path(folder) / "rates.csv").write_bytes(rates("Protocol/reconciling.md"))
            for gateway in gateways:
                self.write_keys(Path(folder), gateway, keys)
            file = Path(folder) / "tilld.json"
            file.write_text(json.dumps({"gateways": gateways}, ensure_ascii=False))
            file.chmod(0o600)
            checked = subprocess.run(
                [str(executable()), "--check-config", "--config", str(file)],
                capture_output=True,
                text=True,
                timeout=60,
            )
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def write_keys(self, folder: Path, gateway: dict, keys: Keys) -> None:
        named = {k: v for k, v in gateway.items() if k.endswith("_file")}
        for entry in gateway.get("platform_keys", []):
            # A platform certificate brings its own serial.
            kind = "public_key" if "serial" in entry else "certificate"
            named[f"{kind}:{entry['file']}"] = entry["file"]
        for member, path in named.items():
            file = folder / path
            file.parent.mkdir(mode=0o700, exist_ok=True)
            file.write_bytes(keys.content(member))
            file.chmod(0o600)
