import Domain

/// Compares a statement with our books and the bank. Pure: the same input gives the same result,
/// however many threads share the work.
package struct Matcher: Sendable {
  /// Pieces that the work is shared out in; more than processors, as they do not end together.
  private static let tasks = 16

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
    var result = MatchResult(
      statementBuckets: [Bucket](repeating: .unassigned, count: input.statement.count),
      localBuckets: [Bucket](repeating: .unassigned, count: input.local.count),
      bankBuckets: [Bucket](repeating: .unassigned, count: input.bank.count),
      partners: [Int32](repeating: -1, count: input.statement.count))
    var left = join(forEach, &result)
    joinByTransaction(&left, &result)
    joinWithoutUs(&left, &result)
    placeAlone(left, &result)
    matchPayouts(&result)
    placeRest(&result)
    checkDeliveries(&result)
    checkStatement(&result)
    result.discrepancies.sort(by: Self.isBefore)
    return result
  }

  struct Left {
    var statement: [Int32] = []
    var local: [Int32] = []
  }

  private func join(_ forEach: ForEach, _ result: inout MatchResult) -> Left {
    let count = RowShares.count(rows: max(input.statement.count, input.local.count))
    let shares = Shelf<RowShares>(count: 2)
    forEach(2) { side in
      shares.put(RowShares(side == 0 ? input.statement : input.local, count: count), at: side)
    }
    let (theirs, ours) = (shares.take(0), shares.take(1))
    let outcomes = Shelf<ShardMatcher.Outcome>(count: Self.tasks)
    let matcher = ShardMatcher(comparison: PairComparison(input: input, rules: rules))
    forEach(Self.tasks) { task in
      var outcome = ShardMatcher.Outcome()
      outcome.pairings.reserveCapacity(input.local.count / Self.tasks * 9 / 8)
      for share in count * task / Self.tasks..<count * (task + 1) / Self.tasks {
        matcher.run(
          theirs[share], ours[share], commonBits: count.trailingZeroBitCount, into: &outcome)
      }
      outcomes.put(outcome, at: task)
    }
    var left = Left()
    for task in 0..<Self.tasks {
      let outcome = outcomes.take(task)
      for pairing in outcome.pairings {
        result.pair(pairing.statement, pairing.local, pairing.bucket)
      }
      for (row, bucket) in outcome.placed { result.statementBuckets[Int(row)] = bucket }
      result.discrepancies += outcome.discrepancies
      left.statement += outcome.leftStatement
      left.local += outcome.leftLocal
    }
    left.statement.sort()
    left.local.sort()
    return left
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
    left.statement.removeAll { row in
      let entry = input.statement.entries[Int(row)]
      guard !entry.transaction.isEmpty else { return false }
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
      guard found.count == 1 else { return false }
      taken[found[0]] = true
      let localRow = local[found[0]]
      let bucket = comparison.compare(Int(row), Int(localRow), into: &result.discrepancies)
      result.pair(row, localRow, bucket)
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
