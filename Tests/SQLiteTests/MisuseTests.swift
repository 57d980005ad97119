import SQLite
import Testing

@Suite("a mistake in the order of use is a named fault")
struct MisuseTests {
  let connection: Connection
  let insert: Statement

  init() throws {
    connection = try Connection(path: "", role: .memory)
    try connection.execute("CREATE TABLE t (a INTEGER, b TEXT) STRICT")
    insert = try connection.prepare("INSERT INTO t VALUES (?1, ?2)")
  }

  @Test("running with a parameter missing, and naming it")
  func unbound() throws {
    try insert.bind(1, at: 1)
    let found = fault { try insert.run() }
    #expect(found?.classification == .misuse)
    #expect(found?.message == "parameter ?2 is not bound")
    #expect(try connection.count("t") == 0)
  }

  @Test("running again with the values of the row before")
  func stale() throws {
    try insert.bind(1, at: 1)
    try insert.bind("x", at: 2)
    try insert.run()
    try insert.bind(2, at: 1)
    #expect(fault { try insert.run() }?.message == "parameter ?2 is not bound")
    try insert.bind("y", at: 2)
    try insert.run()
    try insert.clearBindings()
    #expect(fault { try insert.run() }?.message == "parameter ?1 is not bound")
    #expect(try connection.count("t") == 2)
  }

  @Test("binding a number that does not exist", arguments: [0, 3, -1, 1 << 40])
  func outOfRange(index: Int) {
    #expect(fault { try insert.bind(1, at: index) }?.classification == .misuse)
    #expect(fault { try insert.bind("x", at: index) }?.classification == .misuse)
  }

  @Test("stepping past the end, which would run the statement twice")
  func pastTheEnd() throws {
    try insert.bind(1, at: 1)
    try insert.bind("x", at: 2)
    #expect(try !insert.step())
    #expect(fault { _ = try insert.step() }?.classification == .misuse)
    #expect(try connection.count("t") == 1)
  }

  @Test("binding while rows are being read")
  func midway() throws {
    try connection.execute("INSERT INTO t VALUES (1, 'x'), (2, 'y')")
    let read = try connection.prepare("SELECT b FROM t WHERE a >= ?1 ORDER BY a")
    try read.bind(1, at: 1)
    #expect(try read.step())
    #expect(fault { try read.bind(2, at: 1) }?.classification == .misuse)
    #expect(try read.string(0) == "x")
    #expect(try read.step())
    #expect(try read.string(0) == "y")
  }

  @Test("reading without a row, or a column that does not exist")
  func noRow() throws {
    let read = try connection.prepare("SELECT a FROM t")
    #expect(fault { _ = try read.int64(0) } != nil)
    #expect(fault { _ = try read.optionalInt64(0) } != nil)
    #expect(fault { try read.withBytes(0) { _ in } } != nil)
    #expect(try !read.step())
    #expect(fault { _ = try read.int64(0) } != nil)
    try connection.execute("INSERT INTO t VALUES (7, 'x')")
    read.reset()
    #expect(try read.step())
    #expect(try read.int64(0) == 7)
    #expect(fault { _ = try read.int64(1) } != nil)
    #expect(fault { _ = try read.optionalString(-1) } != nil)
    #expect(fault { try read.withBytes(1 << 40) { _ in } } != nil)
  }

  @Test(
    "preparing anything but one whole statement",
    arguments: [
      "", " ; ", "-- only a comment", "SELECT 1; SELECT 2", "SELECT", "SELECT 1 FROM nowhere",
      "SELECT \"no such column\" FROM t", "SELECT 1\u{0}; DROP TABLE t", "SELECT ?200",
    ])
  func badText(sql: String) {
    #expect(fault { _ = try connection.prepare(sql) }?.classification == .misuse)
  }

  @Test("one statement with blanks and semicolons behind it is one statement")
  func trailingBlanks() throws {
    #expect(try connection.integers("SELECT 1 ;\n \t;") == [1])
  }

  @Test("a text longer than the limit, or a value, is too big")
  func tooBig() throws {
    let sql = "SELECT 1 --" + String(repeating: "x", count: SQLiteLimit.sqlBytesMax)
    #expect(fault { _ = try connection.prepare(sql) }?.classification == .tooBig)
    let value = [UInt8](repeating: 0, count: SQLiteLimit.valueBytesMax + 1)
    #expect(fault { try insert.bind(value, at: 1) }?.classification == .tooBig)
  }

  @Test("using a finalized statement or a closed connection")
  func afterTheEnd() throws {
    try insert.bind(1, at: 1)
    #expect(fault { try connection.close() }?.classification == .busy)
    #expect(try connection.count("t") == 0)
    insert.finalize()
    insert.finalize()
    insert.reset()
    #expect(fault { try insert.bind(1, at: 1) }?.message == "the statement is finalized")
    #expect(fault { try insert.run() }?.message == "the statement is finalized")
    #expect(insert.sql == "")
    try connection.close()
    try connection.close()
    #expect(fault { try connection.execute("SELECT 1") }?.classification == .misuse)
    #expect(fault { _ = try connection.prepare("SELECT 1") }?.classification == .misuse)
    #expect(fault { try connection.begin() }?.classification == .misuse)
    #expect(!connection.inTransaction)
    connection.interruptHandle.interrupt()
  }

  @Test("a statement outlives the last reference to its connection")
  func outliving() throws {
    var other: Connection? = try Connection(path: "", role: .memory)
    let statement = try other?.prepare("SELECT 5")
    other = nil
    #expect(try statement?.step() == true)
    #expect(try statement?.int(0) == 5)
  }

  @Test("ending a transaction that is not open")
  func noTransaction() throws {
    #expect(fault { try connection.commit() } != nil)
    try connection.rollback()
    #expect(fault { try connection.release("none") } != nil)
    try connection.begin()
    #expect(fault { try connection.begin() } != nil)
    #expect(connection.inTransaction)
    try connection.rollback()
  }
}
