# Generated from Protocol/ by `swift run generate`; do not edit.
"""Enumerations, objects and results, as they are on the wire."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, TypedDict

# A newer daemon may send words that are not listed here.
PayState = Literal[
    "created", "awaiting", "processing", "expired", "cancelled", "review", "paid",
    "partially_refunded", "refunded", "charged_back",
]
DeliveryState = Literal[
    "none", "pending", "held", "reserved", "delivering", "delivered", "failed", "revoked",
]
RiskState = Literal[
    "clear", "flagged", "held", "verifying", "cleared", "refused",
]
DisputeState = Literal[
    "none", "open", "won", "lost",
]
OrderFlag = Literal[
    "late", "excess", "short", "mismatch", "forced", "auto_refunded", "frozen", "attention", "test",
    "weak",
]
PaymentState = Literal[
    "init", "submitted", "awaiting_buyer", "processing", "unknown", "stale", "closing", "closed",
    "failed", "succeeded", "reversed",
]
RefundState = Literal[
    "requested", "approved", "submitted", "processing", "unknown", "succeeded", "failed",
    "returned", "rejected", "withdrawn",
]
DisputeStatus = Literal[
    "warning", "needs_response", "under_review", "won", "lost", "warning_closed", "prevented",
    "accepted", "withdrawn",
]
DisputeFunds = Literal[
    "none", "withdrawn", "reinstated",
]
DisputeEvidence = Literal[
    "receipt", "delivery_proof", "communication", "policy", "screenshot", "other",
]
Verdict = Literal[
    "applied", "noop", "received", "parked", "rejected",
]
EvidenceStrength = Literal[
    "e5", "e4", "e3", "e2", "e1", "e0",
]
EvidenceSource = Literal[
    "notice", "query", "create", "close", "refund", "statement", "operators", "timer", "record",
]
ActionKind = Literal[
    "qr", "redirect", "form", "client_secret", "transfer",
]
ActorKind = Literal[
    "client", "operator", "notice", "statement", "rule", "poller", "timer", "recovery", "system",
]
ClosingCause = Literal[
    "expired", "cancelled", "replaced", "paid", "requested",
]
ServerState = Literal[
    "starting", "ready", "readonly", "recovering", "draining",
]
CircuitState = Literal[
    "closed", "open", "half_open",
]
GatewayState = Literal[
    "ready", "degraded", "paused", "down", "missing",
]
LikelyCause = Literal[
    "none", "address", "key", "network",
]
PayoutBasis = Literal[
    "batch", "days",
]
PollReason = Literal[
    "schedule", "watched", "expiry", "closing", "guard", "compare", "hint", "long_tail", "recovery",
    "asked", "backoff", "repeat", "gateway_missing",
]
StatementContent = Literal[
    "trade", "fund", "bank", "settlement",
]
DiscrepancyKind = Literal[
    "missing_at_gateway", "missing_locally", "unknown_money", "gateway_success_only",
    "local_success_only", "amount_more", "amount_less", "fee_more", "fee_less", "fee_on_refund",
    "currency", "gateway_number", "duplicate_payment", "duplicate_row", "refund_missing_at_gateway",
    "refund_missing_locally", "refund_amount", "refund_status", "carry_over_aged_out", "payout_sum",
    "payout_not_arrived", "exchange_unexplained", "unknown_dispute", "statement_unsound",
    "bank_row_without_payout", "delivered_not_paid", "paid_not_delivered", "wrong_merchant",
]
DiscrepancyState = Literal[
    "open", "waiting", "proposed", "resolved",
]
DiscrepancyResolution = Literal[
    "filled_back", "left_out", "agrees", "adjudicated",
]
CaseKind = Literal[
    "discrepancy", "stale_payment", "excess", "refund_returned", "buyer_claim", "refund", "dispute",
    "delivery", "gateway", "other",
]
CaseSeverity = Literal[
    "normal", "high",
]
CaseState = Literal[
    "open", "assigned", "waiting_buyer", "waiting_gateway", "waiting_bank", "proposed", "resolved",
    "closed",
]
CaseWait = Literal[
    "nobody", "buyer", "gateway", "bank",
]
CauseCode = Literal[
    "callback_lost", "gateway_delay", "gateway_error", "bank_delay", "bill_wrong", "fee_contract",
    "paid_twice", "wrong_amount", "account_abnormal", "region_limit", "buyer_error", "fraud",
    "our_error", "no_fault", "other",
]
DeskAge = Literal[
    "under_2h", "under_1d", "under_3d", "under_7d", "older",
]
SignOffState = Literal[
    "unsigned", "half_signed", "signed", "reopened",
]
RuleMode = Literal[
    "suggest", "close",
]
LeftOpenReason = Literal[
    "waiting", "in_case",
]
AdjudicationVerb = Literal[
    "accept_gateway", "accept_local", "write_off", "move_to_suspense", "refund_buyer",
    "claim_from_gateway", "merge_match", "wait_until",
]
HandlingLevel = Literal[
    "machine", "one_person", "two_persons", "lead_and_gateway",
]
Bucket = Literal[
    "matched", "tolerated", "differing", "grouped", "pooled", "duplicate", "one_sided", "suggested",
    "apart",
]
WaitState = Literal[
    "created", "awaiting", "processing", "expired", "cancelled", "review", "paid",
    "partially_refunded", "refunded", "charged_back", "none", "pending", "held", "reserved",
    "delivering", "delivered", "failed", "revoked",
]
FoundBy = Literal[
    "order_no", "order_id", "payment_id", "refund_id", "out_trade_no", "gateway_txn_id",
    "gateway_payment_id", "refund_no", "gateway_refund_id",
]
StepState = Literal[
    "done", "current", "waiting", "stopped",
]
RetentionKind = Literal[
    "keys", "calls", "receipts", "trail", "personal",
]
OrderSort = Literal[
    "newest", "oldest", "amount_desc", "amount_asc", "paid_desc",
]
Lang = Literal[
    "zh", "en",
]
KeyState = Literal[
    "absent", "running", "done",
]
CancelState = Literal[
    "cancelled", "finishing", "unknown",
]
StreamEnd = Literal[
    "complete", "cancelled", "draining", "limit",
]
Callback = Literal[
    "deliver", "lose", "duplicate", "delay",
]
SandboxState = Literal[
    "paid", "failed", "processing", "closed",
]
Fault = Literal[
    "none", "slow", "down", "hang", "error_5xx_after_success", "torn_answer", "wrong_amount",
    "wrong_currency", "wrong_signature", "unknown_status", "not_exist_lie", "success_after_close",
    "already_paid_on_close", "rate_limit", "refund_returned",
]
HookState = Literal[
    "ready", "sending", "retry", "done", "dead",
]
MetricKind = Literal[
    "counter", "gauge", "histogram",
]
SubjectKind = Literal[
    "payment", "refund", "dispute",
]
BillKind = Literal[
    "trade", "fund", "settlement",
]
BillState = Literal[
    "waiting", "kept", "imported", "done", "empty", "gone", "unusable",
]


class Money(TypedDict):
    """An amount. Never a bare number, never rounded."""

    currency: str
    minor: int


class _Line(TypedDict):
    """Members always there."""

    name: str
    quantity: int
    unit_price: Money


class Line(_Line, total=False):
    """One article of an order."""

    sku: str


class _LoggedLine(TypedDict):
    """Members always there."""

    name: str
    quantity: int
    unit_price: int


class LoggedLine(_LoggedLine, total=False):
    """An article as the log keeps it."""

    sku: str


class Buyer(TypedDict, total=False):
    """Who buys. All members are personal data: kept apart from the log and erasable."""

    user_id: str
    email: str
    phone: str
    ip: str
    country: str
    user_agent: str
    device: str


class _Reason(TypedDict):
    """Members always there."""

    code: str
    text: str


class Reason(_Reason, total=False):
    """Why a payment or order is where it is."""

    gateway_code: str


class _Order(TypedDict):
    """Members always there."""

    id: str
    order_no: str
    pay_state: PayState
    delivery_state: DeliveryState
    risk_state: RiskState
    dispute_state: DisputeState
    amount: Money
    captured: Money
    refunded: Money
    excess: Money
    subject: str
    lines: List[Line]
    flags: List[OrderFlag]
    created_at: int
    expires_at: int
    version: int
    payments: List[str]


class Order(_Order, total=False):
    """What a shop wants to be paid for."""

    charged_back: Money
    buyer: Buyer
    source: str
    metadata: Dict[str, Any]
    last_failure: Reason
    first_seen_processing_at: int
    paid_at: int
    refunded_at: int
    delivered_at: int


class _Action(TypedDict):
    """Members always there."""

    kind: ActionKind
    value: str


class Action(_Action, total=False):
    """What the buyer must be shown."""

    expires_at: int
    exact_amount: Money


class _Evidence(TypedDict):
    """Members always there."""

    id: str
    source: EvidenceSource
    strength: EvidenceStrength
    at: int


class Evidence(_Evidence, total=False):
    """A statement about money, with who said it."""

    sha256: str
    says: str


class _Payment(TypedDict):
    """Members always there."""

    id: str
    order: str
    gateway: str
    kind: str
    method: str
    state: PaymentState
    amount: Money
    out_trade_no: str
    queries: int
    evidence: List[Evidence]
    created_at: int
    expires_at: int
    version: int


class Payment(_Payment, total=False):
    """One try to get an order paid at one gateway."""

    captured: Money
    fee: Money
    net: Money
    settlement: Money
    gateway_txn_id: str
    gateway_payment_id: str
    action: Action
    reason: Reason
    next_query_at: int
    paid_at: int
    closed_at: int
    reversed_at: int
    witnesses: List[Witness]


class _Refund(TypedDict):
    """Members always there."""

    id: str
    payment: str
    order: str
    refund_no: str
    amount: Money
    state: RefundState
    requested_by: str
    created_at: int
    version: int


class Refund(_Refund, total=False):
    """Money going back for one payment."""

    reason: str
    approved_by: str
    gateway_refund_id: str
    failure: Reason
    next_query_at: int
    approved_at: int
    submitted_at: int
    finished_at: int


class Attachment(TypedDict):
    """Something that supports the shop's side of a dispute. Its content is sealed and erasable."""

    id: str
    kind: DisputeEvidence
    media_type: str
    bytes: int
    sha256: str
    by: str
    at: int


class _Dispute(TypedDict):
    """Members always there."""

    id: str
    payment: str
    order: str
    gateway: str
    gateway_dispute_id: str
    state: DisputeStatus
    gateway_status: str
    amount: Money
    funds: DisputeFunds
    evidence: List[Evidence]
    attachments: List[Attachment]
    opened_at: int
    version: int


class Dispute(_Dispute, total=False):
    """A buyer asks a bank or the gateway for the money of one payment. Its outcome is only ever the gateway's word."""

    reason: Reason
    due_at: int
    alerted_hours: int
    next_query_at: int
    closed_at: int


class _Delivery(TypedDict):
    """Members always there."""

    id: str
    order: str
    line: int
    state: DeliveryState
    version: int


class Delivery(_Delivery, total=False):
    """The handing out of one line of an order."""

    claim: str
    claimed_by: str
    lease_until: int
    reference: str
    reason: str
    delivered_at: int


class _Receipt(TypedDict):
    """Members always there."""

    id: str
    gateway: str
    received_at: int
    verdict: Verdict
    sha256: str
    bytes: int


class Receipt(_Receipt, total=False):
    """A notification as it arrived. Kept as evidence."""

    payment: str
    order: str
    strength: EvidenceStrength
    reason: str


class _ReceiptBody(TypedDict):
    """Members always there."""

    headers: Dict[str, str]
    body_base64: str


class ReceiptBody(_ReceiptBody, total=False):
    """A notification verbatim."""

    http_method: str
    query: str
    source_ip: str


class Ack(TypedDict):
    """What the front end must answer the gateway, exactly."""

    status: int
    headers: Dict[str, str]
    body: str


class _Event(TypedDict):
    """Members always there."""

    id: str
    seq: int
    tx: int
    type: str
    at: int
    actor: str
    version: int
    data: Dict[str, Any]


class Event(_Event, total=False):
    """Something that became true. The log is append-only."""

    order: str
    payment: str
    refund: str
    dispute: str
    trace: str


class _Problem(TypedDict):
    """Members always there."""

    code: str
    path: str
    message: str


class Problem(_Problem, total=False):
    """One fault of a request."""

    hint: str
    did_you_mean: List[str]


class Phrase(TypedDict):
    """One sentence in both languages."""

    zh: str
    en: str


class _TimelineStep(TypedDict):
    """Members always there."""

    at: int
    type: str
    text: Phrase
    actor: str


class TimelineStep(_TimelineStep, total=False):
    """One step in the life of an order."""

    payment: str
    refund: str
    event: str
    evidence: Evidence
    gateway_at: int


class _Because(TypedDict):
    """Members always there."""

    fact: str
    text: Phrase
    evidence: List[Evidence]


class Because(_Because, total=False):
    """One fact that led to the state."""

    at: int
    payment: str
    refund: str
    event: str


class _NextStep(TypedDict):
    """Members always there."""

    what: str
    text: Phrase


class NextStep(_NextStep, total=False):
    """What the daemon does next by itself."""

    at: int


class Why(TypedDict):
    """The evidence for the present state."""

    pay_state: PayState
    rule: int
    text: Phrase
    because: List[Because]
    next: List[NextStep]
    missing: List[Phrase]
    people: List[NextStep]


class _ProgressStep(TypedDict):
    """Members always there."""

    key: str
    done: bool
    state: StepState
    text: str


class ProgressStep(_ProgressStep, total=False):
    """One step the buyer's page can draw."""

    at: int


class _Tell(TypedDict):
    """Members always there."""

    lang: Lang
    state: str
    buyer: str
    support: str
    can_pay: bool
    steps: List[ProgressStep]


class Tell(_Tell, total=False):
    """One definite sentence for the buyer and one for support."""

    retry_after_ms: int
    next_check_at: int


class _Found(TypedDict):
    """Members always there."""

    found_by: FoundBy
    order: Order


class Found(_Found, total=False):
    """One match of a number."""

    payment: str
    refund: str


class _Gateway(TypedDict):
    """Members always there."""

    name: str
    kind: str
    state: GatewayState
    circuit: CircuitState
    methods: List[str]
    currencies: List[str]
    test: bool
    can: List[str]


class Gateway(_Gateway, total=False):
    """A configured gateway."""

    experimental: bool
    paused_by: str
    reason: str
    open: int


class _GatewayHealth(TypedDict):
    """Members always there."""

    gateway: str
    state: GatewayState
    circuit: CircuitState
    calls: int
    failures: int
    successes: int
    callbacks_lost: int
    lost_share: str
    likely_cause: LikelyCause
    receipts_rejected: int
    open_payments: int
    open_disputes: int
    live: LiveComparison


class GatewayHealth(_GatewayHealth, total=False):
    """How a gateway does."""

    latency_p50_ms: int
    latency_p99_ms: int
    last_receipt_at: int
    last_success_at: int
    last_failure_at: int
    last_failure: str
    dispute_due_at: int


class _LiveComparison(TypedDict):
    """Members always there."""

    compared: int
    found: int
    differing: int
    unknown: int
    waiting: int


class LiveComparison(_LiveComparison, total=False):
    """What came of holding today's payments against what the gateway says of them: its list of what happened, every five minutes while payments happen, and one question about each paid payment later the same day. Numbers are of the last 24 hours."""

    compared_at: int


class _PollEntry(TypedDict):
    """Members always there."""

    subject: SubjectKind
    order: str
    gateway: str
    state: str
    due_at: int
    why: PollReason
    queries: int


class PollEntry(_PollEntry, total=False):
    """Something the scheduler will ask."""

    payment: str
    refund: str
    dispute: str
    last_query_at: int
    last_answer: str


class _Retention(TypedDict):
    """Members always there."""

    kind: RetentionKind
    days: int
    removed: int


class Retention(_Retention, total=False):
    """What is kept for a time only, and how much of it has gone."""

    swept_at: int


class _PollGateway(TypedDict):
    """Members always there."""

    gateway: str
    due: int
    in_flight: int
    open: int
    qps: str
    circuit: CircuitState
    paused: bool


class PollGateway(_PollGateway, total=False):
    """The scheduler's view of one gateway."""

    oldest_due_ms: int
    missing: bool


class _Peer(TypedDict):
    """Members always there."""

    uid: int
    principal: str
    roles: List[str]


class Peer(_Peer, total=False):
    """Who the daemon takes the caller for."""

    operator: str


class _Connection(TypedDict):
    """Members always there."""

    id: int
    uid: int
    listener: str
    principal: str
    roles: List[str]
    connected_at: int
    requests: int
    in_flight: int
    subscriptions: int
    output_bytes: int


class Connection(_Connection, total=False):
    """One client connection."""

    pid: int
    operator: str
    client: str
    last_request_at: int


class Metric(TypedDict):
    """One number about the daemon."""

    name: str
    kind: MetricKind
    help: str
    samples: List[Sample]


class Sample(TypedDict):
    """One value of a metric."""

    labels: Dict[str, str]
    value: int


class ContractFile(TypedDict):
    """One file of the contract."""

    path: str
    content: Any


class _BatchCall(TypedDict):
    """Members always there."""

    method: str


class BatchCall(_BatchCall, total=False):
    """One call of a batch."""

    params: Dict[str, Any]


class _Hook(TypedDict):
    """Members always there."""

    name: str
    kind: str
    types: List[str]
    pending: int
    dead: int


class Hook(_Hook, total=False):
    """A configured hook."""

    oldest_at: int
    last_ok_at: int
    last_error: str


class _HookMessage(TypedDict):
    """Members always there."""

    id: str
    hook: str
    event: str
    type: str
    state: HookState
    tries: int


class HookMessage(_HookMessage, total=False):
    """One outgoing message."""

    due_at: int
    error: str


class _Trade(TypedDict):
    """Members always there."""

    gateway: str
    out_trade_no: str
    gateway_txn_id: str
    state: str
    amount: Money


class Trade(_Trade, total=False):
    """One trade in the sandbox's books."""

    paid: Money
    refunded: Money
    paid_at: int
    callback: str


class ProtocolRange(TypedDict):
    """Versions of the protocol."""

    min: int
    max: int


class SignedMoney(TypedDict):
    """An amount or sum that may be below zero."""

    currency: str
    minor: int


class StatementTotal(TypedDict):
    """Rows of one kind and currency."""

    kind: str
    rows: int
    sum: SignedMoney


class StatementFigure(TypedDict):
    """A figure that a file states about itself."""

    subject: str
    stated: int
    found: int


class _Statement(TypedDict):
    """Members always there."""

    id: str
    gateway: str
    content: StatementContent
    layout: str
    charset: str
    sha256: str
    bytes: int
    from_at: int
    to_at: int
    rows: int
    skipped: int
    totals: List[StatementTotal]
    figures: List[StatementFigure]
    verified: bool
    imported_at: int
    imported_by: str


class Statement(_Statement, total=False):
    """A bill or bank statement as it was taken in. Its bytes are kept."""

    name: str
    superseded_by: str


class _PreviewRow(TypedDict):
    """Members always there."""

    line: int
    kind: str
    status: str
    at: int
    amount: SignedMoney


class PreviewRow(_PreviewRow, total=False):
    """A row of a file as it was understood."""

    fee: SignedMoney
    gateway_txn_id: str
    reference: str
    parent: str


class _RefusedRow(TypedDict):
    """Members always there."""

    line: int
    message: str


class RefusedRow(_RefusedRow, total=False):
    """A line of a file that does not read."""

    hint: str


class StatementPreview(TypedDict):
    """How a file fits its layout."""

    rows: List[PreviewRow]
    unknown_columns: List[str]
    refused: List[RefusedRow]
    refused_rows: int


class BucketTotal(TypedDict):
    """Rows that ended alike."""

    bucket: Bucket
    rows: int
    sum: SignedMoney


class KindCount(TypedDict):
    """Discrepancies of one kind."""

    kind: DiscrepancyKind
    state: DiscrepancyState
    count: int


class CasePaper(TypedDict):
    """A note or a piece of evidence of a case. Its content is sealed and erasable."""

    id: str
    media_type: str
    bytes: int
    sha256: str
    by: str
    at: int


class _Case(TypedDict):
    """Members always there."""

    id: str
    kind: CaseKind
    severity: CaseSeverity
    state: CaseState
    links: List[str]
    opened_at: int
    opened_by: str
    papers: List[CasePaper]
    version: int


class Case(_Case, total=False):
    """Work for people."""

    owner: str
    due_at: int
    answered_at: int
    escalated_at: int
    cause: CauseCode
    proposed_by: str
    resolved_by: str
    resolved_at: int
    closed_at: int


class CaseNote(TypedDict):
    """What somebody wrote into a case."""

    paper: str
    by: str
    at: int
    text: str


class DeskPile(TypedDict):
    """Undecided discrepancies of one kind in one currency."""

    kind: DiscrepancyKind
    count: int
    overdue: int
    oldest_at: int
    at_stake: SignedMoney


class AgeCount(TypedDict):
    """Undecided discrepancies of one age."""

    age: DeskAge
    count: int


class KindOpened(TypedDict):
    """Discrepancies of one kind opened in a period."""

    kind: DiscrepancyKind
    count: int


class CauseCount(TypedDict):
    """Cases of one cause."""

    cause: CauseCode
    count: int


class _Rule(TypedDict):
    """Members always there."""

    id: str
    pattern: str
    mode: RuleMode
    tolerance: SignedMoney
    support: int
    replayed: int
    disagreeing: int
    active: bool
    activated_at: int
    activated_by: str


class Rule(_Rule, total=False):
    """A pattern of decisions that a person has put in force."""

    deactivated_at: int
    deactivated_by: str
    counter_example: str


class RuleProposal(TypedDict):
    """Decisions of people that are alike."""

    pattern: str
    tolerance: SignedMoney
    support: int
    counter_examples: int
    ready: bool
    back_test: BackTest


class LeftOpen(TypedDict):
    """A discrepancy that was open when its run was signed."""

    discrepancy: str
    reason: LeftOpenReason


class BackTest(TypedDict):
    """What a rule would have done with every difference of history, held against what became of it."""

    decided: int
    agreeing: int
    undecided: int
    disagreeing: int
    disagreements: List[Disagreement]


class Disagreement(TypedDict):
    """A difference that a rule would have decided and that ended otherwise."""

    discrepancy: str
    ending: str


class _SignOff(TypedDict):
    """Members always there."""

    state: SignOffState
    left_open: int


class SignOff(_SignOff, total=False):
    """The names under a run."""

    sha256: str
    first_by: str
    first_at: int
    second_by: str
    second_at: int
    reopened_at: int
    cause: str


class ToSign(TypedDict):
    """What a name would stand under now."""

    sha256: str
    undecided: int
    left_open: List[LeftOpen]


class CurrencyConversion(TypedDict):
    """Payments and refunds of one currency that the gateway credited in another, and what it exchanged within a balance of several currencies, added up, and what became of the difference. All but charged are in the currency of credited, signed as they change the balance; fee is positive where it costs."""

    rows: int
    charged: SignedMoney
    credited: SignedMoney
    worth: SignedMoney
    fee: SignedMoney
    rate: SignedMoney
    margin: SignedMoney
    rounding: SignedMoney
    unexplained: SignedMoney


class PayoutProof(TypedDict):
    """A payout and the rows that add up to it, to the last minor unit."""

    statement: str
    line: int
    amount: SignedMoney
    basis: PayoutBasis
    rows: int
    from_at: int
    to_at: int
    alternatives: int


class _PayoutArrival(TypedDict):
    """Members always there."""

    statement: str
    line: int
    account: str
    amount: SignedMoney


class PayoutArrival(_PayoutArrival, total=False):
    """A payout that reached a bank account."""

    credits: List[StatementPlace]


class StatementPlace(TypedDict):
    """A row of a statement."""

    statement: str
    line: int


class _CarriedCosts(TypedDict):
    """Members always there."""

    statement: str
    line: int


class CarriedCosts(_CarriedCosts, total=False):
    """What a row of an earlier statement costs."""

    fee: SignedMoney
    coupon: SignedMoney
    conversion: CurrencyConversion


class PayoutAwaited(TypedDict):
    """A payout that the bank should bring."""

    statement: str
    line: int
    sent_at: int
    due_at: int


class PayoutReturn(TypedDict):
    """A payout that the bank turned away: the gateway has its money again."""

    statement: str
    line: int
    return_statement: str
    return_line: int


class _Witness(TypedDict):
    """Members always there."""

    voice: str
    spoken: bool
    discrepancies: List[str]


class Witness(_Witness, total=False):
    """One of the three that know of a payment."""

    says: str
    amount: SignedMoney
    at: int
    row: str


class RunProof(TypedDict):
    """That a run lost nothing, in one currency: bill less bill_waiting less differences is books less books_waiting, else there is a remainder."""

    bill: SignedMoney
    bill_waiting: SignedMoney
    books: SignedMoney
    books_waiting: SignedMoney
    differences: SignedMoney
    remainder: SignedMoney


class _Run(TypedDict):
    """Members always there."""

    id: str
    statement: str
    gateway: str
    content: StatementContent
    from_at: int
    to_at: int
    made_at: int
    made_by: str
    statement_rows: int
    local_rows: int
    matched: int
    filled_back: int
    opened: int
    known: int
    statement_buckets: List[BucketTotal]
    local_buckets: List[BucketTotal]
    fund_buckets: List[BucketTotal]
    bank_buckets: List[BucketTotal]
    proofs: List[RunProof]
    conversions: List[CurrencyConversion]
    payouts: List[PayoutProof]
    sha256: str
    sign_off: SignOff


class Run(_Run, total=False):
    """One comparison of a statement with our books."""

    fund: str
    bank: str
    unfinished: bool


class _StatementRow(TypedDict):
    """Members always there."""

    statement: str
    line: int
    at: int


class StatementRow(_StatementRow, total=False):
    """A row of a statement."""

    gateway_txn_id: str
    reference: str
    parent: str
    fee: SignedMoney
    coupon: SignedMoney
    credited: SignedMoney


class LedgerBalance(TypedDict):
    """What an account holds in one currency."""

    account: str
    debit: SignedMoney


class LedgerLine(TypedDict):
    """One line of an entry."""

    account: str
    debit: SignedMoney


class _LedgerEntry(TypedDict):
    """Members always there."""

    number: int
    cause: str
    at: int
    event: str
    debit: SignedMoney
    lines: List[LedgerLine]


class LedgerEntry(_LedgerEntry, total=False):
    """Money moving between accounts; its lines add up to nothing."""

    order: str
    corrects: int


class _Adjudication(TypedDict):
    """Members always there."""

    verb: AdjudicationVerb
    reason: str
    proposed_by: str
    second_person: bool


class Adjudication(_Adjudication, total=False):
    """A decision about a discrepancy."""

    until: int
    partner: str


class _Discrepancy(TypedDict):
    """Members always there."""

    id: str
    run: str
    statement: str
    gateway: str
    kind: DiscrepancyKind
    number: str
    level: HandlingLevel
    expected: SignedMoney
    actual: SignedMoney
    suggestions: Any
    cause: str
    handling: str
    state: DiscrepancyState
    decisions: List[AdjudicationVerb]
    opened_at: int
    due_at: int
    version: int


class Discrepancy(_Discrepancy, total=False):
    """One difference between our books and a statement."""

    difference: SignedMoney
    theirs: StatementRow
    bank: StatementRow
    ours: str
    order: str
    resolution: DiscrepancyResolution
    adjudication: Adjudication
    escalated_at: int
    resolved_at: int
    resolved_by: str


class _Bill(TypedDict):
    """Members always there."""

    gateway: str
    kind: BillKind
    day: str
    state: BillState
    tries: int


class Bill(_Bill, total=False):
    """A bill of a gateway: one for each kind and day."""

    last_try_at: int
    next_at: int
    reason: str
    statement: str


class CommonResult(TypedDict, total=False):
    """Members that any result may have."""

    cursor: str
    replayed: bool
    dry_run: bool
    warnings: List[str]


class _AuditVerifyResult(CommonResult):
    """Members always there."""

    ok: bool
    events: int


class AuditVerifyResult(_AuditVerifyResult, total=False):
    """Result of audit.verify."""

    first_bad: int
    head: str
    receipts: int
    bad_receipt: str
    sign_offs: int
    bad_sign_off: str
    ledger_hours: int
    bad_ledger_hour: int


class BatchRunResult(CommonResult):
    """Result of batch.run."""

    results: List[Any]


class CaseAssignResult(CommonResult):
    """Result of case.assign."""

    case: Case


class CaseCloseResult(CommonResult):
    """Result of case.close."""

    case: Case


class CaseConfirmResult(CommonResult):
    """Result of case.confirm."""

    case: Case


class CaseGetResult(CommonResult):
    """Result of case.get."""

    case: Case
    notes: List[CaseNote]


class CaseLinkResult(CommonResult):
    """Result of case.link."""

    case: Case


class _CaseListResult(CommonResult):
    """Members always there."""

    cases: List[Case]


class CaseListResult(_CaseListResult, total=False):
    """Result of case.list."""

    next: str


class CaseNoteResult(CommonResult):
    """Result of case.note."""

    case: Case


class CaseOpenResult(CommonResult):
    """Result of case.open."""

    case: Case


class _CasePaperResult(CommonResult):
    """Members always there."""

    paper: CasePaper
    content_base64: str


class CasePaperResult(_CasePaperResult, total=False):
    """Result of case.paper."""

    name: str


class CaseReopenResult(CommonResult):
    """Result of case.reopen."""

    case: Case


class CaseResolveResult(CommonResult):
    """Result of case.resolve."""

    case: Case


class DeliveryClaimResult(CommonResult):
    """Result of delivery.claim."""

    delivery: Delivery
    claim: str


class DeliveryCompleteResult(CommonResult):
    """Result of delivery.complete."""

    delivery: Delivery


class DeliveryFailResult(CommonResult):
    """Result of delivery.fail."""

    delivery: Delivery


class DeliveryHoldResult(CommonResult):
    """Result of delivery.hold."""

    deliveries: List[Delivery]


class _DeliveryListResult(CommonResult):
    """Members always there."""

    deliveries: List[Delivery]


class DeliveryListResult(_DeliveryListResult, total=False):
    """Result of delivery.list."""

    next: str


class DeliveryReleaseResult(CommonResult):
    """Result of delivery.release."""

    delivery: Delivery


class DeliveryRetryResult(CommonResult):
    """Result of delivery.retry."""

    deliveries: List[Delivery]


class DeliveryRevokeResult(CommonResult):
    """Result of delivery.revoke."""

    deliveries: List[Delivery]


class DeliveryUnholdResult(CommonResult):
    """Result of delivery.unhold."""

    deliveries: List[Delivery]


class DiscrepancyConfirmResult(CommonResult):
    """Result of discrepancy.confirm."""

    discrepancy: Discrepancy


class DiscrepancyGetResult(CommonResult):
    """Result of discrepancy.get."""

    discrepancy: Discrepancy


class _DiscrepancyListResult(CommonResult):
    """Members always there."""

    discrepancies: List[Discrepancy]


class DiscrepancyListResult(_DiscrepancyListResult, total=False):
    """Result of discrepancy.list."""

    next: str


class DiscrepancyProposeResult(CommonResult):
    """Result of discrepancy.propose."""

    discrepancy: Discrepancy


class DiscrepancyRejectResult(CommonResult):
    """Result of discrepancy.reject."""

    discrepancy: Discrepancy


class DiscrepancySummaryResult(CommonResult):
    """Result of discrepancy.summary."""

    undecided: List[DeskPile]
    ages: List[AgeCount]
    opened: List[KindOpened]
    by_machine: int
    in_time: int
    late: int
    causes: List[CauseCount]


class DiscrepancyUndoResult(CommonResult):
    """Result of discrepancy.undo."""

    discrepancy: Discrepancy


class DisputeAttachResult(CommonResult):
    """Result of dispute.attach."""

    dispute: Dispute
    attachment: Attachment
    known: bool


class _DisputeAttachmentResult(CommonResult):
    """Members always there."""

    attachment: Attachment
    content_base64: str


class DisputeAttachmentResult(_DisputeAttachmentResult, total=False):
    """Result of dispute.attachment."""

    name: str


class DisputeGetResult(CommonResult):
    """Result of dispute.get."""

    dispute: Dispute


class _DisputeListResult(CommonResult):
    """Members always there."""

    disputes: List[Dispute]


class DisputeListResult(_DisputeListResult, total=False):
    """Result of dispute.list."""

    next: str


class DisputeQueryResult(CommonResult):
    """Result of dispute.query."""

    dispute: Dispute
    asked: bool


class EventsAckResult(CommonResult):
    """Result of events.ack."""

    consumer: str


class EventsReadResult(CommonResult):
    """Result of events.read."""

    events: List[Event]
    more: bool


class EventsWaitResult(CommonResult):
    """Result of events.wait."""

    events: List[Event]
    more: bool
    timed_out: bool


class _GatewayCheckResult(CommonResult):
    """Members always there."""

    gateway: str
    ok: bool
    finding: str
    text: str


class GatewayCheckResult(_GatewayCheckResult, total=False):
    """Result of gateway.check."""

    hint: str
    latency_ms: int


class GatewayHealthResult(CommonResult):
    """Result of gateway.health."""

    gateways: List[GatewayHealth]


class GatewayListResult(CommonResult):
    """Result of gateway.list."""

    gateways: List[Gateway]


class GatewayPauseResult(CommonResult):
    """Result of gateway.pause."""

    gateway: Gateway


class GatewayResumeResult(CommonResult):
    """Result of gateway.resume."""

    gateway: Gateway


class _HookListResult(CommonResult):
    """Members always there."""

    hooks: List[Hook]
    messages: List[HookMessage]


class HookListResult(_HookListResult, total=False):
    """Result of hook.list."""

    next: str


class HookRetryResult(CommonResult):
    """Result of hook.retry."""

    message: str


class _KeyLookupResult(CommonResult):
    """Members always there."""

    state: KeyState


class KeyLookupResult(_KeyLookupResult, total=False):
    """Result of key.lookup."""

    method: str
    created_at: int
    reply: Any


class LedgerBalancesResult(CommonResult):
    """Result of ledger.balances."""

    balances: List[LedgerBalance]
    balanced: bool
    entries: int


class _LedgerTraceResult(CommonResult):
    """Members always there."""

    entries: List[LedgerEntry]


class LedgerTraceResult(_LedgerTraceResult, total=False):
    """Result of ledger.trace."""

    next: int


class _NotificationGetResult(CommonResult):
    """Members always there."""

    receipt: Receipt


class NotificationGetResult(_NotificationGetResult, total=False):
    """Result of notification.get."""

    body: ReceiptBody


class _NotificationIngestResult(CommonResult):
    """Members always there."""

    verdict: Verdict
    ack: Ack


class NotificationIngestResult(_NotificationIngestResult, total=False):
    """Result of notification.ingest."""

    receipt: str
    payment: str
    order: str
    reason: str


class _NotificationListResult(CommonResult):
    """Members always there."""

    receipts: List[Receipt]


class NotificationListResult(_NotificationListResult, total=False):
    """Result of notification.list."""

    next: str


class _NotificationReplayResult(CommonResult):
    """Members always there."""

    verdict: Verdict
    receipt: Receipt


class NotificationReplayResult(_NotificationReplayResult, total=False):
    """Result of notification.replay."""

    payment: str


class _OrderAcceptResult(CommonResult):
    """Members always there."""

    order: Order
    accepted: bool


class OrderAcceptResult(_OrderAcceptResult, total=False):
    """Result of order.accept."""

    proposed_by: str


class OrderCancelResult(CommonResult):
    """Result of order.cancel."""

    order: Order
    closing: bool


class OrderCreateResult(CommonResult):
    """Result of order.create."""

    order: Order


class OrderErasePersonalResult(CommonResult):
    """Result of order.erase_personal."""

    order: Order


class OrderFindResult(CommonResult):
    """Result of order.find."""

    matches: List[Found]


class OrderGetResult(CommonResult):
    """Result of order.get."""

    order: Order


class _OrderListResult(CommonResult):
    """Members always there."""

    orders: List[Order]


class OrderListResult(_OrderListResult, total=False):
    """Result of order.list."""

    next: str


class OrderTellResult(CommonResult):
    """Result of order.tell."""

    order: str
    tell: Tell


class OrderTimelineResult(CommonResult):
    """Result of order.timeline."""

    order: str
    steps: List[TimelineStep]


class _OrderWaitResult(CommonResult):
    """Members always there."""

    order: Order
    timed_out: bool


class OrderWaitResult(_OrderWaitResult, total=False):
    """Result of order.wait."""

    reached: WaitState


class OrderWhyResult(CommonResult):
    """Result of order.why."""

    order: str
    why: Why


class PaymentCloseResult(CommonResult):
    """Result of payment.close."""

    payment: Payment
    closing: bool


class PaymentCreateResult(CommonResult):
    """Result of payment.create."""

    payment: Payment
    reused: bool


class PaymentGetResult(CommonResult):
    """Result of payment.get."""

    payment: Payment


class _PaymentListResult(CommonResult):
    """Members always there."""

    payments: List[Payment]


class PaymentListResult(_PaymentListResult, total=False):
    """Result of payment.list."""

    next: str


class PaymentQueryResult(CommonResult):
    """Result of payment.query."""

    payment: Payment
    asked: bool


class _PaymentResolveResult(CommonResult):
    """Members always there."""

    payment: Payment
    resolved: bool


class PaymentResolveResult(_PaymentResolveResult, total=False):
    """Result of payment.resolve."""

    proposed_by: str


class _PollDueResult(CommonResult):
    """Members always there."""

    entries: List[PollEntry]


class PollDueResult(_PollDueResult, total=False):
    """Result of poll.due."""

    next: str


class PollRunResult(CommonResult):
    """Result of poll.run."""

    scheduled: int


class _PollStatusResult(CommonResult):
    """Members always there."""

    due: int
    in_flight: int
    watched: int
    long_open: int
    gateways: List[PollGateway]


class PollStatusResult(_PollStatusResult, total=False):
    """Result of poll.status."""

    oldest_due_ms: int
    next_due_at: int


class ProtocolDescribeResult(CommonResult):
    """Result of protocol.describe."""

    schema: str
    files: List[ContractFile]


class ProtocolPingResult(CommonResult, total=False):
    """Result of protocol.ping."""

    echo: Any


class _ReconGetResult(CommonResult):
    """Members always there."""

    run: Run
    kinds: List[KindCount]


class ReconGetResult(_ReconGetResult, total=False):
    """Result of recon.get."""

    to_sign: ToSign


class _ReconListResult(CommonResult):
    """Members always there."""

    runs: List[Run]


class ReconListResult(_ReconListResult, total=False):
    """Result of recon.list."""

    next: str


class ReconRunResult(CommonResult):
    """Result of recon.run."""

    run: Run
    kinds: List[KindCount]


class ReconSignResult(CommonResult):
    """Result of recon.sign."""

    run: Run


class RefundApproveResult(CommonResult):
    """Result of refund.approve."""

    refund: Refund


class RefundCreateResult(CommonResult):
    """Result of refund.create."""

    refund: Refund


class RefundGetResult(CommonResult):
    """Result of refund.get."""

    refund: Refund


class _RefundListResult(CommonResult):
    """Members always there."""

    refunds: List[Refund]


class RefundListResult(_RefundListResult, total=False):
    """Result of refund.list."""

    next: str


class RefundQueryResult(CommonResult):
    """Result of refund.query."""

    refund: Refund
    asked: bool


class RefundRejectResult(CommonResult):
    """Result of refund.reject."""

    refund: Refund


class RuleActivateResult(CommonResult):
    """Result of rule.activate."""

    rule: Rule


class RuleDeactivateResult(CommonResult):
    """Result of rule.deactivate."""

    rule: Rule


class RuleGetResult(CommonResult):
    """Result of rule.get."""

    rule: Rule
    back_test: BackTest
    decisions: int
    taken_back: int
    confirmed: int
    turned_down: int


class _RuleListResult(CommonResult):
    """Members always there."""

    rules: List[Rule]


class RuleListResult(_RuleListResult, total=False):
    """Result of rule.list."""

    next: str


class RuleProposalsResult(CommonResult):
    """Result of rule.proposals."""

    proposals: List[RuleProposal]


class _SandboxBehaveResult(CommonResult):
    """Members always there."""

    gateway: str
    faults: List[Fault]


class SandboxBehaveResult(_SandboxBehaveResult, total=False):
    """Result of sandbox.behave."""

    until_at: int


class _SandboxBooksResult(CommonResult):
    """Members always there."""

    trades: List[Trade]


class SandboxBooksResult(_SandboxBooksResult, total=False):
    """Result of sandbox.books."""

    next: str


class SandboxDisputeResult(CommonResult):
    """Result of sandbox.dispute."""

    trade: Trade


class SandboxPayResult(CommonResult):
    """Result of sandbox.pay."""

    trade: Trade


class ServerBackupResult(CommonResult):
    """Result of server.backup."""

    name: str
    bytes: int
    sha256: str
    events: int
    at: int


class ServerConnectionsResult(CommonResult):
    """Result of server.connections."""

    connections: List[Connection]


class ServerDisconnectResult(CommonResult):
    """Result of server.disconnect."""

    connection: int
    closed: bool


class ServerDrainResult(CommonResult):
    """Result of server.drain."""

    state: ServerState


class _ServerHealthResult(CommonResult):
    """Members always there."""

    state: ServerState
    ready: bool
    version: str
    uptime_ms: int
    now_at: int


class ServerHealthResult(_ServerHealthResult, total=False):
    """Result of server.health."""

    reason: str


class ServerMetricsResult(CommonResult):
    """Result of server.metrics."""

    metrics: List[Metric]


class ServerReloadResult(CommonResult):
    """Result of server.reload."""

    changed: List[str]
    restart_needed: List[str]


class _ServerStatusResult(CommonResult):
    """Members always there."""

    state: ServerState
    version: str
    instance: str
    epoch: str
    schema: str
    started_at: int
    connections: int
    orders: int
    payments_open: int
    events: int
    queue_depth: int
    polls_due: int
    hooks_pending: int
    attention: int
    search_lag: int
    store_bytes: int
    retention: List[Retention]
    time_scale: str


class ServerStatusResult(_ServerStatusResult, total=False):
    """Result of server.status."""

    config: str


class StatementAppendResult(CommonResult):
    """Result of statement.append."""

    received: int


class StatementBeginResult(CommonResult):
    """Result of statement.begin."""

    statement: str
    received: int


class StatementBillsResult(CommonResult):
    """Result of statement.bills."""

    bills: List[Bill]


class StatementFetchResult(CommonResult):
    """Result of statement.fetch."""

    bills: List[Bill]


class StatementGetResult(CommonResult):
    """Result of statement.get."""

    statement: Statement


class _StatementImportResult(CommonResult):
    """Members always there."""

    statement: Statement
    known: bool
    left_out: List[str]
    filled_back: int


class StatementImportResult(_StatementImportResult, total=False):
    """Result of statement.import."""

    supersedes: str
    preview: StatementPreview


class _StatementListResult(CommonResult):
    """Members always there."""

    statements: List[Statement]


class StatementListResult(_StatementListResult, total=False):
    """Result of statement.list."""

    next: str
