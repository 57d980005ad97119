"""The gateway's methods: each reads biz_content, changes the books, and returns a node."""

from __future__ import annotations

import re
from typing import Any, Callable

from .answers import OK, Node, Refusal, business
from .books import CLOSED, FACE_TO_FACE_MS, FINISHED, PAGE_MS, PAID, WAIT, Books, Refund, Trade
from .clock import beijing, parse_beijing, parse_relative
from .complaints import Complaints
from .intake import Call
from .money import MAX_FEN, MIN_FEN, fen, yuan

OUT_TRADE_NO = re.compile(r"[A-Za-z0-9_]{1,64}\Z")
# Real request numbers may hold more; letters, digits, `_` and `-` are the documented set.
OUT_REQUEST_NO = re.compile(r"[A-Za-z0-9_\-]{1,64}\Z")

CREATE_MEMBERS = frozenset(
    """out_trade_no total_amount subject product_code seller_id body timeout_express time_expire
    qr_code_timeout_express passback_params store_id operator_id terminal_id merchant_order_no
    goods_detail discountable_amount undiscountable_amount extend_params query_options
    business_params enable_pay_channels disable_pay_channels quit_url qr_pay_mode qrcode_width
    integration_type request_from_url goods_type""".split()
)
KEY_MEMBERS = frozenset({"out_trade_no", "trade_no", "query_options", "operator_id"})
REFUND_MEMBERS = KEY_MEMBERS | {
    "refund_amount",
    "out_request_no",
    "refund_reason",
    "refund_goods_detail",
    "refund_royalty_parameters",
    "store_id",
    "terminal_id",
}
PRODUCTS = {
    "alipay.trade.precreate": ("precreate", {"FACE_TO_FACE_PAYMENT", "QR_CODE_OFFLINE"}),
    "alipay.trade.page.pay": ("page", {"FAST_INSTANT_TRADE_PAY"}),
    "alipay.trade.wap.pay": ("wap", {"QUICK_WAP_WAY", "QUICK_WAP_PAY"}),
}


class Methods:
    """Business rules only; signatures are checked before and made after."""

    def __init__(self, books: Books, settings: dict[str, Any]) -> None:
        self.books = books
        self.settings = settings
        self.complaints = Complaints(books)
        self.on_refund: Callable[[Trade, Refund], None] = lambda trade, refund: None
        self.table: dict[str, Callable[[Call], Node]] = {
            "alipay.trade.precreate": self.precreate,
            "alipay.trade.query": self.query,
            "alipay.trade.close": self.close,
            "alipay.trade.cancel": self.cancel,
            "alipay.trade.refund": self.refund,
            "alipay.trade.fastpay.refund.query": self.refund_query,
            "alipay.merchant.tradecomplain.batchquery": self.complaints.list,
            "alipay.merchant.tradecomplain.query": self.complaints.one,
        }

    def run(self, call: Call) -> Node:
        handler = self.table.get(call.method)
        if handler is None:
            raise Refusal(
                "40002", "isv.invalid-method", "不存在的方法名", node_name="error_response"
            )
        with self.books.lock:
            return handler(call)

    # Creating

    def precreate(self, call: Call) -> Node:
        trade = self.registered(call)
        return OK + [("out_trade_no", trade.out_trade_no), ("qr_code", trade.qr_code)]

    def registered(self, call: Call) -> Trade:
        """Registers the number, or says why it may not be asked for again."""
        wanted = self.wanted_trade(call)
        with self.books.lock:
            known = self.books.find(wanted.app_id, wanted.out_trade_no)
            if known is None:
                self.books.register(wanted)
                return wanted
            if known.status in PAID:
                raise business("TRADE_HAS_SUCCESS", "交易已被支付")
            if known.status == CLOSED:
                raise business("TRADE_HAS_CLOSE", "交易已经关闭")
            if known.terms != wanted.terms or known.amount_fen != wanted.amount_fen:
                raise business("CONTEXT_INCONSISTENT", "交易信息被篡改")
            if wanted.product == "precreate" and self.settings["repeat_precreate"] == "refuse":
                raise business("APPLY_PC_MERCHANT_CODE_ERROR", "申请二维码失败")
            return known

    def wanted_trade(self, call: Call) -> Trade:
        biz, now = call.biz, self.books.clock.now_ms()
        known_only(biz, CREATE_MEMBERS)
        product, codes = PRODUCTS[call.method]
        number, subject = call.biz_text("out_trade_no"), call.biz_text("subject")
        if not OUT_TRADE_NO.match(number):
            raise business("INVALID_PARAMETER", "参数有误out_trade_no")
        if not 1 <= len(subject) <= 256 or re.search(r"[/=&]", subject):
            raise business("INVALID_PARAMETER", "参数有误subject")
        if len(call.biz_text("body")) > 128:
            raise business("INVALID_PARAMETER", "参数有误body")
        if call.biz_text("product_code") not in codes:
            raise business("INVALID_PARAMETER", "参数有误product_code")
        assert call.app is not None
        if biz.get("seller_id") not in (None, call.app.seller_id):
            raise business("SELLER_NOT_EXIST", "卖家不存在")
        amount = price(biz.get("total_amount"), "total_amount")
        lapse = FACE_TO_FACE_MS if product == "precreate" else PAGE_MS
        trade = Trade(
            app_id=call.app.app_id,
            out_trade_no=number,
            amount_fen=amount,
            subject=subject,
            product=product,
            notify_url=call.params.get("notify_url", ""),
            registered_ms=now,
            expires_ms=expiry(biz, now, now + lapse),
            body=call.biz_text("body"),
            passback=call.biz_text("passback_params"),
            terms={"subject": subject, "product": product},
        )
        if "qr_code_timeout_express" in biz:
            trade.qr_expires_ms = relative(biz, "qr_code_timeout_express", now)
        return trade

    # Asking

    def query(self, call: Call) -> Node:
        known_only(call.biz, KEY_MEMBERS)
        trade = self.scanned(call)
        if trade.status in PAID:
            trade.reported_paid = True
        return OK + self.trade_fields(trade)

    def trade_fields(self, trade: Trade) -> Node:
        paid = trade.paid_fen > 0
        total = yuan(trade.amount_fen)
        node: Node = [("buyer_logon_id", trade.buyer_logon)]
        from_buyer = yuan(trade.buyer_fen if paid else 0)
        node += [("buyer_pay_amount", from_buyer), ("buyer_user_id", trade.buyer_id)]
        if paid:
            bill: Node = [("amount", from_buyer), ("fund_channel", "ALIPAYACCOUNT")]
            node.append(("fund_bill_list", [bill]))
        node += [
            ("invoice_amount", total if paid else "0.00"),
            ("out_trade_no", trade.out_trade_no),
            ("point_amount", "0.00"),
            ("receipt_amount", yuan(trade.received_fen if paid else 0)),
        ]
        if paid:
            node.append(("send_pay_date", beijing(trade.paid_ms)))
        return node + [
            ("total_amount", total),
            ("trade_no", trade.trade_no),
            ("trade_status", trade.status),
        ]

    # Ending

    def close(self, call: Call) -> Node:
        known_only(call.biz, KEY_MEMBERS)
        trade = self.scanned(call, zero_amounts=False)
        if trade.status in PAID:
            raise business("TRADE_STATUS_ERROR", "交易状态不合法")
        if trade.status == CLOSED:
            raise business("REASON_TRADE_STATUS_INVALID", "交易状态异常")
        self.books.close(trade, "alipay.trade.close")
        return OK + [("out_trade_no", trade.out_trade_no), ("trade_no", trade.trade_no)]

    def cancel(self, call: Call) -> Node:
        known_only(call.biz, KEY_MEMBERS)
        trade = self.located(call)
        if trade is None or not trade.status:
            return OK + [("out_trade_no", call.biz_text("out_trade_no")), ("retry_flag", "N")]
        if trade.status == FINISHED:
            raise business("TRADE_HAS_FINISHED", "交易已结束")
        action: Node = []
        if trade.status == WAIT:
            self.books.close(trade, "alipay.trade.cancel")
            action = [("action", "close")]
        elif trade.status in PAID:
            rest = trade.paid_fen - trade.refunded_fen
            refund = Refund(trade.out_trade_no, rest, "cancel", self.books.clock.now_ms())
            self.books.add_refund(trade, refund)
            self.on_refund(trade, refund)
            action = [("action", "refund")]
        return (
            OK
            + action
            + [
                ("out_trade_no", trade.out_trade_no),
                ("retry_flag", "N"),
                ("trade_no", trade.trade_no),
            ]
        )

    # Giving back

    def refund(self, call: Call) -> Node:
        known_only(call.biz, REFUND_MEMBERS)
        trade = self.scanned(call, zero_amounts=False)
        amount = price(call.biz.get("refund_amount"), "refund_amount")
        number = call.biz_text("out_request_no")
        if not number:
            if amount != trade.paid_fen:
                raise business("REFUND_AMT_NOT_EQUAL_TOTAL", "撤销或退款金额与订单金额不一致")
            number = trade.out_trade_no
        if not OUT_REQUEST_NO.match(number):
            raise business("INVALID_PARAMETER", "参数有误out_request_no")
        known = trade.refund(number)
        if known is not None:
            known.posts += 1
            if known.amount_fen != amount:
                raise business("DISCORDANT_REPEAT_REQUEST", "不一致的请求")
            return self.refund_node(trade, known, "N")
        self.check_refundable(trade, amount)
        refund = Refund(number, amount, call.biz_text("refund_reason"), self.books.clock.now_ms())
        self.books.add_refund(trade, refund)
        self.on_refund(trade, refund)
        return self.refund_node(trade, refund, "Y")

    def check_refundable(self, trade: Trade, amount: int) -> None:
        if trade.status == WAIT or (trade.status == CLOSED and trade.paid_fen == 0):
            raise business("TRADE_STATUS_ERROR", "交易状态不合法")
        if trade.status == FINISHED:
            raise business("TRADE_HAS_FINISHED", "交易已完结")
        if trade.refunded_fen + amount > trade.paid_fen:
            raise business("REASON_TRADE_REFUND_FEE_ERR", "退款金额无效")

    def refund_node(self, trade: Trade, refund: Refund, fund_change: str) -> Node:
        return OK + [
            ("buyer_logon_id", trade.buyer_logon),
            ("buyer_user_id", trade.buyer_id),
            ("fund_change", fund_change),
            ("gmt_refund_pay", beijing(refund.at_ms)),
            ("out_trade_no", trade.out_trade_no),
            ("refund_fee", yuan(trade.refunded_fen)),
            ("send_back_fee", yuan(refund.amount_fen if fund_change == "Y" else 0)),
            ("trade_no", trade.trade_no),
        ]

    def refund_query(self, call: Call) -> Node:
        known_only(call.biz, KEY_MEMBERS | {"out_request_no"})
        trade = self.scanned(call, zero_amounts=False)
        if not call.biz_text("out_request_no"):
            raise business("INVALID_PARAMETER", "参数有误out_request_no")
        refund = trade.refund(call.biz_text("out_request_no"))
        if refund is None:
            return list(OK)
        node = OK + [
            ("out_request_no", refund.out_request_no),
            ("out_trade_no", trade.out_trade_no),
            ("refund_amount", yuan(refund.amount_fen)),
            ("refund_status", "REFUND_SUCCESS"),
            ("total_amount", yuan(trade.amount_fen)),
            ("trade_no", trade.trade_no),
        ]
        if "gmt_refund_pay" in (call.biz.get("query_options") or []):
            node.append(("gmt_refund_pay", beijing(refund.at_ms)))
        return node

    # Finding

    def located(self, call: Call) -> Trade | None:
        number, trade_no = call.biz_text("out_trade_no"), call.biz_text("trade_no")
        if not number and not trade_no:
            raise business("INVALID_PARAMETER", "参数无效")
        assert call.app is not None
        return self.books.find(call.app.app_id, number, trade_no)

    def scanned(self, call: Call, zero_amounts: bool = True) -> Trade:
        """The trade, or TRADE_NOT_EXIST, also for a number that nobody has scanned yet."""
        trade = self.located(call)
        if trade is None or not trade.status:
            raise not_exist(call.biz_text("out_trade_no"), zero_amounts)
        return trade


def not_exist(out_trade_no: str, zero_amounts: bool) -> Refusal:
    """A query's "not found" carries zero amounts although nothing exists."""
    extra: Node = []
    if zero_amounts:
        extra = [
            ("buyer_pay_amount", "0.00"),
            ("invoice_amount", "0.00"),
            ("out_trade_no", out_trade_no),
            ("point_amount", "0.00"),
            ("receipt_amount", "0.00"),
        ]
    return business("TRADE_NOT_EXIST", "交易不存在", extra)


def known_only(biz: dict[str, Any], members: frozenset[str]) -> None:
    """Stricter than the real gateway on purpose: what is not documented is not sent."""
    for name in biz:
        if name not in members:
            raise business("INVALID_PARAMETER", f"参数有误{name}")


def price(value: object, name: str) -> int:
    try:
        amount = fen(value)
    except ValueError:
        raise business("INVALID_PARAMETER", f"参数有误{name}") from None
    if not MIN_FEN <= amount <= MAX_FEN:
        raise business("TOTAL_FEE_EXCEED", "订单总金额不在允许范围内")
    return amount


def relative(biz: dict[str, Any], name: str, now_ms: int) -> int:
    try:
        return parse_relative(str(biz[name]), now_ms)
    except ValueError:
        raise business("INVALID_PARAMETER", f"参数有误{name}") from None


def expiry(biz: dict[str, Any], now_ms: int, otherwise_ms: int) -> int:
    """`time_expire` wins over `timeout_express`; both absent leaves the product's default."""
    if "time_expire" in biz:
        try:
            at = parse_beijing(str(biz["time_expire"]))
        except ValueError:
            raise business("INVALID_PARAMETER", "参数有误time_expire") from None
        if at <= now_ms:
            raise business("NOW_TIME_AFTER_EXPIRE_TIME_ERROR", "当前时间已超过允许支付的时间")
        return at
    if "timeout_express" in biz:
        return relative(biz, "timeout_express", now_ms)
    return otherwise_ms
