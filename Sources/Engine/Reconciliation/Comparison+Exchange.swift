import Domain
import Reconciliation
import Store

/// Rows that the gateway credited in another currency than the buyer paid.
extension Comparison {
  /// By pair of currencies, in the order of their codes. Rows without one of ours move nothing in
  /// our books, so they are left out; so is a row that no sum holds.
  func conversions(_ result: MatchResult, _ rules: MatchRules) -> [CurrencyConversion] {
    var sums: [CurrencyConversion] = []
    var begun: Set<Int32> = []
    for (row, settlement) in theirs.table.settlements where result.partners[row] >= 0 {
      let entry = theirs.table.entries[row]
      let partner = result.partners[row]
      let fee = Money(settlement.fee, settlement.amount.currency)
      let isFirst = begun.insert(partner).inserted
      let untold = isFirst ? books.rows[Int(partner)].untold(of: fee) : fee
      guard entry.status == .succeeded, fee.minor.magnitude <= Limits.amountMinor,
        let one = Self.conversion(
          entry, settlement, fee: untold.minor, margin: rules.exchangeMargin)
      else { continue }
      guard let place = sums.firstIndex(where: { $0.isSamePair(as: one) }) else {
        sums.append(one)
        continue
      }
      if let sum = sums[place].adding(one) { sums[place] = sum }
    }
    return sums.sorted {
      ($0.charged.currency, $0.credited.currency) < ($1.charged.currency, $1.credited.currency)
    }
  }

  private static func conversion(
    _ entry: Entry, _ settlement: Settlement, fee: Int64, margin: Ratio
  ) -> CurrencyConversion? {
    guard let split = ExchangeSplit(of: entry.gross, settledAs: settlement, margin: margin) else {
      return nil
    }
    return CurrencyConversion(
      rows: 1, charged: Money(entry.gross, entry.currency), credited: settlement.amount,
      fee: fee, rate: split.rate, margin: split.margin, rounding: split.rounding,
      unexplained: split.unexplained)
  }
}
