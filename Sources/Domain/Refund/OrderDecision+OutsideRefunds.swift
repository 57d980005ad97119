/// Refunds that Till did not ask for.
extension OrderDecision {
  /// The gateway tells of a refund made at its own desk. It counts once it has succeeded; what it
  /// says of one that is counted already goes to that one.
  package mutating func observeOutsideRefund(
    of id: PaymentID, _ outside: OutsideRefund, _ evidence: Evidence
  ) -> ObservationEffect {
    let known = aggregate.refunds.first {
      $0.payment == id
        && $0.gatewayRefund?.utf8.elementsEqual(outside.gatewayRefund.utf8) == true
    }
    if let known { return observeRefund(known.id, outside.sighting, evidence) }
    guard !order.flags.contains(.frozen), case .succeeded(let amount, _, _) = outside.sighting
    else { return .nothingNew }
    guard evidence.strength >= .signedNotice else { return .askNow }
    let before = order.payState
    guard let captured = aggregate.payment(id)?.captured, captured.currency == amount.currency,
      amount.minor > 0, makeRoom(amount.minor, in: id)
    else { return contradictOutside(outside, id) }
    recordOutside(outside.gatewayRefund, amount, of: id, evidence)
    raise(
      "refunded_outside",
      "\(amount) of payment \(id) was given back at the gateway's own desk, not through Till.")
    settle(from: before)
    return .applied
  }

  /// The gateway tells of a refund under a number that is none of ours. Where it says what went
  /// back, that counts; else people are called and the goods stay here until one has looked.
  package mutating func observeUnknownRefund(
    _ number: String, of id: PaymentID, _ sighting: RefundSighting, _ evidence: Evidence
  ) -> ObservationEffect {
    guard let payment = aggregate.payment(id), !order.flags.contains(.frozen) else {
      return .nothingNew
    }
    switch sighting {
    case .succeeded(let amount, let own, _) where evidence.strength >= .signedNotice:
      return observeOutsideRefund(
        of: id, OutsideRefund(gatewayRefund: own ?? number, amount: amount, sighting: sighting),
        evidence)
    // An answer has said beside it how the payment stands.
    case _ where evidence.source != .notice: return .nothingNew
    case .succeeded, .processing:
      if payment.isCharged, evidence.strength >= .weakNotice { callAboutOutsideRefund(of: id) }
      return .askNow
    case .failed, .absent, .stalled, .returned, .unrecognised: return .askNow
    }
  }

  /// Notices come many times: goods that a person let go after the call are not held again.
  private mutating func callAboutOutsideRefund(of id: PaymentID) {
    let isDecided =
      order.attention.contains("refunded_outside") && order.riskState == .cleared
    raise(
      "refunded_outside",
      "The gateway says that money of payment \(id) was given back at its own desk, not through "
        + "Till, and not how much; look there.")
    guard !isDecided else { return }
    for delivery in aggregate.deliveries where delivery.state == .pending {
      record(.delivery(delivery.id, .held(reason: Delivery.outsideRefundReason)), by: .system)
    }
  }

  private mutating func contradictOutside(
    _ outside: OutsideRefund, _ id: PaymentID
  ) -> ObservationEffect {
    let isNew = !order.attention.contains("refund_contradiction")
    raise(
      "refund_contradiction",
      "The gateway tells of refund \(outside.gatewayRefund) over \(outside.amount); payment \(id) "
        + "has nothing left that it could be.")
    return isNew ? .applied : .nothingNew
  }

  private mutating func recordOutside(
    _ number: String, _ amount: Money, of payment: PaymentID, _ evidence: Evidence
  ) {
    let id = identifiers.next(RefundKind.self, at: now)
    let note = "made at the gateway's own desk"
    record(
      .refund(
        id, .requested(payment: payment, number: id.letters, amount: amount, note: note)))
    record(.refund(id, .approved(by: "gateway")))
    record(.refund(id, .succeeded(gatewayRefund: number, evidence)))
  }
}
