"""The site: it sells sums, not orders. What came is matched by what stands on the phone's screen."""

from __future__ import annotations

import hashlib
import json
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fakehttp.books import CLOSED, PAID, UNPAID, Order, beijing, fen
from fakehttp.fake import Request
from fakehttp.site import Notice, Site, pairs
from fakehttp.transport import Reply

PATHS = {"/createOrder": "create", "/getOrder": "query"}
LIFE_MINUTES = 5
# The site's numbers for the ways to pay.
WECHAT, ALIPAY = "1", "2"
STATE = {UNPAID: 0, PAID: 1, CLOSED: -1}


class Refused(Exception):
    """The site answers `code` -1 with this text."""


def double(minor: int) -> str:
    """The text of a sum after it was a floating point number in a Java program: 58.0, 58.25."""
    whole, cents = divmod(minor, 100)
    return f"{whole}.{cents:02d}" if cents % 10 else f"{whole}.{cents // 10}"


def md5(*parts: str) -> str:
    return hashlib.md5("".join(parts).encode()).hexdigest()


class VmqSite(Site):
    """`step_fen` is how far the site moves the sum of an order while another one of the same sum is
    open; 0 for a site that has a code for every order."""

    lies = frozenset(
        "amount_plus_1 unknown_status missing_status other_order not_exist missing_amount "
        "paid_then_unpaid duplicate_keys".split()
    )

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.key = secrets.token_hex(16)
        # By our number: what it echoes, and what it was asked for in fen.
        self.marks: dict[str, str] = {}
        self.prices: dict[str, int] = {}
        self.settings = {"step_fen": 0}

    def configuration(self) -> dict[str, Any]:
        return {
            "kind": "vmq",
            "key_file": self.secret_file("vmq.key", self.key + "\n"),
            "notify_url": "https://shop.example/notify/vmq",
        }

    # Requests

    def named(self, request: Request) -> tuple[str, str] | None:
        operation = PATHS.get(request.path)
        if operation is None:
            return None
        fields = pairs(request)
        order = self.books.find(gateway_number=fields.get("orderId", "-"))
        return operation, order.number if order else fields.get("payId", "")

    def reply(self, operation: str, request: Request, lie: str) -> Reply:
        try:
            node = getattr(self, operation)(pairs(request))
        except Refused as refused:
            return self.told({"code": -1, "msg": str(refused), "data": None})
        if lie == "not_exist":
            return self.told({"code": -1, "msg": "云端订单编号不存在", "data": None})
        reply = self.told({"code": 1, "msg": "成功", "data": self.lied(node, lie)})
        if lie == "duplicate_keys":
            reply.body = reply.body.replace(b"{", b'{"msg":"one","msg":"two",', 1)
        return reply

    @staticmethod
    def told(node: dict[str, Any]) -> Reply:
        return Reply(json.dumps(node, ensure_ascii=False).encode())

    def create(self, fields: dict[str, str]) -> dict[str, Any]:
        number, mark = fields.get("payId", ""), fields.get("param", "")
        way, price = fields.get("type", ""), fields.get("price", "")
        if not number:
            raise Refused("请传入商户订单号")
        if way not in (WECHAT, ALIPAY):
            raise Refused("请传入支付方式=>1|微信 2|支付宝")
        if not price or fen(price) <= 0:
            raise Refused("请传入订单金额")
        if fields.get("sign") != md5(number, mark, way, price, self.key):
            raise Refused("签名错误")
        with self.books.lock:
            if self.books.find(number) is not None:
                raise Refused("商户订单号已存在")
            order = self.books.add(
                Order(
                    number,
                    f"{beijing(self.clock.now_ms(), '%Y%m%d%H%M%S')}{self.books.serial()}",
                    self.free_sum(fen(price), way),
                    self.clock.now_ms(),
                    fields.get("notifyUrl", ""),
                    fields.get("returnUrl", ""),
                    way=way,
                    expires_ms=self.clock.now_ms() + LIFE_MINUTES * 60_000,
                )
            )
            self.marks[number], self.prices[number] = mark, fen(price)
        return self.shown(order)

    def free_sum(self, price: int, way: str) -> int:
        """The sum that only this order has while it is open."""
        step = int(self.settings["step_fen"])
        taken = {o.amount_fen for o in self.books.all() if o.way == way and self.is_open(o)}
        for times in range(10):
            wanted = price + times * step
            if step == 0 or wanted not in taken:
                return wanted
        raise Refused("订单超出负荷，请稍后重试")

    def is_open(self, order: Order) -> bool:
        if order.status == UNPAID and self.clock.now_ms() >= order.expires_ms:
            order.status = CLOSED
        return order.status == UNPAID

    def pay(self, params: dict[str, Any]) -> Any:
        """Money that comes when the order is over is matched with nothing."""
        self.is_open(self.books.get(str(params["out_trade_no"])))
        return super().pay(params)

    def query(self, fields: dict[str, str]) -> dict[str, Any]:
        order = self.books.find(gateway_number=fields.get("orderId", "-"))
        if order is None:
            raise Refused("云端订单编号不存在")
        return self.shown(order)

    def shown(self, order: Order) -> dict[str, Any]:
        self.is_open(order)
        return {
            "payId": order.number,
            "orderId": order.gateway_number,
            "payType": int(order.way),
            "price": self.prices[order.number] / 100,
            "reallyPrice": (order.paid_fen or order.amount_fen) / 100,
            "payUrl": f"https://qr.example/{order.way}/{order.amount_fen}",
            "isAuto": 0,
            "state": STATE[order.status],
            "timeOut": LIFE_MINUTES,
            "date": order.created_ms // 1000,
        }

    def lied(self, node: dict[str, Any], lie: str) -> dict[str, Any]:
        if lie == "amount_plus_1":
            return node | {"reallyPrice": (round(node["reallyPrice"] * 100) + 1) / 100}
        if lie == "unknown_status":
            return node | {"state": 9}
        if lie == "other_order":
            return node | {"payId": "SOMEBODYELSES"}
        if lie == "paid_then_unpaid":
            return node | {"state": 0}
        if lie in ("missing_amount", "missing_status"):
            gone = "reallyPrice" if lie == "missing_amount" else "state"
            return {k: v for k, v in node.items() if k != gone}
        return node

    # Notices

    def notice(self, order: Order, kind: str, options: dict[str, Any]) -> Notice:
        number = "NOSUCHORDER00001" if kind == "unknown_order" else order.number
        came = order.paid_fen or order.amount_fen
        if kind == "wrong_amount":
            came = int(options.get("amount_fen", order.amount_fen + 1))
        price, really = double(self.prices[order.number]), double(came)
        mark = self.marks[order.number]
        key = secrets.token_hex(16) if kind == "forge" else self.key
        fields = {
            "payId": number,
            "param": mark,
            "type": order.way,
            "price": price,
            "reallyPrice": really,
            "sign": md5(number, mark, order.way, price, really, key),
        }
        if kind == "unsigned":
            del fields["sign"]
        if kind == "corrupt":
            fields["reallyPrice"] = double(came - 1)
        return Notice(kind, order.number, query=urlencode(fields))
