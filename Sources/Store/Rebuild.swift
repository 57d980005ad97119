package import Domain
import SQLite

/// What a walk over the whole log came to.
package struct RebuildReport: Hashable, Sendable {
  /// Orders that the log makes.
  package var orders: Int64 = 0
  /// Events read; those that concern no order are not among them.
  package var events: Int64 = 0
  /// What the rows say otherwise than the log, one sentence each; at most `differencesMax`.
  package var differences: [String] = []
  /// Where the log itself is broken; then nothing was compared with it.
  package var chainFault: String?

  /// So many differences are told; there may be more.
  package static let differencesMax = 50

  fileprivate mutating func note(_ difference: String) {
    if differences.count < RebuildReport.differencesMax { differences.append(difference) }
  }
}

extension StoreWriter {
  /// Folds every event and compares what comes out with the rows of the state tables, field by
  /// field. Changes nothing; one order is in memory at a time. A log whose chain is broken proves
  /// nothing about the rows: it is named, and nothing is compared.
  ///
  /// - Throws: for a line that is no event, and for a fault of the disk.
  package func checkAgainstLog() throws(StoreError) -> RebuildReport {
    var report = RebuildReport()
    report.chainFault = try chainFault()
    guard report.chainFault == nil else { return report }
    var fold = try database { () throws(SQLiteError) in try LogFold(connection) }
    while let folded = try fold.next() {
      report.orders += 1
      try compare(folded, &report)
    }
    report.events = fold.eventsCount
    for fault in fold.faults { report.note(fault) }
    let rows = try count("SELECT count(*) FROM orders")
    if rows > report.orders {
      report.note("\(rows) orders have a row, the log makes \(report.orders)")
    }
    for table in ["payments", "refunds", "deliveries", "disputes"] {
      let strays = try count(
        "SELECT count(*) FROM \(table) WHERE order_key NOT IN (SELECT key FROM orders)")
      if strays > 0 { report.note("\(strays) rows of \(table) belong to no order") }
    }
    return report
  }

  private func count(_ sql: String) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in
      let statement = try connection.prepare(sql)
      defer { statement.reset() }
      return try statement.step() ? try statement.int64(0) : 0
    }
  }

  private func compare(_ folded: FoldedOrder, _ report: inout RebuildReport) throws(StoreError) {
    let name = "order \(folded.aggregate.order.number)"
    guard let stored = try load(key: folded.key)?.aggregate else {
      report.note("\(name): has no row")
      return
    }
    guard stored != folded.aggregate else { return }
    Self.differences(name, of: stored.order, folded.aggregate.order, &report)
    Self.pairs("\(name), payment", stored.payments, folded.aggregate.payments, \.id.text, &report)
    Self.pairs("\(name), refund", stored.refunds, folded.aggregate.refunds, \.id.text, &report)
    Self.pairs(
      "\(name), delivery", stored.deliveries, folded.aggregate.deliveries, \.id.text, &report)
    Self.pairs("\(name), dispute", stored.disputes, folded.aggregate.disputes, \.id.text, &report)
  }

  private static func pairs<Value: Equatable>(
    _ name: String, _ stored: [Value], _ folded: [Value], _ id: KeyPath<Value, String>,
    _ report: inout RebuildReport
  ) {
    for value in folded {
      guard let row = stored.first(where: { $0[keyPath: id] == value[keyPath: id] }) else {
        report.note("\(name) \(value[keyPath: id]): has no row")
        continue
      }
      differences("\(name) \(value[keyPath: id])", of: row, value, &report)
    }
    for row in stored where !folded.contains(where: { $0[keyPath: id] == row[keyPath: id] }) {
      report.note("\(name) \(row[keyPath: id]): is not in the log")
    }
  }

  private static func differences<Value: Equatable>(
    _ name: String, of stored: Value, _ folded: Value, _ report: inout RebuildReport
  ) {
    guard stored != folded else { return }
    let others = Mirror(reflecting: folded).children.map { String(describing: $0.value) }
    for (field, other) in zip(Mirror(reflecting: stored).children, others) {
      let row = String(describing: field.value)
      guard !row.utf8.elementsEqual(other.utf8) else { continue }
      report.note("\(name): \(field.label ?? "?") is \(row) in the row, \(other) by the log")
    }
  }
}

extension StoreWriter {
  /// Makes the state tables anew from the log, in one transaction, and makes every open payment and
  /// refund due. Receipts, calls, keys and personal data stay as they are.
  ///
  /// Places in lists (`after`) of payments and refunds change; orders keep theirs.
  /// - Throws: also when the chain of the log is broken, or an event does not follow from the ones
  ///   before it; nothing is changed then.
  package func rebuildFromLog(at now: Timestamp) throws(StoreError) -> RebuildReport {
    try begin()
    do throws(StoreError) {
      let report = try rebuild(at: now)
      try commit()
      return report
    } catch {
      try rollBack()
      throw error
    }
  }

  private func rebuild(at now: Timestamp) throws(StoreError) -> RebuildReport {
    var report = RebuildReport()
    // The rows may be right where the log is not: they must not be given up for it.
    if let fault = try chainFault() { throw .damaged(fault) }
    try database { () throws(SQLiteError) in
      try setMatchesAside()
      for table in ["orders", "payments", "refunds", "deliveries", "disputes"] {
        try connection.execute("DELETE FROM \(table)")
      }
      try forgetIndex()
      try LedgerTable(connection).forget()
    }
    var fold = try database { () throws(SQLiteError) in try LogFold(connection) }
    while let folded = try fold.next() {
      report.orders += 1
      try database { () throws(SQLiteError) in
        try write(folded)
        try makeDue(folded, at: now)
      }
    }
    report.events = fold.eventsCount
    if let fault = fold.faults.first { throw .damaged(fault) }
    try database { () throws(SQLiteError) in try bringMatchesBack() }
    return report
  }

  /// The place in the log where a thing began is its key: the order of creation, as it was.
  private func write(_ folded: FoldedOrder) throws(SQLiteError) {
    try orders.insert(folded.aggregate, key: folded.key)
    for payment in folded.aggregate.payments {
      try payments.insert(payment, orderKey: folded.key, key: folded.began[payment.id.text])
    }
    for refund in folded.aggregate.refunds {
      try refunds.insert(refund, orderKey: folded.key, key: folded.began[refund.id.text])
    }
    for delivery in folded.aggregate.deliveries {
      try deliveries.insert(delivery, orderKey: folded.key, key: folded.began[delivery.id.text])
    }
    for dispute in folded.aggregate.disputes {
      try disputes.insert(
        dispute, orderKey: folded.key, gateway: folded.aggregate.gateway(of: dispute),
        key: folded.began[dispute.id.text])
    }
  }

  private func makeDue(_ folded: FoldedOrder, at now: Timestamp) throws(SQLiteError) {
    for payment in folded.aggregate.payments where payment.state.isOpen {
      try makeDue(.payment(payment.id), folded.key, payment.gateway, at: now)
    }
    for refund in folded.aggregate.refunds where refund.state.isInFlight {
      let gateway = folded.aggregate.payment(refund.payment)?.gateway ?? ""
      try makeDue(.refund(refund.id), folded.key, gateway, at: now)
    }
    for dispute in folded.aggregate.disputes where dispute.state.isOpen {
      let gateway = folded.aggregate.gateway(of: dispute)
      try makeDue(.dispute(dispute.id), folded.key, gateway, at: now)
    }
  }

  private func makeDue(
    _ subject: ScheduledQuestion.Subject, _ key: Int64, _ gateway: String, at now: Timestamp
  ) throws(SQLiteError) {
    var question =
      try questions.question(subject)
      ?? ScheduledQuestion(
        subject: subject, orderKey: key, gateway: gateway, rank: ScheduledQuestion.rebuiltRank,
        nextAt: now, step: .query, since: now)
    question.nextAt = now
    try questions.save(question)
  }
}

extension ScheduledQuestion {
  /// Where a lost question starts again: behind what people look at, before the long tail.
  fileprivate static let rebuiltRank: Int64 = 3
}
