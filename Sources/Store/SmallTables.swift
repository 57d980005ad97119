package import Domain
import SQLite

/// What is kept about a gateway, configured or not. Times are our wall clock.
package struct GatewayRow: Hashable, Sendable {
  package let isPaused: Bool
  /// Why it is in trouble; nil where it is not.
  package let degraded: String?
  /// When an exchange last brought a usable answer.
  package let succeededAt: Timestamp?
  /// When one last failed for a reason that lies with the gateway or the way to it.
  package let failedAt: Timestamp?
  /// The code of that reason.
  package let failure: String?
}

/// `meta`, `consumers`, `gateways` and `counts`: a few columns each.
struct SmallTables {
  private let connection: Connection
  private let metaSelection: Statement
  private let metaPage: Statement
  private let consumerSelection: Statement
  private let consumersSelection: Statement
  private let gatewaySelection: Statement
  private let countSelection: Statement
  private let metaReplacement: Statement
  private let metaRemoval: Statement
  private let metaSweep: Statement
  private let consumerReplacement: Statement
  private let gatewayReplacement: Statement
  private let answeredChange: Statement
  private let failedChange: Statement
  private let countChange: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    self.connection = connection
    metaSelection = try connection.prepare("SELECT value FROM meta WHERE name=?")
    metaPage = try connection.prepare(
      "SELECT name, value FROM meta WHERE name>=? AND name<? ORDER BY name LIMIT ?")
    consumerSelection = try connection.prepare(
      "SELECT seq FROM consumers WHERE principal=? AND name=?")
    consumersSelection = try connection.prepare(
      "SELECT count(*) FROM consumers WHERE principal=?")
    gatewaySelection = try connection.prepare(
      "SELECT is_paused, degraded, succeeded_at, failed_at, failure FROM gateways WHERE name=?")
    countSelection = try connection.prepare(
      "SELECT value FROM counts WHERE gateway=? AND hour=? AND name=?")
    let unused = metaSelection
    func writing(_ sql: String) throws(SQLiteError) -> Statement {
      canWrite ? try connection.prepare(sql) : unused
    }
    metaRemoval = try writing("DELETE FROM meta WHERE name=?")
    metaSweep = try writing(
      """
      DELETE FROM meta WHERE name IN (SELECT name FROM meta WHERE name>=? AND name<? LIMIT ?)
      """)
    metaReplacement = try writing("INSERT OR REPLACE INTO meta(name, value) VALUES (?,?)")
    consumerReplacement = try writing(
      "INSERT OR REPLACE INTO consumers(principal, name, seq, updated_at) VALUES (?,?,?,?)")
    gatewayReplacement = try writing(
      """
      INSERT INTO gateways(name, is_paused, degraded) VALUES (?,?,?)
      ON CONFLICT(name) DO UPDATE SET is_paused=excluded.is_paused, degraded=excluded.degraded
      """)
    answeredChange = try writing(
      """
      INSERT INTO gateways(name, is_paused, succeeded_at) VALUES (?,0,?)
      ON CONFLICT(name) DO UPDATE SET succeeded_at=excluded.succeeded_at
      """)
    failedChange = try writing(
      """
      INSERT INTO gateways(name, is_paused, failed_at, failure) VALUES (?,0,?,?)
      ON CONFLICT(name) DO UPDATE SET failed_at=excluded.failed_at, failure=excluded.failure
      """)
    countChange = try writing(
      """
      INSERT INTO counts(gateway, hour, name, value) VALUES (?,?,?,?)
      ON CONFLICT(gateway, hour, name) DO UPDATE SET value=value+excluded.value
      """)
  }

  func meta(_ name: String) throws(SQLiteError) -> String? {
    try metaSelection.bind(name, at: 1)
    defer { metaSelection.reset() }
    return try metaSelection.step() ? try metaSelection.string(0) : nil
  }

  /// Notes whose names begin with a text, from one on.
  func metas(
    beginningWith text: String, from first: String? = nil, limit: Int = .max
  ) throws(SQLiteError) -> [(name: String, value: String)] {
    try metaPage.bind(first ?? text, at: 1)
    try metaPage.bind(text + "\u{10FFFF}", at: 2)
    try metaPage.bind(limit, at: 3)
    defer { metaPage.reset() }
    var notes: [(String, String)] = []
    while try metaPage.step() {
      notes.append((try metaPage.string(0), try metaPage.string(1)))
    }
    return notes
  }

  func removeMeta(_ name: String) throws(SQLiteError) {
    try metaRemoval.bind(name, at: 1)
    try metaRemoval.run()
  }

  /// - Returns: whether there may be more.
  func removeMeta(beginningWith text: String, limit: Int) throws(SQLiteError) -> Bool {
    try metaSweep.bind(text, at: 1)
    try metaSweep.bind(text + "\u{10FFFF}", at: 2)
    try metaSweep.bind(limit, at: 3)
    try metaSweep.run()
    return connection.changes == limit
  }

  func setMeta(_ name: String, _ value: String) throws(SQLiteError) {
    try metaReplacement.bind(name, at: 1)
    try metaReplacement.bind(value, at: 2)
    try metaReplacement.run()
  }

  func consumer(principal: String, name: String) throws(SQLiteError) -> Int64? {
    try consumerSelection.bind(principal, at: 1)
    try consumerSelection.bind(name, at: 2)
    defer { consumerSelection.reset() }
    return try consumerSelection.step() ? try consumerSelection.int64(0) : nil
  }

  /// How many consumers a principal has.
  func consumersCount(of principal: String) throws(SQLiteError) -> Int {
    try consumersSelection.bind(principal, at: 1)
    defer { consumersSelection.reset() }
    return try consumersSelection.step() ? Int(try consumersSelection.int64(0)) : 0
  }

  func setConsumer(
    principal: String, name: String, sequence: Int64, at now: Timestamp
  ) throws(SQLiteError) {
    var cursor = ParameterCursor(consumerReplacement)
    try cursor.add(principal)
    try cursor.add(name)
    try cursor.add(sequence)
    try cursor.add(now.milliseconds)
    try consumerReplacement.run()
  }

  func gateway(_ name: String) throws(SQLiteError) -> GatewayRow? {
    try gatewaySelection.bind(name, at: 1)
    defer { gatewaySelection.reset() }
    guard try gatewaySelection.step() else { return nil }
    var cursor = ColumnCursor(gatewaySelection)
    return GatewayRow(
      isPaused: try cursor.bool(), degraded: try cursor.optionalString(),
      succeededAt: try cursor.time(), failedAt: try cursor.time(),
      failure: try cursor.optionalString())
  }

  func noteAnswered(_ name: String, at moment: Timestamp) throws(SQLiteError) {
    try answeredChange.bind(name, at: 1)
    try answeredChange.bind(moment.milliseconds, at: 2)
    try answeredChange.run()
  }

  func noteFailed(
    _ name: String, _ failure: String, at moment: Timestamp
  ) throws(SQLiteError) {
    try failedChange.bind(name, at: 1)
    try failedChange.bind(moment.milliseconds, at: 2)
    try failedChange.bind(failure, at: 3)
    try failedChange.run()
  }

  func setGateway(_ name: String, isPaused: Bool, degraded: String?) throws(SQLiteError) {
    var cursor = ParameterCursor(gatewayReplacement)
    try cursor.add(name)
    try cursor.add(isPaused)
    try cursor.add(degraded)
    try gatewayReplacement.run()
  }

  func count(
    _ name: String, gateway: String, hour: Int64, by amount: Int64
  ) throws(SQLiteError) {
    var cursor = ParameterCursor(countChange)
    try cursor.add(gateway)
    try cursor.add(hour)
    try cursor.add(name)
    try cursor.add(amount)
    try countChange.run()
  }

  func counted(_ name: String, gateway: String, hour: Int64) throws(SQLiteError) -> Int64 {
    var cursor = ParameterCursor(countSelection)
    try cursor.add(gateway)
    try cursor.add(hour)
    try cursor.add(name)
    defer { countSelection.reset() }
    return try countSelection.step() ? try countSelection.int64(0) : 0
  }
}
