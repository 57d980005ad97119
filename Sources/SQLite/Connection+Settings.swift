import CSQLite

extension Connection {
  /// The version of the SQLite library at work, for example "3.40.1".
  package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  /// The oldest library the schema may rely on: STRICT tables, RETURNING, upsert, WAL.
  private static let libraryVersionNumberMin: Int32 = 3_040_000

  /// STRICT tables and RETURNING need 3.40; confinement to one thread at a time needs mutexes
  /// compiled in, because the library's own state is shared by all connections.
  static func checkLibrary() throws(SQLiteError) {
    _ = memoryIsNotCounted
    let version = sqlite3_libversion_number()
    guard version >= libraryVersionNumberMin else {
      throw setting("library version", wanted: "\(libraryVersionNumberMin)", found: "\(version)")
    }
    guard sqlite3_threadsafe() != 0 else {
      throw setting("thread safety", wanted: "1", found: "0")
    }
  }

  /// Counting memory takes one lock of the whole process for every allocation of every connection.
  /// Where somebody used the library before us it goes on counting, and is only slower.
  private static let memoryIsNotCounted = csqlite_count_memory(0) == SQLITE_OK

  /// Sets everything and reads everything back.
  func applySettings() throws(SQLiteError) {
    let database = try handle.open()
    try setLimits(database)
    // First, because switching to WAL takes a lock that somebody may hold for a moment.
    try set("busy_timeout", "\(tuning.busyTimeoutMilliseconds)")
    try setOptions(database)
    try setJournal(database)
    try set("synchronous", "2")
    try set("temp_store", "2")
    try set("foreign_keys", "1")
    try set("recursive_triggers", "1")
    try set("trusted_schema", "0")
    // Freed bytes are zeroed, so that erased personal data is really gone from the file.
    try set("secure_delete", "1")
    try set("cache_size", "\(-tuning.cacheKibibytes)")
    // A database in memory has no file to map and answers nothing.
    if role != .memory { try set("mmap_size", "\(tuning.mapBytesMax)") }
    try set("query_only", mayWrite ? "0" : "1")
    try expectSetting("encoding", "UTF-8")
  }

  /// For a migration that rebuilds a table; not inside a transaction, where SQLite ignores it.
  func setForeignKeys(isOn: Bool) throws(SQLiteError) {
    try set("foreign_keys", isOn ? "1" : "0")
  }

  private func setLimits(_ database: OpaquePointer) throws(SQLiteError) {
    for limit in SQLiteLimit.all {
      sqlite3_limit(database, limit.code, Int32(clamping: limit.value))
      let found = sqlite3_limit(database, limit.code, -1)
      guard Int(found) == limit.value else {
        throw Connection.setting(limit.name, wanted: "\(limit.value)", found: "\(found)")
      }
    }
  }

  private func setOptions(_ database: OpaquePointer) throws(SQLiteError) {
    try setOption(database, SQLITE_DBCONFIG_DEFENSIVE, "defensive", true)
    try setOption(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, "load_extension", false)
    // A misspelt column in double quotes must be a fault, not a string.
    try setOption(database, SQLITE_DBCONFIG_DQS_DML, "dqs_dml", false)
    try setOption(database, SQLITE_DBCONFIG_DQS_DDL, "dqs_ddl", false)
    try setOption(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, "no_ckpt_on_close", !mayWrite)
  }

  private func setOption(
    _ database: OpaquePointer, _ option: Int32, _ name: String, _ isOn: Bool
  ) throws(SQLiteError) {
    var found: Int32 = -1
    let code = csqlite_option(database, option, isOn ? 1 : 0, nil)
    guard code == SQLITE_OK else { throw handle.fault(code) }
    guard csqlite_option(database, option, -1, &found) == SQLITE_OK, (found == 1) == isOn else {
      throw Connection.setting(name, wanted: isOn ? "1" : "0", found: "\(found)")
    }
  }

  private func setJournal(_ database: OpaquePointer) throws(SQLiteError) {
    switch role {
    case .writer:
      try set("journal_mode", "wal")
      watchLog(database)
      try expectSetting("wal_autocheckpoint", "0")
      try set("journal_size_limit", "\(SQLiteLimit.logBytesKept)")
    case .reader:
      try expectSetting("journal_mode", "wal")
      try set("wal_autocheckpoint", "0")
    case .archive: try set("wal_autocheckpoint", "0")
    case .memory: try expectSetting("journal_mode", "memory")
    }
  }

  /// Counts the pages in the log instead of checkpointing inside COMMIT: SQLite's own hook drops
  /// the error of that checkpoint, and a failed sync must not be dropped.
  private func watchLog(_ database: OpaquePointer) {
    sqlite3_wal_hook(
      database,
      { context, _, _, pages in
        guard let context else { return SQLITE_OK }
        Unmanaged<DatabaseHandle>.fromOpaque(context).takeUnretainedValue().logGrew(to: Int(pages))
        return SQLITE_OK
      }, Unmanaged.passUnretained(handle).toOpaque())
  }

  /// Sets a pragma and reads it back in a second statement: the answer of the first is what SQLite
  /// intends, and for journal_mode an I/O error comes only with the step after the row.
  private func set(_ name: String, _ value: String) throws(SQLiteError) {
    try execute("PRAGMA \(name) = \(value)")
    try expectSetting(name, value)
  }

  private func expectSetting(_ name: String, _ wanted: String) throws(SQLiteError) {
    let found = try texts("PRAGMA \(name)").first ?? ""
    guard found == wanted else {
      throw Connection.setting(name, wanted: wanted, found: found)
    }
  }

  private static func setting(_ name: String, wanted: String, found: String) -> SQLiteError {
    SQLiteError(
      extendedCode: SQLITE_ERROR, message: "setting \(name) is \(found), not \(wanted)",
      classification: .setting(name: name, wanted: wanted, found: found))
  }
}
