import Domain
import SQLite

/// Rows of `cases` and `case_links`.
struct CaseTable {
  private let selection: Statement
  private let aboutSelection: Statement
  private let dueSelection: Statement
  private let nextSelection: Statement
  private let replacement: Statement
  private let linkInsertion: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare("SELECT record FROM cases WHERE id=?")
    aboutSelection = try connection.prepare(
      """
      SELECT record FROM cases
      WHERE id IN (SELECT case_id FROM case_links WHERE subject=?)
        AND state NOT IN ('resolved','closed')
      ORDER BY id
      """)
    dueSelection = try connection.prepare(
      "SELECT record FROM cases WHERE remind_at<=? ORDER BY remind_at LIMIT ?")
    nextSelection = try connection.prepare("SELECT min(remind_at) FROM cases")
    let unused = selection
    func writing(_ sql: String) throws(SQLiteError) -> Statement {
      canWrite ? try connection.prepare(sql) : unused
    }
    replacement = try writing(
      """
      INSERT INTO cases(id, kind, severity, opened_at, state, owner, cause, resolved_at,
        remind_at, is_escalated, record)
      VALUES (?,?,?,?,?,?,?,?,?,?,?)
      ON CONFLICT(id) DO UPDATE SET state=excluded.state, owner=excluded.owner,
        cause=excluded.cause, resolved_at=excluded.resolved_at, remind_at=excluded.remind_at,
        is_escalated=excluded.is_escalated, record=excluded.record
      """)
    linkInsertion = try writing(
      "INSERT OR IGNORE INTO case_links(subject, case_id) VALUES (?,?)")
  }

  func record(_ id: CaseID) throws(StoreError) -> CaseRecord? {
    try all(selection) { statement throws(SQLiteError) in try statement.bind(id.text, at: 1) }.first
  }

  /// Cases about something that somebody still has to do something for.
  func live(about link: CaseLink) throws(StoreError) -> [CaseRecord] {
    try all(aboutSelection) { statement throws(SQLiteError) in
      try statement.bind(link.text, at: 1)
    }
  }

  /// Cases for which nobody has done anything by a moment.
  func due(at now: Timestamp, limit: Int64) throws(StoreError) -> [CaseRecord] {
    try all(dueSelection) { statement throws(SQLiteError) in
      try statement.bind(now.milliseconds, at: 1)
      try statement.bind(limit, at: 2)
    }
  }

  private func all(
    _ statement: Statement, _ bind: (Statement) throws(SQLiteError) -> Void
  ) throws(StoreError) -> [CaseRecord] {
    defer { statement.reset() }
    try database { () throws(SQLiteError) in try bind(statement) }
    var records: [CaseRecord] = []
    while let text = try database({ () throws(SQLiteError) in
      try statement.step() ? try statement.string(0) : nil
    }) {
      records.append(try CaseText.record(text))
    }
    return records
  }

  /// When somebody is to be reminded next; our wall clock.
  func nextDue() throws(SQLiteError) -> Timestamp? {
    defer { nextSelection.reset() }
    guard try nextSelection.step() else { return nil }
    return try nextSelection.optionalInt64(0).map(Timestamp.init(milliseconds:))
  }

  func save(_ record: CaseRecord) throws(SQLiteError) {
    let isReminding = record.state.isLive && record.escalatedAt == nil
    var cursor = ParameterCursor(replacement)
    try cursor.add(record.id.text)
    try cursor.add(record.kind.rawValue)
    try cursor.add(record.severity.rawValue)
    try cursor.add(record.openedAt.milliseconds)
    try cursor.add(record.state.rawValue)
    try cursor.add(record.owner)
    try cursor.add(record.cause?.rawValue)
    try cursor.add(record.resolvedAt?.milliseconds)
    try cursor.add(isReminding ? record.dueAt?.milliseconds : nil)
    try cursor.add(record.escalatedAt == nil ? 0 : 1)
    try cursor.add(CaseText.text(record))
    try replacement.run()
    for link in record.links {
      try linkInsertion.bind(link.text, at: 1)
      try linkInsertion.bind(record.id.text, at: 2)
      try linkInsertion.run()
    }
  }
}
