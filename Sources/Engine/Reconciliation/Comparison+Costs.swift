import Domain
import Reconciliation
import Store

/// Fees, and what coupons of ours took, of rows that are nobody's, and what they were credited as:
/// people decide about them, and that is booked with the decision.
extension Comparison {
  /// What rows of earlier statements cost that are something of ours: the runs over those did not
  /// know it, and the next over this one may not see them again.
  func carriedCosts(
    _ result: MatchResult, _ proven: RunProving.Findings, _ credited: [CreditedRow]
  ) -> [CarriedCosts] {
    let rows = theirs.table.entries.indices.dropFirst(theirs.ownCount).filter {
      result.partners[$0] >= 0
    }
    guard !rows.isEmpty else { return [] }
    var conversions: [Int: CurrencyConversion] = [:]
    for one in credited where one.row >= theirs.ownCount { conversions[one.row] = one.conversion }
    return rows.map { row in
      CarriedCosts(
        row: theirs.rowPlace(row), fee: proven.carriedFees[row],
        coupon: proven.carriedCoupons[row], conversion: conversions[row])
    }
  }

  /// A row as a difference names it.
  func reference(
    _ kind: DiscrepancyKind, _ row: Int, _ result: MatchResult
  ) -> StatementRowReference {
    let (plain, entry) = (theirs.reference(row), theirs.table.entries[row])
    guard result.partners[row] < 0, entry.status == .succeeded, kind.concern == .balance,
      kind != .refundStatus, [.charge, .refund, .dispute].contains(entry.kind)
    else { return plain }
    func cost(_ minor: Int64, _ currency: Currency) -> Money? {
      minor == 0 || minor.magnitude > Limits.amountMinor ? nil : Money(minor, currency)
    }
    let settlement = theirs.table.settlement(ofRow: row)
    let own = entry.flags.contains(.hasFee) ? cost(entry.fee, entry.currency) : nil
    // What was credited in another currency has its fee there, or in its own.
    let other = settlement.flatMap { cost($0.fee, $0.amount.currency) }
    return plain.costing(
      fee: own ?? other, coupon: cost(theirs.table.coupon(ofRow: row), entry.currency),
      credited: settlement.flatMap { cost($0.amount.minor, $0.amount.currency) })
  }
}
