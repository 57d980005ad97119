package import Domain
import SQLite

extension StoreReader {
  /// Every order that a number leads to: the shop's number, our number at a gateway, the gateway's
  /// number, a refund number, or any identifier of ours.
  package func find(_ number: String) throws(StoreError) -> [OrderView] {
    let sql = """
      SELECT \(OrderTable.columns) FROM orders WHERE key IN (
        SELECT key FROM orders WHERE id=?1 OR number=?1
        UNION SELECT order_key FROM payments WHERE id=?1 OR out_trade_no=?1
        UNION SELECT order_key FROM payments WHERE gateway_txn_id=?1
        UNION SELECT order_key FROM payments WHERE gateway_payment_id=?1
        UNION SELECT order_key FROM refunds WHERE id=?1 OR number=?1
        UNION SELECT order_key FROM disputes WHERE id=?1
        UNION SELECT order_key FROM deliveries WHERE claim=?1)
      ORDER BY key DESC LIMIT 20
      """
    return try rows(sql, [.text(number)], limit: .max) { statement throws(StoreError) in
      try view(try OrderTable.read(statement))
    }
  }

  /// How many payments are open at a gateway. Its cost is what is open, not what ever was.
  package func openPayments(gateway: String) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in
      let counts = PaymentState.allCases.filter(\.isOpen).map { state in
        "(SELECT count(*) FROM payments WHERE state='\(state.rawValue)' AND gateway=?1)"
      }
      let statement = try kept("SELECT \(counts.joined(separator: "+"))")
      try statement.bind(gateway, at: 1)
      defer { statement.reset() }
      return try statement.step() ? try statement.int64(0) : 0
    }
  }

  /// Payments of one order, or the newest ones by state and gateway.
  package func payments(
    of reference: OrderReference?, state: PaymentState?, gateway: String?, owner: String?,
    after: Int64?, limit: Int
  ) throws(StoreError) -> [(key: Int64, view: PaymentView)] {
    var query = QueryText(
      """
      SELECT \(PaymentTable.columns), payments.key, orders.id FROM payments
      JOIN orders ON orders.key=payments.order_key
      """)
    if let reference {
      guard let row = try row(reference) else { return [] }
      query.add("payments.order_key=?", .integer(row.key))
    }
    if let state { query.add("payments.state='\(state.rawValue)'") }
    if let gateway { query.add("payments.gateway=?", .text(gateway)) }
    if let owner { query.add("orders.owner=?", .text(owner)) }
    if let after { query.add("payments.key<?", .integer(after)) }
    query.tail = " ORDER BY payments.key DESC"
    return try rows(query.sql, query.values, limit: limit) { statement throws(StoreError) in
      let (key, payment) = try database { () throws(SQLiteError) in
        var tail = ColumnCursor(statement, from: PaymentTable.columnsCount)
        let key = try tail.int64()
        let order = try tail.identifier(OrderKind.self, "payments \(key)")
        return (key, try PaymentTable.read(statement, order: order))
      }
      return (key, try view(payment))
    }
  }

  /// Refunds of one order or payment, or the newest ones by state.
  package func refunds(
    of reference: OrderReference?, payment: PaymentID?, state: RefundState?, owner: String?,
    after: Int64?, limit: Int
  ) throws(StoreError) -> [(key: Int64, view: RefundView)] {
    var query = QueryText(
      """
      SELECT \(RefundTable.columns), refunds.key, orders.id FROM refunds
      JOIN orders ON orders.key=refunds.order_key
      """)
    if let reference {
      guard let row = try row(reference) else { return [] }
      query.add("refunds.order_key=?", .integer(row.key))
    }
    if let payment { query.add("refunds.payment=?", .text(payment.text)) }
    if let state { query.add("refunds.state='\(state.rawValue)'") }
    if let owner { query.add("orders.owner=?", .text(owner)) }
    if let after { query.add("refunds.key<?", .integer(after)) }
    query.tail = " ORDER BY refunds.key DESC"
    return try rows(query.sql, query.values, limit: limit) { statement throws(StoreError) in
      let (key, refund) = try database { () throws(SQLiteError) in
        var tail = ColumnCursor(statement, from: RefundTable.columnsCount)
        let key = try tail.int64()
        let order = try tail.identifier(OrderKind.self, "refunds \(key)")
        return (key, try RefundTable.read(statement, order: order))
      }
      return (key, try view(refund))
    }
  }

  /// Deliveries of all orders, the first opened first.
  ///
  /// - Parameter after: the key of the last delivery of the page before.
  package func deliveries(
    state: DeliveryState?, owner: String?, after: Int64?, limit: Int
  ) throws(StoreError) -> [(key: Int64, delivery: Delivery)] {
    var query = QueryText(
      """
      SELECT \(DeliveryTable.columns), deliveries.key, orders.id FROM deliveries
      JOIN orders ON orders.key=deliveries.order_key
      """)
    // Written into the text so that the partial index of open deliveries fits.
    if let state { query.add("deliveries.state='\(state.rawValue)'") }
    if let owner { query.add("orders.owner=?", .text(owner)) }
    if let after { query.add("deliveries.key>?", .integer(after)) }
    query.tail = " ORDER BY deliveries.key"
    return try rows(query.sql, query.values, limit: limit) { statement throws(StoreError) in
      try database { () throws(SQLiteError) in
        var tail = ColumnCursor(statement, from: DeliveryTable.columnsCount)
        let key = try tail.int64()
        let order = try tail.identifier(OrderKind.self, "deliveries \(key)")
        return (key, try DeliveryTable.read(statement, order: order))
      }
    }
  }
}
