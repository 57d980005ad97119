import Domain
import Engine
import Store
import Testing

@Suite("rules learn from people, and stop at the first word against them")
struct RuleFlowTests {
  private static let qian = Caller(
    principal: "books", person: "qian", seesAll: true, refundLimit: 0, isLead: true)

  private func scene() throws -> World {
    let world = try World()
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    return world
  }

  /// Money that nobody knows, a row each, found by a run of its own day.
  private func found(
    _ world: World, on days: Int64 = 1, _ amounts: [Int64]
  ) throws -> [DiscrepancyRecord] {
    try world.advance(by: days * 86_400_000)
    let rows = amounts.enumerated().map { index, minor in
      BillRow(
        transaction: "X\(world.now.milliseconds)-\(index)",
        number: "N\(world.now.milliseconds)-\(index)", minor: minor, at: world.now)
    }
    let run = try world.reconcile(try world.imported(rows).id).run
    return try world.discrepancies(of: run.id).sorted { $0.facts.actual < $1.facts.actual }
  }

  private func decide(
    _ world: World, _ record: DiscrepancyRecord, _ verb: AdjudicationVerb = .moveToSuspense
  ) throws {
    let wish = AdjudicationWish(
      discrepancy: record.id, verb: verb, reason: "checked", until: nil, partner: nil)
    let result = try world.ask(
      "discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    guard case .success = result else { throw ShortcutFault.unexpected("\(result)") }
  }

  private func pattern(_ world: World) throws -> PatternEvidence {
    try #require(try world.reader().decisionHistory().evidence.first)
  }

  private func activate(
    _ world: World, _ mode: RuleMode = .close, key: String = "rule-00000001"
  ) throws -> Result<Reply, Refusal> {
    try world.ask(
      "rule.activate",
      .ruleActivate(try world.reader().study(of: try pattern(world).pattern), mode),
      by: Self.qian, key: key)
  }

  private func active(_ world: World, _ mode: RuleMode = .close) throws -> World {
    for record in try found(world, (1...20).map { 500 + $0 }) { try decide(world, record) }
    guard case .success(.rule(let rule)) = try activate(world, mode) else {
      throw ShortcutFault.unexpected("no rule")
    }
    #expect(rule.isActive && rule.terms.tolerance == 520 && rule.terms.support == 20)
    #expect(rule.terms.mode == mode && rule.terms.disagreeing == 0)
    return world
  }

  @Test("what is decided between the look at history and the rule speaks against it as well")
  func decidedSince() throws {
    let world = try scene()
    for record in try found(world, (1...20).map { 500 + $0 }) { try decide(world, record) }
    let study = try world.reader().study(of: try pattern(world).pattern)
    let later = try #require(try found(world, [510]).first)
    try decide(world, later, .writeOff)
    let result = try world.ask(
      "rule.activate", .ruleActivate(study, .close), by: Self.qian, key: "rule-00000002")
    #expect(refusal(result) == .ruleNotSupported)
    let undone = try world.ask(
      "discrepancy.undo", .discrepancyUndo(later.id, reason: "no"), by: World.finance)
    #expect(refusal(undone) == nil)
    let again = try world.ask(
      "rule.activate", .ruleActivate(study, .close), by: Self.qian, key: "rule-00000003")
    #expect(refusal(again) == nil)
  }

  @Test("twenty decisions alike make a rule; it decides what fits and leaves the rest to people")
  func learned() throws {
    let world = try active(try scene())
    try world.crash()
    let next = try found(world, [100, 520, 521, 90_000])
    #expect(next.map(\.state) == [.resolved, .resolved, .open, .open])
    #expect(next[0].adjudication?.by.hasPrefix("rule:rul_") == true)
    // Decisions of rules prove nothing.
    #expect(try pattern(world).support == 20)
    _ = try world.ledger()
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("too few decisions, or one taken back, put no rule in force")
  func unsupported() throws {
    let world = try scene()
    let records = try found(world, (1...20).map { 500 + $0 })
    for record in records.dropLast() { try decide(world, record) }
    #expect(refusal(try activate(world)) == .ruleNotSupported)
    try decide(world, records[19])
    _ = try world.ask(
      "discrepancy.undo", .discrepancyUndo(records[0].id, reason: "wrong"), by: World.finance)
    #expect(refusal(try activate(world)) == .ruleNotSupported)
  }

  @Test("the first decision of a rule that is taken back ends it")
  func undone() throws {
    let world = try active(try scene())
    let next = try found(world, [100])
    _ = try world.ask(
      "discrepancy.undo", .discrepancyUndo(next[0].id, reason: "the buyer was found"),
      by: World.finance)
    let rule = try #require(try world.reader().rules(limit: 10).first)
    #expect(!rule.isActive && rule.counterExample == next[0].id)
    #expect(world.alarms.contains { $0.hasPrefix("Rule rul_") })
    #expect(try found(world, [100]).map(\.state) == [.open])
  }

  @Test("a rule that suggests closes nothing: a person confirms or turns down, and it goes on")
  func suggested() throws {
    let world = try active(try scene(), .suggest)
    try world.crash()
    let next = try found(world, [100, 110, 521])
    #expect(next.map(\.state) == [.proposed, .proposed, .open])
    #expect(next[0].adjudication?.by.hasPrefix("rule:rul_") == true)
    _ = try world.ask("discrepancy.confirm", .discrepancyConfirm(next[0].id), by: World.finance)
    #expect(try world.reader().discrepancy(next[0].id)?.resolvedBy == "operator:zhao")
    let unknown = Caller(principal: "books", person: nil, seesAll: true, refundLimit: 0)
    let refused = try world.ask("discrepancy.confirm", .discrepancyConfirm(next[1].id), by: unknown)
    #expect(refusal(refused) == .tokenRequired)
    // It may come to decide while nothing speaks against it, and not afterwards.
    #expect(try pattern(world).supports(.close))
    _ = try world.ask(
      "discrepancy.reject", .discrepancyReject(next[1].id, reason: "known buyer"),
      by: World.finance)
    #expect(try pattern(world).backTest.disagreements.map(\.ending) == [.turnedDown])
    let rule = try #require(try world.reader().rules(limit: 10).first)
    #expect(rule.isActive && rule.terms.mode == .suggest)
    #expect(refusal(try activate(world, .close, key: "rule-00000002")) == .ruleNotSupported)
    let history = try world.reader().decisionHistory()
    let deeds = history.deeds(of: rule.id)
    #expect((deeds.decisions, deeds.confirmed, deeds.turnedDown) == (0, 1, 1))
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("putting a rule in force in the other mode ends the one that was")
  func otherMode() throws {
    let world = try active(try scene(), .suggest)
    #expect(refusal(try activate(world, .suggest, key: "rule-00000002")) == .ruleActive)
    try world.advance(by: 1000)
    guard case .success(.rule(let rule)) = try activate(world, .close, key: "rule-00000003") else {
      throw ShortcutFault.unexpected("not put in force")
    }
    let rules = try world.reader().rules(limit: 10)
    #expect(rules.map(\.isActive) == [true, false] && rules.first == rule)
    #expect(try world.reader().rules(before: rule.id, limit: 10).map(\.terms.mode) == [.suggest])
    #expect(try found(world, [100]).map(\.state) == [.resolved])
  }

  @Test("what a rule had closed and a later bill brings is taken back, and the rule ends")
  func broughtLater() throws {
    let world = try scene()
    let payments = try (0..<20).map { _ in try world.paidOrder(600).1 }
    let missing = try found(world, on: 0, [700]).filter { $0.facts.kind == .missingAtGateway }
    #expect(missing.count == payments.count)
    for record in missing { try decide(world, record, .writeOff) }
    guard case .success = try activate(world) else { throw ShortcutFault.unexpected("no rule") }
    try world.advance(by: 86_400_000)
    let late = try world.paidOrder(600).1
    let closed = try #require(
      try found(world, on: 0, [700]).first { $0.facts.ours == .payment(late.id) })
    #expect(closed.state == .resolved && closed.resolution == .adjudicated)
    try world.advance(by: 86_400_000)
    let row = BillRow(
      transaction: late.gatewayTransaction ?? "", number: late.outTradeNumber, minor: 600,
      at: world.now)
    _ = try world.reconcile(try world.imported([row]).id)
    let back = try #require(try world.reader().discrepancy(closed.id))
    #expect(back.resolution == .agrees && back.adjudication == nil)
    let rule = try #require(try world.reader().rules(limit: 10).first)
    #expect(!rule.isActive && rule.counterExample == closed.id)
    #expect(world.alarms.contains { $0.hasPrefix("Rule rul_") })
    #expect(try pattern(world).backTest.disagreements.map(\.discrepancy) == [closed.id])
    // What people decided is theirs.
    #expect(try world.reader().discrepancy(missing[0].id)?.isDecidedByPeople == true)
    _ = try world.ledger()
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("what ended by itself keeps a rule from being put in force to close")
  func endedByItself() throws {
    let world = try scene()
    let day = try found(world, [100])
    for record in try found(world, (1...20).map { 500 + $0 }) { try decide(world, record) }
    #expect(try pattern(world).suffices)
    let statement = try #require(try world.reader().statement(day[0].facts.statement))
    // The bill of that day is issued again without the row.
    let empty = [
      BillRow(
        transaction: "Z1", number: "Z1", minor: 90_000,
        at: statement.from.adding(milliseconds: 40_000_000))
    ]
    _ = try world.reconcile(try world.imported(empty).id)
    #expect(try world.reader().discrepancy(day[0].id)?.resolution == .agrees)
    #expect(try pattern(world).backTest.disagreements.map(\.ending) == [.agrees])
    #expect(refusal(try activate(world)) == .ruleNotSupported)
    #expect(refusal(try activate(world, .suggest, key: "rule-00000002")) == nil)
  }

  @Test("a person who decides otherwise where the rule would have ends it too")
  func contradicted() throws {
    let world = try scene()
    let waiting = try found(world, [100])
    _ = try active(world)
    try decide(world, waiting[0], .writeOff)
    #expect(try world.reader().rules(limit: 10).first?.isActive == false)
  }
}
