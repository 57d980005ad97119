import SQLite
import Testing

@Suite("planned faults")
struct FaultPlanTests {
  let connection: Connection

  init() throws {
    connection = try Connection(path: "", role: .memory)
    try connection.execute("CREATE TABLE t (a INTEGER) STRICT")
  }

  func insert(_ count: Int) throws {
    try connection.begin()
    do {
      for number in 0..<count { try connection.execute("INSERT INTO t VALUES (\(number))") }
      try connection.commit()
    } catch {
      try connection.rollback()
      throw error
    }
  }

  @Test("a fault fires at its operation, once, with its code")
  func once() throws {
    connection.faultPlan = FaultPlan(.step, .syncFailed, after: 2)
    let found = fault { try insert(3) }
    #expect(found?.classification == .ioError)
    #expect(found?.isFinalForWriter == true)
    #expect(found?.extendedCode == 1034)
    #expect(found?.sql == "INSERT INTO t VALUES (2)")
    #expect(connection.faultPlan?.hasFired == true)
    #expect(connection.faultPlan?.seen == 3)
    try insert(3)
    #expect(try connection.count("t") == 3)
  }

  @Test("a lasting fault fires from then on")
  func lasting() throws {
    connection.faultPlan = FaultPlan(.begin, .diskFull, after: 1, isLasting: true)
    try insert(1)
    #expect(fault { try insert(1) }?.classification == .diskFull)
    #expect(fault { try insert(1) }?.isFinalForWriter == false)
    connection.faultPlan = nil
    try insert(1)
    #expect(try connection.count("t") == 2)
  }

  @Test("before the commit nothing is kept, after it everything is")
  func commits() throws {
    connection.faultPlan = FaultPlan(.commit, .writeFailed)
    #expect(fault { try insert(2) } != nil)
    connection.faultPlan = nil
    #expect(try connection.count("t") == 0)
    connection.faultPlan = FaultPlan(.committed, .syncFailed)
    #expect(fault { try insert(2) } != nil)
    connection.faultPlan = nil
    #expect(!connection.inTransaction)
    #expect(try connection.count("t") == 2)
  }

  @Test(
    "each planned fault is named as the real one",
    arguments: [
      (.diskFull, .diskFull), (.writeFailed, .ioError), (.syncFailed, .ioError),
      (.corrupt, .corrupt), (.busy, .busy),
    ] as [(FaultPlan.Fault, SQLiteError.Classification)])
  func names(planned: FaultPlan.Fault, name: SQLiteError.Classification) throws {
    connection.faultPlan = FaultPlan(.begin, planned)
    let found = try #require(fault { try connection.begin() })
    #expect(found.classification == name)
    #expect(found.isFinalForWriter == (name == .ioError || name == .corrupt))
  }

  @Test("after an I/O fault the writer begins and commits nothing more, though the disk is well")
  func finalForWriter() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    let writer = try Connection(path: path, role: .writer)
    try writer.execute("CREATE TABLE t (a INTEGER) STRICT")
    try writer.begin()
    try writer.execute("INSERT INTO t VALUES (1)")
    writer.faultPlan = FaultPlan(.step, .syncFailed)
    let first = fault { try writer.execute("INSERT INTO t VALUES (2)") }
    #expect(first?.extendedCode == 1034)
    writer.faultPlan = nil
    #expect(writer.finalFault == first)
    #expect(fault { try writer.commit() } == first)
    try writer.rollback()
    #expect(fault { try writer.begin() } == first)
    try writer.close()
    let again = try Connection(path: path, role: .writer)
    #expect(again.finalFault == nil)
    #expect(try again.count("t") == 0)
  }

  @Test("a full disk, a busy file or a broken rule ends nothing")
  func notFinal() throws {
    let folder = TemporaryFolder()
    let writer = try Connection(path: folder.file("a.db"), role: .writer)
    try writer.execute("CREATE TABLE t (a INTEGER NOT NULL) STRICT")
    for planned in [FaultPlan.Fault.diskFull, .busy] {
      writer.faultPlan = FaultPlan(.begin, planned)
      #expect(fault { try writer.begin() } != nil)
    }
    #expect(fault { try writer.execute("INSERT INTO t VALUES (NULL)") } != nil)
    #expect(writer.finalFault == nil)
    try writer.begin()
    try writer.commit()
  }
}
