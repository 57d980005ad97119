/// Payouts leave the gateway once: by the bank's row where there is one, whatever people decided
/// while they waited for it.
extension LedgerProjection {
  /// A row of a bill that tells of a payout.
  struct PayoutPlace: Hashable {
    let statement: StatementID
    let line: Int64
  }

  /// A payout may be found by a run over a later statement than its own.
  mutating func move(
    _ arrival: PayoutArrival, from receivable: LedgerAccount, _ event: Event
  ) throws(LedgerError) {
    var book = statements[arrival.statement, default: StatementBook()]
    if let known = book.arrivals[arrival.line] {
      guard known.arrival != arrival else { return }
      try undo(known.entry, .corrected, event)
    }
    let entry = try ledger.post(
      LedgerEntry(
        .payout, at: event.at, event: event.id, order: nil, arrival.amount, from: receivable,
        to: .bank(account: arrival.account)))
    book.arrivals[arrival.line] = (arrival, entry)
    statements[arrival.statement] = book
    try restateDecisions(
      of: PayoutPlace(statement: arrival.statement, line: arrival.line), event)
  }

  /// Something differs between a payout and the bank.
  mutating func expectPayout(
    _ facts: DiscrepancyFacts, _ id: DiscrepancyID, _ event: Event
  ) throws(LedgerError) {
    guard let place = facts.payoutAtBank else { return }
    payoutDifferences[place, default: []].append(id)
    try restateDecisions(of: place, event)
  }

  /// What people decided about a payout that has come, has come otherwise, or is gone again.
  mutating func restateDecisions(
    of place: PayoutPlace, _ event: Event
  ) throws(LedgerError) {
    for id in payoutDifferences[place] ?? [] { try restateDecision(id, event) }
  }

  /// What came is no longer missing; and of what was told of it the newest counts, while it is what
  /// came.
  func isOvertaken(_ facts: DiscrepancyFacts, _ id: DiscrepancyID) -> Bool {
    guard let place = facts.payoutAtBank,
      let came = statements[place.statement]?.arrivals[place.line]?.arrival
    else { return false }
    guard facts.kind == .payoutSum else { return true }
    let told = payoutDifferences[place]?.last { differences[$0]?.facts.kind == .payoutSum }
    return told != id || came.amount != Money(facts.actual, facts.currency)
  }
}

extension DiscrepancyFacts {
  /// The row of a payout that the bank lacks, or has otherwise.
  fileprivate var payoutAtBank: LedgerProjection.PayoutPlace? {
    let isAtBank = kind == .payoutSum ? bank != nil : kind == .payoutNotArrived && actual == 0
    guard isAtBank, let row = theirs else { return nil }
    return LedgerProjection.PayoutPlace(statement: row.statement, line: row.line)
  }
}
