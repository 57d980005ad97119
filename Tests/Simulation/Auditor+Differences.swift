import JSON

/// Statements, runs over them and the differences they found, after every step.
extension Auditor {
  /// - Returns: false where the line is about something else.
  func foldReconciling(_ line: EventLine) throws -> Bool {
    switch line.type.prefix(while: { $0 != "." }) {
    case "discrepancy":
      let id = try differences.fold(line)
      touchedDifferences.insert(id)
      try auditMissed(id, at: line.at)
    case "statement": try checkStatement(line)
    case "recon":
      finishedRuns.append((line.text("run"), line.sequence))
      try foldArrivals(line)
      foldFees(line)
    default: return false
    }
    return true
  }

  /// A statement that is compared again takes back what others' runs had booked of its rows.
  private func foldFees(_ line: EventLine) {
    let statement = line.text("statement")
    bookedFees = bookedFees.filter { !$0.key.hasPrefix("\(statement):") }
    bookedFees[statement] = BookedFees(line)
    for row in (line.data["carried"]?.arrayValue ?? []).compactMap(\.objectValue) {
      let place = (row["statement"]?.stringValue ?? "", row["line"]?.integerValue ?? 0)
      bookedFees["\(place.0):\(place.1)"] = BookedFees(line.text("gateway"), carried: row)
    }
  }

  /// What was taken in is what the gateway gave out, row for row.
  private func checkStatement(_ line: EventLine) throws {
    if line.text("content") == "bank" {
      differences.banks[line.text("statement")] = line.text("gateway")
    }
    if let older = line.data["supersedes"]?.stringValue { dropArrivals(of: older) }
    if let ledger = ledger(of: line.text("gateway")), line.text("content") != "bank" {
      if line.text("content") == "settlement" { return try checkSettlement(line, ledger) }
      return try checkCardStatement(line, ledger)
    }
    guard line.text("gateway") == "alipay", line.text("content") == "trade" else { return }
    if let export = alipay.papers.exports[line.text("sha256")] {
      guard line.data["rows"]?.integerValue == Int64(export.rows.count) else {
        throw Violation(rule: "I13", text: "\(line.text("statement")) lost rows of an export")
      }
      return
    }
    guard let paper = alipay.papers.given[line.text("sha256")] else {
      throw Violation(rule: "I13", text: "\(line.text("statement")) was never given out")
    }
    guard line.data["rows"]?.integerValue == Int64(paper.rows.count) else {
      throw Violation(
        rule: "I13", text: "\(line.text("statement")) of \(paper.rows.count) rows lost some")
    }
  }

  /// The rows must say what the events say, and every sum must come out.
  func auditReconciling() throws {
    for id in touchedDifferences.sorted() {
      guard let one = differences.all[id] else { continue }
      let own = "\(one.state) \(one.resolution) \(one.version)"
      let row = try opened.difference(id)
      guard row == own else {
        throw Violation(rule: "I12", text: "\(id) is \(row) by its row, \(own) by its events")
      }
      try differences.checkPair(id)
    }
    touchedDifferences = []
    for (run, sequence) in finishedRuns { try auditRun(run, sequence) }
    if !finishedRuns.isEmpty {
      try auditArrivals()
      try auditConversions()
      try auditFees()
    }
    finishedRuns = []
  }

  /// I13: each row of both sides is in exactly one bucket; the buckets add up to the file.
  private func auditRun(_ id: String, _ sequence: Int64) throws {
    guard let run = try opened.run(id) else {
      throw Violation(rule: "I12", text: "the run \(id) was told and is not on the disk")
    }
    lastRun[run.statement] = sequence
    if !run.bank.isEmpty { bankSince = min(bankSince, sequence) }
    try auditBankRows(of: run, id)
    if try export(run.statement) != nil { return try auditClosing(id, run) }
    guard let sheet = try sheet(of: run.statement) else { return }
    let (theirs, ours) = (run.theirs, run.ours)
    guard theirs.rows == run.statementRows, ours.rows == run.localRows else {
      throw Violation(
        rule: "I13",
        text: "\(id): \(theirs.rows) of \(run.statementRows) and \(ours.rows) of \(run.localRows) "
          + "rows are in buckets")
    }
    let carried = run.statementRows - Int64(sheet.rows)
    guard carried >= 0 else {
      throw Violation(rule: "I13", text: "\(id) saw fewer rows than the bill has")
    }
    guard carried > 0 || theirs.sum == sheet.gross else {
      throw Violation(
        rule: "I13", text: "\(id) adds up to \(theirs.sum), its bill to \(sheet.gross)")
    }
    if let twice = try opened.matchedTwice() {
      throw Violation(rule: "I14", text: "\(twice) is matched with rows of two bills")
    }
    try auditProof(id, run, sheet)
    let told = differences.all.values.count { $0.run == id }
    guard Int64(told) == run.opened else {
      throw Violation(rule: "I13", text: "\(id) says \(run.opened) differences and told \(told)")
    }
  }
}

extension Auditor {
  /// Each row of the bank's file is in one bucket as well.
  private func auditBankRows(of run: AuditBooks.Run, _ id: String) throws {
    guard let digest = try opened.statementDigest(run.bank),
      let rows = house.places[digest]?.values
    else { return }
    let sum = rows.reduce(0) { $0 + $1.minor }
    guard run.bankRows.rows == Int64(rows.count),
      run.bankRows.sum == sum || house.wrongFiles.contains(digest)
    else {
      throw Violation(
        rule: "I13", text: "\(id) has \(run.bankRows) of the bank in buckets, \(sum) came")
    }
  }
}

/// What a bill holds, added up by itself.
struct BillSheet {
  let gateway: String
  let rows: Int
  /// Of all rows, fees not taken off.
  let gross: Int64
  /// What payments, refunds and disputes moved by currency, fees taken off, each row once.
  let net: [String: Int64]
}

extension Auditor {
  /// Nil where nobody here gave the statement out.
  private func sheet(of statement: String) throws -> BillSheet? {
    if let (gateway, paper) = try cardPaper(of: statement) {
      return BillSheet(
        gateway: gateway, rows: paper.rows.count,
        gross: paper.rows.reduce(0) { $0 + $1.told.minor }, net: try net(paper, statement))
    }
    guard let digest = try opened.statementDigest(statement),
      let paper = alipay.papers.given[digest]
    else { return nil }
    return BillSheet(
      gateway: "alipay", rows: paper.rows.count, gross: paper.rows.reduce(0) { $0 + $1.signed },
      net: ["CNY": paper.net])
  }
}
