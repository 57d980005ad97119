import Domain
import Reconciliation
import Store

/// Payouts of which a part came to another account than the one that is compared. Money that is
/// moved between one's own accounts often says what it was once paid for, so no row here is taken
/// for the rest: people are told of the row and of what is missing, and may merge the two.
extension Comparison {
  /// What is missing, with the rows of this account that are it to the last unit.
  ///
  /// - Parameter index: of the first one among all that the run tells.
  func shortElsewhere(_ result: MatchResult, from index: Int) -> [DraftDiscrepancy] {
    guard bank != nil, let bankRows else { return [] }
    let rows = settlement?.funds ?? theirs
    let returns = settlement?.result.returns ?? result.returns
    let short = seen.elsewhere.filter { returns[$0.row] == nil }
    let named = short.map { nobodys(result, in: bankRows, naming: $0.row, of: rows.table) }
    var namers: [Int: Int] = [:]
    for row in named.joined() { namers[row, default: 0] += 1 }
    return zip(short, named).enumerated().compactMap { place, item in
      let (short, credits) = item
      let payout = rows.table.entries[short.row]
      let entries = credits.map { bankRows.table.entries[$0] }
      var rest: Int64? = -payout.gross - short.came
      for entry in entries { rest = rest.flatMap { $0 < entry.gross ? nil : $0 - entry.gross } }
      guard rest == 0, credits.allSatisfy({ namers[$0] == 1 }),
        entries.allSatisfy({ $0.currency == payout.currency })
      else { return nil }
      let found = Discrepancy(
        .payoutSum, statement: short.row, expected: -payout.gross, actual: short.came,
        currency: payout.currency, suggestions: [credits])
      return draft(
        found, index + place, theirs: rows.reference(short.row), beside: short.last, nil, nil,
        suggestionsIn: bankRows)
    }
  }

  /// Rows of the bank that are told of as nobody's, and name a payout.
  private func nobodys(
    _ result: MatchResult, in bankRows: StatementRows, naming payout: Int, of list: EntryTable
  ) -> [Int] {
    let buckets = settlement?.result.bankBuckets ?? result.bankBuckets
    return bankRows.table.rows(naming: payout, of: list).filter {
      buckets[$0] == .oneSided && bankRows.table.entries[$0].gross > 0
    }
  }
}
