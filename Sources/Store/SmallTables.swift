import Domain
import SQLite

/// `meta`, `private`, `consumers`, `gateways` and `counts`: a few columns each.
struct SmallTables {
  private let metaSelection: Statement
  private let privateSelection: Statement
  private let consumerSelection: Statement
  private let gatewaySelection: Statement
  private let countSelection: Statement
  private let metaReplacement: Statement
  private let privateReplacement: Statement
  private let privateDeletion: Statement
  private let consumerReplacement: Statement
  private let gatewayReplacement: Statement
  private let countChange: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    metaSelection = try connection.prepare("SELECT value FROM meta WHERE name=?")
    privateSelection = try connection.prepare(
      "SELECT buyer, metadata FROM private WHERE order_key=?")
    consumerSelection = try connection.prepare(
      "SELECT seq FROM consumers WHERE principal=? AND name=?")
    gatewaySelection = try connection.prepare(
      "SELECT is_paused, degraded FROM gateways WHERE name=?")
    countSelection = try connection.prepare(
      "SELECT value FROM counts WHERE gateway=? AND hour=? AND name=?")
    let unused = metaSelection
    func writing(_ sql: String) throws(SQLiteError) -> Statement {
      canWrite ? try connection.prepare(sql) : unused
    }
    metaReplacement = try writing("INSERT OR REPLACE INTO meta(name, value) VALUES (?,?)")
    privateReplacement = try writing(
      """
      INSERT OR REPLACE INTO private(order_key, buyer, metadata, email, user_id, ip)
      VALUES (?,?,?,?,?,?)
      """)
    privateDeletion = try writing("DELETE FROM private WHERE order_key=?")
    consumerReplacement = try writing(
      "INSERT OR REPLACE INTO consumers(principal, name, seq, updated_at) VALUES (?,?,?,?)")
    gatewayReplacement = try writing(
      "INSERT OR REPLACE INTO gateways(name, is_paused, degraded) VALUES (?,?,?)")
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

  func setMeta(_ name: String, _ value: String) throws(SQLiteError) {
    try metaReplacement.bind(name, at: 1)
    try metaReplacement.bind(value, at: 2)
    try metaReplacement.run()
  }

  func savePrivate(_ key: Int64, buyer: Buyer?, metadata: String?) throws(SQLiteError) {
    var cursor = ParameterCursor(privateReplacement)
    try cursor.add(key)
    try cursor.add(buyer.map { buyer in Codec.text { Codec.write(buyer, &$0) } })
    try cursor.add(metadata)
    try cursor.add(buyer?.email)
    try cursor.add(buyer?.userID)
    try cursor.add(buyer?.ip)
    try privateReplacement.run()
  }

  func privateFacts(of key: Int64) throws(StoreError) -> (buyer: Buyer?, metadata: String?) {
    let texts = try database { () throws(SQLiteError) -> (String?, String?) in
      try privateSelection.bind(key, at: 1)
      defer { privateSelection.reset() }
      guard try privateSelection.step() else { return (nil, nil) }
      return (try privateSelection.optionalString(0), try privateSelection.optionalString(1))
    }
    guard let text = texts.0 else { return (nil, texts.1) }
    return (try Stored(text: text, "private \(key)").buyer(), texts.1)
  }

  func erasePrivate(of key: Int64) throws(SQLiteError) {
    try privateDeletion.bind(key, at: 1)
    try privateDeletion.run()
  }

  func consumer(principal: String, name: String) throws(SQLiteError) -> Int64? {
    try consumerSelection.bind(principal, at: 1)
    try consumerSelection.bind(name, at: 2)
    defer { consumerSelection.reset() }
    return try consumerSelection.step() ? try consumerSelection.int64(0) : nil
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

  func gateway(_ name: String) throws(SQLiteError) -> (isPaused: Bool, degraded: String?)? {
    try gatewaySelection.bind(name, at: 1)
    defer { gatewaySelection.reset() }
    guard try gatewaySelection.step() else { return nil }
    return (try gatewaySelection.bool(0), try gatewaySelection.optionalString(1))
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
