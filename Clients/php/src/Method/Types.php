<?php

// Generated from Protocol/ by `swift run generate`; do not edit.

declare(strict_types=1);

namespace Till\Method;

/**
 * Objects as they are on the wire, for static analysis.
 *
 * @phpstan-type PayState 'created'|'awaiting'|'processing'|'expired'|'cancelled'|'review'|'paid'|'partially_refunded'|'refunded'|'charged_back'
 * @phpstan-type DeliveryState 'none'|'pending'|'held'|'reserved'|'delivering'|'delivered'|'failed'|'revoked'
 * @phpstan-type RiskState 'clear'|'flagged'|'held'|'verifying'|'cleared'|'refused'
 * @phpstan-type DisputeState 'none'|'open'|'won'|'lost'
 * @phpstan-type OrderFlag 'late'|'excess'|'short'|'mismatch'|'forced'|'auto_refunded'|'frozen'|'attention'|'test'|'weak'
 * @phpstan-type PaymentState 'init'|'submitted'|'awaiting_buyer'|'processing'|'unknown'|'stale'|'closing'|'closed'|'failed'|'succeeded'|'reversed'
 * @phpstan-type RefundState 'requested'|'approved'|'submitted'|'processing'|'unknown'|'succeeded'|'failed'|'returned'|'rejected'|'withdrawn'
 * @phpstan-type DisputeStatus 'warning'|'needs_response'|'under_review'|'won'|'lost'|'warning_closed'|'prevented'|'accepted'|'withdrawn'
 * @phpstan-type DisputeFunds 'none'|'withdrawn'|'reinstated'
 * @phpstan-type DisputeEvidence 'receipt'|'delivery_proof'|'communication'|'policy'|'screenshot'|'other'
 * @phpstan-type Verdict 'applied'|'noop'|'received'|'parked'|'rejected'
 * @phpstan-type EvidenceStrength 'e5'|'e4'|'e3'|'e2'|'e1'|'e0'
 * @phpstan-type EvidenceSource 'notice'|'query'|'create'|'close'|'refund'|'statement'|'operators'|'timer'|'record'
 * @phpstan-type ActionKind 'qr'|'redirect'|'form'|'client_secret'|'transfer'
 * @phpstan-type ActorKind 'client'|'operator'|'notice'|'statement'|'rule'|'poller'|'timer'|'recovery'|'system'
 * @phpstan-type ClosingCause 'expired'|'cancelled'|'replaced'|'paid'|'requested'
 * @phpstan-type ServerState 'starting'|'ready'|'readonly'|'recovering'|'draining'
 * @phpstan-type CircuitState 'closed'|'open'|'half_open'
 * @phpstan-type GatewayState 'ready'|'degraded'|'paused'|'down'|'missing'
 * @phpstan-type LikelyCause 'none'|'address'|'key'|'network'
 * @phpstan-type PayoutBasis 'batch'|'days'
 * @phpstan-type PollReason 'schedule'|'watched'|'expiry'|'closing'|'guard'|'compare'|'hint'|'long_tail'|'recovery'|'asked'|'backoff'|'repeat'|'gateway_missing'
 * @phpstan-type StatementContent 'trade'|'fund'|'bank'|'settlement'
 * @phpstan-type DiscrepancyKind 'missing_at_gateway'|'missing_locally'|'unknown_money'|'gateway_success_only'|'local_success_only'|'amount_more'|'amount_less'|'fee_more'|'fee_less'|'fee_on_refund'|'currency'|'gateway_number'|'duplicate_payment'|'duplicate_row'|'refund_missing_at_gateway'|'refund_missing_locally'|'refund_amount'|'refund_status'|'carry_over_aged_out'|'payout_sum'|'payout_not_arrived'|'exchange_unexplained'|'unknown_dispute'|'statement_unsound'|'bank_row_without_payout'|'delivered_not_paid'|'paid_not_delivered'|'wrong_merchant'
 * @phpstan-type DiscrepancyState 'open'|'waiting'|'proposed'|'resolved'
 * @phpstan-type DiscrepancyResolution 'filled_back'|'left_out'|'agrees'|'adjudicated'
 * @phpstan-type CaseKind 'discrepancy'|'stale_payment'|'excess'|'refund_returned'|'buyer_claim'|'refund'|'dispute'|'delivery'|'gateway'|'other'
 * @phpstan-type CaseSeverity 'normal'|'high'
 * @phpstan-type CaseState 'open'|'assigned'|'waiting_buyer'|'waiting_gateway'|'waiting_bank'|'proposed'|'resolved'|'closed'
 * @phpstan-type CaseWait 'nobody'|'buyer'|'gateway'|'bank'
 * @phpstan-type CauseCode 'callback_lost'|'gateway_delay'|'gateway_error'|'bank_delay'|'bill_wrong'|'fee_contract'|'paid_twice'|'wrong_amount'|'account_abnormal'|'region_limit'|'buyer_error'|'fraud'|'our_error'|'no_fault'|'other'
 * @phpstan-type DeskAge 'under_2h'|'under_1d'|'under_3d'|'under_7d'|'older'
 * @phpstan-type SignOffState 'unsigned'|'half_signed'|'signed'|'reopened'
 * @phpstan-type RuleMode 'suggest'|'close'
 * @phpstan-type LeftOpenReason 'waiting'|'in_case'
 * @phpstan-type AdjudicationVerb 'accept_gateway'|'accept_local'|'write_off'|'move_to_suspense'|'refund_buyer'|'claim_from_gateway'|'merge_match'|'wait_until'
 * @phpstan-type HandlingLevel 'machine'|'one_person'|'two_persons'|'lead_and_gateway'
 * @phpstan-type Bucket 'matched'|'tolerated'|'differing'|'grouped'|'pooled'|'duplicate'|'one_sided'|'suggested'|'apart'
 * @phpstan-type WaitState 'created'|'awaiting'|'processing'|'expired'|'cancelled'|'review'|'paid'|'partially_refunded'|'refunded'|'charged_back'|'none'|'pending'|'held'|'reserved'|'delivering'|'delivered'|'failed'|'revoked'
 * @phpstan-type FoundBy 'order_no'|'order_id'|'payment_id'|'refund_id'|'out_trade_no'|'gateway_txn_id'|'gateway_payment_id'|'refund_no'|'gateway_refund_id'
 * @phpstan-type StepState 'done'|'current'|'waiting'|'stopped'
 * @phpstan-type RetentionKind 'keys'|'calls'|'receipts'|'trail'|'personal'
 * @phpstan-type OrderSort 'newest'|'oldest'|'amount_desc'|'amount_asc'|'paid_desc'
 * @phpstan-type Lang 'zh'|'en'
 * @phpstan-type KeyState 'absent'|'running'|'done'
 * @phpstan-type CancelState 'cancelled'|'finishing'|'unknown'
 * @phpstan-type StreamEnd 'complete'|'cancelled'|'draining'|'limit'
 * @phpstan-type Callback 'deliver'|'lose'|'duplicate'|'delay'
 * @phpstan-type SandboxState 'paid'|'failed'|'processing'|'closed'
 * @phpstan-type Fault 'none'|'slow'|'down'|'hang'|'error_5xx_after_success'|'torn_answer'|'wrong_amount'|'wrong_currency'|'wrong_signature'|'unknown_status'|'not_exist_lie'|'success_after_close'|'already_paid_on_close'|'rate_limit'|'refund_returned'
 * @phpstan-type HookState 'ready'|'sending'|'retry'|'done'|'dead'
 * @phpstan-type MetricKind 'counter'|'gauge'|'histogram'
 * @phpstan-type SubjectKind 'payment'|'refund'|'dispute'
 * @phpstan-type BillKind 'trade'|'fund'|'settlement'
 * @phpstan-type BillState 'waiting'|'kept'|'imported'|'done'|'empty'|'gone'|'unusable'
 * @phpstan-type Money array{currency: string, minor: int}
 * @phpstan-type Line array{sku?: string, name: string, quantity: int, unit_price: Money}
 * @phpstan-type LoggedLine array{sku?: string, name: string, quantity: int, unit_price: int}
 * @phpstan-type Buyer array{user_id?: string, email?: string, phone?: string, ip?: string, country?: string, user_agent?: string, device?: string}
 * @phpstan-type Reason array{code: string, gateway_code?: string, text: string}
 * @phpstan-type Order array{id: string, order_no: string, pay_state: PayState, delivery_state: DeliveryState, risk_state: RiskState, dispute_state: DisputeState, amount: Money, captured: Money, refunded: Money, excess: Money, charged_back?: Money, subject: string, lines: list<Line>, buyer?: Buyer, source?: string, metadata?: array<string, mixed>, flags: list<OrderFlag>, last_failure?: Reason, created_at: int, first_seen_processing_at?: int, paid_at?: int, expires_at: int, refunded_at?: int, delivered_at?: int, version: int, payments: list<string>}
 * @phpstan-type Action array{kind: ActionKind, value: string, expires_at?: int, exact_amount?: Money}
 * @phpstan-type Evidence array{id: string, source: EvidenceSource, strength: EvidenceStrength, at: int, sha256?: string, says?: string}
 * @phpstan-type Payment array{id: string, order: string, gateway: string, kind: string, method: string, state: PaymentState, amount: Money, captured?: Money, fee?: Money, net?: Money, settlement?: Money, out_trade_no: string, gateway_txn_id?: string, gateway_payment_id?: string, action?: Action, reason?: Reason, next_query_at?: int, queries: int, evidence: list<Evidence>, created_at: int, paid_at?: int, closed_at?: int, reversed_at?: int, expires_at: int, witnesses?: list<Witness>, version: int}
 * @phpstan-type Refund array{id: string, payment: string, order: string, refund_no: string, amount: Money, state: RefundState, reason?: string, requested_by: string, approved_by?: string, gateway_refund_id?: string, failure?: Reason, next_query_at?: int, created_at: int, approved_at?: int, submitted_at?: int, finished_at?: int, version: int}
 * @phpstan-type Attachment array{id: string, kind: DisputeEvidence, media_type: string, bytes: int, sha256: string, by: string, at: int}
 * @phpstan-type Dispute array{id: string, payment: string, order: string, gateway: string, gateway_dispute_id: string, state: DisputeStatus, gateway_status: string, amount: Money, funds: DisputeFunds, reason?: Reason, due_at?: int, alerted_hours?: int, evidence: list<Evidence>, attachments: list<Attachment>, next_query_at?: int, opened_at: int, closed_at?: int, version: int}
 * @phpstan-type Delivery array{id: string, order: string, line: int, state: DeliveryState, claim?: string, claimed_by?: string, lease_until?: int, reference?: string, reason?: string, delivered_at?: int, version: int}
 * @phpstan-type Receipt array{id: string, gateway: string, received_at: int, verdict: Verdict, payment?: string, order?: string, sha256: string, bytes: int, strength?: EvidenceStrength, reason?: string}
 * @phpstan-type ReceiptBody array{http_method?: string, query?: string, headers: array<string, string>, body_base64: string, source_ip?: string}
 * @phpstan-type Ack array{status: int, headers: array<string, string>, body: string}
 * @phpstan-type Event array{id: string, seq: int, tx: int, type: string, at: int, order?: string, payment?: string, refund?: string, dispute?: string, actor: string, trace?: string, version: int, data: array<string, mixed>}
 * @phpstan-type Problem array{code: string, path: string, message: string, hint?: string, did_you_mean?: list<string>}
 * @phpstan-type Phrase array{zh: string, en: string}
 * @phpstan-type TimelineStep array{at: int, type: string, text: Phrase, actor: string, payment?: string, refund?: string, event?: string, evidence?: Evidence, gateway_at?: int}
 * @phpstan-type Because array{fact: string, text: Phrase, at?: int, payment?: string, refund?: string, event?: string, evidence: list<Evidence>}
 * @phpstan-type NextStep array{what: string, at?: int, text: Phrase}
 * @phpstan-type Why array{pay_state: PayState, rule: int, text: Phrase, because: list<Because>, next: list<NextStep>, missing: list<Phrase>, people: list<NextStep>}
 * @phpstan-type ProgressStep array{key: string, done: bool, state: StepState, at?: int, text: string}
 * @phpstan-type Tell array{lang: Lang, state: string, buyer: string, support: string, can_pay: bool, retry_after_ms?: int, next_check_at?: int, steps: list<ProgressStep>}
 * @phpstan-type Found array{found_by: FoundBy, order: Order, payment?: string, refund?: string}
 * @phpstan-type Gateway array{name: string, kind: string, state: GatewayState, circuit: CircuitState, methods: list<string>, currencies: list<string>, test: bool, experimental?: bool, can: list<string>, paused_by?: string, reason?: string, open?: int}
 * @phpstan-type GatewayHealth array{gateway: string, state: GatewayState, circuit: CircuitState, calls: int, failures: int, latency_p50_ms?: int, latency_p99_ms?: int, successes: int, callbacks_lost: int, lost_share: string, likely_cause: LikelyCause, receipts_rejected: int, last_receipt_at?: int, last_success_at?: int, last_failure_at?: int, last_failure?: string, open_payments: int, open_disputes: int, dispute_due_at?: int, live: LiveComparison}
 * @phpstan-type LiveComparison array{compared_at?: int, compared: int, found: int, differing: int, unknown: int, waiting: int}
 * @phpstan-type PollEntry array{subject: SubjectKind, payment?: string, refund?: string, dispute?: string, order: string, gateway: string, state: string, due_at: int, why: PollReason, queries: int, last_query_at?: int, last_answer?: string}
 * @phpstan-type Retention array{kind: RetentionKind, days: int, removed: int, swept_at?: int}
 * @phpstan-type PollGateway array{gateway: string, due: int, oldest_due_ms?: int, in_flight: int, open: int, qps: string, circuit: CircuitState, paused: bool, missing?: bool}
 * @phpstan-type Peer array{uid: int, principal: string, roles: list<string>, operator?: string}
 * @phpstan-type Connection array{id: int, uid: int, pid?: int, listener: string, principal: string, operator?: string, roles: list<string>, client?: string, connected_at: int, last_request_at?: int, requests: int, in_flight: int, subscriptions: int, output_bytes: int}
 * @phpstan-type Metric array{name: string, kind: MetricKind, help: string, samples: list<Sample>}
 * @phpstan-type Sample array{labels: array<string, string>, value: int}
 * @phpstan-type ContractFile array{path: string, content: mixed}
 * @phpstan-type BatchCall array{method: string, params?: array<string, mixed>}
 * @phpstan-type Hook array{name: string, kind: string, types: list<string>, pending: int, dead: int, oldest_at?: int, last_ok_at?: int, last_error?: string}
 * @phpstan-type HookMessage array{id: string, hook: string, event: string, type: string, state: HookState, tries: int, due_at?: int, error?: string}
 * @phpstan-type Trade array{gateway: string, out_trade_no: string, gateway_txn_id: string, state: string, amount: Money, paid?: Money, refunded?: Money, paid_at?: int, callback?: string}
 * @phpstan-type ProtocolRange array{min: int, max: int}
 * @phpstan-type SignedMoney array{currency: string, minor: int}
 * @phpstan-type StatementTotal array{kind: string, rows: int, sum: SignedMoney}
 * @phpstan-type StatementFigure array{subject: string, stated: int, found: int}
 * @phpstan-type Statement array{id: string, gateway: string, content: StatementContent, layout: string, charset: string, name?: string, sha256: string, bytes: int, from_at: int, to_at: int, rows: int, skipped: int, totals: list<StatementTotal>, figures: list<StatementFigure>, verified: bool, imported_at: int, imported_by: string, superseded_by?: string}
 * @phpstan-type PreviewRow array{line: int, kind: string, status: string, at: int, amount: SignedMoney, fee?: SignedMoney, gateway_txn_id?: string, reference?: string, parent?: string}
 * @phpstan-type RefusedRow array{line: int, message: string, hint?: string}
 * @phpstan-type StatementPreview array{rows: list<PreviewRow>, unknown_columns: list<string>, refused: list<RefusedRow>, refused_rows: int}
 * @phpstan-type BucketTotal array{bucket: Bucket, rows: int, sum: SignedMoney}
 * @phpstan-type KindCount array{kind: DiscrepancyKind, state: DiscrepancyState, count: int}
 * @phpstan-type CasePaper array{id: string, media_type: string, bytes: int, sha256: string, by: string, at: int}
 * @phpstan-type Case array{id: string, kind: CaseKind, severity: CaseSeverity, state: CaseState, links: list<string>, owner?: string, due_at?: int, opened_at: int, opened_by: string, answered_at?: int, escalated_at?: int, cause?: CauseCode, proposed_by?: string, resolved_by?: string, resolved_at?: int, closed_at?: int, papers: list<CasePaper>, version: int}
 * @phpstan-type CaseNote array{paper: string, by: string, at: int, text: string}
 * @phpstan-type DeskPile array{kind: DiscrepancyKind, count: int, overdue: int, oldest_at: int, at_stake: SignedMoney}
 * @phpstan-type AgeCount array{age: DeskAge, count: int}
 * @phpstan-type KindOpened array{kind: DiscrepancyKind, count: int}
 * @phpstan-type CauseCount array{cause: CauseCode, count: int}
 * @phpstan-type Rule array{id: string, pattern: string, mode: RuleMode, tolerance: SignedMoney, support: int, replayed: int, disagreeing: int, active: bool, activated_at: int, activated_by: string, deactivated_at?: int, deactivated_by?: string, counter_example?: string}
 * @phpstan-type RuleProposal array{pattern: string, tolerance: SignedMoney, support: int, counter_examples: int, ready: bool, back_test: BackTest}
 * @phpstan-type LeftOpen array{discrepancy: string, reason: LeftOpenReason}
 * @phpstan-type BackTest array{decided: int, agreeing: int, undecided: int, disagreeing: int, disagreements: list<Disagreement>}
 * @phpstan-type Disagreement array{discrepancy: string, ending: string}
 * @phpstan-type SignOff array{state: SignOffState, sha256?: string, left_open: int, first_by?: string, first_at?: int, second_by?: string, second_at?: int, reopened_at?: int, cause?: string}
 * @phpstan-type ToSign array{sha256: string, undecided: int, left_open: list<LeftOpen>}
 * @phpstan-type CurrencyConversion array{rows: int, charged: SignedMoney, credited: SignedMoney, worth: SignedMoney, fee: SignedMoney, rate: SignedMoney, margin: SignedMoney, rounding: SignedMoney, unexplained: SignedMoney}
 * @phpstan-type PayoutProof array{statement: string, line: int, amount: SignedMoney, basis: PayoutBasis, rows: int, from_at: int, to_at: int, alternatives: int}
 * @phpstan-type PayoutArrival array{statement: string, line: int, account: string, amount: SignedMoney, credits?: list<StatementPlace>}
 * @phpstan-type StatementPlace array{statement: string, line: int}
 * @phpstan-type CarriedCosts array{statement: string, line: int, fee?: SignedMoney, coupon?: SignedMoney, conversion?: CurrencyConversion}
 * @phpstan-type PayoutAwaited array{statement: string, line: int, sent_at: int, due_at: int}
 * @phpstan-type PayoutReturn array{statement: string, line: int, return_statement: string, return_line: int}
 * @phpstan-type Witness array{voice: string, spoken: bool, says?: string, amount?: SignedMoney, at?: int, row?: string, discrepancies: list<string>}
 * @phpstan-type RunProof array{bill: SignedMoney, bill_waiting: SignedMoney, books: SignedMoney, books_waiting: SignedMoney, differences: SignedMoney, remainder: SignedMoney}
 * @phpstan-type Run array{id: string, statement: string, fund?: string, bank?: string, gateway: string, content: StatementContent, from_at: int, to_at: int, made_at: int, made_by: string, statement_rows: int, local_rows: int, matched: int, filled_back: int, opened: int, known: int, unfinished?: bool, statement_buckets: list<BucketTotal>, local_buckets: list<BucketTotal>, fund_buckets: list<BucketTotal>, bank_buckets: list<BucketTotal>, proofs: list<RunProof>, conversions: list<CurrencyConversion>, payouts: list<PayoutProof>, sha256: string, sign_off: SignOff}
 * @phpstan-type StatementRow array{statement: string, line: int, gateway_txn_id?: string, reference?: string, parent?: string, at: int, fee?: SignedMoney, coupon?: SignedMoney, credited?: SignedMoney}
 * @phpstan-type LedgerBalance array{account: string, debit: SignedMoney}
 * @phpstan-type LedgerLine array{account: string, debit: SignedMoney}
 * @phpstan-type LedgerEntry array{number: int, cause: string, at: int, event: string, order?: string, corrects?: int, debit: SignedMoney, lines: list<LedgerLine>}
 * @phpstan-type Adjudication array{verb: AdjudicationVerb, reason: string, proposed_by: string, until?: int, partner?: string, second_person: bool}
 * @phpstan-type Discrepancy array{id: string, run: string, statement: string, gateway: string, kind: DiscrepancyKind, number: string, level: HandlingLevel, expected: SignedMoney, actual: SignedMoney, difference?: SignedMoney, theirs?: StatementRow, bank?: StatementRow, ours?: string, order?: string, suggestions: mixed, cause: string, handling: string, state: DiscrepancyState, resolution?: DiscrepancyResolution, adjudication?: Adjudication, decisions: list<AdjudicationVerb>, opened_at: int, due_at: int, escalated_at?: int, resolved_at?: int, resolved_by?: string, version: int}
 * @phpstan-type Bill array{gateway: string, kind: BillKind, day: string, state: BillState, tries: int, last_try_at?: int, next_at?: int, reason?: string, statement?: string}
 */
interface Types
{
}
