import Domain

/// Rows that another statement has, and that are matched there: they are not money twice.
extension Matcher {
  func leaveOutElsewhere(_ left: inout Left, _ result: inout MatchResult) {
    guard !input.elsewhere.isEmpty else { return }
    let comparison = PairComparison(input: input, rules: rules)
    left.statement.removeAll { row in
      let entry = input.statement.entries[Int(row)]
      guard let other = input.elsewhere[Int(row)], !comparison.isOfAnother(entry) else {
        return false
      }
      if input.touched.contains(Int(row)), other.gross == entry.gross,
        other.currency == entry.currency
      {
        result.statementBuckets[Int(row)] = .apart
        return true
      }
      result.statementBuckets[Int(row)] = .duplicate
      result.discrepancies.append(
        Discrepancy(
          .duplicateRow, statement: Int(row), expected: other.isSame ? 0 : other.gross,
          actual: entry.gross, currency: entry.currency,
          expectedCurrency: other.isSame ? nil : other.currency, isCopy: other.isSame))
      return true
    }
  }

  /// What is about nothing of ours and stands in another statement is neither looked for at the
  /// bank nor booked again.
  func leaveOutCopies(_ result: inout MatchResult) {
    for row in input.copies.sorted() where result.statementBuckets[row] == .unassigned {
      result.statementBuckets[row] = .duplicate
      tell(.duplicateRow, ofTheirs: row, &result)
    }
  }
}
