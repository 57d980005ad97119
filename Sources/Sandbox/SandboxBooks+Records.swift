import Domain
import Gateways
import SQLite

// Calls, notices and faults.

extension SandboxBooks {
  /// The list of calls keeps this many; the counts per number keep all.
  static let callsMax: Int64 = 100_000
  /// Notices that are not pending any more are kept up to this many.
  static let noticesMax: Int64 = 100_000

  func countCall(
    of number: String, gateway: String, isCreate: Bool
  ) throws(SQLiteError) {
    try run(
      """
      INSERT INTO numbers (gateway, out_trade_no, calls, creates) VALUES (?1, ?2, 1, ?3)
      ON CONFLICT (gateway, out_trade_no) DO UPDATE
      SET calls = calls + 1, creates = creates + excluded.creates
      """, [.text(gateway), .text(number), .integer(isCreate ? 1 : 0)])
  }

  func record(_ call: SandboxCall) throws(SQLiteError) {
    try run(
      """
      INSERT INTO calls (at, gateway, operation, out_trade_no, refund_no, currency, amount, code,
        faults) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """,
      [
        .integer(call.at.milliseconds), .text(call.gateway), .text(call.operation),
        .text(call.outTradeNumber), .text(call.refundNumber),
        .text(call.amount?.currency.code), .integer(call.amount?.minor), .text(call.code),
        .text(call.faults.joined(separator: " ")),
      ])
    try run(
      "DELETE FROM calls WHERE id <= ?1",
      [.integer(connection.lastInsertRowID - Self.callsMax)])
  }

  /// Oldest first.
  func calls(gateway: String, number: String?) throws(SQLiteError) -> [SandboxCall] {
    try rows(
      """
      SELECT id, at, gateway, operation, out_trade_no, refund_no, currency, amount, code, faults
      FROM calls WHERE gateway = ?1 AND (?2 IS NULL OR out_trade_no = ?2) ORDER BY id
      """, [.text(gateway), .text(number)]
    ) { row throws(SQLiteError) in
      SandboxCall(
        id: try row.int64(0), at: Timestamp(milliseconds: try row.int64(1)),
        gateway: try row.string(2), operation: try row.string(3),
        outTradeNumber: try row.optionalString(4), refundNumber: try row.optionalString(5),
        amount: try Self.money(row, 6, 7), code: try row.string(8),
        faults: try row.string(9).split(separator: " ").map { String($0) })
    }
  }
}

// MARK: Notices

extension SandboxBooks {
  /// A notice that is to be sealed and delivered.
  struct Notice {
    let id: Int64
    let gateway: String
    let body: [UInt8]
    let isMissealed: Bool
  }

  func insertNotice(
    ofTrade id: Int64, body: [UInt8], isMissealed: Bool, isLost: Bool, dueAt: Timestamp
  ) throws(SQLiteError) {
    try run(
      """
      INSERT INTO notices (trade, body, is_missealed, due_at, state)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """,
      [
        .integer(id), .blob(body), .integer(isMissealed ? 1 : 0), .integer(dueAt.milliseconds),
        .text(isLost ? "lost" : "pending"),
      ])
    try run(
      "DELETE FROM notices WHERE id <= ?1 AND state <> 'pending'",
      [.integer(connection.lastInsertRowID - Self.noticesMax)])
  }

  /// The number the next notice will have, for its `notice_id`.
  func nextNoticeID() throws(SQLiteError) -> Int64 {
    let newest = try rows("SELECT coalesce(max(id), 0) FROM notices", []) {
      row throws(SQLiteError) in try row.int64(0)
    }
    return (newest.first ?? 0) + 1
  }

  /// Notices due now, earliest first.
  func noticesDue(at now: Timestamp, limit: Int64) throws(SQLiteError) -> [Notice] {
    try rows(
      """
      SELECT o.id, t.gateway, o.body, o.is_missealed FROM notices o JOIN trades t ON t.id = o.trade
      WHERE o.state = 'pending' AND o.due_at <= ?1 ORDER BY o.due_at, o.id LIMIT ?2
      """, [.integer(now.milliseconds), .integer(limit)]
    ) { row throws(SQLiteError) in
      Notice(
        id: try row.int64(0), gateway: try row.string(1), body: try row.blob(2),
        isMissealed: try row.bool(3))
    }
  }

  func markDelivered(_ ids: [Int64]) throws(SQLiteError) {
    for id in ids {
      try run("UPDATE notices SET state = 'delivered' WHERE id = ?1", [.integer(id)])
    }
  }

  /// When something is to happen by itself: a notice, a late success, a refund coming back.
  func nextDueAt() throws(SQLiteError) -> Timestamp? {
    let moments = try rows(
      """
      SELECT min(due_at) FROM notices WHERE state = 'pending'
      UNION ALL SELECT min(late_success_at) FROM trades WHERE late_success_at IS NOT NULL
      UNION ALL SELECT min(returns_at) FROM refunds WHERE returns_at IS NOT NULL
      """, []
    ) { row throws(SQLiteError) in try Self.moment(row, 0) }
    var next: Timestamp?
    for case let moment? in moments where next.map({ moment < $0 }) ?? true { next = moment }
    return next
  }
}

// MARK: Faults

extension SandboxBooks {
  /// The faults in force, in the order of the catalogue.
  func faults(
    of gateway: String, at now: Timestamp
  ) throws(SQLiteError) -> [SandboxFaultInForce] {
    let found = try rows(
      "SELECT fault, until_at, calls_left FROM faults WHERE gateway = ?1", [.text(gateway)]
    ) { row throws(SQLiteError) in
      guard let fault = SandboxFault(rawValue: try row.string(0)) else {
        throw Self.corrupt("an unknown fault")
      }
      return SandboxFaultInForce(
        fault: fault, untilAt: try Self.moment(row, 1), callsLeft: try row.optionalInt64(2))
    }
    return SandboxFault.allCases.flatMap { fault in
      found.filter { $0.fault == fault && !$0.isOver(at: now) }
    }
  }

  /// Sets a fault, in place of the same one set before.
  func set(_ fault: SandboxFaultInForce, of gateway: String) throws(SQLiteError) {
    try run(
      """
      INSERT INTO faults (gateway, fault, until_at, calls_left) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (gateway, fault) DO UPDATE
      SET until_at = excluded.until_at, calls_left = excluded.calls_left
      """,
      [
        .text(gateway), .text(fault.fault.rawValue), .integer(fault.untilAt?.milliseconds),
        .integer(fault.callsLeft),
      ])
  }

  func forgetFaultsOver(at now: Timestamp) throws(SQLiteError) {
    try run(
      "DELETE FROM faults WHERE until_at IS NOT NULL AND until_at <= ?1",
      [.integer(now.milliseconds)])
  }

  func clearFaults(of gateway: String) throws(SQLiteError) {
    try run("DELETE FROM faults WHERE gateway = ?1", [.text(gateway)])
  }

  /// A fault struck once; the last of its calls ends it.
  func use(_ fault: SandboxFault, of gateway: String) throws(SQLiteError) {
    let key: [Value] = [.text(gateway), .text(fault.rawValue)]
    try run("DELETE FROM faults WHERE gateway = ?1 AND fault = ?2 AND calls_left = 1", key)
    try run(
      "UPDATE faults SET calls_left = calls_left - 1 WHERE gateway = ?1 AND fault = ?2 "
        + "AND calls_left > 1", key)
  }
}
