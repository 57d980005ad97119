import Domain
import Engine
import SQLite
import Store
import Testing

@Suite("two persons stand for a run")
struct SignOffTests {
  private static let qian = Caller(
    principal: "books", person: "qian", seesAll: true, refundLimit: 0, isLead: true)
  private static let sun = Caller(
    principal: "books", person: "sun", seesAll: true, refundLimit: 0)
  private static let nobody = Caller(
    principal: "books", person: nil, seesAll: true, refundLimit: 0, isLead: true)

  /// A run that found money nobody knows: 6.00 and 900.00.
  private func scene() throws -> (World, RunRecord, [DiscrepancyRecord]) {
    let world = try World()
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    let rows = [
      BillRow(transaction: "X1", number: "N1", minor: 600, at: world.now),
      BillRow(transaction: "X2", number: "N2", minor: 90_000, at: world.now),
    ]
    let run = try world.reconcile(try world.imported(rows).id).run
    let found = try world.discrepancies(of: run.id).sorted { $0.facts.actual < $1.facts.actual }
    return (world, run, found)
  }

  private func decide(
    _ world: World, _ id: DiscrepancyID, _ verb: AdjudicationVerb = .moveToSuspense,
    until: Timestamp? = nil, by caller: Caller = World.finance
  ) throws {
    let wish = AdjudicationWish(
      discrepancy: id, verb: verb, reason: "checked", until: until, partner: nil)
    let result = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: caller)
    guard case .success = result else { throw ShortcutFault.unexpected("\(result)") }
  }

  private func decideAll(_ world: World, _ found: [DiscrepancyRecord]) throws {
    try decide(world, found[0].id)
    try decide(world, found[1].id)
    let confirmed = try world.ask(
      "discrepancy.confirm", .discrepancyConfirm(found[1].id), by: Self.qian)
    guard case .success = confirmed else { throw ShortcutFault.unexpected("\(confirmed)") }
  }

  private func sign(
    _ world: World, _ run: RunID, seen: String? = nil, by caller: Caller = World.finance,
    key: String? = nil, isDryRun: Bool = false
  ) throws -> Result<Reply, Refusal> {
    try world.ask(
      "recon.sign", .runSign(run, seen: seen), by: caller, key: key, isDryRun: isDryRun)
  }

  private func state(_ world: World, _ run: RunID) throws -> SignOff {
    try world.reader().signOff(of: run)
  }

  private func audit(_ world: World) throws -> SignOffAudit {
    try world.reader().verifySignOffs()
  }

  private func isWhole(_ world: World, signed count: Int64) throws -> Bool {
    let found = try audit(world)
    return found.count == count && found.firstBad == nil
  }

  @Test("nobody signs what is not decided; two do, who are not the same, and the second leads")
  func twoPersons() throws {
    let (world, run, found) = try scene()
    let early = try sign(world, run.id)
    #expect(refusal(early) == .runUndecided)
    try decideAll(world, found)
    #expect(refusal(try sign(world, run.id, by: Self.nobody)) == .tokenRequired)
    #expect(refusal(try sign(world, run.id, seen: run.digest)) == .signOffChanged)
    let page = try world.reader().signOffPage(of: run)
    _ = try sign(world, run.id, seen: page.digest, isDryRun: true)
    #expect(try state(world, run.id).state == .unsigned)
    let first = try sign(world, run.id, seen: page.digest, key: "sign-000001")
    guard case .success(.runSigned(_, let half)) = first else {
      Issue.record("\(first)")
      return
    }
    #expect(half.state == .halfSigned && half.digest == page.digest)
    try world.crash()
    #expect(try sign(world, run.id, seen: page.digest, key: "sign-000001") == first)
    #expect(refusal(try sign(world, run.id)) == .secondPersonRequired)
    #expect(refusal(try sign(world, run.id, by: Self.sun)) == .roleTooLow)
    guard case .success(.runSigned(_, let signed)) = try sign(world, run.id, by: Self.qian) else {
      Issue.record("not signed")
      return
    }
    #expect(signed.state == .signed)
    #expect(signed.first?.by == "operator:zhao" && signed.second?.by == "operator:qian")
    #expect(refusal(try sign(world, run.id, by: Self.sun)) == .illegalTransition)
    #expect(try isWhole(world, signed: 1))
    #expect(try sign(world, run.id, seen: page.digest, key: "sign-000001") == first)
  }

  @Test("taking a decision back makes both names void, and says so")
  func undone() throws {
    let (world, run, found) = try scene()
    try decideAll(world, found)
    _ = try sign(world, run.id)
    _ = try sign(world, run.id, by: Self.qian)
    _ = try world.ask(
      "discrepancy.undo", .discrepancyUndo(found[0].id, reason: "the buyer was found"),
      by: World.finance)
    let reopened = try state(world, run.id)
    #expect(reopened.state == .reopened && reopened.digest == nil)
    #expect(reopened.reopenedBy == .discrepancy(found[0].id))
    #expect(refusal(try sign(world, run.id)) == .runUndecided)
    try decide(world, found[0].id, .writeOff)
    guard case .success(.runSigned(_, let again)) = try sign(world, run.id, by: Self.qian) else {
      Issue.record("not signed again")
      return
    }
    #expect(again.state == .halfSigned && again.first?.by == "operator:qian")
    #expect(try audit(world).firstBad == nil)
  }

  @Test("what waits for a day may stay open: its later fate does not touch two names, but does one")
  func leftOpen() throws {
    let (world, run, found) = try scene()
    let day = world.now.adding(milliseconds: 3_600_000)
    try decideAll(world, Array(found))
    _ = try world.ask(
      "discrepancy.undo", .discrepancyUndo(found[0].id, reason: "ask first"), by: World.finance)
    try decide(world, found[0].id, .waitUntil, until: day)
    _ = try sign(world, run.id)
    try world.advance(to: day.adding(milliseconds: 1000))
    #expect(try state(world, run.id).state == .reopened)
    let later = world.now.adding(milliseconds: 3_600_000)
    try decide(world, found[0].id, .waitUntil, until: later)
    _ = try sign(world, run.id)
    _ = try sign(world, run.id, by: Self.qian)
    #expect(try state(world, run.id).leftOpen.map(\.discrepancy) == [found[0].id])
    try world.advance(to: later.adding(milliseconds: 1000))
    try decide(world, found[0].id, .writeOff)
    #expect(try state(world, run.id).state == .signed)
    #expect(try isWhole(world, signed: 1))
  }

  @Test("a decision that slips in between the two names makes the first one void")
  func race() throws {
    let (world, run, found) = try scene()
    try decideAll(world, found)
    let seen = try world.reader().signOffPage(of: run).digest
    _ = try sign(world, run.id, seen: seen)
    _ = try world.ask(
      "discrepancy.undo", .discrepancyUndo(found[0].id, reason: "wrong"), by: Self.sun)
    try decide(world, found[0].id, .writeOff, by: Self.sun)
    #expect(refusal(try sign(world, run.id, seen: seen, by: Self.qian)) == .signOffChanged)
    #expect(try state(world, run.id).state == .reopened)
  }

  @Test("a run made again stands above the one that was signed")
  func madeAgain() throws {
    let (world, run, found) = try scene()
    try decideAll(world, found)
    _ = try sign(world, run.id)
    _ = try sign(world, run.id, by: Self.qian)
    let again = try world.reconcile(run.statement).run
    #expect(again.known == 2 && again.opened == 0)
    #expect(try state(world, run.id).reopenedBy == .run(again.id))
    #expect(refusal(try sign(world, run.id)) == .runSuperseded)
    #expect(try world.reader().signOffPage(of: again).findings.count == 2)
    _ = try sign(world, again.id)
    _ = try sign(world, again.id, by: Self.qian)
    #expect(try state(world, again.id).state == .signed)
    #expect(try isWhole(world, signed: 2))
  }

  @Test("a statement issued again makes the names void as it comes in, and nobody signs the old run")
  func issuedAgain() throws {
    let (world, run, found) = try scene()
    try decideAll(world, found)
    _ = try sign(world, run.id)
    _ = try sign(world, run.id, by: Self.qian)
    let rows = [BillRow(transaction: "X1", number: "N1", minor: 600, at: world.now)]
    let dry = try world.take(try world.upload(Bill.text(rows)), isDryRun: true)
    guard case .success = dry else { throw ShortcutFault.unexpected("\(dry)") }
    #expect(try state(world, run.id).state == .signed)
    let newer = try world.imported(rows)
    let void = try state(world, run.id)
    #expect(void.state == .reopened && void.reopenedBy == .statement(newer.id))
    #expect(void.digest == nil && void.first == nil && void.second == nil)
    #expect(refusal(try sign(world, run.id)) == .runSuperseded)
    try world.crash()
    #expect(try state(world, run.id) == void)
    _ = try world.reconcile(newer.id)
    #expect(try state(world, run.id) == void)
    #expect(try isWhole(world, signed: 1))
  }

  @Test("a row changed behind the back of the log is found by the audit")
  func tampered() throws {
    let changes = [
      "UPDATE discrepancies SET actual=actual+1", "UPDATE runs SET local_rows=7",
      "UPDATE discrepancies SET resolved_by='operator:sun' WHERE resolved_by='operator:qian'",
      "DELETE FROM run_findings", "UPDATE sign_offs SET second_by='operator:sun'",
    ]
    for sql in changes {
      let (world, run, found) = try scene()
      try decideAll(world, found)
      _ = try sign(world, run.id)
      _ = try sign(world, run.id, by: Self.qian)
      let connection = try Connection(path: world.path, role: .writer)
      try connection.execute(sql)
      try connection.close()
      #expect(try audit(world).firstBad == run.id, "\(sql)")
    }
  }
}
