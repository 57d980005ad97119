import Domain

/// Halves of an exchange within a balance: what was given without what came for it, or the other
/// way round.
extension Matcher {
  func placeHalves(_ result: inout MatchResult) {
    let table = input.statement
    for row in table.halvesAlone
    where !input.copies.contains(row) && !input.exchangedElsewhere.contains(row) {
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
}
