import Domain

/// Joins the rows of one share of the keys. Rows of one key always fall into one share.
struct ShardMatcher {
  struct Pairing {
    let statement: Int32
    let local: Int32
    let bucket: Bucket
  }

  /// What one share came to.
  struct Outcome: Sendable {
    var pairings: [Pairing] = []
    var discrepancies: [Discrepancy] = []
    /// Rows that ended without a partner, with where they belong.
    var placed: [(row: Int32, bucket: Bucket)] = []
    /// Statement rows whose key no local row has.
    var leftStatement: [Int32] = []
    var leftLocal: [Int32] = []
  }

  let comparison: PairComparison
  private var input: MatchInput { comparison.input }

  /// - Parameters:
  ///   - theirs: rows of the statement, and
  ///   - ours: local rows with the same share of the keys, both ascending.
  ///   - commonBits: of the hashes of one share.
  func run(
    _ theirs: ArraySlice<Int32>, _ ours: ArraySlice<Int32>, commonBits: Int,
    into outcome: inout Outcome
  ) {
    let theirs = KeyedRow.gathered(theirs, input.statement)
    let ours = KeyedRow.gathered(ours, input.local)
    let index = KeyIndex(hashes: ours.map(\.hash), commonBits: commonBits)
    // By place in `ours`: the first row that came for it, and the rows after that one.
    var firsts = [First](repeating: .none, count: ours.count)
    var more: [Int: [Int32]] = [:]
    for row in theirs {
      let place = find(row, index, ours, firsts)
      if place < 0 {
        outcome.leftStatement.append(row.row)
      } else if firsts[place].row < 0 {
        // Here both rows are in the processor's cache; later they no longer are.
        let agrees = comparison.agrees(Int(row.row), Int(ours[place].row))
        firsts[place] = First(row: row.row, agrees: agrees)
      } else {
        more[place, default: []].append(row.row)
      }
    }
    for (place, own) in ours.enumerated() {
      let first = firsts[place]
      if first.row < 0 {
        outcome.leftLocal.append(own.row)
      } else if !more.isEmpty, let others = more[place] {
        resolve([first.row] + others, own.row, &outcome)
      } else if first.agrees {
        outcome.pairings.append(Pairing(statement: first.row, local: own.row, bucket: .matched))
      } else {
        pair(first.row, own.row, &outcome)
      }
    }
  }

  /// The row that came first for one of ours.
  private struct First {
    let row: Int32
    let agrees: Bool

    static let none = First(row: -1, agrees: false)
  }

  /// The place of the local row with this key; among several, one that is free.
  private func find(
    _ row: KeyedRow, _ index: KeyIndex, _ ours: [KeyedRow], _ firsts: [First]
  ) -> Int {
    let entry = input.statement.entries[Int(row.row)]
    let key = input.statement.keySpan(entry)
    guard !key.isEmpty else { return -1 }
    var best = -1
    var next = index.first(row.hash)
    while next >= 0 {
      let place = Int(next)
      next = index.after(next)
      guard ours[place].hash == row.hash, ours[place].tail == row.tail else { continue }
      let other = input.local.entries[Int(ours[place].row)]
      guard other.kind == entry.kind,
        EntryTable.same(input.statement, key, input.local, input.local.keySpan(other))
      else { continue }
      if firsts[place].row < 0 { return place }
      if best < 0 { best = place }
    }
    return best
  }

  private func pair(_ row: Int32, _ localRow: Int32, _ outcome: inout Outcome) {
    let bucket = comparison.compare(Int(row), Int(localRow), into: &outcome.discrepancies)
    outcome.pairings.append(Pairing(statement: row, local: localRow, bucket: bucket))
  }

  /// Several rows of the statement for one of ours.
  private func resolve(_ rows: [Int32], _ localRow: Int32, _ outcome: inout Outcome) {
    let ours = input.local.entries[Int(localRow)]
    var distinct: [Int32] = []
    for row in rows {
      if distinct.contains(where: { isSameRow($0, row) }) {
        note(.duplicateRow, row, localRow, expected: 0, &outcome)
        outcome.placed.append((row, .duplicate))
      } else {
        distinct.append(row)
      }
    }
    if distinct.count > 1, distinct.count <= 5, addUp(distinct, to: ours) {
      for row in distinct {
        outcome.pairings.append(Pairing(statement: row, local: localRow, bucket: .grouped))
      }
      return
    }
    let chosen = distinct.firstIndex { hasNumber($0, of: ours) }
      ?? distinct.firstIndex { isLike($0, ours) } ?? 0
    pair(distinct[chosen], localRow, &outcome)
    for (place, row) in distinct.enumerated() where place != chosen {
      let entry = input.statement.entries[Int(row)]
      guard entry.status == .succeeded, entry.kind != .dispute else {
        outcome.placed.append((row, .apart))
        continue
      }
      note(
        entry.kind == .refund ? .refundMissingLocally : .duplicatePayment, row, localRow,
        expected: 0, &outcome)
      outcome.placed.append((row, .differing))
    }
  }

  private func note(
    _ kind: DiscrepancyKind, _ row: Int32, _ localRow: Int32, expected: Int64,
    _ outcome: inout Outcome
  ) {
    let entry = input.statement.entries[Int(row)]
    outcome.discrepancies.append(
      Discrepancy(
        kind, statement: Int(row), local: Int(localRow), expected: expected, actual: entry.gross,
        currency: entry.currency))
  }

  private func isSameRow(_ one: Int32, _ other: Int32) -> Bool {
    let left = input.statement.entries[Int(one)]
    let right = input.statement.entries[Int(other)]
    return left.gross == right.gross && left.currency == right.currency
      && left.status == right.status && left.at == right.at
      && EntryTable.same(
        input.statement, left.transaction, input.statement, right.transaction)
  }

  private func addUp(_ rows: [Int32], to ours: Entry) -> Bool {
    var sum: Int64 = 0
    for row in rows {
      let entry = input.statement.entries[Int(row)]
      guard entry.currency == ours.currency, entry.status == .succeeded else { return false }
      let (next, overflow) = sum.addingReportingOverflow(entry.gross)
      guard !overflow else { return false }
      sum = next
    }
    return sum == ours.gross
  }

  private func hasNumber(_ row: Int32, of ours: Entry) -> Bool {
    let entry = input.statement.entries[Int(row)]
    return !ours.transaction.isEmpty
      && EntryTable.same(input.statement, entry.transaction, input.local, ours.transaction)
  }

  private func isLike(_ row: Int32, _ ours: Entry) -> Bool {
    let entry = input.statement.entries[Int(row)]
    return entry.gross == ours.gross && entry.currency == ours.currency
      && entry.status == .succeeded
  }
}
