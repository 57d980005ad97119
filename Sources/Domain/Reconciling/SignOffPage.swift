/// What people sign: a run with its sums, every difference that it found, and how each ended.
package struct SignOffPage: Sendable {
  package let run: RunRecord
  /// In the order of their identifiers.
  package let findings: [DiscrepancyRecord]
  /// Why what is open may stay so.
  package let leftOpen: [LeftOpen]

  /// As it is now.
  ///
  /// - Parameter inCases: differences that a case is about which is not resolved.
  package init(
    run: RunRecord, findings: [DiscrepancyRecord], inCases: Set<DiscrepancyID> = []
  ) {
    let leftOpen = findings.compactMap { record -> LeftOpen? in
      switch record.state {
      case .waiting: LeftOpen(discrepancy: record.id, reason: .waiting)
      case .open where inCases.contains(record.id):
        LeftOpen(discrepancy: record.id, reason: .inCase)
      case .open, .proposed, .resolved: nil
      }
    }
    self.init(run: run, findings: findings, leftOpen: leftOpen.sorted())
  }

  /// - Parameter leftOpen: as it was signed.
  package init(run: RunRecord, findings: [DiscrepancyRecord], leftOpen: [LeftOpen]) {
    self.run = run
    self.findings = findings.sorted { $0.id < $1.id }
    self.leftOpen = leftOpen
  }

  /// Differences that nobody has decided, and that nothing lets stay open.
  package var undecided: [DiscrepancyID] {
    let excused = Set(leftOpen.map(\.discrepancy))
    return findings.filter { $0.state != .resolved && !excused.contains($0.id) }.map(\.id)
  }

  /// The canonical form, whose SHA-256 is signed: lines of words with one space between them, each
  /// ended by a line feed, in UTF-8. `Protocol/README.md` states it for other programs.
  ///
  /// - Parameter digest: SHA-256 in lower-case hexadecimal.
  package func text(digest: ([UInt8]) -> String) -> String {
    var lines = [
      "till sign-off 1",
      "run \(run.id) \(run.statement) \(run.digest)",
      "rows \(run.statementRows) \(run.localRows) \(run.filledBack)",
    ]
    lines += run.statementBuckets.map { Self.line("statement", $0) }
    lines += run.localBuckets.map { Self.line("local", $0) }
    let excuses = Dictionary(
      leftOpen.map { ($0.discrepancy, $0.reason) }, uniquingKeysWith: { first, _ in first })
    for record in findings {
      let facts = record.facts
      // Pages signed before two currencies were told apart keep their form.
      let other = facts.difference == nil ? "\(facts.expectedCurrency.code) " : ""
      let head =
        "discrepancy \(record.id) \(facts.kind.word) \(facts.currency.code) "
        + "\(other)\(facts.expected) \(facts.actual)"
      let end = excuses[record.id].map { "left_open \($0.rawValue)" } ?? ending(record, digest)
      lines.append("\(head) \(end)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ side: String, _ bucket: BucketRecord) -> String {
    "bucket \(side) \(bucket.bucket) \(bucket.rows) \(bucket.sum.currency.code) "
      + "\(bucket.sum.minor)"
  }

  /// What a person wrote enters by its digest, so that no word of it can look like a line.
  private func ending(_ record: DiscrepancyRecord, _ digest: ([UInt8]) -> String) -> String {
    guard record.state == .resolved, let how = record.resolution else {
      return record.state.rawValue
    }
    let end = "\(how.rawValue) \(record.resolvedBy ?? "-")"
    guard how == .adjudicated, let wish = record.adjudication else { return end }
    return "\(end) \(wish.verb.rawValue) \(wish.by) \(wish.partner?.text ?? "-") "
      + digest(Array(wish.reason.utf8))
  }
}
