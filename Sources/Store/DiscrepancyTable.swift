import Domain
import SQLite

/// Rows of `discrepancies`.
struct DiscrepancyTable {
  private let selection: Statement
  private let markSelection: Statement
  private let openSelection: Statement
  private let openCount: Statement
  private let ofRunCount: Statement
  private let ofRunSelection: Statement
  private let overdueSelection: Statement
  private let waitingSelection: Statement
  private let nextSelection: Statement
  private let decidableSelection: Statement
  private let deskSelection: Statement
  private let refutableSelection: Statement
  private let insertion: Statement
  private let change: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare(
      "SELECT \(DiscrepancyTable.columns) FROM discrepancies WHERE id=?")
    markSelection = try connection.prepare(
      """
      SELECT \(DiscrepancyTable.columns) FROM discrepancies
      WHERE gateway=?1 AND (mark=?2 OR mark>=?3 AND mark<?4) ORDER BY key
      """)
    openSelection = try connection.prepare(
      """
      SELECT \(DiscrepancyTable.columns), key FROM discrepancies
      WHERE gateway=? AND state<>'resolved' AND key>? ORDER BY key LIMIT ?
      """)
    openCount = try connection.prepare(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM discrepancies WHERE gateway=?1 AND state<>'resolved'
        UNION ALL
        SELECT 1 FROM discrepancies WHERE gateway=?1 AND \(Self.isRuled)
        UNION ALL
        SELECT 1 FROM discrepancies WHERE gateway=?1 AND \(Self.isMissed)
        UNION ALL
        SELECT 1 FROM discrepancies WHERE \(Self.isAboutRows(of: "?3"))
        LIMIT ?2)
      """)
    ofRunCount = try connection.prepare(
      "SELECT kind, state, count(*) FROM discrepancies WHERE run=? GROUP BY kind, state")
    ofRunSelection = try connection.prepare(
      """
      SELECT \(DiscrepancyTable.columns), key FROM discrepancies
      WHERE run=? AND key>? ORDER BY key LIMIT ?
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
    deskSelection = try connection.prepare(
      "SELECT \(DiscrepancyTable.columns) FROM discrepancies WHERE order_id=? "
        + "AND kind='refund_missing_locally' AND resolution='adjudicated' ORDER BY key")
    refutableSelection = try connection.prepare(
      """
      SELECT \(DiscrepancyTable.columns), key FROM discrepancies WHERE key IN (
        SELECT key FROM discrepancies WHERE gateway=?1 AND \(Self.isRuled) AND key>?2
        UNION ALL
        SELECT key FROM discrepancies WHERE gateway=?1 AND \(Self.isMissed) AND key>?2
        UNION ALL
        SELECT key FROM discrepancies WHERE \(Self.isAboutRows(of: "?4")) AND key>?2)
      ORDER BY key LIMIT ?3
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

  /// Decided by a rule; and decided by people about what no statement had. Both have an index.
  private static let isRuled = "resolved_by>='rule:' AND resolved_by<'rule;'"
  private static let isMissed = """
    resolution='adjudicated' AND kind IN ('missing_at_gateway','refund_missing_at_gateway',
      'carry_over_aged_out')
    """

  /// Decided by people about rows of a statement and of those that it was issued in place of: a
  /// gateway may have so many that a run looks at its own alone.
  private static func isAboutRows(of statement: String) -> String {
    let kinds = DiscrepancyKind.allCases.filter(\.standsWithRow).map { "'\($0.word)'" }
    return """
    statement IN (
        WITH RECURSIVE chain(id) AS (
          VALUES(\(statement))
          UNION ALL
          SELECT s.id FROM statements s JOIN chain ON s.superseded_by=chain.id)
        SELECT id FROM chain)
      AND resolution='adjudicated' AND kind IN (\(kinds.joined(separator: ",")))
    """
  }

  func discrepancy(_ id: DiscrepancyID) throws(SQLiteError) -> DiscrepancyRecord? {
    try selection.bind(id.text, at: 1)
    defer { selection.reset() }
    return try selection.step() ? try DiscrepancyTable.read(selection) : nil
  }

  /// Refunds of an order that were made at the gateway's own desk and that people decided about.
  func decidedDeskRefunds(of order: OrderID) throws(SQLiteError) -> [DiscrepancyRecord] {
    try deskSelection.bind(order.text, at: 1)
    defer { deskSelection.reset() }
    var records: [DiscrepancyRecord] = []
    while try deskSelection.step() { records.append(try DiscrepancyTable.read(deskSelection)) }
    return records
  }

  /// The same difference, as earlier runs have told of it, oldest first.
  func discrepancies(gateway: String, mark: String) throws(SQLiteError) -> [DiscrepancyRecord] {
    let later = DiscrepancyHistory.marks(goingOnFrom: mark)
    try markSelection.bind(gateway, at: 1)
    try markSelection.bind(mark, at: 2)
    try markSelection.bind(later.from, at: 3)
    try markSelection.bind(later.to, at: 4)
    defer { markSelection.reset() }
    var records: [DiscrepancyRecord] = []
    while try markSelection.step() { records.append(try DiscrepancyTable.read(markSelection)) }
    return records
  }

  /// What is still open at a gateway, behind a key, with the keys.
  func open(
    gateway: String, after key: Int64, limit: Int
  ) throws(SQLiteError) -> [(key: Int64, record: DiscrepancyRecord)] {
    try page(openSelection, gateway, key, limit)
  }

  private func page(
    _ selection: Statement, _ owner: String, _ key: Int64, _ limit: Int,
    _ statement: StatementID? = nil
  ) throws(SQLiteError) -> [(key: Int64, record: DiscrepancyRecord)] {
    try selection.bind(owner, at: 1)
    try selection.bind(key, at: 2)
    try selection.bind(limit, at: 3)
    if let statement { try selection.bind(statement.text, at: 4) }
    var records: [(key: Int64, record: DiscrepancyRecord)] = []
    defer { selection.reset() }
    while try selection.step() {
      records.append(
        (try selection.int64(Self.columnsCount), try DiscrepancyTable.read(selection)))
    }
    return records
  }

  /// Whether more than so many are open at a gateway or may be shown otherwise by a statement.
  func has(
    moreThan limit: Int, gateway: String, statement: StatementID
  ) throws(SQLiteError) -> Bool {
    try openCount.bind(gateway, at: 1)
    try openCount.bind(limit + 1, at: 2)
    try openCount.bind(statement.text, at: 3)
    defer { openCount.reset() }
    guard try openCount.step() else { return false }
    return try openCount.int64(0) > Int64(limit)
  }

  /// How many of a kind and state a run opened, in the order of the kinds.
  func counts(of run: RunID) throws(SQLiteError) -> [DiscrepancyCount] {
    try ofRunCount.bind(run.text, at: 1)
    defer { ofRunCount.reset() }
    var counts: [DiscrepancyCount] = []
    while try ofRunCount.step() {
      guard let kind = DiscrepancyKind(word: try ofRunCount.string(0)),
        let state = DiscrepancyState(rawValue: try ofRunCount.string(1))
      else { throw .damagedRow("discrepancies of \(run)") }
      counts.append(DiscrepancyCount(kind: kind, state: state, count: try ofRunCount.int64(2)))
    }
    return counts.sorted(by: DiscrepancyCount.isBefore)
  }

  /// What a run opened, likewise.
  func opened(
    by run: RunID, after key: Int64, limit: Int
  ) throws(SQLiteError) -> [(key: Int64, record: DiscrepancyRecord)] {
    try page(ofRunSelection, run.text, key, limit)
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

  /// What was decided and a statement may show otherwise: by rules, and by people about what was
  /// missing or stood in its rows. Oldest first, behind a key.
  func refutable(
    gateway: String, by statement: StatementID, after key: Int64, limit: Int
  ) throws(SQLiteError) -> [(key: Int64, record: DiscrepancyRecord)] {
    try page(refutableSelection, gateway, key, limit, statement)
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

  /// How many columns `columns` names.
  static let columnsCount = 25

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
