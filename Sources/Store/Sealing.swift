import Domain
import SQLite

/// Brings personal data that lies in the clear under the key, and proves that the key fits.
enum Sealing {
  /// Name of the row in `meta` that tells which key the sealed values belong to.
  private static let keyNameRow = "personal_key"

  /// The rest of the sealing step of the schema: every value moves, or none.
  static func finish(
    _ step: Migration, _ connection: Connection, _ seal: PersonalSeal?
  ) throws(StoreError) {
    guard step.number == Schema.sealing else { return }
    try sealBuyers(connection, seal)
    try sealCalls(connection, seal)
    try database { () throws(SQLiteError) in try connection.execute(Schema.afterSealing) }
  }

  private static func sealBuyers(
    _ connection: Connection, _ seal: PersonalSeal?
  ) throws(StoreError) {
    let (table, old) = try database { () throws(SQLiteError) in
      (
        try PersonalTable(connection, seal: seal, canWrite: true),
        try connection.prepare("SELECT order_key, buyer, metadata FROM private")
      )
    }
    defer { old.finalize() }
    while let row = try database({ () throws(SQLiteError) in try row(old) }) {
      let buyer = try row.buyer.map { text throws(StoreError) in
        try Stored(text: text, "private \(row.key)").buyer()
      }
      let facts = PersonalFacts(buyer: buyer, metadata: row.metadata)
      if !facts.isEmpty { try table.save(row.key, facts) }
    }
  }

  private static func row(
    _ statement: Statement
  ) throws(SQLiteError) -> (key: Int64, buyer: String?, metadata: String?)? {
    guard try statement.step() else { return nil }
    return (
      try statement.int64(0), try statement.optionalString(1), try statement.optionalString(2)
    )
  }

  private static func sealCalls(
    _ connection: Connection, _ seal: PersonalSeal?
  ) throws(StoreError) {
    let old = try database { () throws(SQLiteError) in
      try connection.prepare("SELECT id, private FROM calls WHERE private IS NOT NULL")
    }
    defer { old.finalize() }
    while try database({ () throws(SQLiteError) in try old.step() }) {
      guard let seal else { throw PersonalTable.noKey }
      try database { () throws(SQLiteError) in
        let id = try old.string(0)
        guard let call = CallID(text: id) else { throw SQLiteError.damagedRow("calls \(id)") }
        let change = try connection.prepare("UPDATE calls SET sealed=? WHERE id=?")
        try change.bind(seal.seal(Array(try old.string(1).utf8), for: .call(call)), at: 1)
        try change.bind(id, at: 2)
        try change.run()
        change.finalize()
      }
    }
  }

  /// The name of the key that the sealed values need; nil where nothing is sealed.
  static func neededKey(_ connection: Connection) throws(SQLiteError) -> String? {
    guard try connection.userVersion() >= Schema.sealing else { return nil }
    let hasAttachments = try connection.userVersion() >= Schema.attaching
    let statement = try connection.prepare(
      """
      SELECT value FROM meta WHERE name='\(keyNameRow)' AND (EXISTS(SELECT 1 FROM personal)
        OR EXISTS(SELECT 1 FROM calls WHERE sealed IS NOT NULL)
        \(hasAttachments ? "OR EXISTS(SELECT 1 FROM attachments)" : ""))
      """)
    defer { statement.finalize() }
    return try statement.step() ? try statement.string(0) : nil
  }

  /// Refuses a key that does not open what is there; notes the key where nothing is sealed yet.
  static func adopt(_ seal: PersonalSeal, _ connection: Connection) throws(StoreError) {
    let needed = try database { () throws(SQLiteError) in try neededKey(connection) }
    if let needed, !needed.utf8.elementsEqual(seal.keyName.utf8) {
      throw .sealed(
        "the personal data was sealed with the key \(needed), and this key is \(seal.keyName)")
    }
    try database { () throws(SQLiteError) in
      let change = try connection.prepare(
        "INSERT OR REPLACE INTO meta(name, value) VALUES ('\(keyNameRow)', ?)")
      try change.bind(seal.keyName, at: 1)
      try change.run()
      change.finalize()
    }
  }
}

extension StoreWriter {
  /// Which key the personal data in a database needs, by its name; nil where nothing is sealed,
  /// also for a file of an older schema. Changes nothing.
  package static func neededPersonalKey(path: String) throws(StoreError) -> String? {
    try database { () throws(SQLiteError) in
      let connection = try Connection(path: path, role: .archive)
      return try Sealing.neededKey(connection)
    }
  }

  /// Erases everything that is sealed, for good: the way on when its key is lost. Facts of money
  /// are not touched.
  ///
  /// - Returns: how many orders lost their buyer.
  package func forgetPersonal() throws(StoreError) -> Int64 {
    try begin()
    do throws(StoreError) {
      let count = try database { () throws(SQLiteError) -> Int64 in
        try connection.execute("DELETE FROM personal_terms")
        try connection.execute("DELETE FROM attachments")
        try connection.execute("UPDATE calls SET sealed=NULL WHERE sealed IS NOT NULL")
        try connection.execute("DELETE FROM personal")
        return Int64(connection.changes)
      }
      try commit()
      return count
    } catch {
      try rollBack()
      throw error
    }
  }
}
