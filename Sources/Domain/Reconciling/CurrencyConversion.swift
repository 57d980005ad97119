/// Payments and refunds of one currency that the gateway credited in another, and what it
/// exchanged within the balance, added up, and what became of the difference. All but `charged` in
/// minor units of `credited`'s currency, signed as they change the balance: worth + rate + margin +
/// rounding + unexplained is what was credited.
package struct CurrencyConversion: Hashable, Sendable {
  package private(set) var rows: Int64
  /// As buyers paid, less what was given back; of an exchange within the balance, what was given.
  package private(set) var charged: Money
  /// As it reached the balance, before the fee.
  package private(set) var credited: Money
  /// What the gateway kept of it and had not told before; positive costs us.
  package private(set) var fee: Int64
  package private(set) var rate: Int64
  package private(set) var margin: Int64
  package private(set) var rounding: Int64
  package private(set) var unexplained: Int64

  package init(
    rows: Int64, charged: Money, credited: Money, fee: Int64, rate: Int64, margin: Int64,
    rounding: Int64, unexplained: Int64
  ) {
    self.rows = rows
    self.charged = charged
    self.credited = credited
    self.fee = fee
    self.rate = rate
    self.margin = margin
    self.rounding = rounding
    self.unexplained = unexplained
  }

  /// What was charged, at the rates that were expected. Saturates.
  package var worth: Int64 {
    [rate, margin, rounding, unexplained].reduce(credited.minor) { rest, part in
      let (next, overflow) = rest.subtractingReportingOverflow(part)
      return overflow ? (part > 0 ? .min : .max) : next
    }
  }

  package func isSamePair(as other: CurrencyConversion) -> Bool {
    charged.currency == other.charged.currency && credited.currency == other.credited.currency
  }

  /// - Precondition: both are of the same pair of currencies.
  /// - Returns: nil where a sum does not fit.
  package func adding(_ other: CurrencyConversion) -> CurrencyConversion? {
    precondition(isSamePair(as: other), "amounts of two currencies are never added")
    var sum = self
    sum.rows += other.rows
    guard let charged = Self.sum(charged.minor, other.charged.minor),
      let credited = Self.sum(credited.minor, other.credited.minor),
      let fee = Self.sum(fee, other.fee), let rate = Self.sum(rate, other.rate),
      let margin = Self.sum(margin, other.margin),
      let rounding = Self.sum(rounding, other.rounding),
      let unexplained = Self.sum(unexplained, other.unexplained)
    else { return nil }
    sum.charged = Money(charged, self.charged.currency)
    sum.credited = Money(credited, self.credited.currency)
    (sum.fee, sum.rate, sum.margin) = (fee, rate, margin)
    (sum.rounding, sum.unexplained) = (rounding, unexplained)
    return sum
  }

  /// The lines that move it between the currencies of the balance: each currency for itself (I1).
  func lines(gateway: String) throws(LedgerError) -> [LedgerLine] {
    let receivable = LedgerAccount.receivable(gateway: gateway)
    guard let given = Self.sum(0, 0 - max(charged.minor, -Int64.max)),
      let net = Self.sum(credited.minor, 0 - max(fee, -Int64.max)), credited.minor != .min
    else { throw .overflow }
    return [
      LedgerLine(receivable, debit: Money(given, charged.currency)),
      LedgerLine(.exchange, debit: charged),
      LedgerLine(receivable, debit: Money(net, credited.currency)),
      LedgerLine(.feeExpense(gateway: gateway), debit: Money(fee, credited.currency)),
      LedgerLine(.exchange, debit: Money(-credited.minor, credited.currency)),
    ]
  }

  private static func sum(_ one: Int64, _ other: Int64) -> Int64? {
    let (sum, overflow) = one.addingReportingOverflow(other)
    return overflow || sum == .min ? nil : sum
  }
}
