import Domain

/// What the followed sums must say, worked out the slow and plain way from all entries.
extension Ledger {
  /// The books as they stand.
  var standing: LedgerStanding {
    LedgerStanding(balances: balances, entries: entries.count)
  }

  /// The same books as they stood before this moment.
  func before(_ moment: Timestamp) throws -> Ledger {
    var ledger = Ledger()
    for entry in entries where entry.at < moment { try ledger.post(entry) }
    return ledger
  }

  /// The places of the entries that moved an account in a time.
  func trace(_ side: LedgerHour.Side, _ times: Range<Timestamp>) -> [Int] {
    entries.indices.filter { place in
      times.contains(entries[place].at)
        && entries[place].lines.contains {
          $0.account == side.account && $0.debit.currency == side.currency
        }
    }
  }
}
