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
    try restateLoss(
      of: PayoutPlace(statement: arrival.statement, line: arrival.line), event)
  }

  /// A payout is told of as missing.
  mutating func expectPayout(_ facts: DiscrepancyFacts, _ id: DiscrepancyID) {
    guard let place = facts.missingPayout else { return }
    missingPayouts[place, default: []].append(id)
  }

  /// What people decided about a payout that has come, or is gone again with its bank's row.
  mutating func restateLoss(
    of place: PayoutPlace, _ event: Event
  ) throws(LedgerError) {
    for id in missingPayouts[place] ?? [] { try restateDecision(id, event) }
  }

  func hasArrived(_ facts: DiscrepancyFacts) -> Bool {
    guard let place = facts.missingPayout else { return false }
    return statements[place.statement]?.arrivals[place.line] != nil
  }
}

extension DiscrepancyFacts {
  fileprivate var missingPayout: LedgerProjection.PayoutPlace? {
    guard kind == .payoutNotArrived, actual == 0, let row = theirs else { return nil }
    return LedgerProjection.PayoutPlace(statement: row.statement, line: row.line)
  }
}
