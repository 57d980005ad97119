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

  /// Rows of kind `conversion` in no pair, but for those that were given and taken back in one
  /// currency.
  package var halvesAlone: [Int] {
    guard has(.conversion) else { return [] }
    let whole = Set(exchangePairs.flatMap { [$0.given, $0.received] })
    let alone = entries.indices.filter { row in
      entries[row].kind == .conversion && entries[row].status == .succeeded && !whole.contains(row)
    }
    let groups = Dictionary(grouping: alone) { exchangeNumber(entries[$0]) }
    return alone.filter { row in
      let number = exchangeNumber(entries[row])
      return number.isEmpty || groups[number]?.contains { isTakenBack(row, by: $0) } != true
    }
  }

  private func isTakenBack(_ row: Int, by other: Int) -> Bool {
    let (entry, back) = (entries[row], entries[other])
    return entry.gross != .min && back.gross == -entry.gross && back.currency == entry.currency
  }

  /// Whether a row of this table and one of another are the two halves of one exchange.
  package func isExchange(_ row: Int, with half: Int, of other: EntryTable) -> Bool {
    let (entry, back) = (entries[row], other.entries[half])
    let number = exchangeNumber(entry)
    return !number.isEmpty && entry.currency != back.currency
      && entry.gross.signum() * back.gross.signum() < 0 && number == other.exchangeNumber(back)
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
