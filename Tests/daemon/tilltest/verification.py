"""What of each gateway is verified, and by what: the table of Protocol/gateways.md, made of what is there.

A behaviour that a driver does not decline has run against a fake with books of its own. What else
verifies an operation is listed here with a text that must stand in the file that is named.
"""

from __future__ import annotations

from pathlib import Path

from .drivers import DRIVERS

ROOT = Path(__file__).resolve().parents[3]
BEGIN, END = "<!-- verified -->", "<!-- /verified -->"

OPERATIONS = (
    "create",
    "query",
    "close",
    "refund",
    "refund query",
    "notice",
    "refund notice",
    "dispute notice",
    "bill",
)
# A behaviour that cannot run without the operation.
BEHAVIOUR = {
    "create": "the_check_says_that_no_notification_ever_came",
    "query": "the_check_says_that_no_notification_ever_came",
    "close": "already_paid_when_asked_to_close",
    "refund": "a_part_and_then_the_rest",
    "refund query": "an_unknown_refund_is_resolved_under_its_number",
    "notice": "paid_with_a_callback",
    "refund notice": "a_refund_notice_is_no_second_payment",
}
# What a behaviour needs beside its name.
NEEDS = {"close": "fault:already_paid_on_close"}

VECTOR, SDK, FAKE, UNIT = "V", "S", "F", "u"
UNITS = "Tests/GatewaysTests"
ALIPAY = "Tests/gateways/fakealipay/selftest/test_sdks.py"
WECHAT = "Tests/gateways/fakewechat/selftest/test_sdk.py"
STRIPE = "Tests/gateways/fakestripe/selftest/test_sdk.py"
PAYPAL = "Tests/gateways/fakepaypal/selftest/test_sdk.py"
DISPUTES = "Tests/daemon/scenarios/test_disputes.py"
COMPLAINTS = "Tests/daemon/scenarios/test_complaints.py"
BILLS = "Tests/daemon/scenarios/test_bills.py"
YEEPAY = f"{UNITS}/YeepayTests.swift"
PINGPONG = f"{UNITS}/PingPongTests.swift"
ASKED = ("create", "query", "close", "refund", "refund query")
# One signature covers every call of a gateway: what was published of one verifies it for all.
SIGNED_CALLS = {
    "alipay": (f"{UNITS}/AlipayVectorTests.swift", "the text to sign of a published request"),
    "wechat": (f"{UNITS}/WeChatVectorTests.swift", "the published signature of a request"),
    "yeepay": (YEEPAY, "requests are signed and sent byte for byte"),
    "pingpong": (PINGPONG, "the request of the documents has the signature of the documents"),
    "epay": (f"{UNITS}/EpayRequestTests.swift", "the published signature and the published choice"),
}
# Kind, operation → letter, file, text.
ELSEWHERE: dict[tuple[str, str], list[tuple[str, str, str]]] = {
    ("alipay", "create"): [(SDK, ALIPAY, "api_alipay_trade_precreate(")],
    ("alipay", "query"): [(SDK, ALIPAY, "api_alipay_trade_query(")],
    ("alipay", "close"): [(SDK, ALIPAY, "AlipayTradeCloseRequest()")],
    ("alipay", "refund"): [(SDK, ALIPAY, "api_alipay_trade_refund(")],
    ("alipay", "refund query"): [(SDK, ALIPAY, "AlipayTradeFastpayRefundQueryRequest()")],
    ("alipay", "notice"): [
        (VECTOR, f"{UNITS}/AlipayVectorTests.swift", "a published notice is taken as a payment"),
        (SDK, ALIPAY, "client.verify("),
    ],
    ("alipay", "dispute notice"): [(FAKE, COMPLAINTS, "class AlipayComplaints")],
    ("wechat", "dispute notice"): [(FAKE, COMPLAINTS, "class WeChatComplaints")],
    ("alipay", "bill"): [(FAKE, BILLS, "class Alipay")],
    ("wechat", "create"): [(SDK, WECHAT, "self.create(client)")],
    ("wechat", "query"): [(SDK, WECHAT, "client.query(")],
    ("wechat", "close"): [(SDK, WECHAT, "client.close(")],
    ("wechat", "refund"): [(SDK, WECHAT, "client.refund(")],
    ("wechat", "refund query"): [(SDK, WECHAT, "client.query_refund(")],
    ("wechat", "notice"): [
        (VECTOR, f"{UNITS}/WeChatVectorTests.swift", "published answers and notices verify"),
        (SDK, WECHAT, "client.callback("),
    ],
    ("wechat", "refund notice"): [(SDK, WECHAT, '"REFUND.SUCCESS"')],
    ("wechat", "bill"): [(FAKE, BILLS, "class WeChat")],
    ("yeepay", "notice"): [(VECTOR, YEEPAY, "the published notice opens and is a payment")],
    ("stripe", "create"): [(SDK, STRIPE, "self.session(")],
    ("stripe", "query"): [(SDK, STRIPE, "checkout.sessions.retrieve(")],
    ("stripe", "close"): [(SDK, STRIPE, "checkout.sessions.expire(")],
    ("stripe", "refund"): [(SDK, STRIPE, "refunds.create(")],
    ("stripe", "refund query"): [(SDK, STRIPE, "refunds.list(")],
    ("stripe", "notice"): [
        (VECTOR, f"{UNITS}/StripeTests.swift", "func publishedCodes"),
        (SDK, STRIPE, "stripe.Webhook.construct_event("),
    ],
    ("stripe", "dispute notice"): [(FAKE, DISPUTES, "class StripeDisputes")],
    ("stripe", "bill"): [(UNIT, f"{UNITS}/PagedBillTests.swift", "Stripe")],
    ("paypal", "create"): [(SDK, PAYPAL, "orders.create_order(")],
    ("paypal", "query"): [(SDK, PAYPAL, "orders.get_order(")],
    ("paypal", "refund"): [(SDK, PAYPAL, "refund_captured_payment(")],
    ("paypal", "notice"): [(VECTOR, f"{UNITS}/PayPalTests.swift", "func publishedText")],
    ("paypal", "dispute notice"): [(FAKE, DISPUTES, "class PayPalDisputes")],
    ("paypal", "bill"): [(UNIT, f"{UNITS}/PagedBillTests.swift", "PayPal")],
    ("airwallex", "dispute notice"): [(FAKE, DISPUTES, "class AirwallexDisputes")],
    ("airwallex", "bill"): [(UNIT, f"{UNITS}/PagedBillTests.swift", "Airwallex")],
}


def kinds() -> list[str]:
    """In the order of the configuration's reference. The sandbox is ours; a bank account is never
    spoken to."""
    text = (ROOT / "Protocol" / "configuration.md").read_text()
    mark = "## A gateway of kind "
    found = [line.removeprefix(mark) for line in text.splitlines() if line.startswith(mark)]
    return [kind for kind in found if kind not in ("sandbox", "transfer")]


def runs(kind: str, operation: str) -> bool:
    """Whether a behaviour of the operation runs against a fake of the kind."""
    behaviour = BEHAVIOUR.get(operation)
    needs = NEEDS.get(operation, "")
    return behaviour is not None and any(
        behaviour not in driver.cannot and needs not in driver.cannot
        for driver in DRIVERS
        if driver.name.split("-")[0] == kind
    )


def evidence(kind: str, operation: str) -> list[tuple[str, str, str]]:
    found = list(ELSEWHERE.get((kind, operation), []))
    offered = bool(found) or runs(kind, operation)
    if operation in ASKED and kind in SIGNED_CALLS and offered:
        found.append((VECTOR, *SIGNED_CALLS[kind]))
    return found


def cell(kind: str, operation: str) -> str:
    letters = {letter for letter, _, _ in evidence(kind, operation)}
    if runs(kind, operation):
        letters.add(FAKE)
    return " ".join(x for x in (VECTOR, SDK, FAKE, UNIT) if x in letters) or "–"


def table() -> str:
    """The Markdown table, a row for each kind."""
    rows = [["", *OPERATIONS], ["---"] * (len(OPERATIONS) + 1)]
    rows += [[f"`{kind}`", *(cell(kind, each) for each in OPERATIONS)] for kind in kinds()]
    return "\n".join(f"| {' | '.join(row)} |".replace("|  |", "| |") for row in rows)


def missing() -> list[str]:
    """Evidence whose file or text is not there."""
    gone = []
    for kind in kinds():
        for operation in OPERATIONS:
            for _, path, text in evidence(kind, operation):
                file = ROOT / path
                if not file.exists() or text not in file.read_text():
                    gone.append(f"{kind} {operation}: {text!r} is not in {path}")
    return gone


def written() -> str:
    """The table that Protocol/gateways.md has."""
    text = (ROOT / "Protocol" / "gateways.md").read_text()
    return text.split(BEGIN, 1)[1].split(END, 1)[0].strip()
