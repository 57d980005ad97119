"""Daily bills from the books, with the digest WeChat publishes for each."""

from __future__ import annotations

import gzip
import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from fakehttp.days import HOUR_MS, bounds, parse_day
from fakehttp.faults import FaultPlan
from fakehttp.transport import Reply

from .books import BEIJING, Books, Order, Refund
from .intake import Call, Refusal
from .keys import Merchant

FILE = "bill_file"
FILE_PATH = "/v3/billdownload/file"
ADDRESS_LIFE_MS = 30_000
READY_AFTER_MS = 10 * HOUR_MS
BEIJING_MINUTES = 480
FEE_PER_MILLE = 6
KINDS = frozenset(
    {
        "bill_not_ready",
        "bill_row_missing",
        "fund_row_missing",
        "bill_wrong_hash",
        "bill_torn_file",
    }
)

TRADE_HEAD = """交易时间 公众账号ID 商户号 特约商户号 设备号 微信订单号 商户订单号 用户标识 交易类型 交易状态 付款银行
货币种类 应结订单金额 代金券金额 微信退款单号 商户退款单号 退款金额 充值券退款金额 退款类型 退款状态 商品名称 商户数据包
手续费 费率 订单金额 申请退款金额 费率备注""".split()
TRADE_SUMS = "总交易单数 应结订单总金额 退款总金额 充值券退款总金额 手续费总金额 订单总金额 申请退款总金额".split()
FUNDS_HEAD = """记账时间 微信支付业务单号 资金流水单号 业务名称 业务类型 收支类型 收支金额（元） 账户结余（元）
资金变更提交申请人 备注 业务凭证号""".split()
FUNDS_SUMS = "资金流水总笔数 收入笔数 收入金额 支出笔数 支出金额".split()

Row = tuple[Order, Refund | None]


@dataclass
class Prepared:
    content: bytes
    made_ms: int
    mchid: str
    packed: bool


class Bills:
    """What was asked for is made at once and kept until its address expires."""

    def __init__(self, books: Books, plan: FaultPlan) -> None:
        self.books = books
        self.plan = plan
        self._prepared: dict[str, Prepared] = {}

    # The address

    def address(self, call: Call, merchant: Merchant) -> dict[str, str]:
        try:
            day = parse_day(call.query.get("bill_date", ""))
        except ValueError:
            raise Refusal(400, "PARAM_ERROR", "bill_date", "268435461") from None
        now = self.books.clock.now_ms()
        end = bounds(day, BEIJING_MINUTES)[1]
        if now < end:
            raise Refusal(400, "INVALID_REQUEST", "账单日期错误")
        if now < end + READY_AFTER_MS or self.lies("bill_not_ready"):
            raise Refusal(400, "STATEMENT_CREATING", "账单生成中")
        rows = self.rows(merchant.mchid, day)
        if not rows:
            raise Refusal(400, "NO_STATEMENT_EXIST", "账单文件不存在")
        content = self.content(call, self.thinned(rows))
        digest = hashlib.sha1(content).hexdigest()
        if self.lies("bill_wrong_hash"):
            digest = hashlib.sha1(content + b" ").hexdigest()
        if self.lies("bill_torn_file"):
            content = content[: len(content) * 2 // 3]
        token = secrets.token_urlsafe(24)
        packed = call.query.get("tar_type") == "GZIP"
        self._prepared[token] = Prepared(content, now, merchant.mchid, packed)
        root = f"http://{call.request.header('Host')}"
        url = f"{root}{FILE_PATH}?token={token}"
        return {"hash_type": "SHA1", "hash_value": digest, "download_url": url}

    def content(self, call: Call, rows: list[Row]) -> bytes:
        if call.operation == "bill_funds":
            return self.funds(self.thinned(rows, "fund_row_missing"))
        if call.query.get("bill_type", "ALL") != "ALL":
            raise Refusal(400, "PARAM_ERROR", "bill_type", "268435461")
        return self.trades(rows)

    def lies(self, kind: str) -> bool:
        return any(self.plan.use(f) for f in self.plan.candidates("bill", "", frozenset({kind})))

    def thinned(self, rows: list[Row], kind: str = "bill_row_missing") -> list[Row]:
        """Without the row that a fault leaves out: the first, or the one of `options.number`."""
        for fault in self.plan.candidates("bill", "", frozenset({kind})):
            number = str(fault.options.get("number", ""))
            hits = [r for r in rows if number in ("", r[0].out_trade_no)]
            if hits and self.plan.use(fault):
                return [r for r in rows if r is not hits[0]]
        return rows

    # The file

    def file(self, call: Call, merchant: Merchant) -> Reply:
        """The answer is not signed; the address serves only the merchant that asked for it."""
        found = self._prepared.get(call.query.get("token", ""))
        if found is None or self.books.clock.now_ms() - found.made_ms > ADDRESS_LIFE_MS:
            raise Refusal(400, "INVALID_REQUEST", "下载链接已过期")
        if found.mchid != merchant.mchid:
            raise Refusal(403, "NO_AUTH", "商户号无权限")
        content = gzip.compress(found.content) if found.packed else found.content
        return Reply(content, 200, "text/plain")

    # What is inside

    def rows(self, mchid: str, day: date) -> list[Row]:
        """Payments and refunds of the day, in the order in which they happened."""
        start, end = bounds(day, BEIJING_MINUTES)
        found: list[tuple[int, Row]] = []
        for order in self.books.all_of(mchid):
            if order.paid_fen and start <= order.paid_ms < end:
                found.append((order.paid_ms, (order, None)))
            for made in order.refunds:
                if start <= made.created_ms < end:
                    found.append((made.created_ms, (order, made)))
        return [row for _, row in sorted(found, key=lambda item: item[0])]

    def trades(self, rows: list[Row]) -> bytes:
        paid = sum(o.paid_fen for o, r in rows if r is None)
        back = sum(r.amount_fen for _, r in rows if r is not None)
        fee = sum(fee_of(o, r) for o, r in rows)
        received = sum(o.received_fen for o, r in rows if r is None)
        given = sum(o.given_back(r) for o, r in rows if r is not None)
        sums = [f"{len(rows)}.0", yuan(received), yuan(given), "0.00", f"{signed(fee)}000"]
        lines = [trade_row(*row) for row in rows]
        return text_of(TRADE_HEAD, lines, TRADE_SUMS, [*sums, yuan(paid), yuan(back)])

    def funds(self, rows: list[Row]) -> bytes:
        lines: list[list[str]] = []
        balance = 0
        sums = {"收入": [0, 0], "支出": [0, 0]}
        for order, refund in rows:
            for name, change in movements(order, refund):
                balance += change
                word = "收入" if change > 0 else "支出"
                sums[word][0] += 1
                sums[word][1] += abs(change)
                at = order.paid_ms if refund is None else refund.created_ms
                lines.append(
                    [stamp(at), order.transaction_id, f"{order.mchid}{len(lines) + 1:014d}"]
                    + [name, name, word, yuan(abs(change)), signed(balance), "system", "缺货"]
                    + [refund.out_refund_no if refund else order.out_trade_no]
                )
        ins, outs = sums["收入"], sums["支出"]
        totals = [f"{len(lines)}.0", f"{ins[0]}.0", yuan(ins[1]), f"{outs[0]}.0", yuan(outs[1])]
        return text_of(FUNDS_HEAD, lines, FUNDS_SUMS, totals)


def fee_of(order: Order, refund: Refund | None) -> int:
    """0.6 % half up to the fen; a refund gives back its share, as a negative fee."""
    fee = (order.received_fen * FEE_PER_MILLE + 500) // 1000
    if refund is None:
        return fee
    before = sum(r.amount_fen for r in order.refunds[: order.refunds.index(refund)])
    paid = order.paid_fen
    return -(fee * (before + refund.amount_fen) // paid - fee * before // paid)


def movements(order: Order, refund: Refund | None) -> list[tuple[str, int]]:
    fee = fee_of(order, refund)
    if refund is None:
        moved = [("交易", order.received_fen), ("扣除交易手续费", -fee)]
    else:
        moved = [("退款", -order.given_back(refund)), ("退回交易手续费", -fee)]
    return [(name, change) for name, change in moved if change]


def trade_row(order: Order, refund: Refund | None) -> list[str]:
    at = order.paid_ms if refund is None else refund.created_ms
    product = {"native": "NATIVE", "h5": "MWEB", "jsapi": "JSAPI"}[order.product]
    head = [stamp(at), order.appid, order.mchid, "0", "", order.transaction_id, order.out_trade_no]
    head += ["oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", product]
    fee = f"{signed(fee_of(order, refund))}000"
    if refund is None:
        middle = ["SUCCESS", "OTHERS", "CNY", yuan(order.received_fen)]
        middle += [yuan(order.coupon_fen + order.platform_fen), "0", "0"]
        middle += ["0.00", "0.00", "", ""]
        sums = [yuan(order.paid_fen), "0.00"]
    else:
        word = {"CLOSED": "FAIL", "ABNORMAL": "CHANGE"}.get(refund.status, refund.status)
        middle = ["REFUND", "OTHERS", "CNY", "0.00", "0.00", refund.refund_id]
        middle += [refund.out_refund_no, yuan(order.given_back(refund)), "0.00", "ORIGINAL", word]
        sums = ["0.00", yuan(refund.amount_fen)]
    return [*head, *middle, order.description, "", fee, "0.60%", *sums, ""]


def text_of(head: list[str], rows: list[list[str]], names: list[str], sums: list[str]) -> bytes:
    """A mark, CRLF, plain header lines, and a backtick before each field of the others."""
    lines = [",".join(head), *map(ticked, rows), ",".join(names), ticked(sums)]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def ticked(fields: list[str]) -> str:
    return ",".join(f"`{field}" for field in fields)


def yuan(amount_fen: int) -> str:
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def signed(amount_fen: int) -> str:
    return yuan(amount_fen) if amount_fen >= 0 else f"-{yuan(-amount_fen)}"


def stamp(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms // 1000, BEIJING).strftime("%Y-%m-%d %H:%M:%S")
