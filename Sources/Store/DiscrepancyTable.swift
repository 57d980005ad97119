import Domain
import SQLite

/// Rows of `discrepancies`.
struct DiscrepancyTable {
  private let selection: Statement
  private let markSelection: Statement
  private let openSelection: Statement
  private let overdueSelection: Statement
  private let waitingSelection: Statement
  private let nextSelection: Statement
  private let decidableSelection: Statement
  private let ruledSelection: Statement
  private let insertion: Statement
  private let change: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare(
      "SELECT \(DiscrepancyTable.columns) FROM discrepancies WHERE id=?")
    markSelection = try connection.prepare(
      "SELECT \(DiscrepancyTable.columns) FROM discrepancies WHERE gateway=? AND mark=?")
    openSelection = try connection.prepare(
      """
      SELECT \(DiscrepancyTable.columns) FROM discrepancies WHERE gateway=? AND state<>'resolved'
      ORDER BY key
      """)
    overdueSelection = try connection.prepare(
      """
      SELECT \(DiscrepancyTable.columns) FROM discrepancies
      WHERE state IN ('open','proposed') AND escalated_at IS NULL AND due_at<=?
      ORDER BY due_at LIMIT ?
      """)
    waitingSelection = try connection.prepare(
      """
      SELECT \(DiscrepancyTable.columns) FROM discrepancies
      WHERE state='waiting' AND waiting_until<=? ORDER BY waiting_until LIMIT ?
      """)
    nextSelection = try connection.prepare(
      """
      SELECT min(at) FROM (
        SELECT min(due_at) AS at FROM discrepancies
        WHERE state IN ('open','proposed') AND escalated_at IS NULL
        UNION ALL
        SELECT min(waiting_until) FROM discrepancies WHERE state='waiting')
      """)
    decidableSelection = try connection.prepare(
      "SELECT \(DiscrepancyTable.columns) FROM discrepancies "
        + "WHERE level IN ('machine','one_person') ORDER BY key")
    ruledSelection = try connection.prepare(
      """
      SELECT \(DiscrepancyTable.columns) FROM discrepancies
      WHERE gateway=? AND resolved_by>='rule:' AND resolved_by<'rule;' ORDER BY key
      """)
    let unused = selection
    func writing(_ sql: String) throws(SQLiteError) -> Statement {
      canWrite ? try connection.prepare(sql) : unused
    }
    insertion = try writing(
      """
      INSERT INTO discrepancies(id, run, statement, gateway, kind, level, currency, expected,
        actual, theirs, bank, ours, order_id, suggestions, mark, opened_at, due_at,
        expected_currency, state, resolution, resolved_at, resolved_by, adjudication, waiting_until,
        escalated_at, version)
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    change = try writing(
      """
      UPDATE discrepancies SET state=?, resolution=?, resolved_at=?, resolved_by=?,
        adjudication=?, waiting_until=?, escalated_at=?, version=?
      WHERE id=?
      """)
  }

  func discrepancy(_ id: DiscrepancyID) throws(SQLiteError) -> DiscrepancyRecord? {
    try selection.bind(id.text, at: 1)
    defer { selection.reset() }
    return try selection.step() ? try DiscrepancyTable.read(selection) : nil
  }

  /// The same difference, found by an earlier run.
  func discrepancy(gateway: String, mark: String) throws(SQLiteError) -> DiscrepancyRecord? {
    try markSelection.bind(gateway, at: 1)
    try markSelection.bind(mark, at: 2)
    defer { markSelection.reset() }
    return try markSelection.step() ? try DiscrepancyTable.read(markSelection) : nil
  }

  func open(gateway: String) throws(SQLiteError) -> [DiscrepancyRecord] {
    try openSelection.bind(gateway, at: 1)
    var records: [DiscrepancyRecord] = []
    defer { openSelection.reset() }
    while try openSelection.step() { records.append(try DiscrepancyTable.read(openSelection)) }
    return records
  }

  /// What nobody has decided by a moment, and what waited for it.
  func due(at now: Timestamp, limit: Int64) throws(SQLiteError) -> [DiscrepancyRecord] {
    var records: [DiscrepancyRecord] = []
    for statement in [overdueSelection, waitingSelection] {
      try statement.bind(now.milliseconds, at: 1)
      try statement.bind(limit, at: 2)
      defer { statement.reset() }
      while try statement.step() { records.append(try DiscrepancyTable.read(statement)) }
    }
    return records
  }

  /// What rules have decided by themselves, oldest first.
  func decidedByRules(gateway: String) throws(SQLiteError) -> [DiscrepancyRecord] {
    try ruledSelection.bind(gateway, at: 1)
    var records: [DiscrepancyRecord] = []
    defer { ruledSelection.reset() }
    while try ruledSelection.step() { records.append(try DiscrepancyTable.read(ruledSelection)) }
    return records
  }

  /// Every difference that one person may decide, oldest first.
  func eachDecidable(_ body: (DiscrepancyRecord) -> Void) throws(SQLiteError) {
    defer { decidableSelection.reset() }
    while try decidableSelection.step() { body(try DiscrepancyTable.read(decidableSelection)) }
  }

  /// When the next one will be due; our wall clock.
  func nextDue() throws(SQLiteError) -> Timestamp? {
    defer { nextSelection.reset() }
    guard try nextSelection.step() else { return nil }
    return try nextSelection.optionalInt64(0).map(Timestamp.init(milliseconds:))
  }

  func insert(_ record: DiscrepancyRecord) throws(SQLiteError) {
    let facts = record.facts
    var cursor = ParameterCursor(insertion)
    try cursor.add(record.id.text)
    try cursor.add(facts.run.text)
    try cursor.add(facts.statement.text)
    try cursor.add(facts.gateway)
    try cursor.add(facts.kind.word)
    try cursor.add(facts.level.word)
    try cursor.add(facts.currency.code)
    try cursor.add(facts.expected)
    try cursor.add(facts.actual)
    try cursor.add(Codec.text(facts.theirs))
    try cursor.add(Codec.text(facts.bank))
    try cursor.add(facts.ours?.text)
    try cursor.add(facts.order?.text)
    try cursor.add(Codec.text(facts.suggestions))
    try cursor.add(facts.mark)
    try cursor.add(record.openedAt.milliseconds)
    try cursor.add(facts.dueAt.milliseconds)
    try cursor.add(
      facts.expectedCurrency == facts.currency ? nil : facts.expectedCurrency.code)
    try bindChanging(record, &cursor)
    try insertion.run()
  }

  func update(_ record: DiscrepancyRecord) throws(SQLiteError) {
    var cursor = ParameterCursor(change)
    try bindChanging(record, &cursor)
    try cursor.add(record.id.text)
    try change.run()
  }

  private func bindChanging(
    _ record: DiscrepancyRecord, _ cursor: inout ParameterCursor
  ) throws(SQLiteError) {
    try cursor.add(record.state.rawValue)
    try cursor.add(record.resolution?.rawValue)
    try cursor.add(record.resolvedAt?.milliseconds)
    try cursor.add(record.resolvedBy)
    try cursor.add(Codec.text(record.adjudication))
    try cursor.add(record.adjudication?.until?.milliseconds)
    try cursor.add(record.escalatedAt?.milliseconds)
    try cursor.add(record.version)
  }

  static let columns = """
    id, run, statement, gateway, kind, level, currency, expected, actual, theirs, bank, ours,
    order_id, suggestions, mark, opened_at, due_at, expected_currency, state, resolution,
    resolved_at, resolved_by, adjudication, escalated_at, version
    """

  static func read(_ statement: Statement) throws(SQLiteError) -> DiscrepancyRecord {
    var cursor = ColumnCursor(statement)
    let id = try cursor.identifier(DiscrepancyNumber.self, "discrepancies")
    let place = "discrepancy \(id)"
    let run = try cursor.identifier(RunKind.self, place)
    let of = try cursor.identifier(StatementKind.self, place)
    let gateway = try cursor.string()
    guard let kind = DiscrepancyKind(word: try cursor.string()),
      let level = HandlingLevel(word: try cursor.string()),
      let currency = Currency(code: try cursor.string())
    else { throw .damagedRow(place) }
    let (expected, actual) = (try cursor.int64(), try cursor.int64())
    let theirs = try Codec.row(try cursor.optionalString(), place)
    let bank = try Codec.row(try cursor.optionalString(), place)
    let ours = try cursor.optionalString().flatMap(LocalSubject.init(text:))
    let order = try cursor.optionalString().flatMap(OrderID.init(text:))
    let suggestions = try Codec.suggestions(try cursor.optionalString(), place)
    let mark = try cursor.string()
    let openedAt = Timestamp(milliseconds: try cursor.int64())
    let dueAt = Timestamp(milliseconds: try cursor.int64())
    let facts = DiscrepancyFacts(
      run: run, statement: of, gateway: gateway, kind: kind, level: level, expected: expected,
      actual: actual, currency: currency, expectedCurrency: try cursor.currency(place),
      theirs: theirs, bank: bank, ours: ours, order: order, suggestions: suggestions,
      dueAt: dueAt, mark: mark)
    let state = try cursor.word(DiscrepancyState.self, place)
    let resolution = try cursor.optionalString().flatMap(DiscrepancyResolution.init(rawValue:))
    let resolvedAt = try cursor.time()
    let resolvedBy = try cursor.optionalString()
    let adjudication = try Codec.adjudication(try cursor.optionalString(), place)
    let escalatedAt = try cursor.time()
    return DiscrepancyRecord(
      id: id, facts: facts, openedAt: openedAt, state: state, resolution: resolution,
      resolvedAt: resolvedAt, resolvedBy: resolvedBy, adjudication: adjudication,
      escalatedAt: escalatedAt, version: try cursor.int64())
  }
}

extension ColumnCursor {
  /// Nil where the column is.
  fileprivate mutating func currency(_ place: String) throws(SQLiteError) -> Currency? {
    guard let code = try optionalString() else { return nil }
    guard let currency = Currency(code: code) else { throw .damagedRow(place) }
    return currency
  }
}
