/// Decisions that are alike: what differs, where, which way, and what people did about it.
package struct DecisionPattern: Hashable, Sendable {
  package let gateway: String
  package let kind: DiscrepancyKind
  package let currency: Currency
  /// The gateway holds more for us than our books say; less where not.
  package let isGain: Bool
  package let verb: AdjudicationVerb

  package init(
    gateway: String, kind: DiscrepancyKind, currency: Currency, isGain: Bool,
    verb: AdjudicationVerb
  ) {
    self.gateway = gateway
    self.kind = kind
    self.currency = currency
    self.isGain = isGain
    self.verb = verb
  }

  /// The pattern of a decision; nil where no rule may ever make it: it needs a second person, or
  /// the help of somebody who knows what is meant.
  package init?(_ facts: DiscrepancyFacts, _ verb: AdjudicationVerb) {
    guard verb.isRepeatable, facts.level <= .onePerson, !facts.needsSecondPerson(for: verb) else {
      return nil
    }
    self.init(
      gateway: facts.gateway, kind: facts.kind, currency: facts.currency,
      isGain: facts.balanceChange > 0, verb: verb)
  }

  /// `alipay:fee_more:CNY:less:accept_gateway`.
  package var text: String {
    "\(gateway):\(kind.word):\(currency.code):\(isGain ? "more" : "less"):\(verb.rawValue)"
  }

  package init?(text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, let kind = DiscrepancyKind(word: parts[1]),
      let currency = Currency(code: parts[2]), ["more", "less"].contains(parts[3]),
      let verb = AdjudicationVerb(rawValue: parts[4])
    else { return nil }
    self.init(
      gateway: parts[0], kind: kind, currency: currency, isGain: parts[3] == "more", verb: verb)
  }

  /// The same differences, whatever was done about them.
  fileprivate func concernsSame(as other: DecisionPattern) -> Bool {
    kind == other.kind && isGain == other.isGain && currency == other.currency
      && gateway.utf8.elementsEqual(other.gateway.utf8)
  }
}

extension AdjudicationVerb {
  /// Says the same of every difference; the others are about one buyer, one day, one pair.
  fileprivate var isRepeatable: Bool {
    switch self {
    case .acceptGateway, .acceptLocal, .writeOff, .moveToSuspense, .claimFromGateway: true
    case .refundBuyer, .mergeMatch, .waitUntil: false
    }
  }
}

/// What history says for and against a pattern.
package struct PatternEvidence: Hashable, Sendable {
  package let pattern: DecisionPattern
  /// Decisions of people of this pattern that stand.
  package fileprivate(set) var support: Int64 = 0
  /// Decisions of this pattern that were taken back, and differences no larger than the supporting
  /// ones about which people decided otherwise.
  package fileprivate(set) var counterExamples: Int64 = 0
  /// Largest difference among the supporting ones, in minor units without its sign: a rule goes no
  /// further than people went.
  package fileprivate(set) var tolerance: Int64 = 0

  /// Enough, and nothing against it.
  package var suffices: Bool {
    support >= Int64(Limits.ruleSupport) && counterExamples == 0
  }
}

/// Reads the decisions of people one by one and says which of them repeat.
package struct DecisionHistory: Sendable {
  private struct Decision {
    let pattern: DecisionPattern
    let size: Int64
    var isUndone = false
  }

  private var decisions: [Decision] = []
  /// The decision in force of each difference, by its place.
  private var standing: [DiscrepancyID: Int] = [:]

  package init() {}

  /// A decision that a person made. Those of rules prove nothing.
  package mutating func add(
    _ verb: AdjudicationVerb, of id: DiscrepancyID, _ facts: DiscrepancyFacts
  ) {
    guard let pattern = DecisionPattern(facts, verb) else { return }
    standing[id] = decisions.endIndex
    decisions.append(
      Decision(pattern: pattern, size: Int64(clamping: facts.balanceChange.magnitude)))
  }

  /// A decision was taken back.
  package mutating func undo(_ id: DiscrepancyID) {
    guard let index = standing.removeValue(forKey: id) else { return }
    decisions[index].isUndone = true
  }

  /// What is known of every pattern, best supported first.
  package var evidence: [PatternEvidence] {
    var found: [DecisionPattern: PatternEvidence] = [:]
    for decision in decisions where !decision.isUndone {
      var evidence = found[decision.pattern] ?? PatternEvidence(pattern: decision.pattern)
      evidence.support += 1
      evidence.tolerance = max(evidence.tolerance, decision.size)
      found[decision.pattern] = evidence
    }
    let all = found.values.map { evidence in
      var evidence = evidence
      evidence.counterExamples = Int64(decisions.count { contradicts($0, evidence) })
      return evidence
    }
    return all.sorted { one, other in
      one.support != other.support
        ? one.support > other.support
        : one.pattern.text.utf8.lexicographicallyPrecedes(other.pattern.text.utf8)
    }
  }

  private func contradicts(_ decision: Decision, _ evidence: PatternEvidence) -> Bool {
    guard decision.size <= evidence.tolerance,
      decision.pattern.concernsSame(as: evidence.pattern)
    else { return false }
    return decision.isUndone == (decision.pattern.verb == evidence.pattern.verb)
  }
}
