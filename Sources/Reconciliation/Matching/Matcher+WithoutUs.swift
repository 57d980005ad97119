import Domain

/// What a gateway gave back by itself: our side knows the charge and the sum, and no number of ours
/// stands in the bill.
extension Matcher {
  func joinWithoutUs(_ left: inout Left, _ result: inout MatchResult) {
    let locals = left.local.filter { input.local.entries[Int($0)].flags.contains(.withoutUs) }
    guard !locals.isEmpty else { return }
    let comparison = PairComparison(input: input, rules: rules)
    var rowsOfCharge: [[UInt8]: [Int32]] = [:]
    for row in locals { rowsOfCharge[charge(input.local, row)] = [] }
    for row in left.statement {
      let entry = input.statement.entries[Int(row)]
      guard entry.kind == .refund, entry.status == .succeeded, !input.decided.contains(Int(row)),
        !comparison.isOfAnother(entry)
      else { continue }
      for span in [entry.parent, entry.reference] where !span.isEmpty {
        let key = Array(input.statement.text(span))
        guard rowsOfCharge[key] != nil else { continue }
        rowsOfCharge[key]?.append(row)
        break
      }
    }
    for row in locals { join(row, rowsOfCharge[charge(input.local, row)] ?? [], &result) }
    left.statement.removeAll { result.statementBuckets[Int($0)] != .unassigned }
    left.local.removeAll { result.localBuckets[Int($0)] != .unassigned }
  }

  private func charge(_ table: EntryTable, _ row: Int32) -> [UInt8] {
    Array(table.text(table.entries[Int(row)].parent))
  }

  /// The rows that are the whole of it, else the one of its amount, else the only one there is.
  private func join(_ localRow: Int32, _ rows: [Int32], _ result: inout MatchResult) {
    let ours = input.local.entries[Int(localRow)]
    var copies = RowCopies(input.statement)
    var free: [Int32] = []
    for row in rows where result.statementBuckets[Int(row)] == .unassigned {
      let entry = input.statement.entries[Int(row)]
      guard copies.isCopy(entry) else {
        if entry.currency == ours.currency { free.append(row) }
        continue
      }
      result.statementBuckets[Int(row)] = .duplicate
      result.discrepancies.append(
        Discrepancy(
          .duplicateRow, statement: Int(row), local: Int(localRow), expected: 0,
          actual: entry.gross, currency: entry.currency))
    }
    if free.count > 1, sum(free) == ours.gross {
      for row in free { result.pair(row, localRow, .grouped) }
      return
    }
    let same = free.first { input.statement.entries[Int($0)].gross == ours.gross }
    guard let row = same ?? (free.count == 1 ? free[0] : nil) else { return }
    result.compare(row, localRow, PairComparison(input: input, rules: rules))
  }

  /// Nil where it does not fit.
  private func sum(_ rows: [Int32]) -> Int64? {
    var sum: Int64 = 0
    for row in rows {
      let (next, overflow) = sum.addingReportingOverflow(input.statement.entries[Int(row)].gross)
      guard !overflow else { return nil }
      sum = next
    }
    return sum
  }
}

extension MatchResult {
  mutating func pair(_ row: Int32, _ localRow: Int32, _ bucket: Bucket) {
    statementBuckets[Int(row)] = bucket
    localBuckets[Int(localRow)] = bucket
    partners[Int(row)] = localRow
  }

  /// What differs is told. A row of another merchant is told of beside ours, and is no part of it.
  mutating func compare(_ row: Int32, _ localRow: Int32, _ comparison: PairComparison) {
    let bucket = comparison.compare(Int(row), Int(localRow), into: &discrepancies)
    pair(row, localRow, bucket)
    if comparison.isOfAnother(Int(row)) { partners[Int(row)] = -1 }
  }
}
