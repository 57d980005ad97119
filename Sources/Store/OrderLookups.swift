import Domain
import SQLite

/// The ways from a name to an order, on the writer's connection or a reader's.
struct OrderLookups {
  private let idSelection: Statement
  private let numberSelection: Statement
  private let keySelection: Statement
  private let paymentSelection: Statement
  private let refundSelection: Statement
  private let disputeSelection: Statement
  private let claimSelection: Statement
  private let tradeSelection: Statement
  private let chargeSelection: Statement
  private let atGatewaySelection: Statement
  private let expirySelection: Statement
  private let leaseSelection: Statement
  private let nextExpiry: Statement
  private let nextLease: Statement
  private let historySelection: Statement
  private let lineSelection: Statement

  init(_ connection: Connection) throws(SQLiteError) {
    let order = "SELECT \(OrderTable.columns) FROM orders WHERE"
    idSelection = try connection.prepare("\(order) id=?")
    numberSelection = try connection.prepare("\(order) number=?")
    keySelection = try connection.prepare("\(order) key=?")
    paymentSelection = try connection.prepare(
      "\(order) key=(SELECT order_key FROM payments WHERE id=?)")
    refundSelection = try connection.prepare(
      "\(order) key=(SELECT order_key FROM refunds WHERE id=?)")
    disputeSelection = try connection.prepare(
      "\(order) key=(SELECT order_key FROM disputes WHERE id=?)")
    claimSelection = try connection.prepare(
      "\(order) key=(SELECT order_key FROM deliveries WHERE claim=? LIMIT 1)")
    tradeSelection = try connection.prepare(
      "SELECT id FROM payments WHERE out_trade_no=? AND gateway=?")
    chargeSelection = try connection.prepare(
      "SELECT id FROM payments WHERE gateway_txn_id=? AND gateway=?")
    atGatewaySelection = try connection.prepare(
      "SELECT id FROM payments WHERE gateway_payment_id=? AND gateway=? LIMIT 1")
    expirySelection = try connection.prepare(
      "SELECT key FROM orders WHERE expiry_due<=? ORDER BY expiry_due LIMIT ?")
    leaseSelection = try connection.prepare(
      """
      SELECT order_key FROM deliveries WHERE state='reserved' AND lease_until<=?
      ORDER BY lease_until LIMIT ?
      """)
    nextExpiry = try connection.prepare(
      "SELECT expiry_due FROM orders WHERE expiry_due>? ORDER BY expiry_due LIMIT 1")
    nextLease = try connection.prepare(
      """
      SELECT lease_until FROM deliveries WHERE state='reserved' AND lease_until>?
      ORDER BY lease_until LIMIT 1
      """)
    historySelection = try connection.prepare(
      "SELECT line FROM events WHERE order_key=? AND seq<=? ORDER BY seq")
    lineSelection = try connection.prepare("SELECT line FROM events WHERE seq=?")
  }

  func byID(_ id: OrderID) throws(StoreError) -> (key: Int64, order: Order)? {
    try one(idSelection, id.text)
  }

  /// An order without a number of its own is found by its identifier's text too.
  func byNumber(_ number: String) throws(StoreError) -> (key: Int64, order: Order)? {
    try one(numberSelection, number)
  }

  func byPayment(_ id: PaymentID) throws(StoreError) -> (key: Int64, order: Order)? {
    try one(paymentSelection, id.text)
  }

  func byRefund(_ id: RefundID) throws(StoreError) -> (key: Int64, order: Order)? {
    try one(refundSelection, id.text)
  }

  func byDispute(_ id: DisputeID) throws(StoreError) -> (key: Int64, order: Order)? {
    try one(disputeSelection, id.text)
  }

  func byClaim(_ id: ClaimID) throws(StoreError) -> (key: Int64, order: Order)? {
    try one(claimSelection, id.text)
  }

  func byKey(_ key: Int64) throws(StoreError) -> (key: Int64, order: Order)? {
    try database { () throws(SQLiteError) in try keySelection.bind(key, at: 1) }
    return try row(keySelection)
  }

  private func one(
    _ statement: Statement, _ text: String
  ) throws(StoreError) -> (key: Int64, order: Order)? {
    try database { () throws(SQLiteError) in try statement.bind(text, at: 1) }
    return try row(statement)
  }

  private func row(_ statement: Statement) throws(StoreError) -> (key: Int64, order: Order)? {
    defer { statement.reset() }
    let found = try database { () throws(SQLiteError) in try statement.step() }
    return found ? try OrderTable.read(statement) : nil
  }

  func payment(gateway: String, outTradeNumber: String) throws(SQLiteError) -> PaymentID? {
    try payment(tradeSelection, outTradeNumber, gateway)
  }

  func payment(gateway: String, transaction: String) throws(SQLiteError) -> PaymentID? {
    try payment(chargeSelection, transaction, gateway)
  }

  func payment(gateway: String, gatewayPayment: String) throws(SQLiteError) -> PaymentID? {
    try payment(atGatewaySelection, gatewayPayment, gateway)
  }

  private func payment(
    _ statement: Statement, _ number: String, _ gateway: String
  ) throws(SQLiteError) -> PaymentID? {
    try statement.bind(number, at: 1)
    try statement.bind(gateway, at: 2)
    defer { statement.reset() }
    return try statement.step() ? PaymentID(text: try statement.string(0)) : nil
  }

  func expired(at now: Timestamp, limit: Int) throws(SQLiteError) -> [Int64] {
    try keys(expirySelection, now, limit)
  }

  func endedLeases(at now: Timestamp, limit: Int) throws(SQLiteError) -> [Int64] {
    try keys(leaseSelection, now, limit)
  }

  private func keys(
    _ statement: Statement, _ now: Timestamp, _ limit: Int
  ) throws(SQLiteError) -> [Int64] {
    try statement.bind(now.milliseconds, at: 1)
    try statement.bind(limit, at: 2)
    var keys: [Int64] = []
    defer { statement.reset() }
    while try statement.step() { keys.append(try statement.int64(0)) }
    return keys
  }

  func nextTimer(after now: Timestamp) throws(SQLiteError) -> Timestamp? {
    var times: [Int64] = []
    for statement in [nextExpiry, nextLease] {
      try statement.bind(now.milliseconds, at: 1)
      defer { statement.reset() }
      if try statement.step() { times.append(try statement.int64(0)) }
    }
    return times.min().map(Timestamp.init(milliseconds:))
  }

  func lines(of key: Int64, upTo sequence: Int64) throws(StoreError) -> [[UInt8]] {
    try database { () throws(SQLiteError) in
      try historySelection.bind(key, at: 1)
      try historySelection.bind(sequence, at: 2)
      var lines: [[UInt8]] = []
      defer { historySelection.reset() }
      while try historySelection.step() { lines.append(try historySelection.blob(0)) }
      return lines
    }
  }

  func line(at sequence: Int64) throws(SQLiteError) -> [UInt8]? {
    try lineSelection.bind(sequence, at: 1)
    defer { lineSelection.reset() }
    return try lineSelection.step() ? try lineSelection.blob(0) : nil
  }
}
