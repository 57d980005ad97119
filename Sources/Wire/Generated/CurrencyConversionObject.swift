// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Payments and refunds of one currency that the gateway credited in another, and what it exchanged
/// within a balance of several currencies, added up, and what became of the difference. All but
/// charged are in the currency of credited, signed as they change the balance; fee is positive
/// where it costs.
package struct CurrencyConversionObject: WireObject, Equatable {
  /// Rows of the bill.
  package var rows: Int64
  /// As buyers paid, less what was given back; of an exchange within the balance, what was given.
  package var charged: SignedMoneyObject
  /// As it reached the balance, before the fee.
  package var credited: SignedMoneyObject
  /// What charged was worth at the reference rate of its day; where none was entered, at the
  /// gateway's own. Worth, rate, margin, rounding and unexplained make credited.
  package var worth: SignedMoneyObject
  /// What the gateway kept as its fee and had not told before.
  package var fee: SignedMoneyObject
  /// What the rate had moved against the reference, beyond the margin.
  package var rate: SignedMoneyObject
  /// What the contract lets the gateway keep of an exchange.
  package var margin: SignedMoneyObject
  /// Less than one unit a row, because amounts are whole.
  package var rounding: SignedMoneyObject
  /// What is left; each row with some is a B22 of its own.
  package var unexplained: SignedMoneyObject

  package init(
    rows: Int64, charged: SignedMoneyObject, credited: SignedMoneyObject, worth: SignedMoneyObject,
    fee: SignedMoneyObject, rate: SignedMoneyObject, margin: SignedMoneyObject,
    rounding: SignedMoneyObject, unexplained: SignedMoneyObject
  ) {
    self.rows = rows
    self.charged = charged
    self.credited = credited
    self.worth = worth
    self.fee = fee
    self.rate = rate
    self.margin = margin
    self.rounding = rounding
    self.unexplained = unexplained
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("rows", rows)
    writer.member("charged", charged)
    writer.member("credited", credited)
    writer.member("worth", worth)
    writer.member("fee", fee)
    writer.member("rate", rate)
    writer.member("margin", margin)
    writer.member("rounding", rounding)
    writer.member("unexplained", unexplained)
  }
}
