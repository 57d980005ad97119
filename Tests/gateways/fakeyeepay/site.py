"""The platform's calls and notices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fakehttp.books import CLOSED, PAID, REFUNDED, UNPAID, Order, Refund, beijing, fen, yuan
from fakehttp.site import FORM_TYPE, Notice, Site
from fakehttp.fake import Request
from fakehttp.transport import Reply

from . import envelope

BASE = "/yop-center"
PATHS = {
    "/rest/v1.0/aggpay/pre-pay": "create",
    "/rest/v1.0/trade/order/query": "query",
    "/rest/v1.0/trade/order/close": "close",
    "/rest/v1.0/trade/refund": "refund",
    "/rest/v1.0/trade/refund/query": "refund_query",
}
STATUS = {UNPAID: "PROCESSING", PAID: "SUCCESS", REFUNDED: "SUCCESS", CLOSED: "CLOSE"}


class Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class YeepaySite(Site):
    lies = frozenset(
        "amount_plus_1 unknown_status missing_status other_order not_exist missing_amount limited "
        "paid_then_unpaid duplicate_keys bad_signature corrupt_signature no_signature "
        "system_error_after_apply refuse_refund merchant_unknown".split()
    )
    path = BASE

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.app_key, self.merchant_no = "app_10080000001", "10080000001"
        self.merchant, self.own = envelope.new_pair(), envelope.new_pair()
        self.thief = envelope.new_pair()

    def configuration(self) -> dict[str, Any]:
        return {
            "kind": "yeepay",
            "app_key": self.app_key,
            "merchant_no": self.merchant_no,
            "private_key_file": self.own_key(),
            "yeepay_public_key_file": self.secret_file(
                "yeepay.pub", envelope.public_text(self.own)
            ),
            "notify_url": "https://shop.example/notify/yeepay",
        }

    def own_key(self) -> str:
        """Ours; a stranger's public key lies beside it, for mistakes."""
        self.secret_file("stranger.pub", envelope.public_text(self.thief))
        return self.secret_file("own.key", envelope.private_text(self.merchant))

    # Requests

    def named(self, request: Request) -> tuple[str, str] | None:
        operation = PATHS.get(request.path.removeprefix(BASE), "")
        if not operation or not request.path.startswith(BASE):
            return None
        raw = request.query if request.verb == "GET" else request.body.decode("utf-8", "replace")
        return operation, envelope.received(raw).get("orderId", "")

    def reply(self, operation: str, request: Request, lie: str) -> Reply:
        try:
            path = request.path.removeprefix(BASE)
            fields = envelope.check(request, path, self.app_key, self.merchant.public_key())
        except envelope.Unauthentic as flaw:
            code = "40042" if "app.not" in str(flaw) else "40047"
            return self.failure(code, str(flaw), "鉴权认证失败")
        if lie == "limited":
            return self.failure("40029", "sys.limit.rate-limit", "访问受限")
        if lie == "merchant_unknown":
            return self.failure("40044", "isv.scene.merchant.not-exists", "商户不存在")
        good = "00000" if operation == "create" else "OPR00000"
        try:
            if fields.get("merchantNo") != self.merchant_no:
                raise Refused("OPR00004", "商户编号错误")
            if lie == "refuse_refund":
                raise Refused("OPR13009", "订单已超过可退款期限")
            node = {"code": good, "message": "成功"} | getattr(self, operation)(fields)
        except Refused as refused:
            node = {"code": refused.code, "message": refused.message}
        if lie == "system_error_after_apply":
            return self.failure("40020", "sys.service.retryable", "服务不可用")
        body = json.dumps({"state": "SUCCESS", "result": self.lied(node, lie)}, ensure_ascii=False)
        if lie == "duplicate_keys":
            body = body.replace("{", '{"state":"SUCCESS",', 1)
        return self.signed(body, lie)

    def signed(self, body: str, lie: str) -> Reply:
        if lie == "no_signature":
            return Reply(body.encode())
        key = self.thief if lie == "bad_signature" else self.own
        sign = envelope.answer_header(body, key)
        if lie == "corrupt_signature":
            sign = ("B" if sign[0] == "A" else "A") + sign[1:]
        return Reply(body.encode(), headers={"x-yop-sign": sign})

    def failure(self, code: str, sub_code: str, message: str) -> Reply:
        error = {"code": code, "subCode": sub_code, "message": message}
        body = json.dumps({"state": "FAILURE", "error": error}, ensure_ascii=False)
        return Reply(body.encode())

    def create(self, fields: dict[str, str]) -> dict[str, Any]:
        if fields.get("payWay") != "USER_SCAN" or fields.get("channel") not in (
            "WECHAT",
            "ALIPAY",
            "UNIONPAY",
        ):
            raise Refused("00001", "支付方式不支持")
        for name in ("orderId", "orderAmount", "goodsName", "notifyUrl", "userIp", "scene"):
            if not fields.get(name):
                raise Refused("00002", f"参数{name}不能为空")
        amount = fen(fields["orderAmount"])
        present = self.books.find(fields["orderId"])
        if present is None:
            present = self.books.add(
                Order(
                    fields["orderId"],
                    f"1001{beijing(self.clock.now_ms(), '%Y%m%d')}{self.books.serial():010d}",
                    amount,
                    self.clock.now_ms(),
                    fields["notifyUrl"],
                    way=fields["channel"],
                )
            )
        elif present.amount_fen != amount:
            raise Refused("00003", "订单金额不一致")
        return {
            "orderId": present.number,
            "uniqueOrderNo": present.gateway_number,
            "prePayTn": f"https://qr.yeepay.com/oc/{present.gateway_number}",
        }

    def wanted(self, fields: dict[str, str]) -> Order:
        order = self.books.find(fields.get("orderId", ""))
        if order is None:
            raise Refused("OPR12001", "订单不存在")
        return order

    def facts(self, order: Order) -> dict[str, Any]:
        node: dict[str, Any] = {
            "parentMerchantNo": self.merchant_no,
            "merchantNo": self.merchant_no,
            "orderId": order.number,
            "uniqueOrderNo": order.gateway_number,
            "status": STATUS[order.status],
            # A BigDecimal on their side: a number without trailing zeros it is not.
            "orderAmount": yuan(order.paid_fen or order.amount_fen),
            "channel": order.way,
            "payWay": "USER_SCAN",
        }
        if order.paid_ms:
            node |= {"payAmount": yuan(order.paid_fen), "paySuccessDate": beijing(order.paid_ms)}
        return node

    def query(self, fields: dict[str, str]) -> dict[str, Any]:
        return self.facts(self.wanted(fields))

    def close(self, fields: dict[str, str]) -> dict[str, Any]:
        order = self.wanted(fields)
        if order.status not in (UNPAID, CLOSED):
            raise Refused("OPR12010", "订单已支付")
        order.status = CLOSED
        return {"orderId": order.number}

    def refund(self, fields: dict[str, str]) -> dict[str, Any]:
        with self.books.lock:
            order = self.wanted(fields)
            number, amount = fields["refundRequestId"], fen(fields["refundAmount"])
            made = order.refund(number)
            if made is not None:
                made.posts += 1
                return self.refunded(order, made)
            if order.status not in (PAID, REFUNDED) or amount > order.paid_fen - order.refunded_fen:
                raise Refused("OPR13001", "退款金额超限")
            made = Refund(number, amount, f"R{self.books.serial()}", self.clock.now_ms())
            order.refunds.append(made)
            if order.refunded_fen == order.paid_fen:
                order.status = REFUNDED
            return self.refunded(order, made) | {"status": "PROCESSING"}

    def refunded(self, order: Order, made: Refund) -> dict[str, Any]:
        return {
            "orderId": order.number,
            "merchantNo": self.merchant_no,
            "refundRequestId": made.number,
            "uniqueRefundNo": made.gateway_number,
            "refundAmount": yuan(made.amount_fen),
            "status": "SUCCESS",
        }

    def refund_query(self, fields: dict[str, str]) -> dict[str, Any]:
        order = self.wanted(fields)
        made = order.refund(fields.get("refundRequestId", ""))
        if made is None:
            raise Refused("OPR13002", "退款订单不存在")
        return self.refunded(order, made)

    def lied(self, node: dict[str, Any], lie: str) -> dict[str, Any]:
        if lie == "amount_plus_1" and "orderAmount" in node:
            return node | {"orderAmount": yuan(fen(node["orderAmount"]) + 1)}
        if lie == "unknown_status" and "status" in node:
            return node | {"status": "REVERSAL"}
        if lie == "other_order":
            return node | {"orderId": "SOMEBODYELSES"}
        if lie == "not_exist":
            return {"code": "OPR12001", "message": "订单不存在"}
        if lie == "paid_then_unpaid" and "status" in node:
            return node | {"status": "PROCESSING"}
        if lie in ("missing_amount", "missing_status"):
            gone = "orderAmount" if lie == "missing_amount" else "status"
            return {k: v for k, v in node.items() if k != gone}
        return node

    # Notices

    def notice(self, order: Order, kind: str, options: dict[str, Any]) -> Notice:
        node = self.facts(order) | {"status": "SUCCESS"}
        if kind == "refunded":
            node = self.refunded(order, order.refunds[-1])
        elif kind == "wrong_amount":
            node["orderAmount"] = yuan(int(options.get("amount_fen", order.amount_fen + 1)))
        elif kind == "unknown_order":
            node["orderId"] = "NOSUCHORDER00001"
        elif kind == "unknown_status":
            node["status"] = "REVERSAL"
        elif kind == "other_merchant":
            node["merchantNo"] = "10099999999"
        key = self.thief if kind == "forge" else self.own
        text = json.dumps(node, ensure_ascii=False)
        response = envelope.sealed(text, key, self.merchant.public_key())
        if kind == "unsigned":
            response = "$".join(response.split("$")[:3])
        if kind == "corrupt":
            first, rest = response.split("$", 1)
            response = f"{first}${rest[:40]}{'A' if rest[40] != 'A' else 'B'}{rest[41:]}"
        body = urlencode({"response": response, "customerIdentification": self.app_key})
        return Notice(kind, order.number, "POST", "", FORM_TYPE, body.encode())
