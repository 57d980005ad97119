/// A pattern of decisions that a person has put in force: differences like those that people
/// decided alike are decided so at once, no larger, and by nobody's leave where two are needed.
package struct RuleRecord: Hashable, Sendable {
  package let id: RuleID
  package let pattern: DecisionPattern
  /// Minor units of the pattern's currency, without a sign.
  package let tolerance: Int64
  /// How many decisions stood behind it when it was put in force.
  package let support: Int64
  package let activatedAt: Timestamp
  package let activatedBy: String
  package private(set) var deactivatedAt: Timestamp?
  package private(set) var deactivatedBy: String?
  /// The difference whose decision was taken back; nil where a person ended it otherwise.
  package private(set) var counterExample: DiscrepancyID?

  package init(
    id: RuleID, pattern: DecisionPattern, tolerance: Int64, support: Int64,
    activatedAt: Timestamp, activatedBy: String
  ) {
    self.id = id
    self.pattern = pattern
    self.tolerance = tolerance
    self.support = support
    self.activatedAt = activatedAt
    self.activatedBy = activatedBy
  }

  package var isActive: Bool { deactivatedAt == nil }

  package mutating func deactivate(
    by actor: String, at now: Timestamp, because counterExample: DiscrepancyID?
  ) {
    deactivatedAt = now
    deactivatedBy = actor
    self.counterExample = counterExample
  }

  /// Whether it may decide a difference: never one that takes two, never a larger one than people
  /// decided so.
  package func fits(_ facts: DiscrepancyFacts) -> Bool {
    isActive && DecisionPattern(facts, pattern.verb) == pattern
      && Int64(clamping: facts.balanceChange.magnitude) <= tolerance
  }
}

package enum RuleEvent: Hashable, Sendable {
  case activated(DecisionPattern, tolerance: Int64, support: Int64)
  /// - Parameter counterExample: the difference whose decision was taken back, if that was why.
  case deactivated(reason: String, counterExample: DiscrepancyID?)
}
