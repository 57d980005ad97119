import Domain

/// Rows that may be some of ours, though no number says so: refunds under way, of which the gateway
/// has told nothing yet. They are told of and wait for its word; nothing is closed by a guess.
extension Matcher {
  /// - Returns: false where the row cannot be one of ours.
  func suggest(_ row: Int, _ result: inout MatchResult) -> Bool {
    guard let candidates = input.candidates[row] else { return false }
    let entry = input.statement.entries[row]
    let possible = candidates.filter {
      let ours = input.local.entries[$0]
      return [.unassigned, .suggested].contains(result.localBuckets[$0])
        && ours.gross == entry.gross && ours.currency == entry.currency
    }
    guard !possible.isEmpty, entry.status != .failed,
      !PairComparison(input: input, rules: rules).isOfAnother(entry)
    else { return false }
    result.statementBuckets[row] = .suggested
    for place in possible { result.localBuckets[place] = .suggested }
    result.guesses[row] = possible
    result.awaited.append(row)
    tell(.refundStatus, ofTheirs: row, &result)
    return true
  }
}
