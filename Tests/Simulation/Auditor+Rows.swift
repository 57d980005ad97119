import Domain

/// Rows of lists that are as they should be: what is ours is matched, and what is not is told.
extension Auditor {
  func isOutside(_ row: CardMovement, _ ledger: CardLedger) -> Bool {
    switch ledger.gateway {
    case FakeStripe.name: stripe.isOutside(row)
    case FakePayPal.name: payPal.isOutside(row)
    default: airwallex.isOutside(row)
    }
  }

  /// A dispute of somebody else's sale is told once, as nothing of ours, and taken for nothing.
  func auditOutside(
    _ row: CardMovement, _ line: Int, _ statement: String, _ ledger: CardLedger
  ) throws {
    guard row.isOfDispute, isOutside(row, ledger) else { return }
    let told = differences.all.values.filter {
      $0.rowStatement == statement && $0.line == Int64(line)
    }
    let isRight = told.count == 1 && told.allSatisfy {
      $0.kind == "unknown_dispute" && $0.ours.isEmpty && $0.actual == row.told.minor
    }
    guard isRight else {
      throw Violation(
        rule: "strangers",
        text: "line \(line) of \(statement) (\(row.object)) is told as \(told.map(\.kind))")
    }
    guard try opened.matched(statement, line: line) == nil else {
      throw Violation(
        rule: "strangers", text: "line \(line) of \(statement) is taken for something of ours")
    }
  }

  /// What a gateway took for us, or gave back, is matched with its row, once it is known.
  func auditMatched(
    _ row: CardMovement, _ line: Int, _ statement: String, _ ledger: CardLedger
  ) throws {
    guard row.kind == .charge || row.kind == .refund, let ours = subject(of: row),
      ours.knownSince > 0, let run = try lastRun(of: row, statement, ledger)
    else { return }
    let found = try opened.matched(statement, line: line)
    guard ours.knownSince + Self.draftEvents > run || found == ours.id else {
      throw Violation(
        rule: "matched",
        text: "line \(line) of \(statement) (\(row.object)) is \(ours.id), and matched with "
          + (found ?? "nothing"))
    }
  }

  /// The last run that looks at a row: a refund that nobody could tell then waits for the next list.
  private func lastRun(
    of row: CardMovement, _ statement: String, _ ledger: CardLedger
  ) throws -> Int64? {
    guard row.kind == .refund else { return lastRun[statement] }
    return try opened.statementsInForce(of: ledger.gateway).compactMap { lastRun[$0.id] }.max()
  }
}
