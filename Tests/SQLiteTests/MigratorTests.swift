import SQLite
import Testing

@Suite("migrations")
struct MigratorTests {
  static let first = Migration(
    number: 1, name: "orders", sql: "CREATE TABLE orders (id INTEGER PRIMARY KEY) STRICT")
  static let second = Migration(
    number: 2, name: "amounts",
    sql: """
      ALTER TABLE orders ADD COLUMN amount INTEGER;
      -- Two statements and a comment.
      CREATE INDEX orders_amount ON orders (amount);
      """)
  let migrator = Migrator(applicationID: 42, migrations: [first, second])
  let folder = TemporaryFolder()

  func open(_ name: String = "a.db") throws -> Connection {
    try Connection(path: folder.file(name), role: .writer)
  }

  @Test("a new file gets every step, its owner and its number; a second run does nothing")
  func fresh() throws {
    let connection = try open()
    #expect(try migrator.pending(on: connection) == [Self.first, Self.second])
    #expect(try connection.applicationID() == 0)
    #expect(try migrator.migrate(connection) == [Self.first, Self.second])
    #expect(try connection.userVersion() == 2)
    #expect(try connection.applicationID() == 42)
    try connection.execute("INSERT INTO orders VALUES (1, 5)")
    #expect(try migrator.migrate(connection) == [])
    #expect(try connection.count("orders") == 1)
  }

  @Test("an older file gets the steps it lacks and keeps its rows")
  func older() throws {
    let connection = try open()
    try Migrator(applicationID: 42, migrations: [Self.first]).migrate(connection)
    try connection.execute("INSERT INTO orders VALUES (1)")
    #expect(try migrator.migrate(connection) == [Self.second])
    #expect(try connection.integers("SELECT id FROM orders WHERE amount IS NULL") == [1])
  }

  @Test("a newer file is refused with both numbers and stays as it is")
  func newer() throws {
    let connection = try open()
    try migrator.migrate(connection)
    let old = Migrator(applicationID: 42, migrations: [Self.first])
    let found = fault { try old.migrate(connection) }
    #expect(found?.classification == .newerSchema(found: 2, known: 1))
    #expect(found?.message == "the schema is version 2, this program knows 1")
    #expect(try connection.userVersion() == 2)
  }

  @Test("a file of another program is refused, and so is one with tables but no owner")
  func foreign() throws {
    let other = try open()
    try other.setApplicationID(7)
    #expect(
      fault { try migrator.migrate(other) }?.classification == .foreignFile(found: 7, own: 42))
    let ownerless = try open("b.db")
    try ownerless.execute("CREATE TABLE t (a)")
    #expect(
      fault { try migrator.migrate(ownerless) }?.classification == .foreignFile(found: 0, own: 42))
    let numbered = try open("c.db")
    try numbered.setUserVersion(1)
    #expect(fault { try migrator.migrate(numbered) } != nil)
    #expect(try numbered.applicationID() == 0)
  }

  @Test("a step that fails leaves the schema of the step before, and can be run again")
  func failing() throws {
    let broken = Migration(
      number: 2, name: "broken", sql: "CREATE TABLE more (a) STRICT; CREATE TABLE orders (b)")
    let connection = try open()
    let found = fault {
      try Migrator(applicationID: 42, migrations: [Self.first, broken]).migrate(connection)
    }
    #expect(found?.classification == .misuse)
    #expect(try connection.userVersion() == 1)
    #expect(!connection.inTransaction)
    #expect(try connection.strings("SELECT name FROM sqlite_schema") == ["orders"])
    #expect(try migrator.migrate(connection) == [Self.second])
  }

  @Test("a step that ends its own transaction is refused")
  func ownTransaction() throws {
    let connection = try open()
    let bad = Migration(number: 1, name: "bad", sql: "CREATE TABLE t (a); COMMIT")
    #expect(
      fault { try Migrator(applicationID: 42, migrations: [bad]).migrate(connection) }?
        .classification == .misuse)
    #expect(try connection.userVersion() == 0)
  }

  @Test("a step may rebuild a table that others refer to, but may not leave a row without parent")
  func rebuilding() throws {
    let tables = Migration(
      number: 1, name: "tables",
      sql: """
        CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE child (parent INTEGER NOT NULL REFERENCES parent (id)) STRICT;
        INSERT INTO parent VALUES (1);
        INSERT INTO child VALUES (1);
        """)
    let rebuild = Migration(
      number: 2, name: "rebuild",
      sql: """
        CREATE TABLE parent_new (id INTEGER PRIMARY KEY, name TEXT) STRICT;
        INSERT INTO parent_new SELECT id, 'kept' FROM parent;
        DROP TABLE parent;
        ALTER TABLE parent_new RENAME TO parent;
        """,
      isRebuild: true)
    let orphan = Migration(number: 3, name: "orphan", sql: "DELETE FROM parent")
    let orphanByRebuild = Migration(
      number: 3, name: "orphan", sql: "DELETE FROM parent", isRebuild: true)
    let connection = try open()
    try Migrator(applicationID: 42, migrations: [tables, rebuild]).migrate(connection)
    #expect(try connection.foreignKeyCheck() == [])
    for step in [orphan, orphanByRebuild] {
      let found = fault {
        try Migrator(applicationID: 42, migrations: [tables, rebuild, step]).migrate(connection)
      }
      #expect(found?.primaryCode == 19)
      #expect(try connection.userVersion() == 2)
      #expect(try connection.strings("SELECT name FROM parent") == ["kept"])
      #expect(try connection.integers("PRAGMA foreign_keys") == [1])
    }
  }

  @Test("a fault at any operation leaves a whole schema that the next run completes")
  func anyFault() throws {
    for point in [FaultPlan.Point.begin, .step, .commit, .committed] {
      var after = 0
      var hasFired = true
      while hasFired {
        let connection = try Connection(path: "", role: .memory)
        connection.faultPlan = FaultPlan(point, .writeFailed, after: after)
        let found = fault { try migrator.migrate(connection) }
        hasFired = connection.faultPlan?.hasFired == true
        #expect((found != nil) == hasFired)
        connection.faultPlan = nil
        #expect(!connection.inTransaction)
        let tables = try connection.count("sqlite_schema")
        #expect(tables == Int(try connection.userVersion()))
        try migrator.migrate(connection)
        #expect(try connection.userVersion() == 2)
        after += 1
      }
      #expect(after > 2)
    }
  }
}
