import Domain
import Gateways
import Store

/// Where a gateway stands with the notifications that only it can vouch for. Not a fact: a restart
/// asks about each of them anew.
struct NoticeProofs {
  /// More of them than this are not kept: the gateway is told to send again.
  static let waitingMax: Int64 = 256

  /// It is being asked about one; one at a time, so that a flood of forgeries never crowds out
  /// questions about payments.
  var isAsking = false
  /// The one asked about last: where it brought no answer, the next one has its turn.
  var last: ReceiptID?
  /// Questions in a row without an answer.
  var failures: Int64 = 0
  /// Nothing is asked before this; nil while none waits.
  var dueAt: Timestamp?

  /// When there is something to ask; nil while it is being asked.
  var nextAt: Timestamp? { isAsking ? nil : dueAt }

  /// Milliseconds.
  private static let gapMax: Int64 = 300_000

  /// The gap after so many failures. Milliseconds.
  var gap: Int64 { min(Self.gapMax, 1000 << min(failures, 9)) }
}

/// Notifications whose bytes do not show who sent them: kept first, then the gateway is asked.
extension PaymentEngine {
  func keepUnproven(
    _ notification: Notification, _ receipt: Receipt, _ raw: RawNotification, at now: Timestamp
  ) throws(StoreError) -> NotificationReply {
    guard try store.unprovenCount(gateway: receipt.gateway) < NoticeProofs.waitingMax else {
      return NotificationReply(
        receipt: nil, verdict: .rejected, reason: "too_many_unproven", payment: nil,
        acknowledgement: notification.refusal)
    }
    var receipt = receipt
    receipt.verdict = .received
    receipt.payment = try payment(notification.payment, at: receipt.gateway)
    let order = try receipt.payment.flatMap { id throws(StoreError) in try store.load(payment: id) }
    receipt.order = order?.aggregate.order.id
    try store.insert(
      receipt, Self.content(raw), orderKey: order?.key,
      outTradeNumber: notification.payment.text)
    if desks[receipt.gateway]?.proofs.dueAt == nil { desks[receipt.gateway]?.proofs.dueAt = now }
    try proveNext(at: receipt.gateway, at: now)
    return Self.reply(receipt, notification.acknowledgement)
  }

  func proveNotices(at now: Timestamp) throws(StoreError) {
    for name in gatewayNames { try proveNext(at: name, at: now) }
  }

  /// Asks about the next notification that waits.
  private func proveNext(at name: String, at now: Timestamp) throws(StoreError) {
    guard let desk = desks[name], let due = desk.proofs.nextAt else { return }
    guard due <= now else { return setTimer(due) }
    guard let (receipt, content) = try nextUnproven(at: name, after: desk.proofs.last) else {
      desks[name]?.proofs.dueAt = nil
      return
    }
    let id = receipt.id
    let raw = Self.raw(content)
    let notification: Notification
    switch desk.gateway.readNotification(raw, at: receipt.receivedAt) {
    case .unproven(let said): notification = said
    case .verified(let said):
      // A key has been configured since.
      desks[name]?.proofs.last = id
      return try takeProven(said, receipt, raw, at: now)
    case .rejected(let reason, _), .probe(let reason, _), .irrelevant(let reason, _):
      desks[name]?.proofs.last = id
      return try takeForged(reason, receipt, at: now)
    case .dispute(let hint):
      // Another kind of adapter is configured under the name since.
      desks[name]?.proofs.last = id
      let reply = try take(hint, receipt, raw, isNew: false, at: now)
      var told = receipt
      told.verdict = reply.verdict
      told.reason = reply.reason
      return try store.update(told, orderKey: nil)
    }
    guard desks[name]?.takeTurn(at: now) == true else { return setTimer(desk.nextTurn(at: now)) }
    desks[name]?.proofs.last = id
    let plan: GatewayPlan
    do throws(Fault) {
      plan = try desk.gateway.plan(.notice(raw), at: now)
    } catch {
      desks[name]?.giveBack()
      effects.append(.alarm("\(name) cannot be asked: \(error.reason.text)"))
      return try waitForProof(notification, name, at: now)
    }
    guard case .exchange(let bytes) = plan else {
      preconditionFailure("a notification is vouched for by a call")
    }
    try ask(bytes, about: receipt, raw, at: now)
  }

  /// The one behind the last; the first again where none is.
  private func nextUnproven(
    at name: String, after last: ReceiptID?
  ) throws(StoreError) -> (Receipt, ReceiptContent)? {
    if let id = try store.unprovenReceipt(gateway: name, after: last) {
      return try store.receipt(id)
    }
    return try store.unprovenReceipt(gateway: name).flatMap { id throws(StoreError) in
      try store.receipt(id)
    }
  }

  private func ask(
    _ bytes: GatewayRequest, about receipt: Receipt, _ raw: RawNotification, at now: Timestamp
  ) throws(StoreError) {
    let question = Question.notice(raw)
    let id = identifiers.next(CallKind.self, at: now)
    let call = CallRow(
      id: id, orderKey: nil, payment: nil, refund: nil, gateway: receipt.gateway,
      operation: question.operation, startedAt: now)
    try store.save(call)
    desks[receipt.gateway]?.proofs.isAsking = true
    flights[id] = Flight(
      question: question, gateway: receipt.gateway, subject: nil, orderKey: nil, startedAt: now,
      call: call, receipt: receipt.id)
    leave(
      GatewayExchange(id: id, gateway: receipt.gateway, request: bytes), hasTurn: true, at: now)
  }

  /// What the gateway said about a notification, or that it said nothing.
  func takeProof(
    _ reading: Result<GatewayReading, Fault>, _ flight: Flight,
    _ result: Result<GatewayAnswer, Fault>, at now: Timestamp
  ) throws(StoreError) {
    let name = flight.gateway
    desks[name]?.proofs.isAsking = false
    guard let id = flight.receipt, let (receipt, content) = try store.receipt(id),
      receipt.verdict == .received, let desk = desks[name]
    else { return try endCall(flight, result, fault: nil, at: now) }
    let raw = Self.raw(content)
    let notification: Notification
    switch desk.gateway.readNotification(raw, at: receipt.receivedAt) {
    case .unproven(let said), .verified(let said): notification = said
    case .rejected, .probe, .irrelevant, .dispute:
      // Other keys are configured since: it is judged by them at the next turn.
      try endCall(flight, result, fault: nil, at: now)
      return try goOn(name, at: now)
    }
    switch reading {
    case .success(.notice(.genuine)):
      try endCall(flight, result, fault: nil, at: now)
      try takeProven(notification, receipt, raw, at: now)
    case .success(.notice(.forged(let reason))):
      try endCall(flight, result, fault: nil, at: now)
      try takeForged(reason, receipt, at: now)
    case .failure(let fault):
      try endCall(flight, result, fault: fault, at: now)
      try waitForProof(notification, name, at: now)
    case .success: preconditionFailure("an adapter answered another question")
    }
  }

  private func takeProven(
    _ notification: Notification, _ receipt: Receipt, _ raw: RawNotification, at now: Timestamp
  ) throws(StoreError) {
    _ = try take(notification, receipt, raw, isNew: false, at: now)
    try goOn(receipt.gateway, at: now)
  }

  private func takeForged(
    _ reason: Reason, _ receipt: Receipt, at now: Timestamp
  ) throws(StoreError) {
    if try countForgery(receipt.gateway, reason, at: now) {
      var rejected = receipt
      rejected.verdict = .rejected
      rejected.reason = reason.code
      rejected.payment = nil
      try store.update(rejected, orderKey: nil)
      try noteForgery(rejected, reason, at: now)
    } else {
      try store.removeReceipt(receipt.id)
    }
    try goOn(receipt.gateway, at: now)
  }

  /// The next one that waits has its turn.
  private func goOn(_ name: String, at now: Timestamp) throws(StoreError) {
    desks[name]?.proofs.failures = 0
    desks[name]?.proofs.dueAt = now
    setTimer(now)
  }

  /// Nobody could say. What it may tell of is asked for meanwhile, as if nothing had come.
  private func waitForProof(
    _ notification: Notification, _ name: String, at now: Timestamp
  ) throws(StoreError) {
    desks[name]?.proofs.failures += 1
    let next = now.adding(milliseconds: settings.scaled(desks[name]?.proofs.gap ?? 0))
    desks[name]?.proofs.dueAt = next
    setTimer(next)
    guard let payment = try payment(notification.payment, at: name),
      let order = try store.load(payment: payment)
    else { return }
    try askSoon(payment, order, at: now)
  }
}
