import Domain
import JSON

/// The lists of the balances of Stripe, PayPal and Airwallex against what became of them here.
extension Auditor {
  private static let cutOff: Int64 = 3_600_000
  private static let day = CardLedger.dayMilliseconds

  var ledgers: [CardLedger] { [stripe.ledger, payPal.ledger, airwallex.ledger] }

  func ledger(of gateway: String) -> CardLedger? { ledgers.first { $0.gateway == gateway } }

  /// What was listed for a statement; nil for statements of others.
  func cardPaper(of statement: String) throws -> (gateway: String, paper: CardPaper)? {
    guard let (gateway, from) = try opened.place(ofStatement: statement),
      let ledger = ledger(of: gateway), let paper = ledger.listed(of: ledger.day(of: from))
    else { return nil }
    return (gateway, paper)
  }

  /// What was taken in is what was listed, row for row.
  func checkCardStatement(_ line: EventLine, _ ledger: CardLedger) throws {
    let from = line.data["from_at"]?.integerValue ?? 0
    let listed = ledger.listed(of: ledger.day(of: from))?.rows.count
    guard let listed, line.data["rows"]?.integerValue == Int64(listed) else {
      throw Violation(
        rule: "I13", text: "\(line.text("statement")) is not the \(listed ?? 0) rows of its day")
    }
  }

  /// - Parameter isHonest: nothing but bills went wrong, so each difference has its cause in one.
  func auditCardBills(at now: Int64, isHonest: Bool) throws {
    for ledger in ledgers {
      try auditDays(of: ledger, at: now)
      try auditDisputeRows(of: ledger)
      try auditRefundRows(of: ledger)
      if isHonest { try auditHonesty(of: ledger) }
    }
    try auditSettlements(at: now)
  }

  private func auditDays(of ledger: CardLedger, at now: Int64) throws {
    let inForce = try opened.statementsInForce(of: ledger.gateway)
    // Before our own first one nobody asks for a list.
    let own = ledger.movements.filter { $0.isCompared && !isOutside($0, ledger) }
    let first = ledger.day(of: own.map(\.at).min() ?? now)
    // The last one may still be on its way.
    for day in first..<max(first, ledger.day(of: now) - 1) where !ledger.truth(of: day).isEmpty {
      let statement = inForce.first { $0.from == ledger.start(of: day) }?.id
      guard let statement, lastRun[statement] != nil, let paper = ledger.papers[day] else {
        let bill = try opened.bill(ledger.gateway, day: day)
        throw Violation(
          rule: "liveness",
          text: "day \(day) of \(ledger.gateway) was not compared: \(bill?.state ?? "unknown"), "
            + "\(bill?.reason ?? "no word")")
      }
      for (place, row) in paper.rows.enumerated() {
        try auditRow(row, place + 1, statement)
        guard !paper.flaws.contains(where: { $0.movement?.id == row.id }) else { continue }
        try auditOutside(row, place + 1, statement, ledger)
        try auditMatched(row, place + 1, statement, ledger)
      }
      for flaw in paper.flaws { try auditFlaw(flaw, statement, ledger) }
      try auditExchange(paper, statement)
    }
  }

  /// Each row is matched, waits, is a difference, or is compared with nothing.
  private func auditRow(_ row: CardMovement, _ line: Int, _ statement: String) throws {
    guard row.isCompared, try !opened.isPlaced(statement, line: line) else { return }
    let isTold = differences.all.values.contains { one in
      one.rowStatement == statement && one.line == Int64(line)
        || one.transaction == row.object && (!row.isOfDispute || one.actual == row.told.minor)
    }
    guard isTold else {
      throw Violation(
        rule: "I13", text: "line \(line) of \(statement) (\(row.object)) is in no bucket")
    }
  }

  /// What was exchanged within the balance is booked as it stands there.
  private func auditExchange(_ paper: CardPaper, _ statement: String) throws {
    let rows = paper.rows.filter { $0.word == "T0200" }
    guard !rows.isEmpty else { return }
    let numbers = Set(rows.map(\.about))
    // A row that is missing or stands there twice makes no pair.
    guard numbers.allSatisfy({ number in rows.count { $0.about == number } == 2 }) else { return }
    for currency in ["CNY", "USD"] {
      let moved = rows.filter { $0.currency == currency }.reduce(0) { $0 + $1.minor }
      let booked = bookedFees[statement]?.exchanged[currency] ?? 0
      guard moved == booked else {
        throw Violation(
          rule: "I15", text: "\(moved) \(currency) was exchanged in \(statement), booked \(booked)")
      }
    }
  }

  // MARK: what was planted

  private func auditFlaw(
    _ flaw: CardPaper.Flaw, _ statement: String, _ ledger: CardLedger
  ) throws {
    let isFound: Bool
    if let row = flaw.movement {
      guard let kinds = try kinds(of: flaw.lie, row, statement, ledger) else { return }
      let subject = subject(of: row)?.id ?? ""
      isFound = differences.all.values.contains { one in
        guard kinds.contains(one.kind), one.gateway == ledger.gateway else { return false }
        return one.transaction == row.object || (!subject.isEmpty && one.ours == subject)
      }
    } else {
      isFound = differences.all.values.contains {
        $0.kind == "statement_unsound" && $0.statement == statement
      }
    }
    guard isFound else {
      throw Violation(
        rule: "planted",
        text: "\(flaw.behaviour) of \(flaw.movement?.object ?? "the list") in \(statement) "
          + "was not found")
    }
  }

  /// The kinds of difference that a flaw must lead to; nil where it need lead to none.
  private func kinds(
    of lie: RowLie, _ row: CardMovement, _ statement: String, _ ledger: CardLedger
  ) throws -> Set<String>? {
    let ours = subject(of: row)
    let isKnown = ours.map { $0.knownSince > 0 && $0.knownSince < lastRun[statement] ?? 0 } ?? false
    switch lie {
    case .unknown: return ["unknown_money"]
    case .doubled: return row.isCompared ? ["duplicate_row"] : nil
    case .missing:
      guard let ours, isKnown, try !opened.isWaiting(ours.id), !isNearMidnight(row.at, ledger)
      else { return nil }
      switch row.kind {
      case .charge: return ["missing_at_gateway", "carry_over_aged_out"]
      case .refund: return ["refund_missing_at_gateway", "carry_over_aged_out"]
      case .dispute, .disputeReversal, .payout, .payoutReturned, .aside: return nil
      }
    case .otherAmount:
      guard isKnown else { return nil }
      switch row.kind {
      case .charge: return ["amount_more", "amount_less"]
      case .refund: return ["refund_amount"]
      case .dispute, .disputeReversal: return ["unknown_dispute"]
      case .payout, .payoutReturned, .aside: return nil
      }
    case .offRate: return isKnown ? ["exchange_unexplained"] : nil
    case .otherFee:
      // Where nobody told a fee before, the bill's is the only one.
      return isKnown && feeTold(of: ours?.id ?? "") > 0 ? ["fee_more"] : nil
    case .unnamed, .cut, .touched: return nil
    }
  }

  /// Around midnight a row may belong to another day's list.
  private func isNearMidnight(_ at: Int64, _ ledger: CardLedger) -> Bool {
    let within = at - ledger.start(of: ledger.day(of: at))
    return within < Self.cutOff || within >= Self.day - Self.cutOff
  }

  /// The payment, refund or dispute of ours, and the place in the log since which its money is
  /// known; 0 for never.
  func subject(of row: CardMovement) -> (id: String, knownSince: Int64)? {
    for order in orders.values {
      if let (id, payment) = order.payments.first(where: { $0.value.transaction == row.object }) {
        return (id, payment.succeededBy)
      }
      if let (id, refund) = order.refunds.first(where: {
        !row.reference.isEmpty && $0.value.number == row.reference
      }) {
        return (id, refund.state == "succeeded" ? refund.endedBy : 0)
      }
      if let (id, dispute) = order.disputes.first(where: { $0.value.number == row.about }) {
        let way = dispute.movements.filter { ($0.minor < 0) == (row.minor < 0) }
        return (id, way.first?.knownBy ?? 0)
      }
    }
    return nil
  }

  // MARK: what was not

  /// A row of a dispute is a difference only where it is wrong or where we did not know of the
  /// money then.
  private func auditDisputeRows(of ledger: CardLedger) throws {
    let flawed = Set(ledger.papers.values.flatMap(\.flaws).compactMap(\.movement?.object))
    for id in differences.ids {
      guard let one = differences.all[id], one.gateway == ledger.gateway,
        let row = ledger.movements.first(where: {
          $0.object == one.transaction && (!$0.isOfDispute || $0.told.minor == one.actual)
        }), row.isOfDispute || row.kind == .aside, !flawed.contains(row.object),
        !isHalfExchange(one, ledger)
      else { continue }
      let known = subject(of: row)?.knownSince ?? 0
      let isRight = one.kind == "unknown_dispute" && row.isOfDispute
        && (known == 0 || known + Self.draftEvents > one.openedBy)
      guard isRight || isTakenTwice(row, ledger) else { throw falseAlarm(id) }
    }
  }

  /// One side of an exchange whose other side is missing or stands there twice.
  private func isHalfExchange(_ one: DifferenceBook.Difference, _ ledger: CardLedger) -> Bool {
    guard one.kind == "exchange_unexplained",
      let row = ledger.movements.first(where: { $0.object == one.transaction })
    else { return false }
    return ledger.papers.values.flatMap(\.flaws).contains { $0.movement?.about == row.about }
  }

  /// What a run is compared with was read a while before it ended.
  static let draftEvents: Int64 = 20

  private func isTakenTwice(_ row: CardMovement, _ ledger: CardLedger) -> Bool {
    ledger.movements.count { $0.kind == .dispute && $0.about == row.about } > 1
  }

  /// Airwallex' list names nothing of ours: what a row of a refund is, is known with its number.
  private func isUnnumbered(_ one: DifferenceBook.Difference, _ ledger: CardLedger) -> Bool {
    guard ledger.gateway == FakeAirwallex.name,
      let row = ledger.movements.first(where: {
        $0.kind == .refund && ($0.object == one.transaction || subject(of: $0)?.id == one.ours)
      })
    else { return false }
    return differences.all.values.contains {
      $0.isRefundGuess && $0.transaction == row.object && wasUnnumbered(row, at: $0.openedBy)
    }
  }

  private func wasUnnumbered(_ row: CardMovement, at sequence: Int64) -> Bool {
    let refunds = orders.values.lazy.flatMap(\.refunds).map(\.value)
    let known = refunds.first { $0.number == row.reference }?.numberedBy ?? 0
    return known == 0 || known + Self.draftEvents > sequence
  }

  /// What we had given back is told as nobody's refund by no list, and in doubt only as long as the
  /// gateway had not told of it.
  private func auditRefundRows(of ledger: CardLedger) throws {
    let flawed = Set(ledger.papers.values.flatMap(\.flaws).compactMap(\.movement?.object))
    for id in differences.ids {
      guard let one = differences.all[id], one.gateway == ledger.gateway,
        let row = ledger.movements.first(where: {
          $0.kind == .refund && $0.object == one.transaction
        }), !flawed.contains(row.object)
      else { continue }
      let isWrong = one.kind == "refund_missing_locally"
        || one.isRefundGuess && !wasUnnumbered(row, at: one.openedBy)
      if isWrong { throw falseAlarm(id) }
    }
  }

  private func auditHonesty(of ledger: CardLedger) throws {
    let flaws = ledger.papers.values.flatMap(\.flaws)
    for id in differences.ids {
      guard let one = differences.all[id], one.gateway == ledger.gateway else { continue }
      if isLateDelivery(one) || isSlowRefund(one) || isUnnumbered(one, ledger)
        || isHalfExchange(one, ledger) || isOfPayout(one) || isUnheard(one)
      {
        continue
      }
      let isExplained = flaws.contains { flaw in
        guard let row = flaw.movement else { return one.kind == "statement_unsound" }
        return one.transaction == row.object || subject(of: row).map { $0.id == one.ours } ?? false
      }
        || ledger.movements.contains { $0.object == one.transaction && isOutside($0, ledger) }
      guard isExplained else { throw falseAlarm(id) }
    }
  }
}

extension GatewayJudge {
  /// A row of a list, as its gateway gave it out.
  func judgeByCardBill(
    _ line: EventLine, _ place: String, _ order: OrderModel, _ isRight: (CardMovement) -> Bool
  ) throws {
    let parts = place.split(separator: ":")
    guard parts.count == 2, let number = Int(parts[1]),
      let paper = try cardPaper(String(parts[0])), paper.rows.indices.contains(number - 1)
    else { throw order.broken("I7", line, "its row \(place) was never listed") }
    guard isRight(paper.rows[number - 1]) else {
      throw order.broken("word", line, "the row \(place) says otherwise")
    }
  }
}
