"""Pay pages for page.pay and wap.pay: HTML in GBK with HTTP 200, also when something is wrong."""

from __future__ import annotations

import html

from .answers import Refusal
from .books import Trade
from .money import yuan

PAGE_TYPE = "text/html;charset=GBK"


def cashier(trade: Trade) -> bytes:
    return (
        "<html><head><title>支付宝 - 网上支付 安全快速！</title></head><body>"
        f'<div id="order">{html.escape(trade.out_trade_no)}</div>'
        f'<div id="subject">{html.escape(trade.subject)}</div>'
        f'<div id="amount">{yuan(trade.amount_fen)}</div></body></html>'
    ).encode("gbk", "replace")


def failure(refusal: Refusal) -> bytes:
    """Errors are shown to the payer; nothing reaches the merchant's server."""
    words = dict(refusal.node)
    return (
        "<html><head><title>支付宝</title></head><body>"
        '<div class="Todo">调试错误，请回到请求来源地，重新发起请求。</div>'
        f"<div>错误代码 {html.escape(str(words['sub_code']))}</div>"
        f"<div>错误原因: {html.escape(str(words['sub_msg']))}</div></body></html>"
    ).encode("gbk", "replace")
