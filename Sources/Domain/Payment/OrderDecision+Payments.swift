/// What opening a payment came to.
package enum PaymentOpening: Sendable {
  /// A new payment; the gateway must be asked for a way to pay.
  case opened(PaymentID)
  /// The one that is open already: a second click.
  case reused(PaymentID)
  /// Another payment stands in the way and is being closed; what was recorded is kept.
  case blocked(Rejection)
}

/// What an observation came to.
package enum ObservationEffect: Hashable, Sendable {
  /// Something became true.
  case applied
  /// It was known already.
  case nothingNew
  /// It cannot be believed as it is: ask the gateway now.
  case askNow
}

extension OrderDecision {
  /// Opens a payment, or hands back the one that is open.
  ///
  /// - Throws: `already_paid`, `order_not_payable`, `order_frozen`, `too_many_payments`.
  package mutating func openPayment(_ draft: PaymentDraft) throws(Rejection) -> PaymentOpening {
    try requireNotFrozen()
    try requirePayable()
    let open = aggregate.payments.filter { $0.state.isOpen }
    if let same = open.first(where: { isReusable($0, for: draft) }) { return .reused(same.id) }
    if !open.isEmpty {
      closeOpenPayments(cause: .replaced)
      return .blocked(
        Rejection(
          .paymentOpen,
          "Another payment of order \(order.number) is being closed first.",
          hint: "Try again shortly; a new payment is opened once the old one cannot be paid.",
          details: [.init("payment", .text(open[0].id.text))], retryAfterMilliseconds: 2000))
    }
    guard aggregate.payments.count < Limits.paymentsPerOrder else {
      throw Rejection(
        .tooManyPayments,
        "Order \(order.number) has had \(Limits.paymentsPerOrder) payments; make a new order.")
    }
    let id = identifiers.next(PaymentKind.self, at: now)
    record(.payment(id, .created(draft)))
    record(.payment(id, .submitted))
    return .opened(id)
  }

  private func isReusable(_ payment: Payment, for draft: PaymentDraft) -> Bool {
    guard payment.gateway.utf8.elementsEqual(draft.gateway.utf8),
      payment.method.utf8.elementsEqual(draft.method.utf8), payment.state != .closing
    else { return false }
    guard let action = payment.action else {
      // Known to the gateway, but the answer with the way to pay was lost: nobody can pay it.
      return payment.state != .awaitingBuyer && now < payment.expiresAt
    }
    return now < action.expiresAt
  }

  private func requirePayable() throws(Rejection) {
    switch order.payState {
    case .created, .awaiting, .processing: break
    case .expired, .cancelled:
      throw Rejection(
        .orderNotPayable, "Order \(order.number) is \(order.payState.rawValue).",
        hint: "Make a new order.", details: [.init("pay_state", .text(order.payState.rawValue))])
    case .review, .paid, .partiallyRefunded, .refunded, .chargedBack:
      throw Rejection(
        .alreadyPaid, "Order \(order.number) is \(order.payState.rawValue).",
        hint: "Do not ask the buyer to pay again.",
        details: [.init("pay_state", .text(order.payState.rawValue))])
    }
    guard order.cancelRequestedAt == nil else {
      throw Rejection(.orderNotPayable, "Order \(order.number) is being cancelled.")
    }
    guard now < order.expiresAt else {
      throw Rejection(
        .orderNotPayable, "Order \(order.number) has expired.", hint: "Make a new order.")
    }
  }

  /// A shop or a person wants one payment closed.
  package mutating func closePayment(_ id: PaymentID) throws(Rejection) {
    try requireNotFrozen()
    guard let payment = aggregate.payment(id) else { return }
    switch payment.state {
    case .succeeded, .reversed:
      throw Rejection(
        .alreadyPaid, "Payment \(id) has been paid and cannot be closed.",
        hint: "Give the money back with refund.create.")
    case .closed, .failed, .closing: return
    case .initial, .submitted, .awaitingBuyer, .processing, .unknown, .stale:
      let before = order.payState
      record(.payment(id, .closing(.requested)))
      settle(from: before)
    }
  }

  /// The create call brought no usable answer.
  package mutating func noteUnanswered(_ id: PaymentID, _ reason: Reason) {
    guard let payment = aggregate.payment(id),
      payment.state.move(on: .unanswered) == .to(.unknown)
    else { return }
    record(.payment(id, .unknown(reason)))
  }

  /// The create was turned away by an answer that does not name it: the payment is unknown until
  /// the gateway was asked.
  package mutating func noteRefused(_ id: PaymentID, _ reason: Reason) {
    guard let payment = aggregate.payment(id) else { return }
    let isNews = payment.state == .unknown && payment.reason != reason
    guard payment.state == .submitted || isNews else { return }
    record(.payment(id, .unknown(reason)))
  }

  /// A payment was asked about for too long without a final answer.
  package mutating func age(_ id: PaymentID) {
    guard let payment = aggregate.payment(id), payment.state.move(on: .aged) == .to(.stale) else {
      return
    }
    let before = order.payState
    record(.payment(id, .stale))
    raise("payment_stale", "The gateway has given no final answer about payment \(id).")
    settle(from: before)
  }

  /// A stale payment has been without a final answer for days: asking alone does not end it.
  package mutating func noteOpenForDays(_ id: PaymentID) {
    guard aggregate.payment(id)?.state == .stale else { return }
    raise(
      "payment_open_for_days",
      "Payment \(id) has had no final answer for three days; ask the gateway's people.")
  }

  /// The order was paid by a weak word, and nothing better has come for a day.
  package mutating func noteUnconfirmed(_ id: PaymentID) {
    guard aggregate.payment(id)?.isWeak == true else { return }
    raise(
      "weak_unconfirmed",
      "Payment \(id) stands on a weak word alone; compare it with the account, then accept it.")
  }
}

extension OrderDecision {
  /// A gateway, a bill or people said something about a payment.
  ///
  /// - Parameter weakWord: what a weak word of money does where `evidence` is one.
  package mutating func observe(
    _ id: PaymentID, _ sighting: PaymentSighting, _ evidence: Evidence,
    weakWord: WeakWord = .wakes
  ) -> ObservationEffect {
    guard let payment = aggregate.payment(id), !order.flags.contains(.frozen) else {
      return .nothingNew
    }
    let sighting = Self.possible(sighting)
    if Self.mayBeOurRefund(sighting), isRefundedByUs(payment) { return .nothingNew }
    var input = Self.input(of: sighting, evidence, payment)
    if weakWord != .wakes, case .paid = sighting, evidence.strength >= .weakNotice {
      input = .sawPaid
    }
    let before = order.payState
    switch payment.state.move(on: input) {
    case .stay: return stayed(payment, sighting, evidence)
    case .ask: return .askNow
    case .contradiction:
      let said = "\(evidence.source.rawValue) \(evidence.id)"
      let isNew = !order.attention.contains("contradiction")
      raise(
        "contradiction",
        "Payment \(id) is \(payment.state.rawValue), but \(said) says otherwise "
          + "(\(input.rawValue))."
      )
      return isNew ? .applied : .nothingNew
    case .to(let state): move(payment, to: state, sighting, evidence)
    }
    settle(from: before, weakWord: weakWord)
    return .applied
  }

  /// A charge of nothing, or of more than can be counted, is no charge: a person must look.
  private static func possible(_ sighting: PaymentSighting) -> PaymentSighting {
    switch sighting {
    case .paid(let capture) where !capture.isPossible,
      .reversed(let capture, _) where !capture.isPossible:
      .unrecognised("a charge of \(capture.amount.minor) minor units")
    default: sighting
    }
  }

  private static func mayBeOurRefund(_ sighting: PaymentSighting) -> Bool {
    switch sighting {
    case .reversed, .closed: true
    case .unpaid, .processing, .paid, .failed, .absent, .unrecognised: false
    }
  }

  /// A trade that we gave back in full reads "closed" or "reversed" at gateways: that is our own
  /// refund seen again. One that nobody has sent yet cannot be.
  private func isRefundedByUs(_ payment: Payment) -> Bool {
    guard payment.state == .succeeded, let captured = payment.captured else { return false }
    let sent = aggregate.refunds.filter {
      $0.payment == payment.id && ($0.state.isInFlight || $0.state == .succeeded)
    }
    return sent.reduce(0) { $0 + $1.amount.minor } >= captured.minor
  }

  private static func input(
    of sighting: PaymentSighting, _ evidence: Evidence, _ payment: Payment
  ) -> PaymentInput {
    if evidence.source == .create || evidence.source == .record {
      // The answer to the create call may come after a notice or a query that knew more.
      if case .unpaid = sighting { return .accepted }
      if case .failed = sighting { return .refused }
    }
    let isOver = !payment.state.isOpen && !payment.isClosedByPeople
    let needed: EvidenceStrength = isOver ? .answer : .signedNotice
    let isStrong = evidence.strength >= needed
    switch sighting {
    case .unpaid: return .sawUnpaid
    case .processing, .unrecognised: return .sawProcessing
    case .paid: return isStrong ? .sawPaid : .sawPaidWeakly
    case .reversed: return isStrong ? .sawReversed : .sawPaidWeakly
    // Ends are believed only from the gateway's own signed word.
    case .closed: return evidence.strength >= .signedNotice ? .sawClosed : .sawAbsent
    case .failed: return evidence.strength >= .signedNotice ? .sawFailed : .sawAbsent
    case .absent(let provesClosed):
      return provesClosed && evidence.strength >= .answer ? .sawClosed : .sawAbsent
    }
  }

  /// The state stays; an action that came late is still worth keeping, and a second charge under
  /// one number must be seen by a person.
  private mutating func stayed(
    _ payment: Payment, _ sighting: PaymentSighting, _ evidence: Evidence
  ) -> ObservationEffect {
    if case .unpaid(let action, let number) = sighting, payment.state == .awaitingBuyer {
      let newAction = payment.action == nil ? action : nil
      let newNumber = payment.gatewayPayment == nil ? number : nil
      guard newAction != nil || newNumber != nil else { return .nothingNew }
      record(.payment(payment.id, .awaitingBuyer(newAction, gatewayPayment: newNumber)))
      return .applied
    }
    if case .paid(let capture) = sighting, Self.confirms(evidence, payment),
      payment.captured == capture.amount
    {
      let before = order.payState
      record(.payment(payment.id, .confirmed(evidence)))
      settle(from: before)
      return .applied
    }
    // A row that confirmed it has a number of its own, and may be read twice.
    if evidence.source == .statement,
      payment.evidence.contains(where: {
        $0.source == .statement && $0.id.utf8.elementsEqual(evidence.id.utf8)
      })
    {
      return .nothingNew
    }
    if case .paid(let capture) = sighting, payment.state == .succeeded,
      let known = payment.gatewayTransaction,
      !known.utf8.elementsEqual(capture.gatewayTransaction.utf8)
        || payment.captured != capture.amount
    {
      let isNew = !order.attention.contains("second_charge")
      raise(
        "second_charge",
        "Payment \(payment.id) was charged as \(known); \(evidence.id) now says "
          + "\(capture.gatewayTransaction) over \(capture.amount).")
      return isNew ? .applied : .nothingNew
    }
    if case .unrecognised(let status) = sighting {
      let isNew = !order.attention.contains("unknown_status")
      raise(
        "unknown_status", "The gateway answers with a status that Till does not know: \(status).")
      return isNew ? .applied : .nothingNew
    }
    return .nothingNew
  }

  /// Whether a word of the same money is stronger than what the payment stands on: a weak word, or
  /// that of two people, which the bank's own row bears out.
  private static func confirms(_ evidence: Evidence, _ payment: Payment) -> Bool {
    if payment.isWeak { return evidence.strength >= .signedNotice }
    guard evidence.source == .statement, payment.isCharged else { return false }
    let sources = payment.chargeEvidence.map(\.source)
    return sources.contains(.operators) && !sources.contains(.statement)
  }

  private mutating func move(
    _ payment: Payment, to state: PaymentState, _ sighting: PaymentSighting, _ evidence: Evidence
  ) {
    switch (state, sighting) {
    case (.succeeded, .paid(let capture)): succeed(payment, capture, evidence)
    case (.succeeded, .reversed(let capture, _)):
      succeed(payment, capture, evidence)
      recordAutomaticRefund(payment.id, capture, evidence)
    case (.reversed, .reversed(_, let reason)):
      record(.payment(payment.id, .reversed(reason, evidence)))
    case (.awaitingBuyer, .unpaid(let action, let number)):
      record(.payment(payment.id, .awaitingBuyer(action, gatewayPayment: number)))
    case (.processing, .processing(let reason)): record(.payment(payment.id, .processing(reason)))
    case (.processing, .unrecognised(let status)):
      let text = "The gateway answers with a status that Till does not know: \(status)."
      record(.payment(payment.id, .processing(Reason(code: "unknown_status", text: text))))
      raise("unknown_status", text)
    case (.closed, .closed(let reason)): record(.payment(payment.id, .closed(reason, evidence)))
    case (.closed, .absent): record(.payment(payment.id, .closed(nil, evidence)))
    case (.failed, .failed(let reason)): record(.payment(payment.id, .failed(reason, evidence)))
    default: preconditionFailure("the table sent \(sighting) to \(state)")
    }
  }

  private mutating func succeed(_ payment: Payment, _ capture: Capture, _ evidence: Evidence) {
    let isLate = !payment.state.isOpen
    record(.payment(payment.id, .succeeded(capture, evidence, isLate: isLate)))
  }

  /// Two different operators settle a payment by a proof from outside. The first call proposes.
  ///
  /// - Parameter amount: what was taken; nil takes what was proposed, or else what was asked for.
  /// - Returns: whether it took effect.
  package mutating func resolve(
    _ id: PaymentID, amount: Money?, proof: String, reason: String
  ) throws(Rejection) -> Bool {
    try requireNotFrozen()
    guard let person = actor.person else {
      throw Rejection(
        .tokenRequired, "Only an operator who has shown a token can resolve a payment.")
    }
    guard let payment = aggregate.payment(id), payment.state != .succeeded,
      payment.state != .reversed
    else {
      throw Rejection(.illegalTransition, "Payment \(id) is settled already.")
    }
    // Another proof or amount than the one proposed is a proposal of its own.
    let isSameProof = payment.resolveProposedProof?.utf8.elementsEqual(proof.utf8) == true
    var proposed = isSameProof ? payment.resolveProposedAmount : nil
    // That nothing came is another proposal.
    if proposed?.minor == 0 { proposed = nil }
    let taken = amount ?? proposed ?? payment.amount
    guard let first = payment.resolveProposedBy, proposed == taken else {
      record(
        .payment(
          id, .resolveProposed(by: person, evidence: proof, amount: taken, reason: reason)))
      return false
    }
    try requireAnother(person, than: first)
    let before = order.payState
    let evidence = Evidence.ofOperators(proof, at: now)
    succeed(payment, Capture(amount: taken, gatewayTransaction: proof, paidAt: nil), evidence)
    settle(from: before)
    return true
  }
}
