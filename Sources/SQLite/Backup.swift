import CSQLite

/// A copy of a live database, made page by page with SQLite's online backup.
///
/// From a `.reader` the copy is one snapshot: the state when the backup began, whatever the writer
/// commits meanwhile; the log cannot shrink until it ends. From the `.writer` the copy follows its
/// commits, so the owner may step it between transactions.
///
/// The finished file is whole in itself: rollback journal mode, no log beside it. Syncing the file
/// and its folder, reopening (`.archive`), checking and renaming it are the caller's.
package final class Backup {
  /// How far it is, in pages, after a step.
  package struct Progress: Sendable, Equatable {
    /// Pages still to copy.
    package let remainingPages: Int
    /// Pages of the source now.
    package let totalPages: Int
  }

  private let source: Connection
  private let target: DatabaseHandle
  private var backup: OpaquePointer?
  private let holdsSnapshot: Bool
  /// Whether the copy is complete and closed.
  package private(set) var isFinished = false

  /// Opens both files and, on a reader, takes the snapshot.
  ///
  /// - Parameter path: absolute; a new or an empty file.
  /// - Throws: `.misuse` if the file holds a database already or the source is in a transaction.
  package init(from source: Connection, to path: String) throws(SQLiteError) {
    guard path.hasPrefix("/"), !path.utf8.contains(0) else {
      throw SQLiteError(extendedCode: SQLITE_CANTOPEN, message: "the path is not absolute")
    }
    guard !source.inTransaction else { throw .misuse("a backup inside a transaction") }
    self.source = source
    target = try DatabaseHandle(
      path: path,
      flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW
        | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE)
    let pages = try Statement(handle: target, sql: "PRAGMA page_count", isPersistent: false)
    guard try pages.step(), try pages.int64(0) == 0 else {
      throw .misuse("the target of a backup is not empty")
    }
    pages.finalize()
    holdsSnapshot = !source.mayWrite
    if holdsSnapshot { try source.begin() }
    backup = sqlite3_backup_init(try target.open(), "main", try source.handle.open(), "main")
    guard backup != nil else {
      let code = sqlite3_extended_errcode(try target.open())
      let fault = target.fault(code)
      // The first fault is the one to tell.
      if holdsSnapshot { try? source.rollback() }
      throw fault
    }
  }

  deinit {
    guard backup != nil else { return }
    sqlite3_backup_finish(backup)
    // A snapshot that cannot be left ends with its connection, and nobody is here to be told.
    if holdsSnapshot { try? source.rollback() }
  }

  /// Copies up to `pages` pages. When none remains, the file is complete and closed.
  ///
  /// - Throws: `.misuse` inside a transaction of the writer, with nothing lost; or a fault of
  ///   either file, after which the copy is worthless and `isFinished` stays false.
  package func step(pages: Int) throws(SQLiteError) -> Progress {
    guard let backup else { throw .misuse("the backup has ended") }
    precondition(pages > 0, "a backup step copies at least one page")
    guard holdsSnapshot || !source.inTransaction else {
      throw .misuse("a backup step inside the writer's transaction")
    }
    let code = sqlite3_backup_step(backup, Int32(clamping: pages))
    let progress = Progress(
      remainingPages: Int(sqlite3_backup_remaining(backup)),
      totalPages: Int(sqlite3_backup_pagecount(backup)))
    switch code {
    case SQLITE_OK: return progress
    case SQLITE_DONE:
      try end()
      try seal()
      isFinished = true
      return progress
    default:
      let fault = target.fault(code)
      // The first fault is the one to tell; ending repeats it.
      try? end()
      throw fault
    }
  }

  /// Gives up; the partial file is the caller's to remove.
  package func cancel() throws(SQLiteError) {
    guard backup != nil else { return }
    try end()
    try target.close()
  }

  private func end() throws(SQLiteError) {
    let code = sqlite3_backup_finish(backup)
    backup = nil
    if holdsSnapshot { try source.rollback() }
    guard code == SQLITE_OK else { throw target.fault(code) }
  }

  /// Turns the copy from WAL, which it inherits, into one file without company.
  private func seal() throws(SQLiteError) {
    let journal = try Statement(
      handle: target, sql: "PRAGMA journal_mode = delete", isPersistent: false)
    let mode = try journal.step() ? try journal.string(0) : ""
    try journal.run()
    journal.finalize()
    guard mode == "delete" else {
      throw SQLiteError(
        extendedCode: SQLITE_ERROR, message: "the copy's journal mode is \(mode)",
        classification: .setting(name: "journal_mode", wanted: "delete", found: mode))
    }
    try target.close()
  }
}

extension Connection {
  /// Copies the whole database into a new file, calling `progress` after each step.
  ///
  /// Run it on a `.reader` to leave the writer free. See `Backup` for what the file is and what is
  /// left to the caller.
  ///
  /// - Parameter progress: return false to give up; the partial file is the caller's to remove.
  /// - Returns: whether the copy is complete.
  @discardableResult
  package func backup(
    to path: String, pagesPerStep: Int = 1_024,
    progress: (Backup.Progress) -> Bool = { _ in true }
  ) throws(SQLiteError) -> Bool {
    let backup = try Backup(from: self, to: path)
    while !backup.isFinished {
      let state = try backup.step(pages: pagesPerStep)
      if !progress(state), !backup.isFinished {
        try backup.cancel()
        return false
      }
    }
    return true
  }
}
