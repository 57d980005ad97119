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
 * @phpstan-type Verdict 'applied'|'noop'|'parked'|'rejected'
 * @phpstan-type EvidenceStrength 'e5'|'e4'|'e3'|'e2'|'e1'|'e0'
 * @phpstan-type EvidenceSource 'notice'|'query'|'create'|'close'|'refund'|'statement'|'operators'|'timer'
 * @phpstan-type ActionKind 'qr'|'redirect'|'form'|'client_secret'|'transfer'
 * @phpstan-type ActorKind 'client'|'operator'|'notice'|'poller'|'timer'|'recovery'|'system'
 * @phpstan-type ClosingCause 'expired'|'cancelled'|'replaced'|'paid'|'requested'
 * @phpstan-type ServerState 'starting'|'ready'|'readonly'|'recovering'|'draining'
 * @phpstan-type CircuitState 'closed'|'open'|'half_open'
 * @phpstan-type GatewayState 'ready'|'degraded'|'paused'|'down'|'missing'
 * @phpstan-type LikelyCause 'none'|'address'|'key'|'network'
 * @phpstan-type PollReason 'schedule'|'watched'|'expiry'|'closing'|'guard'|'long_tail'|'recovery'|'asked'|'backoff'|'repeat'|'gateway_missing'
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
 * @phpstan-type SubjectKind 'payment'|'refund'
 * @phpstan-type Money array{currency: string, minor: int}
 * @phpstan-type Line array{sku?: string, name: string, quantity: int, unit_price: Money}
 * @phpstan-type LoggedLine array{sku?: string, name: string, quantity: int, unit_price: int}
 * @phpstan-type Buyer array{user_id?: string, email?: string, phone?: string, ip?: string, country?: string, user_agent?: string, device?: string}
 * @phpstan-type Reason array{code: string, gateway_code?: string, text: string}
 * @phpstan-type Order array{id: string, order_no: string, pay_state: PayState, delivery_state: DeliveryState, risk_state: RiskState, dispute_state: DisputeState, amount: Money, captured: Money, refunded: Money, excess: Money, subject: string, lines: list<Line>, buyer?: Buyer, source?: string, metadata?: array<string, mixed>, flags: list<OrderFlag>, last_failure?: Reason, created_at: int, first_seen_processing_at?: int, paid_at?: int, expires_at: int, refunded_at?: int, delivered_at?: int, version: int, payments: list<string>}
 * @phpstan-type Action array{kind: ActionKind, value: string, expires_at?: int, exact_amount?: Money}
 * @phpstan-type Evidence array{id: string, source: EvidenceSource, strength: EvidenceStrength, at: int, sha256?: string, says?: string}
 * @phpstan-type Payment array{id: string, order: string, gateway: string, kind: string, method: string, state: PaymentState, amount: Money, captured?: Money, fee?: Money, net?: Money, settlement?: Money, out_trade_no: string, gateway_txn_id?: string, gateway_payment_id?: string, action?: Action, reason?: Reason, next_query_at?: int, queries: int, evidence: list<Evidence>, created_at: int, paid_at?: int, closed_at?: int, expires_at: int, version: int}
 * @phpstan-type Refund array{id: string, payment: string, order: string, refund_no: string, amount: Money, state: RefundState, reason?: string, requested_by: string, approved_by?: string, gateway_refund_id?: string, failure?: Reason, next_query_at?: int, created_at: int, approved_at?: int, submitted_at?: int, finished_at?: int, version: int}
 * @phpstan-type Delivery array{id: string, order: string, line: int, state: DeliveryState, claim?: string, claimed_by?: string, lease_until?: int, reference?: string, reason?: string, delivered_at?: int, version: int}
 * @phpstan-type Receipt array{id: string, gateway: string, received_at: int, verdict: Verdict, payment?: string, order?: string, sha256: string, bytes: int, strength?: EvidenceStrength, reason?: string}
 * @phpstan-type ReceiptBody array{http_method?: string, query?: string, headers: array<string, string>, body_base64: string, source_ip?: string}
 * @phpstan-type Ack array{status: int, headers: array<string, string>, body: string}
 * @phpstan-type Event array{id: string, seq: int, tx: int, type: string, at: int, order?: string, payment?: string, refund?: string, actor: string, trace?: string, version: int, data: array<string, mixed>}
 * @phpstan-type Problem array{code: string, path: string, message: string, hint?: string, did_you_mean?: list<string>}
 * @phpstan-type Phrase array{zh: string, en: string}
 * @phpstan-type TimelineStep array{at: int, type: string, text: Phrase, actor: string, payment?: string, refund?: string, event?: string, evidence?: Evidence, gateway_at?: int}
 * @phpstan-type Because array{fact: string, text: Phrase, at?: int, payment?: string, refund?: string, event?: string, evidence: list<Evidence>}
 * @phpstan-type NextStep array{what: string, at?: int, text: Phrase}
 * @phpstan-type Why array{pay_state: PayState, rule: int, text: Phrase, because: list<Because>, next: list<NextStep>, missing: list<Phrase>, people: list<NextStep>}
 * @phpstan-type ProgressStep array{key: string, done: bool, state: StepState, at?: int, text: string}
 * @phpstan-type Tell array{lang: Lang, state: string, buyer: string, support: string, can_pay: bool, retry_after_ms?: int, next_check_at?: int, steps: list<ProgressStep>}
 * @phpstan-type Found array{found_by: FoundBy, order: Order, payment?: string, refund?: string}
 * @phpstan-type Gateway array{name: string, kind: string, state: GatewayState, circuit: CircuitState, methods: list<string>, currencies: list<string>, test: bool, can: list<string>, paused_by?: string, reason?: string, open?: int}
 * @phpstan-type GatewayHealth array{gateway: string, state: GatewayState, circuit: CircuitState, calls: int, failures: int, latency_p50_ms?: int, latency_p99_ms?: int, successes: int, callbacks_lost: int, lost_share: string, likely_cause: LikelyCause, receipts_rejected: int, last_receipt_at?: int, last_success_at?: int, last_failure_at?: int, last_failure?: string, open_payments: int}
 * @phpstan-type PollEntry array{subject: SubjectKind, payment?: string, refund?: string, order: string, gateway: string, state: string, due_at: int, why: PollReason, queries: int, last_query_at?: int, last_answer?: string}
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
 */
interface Types
{
}
