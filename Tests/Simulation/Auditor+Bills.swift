import Domain

/// After the last bill: what was wrong in one was found, and what was right is no difference.
extension Auditor {
  private static let dayMilliseconds: Int64 = 86_400_000
  private static let beijing: Int64 = 480 * 60_000
  /// A row so near to midnight may stand in the neighbouring bill.
  private static let cutOff: Int64 = 3_600_000
  private static let billCurrency = "CNY"
  /// Goods that went out within it of the money were not late.
  private static let deliveryLimit: Int64 = 600_000

  /// - Parameter isHonest: nothing else went wrong, so no other difference may be told.
  func auditBills(at now: Int64, isHonest: Bool) throws {
    let inForce = try opened.statementsInForce(of: "alipay")
    try auditDays(inForce.map { ($0.digest, $0.from) }, at: now)
    for statement in inForce {
      guard let paper = alipay.papers.given[statement.digest], lastRun[statement.id] != nil else {
        continue
      }
      for flaw in paper.flaws { try auditFlaw(flaw, statement.id) }
      let flawed = Set(paper.flaws.compactMap { $0.row.map(Self.name) })
      for row in paper.rows {
        try auditRow(row, statement.id)
        if !flawed.contains(Self.name(row)) { try auditMatched(row, statement.id) }
      }
    }
    if isHonest { try auditHonesty() }
  }

  /// Every day with business has its bill, and it is of that day.
  private func auditDays(_ inForce: [(digest: String, from: Int64)], at now: Int64) throws {
    let first = (World.start + Self.beijing) / Self.dayMilliseconds
    // The last one may still be on its way.
    let last = (now - 2 * Self.dayMilliseconds + Self.beijing) / Self.dayMilliseconds
    for number in first..<max(first, last) {
      let day = CivilDay(number: number)
      guard !alipay.trueRows(of: day).isEmpty else { continue }
      let start = day.start(offsetMinutes: 480).milliseconds
      let digest = inForce.first { $0.from == start }?.digest
      let bill = try opened.bill("alipay", day: number)
      guard let digest, let paper = alipay.papers.given[digest], paper.day == day.text else {
        throw Violation(
          rule: "liveness",
          text: "the bill of \(day) was not taken in: \(bill?.state ?? "unknown"), "
            + "\(bill?.reason ?? "no word")")
      }
    }
  }

  /// I13 once more, by the rows themselves: each is matched, waits, or is a difference.
  private func auditRow(_ row: BillPaper.Row, _ statement: String) throws {
    if try opened.isPlaced(statement, line: row.line) { return }
    let isTold = differences.all.values.contains { one in
      (one.rowStatement == statement && one.line == Int64(row.line))
        || (!one.transaction.isEmpty && one.transaction == row.transaction)
    }
    guard isTold else {
      throw Violation(
        rule: "I13", text: "line \(row.line) of \(statement) (\(row.reference)) is in no bucket")
    }
  }

  private static func name(_ row: BillPaper.Row) -> String {
    "\(row.isRefund) \(row.number) \(row.refundNumber)"
  }

  /// What was paid or given back by our books too is matched with its row.
  private func auditMatched(_ row: BillPaper.Row, _ statement: String) throws {
    guard let ours = subject(of: row), ours.knownSince > 0,
      ours.knownSince + Self.draftEvents <= lastRun[statement] ?? 0
    else { return }
    let found = try opened.matched(statement, line: row.line)
    guard found == ours.id else {
      throw Violation(
        rule: "matched",
        text: "line \(row.line) of \(statement) (\(row.reference)) is \(ours.id), and matched "
          + "with \(found ?? "nothing")")
    }
  }

  // MARK: what was planted

  private func auditFlaw(_ flaw: BillPaper.Flaw, _ statement: String) throws {
    guard let kinds = try kinds(of: flaw, statement) else { return }
    let subject = flaw.row.flatMap { self.subject(of: $0)?.id } ?? ""
    let isFound = differences.all.values.contains { one in
      guard kinds.contains(one.kind) else { return false }
      guard let row = flaw.row else { return one.statement == statement }
      // A copy has the numbers of the row itself, whether that is ours or not.
      if one.kind == "duplicate_row", one.rowStatement == statement,
        one.transaction == row.transaction, one.reference == row.reference
      {
        return true
      }
      return (!subject.isEmpty && one.ours == subject) || one.mark.contains(flaw.shown + "|")
        || one.mark.hasSuffix("|" + flaw.shown)
    }
    guard isFound else {
      throw Violation(
        rule: "planted",
        text: "\(flaw.lie) of \(flaw.row?.reference ?? "the file") in \(statement) was not found")
    }
  }

  /// The kinds of difference that a flaw must lead to; nil where what we knew then makes it none.
  private func kinds(of flaw: BillPaper.Flaw, _ statement: String) throws -> Set<String>? {
    guard let row = flaw.row else { return ["statement_unsound"] }
    let ours = subject(of: row)
    let isKnown = ours.map { $0.knownSince > 0 && $0.knownSince < lastRun[statement] ?? 0 } ?? false
    switch flaw.lie {
    case .billRowUnknown: return ["unknown_money"]
    case .billRowDoubled:
      // Twice what nobody knows is one difference; what the gateway gave back by itself may be
      // known without its number.
      return ours == nil
        ? ["refund_missing_locally", "unknown_money", "duplicate_row"] : ["duplicate_row"]
    case .billRowMissing:
      guard let ours, isKnown, try !opened.isWaiting(ours.id), !isNearMidnight(ours.at),
        try isExpected(ours, in: statement)
      else { return nil }
      return row.isRefund
        ? ["refund_missing_at_gateway", "carry_over_aged_out"]
        : ["missing_at_gateway", "carry_over_aged_out"]
    case .billAmountMore, .billAmountLess:
      guard let ours, isKnown else { return nil }
      // Of money in two currencies nobody can say which is more.
      guard ours.currency == Self.billCurrency else { return ["currency"] }
      guard ours.minor == row.minor else { return nil }
      return row.isRefund ? ["refund_amount"] : ["amount_more", "amount_less"]
    case .billNumberChanged:
      guard let ours, isKnown, ours.transaction != flaw.shown else { return nil }
      return ["gateway_number"]
    default: return nil
    }
  }

  /// Around midnight, also by our own reckoning, a row may belong to another day's bill.
  private func isNearMidnight(_ at: Int64) -> Bool {
    let within = (at + Self.beijing) % Self.dayMilliseconds
    return within < Self.cutOff || within >= Self.dayMilliseconds - Self.cutOff
  }

  /// Whether it belongs to the days of this bill by our own reckoning. What we heard of later is
  /// looked for in the bill of that day; where there is none, somebody is told that it is missing.
  private func isExpected(_ ours: Subject, in statement: String) throws -> Bool {
    let day = (ours.at + Self.beijing) / Self.dayMilliseconds
    let start = CivilDay(number: day).start(offsetMinutes: 480).milliseconds
    let inForce = try opened.statementsInForce(of: "alipay")
    if let own = inForce.first(where: { $0.from == start }) { return own.id == statement }
    if let bill = try opened.bill("alipay", day: day), bill.state == "empty" {
      throw Violation(
        rule: "planted", text: "the bill of a day with \(ours.id) is taken for an empty one")
    }
    return false
  }

  private struct Subject {
    let id: String
    let minor: Int64
    let currency: String
    let transaction: String
    let at: Int64
    /// The place in the log since which we know that the money moved; 0 for never.
    let knownSince: Int64
  }

  private func subject(of row: BillPaper.Row) -> Subject? {
    for order in orders.values {
      if row.isRefund, let (id, refund) = order.refunds.first(where: {
        $0.value.number == row.refundNumber
      }) {
        let isDone = ["succeeded", "returned"].contains(refund.state)
        return Subject(
          id: id, minor: refund.minor, currency: order.payment(refund.payment)?.currency ?? "",
          transaction: row.transaction, at: refund.endedAt, knownSince: isDone ? refund.endedBy : 0)
      }
      if !row.isRefund, let (id, payment) = order.payments.first(where: {
        $0.value.number == row.number
      }) {
        return Subject(
          id: id, minor: payment.captured, currency: payment.currency,
          transaction: payment.transaction ?? "", at: payment.paidAt,
          knownSince: payment.succeededBy)
      }
    }
    return nil
  }

  // MARK: what was not

  /// Each difference has its cause in a bill: nothing else went wrong.
  private func auditHonesty() throws {
    let flaws = alipay.papers.given.values.flatMap(\.flaws)
    let hasChanges = !alipay.papers.reissued.isEmpty
    for id in differences.ids {
      guard let one = differences.all[id], one.gateway == "alipay" else { continue }
      // Each of these is looked at by itself.
      if ["duplicate_row", "wrong_merchant"].contains(one.kind), try export(one.statement) != nil {
        continue
      }
      if one.kind == "statement_unsound" {
        guard hasChanges || flaws.contains(where: { $0.row == nil }) else { throw falseAlarm(id) }
        continue
      }
      if isTakenFromPeople(one.ours) || isLateDelivery(one) || isSlowRefund(one)
        || isUnheard(one)
      {
        continue
      }
      let isExplained = flaws.contains { flaw in
        guard let row = flaw.row else { return false }
        return subject(of: row)?.id == one.ours || one.transaction == flaw.shown
          || one.transaction == row.transaction
      }
      guard isExplained else { throw falseAlarm(id) }
    }
  }

  /// What two people took for paid and the gateway knows nothing of is rightly told.
  private func isTakenFromPeople(_ payment: String?) -> Bool {
    guard let payment else { return false }
    return orders.values.contains {
      $0.payments.contains { $0.id == payment && $0.value.isByPeople }
    }
  }

  /// Goods that are paid and did not go out are rightly told, whatever the bill says (B27).
  func isLateDelivery(_ one: DifferenceBook.Difference) -> Bool {
    guard one.kind == "paid_not_delivered" else { return false }
    return orders.values.contains { order in
      guard let payment = order.payment(one.ours) else { return false }
      return order.deliveries.contains { delivery in
        delivery.value.outAt.map { $0 - payment.paidAt > Self.deliveryLimit } ?? true
      }
    }
  }

  /// A refund that was worked on for more than a day is rightly told, also where the daemon slept,
  /// and one that only the bill brought to its end.
  func isSlowRefund(_ one: DifferenceBook.Difference) -> Bool {
    guard one.kind == "refund_status" else { return false }
    return orders.values.contains { order in
      guard let refund = order.refund(one.ours) else { return false }
      return refund.endedAt == 0 || refund.isEndedByBill
        || refund.endedAt - refund.requestedAt > Self.dayMilliseconds
    }
  }

  func falseAlarm(_ id: String) -> Violation {
    let one = differences.all[id]
    return Violation(
      rule: "false alarm", text: "\(id) \(one?.kind ?? "") \(one?.mark ?? "") has no cause")
  }
}
