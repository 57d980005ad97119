/// What a row of an earlier statement costs, once a run over another one has found what of ours it
/// is. Those of its own rows a run tells as sums.
package struct CarriedCosts: Hashable, Sendable {
  package let row: StatementPlace
  package let fee: Money?
  package let coupon: Money?
  package let conversion: CurrencyConversion?

  package init(
    row: StatementPlace, fee: Money? = nil, coupon: Money? = nil,
    conversion: CurrencyConversion? = nil
  ) {
    self.row = row
    self.fee = fee
    self.coupon = coupon
    self.conversion = conversion
  }
}
