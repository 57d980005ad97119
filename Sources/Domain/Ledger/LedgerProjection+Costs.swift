/// What the gateway kept, and a coupon of ours took, of a row that was nobody's, and what it was
/// credited as. Runs book it of rows that are matched; of this one the decision of people does,
/// whatever it takes the row for.
extension LedgerProjection {
  struct RowCost: Hashable {
    let cause: LedgerCause
    let lines: [LedgerLine]
  }

  /// Books what a decision makes of them, in place of what was booked before.
  mutating func restateCosts(_ id: DiscrepancyID, _ event: Event) throws(LedgerError) {
    guard var book = differences[id] else { return }
    let costs = try book.rowCosts()
    guard costs != book.costs else { return }
    for entry in book.costEntries { try undo(entry, .corrected, event) }
    book.costEntries = []
    for cost in costs {
      book.costEntries.append(
        try ledger.post(
          LedgerEntry(
            cost.cause, at: event.at, event: event.id, order: book.facts.order, lines: cost.lines)))
    }
    book.costs = costs
    differences[id] = book
  }
}

extension LedgerProjection.DifferenceBook {
  /// Those that the books should hold. Once the gateway has told of a dispute, its row is matched
  /// by a run, which books them.
  fileprivate func rowCosts() throws(LedgerError) -> [LedgerProjection.RowCost] {
    guard let verb, verb.takesIn, movement == nil, let row = facts.theirs else { return [] }
    var costs: [LedgerProjection.RowCost] = []
    if let credited = row.credited { costs.append(try conversion(into: credited)) }
    if let fee = row.fee {
      let account = LedgerAccount.feeExpense(gateway: facts.gateway)
      let known = feeKnown ?? Money(0, fee.currency)
      if known.currency == fee.currency {
        costs += cost(Money(fee.minor &- known.minor, fee.currency), account)
      } else {
        // One fee, told in two currencies: the row's is the one that was taken.
        costs += cost(fee, account) + cost(Money(0 &- known.minor, known.currency), account)
      }
    }
    if let coupon = row.coupon {
      costs += cost(coupon, .couponExpense(gateway: facts.gateway))
    }
    return costs
  }

  private func cost(_ amount: Money, _ account: LedgerAccount) -> [LedgerProjection.RowCost] {
    guard amount.minor != 0 else { return [] }
    let receivable = LedgerAccount.receivable(gateway: facts.gateway)
    return [
      .init(
        cause: .adjudicated,
        lines: [
          LedgerLine(account, debit: amount),
          LedgerLine(receivable, debit: Money(0 - max(amount.minor, -Int64.max), amount.currency)),
        ])
    ]
  }

  /// The whole row leaves the currency that was charged for the one of the balance.
  private func conversion(into credited: Money) throws(LedgerError) -> LedgerProjection.RowCost {
    let whole = CurrencyConversion(
      rows: 1, charged: Money(facts.actual, facts.currency), credited: credited, fee: 0, rate: 0,
      margin: 0, rounding: 0, unexplained: 0)
    return .init(cause: .converted, lines: try whole.lines(gateway: facts.gateway))
  }
}
