package import Domain
import SQLite

/// What a stretch of the log changed in the books of a gateway.
package struct BookChanges: Hashable, Sendable {
  /// Payments and refunds of orders to which something happened, in the order of their identifiers.
  package let subjects: [LocalSubject]
  package let orders: [OrderID]
  package let hasDisputes: Bool
}

/// Finds them by the log: few lines of it, so it is what the joins begin with.
struct BookChangeQueries {
  private let payments: Statement
  private let refunds: Statement
  private let orders: Statement
  private let disputes: Statement

  init(_ connection: Connection) throws(SQLiteError) {
    payments = try connection.prepare(
      """
      SELECT DISTINCT p.id FROM events e CROSS JOIN payments p ON p.order_key=e.order_key
      WHERE e.seq>? AND e.seq<=? AND p.gateway=? ORDER BY p.id
      """)
    refunds = try connection.prepare(
      """
      SELECT DISTINCT r.id FROM events e CROSS JOIN refunds r ON r.order_key=e.order_key
        JOIN payments p ON p.id=r.payment
      WHERE e.seq>? AND e.seq<=? AND p.gateway=? ORDER BY r.id
      """)
    orders = try connection.prepare(
      """
      SELECT DISTINCT o.id FROM events e CROSS JOIN orders o ON o.key=e.order_key
      WHERE e.seq>? AND e.seq<=? ORDER BY o.id
      """)
    disputes = try connection.prepare(
      """
      SELECT e.type FROM events e CROSS JOIN payments p ON p.order_key=e.order_key
      WHERE e.seq>? AND e.seq<=? AND p.gateway=? AND e.type LIKE 'dispute.%' LIMIT 1
      """)
  }

  func read(
    gateway: String, after sequence: Int64, upTo last: Int64
  ) throws(SQLiteError) -> BookChanges {
    func ids(_ selection: Statement, ofGateway: Bool = true) throws(SQLiteError) -> [String] {
      try selection.bind(sequence, at: 1)
      try selection.bind(last, at: 2)
      if ofGateway { try selection.bind(gateway, at: 3) }
      var ids: [String] = []
      defer { selection.reset() }
      while try selection.step() { ids.append(try selection.string(0)) }
      return ids
    }
    let subjects = try ids(payments) + ids(refunds)
    return BookChanges(
      subjects: subjects.compactMap { LocalSubject(text: $0) },
      orders: try ids(orders, ofGateway: false).compactMap { OrderID(text: $0) },
      hasDisputes: try !ids(disputes).isEmpty)
  }
}
