package import Domain
import SQLite

/// Reads the books of one gateway.
///
/// What is matched with a row of another statement of the same content is left out.
package struct BookQueries {
  private let statement: StatementRecord
  private let paidSelection: Statement
  private let numberSelection: Statement
  private let transactionSelection: Statement
  private let paymentSelection: Statement
  private let finishedSelection: Statement
  private let openSelection: Statement
  private let refundNumberSelection: Statement
  private let refundTransactionSelection: Statement
  private let refundSelection: Statement
  private let orderSelection: Statement
  private let deliverySelection: Statement
  private let disputeSelection: Statement
  private let reversedSelection: Statement
  private let reversalSelection: Statement
  private let anyReversalSelection: Statement

  private static let payments = """
    SELECT p.id, o.id, p.state, coalesce(p.captured_currency, p.currency),
      coalesce(p.captured, p.amount), p.fee_currency, p.fee, p.gateway_txn_id, p.out_trade_no,
      coalesce(p.paid_at, p.created_at), o.pay_state, o.delivery_state, o.flags, p.method
    FROM payments p JOIN orders o ON o.key=p.order_key
    """
  private static let refunds = """
    SELECT r.id, o.id, r.state, r.currency, r.amount, r.gateway_refund_id, r.number,
      coalesce(r.finished_at, r.created_at), p.out_trade_no, p.method,
      coalesce(p.captured_currency, p.currency), coalesce(p.captured, p.amount), o.pay_state,
      (SELECT group_concat(minor) FROM (SELECT b.amount AS minor FROM refunds b
        WHERE b.order_key=r.order_key AND b.payment=r.payment AND b.state='succeeded'
          AND (b.finished_at, b.key) < (coalesce(r.finished_at, 9223372036854775807), r.key)
        ORDER BY b.finished_at, b.key)),
      coalesce(r.approved_by, '')='gateway'
    FROM refunds r JOIN payments p ON p.id=r.payment JOIN orders o ON o.key=r.order_key
    """
  /// What gateways gave back at their own desks: all that was taken, less what is known of by a
  /// refund of ours or by a decision about a row of a bill.
  private static let reversals = """
    SELECT * FROM (
      SELECT p.id, o.id, p.captured_currency, p.captured
          - (SELECT coalesce(sum(r.amount), 0) FROM refunds r
            WHERE r.order_key=p.order_key AND r.payment=p.id AND (r.state='succeeded'
              OR r.state='returned' AND r.finished_at>=p.reversed_at))
          + (SELECT coalesce(sum(d.actual - d.expected), 0) FROM discrepancies d
            WHERE d.order_id=o.id AND d.ours=p.id AND d.kind='refund_missing_locally'
              AND d.state='resolved' AND d.resolution='adjudicated'
              AND json_extract(d.adjudication, '$.verb')
                NOT IN ('accept_local', 'merge_match', 'wait_until')) AS rest,
        p.reversed_at, p.out_trade_no, p.method, p.captured,
        (SELECT group_concat(minor) FROM (SELECT r.amount AS minor FROM refunds r
          WHERE r.order_key=p.order_key AND r.payment=p.id AND r.state='succeeded'
          ORDER BY r.finished_at, r.key)),
        o.pay_state
      FROM payments p JOIN orders o ON o.key=p.order_key
      WHERE p.gateway=? AND p.state='reversed'
    """
  /// Not matched with a row of another statement.
  private static func isFree(_ subject: String) -> String {
    """
    NOT EXISTS(SELECT 1 FROM matches m
      WHERE m.subject=\(subject) AND m.content=? AND m.statement<>?)
    """
  }

  init(_ connection: Connection, for statement: StatementRecord) throws(SQLiteError) {
    self.statement = statement
    let (payments, refunds) = (BookQueries.payments, BookQueries.refunds)
    paidSelection = try connection.prepare(
      """
      \(payments) WHERE p.gateway=? AND p.paid_at>=? AND p.paid_at<?
        AND p.state IN ('succeeded', 'reversed') AND \(BookQueries.isFree("p.id"))
      ORDER BY p.paid_at, p.key
      """)
    numberSelection = try connection.prepare(
      "\(payments) WHERE p.gateway=? AND p.out_trade_no=? AND \(BookQueries.isFree("p.id"))")
    transactionSelection = try connection.prepare(
      "\(payments) WHERE p.gateway=? AND p.gateway_txn_id=? AND \(BookQueries.isFree("p.id"))")
    paymentSelection = try connection.prepare(
      "\(payments) WHERE p.gateway=? AND p.id=? AND \(BookQueries.isFree("p.id"))")
    finishedSelection = try connection.prepare(
      """
      \(refunds) WHERE p.gateway=? AND r.finished_at>=? AND r.finished_at<?
        AND r.state IN ('succeeded', 'returned') AND \(BookQueries.isFree("r.id"))
      ORDER BY r.finished_at, r.key
      """)
    openSelection = try connection.prepare(
      """
      \(refunds) WHERE p.gateway=? AND r.finished_at IS NULL AND r.created_at>=?
        AND r.created_at<? AND r.state IN ('submitted', 'processing', 'unknown')
        AND \(BookQueries.isFree("r.id"))
      ORDER BY r.created_at, r.key
      """)
    refundNumberSelection = try connection.prepare(
      "\(refunds) WHERE p.gateway=? AND r.number=? AND \(BookQueries.isFree("r.id"))")
    refundTransactionSelection = try connection.prepare(
      """
      \(refunds) WHERE p.gateway=? AND r.gateway_refund_id=?
        AND \(BookQueries.isFree("r.id"))
      """)
    refundSelection = try connection.prepare(
      "\(refunds) WHERE p.gateway=? AND r.id=? AND \(BookQueries.isFree("r.id"))")
    let isReversalFree = BookQueries.isFree("p.id || ':reversal'")
    reversedSelection = try connection.prepare(
      """
      \(BookQueries.reversals) AND p.reversed_at>=? AND p.reversed_at<? AND \(isReversalFree)
      ORDER BY p.reversed_at, p.key) WHERE rest>0
      """)
    reversalSelection = try connection.prepare(
      "\(BookQueries.reversals) AND p.out_trade_no=? AND \(isReversalFree)) WHERE rest>0")
    anyReversalSelection = try connection.prepare(
      "SELECT 1 FROM payments WHERE gateway=? AND reversed_at IS NOT NULL LIMIT 1")
    disputeSelection = try connection.prepare(
      """
      SELECT d.id, o.id, d.currency, d.amount, d.opened_at, d.funds, p.method, o.pay_state,
        o.delivery_state
      FROM disputes d JOIN payments p ON p.id=d.payment JOIN orders o ON o.key=d.order_key
      WHERE d.gateway=?1 AND (d.gateway_dispute_id=?2 OR p.out_trade_no IN (?3, ?4)
        OR p.gateway_txn_id IN (?2, ?4))
        AND NOT EXISTS(SELECT 1 FROM matches m
          WHERE m.subject=d.id AND m.content=?5 AND m.statement<>?6)
      ORDER BY d.key
      """)
    deliverySelection = try connection.prepare(
      "SELECT 1 FROM deliveries WHERE state='delivered' ORDER BY key DESC LIMIT 1")
    orderSelection = try connection.prepare(
      """
      SELECT id, currency, amount, created_at, pay_state, delivery_state FROM orders
      WHERE number=?1 OR (id=?1 AND number IS NULL)
      """)
  }

  package func paid(from: Timestamp, to: Timestamp) throws(StoreError) -> [BookRow] {
    try rows(paidSelection, from, to, BookQueries.payment)
  }

  package func refunded(from: Timestamp, to: Timestamp) throws(StoreError) -> [BookRow] {
    try rows(finishedSelection, from, to, BookQueries.refund)
  }

  /// Refunds asked for in a time that are not over.
  package func openRefunds(from: Timestamp, to: Timestamp) throws(StoreError) -> [BookRow] {
    try rows(openSelection, from, to, BookQueries.refund)
  }

  package func payment(number: String) throws(StoreError) -> BookRow? {
    try row(numberSelection, number, BookQueries.payment)
  }

  package func payment(transaction: String) throws(StoreError) -> BookRow? {
    try row(transactionSelection, transaction, BookQueries.payment)
  }

  package func refund(number: String) throws(StoreError) -> BookRow? {
    try row(refundNumberSelection, number, BookQueries.refund)
  }

  package func refund(transaction: String) throws(StoreError) -> BookRow? {
    try row(refundTransactionSelection, transaction, BookQueries.refund)
  }

  /// What gateways gave back at their own desks, by when they told.
  package func reversed(from: Timestamp, to: Timestamp) throws(StoreError) -> [BookRow] {
    try rows(reversedSelection, from, to, BookQueries.reversal)
  }

  /// - Parameter number: `out_trade_no` of the payment.
  package func reversal(ofPayment number: String) throws(StoreError) -> BookRow? {
    try row(reversalSelection, number, BookQueries.reversal)
  }

  /// Whether the gateway ever gave anything back at its own desk.
  package func hasReversals() throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in
      try anyReversalSelection.bind(statement.gateway, at: 1)
      defer { anyReversalSelection.reset() }
      return try anyReversalSelection.step()
    }
  }

  package func row(_ subject: LocalSubject) throws(StoreError) -> BookRow? {
    switch subject {
    case .payment(let id): try row(paymentSelection, id.text, BookQueries.payment)
    case .refund(let id): try row(refundSelection, id.text, BookQueries.refund)
    case .reversal(let id):
      try row(paymentSelection, id.text, BookQueries.payment).flatMap { row throws(StoreError) in
        try reversal(ofPayment: row.number)
      }
    case .order, .dispute: nil
    }
  }

  /// Our disputes that a row of a bill may be about, by any of its numbers; each is given the
  /// numbers of that row, for the gateways name what was taken back in many ways.
  ///
  /// - Parameters:
  ///   - reference: our number of the payment, or empty.
  ///   - parent: a number of the payment, ours or the gateway's, or empty.
  package func disputes(
    transaction: String, reference: String, parent: String
  ) throws(StoreError) -> [BookRow] {
    try database { () throws(SQLiteError) in
      var cursor = ParameterCursor(disputeSelection)
      try cursor.add(statement.gateway)
      for number in [transaction, reference, parent] {
        try cursor.add(number.isEmpty ? nil : number)
      }
      try bindStatement(&cursor)
      var rows: [BookRow] = []
      defer { disputeSelection.reset() }
      while try disputeSelection.step() {
        var cursor = ColumnCursor(disputeSelection)
        rows.append(try Self.dispute(&cursor, transaction, reference))
      }
      return rows
    }
  }

  package func order(number: String) throws(StoreError) -> BookRow? {
    try database { () throws(SQLiteError) in
      try orderSelection.bind(number, at: 1)
      defer { orderSelection.reset() }
      guard try orderSelection.step() else { return nil }
      var cursor = ColumnCursor(orderSelection)
      let id = try cursor.identifier(OrderKind.self, "orders")
      guard let amount = try cursor.money("order \(id)") else { throw .damagedRow("order \(id)") }
      return BookRow(
        subject: .order(id), order: id, standing: .pending,
        at: Timestamp(milliseconds: try cursor.int64()), amount: amount, fee: nil,
        transaction: nil, number: number, parent: nil, charged: nil, refundedBefore: [],
        method: "", payState: try cursor.word(PayState.self, "order \(id)"),
        deliveryState: try cursor.word(DeliveryState.self, "order \(id)"), isWeak: false,
        posted: [])
    }
  }

  /// Whether anything was ever handed out through us: a shop that delivers by itself owes nothing
  /// that we could know of.
  package func hasDelivered() throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in
      defer { deliverySelection.reset() }
      return try deliverySelection.step()
    }
  }

  // MARK: Rows

  private typealias Read = (inout ColumnCursor) throws(SQLiteError) -> BookRow

  private func rows(
    _ selection: Statement, _ from: Timestamp, _ to: Timestamp, _ read: Read
  ) throws(StoreError) -> [BookRow] {
    try database { () throws(SQLiteError) in
      var cursor = ParameterCursor(selection)
      try cursor.add(statement.gateway)
      try cursor.add(from.milliseconds)
      try cursor.add(to.milliseconds)
      try bindStatement(&cursor)
      var rows: [BookRow] = []
      defer { selection.reset() }
      while try selection.step() {
        var cursor = ColumnCursor(selection)
        rows.append(try read(&cursor))
      }
      return rows
    }
  }

  private func row(
    _ selection: Statement, _ number: String, _ read: Read
  ) throws(StoreError) -> BookRow? {
    try database { () throws(SQLiteError) in
      var cursor = ParameterCursor(selection)
      try cursor.add(statement.gateway)
      try cursor.add(number)
      try bindStatement(&cursor)
      defer { selection.reset() }
      guard try selection.step() else { return nil }
      var columns = ColumnCursor(selection)
      return try read(&columns)
    }
  }

  private func bindStatement(_ cursor: inout ParameterCursor) throws(SQLiteError) {
    try cursor.add(statement.content.rawValue)
    try cursor.add(statement.id.text)
  }
}
