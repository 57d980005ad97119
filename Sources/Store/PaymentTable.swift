import Domain
import SQLite

/// Rows of `payments`.
struct PaymentTable {
  private let insertion: Statement
  private let change: Statement
  private let selection: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare(
      "SELECT \(PaymentTable.columns) FROM payments WHERE order_key=? ORDER BY key")
    guard canWrite else {
      insertion = selection
      change = selection
      return
    }
    insertion = try connection.prepare(
      """
      INSERT INTO payments(key, id, order_key, gateway, kind, method, currency, amount,
        out_trade_no, created_at, expires_at, state, captured_currency, captured, fee_currency, fee,
        gateway_txn_id, action, reason, closing_cause, is_mismatched, is_accepted, is_late,
        evidence, resolve_proposed_by, resolve_proof, resolve_currency, resolve_amount,
        submitted_at, paid_at, closed_at, version, gateway_payment_id, reversed_at)
      VALUES (?,?,?,?,?,?,?,?,?,?, ?,?,?,?,?,?,?,?,?,?,?,?, ?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    change = try connection.prepare(
      """
      UPDATE payments SET state=?, captured_currency=?, captured=?, fee_currency=?, fee=?,
        gateway_txn_id=?, action=?, reason=?, closing_cause=?, is_mismatched=?, is_accepted=?,
        is_late=?, evidence=?, resolve_proposed_by=?, resolve_proof=?, resolve_currency=?,
        resolve_amount=?, submitted_at=?, paid_at=?, closed_at=?, version=?, gateway_payment_id=?,
        reversed_at=?
      WHERE id=?
      """)
  }

  /// - Parameter key: nil takes the next one.
  func insert(
    _ payment: Payment, orderKey: Int64, key: Int64? = nil
  ) throws(SQLiteError) {
    var cursor = ParameterCursor(insertion)
    try cursor.add(key)
    try cursor.add(payment.id.text)
    try cursor.add(orderKey)
    try cursor.add(payment.gateway)
    try cursor.add(payment.kind)
    try cursor.add(payment.method)
    try cursor.add(payment.amount.currency.code)
    try cursor.add(payment.amount.minor)
    try cursor.add(payment.outTradeNumber)
    try cursor.add(payment.createdAt.milliseconds)
    try cursor.add(payment.expiresAt.milliseconds)
    try PaymentTable.bindChanging(payment, &cursor)
    try insertion.run()
  }

  func update(_ payment: Payment) throws(SQLiteError) {
    var cursor = ParameterCursor(change)
    try PaymentTable.bindChanging(payment, &cursor)
    try cursor.add(payment.id.text)
    try change.run()
  }

  private static func bindChanging(
    _ payment: Payment, _ cursor: inout ParameterCursor
  ) throws(SQLiteError) {
    try cursor.add(payment.state.rawValue)
    try cursor.add(payment.captured?.currency.code)
    try cursor.add(payment.captured?.minor)
    try cursor.add(payment.fee?.currency.code)
    try cursor.add(payment.fee?.minor)
    try cursor.add(payment.gatewayTransaction)
    try cursor.add(payment.action.map { action in Codec.text { Codec.writeObject(action, &$0) } })
    try cursor.add(Codec.text(payment.reason))
    try cursor.add(payment.closingCause?.rawValue)
    try cursor.add(payment.isMismatched)
    try cursor.add(payment.isAccepted)
    try cursor.add(payment.isLate)
    try cursor.add(Codec.text(payment.evidence))
    try cursor.add(payment.resolveProposedBy)
    try cursor.add(payment.resolveProposedProof)
    try cursor.add(payment.resolveProposedAmount?.currency.code)
    try cursor.add(payment.resolveProposedAmount?.minor)
    try cursor.add(payment.submittedAt?.milliseconds)
    try cursor.add(payment.paidAt?.milliseconds)
    try cursor.add(payment.closedAt?.milliseconds)
    try cursor.add(payment.version)
    try cursor.add(payment.gatewayPayment)
    try cursor.add(payment.reversedAt?.milliseconds)
  }

  func all(of orderKey: Int64, order: OrderID) throws(SQLiteError) -> [Payment] {
    try selection.bind(orderKey, at: 1)
    var payments: [Payment] = []
    defer { selection.reset() }
    while try selection.step() {
      payments.append(try PaymentTable.read(selection, order: order))
    }
    return payments
  }

  static let columns = """
    payments.id, payments.gateway, payments.kind, payments.method, payments.currency,
    payments.amount, payments.out_trade_no, payments.created_at, payments.expires_at,
    payments.state, payments.captured_currency, payments.captured, payments.fee_currency,
    payments.fee, payments.gateway_txn_id, payments.action, payments.reason,
    payments.closing_cause, payments.is_mismatched, payments.is_accepted, payments.is_late,
    payments.evidence, payments.resolve_proposed_by, payments.resolve_proof,
    payments.resolve_currency, payments.resolve_amount, payments.submitted_at,
    payments.paid_at, payments.closed_at, payments.version, payments.gateway_payment_id,
    payments.reversed_at
    """

  /// How many columns `columns` names.
  static let columnsCount = 32

  static func read(_ statement: Statement, order: OrderID) throws(SQLiteError) -> Payment {
    let place = "payments of \(order)"
    var cursor = ColumnCursor(statement)
    let id = try cursor.identifier(PaymentKind.self, place)
    let gateway = try cursor.string()
    let kind = try cursor.string()
    let method = try cursor.string()
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    let draft = PaymentDraft(
      gateway: gateway, kind: kind, method: method, amount: amount,
      outTradeNumber: try cursor.string(), expiresAt: Timestamp(milliseconds: 0))
    let createdAt = Timestamp(milliseconds: try cursor.int64())
    var complete = draft
    complete.expiresAt = Timestamp(milliseconds: try cursor.int64())
    var payment = Payment(complete, id: id, order: order, createdAt: createdAt)
    payment.state = try cursor.word(PaymentState.self, place)
    payment.captured = try cursor.money(place)
    payment.fee = try cursor.money(place)
    payment.gatewayTransaction = try cursor.optionalString()
    payment.action = try action(try cursor.optionalString(), place)
    payment.reason = try cursor.reason(place)
    payment.closingCause = try cursor.optionalString().flatMap(ClosingCause.init(rawValue:))
    payment.isMismatched = try cursor.bool()
    payment.isAccepted = try cursor.bool()
    payment.isLate = try cursor.bool()
    payment.evidence = try cursor.evidence(place)
    payment.resolveProposedBy = try cursor.optionalString()
    payment.resolveProposedProof = try cursor.optionalString()
    payment.resolveProposedAmount = try cursor.money(place)
    payment.submittedAt = try cursor.time()
    payment.paidAt = try cursor.time()
    payment.closedAt = try cursor.time()
    payment.version = try cursor.int64()
    payment.gatewayPayment = try cursor.optionalString()
    payment.reversedAt = try cursor.time()
    return payment
  }

  private static func action(
    _ text: String?, _ place: String
  ) throws(SQLiteError) -> PaymentAction? {
    guard let text else { return nil }
    do throws(StoreError) {
      return try Stored(text: text, place).action()
    } catch { throw .damagedRow(place) }
  }
}
