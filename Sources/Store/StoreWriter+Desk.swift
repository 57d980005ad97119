package import Domain
import SQLite

/// Beside the facts: what is asked next, calls, keys, receipts, the outbox, counters.
extension StoreWriter {
  package func question(
    _ subject: ScheduledQuestion.Subject
  ) throws(StoreError) -> ScheduledQuestion? {
    try database { () throws(SQLiteError) in try questions.question(subject) }
  }

  package func save(_ question: ScheduledQuestion) throws(StoreError) {
    try database { () throws(SQLiteError) in try questions.save(question) }
  }

  package func dueQuestions(
    gateway: String, rank: Int64, at now: Timestamp, limit: Int
  ) throws(StoreError) -> [ScheduledQuestion] {
    try database { () throws(SQLiteError) in
      try questions.due(gateway: gateway, rank: rank, at: now, limit: limit)
    }
  }

  /// The gateways that have any question, in the order of their names.
  package func openGateways() throws(StoreError) -> [String] {
    try database { () throws(SQLiteError) in try questions.openGateways() }
  }

  /// How many payments, refunds and disputes wait for an answer at a gateway.
  package func openQuestions(gateway: String) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in try questions.openCount(gateway: gateway) }
  }

  /// When the first question of a rank that is not due yet falls due.
  package func nextQuestion(
    gateway: String, rank: Int64, after now: Timestamp
  ) throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in
      try questions.nextAt(gateway: gateway, rank: rank, after: now)
    }
  }

  /// Makes every open question due. Those under way are among them and are asked once more.
  ///
  /// - Returns: how many there are.
  package func makeAllDue(at now: Timestamp) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in
      try questions.makeAllDue(at: now)
      return Int64(connection.changes)
    }
  }

  /// When the newest event was written, by the clock of then; nil for an empty log.
  package func newestEventAt() throws(StoreError) -> Timestamp? {
    let line = try database { () throws(SQLiteError) in try lookups.line(at: lastSequence) }
    return try line.map { line throws(StoreError) in try EventReading.event(line: line).event.at }
  }

  /// Makes due what a clock that has been set back since put too far ahead.
  package func pullIn(at now: Timestamp) throws(StoreError) {
    try database { () throws(SQLiteError) in try questions.pullIn(at: now) }
  }

  package func runningKeys() throws(StoreError) -> [KeyRow] {
    try database { () throws(SQLiteError) in try keys.running() }
  }

  /// The order whose payment carries this number of the gateway, if any.
  package func payment(
    gateway: String, transaction: String
  ) throws(StoreError) -> PaymentID? {
    try database { () throws(SQLiteError) in
      try lookups.payment(gateway: gateway, transaction: transaction)
    }
  }

  /// The order whose payment the gateway knows by this number, charged or not.
  package func payment(
    gateway: String, gatewayPayment: String
  ) throws(StoreError) -> PaymentID? {
    try database { () throws(SQLiteError) in
      try lookups.payment(gateway: gateway, gatewayPayment: gatewayPayment)
    }
  }

  /// How far a gateway's own list of what happened was read; nil where it never was.
  package func catchUpCursor(of gateway: String) throws(StoreError) -> String? {
    try database { () throws(SQLiteError) in try notes.meta("cursor:\(gateway)") }
  }

  package func setCatchUpCursor(_ cursor: String, of gateway: String) throws(StoreError) {
    try database { () throws(SQLiteError) in try notes.setMeta("cursor:\(gateway)", cursor) }
  }

  /// When our books and a gateway's were last held side by side.
  package func setComparedAt(_ now: Timestamp, of gateway: String) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.setMeta("compared:\(gateway)", String(now.milliseconds))
    }
  }

  /// When a further step of a question that moves money last left for a payment.
  package func lastStep(
    of payment: PaymentID, orderKey: Int64
  ) throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in try calls.lastStep(of: payment, orderKey: orderKey) }
  }

  package func save(_ call: CallRow) throws(StoreError) {
    try calls.save(call)
  }

  package func runningCalls() throws(StoreError) -> [CallRow] {
    try calls.running()
  }

  /// The create calls of a payment, oldest first: at most `Limits.createCalls`.
  package func creates(
    of payment: PaymentID, orderKey: Int64
  ) throws(StoreError) -> [CallRow] {
    try calls.creates(of: payment, orderKey: orderKey)
  }

  /// The calls that asked for a refund, oldest first; a refund is sent again under its number.
  package func sendings(
    of refund: RefundID, orderKey: Int64
  ) throws(StoreError) -> [CallRow] {
    try calls.sendings(of: refund, orderKey: orderKey)
  }

  package func key(principal: String, key: String) throws(StoreError) -> KeyRow? {
    try database { () throws(SQLiteError) in try keys.row(principal: principal, key: key) }
  }

  package func save(_ key: KeyRow) throws(StoreError) {
    try database { () throws(SQLiteError) in try keys.save(key) }
  }

  /// The command under this key has done nothing; the key is as good as new.
  package func forgetKey(principal: String, key: String) throws(StoreError) {
    try database { () throws(SQLiteError) in try keys.delete(principal: principal, key: key) }
  }

  package func insert(
    _ receipt: Receipt, _ content: ReceiptContent, orderKey: Int64?, outTradeNumber: String?
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try receipts.insert(
        receipt, content, orderKey: orderKey, outTradeNumber: outTradeNumber)
    }
  }

  package func update(_ receipt: Receipt, orderKey: Int64?) throws(StoreError) {
    try database { () throws(SQLiteError) in try receipts.update(receipt, orderKey: orderKey) }
  }

  package func receipt(_ id: ReceiptID) throws(StoreError) -> (Receipt, ReceiptContent)? {
    try database { () throws(SQLiteError) in try receipts.receipt(id) }
  }

  package func parkedReceipts(
    gateway: String, outTradeNumber: String
  ) throws(StoreError) -> [ReceiptID] {
    try database { () throws(SQLiteError) in
      try receipts.parked(gateway: gateway, outTradeNumber: outTradeNumber)
    }
  }

  /// Notifications about a payment that are its gateway's, oldest first.
  package func believedReceipts(
    of payment: PaymentID, orderKey: Int64
  ) throws(StoreError) -> [ReceiptID] {
    try database { () throws(SQLiteError) in
      try receipts.believed(of: payment, orderKey: orderKey)
    }
  }

  /// The oldest notification that its gateway must still vouch for.
  ///
  /// - Parameter last: only those behind it; nil begins with the first.
  package func unprovenReceipt(
    gateway: String, after last: ReceiptID? = nil
  ) throws(StoreError) -> ReceiptID? {
    try database { () throws(SQLiteError) in
      try receipts.unproven(gateway: gateway, after: last)
    }
  }

  package func unprovenCount(gateway: String) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in try receipts.unprovenCount(gateway: gateway) }
  }

  package func removeReceipt(_ id: ReceiptID) throws(StoreError) {
    try database { () throws(SQLiteError) in try receipts.remove(id) }
  }

  package func save(_ row: OutboxRow) throws(StoreError) {
    try database { () throws(SQLiteError) in try outbox.save(row) }
  }

  package func outboxRow(_ id: HookDeliveryID) throws(StoreError) -> OutboxRow? {
    try database { () throws(SQLiteError) in try outbox.row(id) }
  }

  package func dueOutbox(at now: Timestamp, limit: Int) throws(StoreError) -> [OutboxRow] {
    try database { () throws(SQLiteError) in try outbox.due(at: now, limit: limit) }
  }

  package func nextOutbox() throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in try outbox.nextAt() }
  }

  /// Every hook that waits is due now.
  package func releaseOutbox(at now: Timestamp) throws(StoreError) {
    try database { () throws(SQLiteError) in try outbox.release(at: now) }
  }

  /// The line of one event, as it goes out.
  package func line(at sequence: Int64) throws(StoreError) -> [UInt8]? {
    try database { () throws(SQLiteError) in try lookups.line(at: sequence) }
  }

  package func setConsumer(
    principal: String, name: String, sequence: Int64, at now: Timestamp
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.setConsumer(principal: principal, name: name, sequence: sequence, at: now)
    }
  }

  package func consumersCount(of principal: String) throws(StoreError) -> Int {
    try database { () throws(SQLiteError) in try notes.consumersCount(of: principal) }
  }

  package func consumer(principal: String, name: String) throws(StoreError) -> Int64? {
    try database { () throws(SQLiteError) in try notes.consumer(principal: principal, name: name) }
  }

  package func setGateway(
    _ name: String, isPaused: Bool, degraded: String?
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.setGateway(name, isPaused: isPaused, degraded: degraded)
    }
  }

  package func gateway(_ name: String) throws(StoreError) -> GatewayRow? {
    try database { () throws(SQLiteError) in try notes.gateway(name) }
  }

  /// An exchange brought a usable answer.
  package func noteAnswered(gateway name: String, at now: Timestamp) throws(StoreError) {
    try database { () throws(SQLiteError) in try notes.noteAnswered(name, at: now) }
  }

  /// - Parameter failure: the code of what went wrong.
  package func noteFailed(
    gateway name: String, _ failure: String, at now: Timestamp
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in try notes.noteFailed(name, failure, at: now) }
  }

  /// Adds to an hourly counter of a gateway. The hour is counted since 1970 UTC.
  package func count(
    _ name: String, gateway: String, at now: Timestamp, by amount: Int64 = 1
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.count(name, gateway: gateway, hour: now.hour, by: amount)
    }
  }

  package func counted(
    _ name: String, gateway: String, at now: Timestamp
  ) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in
      try notes.counted(name, gateway: gateway, hour: now.hour)
    }
  }
}

extension Timestamp {
  /// Hours since 1970 UTC.
  package var hour: Int64 { milliseconds / 3_600_000 }
}

extension StoreWriter {
  /// The payment that a gateway's dispute is about; nil for one that is not known.
  package func payment(gateway: String, dispute: String) throws(StoreError) -> PaymentID? {
    try database { () throws(SQLiteError) in
      try disputes.payment(gateway: gateway, dispute: dispute)
    }
  }

  /// Orders with a dispute about whose due date people must be told, most urgent first.
  package func disputeAlerts(at now: Timestamp, limit: Int) throws(StoreError) -> [Int64] {
    try database { () throws(SQLiteError) in try disputes.alerts(at: now, limit: limit) }
  }

  package func nextDisputeAlert(after now: Timestamp) throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in try disputes.nextAlert(after: now) }
  }

  /// Seals what was attached to a dispute of an order.
  ///
  /// - Throws: `sealed` without a key.
  package func save(
    _ content: AttachmentContent, of id: AttachmentID, orderKey: Int64
  ) throws(StoreError) {
    try attachments.insert(id, orderKey: orderKey, content)
    try personal.mark(orderKey)
  }
}
