package import Domain
import SQLite

/// One exchange with a gateway: its intent before it leaves, its answer when it came.
package struct CallRow: Hashable, Sendable {
  package enum State: String, Sendable, CaseIterable {
    case running
    case answered
    /// The gateway turned the call away and did not name it (`GatewayReading.refused`).
    case refused
    /// No usable answer came, or the daemon stopped before one did.
    case failed
    /// It never left: what it was about was given up before its turn came.
    case withdrawn
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
  private let createSelection: Statement
  private let refundSelection: Statement
  private let stepSelection: Statement
  private let erasure: Statement
  private let seal: PersonalSeal?

  init(_ connection: Connection, seal: PersonalSeal?) throws(SQLiteError) {
    self.seal = seal
    replacement = try connection.prepare(
      """
      INSERT OR REPLACE INTO calls(id, order_key, payment, refund, gateway, operation, state,
        started_at, ended_at, status, answer, digest, fault, sealed)
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    runningSelection = try connection.prepare(
      "SELECT \(CallTable.columns) FROM calls WHERE state='running' ORDER BY id")
    createSelection = try connection.prepare(
      """
      SELECT \(CallTable.columns) FROM calls
      WHERE order_key=? AND payment=? AND operation='create' ORDER BY id
      """)
    refundSelection = try connection.prepare(
      """
      SELECT \(CallTable.columns) FROM calls
      WHERE order_key=? AND refund=? AND operation='refund' ORDER BY id
      """)
    stepSelection = try connection.prepare(
      """
      SELECT max(started_at) FROM calls
      WHERE order_key=? AND payment=? AND refund IS NULL AND instr(operation,'.')>0
        AND state<>'withdrawn'
      """)
    erasure = try connection.prepare(
      "UPDATE calls SET sealed=NULL, answer=NULL WHERE order_key=?")
  }

  /// A step's operation is `question.step`, as `query.capture`.
  func lastStep(of payment: PaymentID, orderKey: Int64) throws(SQLiteError) -> Timestamp? {
    try stepSelection.bind(orderKey, at: 1)
    try stepSelection.bind(payment.text, at: 2)
    defer { stepSelection.reset() }
    guard try stepSelection.step() else { return nil }
    return try stepSelection.optionalInt64(0).map(Timestamp.init(milliseconds:))
  }

  /// Of an answer its digest stays.
  func erasePrivate(of orderKey: Int64) throws(SQLiteError) {
    try erasure.bind(orderKey, at: 1)
    try erasure.run()
  }

  func save(_ call: CallRow) throws(StoreError) {
    let sealed = try CallTable.sealed(call, seal)
    try database { () throws(SQLiteError) in try save(call, sealed) }
  }

  private static func sealed(
    _ call: CallRow, _ seal: PersonalSeal?
  ) throws(StoreError) -> [UInt8]? {
    guard let facts = call.privateFacts else { return nil }
    guard let seal else { throw PersonalTable.noKey }
    return seal.seal(Array(facts.utf8), for: .call(call.id))
  }

  private func save(_ call: CallRow, _ sealed: [UInt8]?) throws(SQLiteError) {
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
    try cursor.add(call.answer)
    try cursor.add(call.digest)
    try cursor.add(call.fault)
    try cursor.add(sealed)
    try replacement.run()
  }

  /// Calls that a stop or a crash cut off.
  func running() throws(StoreError) -> [CallRow] {
    try CallTable.all(runningSelection, seal)
  }

  /// Every call that the statement, whose values are bound, finds.
  static func all(
    _ statement: Statement, _ seal: PersonalSeal?
  ) throws(StoreError) -> [CallRow] {
    defer { statement.reset() }
    var calls: [CallRow] = []
    while try database({ () throws(SQLiteError) in try statement.step() }) {
      let row = try database { () throws(SQLiteError) in
        (try read(statement), try statement.optionalBlob(CallTable.columnsCount - 1))
      }
      var call = row.0
      if let sealed = row.1, let seal {
        let plain = try seal.open(sealed, from: .call(call.id))
        call.privateFacts = String(decoding: plain, as: UTF8.self)
      }
      calls.append(call)
    }
    return calls
  }

  /// The creates of one payment, oldest first.
  func creates(of payment: PaymentID, orderKey: Int64) throws(StoreError) -> [CallRow] {
    try database { () throws(SQLiteError) in
      try createSelection.bind(orderKey, at: 1)
      try createSelection.bind(payment.text, at: 2)
    }
    return try CallTable.all(createSelection, seal)
  }

  /// The calls that asked for one refund, oldest first.
  func sendings(of refund: RefundID, orderKey: Int64) throws(StoreError) -> [CallRow] {
    try database { () throws(SQLiteError) in
      try refundSelection.bind(orderKey, at: 1)
      try refundSelection.bind(refund.text, at: 2)
    }
    return try CallTable.all(refundSelection, seal)
  }

  static let columns = """
    id, order_key, payment, refund, gateway, operation, state, started_at, ended_at, status,
    answer, digest, fault, sealed
    """

  private static let columnsCount = 14

  /// All but the private part, which has to be opened.
  private static func read(_ statement: Statement) throws(SQLiteError) -> CallRow {
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
    return call
  }
}
