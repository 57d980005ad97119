/// Disputes: a buyer asks a bank or the gateway for the money.
extension OrderDecision {
  /// A gateway said how a dispute stands.
  package mutating func observeDispute(
    of id: PaymentID, _ sighting: DisputeSighting, _ evidence: Evidence
  ) -> ObservationEffect {
    guard aggregate.payment(id) != nil, !order.flags.contains(.frozen) else { return .nothingNew }
    guard evidence.strength >= .signedNotice else { return .askNow }
    guard sighting.isPossible else { return contradict(sighting, id) }
    let before = order.payState
    guard let known = aggregate.dispute(numbered: sighting.gatewayDispute, of: id) else {
      guard open(sighting, id, evidence) else { return contradict(sighting, id) }
      settleDisputes(from: before)
      return .applied
    }
    let isAnswer = evidence.strength >= .answer
    switch known.state.move(on: sighting.status, byAnswer: isAnswer) {
    case .ask: return .askNow
    case .to(let state):
      // What was handed back to a worker by a person is not taken away by every step.
      if state.isOpen, known.state == .warning || !known.state.isOpen { holdDeliveriesForDispute() }
      record(
        .dispute(
          known.id,
          .moved(state, sighting.terms, sighting.funds(in: state, after: known.funds), evidence)))
    case .stay:
      let funds = sighting.funds(in: known.state, after: known.funds)
      guard sighting.terms != known.terms || funds != known.funds else { return .nothingNew }
      // An old notice may say the same state with other facts.
      guard isAnswer else { return .askNow }
      record(.dispute(known.id, .updated(sighting.terms, funds, evidence)))
    }
    noteUnknownWord(sighting)
    settleDisputes(from: before)
    return .applied
  }

  /// - Returns: false where the order has had too many.
  private mutating func open(
    _ sighting: DisputeSighting, _ payment: PaymentID, _ evidence: Evidence
  ) -> Bool {
    guard aggregate.disputes.count < Limits.disputesPerOrder,
      !aggregate.disputes.contains(where: {
        $0.payment != payment && $0.gatewayDispute.utf8.elementsEqual(sighting.gatewayDispute.utf8)
      })
    else { return false }
    let state = sighting.status ?? .needsResponse
    record(
      .dispute(
        identifiers.next(DisputeKind.self, at: now),
        .opened(
          payment: payment, gatewayDispute: sighting.gatewayDispute, state, sighting.terms,
          sighting.funds(in: state, after: .none), evidence)))
    noteUnknownWord(sighting)
    if state.isOpen { holdDeliveriesForDispute() }
    return true
  }

  private mutating func contradict(
    _ sighting: DisputeSighting, _ id: PaymentID
  ) -> ObservationEffect {
    let isNew = !order.attention.contains("dispute_contradiction")
    raise(
      "dispute_contradiction",
      "The gateway tells of dispute \(sighting.gatewayDispute) over \(sighting.amount) of payment "
        + "\(id), which does not fit what is known.")
    return isNew ? .applied : .nothingNew
  }

  private mutating func noteUnknownWord(_ sighting: DisputeSighting) {
    guard sighting.status == nil else { return }
    raise(
      "dispute_unknown_status",
      "Dispute \(sighting.gatewayDispute) has a status that Till does not know: "
        + "\(sighting.gatewayStatus).")
  }

  /// Draws the consequences of what became of disputes.
  private mutating func settleDisputes(from before: PayState) {
    giveUpRefundsWithoutRoom()
    settle(from: before)
    releaseUncertainDeliveries()
    askAboutDisputes()
  }

  /// What the buyer has by a lost dispute is not given a second time.
  private mutating func giveUpRefundsWithoutRoom() {
    for dispute in aggregate.disputes where dispute.isLoss {
      for refund in aggregate.refunds
      where refund.payment == dispute.payment && refund.state == .requested
        && aggregate.isOverdrawn(dispute.payment)
      {
        record(.refund(refund.id, .withdrawn(by: Actor.system.text)), by: .system)
      }
    }
  }

  /// Calls a person while a dispute is open, and when the buyer may get the money twice. A lost one
  /// calls nobody: nothing can be done any more, and the pay state tells of it.
  private mutating func askAboutDisputes() {
    if let open = aggregate.disputes.first(where: { $0.state.isOpen }) {
      raise(
        "disputed",
        "Payment \(open.payment) is disputed over \(open.terms.amount) (\(open.gatewayDispute)): "
          + "\(open.terms.gatewayStatus).")
    } else {
      clear("disputed")
    }
    if aggregate.disputes.contains(where: { aggregate.isOverdrawn($0.payment) }) {
      raise(
        "refund_and_dispute",
        "The buyer may get the money twice: by a refund and by a dispute of the same payment.")
    } else {
      clear("refund_and_dispute")
    }
    let isUrgent = aggregate.disputes.contains { $0.state.awaitsUs && $0.alertedHours != nil }
    if !isUrgent { clear("dispute_due") }
  }

  /// Time has passed: tells people of answers that a gateway still waits for (AL19).
  ///
  /// - Returns: the disputes that were told of, with the hours that were left.
  package mutating func alertDisputes() -> [(dispute: Dispute, hours: Int64)] {
    var told: [(dispute: Dispute, hours: Int64)] = []
    guard !order.flags.contains(.frozen) else { return told }
    for dispute in aggregate.disputes {
      guard let hours = dispute.dueAlert(at: now), let due = dispute.terms.dueAt else { continue }
      record(.dispute(dispute.id, .due(hours: hours, dueAt: due)))
      told.append((dispute, hours))
      raise(
        "dispute_due",
        "Dispute \(dispute.gatewayDispute) of payment \(dispute.payment) needs an answer.")
    }
    return told
  }

  /// Records something that supports our side.
  ///
  /// - Throws: `too_many_attachments`, `order_frozen`.
  package mutating func attach(
    _ attachment: DisputeAttachment, to id: DisputeID
  ) throws(Rejection) {
    try requireNotFrozen()
    guard let dispute = aggregate.dispute(id) else { return }
    guard dispute.attachments.count < Limits.attachmentsPerDispute else {
      throw Rejection(
        .tooManyAttachments,
        "Dispute \(id) has \(Limits.attachmentsPerDispute) attachments already.",
        details: [.init("limit", .integer(Int64(Limits.attachmentsPerDispute)))])
    }
    record(.dispute(id, .attached(attachment)))
  }
}

extension DisputeSighting {
  /// More than nothing, and within what JSON can hold.
  fileprivate var isPossible: Bool {
    amount.minor > 0 && amount.minor <= Int64(Limits.integerMax) && !gatewayDispute.isEmpty
  }

  fileprivate var terms: DisputeTerms {
    DisputeTerms(amount: amount, gatewayStatus: gatewayStatus, reason: reason, dueAt: dueAt)
  }

  /// The gateway's word of where the money is, else what the state implies.
  fileprivate func funds(
    in state: DisputeStatus, after before: DisputeFunds
  ) -> DisputeFunds {
    funds ?? state.impliedFunds(after: before)
  }
}
