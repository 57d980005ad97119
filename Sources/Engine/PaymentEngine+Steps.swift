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
