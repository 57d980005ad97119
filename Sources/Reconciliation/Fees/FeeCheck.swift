/// What the rows of a statement were charged, against the contract.
package struct FeeCheck: Sendable {
  package private(set) var rows: Int64 = 0
  package private(set) var rowsBeyondTolerance: Int64 = 0
  package private(set) var charged: Int64 = 0
  package private(set) var expected: Int64 = 0
  package private(set) var gross: Int64 = 0
  /// Set where a sum did not fit; the figures are then of no use.
  package private(set) var hasOverflown = false
  private let tolerance: Int64

  /// - Parameter tolerance: minor units that a single row may be off.
  package init(tolerance: Int64 = 1) { self.tolerance = tolerance }

  /// Takes one charge; those without a fee column or outside the contract's reach are left out.
  package mutating func add(_ entry: Entry, _ contract: FeeContract) {
    guard entry.kind == .charge, entry.status == .succeeded, entry.flags.contains(.hasFee),
      let wanted = contract.fee(ofCharge: entry.gross)
    else { return }
    rows += 1
    charged = total(charged, entry.fee)
    expected = total(expected, wanted)
    gross = total(gross, entry.gross)
    let (difference, overflow) = entry.fee.subtractingReportingOverflow(wanted)
    if overflow || difference.magnitude > tolerance.magnitude { rowsBeyondTolerance += 1 }
  }

  private mutating func total(_ sum: Int64, _ value: Int64) -> Int64 {
    let (next, overflow) = sum.addingReportingOverflow(value)
    if overflow { hasOverflown = true }
    return next
  }

  /// Rounding of single rows explains at most half a minor unit of each.
  package var isWithinBatchTolerance: Bool {
    guard !hasOverflown else { return false }
    let (difference, overflow) = charged.subtractingReportingOverflow(expected)
    return !overflow && difference.magnitude <= UInt64(rows) / 2
  }

  /// What was taken of each million.
  package var effectiveMillionths: Int64? {
    guard gross > 0, !hasOverflown else { return nil }
    return Ratio(1_000_000, gross)?.applied(to: charged, .halfEven)
  }
}
