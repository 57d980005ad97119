import Domain
import SQLite

/// An order of a list.
package struct OrderRow: Sendable {
  package let key: Int64
  /// Where the list goes on after this row.
  package let place: OrderPlace
  package let view: OrderView
}

extension StoreReader {
  /// One page of orders.
  ///
  /// - Parameter after: the place of the last order of the page before.
  /// - Returns: at most `limit` orders.
  package func orders(
    _ filter: OrderFilter, after: OrderPlace?, limit: Int
  ) throws(StoreError) -> [OrderRow] {
    switch filter.sorting {
    case .newest, .oldest: return try page(.created, filter, after, limit)
    case .largest, .smallest:
      // The index of amounts and what it has not reached, each in order, make one order.
      let isRising = filter.sorting == .smallest
      let both =
        try page(.amountIndexed, filter, after, limit)
        + page(.amountUnindexed, filter, after, limit)
      let sorted = both.sorted { one, other in
        let mine = (one.view.order.amount.minor, one.key)
        let its = (other.view.order.amount.minor, other.key)
        return isRising ? mine < its : mine > its
      }
      return Array(sorted.prefix(limit))
    case .paidLast:
      let hasPaid = after == nil || after?.value != nil
      let paid = hasPaid ? try page(.paid, filter, after, limit) : []
      guard paid.count < limit else { return paid }
      return try paid + page(.unpaid, filter, hasPaid ? nil : after, limit - paid.count)
    }
  }

  /// A way through the orders along one index.
  private enum Walk {
    case created
    case paid
    case unpaid
    case amountIndexed
    case amountUnindexed
  }

  private func page(
    _ walk: Walk, _ filter: OrderFilter, _ after: OrderPlace?, _ limit: Int
  ) throws(StoreError) -> [OrderRow] {
    var query = StoreReader.query(walk, filter.sorting, after)
    query.narrow(filter)
    if walk == .amountIndexed {
      if let least = filter.amountMin { query.add("order_amounts.amount>=?", .integer(least)) }
      if let most = filter.amountMax { query.add("order_amounts.amount<=?", .integer(most)) }
    }
    try narrow(&query, byTermsOf: filter)
    // The index only narrows; what is found is compared, so the page is filled while reading.
    return try rows(query.sql, query.values, limit: limit) { statement throws(StoreError) in
      let row = try OrderTable.read(statement)
      guard try fits(row, filter) else { return nil }
      return OrderRow(
        key: row.key, place: OrderPlace(row, filter.sorting), view: try view(row))
    }
  }

  private func fits(
    _ row: (key: Int64, order: Order), _ filter: OrderFilter
  ) throws(StoreError) -> Bool {
    guard filter.fits(row.order) else { return false }
    return filter.namesBuyer ? filter.fits(try personal.facts(of: row.key).buyer) : true
  }

  private static func query(
    _ walk: Walk, _ sorting: OrderFilter.Sorting, _ after: OrderPlace?
  ) -> QueryText {
    let isRising = sorting == .oldest || sorting == .smallest
    let (sign, way) = isRising ? (">", "ASC") : ("<", "DESC")
    let columns = "SELECT \(OrderTable.columns)"
    func sorted(_ head: String, _ value: String) -> QueryText {
      var query = QueryText("\(columns) \(head)")
      let key = value.hasPrefix("order_amounts") ? "order_amounts.order_key" : "orders.key"
      if let after, let at = after.value {
        query.add("(\(value), \(key))\(sign)(?,?)", .integer(at), .integer(after.key))
      }
      query.tail = " ORDER BY \(value) \(way), \(key) \(way)"
      return query
    }
    var query: QueryText
    switch walk {
    case .created, .unpaid:
      query = QueryText("\(columns) FROM orders")
      if walk == .unpaid { query.add("orders.paid_at IS NULL") }
      if let after { query.add("orders.key\(sign)?", .integer(after.key)) }
      query.tail = " ORDER BY orders.key \(way)"
    case .paid:
      query = sorted("FROM orders", "orders.paid_at")
      query.add("orders.paid_at IS NOT NULL")
    case .amountIndexed:
      query = sorted(
        "FROM order_amounts CROSS JOIN orders ON orders.key=order_amounts.order_key",
        "order_amounts.amount")
    case .amountUnindexed:
      query = sorted("FROM orders", "orders.amount")
      query.add("orders.key>\(SearchIndex.reached("indexed"))")
    }
    return query
  }
}
