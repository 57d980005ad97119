/// What entries add up to, by account, currency and hour; the entries themselves are not kept.
package struct LedgerSums: Sendable {
  private struct Key: Hashable {
    let account: LedgerAccount
    let currency: Currency
    let hour: Int64
  }

  private struct Account: Hashable {
    let account: LedgerAccount
    let currency: Currency
  }

  private static let hourMilliseconds: Int64 = 3_600_000

  private var sums: [Key: Int64] = [:]
  /// Entries by hour.
  private var counts: [Int64: Int] = [:]

  package init() {}

  /// Adds an entry to the hour of its event. Nothing is changed where it throws.
  package mutating func add(_ entry: LedgerEntry) throws(LedgerError) {
    let hour = Self.hour(of: entry.at)
    var after: [Key: Int64] = [:]
    for line in entry.lines {
      let key = Key(account: line.account, currency: line.debit.currency, hour: hour)
      let before = after[key] ?? sums[key, default: 0]
      let (sum, overflow) = before.addingReportingOverflow(line.debit.minor)
      guard !overflow else { throw .overflow }
      after[key] = sum
    }
    sums.merge(after) { _, new in new }
    counts[hour, default: 0] += 1
  }

  /// Whether the books can be told as they stood before a moment.
  package static func knows(before moment: Timestamp?) -> Bool {
    moment.map { $0.milliseconds % hourMilliseconds == 0 } ?? true
  }

  /// - Parameter moment: nil is now, else one that `knows` is true of.
  package func standing(before moment: Timestamp?) throws(LedgerError) -> LedgerStanding {
    let end = moment.map { Self.hour(of: $0) } ?? .max
    var totals: [Account: Int64] = [:]
    for (key, minor) in sums where key.hour < end {
      let account = Account(account: key.account, currency: key.currency)
      let (sum, overflow) = totals[account, default: 0].addingReportingOverflow(minor)
      guard !overflow else { throw .overflow }
      totals[account] = sum
    }
    let balances = totals.map {
      Ledger.Balance(account: $0.key.account, debit: Money($0.value, $0.key.currency))
    }
    return LedgerStanding(
      balances: balances.sorted {
        ($0.account, $0.debit.currency) < ($1.account, $1.debit.currency)
      },
      entries: counts.reduce(0) { $1.key < end ? $0 + $1.value : $0 })
  }

  private static func hour(of moment: Timestamp) -> Int64 {
    let (hour, rest) = moment.milliseconds.quotientAndRemainder(dividingBy: hourMilliseconds)
    return rest < 0 ? hour - 1 : hour
  }
}

/// What the accounts hold at one moment.
package struct LedgerStanding: Hashable, Sendable {
  /// All accounts that were touched by then, by name, then currency.
  package let balances: [Ledger.Balance]
  package let entries: Int

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

extension Ledger {
  /// The books as they stand.
  package var standing: LedgerStanding {
    LedgerStanding(balances: balances, entries: entries.count)
  }
}
