package import Domain
import SQLite

/// Reads the books of one gateway, row by row: each is given to a function together with its
/// texts, which are lent.
///
/// What is matched with a row of another statement of the same content is left out.
package final class BookQueries {
  package typealias Take = (BookRow, BookTexts) -> Void

  private(set) var gateway = ""
  /// The key of the statement that the books are compared with.
  private(set) var statement: Int64 = 0
  private let connection: Connection
  /// Most bills overlap with no other one.
  private var held: HeldQueries?
  private let statementSelection: Statement
  private let paid: PaidPayments
  private let numberSelection: Statement
  private let transactionSelection: Statement
  private let paymentSelection: Statement
  private let finishedSelection: Statement
  private let openSelection: Statement
  private let refundNumberSelection: Statement
  private let refundTransactionSelection: Statement
  private let refundSelection: Statement
  private let returnNumberSelection: Statement
  private let returnTransactionSelection: Statement
  private let returnSelection: Statement
  private let unnumberedSelection: Statement
  private let orderSelection: Statement
  private let deliverySelection: Statement
  private let disputeQueries: DisputeQueries
  private let reversedSelection: Statement
  private let reversalSelection: Statement
  private let freeReversalSelection: Statement

  private static let payments = """
    SELECT p.key, p.id, o.id, p.state, coalesce(p.captured_currency, p.currency),
      coalesce(p.captured, p.amount), p.fee_currency, p.fee, p.gateway_txn_id, p.out_trade_no,
      coalesce(p.paid_at, p.created_at), o.pay_state, o.delivery_state, o.flags, p.method
    FROM payments p JOIN orders o ON o.key=p.order_key
    """
  private static let refunds = """
    SELECT r.key, r.id, o.id, r.state, r.currency, r.amount, r.gateway_refund_id, r.number,
      coalesce(r.finished_at, r.created_at), p.out_trade_no, p.method,
      coalesce(p.captured_currency, p.currency), coalesce(p.captured, p.amount), o.pay_state,
      (SELECT group_concat(minor) FROM (SELECT b.amount AS minor FROM refunds b
        WHERE b.order_key=r.order_key AND b.payment=r.payment AND b.state='succeeded'
          AND (b.finished_at, b.key) < (coalesce(r.finished_at, 9223372036854775807), r.key)
        ORDER BY b.finished_at, b.key)),
      coalesce(r.approved_by, '')='gateway'
    FROM refunds r JOIN payments p ON p.id=r.payment JOIN orders o ON o.key=r.order_key
    """
  private static let wholePayment = DiscrepancyKind.allCases.filter(\.isOfWholePayment)
    .map { "'\($0.word)'" }.joined(separator: ",")
  /// What gateways gave back at their own desks: all that was taken, less what is known of by a
  /// refund of ours or by a decision about a row of a bill.
  ///
  /// - Parameter takenBack: decisions that do not count.
  private static func reversals(besides takenBack: Set<DiscrepancyID>) -> String {
    let decisions = takenBack.map { "'\($0.text)'" }.sorted().joined(separator: ",")
    return """
    SELECT * FROM (
      SELECT p.key, p.id, o.id, p.captured_currency, p.captured
          - (SELECT coalesce(sum(r.amount), 0) FROM refunds r
            WHERE r.order_key=p.order_key AND r.payment=p.id AND (r.state='succeeded'
              OR r.state='returned' AND r.finished_at>=p.reversed_at))
          + (SELECT coalesce(sum(d.actual - d.expected), 0) FROM discrepancies d
            WHERE d.order_id=o.id AND d.ours=p.id AND d.currency=p.captured_currency
              AND d.expected_currency IS NULL AND d.kind IN (\(wholePayment))
              AND d.state='resolved' AND d.resolution='adjudicated' AND d.id NOT IN (\(decisions))
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
  }

  /// Not matched with a row of another statement.
  static func isFree(
    _ key: String, _ kind: Int64, _ statement: String = "?"
  ) -> String {
    """
    NOT EXISTS(SELECT 1 FROM match_pieces m WHERE \(MatchNumber.holds(key, kind))
      AND m.theirs>>\(MatchNumber.lineShift)<>\(statement) AND \(MatchNumber.counts))
    """
  }

  /// - Parameter takenBack: decisions that are read as taken back.
  init(
    _ connection: Connection, besides takenBack: Set<DiscrepancyID> = []
  ) throws(SQLiteError) {
    self.connection = connection
    let (payments, refunds) = (BookQueries.payments, BookQueries.refunds)
    let reversals = BookQueries.reversals(besides: takenBack)
    let isPaymentFree = BookQueries.isFree("p.key", 0)
    let isRefundFree = BookQueries.isFree("r.key", 1)
    let isReversalFree = BookQueries.isFree("p.key", 2)
    statementSelection = try connection.prepare("SELECT key FROM statements WHERE id=?")
    paid = try PaidPayments(connection)
    numberSelection = try connection.prepare(
      "\(payments) WHERE p.gateway=? AND p.out_trade_no=? AND \(isPaymentFree)")
    transactionSelection = try connection.prepare(
      "\(payments) WHERE p.gateway=? AND p.gateway_txn_id=? AND \(isPaymentFree)")
    paymentSelection = try connection.prepare(
      "\(payments) WHERE p.gateway=? AND p.id=? AND \(isPaymentFree)")
    finishedSelection = try connection.prepare(
      """
      \(refunds) WHERE p.gateway=? AND r.finished_at>=? AND r.finished_at<?
        AND r.state IN ('succeeded', 'returned') AND \(isRefundFree)
      ORDER BY r.finished_at, r.key
      """)
    openSelection = try connection.prepare(
      """
      \(refunds) WHERE p.gateway=? AND r.finished_at IS NULL AND r.created_at>=?
        AND r.created_at<? AND r.state IN ('submitted', 'processing', 'unknown')
        AND \(isRefundFree)
      ORDER BY r.created_at, r.key
      """)
    refundNumberSelection = try connection.prepare(
      "\(refunds) WHERE p.gateway=? AND r.number=? AND \(isRefundFree)")
    refundTransactionSelection = try connection.prepare(
      "\(refunds) WHERE p.gateway=? AND r.gateway_refund_id=? AND \(isRefundFree)")
    refundSelection = try connection.prepare(
      "\(refunds) WHERE p.gateway=? AND r.id=? AND \(isRefundFree)")
    let isReturnFree = BookQueries.isFree("r.key", 5)
    returnNumberSelection = try connection.prepare(
      "\(refunds) WHERE p.gateway=? AND r.number=? AND \(isReturnFree)")
    returnTransactionSelection = try connection.prepare(
      "\(refunds) WHERE p.gateway=? AND r.gateway_refund_id=? AND \(isReturnFree)")
    returnSelection = try connection.prepare(
      "\(refunds) WHERE p.gateway=? AND r.id=? AND \(isReturnFree)")
    unnumberedSelection = try connection.prepare(
      """
      \(refunds) WHERE p.gateway=?1 AND (p.out_trade_no=?2 OR p.gateway_txn_id=?2)
        AND r.order_key=p.order_key AND r.gateway_refund_id IS NULL
        AND r.state IN ('submitted', 'processing', 'unknown')
        AND \(BookQueries.isFree("r.key", 1, "?3"))
      ORDER BY r.key
      """)
    reversedSelection = try connection.prepare(
      """
      \(reversals) AND p.reversed_at>=? AND p.reversed_at<? AND \(isReversalFree)
      ORDER BY p.reversed_at, p.key) WHERE rest>0
      """)
    reversalSelection = try connection.prepare(
      "\(reversals) AND p.id=? AND \(isReversalFree)) WHERE rest>0")
    freeReversalSelection = try connection.prepare(
      """
      \(reversals) AND p.reversed_at IS NOT NULL AND \(isReversalFree)
      ORDER BY p.reversed_at, p.key) WHERE rest>0
      """)
    disputeQueries = try DisputeQueries(connection)
    deliverySelection = try connection.prepare(
      "SELECT 1 FROM deliveries WHERE state='delivered' ORDER BY key DESC LIMIT 1")
    orderSelection = try connection.prepare(
      """
      SELECT key, id, currency, amount, created_at, pay_state, delivery_state FROM orders
      WHERE number=?1 OR (id=?1 AND number IS NULL)
      """)
  }

  func heldQueries() throws(SQLiteError) -> HeldQueries {
    if let held { return held }
    let queries = try HeldQueries(connection)
    held = queries
    return queries
  }

  /// From now on it reads what is compared with another statement.
  func turn(to record: StatementRecord) throws(SQLiteError) {
    gateway = record.gateway
    try statementSelection.bind(record.id.text, at: 1)
    defer { statementSelection.reset() }
    guard try statementSelection.step() else { throw .damagedRow("statement \(record.id)") }
    statement = try statementSelection.int64(0)
  }

  /// What is read by when it happened.
  package enum Listing {
    case paid
    case refunded
    /// Asked for in a time, and not over.
    case openRefunds
    /// What gateways gave back at their own desks, by when they told.
    case reversed
  }

  package func rows(
    _ listing: Listing, from: Timestamp, to: Timestamp, _ take: Take
  ) throws(StoreError) {
    switch listing {
    case .paid:
      var place = try beginPaid(from: from, to: to)
      while let block = try nextPaid(&place) { block.give(take) }
    case .refunded: try rows(finishedSelection, from, to, .refund, take)
    case .openRefunds: try rows(openSelection, from, to, .refund, take)
    case .reversed: try rows(reversedSelection, from, to, .reversal, take)
    }
  }

  /// How far a reading of payments is.
  package struct PaidPlace { fileprivate var place: PaidPayments.Place }

  /// What was paid in a time, in blocks that other threads may take over: `nextPaid` gives them.
  package func beginPaid(from: Timestamp, to: Timestamp) throws(StoreError) -> PaidPlace {
    try database { () throws(SQLiteError) in
      PaidPlace(place: try paid.begin(gateway, besides: statement, from: from, to: to))
    }
  }

  /// Nil at the end.
  package func nextPaid(_ place: inout PaidPlace) throws(StoreError) -> PaidBlock? {
    try database { () throws(SQLiteError) in try paid.next(&place.place) }
  }

  /// What gateways gave back at their own desks, whenever they told.
  package func reversals(_ take: Take) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try freeReversalSelection.bind(gateway, at: 1)
      try freeReversalSelection.bind(statement, at: 2)
      defer { freeReversalSelection.reset() }
      var words = BookWords()
      while try freeReversalSelection.step() {
        try reversal(freeReversalSelection, &words, take)
      }
    }
  }

  /// - Returns: whether there is one. The same for those below.
  package func payment(number: String, _ take: Take) throws(StoreError) -> Bool {
    try row(numberSelection, number, .payment, take)
  }

  package func payment(transaction: String, _ take: Take) throws(StoreError) -> Bool {
    try row(transactionSelection, transaction, .payment, take)
  }

  package func refund(number: String, _ take: Take) throws(StoreError) -> Bool {
    try row(refundNumberSelection, number, .refund, take)
  }

  package func refund(transaction: String, _ take: Take) throws(StoreError) -> Bool {
    try row(refundTransactionSelection, transaction, .refund, take)
  }

  /// The money of a refund as it comes back, whether or not it is known to have.
  package func refundReturn(number: String, _ take: Take) throws(StoreError) -> Bool {
    try row(returnNumberSelection, number, .refundReturn, take)
  }

  package func refundReturn(transaction: String, _ take: Take) throws(StoreError) -> Bool {
    try row(returnTransactionSelection, transaction, .refundReturn, take)
  }

  /// Refunds under way of which the gateway has not told its number.
  ///
  /// - Parameter payment: a number of theirs, ours or the gateway's.
  package func unnumberedRefunds(of payment: String, _ take: Take) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try unnumberedSelection.bind(gateway, at: 1)
      try unnumberedSelection.bind(payment, at: 2)
      try unnumberedSelection.bind(statement, at: 3)
      defer { unnumberedSelection.reset() }
      var words = BookWords()
      while try unnumberedSelection.step() { try refund(unnumberedSelection, &words, take) }
    }
  }

  @discardableResult
  package func row(_ subject: LocalSubject, _ take: Take) throws(StoreError) -> Bool {
    switch subject {
    case .payment(let id): try row(paymentSelection, id.text, .payment, take)
    case .refund(let id): try row(refundSelection, id.text, .refund, take)
    case .reversal(let id): try row(reversalSelection, id.text, .reversal, take)
    case .refundReturn(let id): try row(returnSelection, id.text, .refundReturn, take)
    case .order, .dispute: false
    }
  }

  /// Our disputes that a row of a bill may be about, those of its own number first.
  ///
  /// - Parameters:
  ///   - reference: our number of the payment, or empty.
  ///   - parent: a number of the payment, ours or the gateway's, or empty.
  ///   - payment: where it is known otherwise.
  package func disputes(
    transaction: String, reference: String, parent: String, payment: PaymentID? = nil
  ) throws(StoreError) -> [BookDispute] {
    try disputeQueries.read(
      gateway, statement, transaction: transaction, reference: reference, parent: parent,
      payment: payment)
  }

  /// Whether a row of a bill is matched with something of ours.
  package func isMatched(_ row: StatementRowReference) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in try disputeQueries.isMatched(row) }
  }

  /// An order without a payment that could be meant. Its only text is the number asked for.
  package func order(number: String) throws(StoreError) -> BookRow? {
    try database { () throws(SQLiteError) in
      try orderSelection.bind(number, at: 1)
      defer { orderSelection.reset() }
      return try orderSelection.step() ? try order(orderSelection) : nil
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

  private enum Shape { case payment, refund, refundReturn, reversal }

  private func read(
    _ shape: Shape, _ row: Statement, _ words: inout BookWords, _ take: Take
  ) throws(SQLiteError) {
    switch shape {
    case .payment: try payment(row, &words, take)
    case .refund: try refund(row, &words, take)
    case .refundReturn: try refund(row, isReturn: true, &words, take)
    case .reversal: try reversal(row, &words, take)
    }
  }

  private func rows(
    _ selection: Statement, _ from: Timestamp, _ to: Timestamp, _ shape: Shape, _ take: Take
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try selection.bind(gateway, at: 1)
      try selection.bind(from.milliseconds, at: 2)
      try selection.bind(to.milliseconds, at: 3)
      try selection.bind(statement, at: 4)
      defer { selection.reset() }
      var words = BookWords()
      while try selection.step() { try read(shape, selection, &words, take) }
    }
  }

  private func row(
    _ selection: Statement, _ number: String, _ shape: Shape, _ take: Take
  ) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in
      try selection.bind(gateway, at: 1)
      try selection.bind(number, at: 2)
      try selection.bind(statement, at: 3)
      defer { selection.reset() }
      guard try selection.step() else { return false }
      var words = BookWords()
      try read(shape, selection, &words, take)
      return true
    }
  }
}
