package import Domain
import SQLite

/// Which orders a list shows. Every member narrows it; times are our wall clock in milliseconds,
/// from inclusive, to exclusive; amounts are minor units, both inclusive.
package struct OrderFilter: Hashable, Sendable {
  package enum Sorting: String, Sendable, CaseIterable {
    case newest
    case oldest
  }

  package var payState: PayState?
  package var deliveryState: DeliveryState?
  package var riskState: RiskState?
  package var gateway: String?
  package var method: String?
  package var amountMin: Int64?
  package var amountMax: Int64?
  package var currency: String?
  package var createdFrom: Timestamp?
  package var createdTo: Timestamp?
  package var paidFrom: Timestamp?
  package var paidTo: Timestamp?
  package var email: String?
  package var userID: String?
  package var ip: String?
  /// Part of the subject, at least two characters.
  package var text: String?
  package var flag: OrderFlags?
  package var owner: String?
  package var sorting: Sorting

  package init() { sorting = .newest }
}

extension StoreReader {
  /// One page of orders.
  ///
  /// - Parameter after: the key of the last order of the page before.
  /// - Returns: orders with their keys, at most `limit`.
  package func orders(
    _ filter: OrderFilter, after: Int64?, limit: Int
  ) throws(StoreError) -> [(key: Int64, view: OrderView)] {
    var query = QueryText(
      "SELECT \(OrderTable.columns) FROM orders LEFT JOIN private ON private.order_key=orders.key")
    query.narrow(filter)
    let isNewest = filter.sorting == .newest
    if let after { query.add(isNewest ? "orders.key<?" : "orders.key>?", .integer(after)) }
    let sql = query.sql + " ORDER BY orders.key \(isNewest ? "DESC" : "ASC")"
    var orders: [(key: Int64, view: OrderView)] = []
    guard let text = filter.text else {
      let rows = try orderRows(sql + " LIMIT ?", query.values + [.integer(Int64(limit))])
      for row in rows { orders.append((row.key, try view(row))) }
      return orders
    }
    // The terms only narrow; the text itself decides, so the page is filled while reading.
    for row in try matchingRows(sql, query.values, text, limit: limit) {
      orders.append((row.key, try view(row)))
    }
    return orders
  }

  private func matchingRows(
    _ sql: String, _ values: [QueryText.Value], _ text: String, limit: Int
  ) throws(StoreError) -> [(key: Int64, order: Order)] {
    let statement = try database { () throws(SQLiteError) in
      let statement = try kept(sql)
      try QueryText.bind(values, to: statement)
      return statement
    }
    defer { statement.reset() }
    var rows: [(key: Int64, order: Order)] = []
    while rows.count < limit, try database({ () throws(SQLiteError) in try statement.step() }) {
      let row = try OrderTable.read(statement)
      if SearchTerms.matches(row.order, text) { rows.append(row) }
    }
    return rows
  }

  private func orderRows(
    _ sql: String, _ values: [QueryText.Value]
  ) throws(StoreError) -> [(key: Int64, order: Order)] {
    let statement = try database { () throws(SQLiteError) in
      let statement = try kept(sql)
      try QueryText.bind(values, to: statement)
      return statement
    }
    defer { statement.reset() }
    var rows: [(key: Int64, order: Order)] = []
    while try database({ () throws(SQLiteError) in try statement.step() }) {
      rows.append(try OrderTable.read(statement))
    }
    return rows
  }

  /// Every order that a number leads to: the shop's number, our number at a gateway, the gateway's
  /// number, a refund number, or any identifier of ours.
  package func find(_ number: String) throws(StoreError) -> [OrderView] {
    let sql = """
      SELECT \(OrderTable.columns) FROM orders WHERE key IN (
        SELECT key FROM orders WHERE id=?1 OR number=?1
        UNION SELECT order_key FROM payments WHERE id=?1 OR out_trade_no=?1
        UNION SELECT order_key FROM payments WHERE gateway_txn_id=?1
        UNION SELECT order_key FROM refunds WHERE id=?1 OR number=?1
        UNION SELECT order_key FROM deliveries WHERE claim=?1)
      ORDER BY key DESC LIMIT 20
      """
    var views: [OrderView] = []
    for row in try orderRows(sql, [.text(number)]) { views.append(try view(row)) }
    return views
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
    if let state { query.add("payments.state=?", .text(state.rawValue)) }
    if let gateway { query.add("payments.gateway=?", .text(gateway)) }
    if let owner { query.add("orders.owner=?", .text(owner)) }
    if let after { query.add("payments.key<?", .integer(after)) }
    let sql = query.sql + " ORDER BY payments.key DESC LIMIT ?"
    let values = query.values + [.integer(Int64(limit))]
    let found = try database { () throws(SQLiteError) -> [(Int64, Payment)] in
      let statement = try kept(sql)
      try QueryText.bind(values, to: statement)
      defer { statement.reset() }
      var found: [(Int64, Payment)] = []
      while try statement.step() {
        var tail = ColumnCursor(statement, from: PaymentTable.columnsCount)
        let key = try tail.int64()
        let order = try tail.identifier(OrderKind.self, "payments \(key)")
        found.append((key, try PaymentTable.read(statement, order: order)))
      }
      return found
    }
    var views: [(key: Int64, view: PaymentView)] = []
    for (key, payment) in found { views.append((key, try view(payment))) }
    return views
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
    if let state { query.add("refunds.state=?", .text(state.rawValue)) }
    if let owner { query.add("orders.owner=?", .text(owner)) }
    if let after { query.add("refunds.key<?", .integer(after)) }
    let sql = query.sql + " ORDER BY refunds.key DESC LIMIT ?"
    let values = query.values + [.integer(Int64(limit))]
    let found = try database { () throws(SQLiteError) -> [(Int64, Refund)] in
      let statement = try kept(sql)
      try QueryText.bind(values, to: statement)
      defer { statement.reset() }
      var found: [(Int64, Refund)] = []
      while try statement.step() {
        var tail = ColumnCursor(statement, from: RefundTable.columnsCount)
        let key = try tail.int64()
        let order = try tail.identifier(OrderKind.self, "refunds \(key)")
        found.append((key, try RefundTable.read(statement, order: order)))
      }
      return found
    }
    var views: [(key: Int64, view: RefundView)] = []
    for (key, refund) in found { views.append((key, try view(refund))) }
    return views
  }
}
