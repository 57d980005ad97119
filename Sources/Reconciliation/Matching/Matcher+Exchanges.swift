import Domain

/// Halves of an exchange within a balance: what was given without what came for it, or the other
/// way round.
extension Matcher {
  func placeHalves(_ result: inout MatchResult) {
    let table = input.statement
    guard table.has(.conversion) else { return }
    var whole: Set<Int> = []
    for pair in table.exchangePairs { whole.formUnion([pair.given, pair.received]) }
    let alone = table.entries.indices.filter { row in
      table.entries[row].kind == .conversion && table.entries[row].status == .succeeded
        && !whole.contains(row) && !input.copies.contains(row)
    }
    for row in alone where !isCancelled(row, among: alone) {
      let entry = table.entries[row]
      // The other half may stand in the bill beside this one.
      if let (bucket, kind) = waiting(entry), kind == nil {
        result.statementBuckets[row] = bucket
        continue
      }
      result.statementBuckets[row] = .oneSided
      tell(.exchangeUnexplained, ofTheirs: row, &result)
    }
  }

  /// Given and taken back in one currency, under one number.
  private func isCancelled(_ row: Int, among rows: [Int]) -> Bool {
    let entry = input.statement.entries[row]
    let number = input.statement.exchangeNumber(entry)
    guard !number.isEmpty, entry.gross != .min else { return false }
    return rows.contains { other in
      let back = input.statement.entries[other]
      return back.gross == -entry.gross && back.currency == entry.currency
        && input.statement.exchangeNumber(back) == number
    }
  }
}
