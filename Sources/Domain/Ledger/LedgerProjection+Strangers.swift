/// Rows of bills about disputes that were nobody's when they were told of: neither the dispute nor
/// its payment was known. Once the gateway tells of the dispute they are rows of its payment, like
/// those that were from the beginning.
extension LedgerProjection {
  /// The payment of ours that a row turned out to be about.
  package func home(ofStranger id: DiscrepancyID) -> PaymentID? { homes[id] }

  /// A row that may be a stranger's no more: the dispute may be known by now.
  mutating func meet(_ id: DiscrepancyID, _ facts: DiscrepancyFacts) {
    strangers.append(id)
    let known = disputes.values.filter { isNamed($0, by: facts) }.map(\.payment).min()
    if let known { takeIn(id, known) }
  }

  /// The gateway has told its number of a payment.
  mutating func takeIn(for payment: PaymentID, _ event: Event) throws(LedgerError) {
    guard !strangers.isEmpty else { return }
    for id in disputes.keys.sorted() where disputes[id]?.payment == payment {
      try takeIn(for: id, event)
    }
  }

  /// Those that name a dispute, or its payment. What was told of the dispute before may be theirs.
  mutating func takeIn(for id: DisputeID, _ event: Event) throws(LedgerError) {
    guard !strangers.isEmpty, let dispute = disputes[id] else { return }
    var rows: [DiscrepancyID] = []
    for row in strangers {
      guard let facts = differences[row]?.facts, isNamed(dispute, by: facts) else { continue }
      takeIn(row, dispute.payment)
      rows.append(row)
    }
    for movement in dispute.movements.all where dispute.rows[movement.number] == nil {
      guard let row = self.row(of: rows, for: movement, of: dispute) else { continue }
      rows.removeAll { $0 == row }
      link(row, of: dispute.payment, .init(dispute: id, movement: movement.number))
      try restateDecision(row, event)
    }
  }

  private mutating func takeIn(_ id: DiscrepancyID, _ payment: PaymentID) {
    strangers.removeAll { $0 == id }
    homes[id] = payment
    // First told first, whatever was known of them then.
    disputeRows[payment] = ((disputeRows[payment] ?? []) + [id]).sorted {
      (differences[$0]?.place ?? 0) < (differences[$1]?.place ?? 0)
    }
  }

  private func isNamed(_ dispute: DisputeBook, by facts: DiscrepancyFacts) -> Bool {
    guard facts.gateway.utf8.elementsEqual(dispute.gateway.utf8) else { return false }
    let numbers = [dispute.number] + (payments[dispute.payment]?.numbers ?? [])
    return facts.strangerNumbers.contains { text in
      numbers.contains { $0.utf8.elementsEqual(text.utf8) }
    }
  }
}

extension DiscrepancyFacts {
  /// The numbers in a row about a dispute that was nobody's when it was told of: of the dispute or
  /// of its payment. Empty for any other difference.
  package var strangerNumbers: [String] {
    guard kind == .unknownDispute, ours == nil, let row = theirs else { return [] }
    return [row.transaction, row.reference, row.parent].compactMap { $0 }
  }
}
