/// One line of an entry: positive is a debit, negative a credit.
package struct LedgerLine: Hashable, Sendable {
  package let account: LedgerAccount
  package let debit: Money

  package init(_ account: LedgerAccount, debit: Money) {
    self.account = account
    self.debit = debit
  }
}

/// Why an entry was made.
package enum LedgerCause: String, Hashable, Sendable, CaseIterable {
  case captured
  case fee
  /// A coupon of ours took a part of a payment, or a refund gave its part back.
  case coupon
  case reversed
  case refundPromised = "refund_promised"
  case refundDropped = "refund_dropped"
  case refunded
  case refundReturned = "refund_returned"
  /// A gateway keeps back what a buyer disputes, or lets it go.
  case disputed
  case payout
  /// The bank had credited a payout and turned it away afterwards.
  case payoutReturned = "payout_returned"
  /// A gateway credited in another currency than the buyer paid.
  case converted
  case adjudicated
  case corrected
}

/// Money moving between accounts: debits and credits of each currency are equal (I1).
package struct LedgerEntry: Hashable, Sendable {
  package let cause: LedgerCause
  /// Our wall clock, that of the event.
  package let at: Timestamp
  /// What it came from; balances are traced to rows and evidence through it (F82).
  package let event: EventID
  package let order: OrderID?
  /// The number of the entry it takes back or puts right.
  package let corrects: Int?
  package let lines: [LedgerLine]

  /// - Throws: `unbalanced` where a currency's lines do not add up to nothing, `overflow`.
  package init(
    _ cause: LedgerCause, at: Timestamp, event: EventID, order: OrderID?, corrects: Int? = nil,
    lines: [LedgerLine]
  ) throws(LedgerError) {
    self.cause = cause
    self.at = at
    self.event = event
    self.order = order
    self.corrects = corrects
    self.lines = lines.filter { $0.debit.minor != 0 }
    var sums: [Currency: Int64] = [:]
    for line in lines {
      let currency = line.debit.currency
      let (sum, overflow) = sums[currency, default: 0].addingReportingOverflow(line.debit.minor)
      guard !overflow else { throw .overflow }
      sums[currency] = sum
    }
    guard sums.values.allSatisfy({ $0 == 0 }) else { throw .unbalanced }
  }

  /// Two lines: one account gives, the other receives.
  package init(
    _ cause: LedgerCause, at: Timestamp, event: EventID, order: OrderID?, corrects: Int? = nil,
    _ amount: Money, from credit: LedgerAccount, to debit: LedgerAccount
  ) throws(LedgerError) {
    let (minus, overflow) = Int64(0).subtractingReportingOverflow(amount.minor)
    guard !overflow else { throw .overflow }
    try self.init(
      cause, at: at, event: event, order: order, corrects: corrects,
      lines: [
        LedgerLine(debit, debit: amount),
        LedgerLine(credit, debit: Money(minus, amount.currency)),
      ])
  }
}

package enum LedgerError: Error, Hashable, Sendable {
  case unbalanced
  case overflow
  /// An event tells of a payment, refund or order that the log has not named before.
  case unknownSubject
}
