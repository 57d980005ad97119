"""Answers that are correctly signed and untrue, and answers whose signature is wrong."""

from __future__ import annotations

from typing import Callable

from fakehttp.faults import Fault

from .answers import NUMBER_TOO_BIG, OK, Answer, business
from .books import CLOSED, PAID, SUCCESS, WAIT, Books, Trade
from .clock import beijing, parse_beijing
from .keys import Keyring
from .methods import Methods, not_exist
from .money import fen, yuan

AMOUNTS = ("total_amount", "receipt_amount", "buyer_pay_amount", "invoice_amount")
REFUND_AMOUNTS = ("refund_amount", "refund_fee", "send_back_fee")
TIMES = ("send_pay_date", "gmt_refund_pay")


class Liar:
    """Each lie returns True when it changed the answer; only then the fault is used up."""

    def __init__(self, books: Books, methods: Methods, keyring: Keyring) -> None:
        self.books = books
        self.methods = methods
        self.keyring = keyring
        self.table: dict[str, Callable[[Fault, Answer, Trade | None], bool]] = {
            "other_order_answer": self.other_order,
            "amount_plus_1": lambda f, a, t: self.each_amount(a, lambda n: yuan(n + 1)),
            "three_decimals": lambda f, a, t: self.each_amount(a, lambda n: yuan(n) + "5"),
            "huge_integer": self.huge_integer,
            "missing_amount": self.missing_amount,
            "currency": self.currency,
            "unknown_status": lambda f, a, t: (
                a.put("trade_status", str(f.options.get("status", "TRADE_PENDING_REVIEW")))
                or a.put("refund_status", "REFUND_PENDING_REVIEW")
            ),
            "missing_status": self.missing_status,
            "duplicate_keys": self.duplicate_keys,
            "trade_not_exist_lie": self.not_exist_lie,
            "paid_then_unpaid": self.paid_then_unpaid,
            "unpaid_says_paid": self.unpaid_says_paid,
            "refund_empty_10000": self.refund_empty,
            "clock_skew": self.clock_skew,
            "braces_in_text": self.braces_in_text,
            "sign_before_node": lambda f, a, t: quirk(a, "sign_first"),
            "bad_signature": self.bad_signature,
            "corrupt_signature": lambda f, a, t: quirk(a, "corrupt_signature"),
            "no_signature": self.no_signature,
            "unknown_cert_sn": self.unknown_cert,
        }

    def tell(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        return self.table[fault.kind](fault, answer, trade)

    def other_order(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        """All fields of another real order; where there is none, only the number is another's."""
        if answer.get("code") != "10000":
            return False
        other = self.books.other_than(trade)
        if other is not None and answer.get("trade_status") is not None:
            answer.node = OK + self.methods.trade_fields(other)
            return True
        return answer.put("out_trade_no", str(fault.options.get("number", "ANOTHERORDER0001")))

    def each_amount(self, answer: Answer, change: Callable[[int], str]) -> bool:
        changed = False
        for name in AMOUNTS + REFUND_AMOUNTS:
            value = answer.get(name)
            if isinstance(value, str) and answer.get("code") == "10000":
                changed = answer.put(name, change(fen(value))) or changed
        return changed

    def huge_integer(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        if answer.get("code") != "10000":
            return False
        return any([answer.put(n, NUMBER_TOO_BIG) for n in AMOUNTS + REFUND_AMOUNTS])

    def missing_amount(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        gone = AMOUNTS + REFUND_AMOUNTS
        before = len(answer.node)
        if answer.get("code") == "10000":
            answer.node = [(k, v) for k, v in answer.node if k not in gone]
        return len(answer.node) < before

    def currency(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        """The members a cross-border answer carries, naming a currency nobody asked for."""
        if answer.get("trade_status") is None:
            return False
        code = str(fault.options.get("currency", "USD"))
        answer.node += [
            ("pay_currency", code),
            ("trans_currency", code),
            ("settle_currency", code),
            ("pay_amount", answer.get("total_amount")),
        ]
        return True

    def missing_status(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        before = len(answer.node)
        answer.node = [(k, v) for k, v in answer.node if k not in ("trade_status", "refund_status")]
        return len(answer.node) < before

    def duplicate_keys(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        if answer.get("trade_status") is None:
            return False
        opposite = WAIT if answer.get("trade_status") in PAID else SUCCESS
        answer.node += [("trade_status", opposite), ("total_amount", "0.01")]
        return True

    def not_exist_lie(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        if trade is None or not trade.status or answer.get("code") != "10000":
            return False
        zero = "query" in answer.node_name and "refund" not in answer.node_name
        answer.node = not_exist(trade.out_trade_no, zero).node
        return True

    def paid_then_unpaid(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        """Only after a query has told the truth once; `first: true` lies from the start."""
        if trade is None or answer.get("trade_status") not in PAID:
            return False
        reported = fault.options.setdefault("_told", [])
        if trade.out_trade_no not in reported and not fault.options.get("first"):
            reported.append(trade.out_trade_no)
            return False
        return answer.put("trade_status", str(fault.options.get("status", WAIT)))

    def unpaid_says_paid(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        if answer.get("trade_status") not in (WAIT, CLOSED):
            return False
        return answer.put("trade_status", SUCCESS)

    def refund_empty(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        if answer.get("fund_change") is None and answer.get("refund_status") is None:
            return False
        answer.node = list(OK)
        return True

    def clock_skew(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        skew = fault.number("skew_ms", 86_400_000)
        return any(
            [
                answer.put(name, beijing(parse_beijing(answer.get(name)) + skew))
                for name in TIMES
                if answer.get(name)
            ]
        )

    def braces_in_text(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        """Text that breaks whoever cuts the node without minding quotes."""
        answer.node.append(("store_name", '}{"sign":"x"},"alipay_cert_sn":"y\\" /支付'))
        return True

    def bad_signature(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        answer.key_override = self.keyring.attacker
        return answer.signed

    def no_signature(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        was, answer.signed = answer.signed, False
        return was

    def unknown_cert(self, fault: Fault, answer: Answer, trade: Trade | None) -> bool:
        answer.cert_sn_override = "0123456789abcdef0123456789abcdef"
        return answer.app is not None and answer.app.mode == "certificate"


def quirk(answer: Answer, name: str) -> bool:
    """A change of the text or the signature that is made while rendering."""
    answer.quirks.add(name)
    return answer.signed


def close_fault(fault: Fault, books: Books, trade: Trade) -> bool:
    """What happens behind a close: the buyer was faster, or pays although it was closed.

    Returns True when it fired; `already_paid_on_close` raises the refusal the merchant sees.
    """
    if trade.status != WAIT:
        return False
    if fault.kind == "already_paid_on_close":
        books.pay(trade, None)
        raise business("REASON_TRADE_STATUS_INVALID", "交易状态异常")
    books.close(trade, "alipay.trade.close", payable_after=True)
    return True
