package import Crypto
package import Domain
import SQLite

/// What became of an idempotency key.
package struct KeyRow: Hashable, Sendable {
  package var principal: String
  package var key: String
  package var fingerprint: SHA256Digest
  package var method: String
  package var createdAt: Timestamp
  /// Place of the log just after the effect; the reply is made anew from the events up to here.
  package var sequence: Int64
  package var state: State
  /// What the reply needs beside the events, as JSON. While the command runs: what it is about.
  package var reply: String?

  package enum State: String, Sendable, CaseIterable {
    case running
    case done
  }

  package init(
    principal: String, key: String, fingerprint: SHA256Digest, method: String,
    createdAt: Timestamp, sequence: Int64, state: State, reply: String?
  ) {
    self.principal = principal
    self.key = key
    self.fingerprint = fingerprint
    self.method = method
    self.createdAt = createdAt
    self.sequence = sequence
    self.state = state
    self.reply = reply
  }
}

/// Rows of `keys`.
struct KeyTable {
  private let replacement: Statement
  private let selection: Statement
  private let runningSelection: Statement
  private let deletion: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    let columns = "principal, key, fingerprint, method, created_at, seq, state, reply"
    selection = try connection.prepare(
      "SELECT \(columns) FROM keys WHERE principal=? AND key=?")
    runningSelection = try connection.prepare(
      "SELECT \(columns) FROM keys WHERE state='running' ORDER BY created_at")
    deletion =
      !canWrite
      ? selection : try connection.prepare("DELETE FROM keys WHERE principal=? AND key=?")
    replacement =
      !canWrite
      ? selection
      : try connection.prepare(
        """
        INSERT OR REPLACE INTO keys(
          principal, key, fingerprint, method, created_at, seq, state, reply)
        VALUES (?,?,?,?,?,?,?,?)
        """)
  }

  func save(_ row: KeyRow) throws(SQLiteError) {
    var cursor = ParameterCursor(replacement)
    try cursor.add(row.principal)
    try cursor.add(row.key)
    try cursor.add(row.fingerprint.bytes)
    try cursor.add(row.method)
    try cursor.add(row.createdAt.milliseconds)
    try cursor.add(row.sequence)
    try cursor.add(row.state.rawValue)
    try cursor.add(row.reply)
    try replacement.run()
  }

  func delete(principal: String, key: String) throws(SQLiteError) {
    try deletion.bind(principal, at: 1)
    try deletion.bind(key, at: 2)
    try deletion.run()
  }

  func row(principal: String, key: String) throws(SQLiteError) -> KeyRow? {
    try selection.bind(principal, at: 1)
    try selection.bind(key, at: 2)
    defer { selection.reset() }
    return try selection.step() ? try KeyTable.read(selection) : nil
  }

  /// Keys whose command has no outcome yet.
  func running() throws(SQLiteError) -> [KeyRow] {
    var rows: [KeyRow] = []
    defer { runningSelection.reset() }
    while try runningSelection.step() { rows.append(try KeyTable.read(runningSelection)) }
    return rows
  }

  private static func read(_ statement: Statement) throws(SQLiteError) -> KeyRow {
    var cursor = ColumnCursor(statement)
    let owner = try cursor.string()
    let text = try cursor.string()
    guard let fingerprint = SHA256Digest(bytes: try cursor.blob()) else {
      throw .damagedRow("keys \(text)")
    }
    return KeyRow(
      principal: owner, key: text, fingerprint: fingerprint, method: try cursor.string(),
      createdAt: Timestamp(milliseconds: try cursor.int64()), sequence: try cursor.int64(),
      state: try cursor.word(KeyRow.State.self, "keys \(text)"), reply: try cursor.optionalString())
  }
}
