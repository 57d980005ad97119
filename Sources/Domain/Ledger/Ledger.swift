/// The books: entries in the order of the log, and what they add up to.
package struct Ledger: Sendable {
  package struct Balance: Hashable, Sendable {
    package let account: LedgerAccount
    /// Debits less credits.
    package let debit: Money
  }

  private struct Key: Hashable {
    let account: LedgerAccount
    let currency: Currency
  }

  package private(set) var entries: [LedgerEntry] = []
  private var sums: [Key: Int64] = [:]

  package init() {}

  /// Adds an entry and gives its number, from 0. Nothing is changed where it throws.
  @discardableResult
  package mutating func post(_ entry: LedgerEntry) throws(LedgerError) -> Int {
    var after: [Key: Int64] = [:]
    for line in entry.lines {
      let key = Key(account: line.account, currency: line.debit.currency)
      let before = after[key] ?? sums[key, default: 0]
      let (sum, overflow) = before.addingReportingOverflow(line.debit.minor)
      guard !overflow else { throw .overflow }
      after[key] = sum
    }
    sums.merge(after) { _, new in new }
    entries.append(entry)
    return entries.count - 1
  }

  /// Debits less credits.
  package func balance(_ account: LedgerAccount, _ currency: Currency) -> Money {
    Money(sums[Key(account: account, currency: currency), default: 0], currency)
  }

  /// All accounts that were ever touched, by name, then currency.
  package var balances: [Balance] {
    sums.map { Balance(account: $0.key.account, debit: Money($0.value, $0.key.currency)) }
      .sorted { ($0.account, $0.debit.currency) < ($1.account, $1.debit.currency) }
  }

  /// I1: what all accounts hold adds up to nothing in every currency.
  package var isBalanced: Bool {
    var totals: [Currency: Int64] = [:]
    for (key, sum) in sums {
      let (total, overflow) = totals[key.currency, default: 0].addingReportingOverflow(sum)
      guard !overflow else { return false }
      totals[key.currency] = total
    }
    return totals.values.allSatisfy { $0 == 0 }
  }
}
