package import Domain
package import SQLite

/// An order with its place in the database.
package struct LoadedOrder: Hashable, Sendable {
  package let key: Int64
  package var aggregate: OrderAggregate

  package init(key: Int64, aggregate: OrderAggregate) {
    self.key = key
    self.aggregate = aggregate
  }
}

/// The one connection that writes, and everything the engine does through it.
///
/// Not Sendable: it belongs to the core queue. After a fault for which `isFinalForWriter` holds the
/// process must end; nothing here retries.
package final class StoreWriter {
  let connection: Connection
  var log: EventLog
  let orders: OrderTable
  let payments: PaymentTable
  let refunds: RefundTable
  let deliveries: DeliveryTable
  let disputes: DisputeTable
  let attachments: AttachmentTable
  let questions: QuestionTable
  let calls: CallTable
  let keys: KeyTable
  let receipts: ReceiptTable
  let outbox: OutboxTable
  let lookups: OrderLookups
  let notes: SmallTables
  let personal: PersonalTable
  let bills: BillTable
  let statements: StatementTable
  let runs: RunTable
  let arrivals: ArrivalTable
  let discrepancies: DiscrepancyTable
  let signOffs: SignOffTable
  let cases: CaseTable
  let rules: RuleTable
  let pieces: PieceTable
  let bookChanges: BookChangeQueries
  /// Made when they are first needed.
  var keptBooks: BookQueries?
  private var logMark: EventLog.Mark
  /// Changes only when the history is no continuation of what clients have seen: a restored backup.
  package internal(set) var epoch: String
  package let path: String

  /// Opens or makes the file and brings it to the newest schema.
  ///
  /// - Parameter newEpoch: drawn by the shell; used only for a new file.
  /// - Parameter seal: nil for work that neither writes nor reads personal data; what needs it
  ///   then throws `sealed`.
  /// - Throws: `sealed` when the personal data in the file needs another key.
  package init(
    path: String, newEpoch: String, seal: PersonalSeal? = nil, tuning: Connection.Tuning = .init()
  ) throws(StoreError) {
    self.path = path
    connection = try StoreWriter.open(path, seal, tuning)
    if let seal { try Sealing.adopt(seal, connection) }
    log = try EventLog(connection)
    logMark = log.mark
    do throws(SQLiteError) {
      orders = try OrderTable(connection)
      payments = try PaymentTable(connection, canWrite: true)
      refunds = try RefundTable(connection, canWrite: true)
      deliveries = try DeliveryTable(connection, canWrite: true)
      disputes = try DisputeTable(connection, canWrite: true)
      attachments = try AttachmentTable(connection, seal: seal, canWrite: true)
      questions = try QuestionTable(connection, canWrite: true)
      calls = try CallTable(connection, seal: seal)
      keys = try KeyTable(connection, canWrite: true)
      receipts = try ReceiptTable(connection, canWrite: true)
      outbox = try OutboxTable(connection, canWrite: true)
      lookups = try OrderLookups(connection)
      notes = try SmallTables(connection, canWrite: true)
      personal = try PersonalTable(connection, seal: seal, canWrite: true)
      bills = try BillTable(connection, canWrite: true)
      statements = try StatementTable(connection, canWrite: true)
      runs = try RunTable(connection, canWrite: true)
      arrivals = try ArrivalTable(connection, canWrite: true)
      discrepancies = try DiscrepancyTable(connection, canWrite: true)
      signOffs = try SignOffTable(connection, canWrite: true)
      cases = try CaseTable(connection, canWrite: true)
      rules = try RuleTable(connection, canWrite: true)
      pieces = try PieceTable(connection)
      bookChanges = try BookChangeQueries(connection)
      if let known = try notes.meta("epoch") {
        epoch = known
      } else {
        epoch = newEpoch
        try notes.setMeta("epoch", newEpoch)
      }
    } catch { throw .database(error) }
  }

  /// A fault that the disk must report at its n-th operation; nil for none. For tests of failure
  /// paths.
  package var faultPlan: FaultPlan? {
    get { connection.faultPlan }
    set { connection.faultPlan = newValue }
  }

  private static func open(
    _ path: String, _ seal: PersonalSeal?, _ tuning: Connection.Tuning
  ) throws(StoreError) -> Connection {
    var refusal: StoreError?
    do throws(SQLiteError) {
      let connection = try Connection(path: path, role: .writer, tuning: tuning)
      _ = try Schema.migrator.migrate(connection) { step, connection throws(SQLiteError) in
        do throws(StoreError) { try Sealing.finish(step, connection, seal) } catch {
          refusal = error
          throw SQLiteError(extendedCode: 1, message: error.text)
        }
      }
      return connection
    } catch { throw refusal ?? .database(error) }
  }

  /// The newest event's place; 0 for an empty log.
  package var lastSequence: Int64 { log.lastSequence }

  package func begin() throws(StoreError) {
    logMark = log.mark
    try database { () throws(SQLiteError) in try connection.begin() }
  }

  package func commit() throws(StoreError) {
    try database { () throws(SQLiteError) in try connection.commit() }
  }

  /// Takes the whole transaction back; after a failed commit too.
  package func rollBack() throws(StoreError) {
    log.goBack(to: logMark)
    guard connection.inTransaction else { return }
    try database { () throws(SQLiteError) in try connection.rollback() }
  }

  /// Runs part of a transaction that may be taken back alone (a batch, a dry run).
  ///
  /// - Parameter keeps: decides from the result whether the part stays.
  package func part<Result>(
    _ body: () throws(StoreError) -> Result, keeps: (Result) -> Bool
  ) throws(StoreError) -> Result {
    let mark = log.mark
    try database { () throws(SQLiteError) in try connection.savepoint("part") }
    let result = try body()
    if !keeps(result) {
      try database { () throws(SQLiteError) in try connection.rollbackTo("part") }
      log.goBack(to: mark)
    }
    try database { () throws(SQLiteError) in try connection.release("part") }
    return result
  }

  /// Empties the write-ahead log at shutdown. The file itself is closed when the last reference to
  /// this object goes, because its statements have to go first.
  package func finish() throws(StoreError) {
    try database { () throws(SQLiteError) in _ = try connection.checkpoint(truncate: true) }
  }

  /// Moves pages from the write-ahead log when enough have gathered.
  package func checkpointIfDue() throws(StoreError) {
    try database { () throws(SQLiteError) in _ = try connection.checkpointIfDue() }
  }

  /// Writes something of no consequence: whether the disk takes it is what is asked.
  package func probe(at now: Timestamp) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.setMeta("probed_at", String(now.milliseconds))
    }
  }
}

extension StoreWriter {
  package func load(_ reference: OrderReference) throws(StoreError) -> LoadedOrder? {
    switch reference {
    case .id(let id):
      return try load(row: try lookups.byID(id))
    case .number(let number):
      return try load(row: try lookups.byNumber(number))
    }
  }

  package func load(payment: PaymentID) throws(StoreError) -> LoadedOrder? {
    try load(row: try lookups.byPayment(payment))
  }

  package func load(refund: RefundID) throws(StoreError) -> LoadedOrder? {
    try load(row: try lookups.byRefund(refund))
  }

  package func load(dispute: DisputeID) throws(StoreError) -> LoadedOrder? {
    try load(row: try lookups.byDispute(dispute))
  }

  package func load(claim: ClaimID) throws(StoreError) -> LoadedOrder? {
    try load(row: try lookups.byClaim(claim))
  }

  package func load(key: Int64) throws(StoreError) -> LoadedOrder? {
    try load(row: try lookups.byKey(key))
  }

  /// The payment that carries our number at a gateway.
  package func payment(
    gateway: String, outTradeNumber: String
  ) throws(StoreError) -> PaymentID? {
    try database { () throws(SQLiteError) in
      try lookups.payment(gateway: gateway, outTradeNumber: outTradeNumber)
    }
  }

  private func load(row: (key: Int64, order: Order)?) throws(StoreError) -> LoadedOrder? {
    guard let row else { return nil }
    return try database { () throws(SQLiteError) in
      LoadedOrder(
        key: row.key,
        aggregate: OrderAggregate(
          order: row.order, payments: try payments.all(of: row.key, order: row.order.id),
          refunds: try refunds.all(of: row.key, order: row.order.id),
          deliveries: try deliveries.all(of: row.key, order: row.order.id),
          disputes: try disputes.all(of: row.key, order: row.order.id)))
    }
  }

  package func isTaken(orderNumber: String) throws(StoreError) -> Bool {
    try lookups.byNumber(orderNumber) != nil
  }

  /// Orders whose expiry has come, earliest first.
  package func expiredOrders(at now: Timestamp, limit: Int) throws(StoreError) -> [Int64] {
    try database { () throws(SQLiteError) in try lookups.expired(at: now, limit: limit) }
  }

  /// Orders with a delivery whose lease has ended.
  package func endedLeases(at now: Timestamp, limit: Int) throws(StoreError) -> [Int64] {
    try database { () throws(SQLiteError) in try lookups.endedLeases(at: now, limit: limit) }
  }

  /// When the next timer of an order falls due after a moment; nil when none is set.
  package func nextOrderTimer(after now: Timestamp) throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in try lookups.nextTimer(after: now) }
  }
}

extension StoreWriter {
  /// Writes a new order, with its buyer beside the log.
  package func insert(
    _ decision: OrderDecision, buyer: Buyer?, metadata: String?
  ) throws(StoreError) -> (key: Int64, transaction: Int64) {
    let facts = PersonalFacts(buyer: buyer, metadata: metadata)
    let key = try database { () throws(SQLiteError) in
      try orders.insert(decision.aggregate)
      return connection.lastInsertRowID
    }
    if !facts.isEmpty { try personal.save(key, facts) }
    return try database { () throws(SQLiteError) in
      (key, try log.append(decision.events, orderKey: key))
    }
  }

  /// Writes what a decision changed. Nothing for a decision without events.
  ///
  /// - Returns: the transaction's number.
  package func save(
    _ decision: OrderDecision, over before: LoadedOrder
  ) throws(StoreError) -> Int64 {
    guard !decision.events.isEmpty else { return log.lastSequence }
    let key = before.key
    let after = decision.aggregate
    return try database { () throws(SQLiteError) in
      try orders.update(after, key: key)
      for (index, payment) in after.payments.enumerated() {
        if index >= before.aggregate.payments.count {
          try payments.insert(payment, orderKey: key)
        } else if payment != before.aggregate.payments[index] {
          try payments.update(payment)
        }
      }
      for (index, refund) in after.refunds.enumerated() {
        if index >= before.aggregate.refunds.count {
          try refunds.insert(refund, orderKey: key)
        } else if refund != before.aggregate.refunds[index] {
          try refunds.update(refund)
        }
      }
      for (index, delivery) in after.deliveries.enumerated() {
        if index >= before.aggregate.deliveries.count {
          try deliveries.insert(delivery, orderKey: key)
        } else if delivery != before.aggregate.deliveries[index] {
          try deliveries.update(delivery)
        }
      }
      for (index, dispute) in after.disputes.enumerated() {
        if index >= before.aggregate.disputes.count {
          try disputes.insert(dispute, orderKey: key, gateway: after.gateway(of: dispute))
        } else if dispute != before.aggregate.disputes[index] {
          try disputes.update(dispute)
        }
      }
      return try log.append(decision.events, orderKey: key)
    }
  }

  /// Writes events that concern no order, or one only in passing.
  package func append(_ events: [Event], orderKey: Int64?) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in try log.append(events, orderKey: orderKey) }
  }

  /// The order as it was after the event at a place of the log: for replies that are told again.
  package func history(of id: OrderID, upTo sequence: Int64) throws(StoreError) -> OrderAggregate? {
    guard let row = try lookups.byID(id) else { return nil }
    var aggregate: OrderAggregate?
    for line in try lookups.lines(of: row.key, upTo: sequence) {
      let event = try EventReading.event(line: line).event
      if aggregate == nil {
        aggregate = OrderAggregate(creating: event)
      } else if event.version > aggregate?.order.version ?? 0 {
        aggregate?.apply(event)
      }
    }
    return aggregate
  }

  package func privateFacts(
    of key: Int64
  ) throws(StoreError) -> (buyer: Buyer?, metadata: String?) {
    let facts = try personal.facts(of: key)
    return (facts.buyer, facts.metadata)
  }

  /// Erases what was told about the buyer: in the order, in the calls to gateways about it and
  /// their answers, in its notifications and in what was attached. Digests stay, so that whoever
  /// has the bytes can still be proved right.
  package func erasePrivate(of key: Int64) throws(StoreError) {
    try personal.erase(key)
    try database { () throws(SQLiteError) in
      try calls.erasePrivate(of: key)
      try receipts.erase(of: key)
      try attachments.erase(of: key)
    }
  }
}
