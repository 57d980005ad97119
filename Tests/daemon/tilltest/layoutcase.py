"""A shop's own export and the layout that declares it, for the scenarios that take one in."""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path
from typing import Any

from .case import AlipayCase
from .daemon import executable

BEIJING = datetime.timezone(datetime.timedelta(hours=8))

# As a shop's back office exports its orders: a title, headings in Chinese, a sum at the end.
SHOP = {
    "name": "pinduoduo",
    "charset": "gbk",
    "skip_lines": 2,
    "columns": {
        "time": "支付时间",
        "transaction": "交易流水号",
        "reference": ["商户订单号", "商户单号"],
        "kind": "账务类型",
        "amount": "收支金额（元）",
        "fee": {"names": ["技术服务费（元）"], "optional": True},
        "status": "状态",
    },
    "time": {"order": "ymd", "zone": "+08:00"},
    "amounts": "by_kind",
    "fee_sign": "by_kind",
    "currency": "CNY",
    "kinds": {"交易收入": "charge", "售后退款": "refund", "保证金": "skip"},
    "statuses": {"成功": "succeeded", "关闭": "skip"},
    "trailers": {"合计": ["amount", "fee"], "说明": []},
}


def text_of(rows: list[str], total: str) -> str:
    heading = "交易流水号,商户订单号,账务类型,收支金额(元),技术服务费(元),状态,支付时间,备注"
    return "\r\n".join(
        [
            "店铺：某某旗舰店",
            "导出时间：2026/11/21 09:00",
            heading,
            *rows,
            ",,,,,,,",
            f"合计,,,{total},0.00,,,",
            "说明：金额以财务结算为准",
            "",
        ]
    )


class LayoutCase(AlipayCase):
    def run_till(self, *words: str) -> subprocess.CompletedProcess[str]:
        program = Path(executable()).parent / "till"
        return subprocess.run(
            [str(program), "--socket", str(self.daemon.socket), *words],
            capture_output=True,
            text=True,
            timeout=60,
        )

    def till_json(self, *words: str, code: int = 0) -> dict[str, Any]:
        done = self.run_till(*words, "--format", "raw")
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def file(self, content: bytes, name: str) -> str:
        path = Path(self.daemon.folder) / name
        path.write_bytes(content)
        return str(path)

    def layout(self, **changes: Any) -> str:
        text = json.dumps({**SHOP, **changes}, ensure_ascii=False)
        return self.file(text.encode(), "layout.json")

    def sold(self) -> tuple[dict[str, Any], str]:
        """A paid payment and its row in the shop's export."""
        _, payment = self.paid(123_450)
        trade = self.trade(payment)
        at = datetime.datetime.fromtimestamp(trade["paid_ms"] / 1000, BEIJING)
        row = (
            f"{trade['trade_no']}\t,{trade['out_trade_no']},交易收入,"
            f'"1,234.50",0.00,成功,{at:%Y-%m-%d %H:%M:%S},'
        )
        return payment, row
