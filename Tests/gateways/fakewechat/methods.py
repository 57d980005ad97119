"""The gateway's calls: each reads its parameters, changes the books, and returns a body."""

from __future__ import annotations

import json
import re
import secrets
from typing import Any, Callable

from fakehttp.keyfiles import PEM

from . import signing
from .books import Books, Order, Refund, parse_rfc3339, rfc3339
from .complaints import Complaints
from .intake import Call, Refusal
from .keys import Merchant

NUMBER = re.compile(r"[0-9A-Za-z_\-|*]{6,32}\Z")
REFUND_NUMBER = re.compile(r"[0-9A-Za-z_\-|*@]{1,64}\Z")
CREATE_MEMBERS = frozenset(
    """appid mchid description out_trade_no notify_url amount time_expire attach goods_tag
    support_fapiao detail limit_pay settle_info scene_info payer""".split()
)
REFUND_MEMBERS = frozenset(
    """transaction_id out_trade_no out_refund_no reason notify_url funds_account amount
    goods_detail""".split()
)
TRADE_TYPES = {"native": "NATIVE", "h5": "MWEB", "jsapi": "JSAPI"}
STATES = {
    "SUCCESS": "支付成功",
    "REFUND": "转入退款",
    "NOTPAY": "订单未支付",
    "CLOSED": "订单已关闭",
}
DAY_MS = 86_400_000
TOTAL_MAX = 2**31 - 1

Body = dict[str, Any]


class Methods:
    """Business rules only; signatures are checked before and made after."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.complaints = Complaints(books)
        self.table: dict[str, Callable[[Call, Merchant], Body | None]] = {
            "create": self.create,
            "query": self.query,
            "close": self.close,
            "refund": self.refund,
            "refund_query": self.refund_query,
            "certificates": self.certificates,
            "complaints": self.complaints.list,
            "complaint": self.complaints.one,
        }

    def run(self, call: Call) -> Body | None:
        """The answer's body; None is 204."""
        assert call.merchant is not None
        with self.books.lock:
            return self.table[call.operation](call, call.merchant)

    # Ordering

    def create(self, call: Call, merchant: Merchant) -> Body:
        product = call.path["product"]
        self.check_create(call.params, merchant, product)
        number = call.params["out_trade_no"]
        terms = json.dumps(call.params | {"product": product}, sort_keys=True)
        known = self.books.find(merchant.mchid, number)
        if known is not None:
            if known.paid_fen:
                raise Refusal(400, "ORDER_PAID", "该订单已支付", "268449538")
            if known.state == "CLOSED":
                raise Refusal(400, "ORDER_CLOSED", "该订单已关闭")
            if known.terms != terms:
                raise Refusal(
                    400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致", "268498688"
                )
            known.prepay += 1
        else:
            self.books.add(self.ordered(call.params, merchant, product, terms))
        prepay = f"wx{secrets.token_hex(16)}00"
        if product == "native":
            return {"code_url": f"weixin://wxpay/bizpayurl?pr={secrets.token_urlsafe(6)}zz"}
        if product == "h5":
            page = "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb"
            return {"h5_url": f"{page}?prepay_id={prepay}&package=2150917749"}
        return {"prepay_id": prepay}

    def ordered(self, params: Body, merchant: Merchant, product: str, terms: str) -> Order:
        now = self.books.clock.now_ms()
        expires = now + 7 * DAY_MS
        if "time_expire" in params:
            wanted = parse_rfc3339(params["time_expire"])
            expires = min(max(wanted, now + 60_000), now + 90 * DAY_MS)
        return Order(
            merchant.mchid,
            merchant.appid,
            params["out_trade_no"],
            params["amount"]["total"],
            params["description"],
            product,
            params["notify_url"],
            now,
            expires,
            terms,
        )

    def check_create(self, params: Body, merchant: Merchant, product: str) -> None:
        known_only(params, CREATE_MEMBERS)
        if params.get("mchid") != merchant.mchid:
            raise Refusal(400, "PARAM_ERROR", "mchid", "268447843")
        if params.get("appid") != merchant.appid:
            raise Refusal(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配", "268445527")
        need(NUMBER.match(text(params, "out_trade_no")), "out_trade_no")
        need(1 <= len(text(params, "description")) <= 127, "description")
        address = text(params, "notify_url")
        need(re.match(r"https?://[^?#]{1,247}\Z", address), "notify_url")
        amount = params.get("amount")
        need(isinstance(amount, dict) and amount.get("currency", "CNY") == "CNY", "amount")
        total = amount["total"] if isinstance(amount, dict) else None
        need(type(total) is int and 1 <= total <= TOTAL_MAX, "amount.total")
        if "time_expire" in params:
            try:
                parse_rfc3339(text(params, "time_expire"))
            except ValueError:
                raise Refusal(400, "PARAM_ERROR", "time_expire", "268435461") from None
        scene = params.get("scene_info") or {}
        if product == "h5":
            need(text(scene, "payer_client_ip"), "scene_info.payer_client_ip")
            kind = (scene.get("h5_info") or {}).get("type")
            need(kind in ("iOS", "Android", "Wap"), "scene_info.h5_info.type")
        if product == "jsapi" and not text(params.get("payer") or {}, "openid"):
            raise Refusal(400, "PARAM_ERROR", "openid", "268501013")

    # Asking

    def query(self, call: Call, merchant: Merchant) -> Body:
        if call.query.get("mchid") != merchant.mchid:
            raise Refusal(400, "PARAM_ERROR", "mchid", "268447843")
        return self.transaction(self.located(call, merchant))

    def located(self, call: Call, merchant: Merchant) -> Order:
        if call.number("transaction_id"):
            order = self.books.find_where(
                merchant.mchid, transaction_id=call.number("transaction_id")
            )
        else:
            order = self.books.find(merchant.mchid, call.number("out_trade_no"))
        if order is None:
            raise Refusal(404, "ORDER_NOT_EXIST", "订单不存在", "268512771")
        return order

    def transaction(self, order: Order) -> Body:
        body: Body = {
            "amount": {"currency": "CNY", "payer_currency": "CNY", "total": order.total_fen},
            "appid": order.appid,
            "attach": "",
            "mchid": order.mchid,
            "out_trade_no": order.out_trade_no,
            "promotion_detail": coupons(order),
            "trade_state": order.state,
            "trade_state_desc": STATES[order.state],
        }
        if order.paid_fen:
            body["amount"] |= {"total": order.paid_fen, "payer_total": order.buyer_fen}
            body |= {
                "bank_type": "OTHERS",
                "payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
                "success_time": rfc3339(order.paid_ms),
                "trade_type": TRADE_TYPES[order.product],
                "transaction_id": order.transaction_id,
            }
        return body

    # Ending

    def close(self, call: Call, merchant: Merchant) -> None:
        known_only(call.params, frozenset({"mchid"}))
        if call.params.get("mchid") != merchant.mchid:
            raise Refusal(400, "PARAM_ERROR", "mchid", "268447843")
        order = self.located(call, merchant)
        if order.paid_fen:
            raise Refusal(400, "ORDER_PAID", "该订单已支付", "268449538")
        if order.state != "CLOSED":
            self.books.close(order, "the merchant")

    # Giving back

    def refund(self, call: Call, merchant: Merchant) -> Body:
        params = call.params
        known_only(params, REFUND_MEMBERS)
        number = text(params, "out_refund_no")
        need(REFUND_NUMBER.match(number), "out_refund_no")
        need(len(text(params, "reason").encode()) <= 80, "reason")
        amount = params.get("amount") or {}
        wanted, total = amount.get("refund"), amount.get("total")
        need(type(wanted) is int and wanted >= 1 and type(total) is int, "amount")
        need(amount.get("currency") == "CNY", "amount.currency")
        try:
            order = self.located(call, merchant)
        except Refusal:
            raise Refusal(404, "RESOURCE_NOT_EXISTS", "订单不存在") from None
        if not order.paid_fen:
            raise Refusal(404, "RESOURCE_NOT_EXISTS", "订单未支付")
        known = order.refund(number)
        if known is not None:
            known.posts += 1
            if known.amount_fen != wanted:
                raise Refusal(400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致")
            return self.refund_body(order, known)
        if total != order.paid_fen:
            raise Refusal(400, "INVALID_REQUEST", "订单金额与原订单不一致")
        if order.reserved_fen + wanted > order.paid_fen:
            raise Refusal(400, "INVALID_REQUEST", "申请退款金额大于订单剩余可退金额")
        if self.books.settings["balance"] == "empty":
            raise Refusal(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起")
        return self.refund_body(order, self.books.add_refund(order, number, wanted))

    def refund_body(self, order: Order, refund: Refund) -> Body:
        settled = order.given_back(refund)
        amount = {
            "total": order.paid_fen,
            "refund": refund.amount_fen,
            "payer_total": order.buyer_fen,
            "payer_refund": min(settled, order.buyer_fen),
            "settlement_refund": settled,
            "settlement_total": order.received_fen,
            "discount_refund": refund.amount_fen - settled,
            "currency": "CNY",
            "from": [],
        }
        body: Body = {
            "amount": amount,
            "channel": "ORIGINAL",
            "create_time": rfc3339(refund.created_ms),
            "funds_account": "AVAILABLE",
            "out_refund_no": refund.out_refund_no,
            "out_trade_no": order.out_trade_no,
            "promotion_detail": [],
            "refund_id": refund.refund_id,
            "status": refund.status,
            "transaction_id": order.transaction_id,
            "user_received_account": "招商银行信用卡0403",
        }
        if refund.status == "SUCCESS":
            body["success_time"] = rfc3339(refund.done_ms)
        return body

    def refund_query(self, call: Call, merchant: Merchant) -> Body:
        number = call.number("out_refund_no")
        order = self.books.find_where(merchant.mchid, out_refund_no=number)
        refund = order.refund(number) if order else None
        if order is None or refund is None:
            raise Refusal(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
        return self.refund_body(order, refund)

    # Certificates

    def certificates(self, call: Call, merchant: Merchant) -> Body:
        if not merchant.certificates:
            raise Refusal(404, "RESOURCE_NOT_EXISTS", "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥")
        data = []
        for number, made in merchant.certificates.items():
            plain = made.public_bytes(PEM)
            data.append(
                {
                    "serial_no": number,
                    "effective_time": made.not_valid_before_utc.isoformat(),
                    "expire_time": made.not_valid_after_utc.isoformat(),
                    "encrypt_certificate": signing.sealed(merchant.api_key, plain, "certificate"),
                }
            )
        return {"data": data}


def text(params: Body, name: str) -> str:
    value = params.get(name, "")
    return value if isinstance(value, str) else ""


def need(good: object, name: str) -> None:
    if not good:
        raise Refusal(400, "PARAM_ERROR", f"参数错误{name}", "268435461")


def known_only(params: Body, members: frozenset[str]) -> None:
    for name in params:
        if name not in members:
            raise Refusal(400, "PARAM_ERROR", f"存在未定义的字段{name}", "270924358")


def coupons(order: Order) -> list[Body]:
    """A NOCASH one takes the merchant's money before it comes; a CASH one was paid for before."""
    parts = (("NOCASH", order.coupon_fen, 0), ("CASH", order.platform_fen, order.platform_fen))
    return [
        {
            "amount": fen,
            "coupon_id": f"1090{place}",
            "currency": "CNY",
            "merchant_contribute": fen - gateway,
            "name": kind,
            "other_contribute": 0,
            "scope": "GLOBAL",
            "type": kind,
            "wechatpay_contribute": gateway,
        }
        for place, (kind, fen, gateway) in enumerate(parts)
        if fen
    ]
