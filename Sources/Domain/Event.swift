/// Something that became true. Events are the source; every state row can be rebuilt from them.
package struct Event: Hashable, Sendable {
  package let id: EventID
  /// Our wall clock; never before the order's previous event.
  package let at: Timestamp
  package let actor: Actor
  /// The caller's word for following a request through log and events.
  package let trace: String?
  package let order: OrderID?
  /// The order's version after this event; 0 where no order is concerned.
  package let version: Int64
  package let body: EventBody

  package init(
    id: EventID, at: Timestamp, actor: Actor, trace: String?, order: OrderID?, version: Int64,
    body: EventBody
  ) {
    self.id = id
    self.at = at
    self.actor = actor
    self.trace = trace
    self.order = order
    self.version = version
    self.body = body
  }
}

/// What an event says. Each case holds all that rebuilding the state needs, and no personal data.
package enum EventBody: Hashable, Sendable {
  case order(OrderEvent)
  case payment(PaymentID, PaymentEvent)
  case refund(RefundID, RefundEvent)
  case delivery(DeliveryID, DeliveryEvent)
  case dispute(DisputeID, DisputeEvent)
  case attention(AttentionEvent)
  case notification(NotificationEvent)
  case gateway(name: String, GatewayEvent)
  case statement(StatementID, StatementEvent)
  case run(RunID, RunEvent)
  case discrepancy(DiscrepancyID, DiscrepancyEvent)
  case `case`(CaseID, CaseEvent)
  case rule(RuleID, RuleEvent)
  case server(ServerEvent)
}

package enum OrderEvent: Hashable, Sendable {
  case created(OrderDraft)
  /// The derived pay state became this one; amounts in the order's currency, minor units.
  case payStateChanged(PayState, captured: Int64, refunded: Int64, excess: Int64, isLate: Bool)
  case cancelRequested(reason: String?)
  case acceptProposed(by: String, reason: String)
  case accepted(by: String, reason: String)
  case held(reason: String)
  case unheld
  case personalErased
  case frozen(reason: String)
}

package enum PaymentEvent: Hashable, Sendable {
  case created(PaymentDraft)
  case submitted
  case awaitingBuyer(PaymentAction?, gatewayPayment: String? = nil)
  case processing(Reason?)
  case unknown(Reason)
  case stale
  case closing(ClosingCause)
  case closed(Reason?, Evidence)
  case failed(Reason, Evidence)
  case succeeded(Capture, Evidence, isLate: Bool)
  case reversed(Reason?, Evidence)
  /// Something stronger says the same of a charge that only a weak word told of.
  case confirmed(Evidence)
  case resolveProposed(by: String, evidence: String, amount: Money, reason: String)
}

package enum RefundEvent: Hashable, Sendable {
  case requested(payment: PaymentID, number: String, amount: Money, note: String?)
  case approved(by: String)
  case rejected(reason: String, by: String)
  case withdrawn(by: String)
  case submitted
  case processing(Reason?, gatewayRefund: String? = nil)
  case unknown(Reason)
  case succeeded(gatewayRefund: String?, Evidence)
  case failed(Reason, Evidence)
  case returned(Reason?, Evidence)
}

package enum DeliveryEvent: Hashable, Sendable {
  /// May be claimed; `reason` where a person opened it again.
  case pending(line: Int64, reason: String? = nil)
  case held(reason: String)
  case reserved(ClaimID, leaseUntil: Timestamp)
  case delivered(reference: String?)
  case failed(reason: String)
  case revoked(reason: String)
}

package enum DisputeEvent: Hashable, Sendable {
  case opened(
    payment: PaymentID, gatewayDispute: String, DisputeStatus, DisputeTerms, DisputeFunds, Evidence)
  case moved(DisputeStatus, DisputeTerms, DisputeFunds, Evidence)
  /// The same state, with other facts.
  case updated(DisputeTerms, DisputeFunds, Evidence)
  /// So many hours are left to answer; 0 once the time has passed.
  case due(hours: Int64, dueAt: Timestamp)
  case attached(DisputeAttachment)
}

package enum AttentionEvent: Hashable, Sendable {
  case raised(code: String, text: String)
  case cleared(code: String)
}

package enum NotificationEvent: Hashable, Sendable {
  case received(ReceiptID, gateway: String, payment: PaymentID?)
  case rejected(ReceiptID, gateway: String, reason: String)
  case parked(ReceiptID, gateway: String, outTradeNumber: String)
}

package enum GatewayEvent: Hashable, Sendable {
  case degraded(reason: String)
  case recovered
  /// Not configured any more, with this many payments and refunds that cannot be asked about.
  case missing(open: Int64)
}

package enum StatementEvent: Hashable, Sendable {
  case imported(
    gateway: String, content: StatementContent, digest: String, rows: Int64, from: Timestamp,
    to: Timestamp, isVerified: Bool, supersedes: StatementID?)
}

package enum RunEvent: Hashable, Sendable {
  case finished(
    statement: StatementID, gateway: String, rows: Int64, filledBack: Int64, opened: Int64,
    digest: String, bookings: RunBookings)
  /// The first of two names. The digest is that of the page under which it stands.
  case halfSigned(digest: String, leftOpen: [LeftOpen])
  /// The second name, under the same page.
  case signed(digest: String)
  /// What was signed, by one or by two, is not so any more.
  case reopened(SignOffBreak)
}

package enum DiscrepancyEvent: Hashable, Sendable {
  case opened(DiscrepancyFacts)
  /// Ended by the machine.
  case resolved(DiscrepancyResolution)
  case proposed(Adjudication)
  case rejected(reason: String)
  /// Decided, by one person or with the agreement of a second.
  case adjudicated(Adjudication, confirmedBy: String?)
  /// A decision was taken back, or the day it waited for came.
  case reopened(reason: String)
  case escalated
}

package enum ServerEvent: Hashable, Sendable {
  case started(version: String)
}

extension EventBody {
  /// The type on the wire, as `order.paid`.
  package var type: String {
    switch self {
    case .order(let event): event.type
    case .payment(_, let event): event.type
    case .refund(_, let event): event.type
    case .delivery(_, let event): event.type
    case .dispute(_, let event): event.type
    case .attention(.raised): "attention.raised"
    case .attention(.cleared): "attention.cleared"
    case .notification(.received): "notification.received"
    case .notification(.rejected): "notification.rejected"
    case .notification(.parked): "notification.parked"
    case .gateway(_, .degraded): "gateway.degraded"
    case .gateway(_, .recovered): "gateway.recovered"
    case .gateway(_, .missing): "gateway.missing"
    case .statement(_, .imported): "statement.imported"
    case .run(_, .finished): "recon.finished"
    case .run(_, .halfSigned): "recon.half_signed"
    case .run(_, .signed): "recon.signed"
    case .run(_, .reopened): "recon.reopened"
    case .discrepancy(_, .opened): "discrepancy.opened"
    case .discrepancy(_, .resolved): "discrepancy.resolved"
    case .discrepancy(_, .proposed): "discrepancy.proposed"
    case .discrepancy(_, .rejected): "discrepancy.rejected"
    case .discrepancy(_, .adjudicated): "discrepancy.adjudicated"
    case .discrepancy(_, .reopened): "discrepancy.reopened"
    case .discrepancy(_, .escalated): "discrepancy.escalated"
    case .case(_, let event): event.type
    case .rule(_, .activated): "rule.activated"
    case .rule(_, .deactivated): "rule.deactivated"
    case .server(.started): "server.started"
    }
  }
}

extension OrderEvent {
  package var type: String {
    switch self {
    case .created: "order.created"
    case .payStateChanged(let state, _, _, _, _): "order.\(state.rawValue)"
    case .cancelRequested: "order.cancel_requested"
    case .acceptProposed: "order.accept_proposed"
    case .accepted: "order.accepted"
    case .held: "order.held"
    case .unheld: "order.unheld"
    case .personalErased: "order.personal_erased"
    case .frozen: "order.frozen"
    }
  }
}

extension PaymentEvent {
  package var type: String {
    switch self {
    case .created: "payment.created"
    case .submitted: "payment.submitted"
    case .awaitingBuyer: "payment.awaiting_buyer"
    case .processing: "payment.processing"
    case .unknown: "payment.unknown"
    case .stale: "payment.stale"
    case .closing: "payment.closing"
    case .closed: "payment.closed"
    case .failed: "payment.failed"
    case .succeeded(_, _, let isLate): isLate ? "payment.succeeded_late" : "payment.succeeded"
    case .reversed: "payment.reversed"
    case .confirmed: "payment.confirmed"
    case .resolveProposed: "payment.resolve_proposed"
    }
  }
}

extension RefundEvent {
  package var type: String {
    switch self {
    case .requested: "refund.requested"
    case .approved: "refund.approved"
    case .rejected: "refund.rejected"
    case .withdrawn: "refund.withdrawn"
    case .submitted: "refund.submitted"
    case .processing: "refund.processing"
    case .unknown: "refund.unknown"
    case .succeeded: "refund.succeeded"
    case .failed: "refund.failed"
    case .returned: "refund.returned"
    }
  }
}

extension DeliveryEvent {
  package var type: String {
    switch self {
    case .pending: "delivery.pending"
    case .held: "delivery.held"
    case .reserved: "delivery.reserved"
    case .delivered: "delivery.delivered"
    case .failed: "delivery.failed"
    case .revoked: "delivery.revoked"
    }
  }
}

extension DisputeEvent {
  package var type: String {
    switch self {
    case .opened: "dispute.opened"
    case .moved(let state, _, _, _): "dispute.\(state.rawValue)"
    case .updated: "dispute.updated"
    case .due: "dispute.due"
    case .attached: "dispute.attached"
    }
  }
}
