package import Domain
import SQLite

extension StoreReader {
  package func dispute(_ id: DisputeID) throws(StoreError) -> (DisputeView, owner: String)? {
    guard let row = try lookups.byDispute(id) else { return nil }
    let loaded = try aggregate(row)
    guard let dispute = loaded.aggregate.dispute(id) else { return nil }
    let gateway = loaded.aggregate.gateway(of: dispute)
    return (try view(dispute, gateway: gateway), loaded.aggregate.order.owner)
  }

  private func view(_ dispute: Dispute, gateway: String) throws(StoreError) -> DisputeView {
    let question = try database { () throws(SQLiteError) in
      try questions.question(.dispute(dispute.id))
    }
    return DisputeView(dispute: dispute, gateway: gateway, nextQueryAt: question?.nextAt)
  }

  /// What was attached; nil where it was erased.
  package func content(of id: AttachmentID) throws(StoreError) -> AttachmentContent? {
    try attachments.content(of: id)
  }

  /// Disputes of one order or payment, or the newest ones by gateway and state.
  ///
  /// - Parameter dueBefore: waits for an answer until before this time.
  package func disputes(
    of reference: OrderReference?, payment: PaymentID?, gateway: String?, state: DisputeStatus?,
    isOpen: Bool?, dueBefore: Timestamp?, owner: String?, after: Int64?, limit: Int
  ) throws(StoreError) -> [(key: Int64, view: DisputeView)] {
    var query = QueryText(
      """
      SELECT \(DisputeTable.columns), disputes.key, orders.id, disputes.gateway FROM disputes
      JOIN orders ON orders.key=disputes.order_key
      """)
    if let reference {
      guard let row = try row(reference) else { return [] }
      query.add("disputes.order_key=?", .integer(row.key))
    }
    if let payment { query.add("disputes.payment=?", .text(payment.text)) }
    if let gateway { query.add("disputes.gateway=?", .text(gateway)) }
    if let state { query.add("disputes.state=?", .text(state.rawValue)) }
    // Written into the text so that the partial index of open disputes fits.
    if let isOpen { query.add("disputes.is_open=\(isOpen ? 1 : 0)") }
    if let dueBefore {
      query.add("disputes.state IN ('warning','needs_response')")
      query.add("disputes.due_at<?", .integer(dueBefore.milliseconds))
    }
    if let owner { query.add("orders.owner=?", .text(owner)) }
    if let after { query.add("disputes.key<?", .integer(after)) }
    query.tail = " ORDER BY disputes.key DESC"
    return try rows(query.sql, query.values, limit: limit) { statement throws(StoreError) in
      let (key, dispute, gateway) = try database { () throws(SQLiteError) in
        var tail = ColumnCursor(statement, from: DisputeTable.columnsCount)
        let key = try tail.int64()
        let order = try tail.identifier(OrderKind.self, "disputes \(key)")
        let gateway = try tail.string()
        return (key, try DisputeTable.read(statement, order: order), gateway)
      }
      return (key, try view(dispute, gateway: gateway))
    }
  }

  /// How many disputes are open at a gateway, and the nearest time until which one of them takes
  /// an answer of ours.
  package func openDisputes(
    gateway: String
  ) throws(StoreError) -> (count: Int64, dueAt: Timestamp?) {
    try database { () throws(SQLiteError) in
      let statement = try kept(
        """
        SELECT count(*), min(CASE WHEN state IN ('warning','needs_response') THEN due_at END)
        FROM disputes WHERE gateway=? AND is_open=1
        """)
      try statement.bind(gateway, at: 1)
      defer { statement.reset() }
      guard try statement.step() else { return (0, nil) }
      return (
        try statement.int64(0),
        try statement.optionalInt64(1).map(Timestamp.init(milliseconds:))
      )
    }
  }
}
