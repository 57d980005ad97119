import Domain
import Engine
import SQLite
import Store
import Testing

@Suite("runs with many differences, told of in pieces")
struct RunClosingTests {
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
        BillRow(transaction: "X\(place)", number: "N\(place)", minor: 77, at: at)
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
    #expect(try day.count("meta WHERE name LIKE 'closing:%'") == 0)
    #expect(day.world.answerCounts[token] == 1)
  }

  @Test("a crash before the run is in leaves no trace; after it, the run is told to its end")
  func crash() throws {
    let whole = try Day()
    let expected = try settled(whole)
    var wasIn = false
    for pieces in 0...14 {
      let day = try Day()
      _ = try day.begin()
      for _ in 0..<pieces { try day.world.run([.clock]) }
      let isIn = try day.count("runs") == 1
      #expect(isIn || !wasIn)
      wasIn = isIn
      try day.world.crash()
      try day.settle()
      #expect(try day.count("runs") == (isIn ? 1 : 0))
      #expect(try day.count("discrepancies") == (isIn ? 7 : 0) && day.opened == (isIn ? 7 : 0))
      #expect(try day.count("run_findings") == (isIn ? 7 : 0))
      #expect(try day.count("match_pieces") == (isIn ? 3 : 0))
      #expect(try day.count("meta WHERE name LIKE 'closing:%'") == 0)
      let again = try settled(day)
      #expect(again.digest == expected.digest && again.proofs == expected.proofs)
      #expect(again.opened == (isIn ? 0 : 7) && again.known == (isIn ? 7 : 0))
      #expect(try day.count("discrepancies") == 7 && day.opened == 7)
      #expect(try day.world.store.checkAgainstLog().differences.isEmpty)
    }
    #expect(wasIn)
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
    while try day.count("meta WHERE name LIKE 'closing:%'") < 2 { try day.world.run([.clock]) }
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
    #expect(try day.count("meta WHERE name LIKE 'closing:%'") == 0)
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
