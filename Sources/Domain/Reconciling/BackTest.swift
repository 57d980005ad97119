/// What a rule would have done with the differences of history, held against what became of them.
package struct BackTest: Hashable, Sendable {
  /// A difference that the rule would have decided, and that ended otherwise.
  package struct Disagreement: Hashable, Sendable {
    package let discrepancy: DiscrepancyID
    package let ending: Ending

    package init(discrepancy: DiscrepancyID, ending: Ending) {
      self.discrepancy = discrepancy
      self.ending = ending
    }
  }

  /// What speaks against the rule.
  package enum Ending: Hashable, Sendable {
    /// People decided this instead.
    case decided(AdjudicationVerb)
    /// It was decided as the rule does, by people or by a rule, and that was taken back.
    case takenBack
    /// A person turned down what was proposed.
    case turnedDown
    /// A later statement showed that both sides agree: nothing was to be decided.
    case agrees

    /// The word on the wire.
    package var word: String {
      switch self {
      case .decided(let verb): verb.rawValue
      case .takenBack: "taken_back"
      case .turnedDown: "turned_down"
      case .agrees: "agrees"
      }
    }
  }

  /// So many disagreements are named; a rule with one is never put in force to close.
  package static let namedMax = 50

  /// Differences that the rule would have decided: agreeing, undecided and disagreeing together.
  package private(set) var decided: Int64 = 0
  /// Those that people decided alike.
  package private(set) var agreeing: Int64 = 0
  /// Those that no person has decided: they prove nothing.
  package private(set) var undecided: Int64 = 0
  /// All that ended otherwise.
  package private(set) var disagreeing: Int64 = 0
  /// The first of them by their identifiers.
  package private(set) var disagreements: [Disagreement] = []

  init() {}

  mutating func addAgreeing() {
    decided += 1
    agreeing += 1
  }

  mutating func addUndecided() {
    decided += 1
    undecided += 1
  }

  mutating func add(_ disagreement: Disagreement) {
    decided += 1
    disagreeing += 1
    if disagreements.count < Self.namedMax { disagreements.append(disagreement) }
  }
}
