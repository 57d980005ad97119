// Generated from Protocol/ by `swift run generate`; do not edit.

import { ReplyError } from "../failure.js";

/** The line is not the JSON this protocol speaks. Nothing was read, nothing happened. */
export class ParseError extends ReplyError {}

/** The line is JSON but not a request. Nothing happened. */
export class RequestError extends ReplyError {}

/** There is no method of this name. */
export class MethodError extends ReplyError {}

/** A parameter is missing, unknown or outside its schema. Nothing happened. */
export class InvalidError extends ReplyError {}

/** The daemon broke one of its own rules. The outcome says what is known. */
export class InternalError extends ReplyError {}

/** The caller may not do this. */
export class DeniedError extends ReplyError {}

/** Nothing visible to the caller has this name or number. */
export class NotFoundError extends ReplyError {}

/** The request is well formed and a rule or the present state forbids it. */
export class ConflictError extends ReplyError {}

/** A limit of concurrency is reached. The same request later may pass. */
export class BusyError extends ReplyError {}

/** The daemon or a part of it is not able to do this now. */
export class UnavailableError extends ReplyError {}

/** The gateway did not do what was asked, or nobody knows whether it did. */
export class UpstreamError extends ReplyError {}

/** Time ran out, or the caller gave up. */
export class DeadlineError extends ReplyError {}

/** How far an order is paid: the first rule that holds of decisions on its payments, refunds and disputes. A newer daemon may send other words. */
export type PayState =
  | "created" | "awaiting" | "processing" | "expired" | "cancelled" | "review" | "paid"
  | "partially_refunded" | "refunded" | "charged_back";

/** How far the goods are handed out. A newer daemon may send other words. */
export type DeliveryState =
  | "none" | "pending" | "held" | "reserved" | "delivering" | "delivered" | "failed" | "revoked";

/** What risk says of an order. A newer daemon may send other words. */
export type RiskState =
  | "clear" | "flagged" | "held" | "verifying" | "cleared" | "refused";

/** Whether the buyer's bank disputes. A newer daemon may send other words. */
export type DisputeState =
  | "none" | "open" | "won" | "lost";

/** What is unusual about an order. A newer daemon may send other words. */
export type OrderFlag =
  | "late" | "excess" | "short" | "mismatch" | "forced" | "auto_refunded" | "frozen" | "attention"
  | "test" | "weak";

/** One try to get an order paid at one gateway. A newer daemon may send other words. */
export type PaymentState =
  | "init" | "submitted" | "awaiting_buyer" | "processing" | "unknown" | "stale" | "closing"
  | "closed" | "failed" | "succeeded" | "reversed";

/** Money going back for one payment. A newer daemon may send other words. */
export type RefundState =
  | "requested" | "approved" | "submitted" | "processing" | "unknown" | "succeeded" | "failed"
  | "returned" | "rejected" | "withdrawn";

/** How one dispute stands, in the words that all gateways have in common. A newer daemon may send other words. */
export type DisputeStatus =
  | "warning" | "needs_response" | "under_review" | "won" | "lost" | "warning_closed" | "prevented"
  | "accepted" | "withdrawn";

/** Where disputed money is. A newer daemon may send other words. */
export type DisputeFunds =
  | "none" | "withdrawn" | "reinstated";

/** What an attachment of a dispute shows. A newer daemon may send other words. */
export type DisputeEvidence =
  | "receipt" | "delivery_proof" | "communication" | "policy" | "screenshot" | "other";

/** What became of a notification. A newer daemon may send other words. */
export type Verdict =
  | "applied" | "noop" | "received" | "parked" | "rejected";

/** How much a statement about money proves, strongest first. A newer daemon may send other words. */
export type EvidenceStrength =
  | "e5" | "e4" | "e3" | "e2" | "e1" | "e0";

/** Who said it. A newer daemon may send other words. */
export type EvidenceSource =
  | "notice" | "query" | "create" | "close" | "refund" | "statement" | "operators" | "timer"
  | "record";

/** What the buyer's page must do. A newer daemon may send other words. */
export type ActionKind =
  | "qr" | "redirect" | "form" | "client_secret" | "transfer";

/** Who caused an event: the first word of actor. A newer daemon may send other words. */
export type ActorKind =
  | "client" | "operator" | "notice" | "statement" | "rule" | "poller" | "timer" | "recovery"
  | "system";

/** Why a payment is closed. A newer daemon may send other words. */
export type ClosingCause =
  | "expired" | "cancelled" | "replaced" | "paid" | "requested";

/** What the daemon can do now. A newer daemon may send other words. */
export type ServerState =
  | "starting" | "ready" | "readonly" | "recovering" | "draining";

/** Whether calls to a gateway pass. A newer daemon may send other words. */
export type CircuitState =
  | "closed" | "open" | "half_open";

/** Whether new payments are made at a gateway. A newer daemon may send other words. */
export type GatewayState =
  | "ready" | "degraded" | "paused" | "down" | "missing";

/** Why callbacks are lost. A newer daemon may send other words. */
export type LikelyCause =
  | "none" | "address" | "key" | "network";

/** How the rows of a payout were found. A newer daemon may send other words. */
export type PayoutBasis =
  | "batch" | "days";

/** Why a payment or refund is asked at that time. A newer daemon may send other words. */
export type PollReason =
  | "schedule" | "watched" | "expiry" | "closing" | "guard" | "compare" | "hint" | "long_tail"
  | "recovery" | "asked" | "backoff" | "repeat" | "gateway_missing";

/** What a statement holds. A newer daemon may send other words. */
export type StatementContent =
  | "trade" | "fund" | "bank" | "settlement";

/** How our books and a statement differ. A newer daemon may send other words. */
export type DiscrepancyKind =
  | "missing_at_gateway" | "missing_locally" | "unknown_money" | "gateway_success_only"
  | "local_success_only" | "amount_more" | "amount_less" | "fee_more" | "fee_less" | "fee_on_refund"
  | "currency" | "gateway_number" | "duplicate_payment" | "duplicate_row"
  | "refund_missing_at_gateway" | "refund_missing_locally" | "refund_amount" | "refund_status"
  | "carry_over_aged_out" | "payout_sum" | "payout_not_arrived" | "exchange_unexplained"
  | "unknown_dispute" | "statement_unsound" | "bank_row_without_payout" | "delivered_not_paid"
  | "paid_not_delivered" | "wrong_merchant";

/** Where a discrepancy stands. A newer daemon may send other words. */
export type DiscrepancyState =
  | "open" | "waiting" | "proposed" | "resolved";

/** How a discrepancy ended. A newer daemon may send other words. */
export type DiscrepancyResolution =
  | "filled_back" | "left_out" | "agrees" | "adjudicated";

/** What a case is about. A newer daemon may send other words. */
export type CaseKind =
  | "discrepancy" | "stale_payment" | "excess" | "refund_returned" | "buyer_claim" | "refund"
  | "dispute" | "delivery" | "gateway" | "other";

/** How much hangs on a case. A newer daemon may send other words. */
export type CaseSeverity =
  | "normal" | "high";

/** Where a case stands. A newer daemon may send other words. */
export type CaseState =
  | "open" | "assigned" | "waiting_buyer" | "waiting_gateway" | "waiting_bank" | "proposed"
  | "resolved" | "closed";

/** Whom the work waits for. A newer daemon may send other words. */
export type CaseWait =
  | "nobody" | "buyer" | "gateway" | "bank";

/** Why it came to it. Counted, so that what happens often is mended at its root. A newer daemon may send other words. */
export type CauseCode =
  | "callback_lost" | "gateway_delay" | "gateway_error" | "bank_delay" | "bill_wrong"
  | "fee_contract" | "paid_twice" | "wrong_amount" | "account_abnormal" | "region_limit"
  | "buyer_error" | "fraud" | "our_error" | "no_fault" | "other";

/** How long nobody has decided. A newer daemon may send other words. */
export type DeskAge =
  | "under_2h" | "under_1d" | "under_3d" | "under_7d" | "older";

/** How far people stand for a run. A newer daemon may send other words. */
export type SignOffState =
  | "unsigned" | "half_signed" | "signed" | "reopened";

/** How far a rule goes. A newer daemon may send other words. */
export type RuleMode =
  | "suggest" | "close";

/** Why a discrepancy may stay open under a signature. A newer daemon may send other words. */
export type LeftOpenReason =
  | "waiting" | "in_case";

/** What people can decide about a discrepancy. A newer daemon may send other words. */
export type AdjudicationVerb =
  | "accept_gateway" | "accept_local" | "write_off" | "move_to_suspense" | "refund_buyer"
  | "claim_from_gateway" | "merge_match" | "wait_until";

/** How many people a discrepancy takes. A newer daemon may send other words. */
export type HandlingLevel =
  | "machine" | "one_person" | "two_persons" | "lead_and_gateway";

/** Where a row ended; every row is in exactly one. A newer daemon may send other words. */
export type Bucket =
  | "matched" | "tolerated" | "differing" | "grouped" | "pooled" | "duplicate" | "one_sided"
  | "suggested" | "apart";

/** Any pay_state or delivery_state: what an order is waited for. A newer daemon may send other words. */
export type WaitState =
  | "created" | "awaiting" | "processing" | "expired" | "cancelled" | "review" | "paid"
  | "partially_refunded" | "refunded" | "charged_back" | "none" | "pending" | "held" | "reserved"
  | "delivering" | "delivered" | "failed" | "revoked";

/** Which number matched. A newer daemon may send other words. */
export type FoundBy =
  | "order_no" | "order_id" | "payment_id" | "refund_id" | "out_trade_no" | "gateway_txn_id"
  | "gateway_payment_id" | "refund_no" | "gateway_refund_id";

/** Where an order stands with a step of the buyer's page. A newer daemon may send other words. */
export type StepState =
  | "done" | "current" | "waiting" | "stopped";

/** What is kept for a time only. A newer daemon may send other words. */
export type RetentionKind =
  | "keys" | "calls" | "receipts" | "trail" | "personal";

/** Order of a list of orders. A newer daemon may send other words. */
export type OrderSort =
  | "newest" | "oldest" | "amount_desc" | "amount_asc" | "paid_desc";

/** A language. A newer daemon may send other words. */
export type Lang =
  | "zh" | "en";

/** What became of a key. A newer daemon may send other words. */
export type KeyState =
  | "absent" | "running" | "done";

/** What session.cancel did. A newer daemon may send other words. */
export type CancelState =
  | "cancelled" | "finishing" | "unknown";

/** Why a subscription ended. A newer daemon may send other words. */
export type StreamEnd =
  | "complete" | "cancelled" | "draining" | "limit";

/** What the sandbox does with its notification of a payment. A newer daemon may send other words. */
export type Callback =
  | "deliver" | "lose" | "duplicate" | "delay";

/** What the buyer does at the sandbox. A newer daemon may send other words. */
export type SandboxState =
  | "paid" | "failed" | "processing" | "closed";

/** How a sandbox misbehaves. A newer daemon may send other words. */
export type Fault =
  | "none" | "slow" | "down" | "hang" | "error_5xx_after_success" | "torn_answer" | "wrong_amount"
  | "wrong_currency" | "wrong_signature" | "unknown_status" | "not_exist_lie"
  | "success_after_close" | "already_paid_on_close" | "rate_limit" | "refund_returned";

/** Where an outgoing message stands. A newer daemon may send other words. */
export type HookState =
  | "ready" | "sending" | "retry" | "done" | "dead";

/** How a metric behaves. A newer daemon may send other words. */
export type MetricKind =
  | "counter" | "gauge" | "histogram";

/** What is asked about. A newer daemon may send other words. */
export type SubjectKind =
  | "payment" | "refund" | "dispute";

/** What a gateway's bill is about. A newer daemon may send other words. */
export type BillKind =
  | "trade" | "fund" | "settlement";

/** How far getting a bill is. A newer daemon may send other words. */
export type BillState =
  | "waiting" | "kept" | "imported" | "done" | "empty" | "gone" | "unusable";

/** An amount. Never a bare number, never rounded. */
export interface Money {
  /** ISO 4217. */
  currency: string;
  /** Minor units: fen, cents, yen. */
  minor: number;
}

/** One article of an order. */
export interface Line {
  /** The shop's number of the article. */
  sku?: string;
  /** What it is called. */
  name: string;
  /** How many. */
  quantity: number;
  /** Price of one. */
  unit_price: Money;
}

/** An article as the log keeps it. */
export interface LoggedLine {
  /** The shop's number of the article. */
  sku?: string;
  /** What it is called. */
  name: string;
  /** How many. */
  quantity: number;
  /** Price of one, in minor units of the order's currency. */
  unit_price: number;
}

/** Who buys. All members are personal data: kept apart from the log and erasable. */
export interface Buyer {
  /** The shop's number of the buyer. */
  user_id?: string;
  /** E-mail. */
  email?: string;
  /** Telephone. */
  phone?: string;
  /** Address the buyer came from. */
  ip?: string;
  /** Country of the address. */
  country?: string;
  /** Browser. */
  user_agent?: string;
  /** Fingerprint of the device. */
  device?: string;
}

/** Why a payment or order is where it is. */
export interface Reason {
  /** Our code, for example balance_low. */
  code: string;
  /** The gateway's code. */
  gateway_code?: string;
  /** In words. */
  text: string;
}

/** What a shop wants to be paid for. */
export interface Order {
  /** Id. */
  id: string;
  /** The shop's number. */
  order_no: string;
  /** Money. */
  pay_state: PayState;
  /** Goods. */
  delivery_state: DeliveryState;
  /** Risk. */
  risk_state: RiskState;
  /** Disputes. */
  dispute_state: DisputeState;
  /** What is due. */
  amount: Money;
  /** What came, reversals taken off. */
  captured: Money;
  /** What went back. */
  refunded: Money;
  /** What came above what is due and has not been given back. */
  excess: Money;
  /** What the buyer has by lost disputes; absent if nothing. */
  charged_back?: Money;
  /** What the buyer pays for. */
  subject: string;
  /** Articles; empty if none were given. */
  lines: Line[];
  /** Who buys. */
  buyer?: Buyer;
  /** Where it came from. */
  source?: string;
  /** The shop's own members. */
  metadata?: Record<string, unknown>;
  /** What is unusual. */
  flags: OrderFlag[];
  /** Why the last payment failed. */
  last_failure?: Reason;
  /** Created. */
  created_at: number;
  /** First sign of the buyer. */
  first_seen_processing_at?: number;
  /** Paid, by the gateway's clock where it says. */
  paid_at?: number;
  /** Takes no payment after. */
  expires_at: number;
  /** Last refund done. */
  refunded_at?: number;
  /** Handed out. */
  delivered_at?: number;
  /** Changes so far. */
  version: number;
  /** Its payments, oldest first. */
  payments: string[];
}

/** What the buyer must be shown. */
export interface Action {
  /** What to do with value. */
  kind: ActionKind;
  /** Code, address, form, secret or account. */
  value: string;
  /** Useless after. */
  expires_at?: number;
  /** To be paid to the cent, where it differs from the payment's amount. */
  exact_amount?: Money;
}

/** A statement about money, with who said it. */
export interface Evidence {
  /** A receipt (ntf_), a call (cal_), or what people named. */
  id: string;
  /** Who said it. */
  source: EvidenceSource;
  /** How much it proves. */
  strength: EvidenceStrength;
  /** When we heard it. */
  at: number;
  /** Digest of the bytes; absent for a word. */
  sha256?: string;
  /** What it says, in words. */
  says?: string;
}

/** One try to get an order paid at one gateway. */
export interface Payment {
  /** Id. */
  id: string;
  /** Its order. */
  order: string;
  /** Where. */
  gateway: string;
  /** Adapter of the gateway. */
  kind: string;
  /** How the buyer pays. */
  method: string;
  /** Where it stands. */
  state: PaymentState;
  /** What was asked. */
  amount: Money;
  /** What came. */
  captured?: Money;
  /** What the gateway kept, if known. */
  fee?: Money;
  /** What is left, if known. */
  net?: Money;
  /** What is settled in the shop's currency, if known. */
  settlement?: Money;
  /** Our number at the gateway. */
  out_trade_no: string;
  /** The gateway's number of the charge. */
  gateway_txn_id?: string;
  /** The gateway's number of the payment, where it has one before anything is charged. */
  gateway_payment_id?: string;
  /** What the buyer must be shown. */
  action?: Action;
  /** Why it failed, is unknown or closed. */
  reason?: Reason;
  /** When the gateway is asked next. */
  next_query_at?: number;
  /** Times the gateway was asked. */
  queries: number;
  /** What is known and from whom. */
  evidence: Evidence[];
  /** Created. */
  created_at: number;
  /** Paid. */
  paid_at?: number;
  /** Closed. */
  closed_at?: number;
  /** When the gateway told that it had given everything back by itself. */
  reversed_at?: number;
  /** Cannot be paid after, if the gateway keeps its word. */
  expires_at: number;
  /** Who has spoken of it, and what each said: the gateway, our books, the bill of its day. Only in payment.get. */
  witnesses?: Witness[];
  /** Changes so far. */
  version: number;
}

/** Money going back for one payment. */
export interface Refund {
  /** Id. */
  id: string;
  /** Its payment. */
  payment: string;
  /** Its order. */
  order: string;
  /** Our number at the gateway. */
  refund_no: string;
  /** How much. */
  amount: Money;
  /** Where it stands. */
  state: RefundState;
  /** Why. */
  reason?: string;
  /** Who asked. */
  requested_by: string;
  /** Who approved. */
  approved_by?: string;
  /** The gateway's number. */
  gateway_refund_id?: string;
  /** Why it failed. */
  failure?: Reason;
  /** When the gateway is asked next. */
  next_query_at?: number;
  /** Requested. */
  created_at: number;
  /** Approved. */
  approved_at?: number;
  /** First sent. */
  submitted_at?: number;
  /** Final state reached. */
  finished_at?: number;
  /** Changes so far. */
  version: number;
}

/** Something that supports the shop's side of a dispute. Its content is sealed and erasable. */
export interface Attachment {
  /** Id. */
  id: string;
  /** What it shows. */
  kind: DisputeEvidence;
  /** What its bytes are. */
  media_type: string;
  /** Length of the content. */
  bytes: number;
  /** Digest of the content. */
  sha256: string;
  /** Who attached it. */
  by: string;
  /** When. */
  at: number;
}

/** A buyer asks a bank or the gateway for the money of one payment. Its outcome is only ever the gateway's word. */
export interface Dispute {
  /** Id. */
  id: string;
  /** Its payment. */
  payment: string;
  /** Its order. */
  order: string;
  /** Its gateway. */
  gateway: string;
  /** The gateway's number. */
  gateway_dispute_id: string;
  /** Where it stands. */
  state: DisputeStatus;
  /** The gateway's own word. */
  gateway_status: string;
  /** What is disputed. */
  amount: Money;
  /** Where the money is. */
  funds: DisputeFunds;
  /** What the buyer or the bank says. */
  reason?: Reason;
  /** Until when the gateway takes an answer. */
  due_at?: number;
  /** The last alert about the due date: 72, 24 or 4 hours before it, 0 once it had passed. */
  alerted_hours?: number;
  /** What proves its states, oldest first. */
  evidence: Evidence[];
  /** What supports the shop's side. */
  attachments: Attachment[];
  /** When the gateway is asked next. */
  next_query_at?: number;
  /** When we learnt of it. */
  opened_at: number;
  /** Outcome learnt. */
  closed_at?: number;
  /** Changes so far. */
  version: number;
}

/** The handing out of one line of an order. */
export interface Delivery {
  /** Id. */
  id: string;
  /** Its order. */
  order: string;
  /** Number of the line, from 1; 0 for an order without lines. */
  line: number;
  /** Where it stands. */
  state: DeliveryState;
  /** The live claim; shown to who made it only. */
  claim?: string;
  /** Who holds the claim or held it last. */
  claimed_by?: string;
  /** End of the claim. */
  lease_until?: number;
  /** What the worker noted. */
  reference?: string;
  /** Why held, failed or revoked. */
  reason?: string;
  /** Handed out. */
  delivered_at?: number;
  /** Changes so far. */
  version: number;
}

/** A notification as it arrived. Kept as evidence. */
export interface Receipt {
  /** Id. */
  id: string;
  /** Where it says it is from. */
  gateway: string;
  /** When. */
  received_at: number;
  /** What became of it. */
  verdict: Verdict;
  /** The payment it is about. */
  payment?: string;
  /** Its order. */
  order?: string;
  /** Digest of the body. */
  sha256: string;
  /** Size of the body. */
  bytes: number;
  /** What its signature proves; absent if it proves nothing. */
  strength?: EvidenceStrength;
  /** Why rejected or parked. */
  reason?: string;
}

/** A notification verbatim. */
export interface ReceiptBody {
  /** Method. */
  http_method?: string;
  /** Query string. */
  query?: string;
  /** Headers. */
  headers: Record<string, string>;
  /** Body. */
  body_base64: string;
  /** Sender. */
  source_ip?: string;
}

/** What the front end must answer the gateway, exactly. */
export interface Ack {
  /** HTTP status. */
  status: number;
  /** Headers. */
  headers: Record<string, string>;
  /** Body. */
  body: string;
}

/** Something that became true. The log is append-only. */
export interface Event {
  /** Id. */
  id: string;
  /** Number in the log, without gaps. */
  seq: number;
  /** Transaction; equal for events committed together. */
  tx: number;
  /** Type; see events/. */
  type: string;
  /** When. */
  at: number;
  /** Order. */
  order?: string;
  /** Payment. */
  payment?: string;
  /** Refund. */
  refund?: string;
  /** Dispute. */
  dispute?: string;
  /** Who caused it, for example client:shop, operator:li, notice:alipay, poller. */
  actor: string;
  /** The caller's mark. */
  trace?: string;
  /** Version of the object after it; 0 if there is none. */
  version: number;
  /** Members by type; see events/. */
  data: Record<string, unknown>;
}

/** One fault of a request. */
export interface Problem {
  /** Error code. */
  code: string;
  /** JSON Pointer into the line. */
  path: string;
  /** In words. */
  message: string;
  /** What to do. */
  hint?: string;
  /** Known names near it. */
  did_you_mean?: string[];
}

/** One sentence in both languages. */
export interface Phrase {
  /** Chinese. */
  zh: string;
  /** English. */
  en: string;
}

/** One step in the life of an order. */
export interface TimelineStep {
  /** When. */
  at: number;
  /** Event type, or receipt, query, call. */
  type: string;
  /** In words. */
  text: Phrase;
  /** Who. */
  actor: string;
  /** Payment. */
  payment?: string;
  /** Refund. */
  refund?: string;
  /** Event. */
  event?: string;
  /** What proves it. */
  evidence?: Evidence;
  /** By the gateway's clock. */
  gateway_at?: number;
}

/** One fact that led to the state. */
export interface Because {
  /** Code of the fact. */
  fact: string;
  /** In words. */
  text: Phrase;
  /** Since when. */
  at?: number;
  /** Payment. */
  payment?: string;
  /** Refund. */
  refund?: string;
  /** Event. */
  event?: string;
  /** What proves it. */
  evidence: Evidence[];
}

/** What the daemon does next by itself. */
export interface NextStep {
  /** Code, for example query, close, expire. */
  what: string;
  /** When. */
  at?: number;
  /** In words. */
  text: Phrase;
}

/** The evidence for the present state. */
export interface Why {
  /** The state explained. */
  pay_state: PayState;
  /** Which rule of pay_state held, 1-9. */
  rule: number;
  /** In words. */
  text: Phrase;
  /** Facts, the deciding one first. */
  because: Because[];
  /** What happens next by itself. */
  next: NextStep[];
  /** What would have to be known or done for the state to change; empty where nothing is. */
  missing: Phrase[];
  /** What people can do now; what names the method. */
  people: NextStep[];
}

/** One step the buyer's page can draw. */
export interface ProgressStep {
  /** created, opened, paying, confirmed or delivered. */
  key: string;
  /** Behind us; the same as state done. */
  done: boolean;
  /** Where the order stands with it. */
  state: StepState;
  /** When. */
  at?: number;
  /** In words. */
  text: string;
}

/** One definite sentence for the buyer and one for support. */
export interface Tell {
  /** Language of the sentences. */
  lang: Lang;
  /** pay_state, or a finer word for it. */
  state: string;
  /** To the buyer. */
  buyer: string;
  /** To support: time, gateway, number, amount, where to look. */
  support: string;
  /** The pay button may be pressed. */
  can_pay: boolean;
  /** Ask again after. */
  retry_after_ms?: number;
  /** When the gateway is asked next. */
  next_check_at?: number;
  /** Progress for the page. */
  steps: ProgressStep[];
}

/** One match of a number. */
export interface Found {
  /** Which number matched. */
  found_by: FoundBy;
  /** The order. */
  order: Order;
  /** The payment. */
  payment?: string;
  /** The refund. */
  refund?: string;
}

/** A configured gateway. */
export interface Gateway {
  /** Name. */
  name: string;
  /** Adapter. */
  kind: string;
  /** Whether new payments are made. */
  state: GatewayState;
  /** Whether calls pass. */
  circuit: CircuitState;
  /** Ways to pay. */
  methods: string[];
  /** Currencies it takes; empty means any. */
  currencies: string[];
  /** A sandbox: no real money. */
  test: boolean;
  /** Its adapter was never tried at the company itself. */
  experimental?: boolean;
  /** Steps it has: query, close, cancel, refund, refund_query. */
  can: string[];
  /** Who paused it. */
  paused_by?: string;
  /** Why it is not ready. */
  reason?: string;
  /** Payments and refunds there that are still asked about. */
  open?: number;
}

/** How a gateway does. */
export interface GatewayHealth {
  /** Name. */
  gateway: string;
  /** State. */
  state: GatewayState;
  /** Circuit. */
  circuit: CircuitState;
  /** Calls in the last hour. */
  calls: number;
  /** Of these without a usable answer. */
  failures: number;
  /** Half of the answers of the last hour came within this time. */
  latency_p50_ms?: number;
  /** 99 of 100 came within it. */
  latency_p99_ms?: number;
  /** Payments learnt successful in the last day. */
  successes: number;
  /** Of these learnt by query first, although a callback was due. */
  callbacks_lost: number;
  /** callbacks_lost by successes, from 0 to 1. */
  lost_share: string;
  /** Why callbacks are lost. */
  likely_cause: LikelyCause;
  /** Notifications rejected in the last hour. */
  receipts_rejected: number;
  /** Last notification. */
  last_receipt_at?: number;
  /** Last call answered. */
  last_success_at?: number;
  /** Last call that the gateway or the way to it failed. */
  last_failure_at?: number;
  /** What that one failed of. */
  last_failure?: string;
  /** Payments open there. */
  open_payments: number;
  /** Disputes open there. */
  open_disputes: number;
  /** The nearest time until which one of them takes an answer. */
  dispute_due_at?: number;
  /** How our books and the gateway's agree before any bill. */
  live: LiveComparison;
}

/** What came of holding today's payments against what the gateway says of them: its list of what happened, every five minutes while payments happen, and one question about each paid payment later the same day. Numbers are of the last 24 hours. */
export interface LiveComparison {
  /** When last; absent before the first time. */
  compared_at?: number;
  /** Times a payment was held against the gateway's word. */
  compared: number;
  /** Paid there and not here: paid here since. */
  found: number;
  /** Paid here, and the gateway says something else: each is an attention mark on its order. */
  differing: number;
  /** Paid there with a number like ours that no order here has: another program at the same account, or lost books. */
  unknown: number;
  /** Paid payments that will be asked about once more. */
  waiting: number;
}

/** Something the scheduler will ask. */
export interface PollEntry {
  /** Payment, refund or dispute. */
  subject: SubjectKind;
  /** The payment. */
  payment?: string;
  /** The refund. */
  refund?: string;
  /** The dispute. */
  dispute?: string;
  /** Its order. */
  order: string;
  /** Who is asked. */
  gateway: string;
  /** State of the subject. */
  state: string;
  /** When. */
  due_at: number;
  /** Why then. */
  why: PollReason;
  /** Times asked so far. */
  queries: number;
  /** When asked last. */
  last_query_at?: number;
  /** What it said, in a word. */
  last_answer?: string;
}

/** What is kept for a time only, and how much of it has gone. */
export interface Retention {
  /** What. */
  kind: RetentionKind;
  /** Days since the last use; 0 keeps it for ever. */
  days: number;
  /** Rows removed, emptied or erased so far. */
  removed: number;
  /** When all of it was last gone through; absent before the first time. */
  swept_at?: number;
}

/** The scheduler's view of one gateway. */
export interface PollGateway {
  /** Name. */
  gateway: string;
  /** Due now. */
  due: number;
  /** How long the oldest has been due. */
  oldest_due_ms?: number;
  /** Being asked. */
  in_flight: number;
  /** Payments, refunds and disputes with a due time. */
  open: number;
  /** Rate allowed. */
  qps: string;
  /** Circuit. */
  circuit: CircuitState;
  /** New payments paused; queries go on. */
  paused: boolean;
  /** Not configured any more: what is open there cannot be asked about. */
  missing?: boolean;
}

/** Who the daemon takes the caller for. */
export interface Peer {
  /** User id the kernel reported. */
  uid: number;
  /** Owner of what this connection creates. */
  principal: string;
  /** Roles in force. */
  roles: string[];
  /** The person who presented a token. */
  operator?: string;
}

/** One client connection. */
export interface Connection {
  /** Number of the connection. */
  id: number;
  /** User. */
  uid: number;
  /** Process, at connect. */
  pid?: number;
  /** Listener it came by. */
  listener: string;
  /** Principal. */
  principal: string;
  /** Person. */
  operator?: string;
  /** Roles in force. */
  roles: string[];
  /** What it calls itself. */
  client?: string;
  /** Since. */
  connected_at: number;
  /** Last request. */
  last_request_at?: number;
  /** Requests so far. */
  requests: number;
  /** Requests in flight. */
  in_flight: number;
  /** Open subscriptions. */
  subscriptions: number;
  /** Bytes it has not taken yet. */
  output_bytes: number;
}

/** One number about the daemon. */
export interface Metric {
  /** Name, with unit last. */
  name: string;
  /** How it behaves. */
  kind: MetricKind;
  /** What it means. */
  help: string;
  /** Values. */
  samples: Sample[];
}

/** One value of a metric. */
export interface Sample {
  /** Labels. */
  labels: Record<string, string>;
  /** Value. */
  value: number;
}

/** One file of the contract. */
export interface ContractFile {
  /** Path below Protocol/. */
  path: string;
  /** Its content. */
  content: unknown;
}

/** One call of a batch. */
export interface BatchCall {
  /** Method; must be batchable. */
  method: string;
  /** Its params, without the common members. */
  params?: Record<string, unknown>;
}

/** A configured hook. */
export interface Hook {
  /** Name. */
  name: string;
  /** http or exec. */
  kind: string;
  /** Event filters. */
  types: string[];
  /** Messages not yet taken. */
  pending: number;
  /** Messages given up. */
  dead: number;
  /** Oldest message not taken. */
  oldest_at?: number;
  /** Last message taken. */
  last_ok_at?: number;
  /** What went wrong last. */
  last_error?: string;
}

/** One outgoing message. */
export interface HookMessage {
  /** Id. */
  id: string;
  /** Hook. */
  hook: string;
  /** Event. */
  event: string;
  /** Its type. */
  type: string;
  /** Where it stands. */
  state: HookState;
  /** Tries so far. */
  tries: number;
  /** Next try. */
  due_at?: number;
  /** What went wrong last. */
  error?: string;
}

/** One trade in the sandbox's books. */
export interface Trade {
  /** Which sandbox. */
  gateway: string;
  /** Our number. */
  out_trade_no: string;
  /** Its number. */
  gateway_txn_id: string;
  /** waiting, paid, processing, failed, closed or refunded. */
  state: string;
  /** Asked. */
  amount: Money;
  /** Paid. */
  paid?: Money;
  /** Paid back. */
  refunded?: Money;
  /** When. */
  paid_at?: number;
  /** What became of its notification. */
  callback?: string;
}

/** Versions of the protocol. */
export interface ProtocolRange {
  /** Lowest. */
  min: number;
  /** Highest. */
  max: number;
}

/** An amount or sum that may be below zero. */
export interface SignedMoney {
  /** ISO 4217. */
  currency: string;
  /** Minor units. */
  minor: number;
}

/** Rows of one kind and currency. */
export interface StatementTotal {
  /** What the rows are: charge, refund, refund_return, fee, payout, payout_return, dispute, adjustment, transfer, conversion, bank. */
  kind: string;
  /** How many. */
  rows: number;
  /** Their sum, as the balance sees it. */
  sum: SignedMoney;
}

/** A figure that a file states about itself. */
export interface StatementFigure {
  /** Of what: rows, charges, refunds, gross, refunded, fees, income, expense, closing_balance. */
  subject: string;
  /** As the file says; minor units, or a count. */
  stated: number;
  /** As its rows give. */
  found: number;
}

/** A bill or bank statement as it was taken in. Its bytes are kept. */
export interface Statement {
  /** Id. */
  id: string;
  /** Whose. */
  gateway: string;
  /** What it holds. */
  content: StatementContent;
  /** The layout it was read by. */
  layout: string;
  /** The character set it was read in. */
  charset: string;
  /** What the file was called. */
  name?: string;
  /** Digest of its bytes as they came. */
  sha256: string;
  /** Their number. */
  bytes: number;
  /** Its rows lie at or after. */
  from_at: number;
  /** And before. */
  to_at: number;
  /** Rows. */
  rows: number;
  /** Rows understood and left out, as those that moved no money. */
  skipped: number;
  /** Rows and sums by kind. */
  totals: StatementTotal[];
  /** What it states about itself. */
  figures: StatementFigure[];
  /** Every figure agrees with the rows. */
  verified: boolean;
  /** When. */
  imported_at: number;
  /** By whom. */
  imported_by: string;
  /** The one issued in its place. */
  superseded_by?: string;
}

/** A row of a file as it was understood. */
export interface PreviewRow {
  /** Of the file, from 1; rows that share a line are counted on from it. */
  line: number;
  /** charge, refund, refund_return, fee, payout, payout_return, dispute, adjustment, transfer or bank. */
  kind: string;
  /** succeeded, pending or failed. */
  status: string;
  /** When. */
  at: number;
  /** As the balance sees it. */
  amount: SignedMoney;
  /** Positive costs. */
  fee?: SignedMoney;
  /** The gateway's or bank's number. */
  gateway_txn_id?: string;
  /** Our number. */
  reference?: string;
  /** The charge that a refund belongs to; the text of a bank's row. */
  parent?: string;
}

/** A line of a file that does not read. */
export interface RefusedRow {
  /** Of the file, from 1. */
  line: number;
  /** Why. */
  message: string;
  /** What to do. */
  hint?: string;
}

/** How a file fits its layout. */
export interface StatementPreview {
  /** The first 10 rows. */
  rows: PreviewRow[];
  /** Columns of a table that nothing is read from. */
  unknown_columns: string[];
  /** The first 20 lines that do not read. */
  refused: RefusedRow[];
  /** All of them; a file that has one is not taken in. */
  refused_rows: number;
}

/** Rows that ended alike. */
export interface BucketTotal {
  /** Where. */
  bucket: Bucket;
  /** How many. */
  rows: number;
  /** Their sum. */
  sum: SignedMoney;
}

/** Discrepancies of one kind. */
export interface KindCount {
  /** Which. */
  kind: DiscrepancyKind;
  /** Where they stand. */
  state: DiscrepancyState;
  /** How many. */
  count: number;
}

/** A note or a piece of evidence of a case. Its content is sealed and erasable. */
export interface CasePaper {
  /** Id. */
  id: string;
  /** What its bytes are. */
  media_type: string;
  /** Length of the content. */
  bytes: number;
  /** Digest of the content. */
  sha256: string;
  /** Who wrote it. */
  by: string;
  /** When. */
  at: number;
}

/** Work for people. */
export interface Case {
  /** Id. */
  id: string;
  /** What it is about. */
  kind: CaseKind;
  /** How much hangs on it. */
  severity: CaseSeverity;
  /** Where it stands. */
  state: CaseState;
  /** What it is about, an order before what belongs to it. */
  links: string[];
  /** Whose work it is: an operator, or a principal of the peer map. */
  owner?: string;
  /** When somebody is reminded; absent where nothing is left to do. */
  due_at?: number;
  /** When. */
  opened_at: number;
  /** By whom; system for the daemon itself. */
  opened_by: string;
  /** When the first person did something. */
  answered_at?: number;
  /** Nobody had done anything in time; absent again once somebody has. */
  escalated_at?: number;
  /** Why it came to it. */
  cause?: CauseCode;
  /** Who named the cause. */
  proposed_by?: string;
  /** Who resolved it, or agreed. */
  resolved_by?: string;
  /** When. */
  resolved_at?: number;
  /** When. */
  closed_at?: number;
  /** Notes and evidence, oldest first. */
  papers: CasePaper[];
  /** Counts changes. */
  version: number;
}

/** What somebody wrote into a case. */
export interface CaseNote {
  /** Which of its papers. */
  paper: string;
  /** Who. */
  by: string;
  /** When. */
  at: number;
  /** What. */
  text: string;
}

/** Undecided discrepancies of one kind in one currency. */
export interface DeskPile {
  /** Which. */
  kind: DiscrepancyKind;
  /** How many. */
  count: number;
  /** Of these, past the time in which a person should have looked. */
  overdue: number;
  /** When the oldest was opened. */
  oldest_at: number;
  /** Sum of the differences, without their signs. */
  at_stake: SignedMoney;
}

/** Undecided discrepancies of one age. */
export interface AgeCount {
  /** Which. */
  age: DeskAge;
  /** How many. */
  count: number;
}

/** Discrepancies of one kind opened in a period. */
export interface KindOpened {
  /** Which. */
  kind: DiscrepancyKind;
  /** How many. */
  count: number;
}

/** Cases of one cause. */
export interface CauseCount {
  /** Which. */
  cause: CauseCode;
  /** How many were resolved in the period. */
  count: number;
}

/** A pattern of decisions that a person has put in force. */
export interface Rule {
  /** Id. */
  id: string;
  /** What it decides, and how. */
  pattern: string;
  /** How far it goes. */
  mode: RuleMode;
  /** Largest difference that it decides: the largest that people decided so. */
  tolerance: SignedMoney;
  /** Decisions of people that stood behind it when it was put in force. */
  support: number;
  /** Differences of history that it would have decided, when it was put in force. */
  replayed: number;
  /** Those among them that ended otherwise; 0 of a rule that decides by itself. */
  disagreeing: number;
  /** It is in force. */
  active: boolean;
  /** When it was put in force. */
  activated_at: number;
  /** By whom. */
  activated_by: string;
  /** When it was ended. */
  deactivated_at?: number;
  /** By whom. */
  deactivated_by?: string;
  /** The discrepancy about which a person decided otherwise. */
  counter_example?: string;
}

/** Decisions of people that are alike. */
export interface RuleProposal {
  /** What they decided, and how. */
  pattern: string;
  /** The largest difference among them. */
  tolerance: SignedMoney;
  /** How many stand. */
  support: number;
  /** How many would have been decided so and ended otherwise. */
  counter_examples: number;
  /** There are enough, and nothing is against them: it may decide by itself. */
  ready: boolean;
  /** The rule, played over all that ever differed. */
  back_test: BackTest;
}

/** A discrepancy that was open when its run was signed. */
export interface LeftOpen {
  /** Which. */
  discrepancy: string;
  /** Why that was right. */
  reason: LeftOpenReason;
}

/** What a rule would have done with every difference of history, held against what became of it. */
export interface BackTest {
  /** Differences that it would have decided. */
  decided: number;
  /** Those that people decided alike. */
  agreeing: number;
  /** Those that no person has decided: they prove nothing. */
  undecided: number;
  /** Those that ended otherwise. */
  disagreeing: number;
  /** Which those are, by their identifiers; at most the first 50. */
  disagreements: Disagreement[];
}

/** A difference that a rule would have decided and that ended otherwise. */
export interface Disagreement {
  /** Which. */
  discrepancy: string;
  /** The verb that people decided by; or taken_back, turned_down (a proposal), agrees (a later statement showed that nothing was to be decided). */
  ending: string;
}

/** The names under a run. */
export interface SignOff {
  /** How far it is signed. */
  state: SignOffState;
  /** Digest of the page under which the names stand; absent where none does. */
  sha256?: string;
  /** Discrepancies that the names leave open. */
  left_open: number;
  /** Who signed first. */
  first_by?: string;
  /** When. */
  first_at?: number;
  /** Who signed second. */
  second_by?: string;
  /** When. */
  second_at?: number;
  /** When the names fell. */
  reopened_at?: number;
  /** What made them fall: the discrepancy that changed, the run that came after, or the statement that was issued in place of one it rests on. */
  cause?: string;
}

/** What a name would stand under now. */
export interface ToSign {
  /** Digest of the page, as chapter 13 states it. */
  sha256: string;
  /** Discrepancies that must be decided, or given a day, before anybody can sign. */
  undecided: number;
  /** Those that stay open, and why. */
  left_open: LeftOpen[];
}

/** Payments and refunds of one currency that the gateway credited in another, and what it exchanged within a balance of several currencies, added up, and what became of the difference. All but charged are in the currency of credited, signed as they change the balance; fee is positive where it costs. */
export interface CurrencyConversion {
  /** Rows of the bill. */
  rows: number;
  /** As buyers paid, less what was given back; of an exchange within the balance, what was given. */
  charged: SignedMoney;
  /** As it reached the balance, before the fee. */
  credited: SignedMoney;
  /** What charged was worth at the reference rate of its day; where none was entered, at the gateway's own. Worth, rate, margin, rounding and unexplained make credited. */
  worth: SignedMoney;
  /** What the gateway kept as its fee and had not told before. */
  fee: SignedMoney;
  /** What the rate had moved against the reference, beyond the margin. */
  rate: SignedMoney;
  /** What the contract lets the gateway keep of an exchange. */
  margin: SignedMoney;
  /** Less than one unit a row, because amounts are whole. */
  rounding: SignedMoney;
  /** What is left; each row with some is a B22 of its own. */
  unexplained: SignedMoney;
}

/** A payout and the rows that add up to it, to the last minor unit. */
export interface PayoutProof {
  /** The bill that tells of it. */
  statement: string;
  /** Its row. */
  line: number;
  /** As it left the balance. */
  amount: SignedMoney;
  /** How its rows were found. */
  basis: PayoutBasis;
  /** How many they are. */
  rows: number;
  /** The gateway's time of the first. */
  from_at: number;
  /** And of the last. */
  to_at: number;
  /** How many stretches would do: 1 is a proof, more are a suggestion. */
  alternatives: number;
}

/** A payout that reached a bank account. */
export interface PayoutArrival {
  /** The bill that tells of it. */
  statement: string;
  /** Its row. */
  line: number;
  /** The account, as its statements are called. */
  account: string;
  /** As the bank credited it. */
  amount: SignedMoney;
  /** The bank's rows: several where it came in parts, shared where several came in one. Absent in events of before they were named. */
  credits?: StatementPlace[];
}

/** A row of a statement. */
export interface StatementPlace {
  /** Which one. */
  statement: string;
  /** Its line, from 1. */
  line: number;
}

/** What a row of an earlier statement costs. */
export interface CarriedCosts {
  /** The statement that it stands in. */
  statement: string;
  /** Its row. */
  line: number;
  /** What the gateway kept. */
  fee?: SignedMoney;
  /** What your own coupon took. */
  coupon?: SignedMoney;
  /** What it was credited as in another currency. */
  conversion?: CurrencyConversion;
}

/** A payout that the bank should bring. */
export interface PayoutAwaited {
  /** The bill that tells of the payout. */
  statement: string;
  /** Its row. */
  line: number;
  /** The gateway's time. */
  sent_at: number;
  /** The last moment at which it comes in time. */
  due_at: number;
}

/** A payout that the bank turned away: the gateway has its money again. */
export interface PayoutReturn {
  /** The bill that tells of the payout. */
  statement: string;
  /** Its row. */
  line: number;
  /** The bill that gives it back. */
  return_statement: string;
  /** Its row there. */
  return_line: number;
}

/** One of the three that know of a payment. */
export interface Witness {
  /** gateway, books or bill. */
  voice: string;
  /** Whether it has said anything yet. */
  spoken: boolean;
  /** paid, closed, failed or reversed; of our books the state; of a bill that should hold it and does not, missing. */
  says?: string;
  /** How much, where it is paid. */
  amount?: SignedMoney;
  /** When its word came, our books changed, or the bill says it happened. */
  at?: number;
  /** The statement and line of the bill. */
  row?: string;
  /** Where the bill contradicts our books. */
  discrepancies: string[];
}

/** That a run lost nothing, in one currency: bill less bill_waiting less differences is books less books_waiting, else there is a remainder. */
export interface RunProof {
  /** Net of the rows compared, with those that waited from earlier bills. */
  bill: SignedMoney;
  /** Of them, what waits for the next bill. */
  bill_waiting: SignedMoney;
  /** What the ledger holds at the gateway for the payments and refunds compared. */
  books: SignedMoney;
  /** Of it, what waits for the next bill. */
  books_waiting: SignedMoney;
  /** What the run's discrepancies explain. */
  differences: SignedMoney;
  /** What nothing explains; 0 where the run closes, and an alarm where it does not. */
  remainder: SignedMoney;
}

/** One comparison of a statement with our books. */
export interface Run {
  /** Id. */
  id: string;
  /** The statement. */
  statement: string;
  /** The bill of the balance compared beside it. */
  fund?: string;
  /** The bank's statement compared beside it. */
  bank?: string;
  /** Whose. */
  gateway: string;
  /** What it holds. */
  content: StatementContent;
  /** The days compared begin. */
  from_at: number;
  /** And end. */
  to_at: number;
  /** When. */
  made_at: number;
  /** By whom. */
  made_by: string;
  /** Rows of the statement, with those that waited from earlier ones. */
  statement_rows: number;
  /** Rows of ours. */
  local_rows: number;
  /** Rows of the statement that agree. */
  matched: number;
  /** Payments and refunds that the statement made known. */
  filled_back: number;
  /** Discrepancies opened. */
  opened: number;
  /** Discrepancies found that an earlier run had opened. */
  known: number;
  /** True while its discrepancies are still being written down, a few at a time: fewer are listed than it opened, and it cannot be signed. Absent once all of them are, when `recon.finished` tells of it. */
  unfinished?: boolean;
  /** Where the statement's rows ended. */
  statement_buckets: BucketTotal[];
  /** Where ours ended. */
  local_buckets: BucketTotal[];
  /** Where the rows of the bill of the balance ended; empty without one. */
  fund_buckets: BucketTotal[];
  /** Where the bank's rows ended; empty without them. */
  bank_buckets: BucketTotal[];
  /** By currency: what the bill and the books hold, and what nothing explains (I15). */
  proofs: RunProof[];
  /** By pair of currencies: what was credited in another currency than charged. */
  conversions: CurrencyConversion[];
  /** What payouts were found to be made of; those with a difference are none of them. */
  payouts: PayoutProof[];
  /** Digest over the statement and all that was found. */
  sha256: string;
  /** Who stands for it. */
  sign_off: SignOff;
}

/** A row of a statement. */
export interface StatementRow {
  /** Of which. */
  statement: string;
  /** Line of the file, from 1; rows that share one are counted on from it. */
  line: number;
  /** The gateway's number. */
  gateway_txn_id?: string;
  /** Our number, as it stands there; of a row about a dispute that has the dispute's number, perhaps the row's own. */
  reference?: string;
  /** Of a row about a dispute the number of the charge, ours or the gateway's, as it stands there. */
  parent?: string;
  /** The gateway's time. */
  at: number;
  /** Of a row that is nobody's: what the gateway kept of it, below zero what it gave back. A decision that takes the row in books it. */
  fee?: SignedMoney;
  /** Likewise what a coupon of your own took of it. */
  coupon?: SignedMoney;
  /** Likewise what it was credited as in another currency than was charged, before the fee. A decision moves it there through the account exchange. */
  credited?: SignedMoney;
}

/** What an account holds in one currency. */
export interface LedgerBalance {
  /** As receivable:alipay, sales, suspense. */
  account: string;
  /** Debits less credits. */
  debit: SignedMoney;
}

/** One line of an entry. */
export interface LedgerLine {
  /** Which account. */
  account: string;
  /** A debit, or below zero a credit. */
  debit: SignedMoney;
}

/** Money moving between accounts; its lines add up to nothing. */
export interface LedgerEntry {
  /** Its place in the books, the same for ever: that of its event in the log times 4096, and its place among the entries of that event. */
  number: number;
  /** Why it was made. */
  cause: string;
  /** Our time of the event. */
  at: number;
  /** Id of the event that it comes from. */
  event: string;
  /** The order concerned. */
  order?: string;
  /** The entry that it takes back. */
  corrects?: number;
  /** What it moved in the account asked for. */
  debit: SignedMoney;
  /** All of it. */
  lines: LedgerLine[];
}

/** A decision about a discrepancy. */
export interface Adjudication {
  /** What to do. */
  verb: AdjudicationVerb;
  /** Why. */
  reason: string;
  /** Who proposed it. */
  proposed_by: string;
  /** When it is looked at again. */
  until?: number;
  /** The other half of a merge. */
  partner?: string;
  /** It takes effect when another operator agrees. */
  second_person: boolean;
}

/** One difference between our books and a statement. */
export interface Discrepancy {
  /** Id. */
  id: string;
  /** The run that found it. */
  run: string;
  /** The statement compared. */
  statement: string;
  /** Whose. */
  gateway: string;
  /** How they differ. */
  kind: DiscrepancyKind;
  /** The kind's number, B1 to B28. */
  number: string;
  /** How many people it takes. */
  level: HandlingLevel;
  /** What our side says. */
  expected: SignedMoney;
  /** What the other says. */
  actual: SignedMoney;
  /** Actual less expected: above zero there is more than we expected. Absent where the two are of two currencies. */
  difference?: SignedMoney;
  /** The row of the statement. */
  theirs?: StatementRow;
  /** The row beside it: of the bank's statement, of the bill of the balance, or, of a duplicate_row, the one of another statement that has it already. */
  bank?: StatementRow;
  /** The payment, refund, dispute or order of ours; `pay_…:reversal` is what the gateway gave back of a payment at its own desk, `rfd_…:return` the money of a refund when it came back, `dsp_…:3` the third time that the money of a dispute moved. */
  ours?: string;
  /** The order it concerns. */
  order?: string;
  /** Lists of lines that would explain it, of the bank's statement that was compared where a payout has not arrived, or not all of it; several lists are several explanations. */
  suggestions: unknown;
  /** What most often lies behind it. */
  cause: string;
  /** What is done before anybody looks: fill_back, leave_out, ask_gateway, review, raise, stop_and_ask. */
  handling: string;
  /** Where it stands. */
  state: DiscrepancyState;
  /** How it ended. */
  resolution?: DiscrepancyResolution;
  /** What people proposed, or decided. */
  adjudication?: Adjudication;
  /** What can be decided about it now; merge_match needs its other half. */
  decisions: AdjudicationVerb[];
  /** When it was found. */
  opened_at: number;
  /** Until when a person should have looked. */
  due_at: number;
  /** When nobody had. */
  escalated_at?: number;
  /** When it ended. */
  resolved_at?: number;
  /** By whom. */
  resolved_by?: string;
  /** Counts its changes. */
  version: number;
}

/** A bill of a gateway: one for each kind and day. */
export interface Bill {
  /** Gateway. */
  gateway: string;
  /** What it is about. */
  kind: BillKind;
  /** Which day, in the gateway's zone. */
  day: string;
  /** How far it is. */
  state: BillState;
  /** Downloads that brought no bill. */
  tries: number;
  /** The last of them. */
  last_try_at?: number;
  /** When something is done about it. */
  next_at?: number;
  /** Why it is not there. */
  reason?: string;
  /** Its file. */
  statement?: string;
}

/** Members that any result may have. */
export interface CommonResult {
  /** Position in the event log of the snapshot read, or just after the commit. */
  cursor?: string;
  /** true if an idempotency key answered. */
  replayed?: boolean;
  /** true if nothing was kept. */
  dry_run?: boolean;
  /** What the caller should know. */
  warnings?: string[];
}

/** Parameters of audit.verify. */
export interface AuditVerifyParams {
  /** First event number. */
  from?: number;
  /** Last event number. */
  to?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of audit.verify. */
export interface AuditVerifyResult extends CommonResult {
  /** The chain holds. */
  ok: boolean;
  /** Events checked. */
  events: number;
  /** Number of the first event that does not fit. */
  first_bad?: number;
  /** Digest of the last event checked. */
  head?: string;
  /** Notifications whose kept bytes were compared with their digest and the log; only where the whole log was asked for. */
  receipts?: number;
  /** The first notification whose bytes are not those that arrived. */
  bad_receipt?: string;
  /** Runs that somebody signed, compared with the digest in the log; only where the whole log was asked for. */
  sign_offs?: number;
  /** The first run that is not what was signed. */
  bad_sign_off?: string;
  /** Hours whose kept sums of the ledger were made anew from the log; only where the whole log was asked for. */
  ledger_hours?: number;
  /** The first hour whose kept sums are not those of the log. */
  bad_ledger_hour?: number;
}

/** Methods of audit. */
export interface AuditMethods {
  /** Check the chain of the event log. Recomputes every digest in the range. Without a range it also compares the kept bytes of every notification with its digest and with what the log says of it, every signed run with the digest that was signed, and the kept sums of the ledger with the log. */
  verify(params?: AuditVerifyParams): Promise<AuditVerifyResult>;
}

/** Parameters of batch.run. */
export interface BatchRunParams {
  /** Calls in order. */
  calls: BatchCall[];
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of batch.run. */
export interface BatchRunResult extends CommonResult {
  /** Results in the same order. */
  results: unknown[];
}

/** Methods of batch. */
export interface BatchMethods {
  /** Several writes, all or none. The calls run in order in one transaction. One refusal undoes all. Only methods marked batch; no common members within a call. */
  run(params: BatchRunParams): Promise<BatchRunResult>;
}

/** Parameters of case.assign. */
export interface CaseAssignParams {
  /** Which. */
  case: string;
  /** Whose work it is: the name of an operator, or a principal of the peer map. */
  owner: string;
  /** When the next step must have followed; a day from now if not given. */
  due?: number;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.assign. */
export interface CaseAssignResult extends CommonResult {
  /** As it is now. */
  case: Case;
}

/** Parameters of case.close. */
export interface CaseCloseParams {
  /** Which. */
  case: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.close. */
export interface CaseCloseResult extends CommonResult {
  /** As it is now. */
  case: Case;
}

/** Parameters of case.confirm. */
export interface CaseConfirmParams {
  /** Which. */
  case: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.confirm. */
export interface CaseConfirmResult extends CommonResult {
  /** As it is now. */
  case: Case;
}

/** Parameters of case.get. */
export interface CaseGetParams {
  /** Which. */
  case: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.get. */
export interface CaseGetResult extends CommonResult {
  /** It. */
  case: Case;
  /** What people wrote, oldest first; without what was erased. */
  notes: CaseNote[];
}

/** Parameters of case.link. */
export interface CaseLinkParams {
  /** Which. */
  case: string;
  /** Orders, payments, refunds, disputes, discrepancies, runs. */
  links: string[];
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.link. */
export interface CaseLinkResult extends CommonResult {
  /** As it is now. */
  case: Case;
}

/** Parameters of case.list. */
export interface CaseListParams {
  /** Only those for which somebody still has to do something, or only the others. */
  live?: boolean;
  /** Where they stand. */
  state?: CaseState;
  /** Nobody did anything in time, or somebody did. */
  escalated?: boolean;
  /** What they are about. */
  kind?: CaseKind;
  /** How much hangs on them. */
  severity?: CaseSeverity;
  /** Whose work they are. */
  owner?: string;
  /** Why it came to them. */
  cause?: CauseCode;
  /** Linked with this. */
  about?: string;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.list. */
export interface CaseListResult extends CommonResult {
  /** Rows. */
  cases: Case[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of case.note. */
export interface CaseNoteParams {
  /** Which. */
  case: string;
  /** What you have to say. */
  text?: string;
  /** Evidence, any bytes. */
  content_base64?: string;
  /** A name for people; sealed too. */
  name?: string;
  /** What the bytes are; else text/plain for text, application/octet-stream for bytes. */
  media_type?: string;
  /** Whom the work waits for from now on. */
  waiting_for?: CaseWait;
  /** When the next step must have followed; a day from now if not given. */
  due?: number;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.note. */
export interface CaseNoteResult extends CommonResult {
  /** As it is now. */
  case: Case;
}

/** Parameters of case.open. */
export interface CaseOpenParams {
  /** What it is about. */
  kind: CaseKind;
  /** How much hangs on it. */
  severity?: CaseSeverity;
  /** Orders, payments, refunds, disputes, discrepancies, runs. */
  links?: string[];
  /** What happened, in words. */
  text?: string;
  /** Whose work it is: the name of an operator, or a principal of the peer map. */
  owner?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.open. */
export interface CaseOpenResult extends CommonResult {
  /** As it is now. */
  case: Case;
}

/** Parameters of case.paper. */
export interface CasePaperParams {
  /** Which. */
  case: string;
  /** Which of its papers. */
  paper: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.paper. */
export interface CasePaperResult extends CommonResult {
  /** What it is. */
  paper: CasePaper;
  /** Its name. */
  name?: string;
  /** The content. */
  content_base64: string;
}

/** Parameters of case.reopen. */
export interface CaseReopenParams {
  /** Which. */
  case: string;
  /** Why. */
  text: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.reopen. */
export interface CaseReopenResult extends CommonResult {
  /** As it is now. */
  case: Case;
}

/** Parameters of case.resolve. */
export interface CaseResolveParams {
  /** Which. */
  case: string;
  /** Why it came to it. */
  cause: CauseCode;
  /** The same in words. */
  text?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of case.resolve. */
export interface CaseResolveResult extends CommonResult {
  /** As it is now. */
  case: Case;
}

/** Methods of case. */
export interface CaseMethods {
  /** Give a case to somebody. Whoever was the owner before is not any more. */
  assign(params: CaseAssignParams): Promise<CaseAssignResult>;
  /** Put a resolved case away. Only when every discrepancy that it is about is decided, or waits for a day. Marks on its orders that nothing but a person's look ends are cleared: by kind refund_returned its own; by refund those of refunds that failed, came back, were made outside or contradict themselves; by excess a second charge; by dispute those of odd disputes; by gateway and other contradictions, unknown statuses and foreign transactions. */
  close(params: CaseCloseParams): Promise<CaseCloseResult>;
  /** Agree to the cause that another operator named. Never the same person. */
  confirm(params: CaseConfirmParams): Promise<CaseConfirmResult>;
  /** One case. With what people wrote into it; evidence that is no text is read with case.paper. */
  get(params: CaseGetParams): Promise<CaseGetResult>;
  /** Say what else a case is about. What is linked already stays as it is. */
  link(params: CaseLinkParams): Promise<CaseLinkResult>;
  /** Cases. All filters must hold. Newest first. */
  list(params?: CaseListParams): Promise<CaseListResult>;
  /** Write into a case, or add evidence. Kept sealed, with its digest in the log. Give text for text or content_base64 for any bytes, not both. waiting_for says whom the work waits for from now on. */
  note(params: CaseNoteParams): Promise<CaseNoteResult>;
  /** Open a case: work for people. Somebody must take it up within two hours. What it is about is linked; the order of a payment, refund or dispute is linked with it. Cases also open by themselves: for differences that one person may not decide, for excess money, for a refund that came back, for a payment without an answer for a day. */
  open(params: CaseOpenParams): Promise<CaseOpenResult>;
  /** A note or a piece of evidence of a case. The bytes that were given. */
  paper(params: CasePaperParams): Promise<CasePaperResult>;
  /** Take a case up again. Also how a second person turns down the cause that the first one named. */
  reopen(params: CaseReopenParams): Promise<CaseReopenResult>;
  /** Name the cause: the work is done. Of a case on which much hangs a second operator must agree; then the first needs a token as well. */
  resolve(params: CaseResolveParams): Promise<CaseResolveResult>;
}

/** Parameters of delivery.claim. */
export interface DeliveryClaimParams {
  /** Order id or order_no. */
  order: string;
  /** Number of the line, from 1; default the first that is pending. */
  line?: number;
  /** Time to finish. */
  lease_ms?: number;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of delivery.claim. */
export interface DeliveryClaimResult extends CommonResult {
  /** The delivery. */
  delivery: Delivery;
  /** Finish with this. */
  claim: string;
}

/** Parameters of delivery.complete. */
export interface DeliveryCompleteParams {
  /** The claim. */
  claim: string;
  /** What was handed out; no card secrets. */
  reference?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of delivery.complete. */
export interface DeliveryCompleteResult extends CommonResult {
  /** The delivery. */
  delivery: Delivery;
}

/** Parameters of delivery.fail. */
export interface DeliveryFailParams {
  /** The claim. */
  claim: string;
  /** Why. */
  reason: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of delivery.fail. */
export interface DeliveryFailResult extends CommonResult {
  /** The delivery. */
  delivery: Delivery;
}

/** Parameters of delivery.hold. */
export interface DeliveryHoldParams {
  /** Order id or order_no. */
  order: string;
  /** Why. */
  reason: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of delivery.hold. */
export interface DeliveryHoldResult extends CommonResult {
  /** Deliveries of the order. */
  deliveries: Delivery[];
}

/** Parameters of delivery.list. */
export interface DeliveryListParams {
  /** Of this order. */
  order?: string;
  /** State. */
  state?: DeliveryState;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of delivery.list. */
export interface DeliveryListResult extends CommonResult {
  /** Rows. */
  deliveries: Delivery[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of delivery.release. */
export interface DeliveryReleaseParams {
  /** The claim. */
  claim: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of delivery.release. */
export interface DeliveryReleaseResult extends CommonResult {
  /** The delivery. */
  delivery: Delivery;
}

/** Parameters of delivery.retry. */
export interface DeliveryRetryParams {
  /** Order id or order_no. */
  order: string;
  /** How it is known that nothing was handed out. */
  reason: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of delivery.retry. */
export interface DeliveryRetryResult extends CommonResult {
  /** Deliveries of the order. */
  deliveries: Delivery[];
}

/** Parameters of delivery.revoke. */
export interface DeliveryRevokeParams {
  /** Order id or order_no. */
  order: string;
  /** Why. */
  reason: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of delivery.revoke. */
export interface DeliveryRevokeResult extends CommonResult {
  /** Deliveries of the order. */
  deliveries: Delivery[];
}

/** Parameters of delivery.unhold. */
export interface DeliveryUnholdParams {
  /** Order id or order_no. */
  order: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of delivery.unhold. */
export interface DeliveryUnholdResult extends CommonResult {
  /** Deliveries of the order. */
  deliveries: Delivery[];
}

/** Methods of delivery. */
export interface DeliveryMethods {
  /** Take an order line to hand it out. Exactly one caller gets a claim for a line, ever; an order of several lines takes a claim for each, as each has its delivery.pending. The same key returns the same claim. A lease that ends without complete, fail or release makes the delivery failed, never pending: nobody knows whether something was handed out. */
  claim(params: DeliveryClaimParams): Promise<DeliveryClaimResult>;
  /** Say that a claimed line was handed out. Safe to repeat. */
  complete(params: DeliveryCompleteParams): Promise<DeliveryCompleteResult>;
  /** Say that a claimed line could not be handed out. A person decides what next. */
  fail(params: DeliveryFailParams): Promise<DeliveryFailResult>;
  /** Hold the delivery of an order. Nothing of it can be claimed until delivery.unhold. */
  hold(params: DeliveryHoldParams): Promise<DeliveryHoldResult>;
  /** Deliveries by order or state. All filters must hold. Oldest first: what has waited longest stands on top. */
  list(params?: DeliveryListParams): Promise<DeliveryListResult>;
  /** Give a claim back. The worker says that nothing was handed out; the line may be claimed again. */
  release(params: DeliveryReleaseParams): Promise<DeliveryReleaseResult>;
  /** Open a failed delivery again. Support says that nothing was handed out. */
  retry(params: DeliveryRetryParams): Promise<DeliveryRetryResult>;
  /** Take back what was handed out. After delivered; for goods that can be made worthless. */
  revoke(params: DeliveryRevokeParams): Promise<DeliveryRevokeResult>;
  /** Let a held delivery go. Ends delivery.hold. Goods whose money is known by a weak word alone stay held: order.accept lets them go. */
  unhold(params: DeliveryUnholdParams): Promise<DeliveryUnholdResult>;
}

/** Parameters of discrepancy.confirm. */
export interface DiscrepancyConfirmParams {
  /** Which. */
  discrepancy: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of discrepancy.confirm. */
export interface DiscrepancyConfirmResult extends CommonResult {
  /** As it is now. */
  discrepancy: Discrepancy;
}

/** Parameters of discrepancy.get. */
export interface DiscrepancyGetParams {
  /** Which. */
  discrepancy: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of discrepancy.get. */
export interface DiscrepancyGetResult extends CommonResult {
  /** It. */
  discrepancy: Discrepancy;
}

/** Parameters of discrepancy.list. */
export interface DiscrepancyListParams {
  /** Found by this run. */
  run?: string;
  /** Whose. */
  gateway?: string;
  /** Of this kind. */
  kind?: DiscrepancyKind;
  /** Where they stand. */
  state?: DiscrepancyState;
  /** About this order. */
  order?: string;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of discrepancy.list. */
export interface DiscrepancyListResult extends CommonResult {
  /** Rows. */
  discrepancies: Discrepancy[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of discrepancy.propose. */
export interface DiscrepancyProposeParams {
  /** Which. */
  discrepancy: string;
  /** What to do. */
  verb: AdjudicationVerb;
  /** Why, for those who read it later. */
  reason: string;
  /** For wait_until: when to look again. */
  until?: number;
  /** For merge_match: the other half of the same movement. */
  partner?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of discrepancy.propose. */
export interface DiscrepancyProposeResult extends CommonResult {
  /** As it is now. */
  discrepancy: Discrepancy;
}

/** Parameters of discrepancy.reject. */
export interface DiscrepancyRejectParams {
  /** Which. */
  discrepancy: string;
  /** Why, for those who read it later. */
  reason: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of discrepancy.reject. */
export interface DiscrepancyRejectResult extends CommonResult {
  /** As it is now. */
  discrepancy: Discrepancy;
}

/** Parameters of discrepancy.summary. */
export interface DiscrepancySummaryParams {
  /** Discrepancies of this one; causes are of all cases. */
  gateway?: string;
  /** How far back. */
  days?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of discrepancy.summary. */
export interface DiscrepancySummaryResult extends CommonResult {
  /** What is to be decided. */
  undecided: DeskPile[];
  /** The same by age, youngest first. */
  ages: AgeCount[];
  /** Opened in the period, most frequent first. */
  opened: KindOpened[];
  /** Of these, ended by the machine. */
  by_machine: number;
  /** Of these, decided by people within their time. */
  in_time: number;
  /** Of these, decided by people after it. */
  late: number;
  /** Causes of cases resolved in the period. */
  causes: CauseCount[];
}

/** Parameters of discrepancy.undo. */
export interface DiscrepancyUndoParams {
  /** Which. */
  discrepancy: string;
  /** Why, for those who read it later. */
  reason: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of discrepancy.undo. */
export interface DiscrepancyUndoResult extends CommonResult {
  /** As it is now. */
  discrepancy: Discrepancy;
}

/** Methods of discrepancy. */
export interface DiscrepancyMethods {
  /** Agree to a proposed decision. By another operator than the one who proposed it, or by any where a rule did. Then it takes effect. */
  confirm(params: DiscrepancyConfirmParams): Promise<DiscrepancyConfirmResult>;
  /** One discrepancy. With both sides, the likely cause and what is done about it. */
  get(params: DiscrepancyGetParams): Promise<DiscrepancyGetResult>;
  /** Discrepancies. All filters must hold. Newest first. */
  list(params?: DiscrepancyListParams): Promise<DiscrepancyListResult>;
  /** Decide a difference, or propose how. One person decides a small one at once; a large one, and whatever tells a final payment otherwise, waits until another operator confirms, and takes a token already here. No verb changes a fact: each is an event with its entries in the books. */
  propose(params: DiscrepancyProposeParams): Promise<DiscrepancyProposeResult>;
  /** Turn a proposed decision down. The difference is open again. */
  reject(params: DiscrepancyRejectParams): Promise<DiscrepancyRejectResult>;
  /** What lies on the desk, how old it is, and what keeps coming back. Undecided discrepancies by kind, those at which most is at stake first; by age; and of the last days what was opened, what the machine ended, what people decided in time, and the causes of resolved cases, most frequent first. */
  summary(params?: DiscrepancySummaryParams): Promise<DiscrepancySummaryResult>;
  /** Take a decision of people back. What it posted is posted the other way; nothing is erased, and the difference is open again. */
  undo(params: DiscrepancyUndoParams): Promise<DiscrepancyUndoResult>;
}

/** Parameters of dispute.attach. */
export interface DisputeAttachParams {
  /** Dispute id. */
  dispute: string;
  /** What it shows. */
  kind: DisputeEvidence;
  /** A name for people; sealed too. */
  name?: string;
  /** What the bytes are; else text/plain for text, application/octet-stream for bytes. */
  media_type?: string;
  /** Content, if it is text. */
  text?: string;
  /** Content, any bytes. */
  content_base64?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of dispute.attach. */
export interface DisputeAttachResult extends CommonResult {
  /** The dispute. */
  dispute: Dispute;
  /** What was attached. */
  attachment: Attachment;
  /** It was attached before. */
  known: boolean;
}

/** Parameters of dispute.attachment. */
export interface DisputeAttachmentParams {
  /** Dispute id. */
  dispute: string;
  /** Attachment id. */
  attachment: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of dispute.attachment. */
export interface DisputeAttachmentResult extends CommonResult {
  /** What it is. */
  attachment: Attachment;
  /** Its name. */
  name?: string;
  /** The content. */
  content_base64: string;
}

/** Parameters of dispute.get. */
export interface DisputeGetParams {
  /** Dispute id. */
  dispute: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of dispute.get. */
export interface DisputeGetResult extends CommonResult {
  /** The dispute. */
  dispute: Dispute;
}

/** Parameters of dispute.list. */
export interface DisputeListParams {
  /** Of this order. */
  order?: string;
  /** Of this payment. */
  payment?: string;
  /** At this gateway. */
  gateway?: string;
  /** State. */
  state?: DisputeStatus;
  /** Without an outcome, or with one. */
  open?: boolean;
  /** Waits for an answer until before this time. */
  due_before?: number;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of dispute.list. */
export interface DisputeListResult extends CommonResult {
  /** Rows. */
  disputes: Dispute[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of dispute.query. */
export interface DisputeQueryParams {
  /** Dispute id. */
  dispute: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of dispute.query. */
export interface DisputeQueryResult extends CommonResult {
  /** The dispute. */
  dispute: Dispute;
  /** The gateway was asked for this call. */
  asked: boolean;
}

/** Methods of dispute. */
export interface DisputeMethods {
  /** Attach what supports the shop's side of a dispute. Kept sealed, with its digest in the log; nothing is sent to the gateway. Give text for text or content_base64 for any bytes, not both. The same content of the same kind again changes nothing. */
  attach(params: DisputeAttachParams): Promise<DisputeAttachResult>;
  /** The content of one attachment. The bytes that were attached. */
  attachment(params: DisputeAttachmentParams): Promise<DisputeAttachmentResult>;
  /** One dispute. By id. The content of attachments is read with dispute.attachment. */
  get(params: DisputeGetParams): Promise<DisputeGetResult>;
  /** Disputes by order, payment, gateway, state or due date. All filters must hold. Newest first. */
  list(params?: DisputeListParams): Promise<DisputeListResult>;
  /** Ask the gateway about a dispute now. Joins a query in flight; at most once in two seconds. */
  query(params: DisputeQueryParams): Promise<DisputeQueryResult>;
}

/** Parameters of events.ack. */
export interface EventsAckParams {
  /** The reader. */
  consumer: string;
  /** Everything up to here was processed. */
  cursor: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of events.ack. */
export interface EventsAckResult extends CommonResult {
  /** The reader. */
  consumer: string;
}

/** Parameters of events.read. */
export interface EventsReadParams {
  /** A cursor, oldest or now. */
  after: string;
  /** Types or families; default all. */
  types?: string[];
  /** Of this order. */
  order?: string;
  /** Rows at most. */
  limit?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of events.read. */
export interface EventsReadResult extends CommonResult {
  /** Events in the order of the log. */
  events: Event[];
  /** There are more now. */
  more: boolean;
}

/** Parameters of events.wait. */
export interface EventsWaitParams {
  /** A cursor, oldest or now; not needed for a known consumer. */
  after?: string;
  /** A named reader: goes on after its last ack. after counts only the first time, to create it. */
  consumer?: string;
  /** Types or families; default all. */
  types?: string[];
  /** Of this order. */
  order?: string;
  /** Rows at most. */
  limit?: number;
  /** How long at most; within timeout_ms. */
  wait_ms?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of events.wait. */
export interface EventsWaitResult extends CommonResult {
  /** Events in the order of the log. */
  events: Event[];
  /** There are more now. */
  more: boolean;
  /** No event came in time. */
  timed_out: boolean;
}

/** Methods of events. */
export interface EventsMethods {
  /** Move a named consumer forward. At least once: what is not acked comes again. An ack never moves back; an older one changes nothing. */
  ack(params: EventsAckParams): Promise<EventsAckResult>;
  /** Events after a position. Ordered and complete within the filter. The result's cursor is where to go on. */
  read(params: EventsReadParams): Promise<EventsReadResult>;
  /** Events after a position, waiting for the first. A long poll for callers without a stream. timed_out is a normal result. With consumer the daemon keeps the position: process, then events.ack. */
  wait(params?: EventsWaitParams): Promise<EventsWaitResult>;
}

/** Parameters of gateway.check. */
export interface GatewayCheckParams {
  /** Gateway name. */
  gateway: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of gateway.check. */
export interface GatewayCheckResult extends CommonResult {
  /** Gateway. */
  gateway: string;
  /** All is well. */
  ok: boolean;
  /** Code of what was found, for example ok, wrong_key, clock_off, callback_never_reached. */
  finding: string;
  /** In words. */
  text: string;
  /** What to do. */
  hint?: string;
  /** Time of the call. */
  latency_ms?: number;
}

/** Parameters of gateway.health. */
export interface GatewayHealthParams {
  /** Only this one. */
  gateway?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of gateway.health. */
export interface GatewayHealthResult extends CommonResult {
  /** Gateways by name. */
  gateways: GatewayHealth[];
}

/** Parameters of gateway.list. */
export interface GatewayListParams {
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of gateway.list. */
export interface GatewayListResult extends CommonResult {
  /** Gateways by name. */
  gateways: Gateway[];
}

/** Parameters of gateway.pause. */
export interface GatewayPauseParams {
  /** Gateway name. */
  gateway: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of gateway.pause. */
export interface GatewayPauseResult extends CommonResult {
  /** The gateway. */
  gateway: Gateway;
}

/** Parameters of gateway.resume. */
export interface GatewayResumeParams {
  /** Gateway name. */
  gateway: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of gateway.resume. */
export interface GatewayResumeResult extends CommonResult {
  /** The gateway. */
  gateway: Gateway;
}

/** Methods of gateway. */
export interface GatewayMethods {
  /** Make one harmless signed call and say what is wrong. Looks at address, certificate, keys, clock and rights, and whether notifications have come at all. */
  check(params: GatewayCheckParams): Promise<GatewayCheckResult>;
  /** How gateways do, and how many callbacks are lost. A success first learnt by query, although a callback was due, counts as lost. */
  health(params?: GatewayHealthParams): Promise<GatewayHealthResult>;
  /** Configured gateways. What each can do and whether it takes payments now. */
  list(params?: GatewayListParams): Promise<GatewayListResult>;
  /** Make no new payments at a gateway. Queries, closes and refunds go on. */
  pause(params: GatewayPauseParams): Promise<GatewayPauseResult>;
  /** Make payments at a gateway again. Ends gateway.pause and closes the circuit. */
  resume(params: GatewayResumeParams): Promise<GatewayResumeResult>;
}

/** Parameters of hook.list. */
export interface HookListParams {
  /** Only this one. */
  hook?: string;
  /** Messages in this state. */
  state?: HookState;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of hook.list. */
export interface HookListResult extends CommonResult {
  /** Hooks by name. */
  hooks: Hook[];
  /** Messages, oldest first, if state was given. */
  messages: HookMessage[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of hook.retry. */
export interface HookRetryParams {
  /** The message; see hook.list. */
  message: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of hook.retry. */
export interface HookRetryResult extends CommonResult {
  /** The message, due now. */
  message: string;
}

/** Methods of hook. */
export interface HookMethods {
  /** Outgoing hooks and what they still owe. With messages the ones not taken are listed. */
  list(params?: HookListParams): Promise<HookListResult>;
  /** Send an outgoing message again. One given up, or one waiting for its next try, becomes due now. */
  retry(params: HookRetryParams): Promise<HookRetryResult>;
}

/** Parameters of key.lookup. */
export interface KeyLookupParams {
  /** The key. */
  key: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of key.lookup. */
export interface KeyLookupResult extends CommonResult {
  /** What became of it. */
  state: KeyState;
  /** The method it was used with. */
  method?: string;
  /** First use. */
  created_at?: number;
  /** The stored reply: result or error. */
  reply?: unknown;
}

/** Methods of key. */
export interface KeyMethods {
  /** What became of an idempotency key. How a caller settles an unknown outcome: absent means that nothing happened under this key. A write is running from the moment its line is taken up, also while it waits for other writes or for the disk. Who still wants it after absent sends the same request under the same key. */
  lookup(params: KeyLookupParams): Promise<KeyLookupResult>;
}

/** Parameters of ledger.balances. */
export interface LedgerBalancesParams {
  /** As the books stood before this moment; now if absent. */
  at?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of ledger.balances. */
export interface LedgerBalancesResult extends CommonResult {
  /** By account, then currency. */
  balances: LedgerBalance[];
  /** Debits equal credits in every currency. */
  balanced: boolean;
  /** Entries that lead to it. */
  entries: number;
}

/** Parameters of ledger.trace. */
export interface LedgerTraceParams {
  /** As ledger.balances names it, for example receivable:alipay. */
  account: string;
  /** Of which currency. */
  currency: string;
  /** Entries at or after. */
  from_at?: number;
  /** And before. */
  to_at?: number;
  /** Entries with a higher number only: next of the page before. */
  after?: number;
  /** Entries at most. */
  limit?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of ledger.trace. */
export interface LedgerTraceResult extends CommonResult {
  /** In the order of the log. */
  entries: LedgerEntry[];
  /** after of the next page; absent on the last. */
  next?: number;
}

/** Methods of ledger. */
export interface LedgerMethods {
  /** The books: what every account holds. A double-entry ledger, made from the event log: sums by hour are kept up to where somebody last asked, and the log is read on from there. Each currency stands apart; in each, all accounts together hold nothing. */
  balances(params?: LedgerBalancesParams): Promise<LedgerBalancesResult>;
  /** The entries behind a balance. From a figure down to events, orders and their evidence: each entry names its event, and what it takes back. */
  trace(params: LedgerTraceParams): Promise<LedgerTraceResult>;
}

/** Parameters of notification.get. */
export interface NotificationGetParams {
  /** Notification id. */
  receipt: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of notification.get. */
export interface NotificationGetResult extends CommonResult {
  /** What became of it. */
  receipt: Receipt;
  /** What was received; absent once erased. */
  body?: ReceiptBody;
}

/** Parameters of notification.ingest. */
export interface NotificationIngestParams {
  /** The gateway whose address was called. */
  gateway: string;
  /** Method. */
  http_method?: string;
  /** Query string, as received. */
  query?: string;
  /** Headers. */
  headers?: Record<string, string>;
  /** Body, if it is UTF-8. */
  body?: string;
  /** Body, any bytes. */
  body_base64?: string;
  /** Address the notification came from. */
  source_ip?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of notification.ingest. */
export interface NotificationIngestResult extends CommonResult {
  /** What became of it. */
  verdict: Verdict;
  /** Answer the gateway exactly this. */
  ack: Ack;
  /** The kept notification; absent if only counted. */
  receipt?: string;
  /** The payment it is about. */
  payment?: string;
  /** Its order. */
  order?: string;
  /** Why rejected or parked. */
  reason?: string;
}

/** Parameters of notification.list. */
export interface NotificationListParams {
  /** Where from. */
  gateway?: string;
  /** What became of them. */
  verdict?: Verdict;
  /** About this payment. */
  payment?: string;
  /** About this order. */
  order?: string;
  /** Received at or after. */
  received_from?: number;
  /** Received before. */
  received_to?: number;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of notification.list. */
export interface NotificationListResult extends CommonResult {
  /** Rows. */
  receipts: Receipt[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of notification.replay. */
export interface NotificationReplayParams {
  /** Notification id. */
  receipt: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of notification.replay. */
export interface NotificationReplayResult extends CommonResult {
  /** What became of it now. */
  verdict: Verdict;
  /** The notification. */
  receipt: Receipt;
  /** The payment it is about. */
  payment?: string;
}

/** Methods of notification. */
export interface NotificationMethods {
  /** One notification, verbatim. The bytes that were received. */
  get(params: NotificationGetParams): Promise<NotificationGetResult>;
  /** Pass on what a gateway sent. The front end hands over method, query, headers and body exactly as received, and answers the gateway with exactly ack. The same notification again is noop and safe, so a key is not needed. Give body for text or body_base64 for any bytes, not both. */
  ingest(params: NotificationIngestParams): Promise<NotificationIngestResult>;
  /** Notifications as they arrived. All filters must hold. Newest first. */
  list(params?: NotificationListParams): Promise<NotificationListResult>;
  /** Judge a notification again. For parked ones, and for mismatches after the reason is gone. The bytes are verified again. */
  replay(params: NotificationReplayParams): Promise<NotificationReplayResult>;
}

/** Parameters of order.accept. */
export interface OrderAcceptParams {
  /** Order id or order_no. */
  order: string;
  /** Why. */
  reason: string;
  /** Only if the object still has this version. */
  version?: number;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.accept. */
export interface OrderAcceptResult extends CommonResult {
  /** The order. */
  order: Order;
  /** false: proposed, another operator must confirm. */
  accepted: boolean;
  /** Who proposed. */
  proposed_by?: string;
}

/** Parameters of order.cancel. */
export interface OrderCancelParams {
  /** Order id or order_no. */
  order: string;
  /** Why. */
  reason?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.cancel. */
export interface OrderCancelResult extends CommonResult {
  /** The order. */
  order: Order;
  /** Payments are being closed. */
  closing: boolean;
}

/** Parameters of order.create. */
export interface OrderCreateParams {
  /** What is due. */
  amount: Money;
  /** What the buyer pays for. */
  subject: string;
  /** The shop's number; default the order's id. */
  order_no?: string;
  /** Articles; they add up to amount. */
  lines?: Line[];
  /** Who buys. */
  buyer?: Buyer;
  /** Where the order came from. */
  source?: string;
  /** Life of the order; default from the configuration, 15 minutes. */
  expires_in_ms?: number;
  /** The shop's own members. */
  metadata?: Record<string, unknown>;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.create. */
export interface OrderCreateResult extends CommonResult {
  /** The order. */
  order: Order;
}

/** Parameters of order.erase_personal. */
export interface OrderErasePersonalParams {
  /** Order id or order_no. */
  order: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.erase_personal. */
export interface OrderErasePersonalResult extends CommonResult {
  /** The order. */
  order: Order;
}

/** Parameters of order.find. */
export interface OrderFindParams {
  /** The number. */
  number: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.find. */
export interface OrderFindResult extends CommonResult {
  /** Matches, best first. */
  matches: Found[];
}

/** Parameters of order.get. */
export interface OrderGetParams {
  /** Order id or order_no. */
  order: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.get. */
export interface OrderGetResult extends CommonResult {
  /** The order. */
  order: Order;
}

/** Parameters of order.list. */
export interface OrderListParams {
  /** Money. */
  pay_state?: PayState;
  /** Goods. */
  delivery_state?: DeliveryState;
  /** Risk. */
  risk_state?: RiskState;
  /** What is unusual. */
  flag?: OrderFlag;
  /** Has a payment there. */
  gateway?: string;
  /** Has a payment of this method. */
  method?: string;
  /** Least amount, in minor units. */
  amount_min?: number;
  /** Largest amount, in minor units. */
  amount_max?: number;
  /** Currency. */
  currency?: string;
  /** Created at or after. */
  created_from?: number;
  /** Created before. */
  created_to?: number;
  /** Paid at or after. */
  paid_from?: number;
  /** Paid before. */
  paid_to?: number;
  /** Part of the e-mail. */
  email?: string;
  /** Part of the buyer's number. */
  user_id?: string;
  /** Address of the buyer. */
  ip?: string;
  /** Part of the subject or of a line's name. */
  text?: string;
  /** Order of the rows. */
  order_by?: OrderSort;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.list. */
export interface OrderListResult extends CommonResult {
  /** Rows. */
  orders: Order[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of order.tell. */
export interface OrderTellParams {
  /** Order id or order_no. */
  order: string;
  /** Language of the sentences. */
  lang?: Lang;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.tell. */
export interface OrderTellResult extends CommonResult {
  /** The order. */
  order: string;
  /** What to say. */
  tell: Tell;
}

/** Parameters of order.timeline. */
export interface OrderTimelineParams {
  /** Order id or order_no. */
  order: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.timeline. */
export interface OrderTimelineResult extends CommonResult {
  /** The order. */
  order: string;
  /** Steps, oldest first. */
  steps: TimelineStep[];
}

/** Parameters of order.wait. */
export interface OrderWaitParams {
  /** Order id or order_no. */
  order: string;
  /** Any of these ends the wait. */
  until: WaitState[];
  /** How long at most; within timeout_ms. */
  wait_ms?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.wait. */
export interface OrderWaitResult extends CommonResult {
  /** The order. */
  order: Order;
  /** None of the states was reached in time. */
  timed_out: boolean;
  /** The state that ended the wait. */
  reached?: WaitState;
}

/** Parameters of order.why. */
export interface OrderWhyParams {
  /** Order id or order_no. */
  order: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of order.why. */
export interface OrderWhyResult extends CommonResult {
  /** The order. */
  order: string;
  /** The explanation. */
  why: Why;
}

/** Methods of order. */
export interface OrderMethods {
  /** Accept an order whose money differs from what was asked. For orders in review, and for those paid by a weak word alone (flag weak). Two people: the first call proposes, the call of another operator confirms. Then what was captured counts as what was due, with the flag forced, and goods that waited for it go out. */
  accept(params: OrderAcceptParams): Promise<OrderAcceptResult>;
  /** Cancel an order. Open payments go to closing at their gateways; the order is cancelled when none can succeed any more. The reply comes before that, with closing true; an event tells the end. */
  cancel(params: OrderCancelParams): Promise<OrderCancelResult>;
  /** Create an order. The order_no is the natural key: an order that has it already is returned in the error already_exists. The sum of the lines must be the amount. */
  create(params: OrderCreateParams): Promise<OrderCreateResult>;
  /** Blank the personal data of an order. The buyer's members, the bytes of its notifications (body, query, headers and sender), the answers of gateways about it and what was attached to its disputes are erased for good; their digests stay. Money, events and the chain stay. A notification that nobody has vouched for yet keeps its bytes, and what comes later is kept as ever: erase again. */
  erasePersonal(params: OrderErasePersonalParams): Promise<OrderErasePersonalResult>;
  /** Find an order by any number a person may hold. Compares order_no, ids, our number at the gateway, the gateway's number and refund numbers. */
  find(params: OrderFindParams): Promise<OrderFindResult>;
  /** One order. By id or order_no. */
  get(params: OrderGetParams): Promise<OrderGetResult>;
  /** Orders by state, time, amount, buyer or text. All filters must hold. email, user_id and text find parts of at least two characters, in either letter case; order_by sorts. Roles that see personal data masked cannot look for email, user_id and ip. */
  list(params?: OrderListParams): Promise<OrderListResult>;
  /** The one definite sentence for the buyer, and the one for support. No vague sentence can come out: each has the facts it needs, and a payment under way says when it is looked at next. */
  tell(params: OrderTellParams): Promise<OrderTellResult>;
  /** Every step in the life of an order, with its evidence. Events, notifications, queries and calls in the order they happened. */
  timeline(params: OrderTimelineParams): Promise<OrderTimelineResult>;
  /** Wait until an order reaches a state. Answers at once if it is there already. timed_out is a normal result. An order waited for is watched: its gateway is asked more often. */
  wait(params: OrderWaitParams): Promise<OrderWaitResult>;
  /** Why an order is in its state. The rule of pay_state that holds, the facts behind it with their evidence, and what happens next by itself. */
  why(params: OrderWhyParams): Promise<OrderWhyResult>;
}

/** Parameters of payment.close. */
export interface PaymentCloseParams {
  /** Payment id. */
  payment: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of payment.close. */
export interface PaymentCloseResult extends CommonResult {
  /** The payment. */
  payment: Payment;
  /** It is being closed. */
  closing: boolean;
}

/** Parameters of payment.create. */
export interface PaymentCreateParams {
  /** Order id or order_no. */
  order: string;
  /** Where. */
  gateway: string;
  /** How; default the gateway's first method. */
  method?: string;
  /** Where the buyer comes back to. */
  return_url?: string;
  /** Address of the buyer. */
  client_ip?: string;
  /** The buyer as the gateway names him, for methods inside its app: WeChat's openid. */
  payer?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of payment.create. */
export interface PaymentCreateResult extends CommonResult {
  /** The payment. */
  payment: Payment;
  /** An open payment was returned. */
  reused: boolean;
}

/** Parameters of payment.get. */
export interface PaymentGetParams {
  /** Payment id. */
  payment: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of payment.get. */
export interface PaymentGetResult extends CommonResult {
  /** The payment. */
  payment: Payment;
}

/** Parameters of payment.list. */
export interface PaymentListParams {
  /** Of this order. */
  order?: string;
  /** Where. */
  gateway?: string;
  /** How. */
  method?: string;
  /** State. */
  state?: PaymentState;
  /** Created at or after. */
  created_from?: number;
  /** Created before. */
  created_to?: number;
  /** Paid at or after. */
  paid_from?: number;
  /** Paid before. */
  paid_to?: number;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of payment.list. */
export interface PaymentListResult extends CommonResult {
  /** Rows. */
  payments: Payment[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of payment.query. */
export interface PaymentQueryParams {
  /** Payment id. */
  payment: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of payment.query. */
export interface PaymentQueryResult extends CommonResult {
  /** The payment. */
  payment: Payment;
  /** The gateway was asked for this call. */
  asked: boolean;
}

/** Parameters of payment.resolve. */
export interface PaymentResolveParams {
  /** Payment id. */
  payment: string;
  /** What proves it, for example the bank's serial number. */
  evidence: string;
  /** Why. */
  reason: string;
  /** What came; default the amount asked. */
  amount?: Money;
  /** true: nothing came. Only at a gateway that cannot be asked; without an amount. */
  unpaid?: boolean;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of payment.resolve. */
export interface PaymentResolveResult extends CommonResult {
  /** The payment. */
  payment: Payment;
  /** false: proposed, another operator must confirm. */
  resolved: boolean;
  /** Who proposed. */
  proposed_by?: string;
}

/** Methods of payment. */
export interface PaymentMethods {
  /** Close a payment at its gateway. The reply comes before the gateway's, with closing true; an event tells the end. If the buyer paid meanwhile, the payment succeeds. */
  close(params: PaymentCloseParams): Promise<PaymentCloseResult>;
  /** Open a payment of an order at a gateway. A payment open at the same gateway and method whose action is still good is returned, with reused, without a call. For another gateway or method the open one is closed first: until that is proven, payment_open. The reply comes when the gateway answered, or after 15 seconds with state unknown. */
  create(params: PaymentCreateParams): Promise<PaymentCreateResult>;
  /** One payment. By id, with who has spoken of it: the gateway, our books, the bill of its day. */
  get(params: PaymentGetParams): Promise<PaymentGetResult>;
  /** Payments by order, gateway, state or time. All filters must hold. Newest first. */
  list(params?: PaymentListParams): Promise<PaymentListResult>;
  /** Ask the gateway about a payment now. Joins a query in flight. A payment is asked at most once in two seconds; within them the last answer counts, with asked false. */
  query(params: PaymentQueryParams): Promise<PaymentQueryResult>;
  /** Settle a payment by a proof from outside. For payments the gateway does not settle. Two people: the first call proposes, the call of another operator confirms. Settled as paid, the order gets the flag forced. With unpaid it is closed instead, which only people can do where the gateway cannot be asked; money that comes all the same counts as late. */
  resolve(params: PaymentResolveParams): Promise<PaymentResolveResult>;
}

/** Parameters of poll.due. */
export interface PollDueParams {
  /** Only this one. */
  gateway?: string;
  /** Of this order. */
  order?: string;
  /** Due at or before. */
  until?: number;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of poll.due. */
export interface PollDueResult extends CommonResult {
  /** Rows. */
  entries: PollEntry[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of poll.run. */
export interface PollRunParams {
  /** Of this order. */
  order?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of poll.run. */
export interface PollRunResult extends CommonResult {
  /** Queries made due now. */
  scheduled: number;
}

/** Parameters of poll.status. */
export interface PollStatusParams {
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of poll.status. */
export interface PollStatusResult extends CommonResult {
  /** Queries due now. */
  due: number;
  /** How long the oldest has been due. */
  oldest_due_ms?: number;
  /** When the next is due. */
  next_due_at?: number;
  /** Being asked. */
  in_flight: number;
  /** Orders someone waits for. */
  watched: number;
  /** Payments processing for more than 24 hours. */
  long_open: number;
  /** By gateway. */
  gateways: PollGateway[];
}

/** Methods of poll. */
export interface PollMethods {
  /** What will be asked, when and why. Soonest first. */
  due(params?: PollDueParams): Promise<PollDueResult>;
  /** Ask now instead of when due. For one order, or for all that is open. Rate limits hold. */
  run(params?: PollRunParams): Promise<PollRunResult>;
  /** The scheduler at a glance. What is due and how far behind it is. */
  status(params?: PollStatusParams): Promise<PollStatusResult>;
}

/** Parameters of protocol.describe. */
export interface ProtocolDescribeParams {
  /** Methods to return. */
  methods?: string[];
  /** Types to return. */
  types?: string[];
  /** Error codes to return. */
  errors?: string[];
  /** Event types to return. */
  events?: string[];
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of protocol.describe. */
export interface ProtocolDescribeResult extends CommonResult {
  /** Digest of the contract. */
  schema: string;
  /** Files, sorted by path. Where types or errors are asked, their files hold only these. */
  files: ContractFile[];
}

/** Parameters of protocol.ping. */
export interface ProtocolPingParams {
  /** Returned unchanged. */
  echo?: unknown;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of protocol.ping. */
export interface ProtocolPingResult extends CommonResult {
  /** What was sent. */
  echo?: unknown;
}

/** Methods of protocol. */
export interface ProtocolMethods {
  /** The contract itself. Returns contract files. Without parameters all of them; each list narrows one kind, and only the kinds named are returned. */
  describe(params?: ProtocolDescribeParams): Promise<ProtocolDescribeResult>;
  /** The cheapest round trip. Answers from memory. Does not count as in flight. */
  ping(params?: ProtocolPingParams): Promise<ProtocolPingResult>;
}

/** Parameters of recon.get. */
export interface ReconGetParams {
  /** Which. */
  run: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of recon.get. */
export interface ReconGetResult extends CommonResult {
  /** It. */
  run: Run;
  /** Its discrepancies by kind. */
  kinds: KindCount[];
  /** What a name would stand under; absent once two do, and where a newer run took its place. */
  to_sign?: ToSign;
}

/** Parameters of recon.list. */
export interface ReconListParams {
  /** Whose. */
  gateway?: string;
  /** Of this statement. */
  statement?: string;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of recon.list. */
export interface ReconListResult extends CommonResult {
  /** Rows. */
  runs: Run[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of recon.run. */
export interface ReconRunParams {
  /** A gateway's bill. */
  statement: string;
  /** The bill of the balance for the same days: what was earned must have been moved. By default the one in force, if one is here. */
  fund?: string;
  /** The bank's statement in which its payouts must be found: those of the bill of the balance, else of the bill itself. */
  bank?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of recon.run. */
export interface ReconRunResult extends CommonResult {
  /** What came of it. */
  run: Run;
  /** Its discrepancies by kind. */
  kinds: KindCount[];
}

/** Parameters of recon.sign. */
export interface ReconSignParams {
  /** Which. */
  run: string;
  /** The digest that recon.get showed under to_sign; another one is refused. */
  sha256?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of recon.sign. */
export interface ReconSignResult extends CommonResult {
  /** As it is now. */
  run: Run;
}

/** Methods of recon. */
export interface ReconMethods {
  /** One reconciliation run. With its discrepancies by kind, as they stand now, and what is needed to sign it. */
  get(params: ReconGetParams): Promise<ReconGetResult>;
  /** Reconciliation runs. Newest first. */
  list(params?: ReconListParams): Promise<ReconListResult>;
  /** Compare a statement with our books. Every row of both sides ends in exactly one bucket. A success that only the statement knows pays the order, with the row as evidence. Every difference is named and opened as a discrepancy; one that an earlier run opened is counted as known. Beside it the bill of the balance shows whether each trade, refund and fee was moved as it was earned, and the bank's statement whether each payout arrived, and when. May be repeated. */
  run(params: ReconRunParams): Promise<ReconRunResult>;
  /** Put your name under a run. Two persons stand for a run: the first is anybody of finance, the second somebody else of the lead. Every discrepancy that the run found must be decided or wait for a named day. The names stand under the digest of the run, its sums, its discrepancies and their decisions, which goes into the event chain. Whatever changes one of them makes the names void and says so: recon.reopened; so does a statement that is issued again, at the moment it comes in. */
  sign(params: ReconSignParams): Promise<ReconSignResult>;
}

/** Parameters of refund.approve. */
export interface RefundApproveParams {
  /** Refund id. */
  refund: string;
  /** Only if the object still has this version. */
  version?: number;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of refund.approve. */
export interface RefundApproveResult extends CommonResult {
  /** The refund. */
  refund: Refund;
}

/** Parameters of refund.create. */
export interface RefundCreateParams {
  /** Payment id. */
  payment: string;
  /** How much. */
  amount: Money;
  /** Why; the gateway may show it to the buyer. */
  reason?: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of refund.create. */
export interface RefundCreateResult extends CommonResult {
  /** The refund. */
  refund: Refund;
}

/** Parameters of refund.get. */
export interface RefundGetParams {
  /** Refund id. */
  refund: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of refund.get. */
export interface RefundGetResult extends CommonResult {
  /** The refund. */
  refund: Refund;
}

/** Parameters of refund.list. */
export interface RefundListParams {
  /** Of this order. */
  order?: string;
  /** Of this payment. */
  payment?: string;
  /** State. */
  state?: RefundState;
  /** Requested at or after. */
  created_from?: number;
  /** Requested before. */
  created_to?: number;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of refund.list. */
export interface RefundListResult extends CommonResult {
  /** Rows. */
  refunds: Refund[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of refund.query. */
export interface RefundQueryParams {
  /** Refund id. */
  refund: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of refund.query. */
export interface RefundQueryResult extends CommonResult {
  /** The refund. */
  refund: Refund;
  /** The gateway was asked for this call. */
  asked: boolean;
}

/** Parameters of refund.reject. */
export interface RefundRejectParams {
  /** Refund id. */
  refund: string;
  /** Why. */
  reason: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of refund.reject. */
export interface RefundRejectResult extends CommonResult {
  /** The refund. */
  refund: Refund;
}

/** Methods of refund. */
export interface RefundMethods {
  /** Approve a refund. By another operator than the one who asked, within the approver's limit. What no operator asked for counts with all that the approver gave back of this order alone. Then it is sent. */
  approve(params: RefundApproveParams): Promise<RefundApproveResult>;
  /** Ask for a refund. The amount is reserved at once, so that refunds never exceed what was captured. Within the caller's limit it is sent at once, counting what the caller gave back of this order alone before; above it, it waits for refund.approve. So does any refund of a payment that was made before the store was restored from a backup, whatever the limit. The reply comes when the gateway answered, or after 15 seconds with state unknown; a definite refusal is an error that names the refund. */
  create(params: RefundCreateParams): Promise<RefundCreateResult>;
  /** One refund. By id. */
  get(params: RefundGetParams): Promise<RefundGetResult>;
  /** Refunds by order, payment, state or time. All filters must hold. Newest first. */
  list(params?: RefundListParams): Promise<RefundListResult>;
  /** Ask the gateway about a refund now. Joins a query in flight; at most once in two seconds. */
  query(params: RefundQueryParams): Promise<RefundQueryResult>;
  /** Refuse or withdraw a refund. The reserved amount is free again. Called by who asked, the refund is withdrawn. */
  reject(params: RefundRejectParams): Promise<RefundRejectResult>;
}

/** Parameters of rule.activate. */
export interface RuleActivateParams {
  /** As rule.proposals shows it. */
  pattern: string;
  /** How far it goes. */
  mode?: RuleMode;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of rule.activate. */
export interface RuleActivateResult extends CommonResult {
  /** The rule. */
  rule: Rule;
}

/** Parameters of rule.deactivate. */
export interface RuleDeactivateParams {
  /** Which. */
  rule: string;
  /** Why. */
  reason: string;
  /** Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days. */
  idempotency_key?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of rule.deactivate. */
export interface RuleDeactivateResult extends CommonResult {
  /** As it is now. */
  rule: Rule;
}

/** Parameters of rule.get. */
export interface RuleGetParams {
  /** Which. */
  rule: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of rule.get. */
export interface RuleGetResult extends CommonResult {
  /** The rule. */
  rule: Rule;
  /** Its back-test as of now. */
  back_test: BackTest;
  /** Differences that it decided by itself. */
  decisions: number;
  /** Those among them that people took back. */
  taken_back: number;
  /** Proposals of it that a person agreed to. */
  confirmed: number;
  /** Proposals of it that a person turned down. */
  turned_down: number;
}

/** Parameters of rule.list. */
export interface RuleListParams {
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of rule.list. */
export interface RuleListResult extends CommonResult {
  /** Rows. */
  rules: Rule[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of rule.proposals. */
export interface RuleProposalsParams {
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of rule.proposals. */
export interface RuleProposalsResult extends CommonResult {
  /** Rows. */
  proposals: RuleProposal[];
}

/** Methods of rule. */
export interface RuleMethods {
  /** Put a pattern of decisions in force. What a run finds from then on is treated like the differences before it: only what one person may decide alone, never a larger difference than people decided so. A rule that suggests proposes and a person confirms or turns down (discrepancy.confirm, discrepancy.reject); one decision of people is enough to have it. A rule that closes decides at once; it takes twenty decisions of people and a back-test in which nothing ended otherwise. Each such decision names the rule and is undone like any other; the first that is undone ends a rule that closes. A rule of the same pattern in the other mode ends with it. rule.proposals shows the back-test beforehand. */
  activate(params: RuleActivateParams): Promise<RuleActivateResult>;
  /** End a rule. What it has decided stands until somebody undoes it. */
  deactivate(params: RuleDeactivateParams): Promise<RuleDeactivateResult>;
  /** A rule, what it has done, and its back-test today. The back-test plays the rule over all that ever differed, also what came after it was put in force. */
  get(params: RuleGetParams): Promise<RuleGetResult>;
  /** Rules in force, and those that were. Newest first. */
  list(params?: RuleListParams): Promise<RuleListResult>;
  /** What people decide alike again and again. Each pattern of decisions with a rule of it played over all that ever differed: how many it would have decided, how many of these people decided alike, and every one that ended otherwise. Best supported first. Only decisions that one person may make alone are counted, and none that a rule made by itself. */
  proposals(params?: RuleProposalsParams): Promise<RuleProposalsResult>;
}

/** Parameters of sandbox.behave. */
export interface SandboxBehaveParams {
  /** What it does. */
  fault: Fault;
  /** Which sandbox; default the only one. */
  gateway?: string;
  /** How long. */
  for_ms?: number;
  /** For so many calls. */
  calls?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of sandbox.behave. */
export interface SandboxBehaveResult extends CommonResult {
  /** Which sandbox. */
  gateway: string;
  /** Faults in force now. */
  faults: Fault[];
  /** When they end. */
  until_at?: number;
}

/** Parameters of sandbox.books. */
export interface SandboxBooksParams {
  /** Which sandbox; default the only one. */
  gateway?: string;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of sandbox.books. */
export interface SandboxBooksResult extends CommonResult {
  /** Rows. */
  trades: Trade[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Parameters of sandbox.dispute. */
export interface SandboxDisputeParams {
  /** Payment id. */
  payment: string;
  /** What the bank says. */
  state?: DisputeStatus;
  /** What becomes of the notification. */
  callback?: Callback;
  /** Delay of the notification, for delay. */
  delay_ms?: number;
  /** How much; all that was paid if left out. Set when it opens. */
  amount?: Money;
  /** How long an answer is taken; seven days if left out. Set when it opens. */
  due_in_ms?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of sandbox.dispute. */
export interface SandboxDisputeResult extends CommonResult {
  /** The sandbox's own record. */
  trade: Trade;
}

/** Parameters of sandbox.pay. */
export interface SandboxPayParams {
  /** Payment id. */
  payment: string;
  /** What the buyer does. */
  state?: SandboxState;
  /** What becomes of the notification. */
  callback?: Callback;
  /** Delay of the notification, for delay. */
  delay_ms?: number;
  /** Pay another amount. */
  amount?: Money;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of sandbox.pay. */
export interface SandboxPayResult extends CommonResult {
  /** The sandbox's own record. */
  trade: Trade;
}

/** Methods of sandbox. */
export interface SandboxMethods {
  /** Make a sandbox misbehave. Until for_ms has passed, calls were so many, or the fault none is set. */
  behave(params: SandboxBehaveParams): Promise<SandboxBehaveResult>;
  /** The sandbox's own books. What the sandbox believes, kept apart from the daemon's store. Newest first. */
  books(params?: SandboxBooksParams): Promise<SandboxBooksResult>;
  /** Be the buyer's bank at a sandbox gateway. Opens a dispute of a paid payment, or says what became of the one that is there, and decides what becomes of the notification. */
  dispute(params: SandboxDisputeParams): Promise<SandboxDisputeResult>;
  /** Be the buyer at a sandbox gateway. Pays, fails or leaves a payment, and decides what becomes of the notification. */
  pay(params: SandboxPayParams): Promise<SandboxPayResult>;
}

/** Parameters of server.backup. */
export interface ServerBackupParams {
  /** File name. */
  name: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of server.backup. */
export interface ServerBackupResult extends CommonResult {
  /** File name. */
  name: string;
  /** Size. */
  bytes: number;
  /** Digest. */
  sha256: string;
  /** Events in it. */
  events: number;
  /** State of this moment. */
  at: number;
}

/** Parameters of server.connections. */
export interface ServerConnectionsParams {
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of server.connections. */
export interface ServerConnectionsResult extends CommonResult {
  /** Connections, oldest first. */
  connections: Connection[];
}

/** Parameters of server.disconnect. */
export interface ServerDisconnectParams {
  /** Number of the connection. */
  connection: number;
  /** Said in its session.bye. */
  reason?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of server.disconnect. */
export interface ServerDisconnectResult extends CommonResult {
  /** Number of the connection. */
  connection: number;
  /** It was open. */
  closed: boolean;
}

/** Parameters of server.drain. */
export interface ServerDrainParams {
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of server.drain. */
export interface ServerDrainResult extends CommonResult {
  /** draining. */
  state: ServerState;
}

/** Parameters of server.health. */
export interface ServerHealthParams {
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of server.health. */
export interface ServerHealthResult extends CommonResult {
  /** What it can do now. */
  state: ServerState;
  /** It does all. */
  ready: boolean;
  /** Version of the daemon. */
  version: string;
  /** Since it started. */
  uptime_ms: number;
  /** Its clock. */
  now_at: number;
  /** Why not ready. */
  reason?: string;
}

/** Parameters of server.metrics. */
export interface ServerMetricsParams {
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of server.metrics. */
export interface ServerMetricsResult extends CommonResult {
  /** All metrics, sorted by name. */
  metrics: Metric[];
}

/** Parameters of server.reload. */
export interface ServerReloadParams {
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of server.reload. */
export interface ServerReloadResult extends CommonResult {
  /** Members that changed and are in force. */
  changed: string[];
  /** Members that changed and wait for a restart. */
  restart_needed: string[];
}

/** Parameters of server.status. */
export interface ServerStatusParams {
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of server.status. */
export interface ServerStatusResult extends CommonResult {
  /** What it can do now. */
  state: ServerState;
  /** Version of the daemon. */
  version: string;
  /** Changes with every start. */
  instance: string;
  /** Epoch of the event history. */
  epoch: string;
  /** Digest of the contract. */
  schema: string;
  /** Start. */
  started_at: number;
  /** Open connections. */
  connections: number;
  /** Orders kept. */
  orders: number;
  /** Payments without a final state. */
  payments_open: number;
  /** Events in the log. */
  events: number;
  /** Writes that wait. */
  queue_depth: number;
  /** Queries due now. */
  polls_due: number;
  /** Outgoing messages not yet taken. */
  hooks_pending: number;
  /** Orders a person must look at. */
  attention: number;
  /** Orders the search index has not reached; a search reads them directly. */
  search_lag: number;
  /** Size of the store. */
  store_bytes: number;
  /** What is kept for a time only. */
  retention: Retention[];
  /** Configuration in use; absent if there is none. */
  config?: string;
  /** Compression of the schedule; 1 in earnest. */
  time_scale: string;
}

/** Methods of server. */
export interface ServerMethods {
  /** Copy the store while it works. Writes a consistent copy into the configured folder, mode 0600, and opens it to check it. */
  backup(params: ServerBackupParams): Promise<ServerBackupResult>;
  /** Open connections. Who is connected, since when, and what each one holds up. */
  connections(params?: ServerConnectionsParams): Promise<ServerConnectionsResult>;
  /** Close one connection. Its requests in flight are finished, their replies are lost. */
  disconnect(params: ServerDisconnectParams): Promise<ServerDisconnectResult>;
  /** Stop in good order. New work is refused with draining, requests in flight get 10 seconds, streams end with their cursor. */
  drain(params?: ServerDrainParams): Promise<ServerDrainResult>;
  /** Whether the daemon is alive and ready. Never touches the disk and does not count as in flight. */
  health(params?: ServerHealthParams): Promise<ServerHealthResult>;
  /** Numbers for monitoring. The command line prints them as Prometheus text. */
  metrics(params?: ServerMetricsParams): Promise<ServerMetricsResult>;
  /** Read the configuration again. All or nothing: a fault leaves the running configuration as it is. At once: peers and operators (an open connection gets the roles of now, and ends where nobody would admit it any more), gateways with their keys, fees, exchange, calendar and layouts. Every other member that differs is named and waits for a restart. */
  reload(params?: ServerReloadParams): Promise<ServerReloadResult>;
  /** What the daemon holds and does. Counts and versions for people. */
  status(params?: ServerStatusParams): Promise<ServerStatusResult>;
}

/** Parameters of statement.append. */
export interface StatementAppendParams {
  /** From statement.begin. */
  statement: string;
  /** Where the piece begins. */
  offset: number;
  /** The piece. */
  data_base64: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of statement.append. */
export interface StatementAppendResult extends CommonResult {
  /** Bytes that are here. */
  received: number;
}

/** Parameters of statement.begin. */
export interface StatementBeginParams {
  /** Size of the file. */
  bytes: number;
  /** Digest of its bytes. */
  sha256: string;
  /** What it is called. */
  name?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of statement.begin. */
export interface StatementBeginResult extends CommonResult {
  /** What the file is called from now on. */
  statement: string;
  /** Bytes that are here. */
  received: number;
}

/** Parameters of statement.bills. */
export interface StatementBillsParams {
  /** Only of this gateway. */
  gateway?: string;
  /** Rows at most. */
  limit?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of statement.bills. */
export interface StatementBillsResult extends CommonResult {
  /** Newest day first, then by gateway and kind. */
  bills: Bill[];
}

/** Parameters of statement.fetch. */
export interface StatementFetchParams {
  /** The configured gateway. */
  gateway: string;
  /** The day it is about, in the gateway's zone; by default the last one whose bill should be there. */
  day?: string;
  /** Only this kind; by default all that the gateway gives out. */
  kind?: BillKind;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of statement.fetch. */
export interface StatementFetchResult extends CommonResult {
  /** What is asked for now. */
  bills: Bill[];
}

/** Parameters of statement.get. */
export interface StatementGetParams {
  /** Which. */
  statement: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of statement.get. */
export interface StatementGetResult extends CommonResult {
  /** It. */
  statement: Statement;
}

/** Parameters of statement.import. */
export interface StatementImportParams {
  /** From statement.begin; all pieces are here. */
  statement: string;
  /** The configured gateway whose bill it is; without it the only one that gives out such files. For a bank's statement, a name for the account. */
  gateway?: string;
  /** How it is laid out: alipay_trade, alipay_fund, wechat_trade, wechat_fund, stripe, paypal, paypal_day_first, mt940, ofx, camt053, or a layout that the configuration saves. Guessed without it. */
  layout?: string;
  /** Declares a layout, for files of any shop or channel, in place of layout. It is kept with the statement, which is always read by it. */
  mapping?: Record<string, unknown>;
  /** The days it covers begin; by default the day of its first row. */
  from_at?: number;
  /** And end; by default the day after its last row's. */
  to_at?: number;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** Do everything, then roll it back; nothing is sent to a gateway. */
  dry_run?: boolean;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of statement.import. */
export interface StatementImportResult extends CommonResult {
  /** What was understood. */
  statement: Statement;
  /** The same bytes were taken in before. */
  known: boolean;
  /** Files of a zip that were not used. */
  left_out: string[];
  /** Payments that its rows paid or confirmed. Only a bank's statement does so by itself; bills are compared by recon.run. */
  filled_back: number;
  /** The one it was issued in place of. */
  supersedes?: string;
  /** With dry_run: how the file fits its layout. */
  preview?: StatementPreview;
}

/** Parameters of statement.list. */
export interface StatementListParams {
  /** Whose. */
  gateway?: string;
  /** What they hold. */
  content?: StatementContent;
  /** With days after this. */
  from_at?: number;
  /** With days before this. */
  to_at?: number;
  /** Rows at most. */
  limit?: number;
  /** next of the page before. */
  page?: string;
  /** Reply within this time, or answer deadline_exceeded. */
  timeout_ms?: number;
  /** The caller's own mark, copied to log and events. */
  trace?: string;
}

/** Result of statement.list. */
export interface StatementListResult extends CommonResult {
  /** Rows. */
  statements: Statement[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** Methods of statement. */
export interface StatementMethods {
  /** Send a piece of a file. Pieces come in order. One that is here already is answered as the first time, so that it may be repeated after a lost reply. */
  append(params: StatementAppendParams): Promise<StatementAppendResult>;
  /** Announce a file. The file comes in pieces by statement.append, and is taken in by statement.import. It is forgotten a day later if it is not. The same bytes announced again go on where they stopped. */
  begin(params: StatementBeginParams): Promise<StatementBeginResult>;
  /** Gateways' bills and how far each is. One for each gateway, kind and day since the gateway's first payment, newest day first. Of the bank's files a warning tells: the days that no file covers while payouts wait which may have come on them. */
  bills(params?: StatementBillsParams): Promise<StatementBillsResult>;
  /** Download a gateway's bills now. Bills come by themselves at their ready time and again until they are there; this asks now, also for a bill that is there, which may have been issued again. It answers at once: the download, the import and the comparison follow, and statement.bills tells how far they are. */
  fetch(params: StatementFetchParams): Promise<StatementFetchResult>;
  /** One bill or bank statement. With what it states about itself and what its rows give. */
  get(params: StatementGetParams): Promise<StatementGetResult>;
  /** Take a bill or bank statement in. The form is guessed by the heading unless layout names it; zip files, GBK and UTF-8 are told apart by themselves. A file whose bytes are known already is answered with known. One for days that are there is issued again: it supersedes the older. The same bytes read by another layout are a statement of their own, in place of the first. A row of a bank's statement by which money came in under the out_trade_no of a payment of kind transfer pays that payment, or shows it to a person where the amount is another; where the statement is named as a gateway whose notices prove little, its rows confirm weakly paid payments of the same sum. With dry_run nothing is kept: preview shows the first rows as they were understood, and every row that does not read with a hint. */
  import(params: StatementImportParams): Promise<StatementImportResult>;
  /** Bills and bank statements. All filters must hold. Newest first. */
  list(params?: StatementListParams): Promise<StatementListResult>;
}

/** Every family but those with streams, which are written by hand. */
export interface Families {
  /** Methods of audit. */
  audit: AuditMethods;
  /** Methods of batch. */
  batch: BatchMethods;
  /** Methods of case. */
  case: CaseMethods;
  /** Methods of delivery. */
  delivery: DeliveryMethods;
  /** Methods of discrepancy. */
  discrepancy: DiscrepancyMethods;
  /** Methods of dispute. */
  dispute: DisputeMethods;
  /** Methods of gateway. */
  gateway: GatewayMethods;
  /** Methods of hook. */
  hook: HookMethods;
  /** Methods of key. */
  key: KeyMethods;
  /** Methods of ledger. */
  ledger: LedgerMethods;
  /** Methods of notification. */
  notification: NotificationMethods;
  /** Methods of order. */
  order: OrderMethods;
  /** Methods of payment. */
  payment: PaymentMethods;
  /** Methods of poll. */
  poll: PollMethods;
  /** Methods of protocol. */
  protocol: ProtocolMethods;
  /** Methods of recon. */
  recon: ReconMethods;
  /** Methods of refund. */
  refund: RefundMethods;
  /** Methods of rule. */
  rule: RuleMethods;
  /** Methods of sandbox. */
  sandbox: SandboxMethods;
  /** Methods of server. */
  server: ServerMethods;
  /** Methods of statement. */
  statement: StatementMethods;
}
