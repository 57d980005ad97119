/// What entries add up to, by hour, account and currency; the entries themselves are not kept.
package struct LedgerSums: Sendable {
  private static let hourMilliseconds: Int64 = 3_600_000

  private var hours: [Int64: LedgerHour] = [:]

  package init() {}

  /// - Parameter hours: as they were kept, each once.
  package init(_ hours: [LedgerHour]) {
    for hour in hours { self.hours[hour.number] = hour }
  }

  /// Adds an entry to the hour of its event. No sum is changed where it throws.
  ///
  /// - Returns: the number of that hour.
  @discardableResult
  package mutating func add(_ record: LedgerRecord) throws(LedgerError) -> Int64 {
    let number = Self.hour(of: record.entry.at)
    if hours[number] == nil { hours[number] = LedgerHour(number: number) }
    try hours[number]?.add(record)
    return number
  }

  package func hour(_ number: Int64) -> LedgerHour? { hours[number] }

  /// By their numbers.
  package var all: [LedgerHour] { hours.values.sorted { $0.number < $1.number } }

  /// Hours since 1970 UTC, rounded down.
  package static func hour(of moment: Timestamp) -> Int64 {
    let (hour, rest) = moment.milliseconds.quotientAndRemainder(dividingBy: hourMilliseconds)
    return rest < 0 ? hour - 1 : hour
  }

  package static func start(ofHour number: Int64) -> Timestamp {
    Timestamp(milliseconds: number * hourMilliseconds)
  }

  /// Whether the hours alone tell the books as they stood before a moment.
  package static func knows(before moment: Timestamp) -> Bool {
    moment.milliseconds % hourMilliseconds == 0
  }

  /// What the accounts held at the beginning of an hour.
  ///
  /// - Parameter end: that hour; nil is now.
  /// - Parameter beside: entries that are counted too.
  package func standing(
    beforeHour end: Int64? = nil, beside records: [LedgerRecord] = []
  ) throws(LedgerError) -> LedgerStanding {
    var whole = LedgerHour(number: 0)
    for (number, hour) in hours where number < end ?? .max { try whole.add(hour) }
    for record in records { try whole.add(record) }
    let balances = whole.sums.map {
      Ledger.Balance(account: $0.key.account, debit: Money($0.value, $0.key.currency))
    }
    return LedgerStanding(
      balances: balances.sorted {
        ($0.account, $0.debit.currency) < ($1.account, $1.debit.currency)
      },
      entries: whole.entries)
  }

  /// Where in the log entries of an account stand: stretches without overlap, ascending. Clocks are
  /// put back, so an hour may come twice.
  ///
  /// - Parameter numbers: the hours asked about.
  package func stretches(
    of side: LedgerHour.Side, in numbers: ClosedRange<Int64>
  ) -> [ClosedRange<Int64>] {
    let found = hours.values.filter { numbers.contains($0.number) && $0.sums[side] != nil }
      .map { $0.firstSequence...$0.lastSequence }.sorted { $0.lowerBound < $1.lowerBound }
    var stretches: [ClosedRange<Int64>] = []
    for range in found {
      if let last = stretches.last, range.lowerBound <= last.upperBound + 1 {
        stretches[stretches.count - 1] =
          last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        stretches.append(range)
      }
    }
    return stretches
  }
}

/// What the entries of one hour add up to.
package struct LedgerHour: Hashable, Sendable {
  /// An account in one currency.
  package struct Side: Hashable, Sendable {
    package let account: LedgerAccount
    package let currency: Currency

    package init(_ account: LedgerAccount, _ currency: Currency) {
      self.account = account
      self.currency = currency
    }
  }

  /// Hours since 1970 UTC.
  package let number: Int64
  package private(set) var entries = 0
  /// Places in the log of its first and last entry.
  package private(set) var firstSequence = Int64.max
  package private(set) var lastSequence: Int64 = 0
  /// Debits less credits, minor units; also 0, where an account was touched.
  package private(set) var sums: [Side: Int64] = [:]

  package init(number: Int64) { self.number = number }

  /// As it was kept.
  package init(
    number: Int64, entries: Int, firstSequence: Int64, lastSequence: Int64, sums: [Side: Int64]
  ) {
    self.number = number
    self.entries = entries
    self.firstSequence = firstSequence
    self.lastSequence = lastSequence
    self.sums = sums
  }

  /// Nothing is changed where it throws.
  mutating func add(_ record: LedgerRecord) throws(LedgerError) {
    var after: [Side: Int64] = [:]
    for line in record.entry.lines {
      let side = Side(line.account, line.debit.currency)
      after[side] = try Self.sum(after[side] ?? sums[side, default: 0], line.debit.minor)
    }
    sums.merge(after) { _, new in new }
    entries += 1
    firstSequence = min(firstSequence, record.sequence)
    lastSequence = max(lastSequence, record.sequence)
  }

  fileprivate mutating func add(_ other: LedgerHour) throws(LedgerError) {
    for (side, minor) in other.sums {
      sums[side] = try Self.sum(sums[side, default: 0], minor)
    }
    entries += other.entries
  }

  private static func sum(_ one: Int64, _ other: Int64) throws(LedgerError) -> Int64 {
    let (sum, overflow) = one.addingReportingOverflow(other)
    guard !overflow else { throw .overflow }
    return sum
  }
}

/// What the accounts hold at one moment.
package struct LedgerStanding: Hashable, Sendable {
  /// All accounts that were touched by then, by name, then currency.
  package let balances: [Ledger.Balance]
  package let entries: Int

  package init(balances: [Ledger.Balance], entries: Int) {
    self.balances = balances
    self.entries = entries
  }

  /// I1: what all accounts hold adds up to nothing in every currency.
  package var isBalanced: Bool {
    var totals: [Currency: Int64] = [:]
    for balance in balances {
      let currency = balance.debit.currency
      let (total, overflow) = totals[currency, default: 0]
        .addingReportingOverflow(balance.debit.minor)
      guard !overflow else { return false }
      totals[currency] = total
    }
    return totals.values.allSatisfy { $0 == 0 }
  }
}
