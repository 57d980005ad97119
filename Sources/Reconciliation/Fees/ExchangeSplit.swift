import Domain

/// Why what reached the balance is not what was charged: every minor unit between the two has a
/// name. All in minor units of the currency that the balance is kept in, signed as they change it.
package struct ExchangeSplit: Hashable, Sendable {
  /// What the charge was worth: at the rate that was expected, or at the one the gateway names.
  package let worth: Int64
  /// What the rate had moved between the two, beyond the margin.
  package let rate: Int64
  /// What the gateway may keep of an exchange by its contract, as far as it did.
  package let margin: Int64
  package let fee: Int64
  /// Less than one unit either way, because amounts are whole.
  package let rounding: Int64
  /// What is left: zero, or somebody has to ask.
  package let unexplained: Int64

  /// - Parameters:
  ///   - charged: minor units of the currency that was charged; negative for money given back.
  ///   - expected: what our books say should have been credited; nil takes the gateway's own rate.
  ///   - margin: the part of the worth that the contract lets the gateway keep.
  ///
  /// Nil where a sum does not fit.
  package init?(
    of charged: Int64, settledAs settlement: Settlement, expected: Int64? = nil, margin: Ratio
  ) {
    guard let applied = settlement.rate.applied(to: charged, .halfEven) else { return nil }
    let worth = expected ?? applied
    // Where the two only cut off differently, the rate has not moved.
    let isSame = Self.difference(applied, worth).map { $0.magnitude <= 1 } ?? false
    let stated = isSame ? worth : applied
    guard worth != .min, settlement.fee != .min,
      let allowed = margin.applied(to: abs(worth), .up),
      let move = Self.difference(stated, worth),
      let gap = Self.difference(settlement.amount.minor, stated)
    else { return nil }
    let kept = Self.kept(move, allowed)
    guard let moved = Self.difference(move, kept) else { return nil }
    let (keptLater, rounding) = Self.explain(gap, allowed + kept)
    let (keptInAll, hasOverflown) = kept.addingReportingOverflow(keptLater)
    guard !hasOverflown, let rest = Self.difference(gap, keptLater),
      let unexplained = Self.difference(rest, rounding)
    else { return nil }
    self.worth = worth
    self.rate = moved
    self.margin = keptInAll
    fee = -settlement.fee
    self.rounding = rounding
    self.unexplained = unexplained
  }

  /// The part of a movement against us that the margin allows: less is against us, whether money
  /// comes or is given back.
  private static func kept(_ change: Int64, _ allowed: Int64) -> Int64 {
    change < 0 ? max(change, -allowed) : 0
  }

  /// One unit is rounding; what is more is margin as far as that goes, and a last unit rounding.
  private static func explain(
    _ gap: Int64, _ allowed: Int64
  ) -> (margin: Int64, rounding: Int64) {
    guard gap.magnitude > 1 else { return (0, gap) }
    let margin = kept(gap, allowed)
    let rest = gap - margin
    return (margin, rest.magnitude <= 1 ? rest : 0)
  }

  private static func difference(_ one: Int64, _ other: Int64) -> Int64? {
    let (difference, overflow) = one.subtractingReportingOverflow(other)
    return overflow ? nil : difference
  }
}
