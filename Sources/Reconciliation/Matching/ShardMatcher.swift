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

  static func isCompared(_ kind: EntryKind) -> Bool {
    kind == .charge || kind == .refund || kind == .dispute
  }

  func run(shard: UInt32, mask: UInt32) -> Outcome {
    var outcome = Outcome()
    let theirs = rows(input.statement, shard, mask)
    let ours = rows(input.local, shard, mask)
    let index = KeyIndex(hashes: ours.map { input.local.entries[Int($0)].keyHash })
    // By place in `ours`: the first row that came for it, and the rows after that one.
    var firstRow = [Int32](repeating: -1, count: ours.count)
    var more: [Int: [Int32]] = [:]
    for row in theirs {
      let place = find(row, index, ours, firstRow)
      guard place >= 0 else {
        outcome.leftStatement.append(row)
        continue
      }
      if firstRow[place] < 0 { firstRow[place] = row } else { more[place, default: []].append(row) }
    }
    outcome.pairings.reserveCapacity(theirs.count)
    for (place, localRow) in ours.enumerated() {
      let row = firstRow[place]
      if row < 0 {
        outcome.leftLocal.append(localRow)
      } else if !more.isEmpty, let others = more[place] {
        resolve([row] + others, localRow, &outcome)
      } else {
        pair(row, localRow, &outcome)
      }
    }
    return outcome
  }

  private func rows(_ table: EntryTable, _ shard: UInt32, _ mask: UInt32) -> [Int32] {
    var rows: [Int32] = []
    rows.reserveCapacity(table.count / Int(mask + 1) + 16)
    for (row, entry) in table.entries.enumerated()
    where entry.keyHash & mask == shard && Self.isCompared(entry.kind) {
      rows.append(Int32(row))
    }
    return rows
  }

  /// The place of the local row with this key; among several, one that is free.
  private func find(
    _ row: Int32, _ index: KeyIndex, _ ours: [Int32], _ firstRow: [Int32]
  ) -> Int {
    let entry = input.statement.entries[Int(row)]
    let key = input.statement.keySpan(entry)
    guard !key.isEmpty else { return -1 }
    var best = -1
    var place = index.first(entry.keyHash)
    while place >= 0 {
      let other = input.local.entries[Int(ours[Int(place)])]
      if other.keyHash == entry.keyHash, other.kind == entry.kind,
        EntryTable.same(input.statement, key, input.local, input.local.keySpan(other))
      {
        if firstRow[Int(place)] < 0 { return Int(place) }
        if best < 0 { best = Int(place) }
      }
      place = index.after(place)
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
