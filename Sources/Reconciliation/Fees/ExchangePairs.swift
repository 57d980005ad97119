import Domain

/// Two rows of one exchange within a balance that is kept in several currencies.
package struct ExchangePair: Hashable, Sendable {
  /// Rows of the table: what was given, and what came for it.
  package let given: Int
  package let received: Int
}

extension EntryTable {
  /// Rows of kind `conversion` that belong together: they name the same movement, one takes and
  /// one gives another currency. A row whose other half is not there is in none.
  package var exchangePairs: [ExchangePair] {
    var groups: [ArraySlice<UInt8>: [Int]] = [:]
    for (row, entry) in entries.enumerated()
    where entry.kind == .conversion && entry.status == .succeeded {
      let number = exchangeNumber(entry)
      if !number.isEmpty { groups[number, default: []].append(row) }
    }
    // One movement may be exchanged more than once: there and, with a refund, back.
    let pairs = groups.values.flatMap { rows in
      let together = pair(rows).map { [$0] }
      return together
        ?? Dictionary(grouping: rows) { entries[$0].at.milliseconds }.values.compactMap(pair)
    }
    return pairs.sorted { $0.given < $1.given }
  }

  /// What both rows of an exchange name.
  func exchangeNumber(_ entry: Entry) -> ArraySlice<UInt8> {
    text(entry.parent.isEmpty ? entry.transaction : entry.parent)
  }

  private func pair(_ rows: [Int]) -> ExchangePair? {
    guard rows.count == 2 else { return nil }
    let sorted = rows.sorted { entries[$0].gross < entries[$1].gross }
    let (given, received) = (entries[sorted[0]], entries[sorted[1]])
    guard given.gross < 0, received.gross > 0, given.currency != received.currency else {
      return nil
    }
    return ExchangePair(given: sorted[0], received: sorted[1])
  }
}
