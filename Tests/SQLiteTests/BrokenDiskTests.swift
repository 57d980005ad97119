import Foundation
import SQLite
import Testing

@Suite("when the disk or the file is broken")
struct BrokenDiskTests {
  let folder = TemporaryFolder()
  var path: String { folder.file("a.db") }

  @Test("a full disk is named, undoes the transaction and passes")
  func full() throws {
    let writer = try Connection(path: path, role: .writer)
    try writer.execute("CREATE TABLE t (a BLOB) STRICT; INSERT INTO t VALUES (x'01')")
    try writer.execute("PRAGMA max_page_count = 10")
    let insert = try writer.prepare("INSERT INTO t VALUES (?1)")
    try writer.begin()
    let found = fault {
      for _ in 0..<20 {
        try insert.bind([UInt8](repeating: 1, count: 4_000), at: 1)
        try insert.run()
      }
    }
    #expect(found?.classification == .diskFull)
    #expect(found?.isFinalForWriter == false)
    #expect(found?.sql == "INSERT INTO t VALUES (?1)")
    try writer.rollback()
    #expect(try writer.count("t") == 1)
    try writer.execute("PRAGMA max_page_count = 1000")
    try insert.bind([UInt8](repeating: 1, count: 4_000), at: 1)
    try insert.run()
    #expect(try writer.count("t") == 2)
    #expect(try writer.integrityCheck() == [])
  }

  @Test("a file that is no database is corrupt, and is not touched")
  func noDatabase() throws {
    let text = Data(String(repeating: "order,amount\n", count: 1_000).utf8)
    try text.write(to: URL(fileURLWithPath: path))
    for role in [Connection.Role.writer, .reader, .archive] {
      let found = fault { _ = try Connection(path: path, role: role) }
      #expect(found?.classification == .corrupt)
      #expect(found?.isFinalForWriter == true)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
  }

  @Test("a damaged page is found by reading it and by the check")
  func damagedPage() throws {
    let writer = try Connection(path: path, role: .writer)
    try writer.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT")
    try writer.execute(
      """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
      INSERT INTO t SELECT i, printf('row %d', i) FROM n
      """)
    try writer.close()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(bytes.count > 5 * 4_096)
    // The fourth page's header and cells.
    bytes.replaceSubrange(3 * 4_096..<4 * 4_096, with: Data(repeating: 0xa5, count: 4_096))
    try bytes.write(to: URL(fileURLWithPath: path))
    let damaged = try Connection(path: path, role: .writer)
    #expect(try !damaged.integrityCheck().isEmpty)
    #expect(try !damaged.quickCheck().isEmpty)
    let found = fault { _ = try damaged.strings("SELECT b FROM t") }
    #expect(found?.classification == .corrupt)
    #expect(found?.isFinalForWriter == true)
  }

  @Test("a broken reference is found by its own check")
  func brokenReference() throws {
    let writer = try Connection(path: path, role: .writer)
    try writer.execute(
      """
      CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;
      CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id)) STRICT;
      PRAGMA foreign_keys = 0;
      INSERT INTO child VALUES (8, 9);
      """)
    #expect(try writer.foreignKeyCheck() == ["child, 8, parent"])
  }

  @Test("a write the system refuses is an I/O fault, final for the writer, and loses no commit")
  func refusedWrite() async throws {
    let result = await #expect(processExitsWith: .success) { [path = path as String] in
      let writer = try Connection(path: path, role: .writer, tuning: .init(checkpointPages: 10))
      try writer.execute("CREATE TABLE t (a BLOB) STRICT; INSERT INTO t VALUES (x'01')")
      // No file may grow past this; without the handler the signal would end the process.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 256 * 1_024, rlim_max: 256 * 1_024)
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let insert = try writer.prepare("INSERT INTO t VALUES (?1)")
      var committed = 1
      let found = fault {
        for _ in 0..<1_000 {
          try writer.begin()
          try insert.bind([UInt8](repeating: 1, count: 4_000), at: 1)
          try insert.run()
          try writer.commit()
          committed += 1
        }
      }
      #expect(found?.classification == .ioError)
      #expect(found?.isFinalForWriter == true)
      #expect(committed > 10)
      let count = "\(committed)"
      try Data(count.utf8).write(to: URL(fileURLWithPath: path + ".count"))
    }
    _ = result
    let committed = try String(contentsOfFile: path + ".count", encoding: .utf8)
    let writer = try Connection(path: path, role: .writer)
    #expect(try writer.integrityCheck() == [])
    #expect(try "\(writer.count("t"))" == committed)
  }
}
