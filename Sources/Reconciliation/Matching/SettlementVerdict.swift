import Domain

/// Says of each group of rows whether the money of its trades was moved.
struct SettlementVerdict {
  let trade: EntryTable
  let fund: EntryTable
  /// Rows of the balance's bill that another one has told of. Without a trade of this one they
  /// belong to that one.
  let movesElsewhere: Set<Int>
  let rules: MatchRules
  let groups: SettlementGroups

  func place(into result: inout SettlementResult) {
    // A balance whose bill names no fee beside any trade has them taken in a lump.
    let feesAreBeside = groups.all.contains { $0.hasTrades && !$0.fees.fundRows.isEmpty }
    var settledFees: [Currency: Int64?] = [:]
    for group in groups.all {
      let hasMoney = !group.charges.fundRows.isEmpty || !group.refunds.fundRows.isEmpty
      guard group.hasTrades || hasMoney else {
        for row in group.fees.fundRows { placeLoneFee(row, feesAreBeside, &result) }
        continue
      }
      let isNet = isPaidNet(group)
      let charged = place(group.charges, of: group, isNet: isNet, &result)
      let refunded = place(group.refunds, of: group, isNet: isNet, &result)
      guard charged, refunded, !isNet else {
        leaveFees(group, &result)
        continue
      }
      if feesAreBeside {
        placeFees(group, &result)
      } else {
        settledFees[group.currency] = Self.sum(
          settledFees[group.currency, default: 0], group.fees.traded)
      }
    }
    if !feesAreBeside { compareFeesInALump(settledFees, &result) }
  }

  /// Fees of a trade that is not settled yet wait with its money; what was moved together has one
  /// time.
  private func leaveFees(_ group: SettlementGroup, _ result: inout SettlementResult) {
    let money = group.charges.fundRows + group.refunds.fundRows
    for row in group.fees.fundRows where !leaveOut(row, &result) {
      let waits = money.contains {
        result.fundBuckets[$0] == .pooled && fund.entries[$0].at == fund.entries[row].at
      }
      result.fundBuckets[row] = waits ? .pooled : .apart
      if waits { result.fundWaiting.append(row) }
    }
  }

  /// A fee beside no trade, where all others stand beside theirs.
  private func placeLoneFee(
    _ row: Int, _ feesAreBeside: Bool, _ result: inout SettlementResult
  ) {
    guard !leaveOut(row, &result) else { return }
    let entry = fund.entries[row]
    guard feesAreBeside, entry.kind == .fee else {
      result.fundBuckets[row] = .apart
      return
    }
    if waits(entry) {
      result.fundBuckets[row] = .pooled
      result.fundWaiting.append(row)
      return
    }
    result.fundBuckets[row] = .oneSided
    result.discrepancies.append(
      fee(expected: 0, actual: entry.gross, entry.currency, statement: nil, fund: row))
  }

  /// The fee was kept back from the very movement of the trade.
  private func isPaidNet(_ group: SettlementGroup) -> Bool {
    guard group.fees.fundRows.isEmpty, let fee = group.fees.traded, fee != 0,
      let traded = Self.sum(group.charges.traded, group.refunds.traded),
      let moved = Self.sum(group.charges.moved, group.refunds.moved)
    else { return false }
    return Self.sum(traded, fee) == moved
  }

  /// - Returns: whether both sides have rows, or neither has: what is left can be compared.
  private func place(
    _ part: SettlementGroup.Part, of group: SettlementGroup, isNet: Bool,
    _ result: inout SettlementResult
  ) -> Bool {
    switch (part.tradeRows.isEmpty, part.fundRows.isEmpty) {
    case (true, true): return true
    case (false, true):
      for row in part.tradeRows { placeUnsettled(row, &result) }
      return false
    case (true, false):
      // The trade bill names a refund that was under way when it was cut, or nothing at all.
      guard part.moved != group.pending || group.pending == 0 else {
        for row in part.fundRows { result.fundBuckets[row] = .matched }
        return false
      }
      for row in part.fundRows { placeUnexplained(row, &result) }
      return false
    case (false, false): break
    }
    let isPending =
      group.pending != 0 && part.moved != nil
      && part.moved == Self.sum(part.traded, group.pending)
    let agrees = isNet || isPending || (part.moved != nil && part.moved == part.traded)
    for row in part.fundRows { result.fundBuckets[row] = agrees ? .matched : .differing }
    noteSettled(part, &result)
    if !agrees {
      result.discrepancies.append(
        Discrepancy(
          .payoutSum, statement: part.tradeRows.first, fund: part.fundRows.first,
          expected: part.traded ?? .max, actual: part.moved ?? .max, currency: group.currency))
    }
    return true
  }

  /// Money that came later than it may take is named as such; it is there, so nothing is missing.
  private func noteSettled(_ part: SettlementGroup.Part, _ result: inout SettlementResult) {
    let movedAt = part.fundRows.map { fund.entries[$0].at }.max()
    for row in part.tradeRows where trade.entries[row].flags.contains(.carried) {
      result.settledTrades.append(row)
      let entry = trade.entries[row]
      guard let movedAt,
        movedAt.milliseconds(since: entry.at) > rules.carryLimitMilliseconds
      else { continue }
      let received = trade.received(ofRow: row)
      result.discrepancies.append(
        Discrepancy(
          .payoutNotArrived, statement: row, fund: part.fundRows.first, expected: received,
          actual: received, currency: entry.currency))
    }
  }

  private func placeUnsettled(_ row: Int, _ result: inout SettlementResult) {
    let entry = trade.entries[row]
    let age = rules.asOf.milliseconds(since: entry.at)
    if age <= rules.lateKeptMilliseconds { result.unsettled.append(row) }
    if waits(entry) { return }
    result.discrepancies.append(
      Discrepancy(
        .payoutNotArrived, statement: row, expected: trade.received(ofRow: row), actual: 0,
        currency: entry.currency))
  }

  private func placeUnexplained(_ row: Int, _ result: inout SettlementResult) {
    guard !leaveOut(row, &result) else { return }
    let entry = fund.entries[row]
    if waits(entry) {
      result.fundBuckets[row] = .pooled
      result.fundWaiting.append(row)
      return
    }
    result.fundBuckets[row] = .oneSided
    result.discrepancies.append(
      Discrepancy(
        .payoutSum, fund: row, expected: 0, actual: entry.gross, currency: entry.currency))
  }

  /// - Returns: whether another bill of the balance has the row.
  private func leaveOut(_ row: Int, _ result: inout SettlementResult) -> Bool {
    guard movesElsewhere.contains(row) else { return false }
    let entry = fund.entries[row]
    result.fundBuckets[row] = .duplicate
    result.discrepancies.append(
      Discrepancy(
        .duplicateRow, fund: row, expected: 0, actual: entry.gross, currency: entry.currency))
    return true
  }

  private func waits(_ entry: Entry) -> Bool {
    let isYoung = rules.asOf.milliseconds(since: entry.at) <= rules.carryLimitMilliseconds
    return entry.flags.contains(.carried) ? isYoung : rules.mayStandElsewhere(entry.at)
  }

  private func placeFees(_ group: SettlementGroup, _ result: inout SettlementResult) {
    let agrees = group.fees.moved != nil && group.fees.moved == group.fees.traded
    for row in group.fees.fundRows { result.fundBuckets[row] = agrees ? .matched : .differing }
    guard !agrees else { return }
    let row = group.fees.tradeRows.first ?? group.charges.tradeRows.first
    result.discrepancies.append(
      fee(
        expected: group.fees.traded, actual: group.fees.moved, group.currency,
        statement: row ?? group.refunds.tradeRows.first, fund: group.fees.fundRows.first))
  }

  /// Fees of the trades that were moved, against what was taken for them in rows of their own.
  private func compareFeesInALump(
    _ traded: [Currency: Int64?], _ result: inout SettlementResult
  ) {
    var taken: [Currency: (sum: Int64?, first: Int)] = [:]
    for (row, entry) in fund.entries.enumerated()
    where entry.kind == .fee && result.fundBuckets[row] == .apart {
      let before = taken[entry.currency] ?? (0, row)
      taken[entry.currency] = (Self.sum(before.sum, entry.gross), before.first)
    }
    for currency in taken.keys.sorted() {
      guard let lump = taken[currency] else { continue }
      let wanted = traded[currency] ?? 0
      guard lump.sum == nil || lump.sum != wanted else { continue }
      result.discrepancies.append(
        fee(
          expected: wanted, actual: lump.sum, currency, statement: nil, fund: lump.first))
    }
  }

  /// Both amounts as the balance sees them: a fee taken is negative.
  private func fee(
    expected: Int64?, actual: Int64?, _ currency: Currency, statement: Int?, fund: Int?
  ) -> Discrepancy {
    func taken(_ moved: Int64?) -> Int64 {
      guard let moved, moved != .min else { return .max }
      return -moved
    }
    let (wanted, taken) = (taken(expected), taken(actual))
    return Discrepancy(
      taken > wanted ? .feeMore : .feeLess, statement: statement, fund: fund, expected: wanted,
      actual: taken, currency: currency)
  }

  private static func sum(_ one: Int64?, _ other: Int64?) -> Int64? {
    guard let one, let other else { return nil }
    let (sum, overflow) = one.addingReportingOverflow(other)
    return overflow ? nil : sum
  }
}
