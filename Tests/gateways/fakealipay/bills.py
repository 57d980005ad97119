"""Daily bills from the books: zip archives of GBK files, behind an address that soon expires."""

from __future__ import annotations

import csv
import io
import secrets
import zipfile
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlencode

from fakehttp.days import HOUR_MS, bounds, parse_day
from fakehttp.fake import Request
from fakehttp.faults import FaultPlan
from fakehttp.transport import Reply

from .answers import OK, Node, Refusal
from .books import Books, Refund, Trade
from .clock import beijing
from .intake import Call
from .money import yuan

METHOD = "alipay.data.dataservice.bill.downloadurl.query"
FILE_PATH = "/downloadBillFile.resource"
FILE = "bill_file"
ADDRESS_LIFE_MS = 30_000
READY_AFTER_MS = 9 * HOUR_MS
BEIJING_MINUTES = 480
FEE_PER_MILLE = 6
KINDS = frozenset(
    {
        "bill_not_ready",
        "bill_row_missing",
        "fund_row_missing",
        "bill_torn_zip",
        "bill_foreign_host",
    }
)

TRADE_HEAD = """支付宝交易号 商户订单号 业务类型 商品名称 创建时间 完成时间 门店编号 门店名称 操作员 终端号
对方账户 订单金额（元） 商家实收（元） 支付宝红包（元） 集分宝（元） 支付宝优惠（元） 商家优惠（元） 券核销金额（元）
券名称 商家红包消费金额（元） 卡消费金额（元） 退款批次号/请求号 服务费（元） 分润（元） 备注""".split()
SUMMARY_HEAD = """门店编号 门店名称 交易订单总笔数 退款订单总笔数 订单金额（元） 商家实收（元） 支付宝优惠（元）
商家优惠（元） 卡消费金额（元） 服务费（元） 分润（元） 实收净额（元）""".split()
FUNDS_HEAD = """账务流水号 业务流水号 商户订单号 商品名称 发生时间 对方账号 收入金额（+元） 支出金额（-元）
账户余额（元） 交易渠道 业务类型 备注""".split()

Row = tuple[Trade, Refund | None]


def fee_of(amount_fen: int) -> int:
    """0.6 % of an amount, half up to the fen."""
    return (amount_fen * FEE_PER_MILLE + 500) // 1000


def fee_back(trade: Trade, refund: Refund) -> int:
    """What a refund gives back of the fee: its share of what all refunds up to it give back."""
    before = sum(r.amount_fen for r in trade.refunds[: trade.refunds.index(refund)])
    paid, fee = trade.paid_fen, fee_of(trade.received_fen)
    return fee * (before + refund.amount_fen) // paid - fee * before // paid


def given_back(trade: Trade, refund: Refund) -> int:
    """What a refund takes from the balance: the buyer's share, without the merchant's coupon."""
    before = sum(r.amount_fen for r in trade.refunds[: trade.refunds.index(refund)])
    paid, got = trade.paid_fen, trade.received_fen
    return got * (before + refund.amount_fen) // paid - got * before // paid


def signed_yuan(amount_fen: int) -> str:
    return yuan(amount_fen) if amount_fen >= 0 else f"-{yuan(-amount_fen)}"


class GBKName(zipfile.ZipInfo):
    """Names as Alipay's archives have them: GBK, without the flag that says UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


@dataclass
class Prepared:
    content: bytes
    made_ms: int


class Bills:
    """What was asked for is made at once and kept until its address expires."""

    def __init__(self, books: Books, plan: FaultPlan) -> None:
        self.books = books
        self.plan = plan
        # What a day without business gives: "absent" or a "file" without rows.
        self.empty_day = "absent"
        self._prepared: dict[str, Prepared] = {}

    # The address

    def address(self, call: Call, root: str) -> Node:
        kind, text = call.biz_text("bill_type"), call.biz_text("bill_date")
        if kind not in ("trade", "signcustomer"):
            raise Refusal("40004", "TYPE_NOT_SUPPORTED", "不支持的账单类型")
        try:
            day = parse_day(text)
        except ValueError:
            raise Refusal("40004", "INVAILID_ARGUMENTS", "入参不合法") from None
        assert call.app is not None
        rows = self.rows(call.app.app_id, day)
        now = self.books.clock.now_ms()
        is_ready = now >= bounds(day, BEIJING_MINUTES)[1] + READY_AFTER_MS
        if self.lies("bill_not_ready") or not is_ready:
            raise Refusal("40004", "isp.bill_not_exist", "账单不存在")
        if not rows and self.empty_day == "absent":
            raise Refusal("40004", "isp.bill_not_exist", "账单不存在")
        rows_left = self.thinned(rows)
        if kind != "trade":
            rows_left = self.thinned(rows_left, "fund_row_missing")
        content = self.archive(call.app.seller_id, day, kind, rows_left)
        if self.lies("bill_torn_zip"):
            content = content[: len(content) * 2 // 3]
        token = secrets.token_hex(16)
        self._prepared[token] = Prepared(content, now)
        name = f"{call.app.seller_id}_{day:%Y%m%d}.csv.zip"
        pairs = {"bizType": kind, "token": token, "downloadFileName": name}
        if self.lies("bill_foreign_host"):
            root = "https://dwbillcenter.alipay.com.files.example"
        node: Node = [("bill_download_url", f"{root}{FILE_PATH}?{urlencode(pairs)}")]
        if not rows:
            node.append(("bill_file_code", "EMPTY_DATA_WITH_BILL_FILE"))
        return OK + node

    def lies(self, kind: str) -> bool:
        return any(self.plan.use(f) for f in self.plan.candidates(METHOD, "", frozenset({kind})))

    def thinned(self, rows: list[Row], kind: str = "bill_row_missing") -> list[Row]:
        """Without the row that a fault leaves out: the first, or the one of `options.number`."""
        for fault in self.plan.candidates(METHOD, "", frozenset({kind})):
            number = str(fault.options.get("number", ""))
            hits = [r for r in rows if number in ("", r[0].out_trade_no)]
            if hits and self.plan.use(fault):
                return [r for r in rows if r is not hits[0]]
        return rows

    # The file

    def file(self, request: Request) -> Reply:
        """A plain GET without anything of the merchant's; a page where the address has expired."""
        token = parse_qs(request.query).get("token", [""])[0]
        found, now = self._prepared.get(token), self.books.clock.now_ms()
        if found is None or now - found.made_ms > ADDRESS_LIFE_MS:
            return Reply("<html>下载链接已失效</html>".encode("gbk"), 200, "text/html;charset=GBK")
        return Reply(found.content, 200, "application/octet-stream")

    # What is inside

    def rows(self, app_id: str, day: date) -> list[Row]:
        """Payments and refunds of the day, in the order in which they happened."""
        start, end = bounds(day, BEIJING_MINUTES)
        found: list[tuple[int, Row]] = []
        for trade in self.books.all_of(app_id):
            if trade.paid_fen and start <= trade.paid_ms < end:
                found.append((trade.paid_ms, (trade, None)))
            found += [(r.at_ms, (trade, r)) for r in trade.refunds if start <= r.at_ms < end]
        return [row for _, row in sorted(found, key=lambda item: item[0])]

    def archive(self, seller: str, day: date, kind: str, rows: list[Row]) -> bytes:
        word = "业务明细" if kind == "trade" else "账务明细"
        stem = f"{seller}0156_{day:%Y%m%d}_{word}"
        make = self.trades if kind == "trade" else self.funds
        detail = make(seller, day, rows)
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in ((f"{stem}.csv", detail), (f"{stem}(汇总).csv", self.summary(rows))):
                info = GBKName(name, (day.year, day.month, day.day, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, text.encode("gbk", "replace"))
        return held.getvalue()

    def framed(self, word: str, seller: str, day: date, table: str, foot: list[str]) -> str:
        start, end = (beijing(at) for at in bounds(day, BEIJING_MINUTES))
        line = "-" * 41
        head = [
            f"#支付宝{word}查询",
            f"#账号：[{seller}0156]",
            f"#起始日期：[{chinese(start)}]   终止日期：[{chinese(end)}]",
            f"#{line}{word}列表{line}",
        ]
        tail = [f"#{line}{word}列表结束{line[:-8]}", *foot]
        tail.append(f"#导出时间：[{chinese(beijing(self.books.clock.now_ms()))}]")
        return "\r\n".join(head) + "\r\n" + table + "\r\n".join(tail) + "\r\n"

    def trades(self, seller: str, day: date, rows: list[Row]) -> str:
        table = table_of(TRADE_HEAD, [trade_row(trade, refund) for trade, refund in rows])
        paid = [t.received_fen for t, r in rows if r is None]
        back = [given_back(t, r) for t, r in rows if r is not None]
        ours = sum(t.coupon_fen for t, r in rows if r is None)
        kept = sum(back) - sum(r.amount_fen for _, r in rows if r is not None)
        foot = [
            f"#交易合计：{len(paid)}笔，商家实收共{yuan(sum(paid))}元，商家优惠共{yuan(ours)}元",
            f"#退款合计：{len(back)}笔，商家实收退款共{signed_yuan(-sum(back))}元，"
            f"商家优惠退款共{signed_yuan(kept)}元",
        ]
        return self.framed("业务明细", seller, day, table, foot)

    def funds(self, seller: str, day: date, rows: list[Row]) -> str:
        lines: list[list[str]] = []
        balance = income = outlay = 0
        for trade, refund in rows:
            for word, change in movements(trade, refund):
                balance += change
                income += max(change, 0)
                outlay += min(change, 0)
                at = trade.paid_ms if refund is None else refund.at_ms
                lines.append(
                    [f"{len(lines) + 1:014d}\t", f"{trade.trade_no}\t", f"{trade.out_trade_no}\t"]
                    + [f"{trade.subject}\t", beijing(at), f"{trade.buyer_logon}\t"]
                    + [yuan(change) if change > 0 else "0.00"]
                    + [signed_yuan(change) if change < 0 else "0.00"]
                    + [signed_yuan(balance), "支付宝", word, ""]
                )
        ins = sum(1 for line in lines if line[7] == "0.00")
        foot = [
            f"#支出合计：{len(lines) - ins}笔，共{signed_yuan(outlay)}元",
            f"#收入合计：{ins}笔，共{yuan(income)}元",
        ]
        return self.framed("账务明细", seller, day, table_of(FUNDS_HEAD, lines), foot)

    def summary(self, rows: list[Row]) -> str:
        paid = [t.received_fen for t, r in rows if r is None]
        back = [given_back(t, r) for t, r in rows if r is not None]
        fee = sum(-fee_of(t.received_fen) if r is None else fee_back(t, r) for t, r in rows)
        total = sum(paid) - sum(back)
        asked = sum(t.paid_fen if r is None else -r.amount_fen for t, r in rows)
        sums = [signed_yuan(asked), signed_yuan(total), "0.00", signed_yuan(asked - total), "0.00"]
        sums += [signed_yuan(fee), "0.00"]
        line = ["合计", "", str(len(paid)), str(len(back)), *sums, signed_yuan(total + fee)]
        return table_of(SUMMARY_HEAD, [line])


def movements(trade: Trade, refund: Refund | None) -> list[tuple[str, int]]:
    """What one row moves on the balance: the money, and the fee where there is one."""
    if refund is None:
        moved = [("在线支付", trade.received_fen), ("收费", -fee_of(trade.received_fen))]
    else:
        moved = [("交易退款", -given_back(trade, refund)), ("收费", fee_back(trade, refund))]
    return [(word, change) for word, change in moved if change]


def trade_row(trade: Trade, refund: Refund | None) -> list[str]:
    """Numbers carry a tab behind them, which keeps spreadsheets from rounding them."""
    if refund is None:
        word, amount, at, fee = "交易", trade.paid_fen, trade.paid_ms, -fee_of(trade.received_fen)
        received, platform = trade.received_fen, trade.platform_fen
    else:
        word, amount, at = "退款", -refund.amount_fen, refund.at_ms
        fee, received, platform = fee_back(trade, refund), -given_back(trade, refund), 0
    number = refund.out_request_no if refund else ""
    shown = signed_yuan(amount)
    return [
        *[f"{trade.trade_no}\t", f"{trade.out_trade_no}\t", word, trade.subject],
        *[beijing(trade.created_ms), beijing(at), "", "", "", "", f"{trade.buyer_logon}\t"],
        *[shown, signed_yuan(received), "0.00", "0.00"],
        *[signed_yuan(platform), signed_yuan(amount - received)],
        *["0.00", "", "0.00", "0.00"],
        *[f"{number}\t", signed_yuan(fee), "0.00", ""],
    ]


def table_of(head: list[str], rows: list[list[str]]) -> str:
    held = io.StringIO()
    csv.writer(held, lineterminator="\r\n").writerows([head, *rows])
    return held.getvalue()


def chinese(stamp: str) -> str:
    """`2026年11月20日 00:00:00`"""
    return f"{stamp[:4]}年{stamp[5:7]}月{stamp[8:10]}日{stamp[10:]}"
