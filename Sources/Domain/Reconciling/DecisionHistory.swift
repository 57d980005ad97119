/// What history says for and against a pattern.
package struct PatternEvidence: Hashable, Sendable {
  package let pattern: DecisionPattern
  /// Largest difference that people decided so, in minor units without its sign: a rule goes no
  /// further than people went.
  package let tolerance: Int64
  /// A rule of this pattern, played over all that ever differed.
  package let backTest: BackTest

  /// Decisions of people of this pattern that stand.
  package var support: Int64 { backTest.agreeing }
  package var counterExamples: Int64 { backTest.disagreeing }

  /// Enough, and nothing against it: it may close by itself.
  package var suffices: Bool {
    support >= Int64(Limits.ruleSupport) && counterExamples == 0
  }

  /// Whether a rule may be put in force. One that only suggests leaves every decision to a person,
  /// so one decision of people is enough to have it.
  package func supports(_ mode: RuleMode) -> Bool {
    switch mode {
    case .suggest: support > 0
    case .close: suffices
    }
  }
}

/// All that ever differed and may be decided by one person, with what became of it: the events of
/// differences played again, in their order.
package struct DecisionHistory: Sendable {
  /// Differences that are alike, whatever was done about them.
  private struct Subject: Hashable {
    let gateway: String
    let kind: DiscrepancyKind
    let currency: Currency
    let isGain: Bool

    init(_ facts: DiscrepancyFacts) {
      gateway = facts.gateway
      kind = facts.kind
      currency = facts.currency
      isGain = facts.balanceChange > 0
    }

    init(_ pattern: DecisionPattern) {
      gateway = pattern.gateway
      kind = pattern.kind
      currency = pattern.currency
      isGain = pattern.isGain
    }
  }

  private struct Difference {
    let id: DiscrepancyID
    let facts: DiscrepancyFacts
    /// No person and no rule ended it: a later statement did.
    var agrees: Bool
    /// The machine ended it when it was found.
    var isGone = false
    /// By a person; nil where none has, or the decision was taken back.
    var standing: AdjudicationVerb?
    /// By a rule alone.
    var byRule: AdjudicationVerb?
    var proposed: AdjudicationVerb?
    var takenBack: Set<AdjudicationVerb> = []
    var turnedDown: Set<AdjudicationVerb> = []

    var size: Int64 { Int64(clamping: facts.balanceChange.magnitude) }
  }

  /// What rules decided by themselves.
  package struct Deeds: Hashable, Sendable {
    /// Decisions, also those that were taken back.
    package fileprivate(set) var decisions: Int64 = 0
    package fileprivate(set) var takenBack: Int64 = 0
    /// Proposals that a person agreed to, and that one turned down.
    package fileprivate(set) var confirmed: Int64 = 0
    package fileprivate(set) var turnedDown: Int64 = 0
  }

  private var differences: [Difference] = []
  private var places: [DiscrepancyID: Int] = [:]
  /// By difference: the rule whose decision or proposal is in force.
  private var authors: [DiscrepancyID: RuleID] = [:]
  private var deeds: [RuleID: Deeds] = [:]

  package init() {}

  /// A difference, before what was decided about it is played. One that the machine ended when it
  /// was found was never there to be decided.
  package mutating func add(
    _ id: DiscrepancyID, _ facts: DiscrepancyFacts, _ resolution: DiscrepancyResolution? = nil
  ) {
    switch resolution {
    case .filledBack, .leftOut: return
    case .agrees, .adjudicated, nil: break
    }
    guard facts.level <= .onePerson, places[id] == nil else { return }
    places[id] = differences.endIndex
    differences.append(Difference(id: id, facts: facts, agrees: resolution == .agrees))
  }

  /// What was decided, taken back, proposed or turned down, in the order of the log.
  package mutating func note(_ event: DiscrepancyEvent, of id: DiscrepancyID, by actor: Actor) {
    guard let place = places[id] else { return }
    switch event {
    case .proposed(let wish):
      differences[place].proposed = wish.verb
      authors[id] = RuleID(actor: wish.by)
    case .rejected:
      if let verb = differences[place].proposed { differences[place].turnedDown.insert(verb) }
      differences[place].proposed = nil
      if let rule = authors.removeValue(forKey: id) {
        deeds[rule, default: Deeds()].turnedDown += 1
      }
    case .adjudicated(let wish, let confirmedBy):
      decide(wish, isPerson: RuleID(actor: wish.by) == nil || confirmedBy != nil, place)
    case .reopened:
      // What waited for its day was not wrong to wait.
      if actor == .timer {
        differences[place].standing = nil
      } else {
        takeBack(place)
      }
    case .opened, .resolved, .escalated: break
    }
  }

  private mutating func decide(_ wish: Adjudication, isPerson: Bool, _ place: Int) {
    let id = differences[place].id
    differences[place].proposed = nil
    authors[id] = RuleID(actor: wish.by)
    if isPerson {
      differences[place].standing = wish.verb
    } else {
      differences[place].byRule = wish.verb
    }
    guard let rule = authors[id] else { return }
    if isPerson {
      deeds[rule, default: Deeds()].confirmed += 1
    } else {
      deeds[rule, default: Deeds()].decisions += 1
    }
  }

  private mutating func takeBack(_ place: Int) {
    let verb = differences[place].standing ?? differences[place].byRule
    if let verb { differences[place].takenBack.insert(verb) }
    let wasByRule = differences[place].standing == nil
    (differences[place].standing, differences[place].byRule) = (nil, nil)
    guard let rule = authors.removeValue(forKey: differences[place].id), wasByRule else { return }
    deeds[rule, default: Deeds()].takenBack += 1
  }

  /// The same, of an event that came after all that was added.
  package mutating func follow(_ event: DiscrepancyEvent, of id: DiscrepancyID, by actor: Actor) {
    if case .opened(let facts) = event { add(id, facts) }
    guard let place = places[id] else { return }
    switch event {
    case .resolved(.agrees): differences[place].agrees = true
    case .resolved: differences[place].isGone = true
    case .reopened: differences[place].agrees = false
    case .opened, .proposed, .rejected, .adjudicated, .escalated: break
    }
    note(event, of: id, by: actor)
  }

  package func deeds(of rule: RuleID) -> Deeds { deeds[rule] ?? Deeds() }

  // MARK: Patterns

  /// What is known of every pattern that people decided by, best supported first.
  package var evidence: [PatternEvidence] {
    let groups = Dictionary(grouping: differences.filter { !$0.isGone }) { Subject($0.facts) }
    var found: [PatternEvidence] = []
    for group in groups.values {
      for verb in AdjudicationVerb.allCases {
        if let evidence = Self.evidence(verb, group) { found.append(evidence) }
      }
    }
    return found.sorted { one, other in
      one.support != other.support
        ? one.support > other.support
        : one.pattern.text.utf8.lexicographicallyPrecedes(other.pattern.text.utf8)
    }
  }

  /// What is known of one pattern; nil where no decision of people stands by it.
  package func evidence(of pattern: DecisionPattern) -> PatternEvidence? {
    Self.evidence(pattern.verb, alike(pattern))
  }

  /// What is needed to know one pattern: the differences that are alike.
  package func narrowed(to pattern: DecisionPattern) -> DecisionHistory {
    var history = DecisionHistory()
    history.differences = alike(pattern)
    for (place, one) in history.differences.enumerated() { history.places[one.id] = place }
    return history
  }

  private func alike(_ pattern: DecisionPattern) -> [Difference] {
    let subject = Subject(pattern)
    return differences.filter { !$0.isGone && Subject($0.facts) == subject }
  }

  /// Nil where no decision of people stands by it.
  private static func evidence(
    _ verb: AdjudicationVerb, _ group: [Difference]
  ) -> PatternEvidence? {
    let alike = group.filter { $0.standing == verb && !$0.takenBack.contains(verb) }
    guard let tolerance = alike.map(\.size).max(),
      let pattern = DecisionPattern(alike[0].facts, verb)
    else { return nil }
    return PatternEvidence(
      pattern: pattern, tolerance: tolerance, backTest: play(pattern, tolerance, over: group))
  }

  /// A rule played over all that ever differed.
  ///
  /// - Parameter tolerance: the largest difference that it decides, minor units without a sign.
  package func backTest(_ pattern: DecisionPattern, tolerance: Int64) -> BackTest {
    Self.play(pattern, tolerance, over: alike(pattern))
  }

  private static func play(
    _ pattern: DecisionPattern, _ tolerance: Int64, over group: [Difference]
  ) -> BackTest {
    var test = BackTest()
    for difference in group.sorted(by: { $0.id < $1.id })
    where difference.size <= tolerance
      && DecisionPattern(difference.facts, pattern.verb) == pattern
    {
      if let ending = ending(of: difference, against: pattern.verb) {
        test.add(.init(discrepancy: difference.id, ending: ending))
      } else if difference.standing == pattern.verb {
        test.addAgreeing()
      } else {
        test.addUndecided()
      }
    }
    return test
  }

  /// Nil where nothing speaks against the verb.
  private static func ending(
    of difference: Difference, against verb: AdjudicationVerb
  ) -> BackTest.Ending? {
    if let standing = difference.standing, standing != verb { return .decided(standing) }
    if difference.takenBack.contains(verb) { return .takenBack }
    if difference.turnedDown.contains(verb) { return .turnedDown }
    return difference.agrees ? .agrees : nil
  }
}
