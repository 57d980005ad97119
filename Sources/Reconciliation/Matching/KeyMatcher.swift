import Domain

/// Joins the rows of both sides by their keys.
struct KeyMatcher {
  private let comparison: PairComparison
  private let statement: EntryTable
  private let local: EntryTable
  private let index: RowsByKey

  init(_ comparison: PairComparison) {
    self.comparison = comparison
    statement = comparison.input.statement
    local = comparison.input.local
    index = RowsByKey(local)
  }

  /// - Returns: the rows without a partner, ascending.
  func run(_ forEach: ForEach, _ result: inout MatchResult) -> Matcher.Left {
    let search = KeySearch(comparison, index)
    let findings = search.run(forEach)
    var left = Matcher.Left()
    // By local row: the row that came first for it, and the rows after that one.
    var firsts = [First](repeating: .none, count: local.count)
    var more: [Int32: [Int32]] = [:]
    var row: Int32 = 0
    for finding in findings.lazy.joined() {
      defer { row += 1 }
      guard finding.isCompared else { continue }
      if finding.isSameKey, firsts[Int(finding.local)].isNone {
        firsts[Int(finding.local)] = First(row, agrees: finding.agrees)
        continue
      }
      let found = finding.local < 0 ? -1 : find(row, firsts)
      if found < 0 {
        left.statement.append(row)
      } else if firsts[Int(found)].isNone {
        firsts[Int(found)] = First(row, agrees: comparison.agrees(Int(row), Int(found)))
      } else {
        more[found, default: []].append(row)
      }
    }
    for (place, first) in firsts.enumerated() {
      let localRow = Int32(place)
      if first.isNone {
        if RowsByKey.isCompared(local.entries[place].kind) { left.local.append(localRow) }
      } else if !more.isEmpty, let others = more[localRow] {
        resolve([first.row] + others, localRow, &result)
      } else if first.agrees {
        result.pair(first.row, localRow, .matched)
      } else {
        result.compare(first.row, localRow, comparison)
      }
    }
    return left
  }

  /// The row that came first for one of ours, and whether nothing differs.
  private struct First {
    private let packed: UInt32

    static let none = First(packed: .max)

    private init(packed: UInt32) { self.packed = packed }

    init(_ row: Int32, agrees: Bool) { packed = UInt32(row) << 1 | (agrees ? 1 : 0) }

    var isNone: Bool { packed == .max }
    var row: Int32 { Int32(packed >> 1) }
    var agrees: Bool { packed & 1 == 1 }
  }

  /// The local row with the key of this one; among several, one that is free. -1 for none.
  private func find(_ row: Int32, _ firsts: [First]) -> Int32 {
    let entry = statement.entries[Int(row)]
    let key = statement.keySpan(entry)
    guard !key.isEmpty else { return -1 }
    var best: Int32 = -1
    var next = index.first(entry.keyHash)
    while next >= 0 {
      let localRow = next
      next = index.after(next)
      let other = local.entries[Int(localRow)]
      guard other.kind == entry.kind,
        EntryTable.same(statement, key, local, local.keySpan(other))
      else { continue }
      if firsts[Int(localRow)].isNone { return localRow }
      if best < 0 { best = localRow }
    }
    return best
  }

  /// Several rows of the statement for one of ours.
  private func resolve(_ rows: [Int32], _ localRow: Int32, _ result: inout MatchResult) {
    let ours = local.entries[Int(localRow)]
    var distinct: [Int32] = []
    for row in rows {
      if distinct.contains(where: { isSameRow($0, row) }) {
        note(.duplicateRow, row, localRow, expected: 0, &result)
        result.statementBuckets[Int(row)] = .duplicate
      } else {
        distinct.append(row)
      }
    }
    let own = setApartOthers(of: distinct, localRow, &result)
    if own.count > 1, own.count <= 5, addUp(own, to: ours) {
      for row in own {
        result.pair(row, localRow, .grouped)
      }
      return
    }
    let chosen = own.firstIndex { hasNumber($0, of: ours) }
      ?? own.firstIndex { isLike($0, ours) } ?? 0
    result.compare(own[chosen], localRow, comparison)
    for (place, row) in own.enumerated() where place != chosen {
      let entry = statement.entries[Int(row)]
      guard entry.status == .succeeded else {
        result.statementBuckets[Int(row)] = .apart
        continue
      }
      note(Self.kind(ofAnother: entry.kind), row, localRow, expected: 0, &result)
      result.statementBuckets[Int(row)] = .differing
    }
  }

  /// Rows of another merchant are no parts of ours, whatever they add up to.
  ///
  /// - Returns: the others; where there are none, the first of all.
  private func setApartOthers(
    of rows: [Int32], _ localRow: Int32, _ result: inout MatchResult
  ) -> [Int32] {
    var own = rows.filter { !comparison.isOfAnother(Int($0)) }
    guard own.count < rows.count else { return rows }
    if own.isEmpty { own = [rows[0]] }
    for row in rows where row != own[0] && comparison.isOfAnother(Int(row)) {
      let hasMoved = statement.entries[Int(row)].status == .succeeded
      result.statementBuckets[Int(row)] = hasMoved ? .differing : .apart
      if hasMoved { note(.wrongMerchant, row, localRow, expected: 0, &result) }
    }
    return own
  }

  /// What a row is that one of ours, which has its own row, cannot explain.
  private static func kind(ofAnother kind: EntryKind) -> DiscrepancyKind {
    switch kind {
    case .refund: .refundMissingLocally
    case .refundReturn: .refundAmount
    default: .duplicatePayment
    }
  }

  private func note(
    _ kind: DiscrepancyKind, _ row: Int32, _ localRow: Int32, expected: Int64,
    _ result: inout MatchResult
  ) {
    let entry = statement.entries[Int(row)]
    result.discrepancies.append(
      Discrepancy(
        kind, statement: Int(row), local: Int(localRow), expected: expected, actual: entry.gross,
        currency: entry.currency))
  }

  private func isSameRow(_ one: Int32, _ other: Int32) -> Bool {
    let left = statement.entries[Int(one)]
    let right = statement.entries[Int(other)]
    return left.gross == right.gross && left.currency == right.currency
      && left.status == right.status && left.at == right.at
      && comparison.isOfAnother(left) == comparison.isOfAnother(right)
      && EntryTable.same(
        statement, left.transaction, statement, right.transaction)
  }

  private func addUp(_ rows: [Int32], to ours: Entry) -> Bool {
    var sum: Int64 = 0
    for row in rows {
      let entry = statement.entries[Int(row)]
      guard entry.currency == ours.currency, entry.status == .succeeded else { return false }
      let (next, overflow) = sum.addingReportingOverflow(entry.gross)
      guard !overflow else { return false }
      sum = next
    }
    return sum == ours.gross
  }

  private func hasNumber(_ row: Int32, of ours: Entry) -> Bool {
    let entry = statement.entries[Int(row)]
    return !ours.transaction.isEmpty
      && EntryTable.same(statement, entry.transaction, local, ours.transaction)
  }

  private func isLike(_ row: Int32, _ ours: Entry) -> Bool {
    let entry = statement.entries[Int(row)]
    return entry.gross == ours.gross && entry.currency == ours.currency
      && entry.status == .succeeded
  }
}
