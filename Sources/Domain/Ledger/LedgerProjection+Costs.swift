/// What the gateway kept, and a coupon of ours took, of a row that was nobody's. Runs book it of
/// rows that are matched; of this one the decision of people does, whatever it takes the row for.
extension LedgerProjection {
  struct RowCost: Hashable {
    let account: LedgerAccount
    let amount: Money
  }

  /// Books what a decision makes of them, in place of what was booked before.
  mutating func restateCosts(_ id: DiscrepancyID, _ event: Event) throws(LedgerError) {
    guard var book = differences[id] else { return }
    let costs = book.rowCosts
    guard costs != book.costs else { return }
    for entry in book.costEntries { try undo(entry, .corrected, event) }
    book.costEntries = []
    for cost in costs {
      book.costEntries.append(
        try ledger.post(
          LedgerEntry(
            .adjudicated, at: event.at, event: event.id, order: book.facts.order, cost.amount,
            from: .receivable(gateway: book.facts.gateway), to: cost.account)))
    }
    book.costs = costs
    differences[id] = book
  }
}

extension LedgerProjection.DifferenceBook {
  /// Those that the books should hold. Once the gateway has told of a dispute, its row is matched
  /// by a run, which books them.
  fileprivate var rowCosts: [LedgerProjection.RowCost] {
    guard let verb, verb.takesIn, movement == nil, let row = facts.theirs else { return [] }
    var costs: [LedgerProjection.RowCost] = []
    if let fee = row.fee {
      let known = feeKnown?.currency == fee.currency ? feeKnown?.minor ?? 0 : 0
      costs.append(
        .init(
          account: .feeExpense(gateway: facts.gateway),
          amount: Money(fee.minor &- known, fee.currency)))
    }
    if let coupon = row.coupon {
      costs.append(.init(account: .couponExpense(gateway: facts.gateway), amount: coupon))
    }
    return costs.filter { $0.amount.minor != 0 }
  }
}
