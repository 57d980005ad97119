import Domain
import SQLite

/// Rows of `disputes`.
struct DisputeTable {
  private let insertion: Statement
  private let change: Statement
  private let selection: Statement
  private let holderSelection: Statement
  private let alertSelection: Statement
  private let nextAlertSelection: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare(
      "SELECT \(DisputeTable.columns) FROM disputes WHERE order_key=? ORDER BY key")
    holderSelection = try connection.prepare(
      "SELECT payment FROM disputes WHERE gateway=? AND gateway_dispute_id=?")
    alertSelection = try connection.prepare(
      """
      SELECT order_key FROM disputes JOIN orders ON orders.key=disputes.order_key
      WHERE alert_at<=? AND orders.flags&\(OrderFlags.frozen.rawValue)=0 ORDER BY alert_at LIMIT ?
      """)
    nextAlertSelection = try connection.prepare(
      "SELECT alert_at FROM disputes WHERE alert_at>? ORDER BY alert_at LIMIT 1")
    guard canWrite else {
      insertion = selection
      change = selection
      return
    }
    insertion = try connection.prepare(
      """
      INSERT INTO disputes(key, id, order_key, payment, gateway, gateway_dispute_id, opened_at,
        state, is_open, gateway_status, currency, amount, funds, reason, due_at, alerted_hours,
        alert_at, evidence, attachments, closed_at, version)
      VALUES (?,?,?,?,?,?,?, ?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    change = try connection.prepare(
      """
      UPDATE disputes SET state=?, is_open=?, gateway_status=?, currency=?, amount=?, funds=?,
        reason=?, due_at=?, alerted_hours=?, alert_at=?, evidence=?, attachments=?, closed_at=?,
        version=?
      WHERE id=?
      """)
  }

  /// - Parameters:
  ///   - gateway: the configured name that its payment has.
  ///   - key: nil takes the next one.
  func insert(
    _ dispute: Dispute, orderKey: Int64, gateway: String, key: Int64? = nil
  ) throws(SQLiteError) {
    var cursor = ParameterCursor(insertion)
    try cursor.add(key)
    try cursor.add(dispute.id.text)
    try cursor.add(orderKey)
    try cursor.add(dispute.payment.text)
    try cursor.add(gateway)
    try cursor.add(dispute.gatewayDispute)
    try cursor.add(dispute.openedAt.milliseconds)
    try DisputeTable.bindChanging(dispute, &cursor)
    try insertion.run()
  }

  func update(_ dispute: Dispute) throws(SQLiteError) {
    var cursor = ParameterCursor(change)
    try DisputeTable.bindChanging(dispute, &cursor)
    try cursor.add(dispute.id.text)
    try change.run()
  }

  private static func bindChanging(
    _ dispute: Dispute, _ cursor: inout ParameterCursor
  ) throws(SQLiteError) {
    try cursor.add(dispute.state.rawValue)
    try cursor.add(dispute.state.isOpen)
    try cursor.add(dispute.terms.gatewayStatus)
    try cursor.add(dispute.terms.amount.currency.code)
    try cursor.add(dispute.terms.amount.minor)
    try cursor.add(dispute.funds.rawValue)
    try cursor.add(Codec.text(dispute.terms.reason))
    try cursor.add(dispute.terms.dueAt?.milliseconds)
    try cursor.add(dispute.alertedHours)
    try cursor.add(dispute.nextAlertAt?.milliseconds)
    try cursor.add(Codec.text(dispute.evidence))
    try cursor.add(Codec.text(dispute.attachments))
    try cursor.add(dispute.closedAt?.milliseconds)
    try cursor.add(dispute.version)
  }

  func all(of orderKey: Int64, order: OrderID) throws(SQLiteError) -> [Dispute] {
    try selection.bind(orderKey, at: 1)
    var disputes: [Dispute] = []
    defer { selection.reset() }
    while try selection.step() { disputes.append(try DisputeTable.read(selection, order: order)) }
    return disputes
  }

  /// The payment that a gateway's dispute is about; nil for one that is not known.
  func payment(gateway: String, dispute: String) throws(SQLiteError) -> PaymentID? {
    try holderSelection.bind(gateway, at: 1)
    try holderSelection.bind(dispute, at: 2)
    defer { holderSelection.reset() }
    return try holderSelection.step() ? PaymentID(text: try holderSelection.string(0)) : nil
  }

  /// Orders with a dispute about whose due date people must be told, most urgent first. Of frozen
  /// ones nothing changes, so they are left out.
  func alerts(at now: Timestamp, limit: Int) throws(SQLiteError) -> [Int64] {
    try alertSelection.bind(now.milliseconds, at: 1)
    try alertSelection.bind(limit, at: 2)
    var keys: [Int64] = []
    defer { alertSelection.reset() }
    while try alertSelection.step() { keys.append(try alertSelection.int64(0)) }
    return keys
  }

  func nextAlert(after now: Timestamp) throws(SQLiteError) -> Timestamp? {
    try nextAlertSelection.bind(now.milliseconds, at: 1)
    defer { nextAlertSelection.reset() }
    guard try nextAlertSelection.step() else { return nil }
    return Timestamp(milliseconds: try nextAlertSelection.int64(0))
  }

  static let columns = """
    disputes.id, disputes.payment, disputes.gateway_dispute_id, disputes.opened_at,
    disputes.state, disputes.gateway_status, disputes.currency, disputes.amount, disputes.funds,
    disputes.reason, disputes.due_at, disputes.alerted_hours, disputes.evidence,
    disputes.attachments, disputes.closed_at, disputes.version
    """

  /// How many columns `columns` names.
  static let columnsCount = 16

  static func read(_ statement: Statement, order: OrderID) throws(SQLiteError) -> Dispute {
    let place = "disputes of \(order)"
    var cursor = ColumnCursor(statement)
    let id = try cursor.identifier(DisputeKind.self, place)
    let payment = try cursor.identifier(PaymentKind.self, place)
    let number = try cursor.string()
    let openedAt = Timestamp(milliseconds: try cursor.int64())
    let state = try cursor.word(DisputeStatus.self, place)
    let word = try cursor.string()
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    let funds = try cursor.word(DisputeFunds.self, place)
    let terms = DisputeTerms(
      amount: amount, gatewayStatus: word, reason: try cursor.reason(place),
      dueAt: try cursor.time())
    var dispute = Dispute(
      id: id, payment: payment, order: order, gatewayDispute: number, openedAt: openedAt,
      state: state, terms: terms, funds: funds)
    dispute.alertedHours = try cursor.optionalInt64()
    dispute.evidence = try cursor.evidence(place)
    dispute.attachments = try cursor.attachments(place)
    dispute.closedAt = try cursor.time()
    dispute.version = try cursor.int64()
    return dispute
  }
}

extension ColumnCursor {
  fileprivate mutating func attachments(
    _ place: String
  ) throws(SQLiteError) -> [DisputeAttachment] {
    let text = try optionalString()
    do throws(StoreError) {
      return try Stored.list(text: text, place) { stored throws(StoreError) in
        try stored.attachment()
      }
    } catch { throw .damagedRow(place) }
  }
}
