package import Domain
import SQLite

/// A read-only connection with the questions that callers ask.
///
/// Not Sendable: one a reader thread. Reads never wait for the writer and never write, not even a
/// checkpoint.
package final class StoreReader {
  let connection: Connection
  let lookups: OrderLookups
  let payments: PaymentTable
  let refunds: RefundTable
  let deliveries: DeliveryTable
  let disputes: DisputeTable
  let attachments: AttachmentTable
  let questions: QuestionTable
  let keys: KeyTable
  let receiptTable: ReceiptTable
  let outbox: OutboxTable
  let notes: SmallTables
  let personal: PersonalTable
  let statementTable: StatementTable
  let runTable: RunTable
  let arrivalTable: ArrivalTable
  let discrepancyTable: DiscrepancyTable
  let signOffTable: SignOffTable
  let caseTable: CaseTable
  let ruleTable: RuleTable
  /// Statements of lists, by their text; the texts are few, since values are bound.
  var statements: [String: Statement] = [:]
  static let keptStatementsMax = 256
  /// So many rows left out are told apart; more are not listed.
  private static let skippedMax = 20
  private var skipped: [String] = []
  private let newest: Statement
  private let paymentIDs: Statement

  /// - Parameter path: a file that a `StoreWriter` has opened before.
  /// - Parameter seal: nil for reads that show no personal data.
  /// - Parameter sharers: readers that stay open beside each other, with this one. They keep as
  ///   much of the file in memory as one would alone.
  package init(
    path: String, seal: PersonalSeal? = nil, sharers: Int = 1
  ) throws(StoreError) {
    var tuning = Connection.Tuning()
    tuning.cacheKibibytes /= max(1, sharers)
    do throws(SQLiteError) {
      connection = try Connection(path: path, role: .reader, tuning: tuning)
      lookups = try OrderLookups(connection)
      payments = try PaymentTable(connection, canWrite: false)
      refunds = try RefundTable(connection, canWrite: false)
      deliveries = try DeliveryTable(connection, canWrite: false)
      disputes = try DisputeTable(connection, canWrite: false)
      attachments = try AttachmentTable(connection, seal: seal, canWrite: false)
      questions = try QuestionTable(connection, canWrite: false)
      keys = try KeyTable(connection, canWrite: false)
      receiptTable = try ReceiptTable(connection, canWrite: false)
      outbox = try OutboxTable(connection, canWrite: false)
      notes = try SmallTables(connection, canWrite: false)
      personal = try PersonalTable(connection, seal: seal, canWrite: false)
      statementTable = try StatementTable(connection, canWrite: false)
      runTable = try RunTable(connection, canWrite: false)
      arrivalTable = try ArrivalTable(connection, canWrite: false)
      discrepancyTable = try DiscrepancyTable(connection, canWrite: false)
      signOffTable = try SignOffTable(connection, canWrite: false)
      caseTable = try CaseTable(connection, canWrite: false)
      ruleTable = try RuleTable(connection, canWrite: false)
      newest = try connection.prepare("SELECT max(seq) FROM events")
      paymentIDs = try connection.prepare("SELECT id FROM payments WHERE order_key=? ORDER BY key")
    } catch { throw .database(error) }
  }

  /// Notes a row that a list leaves out.
  func skip(_ text: String) {
    if skipped.count < StoreReader.skippedMax { skipped.append(text) }
  }

  /// What lists have left out since the last call, a sentence each, and why.
  package func takeSkipped() -> [String] {
    defer { skipped = [] }
    return skipped
  }

  /// Runs several reads on one state of the database.
  package func snapshot<Result>(
    _ body: (StoreReader) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try database { () throws(SQLiteError) in try connection.begin() }
    let result: Result
    do throws(StoreError) {
      result = try body(self)
    } catch {
      // try?: the first fault is the one to tell.
      try? connection.rollback()
      throw error
    }
    try database { () throws(SQLiteError) in try connection.commit() }
    return result
  }

  /// Place of the newest event in this snapshot; 0 for an empty log.
  package func lastSequence() throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in
      defer { newest.reset() }
      return try newest.step() ? try newest.optionalInt64(0) ?? 0 : 0
    }
  }

  package func epoch() throws(StoreError) -> String {
    try database { () throws(SQLiteError) in try notes.meta("epoch") ?? "" }
  }

  package func order(_ reference: OrderReference) throws(StoreError) -> OrderView? {
    guard let row = try row(reference) else { return nil }
    return try view(row)
  }

  func row(_ reference: OrderReference) throws(StoreError) -> (key: Int64, order: Order)? {
    switch reference {
    case .id(let id): try lookups.byID(id)
    case .number(let number): try lookups.byNumber(number)
    }
  }

  func view(_ row: (key: Int64, order: Order)) throws(StoreError) -> OrderView {
    let facts = try personal.facts(of: row.key)
    let ids = try database { () throws(SQLiteError) -> [PaymentID] in
      guard row.order.version > 1 else { return [] }
      try paymentIDs.bind(row.key, at: 1)
      var ids: [PaymentID] = []
      defer { paymentIDs.reset() }
      while try paymentIDs.step() {
        if let id = PaymentID(text: try paymentIDs.string(0)) { ids.append(id) }
      }
      return ids
    }
    return OrderView(
      order: row.order, buyer: facts.buyer, metadata: facts.metadata, payments: ids)
  }

  /// The order with everything that belongs to it.
  package func aggregate(_ reference: OrderReference) throws(StoreError) -> LoadedOrder? {
    guard let row = try row(reference) else { return nil }
    return try aggregate(row)
  }

  func aggregate(_ row: (key: Int64, order: Order)) throws(StoreError) -> LoadedOrder {
    try database { () throws(SQLiteError) in
      LoadedOrder(
        key: row.key,
        aggregate: OrderAggregate(
          order: row.order, payments: try payments.all(of: row.key, order: row.order.id),
          refunds: try refunds.all(of: row.key, order: row.order.id),
          deliveries: try deliveries.all(of: row.key, order: row.order.id),
          disputes: try disputes.all(of: row.key, order: row.order.id)))
    }
  }

  package func aggregate(payment: PaymentID) throws(StoreError) -> LoadedOrder? {
    guard let row = try lookups.byPayment(payment) else { return nil }
    return try aggregate(row)
  }

  package func aggregate(refund: RefundID) throws(StoreError) -> LoadedOrder? {
    guard let row = try lookups.byRefund(refund) else { return nil }
    return try aggregate(row)
  }

  package func payment(_ id: PaymentID) throws(StoreError) -> (PaymentView, owner: String)? {
    guard let loaded = try aggregate(payment: id), let payment = loaded.aggregate.payment(id) else {
      return nil
    }
    return (try view(payment), loaded.aggregate.order.owner)
  }

  func view(_ payment: Payment) throws(StoreError) -> PaymentView {
    let question = try database { () throws(SQLiteError) in
      try questions.question(.payment(payment.id))
    }
    return PaymentView(
      payment: payment, nextQueryAt: question?.nextAt, queries: question?.queries ?? 0)
  }

  package func refund(_ id: RefundID) throws(StoreError) -> (RefundView, owner: String)? {
    guard let loaded = try aggregate(refund: id), let refund = loaded.aggregate.refund(id) else {
      return nil
    }
    return (try view(refund), loaded.aggregate.order.owner)
  }

  func view(_ refund: Refund) throws(StoreError) -> RefundView {
    let question = try database { () throws(SQLiteError) in
      try questions.question(.refund(refund.id))
    }
    return RefundView(refund: refund, nextQueryAt: question?.nextAt)
  }

  package func key(principal: String, key: String) throws(StoreError) -> KeyRow? {
    try database { () throws(SQLiteError) in try keys.row(principal: principal, key: key) }
  }

  package func consumer(principal: String, name: String) throws(StoreError) -> Int64? {
    try database { () throws(SQLiteError) in try notes.consumer(principal: principal, name: name) }
  }

  package func receipt(_ id: ReceiptID) throws(StoreError) -> (Receipt, ReceiptContent)? {
    try database { () throws(SQLiteError) in try receiptTable.receipt(id) }
  }

  package func gateway(_ name: String) throws(StoreError) -> GatewayRow? {
    try database { () throws(SQLiteError) in try notes.gateway(name) }
  }

  /// The aggregate as it was at a place of the log.
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

  /// Everything that happened to an order, oldest first.
  package func events(of reference: OrderReference) throws(StoreError) -> [LoggedEvent] {
    guard let row = try row(reference) else { return [] }
    var events: [LoggedEvent] = []
    for line in try lookups.lines(of: row.key, upTo: .max) {
      events.append(try EventReading.event(line: line))
    }
    return events
  }
}
