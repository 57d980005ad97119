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
