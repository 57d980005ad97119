import SQLite

/// The daemon's file as the auditor reads it: its own connection, its own statements.
final class AuditBooks {
  private let connection: Connection
  private var statements: [String: Statement] = [:]

  init(path: String) throws {
    connection = try Connection(path: path, role: .reader)
  }

  private func statement(_ sql: String) throws -> Statement {
    if let known = statements[sql] { return known }
    let made = try connection.prepare(sql)
    statements[sql] = made
    return made
  }

  /// Rows of a statement with texts or numbers for parameters; every column as text.
  func texts(_ sql: String, _ parameters: [String]) throws -> [[String]] {
    let statement = try statement(sql)
    for (index, parameter) in parameters.enumerated() {
      try statement.bind(parameter, at: index + 1)
    }
    defer { statement.reset() }
    var rows: [[String]] = []
    while try statement.step() {
      rows.append(
        try (0..<statement.columnsCount).map { column in
          switch statement.type(column) {
          case .integer: "\(try statement.int64(column))"
          case .null: ""
          default: try statement.string(column)
          }
        })
    }
    return rows
  }

  func events(after sequence: Int64) throws -> [(Int64, [UInt8], [UInt8])] {
    let statement = try statement("SELECT seq, line, hash FROM events WHERE seq > ?1 ORDER BY seq")
    try statement.bind(sequence, at: 1)
    defer { statement.reset() }
    var rows: [(Int64, [UInt8], [UInt8])] = []
    while try statement.step() {
      rows.append((try statement.int64(0), try statement.blob(1), try statement.blob(2)))
    }
    return rows
  }

  func hash(at sequence: Int64) throws -> [UInt8]? {
    let statement = try statement("SELECT hash FROM events WHERE seq = ?1")
    try statement.bind(sequence, at: 1)
    defer { statement.reset() }
    return try statement.step() ? try statement.blob(0) : nil
  }

  /// Whether anything stands under this identifier.
  func exists(_ id: String) throws -> Bool {
    let tables = [
      "ord_": "orders WHERE id", "pay_": "payments WHERE id", "rfd_": "refunds WHERE id",
      "ntf_": "receipts WHERE id", "cal_": "calls WHERE id", "dsp_": "disputes WHERE id",
      "att_": "attachments WHERE id", "rec_": "runs WHERE id", "dsc_": "discrepancies WHERE id",
      "clm_": "events WHERE type='delivery.reserved' AND instr(line, ?1) AND ?1",
    ]
    guard let place = tables[String(id.prefix(4))] else { return false }
    return try !texts("SELECT 1 FROM \(place)=?1 LIMIT 1", [id]).isEmpty
  }

  /// Whether an attachment went with what an order held about its buyer, as somebody asked.
  func wasErased(_ attachment: String) throws -> Bool {
    guard attachment.hasPrefix("att_") else { return false }
    return try !texts(
      """
      SELECT 1 FROM events e JOIN events a ON a.order_key=e.order_key
      WHERE e.type='order.personal_erased' AND a.type='dispute.attached' AND a.seq<e.seq
        AND instr(CAST(a.line AS TEXT), ?1)
      """, [attachment]
    ).isEmpty
  }

  /// Whether a wish is kept under its key; what it leads to may still be under way.
  func isKept(_ key: String, of principal: String) throws -> Bool {
    try !texts("SELECT 1 FROM keys WHERE principal=?1 AND key=?2", [principal, key]).isEmpty
  }

  func receiptDigest(_ id: String) throws -> String? {
    try texts("SELECT digest FROM receipts WHERE id=?1", [id]).first?[0]
  }

  func call(_ id: String) throws -> (operation: String, payment: String, refund: String)? {
    try texts("SELECT operation, payment, refund FROM calls WHERE id=?1", [id]).first.map {
      ($0[0], $0[1], $0[2])
    }
  }

  /// When a payment or refund is asked about next; nil where it never is.
  func nextQuestion(_ subject: String) throws -> Int64? {
    try texts("SELECT next_at FROM questions WHERE subject=?1", [subject]).first
      .flatMap { Int64($0[0]) }
  }

  /// Questions that are set, in the order of time.
  func questionsCount() throws -> Int64 {
    try texts("SELECT count(*) FROM questions WHERE next_at IS NOT NULL", []).first
      .flatMap { Int64($0[0]) } ?? 0
  }

  struct Rows {
    var order: [String] = []
    var payments: [[String]] = []
    var refunds: [[String]] = []
    var deliveries: [[String]] = []
    var disputes: [[String]] = []
  }

  func rows(of id: String) throws -> Rows {
    var rows = Rows()
    let found = try texts(
      """
      SELECT key, pay_state, captured, refunded, excess, version, currency, amount, charged_back,
        dispute_state FROM orders WHERE id=?1
      """, [id])
    guard let order = found.first else { return rows }
    rows.order = Array(order.dropFirst())
    let of = "WHERE order_key=CAST(?1 AS INTEGER) ORDER BY key"
    rows.payments = try texts(
      """
      SELECT id, state, coalesce(captured, 0), coalesce(captured_currency, ''),
        coalesce(gateway_txn_id, ''), out_trade_no, is_accepted FROM payments \(of)
      """, [order[0]])
    rows.refunds = try texts(
      "SELECT id, state, amount, number FROM refunds \(of)", [order[0]])
    rows.deliveries = try texts(
      "SELECT id, state, line, coalesce(claim, '') FROM deliveries \(of)", [order[0]])
    rows.disputes = try texts(
      """
      SELECT id, state, gateway_dispute_id, amount, currency, funds='withdrawn' FROM disputes \(of)
      """, [order[0]])
    return rows
  }
}

extension OrderModel {
  /// Pairs of what a row says and what the events make, with a name for each.
  func compared(with rows: AuditBooks.Rows) -> [(String, String, String)] {
    var pairs: [(String, String, String)] = []
    let names = [
      "pay_state", "captured", "refunded", "excess", "version", "currency", "amount",
      "charged_back", "dispute_state",
    ]
    let own = [
      payState, "\(captured)", "\(refunded)", "\(excess)", "\(version)", currency, "\(due)",
      "\(chargedBack)", disputeState,
    ]
    guard rows.order.count >= names.count else { return [("row", "missing", id)] }
    for (index, name) in names.enumerated() { pairs.append((name, rows.order[index], own[index])) }
    pairs.append(("payments", "\(rows.payments.count)", "\(payments.count)"))
    pairs.append(("refunds", "\(rows.refunds.count)", "\(refunds.count)"))
    pairs.append(("deliveries", "\(rows.deliveries.count)", "\(deliveries.count)"))
    pairs.append(("disputes", "\(rows.disputes.count)", "\(disputes.count)"))
    for (row, dispute) in zip(rows.disputes, disputes) {
      let value = dispute.value
      let log = [
        dispute.id, value.state, value.number, "\(value.minor)", value.currency,
        value.isWithheld ? "1" : "0",
      ]
      pairs.append(("dispute", row.joined(separator: " "), log.joined(separator: " ")))
    }
    for (row, payment) in zip(rows.payments, payments) {
      let value = payment.value
      let log = [
        payment.id, value.state, "\(value.captured)", value.currency, value.transaction ?? "",
        value.number, value.isAccepted ? "1" : "0",
      ]
      pairs.append(("payment", row.joined(separator: " "), log.joined(separator: " ")))
    }
    for (row, refund) in zip(rows.refunds, refunds) {
      let value = refund.value
      let log = [refund.id, value.state, "\(value.minor)", value.number]
      pairs.append(("refund", row.joined(separator: " "), log.joined(separator: " ")))
    }
    for (row, delivery) in zip(rows.deliveries, deliveries) {
      let value = delivery.value
      pairs.append(
        (
          "delivery", Array(row.prefix(3)).joined(separator: " "),
          [delivery.id, value.state, "\(value.line)"].joined(separator: " ")
        ))
    }
    return pairs
  }
}
