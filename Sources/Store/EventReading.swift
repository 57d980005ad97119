package import Domain
import JSON

/// An event with its place in the log.
package struct LoggedEvent: Hashable, Sendable {
  /// Counts from 1 without gaps, in commit order.
  package let sequence: Int64
  /// The sequence of the first event of the same decision.
  package let transaction: Int64
  package let event: Event
}

/// Turns a stored line back into the event that it was.
enum EventReading {
  static func event(line: [UInt8]) throws(StoreError) -> LoggedEvent {
    let stored = try Stored(bytes: line, "event")
    let type = try stored.string("type")
    let event = Event(
      id: try stored.identifier("id", EventKind.self), at: try stored.time("at"),
      actor: try actor(try stored.string("actor")), trace: try stored.optionalString("trace"),
      order: stored.object["order"] == nil
        ? nil : try stored.identifier("order", OrderKind.self),
      version: try stored.integer("version"),
      body: try body(type, stored, try stored.nested("data")))
    return LoggedEvent(
      sequence: try stored.integer("seq"), transaction: try stored.integer("tx"), event: event)
  }

  static func actor(_ text: String) throws(StoreError) -> Actor {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.count == 2 ? String(parts[1]) : ""
    switch (parts[0], parts.count) {
    case ("client", 2): return .client(principal: name)
    case ("operator", 2): return .staff(name: name)
    case ("notice", 2): return .notice(gateway: name)
    case ("statement", 2): return .statement(gateway: name)
    case ("rule", 2):
      guard let id = RuleID(text: name) else { throw .damaged("event: actor \(text)") }
      return .rule(id)
    case ("poller", 1): return .poller
    case ("timer", 1): return .timer
    case ("recovery", 1): return .recovery
    case ("system", 1): return .system
    default: throw .damaged("event: actor \(text)")
    }
  }

  private static func body(
    _ type: String, _ line: Stored, _ data: Stored
  ) throws(StoreError) -> EventBody {
    let parts = type.split(separator: ".", maxSplits: 1)
    guard parts.count == 2 else { throw .damaged("event: type \(type)") }
    let verb = String(parts[1])
    switch parts[0] {
    case "order": return .order(try order(verb, data))
    case "payment":
      return .payment(
        try line.identifier("payment", PaymentKind.self), try payment(verb, data))
    case "refund":
      return .refund(try line.identifier("refund", RefundKind.self), try refund(verb, data))
    case "delivery":
      return .delivery(
        try data.identifier("delivery", DeliveryKind.self), try delivery(verb, data))
    case "dispute":
      return .dispute(
        try line.identifier("dispute", DisputeKind.self), try dispute(verb, data))
    case "attention":
      let code = try data.string("code")
      return verb == "raised"
        ? .attention(.raised(code: code, text: try data.string("text")))
        : .attention(.cleared(code: code))
    case "notification": return .notification(try notification(verb, line, data))
    case "gateway":
      let name = try data.string("gateway")
      switch verb {
      case "degraded": return .gateway(name: name, .degraded(reason: try data.string("reason")))
      case "missing": return .gateway(name: name, .missing(open: try data.integer("open")))
      default: return .gateway(name: name, .recovered)
      }
    case "statement":
      return .statement(
        try data.identifier("statement", StatementKind.self), try imported(data))
    case "recon":
      return .run(try data.identifier("run", RunKind.self), try run(verb, data))
    case "discrepancy":
      return .discrepancy(
        try data.identifier("discrepancy", DiscrepancyNumber.self),
        try discrepancy(verb, line, data))
    case "case":
      return .case(try data.identifier("case", CaseIdentity.self), try caseEvent(verb, data))
    case "rule":
      return .rule(try data.identifier("rule", RuleIdentity.self), try ruleEvent(verb, data))
    case "server": return .server(.started(version: try data.string("version")))
    default: throw .damaged("event: type \(type)")
    }
  }

  private static func order(_ verb: String, _ data: Stored) throws(StoreError) -> OrderEvent {
    switch verb {
    case "created": return .created(try draft(data))
    case "cancel_requested": return .cancelRequested(reason: try data.optionalString("reason"))
    case "accept_proposed":
      return .acceptProposed(by: try data.string("by"), reason: try data.string("reason"))
    case "accepted":
      return .accepted(by: try data.string("by"), reason: try data.string("reason"))
    case "held": return .held(reason: try data.string("reason"))
    case "unheld": return .unheld
    case "personal_erased": return .personalErased
    case "frozen": return .frozen(reason: try data.string("reason"))
    default:
      guard let state = PayState(rawValue: verb) else { throw .damaged("event: order.\(verb)") }
      return .payStateChanged(
        state, captured: try data.integer("captured"), refunded: try data.integer("refunded"),
        excess: try data.integer("excess"), isLate: try data.bool("late"))
    }
  }

  private static func draft(_ data: Stored) throws(StoreError) -> OrderDraft {
    var lines: [OrderLine] = []
    if data.object["lines"] != nil {
      for value in try data.array("lines") {
        guard let object = value.objectValue else { throw data.damaged("lines") }
        lines.append(try Stored(object, "order line").orderLine())
      }
    }
    return OrderDraft(
      number: try data.optionalString("order_no"), owner: try data.string("owner"),
      amount: try data.money("amount"), subject: try data.string("subject"), lines: lines,
      source: try data.optionalString("source"), expiresAt: try data.time("expires_at"),
      isTest: data.object["test"]?.boolValue ?? false)
  }

  private static func payment(_ verb: String, _ data: Stored) throws(StoreError) -> PaymentEvent {
    switch verb {
    case "created":
      return .created(
        PaymentDraft(
          gateway: try data.string("gateway"), kind: try data.string("kind"),
          method: try data.string("method"), amount: try data.money("amount"),
          outTradeNumber: try data.string("out_trade_no"), expiresAt: try data.time("expires_at"),
          isTest: data.object["test"]?.boolValue ?? false))
    case "submitted": return .submitted
    case "awaiting_buyer":
      return .awaitingBuyer(
        try data.optionalNested("action")?.action(),
        gatewayPayment: try data.optionalString("gateway_payment_id"))
    case "processing": return .processing(try data.optionalReason("reason"))
    case "unknown": return .unknown(try data.reason("reason"))
    case "stale": return .stale
    case "closing": return .closing(try data.word("cause", ClosingCause.self))
    case "closed":
      return .closed(
        try data.optionalReason("reason"), try data.nested("evidence").evidence())
    case "reversed":
      return .reversed(
        try data.optionalReason("reason"), try data.nested("evidence").evidence())
    case "failed":
      return .failed(try data.reason("reason"), try data.nested("evidence").evidence())
    case "succeeded", "succeeded_late":
      let capture = Capture(
        amount: try data.money("captured"),
        gatewayTransaction: try data.string("gateway_txn_id"),
        paidAt: try data.optionalTime("paid_at"),
        fee: data.object["fee"] == nil ? nil : try data.money("fee"))
      return .succeeded(
        capture, try data.nested("evidence").evidence(), isLate: verb == "succeeded_late")
    case "confirmed": return .confirmed(try data.nested("evidence").evidence())
    case "resolve_proposed":
      return .resolveProposed(
        by: try data.string("by"), evidence: try data.string("evidence"),
        amount: try data.money("amount"), reason: try data.string("reason"))
    default: throw .damaged("event: payment.\(verb)")
    }
  }

  private static func refund(_ verb: String, _ data: Stored) throws(StoreError) -> RefundEvent {
    switch verb {
    case "requested":
      return .requested(
        payment: try data.identifier("payment", PaymentKind.self),
        number: try data.string("refund_no"), amount: try data.money("amount"),
        note: try data.optionalString("reason"))
    case "approved": return .approved(by: try data.string("by"))
    case "withdrawn": return .withdrawn(by: try data.string("by"))
    case "rejected":
      return .rejected(reason: try data.string("reason"), by: try data.string("by"))
    case "submitted": return .submitted
    case "processing":
      return .processing(
        try data.optionalReason("reason"),
        gatewayRefund: try data.optionalString("gateway_refund_id"))
    case "unknown": return .unknown(try data.reason("reason"))
    case "succeeded":
      return .succeeded(
        gatewayRefund: try data.optionalString("gateway_refund_id"),
        try data.nested("evidence").evidence())
    case "failed":
      return .failed(try data.reason("reason"), try data.nested("evidence").evidence())
    case "returned":
      return .returned(
        try data.optionalReason("reason"), try data.nested("evidence").evidence())
    default: throw .damaged("event: refund.\(verb)")
    }
  }

  private static func delivery(
    _ verb: String, _ data: Stored
  ) throws(StoreError) -> DeliveryEvent {
    switch verb {
    case "pending": 
      return .pending(
        line: try data.integer("line"), reason: try data.optionalString("reason"))
    case "held": return .held(reason: try data.string("reason"))
    case "reserved":
      return .reserved(
        try data.identifier("claim", ClaimKind.self), leaseUntil: try data.time("lease_until"))
    case "delivered": return .delivered(reference: try data.optionalString("reference"))
    case "failed": return .failed(reason: try data.string("reason"))
    case "revoked": return .revoked(reason: try data.string("reason"))
    default: throw .damaged("event: delivery.\(verb)")
    }
  }

  private static func dispute(_ verb: String, _ data: Stored) throws(StoreError) -> DisputeEvent {
    switch verb {
    case "due": return .due(hours: try data.integer("hours"), dueAt: try data.time("due_at"))
    case "attached": return .attached(try data.nested("attachment").attachment())
    default: break
    }
    let terms = try data.disputeTerms()
    let funds = try data.word("funds", DisputeFunds.self)
    let evidence = try data.nested("evidence").evidence()
    switch verb {
    case "opened":
      return .opened(
        payment: try data.identifier("payment", PaymentKind.self),
        gatewayDispute: try data.string("gateway_dispute_id"),
        try data.word("state", DisputeStatus.self), terms, funds, evidence)
    case "updated": return .updated(terms, funds, evidence)
    default:
      guard let state = DisputeStatus(rawValue: verb) else {
        throw .damaged("event: dispute.\(verb)")
      }
      return .moved(state, terms, funds, evidence)
    }
  }

  private static func notification(
    _ verb: String, _ line: Stored, _ data: Stored
  ) throws(StoreError) -> NotificationEvent {
    let receipt = try data.identifier("receipt", ReceiptKind.self)
    let gateway = try data.string("gateway")
    switch verb {
    case "received":
      return .received(
        receipt, gateway: gateway,
        payment: line.object["payment"] == nil
          ? nil : try line.identifier("payment", PaymentKind.self))
    case "rejected":
      return .rejected(receipt, gateway: gateway, reason: try data.string("reason"))
    case "parked":
      return .parked(
        receipt, gateway: gateway, outTradeNumber: try data.string("out_trade_no"))
    default: throw .damaged("event: notification.\(verb)")
    }
  }
}
