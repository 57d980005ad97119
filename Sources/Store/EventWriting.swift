import Domain
import JSON

/// An event as one line of JSON: what is stored, hashed and sent, to the byte.
enum EventWriting {
  static func line(_ event: Event, sequence: Int64, transaction: Int64) -> [UInt8] {
    var writer = JSONWriter(capacity: 384)
    writer.beginObject()
    writer.member("id", event.id.text)
    writer.member("seq", sequence)
    writer.member("tx", transaction)
    writer.member("type", event.body.type)
    writer.member("at", event.at.milliseconds)
    writer.member("order", event.order?.text)
    switch event.body {
    case .payment(let id, _): writer.member("payment", id.text)
    case .refund(let id, _): writer.member("refund", id.text)
    case .dispute(let id, _): writer.member("dispute", id.text)
    case .notification(let body): writer.member("payment", body.payment?.text)
    case .discrepancy(_, .opened(let facts)):
      if case .payment(let id)? = facts.ours { writer.member("payment", id.text) }
      if case .reversal(let id)? = facts.ours { writer.member("payment", id.text) }
      if case .refundReturn(let id)? = facts.ours { writer.member("refund", id.text) }
      if case .refund(let id)? = facts.ours { writer.member("refund", id.text) }
    case .order, .delivery, .attention, .gateway, .statement, .run, .discrepancy, .case, .rule,
      .server:
      break
    }
    writer.member("actor", event.actor.text)
    writer.member("trace", event.trace)
    writer.member("version", event.version)
    writer.key("data")
    writer.beginObject()
    write(event.body, &writer)
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }

  private static func write(_ body: EventBody, _ writer: inout JSONWriter) {
    switch body {
    case .order(let event): write(event, &writer)
    case .payment(_, let event): write(event, &writer)
    case .refund(_, let event): write(event, &writer)
    case .delivery(let id, let event): write(event, id, &writer)
    case .dispute(_, let event): write(event, &writer)
    case .attention(.raised(let code, let text)):
      writer.member("code", code)
      writer.member("text", text)
    case .attention(.cleared(let code)): writer.member("code", code)
    case .notification(let event): write(event, &writer)
    case .gateway(let name, let event):
      writer.member("gateway", name)
      switch event {
      case .degraded(let reason): writer.member("reason", reason)
      case .recovered: break
      case .missing(let open): writer.member("open", open)
      }
    case .statement(let id, let event): write(event, id, &writer)
    case .run(let id, let event): write(event, id, &writer)
    case .discrepancy(let id, let event): write(event, id, &writer)
    case .case(let id, let event): write(event, id, &writer)
    case .rule(let id, let event): write(event, id, &writer)
    case .server(.started(let version)): writer.member("version", version)
    }
  }

  private static func write(_ event: OrderEvent, _ writer: inout JSONWriter) {
    switch event {
    case .created(let draft): write(draft, &writer)
    case .payStateChanged(_, let captured, let refunded, let excess, let isLate):
      writer.member("captured", captured)
      writer.member("refunded", refunded)
      writer.member("excess", excess)
      writer.member("late", isLate)
    case .cancelRequested(let reason): writer.member("reason", reason)
    case .acceptProposed(let by, let reason), .accepted(let by, let reason):
      writer.member("by", by)
      writer.member("reason", reason)
    case .held(let reason), .frozen(let reason): writer.member("reason", reason)
    case .unheld, .personalErased: break
    }
  }

  private static func write(_ draft: OrderDraft, _ writer: inout JSONWriter) {
    writer.member("order_no", draft.number)
    writer.member("owner", draft.owner)
    Codec.write(draft.amount, "amount", &writer)
    writer.member("subject", draft.subject)
    if !draft.lines.isEmpty {
      writer.key("lines")
      Codec.writeArray(draft.lines, &writer)
    }
    writer.member("source", draft.source)
    writer.member("expires_at", draft.expiresAt.milliseconds)
    if draft.isTest { writer.member("test", true) }
  }

  private static func write(_ event: PaymentEvent, _ writer: inout JSONWriter) {
    switch event {
    case .created(let draft):
      writer.member("gateway", draft.gateway)
      writer.member("kind", draft.kind)
      writer.member("method", draft.method)
      Codec.write(draft.amount, "amount", &writer)
      writer.member("out_trade_no", draft.outTradeNumber)
      writer.member("expires_at", draft.expiresAt.milliseconds)
      if draft.isTest { writer.member("test", true) }
    case .submitted, .stale: break
    case .awaitingBuyer(let action, let number):
      if let action { Codec.write(action, "action", &writer) }
      writer.member("gateway_payment_id", number)
    case .processing(let reason): Codec.write(reason, "reason", &writer)
    case .unknown(let reason): Codec.write(reason, "reason", &writer)
    case .closing(let cause): writer.member("cause", cause.rawValue)
    case .closed(let reason, let evidence), .reversed(let reason, let evidence):
      Codec.write(reason, "reason", &writer)
      Codec.write(evidence, "evidence", &writer)
    case .failed(let reason, let evidence):
      Codec.write(reason, "reason", &writer)
      Codec.write(evidence, "evidence", &writer)
    case .succeeded(let capture, let evidence, _):
      Codec.write(capture.amount, "captured", &writer)
      writer.member("gateway_txn_id", capture.gatewayTransaction)
      writer.member("paid_at", capture.paidAt?.milliseconds)
      if let fee = capture.fee { Codec.write(fee, "fee", &writer) }
      Codec.write(evidence, "evidence", &writer)
    case .confirmed(let evidence): Codec.write(evidence, "evidence", &writer)
    case .resolveProposed(let by, let evidence, let amount, let reason):
      writer.member("by", by)
      writer.member("evidence", evidence)
      Codec.write(amount, "amount", &writer)
      writer.member("reason", reason)
    }
  }

  private static func write(_ event: RefundEvent, _ writer: inout JSONWriter) {
    switch event {
    case .requested(let payment, let number, let amount, let note):
      writer.member("payment", payment.text)
      writer.member("refund_no", number)
      Codec.write(amount, "amount", &writer)
      writer.member("reason", note)
    case .approved(let by), .withdrawn(let by): writer.member("by", by)
    case .rejected(let reason, let by):
      writer.member("by", by)
      writer.member("reason", reason)
    case .submitted: break
    case .processing(let reason, let number):
      Codec.write(reason, "reason", &writer)
      writer.member("gateway_refund_id", number)
    case .unknown(let reason): Codec.write(reason, "reason", &writer)
    case .succeeded(let number, let evidence):
      writer.member("gateway_refund_id", number)
      Codec.write(evidence, "evidence", &writer)
    case .failed(let reason, let evidence):
      Codec.write(reason, "reason", &writer)
      Codec.write(evidence, "evidence", &writer)
    case .returned(let reason, let evidence):
      Codec.write(reason, "reason", &writer)
      Codec.write(evidence, "evidence", &writer)
    }
  }

  private static func write(
    _ event: DeliveryEvent, _ id: DeliveryID, _ writer: inout JSONWriter
  ) {
    writer.member("delivery", id.text)
    switch event {
    case .pending(let line, let reason):
      writer.member("line", line)
      writer.member("reason", reason)
    case .held(let reason), .failed(let reason), .revoked(let reason):
      writer.member("reason", reason)
    case .reserved(let claim, let until):
      writer.member("claim", claim.text)
      writer.member("lease_until", until.milliseconds)
    case .delivered(let reference): writer.member("reference", reference)
    }
  }

  private static func write(_ event: DisputeEvent, _ writer: inout JSONWriter) {
    switch event {
    case .opened(let payment, let number, let state, let terms, let funds, let evidence):
      writer.member("payment", payment.text)
      writer.member("gateway_dispute_id", number)
      writer.member("state", state.rawValue)
      Codec.write(terms, funds, evidence, &writer)
    case .moved(_, let terms, let funds, let evidence),
      .updated(let terms, let funds, let evidence):
      Codec.write(terms, funds, evidence, &writer)
    case .due(let hours, let dueAt):
      writer.member("hours", hours)
      writer.member("due_at", dueAt.milliseconds)
    case .attached(let attachment): Codec.write(attachment, "attachment", &writer)
    }
  }

  private static func write(_ event: NotificationEvent, _ writer: inout JSONWriter) {
    switch event {
    case .received(let id, let gateway, _):
      writer.member("receipt", id.text)
      writer.member("gateway", gateway)
    case .rejected(let id, let gateway, let reason):
      writer.member("receipt", id.text)
      writer.member("gateway", gateway)
      writer.member("reason", reason)
    case .parked(let id, let gateway, let number):
      writer.member("receipt", id.text)
      writer.member("gateway", gateway)
      writer.member("out_trade_no", number)
    }
  }
}

extension NotificationEvent {
  fileprivate var payment: PaymentID? {
    if case .received(_, _, let payment) = self { return payment }
    return nil
  }
}
