import Crypto
import Domain
import Gateways
import Store

/// What the answers of gateways change.
extension PaymentEngine {
  /// The end of an exchange.
  func take(
    _ result: Result<GatewayAnswer, Fault>, of id: CallID, at now: Timestamp
  ) throws(StoreError) {
    guard let flight = flights[id] else {
      effects.append(.alarm("An answer came for the unknown call \(id)."))
      return
    }
    landed.append(id)
    let secrets = desks[flight.gateway]?.gateway.secrets ?? []
    let result = result.map { $0.without(secrets) }
    var reading = read(result, flight, at: now)
    var isAnswered = false
    if case .success = result { isAnswered = true }
    try noteHealth(reading, isAnswered: isAnswered, flight, at: now)
    if case .success(.next(let step)) = reading {
      if flight.stepsCount < GatewayStep.countMax {
        try follow(step, flight, id, result, at: now)
        return
      }
      reading = .failure(Self.tooManySteps(flight))
    }
    if case .check = flight.question {
      try finishCheck(id, flight, reading, result, at: now)
      return
    }
    if case .catchUp(let facts) = flight.question {
      try takeHappened(reading, facts, flight, id, result, at: now)
      return
    }
    if case .notice = flight.question {
      try takeProof(reading, flight, result, at: now)
      return
    }
    guard let key = flight.orderKey, let subject = flight.subject,
      let order = try store.load(key: key)
    else { return }
    try take(reading, result, flight, id, subject, order, at: now)
    guard askAgain.remove(subject) != nil, var question = try known(subject) else { return }
    question.nextAt = now
    keep(question)
  }

  /// What is known now about a payment, a refund or a dispute.
  func take(
    _ reading: Result<GatewayReading, Fault>, _ result: Result<GatewayAnswer, Fault>,
    _ flight: Flight, _ id: CallID, _ subject: ScheduledQuestion.Subject, _ order: LoadedOrder,
    at now: Timestamp
  ) throws(StoreError) {
    switch subject {
    case .payment(let payment):
      try take(reading, result, flight, id, payment, order, at: now)
    case .refund(let refund):
      try takeRefund(reading, result, flight, id, refund, order, at: now)
    case .dispute(let dispute):
      try takeDispute(reading, result, flight, id, dispute, order, at: now)
    }
  }

  /// After the commit: the exchange is over and the next one in the line may leave.
  func land(_ id: CallID, at now: Timestamp) {
    guard let flight = flights.removeValue(forKey: id) else { return }
    if let subject = flight.subject, askedNow[subject] == id { askedNow[subject] = nil }
    if let next = desks[flight.gateway]?.end() { send(next, at: now) }
    setTimer(flight.startedAt)
  }

  private func read(
    _ result: Result<GatewayAnswer, Fault>, _ flight: Flight, at now: Timestamp
  ) -> Result<GatewayReading, Fault> {
    switch result {
    case .failure(let fault): return .failure(fault)
    case .success(let answer):
      guard let desk = desks[flight.gateway] else {
        preconditionFailure("a flight belongs to a configured gateway")
      }
      do throws(Fault) {
        let ending = answer.ending(flight.step?.name)
        return .success(try desk.gateway.read(ending, to: flight.question, at: now))
      } catch { return .failure(error) }
    }
  }

  private func take(
    _ reading: Result<GatewayReading, Fault>, _ result: Result<GatewayAnswer, Fault>,
    _ flight: Flight, _ id: CallID, _ payment: PaymentID, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    guard let present = order.aggregate.payment(payment) else { return }
    var question = try question(of: present, order, at: now)
    if case .create = flight.question {} else { question.asked += 1 }
    if case .query = flight.question { question.queries += 1 }
    question.askedAt = now
    switch reading {
    case .failure(let fault):
      question.failed += 1
      // A close without a usable answer may have come too late: ask before closing again.
      if case .close = flight.question { question.step = .query }
      keep(question)
      try endCall(flight, result, fault: fault, at: now)
      try takeFault(fault, result, flight, id, payment, order, at: now)
      return
    case .success(.closeAccepted):
      question.failed = 0
      question.unchanged = max(0, question.unchanged)
      question.step = .verify
      keep(question)
      try endCall(flight, result, fault: nil, at: now)
      try reschedule(order, payment, at: now)
    case .success(.payment(let said)):
      try takeFindings(said, also: [], &question, result, flight, id, present, order, at: now)
    case .success(.findings(let said, let also)):
      try takeFindings(said, also: also, &question, result, flight, id, present, order, at: now)
    case .success(.refused(let reason)):
      try takeRefusal(reason, question, result, flight, payment, order, at: now)
    case .success(.refund), .success(.dispute), .success(.check), .success(.next),
      .success(.happened), .success(.notice):
      preconditionFailure("an adapter answered another question")
    }
    try finishQuestion(.payment(payment), at: now)
  }

  private func takeFindings(
    _ said: PaymentSighting?, also: [GatewayStatement], _ question: inout ScheduledQuestion,
    _ result: Result<GatewayAnswer, Fault>, _ flight: Flight, _ id: CallID, _ present: Payment,
    _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    question.failed = 0
    question.unchanged = max(0, question.unchanged)
    let evidence = evidence(flight, id, result, at: now)
    if let said {
      try noteCompared(said, present, order, flight, at: now)
      var sighting = proven(said, present, flight.question, at: now)
      if case .absent(provesClosed: false) = sighting {
        switch try afterAbsence(of: present, order, flight, at: now) {
        case .nothing: break
        case .sendAgain: question.step = .create
        case .giveUp: sighting = Self.neverShown(nil)
        case .refused(let end): sighting = end
        }
      }
      try observe(sighting, present.id, order, question, evidence, flight, result, at: now)
    } else {
      keep(question)
      try endCall(flight, result, fault: nil, at: now)
      try reschedule(order, present.id, at: now)
    }
    try takeAlso(also, present.id, order.key, evidence, flight, result, at: now)
  }

  /// "Does not exist" proves that nothing can be paid any more once the gateway's own margin after
  /// the expiry has passed; the margin is a capability of its adapter. Said to a create or a close
  /// it only calls for a query.
  private func proven(
    _ sighting: PaymentSighting, _ payment: Payment, _ question: Question, at now: Timestamp
  ) -> PaymentSighting {
    guard case .absent = sighting else { return sighting }
    guard case .query = question else { return .absent(provesClosed: false) }
    guard let proof = absenceProvesAt(payment), now >= proof else { return sighting }
    return .absent(provesClosed: true)
  }

  static func source(of question: Question) -> EvidenceSource {
    switch question {
    case .create: .create
    case .close: .close
    case .refund, .refundQuery: .refund
    case .query, .disputeQuery, .catchUp, .notice, .check: .query
    }
  }

  static func digest(_ result: Result<GatewayAnswer, Fault>) -> String {
    guard case .success(let answer) = result else { return "" }
    return SHA256.hash(answer.body).hex
  }

  /// Applies what the gateway said. An answer that changes nothing leaves only a count.
  private func observe(
    _ sighting: PaymentSighting, _ id: PaymentID, _ order: LoadedOrder,
    _ question: ScheduledQuestion, _ evidence: Evidence, _ flight: Flight,
    _ result: Result<GatewayAnswer, Fault>, at now: Timestamp
  ) throws(StoreError) {
    var question = question
    if let clash = try clash(sighting, id, order) {
      keep(question)
      try endCall(flight, result, fault: clash, at: now)
      try raise("foreign_transaction", clash.reason.text, order, at: now)
      try reschedule(order, id, at: now)
      return
    }
    var decision = decide(order, by: .poller, at: now)
    let isOutdated = Self.isOutdated(sighting, order.aggregate.payment(id), flight)
    let weakWord = weakWord(id, order)
    let proof = weakWord == .wakes ? evidence : evidence.weakened(by: sighting)
    let isNew = !isOutdated
      && decision.observe(id, sighting, proof, weakWord: weakWord) == .applied
    // A notice was faster than this answer; what it said is still to be confirmed.
    if isOutdated { question.asked = 0 }
    step(&question, sighting, decision.aggregate.payment(id), flight)
    if !isNew {
      question.unchanged += 1
      question.unchangedDigest = evidence.digest
    }
    keep(question)
    if isNew || flight.call != nil {
      try endCall(flight, result, fault: nil, id: evidence.id, order: order, payment: id, at: now)
    }
    if isNew {
      let after = try record(decision, over: order, at: now)
      try noteLearnt(sighting, order, after, id, byNotice: false, at: now)
      if let payment = after.aggregate.payment(id) {
        try replayParkedByGateway(payment, before: order.aggregate.payment(id), at: now)
      }
    }
    let present = try store.load(key: order.key) ?? order
    try reschedule(present, id, at: now)
    try finishWaiters(present, before: order.aggregate, at: now)
  }

  /// The question left before the gateway's word that money was taken came: it may have been
  /// answered before that was true.
  static func isOutdated(
    _ sighting: PaymentSighting, _ payment: Payment?, _ flight: Flight
  ) -> Bool {
    guard let payment, payment.state == .succeeded, let proof = payment.evidence.last else {
      return false
    }
    switch sighting {
    case .paid, .reversed: return false
    case .unpaid, .processing, .closed, .failed, .absent, .unrecognised:
      return proof.at >= flight.startedAt
    }
  }

  /// The gateway's own number may stand on one payment only (I2).
  func clash(
    _ sighting: PaymentSighting, _ id: PaymentID, _ order: LoadedOrder
  ) throws(StoreError) -> Fault? {
    let capture: Capture
    switch sighting {
    case .paid(let found): capture = found
    case .reversed(let found, _): capture = found
    case .unpaid, .processing, .closed, .failed, .absent, .unrecognised: return nil
    }
    guard let payment = order.aggregate.payment(id),
      let holder = try store.payment(
        gateway: payment.gateway, transaction: capture.gatewayTransaction), holder != id
    else { return nil }
    return .answered(
      Reason(
        code: FaultCode.badReply,
        text: "Transaction \(capture.gatewayTransaction) already pays \(holder), not \(id)."))
  }

  /// Where a closing stands after an answer.
  private func step(
    _ question: inout ScheduledQuestion, _ sighting: PaymentSighting, _ payment: Payment?,
    _ flight: Flight
  ) {
    guard let payment else { return }
    switch payment.state {
    case .closing:
      let capabilities = desks[payment.gateway]?.gateway.capabilities
      question.step = .verify
      if case .close = flight.question { return }
      guard capabilities?.canClose == true else { return }
      // Still payable: the close has to be sent, or sent again.
      if case .unpaid = sighting { question.step = .close }
      if case .absent = sighting, capabilities?.closesUnseenPayments == true {
        question.step = .close
      }
    case .closed, .failed, .succeeded, .reversed:
      if !question.step.isLooking { question.step = .guarding }
    case .unknown where question.step == .create: return
    case .initial, .submitted, .awaitingBuyer, .processing, .unknown, .stale:
      question.step = .query
    }
  }

  private func takeFault(
    _ fault: Fault, _ result: Result<GatewayAnswer, Fault>, _ flight: Flight, _ id: CallID,
    _ payment: PaymentID, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    var present = order
    if case .create = flight.question {
      var decision = decide(order, by: .poller, at: now)
      if flight.step == nil, let end = end(of: order.aggregate.payment(payment), fault) {
        _ = decision.observe(payment, end, endWord(id, flight, fault, result, at: now))
      } else {
        decision.noteUnanswered(payment, fault.reason)
      }
      present = try record(decision, over: order, at: now)
    } else {
      failQuestion(.payment(payment), fault, gateway: flight.gateway)
      present = try takeTurnedAway(fault, result, flight, id, payment, order, at: now)
    }
    try reschedule(present, payment, at: now)
    try finishWaiters(present, before: order.aggregate, at: now)
    try finishQuestion(.payment(payment), at: now)
  }

  /// What a fault of a create proves about its payment; nil for nothing.
  ///
  /// The first create that never left, or that the gateway says it turned away, has begun nothing:
  /// the caller may try again at once. Of a repeated one that proves nothing about those before.
  private func end(of payment: Payment?, _ fault: Fault) -> PaymentSighting? {
    guard let payment else { return nil }
    let isFirst = payment.state == .submitted
    switch fault {
    case .notSent(let reason): return isFirst ? .failed(reason) : nil
    case .answered(let reason):
      if isFirst, reason.code == FaultCode.limited { return .failed(reason) }
      // Sent again, that is after a signed "does not exist": nobody has begun to pay.
      let isLost = mayBeRepeated(payment) && reason.code == FaultCode.begunBefore
      return isLost ? Self.neverShown(reason) : nil
    case .outcomeUnknown: return nil
    }
  }

  /// Closes the call's row; of a query that changed something the answer is kept as evidence.
  func endCall(
    _ flight: Flight, _ result: Result<GatewayAnswer, Fault>, fault: Fault?,
    refusal: Reason? = nil, id: String? = nil, order: LoadedOrder? = nil,
    payment: PaymentID? = nil, refund: RefundID? = nil, at now: Timestamp
  ) throws(StoreError) {
    var row: CallRow
    if let call = flight.call {
      row = call
    } else if let id, let callID = CallID(text: id) {
      row = CallRow(
        id: callID, orderKey: order?.key, payment: payment, refund: refund,
        gateway: flight.gateway, operation: flight.question.operation,
        startedAt: flight.startedAt)
    } else {
      return
    }
    row.state = refusal != nil ? .refused : fault == nil ? .answered : .failed
    row.endedAt = now
    if case .success(let answer) = result {
      row.status = Int64(answer.status)
      if !flight.isErased {
        row.answer = Array(answer.body.prefix(PaymentEngine.answerKeptBytesMax))
      }
      row.digest = SHA256.hash(answer.body).hex
    }
    row.fault = (refusal ?? fault?.reason)?.text
    try store.save(row)
  }

  func raise(
    _ code: String, _ text: String, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    var decision = decide(order, by: .system, at: now)
    decision.raise(code, text)
    try record(decision, over: order, at: now)
  }
}
