import CSQLite

/// What a checkpoint did, in pages of the write-ahead log.
package struct Checkpoint: Sendable, Equatable {
  /// Pages in the log.
  package let logPages: Int
  /// Pages of them now also in the database file.
  package let movedPages: Int
  /// A reader or writer was in the way; the rest moves next time.
  package let isBlocked: Bool
}

extension Connection {
  /// Moves the write-ahead log into the database file, as far as readers allow.
  ///
  /// - Parameter truncate: also empty the log file, which needs that nobody reads from it.
  /// - Parameter waitMilliseconds: how long truncating may wait for readers.
  /// - Throws: `.misuse` unless this is the writer, or inside a transaction.
  @discardableResult
  package func checkpoint(
    truncate: Bool = false, waitMilliseconds: Int = 0
  ) throws(SQLiteError) -> Checkpoint {
    guard role == .writer else { throw .misuse("only the writer checkpoints") }
    guard !inTransaction else { throw .misuse("a checkpoint inside a transaction") }
    return try checkpoint(
      mode: truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
      waitMilliseconds: waitMilliseconds)
  }

  /// Checkpoints if the log has grown by `Tuning.checkpointPages` since the last time; otherwise
  /// nil. `begin` calls it; an idle owner may call it too, to keep the work out of the next one.
  @discardableResult
  package func checkpointIfDue() throws(SQLiteError) -> Checkpoint? {
    guard role == .writer, !inTransaction,
      handle.logPages - handle.logPagesAtCheckpoint >= tuning.checkpointPages
    else { return nil }
    // Readers that never pause keep the log from starting over. Once a checkpoint has not led to a
    // new start, the next one waits for those that read from the log; new ones no longer need it.
    if handle.logPagesAtCheckpoint > 0 {
      return try checkpoint(
        mode: SQLITE_CHECKPOINT_RESTART,
        waitMilliseconds: SQLiteLimit.checkpointWaitMilliseconds)
    }
    return try checkpoint(mode: SQLITE_CHECKPOINT_PASSIVE, waitMilliseconds: 0)
  }

  private func checkpoint(
    mode: Int32, waitMilliseconds: Int
  ) throws(SQLiteError) -> Checkpoint {
    let database = try handle.open()
    // Not with the busy timeout of a statement: the writer's queue must not stand still that long.
    sqlite3_busy_timeout(database, Int32(clamping: waitMilliseconds))
    defer { sqlite3_busy_timeout(database, Int32(clamping: tuning.busyTimeoutMilliseconds)) }
    var (logPages, movedPages): (Int32, Int32) = (0, 0)
    let code = sqlite3_wal_checkpoint_v2(database, nil, mode, &logPages, &movedPages)
    guard code == SQLITE_OK || code & 0xff == SQLITE_BUSY else { throw handle.fault(code) }
    handle.checkpointed(logPages: max(0, Int(logPages)))
    return Checkpoint(
      logPages: max(0, Int(logPages)), movedPages: max(0, Int(movedPages)),
      isBlocked: code != SQLITE_OK || movedPages < logPages)
  }

  /// Pages of the database, the free ones included.
  package func totalPages() throws(SQLiteError) -> Int { try number("PRAGMA page_count") }

  /// Unused pages inside the file.
  package func freePages() throws(SQLiteError) -> Int { try number("PRAGMA freelist_count") }

  /// Bytes of a page.
  package func pageBytes() throws(SQLiteError) -> Int { try number("PRAGMA page_size") }

  /// The schema's number; 0 in a new file.
  package func userVersion() throws(SQLiteError) -> Int32 {
    Int32(truncatingIfNeeded: try number("PRAGMA user_version"))
  }

  /// Sets the schema's number, as part of the open transaction if there is one.
  package func setUserVersion(_ version: Int32) throws(SQLiteError) {
    try execute("PRAGMA user_version = \(version)")
  }

  /// Whose file this is; 0 in a new file.
  package func applicationID() throws(SQLiteError) -> Int32 {
    Int32(truncatingIfNeeded: try number("PRAGMA application_id"))
  }

  /// Sets whose file this is, as part of the open transaction if there is one.
  package func setApplicationID(_ id: Int32) throws(SQLiteError) {
    try execute("PRAGMA application_id = \(id)")
  }

  /// Every damage found in the file, at most 100 or so; empty if it is sound. Reads the whole file.
  package func integrityCheck() throws(SQLiteError) -> [String] {
    try damages("PRAGMA integrity_check")
  }

  /// As `integrityCheck` without comparing indexes to tables, which takes most of its time.
  package func quickCheck() throws(SQLiteError) -> [String] {
    try damages("PRAGMA quick_check")
  }

  /// Rows that refer to nothing, each as "table, rowid, parent"; empty if there are none.
  package func foreignKeyCheck() throws(SQLiteError) -> [String] {
    let statement = try Statement(
      handle: handle, sql: "PRAGMA foreign_key_check", isPersistent: false)
    var found: [String] = []
    while try statement.step() {
      let row = try statement.optionalInt64(1).map { "\($0)" } ?? "no rowid"
      found.append("\(try statement.string(0)), \(row), \(try statement.string(2))")
    }
    return found
  }

  private func damages(_ sql: String) throws(SQLiteError) -> [String] {
    let check = try Statement(handle: handle, sql: sql, isPersistent: false)
    var found: [String] = []
    do throws(SQLiteError) {
      while try check.step() {
        let line = try check.string(0)
        if line != "ok" { found.append(line) }
      }
    } catch {
      guard error.classification == .corrupt else { throw error }
      // Some damage stops the check itself. That is an answer too.
      found.append(error.message)
    }
    return found
  }

  /// The first column of every row as text.
  func texts(_ sql: String) throws(SQLiteError) -> [String] {
    let statement = try Statement(handle: handle, sql: sql, isPersistent: false)
    var found: [String] = []
    while try statement.step() {
      let isInteger = statement.type(0) == .integer
      found.append(isInteger ? "\(try statement.int64(0))" : try statement.string(0))
    }
    return found
  }

  private func number(_ sql: String) throws(SQLiteError) -> Int {
    let statement = try Statement(handle: handle, sql: sql, isPersistent: false)
    guard try statement.step() else { throw .misuse("no row", sql: sql) }
    return try statement.int(0)
  }
}
