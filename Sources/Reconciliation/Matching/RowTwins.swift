package import Domain

/// The same movement in another statement.
package struct RowElsewhere: Sendable, Hashable {
  /// What the other statement says, minor units of `currency`.
  package let gross: Int64
  package let currency: Currency
  /// It says all the same.
  package let isSame: Bool
}

/// Which rows of a bill stand in other statements as well: each row of those is the twin of one.
package struct RowTwins {
  /// A row of another statement that may be the same.
  package struct Candidate {
    let row: Int
    /// It is about the very payment or refund that the row of the bill names; else only about the
    /// same payment, so that nothing but an equal row is the same.
    let isNamed: Bool

    /// - Parameter row: its place in the table of those rows.
    package init(row: Int, isNamed: Bool) {
      self.row = row
      self.isNamed = isNamed
    }
  }

  private let words: TwoTables
  /// By rows of the bill, the rows of `others`.
  package private(set) var twins: [Int: Int] = [:]
  /// By rows of `others`, the one of the bill that came first.
  private var taken: [Int: Int] = [:]

  /// - Parameter candidates: by rows of the bill.
  package init(_ bill: EntryTable, _ others: EntryTable, _ candidates: [Int: [Candidate]]) {
    let words = TwoTables(bill: bill, others: others)
    self.words = words
    let rows = candidates.keys.sorted()
    for row in rows {
      pair(row, candidates[row] ?? []) { words.areEqual(row, $0) && words.areAtOnce(row, $0) }
    }
    for row in rows where twins[row] == nil { addCopy(row, candidates[row] ?? []) }
    for row in rows where twins[row] == nil {
      pair(row, Self.named(candidates[row])) { words.areEqual(row, $0) }
    }
    for row in rows where twins[row] == nil {
      pair(row, Self.named(candidates[row])) { words.areOne(row, $0) }
    }
  }

  private static func named(_ candidates: [Candidate]?) -> [Candidate] {
    (candidates ?? []).filter(\.isNamed)
  }

  /// What the twin of a row says.
  package func elsewhere(_ row: Int) -> RowElsewhere? {
    guard let twin = twins[row] else { return nil }
    let entry = words.others.entries[twin]
    return RowElsewhere(
      gross: entry.gross, currency: entry.currency,
      isSame: words.areEqual(row, twin) && words.areAtOnce(row, twin))
  }

  private mutating func pair(
    _ row: Int, _ candidates: [Candidate], _ isTwin: (Int) -> Bool
  ) {
    let found = candidates.first { taken[$0.row] == nil && isTwin($0.row) }
    guard let other = found?.row else { return }
    twins[row] = other
    taken[other] = row
  }

  /// The bill itself may have a row twice: both are that of the other statement.
  private mutating func addCopy(_ row: Int, _ candidates: [Candidate]) {
    for candidate in candidates {
      guard let first = taken[candidate.row] else { continue }
      var copies = RowCopies(words.bill)
      _ = copies.isCopy(words.bill.entries[first])
      guard copies.isCopy(words.bill.entries[row]) else { continue }
      twins[row] = candidate.row
      return
    }
  }
}

/// What two rows of two statements say.
private struct TwoTables {
  /// Two exports may cut the time differently, as one without seconds.
  private static let clockMilliseconds: Int64 = 60_000

  let bill: EntryTable
  let others: EntryTable

  /// Whether each number that both have is the same, and both have one. That of a charge at its
  /// gateway says all; refunds of one charge may share it.
  func areOne(_ row: Int, _ other: Int) -> Bool {
    let (one, two) = (bill.entries[row], others.entries[other])
    guard one.kind == two.kind else { return false }
    var isKnown = false
    for part in [\Entry.transaction, \Entry.reference] {
      let (span, another) = (one[keyPath: part], two[keyPath: part])
      guard !span.isEmpty, !another.isEmpty else { continue }
      guard EntryTable.same(bill, span, others, another) else { return false }
      if one.kind == .charge { return true }
      isKnown = true
    }
    return isKnown
  }

  /// Whether both tell of the same money. What only one of them tells of is no difference.
  func areEqual(_ row: Int, _ other: Int) -> Bool {
    let (one, two) = (bill.entries[row], others.entries[other])
    let haveFees = one.flags.contains(.hasFee) && two.flags.contains(.hasFee)
    guard one.gross == two.gross, one.currency == two.currency, one.status == two.status,
      !haveFees || one.fee == two.fee, areOne(row, other)
    else { return false }
    guard let settled = bill.settlement(ofRow: row),
      let another = others.settlement(ofRow: other)
    else { return true }
    return settled == another
  }

  func areAtOnce(_ row: Int, _ other: Int) -> Bool {
    let (one, two) = (bill.entries[row].at, others.entries[other].at)
    return one.milliseconds(since: two).magnitude < Self.clockMilliseconds.magnitude
  }
}
