"""The calls and notices, written from what merchants' code agrees on."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from fakehttp.books import CLOSED, PAID, REFUNDED, UNPAID, Order, Refund, beijing
from fakehttp.fake import Request
from fakehttp.keyfiles import new_key, write_private, write_public
from fakehttp.site import Notice, Site
from fakehttp.transport import Reply

BASE = "/yqt"
PATHS = {
    "/trade/native": "create",
    "/trade/tradeQuery": "query",
    "/trade/refund/apply": "refund",
    "/trade/refund/query": "refund_query",
}
STATE = {UNPAID: "9", PAID: "0", REFUNDED: "0", CLOSED: "C"}
GOOD = "000000"
# Codes of refusals are this fake's own but for the unclear one.
NOT_FOUND, REFUSED, BAD_SIGN, UNCLEAR = "QT2001", "QT2002", "QT0001", "QT0099"
WAYS = ("WeChatNative", "AliPayNative", "UnionPayNative")


class Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def canonical(node: Any) -> bytes:
    text = json.dumps(node, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def signed_text(header: Any, body: Any) -> bytes:
    return canonical(header) + hashlib.md5(canonical(body)).hexdigest().upper().encode()


class EasypaySite(Site):
    lies = frozenset(
        "amount_plus_1 unknown_status missing_status other_order not_exist missing_amount "
        "paid_then_unpaid duplicate_keys bad_signature corrupt_signature no_signature "
        "system_error_after_apply refuse_refund".split()
    )
    path = BASE

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.req_id, self.mcht_code = "530034820000001", "803100053110001"
        self.merchant, self.own, self.thief = new_key(), new_key(), new_key()
        self.days: dict[str, str] = {}

    def configuration(self) -> dict[str, Any]:
        write_public(self.folder, "stranger", self.thief.public_key())
        return {
            "kind": "easypay",
            "req_id": self.req_id,
            "mcht_code": self.mcht_code,
            "private_key_file": write_private(self.folder, "easypay", self.merchant)["bare1"],
            "easypay_public_key_file": write_public(
                self.folder, "easypay", self.own.public_key()
            )["bare"],
            "notify_url": "https://shop.example/notify/easypay",
        }

    # Requests

    @staticmethod
    def outer(request: Request) -> dict[str, Any]:
        try:
            read = json.loads(request.body)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def named(self, request: Request) -> tuple[str, str] | None:
        operation = PATHS.get(request.path.removeprefix(BASE), "")
        if not operation or not request.path.startswith(BASE):
            return None
        order = self.outer(request).get("reqBody", {}).get("reqOrderInfo", {})
        number = order.get("orgTrace" if operation == "create" else "oriOrgTrace", "")
        if operation == "refund_query":
            held = self.books.holding(number)
            number = held[0].number if held else ""
        return operation, str(number)

    def reply(self, operation: str, request: Request, lie: str) -> Reply:
        moment = beijing(self.clock.now_ms(), "%Y%m%d%H%M%S")
        header = {"rspCode": GOOD, "rspInfo": "成功", "transTime": moment}
        body: dict[str, Any] = {}
        try:
            asked = self.checked(self.outer(request))
            if lie == "refuse_refund":
                raise Refused(REFUSED, "已超过退款期限")
            order = getattr(self, operation)(asked)
            if lie == "system_error_after_apply":
                raise Refused(UNCLEAR, "交易结果未知")
            if lie == "not_exist":
                raise Refused(NOT_FOUND, "原交易不存在")
            state = {"respCode": GOOD, "respDesc": "成功", "transState": order.pop("state")}
            body = {"respStateInfo": state, "respOrderInfo": order}
            self.lie(body, lie)
        except Refused as refused:
            if refused.code in (BAD_SIGN, UNCLEAR):
                header |= {"rspCode": refused.code, "rspInfo": refused.message}
            state = {"respCode": refused.code, "respDesc": refused.message, "transState": "X"}
            body = {"respStateInfo": state}
        return self.sealed(header, body, lie)

    def checked(self, outer: dict[str, Any]) -> dict[str, Any]:
        header, body = outer.get("reqHeader", {}), outer.get("reqBody", {})
        try:
            sign = base64.b64decode(outer.get("reqSign", ""), validate=True)
            self.merchant.public_key().verify(
                sign, signed_text(header, body), padding.PKCS1v15(), hashes.SHA256()
            )
        except (InvalidSignature, ValueError):
            raise Refused(BAD_SIGN, "签名验证失败") from None
        if (header.get("reqId"), header.get("reqType")) != (self.req_id, "2"):
            raise Refused(REFUSED, "机构不正确")
        if body.get("reqInfo", {}).get("mchtCode") != self.mcht_code:
            raise Refused(REFUSED, "商户不正确")
        checked: dict[str, Any] = body
        return checked

    def sealed(self, header: Any, body: Any, lie: str) -> Reply:
        whole = {"rspHeader": header, "rspBody": body}
        if lie != "no_signature":
            key = self.thief if lie == "bad_signature" else self.own
            made = key.sign(signed_text(header, body), padding.PKCS1v15(), hashes.SHA256())
            sign = base64.b64encode(made).decode()
            if lie == "corrupt_signature":
                sign = ("B" if sign[0] == "A" else "A") + sign[1:]
            whole["rspSign"] = sign
        text = json.dumps(whole, ensure_ascii=False)
        if lie == "duplicate_keys":
            text = text.replace("{", '{"rspHeader":{"rspCode":"000000"},', 1)
        return Reply(text.encode())

    def create(self, body: dict[str, Any]) -> dict[str, Any]:
        asked, way = body["reqOrderInfo"], body.get("payInfo", {})
        if way.get("payType") not in WAYS or not way.get("transDate"):
            raise Refused(REFUSED, "支付类型不正确")
        amount = asked.get("transAmount")
        if not isinstance(amount, int) or amount <= 0 or not asked.get("orderSub"):
            raise Refused(REFUSED, "参数不正确")
        with self.books.lock:
            if self.books.find(asked["orgTrace"]) is not None:
                raise Refused(REFUSED, "订单号重复")
            order = self.books.add(
                Order(
                    asked["orgTrace"],
                    f"EP{beijing(self.clock.now_ms(), '%Y%m%d')}{self.books.serial():08d}",
                    amount,
                    self.clock.now_ms(),
                    asked.get("backUrl", ""),
                    way=way["payType"],
                )
            )
        self.days[order.number] = way["transDate"]
        return self.facts(order) | {
            "state": "9",
            "qrCode": f"https://qr.eycard.example/{order.gateway_number}",
        }

    def facts(self, order: Order) -> dict[str, Any]:
        return {
            "orgTrace": order.number,
            "outTrace": order.gateway_number,
            "mchtCode": self.mcht_code,
            "transAmount": order.paid_fen or order.amount_fen,
            "state": STATE[order.status],
        }

    def wanted(self, asked: dict[str, Any]) -> Order:
        order = self.books.find(str(asked.get("oriOrgTrace", "")))
        if order is None or asked.get("oriTransDate") != self.days[order.number]:
            raise Refused(NOT_FOUND, "原交易不存在")
        return order

    def query(self, body: dict[str, Any]) -> dict[str, Any]:
        asked = body["reqOrderInfo"]
        # The question has a number of its own; the answer names the order that was asked about.
        if not asked.get("orgTrace") or asked["orgTrace"] == asked.get("oriOrgTrace"):
            raise Refused(REFUSED, "流水号不正确")
        return self.facts(self.wanted(asked))

    def refund(self, body: dict[str, Any]) -> dict[str, Any]:
        asked = body["reqOrderInfo"]
        with self.books.lock:
            order = self.wanted(asked)
            number, amount = asked["orgTrace"], asked["refundAmount"]
            made = order.refund(number)
            if made is not None:
                made.posts += 1
                return self.refunded(order, made)
            if order.status not in (PAID, REFUNDED) or amount > order.paid_fen - order.refunded_fen:
                raise Refused(REFUSED, "退款金额超限")
            made = Refund(number, amount, f"ER{self.books.serial()}", self.clock.now_ms())
            order.refunds.append(made)
            if order.refunded_fen == order.paid_fen:
                order.status = REFUNDED
            return self.refunded(order, made) | {"state": "9"}

    def refunded(self, order: Order, made: Refund) -> dict[str, Any]:
        return {
            "orgTrace": made.number,
            "oriOrgTrace": order.number,
            "outTrace": made.gateway_number,
            "mchtCode": self.mcht_code,
            "refundAmount": made.amount_fen,
            "state": "0",
        }

    def refund_query(self, body: dict[str, Any]) -> dict[str, Any]:
        held = self.books.holding(str(body["reqOrderInfo"].get("oriOrgTrace", "-")))
        if held is None:
            raise Refused(NOT_FOUND, "退款交易不存在")
        order, made = held
        asked = body["reqOrderInfo"]["orgTrace"]
        # Here the question's own number comes back, and the refund is the original.
        return self.refunded(order, made) | {"orgTrace": asked, "oriOrgTrace": made.number}

    def lie(self, body: dict[str, Any], lie: str) -> None:
        order, state = body["respOrderInfo"], body["respStateInfo"]
        amount = "refundAmount" if "refundAmount" in order else "transAmount"
        if lie == "amount_plus_1":
            order[amount] += 1
        elif lie == "unknown_status":
            state["transState"] = "7"
        elif lie == "other_order":
            order |= {"orgTrace": "SOMEBODYELSES", "oriOrgTrace": "SOMEBODYELSES"}
        elif lie == "paid_then_unpaid":
            state["transState"] = "9"
        elif lie == "missing_amount":
            del order[amount]
        elif lie == "missing_status":
            del state["transState"]

    # Notices

    def notice(self, order: Order, kind: str, options: dict[str, Any]) -> Notice:
        facts = self.facts(order) | {"state": "0"}
        if kind == "refunded":
            facts = self.refunded(order, order.refunds[-1])
        elif kind == "wrong_amount":
            facts["transAmount"] = int(options.get("amount_fen", order.amount_fen + 1))
        elif kind == "unknown_order":
            facts["orgTrace"] = "NOSUCHORDER00001"
        elif kind == "unknown_status":
            facts["state"] = "7"
        elif kind == "other_merchant":
            facts["mchtCode"] = "803100053119999"
        header = {
            "reqId": self.req_id,
            "reqType": "2",
            "transTime": beijing(self.clock.now_ms(), "%Y%m%d%H%M%S"),
        }
        state = {"respCode": GOOD, "respDesc": "成功", "transState": facts.pop("state")}
        body = {"respStateInfo": state, "respOrderInfo": facts}
        key = self.thief if kind == "forge" else self.own
        made = key.sign(signed_text(header, body), padding.PKCS1v15(), hashes.SHA256())
        whole: dict[str, Any] = {"reqHeader": header, "reqBody": body}
        if kind != "unsigned":
            whole["reqSign"] = base64.b64encode(made).decode()
        if kind == "corrupt":
            facts["transAmount"] = 1
        text = json.dumps(whole, ensure_ascii=False).encode()
        return Notice(kind, order.number, "POST", "", "application/json", text)
