import Domain

/// Compares a statement with our books and the bank. Pure: the same input gives the same result,
/// however many threads share the work.
package struct Matcher: Sendable {
  let input: MatchInput
  let rules: MatchRules

  package init(_ input: MatchInput, _ rules: MatchRules) {
    self.input = input
    self.rules = rules
  }

  /// - Parameter forEach: shares out the work; by default one after the other.
  package func run(
    forEach: ForEach = { count, work in for place in 0..<count { work(place) } }
  ) -> MatchResult {
    precondition(
      max(input.statement.count, input.local.count, input.bank.count) <= Int(Int32.max),
      "a table of one run holds at most 2^31 - 1 rows")
    var result = MatchResult(of: input)
    let left = joinByKey(forEach, &result)
    finish(left, &result)
    return result
  }

  /// What is left when rows with the same key have met.
  struct Left {
    /// Rows without a partner, ascending.
    var statement: [Int32] = []
    var local: [Int32] = []
    /// What differs from the bill before.
    var changes: [StatementChange] = []
  }

  /// Looks at rows beside those that have the same key only, so it may be given some of the rows,
  /// where all that share a key are among them.
  func joinByKey(_ forEach: ForEach, _ result: inout MatchResult) -> Left {
    var left = KeyMatcher(PairComparison(input: input, rules: rules)).run(forEach, &result)
    if let old = input.superseded {
      left.changes = StatementChange.between(old, input.statement)
    }
    let buckets = result.localBuckets
    checkDeliveries(
      of: buckets.indices.filter { buckets[$0] != .unassigned }, &result)
    return left
  }

  /// Looks at the rows that are left, and at payouts with all rows that they may be made of.
  func finish(_ all: Left, _ result: inout MatchResult) {
    var left = all
    leaveOutElsewhere(&left, &result)
    joinDisputes(&left, &result)
    joinByTransaction(&left, &result)
    joinWithoutUs(&left, &result)
    placeAlone(left, &result)
    leaveOutCopies(&result)
    matchPayouts(&result)
    placeHalves(&result)
    placeRest(&result)
    checkDeliveries(of: all.local.map(Int.init), &result)
    checkStatement(all.changes, &result)
    result.discrepancies.sort(by: Self.isBefore)
  }

  /// Rows whose key was found nowhere, by the gateway's own number.
  private func joinByTransaction(_ left: inout Left, _ result: inout MatchResult) {
    let hash = { (table: EntryTable, row: Int32) in
      let entry = table.entries[Int(row)]
      return KeyHash.of(table.bytes, entry.transaction, entry.kind)
    }
    let local = left.local.filter { !input.local.entries[Int($0)].transaction.isEmpty }
    let hashes = local.map { hash(input.local, $0) }
    let index = KeyIndex(hashes: hashes)
    var taken = [Bool](repeating: false, count: local.count)
    let comparison = PairComparison(input: input, rules: rules)
    var joined = JoinedRows(input.statement)
    left.statement.removeAll { row in
      let entry = input.statement.entries[Int(row)]
      guard !entry.transaction.isEmpty, entry.kind != .dispute else { return false }
      var found: [Int] = []
      var place = index.first(hash(input.statement, row))
      while place >= 0 {
        let other = input.local.entries[Int(local[Int(place)])]
        if !taken[Int(place)], other.kind == entry.kind,
          EntryTable.same(input.statement, entry.transaction, input.local, other.transaction)
        {
          found.append(Int(place))
        }
        place = index.after(place)
      }
      // Several refunds of one trade may share its number: the amount tells them apart, or nothing.
      if found.count > 1 {
        found.removeAll { input.local.entries[Int(local[$0])].gross != entry.gross }
      }
      guard found.count == 1 else {
        guard let localRow = joined.partner(ofRowLike: entry) else { return false }
        result.discrepancies.append(
          Discrepancy(
            .duplicateRow, statement: Int(row), local: Int(localRow), expected: 0,
            actual: entry.gross, currency: entry.currency))
        result.statementBuckets[Int(row)] = .duplicate
        return true
      }
      taken[found[0]] = true
      let localRow = local[found[0]]
      joined.add(entry, localRow)
      result.compare(row, localRow, comparison)
      return true
    }
    left.local.removeAll { result.localBuckets[Int($0)] != .unassigned }
  }

  /// Rows that no discrepancy concerns: fees, adjustments, orders, transfers.
  func placeRest(_ result: inout MatchResult) {
    for row in result.statementBuckets.indices where result.statementBuckets[row] == .unassigned {
      result.statementBuckets[row] = .apart
    }
    for row in result.localBuckets.indices where result.localBuckets[row] == .unassigned {
      result.localBuckets[row] = .apart
    }
    for row in result.bankBuckets.indices where result.bankBuckets[row] == .unassigned {
      result.bankBuckets[row] = .apart
    }
  }

  static func isBefore(_ one: Discrepancy, _ other: Discrepancy) -> Bool {
    func rank(_ item: Discrepancy) -> (Int, Int, Int, Int, UInt8) {
      (
        item.statementRow ?? Int.max, item.localRow ?? Int.max, item.fundRow ?? Int.max,
        item.bankRow ?? Int.max, item.kind.rawValue
      )
    }
    return rank(one) < rank(other)
  }
}
