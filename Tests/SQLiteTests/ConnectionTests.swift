import Foundation
import SQLite
import Testing

@Suite("connections")
struct ConnectionTests {
  let folder = TemporaryFolder()
  var path: String { folder.file("a.db") }

  func writer(checkpointPages: Int = 4_096) throws -> Connection {
    try Connection(path: path, role: .writer, tuning: .init(checkpointPages: checkpointPages))
  }

  @Test("a writer's settings are those that survived every simulated power cut")
  func writerSettings() throws {
    let writer = try Connection(
      path: path, role: .writer, tuning: .init(cacheKibibytes: 1_000, mapBytesMax: 65_536))
    #expect(try writer.strings("PRAGMA journal_mode") == ["wal"])
    #expect(try writer.integers("PRAGMA synchronous") == [2])
    #expect(try writer.integers("PRAGMA temp_store") == [2])
    #expect(try writer.integers("PRAGMA foreign_keys") == [1])
    #expect(try writer.integers("PRAGMA trusted_schema") == [0])
    #expect(try writer.integers("PRAGMA busy_timeout") == [5_000])
    #expect(try writer.integers("PRAGMA wal_autocheckpoint") == [0])
    #expect(try writer.integers("PRAGMA query_only") == [0])
    #expect(try writer.integers("PRAGMA cache_size") == [-1_000])
    #expect(try writer.integers("PRAGMA mmap_size") == [65_536])
  }

  @Test("a reader's settings keep it from writing and from checkpointing")
  func readerSettings() throws {
    let writer = try writer()
    let reader = try Connection(path: path, role: .reader)
    #expect(try reader.integers("PRAGMA query_only") == [1])
    #expect(try reader.integers("PRAGMA wal_autocheckpoint") == [0])
    #expect(try reader.strings("PRAGMA journal_mode") == ["wal"])
    #expect(fault { try reader.checkpoint() }?.classification == .misuse)
    try reader.close()
    try writer.close()
  }

  @Test("a reader cannot write, not even with query_only taken away")
  func readerCannotWrite() throws {
    let writer = try writer()
    try writer.execute("CREATE TABLE t (a INTEGER) STRICT")
    let reader = try Connection(path: path, role: .reader)
    #expect(
      fault { try reader.execute("INSERT INTO t VALUES (1)") }?.classification == .readOnly)
    try reader.execute("PRAGMA query_only = 0")
    #expect(
      fault { try reader.execute("INSERT INTO t VALUES (1)") }?.classification == .readOnly)
    #expect(try writer.count("t") == 0)
  }

  @Test("a reader refuses a file that is not in WAL mode, an archive takes it")
  func readerOfAnotherJournal() throws {
    try writer().backup(to: folder.file("b.db"))
    #expect(
      fault { _ = try Connection(path: folder.file("b.db"), role: .reader) }?.classification
        == .setting(name: "journal_mode", wanted: "wal", found: "delete"))
    let archive = try Connection(path: folder.file("b.db"), role: .archive)
    #expect(try archive.quickCheck() == [])
  }

  @Test("a reader does not create a file that is missing")
  func readerWithoutFile() {
    #expect(
      fault { _ = try Connection(path: path, role: .reader) }?.classification == .cannotOpen)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("a path that is relative, a URI or empty is refused")
  func badPaths() {
    for path in ["", "a.db", ":memory:", "file:/tmp/x?mode=memory", "/tmp/a\u{0}b"] {
      #expect(
        fault { _ = try Connection(path: path, role: .writer) }?.classification == .cannotOpen)
    }
  }

  @Test("a path through a symbolic link is refused")
  func symbolicLink() throws {
    try writer().close()
    let (file, folderLink) = (folder.file("link.db"), folder.file("folder"))
    try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: path)
    try FileManager.default.createSymbolicLink(
      atPath: folderLink, withDestinationPath: folder.path)
    for path in [file, "\(folderLink)/a.db"] {
      #expect(
        fault { _ = try Connection(path: path, role: .writer) }?.classification == .cannotOpen)
    }
  }

  @Test("a reader's snapshot stands while the writer commits, and ends with its transaction")
  func snapshot() throws {
    let writer = try writer()
    try writer.execute("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1)")
    let reader = try Connection(path: path, role: .reader)
    try reader.begin()
    try writer.begin()
    try writer.execute("INSERT INTO t VALUES (2)")
    #expect(try writer.count("t") == 2)
    #expect(try reader.count("t") == 1)
    try writer.commit()
    #expect(try reader.count("t") == 1)
    try reader.commit()
    #expect(try reader.count("t") == 2)
  }

  @Test("a second writer waits for its timeout and is then busy")
  func busy() throws {
    let first = try writer()
    let second = try Connection(
      path: path, role: .writer, tuning: .init(busyTimeoutMilliseconds: 1))
    try first.begin()
    let found = fault { try second.begin() }
    #expect(found?.classification == .busy)
    #expect(found?.isFinalForWriter == false)
    try first.rollback()
    try second.begin()
    try second.commit()
  }

  @Test("a rollback undoes, a savepoint undoes a part")
  func rollbacks() throws {
    let writer = try writer()
    try writer.execute("CREATE TABLE t (a INTEGER) STRICT")
    try writer.begin()
    #expect(writer.inTransaction)
    try writer.execute("INSERT INTO t VALUES (1)")
    try writer.savepoint("outer")
    try writer.execute("INSERT INTO t VALUES (2)")
    try writer.savepoint("inner")
    try writer.execute("INSERT INTO t VALUES (3)")
    try writer.rollbackTo("inner")
    try writer.release("inner")
    try writer.execute("INSERT INTO t VALUES (4)")
    try writer.release("outer")
    try writer.commit()
    #expect(!writer.inTransaction)
    #expect(try writer.integers("SELECT a FROM t") == [1, 2, 4])
    try writer.begin()
    try writer.execute("DELETE FROM t")
    #expect(writer.changes == 3)
    try writer.rollback()
    #expect(try writer.count("t") == 3)
  }

  @Test("the schema's number and the file's owner are kept")
  func numbers() throws {
    let writer = try writer()
    #expect(try writer.userVersion() == 0)
    try writer.setUserVersion(7)
    try writer.setApplicationID(-5)
    #expect(try writer.userVersion() == 7)
    #expect(try writer.applicationID() == -5)
    #expect(try writer.pageBytes() == 4_096)
    #expect(try writer.totalPages() == 1)
    #expect(try writer.freePages() == 0)
  }

  @Test("an interrupt from another thread ends a statement that would not end")
  func interrupt() throws {
    let connection = try Connection(path: "", role: .memory)
    let handle = connection.interruptHandle
    let thread = Thread {
      // Again and again, because one that comes before the statement starts is lost.
      while !Thread.current.isCancelled {
        handle.interrupt()
        Thread.sleep(forTimeInterval: 0.001)
      }
    }
    thread.start()
    let found = fault {
      try connection.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
    }
    thread.cancel()
    #expect(found?.classification == .interrupted)
  }

  @Test("the library is at least 3.40")
  func library() {
    let parts = Connection.libraryVersion.split(separator: ".").compactMap { Int($0) }
    #expect(parts.count >= 2 && (parts[0], parts[1]) >= (3, 40))
  }
}
