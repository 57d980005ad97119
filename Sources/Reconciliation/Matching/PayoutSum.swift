package import Domain

/// What a payout is made of: rows that add up to it to the last minor unit.
package struct PayoutSum: Hashable, Sendable {
  package enum Basis: String, Hashable, Sendable {
    /// The gateway names the payout in each of its rows.
    case batch
    /// It names none; a stretch of whole days, or of all since the payout before, adds up to it.
    case days
  }

  package let basis: Basis
  /// Row numbers, ascending. Where several stretches would do, those of the latest.
  package let rows: [Int]
  /// How many stretches would do; only one is a proof.
  package let alternatives: Int

  package var isProven: Bool { alternatives == 1 }
}

/// What adds up to a payout, in its own statement and those before it.
package struct PayoutStretch: Hashable, Sendable {
  package let rows: Int
  /// The gateway's times of the first and the last of the rows.
  package let from: Timestamp
  package let to: Timestamp
  /// How many stretches would do; only one is a proof.
  package let alternatives: Int
}
