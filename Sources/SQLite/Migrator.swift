import CSQLite

/// One step of the schema. A released step never changes; the next change is a new step.
package struct Migration: Sendable, Equatable {
  /// 1, 2, 3 … without gaps; `user_version` afterwards.
  package let number: Int32
  /// What it does, for the log.
  package let name: String
  /// Statements without transaction control.
  package let sql: String
  /// Whether it replaces a table that others refer to. Such a step runs with foreign keys off,
  /// since dropping the old table would count its rows as missing; every reference is checked
  /// before the commit instead, which reads all tables that refer to others.
  package let isRebuild: Bool

  /// Describes a step; nothing runs.
  package init(number: Int32, name: String, sql: String, isRebuild: Bool = false) {
    self.number = number
    self.name = name
    self.sql = sql
    self.isRebuild = isRebuild
  }
}

/// Brings a file to the newest schema, forward only.
///
/// Each step is one transaction that also moves `user_version`, so a crash leaves the schema before
/// or after a step and running again goes on from there.
package struct Migrator: Sendable {
  /// Whose files these are; 0 belongs to nobody and is refused.
  package let applicationID: Int32
  /// Every step ever released, in order.
  package let migrations: [Migration]

  /// Collects the steps; nothing runs.
  ///
  /// - Precondition: `applicationID` is not 0, and the migrations are numbered 1, 2, 3 ….
  package init(applicationID: Int32, migrations: [Migration]) {
    precondition(applicationID != 0, "0 is the application id of a file without owner")
    for (index, migration) in migrations.enumerated() {
      precondition(
        migration.number == Int32(index + 1), "migrations are numbered 1, 2, 3 without gaps")
    }
    self.applicationID = applicationID
    self.migrations = migrations
  }

  /// The schema number this program knows.
  package var newestVersion: Int32 { Int32(migrations.count) }

  /// The steps a file still needs, in order. Changes nothing.
  ///
  /// - Throws: `.foreignFile` or `.newerSchema`.
  package func pending(on connection: Connection) throws(SQLiteError) -> [Migration] {
    let (owner, version) = (try connection.applicationID(), try connection.userVersion())
    let isNew = try isNew(connection, owner: owner, version: version)
    guard owner == applicationID || isNew else {
      throw SQLiteError(
        extendedCode: SQLITE_NOTADB,
        message: "the file belongs to application \(owner), not \(applicationID)",
        classification: .foreignFile(found: owner, own: applicationID))
    }
    guard version >= 0, version <= newestVersion else {
      throw SQLiteError(
        extendedCode: SQLITE_ERROR,
        message: "the schema is version \(version), this program knows \(newestVersion)",
        classification: .newerSchema(found: version, known: newestVersion))
    }
    return Array(migrations[Int(version)...])
  }

  /// Runs the pending steps and returns them; empty if the file was up to date.
  ///
  /// - Parameter finish: runs inside the transaction of each step, after its statements: for what
  ///   statements alone cannot do.
  /// - Throws: as `pending`, or the fault of a step, whose transaction is then rolled back.
  @discardableResult
  package func migrate(
    _ connection: Connection,
    finish: (Migration, Connection) throws(SQLiteError) -> Void = { _, _ in }
  ) throws(SQLiteError) -> [Migration] {
    let steps = try pending(on: connection)
    for step in steps { try run(step, on: connection, finish) }
    return steps
  }

  private func run(
    _ step: Migration, on connection: Connection,
    _ finish: (Migration, Connection) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    // The setting cannot change inside a transaction.
    if step.isRebuild { try connection.setForeignKeys(isOn: false) }
    do throws(SQLiteError) {
      try connection.begin()
      try apply(step, to: connection, finish)
      try connection.commit()
    } catch {
      // The first fault is the one to tell; a connection that cannot even roll back shows it in
      // the next `begin`.
      try? connection.rollback()
      if step.isRebuild { try? connection.setForeignKeys(isOn: true) }
      throw error
    }
    if step.isRebuild { try connection.setForeignKeys(isOn: true) }
  }

  private func apply(
    _ step: Migration, to connection: Connection,
    _ finish: (Migration, Connection) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    guard try connection.userVersion() == step.number - 1 else {
      throw .misuse("the schema changed while it was being migrated")
    }
    try connection.execute(step.sql)
    try finish(step, connection)
    guard connection.inTransaction else {
      throw .misuse("migration \(step.number) ends its own transaction")
    }
    if step.isRebuild, let orphan = try connection.foreignKeyCheck().first {
      let message = "migration \(step.number) leaves a row without parent: \(orphan)"
      throw SQLiteError(
        extendedCode: SQLITE_CONSTRAINT, message: message,
        classification: .constraint(kind: .foreignKey, message: message))
    }
    try connection.setApplicationID(applicationID)
    try connection.setUserVersion(step.number)
  }

  private func isNew(
    _ connection: Connection, owner: Int32, version: Int32
  ) throws(SQLiteError) -> Bool {
    guard owner == 0, version == 0 else { return false }
    return try connection.texts("SELECT name FROM sqlite_schema LIMIT 1").isEmpty
  }
}
