package import Domain
import SQLite

/// Something of ours that a row of a bill names, and the row of another statement that is matched
/// with it.
package struct HeldRow: Hashable, Sendable {
  package let subject: LocalSubject
  package let order: OrderID
  package let place: StatementPlace
  /// The row names just this, not only the payment that it is of.
  package let isNamed: Bool
}

/// What a row of a bill is about, and its numbers; each may be empty.
package struct RowNumbers {
  package enum Kind { case charge, refund, dispute }

  let kind: Kind
  let transaction: String
  let reference: String
  let parent: String

  package init(_ kind: Kind, transaction: String, reference: String, parent: String) {
    self.kind = kind
    self.transaction = transaction
    self.reference = reference
    self.parent = parent
  }
}

extension BookQueries {
  /// What a row of a bill names and another statement has already.
  package func held(_ row: RowNumbers) throws(StoreError) -> [HeldRow] {
    try database { () throws(SQLiteError) in
      try heldQueries().read(gateway, besides: statement, row)
    }
  }
}

/// Finds what is matched elsewhere by the numbers that a row of a bill has.
struct HeldQueries {
  private let paymentNumber: Statement
  private let paymentTransaction: Statement
  private let refundNumber: Statement
  private let refundTransaction: Statement
  private let refundOfPayment: Statement
  private let reversal: Statement
  private let dispute: Statement

  init(_ connection: Connection) throws(SQLiteError) {
    func prepare(
      _ table: String, _ kind: Int64, in source: String? = nil, _ condition: String
    ) throws(SQLiteError) -> Statement {
      try connection.prepare(
        """
        SELECT \(table).id, o.id, s.id, m.theirs & \(MatchNumber.lineMax),
          (m.ours & \(MatchNumber.partMax)) >> \(MatchNumber.movementShift)
        FROM \(source ?? Self.sources[table] ?? "")
          CROSS JOIN match_pieces m CROSS JOIN statements s CROSS JOIN orders o
        WHERE \(condition) AND \(MatchNumber.holds("\(table).key", kind))
          AND m.theirs>>\(MatchNumber.lineShift)<>?3 AND \(MatchNumber.counts)
          AND s.key=m.theirs>>\(MatchNumber.lineShift) AND o.key=\(table).order_key
        ORDER BY m.ours
        """)
    }
    paymentNumber = try prepare("p", 0, "p.gateway=?1 AND p.out_trade_no=?2")
    paymentTransaction = try prepare("p", 0, "p.gateway=?1 AND p.gateway_txn_id=?2")
    refundNumber = try prepare("r", 1, "p.gateway=?1 AND r.number=?2 AND p.id=r.payment")
    refundTransaction = try prepare(
      "r", 1, "p.gateway=?1 AND r.gateway_refund_id=?2 AND p.id=r.payment")
    refundOfPayment = try prepare(
      "r", 1, in: "payments p CROSS JOIN refunds r",
      "p.gateway=?1 AND p.out_trade_no=?2 AND r.order_key=p.order_key AND r.payment=p.id")
    reversal = try prepare(
      "p", 2, "p.gateway=?1 AND p.out_trade_no=?2 AND p.reversed_at IS NOT NULL")
    dispute = try prepare(
      "d", 4,
      """
      d.gateway=?1 AND p.id=d.payment AND (d.gateway_dispute_id=?2 OR p.out_trade_no IN (?4, ?5)
        OR p.gateway_txn_id IN (?2, ?4, ?5))
      """)
  }

  private static let sources = [
    "p": "payments p", "r": "refunds r CROSS JOIN payments p",
    "d": "disputes d CROSS JOIN payments p",
  ]

  /// - Parameter statement: the key of the one that is compared.
  func read(
    _ gateway: String, besides statement: Int64, _ row: RowNumbers
  ) throws(SQLiteError) -> [HeldRow] {
    switch row.kind {
    case .charge: try charges(gateway, besides: statement, row)
    case .refund: try refunds(gateway, besides: statement, row)
    case .dispute: try disputes(gateway, besides: statement, row)
    }
  }

  private func charges(
    _ gateway: String, besides statement: Int64, _ row: RowNumbers
  ) throws(SQLiteError) -> [HeldRow] {
    let found = try rows(paymentNumber, gateway, statement, row.reference, .payment)
    guard found.isEmpty else { return found }
    return try rows(paymentTransaction, gateway, statement, row.transaction, .payment)
  }

  private func refunds(
    _ gateway: String, besides statement: Int64, _ row: RowNumbers
  ) throws(SQLiteError) -> [HeldRow] {
    var found = try rows(refundNumber, gateway, statement, row.reference, .refund)
    if found.isEmpty {
      found = try rows(refundTransaction, gateway, statement, row.transaction, .refund)
    }
    let isNamed = !found.isEmpty
    for number in row.parent == row.reference ? [row.parent] : [row.parent, row.reference] {
      found += try rows(reversal, gateway, statement, number, .reversal)
      // What the gateway gave back by itself has a number here that its row does not have.
      guard !isNamed else { continue }
      found += try rows(refundOfPayment, gateway, statement, number, .refundOfPayment)
    }
    return found
  }

  private func disputes(
    _ gateway: String, besides statement: Int64, _ row: RowNumbers
  ) throws(SQLiteError) -> [HeldRow] {
    for (place, number) in [(4, row.reference), (5, row.parent)] {
      if number.isEmpty {
        try dispute.bindNull(at: place)
      } else {
        try dispute.bind(number, at: place)
      }
    }
    return try rows(dispute, gateway, statement, row.transaction, .dispute)
  }

  private enum Kind { case payment, refund, refundOfPayment, reversal, dispute }

  private func rows(
    _ selection: Statement, _ gateway: String, _ statement: Int64, _ number: String, _ kind: Kind
  ) throws(SQLiteError) -> [HeldRow] {
    guard !number.isEmpty || kind == .dispute else { return [] }
    try selection.bind(gateway, at: 1)
    try selection.bind(number, at: 2)
    try selection.bind(statement, at: 3)
    var found: [HeldRow] = []
    defer { selection.reset() }
    while try selection.step() { found.append(try Self.read(selection, kind)) }
    return found
  }

  private static func read(_ row: Statement, _ kind: Kind) throws(SQLiteError) -> HeldRow {
    var cursor = ColumnCursor(row)
    let subject: LocalSubject =
      switch kind {
      case .payment: .payment(try cursor.identifier(PaymentKind.self, "payments"))
      case .reversal: .reversal(try cursor.identifier(PaymentKind.self, "payments"))
      case .refund, .refundOfPayment:
        .refund(try cursor.identifier(RefundKind.self, "refunds"))
      case .dispute:
        .dispute(
          try cursor.identifier(DisputeKind.self, "disputes"),
          movement: Int(try row.int64(4)) + 1)
      }
    return HeldRow(
      subject: subject, order: try cursor.identifier(OrderKind.self, "orders"),
      place: StatementPlace(
        statement: try cursor.identifier(StatementKind.self, "statements"),
        line: try cursor.int64()),
      isNamed: kind == .payment || kind == .refund)
  }
}
