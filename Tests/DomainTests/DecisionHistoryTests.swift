import Domain
import Testing

@Suite("What people decide again and again")
struct DecisionHistoryTests {
  private func facts(
    _ number: UInt64, actual: Int64 = 600, kind: DiscrepancyKind = .unknownMoney,
    level: HandlingLevel = .onePerson
  ) -> DiscrepancyFacts {
    DiscrepancyFacts(
      run: RunID(high: 1, low: 1), statement: StatementID(high: 1, low: 2), gateway: "alipay",
      kind: kind, level: level, expected: 0, actual: actual, currency: yuan, theirs: nil,
      bank: nil, ours: nil, order: nil, suggestions: [], dueAt: start, mark: "m\(number)")
  }

  private func id(_ number: UInt64) -> DiscrepancyID { DiscrepancyID(high: 2, low: number) }

  private let li = Actor.staff(name: "li")
  private let rule = RuleID(high: 3, low: 3)

  private func wish(_ verb: AdjudicationVerb, by actor: Actor) -> Adjudication {
    Adjudication(verb: verb, reason: "checked", by: actor.text)
  }

  private func decide(
    _ number: UInt64, _ verb: AdjudicationVerb = .moveToSuspense, by actor: Actor? = nil,
    in history: inout DecisionHistory
  ) {
    let actor = actor ?? li
    history.note(
      .adjudicated(wish(verb, by: actor), confirmedBy: nil), of: id(number), by: actor)
  }

  private func alike(_ count: Int) -> DecisionHistory {
    var history = DecisionHistory()
    for number in 1...UInt64(count) {
      history.add(id(number), facts(number, actual: 600 + Int64(number)))
      decide(number, in: &history)
    }
    return history
  }

  private func best(_ history: DecisionHistory) throws -> PatternEvidence {
    try #require(history.evidence.first)
  }

  @Test("enough decisions without a word against them make a rule, one less does not")
  func enough() throws {
    let evidence = try best(alike(Limits.ruleSupport))
    #expect(evidence.suffices && evidence.tolerance == 600 + Int64(Limits.ruleSupport))
    #expect(evidence.pattern.text == "alipay:unknown_money:CNY:more:move_to_suspense")
    #expect(DecisionPattern(text: evidence.pattern.text) == evidence.pattern)
    let few = try best(alike(Limits.ruleSupport - 1))
    #expect(!few.suffices && !few.supports(.close) && few.supports(.suggest))
  }

  @Test("one taken back, and one no larger decided otherwise, speak against it; a larger one not")
  func counterExamples() throws {
    var undone = alike(21)
    undone.note(.reopened(reason: "wrong"), of: id(3), by: li)
    #expect(try best(undone).support == 20)
    #expect(
      try best(undone).backTest.disagreements
        == [.init(discrepancy: id(3), ending: .takenBack)])
    // Deciding it alike again does not make the first time right.
    decide(3, in: &undone)
    #expect(try best(undone).counterExamples == 1)
    var otherwise = alike(20)
    otherwise.add(id(99), facts(99, actual: 620))
    decide(99, .writeOff, in: &otherwise)
    #expect(
      try best(otherwise).backTest.disagreements
        == [.init(discrepancy: id(99), ending: .decided(.writeOff))])
    var larger = alike(20)
    larger.add(id(99), facts(99, actual: 621))
    decide(99, .writeOff, in: &larger)
    #expect(try best(larger).counterExamples == 0)
    // Of the same kind, but the other way round.
    larger.add(id(98), facts(98, actual: -5))
    decide(98, .writeOff, in: &larger)
    #expect(try best(larger).counterExamples == 0)
  }

  @Test("what people do about one buyer, day or pair speaks against a rule that would decide it")
  func special() throws {
    for verb in [AdjudicationVerb.refundBuyer, .mergeMatch, .waitUntil] {
      var history = alike(20)
      history.add(id(99), facts(99))
      decide(99, verb, in: &history)
      #expect(try best(history).backTest.disagreements.map(\.ending) == [.decided(verb)])
      #expect(try !best(history).supports(.close))
    }
    // Its day came, and people then decided as always.
    var waited = alike(20)
    waited.add(id(99), facts(99))
    decide(99, .waitUntil, in: &waited)
    waited.note(.reopened(reason: "waited"), of: id(99), by: .timer)
    decide(99, in: &waited)
    #expect(try best(waited).support == 21 && best(waited).counterExamples == 0)
  }

  @Test("a difference that ended by itself would have been closed wrongly")
  func endedByItself() throws {
    var history = alike(20)
    history.add(id(99), facts(99), .agrees)
    #expect(
      try best(history).backTest.disagreements == [.init(discrepancy: id(99), ending: .agrees)])
    // The machine ended it when it was found: no rule ever saw it.
    history.add(id(98), facts(98), .filledBack)
    #expect(try best(history).backTest.decided == 21)
  }

  @Test("what nobody decided, and what a rule decided, prove nothing; what is undone of it does")
  func ofRules() throws {
    var history = alike(20)
    history.add(id(97), facts(97))
    history.add(id(98), facts(98))
    decide(98, by: .rule(rule), in: &history)
    let test = try best(history).backTest
    #expect((test.decided, test.agreeing, test.undecided) == (22, 20, 2))
    #expect(history.deeds(of: rule).decisions == 1)
    history.note(.reopened(reason: "the buyer was found"), of: id(98), by: li)
    #expect(try best(history).counterExamples == 1)
    #expect(history.deeds(of: rule).takenBack == 1)
  }

  @Test("a proposal of a rule counts once a person has confirmed it, and against it if not")
  func proposals() throws {
    var history = alike(20)
    for number: UInt64 in [98, 99] {
      history.add(id(number), facts(number))
      history.note(
        .proposed(wish(.moveToSuspense, by: .rule(rule))), of: id(number), by: .rule(rule))
    }
    #expect(try best(history).backTest.undecided == 2)
    history.note(
      .adjudicated(wish(.moveToSuspense, by: .rule(rule)), confirmedBy: li.text), of: id(98),
      by: li)
    #expect(try best(history).support == 21)
    history.note(.rejected(reason: "another buyer's"), of: id(99), by: li)
    #expect(
      try best(history).backTest.disagreements
        == [.init(discrepancy: id(99), ending: .turnedDown)])
    let deeds = history.deeds(of: rule)
    #expect((deeds.decisions, deeds.confirmed, deeds.turnedDown) == (0, 1, 1))
  }

  @Test("every disagreement counts, and so many are named")
  func named() throws {
    var history = alike(20)
    for number: UInt64 in 100..<170 {
      history.add(id(number), facts(number))
      decide(number, .writeOff, in: &history)
    }
    let pattern = try #require(DecisionPattern(facts(1), .moveToSuspense))
    let test = history.backTest(pattern, tolerance: 620)
    #expect(test.disagreeing == 70 && test.disagreements.count == BackTest.namedMax)
    #expect(test.disagreements.first?.discrepancy == id(100))
  }

  @Test("no rule learns or makes what takes two persons, or is about one buyer, day or pair")
  func never() {
    for verb in AdjudicationVerb.allCases {
      for level in HandlingLevel.allCases {
        for kind in DiscrepancyKind.allCases {
          let facts = facts(1, kind: kind, level: level)
          guard let pattern = DecisionPattern(facts, verb) else { continue }
          #expect(level <= .onePerson && !facts.needsSecondPerson(for: verb))
          #expect(![.refundBuyer, .mergeMatch, .waitUntil].contains(pattern.verb))
        }
      }
    }
  }

  @Test("a rule fits what is alike and no larger, and nothing once it is ended")
  func fits() throws {
    let pattern = try #require(DecisionPattern(facts(1), .moveToSuspense))
    var rule = RuleRecord(
      id: RuleID(high: 1, low: 1),
      terms: RuleTerms(
        pattern: pattern, mode: .close, tolerance: 600, support: 20, replayed: 20,
        disagreeing: 0), activatedAt: start, activatedBy: "operator:li")
    #expect(rule.fits(facts(1)) && !rule.fits(facts(1, actual: 601)))
    #expect(!rule.fits(facts(1, actual: -600)) && !rule.fits(facts(1, kind: .amountMore)))
    #expect(!rule.fits(facts(1, level: .twoPersons)))
    rule.deactivate(by: "operator:li", at: start, because: nil)
    #expect(!rule.fits(facts(1)))
  }
}
