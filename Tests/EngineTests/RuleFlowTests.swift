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
  private func found(_ world: World, _ amounts: [Int64]) throws -> [DiscrepancyRecord] {
    try world.advance(by: 86_400_000)
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

  private func activate(_ world: World) throws -> Result<Reply, Refusal> {
    try world.ask(
      "rule.activate", .ruleActivate(try pattern(world).pattern), by: Self.qian,
      key: "rule-00000001")
  }

  private func active(_ world: World) throws -> World {
    for record in try found(world, (1...20).map { 500 + $0 }) { try decide(world, record) }
    guard case .success(.rule(let rule)) = try activate(world) else {
      throw ShortcutFault.unexpected("no rule")
    }
    #expect(rule.isActive && rule.tolerance == 520 && rule.support == 20)
    return world
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
    var projection = LedgerProjection()
    for (_, event) in try world.reader().recorded(after: 0, limit: 1000) {
      try projection.apply(event)
    }
    #expect(projection.ledger.isBalanced)
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

  @Test("a person who decides otherwise where the rule would have ends it too")
  func contradicted() throws {
    let world = try scene()
    let waiting = try found(world, [100])
    _ = try active(world)
    try decide(world, waiting[0], .writeOff)
    #expect(try world.reader().rules(limit: 10).first?.isActive == false)
  }
}
