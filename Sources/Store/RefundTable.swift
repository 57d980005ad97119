import Domain
import SQLite

/// Rows of `refunds`.
struct RefundTable {
  private let insertion: Statement
  private let change: Statement
  private let selection: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare(
      "SELECT \(RefundTable.columns) FROM refunds WHERE order_key=? ORDER BY key")
    guard canWrite else {
      insertion = selection
      change = selection
      return
    }
    insertion = try connection.prepare(
      """
      INSERT INTO refunds(key, id, order_key, payment, number, currency, amount, note, requested_by,
        created_at, state, approved_by, approved_at, gateway_refund_id, reason, evidence,
        submitted_at, finished_at, version)
      VALUES (?,?,?,?,?,?,?,?,?,?,?, ?,?,?,?,?,?,?,?)
      """)
    change = try connection.prepare(
      """
      UPDATE refunds SET state=?, approved_by=?, approved_at=?, gateway_refund_id=?, reason=?,
        evidence=?, submitted_at=?, finished_at=?, version=?
      WHERE id=?
      """)
  }

  /// - Parameter key: nil takes the next one.
  func insert(
    _ refund: Refund, orderKey: Int64, key: Int64? = nil
  ) throws(SQLiteError) {
    var cursor = ParameterCursor(insertion)
    try cursor.add(key)
    try cursor.add(refund.id.text)
    try cursor.add(orderKey)
    try cursor.add(refund.payment.text)
    try cursor.add(refund.number)
    try cursor.add(refund.amount.currency.code)
    try cursor.add(refund.amount.minor)
    try cursor.add(refund.note)
    try cursor.add(refund.requestedBy)
    try cursor.add(refund.createdAt.milliseconds)
    try RefundTable.bindChanging(refund, &cursor)
    try insertion.run()
  }

  func update(_ refund: Refund) throws(SQLiteError) {
    var cursor = ParameterCursor(change)
    try RefundTable.bindChanging(refund, &cursor)
    try cursor.add(refund.id.text)
    try change.run()
  }

  private static func bindChanging(
    _ refund: Refund, _ cursor: inout ParameterCursor
  ) throws(SQLiteError) {
    try cursor.add(refund.state.rawValue)
    try cursor.add(refund.approvedBy)
    try cursor.add(refund.approvedAt?.milliseconds)
    try cursor.add(refund.gatewayRefund)
    try cursor.add(Codec.text(refund.reason))
    try cursor.add(Codec.text(refund.evidence))
    try cursor.add(refund.submittedAt?.milliseconds)
    try cursor.add(refund.finishedAt?.milliseconds)
    try cursor.add(refund.version)
  }

  func all(of orderKey: Int64, order: OrderID) throws(SQLiteError) -> [Refund] {
    try selection.bind(orderKey, at: 1)
    var refunds: [Refund] = []
    defer { selection.reset() }
    while try selection.step() { refunds.append(try RefundTable.read(selection, order: order)) }
    return refunds
  }

  static let columns = """
    refunds.id, refunds.payment, refunds.number, refunds.currency, refunds.amount, refunds.note,
    refunds.requested_by, refunds.created_at, refunds.state, refunds.approved_by,
    refunds.approved_at, refunds.gateway_refund_id, refunds.reason, refunds.evidence,
    refunds.submitted_at, refunds.finished_at, refunds.version
    """

  /// How many columns `columns` names.
  static let columnsCount = 17

  static func read(_ statement: Statement, order: OrderID) throws(SQLiteError) -> Refund {
    let place = "refunds of \(order)"
    var cursor = ColumnCursor(statement)
    let id = try cursor.identifier(RefundKind.self, place)
    let payment = try cursor.identifier(PaymentKind.self, place)
    let number = try cursor.string()
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    var refund = Refund(
      id: id, payment: payment, order: order, number: number, amount: amount,
      note: try cursor.optionalString(), requestedBy: try cursor.string(),
      createdAt: Timestamp(milliseconds: try cursor.int64()))
    refund.state = try cursor.word(RefundState.self, place)
    refund.approvedBy = try cursor.optionalString()
    refund.approvedAt = try cursor.time()
    refund.gatewayRefund = try cursor.optionalString()
    refund.reason = try cursor.reason(place)
    refund.evidence = try cursor.evidence(place)
    refund.submittedAt = try cursor.time()
    refund.finishedAt = try cursor.time()
    refund.version = try cursor.int64()
    return refund
  }
}
