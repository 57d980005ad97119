import Domain
import Gateways
import SQLite

/// The sandbox's file: rows in, rows out. Decides nothing.
///
/// Not Sendable: `SandboxBank` keeps it behind its lock.
final class SandboxBooks {
  enum Value {
    case integer(Int64?)
    case text(String?)
    case blob([UInt8])
  }

  let connection: Connection
  private var prepared: [String: Statement] = [:]

  /// - Parameter path: absolute; a daemon creates the file first, empty, with mode 0600.
  init(path: String) throws(SQLiteError) {
    connection = try Connection(
      path: path, role: .writer, tuning: .init(cacheKibibytes: 4_096, checkpointPages: 1_024))
    try SandboxSchema.migrator.migrate(connection)
  }

  /// All of the body's writes or none of them; on the disk when it returns.
  func transaction<Result>(
    _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    try connection.begin()
    do throws(SQLiteError) {
      let result = try body()
      try connection.commit()
      return result
    } catch {
      // The first fault is the one that matters; a failed rollback leaves nothing committed.
      try? connection.rollback()
      throw error
    }
  }

  func run(_ sql: String, _ values: [Value]) throws(SQLiteError) {
    let statement = try bound(sql, values)
    do throws(SQLiteError) {
      try statement.run()
    } catch {
      statement.reset()
      throw error
    }
  }

  func rows<Row>(
    _ sql: String, _ values: [Value], _ read: (Statement) throws(SQLiteError) -> Row
  ) throws(SQLiteError) -> [Row] {
    let statement = try bound(sql, values)
    defer { statement.reset() }
    var rows: [Row] = []
    while try statement.step() { rows.append(try read(statement)) }
    return rows
  }

  /// Closes the file; nothing else may be asked afterwards.
  func close() throws(SQLiteError) {
    for statement in prepared.values { statement.finalize() }
    prepared = [:]
    try connection.close()
  }

  private func bound(_ sql: String, _ values: [Value]) throws(SQLiteError) -> Statement {
    let statement: Statement
    if let kept = prepared[sql] {
      statement = kept
    } else {
      statement = try connection.prepare(sql)
      prepared[sql] = statement
    }
    for (index, value) in values.enumerated() {
      switch value {
      case .integer(let integer): try statement.bind(integer, at: index + 1)
      case .text(let text): try statement.bind(text, at: index + 1)
      case .blob(let bytes): try statement.bind(bytes, at: index + 1)
      }
    }
    return statement
  }

  /// Something in a row is not what this program writes.
  static func corrupt(_ what: String) -> SQLiteError {
    SQLiteError(extendedCode: 11, message: "the sandbox's books hold \(what)")
  }

  static func money(
    _ statement: Statement, _ currencyColumn: Int, _ minorColumn: Int
  ) throws(SQLiteError) -> Money? {
    guard let code = try statement.optionalString(currencyColumn),
      let minor = try statement.optionalInt64(minorColumn)
    else { return nil }
    guard let currency = Currency(code: code) else { throw corrupt("an unknown currency") }
    return Money(minor, currency)
  }

  static func moment(_ statement: Statement, _ column: Int) throws(SQLiteError) -> Timestamp? {
    try statement.optionalInt64(column).map { Timestamp(milliseconds: $0) }
  }
}
