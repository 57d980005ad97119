import SQLite
import Testing

@Suite("faults are named")
struct SQLiteErrorTests {
  let connection: Connection

  init() throws {
    connection = try Connection(path: "", role: .memory)
    try connection.execute(
      """
      CREATE TABLE parent (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
      CREATE TABLE child (
        id INTEGER PRIMARY KEY, number TEXT UNIQUE, amount INTEGER NOT NULL CHECK (amount > 0),
        parent TEXT REFERENCES parent (id)
      ) STRICT;
      CREATE TRIGGER fixed BEFORE DELETE ON child BEGIN SELECT RAISE(ABORT, 'append only'); END;
      INSERT INTO parent VALUES ('p');
      INSERT INTO child VALUES (1, 'n', 5, 'p');
      """)
  }

  @Test(
    "a broken rule tells which kind it is, and its name",
    arguments: [
      ("INSERT INTO child VALUES (2, 'n', 5, 'p')", .unique, "child.number"),
      ("INSERT INTO child VALUES (1, 'm', 5, 'p')", .primaryKey, "child.id"),
      ("INSERT INTO parent VALUES ('p')", .primaryKey, "parent.id"),
      ("INSERT INTO child VALUES (2, 'm', NULL, 'p')", .notNull, "child.amount"),
      ("INSERT INTO child VALUES (2, 'm', 0, 'p')", .check, "amount > 0"),
      ("INSERT INTO child VALUES (2, 'm', 5, 'q')", .foreignKey, "FOREIGN KEY"),
      ("INSERT INTO child VALUES (2, 'm', 'five', 'p')", .dataType, "child.amount"),
      ("DELETE FROM child", .trigger, "append only"),
    ] as [(String, SQLiteError.Constraint, String)])
  func constraints(sql: String, kind: SQLiteError.Constraint, name: String) throws {
    let found = try #require(fault { try connection.execute(sql) })
    #expect(found.classification == .constraint(kind: kind, message: found.message))
    #expect(found.message.contains(name))
    #expect(found.primaryCode == 19)
    #expect(found.extendedCode > 255)
    #expect(found.sql == sql)
    #expect(!found.isFinalForWriter)
    #expect(found.isDuplicate == (kind == .unique || kind == .primaryKey))
    #expect(try connection.count("child") == 1)
  }

  @Test("a fault holds the statement's text and no bound value")
  func noValues() throws {
    let insert = try connection.prepare("INSERT INTO child VALUES (?1, ?2, ?3, ?4)")
    try insert.bind(2, at: 1)
    try insert.bind("n", at: 2)
    try insert.bind(998_877, at: 3)
    try insert.bind("p", at: 4)
    let found = try #require(fault { try insert.run() })
    #expect(found.sql == "INSERT INTO child VALUES (?1, ?2, ?3, ?4)")
    #expect(!"\(found)".contains("998877"))
  }

  @Test("a statement that failed is ready to be bound again")
  func afterFault() throws {
    let insert = try connection.prepare("INSERT INTO child VALUES (?1, NULL, ?2, NULL)")
    try insert.bind(1, at: 1)
    try insert.bind(5, at: 2)
    #expect(fault { try insert.run() }?.isDuplicate == true)
    try insert.bind(2, at: 1)
    try insert.bind(5, at: 2)
    try insert.run()
    #expect(try connection.count("child") == 2)
    #expect(connection.changes == 1)
    #expect(connection.lastInsertRowID == 2)
  }

  @Test("the statement that failed in a script is the one named, and the rest does not run")
  func script() throws {
    let found = fault {
      try connection.execute("INSERT INTO parent VALUES ('a');\n BAD TEXT ; DROP TABLE parent")
    }
    #expect(found?.classification == .misuse)
    #expect(found?.message.contains("BAD") == true)
    #expect(try connection.strings("SELECT id FROM parent ORDER BY id") == ["a", "p"])
    let broken = fault {
      try connection.execute("SELECT 1; INSERT INTO parent VALUES ('p'); SELECT 2")
    }
    #expect(broken?.sql == "INSERT INTO parent VALUES ('p');")
  }

  @Test("a search text that does not parse is not a bug of ours")
  func searchText() throws {
    try connection.execute("CREATE VIRTUAL TABLE search USING fts5 (terms)")
    let search = try connection.prepare("SELECT rowid FROM search WHERE search MATCH ?1")
    try search.bind("\"", at: 1)
    #expect(fault { _ = try search.step() }?.classification == .other)
  }

  @Test("double quotes never make a string, and no other file can be attached")
  func closedDoors() throws {
    #expect(fault { try connection.execute("SELECT \"typo\"") }?.classification == .misuse)
    #expect(fault { try connection.execute("ATTACH ':memory:' AS other") } != nil)
    #expect(fault { try connection.execute("SELECT load_extension('x')") } != nil)
    try connection.execute("PRAGMA writable_schema = 1")
    #expect(fault { try connection.execute("UPDATE sqlite_schema SET sql = ''") } != nil)
  }
}
