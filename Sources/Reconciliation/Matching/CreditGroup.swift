/// Payouts, and rows of the bank that name them: more than one on a side.
struct CreditGroup {
  var payouts: [Int]
  var credits: [Int]

  /// All groups in the order of their first payouts. Rows that share a payout, and payouts that
  /// share a row, are of one.
  ///
  /// - Parameter named: the rows of the bank that name each payout.
  static func all(of payouts: [Int], _ named: [[Int]]) -> [CreditGroup] {
    var groups: [CreditGroup?] = []
    var places: [Int: Int] = [:]
    for (payout, rows) in zip(payouts, named) where !rows.isEmpty {
      let touched = Set(rows.compactMap { places[$0] }).sorted()
      var whole = CreditGroup(payouts: [], credits: [])
      for place in touched {
        guard let part = groups[place] else { continue }
        whole.payouts += part.payouts
        whole.credits += part.credits
        groups[place] = nil
      }
      whole.payouts.append(payout)
      whole.credits += rows.filter { !whole.credits.contains($0) }
      for row in whole.credits { places[row] = groups.count }
      groups.append(whole)
    }
    return groups.compactMap(\.self).filter { $0.payouts.count > 1 || $0.credits.count > 1 }
      .sorted { ($0.payouts.first ?? 0) < ($1.payouts.first ?? 0) }
  }
}
