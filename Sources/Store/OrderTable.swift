import Domain
import SQLite

/// Rows of `orders`.
struct OrderTable {
  private let insertion: Statement
  private let change: Statement

  init(_ connection: Connection) throws(SQLiteError) {
    insertion = try connection.prepare(
      """
      INSERT INTO orders(key, id, number, owner, currency, amount, subject, lines, source,
        created_at, expires_at, pay_state, delivery_state, risk_state, dispute_state, captured,
        refunded, excess, flags, attention, last_failure, accept_proposed_by, cancel_requested_at,
        expired_at, first_processing_at, paid_at, refunded_at, delivered_at, updated_at, version,
        expiry_due, charged_back)
      VALUES (?,?,?,?,?,?,?,?,?,?, ?,?,?,?,?,?,?,?,?,?, ?,?,?,?,?,?,?,?,?,?, ?,?)
      """)
    change = try connection.prepare(
      """
      UPDATE orders SET pay_state=?, delivery_state=?, risk_state=?, dispute_state=?, captured=?,
        refunded=?, excess=?, flags=?, attention=?, last_failure=?, accept_proposed_by=?,
        cancel_requested_at=?, expired_at=?, first_processing_at=?, paid_at=?, refunded_at=?,
        delivered_at=?, updated_at=?, version=?, expiry_due=?, charged_back=?
      WHERE key=?
      """)
  }

  /// A number that is taken ends as a constraint error of SQLite; the engine looks before.
  ///
  /// - Parameter key: nil takes the next one.
  func insert(_ aggregate: OrderAggregate, key: Int64? = nil) throws(SQLiteError) {
    let order = aggregate.order
    var cursor = ParameterCursor(insertion)
    try cursor.add(key)
    try cursor.add(order.id.text)
    try cursor.add(order.givenNumber)
    try cursor.add(order.owner)
    try cursor.add(order.amount.currency.code)
    try cursor.add(order.amount.minor)
    try cursor.add(order.subject)
    try cursor.add(order.lines.isEmpty ? nil : Codec.text { Codec.writeArray(order.lines, &$0) })
    try cursor.add(order.source)
    try cursor.add(order.createdAt.milliseconds)
    try cursor.add(order.expiresAt.milliseconds)
    try OrderTable.bindChanging(aggregate, &cursor)
    try insertion.run()
  }

  func update(_ aggregate: OrderAggregate, key: Int64) throws(SQLiteError) {
    var cursor = ParameterCursor(change)
    try OrderTable.bindChanging(aggregate, &cursor)
    try cursor.add(key)
    try change.run()
  }

  private static func bindChanging(
    _ aggregate: OrderAggregate, _ cursor: inout ParameterCursor
  ) throws(SQLiteError) {
    let order = aggregate.order
    try cursor.add(order.payState.rawValue)
    try cursor.add(order.deliveryState.rawValue)
    try cursor.add(order.riskState.rawValue)
    try cursor.add(order.disputeState.rawValue)
    try cursor.add(order.captured)
    try cursor.add(order.refunded)
    try cursor.add(order.excess)
    try cursor.add(order.flags.rawValue)
    try cursor.add(order.attention.isEmpty ? nil : order.attention.joined(separator: ","))
    try cursor.add(
      order.lastFailure.map { reason in Codec.text { Codec.writeObject(reason, &$0) } })
    try cursor.add(order.acceptProposedBy)
    try cursor.add(order.cancelRequestedAt?.milliseconds)
    try cursor.add(order.expiredAt?.milliseconds)
    try cursor.add(order.firstProcessingAt?.milliseconds)
    try cursor.add(order.paidAt?.milliseconds)
    try cursor.add(order.refundedAt?.milliseconds)
    try cursor.add(order.deliveredAt?.milliseconds)
    try cursor.add(order.updatedAt.milliseconds)
    try cursor.add(order.version)
    try cursor.add(aggregate.awaitsExpiry ? order.expiresAt.milliseconds : nil)
    try cursor.add(order.chargedBack)
  }

  /// The columns that `read` wants, in its order.
  static let columns = """
    orders.key, orders.id, orders.number, orders.owner, orders.currency, orders.amount,
    orders.subject, orders.lines, orders.source, orders.created_at, orders.expires_at,
    orders.pay_state, orders.delivery_state, orders.risk_state, orders.dispute_state,
    orders.captured, orders.refunded, orders.excess, orders.flags, orders.attention,
    orders.last_failure, orders.accept_proposed_by, orders.cancel_requested_at, orders.expired_at,
    orders.first_processing_at, orders.paid_at, orders.refunded_at, orders.delivered_at,
    orders.updated_at, orders.version, orders.charged_back
    """

  /// Reads the row a statement stands on; its first columns are `columns`.
  static func read(_ statement: Statement) throws(StoreError) -> (key: Int64, order: Order) {
    var cursor = ColumnCursor(statement)
    let key = try database { () throws(SQLiteError) in try cursor.int64() }
    return (key, try order(&cursor, key))
  }

  private static func order(
    _ cursor: inout ColumnCursor, _ key: Int64
  ) throws(StoreError) -> Order {
    do throws(SQLiteError) {
      let id = OrderID(utf8: try cursor.lentText())
      let number = try cursor.optionalString()
      let owner = try cursor.string()
      let currency = Currency(code: try cursor.string())
      let amount = try cursor.int64()
      let subject = try cursor.string()
      let lines = try cursor.optionalString()
      let source = try cursor.optionalString()
      let createdAt = Timestamp(milliseconds: try cursor.int64())
      let expiresAt = Timestamp(milliseconds: try cursor.int64())
      guard let id, let currency else {
        throw SQLiteError.damagedRow("orders \(key)")
      }
      let draft = OrderDraft(
        number: number, owner: owner, amount: Money(amount, currency), subject: subject,
        lines: try readLines(lines, key), source: source, expiresAt: expiresAt, isTest: false)
      var order = Order(draft, id: id, createdAt: createdAt)
      try readChanging(&order, &cursor, key)
      return order
    } catch {
      throw StoreError(error)
    }
  }

  private static func readLines(
    _ text: String?, _ key: Int64
  ) throws(SQLiteError) -> [OrderLine] {
    do throws(StoreError) {
      return try Stored.list(text: text, "orders.lines") { stored throws(StoreError) in
        try stored.orderLine()
      }
    } catch { throw SQLiteError.damagedRow("orders \(key): lines") }
  }

  private static func readChanging(
    _ order: inout Order, _ cursor: inout ColumnCursor, _ key: Int64
  ) throws(SQLiteError) {
    // Made only where it is told: most rows are whole.
    let place = { "orders \(key)" }
    order.payState = try cursor.word(PayState.self, place())
    order.deliveryState = try cursor.word(DeliveryState.self, place())
    order.riskState = try cursor.word(RiskState.self, place())
    order.disputeState = try cursor.word(DisputeState.self, place())
    order.captured = try cursor.int64()
    order.refunded = try cursor.int64()
    order.excess = try cursor.int64()
    order.flags = OrderFlags(rawValue: try cursor.int64())
    order.attention = try cursor.optionalString()?.split(separator: ",").map(String.init) ?? []
    order.lastFailure = try cursor.reason(place())
    order.acceptProposedBy = try cursor.optionalString()
    order.cancelRequestedAt = try cursor.time()
    order.expiredAt = try cursor.time()
    order.firstProcessingAt = try cursor.time()
    order.paidAt = try cursor.time()
    order.refundedAt = try cursor.time()
    order.deliveredAt = try cursor.time()
    order.updatedAt = Timestamp(milliseconds: try cursor.int64())
    order.version = try cursor.int64()
    order.chargedBack = try cursor.int64()
  }
}

extension Order {
  /// Nil where the number is only the identifier again: that saves an index entry an order.
  var givenNumber: String? { number.utf8.elementsEqual(id.text.utf8) ? nil : number }
}
