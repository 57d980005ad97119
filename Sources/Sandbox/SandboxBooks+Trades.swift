import Domain
import Gateways
import SQLite

// Trades and their refunds.

extension SandboxBooks {
  private static let columns = """
    SELECT t.id, t.gateway, t.out_trade_no, t.method, t.subject, t.currency, t.amount, t.status,
      t.paid_currency, t.paid, t.paid_at, t.created_at, t.expires_at, t.closed_at,
      t.late_success_at, t.callback, coalesce(n.calls, 0), coalesce(n.creates, 0),
      (SELECT count(*) FROM notices o WHERE o.trade = t.id AND o.state = 'pending')
    FROM trades t
    LEFT JOIN numbers n ON n.gateway = t.gateway AND n.out_trade_no = t.out_trade_no
    """

  func trade(gateway: String, number: String) throws(SQLiteError) -> SandboxTrade? {
    try trades(
      "WHERE t.gateway = ?1 AND t.out_trade_no = ?2", [.text(gateway), .text(number)]
    ).first
  }

  /// Newest first: highest id first.
  func trades(
    gateway: String?, before id: Int64, limit: Int
  ) throws(SQLiteError) -> [SandboxTrade] {
    try trades(
      "WHERE t.id < ?1 AND (?2 IS NULL OR t.gateway = ?2) ORDER BY t.id DESC LIMIT ?3",
      [.integer(id), .text(gateway), .integer(Int64(limit))])
  }

  /// Closed trades whose money is to be taken now, oldest first.
  func tradesSucceedingLate(at now: Timestamp) throws(SQLiteError) -> [SandboxTrade] {
    try trades(
      "WHERE t.late_success_at IS NOT NULL AND t.late_success_at <= ?1 ORDER BY t.id",
      [.integer(now.milliseconds)])
  }

  func trade(id: Int64) throws(SQLiteError) -> SandboxTrade? {
    try trades("WHERE t.id = ?1", [.integer(id)]).first
  }

  private func trades(_ clause: String, _ values: [Value]) throws(SQLiteError) -> [SandboxTrade] {
    var found = try rows("\(Self.columns) \(clause)", values) { row throws(SQLiteError) in
      try Self.trade(row)
    }
    for index in found.indices {
      found[index].refunds = try refunds(of: found[index])
      found[index].dispute = try dispute(of: found[index])
    }
    return found
  }

  private static func trade(_ row: Statement) throws(SQLiteError) -> SandboxTrade {
    guard let amount = try money(row, 5, 6),
      let status = SandboxTradeStatus(rawValue: try row.string(7)),
      let createdAt = try moment(row, 11), let expiresAt = try moment(row, 12)
    else { throw corrupt("a trade of no known form") }
    return SandboxTrade(
      id: try row.int64(0), gateway: try row.string(1), outTradeNumber: try row.string(2),
      method: try row.string(3), subject: try row.string(4), amount: amount,
      createdAt: createdAt, expiresAt: expiresAt, status: status, paid: try money(row, 8, 9),
      paidAt: try moment(row, 10), closedAt: try moment(row, 13),
      lateSuccessAt: try moment(row, 14),
      callback: try row.optionalString(15).flatMap { SandboxCallback(rawValue: $0) },
      noticesPending: try row.int64(18), callsCount: try row.int64(16),
      createsCount: try row.int64(17), refunds: [])
  }

  /// The id of the newest trade, 0 in empty books. Trades are never deleted.
  func newestTradeID() throws(SQLiteError) -> Int64 {
    try rows("SELECT coalesce(max(id), 0) FROM trades", []) { row throws(SQLiteError) in
      try row.int64(0)
    }.first ?? 0
  }

  func insertTrade(
    gateway: String, number: String, method: String, subject: String, amount: Money,
    expiresAt: Timestamp, at now: Timestamp
  ) throws(SQLiteError) {
    try run(
      """
      INSERT INTO trades (gateway, out_trade_no, method, subject, currency, amount, status,
        created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?8)
      """,
      [
        .text(gateway), .text(number), .text(method), .text(subject),
        .text(amount.currency.code), .integer(amount.minor), .integer(now.milliseconds),
        .integer(expiresAt.milliseconds),
      ])
  }

  /// Writes what may change of a trade.
  func update(_ trade: SandboxTrade) throws(SQLiteError) {
    try run(
      """
      UPDATE trades SET status = ?2, paid_currency = ?3, paid = ?4, paid_at = ?5, closed_at = ?6,
        late_success_at = ?7, callback = ?8 WHERE id = ?1
      """,
      [
        .integer(trade.id), .text(trade.status.rawValue), .text(trade.paid?.currency.code),
        .integer(trade.paid?.minor), .integer(trade.paidAt?.milliseconds),
        .integer(trade.closedAt?.milliseconds), .integer(trade.lateSuccessAt?.milliseconds),
        .text(trade.callback?.rawValue),
      ])
    precondition(connection.changes == 1, "a trade that was read is still there")
  }
}

// MARK: Refunds

extension SandboxBooks {
  private func refunds(of trade: SandboxTrade) throws(SQLiteError) -> [SandboxRefund] {
    guard let paid = trade.paid else { return [] }
    return try rows(
      """
      SELECT id, refund_no, amount, reason, status, refunded_at, returns_at, returned_at
      FROM refunds WHERE trade = ?1 ORDER BY id
      """, [.integer(trade.id)]
    ) { row throws(SQLiteError) in
      guard let status = SandboxRefundStatus(rawValue: try row.string(4)),
        let refundedAt = try Self.moment(row, 5)
      else { throw Self.corrupt("a refund of no known form") }
      return SandboxRefund(
        id: try row.int64(0), number: try row.string(1),
        amount: Money(try row.int64(2), paid.currency), reason: try row.optionalString(3),
        refundedAt: refundedAt, status: status, returnsAt: try Self.moment(row, 6),
        returnedAt: try Self.moment(row, 7))
    }
  }

  func insertRefund(
    _ number: String, of trade: SandboxTrade, amount: Money, reason: String?,
    returnsAt: Timestamp?, at now: Timestamp
  ) throws(SQLiteError) {
    precondition(amount.currency == trade.paid?.currency, "a refund is in the currency paid")
    try run(
      """
      INSERT INTO refunds (trade, refund_no, amount, reason, status, refunded_at, returns_at)
      VALUES (?1, ?2, ?3, ?4, 'succeeded', ?5, ?6)
      """,
      [
        .integer(trade.id), .text(number), .integer(amount.minor), .text(reason),
        .integer(now.milliseconds), .integer(returnsAt?.milliseconds),
      ])
  }

  /// Refunds whose money comes back now, each with the id of its trade, oldest first.
  func refundsReturning(
    at now: Timestamp
  ) throws(SQLiteError) -> [(trade: Int64, number: String, returnsAt: Timestamp)] {
    try rows(
      """
      SELECT trade, refund_no, returns_at FROM refunds
      WHERE returns_at IS NOT NULL AND returns_at <= ?1 ORDER BY id
      """, [.integer(now.milliseconds)]
    ) { row throws(SQLiteError) in
      (try row.int64(0), try row.string(1), Timestamp(milliseconds: try row.int64(2)))
    }
  }

  /// A refund's money is back.
  func returnRefund(_ number: String, ofTrade id: Int64, at now: Timestamp) throws(SQLiteError) {
    try run(
      """
      UPDATE refunds SET status = 'returned', returned_at = ?3, returns_at = NULL
      WHERE trade = ?1 AND refund_no = ?2
      """, [.integer(id), .text(number), .integer(now.milliseconds)])
  }
}
