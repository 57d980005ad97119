import Domain
import Gateways
import JSON
import Store

/// What a key row keeps of a reply: only what the event log does not tell.
///
/// Orders, payments, refunds and deliveries are made anew from the events up to the row's place in
/// the log, so a replayed reply equals the first one.
enum ReplyMemo {
  static func running(_ subject: ScheduledQuestion.Subject, isReused: Bool) -> String {
    object { writer in
      writer.member("kind", "running")
      writer.member("id", subject.text)
      writer.member("flag", isReused)
    }
  }

  /// The subject of a command that was cut off.
  static func subject(
    _ row: KeyRow
  ) throws(StoreError) -> (ScheduledQuestion.Subject, isReused: Bool)? {
    guard let reply = row.reply else { return nil }
    let memo = try Memo(reply, row)
    guard let subject = ScheduledQuestion.Subject(text: try memo.string("id")) else {
      throw memo.damaged("id")
    }
    return (subject, try memo.flag())
  }

  static func text(_ result: Result<Reply, Refusal>) -> String {
    switch result {
    case .success(let reply): object { write(reply, &$0) }
    case .failure(let refusal):
      object { writer in
        write(refusal.rejection, &writer)
        if refusal.outcome != .none { writer.member("outcome", refusal.outcome.rawValue) }
      }
    }
  }

  private static func object(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(capacity: 160)
    writer.beginObject()
    body(&writer)
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func write(_ reply: Reply, _ writer: inout JSONWriter) {
    switch reply {
    case .order(let view): write("order", view.order.id.text, nil, &writer)
    case .orderCancelled(let view, let flag):
      write("order_cancelled", view.order.id.text, flag, &writer)
    case .orderAccepted(let view, let flag):
      write("order_accepted", view.order.id.text, flag, &writer)
    case .payment(let view, let flag): write("payment", view, flag, &writer)
    case .paymentClosing(let view, let flag): write("payment_closing", view, flag, &writer)
    case .paymentResolved(let view, let flag): write("payment_resolved", view, flag, &writer)
    case .refund(let view):
      write("refund", view.refund.id.text, nil, &writer)
      writer.member("next", view.nextQueryAt?.milliseconds)
    case .dispute(let view, let flag): write("dispute", view, flag, &writer)
    case .attached(let view, let attachment, let flag):
      write("attached", view, flag, &writer)
      writer.member("attachment", attachment.text)
    case .deliveries(let reply):
      write("deliveries", reply.order.text, nil, &writer)
      writer.member("claim", reply.claim?.text)
      writer.member("released", reply.released?.text)
    case .notification(let reply): write(reply, &writer)
    case .gatewayPaused(let name, let flag): write("gateway_paused", name, flag, &writer)
    case .gatewayChecked(let name, let finding):
      write("gateway_checked", name, nil, &writer)
      writer.member("code", finding.code)
      writer.member("text", finding.text)
      writer.member("hint", finding.hint)
    case .polled(let count):
      writer.member("kind", "polled")
      writer.member("count", count)
    case .acknowledged(let consumer, let sequence):
      write("acknowledged", consumer, nil, &writer)
      writer.member("count", sequence)
    case .hookQueued(let id): write("hook_queued", id.text, nil, &writer)
    case .discrepancy(let record): write(record, &writer)
    case .runSigned(_, let signOff): write(signOff, &writer)
    case .rule(let record):
      writer.member("kind", "rule")
      writer.member("text", RuleText.text(record))
    case .caseKept(let record):
      writer.member("kind", "case")
      writer.member("text", CaseText.text(record))
    case .received, .statement, .reconciled, .bills:
      preconditionFailure("methods about statements take no key")
    case .batch(let replies):
      writer.member("kind", "batch")
      writer.key("replies")
      writer.beginArray()
      for reply in replies {
        writer.beginObject()
        write(reply, &writer)
        writer.endObject()
      }
      writer.endArray()
    }
  }

  private static func write(
    _ kind: StaticString, _ id: String, _ flag: Bool?, _ writer: inout JSONWriter
  ) {
    writer.member("kind", "\(kind)")
    writer.member("id", id)
    writer.member("flag", flag)
  }

  private static func write(
    _ kind: StaticString, _ view: PaymentView, _ flag: Bool, _ writer: inout JSONWriter
  ) {
    write(kind, view.payment.id.text, flag, &writer)
    writer.member("order", view.payment.order.text)
    writer.member("next", view.nextQueryAt?.milliseconds)
    writer.member("count", view.queries)
  }

  private static func write(
    _ kind: StaticString, _ view: DisputeView, _ flag: Bool, _ writer: inout JSONWriter
  ) {
    write(kind, view.dispute.id.text, flag, &writer)
    writer.member("order", view.dispute.order.text)
    writer.member("next", view.nextQueryAt?.milliseconds)
  }

  /// All of it that changes: no event of an order tells it.
  private static func write(_ record: DiscrepancyRecord, _ writer: inout JSONWriter) {
    write("discrepancy", record.id.text, nil, &writer)
    writer.member("state", record.state.rawValue)
    writer.member("resolution", record.resolution?.rawValue)
    writer.member("resolved_at", record.resolvedAt?.milliseconds)
    writer.member("resolved_by", record.resolvedBy)
    writer.member("escalated_at", record.escalatedAt?.milliseconds)
    writer.member("count", record.version)
    guard let wish = record.adjudication else { return }
    writer.member("verb", wish.verb.rawValue)
    writer.member("reason", wish.reason)
    writer.member("by", wish.by)
    writer.member("until", wish.until?.milliseconds)
    writer.member("partner", wish.partner?.text)
  }

  private static func write(_ reply: NotificationReply, _ writer: inout JSONWriter) {
    writer.member("kind", "notification")
    writer.member("id", reply.receipt?.text)
    writer.member("verdict", reply.verdict.rawValue)
    writer.member("reason", reply.reason)
    writer.member("payment", reply.payment?.text)
    writer.member("status", Int64(reply.acknowledgement.status))
    writer.member("body", reply.acknowledgement.body)
    writer.key("headers")
    writer.beginArray()
    for header in reply.acknowledgement.headers {
      writer.beginArray()
      writer.string(header.name)
      writer.string(header.value)
      writer.endArray()
    }
    writer.endArray()
  }

  private static func write(_ rejection: Rejection, _ writer: inout JSONWriter) {
    writer.member("kind", "rejection")
    writer.member("code", rejection.code.rawValue)
    writer.member("text", rejection.message)
    writer.member("hint", rejection.hint)
    writer.member("path", rejection.path)
    writer.key("details")
    writer.beginArray()
    for detail in rejection.details {
      writer.beginObject()
      writer.member("name", detail.name)
      switch detail.value {
      case .text(let text): writer.member("text", text)
      case .integer(let number): writer.member("integer", number)
      case .money(let money):
        writer.member("minor", money.minor)
        writer.member("currency", money.currency.code)
      case .list(let list): writer.member("list", list)
      }
      writer.endObject()
    }
    writer.endArray()
  }
}
