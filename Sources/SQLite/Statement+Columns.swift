import CSQLite

/// Reading the current row; columns are numbered from 0.
///
/// Every reader checks the stored type first and throws `.wrongType` if it is another one (SQLite
/// itself would convert, and turn a null amount into 0). Without a row everything is null.
extension Statement {
  /// The stored type; null where there is no row or no such column.
  package func type(_ column: Int) -> StorageType {
    guard hasRow, column >= 0, column < columnsCount else { return .null }
    return StorageType(code: sqlite3_column_type(pointer, Int32(truncatingIfNeeded: column)))
  }

  /// Whether the column is null, or there is no row or no such column.
  package func isNull(_ column: Int) -> Bool { type(column) == .null }

  /// An INTEGER.
  package func int64(_ column: Int) throws(SQLiteError) -> Int64 {
    try expect(.integer, at: column)
    return sqlite3_column_int64(pointer, Int32(truncatingIfNeeded: column))
  }

  /// An INTEGER; as wide as `int64` on the machines this runs on.
  package func int(_ column: Int) throws(SQLiteError) -> Int {
    Int(try int64(column))
  }

  /// True for 1, false for 0; any other number is a fault `.wrongType`.
  package func bool(_ column: Int) throws(SQLiteError) -> Bool {
    switch try int64(column) {
    case 0: return false
    case 1: return true
    default: throw wrongType(wanted: .integer, at: column, message: "neither 0 nor 1")
    }
  }

  /// A TEXT. Throws `.malformedText` if the bytes are not UTF-8.
  package func string(_ column: Int) throws(SQLiteError) -> String {
    try expect(.text, at: column)
    let bytes = rawBytes(column)
    // ASCII cannot be malformed, and is made without the generic way through the validation.
    if !bytes.contains(where: { $0 >= 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    guard let value = String(validating: bytes, as: UTF8.self) else {
      throw SQLiteError(
        extendedCode: SQLITE_MISMATCH, message: "column \(column) is not UTF-8", sql: sql,
        classification: .malformedText(column: column))
    }
    return value
  }

  /// A BLOB, copied.
  package func blob(_ column: Int) throws(SQLiteError) -> [UInt8] {
    try expect(.blob, at: column)
    return Array(rawBytes(column))
  }

  /// Lends the bytes of a TEXT or BLOB column without a copy; null is an empty buffer.
  ///
  /// The bytes are valid only inside `body`, which must not use the statement.
  package func withBytes<Result>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) throws(SQLiteError) -> Result {
    switch type(column) {
    case .text, .blob: return body(rawBytes(column))
    case .null:
      // Without a row there is nothing to lend, and that is not the same as a stored null.
      guard hasRow, column >= 0, column < columnsCount else {
        throw wrongType(wanted: .blob, at: column)
      }
      return body(UnsafeRawBufferPointer(start: nil, count: 0))
    case .integer, .real: throw wrongType(wanted: .blob, at: column)
    }
  }

  /// Lends the bytes of a TEXT column; null is an empty buffer.
  ///
  /// They are valid until the statement is stepped or reset. Whether they are UTF-8 is not looked
  /// at.
  package func lentText(_ column: Int) throws(SQLiteError) -> UnsafeRawBufferPointer {
    switch type(column) {
    case .text: return rawBytes(column)
    case .null where hasRow && column >= 0 && column < columnsCount:
      return UnsafeRawBufferPointer(start: nil, count: 0)
    default: throw wrongType(wanted: .text, at: column)
    }
  }

  /// An INTEGER, or nil for a stored null.
  package func optionalInt64(_ column: Int) throws(SQLiteError) -> Int64? {
    try isStoredNull(column) ? nil : try int64(column)
  }

  /// An INTEGER, or nil for a stored null.
  package func optionalInt(_ column: Int) throws(SQLiteError) -> Int? {
    try isStoredNull(column) ? nil : try int(column)
  }

  /// 1 or 0, or nil for a stored null.
  package func optionalBool(_ column: Int) throws(SQLiteError) -> Bool? {
    try isStoredNull(column) ? nil : try bool(column)
  }

  /// A TEXT, or nil for a stored null.
  package func optionalString(_ column: Int) throws(SQLiteError) -> String? {
    try isStoredNull(column) ? nil : try string(column)
  }

  /// A BLOB, or nil for a stored null.
  package func optionalBlob(_ column: Int) throws(SQLiteError) -> [UInt8]? {
    try isStoredNull(column) ? nil : try blob(column)
  }

  /// Throws `.wrongType` unless the column holds a value of this type.
  package func expect(_ wanted: StorageType, at column: Int) throws(SQLiteError) {
    guard type(column) == wanted else { throw wrongType(wanted: wanted, at: column) }
  }

  /// The name of a column as the statement gives it.
  package func columnName(_ column: Int) -> String {
    guard column >= 0, column < columnsCount,
      let name = sqlite3_column_name(pointer, Int32(truncatingIfNeeded: column))
    else { return "" }
    return String(cString: name)
  }

  private func isStoredNull(_ column: Int) throws(SQLiteError) -> Bool {
    guard hasRow, column >= 0, column < columnsCount else {
      throw wrongType(wanted: .null, at: column, message: "there is no row or no such column")
    }
    return isNull(column)
  }

  // As a blob, because text asked for as text may be copied to end it with a NUL byte.
  private func rawBytes(_ column: Int) -> UnsafeRawBufferPointer {
    let number = Int32(truncatingIfNeeded: column)
    let start = sqlite3_column_blob(pointer, number)
    return UnsafeRawBufferPointer(
      start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(pointer, number)))
  }

  private func wrongType(
    wanted: StorageType, at column: Int, message: String? = nil
  ) -> SQLiteError {
    let found = type(column)
    return SQLiteError(
      extendedCode: SQLITE_MISMATCH,
      message: message ?? "column \(column) holds \(found), not \(wanted)", sql: sql,
      classification: .wrongType(column: column, wanted: wanted, found: found))
  }
}
