import Foundation
import SQLite
import Testing

@Suite("backups")
struct BackupTests {
  let folder = TemporaryFolder()
  let writer: Connection
  let insert: Statement
  var target: String { folder.file("copy.db") }
  static let rowsCount = 400

  init() throws {
    writer = try Connection(
      path: folder.file("a.db"), role: .writer, tuning: .init(checkpointPages: 50))
    try writer.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB) STRICT")
    try writer.execute("CREATE INDEX t_a ON t (a)")
    try writer.setUserVersion(3)
    insert = try writer.prepare("INSERT INTO t (a) VALUES (?1)")
    for _ in 0..<Self.rowsCount { try addRow() }
  }

  func addRow() throws {
    try writer.begin()
    try insert.bind([UInt8](repeating: 9, count: 900), at: 1)
    try insert.run()
    try writer.commit()
  }

  @Test("of a reader is the state when it began, whatever is committed meanwhile")
  func ofReader() throws {
    let reader = try Connection(path: folder.file("a.db"), role: .reader)
    var steps = 0
    var thrown: SQLiteError?
    let isComplete = try reader.backup(to: target, pagesPerStep: 10) { progress in
      steps += 1
      thrown = thrown ?? fault { for _ in 0..<5 { try addRow() } }
      return progress.totalPages > 10
    }
    #expect(isComplete)
    #expect(thrown == nil)
    #expect(steps > 10)
    let copy = try Connection(path: target, role: .archive)
    #expect(try copy.integrityCheck() == [])
    #expect(try copy.count("t") == Self.rowsCount)
    #expect(try copy.userVersion() == 3)
    #expect(try reader.count("t") == Self.rowsCount + 5 * steps)
    #expect(!reader.inTransaction)
  }

  @Test("of the writer follows its commits between the steps")
  func ofWriter() throws {
    let backup = try Backup(from: writer, to: target)
    var added = 0
    while !backup.isFinished {
      let progress = try backup.step(pages: 10)
      if progress.remainingPages > 10 {
        try addRow()
        added += 1
      }
    }
    #expect(added > 5)
    let copy = try Connection(path: target, role: .archive)
    #expect(try copy.integrityCheck() == [])
    #expect(try copy.count("t") == Self.rowsCount + added)
    #expect(fault { _ = try backup.step(pages: 1) }?.classification == .misuse)
  }

  @Test("inside the writer's transaction is refused, and goes on after it")
  func insideTransaction() throws {
    try writer.begin()
    #expect(fault { _ = try Backup(from: writer, to: target) }?.classification == .misuse)
    try writer.rollback()
    let backup = try Backup(from: writer, to: target)
    _ = try backup.step(pages: 1)
    try writer.begin()
    #expect(fault { _ = try backup.step(pages: 1) }?.classification == .misuse)
    try writer.commit()
    while !backup.isFinished { _ = try backup.step(pages: 100) }
  }

  @Test("is one file without company, and becomes a live file again")
  func restored() throws {
    try writer.backup(to: target)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.filter { $0.hasPrefix("copy") } == ["copy.db"])
    let archive = try Connection(path: target, role: .archive)
    try archive.backup(to: folder.file("restored.db"))
    let restored = try Connection(path: folder.file("restored.db"), role: .writer)
    #expect(try restored.count("t") == Self.rowsCount)
    #expect(try restored.strings("PRAGMA journal_mode") == ["wal"])
  }

  @Test("never goes over a file that holds something")
  func occupied() throws {
    try writer.backup(to: target)
    #expect(fault { try writer.backup(to: target) }?.classification == .misuse)
    let copy = try Connection(path: target, role: .archive)
    #expect(try copy.count("t") == Self.rowsCount)
    let text = folder.file("text")
    try Data(String(repeating: "not a database ", count: 500).utf8)
      .write(to: URL(fileURLWithPath: text))
    #expect(fault { try writer.backup(to: text) }?.classification == .corrupt)
    #expect(fault { try writer.backup(to: "copy2.db") }?.classification == .cannotOpen)
    let folderMissing = folder.file("none/copy.db")
    #expect(fault { try writer.backup(to: folderMissing) }?.classification == .cannotOpen)
  }

  @Test("given up or dropped half way leaves the source as it was")
  func givenUp() throws {
    let reader = try Connection(path: folder.file("a.db"), role: .reader)
    #expect(try reader.backup(to: target, pagesPerStep: 1) { _ in false } == false)
    #expect(!reader.inTransaction)
    var backup: Backup? = try Backup(from: reader, to: folder.file("second.db"))
    _ = try backup?.step(pages: 1)
    #expect(reader.inTransaction)
    backup = nil
    #expect(!reader.inTransaction)
    try reader.close()
  }
}
