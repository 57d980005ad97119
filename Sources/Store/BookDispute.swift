package import Domain
import SQLite

/// A dispute of ours as a run compares it.
package struct BookDispute: Sendable {
  package let id: DisputeID
  package let payment: PaymentID
  package let order: OrderID
  /// The movements of its money that are matched with no row of another statement, in their order.
  /// Gateways name them in many ways, so they have no texts of their own.
  package let rows: [BookRow]
}

/// Reads disputes by what a row of a bill says of them. What they moved stands in the log.
struct DisputeQueries {
  private let selection: Statement
  private let eventSelection: Statement
  private let matchedSelection: Statement
  private let rowSelection: Statement

  init(_ connection: Connection) throws(SQLiteError) {
    selection = try connection.prepare(
      """
      SELECT d.key, d.id, d.payment, o.key, o.id, o.pay_state, o.delivery_state
      FROM disputes d JOIN payments p ON p.id=d.payment JOIN orders o ON o.key=d.order_key
      WHERE d.gateway=?1 AND (d.gateway_dispute_id=?2 OR p.out_trade_no IN (?3, ?4)
        OR p.gateway_txn_id IN (?2, ?3, ?4) OR p.id=?5)
      ORDER BY d.gateway_dispute_id<>coalesce(?2, ''), d.key
      """)
    eventSelection = try connection.prepare(
      """
      SELECT line FROM events WHERE order_key=? AND type>='dispute.' AND type<'dispute/'
      ORDER BY seq
      """)
    matchedSelection = try connection.prepare(
      """
      SELECT DISTINCT (m.ours & \(MatchNumber.partMax)) >> \(MatchNumber.movementShift)
      FROM match_pieces m WHERE \(MatchNumber.holds("?1", 4))
        AND m.theirs>>\(MatchNumber.lineShift)<>?2 AND \(MatchNumber.counts)
      """)
    rowSelection = try connection.prepare(
      """
      SELECT 1 FROM statements of JOIN match_pieces m
        ON m.theirs=(of.key<<\(MatchNumber.lineShift))|?2
      WHERE of.id=?1 AND \(MatchNumber.counts)
      """)
  }

  /// - Parameter statement: the key of the one that is compared.
  func read(
    _ gateway: String, _ statement: Int64, transaction: String, reference: String,
    parent: String, payment: PaymentID?
  ) throws(StoreError) -> [BookDispute] {
    let found = try database { () throws(SQLiteError) in
      try find(gateway, [transaction, reference, parent], payment)
    }
    var disputes: [BookDispute] = []
    for one in found {
      let matched = try database { () throws(SQLiteError) in
        try self.matched(one.key, statement)
      }
      let free = try movements(of: one).filter {
        $0.number <= MatchNumber.movementMost && !matched.contains($0.number)
      }
      disputes.append(
        BookDispute(
          id: one.id, payment: one.payment, order: one.order, rows: free.map { one.row($0) }))
    }
    return disputes
  }

  private struct Found {
    let key: Int64
    let id: DisputeID
    let payment: PaymentID
    let orderKey: Int64
    let order: OrderID
    let payState: PayState
    let deliveryState: DeliveryState

    func row(_ movement: DisputeMovement) -> BookRow {
      var row = BookRow(
        subject: .dispute(id, movement: movement.number), key: key, order: order,
        standing: .succeeded, at: movement.at, amount: movement.amount, fee: nil, charged: nil,
        payState: payState, deliveryState: deliveryState, isWeak: false, isPosted: true)
      row.isReinstatement = movement.isReinstatement
      return row
    }
  }

  private func find(
    _ gateway: String, _ numbers: [String], _ payment: PaymentID?
  ) throws(SQLiteError) -> [Found] {
    var parameters = ParameterCursor(selection)
    try parameters.add(gateway)
    for number in numbers { try parameters.add(number.isEmpty ? nil : number) }
    try parameters.add(payment?.text)
    var found: [Found] = []
    defer { selection.reset() }
    while try selection.step() {
      var cursor = ColumnCursor(selection)
      let place = "disputes"
      found.append(
        Found(
          key: try cursor.int64(), id: try cursor.identifier(DisputeKind.self, place),
          payment: try cursor.identifier(PaymentKind.self, place), orderKey: try cursor.int64(),
          order: try cursor.identifier(OrderKind.self, place),
          payState: try cursor.word(PayState.self, place),
          deliveryState: try cursor.word(DeliveryState.self, place)))
    }
    return found
  }

  private func movements(of dispute: Found) throws(StoreError) -> [DisputeMovement] {
    let lines = try database { () throws(SQLiteError) in
      try eventSelection.bind(dispute.orderKey, at: 1)
      var lines: [[UInt8]] = []
      defer { eventSelection.reset() }
      while try eventSelection.step() { lines.append(try eventSelection.blob(0)) }
      return lines
    }
    var movements = DisputeMovements()
    for line in lines {
      let event = try EventReading.event(line: line).event
      if case .dispute(dispute.id, let body) = event.body { movements.follow(body, at: event.at) }
    }
    return movements.all
  }

  /// The numbers of the movements that are matched with rows of other statements.
  private func matched(_ key: Int64, _ statement: Int64) throws(SQLiteError) -> Set<Int> {
    try matchedSelection.bind(key, at: 1)
    try matchedSelection.bind(statement, at: 2)
    var numbers: Set<Int> = []
    defer { matchedSelection.reset() }
    while try matchedSelection.step() { numbers.insert(Int(try matchedSelection.int64(0)) + 1) }
    return numbers
  }

  func isMatched(_ row: StatementRowReference) throws(SQLiteError) -> Bool {
    try rowSelection.bind(row.statement.text, at: 1)
    try rowSelection.bind(row.line, at: 2)
    defer { rowSelection.reset() }
    return try rowSelection.step()
  }
}
