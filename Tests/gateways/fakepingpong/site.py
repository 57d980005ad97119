"""The calls and notices, written from the pages of PingPong's public documents."""

from __future__ import annotations

import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

from fakehttp.books import CLOSED, PAID, REFUNDED, UNPAID, Order, Refund, beijing
from fakehttp.fake import Request
from fakehttp.site import Notice, Site
from fakehttp.transport import Reply

PATHS = {
    "/v4/payment/prePay": "create",
    "/v4/payment/query": "query",
    "/v4/payment/refund": "refund",
    "/v4/refund/query": "refund_query",
}
STATUS = {UNPAID: "PROCESSING", PAID: "SUCCESS", REFUNDED: "SUCCESS", CLOSED: "CLOSED"}
MADE, ASKED = "000000", "001000"
# The codes of refusals are not public; these are this fake's own.
NOT_FOUND, REFUSED, BAD_SIGN = "200001", "200002", "100001"


class Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def minor(text: str) -> int:
    """Cents of a decimal text; ValueError where there are parts of a cent."""
    whole, _, part = text.partition(".")
    if part.rstrip("0")[2:] or not whole.isdigit():
        raise ValueError(f"{text!r} is no sum of money")
    return int(whole) * 100 + int((part + "00")[:2])


def six(cents: int) -> str:
    """`200.000000`, as answers have it."""
    return f"{cents // 100}.{cents % 100:02d}0000"


def sign(fields: dict[str, str], salt: str) -> str:
    """All fields but the signature itself, sorted, the salt in front; upper-case SHA-256."""
    text = "&".join(f"{name}={fields[name]}" for name in sorted(fields) if name != "sign")
    return hashlib.sha256((salt + text).encode()).hexdigest().upper()


class PingPongSite(Site):
    lies = frozenset(
        "amount_plus_1 currency unknown_status missing_status other_order not_exist "
        "missing_amount paid_then_unpaid duplicate_keys bad_signature corrupt_signature "
        "no_signature refuse_refund".split()
    )

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.client_id, self.acc_id = "2018092714313010016", "2018092714313010016291"
        self.salt, self.thief = secrets.token_hex(12).upper(), secrets.token_hex(12).upper()
        self.currencies: dict[str, str] = {}

    def configuration(self) -> dict[str, Any]:
        return {
            "kind": "pingpong",
            "client_id": self.client_id,
            "acc_id": self.acc_id,
            "salt_file": self.secret_file("pingpong.salt", self.salt + "\n"),
            "notify_url": "https://shop.example/notify/pingpong",
            "return_url": "https://shop.example/back",
        }

    # Requests

    @staticmethod
    def outer(request: Request) -> dict[str, str]:
        try:
            read = json.loads(request.body)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def named(self, request: Request) -> tuple[str, str] | None:
        operation = PATHS.get(request.path)
        if operation is None:
            return None
        try:
            content = json.loads(self.outer(request).get("bizContent", "{}"))
        except ValueError:
            content = {}
        return operation, str(content.get("merchantTransactionId", ""))

    def reply(self, operation: str, request: Request, lie: str) -> Reply:
        node: dict[str, Any] = {}
        try:
            content = self.checked(self.outer(request))
            if lie == "refuse_refund":
                raise Refused(REFUSED, "the refund period is over")
            node = getattr(self, operation)(content)
            if lie == "not_exist":
                raise Refused(NOT_FOUND, "the order does not exist")
            asked = operation.endswith("query")
            code, words = (ASKED, "Successful request") if asked else (MADE, "Successful")
        except Refused as refused:
            node, code, words = {}, refused.code, refused.message
        return self.sealed(self.lied(node, lie), code, words, lie)

    def checked(self, outer: dict[str, str]) -> dict[str, Any]:
        names = {"accId", "bizContent", "clientId", "signType", "version", "sign"}
        if set(outer) != names or outer["signType"] != "SHA256" or outer["version"] != "1.0":
            raise Refused(REFUSED, "parameter error")
        if (outer["clientId"], outer["accId"]) != (self.client_id, self.acc_id):
            raise Refused(REFUSED, "merchant is unknown")
        if not secrets.compare_digest(outer["sign"], sign(outer, self.salt)):
            raise Refused(BAD_SIGN, "signature error")
        content: dict[str, Any] = json.loads(outer["bizContent"])
        return content

    def sealed(self, node: dict[str, Any], code: str, words: str, lie: str = "") -> Reply:
        fields = self.envelope(node, code, words, self.thief if lie == "bad_signature" else "")
        if lie == "corrupt_signature":
            fields["sign"] = ("B" if fields["sign"][0] == "A" else "A") + fields["sign"][1:]
        if lie == "no_signature":
            del fields["sign"]
        body = json.dumps(fields, ensure_ascii=False)
        if lie == "duplicate_keys":
            body = body.replace("{", '{"code":"000000",', 1)
        return Reply(body.encode())

    def envelope(
        self, node: dict[str, Any], code: str, words: str, salt: str = ""
    ) -> dict[str, str]:
        fields = {
            "accId": self.acc_id,
            "bizContent": json.dumps(node, ensure_ascii=False, separators=(",", ":")),
            "clientId": self.client_id,
            "code": code,
            "description": words,
            "signType": "SHA256",
        }
        return fields | {"sign": sign(fields, salt or self.salt)}

    def create(self, content: dict[str, Any]) -> dict[str, Any]:
        for name in ("merchantTransactionId", "amount", "currency", "payResultUrl"):
            if not content.get(name):
                raise Refused(REFUSED, f"{name} is empty")
        number = content["merchantTransactionId"]
        with self.books.lock:
            # The same number again leaves the order as it is.
            order = self.books.find(number) or self.books.add(
                Order(
                    number,
                    f"{beijing(self.clock.now_ms(), '%Y%m%d')}{self.books.serial():08d}",
                    minor(content["amount"]),
                    self.clock.now_ms(),
                    content.get("notificationUrl", ""),
                    content["payResultUrl"],
                    way="checkout",
                )
            )
        self.currencies[number] = content["currency"]
        token = f"EU:{secrets.token_urlsafe(24)}"
        return {
            "amount": content["amount"],
            "currency": content["currency"],
            "merchantTransactionId": number,
            "transactionId": order.gateway_number,
            "token": token,
            "paymentUrl": f"https://pay.pingpongx.example/v3/checkout?token={token}",
        }

    def wanted(self, content: dict[str, Any]) -> Order:
        order = self.books.find(str(content.get("merchantTransactionId", "")))
        if order is None:
            raise Refused(NOT_FOUND, "the order does not exist")
        return order

    def query(self, content: dict[str, Any]) -> dict[str, Any]:
        return self.facts(self.wanted(content))

    def facts(self, order: Order) -> dict[str, Any]:
        return {
            "resultCode": "000000",
            "resultDescription": "Transaction succeeded",
            "transactionTime": str(order.paid_ms or order.created_ms),
            "transactionId": order.gateway_number,
            "merchantTransactionId": order.number,
            "amount": six(order.paid_fen or order.amount_fen),
            "currency": self.currencies[order.number],
            "captureDelayHours": 0,
            "status": STATUS[order.status],
        }

    def refund(self, content: dict[str, Any]) -> dict[str, Any]:
        with self.books.lock:
            order = self.wanted(content)
            number, amount = content["merchantRefundId"], minor(content["amount"])
            made = order.refund(number)
            if made is not None:
                made.posts += 1
                return self.refunded(order, made) | {"merchantRefundId": number}
            if order.status not in (PAID, REFUNDED) or amount > order.paid_fen - order.refunded_fen:
                raise Refused(REFUSED, "refund amount is too large")
            made = Refund(number, amount, f"R{self.books.serial()}", self.clock.now_ms())
            order.refunds.append(made)
            if order.refunded_fen == order.paid_fen:
                order.status = REFUNDED
        told = self.refunded(order, made) | {"status": "PROCESSING", "merchantRefundId": number}
        return {k: v for k, v in told.items() if k != "refundEndingTime"}

    def refunded(self, order: Order, made: Refund) -> dict[str, Any]:
        return {
            "transactionId": order.gateway_number,
            "merchantTransactionId": order.number,
            "refundId": made.gateway_number,
            "currency": self.currencies[order.number],
            "amount": six(made.amount_fen),
            "refundTime": str(made.at_ms),
            "refundEndingTime": str(made.at_ms),
            "resultCode": "000000",
            "resultDescription": "Transaction succeeded",
            "status": "SUCCESS",
        }

    def refund_query(self, content: dict[str, Any]) -> dict[str, Any]:
        order = self.wanted(content)
        made = order.refund(str(content.get("merchantRefundId", "")))
        if made is None:
            raise Refused(NOT_FOUND, "the refund does not exist")
        return self.refunded(order, made)

    def lied(self, node: dict[str, Any], lie: str) -> dict[str, Any]:
        if lie == "amount_plus_1" and "amount" in node:
            return node | {"amount": six(minor(node["amount"]) + 1)}
        if lie == "currency" and "currency" in node:
            return node | {"currency": "HKD"}
        if lie == "unknown_status" and "status" in node:
            return node | {"status": "FROZEN"}
        if lie == "other_order" and "merchantTransactionId" in node:
            return node | {"merchantTransactionId": "SOMEBODYELSES"}
        if lie == "paid_then_unpaid" and "status" in node:
            return node | {"status": "PROCESSING"}
        if lie in ("missing_amount", "missing_status"):
            gone = "amount" if lie == "missing_amount" else "status"
            return {k: v for k, v in node.items() if k != gone}
        return node

    # Notices

    def notice(self, order: Order, kind: str, options: dict[str, Any]) -> Notice:
        node = self.facts(order) | {"status": "SUCCESS"}
        if kind == "refunded":
            made = order.refunds[-1]
            node = self.refunded(order, made) | {"merchantRefundId": made.number}
        elif kind == "wrong_amount":
            node["amount"] = six(int(options.get("amount_fen", order.amount_fen + 1)))
        elif kind == "wrong_currency":
            node["currency"] = "HKD"
        elif kind == "unknown_order":
            node["merchantTransactionId"] = "NOSUCHORDER00001"
        elif kind == "unknown_status":
            node["status"] = "FROZEN"
        fields = self.envelope(node, MADE, "Successful", self.thief if kind == "forge" else "")
        if kind == "other_merchant":
            fields["accId"] = "2018092714313010099999"
            fields["sign"] = sign(fields, self.salt)
        if kind == "unsigned":
            del fields["sign"]
        if kind == "corrupt":
            fields["bizContent"] = fields["bizContent"].replace('"amount":"', '"amount":"9')
        body = json.dumps(fields, ensure_ascii=False).encode()
        return Notice(kind, order.number, "POST", "", "application/json", body)
