/// I15: matched, waiting and different together are what the bill and the books hold; added up a
/// second time from the bill that was given out and the orders as their events make them.
extension Auditor {
  /// Of the balances, and those that buyers paid in besides.
  private static let currencies = ["CNY"] + CardExchange.rates.keys.sorted()
  /// A run is drafted beside the writer and taken in some seconds later.
  private static let draftMilliseconds: Int64 = 10_000

  func auditProof(_ id: String, _ run: AuditBooks.Run, _ sheet: BillSheet) throws {
    var (matched, waiting, differing) = try opened.compared(id, run.statement, sheet.gateway)
    for row in waitedRows[sheet.gateway] ?? [] where row.statement != run.statement {
      guard let subject = try opened.matched(row.statement, line: row.line) else { continue }
      matched.append((row.statement, row.line, subject))
    }
    waitedRows[sheet.gateway] = try opened.waitingLines(of: sheet.gateway)
    // What was found in an earlier list may be written down as waiting until the next run.
    let over = Set(differing).subtracting(waiting).union(matched.map(\.subject))
    try auditClosing(id, run)
    for currency in Self.currencies {
      let own = run.proofs.first { $0.currency == currency }
      try auditBill(id, run, sheet, currency, own)
      // What waits for the next bill is held against that one.
      try auditBooks(id, over, matched, currency, own)
    }
  }

  func auditClosing(_ id: String, _ run: AuditBooks.Run) throws {
    for proof in run.proofs {
      let named = proof.billWaiting + proof.differences
      let isClosed = proof.bill - named == proof.books - proof.booksWaiting
      guard isClosed else {
        throw broken(id, "\(proof.currency) does not close: \(proof)")
      }
    }
  }

  private func broken(_ run: String, _ text: String) -> Violation {
    Violation(rule: "I15", text: "\(run): \(text)")
  }

  /// The bill's own rows; rows that waited from a bill before it are not among them.
  private func auditBill(
    _ id: String, _ run: AuditBooks.Run, _ sheet: BillSheet, _ currency: String,
    _ proof: AuditBooks.Proof?
  ) throws {
    guard run.statementRows == Int64(sheet.rows) else { return }
    let (sum, told) = (sheet.net[currency] ?? 0, proof?.bill ?? 0)
    guard sum == told else {
      throw broken(id, "its bill adds up to \(sum) \(currency), the proof says \(told)")
    }
  }

  private func auditBooks(
    _ id: String, _ over: Set<String>, _ matched: [MatchedRow], _ currency: String,
    _ proof: AuditBooks.Proof?
  ) throws {
    // What became known between the draft and its end is in the next run.
    guard over.allSatisfy(isSettled) else { return }
    // What the bill alone tells is kept in the currency of the balance.
    let isKept = currency == Self.currencies[0]
    let fees = isKept ? try matched.reduce(0) { $0 + (try billFee($1)) } : 0
    let books = over.reduce(0) { $0 + posted($1, currency) } - fees
    let told = proof.map { $0.books - $0.booksWaiting } ?? 0
    guard books == told else {
      throw broken(id, "our books hold \(books) \(currency), the proof says \(told)")
    }
  }

  private func isSettled(_ subject: String) -> Bool {
    var parts = [String(subject.prefix { $0 != ":" })]
    if parts[0] != subject {
      // What is left to a reversal depends on the refunds beside it, and on what people decided.
      parts += orders.values.flatMap(\.refunds).filter { $0.value.payment == parts[0] }.map(\.id)
      parts += differences.all.filter { $0.value.ours == parts[0] }.map(\.key)
    }
    return parts.allSatisfy { touchedAt[$0] ?? 0 <= newestAt - Self.draftMilliseconds }
  }

  /// What the gateway holds for us by one payment or refund.
  private func posted(_ subject: String, _ currency: String) -> Int64 {
    if subject.hasSuffix(":reversal") {
      let payment = String(subject.dropLast(":reversal".count))
      let here = orders.values.filter { $0.payment(payment)?.currency == currency }
      return here.reduce(0) { $0 - $1.reversed(payment, differences) }
    }
    for order in orders.values {
      if let payment = order.payment(subject) {
        let isCharged = ["succeeded", "reversed"].contains(payment.state)
        return isCharged && payment.currency == currency ? payment.captured - payment.fee : 0
      }
      if let refund = order.refund(subject) {
        let isHere = order.payment(refund.payment)?.currency == currency
        return isHere && refund.state == "succeeded" ? -refund.minor : 0
      }
      if subject.hasPrefix("dsp_"), let posted = order.movement(subject, currency) { return posted }
    }
    return 0
  }

  /// What only the bill tells of a fee. Of a refund that is not made yet it is kept as well.
  private func billFee(_ row: MatchedRow) throws -> Int64 {
    guard feeTold(of: row.subject) == 0 else { return 0 }
    return try cardPaper(of: row.statement)?.paper.rows[row.line - 1].fee ?? 0
  }
}

extension OrderModel {
  /// `dsp_…`, or `dsp_…:3` for what it moved the third time: the gateway's number of the dispute
  /// and what moved.
  fileprivate func namedMovement(_ subject: String) -> (number: String, minor: Int64)? {
    let parts = subject.split(separator: ":")
    guard let dispute = disputes.first(where: { $0.id == parts[0] })?.value else { return nil }
    let place = parts.count == 2 ? Int(parts[1]) ?? 0 : 1
    guard dispute.movements.indices.contains(place - 1) else { return nil }
    return (dispute.number, dispute.movements[place - 1].minor)
  }

  fileprivate func movement(_ subject: String, _ currency: String) -> Int64? {
    guard let (number, minor) = namedMovement(subject) else { return nil }
    return disputes.contains { $0.value.number == number && $0.value.currency == currency }
      ? minor : 0
  }
}
