"""What the gateway says: nodes, refusals, and their exact text on the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from . import signing
from .keys import App

# A list of pairs, not a mapping: the order is part of the text, and a lie may repeat a key.
Node = list[tuple[str, Any]]

OK: Node = [("code", "10000"), ("msg", "Success")]
NUMBER_TOO_BIG = 2**63 + 4


class Refusal(Exception):
    """An answer that is not `10000`. Only gateway-level refusals may go out unsigned."""

    def __init__(
        self,
        code: str,
        sub_code: str,
        sub_msg: str,
        extra: Node | None = None,
        signed: bool = True,
        node_name: str | None = None,
    ) -> None:
        super().__init__(sub_code)
        words = {
            "20000": "Service Currently Unavailable",
            "40001": "Missing Required Arguments",
            "40002": "Invalid Arguments",
            "40003": "Conditions not satisfied",
            "40004": "Business Failed",
            "40005": "Call Limited",
            "40006": "Insufficient Permissions",
        }
        self.signed = signed
        self.node_name = node_name
        self.node: Node = [
            ("code", code),
            ("msg", words[code]),
            ("sub_code", sub_code),
            ("sub_msg", sub_msg),
        ] + (extra or [])


def business(sub_code: str, sub_msg: str, extra: Node | None = None) -> Refusal:
    return Refusal("40004", f"ACQ.{sub_code}", sub_msg, extra)


@dataclass
class Answer:
    """One node on its way out, before it becomes text."""

    node_name: str
    node: Node
    signed: bool = True
    app: App | None = None
    charset: str = "utf-8"
    error: bool = False
    key_override: Any = None  # an attacker's key, when the signature is to be a lie
    cert_sn_override: str | None = None
    quirks: set[str] = field(default_factory=set)

    def get(self, key: str) -> Any:
        return next((v for k, v in self.node if k == key), None)

    def put(self, key: str, value: Any) -> bool:
        """Replaces one member where it stands; says whether it was there."""
        for index, (name, _) in enumerate(self.node):
            if name == key:
                self.node[index] = (key, value)
                return True
        return False


def text_of(value: Any) -> str:
    """Compact JSON with `/` escaped as Alipay writes it; pairs keep order and repetitions."""
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        return "{" + ",".join(f"{text_of(k)}:{text_of(v)}" for k, v in value) + "}"
    if isinstance(value, list) and all(isinstance(v, (list, dict)) for v in value):
        return "[" + ",".join(text_of(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")


def envelope(answer: Answer, sign_unescaped: bool) -> bytes:
    """The body: node, certificate number in certificate mode, signature over the raw node text."""
    raw = text_of(answer.node)
    parts = [f"{text_of(answer.node_name)}:{raw}"]
    if answer.signed and answer.app is not None:
        app = answer.app
        signed_text = raw.replace("\\/", "/") if sign_unescaped else raw
        key = answer.key_override or app.alipay_key
        signature = signing.sign(key, signed_text.encode(answer.charset))
        if "corrupt_signature" in answer.quirks:
            signature = ("B" if signature[0] == "A" else "A") + signature[1:]
        number = answer.cert_sn_override or app.alipay_cert_sn
        if app.mode == "certificate":
            parts.append(f'"alipay_cert_sn":"{number}"')
        if "sign_first" in answer.quirks:
            parts.insert(0, f'"sign":"{signature}"')
        else:
            parts.append(f'"sign":"{signature}"')
    return ("{" + ",".join(parts) + "}").encode(answer.charset)
