package import Domain

/// Which table a row is of.
package enum Side: UInt8, Sendable, CaseIterable {
  case statement
  case local
  case bank
}

/// One difference. A pair that differs in three ways has three.
package struct Discrepancy: Sendable, Hashable {
  package let kind: DiscrepancyKind
  /// The rows it is about, by their place in the table; nil where that side has none.
  package let statementRow: Int?
  package let localRow: Int?
  package let bankRow: Int?
  /// Of the bill of the balance, where one was compared beside the trades.
  package let fundRow: Int?
  /// What our side says, minor units of `expectedCurrency`.
  package let expected: Int64
  /// What the other does, minor units of `currency`.
  package let actual: Int64
  package let currency: Currency
  /// Another one than `currency` only where the two sides speak of two.
  package let expectedCurrency: Currency
  /// Rows that would explain it; empty where none do. Several lists are several explanations. They
  /// are rows of the bill; of the bank's statement where a payout has not been found there, or not
  /// all of it.
  package let suggestions: [[Int]]
  /// A duplicate row that says nothing new.
  let isCopy: Bool

  package init(
    _ kind: DiscrepancyKind, statement: Int? = nil, local: Int? = nil, bank: Int? = nil,
    fund: Int? = nil, expected: Int64, actual: Int64, currency: Currency,
    expectedCurrency: Currency? = nil, suggestions: [[Int]] = [], isCopy: Bool = true
  ) {
    self.kind = kind
    self.isCopy = isCopy
    statementRow = statement
    localRow = local
    bankRow = bank
    fundRow = fund
    self.expected = expected
    self.actual = actual
    self.currency = currency
    self.expectedCurrency = expectedCurrency ?? currency
    self.suggestions = suggestions
  }

  /// Positive: there is more than we expected. Saturates. Nil where the two sides are of two
  /// currencies.
  package var difference: Int64? {
    guard expectedCurrency == currency else { return nil }
    let (difference, overflow) = actual.subtractingReportingOverflow(expected)
    return overflow ? (actual > expected ? .max : .min) : difference
  }

  /// The same with other numbers of its rows.
  func renumbered(
    statement: (Int) -> Int, local: (Int) -> Int
  ) -> Discrepancy {
    Discrepancy(
      kind, statement: statementRow.map(statement), local: localRow.map(local), bank: bankRow,
      fund: fundRow, expected: expected, actual: actual, currency: currency,
      expectedCurrency: expectedCurrency,
      // Those of a payout that has not arrived are rows of the bank.
      suggestions: kind == .payoutNotArrived
        ? suggestions : suggestions.map { $0.map(statement) },
      isCopy: isCopy)
  }

  /// The same about a bill of the balance, which was compared as a statement of its own.
  var movedToFund: Discrepancy {
    Discrepancy(
      kind, bank: bankRow, fund: statementRow, expected: expected, actual: actual,
      currency: currency, expectedCurrency: expectedCurrency, suggestions: suggestions,
      isCopy: isCopy)
  }

  /// How many people it takes.
  package var level: HandlingLevel {
    if kind == .duplicateRow, isCopy { return .machine }
    return kind.level ?? difference.map { HandlingLevel(amount: $0) } ?? .twoPersons
  }
}

/// Where a row ended. Every row of every table is in exactly one.
package enum Bucket: UInt8, Sendable, CaseIterable {
  case unassigned
  /// Paired, and all compared fields agree.
  case matched
  /// Paired, and they agree within the tolerance of the rules.
  case tolerated
  /// Paired, with a difference.
  case differing
  /// One of several rows that add up to one of the other side.
  case grouped
  /// Waits for the next bill.
  case pooled
  /// The same row again.
  case duplicate
  /// Alone, and a discrepancy says so.
  case oneSided
  /// A pair is proposed; only a person confirms it.
  case suggested
  /// Compared with nothing here: fees, adjustments, transfers, and rows of ours that expect none.
  case apart
}

/// What came of a run.
package struct MatchResult: Sendable {
  /// By row of each table.
  package internal(set) var statementBuckets: [Bucket]
  package internal(set) var localBuckets: [Bucket]
  package internal(set) var bankBuckets: [Bucket]
  /// The local row that each statement row was paired with; -1 where none.
  package internal(set) var partners: [Int32]
  /// The bank rows that payouts were found in, by the payout's row.
  package internal(set) var arrivals: [Int: [Int]] = [:]
  /// The rows that gave payouts back, by the payout's row.
  package internal(set) var returns: [Int: Int] = [:]
  /// Payouts that are awaited no more.
  package var endedPayouts: [Int] { Array(arrivals.keys) + Array(returns.keys) }
  /// What payouts were found to be made of, by the payout's row.
  package internal(set) var payoutSums: [Int: PayoutSum] = [:]
  /// Payouts that are looked for at the bank again, and rows that may be some of ours, beside those
  /// in the pool.
  package internal(set) var awaited: [Int] = []
  /// Those of ours that a row may be, by its place.
  package internal(set) var guesses: [Int: [Int]] = [:]
  /// In the order of rows, then of kinds.
  package internal(set) var discrepancies: [Discrepancy] = []

  /// Nothing yet.
  init(statement: Int, local: Int, bank: Int) {
    statementBuckets = [Bucket](repeating: .unassigned, count: statement)
    localBuckets = [Bucket](repeating: .unassigned, count: local)
    bankBuckets = [Bucket](repeating: .unassigned, count: bank)
    partners = [Int32](repeating: -1, count: statement)
  }

  init(of input: MatchInput) {
    self.init(
      statement: input.statement.count, local: input.local.count, bank: input.bank.count)
  }

  /// Adds what only the caller's books can tell of one of its rows.
  package mutating func add(
    _ kind: DiscrepancyKind, local: Int, expected: Int64, actual: Int64, currency: Currency
  ) {
    discrepancies.append(
      Discrepancy(kind, local: local, expected: expected, actual: actual, currency: currency))
    discrepancies.sort(by: Matcher.isBefore)
  }
}

/// Count and sums of one bucket.
package struct BucketTotal: Sendable {
  package internal(set) var rows = 0
  /// By currency, in the order of their codes; minor units. Nil where a sum does not fit.
  package internal(set) var sums: [(currency: Currency, minor: Int64?)] = []

  @inline(__always)
  mutating func add(_ entry: Entry) {
    rows += 1
    add(entry.gross, entry.currency)
  }

  mutating func add(_ other: BucketTotal) {
    rows += other.rows
    for (currency, minor) in other.sums { add(minor, currency) }
  }

  @inline(__always)
  private mutating func add(_ minor: Int64?, _ currency: Currency) {
    guard let place = sums.firstIndex(where: { $0.currency == currency }) else {
      sums.append((currency, minor))
      sums.sort { $0.currency < $1.currency }
      return
    }
    guard let sum = sums[place].minor, let minor else {
      sums[place].minor = nil
      return
    }
    let (next, overflow) = sum.addingReportingOverflow(minor)
    sums[place].minor = overflow ? nil : next
  }
}

/// One for each bucket, in the order of `Bucket.allCases`.
package typealias BucketTotals = [BucketTotal]

extension BucketTotals {
  /// Nothing yet.
  static var none: Self { Self(repeating: BucketTotal(), count: Bucket.allCases.count) }

  package subscript(_ bucket: Bucket) -> BucketTotal { self[Int(bucket.rawValue)] }

  @inline(__always)
  mutating func add(_ entry: Entry, to bucket: Bucket) { self[Int(bucket.rawValue)].add(entry) }

  mutating func add(_ other: Self) {
    for place in indices { self[place].add(other[place]) }
  }
}

extension MatchResult {
  /// Counts and sums by bucket, of the rows that are given one: the first of the table.
  package static func totals(_ table: EntryTable, _ buckets: [Bucket]) -> BucketTotals {
    var totals = BucketTotals.none
    for (entry, bucket) in zip(table.entries, buckets) { totals.add(entry, to: bucket) }
    return totals
  }
}
