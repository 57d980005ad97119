import CSQLite

/// One prepared statement, kept for reuse.
///
/// Life of an execution: bind every parameter, step until false (or `run`), `reset`. Every
/// parameter must be bound anew for each execution: a value left over from the row before would be
/// somebody else's money. Order mistakes (binding a running statement, stepping a finished one, a
/// parameter missing) are faults `.misuse`, and SQLite does not see them.
///
/// Not Sendable: it belongs to the owner of its connection.
package final class Statement {
  private enum State { case ready, row, done, finalized }

  let handle: DatabaseHandle
  let pointer: OpaquePointer
  private var state = State.ready
  private let required: UInt128
  private var bound: UInt128 = 0
  let storage: BindingStorage

  /// Parameters of the statement; they are numbered from 1, as in its text.
  package let parametersCount: Int
  /// Columns of a row; they are numbered from 0. 0 for a statement that returns nothing.
  package let columnsCount: Int

  convenience init(
    handle: DatabaseHandle, sql: String, isPersistent: Bool
  ) throws(SQLiteError) {
    var (prepared, rest) = (OpaquePointer?.none, 0)
    let code = try Statement.prepare(
      sql[...], handle: handle, isPersistent: isPersistent, statement: &prepared, rest: &rest)
    guard code == SQLITE_OK else { throw handle.prepareFault(code, sql: sql) }
    guard let prepared else { throw .misuse("the text holds no statement", sql: sql) }
    guard rest == 0 else {
      sqlite3_finalize(prepared)
      throw .misuse("the text holds more than one statement", sql: sql)
    }
    self.init(handle: handle, prepared: prepared)
  }

  /// Takes over a prepared statement.
  init(handle: DatabaseHandle, prepared: OpaquePointer) {
    self.handle = handle
    pointer = prepared
    parametersCount = Int(sqlite3_bind_parameter_count(prepared))
    columnsCount = Int(sqlite3_column_count(prepared))
    precondition(
      parametersCount <= SQLiteLimit.parametersMax, "the parameter limit is set on the connection")
    required = parametersCount == 128 ? .max : (1 << UInt128(parametersCount)) - 1
    storage = BindingStorage(parametersCount: parametersCount)
  }

  deinit {
    if state != .finalized { sqlite3_finalize(pointer) }
  }

  /// The statement's text, parameters as written.
  package var sql: String {
    guard state != .finalized, let text = sqlite3_sql(pointer) else { return "" }
    return String(cString: text)
  }

  /// Takes one step; true if there is a row to read, false at the end.
  ///
  /// A fault resets the statement, so it is ready to be bound again.
  package func step() throws(SQLiteError) -> Bool {
    if state != .row {
      try checkReady()
      // The text is only made when it is needed: this is the hot path.
      if handle.faultPlan != nil { try handle.trip(.step, sql: sql) }
    }
    return try stepUncounted()
  }

  /// Runs the statement to its end and resets it. Rows are skipped.
  package func run() throws(SQLiteError) {
    while try step() {}
    reset()
  }

  /// Ends an execution. Every parameter must be bound again before the next one.
  package func reset() {
    guard state != .finalized else { return }
    // The code repeats the fault of the last step, which step has thrown already.
    sqlite3_reset(pointer)
    state = .ready
    bound = 0
  }

  /// Sets every parameter to null in SQLite, which drops its copies of long values.
  package func clearBindings() throws(SQLiteError) {
    guard state == .ready else { throw .misuse("clear bindings after a reset", sql: sql) }
    sqlite3_clear_bindings(pointer)
    bound = 0
  }

  /// Frees the statement before its last reference goes; any later use is a fault `.misuse`.
  package func finalize() {
    guard state != .finalized else { return }
    sqlite3_finalize(pointer)
    state = .finalized
  }

  /// Runs transaction control, which fault plans count apart from steps.
  func runUncounted() throws(SQLiteError) {
    try checkReady()
    while try stepUncounted() {}
    reset()
  }

  /// Refuses a bind in the wrong state or at a number that does not exist.
  func willBind(at index: Int) throws(SQLiteError) {
    guard state == .ready else {
      let isGone = state == .finalized
      throw .misuse(
        isGone ? "the statement is finalized" : "bound while running: reset comes first", sql: sql)
    }
    guard index >= 1, index <= parametersCount else {
      throw .misuse("no parameter ?\(index): there are \(parametersCount)", sql: sql)
    }
  }

  func didBind(_ code: Int32, at index: Int) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw handle.fault(code, sql: sql) }
    bound |= 1 << UInt128(index - 1)
  }

  /// Whether there is a row whose columns may be read.
  var hasRow: Bool { state == .row }

  private func checkReady() throws(SQLiteError) {
    switch state {
    case .ready: break
    case .row: throw .misuse("run while a row is being read: reset comes first", sql: sql)
    case .done: throw .misuse("stepped past the end: reset comes first", sql: sql)
    case .finalized: throw .misuse("the statement is finalized")
    }
    guard bound == required else {
      let first = (~bound & required).trailingZeroBitCount + 1
      throw .misuse("parameter ?\(first) is not bound", sql: sql)
    }
  }

  private func stepUncounted() throws(SQLiteError) -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW:
      state = .row
      return true
    case SQLITE_DONE:
      state = .done
      return false
    case let code:
      let fault = handle.fault(code, sql: sql, wroteNothing: isReading)
      reset()
      throw fault
    }
  }

  /// Whether it reads or begins. SQLite calls COMMIT read-only too, but that has no columns.
  private var isReading: Bool {
    (sqlite3_stmt_readonly(pointer) != 0 && columnsCount > 0) || sql.hasPrefix("BEGIN")
  }
}

extension Statement {
  /// Prepares the first statement of `text`; `rest` becomes the bytes left after it, white space
  /// at the front not counted.
  static func prepare(
    _ text: Substring, handle: DatabaseHandle, isPersistent: Bool,
    statement: inout OpaquePointer?, rest: inout Int
  ) throws(SQLiteError) -> Int32 {
    let database = try handle.open()
    guard !text.utf8.contains(0) else {
      throw .misuse("SQL with a NUL byte, which would hide what follows it")
    }
    var text = String(text)
    let flags = isPersistent ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
    var (prepared, left) = (OpaquePointer?.none, 0)
    let code = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        var tail: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v3(
          database, characters.baseAddress, Int32(clamping: characters.count), flags, &prepared,
          &tail)
        if let tail, let start = characters.baseAddress {
          left = Statement.meaningfulBytes(characters[(tail - start)...])
        }
        return code
      }
    }
    (statement, rest) = (prepared, left)
    return code
  }

  private static func meaningfulBytes(_ bytes: Slice<UnsafeBufferPointer<CChar>>) -> Int {
    let blank: [CChar] = [0x20, 0x09, 0x0a, 0x0d, 0x3b]
    return bytes.drop { blank.contains($0) }.count
  }
}
