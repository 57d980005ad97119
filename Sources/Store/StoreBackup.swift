package import Domain
import SQLite

/// Consistent copies of the database.
package struct StoreBackup: Hashable, Sendable {
  /// Events in the copy.
  package let events: Int64

  /// Copies the database through a reader, so the writer goes on meanwhile; then opens the copy and
  /// checks it. Syncing and renaming are the caller's.
  ///
  /// - Parameter isArchive: the source is a finished copy that nobody writes.
  /// - Throws: also when the copy is not sound, holds less than its source did, or the chain of its
  ///   events is broken.
  package static func make(
    of path: String, at target: String, isArchive: Bool = false
  ) throws(StoreError) -> StoreBackup {
    let expected = try copy(path, to: target, isArchive: isArchive)
    let found = try check(target)
    guard found.events >= expected.events else {
      throw .damaged("the copy holds \(found.events) events, the original \(expected.events)")
    }
    return found
  }

  private static func copy(
    _ path: String, to target: String, isArchive: Bool
  ) throws(StoreError) -> StoreBackup {
    do throws(SQLiteError) {
      let source = try Connection(path: path, role: isArchive ? .archive : .reader)
      let events = try count(source)
      _ = try source.backup(to: target, pagesPerStep: 1024) { _ in true }
      return StoreBackup(events: events)
    } catch { throw .database(error) }
  }

  private static func check(_ path: String) throws(StoreError) -> StoreBackup {
    let (unsound, broken, events) = try database { () throws(SQLiteError) in
      let copy = try Connection(path: path, role: .archive)
      let unsound = try copy.integrityCheck().first
      let broken = unsound == nil ? try ChainWalk.verify(copy).fault : nil
      return (unsound, broken, try count(copy))
    }
    if let unsound { throw .damaged("the copy is not sound: \(unsound)") }
    if let broken { throw .damaged(broken) }
    return StoreBackup(events: events)
  }

  /// What a database holds that no daemon has open. What waits in its write-ahead log is moved into
  /// the file.
  ///
  /// - Returns: the number of events, and when the newest happened.
  package static func contents(
    of path: String
  ) throws(StoreError) -> (events: Int64, newest: Timestamp?) {
    let (events, line) = try database { () throws(SQLiteError) in
      let connection = try Connection(path: path, role: .writer)
      _ = try connection.checkpoint(truncate: true)
      let events = try count(connection)
      let newest = try connection.prepare("SELECT line FROM events ORDER BY seq DESC LIMIT 1")
      let line = try newest.step() ? try newest.blob(0) : nil
      newest.finalize()
      try connection.close()
      return (events, line)
    }
    return (events, try line.map { line throws(StoreError) in
      try EventReading.event(line: line).event.at
    })
  }

  private static func count(_ connection: Connection) throws(SQLiteError) -> Int64 {
    let statement = try connection.prepare("SELECT count(*) FROM events")
    defer { statement.finalize() }
    return try statement.step() ? try statement.int64(0) : 0
  }

  /// Marks a restored copy: a new epoch, and everything that was open has to be asked about.
  ///
  /// - Parameter seal: nil where the key of the copy's personal data is not at hand.
  package static func beginNewHistory(
    _ path: String, epoch: String, seal: PersonalSeal?, at now: Timestamp
  ) throws(StoreError) {
    let store = try StoreWriter(path: path, newEpoch: epoch, seal: seal)
    try store.begin()
    try store.renewEpoch(epoch)
    try store.markRestored(at: now)
    try store.commit()
    try store.finish()
  }
}
