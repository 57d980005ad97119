import Domain
import JSON

/// Stripe's list of its balance against what became of it here.
extension Auditor {
  private static let cutOff: Int64 = 3_600_000
  private static let day = CardLedger.dayMilliseconds

  /// What was listed for a statement; nil for statements of others.
  func cardPaper(of statement: String) throws -> CardPaper? {
    guard let (gateway, from) = try opened.place(ofStatement: statement),
      gateway == FakeStripe.name
    else { return nil }
    return stripe.ledger.papers[from / Self.day]
  }

  /// What was taken in is what was listed, row for row.
  func checkCardStatement(_ line: EventLine) throws {
    let from = line.data["from_at"]?.integerValue ?? 0
    let listed = stripe.ledger.papers[from / Self.day]?.rows.count
    guard let listed, line.data["rows"]?.integerValue == Int64(listed) else {
      throw Violation(
        rule: "I13", text: "\(line.text("statement")) is not the \(listed ?? 0) rows of its day")
    }
  }

  /// - Parameter isHonest: nothing but bills went wrong, so each difference has its cause in one.
  func auditCardBills(at now: Int64, isHonest: Bool) throws {
    let inForce = try opened.statementsInForce(of: FakeStripe.name)
    let first = (stripe.ledger.movements.map(\.at).min() ?? now) / Self.day
    // The last one may still be on its way.
    for day in first..<max(first, now / Self.day - 1) where !stripe.ledger.truth(of: day).isEmpty {
      let statement = inForce.first { $0.from == day * Self.day }?.id
      guard let statement, lastRun[statement] != nil, let paper = stripe.ledger.papers[day] else {
        let bill = try opened.bill(FakeStripe.name, day: day)
        throw Violation(
          rule: "liveness",
          text: "Stripe's day \(day) was not compared: \(bill?.state ?? "unknown"), "
            + "\(bill?.reason ?? "no word")")
      }
      for (place, row) in paper.rows.enumerated() where !isSecondTaking(row, paper) {
        try auditRow(row, place + 1, statement)
      }
      for flaw in paper.flaws { try auditFlaw(flaw, statement) }
    }
    if isHonest { try auditHonesty() }
  }

  /// A dispute that took the money, gave it back and took it again on one day is compared once.
  private func isSecondTaking(_ row: CardMovement, _ paper: CardPaper) -> Bool {
    row.kind == .dispute
      && paper.rows.contains {
        $0.kind == .dispute && $0.object == row.object && $0.id != row.id
      }
  }

  /// Each row is matched, waits, is a difference, or is compared with nothing.
  private func auditRow(_ row: CardMovement, _ line: Int, _ statement: String) throws {
    guard row.kind != .disputeReversal, try !opened.isPlaced(statement, line: line) else { return }
    let isTold = differences.all.values.contains { one in
      one.rowStatement == statement && one.line == Int64(line) || one.transaction == row.object
    }
    guard isTold else {
      throw Violation(
        rule: "I13", text: "line \(line) of \(statement) (\(row.object)) is in no bucket")
    }
  }

  // MARK: what was planted

  private func auditFlaw(_ flaw: CardPaper.Flaw, _ statement: String) throws {
    guard let kinds = try kinds(of: flaw, statement) else { return }
    let subject = subject(of: flaw.movement)?.id ?? ""
    let isFound = differences.all.values.contains { one in
      guard kinds.contains(one.kind), one.gateway == FakeStripe.name else { return false }
      return one.transaction == flaw.movement.object || (!subject.isEmpty && one.ours == subject)
    }
    guard isFound else {
      throw Violation(
        rule: "planted",
        text: "\(flaw.lie) of \(flaw.movement.object) in \(statement) was not found")
    }
  }

  /// The kinds of difference that a flaw must lead to; nil where it need lead to none.
  private func kinds(of flaw: CardPaper.Flaw, _ statement: String) throws -> Set<String>? {
    let row = flaw.movement
    let ours = subject(of: row)
    let isKnown = ours.map { $0.knownSince > 0 && $0.knownSince < lastRun[statement] ?? 0 } ?? false
    switch flaw.lie {
    case .cardRowUnknown: return ["unknown_money"]
    case .cardRowDoubled: return row.kind == .disputeReversal ? nil : ["duplicate_row"]
    case .cardRowMissing:
      guard let ours, isKnown, try !opened.isWaiting(ours.id), !isNearMidnight(row.at) else {
        return nil
      }
      switch row.kind {
      case .charge: return ["missing_at_gateway", "carry_over_aged_out"]
      case .refund: return ["refund_missing_at_gateway", "carry_over_aged_out"]
      case .dispute, .disputeReversal: return nil
      }
    case .cardRowOtherAmount:
      guard isKnown else { return nil }
      switch row.kind {
      case .charge: return ["amount_more", "amount_less"]
      case .refund: return ["refund_amount"]
      case .dispute: return ["unknown_dispute"]
      case .disputeReversal: return nil
      }
    default: return nil
    }
  }

  /// Around midnight a row may belong to another day's list.
  private func isNearMidnight(_ at: Int64) -> Bool {
    let within = at % Self.day
    return within < Self.cutOff || within >= Self.day - Self.cutOff
  }

  /// The payment, refund or dispute of ours, and the place in the log since which its money is
  /// known; 0 for never.
  private func subject(of row: CardMovement) -> (id: String, knownSince: Int64)? {
    for order in orders.values {
      if let (id, payment) = order.payments.first(where: { $0.value.transaction == row.object }) {
        return (id, payment.succeededBy)
      }
      if let (id, refund) = order.refunds.first(where: {
        !row.reference.isEmpty && $0.value.number == row.reference
      }) {
        return (id, refund.state == "succeeded" ? refund.endedBy : 0)
      }
      if let (id, dispute) = order.disputes.first(where: { $0.value.number == row.object }) {
        return (id, dispute.tookBy)
      }
    }
    return nil
  }

  // MARK: what was not

  private func auditHonesty() throws {
    let flaws = stripe.ledger.papers.values.flatMap(\.flaws)
    for id in differences.ids {
      guard let one = differences.all[id], one.gateway == FakeStripe.name else { continue }
      if isLateDelivery(one) || isSlowRefund(one) { continue }
      let isExplained = flaws.contains { flaw in
        one.transaction == flaw.movement.object
          || subject(of: flaw.movement).map { $0.id == one.ours } ?? false
      }
      guard isExplained else { throw falseAlarm(id) }
    }
  }
}

extension GatewayJudge {
  /// A row of the list, as Stripe gave it out.
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
