package import Domain
import SQLite

/// A hook that has to hear of an event.
package struct OutboxRow: Hashable, Sendable {
  package enum State: String, Sendable, CaseIterable {
    case ready
    case done
    /// Given up after the whole schedule; a person can send it again.
    case dead
  }

  package var id: HookDeliveryID
  package var hook: String
  package var sequence: Int64
  package var state: State
  package var tries: Int64
  package var nextAt: Timestamp?
  package var createdAt: Timestamp
  package var endedAt: Timestamp?
  package var lastError: String?

  package init(id: HookDeliveryID, hook: String, sequence: Int64, createdAt: Timestamp) {
    self.id = id
    self.hook = hook
    self.sequence = sequence
    state = .ready
    tries = 0
    nextAt = createdAt
    self.createdAt = createdAt
  }
}

/// Rows of `outbox`.
struct OutboxTable {
  private let replacement: Statement
  private let selection: Statement
  private let dueSelection: Statement
  private let nextSelection: Statement
  private let releasing: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare("SELECT \(OutboxTable.columns) FROM outbox WHERE id=?")
    dueSelection = try connection.prepare(
      "SELECT \(OutboxTable.columns) FROM outbox WHERE next_at<=? ORDER BY next_at, id LIMIT ?")
    nextSelection = try connection.prepare(
      "SELECT next_at FROM outbox WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1")
    releasing = !canWrite
      ? selection
      : try connection.prepare("UPDATE outbox SET next_at=?1 WHERE next_at>?1")
    replacement = !canWrite
      ? selection
      : try connection.prepare(
        """
        INSERT OR REPLACE INTO outbox(id, hook, seq, state, tries, next_at, created_at, ended_at,
          last_error)
        VALUES (?,?,?,?,?,?,?,?,?)
        """)
  }

  func save(_ row: OutboxRow) throws(SQLiteError) {
    var cursor = ParameterCursor(replacement)
    try cursor.add(row.id.text)
    try cursor.add(row.hook)
    try cursor.add(row.sequence)
    try cursor.add(row.state.rawValue)
    try cursor.add(row.tries)
    try cursor.add(row.nextAt?.milliseconds)
    try cursor.add(row.createdAt.milliseconds)
    try cursor.add(row.endedAt?.milliseconds)
    try cursor.add(row.lastError)
    try replacement.run()
  }

  func release(at now: Timestamp) throws(SQLiteError) {
    try releasing.bind(now.milliseconds, at: 1)
    try releasing.run()
  }

  func row(_ id: HookDeliveryID) throws(SQLiteError) -> OutboxRow? {
    try selection.bind(id.text, at: 1)
    defer { selection.reset() }
    return try selection.step() ? try OutboxTable.read(selection) : nil
  }

  func due(at now: Timestamp, limit: Int) throws(SQLiteError) -> [OutboxRow] {
    try dueSelection.bind(now.milliseconds, at: 1)
    try dueSelection.bind(limit, at: 2)
    var rows: [OutboxRow] = []
    defer { dueSelection.reset() }
    while try dueSelection.step() { rows.append(try OutboxTable.read(dueSelection)) }
    return rows
  }

  func nextAt() throws(SQLiteError) -> Timestamp? {
    defer { nextSelection.reset() }
    let next = try nextSelection.step() ? try nextSelection.int64(0) : nil
    return next.map(Timestamp.init(milliseconds:))
  }

  static let columns = "id, hook, seq, state, tries, next_at, created_at, ended_at, last_error"

  static func read(_ statement: Statement) throws(SQLiteError) -> OutboxRow {
    var cursor = ColumnCursor(statement)
    let id = try cursor.identifier(HookDeliveryKind.self, "outbox")
    var row = OutboxRow(
      id: id, hook: try cursor.string(), sequence: try cursor.int64(),
      createdAt: Timestamp(milliseconds: 0))
    row.state = try cursor.word(OutboxRow.State.self, "outbox \(id)")
    row.tries = try cursor.int64()
    row.nextAt = try cursor.time()
    row.createdAt = Timestamp(milliseconds: try cursor.int64())
    row.endedAt = try cursor.time()
    row.lastError = try cursor.optionalString()
    return row
  }
}
