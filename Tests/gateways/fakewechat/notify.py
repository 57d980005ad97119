"""Notices: sealed with the APIv3 key, signed in headers, made anew for every delivery."""

from __future__ import annotations

import base64
import itertools
import json
from typing import Any

from fakehttp.clock import GatewayClock

from . import signing
from .books import Order, rfc3339
from .keys import Keyring, Merchant
from .lies import OLD_S
from .methods import Methods

KINDS = frozenset(
    """paid repeated old forged corrupted unsigned wrong_amount wrong_currency other_merchant
    unknown_number unknown_status refunded returned closed probe wrong_serial wrong_api_key
    other_type complained complaint_changed complaint_forged""".split()
)


class Notifier:
    def __init__(self, clock: GatewayClock, keyring: Keyring, methods: Methods) -> None:
        self.clock = clock
        self.keyring = keyring
        self.methods = methods
        self._serial = itertools.count(1)

    def make(self, order: Order, kind: str, options: dict[str, Any]) -> list[dict[str, Any]]:
        """Notices of one event, as the merchant's server receives them."""
        if kind not in KINDS:
            raise ValueError(f"no notice is called {kind}")
        merchant = self.keyring.merchants[order.mchid]
        event = self.event(order, merchant, kind, options)
        copies = 3 if kind == "repeated" else 1
        return [self.delivery(event, merchant, kind) for _ in range(copies)]

    def event(
        self, order: Order, merchant: Merchant, kind: str, options: dict[str, Any]
    ) -> dict[str, Any]:
        content, event_type, original = self.content(order, kind, options)
        key = self.keyring.attacker.private_numbers().d.to_bytes(256, "big")[:32]
        sealed = signing.sealed(
            key if kind == "wrong_api_key" else merchant.api_key,
            json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(),
            original,
        )
        return {
            "id": f"EV-{next(self._serial):017d}",
            "create_time": rfc3339(self.clock.now_ms()),
            "resource_type": "encrypt-resource",
            "event_type": "MARKETING.USED" if kind == "other_type" else event_type,
            "summary": "支付成功" if original == "transaction" else "退款",
            "resource": sealed | {"original_type": original},
        }

    def content(
        self, order: Order, kind: str, options: dict[str, Any]
    ) -> tuple[dict[str, Any], str, str]:
        if kind in ("refunded", "returned", "closed"):
            return self.refund_content(order, str(options["refund_no"]))
        if kind.startswith("compl"):
            made = self.methods.complaints.of(order)
            is_new = kind == "complained"
            content = {"complaint_id": made.complaint_id}
            content["action_type"] = "CREATE_COMPLAINT" if is_new else "CONTINUE_COMPLAINT"
            event = "COMPLAINT.CREATE" if is_new else "COMPLAINT.STATE_CHANGE"
            return content, event, "complaint"
        content = self.methods.transaction(order)
        # A forger, and a lie of the gateway, says that it was paid whatever the books say.
        content |= {
            "trade_state": "SUCCESS",
            "transaction_id": order.transaction_id or f"4200{next(self._serial):024d}",
            "success_time": rfc3339(order.paid_ms or self.clock.now_ms()),
            "trade_type": "NATIVE",
        }
        if kind == "wrong_amount":
            content["amount"]["total"] = int(options.get("minor", order.total_fen + 1))
        elif kind == "wrong_currency":
            content["amount"]["currency"] = "HKD"
        elif kind == "other_merchant":
            content["mchid"] = "1900009999"
        elif kind == "unknown_number":
            content["out_trade_no"] = "NOSUCHORDER00001"
        elif kind == "unknown_status":
            content["trade_state"] = "PENDING_REVIEW"
        return content, "TRANSACTION.SUCCESS", "transaction"

    def refund_content(
        self, order: Order, out_refund_no: str
    ) -> tuple[dict[str, Any], str, str]:
        refund = order.refund(out_refund_no)
        if refund is None:
            raise ValueError(f"no refund is numbered {out_refund_no}")
        whole = self.methods.refund_body(order, refund)
        names = "transaction_id out_trade_no refund_id out_refund_no user_received_account".split()
        content = {"mchid": order.mchid} | {name: whole[name] for name in names}
        amounts = ("total", "refund", "payer_total", "payer_refund")
        content["amount"] = {name: whole["amount"][name] for name in amounts}
        content["refund_status"] = refund.status
        if "success_time" in whole:
            content["success_time"] = whole["success_time"]
        return content, f"REFUND.{refund.status}", "refund"

    def delivery(self, event: dict[str, Any], merchant: Merchant, kind: str) -> dict[str, Any]:
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        now_s = self.clock.now_ms() // 1000 - (OLD_S if kind == "old" else 0)
        key, number = merchant.platform[merchant.signs_with], merchant.signs_with
        if kind in ("forged", "complaint_forged"):
            key = self.keyring.attacker
        if kind == "wrong_serial":
            number = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
        signature = signing.probe() if kind == "probe" else None
        headers = signing.headers(key, number, body, now_s, signature)
        if kind == "unsigned":
            headers = {}
        if kind == "corrupted":
            body = body.replace(b'"EV-', b'"EW-', 1)
        return {
            "headers": headers | {"Content-Type": "application/json"},
            "body_base64": base64.b64encode(body).decode(),
        }
