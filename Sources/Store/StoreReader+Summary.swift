package import Domain
import SQLite

extension StoreReader {
  /// What lies on the desk now, and what came of what was opened since a moment.
  ///
  /// - Parameter gateway: nil counts all; causes are of all cases.
  package func deskSummary(
    gateway: String?, since: Timestamp, at now: Timestamp
  ) throws(StoreError) -> DeskSummary {
    var summary = DeskSummary(causes: try causes(since: since))
    let wanted = gateway == nil ? "" : " AND gateway=?1"
    try eachRow("state<>'resolved'\(wanted)", gateway) { row in
      summary.addUndecided(row, at: now)
    }
    try eachRow("opened_at>=\(since.milliseconds)\(wanted)", gateway) { row in
      summary.addOpened(row)
    }
    return summary
  }

  private func eachRow(
    _ condition: String, _ gateway: String?, _ body: (DeskSummary.Row) -> Void
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in
      let statement = try connection.prepare(
        """
        SELECT kind, state, resolution, currency, expected, actual, expected_currency, opened_at,
          due_at, resolved_at
        FROM discrepancies WHERE \(condition)
        """)
      if let gateway { try statement.bind(gateway, at: 1) }
      defer { statement.reset() }
      while try statement.step() { body(try Self.summaryRow(statement)) }
    }
  }

  private static func summaryRow(_ statement: Statement) throws(SQLiteError) -> DeskSummary.Row {
    var cursor = ColumnCursor(statement)
    let place = "discrepancies"
    guard let kind = DiscrepancyKind(word: try cursor.string()) else { throw .damagedRow(place) }
    let state = try cursor.word(DiscrepancyState.self, place)
    let resolution = try cursor.optionalString().flatMap(DiscrepancyResolution.init(rawValue:))
    guard let currency = Currency(code: try cursor.string()) else { throw .damagedRow(place) }
    let (expected, actual) = (try cursor.int64(), try cursor.int64())
    let (difference, overflow) = actual.subtractingReportingOverflow(expected)
    // Amounts of two currencies have no difference to add up.
    let isOfTwo = try cursor.optionalString() != nil
    return DeskSummary.Row(
      kind: kind, state: state, resolution: resolution,
      difference: Money(isOfTwo ? 0 : overflow ? .max : difference, currency),
      openedAt: Timestamp(milliseconds: try cursor.int64()),
      dueAt: Timestamp(milliseconds: try cursor.int64()), resolvedAt: try cursor.time())
  }

  /// Most frequent first.
  private func causes(since: Timestamp) throws(StoreError) -> [CauseCount] {
    try database { () throws(SQLiteError) in
      let statement = try kept(
        """
        SELECT cause, count(*) FROM cases WHERE resolved_at>=? AND cause IS NOT NULL
        GROUP BY cause ORDER BY count(*) DESC, cause
        """)
      try statement.bind(since.milliseconds, at: 1)
      defer { statement.reset() }
      var counts: [CauseCount] = []
      while try statement.step() {
        guard let cause = CauseCode(rawValue: try statement.string(0)) else {
          throw .damagedRow("cases")
        }
        counts.append(CauseCount(cause: cause, count: try statement.int64(1)))
      }
      return counts
    }
  }
}
