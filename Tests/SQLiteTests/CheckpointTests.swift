import Foundation
import SQLite
import Synchronization
import Testing

@Suite("the write-ahead log")
struct CheckpointTests {
  let folder = TemporaryFolder()
  let writer: Connection
  let insert: Statement
  static let checkpointPages = 20

  init() throws {
    writer = try Connection(
      path: folder.file("a.db"), role: .writer,
      tuning: .init(checkpointPages: Self.checkpointPages))
    try writer.execute("CREATE TABLE t (a BLOB) STRICT")
    insert = try writer.prepare("INSERT INTO t VALUES (?1)")
  }

  func logBytes() throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("a.db-wal"))
    return try #require(attributes[.size] as? Int)
  }

  /// Commits `count` transactions of a little more than one page each.
  func write(_ count: Int) throws {
    for _ in 0..<count {
      try writer.begin()
      try insert.bind([UInt8](repeating: 1, count: 4_000), at: 1)
      try insert.run()
      try writer.commit()
    }
  }

  @Test("stays small while the writer goes on, because begin checkpoints when it is due")
  func bounded() throws {
    try write(500)
    #expect(try logBytes() < 3 * Self.checkpointPages * 4_200)
    #expect(try writer.count("t") == 500)
  }

  @Test("cannot shrink below an open snapshot, says so, and starts over when it ends")
  func heldByReader() throws {
    let reader = try Connection(path: folder.file("a.db"), role: .reader)
    try write(1)
    try reader.begin()
    try write(50)
    let checkpoint = try writer.checkpoint(truncate: true)
    #expect(checkpoint.isBlocked)
    #expect(checkpoint.movedPages < checkpoint.logPages)
    #expect(try reader.count("t") == 1)
    let held = try logBytes()
    try reader.commit()
    try write(500)
    #expect(try logBytes() < held + 3 * Self.checkpointPages * 4_200)
    #expect(try writer.checkpoint(truncate: true).isBlocked == false)
    #expect(try logBytes() == 0)
  }

  @Test("starts over although some reader is always reading")
  func alwaysRead() throws {
    let readers = OverlappingReaders(path: folder.file("a.db"))
    readers.start()
    try write(1_500)
    #expect(readers.stop() > 1)
    // Some 4 500 pages were written. Checkpoints that wait for nobody leave 900 to 3 000 of them in
    // the log, those that wait about 50.
    #expect(try logBytes() < 500 * 4_200)
    #expect(try writer.checkpoint(truncate: true, waitMilliseconds: 1_000).isBlocked == false)
    #expect(try writer.integrityCheck() == [])
  }

  @Test("is checkpointed by nobody but the writer, not even when a reader is the last to close")
  func lastReader() throws {
    try write(5)
    let reader = try Connection(path: folder.file("a.db"), role: .reader)
    insert.finalize()
    try writer.close()
    let before = try logBytes()
    #expect(before > 0)
    #expect(try reader.count("t") == 5)
    try reader.close()
    #expect(try logBytes() == before)
    let again = try Connection(path: folder.file("a.db"), role: .writer)
    #expect(try again.count("t") == 5)
    try again.close()
    #expect(!FileManager.default.fileExists(atPath: folder.file("a.db-wal")))
  }

  @Test("is not checkpointed inside a transaction")
  func insideTransaction() throws {
    try writer.begin()
    #expect(fault { try writer.checkpoint() }?.classification == .misuse)
    try writer.rollback()
    let checkpoint = try writer.checkpoint()
    #expect(checkpoint.logPages == checkpoint.movedPages)
    #expect(!checkpoint.isBlocked)
    #expect(try writer.checkpointIfDue() == nil)
  }
}

/// A thread with two readers that opens the next snapshot before it ends the last one.
private final class OverlappingReaders: Sendable {
  private let path: String
  private let isOver = Atomic(false)
  private let snapshots = Atomic(0)
  private let ended = DispatchSemaphore(value: 0)

  init(path: String) { self.path = path }

  func start() {
    Thread { [self] in
      defer { ended.signal() }
      do {
        let readers = [
          try Connection(path: path, role: .reader), try Connection(path: path, role: .reader),
        ]
        try readers[0].begin()
        while !isOver.load(ordering: .relaxed) {
          let turn = snapshots.add(1, ordering: .relaxed).newValue
          try readers[turn % 2].begin()
          try readers[(turn + 1) % 2].commit()
        }
      } catch {
        Issue.record("a reader failed: \(error)")
      }
    }.start()
  }

  /// Ends the thread and answers how many snapshots it took.
  func stop() -> Int {
    isOver.store(true, ordering: .relaxed)
    ended.wait()
    return snapshots.load(ordering: .relaxed)
  }
}
