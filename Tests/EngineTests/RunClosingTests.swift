import Domain
import Engine
import Gateways
import SQLite
import Store
import Testing

@Suite("runs with many differences, told of in pieces")
struct RunClosingTests {
  private static let qian = Caller(
    principal: "books", person: "qian", seesAll: true, refundLimit: 0, isLead: true)

  private struct Day {
    let world: World
    var payments: [Payment] = []
    let statement: StatementRecord

    /// Payments of ours that are in the bill, and rows of strangers.
    init(strangers: Int = 7, piece: Int = 2) throws {
      world = try World(settings: EngineSettings(rowsOfPiece: 2, differencesOfPiece: piece))
      try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
      for _ in 0..<3 { payments.append(try world.paidOrder().1) }
      let rows = (0..<strangers).map { [at = world.now] place in
        // Two of them take two persons.
        BillRow(
          transaction: "X\(place)", number: "N\(place)", minor: place < 2 ? 90_000 : 77, at: at)
      }
      let id = try world.upload(Bill.text(payments.map(Day.row) + rows), piece: 49_152)
      guard case .success(.statement(let reply)) = try world.take(id) else {
        throw ShortcutFault.unexpected("refused")
      }
      statement = reply.record
    }

    static func row(_ payment: Payment) -> BillRow {
      BillRow(
        transaction: payment.gatewayTransaction ?? "", number: payment.outTradeNumber,
        minor: payment.amount.minor, at: payment.paidAt ?? payment.createdAt)
    }

    func draft() throws -> RunDraft {
      try Comparison.draft(of: statement.id, with: nil, from: world.reader(), at: world.now)
    }

    func begin() throws -> ReplyToken {
      try world.call("recon.run", .reconcile(try draft()), by: World.finance)
    }

    func count(_ rows: String) throws -> Int64 {
      let connection = try Connection(path: world.path, role: .reader)
      let selection = try connection.prepare("SELECT count(*) FROM \(rows)")
      defer { selection.reset() }
      return try selection.step() ? try selection.int64(0) : -1
    }

    var opened: Int64 {
      get throws { try count("events WHERE type='discrepancy.opened'") }
    }

    /// How many runs are neither told of to their end nor forgotten, and what is staged for them.
    var left: Int64 {
      get throws { try count("meta WHERE name LIKE 'closing%' OR name LIKE 'staged:%'") }
    }

    var unfinished: Set<RunID> { get throws { try world.reader().unfinishedRuns() } }

    /// All that `audit.verify` looks at, and the books themselves.
    func audit() throws {
      let reader = try world.reader()
      #expect(try reader.verifyChain(from: 1, to: nil).brokenAt == nil)
      #expect(try reader.verifySignOffs().firstBad == nil)
      #expect(try reader.verifyLedger().firstBad == nil)
      #expect(try world.store.checkAgainstLog().differences.isEmpty)
    }

    func settle(_ most: Int = 100) throws {
      for _ in 0..<most where world.engine.nextWake.map({ $0 <= world.now }) ?? false {
        try world.run([.clock])
      }
    }
  }

  private func run(_ answer: Answer?) throws -> (run: RunRecord, kinds: [DiscrepancyCount]) {
    guard case .success(.reconciled(let run, let kinds)) = try #require(answer).result else {
      throw ShortcutFault.unexpected("\(String(describing: answer))")
    }
    return (run, kinds)
  }

  @Test("others are served between its pieces, and none of it is told before the run is in")
  func between() throws {
    let day = try Day()
    let token = try day.begin()
    var (pieces, before): (Int, Int64) = (0, 0)
    while day.world.answers[token] == nil {
      let told = try day.count("discrepancies")
      let events = try day.opened
      #expect(told - before <= 2 && told == events)
      if try day.count("runs") == 0 { #expect(told == 0) }
      before = told
      let other = try day.world.call("order.create", .orderCreate(day.world.wish(990)))
      #expect(day.world.answers[other] != nil)
      try day.world.run([.clock])
      pieces += 1
      try #require(pieces < 40)
    }
    let (run, kinds) = try run(day.world.answers[token])
    #expect(run.opened == 7 && run.known == 0 && run.proofs.allSatisfy { $0.remainder == 0 })
    #expect(kinds == [DiscrepancyCount(kind: .unknownMoney, state: .open, count: 7)])
    #expect(try day.count("discrepancies") == 7)
    #expect(try day.world.discrepancies(of: run.id).count == 7)
    try day.settle()
    #expect(try day.left == 0)
    #expect(day.world.answerCounts[token] == 1)
  }

  @Test("a run is unfinished until all is told of: then, and only then, recon.finished says so")
  func unfinished() throws {
    let day = try Day()
    let token = try day.begin()
    while day.world.answers[token] == nil {
      try day.world.run([.clock])
      let isOver = day.world.answers[token] != nil
      let isIn = try day.count("runs") == 1
      #expect(try day.unfinished.count == (isIn && !isOver ? 1 : 0))
      #expect(try day.count("events WHERE type='recon.finished'") == (isOver ? 1 : 0))
    }
    let last = "(SELECT max(seq) FROM events WHERE type='discrepancy.opened')"
    #expect(try day.count("events WHERE type='recon.finished' AND seq>\(last)") == 1)
    try day.settle()
    try day.audit()
  }

  @Test("a crash before the run is in leaves no trace; after it, the run is told to its end")
  func crash() throws {
    let whole = try Day()
    let expected = try settled(whole)
    var (wasIn, isOver, pieces) = (false, false, 0)
    while !isOver {
      let day = try Day()
      let token = try day.begin()
      for _ in 0..<pieces { try day.world.run([.clock]) }
      isOver = day.world.answers[token] != nil
      let isIn = try day.count("runs") == 1
      #expect(isIn || !wasIn)
      wasIn = isIn
      try day.world.crash()
      try day.audit()
      try day.settle()
      #expect(try day.count("runs") == (isIn ? 1 : 0))
      #expect(try day.count("discrepancies") == (isIn ? 7 : 0) && day.opened == (isIn ? 7 : 0))
      #expect(try day.count("run_findings") == (isIn ? 7 : 0))
      #expect(try day.count("match_pieces") == (isIn ? 3 : 0))
      #expect(try day.count("events WHERE type='recon.finished'") == (isIn ? 1 : 0))
      #expect(try day.count("cases") == (isIn ? 1 : 0))
      #expect(try day.left == 0 && day.unfinished.isEmpty)
      try day.audit()
      let again = try settled(day)
      #expect(again.digest == expected.digest && again.proofs == expected.proofs)
      #expect(again.proofs.allSatisfy { $0.remainder == 0 })
      #expect(again.opened == (isIn ? 0 : 7) && again.known == (isIn ? 7 : 0))
      #expect(again.statementBuckets == expected.statementBuckets)
      #expect(again.localBuckets == expected.localBuckets)
      #expect(try day.count("discrepancies") == 7 && day.opened == 7)
      try day.audit()
      pieces += 1
      try #require(pieces < 60)
    }
    #expect(wasIn && pieces > 14)
  }

  @Test("what was told before and after a crash is signed as one, and the page is the same")
  func signedOverCrash() throws {
    let whole = try Day()
    let plain = try settled(whole)
    let page = try whole.world.reader().signOffPage(of: plain)
    let day = try Day()
    _ = try day.begin()
    while try day.count("discrepancies") < 3 { try day.world.run([.clock]) }
    try day.world.crash()
    try day.settle()
    let run = try #require(
      try day.world.reader().runs(gateway: nil, statement: nil, before: nil, limit: 1).first)
    let told = try day.world.reader().signOffPage(of: run)
    #expect(told.findings.count == 7 && page.findings.count == 7)
    #expect(told.undecided.count == page.undecided.count && run.digest == plain.digest)
    for found in try day.world.discrepancies(of: run.id) {
      let wish = AdjudicationWish(
        discrepancy: found.id, verb: .moveToSuspense, reason: "checked", until: nil, partner: nil)
      _ = try day.world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
      guard found.facts.level >= .twoPersons else { continue }
      _ = try day.world.ask("discrepancy.confirm", .discrepancyConfirm(found.id), by: Self.qian)
    }
    for person in [World.finance, Self.qian] {
      let seen = try day.world.reader().signOffPage(of: run).digest
      let signed = try day.world.ask("recon.sign", .runSign(run.id, seen: seen), by: person)
      #expect(refusal(signed) == nil)
    }
    #expect(try day.world.reader().signOff(of: run.id).state == .signed)
    try day.audit()
  }

  @Test("a run is told to its end though its gateway is not configured any more")
  func unconfigured() throws {
    let day = try Day()
    _ = try day.begin()
    while try day.count("discrepancies") < 3 { try day.world.run([.clock]) }
    day.world.accounts.removeAll { $0.gateway.name == "bank" }
    try day.world.crash()
    try day.settle()
    #expect(try day.count("discrepancies") == 7 && day.left == 0)
  }

  @Test("after a long stop people have their time for what is told of then")
  func dueLater() throws {
    let day = try Day()
    _ = try day.begin()
    while try day.count("discrepancies") < 3 { try day.world.run([.clock]) }
    day.world.now = day.world.now.adding(milliseconds: 86_400_000)
    try day.world.crash()
    try day.settle()
    let limit = Limits.discrepancyDueMilliseconds
    #expect(try day.count("discrepancies") == 7)
    #expect(try day.count("discrepancies WHERE due_at-opened_at<>\(limit)") == 0)
  }

  @Test("what waits behind differences that nobody needs any more is carried out")
  func behindStaged() throws {
    let day = try Day(strangers: 150, piece: 1)
    let world = day.world
    _ = try day.begin()
    for _ in 0..<200 where try day.left < 80 { try world.run([.clock]) }
    let rows = (0..<3).map { [at = world.now] place in
      BillRow(transaction: "O\(place)", number: "P\(place)", minor: 5, at: at)
    }
    let id = try world.upload(Bill.text(rows), piece: 49_152)
    _ = try world.take(id, gateway: "other")
    let other = try Comparison.draft(of: id, with: nil, from: world.reader(), at: world.now)
    let token = try world.call("recon.run", .reconcile(other), by: World.finance)
    #expect(world.answers[token] == nil)
    // The first one is overtaken.
    let number = day.payments[0].outTradeNumber
    world.bank.dispute(number, "needs_response")
    let notice = world.bank.disputeNotice(number)
    _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    try day.settle(400)
    #expect(try run(world.answers[token]).run.opened == 3)
    #expect(try day.left == 0)
  }

  @Test("what is compared while a run is told of knows a part: it is compared anew")
  func knewPart() throws {
    let day = try Day()
    let first = try day.begin()
    while try day.count("discrepancies") < 3 { try day.world.run([.clock]) }
    let early = try day.begin()
    #expect(day.world.answers[early] == nil)
    try day.settle()
    #expect(try run(day.world.answers[first]).run.opened == 7)
    #expect(refusal(try day.world.answer(early)) == .versionMismatch)
    #expect(try settled(day).known == 7)
    #expect(try day.opened == 7)
    try day.audit()
  }

  /// A run from its beginning to its answer.
  private func settled(_ day: Day) throws -> RunRecord {
    let token = try day.begin()
    try day.settle()
    #expect(day.world.answerCounts[token] == 1)
    return try run(day.world.answers[token]).run
  }

  @Test("a payment that changes while differences are staged: nothing is told, and nothing is left")
  func changed() throws {
    let day = try Day()
    let token = try day.begin()
    while try day.count("meta WHERE name LIKE 'staged:%'") < 2 { try day.world.run([.clock]) }
    let number = day.payments[0].outTradeNumber
    day.world.bank.dispute(number, "needs_response")
    let notice = day.world.bank.disputeNotice(number)
    _ = try day.world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    #expect(try day.world.state(day.payments[0].order).disputes.count == 1)
    try day.settle()
    guard case .failure(let refusal) = try #require(day.world.answers[token]).result else {
      Issue.record("written stale")
      return
    }
    #expect(refusal.rejection.code == .versionMismatch)
    #expect(try day.count("discrepancies") == 0 && day.opened == 0 && day.count("runs") == 0)
    #expect(try day.left == 0)
  }

  @Test("what an earlier run told of is closed in pieces, over a crash as well")
  func agreed() throws {
    for crashes in [false, true] {
      let day = try Day()
      _ = try settled(day)
      #expect(try day.count("discrepancies WHERE state='open'") == 7)
      // The bill is issued again without the strangers.
      let newer = try day.world.imported(day.payments.map(Day.row))
      let draft = try Comparison.draft(
        of: newer.id, with: nil, from: day.world.reader(), at: day.world.now)
      let token = try day.world.call("recon.run", .reconcile(draft), by: World.finance)
      #expect(day.world.answers[token] == nil)
      var before: Int64 = 7
      for _ in 0..<40 where before > 0 {
        try day.world.run([.clock])
        if crashes, before < 7 { try day.world.crash() }
        let open = try day.count("discrepancies WHERE state='open'")
        #expect(before - open <= 2)
        before = open
      }
      try day.settle()
      #expect(try day.count("discrepancies WHERE resolution='agrees'") == 7)
      #expect(crashes || day.world.answerCounts[token] == 1)
    }
  }

  @Test("a run is signed once all of it is told")
  func signed() throws {
    let day = try Day()
    let token = try day.begin()
    while try day.count("runs") == 0 { try day.world.run([.clock]) }
    let id = try #require(
      try day.world.reader().runs(gateway: nil, statement: nil, before: nil, limit: 1).first).id
    let early = try day.world.ask("recon.sign", .runSign(id, seen: nil), by: World.lead)
    #expect(refusal(early) == .illegalTransition)
    try day.settle()
    #expect(day.world.answers[token] != nil)
    let late = try day.world.ask("recon.sign", .runSign(id, seen: nil), by: World.lead)
    #expect(refusal(late) != .illegalTransition)
  }

  @Test("more differences than any one transaction should hold")
  func many() throws {
    let day = try Day(strangers: 20_500, piece: 500)
    let token = try day.begin()
    try day.settle(2000)
    let (run, _) = try run(day.world.answers[token])
    #expect(run.opened == 20_500 && run.proofs.allSatisfy { $0.remainder == 0 })
    #expect(try day.count("discrepancies") == 20_500 && day.opened == 20_500)
  }
}
