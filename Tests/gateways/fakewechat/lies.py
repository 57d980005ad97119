"""Answers that are correctly signed and untrue, and answers whose signature is wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Callable

from fakehttp.faults import Fault

from . import signing
from .books import Books, Order
from .keys import Keyring, Merchant
from .methods import Methods

STATUS = ("trade_state", "status")
OLD_S = 600


@dataclass
class Answer:
    """An answer on its way out, before it becomes bytes."""

    status: int
    body: dict[str, Any] | None
    twice: str = ""  # a member that is written two times

    def text(self) -> bytes:
        if self.body is None:
            return b""
        whole = json.dumps(self.body, ensure_ascii=False, separators=(",", ":"))
        if self.twice:
            whole = f'{{"{self.twice}":"NOTPAY",' + whole[1:]
        return whole.encode()


class Liar:
    """Each lie returns True when it changed the answer; only then the fault is used up."""

    def __init__(self, books: Books, methods: Methods, keyring: Keyring) -> None:
        self.books = books
        self.methods = methods
        self.keyring = keyring
        self.table: dict[str, Callable[[Fault, Answer, Order | None], bool]] = {
            "other_order": self.other_order,
            "other_merchant": lambda f, a, o: self.put(a, "mchid", "1900009999"),
            "amount_plus_1": self.amount_plus_1,
            "currency": self.currency,
            "missing_amount": lambda f, a, o: self.drop(a, "amount"),
            "unknown_status": lambda f, a, o: any(
                [self.put(a, name, "PENDING_REVIEW") for name in STATUS]
            ),
            "missing_status": lambda f, a, o: any([self.drop(a, name) for name in STATUS]),
            "duplicate_keys": self.duplicate_keys,
            "not_exist": self.not_exist,
            "paid_then_unpaid": lambda f, a, o: self.put(a, "trade_state", "NOTPAY"),
        }

    def tell(self, fault: Fault, answer: Answer, order: Order | None) -> bool:
        return self.table[fault.kind](fault, answer, order)

    @staticmethod
    def put(answer: Answer, name: str, value: Any) -> bool:
        if answer.status != 200 or answer.body is None or name not in answer.body:
            return False
        answer.body[name] = value
        return True

    @staticmethod
    def drop(answer: Answer, name: str) -> bool:
        if answer.status != 200 or answer.body is None or name not in answer.body:
            return False
        del answer.body[name]
        return True

    def other_order(self, fault: Fault, answer: Answer, order: Order | None) -> bool:
        """All members of another real order; where there is none, only the number is another's."""
        if order is None or answer.body is None or "out_trade_no" not in answer.body:
            return False
        other = self.books.other_than(order)
        if other is not None and "trade_state" in answer.body:
            answer.body = self.methods.transaction(other)
            return True
        return self.put(answer, "out_trade_no", "ANOTHERORDER0001")

    @staticmethod
    def amounts(answer: Answer) -> dict[str, Any] | None:
        found = (answer.body or {}).get("amount")
        return found if isinstance(found, dict) else None

    def amount_plus_1(self, fault: Fault, answer: Answer, order: Order | None) -> bool:
        amount = self.amounts(answer)
        if amount is None:
            return False
        name = "refund" if "refund" in amount else "total"
        amount[name] += 1
        return True

    def currency(self, fault: Fault, answer: Answer, order: Order | None) -> bool:
        amount = self.amounts(answer)
        if amount is None:
            return False
        amount["currency"] = str(fault.options.get("currency", "HKD"))
        return True

    @staticmethod
    def duplicate_keys(fault: Fault, answer: Answer, order: Order | None) -> bool:
        name = next((n for n in STATUS if answer.body and n in answer.body), "")
        answer.twice = name
        return bool(name)

    @staticmethod
    def not_exist(fault: Fault, answer: Answer, order: Order | None) -> bool:
        if answer.status != 200:
            return False
        answer.status = 404
        answer.body = {"code": "ORDER_NOT_EXIST", "message": "订单不存在"}
        return True

    def headers(self, kinds: list[str], body: bytes, merchant: Merchant, now_ms: int) -> Any:
        """The signature's headers, or what a fault makes of them."""
        number, at_s = merchant.signs_with, now_ms // 1000
        key, signature = merchant.platform[number], None
        if "no_signature" in kinds:
            return {}
        if "bad_signature" in kinds:
            key = self.keyring.attacker
        if "unknown_serial" in kinds:
            key, number = self.keyring.attacker, "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
        if "old_signature" in kinds:
            at_s -= OLD_S
        if "probe_signature" in kinds:
            signature = signing.probe()
        made = signing.headers(key, number, body, at_s, signature)
        if "corrupt_signature" in kinds:
            right = made["Wechatpay-Signature"]
            made["Wechatpay-Signature"] = ("B" if right[0] == "A" else "A") + right[1:]
        return made
