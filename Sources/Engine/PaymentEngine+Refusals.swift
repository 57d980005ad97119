import Domain
import Gateways
import Store

/// Refusals that do not name what they refuse.
///
/// A gateway that signs its answers says by its signature that it said something, and by the signed
/// content about what. A refusal is often a code and a sentence: who can put bytes into the
/// connection lets the genuine refusal of one payment end another. So such a word ends nothing by
/// itself (`GatewayReading.refused`):
///
/// 1. The payment, or the refund, is unknown and the gateway is asked about it at once. Whatever
///    the answer says of our number counts, and the refusal is forgotten.
/// 2. "Does not exist", or that the gateway turns the question away as well, is the second word.
///    It ends a payment whose create cannot be sent again.
/// 3. What can be sent again under its number is: a create where `createIsRepeatable`, and every
///    refund. Turned away and denied once more, it has failed.
///
/// Somebody who waits for the outcome waits for the end of it. A payment that ends so was shown to
/// nobody, and its guards ask on, so that even a liar only delays.
extension PaymentEngine {
  /// So many calls of a payment or a refund must have been turned away where it can be sent again.
  private static let refusalsToEnd = 2

  /// What a denial says about a refund whose call was turned away.
  enum AfterRefusal: Hashable {
    case nothing
    case sendAgain
    case ended(Reason)
  }

  /// A create was turned away.
  func takeRefusal(
    _ reason: Reason, _ question: ScheduledQuestion, _ result: Result<GatewayAnswer, Fault>,
    _ flight: Flight, _ payment: PaymentID, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    var question = question
    question.failed = 0
    keep(question)
    try endCall(flight, result, fault: nil, refusal: reason, at: now)
    var decision = decide(order, by: .poller, at: now)
    decision.noteRefused(payment, reason)
    let after = try record(decision, over: order, at: now)
    try reschedule(after, payment, at: now)
    try askAtOnce(.payment(payment), at: now)
    try finishWaiters(after, before: order.aggregate, at: now)
  }

  /// A refund was turned away.
  func takeRefusal(
    _ reason: Reason, _ question: ScheduledQuestion, _ result: Result<GatewayAnswer, Fault>,
    _ flight: Flight, _ refund: RefundID, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    var question = question
    question.failed = 0
    question.step = .query
    keep(question)
    try endCall(flight, result, fault: nil, refusal: reason, at: now)
    var decision = decide(order, by: .poller, at: now)
    decision.noteRefundRefused(refund, reason)
    let after = try record(decision, over: order, at: now)
    try rescheduleRefund(after, refund, at: now)
    try askAtOnce(.refund(refund), at: now)
    try finishWaiters(after, before: order.aggregate, at: now)
  }

  func askAtOnce(
    _ subject: ScheduledQuestion.Subject, step: ScheduledQuestion.Step? = nil, at now: Timestamp
  ) throws(StoreError) {
    guard var question = try known(subject), question.nextAt != nil else { return }
    question.nextAt = now
    question.rank = Schedule.Rank.closing
    if let step { question.step = step }
    keep(question)
  }

  /// How a payment ends whose creates were turned away and that the gateway denies; nil where that
  /// is not proven.
  static func refusedEnd(
    of payment: Payment, _ creates: [CallRow], _ flight: Flight, isRepeatable: Bool
  ) -> PaymentSighting? {
    guard payment.state == .unknown, payment.action == nil, isRefused(creates.last, flight),
      let reason = payment.reason
    else { return nil }
    let refusals = creates.count { $0.state == .refused }
    guard !isRepeatable || refusals >= refusalsToEnd else { return nil }
    // The gateway holds a payment, and nobody can get the way to pay it any more.
    let isLost = reason.code.utf8.elementsEqual(FaultCode.begunBefore.utf8)
    return isLost ? neverShown(reason) : .failed(reason)
  }

  /// Whether the last call was turned away before the question left.
  private static func isRefused(_ last: CallRow?, _ flight: Flight) -> Bool {
    guard let last, last.state == .refused else { return false }
    return flight.startedAt >= last.endedAt ?? last.startedAt
  }

  /// The gateway denies a refund.
  func afterAbsence(
    of id: RefundID, _ order: LoadedOrder, _ flight: Flight
  ) throws(StoreError) -> AfterRefusal {
    guard case .refundQuery = flight.question, let refund = order.aggregate.refund(id),
      refund.state == .unknown, let reason = refund.reason
    else { return .nothing }
    let calls = try sendings(of: refund, order)
    guard Self.isRefused(calls.last, flight) else { return .nothing }
    let refusals = calls.count { $0.state == .refused }
    return refusals >= Self.refusalsToEnd ? .ended(reason) : .sendAgain
  }

  /// The calls of a refund since a person ordered it last.
  private func sendings(
    of refund: Refund, _ order: LoadedOrder
  ) throws(StoreError) -> [CallRow] {
    let calls = try store.sendings(of: refund.id, orderKey: order.key)
    guard let submittedAt = refund.submittedAt else { return calls }
    return calls.filter { $0.startedAt >= submittedAt }
  }

  /// The gateway turned a question about a payment away: after a refused create that is as good as
  /// a denial, for a key that is not taken or a merchant that may not ask began nothing either.
  func takeTurnedAway(
    _ fault: Fault, _ result: Result<GatewayAnswer, Fault>, _ flight: Flight, _ id: CallID,
    _ payment: PaymentID, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) -> LoadedOrder {
    guard Self.isTurnedAway(fault), let present = order.aggregate.payment(payment) else {
      return order
    }
    let calls = try store.creates(of: payment, orderKey: order.key)
    guard Self.isRefused(calls.last, flight) else { return order }
    let end: PaymentSighting
    switch try afterAbsence(of: present, order, flight, at: now) {
    case .nothing: return order
    case .giveUp: end = Self.neverShown(present.reason)
    case .refused(let sighting): end = sighting
    case .sendAgain:
      var question = try question(of: present, order, at: now)
      question.step = .create
      question.failed = 0
      keep(question)
      return order
    }
    try endCall(
      flight, result, fault: fault, id: id.text, order: order, payment: payment, at: now)
    var decision = decide(order, by: .poller, at: now)
    _ = decision.observe(payment, end, endWord(id, flight, fault, result, at: now))
    return try record(decision, over: order, at: now)
  }

  static func isTurnedAway(_ fault: Fault) -> Bool {
    guard case .answered(let reason) = fault else { return false }
    return [FaultCode.authentication, FaultCode.rejected].contains { word in
      word.utf8.elementsEqual(reason.code.utf8)
    }
  }

  /// What the end of a call proves where nothing of use was read from it: the answer by which the
  /// gateway turned it away. That it never left nobody knows better than we do, and no gateway said
  /// it.
  func endWord(
    _ id: CallID, _ flight: Flight, _ fault: Fault, _ result: Result<GatewayAnswer, Fault>,
    at now: Timestamp
  ) -> Evidence {
    if case .notSent = fault {
      return Evidence(id: id.text, source: .record, strength: .answer, at: now, digest: "")
    }
    return evidence(flight, id, result, at: now)
  }

  /// Whether a create was turned away and the gateway is being asked whether that was so.
  func isDoubted(_ payment: Payment, _ order: LoadedOrder) throws(StoreError) -> Bool {
    guard payment.state == .unknown else { return false }
    return Self.isDoubted(try store.creates(of: payment.id, orderKey: order.key))
  }

  func isDoubted(_ refund: Refund, _ order: LoadedOrder) throws(StoreError) -> Bool {
    guard refund.state == .unknown else { return false }
    return Self.isDoubted(try sendings(of: refund, order))
  }

  private static func isDoubted(_ calls: [CallRow]) -> Bool {
    guard let last = calls.last, calls.contains(where: { $0.state == .refused }) else {
      return false
    }
    return last.state == .refused || last.state == .running
  }
}
