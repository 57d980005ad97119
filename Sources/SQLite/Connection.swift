// Module SQLite: the only place that calls the C library. It owns opening a file with proven
// settings, statements, transactions, backup, migrations and the naming of faults. It knows no
// table. Start here, then `Statement` and `SQLiteError`.

import CSQLite

/// One connection to a database file.
///
/// Not Sendable: whoever opened it owns it, with all its statements, on one queue. Only the
/// `interruptHandle` may be used from elsewhere.
///
/// The daemon has one `.writer`, which alone writes and checkpoints, because two connections that
/// checkpoint at once can damage the file in SQLite before 3.51.3 (the WAL-reset bug). Everybody
/// else opens `.reader` after it. Nothing else may open the file: closing any other descriptor on
/// it would drop SQLite's locks.
package final class Connection {
  /// What a connection is for; fixed when it is opened.
  package enum Role: Sendable, Equatable {
    /// Reads, writes and checkpoints; creates the file if it is not there. WAL, synchronous FULL.
    case writer
    /// Reads a file a writer has open. Never writes, never checkpoints.
    case reader
    /// Reads a file nobody writes, such as a finished backup, in whatever journal mode it has.
    case archive
    /// A private database in memory; the path is ignored.
    case memory
  }

  /// What may differ between installations. The rest is fixed.
  package struct Tuning: Sendable, Equatable {
    /// Page cache, in KiB.
    package var cacheKibibytes: Int
    /// Bytes of the file mapped into memory. 0 because an I/O error on a mapped page is a SIGBUS.
    package var mapBytesMax: Int
    /// How long a statement waits for a lock, in milliseconds.
    package var busyTimeoutMilliseconds: Int
    /// Growth of the write-ahead log, in pages, after which the writer's next `begin` checkpoints.
    package var checkpointPages: Int

    /// The values the daemon's writer uses.
    package init(
      cacheKibibytes: Int = 64 * 1024, mapBytesMax: Int = 0,
      busyTimeoutMilliseconds: Int = 5_000, checkpointPages: Int = 4_096
    ) {
      self.cacheKibibytes = cacheKibibytes
      self.mapBytesMax = mapBytesMax
      self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
      self.checkpointPages = checkpointPages
    }
  }

  /// What it may do.
  package let role: Role
  /// As given to `init`.
  package let tuning: Tuning
  /// Interrupts this connection's statement from any thread.
  package let interruptHandle: InterruptHandle
  let handle: DatabaseHandle
  var control: TransactionControl?

  /// Opens a database and proves every setting by reading it back.
  ///
  /// - Parameter path: absolute, no part of it a symbolic link. The file is created with the
  ///   process's umask; a daemon creates it first, empty, with mode 0600.
  /// - Throws: `.cannotOpen`, `.setting` for a setting that reads back differently, `.corrupt` for
  ///   a file that is no database, or any other fault of the disk.
  package init(
    path: String, role: Role, tuning: Tuning = Tuning()
  ) throws(SQLiteError) {
    try Connection.checkLibrary()
    self.role = role
    self.tuning = tuning
    handle = try DatabaseHandle(
      path: try Connection.openPath(path, role: role), flags: Connection.openFlags(role))
    interruptHandle = InterruptHandle(try handle.open())
    try applySettings()
    control = try TransactionControl(handle: handle, isImmediate: mayWrite)
    handle.isWriter = role == .writer
  }

  deinit {
    interruptHandle.forget()
  }

  var mayWrite: Bool { role == .writer || role == .memory }

  /// A fault that the n-th operation must report; nil for none. For tests of failure paths.
  package var faultPlan: FaultPlan? {
    get { handle.faultPlan }
    set { handle.faultPlan = newValue }
  }

  /// The fault that ended this writer: the process answers nothing as success and restarts. Nil
  /// while all is well, and always nil on other roles.
  package var finalFault: SQLiteError? { handle.finalFault }

  /// Prepares one statement for repeated use.
  ///
  /// - Throws: `.misuse` if the text does not parse or is not exactly one statement.
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try Statement(handle: handle, sql: sql, isPersistent: true)
  }

  /// Runs a text of one or more statements without parameters. Rows are skipped.
  ///
  /// Outside a transaction each statement commits by itself. The first fault stops the rest and
  /// names its own statement.
  package func execute(_ sql: String) throws(SQLiteError) {
    var rest = sql[...]
    while !rest.isEmpty {
      var (prepared, left) = (OpaquePointer?.none, 0)
      let code = try Statement.prepare(
        rest, handle: handle, isPersistent: false, statement: &prepared, rest: &left)
      let text = String(Substring(rest.utf8.dropLast(left)))
      guard code == SQLITE_OK else { throw handle.prepareFault(code, sql: text) }
      rest = Substring(rest.utf8.suffix(left))
      guard let prepared else { continue }
      let statement = Statement(handle: handle, prepared: prepared)
      try statement.run()
    }
  }

  /// Rows changed by the latest INSERT, UPDATE or DELETE.
  package var changes: Int {
    handle.pointer.map { Int(sqlite3_changes64($0)) } ?? 0
  }

  /// The rowid of the latest INSERT on this connection.
  package var lastInsertRowID: Int64 {
    handle.pointer.map { sqlite3_last_insert_rowid($0) } ?? 0
  }

  /// Whether a transaction is open. SQLite may close one itself when a write fails.
  package var inTransaction: Bool {
    handle.pointer.map { sqlite3_get_autocommit($0) == 0 } ?? false
  }

  /// Closes the file. The writer, if it is the last connection, checkpoints and removes the log.
  ///
  /// - Throws: `.busy` while a statement is alive; the connection then stays open.
  package func close() throws(SQLiteError) {
    let control = control
    self.control = nil
    control?.finalize()
    do throws(SQLiteError) {
      try handle.close()
    } catch {
      self.control = try TransactionControl(handle: handle, isImmediate: mayWrite)
      throw error
    }
    interruptHandle.forget()
  }

  private static func openPath(_ path: String, role: Role) throws(SQLiteError) -> String {
    if role == .memory { return ":memory:" }
    // Anything else could be read as a URI with its own options, or mean a temporary file.
    guard path.hasPrefix("/"), !path.utf8.contains(0) else {
      throw SQLiteError(extendedCode: SQLITE_CANTOPEN, message: "the path is not absolute")
    }
    return path
  }

  private static func openFlags(_ role: Role) -> Int32 {
    let common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    return switch role {
    case .writer: common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW
    case .reader, .archive: common | SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW
    case .memory: common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
    }
  }
}
