"""From bytes to checked parameters: decoding, required members, signature, biz_content."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from fakehttp.fake import Request

from . import signing
from .answers import Refusal
from .clock import parse_beijing
from .keys import App, Keyring

REQUIRED = (
    ("app_id", "isv.missing-app-id"),
    ("method", "isv.missing-method"),
    ("sign", "isv.missing-signature"),
    ("sign_type", "isv.missing-signature-type"),
    ("timestamp", "isv.missing-timestamp"),
    ("version", "isv.missing-version"),
)
CHARSETS = {"utf-8": "utf-8", "utf8": "utf-8", "gbk": "gbk"}


@dataclass
class Call:
    """One request as received. `params` is the union of query and body, decoded once."""

    params: dict[str, str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    charset: str = "utf-8"
    app: App | None = None
    biz: dict[str, Any] = field(default_factory=dict)
    request: Request | None = None

    @property
    def method(self) -> str:
        return self.params.get("method", "")

    @property
    def node_name(self) -> str:
        return self.method.replace(".", "_") + "_response" if self.method else "error_response"

    def biz_text(self, name: str) -> str:
        value = self.biz.get(name, "")
        return value if isinstance(value, str) else ""


def read_call(query: str, body: bytes, content_type: str) -> Call:
    """Never fails: what cannot be decoded shows up as a bad signature later."""
    call = Call()
    ascii_pairs = parse_qsl(query, keep_blank_values=True, encoding="latin-1")
    form = content_type.split(";")[0].strip().lower() == "application/x-www-form-urlencoded"
    body_text = body.decode("latin-1") if form else ""
    ascii_pairs += parse_qsl(body_text, keep_blank_values=True, encoding="latin-1")
    declared = next((v for k, v in ascii_pairs if k == "charset"), "utf-8")
    call.charset = CHARSETS.get(declared.lower(), "utf-8")
    for name, value in ascii_pairs:
        text = value.encode("latin-1").decode(call.charset, "replace")
        if name in call.params:
            call.repeated.append(name)
        call.params[name] = text
    try:
        biz = json.loads(call.params.get("biz_content", ""))
        call.biz = biz if isinstance(biz, dict) else {}
    except ValueError:
        call.biz = {}
    return call


def unsigned(call: Call, code: str, sub_code: str, sub_msg: str) -> Refusal:
    return Refusal(code, sub_code, sub_msg, signed=False, node_name=call.node_name)


def check_call(call: Call, keyring: Keyring) -> None:
    """Alipay's own order: the application before the signature, the signature before the rest."""
    params = call.params
    for name, sub_code in REQUIRED:
        if not params.get(name):
            raise unsigned(call, "40001", sub_code, f"缺少{name}参数")
    if call.repeated:
        raise unsigned(call, "40002", "isv.invalid-parameter", f"重复参数{call.repeated[0]}")
    app = keyring.apps.get(params["app_id"])
    if app is None:
        raise unsigned(call, "40002", "isv.invalid-app-id", "无效的AppID参数")
    call.app = app
    if params.get("charset", "").lower() not in CHARSETS:
        raise unsigned(call, "40002", "isv.invalid-charset", "字符集错误")
    if params["sign_type"] != "RSA2":
        raise Refusal("40002", "isv.invalid-signature-type", "无效签名类型")
    check_certificates(app, params)
    text = signing.request_text(params).encode(call.charset)
    if not signing.verify(app.app_key.public_key(), text, params["sign"]):
        raise Refusal(
            "40002",
            "isv.invalid-signature",
            "验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配",
        )
    check_form(params)


def check_certificates(app: App, params: dict[str, str]) -> None:
    if app.mode != "certificate":
        if params.get("app_cert_sn") or params.get("alipay_root_cert_sn"):
            raise Refusal("40002", "isv.app-cert-not-exist", "应用未使用证书模式")
        return
    if not params.get("app_cert_sn"):
        raise Refusal("40001", "isv.missing-app-cert-sn", "缺少应用公钥证书序列号")
    if not params.get("alipay_root_cert_sn"):
        raise Refusal("40001", "isv.missing-alipay-root-cert-sn", "缺少支付宝根证书序列号")
    if params["app_cert_sn"] != app.app_cert_sn:
        raise Refusal("40002", "isv.app-cert-not-exist", "应用公钥证书不存在")
    if params["alipay_root_cert_sn"] != app.root_cert_sn:
        raise Refusal("40002", "isv.invalid-alipay-root-cert-sn", "支付宝根证书序列号无效")


def check_form(params: dict[str, str]) -> None:
    if params.get("version") != "1.0":
        raise Refusal("40002", "isv.invalid-parameter", "version")
    if params.get("format", "JSON").upper() != "JSON":
        raise Refusal("40002", "isv.invalid-format", "无效数据格式")
    try:
        parse_beijing(params["timestamp"])
    except ValueError:
        raise Refusal("40002", "isv.invalid-timestamp", "非法的时间戳参数") from None
    if len(params.get("notify_url", "")) > 256:
        raise Refusal("40002", "isv.invalid-parameter", "notify_url")
    try:
        decoded = json.loads(params.get("biz_content", ""))
    except ValueError:
        raise Refusal("40002", "isv.illegal-json", "biz_content不是合法的JSON") from None
    if not isinstance(decoded, dict):
        raise Refusal("40002", "isv.illegal-json", "biz_content不是对象")
