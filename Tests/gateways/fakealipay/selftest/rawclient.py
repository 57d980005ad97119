"""A small merchant of our own for the self-test: builds, sends and verifies by hand."""

from __future__ import annotations

import base64
import http.client
import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509 import load_pem_x509_certificate


@dataclass
class Answer:
    status: int
    content_type: str
    body: bytes

    @property
    def outer(self) -> dict[str, Any]:
        outer: dict[str, Any] = json.loads(self.body)
        return outer

    @property
    def node(self) -> dict[str, Any]:
        return next(v for k, v in self.outer.items() if isinstance(v, dict))

    @property
    def raw_node(self) -> bytes:
        """The node's text as sent: decoded from its first `{` by a real JSON decoder."""
        text = self.body.decode()
        name = next(k for k, v in self.outer.items() if isinstance(v, dict))
        start = text.index("{", text.index(f'"{name}":'))
        _, end = json.JSONDecoder().raw_decode(text, start)
        return text[start:end].encode()


class RawClient:
    def __init__(self, url: str, app: dict[str, str]) -> None:
        self.url = url
        self.app = app
        pem = Path(app["app_private_key_pem_file"]).read_bytes()
        self.key: Any = serialization.load_pem_private_key(pem, None)
        self.alipay: Any
        if app["mode"] == "key":
            self.alipay = serialization.load_der_public_key(
                base64.b64decode(Path(app["alipay_public_key_file"]).read_text())
            )
        else:
            text = Path(app["alipay_certificate_file"]).read_bytes()
            self.alipay = load_pem_x509_certificate(text).public_key()

    def params(self, method: str, biz: dict[str, Any], **more: str) -> dict[str, str]:
        now = datetime.now(timezone(timedelta(hours=8)))
        params = {
            "app_id": self.app["app_id"],
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": now.strftime("%Y-%m-%d %H:%M:%S"),
            "version": "1.0",
            "biz_content": json.dumps(biz, ensure_ascii=False),
        } | more
        if self.app["mode"] == "certificate":
            params.setdefault("app_cert_sn", self.app["app_cert_sn"])
            params.setdefault("alipay_root_cert_sn", self.app["alipay_root_cert_sn"])
        params = {k: v for k, v in params.items() if v}
        text = "&".join(f"{k}={params[k]}" for k in sorted(params))
        raw = self.key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        return params | {"sign": base64.b64encode(raw).decode()}

    def post(self, params: dict[str, str], timeout: float = 10) -> Answer:
        """As the documentation asks: system parameters in the query, biz_content in the body."""
        parts = urlsplit(self.url)
        body = urlencode({"biz_content": params["biz_content"]})
        rest = {k: v for k, v in params.items() if k != "biz_content"}
        link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
        kind = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
        try:
            link.request("POST", f"{parts.path}?{urlencode(rest)}", body, kind)
            answer = link.getresponse()
            return Answer(answer.status, answer.getheader("Content-Type", ""), answer.read())
        finally:
            link.close()

    def call(self, method: str, biz: dict[str, Any], **more: str) -> Answer:
        timeout = float(more.pop("timeout", "10"))
        return self.post(self.params(method, biz, **more), timeout)

    def create(self, number: str, amount: str = "58.00", **more: Any) -> Answer:
        biz = {
            "out_trade_no": number,
            "total_amount": amount,
            "subject": "月度会员",
            "product_code": "FACE_TO_FACE_PAYMENT",
        } | more
        return self.call("alipay.trade.precreate", biz, notify_url="https://shop.example/notify")

    def query(self, number: str) -> Answer:
        return self.call("alipay.trade.query", {"out_trade_no": number})

    def verified(self, text: bytes, signature: str) -> bool:
        try:
            raw = base64.b64decode(signature)
            self.alipay.verify(raw, text, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True

    def answer_verified(self, answer: Answer) -> bool:
        signature = answer.outer.get("sign")
        return isinstance(signature, str) and self.verified(answer.raw_node, signature)

    def notice_verified(self, body: str) -> bool:
        fields = dict(parse_qsl(body, keep_blank_values=True))
        signature = fields.pop("sign", "")
        fields.pop("sign_type", None)
        text = "&".join(f"{k}={fields[k]}" for k in sorted(fields) if fields[k])
        return self.verified(text.encode(), signature)
