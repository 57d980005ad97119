package import Domain
import SQLite

/// A payment that was charged, as rows of a bank's statement are held against it.
package struct ChargeRow: Hashable, Sendable {
  package let payment: PaymentID
  package let amount: Money
  package let at: Timestamp
  /// Paid by a weak word alone.
  package let isWeak: Bool
}

extension StoreReader {
  /// Whose number at its gateway this is.
  package func payment(outTradeNumber number: String) throws(StoreError) -> PaymentID? {
    try database { () throws(SQLiteError) in
      let statement = try kept("SELECT id FROM payments WHERE out_trade_no=?")
      try statement.bind(number, at: 1)
      defer { statement.reset() }
      return try statement.step() ? PaymentID(text: try statement.string(0)) : nil
    }
  }

  /// The payment that a gateway has given a number to.
  package func payment(
    transaction: String, gateway: String
  ) throws(StoreError) -> PaymentID? {
    try database { () throws(SQLiteError) in
      let statement = try kept("SELECT id FROM payments WHERE gateway_txn_id=? AND gateway=?")
      try statement.bind(transaction, at: 1)
      try statement.bind(gateway, at: 2)
      defer { statement.reset() }
      return try statement.step() ? PaymentID(text: try statement.string(0)) : nil
    }
  }

  /// What a gateway charged in a time, oldest first.
  package func charges(
    of gateway: String, from: Timestamp, to: Timestamp
  ) throws(StoreError) -> [ChargeRow] {
    try database { () throws(SQLiteError) in
      let statement = try kept(
        """
        SELECT p.id, p.captured_currency, p.captured, p.paid_at, o.flags
        FROM payments p JOIN orders o ON o.key=p.order_key
        WHERE p.gateway=? AND p.paid_at>=? AND p.paid_at<? AND p.state='succeeded'
        ORDER BY p.paid_at, p.key
        """)
      var parameters = ParameterCursor(statement)
      try parameters.add(gateway)
      try parameters.add(from.milliseconds)
      try parameters.add(to.milliseconds)
      var rows: [ChargeRow] = []
      defer { statement.reset() }
      while try statement.step() {
        var cursor = ColumnCursor(statement)
        let id = try cursor.identifier(PaymentKind.self, "payments")
        guard let amount = try cursor.money("payment \(id)") else {
          throw .damagedRow("payment \(id)")
        }
        rows.append(
          ChargeRow(
            payment: id, amount: amount, at: Timestamp(milliseconds: try cursor.int64()),
            isWeak: OrderFlags(rawValue: try cursor.int64()).contains(.weak)))
      }
      return rows
    }
  }
}
