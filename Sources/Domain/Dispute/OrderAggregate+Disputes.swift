extension OrderAggregate {
  package func dispute(_ id: DisputeID) -> Dispute? { disputes.first { $0.id == id } }

  func dispute(numbered number: String, of payment: PaymentID) -> Dispute? {
    disputes.first {
      $0.payment == payment && $0.gatewayDispute.utf8.elementsEqual(number.utf8)
    }
  }

  /// The configured name of the gateway that a dispute is at.
  package func gateway(of dispute: Dispute) -> String { payment(dispute.payment)?.gateway ?? "" }

  package var hasOpenDispute: Bool { disputes.contains { $0.state.isOpen } }

  /// What disputes keep or took of a payment's charge, in its currency and never more than it.
  /// Minor units.
  func withheld(of id: PaymentID) -> Int64 { sum(of: id) { $0.withholds } }

  /// What lost disputes took of a payment's charge. Minor units of the captured currency.
  func lost(of id: PaymentID) -> Int64 { sum(of: id) { $0.isLoss } }

  private func sum(of id: PaymentID, where isCounted: (Dispute) -> Bool) -> Int64 {
    guard let charge = payment(id)?.captured else { return 0 }
    var left = charge.minor
    for dispute in disputes where dispute.payment == id && isCounted(dispute) {
      // In another currency the share cannot be told: it may be everything.
      let isSame = dispute.terms.amount.currency == charge.currency
      left -= min(left, isSame ? dispute.terms.amount.minor : charge.minor)
    }
    return charge.minor - left
  }

  /// Refunds and disputes together would give the buyer more than was taken.
  package func isOverdrawn(_ id: PaymentID) -> Bool {
    guard let charge = payment(id)?.captured else { return false }
    let kept = charge.minor - withheld(of: id)
    return withheld(of: id) > 0 && reserved(of: id) > kept
  }

  mutating func apply(_ body: DisputeEvent, to id: DisputeID, _ event: Event) {
    if case .opened(let payment, let number, let state, let terms, let funds, _) = body {
      disputes.append(
        Dispute(
          id: id, payment: payment, order: order.id, gatewayDispute: number, openedAt: event.at,
          state: state, terms: terms, funds: funds))
    }
    guard let index = disputes.firstIndex(where: { $0.id == id }) else {
      preconditionFailure("an event of a dispute that was never opened")
    }
    disputes[index].apply(body, at: event.at)
  }

  /// Open before lost before won: what needs a person comes first.
  var computedDisputeState: DisputeState {
    if hasOpenDispute { return .open }
    if disputes.contains(where: { $0.state.tookMoney }) { return .lost }
    let isWon = disputes.contains { $0.state == .won || $0.state == .withdrawn }
    return isWon ? .won : .none
  }
}

extension Dispute {
  fileprivate mutating func apply(_ event: DisputeEvent, at moment: Timestamp) {
    version += 1
    switch event {
    case .opened(_, _, let state, _, _, let proof):
      evidence.append(proof)
      if !state.isOpen { closedAt = moment }
    case .moved(let state, let terms, let funds, let proof):
      self.state = state
      take(terms)
      self.funds = funds
      closedAt = state.isOpen ? nil : moment
      evidence.append(proof)
    case .updated(let terms, let funds, let proof):
      take(terms)
      self.funds = funds
      evidence.append(proof)
    case .due(let hours, _): alertedHours = hours
    case .attached(let attachment): attachments.append(attachment)
    }
  }

  /// More time begins a new row of alerts.
  private mutating func take(_ terms: DisputeTerms) {
    if let due = terms.dueAt, self.terms.dueAt.map({ due > $0 }) ?? true { alertedHours = nil }
    self.terms = terms
  }
}
