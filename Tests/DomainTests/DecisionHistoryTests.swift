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

  private func alike(_ count: Int) -> DecisionHistory {
    var history = DecisionHistory()
    for number in 1...UInt64(count) {
      history.add(.moveToSuspense, of: id(number), facts(number, actual: 600 + Int64(number)))
    }
    return history
  }

  @Test("enough decisions without a word against them make a rule, one less does not")
  func enough() throws {
    let evidence = try #require(alike(Limits.ruleSupport).evidence.first)
    #expect(evidence.suffices && evidence.tolerance == 600 + Int64(Limits.ruleSupport))
    #expect(evidence.pattern.text == "alipay:unknown_money:CNY:more:move_to_suspense")
    #expect(DecisionPattern(text: evidence.pattern.text) == evidence.pattern)
    #expect(alike(Limits.ruleSupport - 1).evidence.first?.suffices == false)
  }

  @Test("one taken back, and one no larger decided otherwise, speak against it; a larger one not")
  func counterExamples() throws {
    var undone = alike(21)
    undone.undo(id(3))
    #expect(undone.evidence.first?.support == 20)
    #expect(undone.evidence.first?.counterExamples == 1)
    var otherwise = alike(20)
    otherwise.add(.writeOff, of: id(99), facts(99, actual: 620))
    #expect(otherwise.evidence.first?.counterExamples == 1)
    var larger = alike(20)
    larger.add(.writeOff, of: id(99), facts(99, actual: 621))
    #expect(larger.evidence.first?.counterExamples == 0)
    // Of the same kind, but the other way round.
    larger.add(.writeOff, of: id(98), facts(98, actual: -5))
    #expect(larger.evidence.first?.counterExamples == 0)
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
      id: RuleID(high: 1, low: 1), pattern: pattern, tolerance: 600, support: 20,
      activatedAt: start, activatedBy: "operator:li")
    #expect(rule.fits(facts(1)) && !rule.fits(facts(1, actual: 601)))
    #expect(!rule.fits(facts(1, actual: -600)) && !rule.fits(facts(1, kind: .amountMore)))
    #expect(!rule.fits(facts(1, level: .twoPersons)))
    rule.deactivate(by: "operator:li", at: start, because: nil)
    #expect(!rule.fits(facts(1)))
  }
}
