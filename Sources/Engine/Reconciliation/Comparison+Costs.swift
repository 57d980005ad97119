import Domain
import Reconciliation
import Store

/// Fees, and what coupons of ours took, of rows that are nobody's: people decide about them, and
/// what the row cost is booked with the decision.
extension Comparison {
  /// A row as a difference names it.
  func reference(
    _ kind: DiscrepancyKind, _ row: Int, _ result: MatchResult
  ) -> StatementRowReference {
    let (plain, entry) = (theirs.reference(row), theirs.table.entries[row])
    // What was credited in another currency has its costs there.
    guard result.partners[row] < 0, entry.status == .succeeded, kind.concern == .balance,
      kind != .refundStatus, [.charge, .refund, .dispute].contains(entry.kind),
      theirs.table.settlement(ofRow: row) == nil
    else { return plain }
    func cost(_ minor: Int64) -> Money? {
      minor == 0 || minor.magnitude > Limits.amountMinor ? nil : Money(minor, entry.currency)
    }
    return plain.costing(
      fee: entry.flags.contains(.hasFee) ? cost(entry.fee) : nil,
      coupon: cost(theirs.table.coupon(ofRow: row)))
  }

  /// Places of what the gateway gave back by itself, whose row people had decided about before it
  /// told so: what that row cost is in the books.
  func costsDecided(_ result: MatchResult) throws -> Set<Int> {
    let reversals = Set(
      books.rows.indices.filter { place in
        if case .reversal = books.rows[place].subject { true } else { false }
      })
    guard !reversals.isEmpty else { return [] }
    var decided: Set<Int> = []
    for (row, partner) in result.partners.enumerated() where reversals.contains(Int(partner)) {
      var filter = DiscrepancyFilter()
      filter.order = books.rows[Int(partner)].order
      filter.kind = .refundMissingLocally
      let text = theirs.reference(row).text
      let told = try store.discrepancies(filter, before: nil, limit: Limits.listMax)
      let isBooked = told.contains {
        $0.facts.theirs?.text == text && $0.isDecidedByPeople
          && $0.adjudication?.verb.takesIn ?? false
      }
      if isBooked { decided.insert(Int(partner)) }
    }
    return decided
  }
}
