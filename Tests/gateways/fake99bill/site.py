"""The page, the query and the notices, written from what payment libraries agree on."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from fakehttp.books import PAID, Order, beijing
from fakehttp.fake import Request
from fakehttp.keyfiles import new_key, write_private, write_public
from fakehttp.site import Notice, Site, pairs
from fakehttp.transport import Reply

PATHS = {
    "/gateway/recvMerchantInfoAction.htm": "page",
    "/gatewayapi/gatewayOrderQuery.do": "query",
}
PAGE = (
    "inputCharset pageUrl bgUrl version language signType merchantAcctId payerName "
    "payerContactType payerContact payerIdType payerId payerIP orderId orderAmount orderTime "
    "orderTimestamp productName productNum productId productDesc ext1 ext2 payType bankId period "
    "cardIssuer cardNum remitType remitCode redoFlag pid submitType orderTimeOut extDataType "
    "extDataContent"
).split()
QUERY = (
    "inputCharset version signType merchantAcctId queryType queryMode startTime endTime "
    "requestPage orderId"
).split()
NOTICE = (
    "merchantAcctId version language signType payType bankId orderId orderTime orderAmount "
    "bindCard bindMobile dealId bankDealId dealTime payAmount fee ext1 ext2 payResult errCode"
).split()
COUNTS = (
    "version signType merchantAcctId errCode currentPage pageCount pageSize recordCount"
).split()
ABSENT, UNPAID_CODE, BUSY = "31003", "31005", "30001"
# Not public: this fake's own.
BAD_SIGN = "20005"
STAMP = "%Y%m%d%H%M%S"


def joined(fields: dict[str, str], names: list[str]) -> str:
    return "&".join(f"{name}={fields[name]}" for name in names if fields.get(name))


class Bill99Site(Site):
    lies = frozenset(
        "amount_plus_1 unknown_status missing_status other_order not_exist missing_amount "
        "paid_then_unpaid duplicate_keys limited".split()
    )

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.account = "1001292117101"
        self.query_key = secrets.token_hex(8).upper()
        self.merchant, self.own, self.thief = new_key(), new_key(), new_key()

    def configuration(self) -> dict[str, Any]:
        return {
            "kind": "99bill",
            "merchant_acct_id": self.account,
            "private_key_file": write_private(self.folder, "99bill", self.merchant)["pem8"],
            "bill99_certificate_file": write_public(
                self.folder, "99bill", self.own.public_key()
            )["pem"],
            "query_key_file": self.secret_file("99bill.query", self.query_key + "\n"),
            "notify_url": "https://shop.example/notify/99bill",
            "redirect_url": "https://shop.example/thanks",
        }

    def named(self, request: Request) -> tuple[str, str] | None:
        operation = PATHS.get(request.path)
        if operation is None:
            return None
        fields = pairs(request) if operation == "page" else self.asked(request)
        return operation, str(fields.get("orderId", ""))

    @staticmethod
    def asked(request: Request) -> dict[str, str]:
        try:
            read = json.loads(request.body)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def reply(self, operation: str, request: Request, lie: str) -> Reply:
        if operation == "page":
            text = self.page(pairs(request))
            return Reply(f"<html>{text}</html>".encode(), 200, "text/html")
        return self.query(self.asked(request), lie)

    def page(self, fields: dict[str, str]) -> str:
        """The buyer's browser arrives with the form."""
        try:
            self.merchant.public_key().verify(
                base64.b64decode(fields.get("signMsg", ""), validate=True),
                joined(fields, PAGE).encode(),
                padding.PKCS1v15(),
                hashes.SHA1(),
            )
        except (InvalidSignature, ValueError):
            return "签名错误"
        known = {"version": "v2.0", "signType": "4", "payType": "00", "inputCharset": "1"}
        if any(fields.get(name) != value for name, value in known.items()):
            return "参数错误"
        if fields.get("merchantAcctId") != self.account or not fields.get("productName"):
            return "商户错误"
        number = fields["orderId"]
        with self.books.lock:
            if self.books.find(number) is None:
                deal = f"{beijing(self.clock.now_ms(), '%y%m%d')}{self.books.serial():08d}"
                self.books.add(
                    Order(
                        number,
                        deal,
                        int(fields["orderAmount"]),
                        self.clock.now_ms(),
                        fields.get("bgUrl", ""),
                        fields.get("pageUrl", ""),
                        way=fields["orderTime"],
                    )
                )
        return f"收银台 {number}"

    def query(self, asked: dict[str, str], lie: str) -> Reply:
        sign = joined(asked, QUERY) + f"&key={self.query_key}"
        if asked.get("signMsg") != hashlib.md5(sign.encode()).hexdigest().upper():
            return self.told({}, BAD_SIGN)
        if lie == "limited":
            return self.told({}, BUSY)
        order = self.books.find(asked.get("orderId", ""))
        if order is None or lie == "not_exist":
            return self.told({}, ABSENT)
        if order.status != PAID or lie == "paid_then_unpaid":
            return self.told({}, UNPAID_CODE)
        row = self.facts(order)
        if lie == "amount_plus_1":
            row["payAmount"] = str(int(row["payAmount"]) + 1)
        elif lie == "unknown_status":
            row["payResult"] = "12"
        elif lie == "other_order":
            row["orderId"] = "SOMEBODYELSES"
        elif lie in ("missing_amount", "missing_status"):
            del row["payAmount" if lie == "missing_amount" else "payResult"]
        reply = self.told({"orderDetail": [row]})
        if lie == "duplicate_keys":
            reply.body = reply.body.replace(b"{", b'{"errCode":"",', 1)
        return reply

    def told(self, more: dict[str, Any], code: str = "") -> Reply:
        count = "0" if code else "1"
        node: dict[str, Any] = {
            "version": "v2.0",
            "signType": "1",
            "merchantAcctId": self.account,
            "errCode": code,
            "currentPage": count,
            "pageCount": count,
            "pageSize": "10",
            "recordCount": count,
        }
        sign = joined(node, COUNTS) + f"&key={self.query_key}"
        node["signMsg"] = hashlib.md5(sign.encode()).hexdigest().upper()
        return Reply(json.dumps(node | more).encode())

    def facts(self, order: Order) -> dict[str, str]:
        return {
            "orderId": order.number,
            "orderTime": order.way,
            "orderAmount": str(order.amount_fen),
            "dealId": order.gateway_number,
            "bankDealId": f"B{order.gateway_number}",
            "dealTime": beijing(order.paid_ms or self.clock.now_ms(), STAMP),
            "payAmount": str(order.paid_fen or order.amount_fen),
            "fee": "0",
            "payType": "00",
            "payResult": "10",
        }

    # Notices

    def notice(self, order: Order, kind: str, options: dict[str, Any]) -> Notice:
        fields = self.facts(order) | {
            "merchantAcctId": self.account,
            "version": "v2.0",
            "language": "1",
            "signType": "4",
        }
        if kind == "wrong_amount":
            fields["payAmount"] = str(int(options.get("amount_fen", order.amount_fen + 1)))
        elif kind == "unknown_order":
            fields["orderId"] = "NOSUCHORDER00001"
        elif kind == "unknown_status":
            fields["payResult"] = "12"
        elif kind == "other_merchant":
            fields["merchantAcctId"] = "1009999999901"
        key = self.thief if kind == "forge" else self.own
        made = key.sign(joined(fields, NOTICE).encode(), padding.PKCS1v15(), hashes.SHA1())
        if kind != "unsigned":
            fields["signMsg"] = base64.b64encode(made).decode()
        if kind == "corrupt":
            fields["payAmount"] = "1"
        return Notice(kind, order.number, query=urlencode(fields))
