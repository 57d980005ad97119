import Domain
import SQLite

/// Rows of `deliveries`.
struct DeliveryTable {
  private let insertion: Statement
  private let change: Statement
  private let selection: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare(
      "SELECT \(DeliveryTable.columns) FROM deliveries WHERE order_key=? ORDER BY line")
    guard canWrite else {
      insertion = selection
      change = selection
      return
    }
    insertion = try connection.prepare(
      """
      INSERT INTO deliveries(key, id, order_key, line, state, claim, claimed_by, lease_until,
        reference, reason, delivered_at, version)
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    change = try connection.prepare(
      """
      UPDATE deliveries SET state=?, claim=?, claimed_by=?, lease_until=?, reference=?, reason=?,
        delivered_at=?, version=?
      WHERE id=?
      """)
  }

  /// - Parameter key: nil takes the next one.
  func insert(
    _ delivery: Delivery, orderKey: Int64, key: Int64? = nil
  ) throws(SQLiteError) {
    var cursor = ParameterCursor(insertion)
    try cursor.add(key)
    try cursor.add(delivery.id.text)
    try cursor.add(orderKey)
    try cursor.add(delivery.line)
    try DeliveryTable.bindChanging(delivery, &cursor)
    try insertion.run()
  }

  func update(_ delivery: Delivery) throws(SQLiteError) {
    var cursor = ParameterCursor(change)
    try DeliveryTable.bindChanging(delivery, &cursor)
    try cursor.add(delivery.id.text)
    try change.run()
  }

  private static func bindChanging(
    _ delivery: Delivery, _ cursor: inout ParameterCursor
  ) throws(SQLiteError) {
    try cursor.add(delivery.state.rawValue)
    try cursor.add(delivery.claim?.text)
    try cursor.add(delivery.claimedBy)
    try cursor.add(delivery.leaseUntil?.milliseconds)
    try cursor.add(delivery.reference)
    try cursor.add(delivery.reason)
    try cursor.add(delivery.deliveredAt?.milliseconds)
    try cursor.add(delivery.version)
  }

  func all(of orderKey: Int64, order: OrderID) throws(SQLiteError) -> [Delivery] {
    try selection.bind(orderKey, at: 1)
    var deliveries: [Delivery] = []
    defer { selection.reset() }
    while try selection.step() {
      deliveries.append(try DeliveryTable.read(selection, order: order))
    }
    return deliveries
  }

  static let columns = """
    deliveries.id, deliveries.line, deliveries.state, deliveries.claim, deliveries.claimed_by,
    deliveries.lease_until, deliveries.reference, deliveries.reason,
    deliveries.delivered_at, deliveries.version
    """

  /// How many columns `columns` names.
  static let columnsCount = 10

  static func read(_ statement: Statement, order: OrderID) throws(SQLiteError) -> Delivery {
    let place = "deliveries of \(order)"
    var cursor = ColumnCursor(statement)
    let id = try cursor.identifier(DeliveryKind.self, place)
    var delivery = Delivery(id: id, order: order, line: try cursor.int64())
    delivery.state = try cursor.word(DeliveryState.self, place)
    delivery.claim = try cursor.optionalString().flatMap(ClaimID.init(text:))
    delivery.claimedBy = try cursor.optionalString()
    delivery.leaseUntil = try cursor.time()
    delivery.reference = try cursor.optionalString()
    delivery.reason = try cursor.optionalString()
    delivery.deliveredAt = try cursor.time()
    delivery.version = try cursor.int64()
    return delivery
  }
}
