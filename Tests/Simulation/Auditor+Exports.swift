import Domain

/// An export beside the bills of its days: its rows are no money twice, and rows of another merchant
/// are no money of ours.
extension Auditor {
  private static let zoneMinutes: Int64 = 480
  private static let dayMilliseconds: Int64 = 86_400_000

  /// What was exported by hand as this statement.
  func export(_ statement: String) throws -> ExportPaper? {
    try opened.statementDigest(statement).flatMap { alipay.papers.exports[$0] }
  }

  /// At the end, once it was compared.
  func auditExports() throws {
    let inForce = try opened.statementsInForce(of: "alipay")
    for digest in alipay.papers.exports.keys.sorted() {
      guard let export = alipay.papers.exports[digest] else { continue }
      guard let statement = inForce.first(where: { $0.digest == digest })?.id,
        lastRun[statement] != nil
      else { throw Violation(rule: "liveness", text: "an export was not compared") }
      for row in export.rows {
        if row.merchant == FakeAlipay.sellerID {
          try auditOwn(row, statement)
        } else {
          try auditForeign(row, statement)
        }
      }
    }
    if let twice = try opened.matchedTwice() {
      throw Violation(rule: "I14", text: "\(twice) is matched with rows of an export and a bill")
    }
  }

  private func told(_ row: ExportPaper.Row, _ statement: String) -> [DifferenceBook.Difference] {
    differences.all.values.filter {
      $0.rowStatement == statement && $0.line == Int64(row.line)
    }
  }

  /// B28: it is told as another merchant's and as nothing else, and is part of nothing of ours.
  private func auditForeign(_ row: ExportPaper.Row, _ statement: String) throws {
    let told = told(row, statement)
    guard told.count == 1, told[0].kind == "wrong_merchant", told[0].state == "open",
      try !opened.isPlaced(statement, line: row.line)
    else {
      throw Violation(
        rule: "B28",
        text: "line \(row.line) of \(statement) is of another merchant; told: \(told.map(\.kind))")
    }
  }

  /// What a bill has just so is told once as a copy, which ends by itself.
  private func auditOwn(_ row: ExportPaper.Row, _ statement: String) throws {
    let told = told(row, statement)
    let isPlaced = try opened.isPlaced(statement, line: row.line)
    guard let first = try placeInBill(of: row.row) else {
      let isKnown = differences.all.values.contains {
        !$0.transaction.isEmpty && $0.transaction == row.row.transaction
      }
      guard isPlaced || isKnown else {
        throw Violation(rule: "I13", text: "line \(row.line) of \(statement) is in no bucket")
      }
      return
    }
    guard told.count == 1, told[0].kind == "duplicate_row", told[0].expected == 0,
      told[0].state == "resolved", told[0].resolution == "left_out", told[0].bankPlace == first,
      !isPlaced
    else {
      throw Violation(
        rule: "copies",
        text: "line \(row.line) of \(statement) is \(first) again; told: "
          + "\(told.map { "\($0.kind) \($0.state) \($0.resolution) \($0.bankPlace)" })")
    }
  }

  /// Where the bill of the day has the very row, and has it matched; nil where it has not.
  private func placeInBill(of row: BillPaper.Row) throws -> String? {
    let offset = Self.zoneMinutes * 60_000
    let day = (row.at + offset) / Self.dayMilliseconds
    let start = day * Self.dayMilliseconds - offset
    for bill in try opened.statementsInForce(of: "alipay") where bill.from == start {
      guard let paper = alipay.papers.given[bill.digest] else { continue }
      let own = paper.rows.filter {
        $0.number == row.number && $0.refundNumber == row.refundNumber
      }
      guard own.count == 1, own[0].minor == row.minor, own[0].transaction == row.transaction,
        own[0].at == row.at, try opened.matched(bill.id, line: own[0].line) != nil
      else { return nil }
      return "\(bill.id):\(own[0].line)"
    }
    return nil
  }
}
