"""The site itself: what its pages and calls answer, in both versions."""

from __future__ import annotations

import json
import re
import secrets
from pathlib import Path
from typing import Any, Callable
from urllib.parse import urlencode

from fakehttp.books import CLOSED, PAID, REFUNDED, UNPAID, Order, Refund, beijing, fen, yuan
from fakehttp.site import Notice, Site, pairs
from fakehttp.fake import Request
from fakehttp.transport import Reply

from .signing import KeyPair, SharedKey

STATUS = {UNPAID: 0, PAID: 1, REFUNDED: 2, CLOSED: 0}
NUMBER = re.compile(r"^[a-zA-Z0-9._\-|]+$")
CLOCK_S = 300
PATHS = {
    "/mapi.php": "create",
    "/submit.php": "page",
    "/api/pay/create": "create",
    "/api/pay/submit": "page",
    "/api/pay/query": "query",
    "/api/pay/refund": "refund",
    "/api/pay/refundquery": "refund_query",
    "/api/pay/close": "close",
}


class Refused(Exception):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class EpaySite(Site):
    lies = frozenset(
        "amount_plus_1 unknown_status missing_status other_order not_exist missing_amount limited "
        "paid_then_unpaid duplicate_keys bad_signature corrupt_signature no_signature "
        "refuse_refund".split()
    )

    def __init__(self, folder: Path, version: str = "1") -> None:
        super().__init__(folder)
        self.version = version
        self.pid = "1001"
        self.settings = {"money_as_float": True, "rename": True, "post_notice": False}
        self.thief = SharedKey(secrets.token_hex(16)) if version == "1" else KeyPair()
        if version == "1":
            self.shared = SharedKey(secrets.token_hex(16))
            self.own: SharedKey | KeyPair = self.shared
        else:
            self.merchant, self.own = KeyPair(), KeyPair()

    def configuration(self) -> dict[str, Any]:
        whole: dict[str, Any] = {
            "kind": "epay",
            "pid": self.pid,
            "version": self.version,
            "notify_url": "https://shop.example/notify/epay",
            "refund": True,
        }
        if self.version == "1":
            return whole | {"key_file": self.secret_file("epay.key", self.shared.key + "\n")}
        assert isinstance(self.own, KeyPair)
        return whole | {
            "private_key_file": self.own_key(),
            "platform_public_key_file": self.secret_file("platform.pub", self.own.public_text()),
        }

    def own_key(self) -> str:
        """Ours; a stranger's public key lies beside it, for mistakes."""
        assert isinstance(self.thief, KeyPair)
        self.secret_file("stranger.pub", self.thief.public_text())
        return self.secret_file("own.key", self.merchant.private_text())

    def controls(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        return super().controls() | {"rotate": self.rotate}

    def rotate(self, params: dict[str, Any]) -> Any:
        """Version 1: another key for both sides at once."""
        self.shared = SharedKey(secrets.token_hex(16))
        self.own = self.shared
        return self.secret_file("epay.key", self.shared.key + "\n")

    # Requests

    def named(self, request: Request) -> tuple[str, str] | None:
        fields = pairs(request)
        operation = PATHS.get(request.path, "")
        if request.path == "/api.php":
            operation = {"order": "query", "refund": "refund"}.get(fields.get("act", ""), "")
        if not operation:
            return None
        order = self.books.find(gateway_number=fields.get("trade_no", "-"))
        number = order.number if order else fields.get("out_trade_no", "")
        if operation == "refund_query":
            held = self.books.holding(fields.get("out_refund_no", ""))
            number = held[0].number if held else ""
        return operation, number

    def reply(self, operation: str, request: Request, lie: str) -> Reply:
        fields = pairs(request)
        if operation == "page":
            return self.cashier(fields)
        try:
            if lie == "limited":
                raise Refused(-1, "请求过于频繁，请稍后再试")
            self.authenticate(request, fields)
            if lie == "refuse_refund":
                raise Refused(-1, "退款失败：交易已超过可退款期限")
            node = getattr(self, operation)(fields)
        except Refused as refused:
            return self.told(self.signed({"code": refused.code, "msg": refused.message}, lie))
        reply = self.told(self.signed(self.lied(node, lie), lie))
        if lie == "duplicate_keys":
            reply.body = reply.body.replace(b"{", b'{"msg":"one","msg":"two",', 1)
        return reply

    def told(self, node: dict[str, Any]) -> Reply:
        # Scripts of this family like to leave a byte-order mark or a line end before the JSON.
        return Reply(b"\xef\xbb\xbf" + json.dumps(node, ensure_ascii=False).encode() + b"\n")

    def authenticate(self, request: Request, fields: dict[str, str]) -> None:
        is_api = request.path == "/api.php"
        if fields.get("pid") != self.pid:
            raise Refused(-3, "商户ID不存在")
        if is_api:
            if fields.get("key") != self.shared.key:
                raise Refused(-3, "商户密钥错误")
            return
        if self.version == "1":
            if not self.own.verify(fields):
                raise Refused(-1, "签名校验失败，请返回重试！")
            return
        if fields.get("sign_type") != "RSA" or not self.merchant.verify(fields):
            raise Refused(-1, "签名校验失败")
        if abs(int(fields.get("timestamp") or 0) - self.clock.now_ms() / 1000) > CLOCK_S:
            raise Refused(-1, "时间戳已过期")

    def registered(self, fields: dict[str, str]) -> Order:
        for name in ("out_trade_no", "notify_url", "name", "money"):
            if not fields.get(name):
                raise Refused(-4, f"{name}不能为空")
        if not NUMBER.match(fields["out_trade_no"]):
            raise Refused(-1, "订单号格式不正确")
        try:
            amount = fen(fields["money"])
        except ValueError:
            raise Refused(-1, "金额不合法") from None
        if amount <= 0:
            raise Refused(-1, "金额不合法")
        present = self.books.find(fields["out_trade_no"])
        if present is not None:
            if present.status != UNPAID:
                raise Refused(-1, f"该订单({present.number})已完成支付，请勿重复发起支付")
            if present.amount_fen != amount:
                raise Refused(-1, "支付参数有变化，请更换订单号重新发起支付")
            return present
        number = beijing(self.clock.now_ms(), "%Y%m%d%H%M%S") + str(self.books.serial())
        order = Order(
            fields["out_trade_no"],
            number,
            amount,
            self.clock.now_ms(),
            fields["notify_url"],
            fields.get("return_url", ""),
            fields["name"].encode()[:127].decode("utf-8", "ignore"),
            fields.get("type", ""),
        )
        return self.books.add(order)

    def cashier(self, fields: dict[str, str]) -> Reply:
        verifier = self.own if self.version == "1" else self.merchant
        if fields.get("pid") != self.pid or not verifier.verify(fields):
            return Reply("<html>签名校验失败</html>".encode(), 200, "text/html")
        try:
            order = self.registered(fields)
        except Refused as refused:
            return Reply(f"<html>{refused.message}</html>".encode(), 200, "text/html")
        return Reply(f"<html>收银台 {order.gateway_number}</html>".encode(), 200, "text/html")

    def create(self, fields: dict[str, str]) -> dict[str, Any]:
        if not fields.get("type") or not fields.get("clientip"):
            raise Refused(-1, "支付方式不能为空")
        order = self.registered(fields)
        code = f"https://qr.example/{order.gateway_number}"
        if self.version == "2":
            if fields.get("method") not in ("web", "jump", "jsapi", "app", "scan", "applet"):
                raise Refused(-1, "method不正确")
            return {
                "code": 0,
                "trade_no": order.gateway_number,
                "pay_type": "qrcode",
                "pay_info": code,
            }
        if order.way == "qqpay":  # this channel answers with a page of the site's own
            return {"code": 1, "trade_no": order.gateway_number, "payurl": "/pay/qq/1"}
        return {"code": 1, "trade_no": order.gateway_number, "qrcode": code}

    def wanted(self, fields: dict[str, str]) -> Order:
        if not fields.get("trade_no") and not fields.get("out_trade_no"):
            raise Refused(-4, "订单号不能为空")
        order = self.books.find(fields.get("out_trade_no", ""), fields.get("trade_no", ""))
        if order is None:
            raise Refused(-1, "订单号不存在")
        return order

    def query(self, fields: dict[str, str]) -> dict[str, Any]:
        order = self.wanted(fields)
        # Numbers come as texts or as numbers, whatever the database driver made of them.
        node: dict[str, Any] = {
            "code": 0 if self.version == "2" else 1,
            "msg": "succ",
            "trade_no": order.gateway_number,
            "out_trade_no": order.number,
            "api_trade_no": "4200" + order.gateway_number,
            "type": order.way,
            "pid": int(self.pid),
            "addtime": beijing(order.created_ms),
            "endtime": beijing(order.paid_ms) if order.paid_ms else None,
            "name": order.name,
            "money": yuan(order.paid_fen or order.amount_fen),
            "param": "",
            "buyer": "",
            "status": str(STATUS[order.status]) if self.version == "1" else STATUS[order.status],
        }
        if self.version == "2" and order.refunds:
            node["refundmoney"] = yuan(order.refunded_fen)
        return node

    def close(self, fields: dict[str, str]) -> dict[str, Any]:
        order = self.wanted(fields)
        if order.status != UNPAID:
            raise Refused(-1, "该订单已完成支付")
        # The channel lets go of the order; the site goes on calling it unpaid.
        order.status = CLOSED
        return {"code": 0, "msg": "succ"}

    def refund(self, fields: dict[str, str]) -> dict[str, Any]:
        order = self.wanted(fields)
        with self.books.lock:
            number = fields.get("out_refund_no", "")
            known = order.refund(number) if self.version == "2" else None
            if known is not None:
                known.posts += 1
                return self.refunded(order, known)
            amount = fen(fields["money"])
            if order.status != PAID:
                raise Refused(-1, "只支持退款已支付状态的订单")
            if amount > order.paid_fen - order.refunded_fen:
                raise Refused(-1, "退款金额不能大于订单金额")
            made = Refund(number, amount, f"R{self.books.serial()}", self.clock.now_ms())
            order.refunds.append(made)
            if self.version == "1" or order.refunded_fen == order.paid_fen:
                order.status = REFUNDED
            return self.refunded(order, made)

    def refunded(self, order: Order, made: Refund) -> dict[str, Any]:
        node: dict[str, Any] = {"code": 0, "money": yuan(made.amount_fen)}
        if self.version == "1":
            return node | {"reducemoney": yuan(made.amount_fen), "msg": "退款成功！"}
        return node | {
            "refund_no": made.gateway_number,
            "out_refund_no": made.number,
            "trade_no": order.gateway_number,
        }

    def refund_query(self, fields: dict[str, str]) -> dict[str, Any]:
        held = self.books.holding(fields.get("out_refund_no", "-"))
        if held is None:
            raise Refused(-1, "退款记录不存在")
        return self.refunded(*held) | {"status": 1, "addtime": beijing(held[1].at_ms)}

    # Lies and signatures

    def lied(self, node: dict[str, Any], lie: str) -> dict[str, Any]:
        if lie == "amount_plus_1" and "money" in node:
            return node | {"money": yuan(fen(node["money"]) + 1)}
        if lie == "unknown_status" and "status" in node:
            return node | {"status": 9}
        if lie == "other_order" and "out_trade_no" in node:
            return node | {"out_trade_no": "SOMEBODYELSES"}
        if lie == "not_exist":
            return {"code": -1, "msg": "订单号不存在"}
        if lie == "paid_then_unpaid" and "status" in node:
            return node | {"status": 0, "endtime": None}
        if lie in ("missing_amount", "missing_status"):
            gone = "money" if lie == "missing_amount" else "status"
            return {k: v for k, v in node.items() if k != gone}
        return node

    def signed(self, node: dict[str, Any], lie: str) -> dict[str, Any]:
        if self.version == "1" or lie == "no_signature":
            return node
        node = {k: v for k, v in node.items() if v is not None}
        node |= {"timestamp": str(self.clock.now_ms() // 1000), "sign_type": "RSA"}
        key = self.thief if lie == "bad_signature" else self.own
        sign = key.sign({k: str(v) for k, v in node.items()})
        if lie == "corrupt_signature":
            sign = ("B" if sign[0] == "A" else "A") + sign[1:]
        return node | {"sign": sign}

    # Notices

    def notice(self, order: Order, kind: str, options: dict[str, Any]) -> Notice:
        money = yuan(int(options.get("amount_fen", order.paid_fen or order.amount_fen)))
        if kind == "wrong_amount":
            money = yuan(int(options.get("amount_fen", order.amount_fen + 1)))
        if self.settings["money_as_float"] and self.version == "1":
            # PHP casts to float: 58.00 leaves as 58, 58.50 as 58.5.
            money = money.rstrip("0").rstrip(".")
        fields = {
            "pid": self.pid if kind != "other_merchant" else "2002",
            "trade_no": order.gateway_number,
            "out_trade_no": order.number if kind != "unknown_order" else "NOSUCHORDER00001",
            "type": order.way or "alipay",
            "name": "product" if self.settings["rename"] else order.name,
            "money": money,
            "trade_status": "TRADE_SUCCESS" if kind != "unknown_status" else "TRADE_REVIEW",
        }
        if self.version == "2":
            age_s = 3 * 86_400 if kind == "old" else 0
            fields |= {
                "timestamp": str(self.clock.now_ms() // 1000 - age_s),
                "addtime": beijing(order.created_ms),
            }
            if order.paid_ms:
                fields["endtime"] = beijing(order.paid_ms)
        key = self.thief if kind == "forge" else self.own
        fields |= {"sign": key.sign(fields), "sign_type": key.sign_type}
        if kind == "unsigned":
            del fields["sign"]
        if kind == "corrupt":
            fields["money"] = "0.01"
        text = urlencode(fields)
        if self.settings["post_notice"]:
            kind_of_body = "application/x-www-form-urlencoded"
            return Notice(kind, order.number, "POST", "", kind_of_body, text.encode())
        return Notice(kind, order.number, "GET", text)
