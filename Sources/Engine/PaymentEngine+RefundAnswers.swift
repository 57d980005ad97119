import Domain
import Gateways
import Store

extension PaymentEngine {
  /// The answer to a refund call or a refund query.
  func takeRefund(
    _ reading: Result<GatewayReading, Fault>, _ result: Result<GatewayAnswer, Fault>,
    _ flight: Flight, _ id: CallID, _ refund: RefundID, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    guard let present = order.aggregate.refund(refund) else { return }
    var question = try question(of: present, order, at: now)
    question.asked += 1
    if case .refundQuery = flight.question { question.queries += 1 }
    question.askedAt = now
    switch reading {
    case .failure(let fault):
      question.failed += 1
      question.step = .query
      keep(question)
      try endCall(flight, result, fault: fault, at: now)
      try takeRefundFault(fault, result, flight, id, refund, order, at: now)
    case .success(.refused(let reason)):
      try takeRefusal(reason, question, result, flight, refund, order, at: now)
    case .success(.refund(let sighting)):
      question.failed = 0
      question.unchanged = max(0, question.unchanged)
      let evidence = Evidence(
        id: id.text, source: .refund, strength: .answer, at: now, digest: Self.digest(result))
      try observeRefund(sighting, refund, order, question, evidence, flight, result, at: now)
    case .success(.payment), .success(.findings), .success(.dispute), .success(.closeAccepted),
      .success(.check), .success(.next), .success(.happened), .success(.notice):
      preconditionFailure("an adapter answered another question")
    }
    try finishQuestion(.refund(refund), at: now)
  }

  private func observeRefund(
    _ sighting: RefundSighting, _ id: RefundID, _ order: LoadedOrder,
    _ question: ScheduledQuestion, _ evidence: Evidence, _ flight: Flight,
    _ result: Result<GatewayAnswer, Fault>, at now: Timestamp
  ) throws(StoreError) {
    var question = question
    var sighting = sighting
    // An unknown number after two questions is sent again under the same number.
    question.step = .query
    var isUrgent = false
    if case .absent = sighting {
      let verdict = try afterAbsence(of: id, order, flight)
      if case .ended(let reason) = verdict { sighting = .failed(reason) }
      isUrgent = verdict == .sendAgain
      if isUrgent || question.asked >= 2 { question.step = .close }
    }
    var decision = decide(order, by: .poller, at: now)
    let isNew = decision.observeRefund(id, sighting, evidence) == .applied
    if !isNew {
      question.unchanged += 1
      question.unchangedDigest = evidence.digest
    }
    keep(question)
    if isNew || flight.call != nil {
      try endCall(
        flight, result, fault: nil, id: evidence.id, order: order,
        payment: order.aggregate.refund(id)?.payment, refund: id, at: now)
    }
    let after = isNew ? try record(decision, over: order, at: now) : order
    try rescheduleRefund(after, id, at: now)
    if isUrgent { try askAtOnce(.refund(id), at: now) }
    try finishWaiters(after, before: order.aggregate, at: now)
    // A processing answer to the refund call is an outcome too.
    if case .refund = flight.question { try finishOutcome(.refund(id), at: now) }
  }

  private func takeRefundFault(
    _ fault: Fault, _ result: Result<GatewayAnswer, Fault>, _ flight: Flight, _ call: CallID,
    _ id: RefundID, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    var decision = decide(order, by: .poller, at: now)
    var isUrgent = false
    if case .refund = flight.question {
      decision.noteRefundUnanswered(id, fault.reason)
    } else if Self.isTurnedAway(fault) {
      let verdict = try afterAbsence(of: id, order, flight)
      isUrgent = verdict == .sendAgain
      if case .ended(let reason) = verdict {
        let word = endWord(call, flight, fault, result, at: now)
        _ = decision.observeRefund(id, .failed(reason), word)
        try endCall(
          flight, result, fault: fault, id: call.text, order: order,
          payment: order.aggregate.refund(id)?.payment, refund: id, at: now)
      }
    }
    let after = try record(decision, over: order, at: now)
    try rescheduleRefund(after, id, at: now)
    if isUrgent { try askAtOnce(.refund(id), step: .close, at: now) }
    try finishWaiters(after, before: order.aggregate, at: now)
    if case .refund = flight.question {
      try finishOutcome(.refund(id), at: now)
    } else {
      failQuestion(.refund(id), fault, gateway: flight.gateway)
    }
  }
}
