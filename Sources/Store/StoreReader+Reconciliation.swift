package import Domain
import SQLite

/// Statements, runs and discrepancies, as callers ask for them.
extension StoreReader {
  package func upload(_ id: StatementID) throws(StoreError) -> UploadRow? {
    try database { () throws(SQLiteError) in try statementTable.upload(id) }
  }

  package func statement(_ id: StatementID) throws(StoreError) -> StatementRecord? {
    try database { () throws(SQLiteError) in try statementTable.statement(id) }
  }

  /// The bytes of a statement, or of a file on its way in, as they came.
  package func statementBytes(_ id: StatementID) throws(StoreError) -> [UInt8] {
    try database { () throws(SQLiteError) in try statementTable.bytes(of: id) }
  }

  /// The one with the same bytes.
  package func statement(
    digest: String, gateway: String
  ) throws(StoreError) -> StatementRecord? {
    try database { () throws(SQLiteError) in
      try statementTable.statement(digest: digest, gateway: gateway)
    }
  }

  /// The statement that another one was issued in place of, if any.
  package func statement(supersededBy id: StatementID) throws(StoreError) -> StatementRecord? {
    try rows(
      "SELECT \(StatementTable.columns) FROM statements WHERE superseded_by=? ORDER BY key DESC",
      [.text(id.text)], limit: 1
    ) { row throws(StoreError) in
      try database { () throws(SQLiteError) in try StatementTable.read(row) }
    }.first
  }

  /// The statement in force of a content whose days end at a moment; nil where there is none.
  package func statementInForce(
    _ content: StatementContent, of gateway: String, endingAt moment: Timestamp
  ) throws(StoreError) -> StatementRecord? {
    var query = QueryText("SELECT \(StatementTable.columns) FROM statements")
    query.add("gateway=?", .text(gateway))
    query.add("content=?", .text(content.rawValue))
    query.add("period_to=?", .integer(moment.milliseconds))
    query.add("superseded_by IS NULL")
    query.tail = " ORDER BY key DESC"
    return try rows(query.sql, query.values, limit: 1) { row throws(StoreError) in
      try database { () throws(SQLiteError) in try StatementTable.read(row) }
    }.first
  }

  /// Newest first.
  ///
  /// - Parameter before: the identifier that ended the page before.
  package func statements(
    gateway: String?, content: StatementContent?, from: Timestamp?, to: Timestamp?,
    before: StatementID?, limit: Int
  ) throws(StoreError) -> [StatementRecord] {
    var query = QueryText("SELECT \(StatementTable.columns) FROM statements")
    if let gateway { query.add("gateway=?", .text(gateway)) }
    if let content { query.add("content=?", .text(content.rawValue)) }
    if let from { query.add("period_to>?", .integer(from.milliseconds)) }
    if let to { query.add("period_from<?", .integer(to.milliseconds)) }
    if let before { query.add("id<?", .text(before.text)) }
    query.tail = " ORDER BY id DESC"
    return try rows(query.sql, query.values, limit: limit) { row throws(StoreError) in
      try database { () throws(SQLiteError) in try StatementTable.read(row) }
    }
  }

  package func run(_ id: RunID) throws(StoreError) -> RunRecord? {
    try database { () throws(SQLiteError) in try runTable.run(id) }
  }

  /// Newest first.
  package func runs(
    gateway: String?, statement: StatementID?, before: RunID?, limit: Int
  ) throws(StoreError) -> [RunRecord] {
    var query = QueryText("SELECT \(RunTable.columns) FROM runs")
    if let gateway { query.add("gateway=?", .text(gateway)) }
    if let statement { query.add("statement=?", .text(statement.text)) }
    if let before { query.add("id<?", .text(before.text)) }
    query.tail = " ORDER BY id DESC"
    return try rows(query.sql, query.values, limit: limit) { row throws(StoreError) in
      try database { () throws(SQLiteError) in try RunTable.read(row) }
    }
  }

  /// The first that was made over a statement, or with it beside a bill of trades.
  package func firstRun(over statement: StatementRecord) throws(StoreError) -> RunID? {
    try database { () throws(SQLiteError) in
      statement.content == .fund
        ? try runTable.first(beside: statement) : try runTable.runs(over: statement.id).first
    }
  }

  /// Whether the days before a moment were compared.
  package func hasRun(
    gateway: String, content: StatementContent, endingAt moment: Timestamp
  ) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in
      try runTable.hasRun(gateway: gateway, content: content, endingAt: moment)
    }
  }

  /// - Parameter content: of the bills whose comparison left them waiting.
  package func waitingRows(
    of gateway: String, _ content: StatementContent
  ) throws(StoreError) -> [WaitingRow] {
    try database { () throws(SQLiteError) in
      try runTable.waiting(gateway: gateway, content: content)
    }
  }

  /// The bill of the balance in force for the days of a bill of trades.
  package func fundStatement(
    beside trade: StatementRecord
  ) throws(StoreError) -> StatementRecord? {
    try database { () throws(SQLiteError) in
      try statementTable.inForce(.fund, of: trade.gateway, from: trade.from, to: trade.to)
    }
  }

  /// From when on the payouts of a gateway wait for the bank; nil before its first run with one.
  package func payoutsAwaited(of gateway: String) throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in try runTable.firstPeriodWithBank(of: gateway) }
  }

  /// Where the days of other lists end of which no payout waits for the bank; nil where each does.
  package func payoutsUnwatched(
    beside statement: StatementRecord
  ) throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in try runTable.unwatchedEnd(beside: statement) }
  }

  /// The bank's statements that a payout was found in, and the bill that gave it back.
  ///
  /// - Parameter payout: its row, `stm_…:17`.
  package func ends(ofPayout payout: String) throws(StoreError) -> [PayoutEnd] {
    try database { () throws(SQLiteError) in try arrivalTable.ends(ofPayout: payout) }
  }

  /// The rows of the bank's statements in force that a payout was found in.
  package func credits(ofPayout payout: String) throws(StoreError) -> [StatementPlace] {
    try database { () throws(SQLiteError) in try arrivalTable.credits(ofPayout: payout) }
  }

  /// Payouts of a gateway's statements of these days that the bank has.
  package func payoutsArrived(
    of gateway: String, _ content: StatementContent, _ days: Range<Timestamp>
  ) throws(StoreError) -> [StatementPlace] {
    try database { () throws(SQLiteError) in try arrivalTable.arrived(of: gateway, content, days) }
      .compactMap(StatementPlace.init(text:))
  }

  /// Payouts that were found in a statement of the bank which was issued again since, or together
  /// with one whose bill was: they wait anew.
  package func payoutsFreed(
    of gateway: String, _ content: StatementContent
  ) throws(StoreError) -> [WaitingRow] {
    let places = try database { () throws(SQLiteError) in
      try arrivalTable.freed(of: gateway, content)
    }
    return places.compactMap(StatementPlace.init(text:)).map {
      WaitingRow(statement: $0.statement, line: $0.line, subject: $0.text)
    }
  }

  /// The lines of a bank's statement that are payouts in force.
  package func arrivals(at bank: StatementID) throws(StoreError) -> [ArrivalRow] {
    try database { () throws(SQLiteError) in try arrivalTable.arrivals(at: bank) }
  }

  /// What the rows of a trade bill are matched with, by their lines.
  package func matches(of statement: StatementID) throws(StoreError) -> [StandingMatch] {
    try database { () throws(SQLiteError) in try runTable.matches(of: statement) }
  }

  /// The row of a bill that a payment or refund is matched with, `stm_…:17`.
  package func matchedRow(of subject: LocalSubject) throws(StoreError) -> String? {
    try database { () throws(SQLiteError) in try runTable.row(of: subject, .trade) }
  }

  /// The newest run over statements of a gateway.
  package func latestRun(
    gateway: String, content: StatementContent
  ) throws(StoreError) -> RunID? {
    try database { () throws(SQLiteError) in
      try runTable.latest(gateway: gateway, content: content)
    }
  }

  package func discrepancy(_ id: DiscrepancyID) throws(StoreError) -> DiscrepancyRecord? {
    try database { () throws(SQLiteError) in try discrepancyTable.discrepancy(id) }
  }

  /// The same difference, as runs have told of it, oldest first.
  package func discrepancies(
    gateway: String, mark: String
  ) throws(StoreError) -> [DiscrepancyRecord] {
    try database { () throws(SQLiteError) in
      try discrepancyTable.discrepancies(gateway: gateway, mark: mark)
    }
  }

  /// Newest first.
  package func discrepancies(
    _ filter: DiscrepancyFilter, before: DiscrepancyID?, limit: Int
  ) throws(StoreError) -> [DiscrepancyRecord] {
    var query = QueryText("SELECT \(DiscrepancyTable.columns) FROM discrepancies")
    query.narrow(filter)
    if let before { query.add("id<?", .text(before.text)) }
    query.tail = " ORDER BY id DESC"
    return try rows(query.sql, query.values, limit: limit) { row throws(StoreError) in
      try database { () throws(SQLiteError) in try DiscrepancyTable.read(row) }
    }
  }

  /// How many of a kind and state a run opened, in the order of the kinds.
  package func discrepancyCounts(
    of run: RunID
  ) throws(StoreError) -> [DiscrepancyCount] {
    try database { () throws(SQLiteError) in try discrepancyTable.counts(of: run) }
  }

  /// - Parameter key: of the payment.
  package func order(ofPayment key: Int64) throws(StoreError) -> OrderID? {
    try database { () throws(SQLiteError) in
      let statement = try kept(
        "SELECT o.id FROM payments p JOIN orders o ON o.key=p.order_key WHERE p.key=?")
      try statement.bind(key, at: 1)
      defer { statement.reset() }
      guard try statement.step() else { return nil }
      var cursor = ColumnCursor(statement)
      return try cursor.identifier(OrderKind.self, "orders")
    }
  }

  /// Reads the books of a gateway for a run.
  ///
  /// - Parameter takenBack: decisions that are read as taken back.
  package func books(
    for statement: StatementRecord, besides takenBack: Set<DiscrepancyID> = []
  ) throws(StoreError) -> BookQueries {
    try database { () throws(SQLiteError) in
      let books = try BookQueries(connection, besides: takenBack)
      try books.turn(to: statement)
      return books
    }
  }
}

/// Which discrepancies a list shows; all conditions must hold.
package struct DiscrepancyFilter: Hashable, Sendable {
  package var run: RunID?
  package var gateway: String?
  package var kind: DiscrepancyKind?
  package var state: DiscrepancyState?
  package var order: OrderID?

  package init() {}
}

extension QueryText {
  fileprivate mutating func narrow(_ filter: DiscrepancyFilter) {
    if let run = filter.run { add("run=?", .text(run.text)) }
    if let gateway = filter.gateway { add("gateway=?", .text(gateway)) }
    if let kind = filter.kind { add("kind=?", .text(kind.word)) }
    if let state = filter.state { add("state='\(state.rawValue)'") }
    if let order = filter.order { add("order_id=?", .text(order.text)) }
  }
}
