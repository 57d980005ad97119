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
}
