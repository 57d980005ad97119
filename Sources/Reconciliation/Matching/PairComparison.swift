import Domain

/// Compares the two rows of a pair. All differences are named; none hides another.
struct PairComparison {
  let input: MatchInput
  let rules: MatchRules
  /// The number of our merchant's word in the statement; 0 where it has none.
  private let ownMerchant: UInt32
  private let namesMerchant: Bool
  private let hasSettlements: Bool

  init(input: MatchInput, rules: MatchRules) {
    self.input = input
    self.rules = rules
    ownMerchant = input.statement.knownNumber(of: rules.merchant)
    namesMerchant = !rules.merchant.isEmpty
    hasSettlements = !input.statement.settlements.isEmpty
  }

  /// Whether nothing differs, as it is with almost every pair. False says that `compare` has to
  /// look.
  func agrees(_ row: Int, _ localRow: Int) -> Bool {
    let theirs = input.statement.entries[row]
    let ours = input.local.entries[localRow]
    return agreesInNumbers(theirs, ours) && !numbersDiffer(theirs, ours)
  }

  /// Whether nothing differs but, perhaps, the texts of two rows.
  @inline(__always)
  func agreesInNumbers(_ theirs: Entry, _ ours: Entry) -> Bool {
    theirs.gross == ours.gross && theirs.fee == ours.fee && theirs.currency == ours.currency
      && theirs.status == .succeeded && ours.status == .succeeded && !hasSettlements
      && !isOfAnother(theirs)
  }

  /// Adds what differs to `found` and gives the bucket of both rows.
  func compare(_ row: Int, _ localRow: Int, into found: inout [Discrepancy]) -> Bucket {
    let theirs = input.statement.entries[row]
    let ours = input.local.entries[localRow]
    let before = found.count
    func add(_ kind: DiscrepancyKind, _ expected: Int64, _ actual: Int64) {
      // Nothing is nothing in every currency.
      let currency = actual == 0 ? ours.currency : theirs.currency
      found.append(
        Discrepancy(
          kind, statement: row, local: localRow, expected: expected, actual: actual,
          currency: currency, expectedCurrency: expected == 0 ? currency : ours.currency))
    }
    if let kind = statusDifference(theirs, ours) {
      let (expected, actual) = Self.moved(theirs, ours)
      add(kind, expected, actual)
    }
    if theirs.currency != ours.currency {
      add(.currency, ours.gross, theirs.gross)
    } else if theirs.gross != ours.gross, theirs.kind != .charge || theirs.status == .succeeded {
      add(amountDifference(theirs, ours), ours.gross, theirs.gross)
    }
    var bucket = Bucket.matched
    if let kind = feeDifference(theirs, ours, &bucket) { add(kind, ours.fee, theirs.fee) }
    if numbersDiffer(theirs, ours) { add(.gatewayNumber, ours.gross, theirs.gross) }
    if isOfAnother(theirs) { add(.wrongMerchant, ours.gross, theirs.gross) }
    if let (expected, actual) = exchangeDifference(row, localRow) {
      found.append(
        Discrepancy(
          .exchangeUnexplained, statement: row, local: localRow, expected: expected.minor,
          actual: actual.minor, currency: actual.currency,
          expectedCurrency: expected.currency))
    }
    return found.count > before ? .differing : bucket
  }

  /// What both sides say has moved of what was asked for; what more or less it was is a difference
  /// of its own. Nothing has, where a charge did not succeed. Refunds keep their amount, because
  /// what is asked about them is when they end.
  private static func moved(_ theirs: Entry, _ ours: Entry) -> (expected: Int64, actual: Int64) {
    let asked = theirs.currency == ours.currency ? ours.gross : theirs.gross
    guard theirs.kind == .charge else { return (ours.gross, asked) }
    return (
      ours.status == .succeeded ? ours.gross : 0, theirs.status == .succeeded ? asked : 0
    )
  }

  private func statusDifference(_ theirs: Entry, _ ours: Entry) -> DiscrepancyKind? {
    if theirs.kind == .refund {
      guard theirs.status != ours.status else {
        let isOld =
          rules.asOf.milliseconds(since: theirs.at) > rules.refundLimitMilliseconds
        return theirs.status == .pending && isOld ? .refundStatus : nil
      }
      // A bill is cut while a refund is on its way; what we learnt later is no difference.
      let isYoung = rules.asOf.milliseconds(since: theirs.at) <= rules.refundLimitMilliseconds
      return theirs.status == .pending && isYoung ? nil : .refundStatus
    }
    if theirs.kind == .refundReturn {
      return theirs.status == .succeeded && ours.status != .succeeded ? .refundStatus : nil
    }
    guard theirs.kind == .charge else { return nil }
    switch (theirs.status, ours.status) {
    case (.succeeded, .pending), (.succeeded, .failed): return .gatewaySuccessOnly
    case (.failed, .succeeded), (.pending, .succeeded): return .localSuccessOnly
    default: return nil
    }
  }

  private func amountDifference(_ theirs: Entry, _ ours: Entry) -> DiscrepancyKind {
    if theirs.kind == .refund || theirs.kind == .refundReturn { return .refundAmount }
    // A dispute of another amount is not the one that we know of.
    if theirs.kind == .dispute { return .unknownDispute }
    return theirs.gross > ours.gross ? .amountMore : .amountLess
  }

  private func feeDifference(
    _ theirs: Entry, _ ours: Entry, _ bucket: inout Bucket
  ) -> DiscrepancyKind? {
    guard theirs.flags.contains(.hasFee), ours.flags.contains(.hasFee), theirs.fee != ours.fee,
      theirs.currency == ours.currency
    else { return nil }
    let (difference, overflow) = theirs.fee.subtractingReportingOverflow(ours.fee)
    if !overflow, difference.magnitude <= rules.feeTolerance.magnitude {
      bucket = .tolerated
      return nil
    }
    if theirs.fee < ours.fee { return .feeLess }
    return theirs.kind == .refund ? .feeOnRefund : .feeMore
  }

  private func numbersDiffer(_ theirs: Entry, _ ours: Entry) -> Bool {
    func differ(_ one: TextSpan, _ other: TextSpan) -> Bool {
      !one.isEmpty && !other.isEmpty
        && !EntryTable.same(input.statement, one, input.local, other)
    }
    return differ(theirs.transaction, ours.transaction) || differ(theirs.reference, ours.reference)
  }

  func isOfAnother(_ theirs: Entry) -> Bool {
    theirs.merchant > 0 && namesMerchant && theirs.merchant != ownMerchant
  }

  func isOfAnother(_ row: Int) -> Bool { isOfAnother(input.statement.entries[row]) }

  /// What should have reached the balance and what did, where nothing explains the difference.
  private func exchangeDifference(_ row: Int, _ localRow: Int) -> (Money, Money)? {
    guard hasSettlements,
      let theirs = input.statement.settlement(ofRow: row)
    else { return nil }
    let ours = input.local.settlement(ofRow: localRow)
    if let ours, ours.amount.currency != theirs.amount.currency {
      return (ours.amount, theirs.amount)
    }
    let entry = input.statement.entries[row]
    let split = rules.exchange.split(
      of: Money(entry.gross, entry.currency), at: entry.at, settledAs: theirs,
      expected: ours?.amount.minor)
    guard let split else { return (ours?.amount ?? theirs.amount, theirs.amount) }
    guard split.unexplained != 0 else { return nil }
    let (explained, overflow) = theirs.amount.minor.subtractingReportingOverflow(split.unexplained)
    return (Money(overflow ? .max : explained, theirs.amount.currency), theirs.amount)
  }
}
