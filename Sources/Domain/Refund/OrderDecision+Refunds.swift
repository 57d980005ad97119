/// Giving money back.
extension OrderDecision {
  /// Reserves an amount for a refund, and approves it at once where the caller may.
  ///
  /// - Parameter limit: how much of the order the caller may give back alone, in minor units of
  ///   whatever currency; 0 for nobody.
  /// - Throws: `refund_exceeds_paid`, `order_not_paid`, `currency_mismatch`,
  ///   `delivery_in_progress`.
  package mutating func requestRefund(
    of id: PaymentID, _ amount: Money, note: String?, approvalLimit limit: Int64
  ) throws(Rejection) -> RefundID {
    try requireNotFrozen()
    guard let payment = aggregate.payment(id), payment.isCharged, let captured = payment.captured
    else {
      throw Rejection(
        .orderNotPaid, "Payment \(id) has taken no money; there is nothing to give back.")
    }
    guard amount.currency == captured.currency else {
      throw Rejection(
        .currencyMismatch, "The payment was taken in \(captured.currency), not \(amount.currency).",
        path: "/params/amount/currency")
    }
    try requireRefundable(amount, of: id, captured: captured)
    try requireNoLiveClaim()
    guard aggregate.refunds.count < Limits.refundsPerOrder else {
      throw Rejection(
        .tooManyRefunds, "Order \(order.number) has had \(Limits.refundsPerOrder) refunds.")
    }
    let refund = identifiers.next(RefundKind.self, at: now)
    let number = refund.letters
    record(
      .refund(refund, .requested(payment: id, number: number, amount: amount, note: note)))
    holdDeliveriesForRefund()
    if amount.minor <= limit - givenBackAlone, !order.riskState.blocksDelivery {
      record(.refund(refund, .approved(by: actor.text)))
    }
    return refund
  }

  /// What the actor has given back of this order without a second person, in minor units: many
  /// small refunds are one large one. What failed or came back is not counted.
  private var givenBackAlone: Int64 {
    aggregate.refunds.reduce(0) { sum, refund in
      guard refund.state.reserves, refund.approvedBy?.utf8.elementsEqual(actor.text.utf8) == true,
        !isAskedByAnother(refund)
      else { return sum }
      return sum.addingReportingOverflow(refund.amount.minor).partialValue
    }
  }

  /// Whether an operator other than the actor asked for it. A connection without a token, or the
  /// daemon itself, is no second person.
  private func isAskedByAnother(_ refund: Refund) -> Bool {
    Actor.isPerson(refund.requestedBy) && !refund.requestedBy.utf8.elementsEqual(actor.text.utf8)
  }

  private func requireRefundable(
    _ amount: Money, of id: PaymentID, captured: Money
  ) throws(Rejection) {
    let left = aggregate.refundable(of: id)
    if amount.minor > left, amount.minor <= aggregate.unreserved(of: id) {
      throw paymentDisputed(id, refundable: Money(left, captured.currency))
    }
    guard amount.minor > 0, amount.minor <= left else {
      throw Rejection(
        .refundExceedsPaid,
        "At most \(Money(left, captured.currency)) of payment \(id) can still be given back.",
        path: "/params/amount/minor",
        details: [
          .init("captured", .money(captured)),
          .init("reserved", .money(Money(captured.minor - left, captured.currency))),
          .init("refundable", .money(Money(left, captured.currency))),
        ])
    }
  }

  private func paymentDisputed(_ id: PaymentID, refundable: Money) -> Rejection {
    let dispute = aggregate.disputes.first { $0.payment == id && $0.withholds }
    return Rejection(
      .paymentDisputed,
      "A dispute keeps money of payment \(id): giving it back as well would pay the buyer twice.",
      hint: "Answer or accept the dispute at the gateway, or wait for its outcome.",
      details: [
        .init("dispute", .text(dispute?.id.text ?? "")), .init("refundable", .money(refundable)),
      ])
  }

  private func requireNoLiveClaim() throws(Rejection) {
    guard aggregate.hasLiveClaim else { return }
    throw Rejection(
      .deliveryInProgress, "A worker is handing out order \(order.number) right now.",
      hint: "Wait for the claim to end, then decide whether the goods went out.",
      retryAfterMilliseconds: 5000)
  }

  /// Money that may all go back keeps the goods here until it is decided.
  mutating func holdDeliveriesForRefund() {
    guard aggregate.mayAllGoBack else { return }
    for delivery in aggregate.deliveries where delivery.state == .pending {
      record(.delivery(delivery.id, .held(reason: Delivery.refundReason)), by: .system)
    }
  }

  /// Goods that are not out stay here while a dispute is open; a person may let them go.
  mutating func holdDeliveriesForDispute() {
    for delivery in aggregate.deliveries where delivery.state == .pending {
      record(.delivery(delivery.id, .held(reason: Delivery.disputeReason)), by: .system)
    }
  }

  /// Lets go what only a refund or a dispute held, once neither stands in the way any more.
  mutating func releaseUncertainDeliveries() {
    guard !order.riskState.blocksDelivery, !aggregate.mayAllGoBack, !aggregate.hasOpenDispute
    else { return }
    for delivery in aggregate.deliveries
    where delivery.state == .held
      && (delivery.reason == Delivery.refundReason || delivery.reason == Delivery.disputeReason)
    {
      record(.delivery(delivery.id, .pending(line: delivery.line)), by: .system)
    }
  }

  /// A person other than the one who asked lets the money go.
  package mutating func approveRefund(_ id: RefundID, limit: Int64) throws(Rejection) {
    try requireNotFrozen()
    guard let refund = aggregate.refund(id) else { return }
    guard actor.person != nil else {
      throw Rejection(
        .tokenRequired, "Only an operator who has shown a token can approve a refund.")
    }
    guard refund.state == .requested || refund.state == .failed else {
      throw Self.illegal(refund, "approved")
    }
    if refund.requestedBy.utf8.elementsEqual(actor.text.utf8) {
      throw Rejection(
        .secondPersonRequired, "You asked for this refund; another operator must approve it.",
        details: [.init("requested_by", .text(refund.requestedBy))])
    }
    try requireWithin(limit, refund)
    if refund.state == .failed, let captured = aggregate.payment(refund.payment)?.captured {
      // A failure had given its share free; others may have taken it meanwhile.
      try requireRefundable(refund.amount, of: refund.payment, captured: captured)
      try requireNoLiveClaim()
    }
    guard refund.state == .failed || !aggregate.isOverdrawn(refund.payment) else {
      let left = Money(aggregate.refundable(of: refund.payment), refund.amount.currency)
      throw paymentDisputed(refund.payment, refundable: left)
    }
    try requireExcess(for: refund)
    record(.refund(id, .approved(by: actor.text)))
    endDoubtOfRefunds()
    holdDeliveriesForRefund()
  }

  /// What nobody else asked for the approver gives back alone.
  private func requireWithin(_ limit: Int64, _ refund: Refund) throws(Rejection) {
    let alone = isAskedByAnother(refund) ? 0 : givenBackAlone
    guard refund.amount.minor <= limit - alone else {
      throw Rejection(
        .roleTooLow,
        alone == 0
          ? "This refund of \(refund.amount) is over your limit."
          : "With what you gave back of this order alone, \(refund.amount) is over your limit.",
        hint: "Ask an operator with a higher refund limit.",
        details: [.init("limit", .integer(limit))])
    }
    guard isAskedByAnother(refund) || !order.riskState.blocksDelivery else {
      throw Rejection(
        .secondPersonRequired,
        "Order \(order.number) is held, and no operator asked for this refund.",
        hint: "Reject it; another operator asks for it anew, then you can approve it.",
        details: [.init("requested_by", .text(refund.requestedBy))])
    }
  }

  package mutating func rejectRefund(_ id: RefundID, reason: String) throws(Rejection) {
    try requireNotFrozen()
    guard let refund = aggregate.refund(id) else { return }
    guard refund.state == .requested else { throw Self.illegal(refund, "rejected") }
    record(.refund(id, .rejected(reason: reason, by: actor.text)))
    endDoubtOfRefunds()
    releaseUncertainDeliveries()
  }

  package mutating func withdrawRefund(_ id: RefundID) throws(Rejection) {
    try requireNotFrozen()
    guard let refund = aggregate.refund(id) else { return }
    guard refund.state == .requested else { throw Self.illegal(refund, "withdrawn") }
    record(.refund(id, .withdrawn(by: actor.text)))
    endDoubtOfRefunds()
    releaseUncertainDeliveries()
  }

  private static func illegal(_ refund: Refund, _ what: String) -> Rejection {
    Rejection(
      .illegalTransition, "Refund \(refund.id) is \(refund.state.rawValue) and cannot be \(what).",
      details: [.init("state", .text(refund.state.rawValue))])
  }

  /// The request leaves now; its intent is committed first.
  package mutating func submitRefund(_ id: RefundID) {
    guard let refund = aggregate.refund(id), refund.state.move(on: .sent) == .to(.submitted) else {
      return
    }
    record(.refund(id, .submitted), by: .system)
  }

  package mutating func noteRefundUnanswered(_ id: RefundID, _ reason: Reason) {
    guard let refund = aggregate.refund(id), refund.state.move(on: .unanswered) == .to(.unknown)
    else { return }
    record(.refund(id, .unknown(reason)))
  }

  /// The refund was turned away by an answer that does not name it: it is unknown until the gateway
  /// was asked. So is one that was on its way by an earlier word: it was sent again because the
  /// gateway has denied it since.
  package mutating func noteRefundRefused(_ id: RefundID, _ reason: Reason) {
    guard let refund = aggregate.refund(id), refund.state.isInFlight else { return }
    guard refund.state != .unknown || refund.reason != reason else { return }
    record(.refund(id, .unknown(reason)))
  }

  /// A refund on its way has been without a final answer for a day, or for three.
  package mutating func noteRefundOpen(_ id: RefundID, forDays: Bool) {
    guard aggregate.refund(id)?.state.isInFlight == true else { return }
    if forDays {
      raise(
        "refund_open_for_days",
        "Refund \(id) has had no final answer for three days; ask the gateway's people.")
    } else {
      raise("refund_open", "Refund \(id) has had no final answer for a day.")
    }
  }

  package mutating func observeRefund(
    _ id: RefundID, _ sighting: RefundSighting, _ evidence: Evidence
  ) -> ObservationEffect {
    guard let refund = aggregate.refund(id), !order.flags.contains(.frozen) else {
      return .nothingNew
    }
    guard evidence.strength >= .signedNotice else { return .askNow }
    let before = order.payState
    switch refund.state.move(on: Self.input(of: sighting, refund)) {
    case .stay where isNewTrouble(sighting, refund):
      move(refund, to: .processing, sighting, evidence)
    case .stay, .refuse: return .nothingNew
    case .contradiction: return contradict(refund, evidence)
    case .to(.succeeded)
    where !refund.state.reserves && !makeRoom(refund.amount.minor, in: refund.payment):
      return contradict(refund, evidence)
    case .to(let state): move(refund, to: state, sighting, evidence)
    }
    settle(from: before)
    return .applied
  }

  /// A refund that was on its way is found stuck, in a state that nobody knows, or done over
  /// another amount.
  private func isNewTrouble(_ sighting: RefundSighting, _ refund: Refund) -> Bool {
    guard refund.state == .processing, let reason = Self.trouble(sighting, refund) else {
      return false
    }
    return refund.reason != reason
  }

  /// What a person must look at in the word of a refund that goes on; nil where nothing is odd.
  private static func trouble(_ sighting: RefundSighting, _ refund: Refund) -> Reason? {
    switch sighting {
    case .stalled(let reason): return reason
    case .unrecognised(let status):
      let text = "The gateway answers with a status that Till does not know: \(status)."
      return Reason(code: "unknown_status", text: text)
    case .succeeded(let amount, _, _) where amount != refund.amount:
      let text = "The gateway reports \(amount) instead of \(refund.amount)."
      return Reason(code: "amount_mismatch", text: text)
    case .processing, .succeeded, .failed, .absent, .returned: return nil
    }
  }

  private mutating func contradict(_ refund: Refund, _ evidence: Evidence) -> ObservationEffect {
    let isNew = !order.attention.contains("refund_contradiction")
    raise(
      "refund_contradiction",
      "Refund \(refund.id) is \(refund.state.rawValue), but \(evidence.id) says otherwise.")
    return isNew ? .applied : .nothingNew
  }

  /// Money went back that nobody counted on (a refund that had failed, one made at the gateway's
  /// own desk): refunds that were asked for and have not left give up their share.
  ///
  /// - Returns: whether the payment's charge now has room for it. Minor units.
  mutating func makeRoom(_ minor: Int64, in payment: PaymentID) -> Bool {
    for other in aggregate.refunds where other.payment == payment {
      guard aggregate.unreserved(of: payment) < minor else { return true }
      if other.state == .requested {
        record(.refund(other.id, .withdrawn(by: Actor.system.text)), by: .system)
      }
    }
    return aggregate.unreserved(of: payment) >= minor
  }

  private static func input(of sighting: RefundSighting, _ refund: Refund) -> RefundInput {
    switch sighting {
    case .processing, .unrecognised: .sawProcessing
    // Another amount than asked is no proof of this refund; a person must look.
    case .succeeded(let amount, _, _): amount == refund.amount ? .sawSucceeded : .sawProcessing
    case .failed: .sawFailed
    case .absent: .sawAbsent
    case .returned: .sawReturned
    case .stalled: refund.state == .succeeded ? .sawReturned : .sawProcessing
    }
  }

  private mutating func move(
    _ refund: Refund, to state: RefundState, _ sighting: RefundSighting, _ evidence: Evidence
  ) {
    switch (state, sighting) {
    case (.succeeded, .succeeded(_, let number, _)):
      record(.refund(refund.id, .succeeded(gatewayRefund: number, evidence)))
    case (.failed, .failed(let reason)):
      record(.refund(refund.id, .failed(reason, evidence)))
      raise("refund_failed", "Refund \(refund.id) failed: \(reason.text)")
      releaseUncertainDeliveries()
    case (.returned, .returned(let reason)):
      record(.refund(refund.id, .returned(reason, evidence)))
      raise("refund_returned", "The bank sent refund \(refund.id) back; the buyer has nothing yet.")
    case (.returned, .stalled(let reason)):
      record(.refund(refund.id, .returned(reason, evidence)))
      raise("refund_returned", "Refund \(refund.id) came back; \(reason.text).")
    case (.processing, .processing(let reason, let number)):
      record(.refund(refund.id, .processing(reason, gatewayRefund: number)))
    case (.processing, _): keepOpen(refund, sighting)
    default: preconditionFailure("the table sent \(sighting) to \(state)")
    }
  }

  /// It goes on, and a person must look.
  private mutating func keepOpen(_ refund: Refund, _ sighting: RefundSighting) {
    guard let reason = Self.trouble(sighting, refund) else {
      preconditionFailure("the table sent \(sighting) to processing")
    }
    record(.refund(refund.id, .processing(reason)))
    switch sighting {
    case .unrecognised: raise("unknown_status", "Refund \(refund.id): \(reason.text)")
    case .succeeded: raise("refund_mismatch", "Refund \(refund.id): \(reason.text)")
    default: raise("refund_stalled", "Refund \(refund.id) is stuck: \(reason.text).")
    }
  }

  /// The gateway gave the whole charge back by itself (a cancel of a paid trade).
  mutating func recordAutomaticRefund(
    _ payment: PaymentID, _ capture: Capture, _ evidence: Evidence
  ) {
    let id = identifiers.next(RefundKind.self, at: now)
    record(
      .refund(
        id,
        .requested(
          payment: payment, number: id.letters, amount: capture.amount,
          note: "given back by the gateway")), by: .system)
    record(.refund(id, .approved(by: "gateway")), by: .system)
    record(.refund(id, .succeeded(gatewayRefund: nil, evidence)), by: .system)
  }
}
