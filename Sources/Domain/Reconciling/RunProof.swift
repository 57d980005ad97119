/// One currency of the proof that a run lost nothing (I15): what the bill says and what our books
/// say, less what waits, is what the run has named as different. Minor units, as the balance at the
/// gateway sees them.
package struct RunProof: Hashable, Sendable {
  package let currency: Currency
  /// Net of the bill's rows that were compared, with those that waited from earlier bills.
  package var bill: Int64 = 0
  /// What the ledger holds at the gateway for the payments and refunds that were compared, after
  /// the run.
  package var books: Int64 = 0
  /// Of either, what waits for the next bill.
  package var billWaiting: Int64 = 0
  package var booksWaiting: Int64 = 0
  /// What the run's discrepancies about money explain.
  package var differences: Int64 = 0
  /// A sum did not fit; the figures are then of no use.
  package private(set) var hasOverflown = false

  package init(_ currency: Currency) { self.currency = currency }

  /// As it was stored.
  package init(
    _ currency: Currency, bill: Int64, books: Int64, billWaiting: Int64, booksWaiting: Int64,
    differences: Int64, hasOverflown: Bool
  ) {
    self.currency = currency
    self.bill = bill
    self.books = books
    self.billWaiting = billWaiting
    self.booksWaiting = booksWaiting
    self.differences = differences
    self.hasOverflown = hasOverflown
  }

  /// What nothing explains; 0 where the run closes. Saturates.
  package var remainder: Int64 {
    var sum = RunProof(currency)
    sum.add(bill, to: \.bill)
    for part in [billWaiting, differences, books] { sum.subtract(part, from: \.bill) }
    sum.add(booksWaiting, to: \.bill)
    return sum.hasOverflown || hasOverflown ? .max : sum.bill
  }

  package mutating func add(_ minor: Int64, to figure: WritableKeyPath<RunProof, Int64>) {
    let (sum, overflow) = self[keyPath: figure].addingReportingOverflow(minor)
    if overflow { hasOverflown = true } else { self[keyPath: figure] = sum }
  }

  package mutating func subtract(_ minor: Int64, from figure: WritableKeyPath<RunProof, Int64>) {
    let (sum, overflow) = self[keyPath: figure].subtractingReportingOverflow(minor)
    if overflow { hasOverflown = true } else { self[keyPath: figure] = sum }
  }
}

/// What a run makes known to the books beside the payments and refunds that it fills back.
package struct RunBookings: Hashable, Sendable {
  /// By currency: fees that the bill names, as the contract or the gateway had it, and that nobody
  /// had told before.
  package var fees: [Money]
  /// By currency: what our own coupons took of what the bill's rows say was paid. Of refunds it is
  /// negative.
  package var coupons: [Money]
  /// Payouts that were found at the bank.
  package var arrivals: [PayoutArrival]
  /// Payouts that came back.
  package var returns: [PayoutReturn]
  /// By pair of currencies: what of the bill was credited in another currency than charged.
  package var conversions: [CurrencyConversion]
  /// What rows of earlier statements cost that this run found: they stay booked, whatever is
  /// compared again, until their own statement is.
  package var carried: [CarriedCosts]
  /// What payouts were found to be made of; this changes no books.
  package var payouts: [PayoutProof]
  /// Payouts that the bank has not brought yet; nor does this change any books.
  package var awaited: [PayoutAwaited]

  package init(
    fees: [Money] = [], coupons: [Money] = [], arrivals: [PayoutArrival] = [],
    returns: [PayoutReturn] = [], conversions: [CurrencyConversion] = [],
    carried: [CarriedCosts] = [], payouts: [PayoutProof] = [], awaited: [PayoutAwaited] = []
  ) {
    self.fees = fees
    self.coupons = coupons
    self.arrivals = arrivals
    self.returns = returns
    self.conversions = conversions
    self.carried = carried
    self.payouts = payouts
    self.awaited = awaited
  }
}

/// A payout that the bank should bring.
package struct PayoutAwaited: Hashable, Sendable {
  /// The row that tells of it.
  package let place: StatementPlace
  /// The gateway's time, and the last at which it is in time.
  package let sentAt: Timestamp
  package let dueAt: Timestamp

  package init(place: StatementPlace, sentAt: Timestamp, dueAt: Timestamp) {
    self.place = place
    self.sentAt = sentAt
    self.dueAt = dueAt
  }
}

/// A payout that has reached a bank account.
package struct PayoutArrival: Hashable, Sendable {
  /// The bill whose row tells of it, and its line.
  package let statement: StatementID
  package let line: Int64
  /// The name that the bank's statements were given.
  package let account: String
  /// As the bank credited it.
  package let amount: Money
  /// The bank's rows: several where it came in parts, or shared where several came in one. Empty in
  /// what was told before rows were named.
  package let credits: [StatementPlace]

  package init(
    statement: StatementID, line: Int64, account: String, amount: Money,
    credits: [StatementPlace] = []
  ) {
    self.statement = statement
    self.line = line
    self.account = account
    self.amount = amount
    self.credits = credits
  }
}

/// A payout that the bank turned away: its money is with the gateway again.
package struct PayoutReturn: Hashable, Sendable {
  /// The row that tells of the payout, and the one that gives it back.
  package let payout: StatementPlace
  package let row: StatementPlace

  package init(payout: StatementPlace, row: StatementPlace) {
    self.payout = payout
    self.row = row
  }
}

/// A payout and the rows that add up to it, to the last minor unit.
package struct PayoutProof: Hashable, Sendable {
  package enum Basis: String, Hashable, Sendable, CaseIterable {
    /// The gateway names the payout in each of its rows.
    case batch
    /// A stretch of whole days, or of all since the payout before, adds up to it.
    case days
  }

  /// The bill whose row tells of it, and its line.
  package let statement: StatementID
  package let line: Int64
  package let amount: Money
  package let basis: Basis
  package let rows: Int64
  /// The gateway's times of the first and the last of the rows.
  package let from: Timestamp
  package let to: Timestamp
  /// How many stretches would do. Only one is a proof; more are a suggestion.
  package let alternatives: Int64

  package init(
    statement: StatementID, line: Int64, amount: Money, basis: Basis, rows: Int64,
    from: Timestamp, to: Timestamp, alternatives: Int64
  ) {
    self.statement = statement
    self.line = line
    self.amount = amount
    self.basis = basis
    self.rows = rows
    self.from = from
    self.to = to
    self.alternatives = alternatives
  }

  package var isProven: Bool { alternatives == 1 }
}
