"""From a request to a checked call: route, Authorization, signature, time, body."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote

from fakehttp.fake import Request

from . import signing
from .keys import Keyring, Merchant

CLOCK_GAP_S = 300
ROUTES: list[tuple[str, str, str]] = [
    ("POST", r"/v3/pay/transactions/(?P<product>native|h5|jsapi)", "create"),
    ("GET", r"/v3/pay/transactions/out-trade-no/(?P<out_trade_no>[^/]+)", "query"),
    ("GET", r"/v3/pay/transactions/id/(?P<transaction_id>[^/]+)", "query"),
    ("POST", r"/v3/pay/transactions/out-trade-no/(?P<out_trade_no>[^/]+)/close", "close"),
    ("POST", r"/v3/refund/domestic/refunds", "refund"),
    ("GET", r"/v3/refund/domestic/refunds/(?P<out_refund_no>[^/]+)", "refund_query"),
    ("GET", r"/v3/certificates", "certificates"),
    ("GET", r"/v3/merchant-service/complaints-v2", "complaints"),
    ("GET", r"/v3/merchant-service/complaints-v2/(?P<complaint_id>[^/]+)", "complaint"),
    ("GET", r"/v3/bill/tradebill", "bill_trades"),
    ("GET", r"/v3/bill/fundflowbill", "bill_funds"),
    ("GET", r"/v3/billdownload/file", "bill_file"),
]


class Refusal(Exception):
    """An error answer. `signed` False where WeChat does not know whom it answers."""

    def __init__(
        self, status: int, code: str, message: str, number: str = "268435462", signed: bool = True
    ) -> None:
        super().__init__(code)
        self.status = status
        self.body = {"code": code, "message": message}
        self.number = number
        self.signed = signed


@dataclass
class Call:
    request: Request
    operation: str
    path: dict[str, str]
    params: dict[str, Any] = field(default_factory=dict)  # the body
    query: dict[str, str] = field(default_factory=dict)
    merchant: Merchant | None = None

    def number(self, name: str) -> str:
        value = self.path.get(name) or self.params.get(name)
        return value if isinstance(value, str) else ""


def read_call(request: Request) -> Call | None:
    """None for a path that does not exist."""
    for verb, pattern, operation in ROUTES:
        found = re.fullmatch(pattern, request.path)
        if found is None or verb != request.verb:
            continue
        call = Call(request, operation, {k: unquote(v) for k, v in found.groupdict().items()})
        call.query = {k: v[0] for k, v in parse_qs(request.query).items()}
        try:
            body = json.loads(request.body or b"{}")
            call.params = body if isinstance(body, dict) else {}
        except ValueError:
            call.params = {}
        return call
    return None


def check_call(call: Call, keyring: Keyring, now_ms: int) -> None:
    """Who asks, when, and whether the signature is theirs; then the form."""
    request = call.request
    pairs = signing.authorization(request.header("Authorization"))
    merchant = keyring.merchants.get(pairs.get("mchid", ""))
    if merchant is None:
        raise Refusal(401, "SIGN_ERROR", "商户号错误", "268435463", signed=False)
    call.merchant = merchant
    if pairs.get("serial_no") != merchant.serial:
        raise Refusal(401, "SIGN_ERROR", "商户证书序列号有误", "268443699")
    stamp = pairs.get("timestamp", "")
    if not stamp.isdecimal() or abs(int(stamp) * 1000 - now_ms) > CLOCK_GAP_S * 1000:
        raise Refusal(401, "SIGN_ERROR", "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟")
    target = request.path + (f"?{request.query}" if request.query else "")
    text = signing.request_text(
        request.verb, target, stamp, pairs.get("nonce_str", ""), request.body
    )
    if not signing.verify(merchant.key.public_key(), text, pairs.get("signature", "")):
        raise Refusal(401, "SIGN_ERROR", "签名错误", "268443699")
    if "application/json" not in request.header("Accept"):
        raise Refusal(406, "INVALID_REQUEST", "Accept")
    if not request.header("User-Agent"):
        raise Refusal(400, "INVALID_REQUEST", "User-Agent")
    if request.verb == "POST":
        if request.header("Content-Type").split(";")[0] != "application/json":
            raise Refusal(415, "INVALID_REQUEST", "Content-Type")
        if not call.params:
            raise Refusal(400, "PARAM_ERROR", "请求体不是合法的JSON", "268435461")
