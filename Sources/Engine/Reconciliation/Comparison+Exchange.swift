import Domain
import Reconciliation
import Store

/// Rows that the gateway credited in another currency than the buyer paid, and what was exchanged
/// within a balance of several currencies.
extension Comparison {
  typealias CreditedRow = (row: Int, conversion: CurrencyConversion)

  /// By pair of currencies, in the order of their codes. Charges and refunds without one of ours
  /// move nothing in our books, so they are left out; so is a row that no sum holds.
  func conversions(_ credited: [CreditedRow], _ rules: MatchRules) -> [CurrencyConversion] {
    var sums: [CurrencyConversion] = []
    let own = credited.filter { $0.row < theirs.ownCount }
    for one in own.map(\.conversion) + exchanged(rules) {
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

  /// Of rows of the bill, and behind them of earlier ones.
  func credited(_ result: MatchResult, _ rules: MatchRules) -> [CreditedRow] {
    var begun: Set<Int32> = []
    return theirs.table.settlements.compactMap { row, settlement in
      let partner = result.partners[row]
      guard partner >= 0 else { return nil }
      let entry = theirs.table.entries[row]
      let fee = Money(settlement.fee, settlement.amount.currency)
      let isFirst = begun.insert(partner).inserted
      let isUntold = isFirst && !entry.flags.contains(.saysNoFee)
      let untold = isUntold ? books.rows[Int(partner)].untold(of: fee) : fee
      guard entry.status == .succeeded, fee.minor.magnitude <= Limits.amountMinor else {
        return nil
      }
      return Self.conversion(
        Money(entry.gross, entry.currency), at: entry.at, settlement, fee: untold.minor,
        rules.exchange
      ).map { (row, $0) }
    }
  }

  /// Pairs of rows, as PayPal writes them: no rate stands there, so it is that of the two amounts.
  private func exchanged(_ rules: MatchRules) -> [CurrencyConversion] {
    theirs.table.exchangePairs.compactMap { pair in
      guard copies.rows[pair.given] == nil else { return nil }
      let given = theirs.table.entries[pair.given]
      let received = theirs.table.entries[pair.received]
      guard let charged = given.net, let credited = received.net, charged < 0, credited > 0,
        charged.magnitude <= Limits.amountMinor, credited <= Limits.amountMinor,
        let rate = Ratio(credited, -charged)
      else { return nil }
      return Self.conversion(
        Money(-charged, given.currency), at: given.at,
        Settlement(amount: Money(credited, received.currency), rate: rate), fee: 0,
        rules.exchange)
    }
  }

  private static func conversion(
    _ charged: Money, at moment: Timestamp, _ settlement: Settlement, fee: Int64,
    _ exchange: ExchangeBook
  ) -> CurrencyConversion? {
    guard let split = exchange.split(of: charged, at: moment, settledAs: settlement) else {
      return nil
    }
    return CurrencyConversion(
      rows: 1, charged: charged, credited: settlement.amount, fee: fee, rate: split.rate,
      margin: split.margin, rounding: split.rounding, unexplained: split.unexplained)
  }
}
