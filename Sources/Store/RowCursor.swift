import SQLite

/// Binds the parameters of a statement one after the other.
struct ParameterCursor {
  private let statement: Statement
  private var index = 0

  init(_ statement: Statement) { self.statement = statement }

  private mutating func next() -> Int {
    index += 1
    return index
  }

  mutating func add(_ value: Int64) throws(SQLiteError) { try statement.bind(value, at: next()) }
  mutating func add(_ value: Int64?) throws(SQLiteError) { try statement.bind(value, at: next()) }
  mutating func add(_ value: Bool) throws(SQLiteError) { try statement.bind(value, at: next()) }
  mutating func add(_ value: String) throws(SQLiteError) { try statement.bind(value, at: next()) }
  mutating func add(_ value: String?) throws(SQLiteError) { try statement.bind(value, at: next()) }
  mutating func add(_ value: [UInt8]) throws(SQLiteError) { try statement.bind(value, at: next()) }
  mutating func add(_ value: [UInt8]?) throws(SQLiteError) {
    if let value { try add(value) } else { try add(String?.none) }
  }
}

/// Reads the columns of a row one after the other.
struct ColumnCursor {
  private let statement: Statement
  private var index = -1

  init(_ statement: Statement, from first: Int = 0) {
    self.statement = statement
    index = first - 1
  }

  private mutating func next() -> Int {
    index += 1
    return index
  }

  mutating func int64() throws(SQLiteError) -> Int64 { try statement.int64(next()) }
  mutating func optionalInt64() throws(SQLiteError) -> Int64? {
    try statement.optionalInt64(next())
  }
  mutating func bool() throws(SQLiteError) -> Bool { try statement.bool(next()) }
  mutating func string() throws(SQLiteError) -> String { try statement.string(next()) }
  /// The bytes of a text, valid until the next step; null is an empty buffer.
  mutating func lentText() throws(SQLiteError) -> UnsafeRawBufferPointer {
    try statement.lentText(next())
  }
  mutating func optionalString() throws(SQLiteError) -> String? {
    try statement.optionalString(next())
  }
  mutating func blob() throws(SQLiteError) -> [UInt8] { try statement.blob(next()) }
  mutating func optionalBlob() throws(SQLiteError) -> [UInt8]? {
    try statement.optionalBlob(next())
  }
}
