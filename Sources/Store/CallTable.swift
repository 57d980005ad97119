package import Domain
import SQLite

/// One exchange with a gateway: its intent before it leaves, its answer when it came.
package struct CallRow: Hashable, Sendable {
  package enum State: String, Sendable, CaseIterable {
    case running
    case answered
    /// No usable answer came, or the daemon stopped before one did.
    case failed
  }

  package var id: CallID
  package var orderKey: Int64?
  package var payment: PaymentID?
  package var refund: RefundID?
  package var gateway: String
  package var operation: String
  package var state: State
  package var startedAt: Timestamp
  package var endedAt: Timestamp?
  package var status: Int64?
  /// The answer's bytes verbatim, where they changed something.
  package var answer: [UInt8]?
  package var digest: String?
  package var fault: String?
  /// What a retry needs and the event log must not hold: return address, client address. JSON.
  package var privateFacts: String?

  package init(
    id: CallID, orderKey: Int64?, payment: PaymentID?, refund: RefundID?, gateway: String,
    operation: String, startedAt: Timestamp, privateFacts: String? = nil
  ) {
    self.id = id
    self.orderKey = orderKey
    self.payment = payment
    self.refund = refund
    self.gateway = gateway
    self.operation = operation
    self.privateFacts = privateFacts
    state = .running
    self.startedAt = startedAt
  }
}

/// Rows of `calls`.
struct CallTable {
  private let replacement: Statement
  private let runningSelection: Statement

  init(_ connection: Connection) throws(SQLiteError) {
    replacement = try connection.prepare(
      """
      INSERT OR REPLACE INTO calls(id, order_key, payment, refund, gateway, operation, state,
        started_at, ended_at, status, answer, digest, fault, private)
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    runningSelection = try connection.prepare(
      "SELECT \(CallTable.columns) FROM calls WHERE state='running' ORDER BY id")
  }

  func save(_ call: CallRow) throws(SQLiteError) {
    var cursor = ParameterCursor(replacement)
    try cursor.add(call.id.text)
    try cursor.add(call.orderKey)
    try cursor.add(call.payment?.text)
    try cursor.add(call.refund?.text)
    try cursor.add(call.gateway)
    try cursor.add(call.operation)
    try cursor.add(call.state.rawValue)
    try cursor.add(call.startedAt.milliseconds)
    try cursor.add(call.endedAt?.milliseconds)
    try cursor.add(call.status)
    if let answer = call.answer { try cursor.add(answer) } else { try cursor.add(String?.none) }
    try cursor.add(call.digest)
    try cursor.add(call.fault)
    try cursor.add(call.privateFacts)
    try replacement.run()
  }

  /// Calls that a stop or a crash cut off.
  func running() throws(SQLiteError) -> [CallRow] {
    var calls: [CallRow] = []
    while try runningSelection.step() { calls.append(try CallTable.read(runningSelection)) }
    runningSelection.reset()
    return calls
  }

  static let columns = """
    id, order_key, payment, refund, gateway, operation, state, started_at, ended_at, status,
    answer, digest, fault, private
    """

  static func read(_ statement: Statement) throws(SQLiteError) -> CallRow {
    var cursor = ColumnCursor(statement)
    let id = try cursor.identifier(CallKind.self, "calls")
    let place = "calls \(id)"
    let orderKey = try cursor.optionalInt64()
    let payment = try cursor.optionalString().flatMap(PaymentID.init(text:))
    let refund = try cursor.optionalString().flatMap(RefundID.init(text:))
    let gateway = try cursor.string()
    let operation = try cursor.string()
    let state = try cursor.word(CallRow.State.self, place)
    var call = CallRow(
      id: id, orderKey: orderKey, payment: payment, refund: refund, gateway: gateway,
      operation: operation, startedAt: Timestamp(milliseconds: try cursor.int64()))
    call.state = state
    call.endedAt = try cursor.time()
    call.status = try cursor.optionalInt64()
    call.answer = try cursor.optionalBlob()
    call.digest = try cursor.optionalString()
    call.fault = try cursor.optionalString()
    call.privateFacts = try cursor.optionalString()
    return call
  }
}
