import Domain
import Gateways
import Store

/// Questions that take several exchanges.
extension PaymentEngine {
  /// The answer says what has to be sent next. What moves money is written down as a call of its
  /// own first; the rest goes on under the question's own intent, where it has one.
  func follow(
    _ step: GatewayStep, _ flight: Flight, _ id: CallID,
    _ result: Result<GatewayAnswer, Fault>, at now: Timestamp
  ) throws(StoreError) {
    if step.movesMoney, case .payment(let payment)? = flight.subject, let key = flight.orderKey {
      let order = try store.load(key: key)
      guard let present = order?.aggregate.payment(payment), Self.isWanted(present) else {
        try drop(flight, payment, order, result, at: now)
        return
      }
    }
    let next = identifiers.next(CallKind.self, at: now)
    var call = flight.call
    if step.movesMoney {
      try endCall(flight, result, fault: nil, at: now)
      call = try writeIntent(step, flight, next, at: now)
    }
    if case .payment(let payment)? = flight.subject, let key = flight.orderKey {
      try takeAlso(
        step.meanwhile, payment, key, evidence(flight, id, result, at: now), flight, result,
        at: now)
    }
    flights[next] = Flight(
      question: flight.question, gateway: flight.gateway, subject: flight.subject,
      orderKey: flight.orderKey, startedAt: now, call: call, step: step,
      stepsCount: flight.stepsCount + 1)
    if let subject = flight.subject { askedNow[subject] = next }
    if let waiting = waiters.removeValue(forKey: .check(id)) { waiters[.check(next)] = waiting }
    leave(
      GatewayExchange(id: next, gateway: flight.gateway, request: step.request), hasTurn: false,
      at: now)
  }

  /// The payment was given up while its question was under way, so the step that would take the
  /// money is not begun. What else the answer said was meant for a payment that is wanted: the
  /// gateway is asked again at once, as about one that is not.
  private func drop(
    _ flight: Flight, _ payment: PaymentID, _ order: LoadedOrder?,
    _ result: Result<GatewayAnswer, Fault>, at now: Timestamp
  ) throws(StoreError) {
    try endCall(flight, result, fault: nil, at: now)
    guard let order, let present = order.aggregate.payment(payment) else { return }
    var question = try question(of: present, order, at: now)
    question.asked += 1
    question.queries += 1
    question.failed = 0
    question.askedAt = now
    question.nextAt = now
    keep(question)
  }

  /// A payment was given up while the step that would take its money waited for its turn: that step
  /// does not leave any more, and the gateway is asked at once.
  func withdrawSteps(of order: LoadedOrder, at now: Timestamp) throws(StoreError) {
    for payment in order.aggregate.payments where !Self.isWanted(payment) {
      let subject = ScheduledQuestion.Subject.payment(payment.id)
      guard let id = askedNow[subject], let flight = flights[id], flight.step?.movesMoney == true,
        desks[flight.gateway]?.withdraw(id) == true
      else { continue }
      flights[id] = nil
      askedNow[subject] = nil
      if var call = flight.call {
        call.state = .withdrawn
        call.endedAt = now
        try store.save(call)
      }
      var question = try question(of: payment, order, at: now)
      question.nextAt = now
      keep(question)
    }
  }

  private func writeIntent(
    _ step: GatewayStep, _ flight: Flight, _ id: CallID, at now: Timestamp
  ) throws(StoreError) -> CallRow {
    var payment: PaymentID?
    var refund: RefundID?
    switch flight.subject {
    case .payment(let id)?: payment = id
    case .refund(let id)?:
      refund = id
      let order = try flight.orderKey.map { key throws(StoreError) in try store.load(key: key) }
      payment = order??.aggregate.refund(id)?.payment
    case .dispute(let id)?:
      let order = try flight.orderKey.map { key throws(StoreError) in try store.load(key: key) }
      payment = order??.aggregate.dispute(id)?.payment
    case nil: break
    }
    let row = CallRow(
      id: id, orderKey: flight.orderKey, payment: payment, refund: refund, gateway: flight.gateway,
      operation: "\(flight.question.operation).\(step.name)", startedAt: now)
    try store.save(row)
    return row
  }

  func evidence(
    _ flight: Flight, _ id: CallID, _ result: Result<GatewayAnswer, Fault>, at now: Timestamp
  ) -> Evidence {
    Evidence(
      id: id.text, source: Self.source(of: flight.question), strength: .answer, at: now,
      digest: Self.digest(result))
  }

  static func tooManySteps(_ flight: Flight) -> Fault {
    .answered(
      Reason(
        code: FaultCode.badReply,
        text: "\(flight.gateway) asks for more than \(GatewayStep.countMax) exchanges."))
  }
}
