package import Domain
import SQLite

/// How long what is no fact is kept, in days since its last use; 0 keeps it for ever. The event log
/// and the state tables know no end.
package struct Retention: Hashable, Sendable {
  /// What is kept for a time, in the order in which it is swept.
  package enum Kind: String, Sendable, CaseIterable {
    /// Idempotency keys with their replies.
    case keys
    /// Exchanges with gateways that have ended.
    case calls
    /// Bytes of notifications; what came of them stays.
    case receipts
    /// Hook messages that have ended, hourly counts of gateways.
    case trail
    /// Buyers and metadata of orders.
    case personal
  }

  package var keys: Int64
  package var calls: Int64
  package var receipts: Int64
  package var trail: Int64
  package var personal: Int64

  package init(
    keys: Int64 = 30, calls: Int64 = 180, receipts: Int64 = 730, trail: Int64 = 180,
    personal: Int64 = 1095
  ) {
    self.keys = keys
    self.calls = calls
    self.receipts = receipts
    self.trail = trail
    self.personal = personal
  }

  /// Nothing is ever let go.
  package static let forever = Retention(keys: 0, calls: 0, receipts: 0, trail: 0, personal: 0)

  package func days(_ kind: Kind) -> Int64 {
    switch kind {
    case .keys: keys
    case .calls: calls
    case .receipts: receipts
    case .trail: trail
    case .personal: personal
    }
  }

  /// What was last used before this moment goes; nil where it is kept for ever.
  func cutoff(_ kind: Kind, at now: Timestamp) -> Timestamp? {
    let days = days(kind)
    return days == 0 ? nil : now.adding(milliseconds: -days * 86_400_000)
  }
}

/// How far one walk over everything that is kept for a time has come.
package struct RetentionWalk: Sendable {
  fileprivate var kinds = Retention.Kind.allCases[...]
  /// Where the next step of the present kind begins: after this row.
  fileprivate var place: RowPlace?

  package init() {}

  package var isDone: Bool { kinds.isEmpty }
}

/// A row by its primary key.
enum RowPlace: Hashable, Sendable {
  case number(Int64)
  case text(String)
  case pair(String, String)

  fileprivate var values: [QueryText.Value] {
    switch self {
    case .number(let number): [.integer(number)]
    case .text(let text): [.text(text)]
    case .pair(let first, let second): [.text(first), .text(second)]
    }
  }
}

/// What was swept of a kind so far, for people.
package struct RetentionReport: Hashable, Sendable {
  package let kind: Retention.Kind
  /// Rows removed, emptied or erased since the database was made.
  package let removed: Int64
  /// When a walk last came to its end, our wall clock.
  package let sweptAt: Timestamp?
}

extension Retention.Kind {
  fileprivate var table: String { self == .trail ? "outbox" : rawValue }

  /// The columns of the primary key.
  fileprivate var key: String {
    switch self {
    case .keys: "(principal, key)"
    case .calls, .receipts, .trail: "(id)"
    case .personal: "(order_key)"
    }
  }

  /// Runs over a stretch of rows with the cutoff as its first value.
  fileprivate var change: String {
    switch self {
    case .keys: "DELETE FROM keys WHERE created_at<?1 AND state='done'"
    case .calls:
      """
      DELETE FROM calls WHERE started_at<?1 AND state<>'running'
        AND NOT \(SettledOrders.isNeeded("calls.order_key"))
      """
    case .receipts:
      """
      UPDATE receipts SET \(ReceiptTable.emptied)
      WHERE received_at<?1 AND http_method<>'' AND verdict<>'parked'
        AND NOT \(SettledOrders.isNeeded("receipts.order_key"))
      """
    case .trail: "DELETE FROM outbox WHERE created_at<?1 AND state<>'ready'"
    case .personal:
      """
      SELECT order_key FROM personal
      WHERE EXISTS(SELECT 1 FROM orders WHERE key=personal.order_key AND updated_at<?1)
        AND NOT \(SettledOrders.isNeeded("personal.order_key"))
      """
    }
  }
}

/// Orders somebody may still have to look into: nothing about them is swept.
private enum SettledOrders {
  static func isNeeded(_ key: String) -> String {
    let open = PaymentState.allCases.filter(\.isOpen).map { "'\($0.rawValue)'" }
    let moving = (RefundState.allCases.filter(\.isInFlight) + [.requested, .approved])
      .map { "'\($0.rawValue)'" }
    return """
      (EXISTS(SELECT 1 FROM orders WHERE key=\(key) AND (attention IS NOT NULL
          OR pay_state='review' OR dispute_state='open' OR risk_state='held'
          OR delivery_state='held' OR delivery_state='reserved' OR delivery_state='delivering'))
        OR EXISTS(SELECT 1 FROM payments WHERE order_key=\(key)
          AND state IN (\(open.joined(separator: ","))))
        OR EXISTS(SELECT 1 FROM refunds WHERE order_key=\(key)
          AND state IN (\(moving.joined(separator: ",")))))
      """
  }
}

extension StoreWriter {
  /// Rows that one step of a walk looks at.
  package static let retentionShare = 256

  /// Takes a walk one step on, in the present transaction.
  ///
  /// - Returns: orders whose personal data has had its time; erasing them is the caller's, because
  ///   that is an event.
  package func sweep(
    _ walk: inout RetentionWalk, _ retention: Retention, at now: Timestamp
  ) throws(StoreError) -> [Int64] {
    guard let kind = walk.kinds.first else { return [] }
    guard let cutoff = retention.cutoff(kind, at: now) else {
      walk.kinds.removeFirst()
      return []
    }
    return try database { () throws(SQLiteError) in
      let end = try stretchEnd(kind, after: walk.place)
      var conditions = ""
      var values: [QueryText.Value] = [.integer(cutoff.milliseconds)]
      for (sign, place) in [(">", walk.place), ("<=", end)] {
        guard let place else { continue }
        let marks = place.values.map { _ in "?" }.joined(separator: ",")
        conditions += " AND \(kind.key)\(sign)(\(marks))"
        values += place.values
      }
      let (orders, removed) = try run(kind, kind.change + conditions, values)
      walk.place = end
      if end == nil {
        walk.kinds.removeFirst()
        try endKind(kind, cutoff, at: now)
      }
      if removed > 0 { try note(kind, removed: removed) }
      return orders
    }
  }

  private func run(
    _ kind: Retention.Kind, _ sql: String, _ values: [QueryText.Value]
  ) throws(SQLiteError) -> (orders: [Int64], removed: Int64) {
    let statement = try connection.prepare(sql)
    defer { statement.finalize() }
    try QueryText.bind(values, to: statement)
    guard kind == .personal else {
      try statement.run()
      return ([], Int64(connection.changes))
    }
    var orders: [Int64] = []
    while try statement.step() { orders.append(try statement.int64(0)) }
    return (orders, Int64(orders.count))
  }

  /// The last row of a stretch; nil where the table ends before it is full.
  private func stretchEnd(
    _ kind: Retention.Kind, after place: RowPlace?
  ) throws(SQLiteError) -> RowPlace? {
    let columns = kind.key.dropFirst().dropLast()
    let marks = place.map { $0.values.map { _ in "?" }.joined(separator: ",") }
    let statement = try connection.prepare(
      """
      SELECT \(columns) FROM \(kind.table) \(marks.map { "WHERE \(kind.key)>(\($0))" } ?? "")
      ORDER BY \(columns) LIMIT 1 OFFSET \(StoreWriter.retentionShare - 1)
      """)
    defer { statement.finalize() }
    try QueryText.bind(place?.values ?? [], to: statement)
    guard try statement.step() else { return nil }
    switch kind {
    case .keys: return .pair(try statement.string(0), try statement.string(1))
    case .calls, .receipts, .trail: return .text(try statement.string(0))
    case .personal: return .number(try statement.int64(0))
    }
  }

  private func endKind(
    _ kind: Retention.Kind, _ cutoff: Timestamp, at now: Timestamp
  ) throws(SQLiteError) {
    if kind == .trail {
      let statement = try connection.prepare("DELETE FROM counts WHERE hour<?")
      defer { statement.finalize() }
      try statement.bind(cutoff.hour, at: 1)
      try statement.run()
    }
    try notes.setMeta("swept_\(kind.rawValue)", String(now.milliseconds))
  }

  private func note(_ kind: Retention.Kind, removed: Int64) throws(SQLiteError) {
    let name = "removed_\(kind.rawValue)"
    let before = Int64(try notes.meta(name) ?? "0") ?? 0
    try notes.setMeta(name, String(before + removed))
  }
}

extension StoreReader {
  /// What was swept so far, kind by kind.
  package func retention() throws(StoreError) -> [RetentionReport] {
    try database { () throws(SQLiteError) in
      var reports: [RetentionReport] = []
      for kind in Retention.Kind.allCases {
        let removed = try notes.meta("removed_\(kind.rawValue)")
        let swept = try notes.meta("swept_\(kind.rawValue)")
        reports.append(
          RetentionReport(
            kind: kind, removed: removed.flatMap { Int64($0) } ?? 0,
            sweptAt: swept.flatMap { Int64($0) }.map(Timestamp.init(milliseconds:))))
      }
      return reports
    }
  }

  /// Orders that the search index has not reached.
  package func searchLag() throws(StoreError) -> Int64 {
    try number("SELECT count(*) FROM orders WHERE key>\(SearchIndex.reached("indexed"))")
  }

  /// Orders that a person must look at.
  package func attentionCount() throws(StoreError) -> Int64 {
    try number("SELECT count(*) FROM orders WHERE attention IS NOT NULL")
  }

  /// Hook messages that have not been taken and are tried again.
  package func waitingHooks() throws(StoreError) -> Int64 {
    try number("SELECT count(*) FROM outbox WHERE next_at IS NOT NULL")
  }

  private func number(_ sql: String) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in
      let statement = try kept(sql)
      defer { statement.reset() }
      return try statement.step() ? try statement.int64(0) : 0
    }
  }
}
