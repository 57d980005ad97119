package import Domain
import SQLite

/// A payment, refund or order of ours as a run compares it.
package struct BookRow: Hashable, Sendable {
  package enum Standing: Sendable {
    case succeeded
    /// Not over: nobody knows yet.
    case pending
    case failed
  }

  package let subject: LocalSubject
  package let order: OrderID
  package let standing: Standing
  /// The gateway's time where it told one.
  package let at: Timestamp
  /// What was taken or given back, else what was asked for; never negative.
  package let amount: Money
  package let fee: Money?
  /// The gateway's number.
  package let transaction: String?
  /// Ours: `out_trade_no`, `refund_no`, `order_no`.
  package let number: String
  /// `out_trade_no` of the payment that a refund belongs to, and what was taken by it.
  package let parent: String?
  package let charged: Money?
  /// What was given back of that payment before, one refund after the other; minor units.
  package let refundedBefore: [Int64]
  /// The way of paying, by which fees differ; empty for an order.
  package let method: String
  package let payState: PayState
  package let deliveryState: DeliveryState
  /// Paid by a weak word alone.
  package let isWeak: Bool
  /// What the ledger holds of it at the gateway: nothing of what was taken back or came back.
  package let posted: [Money]
}

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
        ORDER BY b.finished_at, b.key))
    FROM refunds r JOIN payments p ON p.id=r.payment JOIN orders o ON o.key=r.order_key
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

  package func row(_ subject: LocalSubject) throws(StoreError) -> BookRow? {
    switch subject {
    case .payment(let id): try row(paymentSelection, id.text, BookQueries.payment)
    case .refund(let id): try row(refundSelection, id.text, BookQueries.refund)
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

  private static func dispute(
    _ cursor: inout ColumnCursor, _ transaction: String, _ reference: String
  ) throws(SQLiteError) -> BookRow {
    let id = try cursor.identifier(DisputeKind.self, "disputes")
    let place = "dispute \(id)"
    let order = try cursor.identifier(OrderKind.self, place)
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    let at = Timestamp(milliseconds: try cursor.int64())
    let funds = try cursor.word(DisputeFunds.self, place)
    let method = try cursor.string()
    return BookRow(
      subject: .dispute(id), order: order, standing: .succeeded, at: at,
      amount: funds == .none ? Money(0, amount.currency) : amount, fee: nil,
      transaction: transaction.isEmpty ? nil : transaction, number: reference, parent: nil,
      charged: nil, refundedBefore: [], method: method,
      payState: try cursor.word(PayState.self, place),
      deliveryState: try cursor.word(DeliveryState.self, place), isWeak: false,
      posted: funds == .withdrawn ? [minus(amount)] : [])
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

  private static func payment(_ cursor: inout ColumnCursor) throws(SQLiteError) -> BookRow {
    let id = try cursor.identifier(PaymentKind.self, "payments")
    let place = "payment \(id)"
    let order = try cursor.identifier(OrderKind.self, place)
    let state = try cursor.word(PaymentState.self, place)
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    let fee = try cursor.money(place)
    let transaction = try cursor.optionalString()
    let number = try cursor.string()
    let at = Timestamp(milliseconds: try cursor.int64())
    let payState = try cursor.word(PayState.self, place)
    let delivery = try cursor.word(DeliveryState.self, place)
    let flags = OrderFlags(rawValue: try cursor.int64())
    return BookRow(
      subject: .payment(id), order: order, standing: standing(state), at: at, amount: amount,
      fee: fee, transaction: transaction, number: number, parent: nil, charged: nil,
      refundedBefore: [], method: try cursor.string(), payState: payState,
      deliveryState: delivery, isWeak: flags.contains(.weak),
      posted: state == .succeeded ? [amount] + (fee.map { [minus($0)] } ?? []) : [])
  }

  /// Amounts of rows are never negative, so their opposites fit.
  private static func minus(_ amount: Money) -> Money { Money(0 - amount.minor, amount.currency) }

  private static func standing(_ state: PaymentState) -> BookRow.Standing {
    switch state {
    case .succeeded, .reversed: .succeeded
    case .closed, .failed: .failed
    case .initial, .submitted, .awaitingBuyer, .processing, .unknown, .stale, .closing: .pending
    }
  }

  private static func refund(_ cursor: inout ColumnCursor) throws(SQLiteError) -> BookRow {
    let id = try cursor.identifier(RefundKind.self, "refunds")
    let place = "refund \(id)"
    let order = try cursor.identifier(OrderKind.self, place)
    let state = try cursor.word(RefundState.self, place)
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    let transaction = try cursor.optionalString()
    let number = try cursor.string()
    let at = Timestamp(milliseconds: try cursor.int64())
    let (parent, method) = (try cursor.string(), try cursor.string())
    let charged = try cursor.money(place)
    let payState = try cursor.word(PayState.self, place)
    let before = try cursor.optionalString() ?? ""
    return BookRow(
      subject: .refund(id), order: order, standing: standing(state), at: at, amount: amount,
      fee: nil, transaction: transaction, number: number, parent: parent,
      charged: charged, refundedBefore: before.split(separator: ",").compactMap { Int64($0) },
      method: method, payState: payState, deliveryState: .none, isWeak: false,
      posted: state == .succeeded ? [minus(amount)] : [])
  }

  private static func standing(_ state: RefundState) -> BookRow.Standing {
    switch state {
    case .succeeded, .returned: .succeeded
    case .failed, .rejected, .withdrawn: .failed
    case .requested, .approved, .submitted, .processing, .unknown: .pending
    }
  }
}
