package import Crypto
import SQLite

/// A copy of the live database that the writer's owner makes a little at a time between its own
/// transactions, so that it never stands still for long.
///
/// What is written meanwhile is in the copy too. Not Sendable: it belongs to the core queue.
package final class RunningBackup {
  private let backup: Backup
  private let store: StoreWriter
  package let path: String
  /// What the finished copy must hold; nil before the last step.
  package private(set) var expected: StoreMark?

  fileprivate init(_ store: StoreWriter, to path: String) throws(StoreError) {
    self.store = store
    self.path = path
    do throws(SQLiteError) {
      backup = try Backup(from: store.connection, to: path)
    } catch { throw .database(error) }
  }

  /// Copies up to so many pages. Outside a transaction of the writer.
  ///
  /// - Returns: whether the copy is complete. Check it with `StoreMark.check`; syncing and renaming
  ///   the file are the caller's.
  package func step(pages: Int) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in _ = try backup.step(pages: pages) }
    guard backup.isFinished else { return false }
    expected = store.mark
    return true
  }

  /// Gives up; the partial file is the caller's to remove.
  package func cancel() throws(StoreError) {
    try database { () throws(SQLiteError) in try backup.cancel() }
  }
}

/// A point of the history: how long the log is, and the hash of its last event.
package struct StoreMark: Hashable, Sendable {
  package let sequence: Int64
  package let head: SHA256Digest

  /// Opens a finished copy, looks for damage and compares its log with what it must hold.
  ///
  /// - Throws: `.damaged` for a copy that is not sound or ends somewhere else.
  package static func check(copy path: String, against expected: StoreMark) throws(StoreError) {
    let faults: [String]
    let found: StoreMark
    do throws(SQLiteError) {
      let copy = try Connection(path: path, role: .archive)
      faults = try copy.integrityCheck()
      found = try read(copy)
    } catch { throw .database(error) }
    if let fault = faults.first { throw .damaged("the copy is not sound: \(fault)") }
    guard found == expected else {
      throw .damaged("the copy ends at event \(found.sequence), not at \(expected.sequence)")
    }
  }

  private static func read(_ copy: Connection) throws(SQLiteError) -> StoreMark {
    let newest = try copy.prepare(
      "SELECT count(*), max(seq), (SELECT hash FROM events ORDER BY seq DESC LIMIT 1) FROM events")
    defer { newest.reset() }
    guard try newest.step(), let last = try newest.optionalInt64(1) else {
      return StoreMark(sequence: 0, head: .zero)
    }
    // The log has no gaps: as many rows as the last place says.
    guard try newest.int64(0) == last, let head = SHA256Digest(bytes: try newest.blob(2)) else {
      throw .damagedRow("events of the copy")
    }
    return StoreMark(sequence: last, head: head)
  }
}

extension StoreWriter {
  /// The newest event that was written.
  package var mark: StoreMark { StoreMark(sequence: log.lastSequence, head: log.lastHash) }

  /// Begins a copy into a new file.
  ///
  /// - Parameter path: absolute. Not inside a transaction.
  package func beginBackup(to path: String) throws(StoreError) -> RunningBackup {
    try RunningBackup(self, to: path)
  }
}
