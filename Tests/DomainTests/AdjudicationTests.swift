import Domain
import Testing

/// Who may decide a difference, what fits it, and what the books say afterwards.
@Suite("Decisions about discrepancies")
struct AdjudicationTests {
  private let li = Actor.staff(name: "li")
  private let wang = Actor.staff(name: "wang")
  private let identifiers = IdentifierSource(seed: (1, 2, 3, 4))

  private func difference(
    _ kind: DiscrepancyKind, expected: Int64, actual: Int64, level: HandlingLevel = .onePerson,
    ours: LocalSubject? = nil, order: OrderID? = nil, gateway: String = "alipay"
  ) -> DiscrepancyRecord {
    DiscrepancyRecord(
      id: identifiers.next(DiscrepancyNumber.self, at: start),
      facts: DiscrepancyFacts(
        run: identifiers.next(RunKind.self, at: start),
        statement: identifiers.next(StatementKind.self, at: start), gateway: gateway, kind: kind,
        level: level, expected: expected, actual: actual, currency: yuan, theirs: nil, bank: nil,
        ours: ours, order: order, suggestions: [],
        dueAt: start.adding(milliseconds: 7_200_000), mark: "m"),
      openedAt: start)
  }

  private func propose(
    _ record: DiscrepancyRecord, _ verb: AdjudicationVerb, by actor: Actor? = nil,
    until: Timestamp? = nil, partner: DiscrepancyRecord? = nil
  ) throws -> DiscrepancyDecision {
    var decision = DiscrepancyDecision(record, at: start, by: actor ?? li)
    try decision.propose(verb, reason: "checked", until: until, partner: partner)
    return decision
  }

  @Test("a small difference is decided by one person")
  func small() throws {
    let record = difference(.feeMore, expected: 6, actual: 8)
    let decided = try propose(record, .acceptGateway).record
    #expect(decided.state == .resolved)
    #expect(decided.resolution == .adjudicated)
    #expect(decided.resolvedBy == "operator:li")
    #expect(decided.version == record.version + 1)
  }

  @Test("a large one waits for a second person, who is not the first")
  func large() throws {
    let record = difference(.amountLess, expected: 90_000, actual: 10_000, level: .twoPersons)
    let proposed = try propose(record, .writeOff).record
    #expect(proposed.state == .proposed)
    var same = DiscrepancyDecision(proposed, at: start, by: li)
    #expect(throws: Rejection.self) { try same.confirm(partner: nil) }
    #expect(same.record.state == .proposed)
    var nobody = DiscrepancyDecision(proposed, at: start, by: .client(principal: "shop"))
    #expect(throws: Rejection.self) { try nobody.confirm(partner: nil) }
    var other = DiscrepancyDecision(proposed, at: start, by: wang)
    try other.confirm(partner: nil)
    #expect(other.record.state == .resolved)
    #expect(other.record.resolvedBy == "operator:wang")
    #expect(other.record.adjudication?.by == "operator:li")
  }

  @Test("what takes two is proposed by an operator: a connection and then a token are one person")
  func noOperator() throws {
    let record = difference(.amountLess, expected: 90_000, actual: 10_000, level: .twoPersons)
    let shop = Actor.client(principal: "shop")
    #expect(refusal { try propose(record, .writeOff, by: shop) } == .tokenRequired)
    let small = difference(.feeMore, expected: 6, actual: 8)
    #expect(try propose(small, .acceptGateway, by: shop).record.state == .resolved)
    // As it may be stored from before.
    var stored = record
    stored.apply(
      .proposed(Adjudication(verb: .writeOff, reason: "x", by: shop.text)), by: shop, at: start)
    var decision = DiscrepancyDecision(stored, at: start, by: li)
    #expect(refusal { try decision.confirm(partner: nil) } == .tokenRequired)
    try decision.reject(reason: "nobody's")
    try decision.propose(.writeOff, reason: "checked", until: nil, partner: nil)
    #expect(decision.record.state == .proposed)
  }

  @Test("what a rule suggests is confirmed by one person")
  func suggested() throws {
    let rule = Actor.rule(RuleID(high: 1, low: 2))
    var suggestion = DiscrepancyDecision(
      difference(.feeMore, expected: 6, actual: 8), at: start, by: rule)
    try suggestion.suggest(.acceptGateway, reason: "as people decided")
    var decision = DiscrepancyDecision(suggestion.record, at: start, by: li)
    try decision.confirm(partner: nil)
    #expect(decision.record.state == .resolved)
  }

  @Test("whatever tells a final payment otherwise takes two, however small")
  func overwriting() throws {
    for kind in DiscrepancyKind.allCases where kind.contradictsUs {
      let proposed = try propose(difference(kind, expected: 2, actual: 1), .acceptGateway).record
      #expect(proposed.state == .proposed, "\(kind)")
    }
  }

  @Test("a turned down proposal leaves the difference open and says nothing of it any more")
  func rejected() throws {
    let record = difference(.amountLess, expected: 90_000, actual: 10_000, level: .twoPersons)
    var decision = DiscrepancyDecision(
      try propose(record, .writeOff).record, at: start, by: wang)
    try decision.reject(reason: "ask the gateway first")
    #expect(decision.record.state == .open)
    #expect(decision.record.adjudication == nil)
    #expect(throws: Rejection.self) { try decision.reject(reason: "again") }
  }

  @Test("what does not fit is refused: no money to write off, nobody to refund, nothing to claim")
  func unfitting() {
    let number = difference(.gatewayNumber, expected: 0, actual: 0)
    #expect(throws: Rejection.self) { try propose(number, .writeOff) }
    let unknown = difference(.unknownMoney, expected: 0, actual: 100)
    #expect(throws: Rejection.self) { try propose(unknown, .refundBuyer) }
    #expect(throws: Rejection.self) { try propose(unknown, .claimFromGateway) }
    #expect(throws: Rejection.self) { try propose(unknown, .waitUntil) }
    #expect(throws: Rejection.self) { try propose(unknown, .waitUntil, until: start) }
    let later = start.adding(milliseconds: 1)
    #expect(throws: Rejection.self) { try propose(unknown, .moveToSuspense, until: later) }
  }

  @Test("it waits for its day and is open again on it, not before")
  func waiting() throws {
    let day = start.adding(milliseconds: 86_400_000)
    let record = difference(.payoutNotArrived, expected: 100, actual: 0)
    let waiting = try propose(record, .waitUntil, until: day).record
    #expect(waiting.state == .waiting)
    var early = DiscrepancyDecision(
      waiting, at: day.adding(milliseconds: -1), by: .timer)
    early.wake()
    #expect(early.events.isEmpty)
    var onTime = DiscrepancyDecision(waiting, at: day, by: .timer)
    onTime.wake()
    #expect(onTime.record.state == .open)
  }

  @Test("it is escalated once when nobody decided in time")
  func escalated() {
    let record = difference(.unknownMoney, expected: 0, actual: 100)
    var early = DiscrepancyDecision(record, at: start, by: .timer)
    early.escalate()
    #expect(early.events.isEmpty)
    var late = DiscrepancyDecision(record, at: record.facts.dueAt, by: .timer)
    late.escalate()
    late.escalate()
    #expect(late.events == [.escalated])
  }

  @Test("two halves of one movement close each other, and only if they cancel out")
  func merged() throws {
    let more = difference(.unknownMoney, expected: 0, actual: 500)
    let less = difference(.missingAtGateway, expected: 500, actual: 0)
    let decided = try propose(more, .mergeMatch, partner: less).record
    #expect(decided.state == .resolved)
    var other = DiscrepancyDecision(less, at: start, by: li)
    other.follow(decided)
    #expect(other.record.state == .resolved)
    #expect(other.record.adjudication?.partner == more.id)
    let smaller = difference(.missingAtGateway, expected: 400, actual: 0)
    #expect(throws: Rejection.self) { try propose(more, .mergeMatch, partner: smaller) }
    let elsewhere = difference(.missingAtGateway, expected: 500, actual: 0, gateway: "wechat")
    #expect(throws: Rejection.self) { try propose(more, .mergeMatch, partner: elsewhere) }
    #expect(throws: Rejection.self) { try propose(more, .mergeMatch, partner: more) }
  }

  @Test("every state that people can reach is left again, and nothing is erased")
  func undone() throws {
    let record = difference(.feeMore, expected: 6, actual: 8)
    var decision = DiscrepancyDecision(
      try propose(record, .writeOff).record, at: start, by: wang)
    try decision.undo(reason: "wrong contract")
    #expect(decision.record.state == .open)
    #expect(decision.events == [.reopened(reason: "wrong contract")])
    #expect(throws: Rejection.self) { try decision.undo(reason: "again") }
    var machine = DiscrepancyDecision(record, at: start, by: li)
    #expect(throws: Rejection.self) { try machine.undo(reason: "never decided") }
  }
}

/// What decisions do to the books.
@Suite("Decisions in the ledger")
struct AdjudicationLedgerTests {
  private let identifiers = IdentifierSource(seed: (5, 6, 7, 8))

  private func facts(_ kind: DiscrepancyKind, _ expected: Int64, _ actual: Int64) -> DiscrepancyFacts {
    DiscrepancyFacts(
      run: identifiers.next(RunKind.self, at: start),
      statement: identifiers.next(StatementKind.self, at: start), gateway: "alipay", kind: kind,
      level: .onePerson, expected: expected, actual: actual, currency: yuan, theirs: nil,
      bank: nil, ours: nil, order: nil, suggestions: [], dueAt: start, mark: "m")
  }

  private func books(_ events: [DiscrepancyEvent]) throws -> Ledger {
    var projection = LedgerProjection()
    let id = identifiers.next(DiscrepancyNumber.self, at: start)
    for event in events {
      try projection.apply(
        Event(
          id: identifiers.next(EventKind.self, at: start), at: start, actor: .staff(name: "li"),
          trace: nil, order: nil, version: 0, body: .discrepancy(id, event)))
    }
    #expect(projection.ledger.isBalanced)
    return projection.ledger
  }

  private func decided(_ verb: AdjudicationVerb) -> DiscrepancyEvent {
    .adjudicated(Adjudication(verb: verb, reason: "checked", by: "operator:li"), confirmedBy: nil)
  }

  private let gateway = LedgerAccount.receivable(gateway: "alipay")

  @Test("after every verb the gateway's account says what the gateway says, or nothing moved")
  func everyVerb() throws {
    for kind in DiscrepancyKind.allCases {
      for (expected, actual) in [(Int64(100), Int64(130)), (100, 70)] {
        let facts = facts(kind, expected, actual)
        for verb in AdjudicationVerb.allCases {
          let ledger = try books([.opened(facts), decided(verb)])
          let moved = ledger.balance(gateway, yuan).minor
          let counter = facts.counterAccount(for: verb)
          #expect(moved == (counter == nil ? 0 : facts.balanceChange), "\(kind) \(verb)")
          if let counter { #expect(ledger.balance(counter, yuan).minor == -moved) }
        }
      }
    }
  }

  @Test("a fee above the contract costs, a claim is owed by the gateway")
  func fees() throws {
    let facts = facts(.feeMore, 6, 8)
    let accepted = try books([.opened(facts), decided(.acceptGateway)])
    #expect(accepted.balance(.feeExpense(gateway: "alipay"), yuan).minor == 2)
    let claimed = try books([.opened(facts), decided(.claimFromGateway)])
    #expect(claimed.balance(.feeClaim(gateway: "alipay"), yuan).minor == 2)
    #expect(claimed.balance(gateway, yuan).minor == -2)
  }

  @Test("what is undone is posted the other way and both entries stay")
  func undone() throws {
    let facts = facts(.unknownMoney, 0, 500)
    let ledger = try books([
      .opened(facts), decided(.moveToSuspense), .reopened(reason: "found the buyer"),
    ])
    #expect(ledger.balance(.suspense, yuan).minor == 0)
    #expect(ledger.entries.count == 2)
    #expect(ledger.entries[1].corrects == 0)
  }
}
