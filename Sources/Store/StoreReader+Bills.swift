package import Domain
import SQLite

extension StoreReader {
  /// Bills of a gateway, or of all, newest day first.
  package func bills(gateway: String?, limit: Int) throws(StoreError) -> [BillRow] {
    var query = QueryText("SELECT \(BillTable.columns) FROM bills")
    if let gateway { query.add("gateway=?", .text(gateway)) }
    query.tail = " ORDER BY day DESC, gateway, kind"
    return try rows(query.sql, query.values, limit: limit) { statement throws(StoreError) in
      try database { () throws(SQLiteError) in try BillTable.read(statement) }
    }
  }

  // MARK: The bank's files

  /// Gateways whose payouts were looked for at a bank.
  package func gatewaysAtBanks() throws(StoreError) -> [String] {
    try texts("SELECT DISTINCT gateway FROM runs WHERE bank IS NOT NULL ORDER BY gateway", nil)
  }

  /// The names of the banks' statements that a gateway's payouts were looked for in.
  package func accounts(of gateway: String) throws(StoreError) -> [String] {
    try texts(
      "SELECT DISTINCT s.gateway FROM runs r JOIN statements s ON s.id=r.bank WHERE r.gateway=? "
        + "ORDER BY s.gateway", gateway)
  }

  /// Payouts of a gateway that still wait for a bank's row, as the newest runs tell of them.
  package func payoutsWaiting(of gateway: String) throws(StoreError) -> [PayoutAwaited] {
    var left: Set<String> = []
    for content in StatementContent.allCases {
      left.formUnion(try waitingRows(of: gateway, content).lazy.map(\.subject))
    }
    var payouts: [PayoutAwaited] = []
    guard !left.isEmpty else { return payouts }
    for run in try runs(gateway: gateway, statement: nil, before: nil, limit: Limits.listMax) {
      for payout in run.bookings.awaited where left.remove(payout.place.text) != nil {
        payouts.append(payout)
      }
    }
    return payouts
  }

  private func texts(_ sql: String, _ value: String?) throws(StoreError) -> [String] {
    try database { () throws(SQLiteError) in
      let statement = try kept(sql)
      if let value { try statement.bind(value, at: 1) }
      defer { statement.reset() }
      var texts: [String] = []
      while try statement.step() { texts.append(try statement.string(0)) }
      return texts
    }
  }
}
