/// What one part of the rows came to, in the numbers of the whole.
struct PartFindings: Sendable {
  /// By row of the part.
  let statementNumbers: [Int32]
  let localNumbers: [Int32]
  let statementBuckets: [Bucket]
  let localBuckets: [Bucket]
  /// In the numbers of the whole; -1 where none.
  let partners: [Int32]
  let discrepancies: [Discrepancy]
  let changes: [StatementChange]
  /// Rows that are looked at further, or that something was told of.
  let statementKept: NumberedRows
  let localKept: NumberedRows
  /// Of the rows that have ended; the others are kept.
  let statementTotals: BucketTotals
  let localTotals: BucketTotals

  /// - Parameter keepsAll: rows of the statement that are done with are kept too, without texts.
  init(
    _ statement: NumberedRows, _ local: NumberedRows, older: NumberedRows?,
    _ result: MatchResult, _ left: Matcher.Left, keepsAll: Bool
  ) {
    statementNumbers = statement.numbers ?? []
    localNumbers = local.numbers ?? []
    statementBuckets = result.statementBuckets
    localBuckets = result.localBuckets
    partners = result.partners.map { $0 < 0 ? -1 : Int32(local.number(Int($0))) }
    discrepancies = result.discrepancies.map {
      $0.renumbered(statement: statement.number, local: local.number)
    }
    changes = left.changes.map { change in
      StatementChange(
        newRow: change.newRow.map(statement.number),
        oldRow: change.oldRow.map { older?.number($0) ?? $0 }, before: change.before,
        after: change.after)
    }
    var told = (statement: Set(left.statement.map(Int.init)), local: Set(left.local.map(Int.init)))
    for item in result.discrepancies {
      if let row = item.statementRow { told.statement.insert(row) }
      if let row = item.localRow { told.local.insert(row) }
    }
    for change in left.changes { if let row = change.newRow { told.statement.insert(row) } }
    for (row, entry) in statement.table.entries.enumerated()
    // The first row of all names the currency of the bill.
    where [.payout, .payoutReturn].contains(entry.kind) || statement.number(row) == 0 {
      told.statement.insert(row)
    }
    if local.table.has(.order) {
      for (row, entry) in local.table.entries.enumerated() where entry.kind == .order {
        told.local.insert(row)
      }
    }
    statementKept = Self.kept(of: statement, told.statement, keepsAll: keepsAll)
    localKept = Self.kept(of: local, told.local, keepsAll: false)
    statementTotals = Self.totals(
      statement.table, statementBuckets, besides: keepsAll ? nil : told.statement)
    localTotals = Self.totals(local.table, localBuckets, besides: told.local)
  }

  /// - Parameter kept: rows of these that have not ended are counted when they have; nil are all.
  private static func totals(
    _ table: EntryTable, _ buckets: [Bucket], besides kept: Set<Int>?
  ) -> BucketTotals {
    var totals = BucketTotals.none
    for (row, entry) in table.entries.enumerated() {
      guard buckets[row] == .unassigned else {
        totals.add(entry, to: buckets[row])
        continue
      }
      // Nobody looks at it again: fees, adjustments and the like.
      if let kept, !kept.contains(row) { totals.add(entry, to: .apart) }
    }
    return totals
  }

  private static func kept(
    of side: NumberedRows, _ told: Set<Int>, keepsAll: Bool
  ) -> NumberedRows {
    var kept = NumberedRows()
    for row in keepsAll ? Array(side.table.entries.indices) : told.sorted() {
      kept.add { table in
        table.add(row, of: side.table, isTold: told.contains(row))
        return side.number(row)
      }
    }
    return kept
  }
}
