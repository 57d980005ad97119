package import Domain
import SQLite

/// What support, operators and auditors look at.
extension StoreReader {
  /// Receipts, newest first.
  ///
  /// - Parameter before: the identifier that ended the page before.
  package func receipts(
    gateway: String?, verdict: Receipt.Verdict?, order: OrderReference?, before: ReceiptID?,
    limit: Int
  ) throws(StoreError) -> [Receipt] {
    var query = QueryText("SELECT \(ReceiptTable.columns) FROM receipts")
    if let order {
      guard let row = try row(order) else { return [] }
      query.add("receipts.order_key=?", .integer(row.key))
    }
    if let gateway { query.add("receipts.gateway=?", .text(gateway)) }
    if let verdict { query.add("receipts.verdict=?", .text(verdict.rawValue)) }
    if let before { query.add("receipts.id<?", .text(before.text)) }
    query.tail = " ORDER BY receipts.id DESC"
    return try rows(query.sql, query.values, limit: limit) { statement throws(StoreError) in
      try database { () throws(SQLiteError) in try ReceiptTable.read(statement) }
    }
  }

  /// The calls about an order, oldest first.
  package func calls(of reference: OrderReference) throws(StoreError) -> [CallRow] {
    guard let row = try row(reference) else { return [] }
    let statement = try database { () throws(SQLiteError) in
      let statement = try kept(
        "SELECT \(CallTable.columns) FROM calls WHERE order_key=? ORDER BY id")
      try statement.bind(row.key, at: 1)
      return statement
    }
    return try CallTable.all(statement, personal.seal)
  }

  /// Open questions in the order in which they will be asked.
  ///
  /// - Parameter after: time and subject of the row that ended the page before.
  /// - Parameter until: due at or before.
  package func schedule(
    gateway: String? = nil, order: OrderID? = nil, until: Timestamp? = nil,
    after: (at: Timestamp, subject: String)? = nil, limit: Int
  ) throws(StoreError) -> [(question: ScheduledQuestion, order: OrderID?)] {
    var query = QueryText(
      """
      SELECT \(QuestionTable.columns), (SELECT id FROM orders WHERE orders.key=order_key)
      FROM questions
      """)
    query.add("next_at IS NOT NULL")
    if let gateway { query.add("gateway=?", .text(gateway)) }
    if let order { query.add("order_key=(SELECT key FROM orders WHERE id=?)", .text(order.text)) }
    if let until { query.add("next_at<=?", .integer(until.milliseconds)) }
    if let after {
      query.add(
        "(next_at, subject)>(?,?)", .integer(after.at.milliseconds), .text(after.subject))
    }
    query.tail = " ORDER BY next_at, subject"
    return try rows(query.sql, query.values, limit: limit) { statement throws(StoreError) in
      try database { () throws(SQLiteError) in
        let order = try statement.optionalString(QuestionTable.columnsCount)
          .flatMap(OrderID.init(text:))
        return (try QuestionTable.read(statement), order)
      }
    }
  }

  /// How many questions are open, how many are overdue, and the oldest due time.
  package func scheduleCounts(
    at now: Timestamp
  ) throws(StoreError) -> (open: Int64, overdue: Int64, oldest: Timestamp?) {
    try database { () throws(SQLiteError) in
      let statement = try kept(
        """
        SELECT count(*), count(CASE WHEN next_at<? THEN 1 END), min(next_at)
        FROM questions WHERE next_at IS NOT NULL AND rank<\(ScheduledQuestion.comparingRank)
        """)
      try statement.bind(now.milliseconds, at: 1)
      defer { statement.reset() }
      guard try statement.step() else { return (0, 0, nil) }
      return (
        try statement.int64(0), try statement.int64(1),
        try statement.optionalInt64(2).map(Timestamp.init(milliseconds:))
      )
    }
  }

  /// How many payments and refunds wait for an answer at each gateway, by name.
  package func openQuestions() throws(StoreError) -> [(gateway: String, count: Int64)] {
    try database { () throws(SQLiteError) in try questions.open() }
  }

  /// When our books and a gateway's were last held side by side, and how many paid payments are
  /// yet to be asked about once more.
  package func comparisons(
    gateway: String
  ) throws(StoreError) -> (comparedAt: Timestamp?, waiting: Int64) {
    try database { () throws(SQLiteError) in
      let moment = try notes.meta("compared:\(gateway)").flatMap { Int64($0) }
      return (
        moment.map(Timestamp.init(milliseconds:)), try questions.comparingCount(gateway: gateway)
      )
    }
  }

  package func consumersCount(of principal: String) throws(StoreError) -> Int {
    try database { () throws(SQLiteError) in try notes.consumersCount(of: principal) }
  }

  /// The adapter behind a gateway that has open questions, as its payments say.
  package func kind(ofOpenGateway name: String) throws(StoreError) -> String? {
    try database { () throws(SQLiteError) in
      let statement = try kept(
        """
        SELECT kind FROM payments WHERE gateway=?1 AND order_key=
          (SELECT order_key FROM questions WHERE gateway=?1 AND next_at IS NOT NULL LIMIT 1)
        LIMIT 1
        """)
      try statement.bind(name, at: 1)
      defer { statement.reset() }
      return try statement.step() ? try statement.string(0) : nil
    }
  }

  /// Sums of a gateway's hourly counters since a moment, by name in alphabetic order.
  package func counts(
    gateway: String, since: Timestamp
  ) throws(StoreError) -> [(name: String, value: Int64)] {
    try database { () throws(SQLiteError) in
      let statement = try kept(
        """
        SELECT name, sum(value) FROM counts WHERE gateway=? AND hour>=?
        GROUP BY name ORDER BY name
        """)
      try statement.bind(gateway, at: 1)
      try statement.bind(since.hour, at: 2)
      defer { statement.reset() }
      var counts: [(name: String, value: Int64)] = []
      while try statement.step() {
        counts.append((try statement.string(0), try statement.int64(1)))
      }
      return counts
    }
  }

  /// Outgoing hook deliveries, newest first.
  package func hooks(
    state: OutboxRow.State?, before: HookDeliveryID?, limit: Int
  ) throws(StoreError) -> [OutboxRow] {
    var query = QueryText("SELECT \(OutboxTable.columns) FROM outbox")
    if let state { query.add("state=?", .text(state.rawValue)) }
    if let before { query.add("id<?", .text(before.text)) }
    query.tail = " ORDER BY id DESC"
    return try rows(query.sql, query.values, limit: limit) { statement throws(StoreError) in
      try database { () throws(SQLiteError) in try OutboxTable.read(statement) }
    }
  }

  /// Numbers of orders by pay state, in the order of the states.
  package func orderCounts() throws(StoreError) -> [(state: PayState, count: Int64)] {
    try database { () throws(SQLiteError) in
      let statement = try kept("SELECT pay_state, count(*) FROM orders GROUP BY pay_state")
      defer { statement.reset() }
      var found: [PayState: Int64] = [:]
      while try statement.step() {
        if let state = PayState(rawValue: try statement.string(0)) {
          found[state] = try statement.int64(1)
        }
      }
      return PayState.allCases.map { ($0, found[$0] ?? 0) }
    }
  }
}
