import CSQLite

/// The open file behind a connection and all its statements; the last of them to go closes it.
final class DatabaseHandle {
  /// Nil after `close`. Every use goes through `open()`.
  private(set) var pointer: OpaquePointer?
  /// The first fault after which the file's state is unknown; nothing is begun or committed then.
  private(set) var finalFault: SQLiteError?
  /// Whether such a fault is final here: it is for the writer alone.
  var isWriter = false
  var faultPlan: FaultPlan?
  /// Pages in the write-ahead log after the last commit of this connection.
  private(set) var logPages = 0
  /// Pages of the log the last checkpoint had seen; 0 once the log starts over.
  private(set) var logPagesAtCheckpoint = 0

  init(path: String, flags: Int32) throws(SQLiteError) {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    pointer = opened
    guard code == SQLITE_OK else {
      // A failed open still returns a handle, which holds the sentence.
      let message =
        opened.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
      sqlite3_close_v2(opened)
      pointer = nil
      throw SQLiteError(extendedCode: code, message: message)
    }
  }

  deinit {
    sqlite3_close_v2(pointer)
  }

  func open() throws(SQLiteError) -> OpaquePointer {
    guard let pointer else { throw .misuse("the connection is closed") }
    return pointer
  }

  /// Closes now. A statement that is not finalized makes this a fault `.busy` and changes nothing.
  func close() throws(SQLiteError) {
    guard let pointer else { return }
    let code = sqlite3_close(pointer)
    guard code == SQLITE_OK else { throw fault(code) }
    self.pointer = nil
  }

  /// A commit left this many pages in the log. Fewer than before: the log has started over.
  func logGrew(to pages: Int) {
    if pages < logPages { logPagesAtCheckpoint = 0 }
    logPages = pages
  }

  func checkpointed(logPages pages: Int) {
    logPages = pages
    logPagesAtCheckpoint = pages
  }

  /// The fault behind `code`, with the sentence SQLite keeps until the next call.
  ///
  /// - Parameter wroteNothing: the statement reads or begins, so nothing of it can be on disk.
  func fault(_ code: Int32, sql: String = "", wroteNothing: Bool = false) -> SQLiteError {
    guard let pointer else { return .misuse("the connection is closed", sql: sql) }
    // The sentence belongs to the latest failed call; if that was another one, take the code's.
    let isLatest = sqlite3_extended_errcode(pointer) == code
    let sentence = isLatest ? sqlite3_errmsg(pointer) : sqlite3_errstr(code)
    let isFull = wroteNothing && isFullIndex(code, pointer)
    return remembered(
      SQLiteError(
        extendedCode: code, message: sentence.map { String(cString: $0) } ?? "", sql: sql,
        classification: isFull ? .diskFull : nil))
  }

  /// A full disk under the index of the log (the -shm file) is reported as an I/O error, although
  /// that file holds nothing durable. Seen with 3.40.1. A commit that fails so stays final: its
  /// pages are in the log already, and a crash would bring back what was reported as failed.
  private func isFullIndex(_ code: Int32, _ database: OpaquePointer) -> Bool {
    let (indexSizeFault, noSpace, overQuota): (Int32, Int32, Int32) = (4874, 28, 122)
    let cause = sqlite3_system_errno(database)
    return code == indexSizeFault && (cause == noSpace || cause == overQuota)
  }

  /// Refuses with the first final fault, if there was one.
  func checkUsable() throws(SQLiteError) {
    if let finalFault { throw finalFault }
  }

  private func remembered(_ fault: SQLiteError) -> SQLiteError {
    if isWriter, fault.isFinalForWriter, finalFault == nil { finalFault = fault }
    return fault
  }

  /// As `fault`, but "SQL logic error" from preparing means that our own text is wrong.
  func prepareFault(_ code: Int32, sql: String) -> SQLiteError {
    let fault = fault(code, sql: sql)
    guard code & 0xff == SQLITE_ERROR else { return fault }
    return SQLiteError(
      extendedCode: code, message: fault.message, sql: sql, classification: .misuse)
  }

  func trip(_ point: FaultPlan.Point, sql: String = "") throws(SQLiteError) {
    guard faultPlan != nil else { return }
    guard let fault = faultPlan?.fault, faultPlan?.trips(at: point) == true else { return }
    throw remembered(
      SQLiteError(
        extendedCode: fault.rawValue, message: "planned fault: \(fault) at \(point)", sql: sql))
  }
}
