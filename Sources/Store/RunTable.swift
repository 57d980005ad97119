package import Domain
import SQLite

/// A row of a statement paired with something of ours.
package struct MatchRow: Hashable, Sendable {
  package let statement: StatementID
  package let line: Int64
  package let subject: LocalSubject
  /// What `subject` and the part are in the store.
  let ours: Int64

  /// - Parameters:
  ///   - key: of the row that `subject` names.
  ///   - part: counts the rows that together make up one of ours, from 0.
  package init(
    statement: StatementID, line: Int64, subject: LocalSubject, key: Int64, part: Int64
  ) {
    self.statement = statement
    self.line = line
    self.subject = subject
    ours = MatchNumber.ours(subject.kindNumber, key: key, part: subject.firstPart + part)
  }
}

/// A match that stands, of a known statement.
package struct StandingMatch: Hashable, Sendable {
  package let line: Int64
  /// As in `MatchRow`.
  let ours: Int64
}

/// A row that waits for the next statement of its gateway.
package struct WaitingRow: Hashable, Sendable {
  /// A row of a statement where it has a line, else one of ours.
  package let statement: StatementID
  package let line: Int64?
  /// `stm_…:17`, `pay_…` or `rfd_…`.
  package let subject: String

  package init(statement: StatementID, line: Int64?, subject: String) {
    self.statement = statement
    self.line = line
    self.subject = subject
  }
}

/// Rows of `runs`, and those of `matches` and `waiting_rows` that count.
struct RunTable {
  private let selection: Statement
  private let insertion: Statement
  private let waitingSelection: Statement
  private let hasRun: Statement
  private let latestSelection: Statement
  private let ofStatement: Statement
  private let ofFund: Statement
  private let firstSelection: Statement
  private let unwatchedSelection: Statement
  private let subjectSelection: Statement
  /// By the number of the kind.
  private let keySelections: [Statement]
  private let looseSelection: Statement
  private let matchSelection: Statement
  private let partSelection: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare("SELECT \(RunTable.columns) FROM runs WHERE id=?")
    waitingSelection = try connection.prepare(
      "SELECT statement, line, subject FROM waiting_rows WHERE gateway=? AND content=? "
        + "ORDER BY subject")
    hasRun = try connection.prepare(
      """
      SELECT 1 FROM runs WHERE gateway=? AND content=? AND period_to=? LIMIT 1
      """)
    latestSelection = try connection.prepare(
      "SELECT id FROM runs WHERE gateway=? AND content=? ORDER BY key DESC LIMIT 1")
    ofStatement = try connection.prepare("SELECT id FROM runs WHERE statement=? ORDER BY key")
    ofFund = try connection.prepare(
      "SELECT id FROM runs WHERE gateway=? AND content=? AND period_to=? AND fund=? ORDER BY key")
    firstSelection = try connection.prepare(
      "SELECT min(period_from) FROM runs WHERE gateway=? AND bank IS NOT NULL")
    // A list that was issued again has the days of the new one.
    unwatchedSelection = try connection.prepare(
      """
      SELECT max(r.period_to) FROM runs r
      WHERE r.gateway=?1 AND r.content=?2 AND r.period_from<?4
        AND NOT (r.period_from=?3 AND r.period_to=?4)
        AND NOT EXISTS(SELECT 1 FROM runs n WHERE n.gateway=r.gateway AND n.content=r.content
          AND n.period_to=r.period_to AND n.period_from=r.period_from AND n.key>=(
            SELECT min(key) FROM runs WHERE gateway=?1 AND bank IS NOT NULL))
      """)
    subjectSelection = try connection.prepare(
      """
      SELECT of.id, m.theirs & \(MatchNumber.lineMax)
      FROM match_pieces m JOIN statements of ON of.key=m.theirs>>\(MatchNumber.lineShift)
      WHERE m.ours>=? AND m.ours<=? AND of.content=? AND \(MatchNumber.counts)
      ORDER BY m.ours LIMIT 1
      """)
    keySelections = try ["payments", "refunds", "payments", "orders", "disputes"].map {
      table throws(SQLiteError) in
      try connection.prepare("SELECT key FROM \(table) WHERE id=?")
    }
    looseSelection = try connection.prepare(
      """
      SELECT key, (SELECT 1 FROM loose_matches WHERE statement=?1)
      FROM statements WHERE id=?1
      """)
    // The number of the run is not in the index of the lines, and is seldom asked for.
    matchSelection = try connection.prepare(
      "SELECT theirs, ours FROM match_pieces WHERE theirs>=? AND theirs<=? ORDER BY theirs")
    partSelection = try connection.prepare(
      """
      SELECT m.theirs, m.ours FROM match_pieces m WHERE m.theirs>=? AND m.theirs<=?
        AND \(MatchNumber.counts)
      ORDER BY m.theirs
      """)
    insertion = !canWrite
      ? selection
      : try connection.prepare(
      """
      INSERT INTO runs(id, statement, gateway, content, period_from, period_to, made_at,
        made_by, statement_rows, local_rows, statement_buckets, local_buckets, filled_back, opened,
        known, digest, fund, bank, fund_buckets, bank_buckets, proofs,
        bookings)
      VALUES (?,?,?,?,?,?,?,?,?,?, ?,?,?,?,?,?, ?,?,?,?,?,?)
      """)
  }

  func insert(_ run: RunRecord) throws(SQLiteError) {
    var cursor = ParameterCursor(insertion)
    try cursor.add(run.id.text)
    try cursor.add(run.statement.text)
    try cursor.add(run.gateway)
    try cursor.add(run.content.rawValue)
    try cursor.add(run.from.milliseconds)
    try cursor.add(run.to.milliseconds)
    try cursor.add(run.madeAt.milliseconds)
    try cursor.add(run.madeBy)
    try cursor.add(run.statementRows)
    try cursor.add(run.localRows)
    try cursor.add(Codec.text(run.statementBuckets))
    try cursor.add(Codec.text(run.localBuckets))
    try cursor.add(run.filledBack)
    try cursor.add(run.opened)
    try cursor.add(run.known)
    try cursor.add(run.digest)
    try cursor.add(run.fund?.text)
    try cursor.add(run.bank?.text)
    try cursor.add(Codec.text(run.fundBuckets))
    try cursor.add(Codec.text(run.bankBuckets))
    try cursor.add(Codec.text(run.proofs))
    try cursor.add(Codec.text(run.bookings))
    try insertion.run()
  }

  func run(_ id: RunID) throws(SQLiteError) -> RunRecord? {
    try selection.bind(id.text, at: 1)
    defer { selection.reset() }
    return try selection.step() ? try RunTable.read(selection) : nil
  }

  /// Whether the days before a moment were compared.
  func hasRun(
    gateway: String, content: StatementContent, endingAt moment: Timestamp
  ) throws(SQLiteError) -> Bool {
    try hasRun.bind(gateway, at: 1)
    try hasRun.bind(content.rawValue, at: 2)
    try hasRun.bind(moment.milliseconds, at: 3)
    defer { hasRun.reset() }
    return try hasRun.step()
  }

  func latest(gateway: String, content: StatementContent) throws(SQLiteError) -> RunID? {
    try latestSelection.bind(gateway, at: 1)
    try latestSelection.bind(content.rawValue, at: 2)
    defer { latestSelection.reset() }
    return try latestSelection.step() ? RunID(text: try latestSelection.string(0)) : nil
  }

  /// Oldest first.
  func runs(over statement: StatementID) throws(SQLiteError) -> [RunID] {
    try ofStatement.bind(statement.text, at: 1)
    var ids: [RunID] = []
    defer { ofStatement.reset() }
    while try ofStatement.step() {
      var cursor = ColumnCursor(ofStatement)
      ids.append(try cursor.identifier(RunKind.self, "runs"))
    }
    return ids
  }

  /// The first that a bill of the balance stood beside.
  func first(beside fund: StatementRecord) throws(SQLiteError) -> RunID? {
    try ofFund.bind(fund.gateway, at: 1)
    try ofFund.bind(StatementContent.trade.rawValue, at: 2)
    try ofFund.bind(fund.to.milliseconds, at: 3)
    try ofFund.bind(fund.id.text, at: 4)
    defer { ofFund.reset() }
    return try ofFund.step() ? RunID(text: try ofFund.string(0)) : nil
  }

  /// The newest run over the same statement, where that is another one.
  func later(than run: RunRecord) throws(SQLiteError) -> RunID? {
    let newest = try runs(over: run.statement).last
    return newest == run.id ? nil : newest
  }

  /// The first day whose payouts were looked for at the bank.
  func firstPeriodWithBank(of gateway: String) throws(SQLiteError) -> Timestamp? {
    try firstSelection.bind(gateway, at: 1)
    defer { firstSelection.reset() }
    guard try firstSelection.step() else { return nil }
    return try firstSelection.optionalInt64(0).map(Timestamp.init(milliseconds:))
  }

  /// Where those days end of which no payout waits for the bank: their lists were compared before
  /// the gateway's first run with one, and not since. Nil where there are none before the end of a
  /// statement that is compared now.
  func unwatchedEnd(beside statement: StatementRecord) throws(SQLiteError) -> Timestamp? {
    try unwatchedSelection.bind(statement.gateway, at: 1)
    try unwatchedSelection.bind(statement.content.rawValue, at: 2)
    try unwatchedSelection.bind(statement.from.milliseconds, at: 3)
    try unwatchedSelection.bind(statement.to.milliseconds, at: 4)
    defer { unwatchedSelection.reset() }
    guard try unwatchedSelection.step() else { return nil }
    return try unwatchedSelection.optionalInt64(0).map(Timestamp.init(milliseconds:))
  }

  /// The row that something of ours is matched with, `stm_…:17`.
  func row(
    of subject: LocalSubject, _ content: StatementContent
  ) throws(SQLiteError) -> String? {
    let kind = subject.kindNumber
    let keySelection = keySelections[Int(kind)]
    try keySelection.bind(subject.keptText, at: 1)
    defer { keySelection.reset() }
    guard try keySelection.step() else { return nil }
    let key = try keySelection.int64(0)
    let parts = subject.firstPart...subject.firstPart + Int64(subject.partMost)
    try subjectSelection.bind(MatchNumber.ours(kind, key: key, part: parts.lowerBound), at: 1)
    try subjectSelection.bind(MatchNumber.ours(kind, key: key, part: parts.upperBound), at: 2)
    try subjectSelection.bind(content.rawValue, at: 3)
    defer { subjectSelection.reset() }
    guard try subjectSelection.step() else { return nil }
    return "\(try subjectSelection.string(0)):\(try subjectSelection.int64(1))"
  }

  /// What the rows of a statement are matched with, by their lines.
  func matches(of statement: StatementID) throws(SQLiteError) -> [StandingMatch] {
    try looseSelection.bind(statement.text, at: 1)
    defer { looseSelection.reset() }
    guard try looseSelection.step() else { return [] }
    let numbers = MatchNumber.rows(of: try looseSelection.int64(0))
    let selection = looseSelection.isNull(1) ? matchSelection : partSelection
    try selection.bind(numbers.lowerBound, at: 1)
    try selection.bind(numbers.upperBound, at: 2)
    var rows: [StandingMatch] = []
    defer { selection.reset() }
    while try selection.step() {
      rows.append(
        StandingMatch(
          line: try selection.int64(0) - numbers.lowerBound, ours: try selection.int64(1)))
    }
    return rows
  }

  func waiting(
    gateway: String, content: StatementContent
  ) throws(SQLiteError) -> [WaitingRow] {
    try waitingSelection.bind(gateway, at: 1)
    try waitingSelection.bind(content.rawValue, at: 2)
    var rows: [WaitingRow] = []
    defer { waitingSelection.reset() }
    while try waitingSelection.step() {
      var cursor = ColumnCursor(waitingSelection)
      rows.append(
        WaitingRow(
          statement: try cursor.identifier(StatementKind.self, "waiting_rows"),
          line: try cursor.optionalInt64(), subject: try cursor.string()))
    }
    return rows
  }

  static let columns = """
    id, statement, gateway, content, period_from, period_to, made_at, made_by, statement_rows,
    local_rows, statement_buckets, local_buckets, filled_back, opened, known, digest, fund, bank,
    fund_buckets, bank_buckets, proofs, bookings
    """

  static func read(_ statement: Statement) throws(SQLiteError) -> RunRecord {
    var cursor = ColumnCursor(statement)
    let id = try cursor.identifier(RunKind.self, "runs")
    let place = "run \(id)"
    let of = try cursor.identifier(StatementKind.self, place)
    let gateway = try cursor.string()
    let content = try cursor.word(StatementContent.self, place)
    let from = Timestamp(milliseconds: try cursor.int64())
    let to = Timestamp(milliseconds: try cursor.int64())
    let madeAt = Timestamp(milliseconds: try cursor.int64())
    let madeBy = try cursor.string()
    let (statementRows, localRows) = (try cursor.int64(), try cursor.int64())
    let theirs = try Codec.buckets(try cursor.optionalString(), place)
    let ours = try Codec.buckets(try cursor.optionalString(), place)
    let (filledBack, opened) = (try cursor.int64(), try cursor.int64())
    let (known, digest) = (try cursor.int64(), try cursor.string())
    let fund = try cursor.optionalString().flatMap(StatementID.init(text:))
    let bank = try cursor.optionalString().flatMap(StatementID.init(text:))
    return RunRecord(
      id: id, statement: of, fund: fund, bank: bank, gateway: gateway, content: content,
      from: from, to: to, madeAt: madeAt, madeBy: madeBy, statementRows: statementRows,
      localRows: localRows, statementBuckets: theirs, localBuckets: ours,
      fundBuckets: try Codec.buckets(try cursor.optionalString(), place),
      bankBuckets: try Codec.buckets(try cursor.optionalString(), place),
      proofs: try Codec.proofs(try cursor.optionalString(), place),
      bookings: try Codec.bookings(try cursor.optionalString(), place),
      filledBack: filledBack, opened: opened, known: known, digest: digest)
  }
}
