/// How far a rule goes.
package enum RuleMode: String, Sendable, CaseIterable {
  /// It proposes, and a person confirms each difference or turns it down.
  case suggest
  /// It decides at once.
  case close
}

/// What was put in force, and what stood behind it then.
package struct RuleTerms: Hashable, Sendable {
  package let pattern: DecisionPattern
  package let mode: RuleMode
  /// Minor units of the pattern's currency, without a sign.
  package let tolerance: Int64
  /// Decisions of people that stood behind it.
  package let support: Int64
  /// Differences of history that it would have decided, and those among them that ended otherwise.
  package let replayed: Int64
  package let disagreeing: Int64

  package init(
    pattern: DecisionPattern, mode: RuleMode, tolerance: Int64, support: Int64, replayed: Int64,
    disagreeing: Int64
  ) {
    self.pattern = pattern
    self.mode = mode
    self.tolerance = tolerance
    self.support = support
    self.replayed = replayed
    self.disagreeing = disagreeing
  }

  package init(_ evidence: PatternEvidence, _ mode: RuleMode) {
    self.init(
      pattern: evidence.pattern, mode: mode, tolerance: evidence.tolerance,
      support: evidence.support, replayed: evidence.backTest.decided,
      disagreeing: evidence.backTest.disagreeing)
  }
}

/// A pattern of decisions that a person has put in force: differences like those that people
/// decided alike are decided so at once, or proposed to be, no larger, and by nobody's leave where
/// two are needed.
package struct RuleRecord: Hashable, Sendable {
  package let id: RuleID
  package let terms: RuleTerms
  package let activatedAt: Timestamp
  package let activatedBy: String
  package private(set) var deactivatedAt: Timestamp?
  package private(set) var deactivatedBy: String?
  /// The difference whose decision was taken back; nil where a person ended it otherwise.
  package private(set) var counterExample: DiscrepancyID?

  package init(id: RuleID, terms: RuleTerms, activatedAt: Timestamp, activatedBy: String) {
    self.id = id
    self.terms = terms
    self.activatedAt = activatedAt
    self.activatedBy = activatedBy
  }

  package var pattern: DecisionPattern { terms.pattern }
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
      && Int64(clamping: facts.balanceChange.magnitude) <= terms.tolerance
  }
}

package enum RuleEvent: Hashable, Sendable {
  case activated(RuleTerms)
  /// - Parameter counterExample: the difference whose decision was taken back, if that was why.
  case deactivated(reason: String, counterExample: DiscrepancyID?)
}
