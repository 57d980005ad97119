import Foundation
import SQLite
import Testing

@Suite("a process killed at once")
struct CrashTests {
  let folder = TemporaryFolder()
  var path: String { folder.file("a.db") }

  @Test("in mid-transaction leaves exactly what was committed")
  func midTransaction() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      // A small cache, so that pages of the open transaction reach the log before the end.
      let writer = try Connection(path: path, role: .writer, tuning: .init(cacheKibibytes: 64))
      try writer.execute("CREATE TABLE t (a BLOB) STRICT; INSERT INTO t VALUES (x'01')")
      let insert = try writer.prepare("INSERT INTO t VALUES (?1)")
      try writer.begin()
      for _ in 0..<500 {
        try insert.bind([UInt8](repeating: 1, count: 4_000), at: 1)
        try insert.run()
      }
      kill(getpid(), SIGKILL)
    }
    let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")
    #expect(try #require(log[.size] as? Int) > 1_000_000)
    let writer = try Connection(path: path, role: .writer)
    #expect(try writer.integrityCheck() == [])
    #expect(try writer.count("t") == 1)
  }

  @Test("right after a commit keeps it, and a reader alone recovers it")
  func afterCommit() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let writer = try Connection(path: path, role: .writer)
      try writer.execute("CREATE TABLE t (a INTEGER) STRICT")
      for number in 0..<100 {
        try writer.begin()
        try writer.execute("INSERT INTO t VALUES (\(number))")
        try writer.commit()
      }
      kill(getpid(), SIGKILL)
    }
    let reader = try Connection(path: path, role: .reader)
    #expect(try reader.count("t") == 100)
    #expect(try reader.integrityCheck() == [])
  }

  @Test("in the middle of a migration leaves the schema of the step before")
  func midMigration() async throws {
    let first = Migration(number: 1, name: "table", sql: "CREATE TABLE t (a BLOB) STRICT")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let endless = Migration(
        number: 2, name: "endless",
        sql: """
          CREATE TABLE half (a BLOB) STRICT;
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
          INSERT INTO half SELECT zeroblob(4000) FROM n;
          """)
      let first = Migration(number: 1, name: "table", sql: "CREATE TABLE t (a BLOB) STRICT")
      let writer = try Connection(path: path, role: .writer, tuning: .init(cacheKibibytes: 64))
      Thread {
        // The step never ends; once its pages fill the log it is certainly under way.
        while true {
          let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
          if let size = log?[.size] as? Int, size > 1_000_000 { kill(getpid(), SIGKILL) }
          Thread.sleep(forTimeInterval: 0.001)
        }
      }.start()
      try Migrator(applicationID: 42, migrations: [first, endless]).migrate(writer)
    }
    let writer = try Connection(path: path, role: .writer)
    #expect(try writer.userVersion() == 1)
    #expect(try writer.applicationID() == 42)
    #expect(try writer.strings("SELECT name FROM sqlite_schema") == ["t"])
    #expect(try writer.integrityCheck() == [])
    #expect(try Migrator(applicationID: 42, migrations: [first]).migrate(writer) == [])
  }
}
