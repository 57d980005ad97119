import CSQLite

/// The statements that begin and end a transaction, prepared once.
struct TransactionControl {
  let begin: Statement
  let pin: Statement
  let commit: Statement
  let rollback: Statement

  init(handle: DatabaseHandle, isImmediate: Bool) throws(SQLiteError) {
    begin = try Statement(
      handle: handle, sql: isImmediate ? "BEGIN IMMEDIATE" : "BEGIN", isPersistent: true)
    pin = try Statement(
      handle: handle, sql: "SELECT 1 FROM sqlite_schema LIMIT 1", isPersistent: true)
    commit = try Statement(handle: handle, sql: "COMMIT", isPersistent: true)
    rollback = try Statement(handle: handle, sql: "ROLLBACK", isPersistent: true)
  }

  func finalize() {
    for statement in [begin, pin, commit, rollback] { statement.finalize() }
  }
}

extension Connection {
  /// Starts a transaction.
  ///
  /// On the writer it takes the write lock at once, and first checkpoints if the log has grown by
  /// `Tuning.checkpointPages`: here nothing is under way, so a failed checkpoint is only itself.
  /// On a reader it fixes the snapshot: what others commit from now on is not seen until `commit`
  /// or `rollback`.
  package func begin() throws(SQLiteError) {
    let control = try openControl()
    try handle.checkUsable()
    try handle.trip(.begin)
    try checkpointIfDue()
    try control.begin.runUncounted()
    guard !mayWrite else { return }
    // BEGIN alone reads nothing; the snapshot is taken by the first read.
    do throws(SQLiteError) {
      try control.pin.runUncounted()
    } catch {
      // The first fault is the one to tell.
      try? rollback()
      throw error
    }
  }

  /// Commits. When it returns on the writer, the transaction survives a power cut.
  ///
  /// After a fault call `rollback`, which does what is left to do. After one that
  /// `isFinalForWriter` nobody knows before a restart whether the transaction reached the disk, so
  /// the writer begins and commits nothing more: both throw `finalFault`.
  package func commit() throws(SQLiteError) {
    let control = try openControl()
    try handle.checkUsable()
    try handle.trip(.commit)
    try control.commit.runUncounted()
    try handle.trip(.committed)
  }

  /// Undoes the open transaction; nothing happens if SQLite has already closed it after a fault.
  package func rollback() throws(SQLiteError) {
    guard inTransaction else { return }
    try openControl().rollback.runUncounted()
  }

  /// Marks a point inside a transaction to go back to. Names nest; the latest of a name counts.
  package func savepoint(_ name: StaticString) throws(SQLiteError) {
    try execute("SAVEPOINT \"\(name)\"")
  }

  /// Forgets a savepoint and keeps what was done since.
  package func release(_ name: StaticString) throws(SQLiteError) {
    try execute("RELEASE \"\(name)\"")
  }

  /// Undoes what was done since a savepoint, which stays: release it afterwards.
  package func rollbackTo(_ name: StaticString) throws(SQLiteError) {
    try execute("ROLLBACK TO \"\(name)\"")
  }

  private func openControl() throws(SQLiteError) -> TransactionControl {
    guard let control else { throw .misuse("the connection is closed") }
    return control
  }
}
