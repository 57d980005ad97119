"""page.pay and wap.pay: the browser gets a signed address or form, and the gateway accepts it."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tilltest.case import AlipayCase, query_of

ACTION = re.compile(r"""<form[^>]*\baction=["']([^"']+)["']""")
HIDDEN = re.compile(r"""<input[^>]*\bname=["']([^"']+)["'][^>]*\bvalue=["']([^"']*)["']""")


def browse(action: dict[str, Any]) -> str:
    """What the buyer's browser shows after it did what the action says."""
    if action["kind"] == "redirect":
        request = Request(action["value"])
    else:
        found = ACTION.search(action["value"])
        assert found is not None, action["value"]
        fields = {n: html.unescape(v) for n, v in HIDDEN.findall(action["value"])}
        body = urlencode(fields).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        request = Request(html.unescape(found.group(1)), body, kind)
    with urlopen(request, timeout=10) as page:
        return str(page.read().decode("gbk"))


class Pages(AlipayCase):
    def test_pages_are_accepted_and_paid(self) -> None:
        for method in ("page", "wap"):
            with self.subTest(method=method):
                order = self.order(subject="年费 <会员> 'a' \"b\"")
                payment = self.pay_request(
                    order, method=method, return_url="https://shop.example/back?o=1&x=<y>"
                )
                self.assertEqual(payment["state"], "awaiting_buyer")
                self.assertIn(payment["action"]["kind"], ("redirect", "form"))
                self.assertIn(payment["out_trade_no"], browse(payment["action"]))
                self.buyer_pays(payment)
                self.wait_for(order, "paid")

    def test_a_page_needs_no_call_before_the_buyer_comes(self) -> None:
        start = self.log_position()
        order = self.order()
        payment = self.pay_request(order, method="page")
        sent = self.fake.ctl("requests", method="alipay.trade.page.pay", after=start)["requests"]
        self.assertEqual(sent, [])
        if payment["action"]["kind"] == "redirect":
            self.assertEqual(query_of(payment["action"]["value"])["charset"], "utf-8")
