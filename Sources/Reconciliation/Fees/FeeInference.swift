/// A fee rule read out of rows, with what speaks for and against it.
package struct InferredFee: Sendable {
  package let contract: FeeContract
  package let rows: Int
  /// Rows whose fee the rule gives exactly.
  package let support: Int
}

/// Finds the rule that a history of charges follows: a rate, a fixed part, a minimum, a rounding.
/// A proposal for a person, never a contract by itself.
package enum FeeInference {
  package static let rowsWanted = 20
  package static let rowsUsed = 10_000

  /// - Parameter rows: gross and fee of charges, minor units of one currency.
  /// - Returns: the simplest rule among those with the most rows, where it fits at least 95 of 100;
  ///   nil where none does or there are too few rows.
  package static func infer(_ rows: [(gross: Int64, fee: Int64)]) -> InferredFee? {
    let rows = rows.filter { $0.gross > 0 && $0.fee >= 0 && $0.gross < 1 << 40 }.prefix(rowsUsed)
    guard rows.count >= rowsWanted else { return nil }
    var best: (InferredFee, weight: Int)?
    let minimum = commonMinimum(rows)
    for fixed in fixedParts(rows) {
      for parts in rates(rows, fixed: fixed, minimum: minimum ?? 0) {
        for (weight, rounding) in [Rounding.halfUp, .halfEven, .down, .up].enumerated() {
          for floor in Set([0, minimum ?? 0]).sorted() {
            guard
              let contract = FeeContract(
                rate: .millionths(parts), fixed: fixed, minimum: floor, rounding: rounding)
            else { continue }
            let support = rows.count { contract.fee(ofCharge: $0.gross) == $0.fee }
            // Fewer ingredients and rounder rates win between rules that fit as well.
            let cost =
              weight + (fixed > 0 ? 8 : 0) + (floor > 0 ? 4 : 0) + roundness(parts)
            let isBetter =
              best.map { support > $0.0.support || (support == $0.0.support && cost < $0.weight) }
              ?? true
            if isBetter {
              best = (InferredFee(contract: contract, rows: rows.count, support: support), cost)
            }
          }
        }
      }
    }
    guard let found = best?.0, found.support * 100 >= found.rows * 95 else { return nil }
    return found
  }

  /// 0 for whole tenths of a percent, more the finer the rate.
  private static func roundness(_ parts: Int64) -> Int {
    for (cost, step) in [Int64(1000), 500, 100, 50, 10].enumerated() where parts % step == 0 {
      return cost * 16
    }
    return 80
  }

  /// The smallest fee, where amounts of quite different size carry it.
  private static func commonMinimum(_ rows: ArraySlice<(gross: Int64, fee: Int64)>) -> Int64? {
    guard let least = rows.map(\.fee).min(), least > 0 else { return nil }
    let with = rows.filter { $0.fee == least }.map(\.gross)
    guard with.count >= 3, let low = with.min(), let high = with.max(), high > low * 2 else {
      return nil
    }
    return least
  }

  /// None, and what a line through a small and a large row leaves at amount 0.
  private static func fixedParts(_ rows: ArraySlice<(gross: Int64, fee: Int64)>) -> [Int64] {
    let ordered = rows.sorted { ($0.gross, $0.fee) < ($1.gross, $1.fee) }
    let small = ordered[ordered.count / 4]
    let large = ordered[ordered.count - 1]
    guard large.gross > small.gross, large.fee > small.fee,
      let slope = Ratio(large.fee - small.fee, large.gross - small.gross),
      let share = slope.applied(to: small.gross, .halfUp)
    else { return [0] }
    let fixed = small.fee - share
    return fixed > 1 ? [0, fixed - 1, fixed, fixed + 1] : [0]
  }

  /// Rates that the largest rows allow, the round ones first.
  private static func rates(
    _ rows: ArraySlice<(gross: Int64, fee: Int64)>, fixed: Int64, minimum: Int64
  ) -> [Int64] {
    let usable = rows.filter { $0.fee > minimum && $0.fee >= fixed }
    guard let large = usable.max(by: { $0.gross < $1.gross }) else { return [] }
    let fee = large.fee - fixed
    // A fee between fee - 1 and fee + 1 belongs to a rate between these two.
    guard let low = Ratio(1_000_000, large.gross)?.applied(to: max(0, fee - 1), .up),
      let high = Ratio(1_000_000, large.gross)?.applied(to: fee + 1, .down), low <= high
    else { return [] }
    var found: [Int64] = []
    for step in [Int64(1000), 500, 100, 50, 10, 1] {
      var rate = (low + step - 1) / step * step
      while rate <= high, found.count < 12 {
        if !found.contains(rate) { found.append(rate) }
        rate += step
      }
    }
    return found
  }
}
