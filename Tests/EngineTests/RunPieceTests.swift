import Domain
import Engine
import SQLite
import Store
import Testing

@Suite("large runs, written in pieces")
struct RunPieceTests {
  private static let rows = 7

  /// Payments of a day, all in the bill that was taken in, and a stranger's row.
  private struct Day {
    let world: World
    var payments: [Payment] = []
    var statement: StatementRecord
    var draft: RunDraft

    init(pieceOf rows: Int = 2) throws {
      world = try World(settings: EngineSettings(rowsOfPiece: rows))
      // Noon in Beijing, far from the ends of the day.
      try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
      for _ in 0..<RunPieceTests.rows { payments.append(try world.paidOrder().1) }
      let stranger = BillRow(transaction: "X1", number: "N1", minor: 77, at: world.now)
      statement = try world.imported(payments.map(Day.row) + [stranger])
      draft = try Comparison.draft(
        of: statement.id, with: nil, from: world.reader(), at: world.now)
    }

    static func row(_ payment: Payment) -> BillRow {
      BillRow(
        transaction: payment.gatewayTransaction ?? "", number: payment.outTradeNumber,
        minor: payment.amount.minor, at: payment.paidAt ?? payment.createdAt)
    }

    func begin() throws -> ReplyToken {
      try world.call("recon.run", .reconcile(draft), by: World.finance)
    }

    func count(_ table: String) throws -> Int64 {
      let connection = try Connection(path: world.path, role: .reader)
      let selection = try connection.prepare("SELECT count(*) FROM \(table)")
      defer { selection.reset() }
      return try selection.step() ? try selection.int64(0) : -1
    }

    /// Lets the engine do what it wants to do at once.
    func settle() throws {
      for _ in 0..<50 where world.engine.nextWake.map({ $0 <= world.now }) ?? false {
        try world.run([.clock])
      }
    }
  }

  private func run(_ answer: Answer?) throws -> RunRecord {
    guard case .success(.reconciled(let run, _)) = try #require(answer).result else {
      throw ShortcutFault.unexpected("\(String(describing: answer))")
    }
    return run
  }

  @Test("others are served between its pieces, and nothing of it counts before the last one")
  func between() throws {
    let day = try Day()
    let token = try day.begin()
    var pieces = 0
    while day.world.answers[token] == nil {
      #expect(try day.count("matches") == 0)
      #expect(try day.world.reader().matchedRow(of: .payment(day.payments[0].id)) == nil)
      let other = try day.world.call("order.create", .orderCreate(day.world.wish(990)))
      #expect(day.world.answers[other] != nil)
      try day.world.run([.clock])
      pieces += 1
      try #require(pieces < 20)
    }
    #expect(pieces == 4)
    let run = try run(day.world.answers[token])
    #expect(run.opened == 1 && run.statementRows == 8)
    #expect(try day.count("matches") == 7 && day.count("loose_matches") == 0)
    #expect(day.world.answerCounts[token] == 1)
  }

  @Test("a crash after any piece leaves no trace, and the run comes out the same", arguments: 0...4)
  func crash(_ pieces: Int) throws {
    let whole = try Day()
    let expected = try whole.world.reconcile(whole.statement.id).run
    let day = try Day()
    _ = try day.begin()
    for _ in 0..<pieces { try day.world.run([.clock]) }
    let isIn = pieces == 4
    try day.world.crash()
    try day.settle()
    let kept: Int64 = isIn ? 7 : 0
    #expect(try day.count("match_pieces") == kept && day.count("loose_matches") == 0)
    #expect(try day.count("waiting_pieces") == 0 && day.count("loose_waiting") == 0)
    #expect(try day.count("runs") == (isIn ? 1 : 0) && day.count("discrepancies") == (isIn ? 1 : 0))
    let again = try day.world.reconcile(day.statement.id).run
    #expect(again.digest == expected.digest && again.proofs == expected.proofs)
    #expect(again.statementBuckets == expected.statementBuckets)
    #expect(again.localBuckets == expected.localBuckets)
    #expect(again.opened + again.known == expected.opened)
    #expect(try day.count("matches") == 7)
  }

  @Test("what is left of a crash stands in nobody's way before it is swept")
  func leftovers() throws {
    let day = try Day(pieceOf: 4)
    _ = try day.begin()
    try day.world.run([.clock])
    #expect(try day.count("match_pieces") == 4)
    try day.world.crash()
    let again = try day.world.reconcile(day.statement.id).run
    try day.settle()
    #expect(again.opened == 1)
    #expect(try day.count("matches") == 7 && day.count("match_pieces") == 7)
  }

  @Test("a payment that changes while a run is written is matched anew, never written stale")
  func changed() throws {
    var day = try Day()
    let world = day.world
    let order = try world.makeOrder(1234)
    let lost = try world.openPayment(order)
    world.bank.faults["query"] = [.unreachable, .unreachable, .unreachable]
    let paid = BillRow(
      transaction: "T\(lost.outTradeNumber)", number: lost.outTradeNumber, minor: 1234,
      at: world.now)
    day.statement = try world.imported(day.payments.map(Day.row) + [paid])
    day.draft = try Comparison.draft(
      of: day.statement.id, with: nil, from: world.reader(), at: world.now)
    let token = try day.begin()
    try world.run([.clock])
    // Two people say that it was paid, before the run has told.
    let amount = lost.amount
    for person in [World.lead, World.second] {
      _ = try world.ask(
        "payment.resolve",
        .paymentResolve(lost.id, amount: amount, proof: "bank's page", reason: "seen"), by: person)
    }
    try day.settle()
    let refused = try #require(world.answers[token])
    guard case .failure(let refusal) = refused.result else {
      Issue.record("written stale: \(refused)")
      return
    }
    #expect(refusal.rejection.code == .versionMismatch)
    #expect(try day.count("match_pieces") == 0 && day.count("runs") == 0)
    let run = try world.reconcile(day.statement.id).run
    #expect(run.statementRows == 8 && run.filledBack <= 1)
    #expect(try day.count("matches") == 8)
  }

  @Test("business that happens meanwhile is none of what was compared")
  func unrelated() throws {
    let day = try Day()
    let token = try day.begin()
    try day.world.run([.clock])
    _ = try day.world.paidOrder(4321)
    try day.settle()
    #expect(try run(day.world.answers[token]).opened == 1)
  }

  @Test("a second run of the gateway waits for the first, and is compared anew")
  func two() throws {
    let day = try Day()
    let (first, second) = (try day.begin(), try day.begin())
    try day.settle()
    #expect(try run(day.world.answers[first]).opened == 1)
    guard case .failure(let refusal) = try #require(day.world.answers[second]).result else {
      Issue.record("written twice")
      return
    }
    #expect(refusal.rejection.code == .versionMismatch)
    #expect(try day.count("runs") == 1 && day.count("match_pieces") == 7)
  }

  @Test("the same run again writes no row")
  func again() throws {
    let day = try Day()
    _ = try day.world.reconcile(day.statement.id)
    let draft = try Comparison.draft(
      of: day.statement.id, with: nil, from: day.world.reader(), at: day.world.now)
    #expect(draft.rows.added.isEmpty && draft.rows.removed.isEmpty && draft.rows.moved.isEmpty)
  }

  @Test("a bill that is issued again gives its rows back piece by piece, and the new one has them")
  func issuedAgain() throws {
    let day = try Day()
    _ = try day.world.reconcile(day.statement.id)
    let newer = try day.world.imported(day.payments.map(Day.row))
    #expect(try day.count("matches") == 0)
    let run = try day.world.reconcile(newer.id).run
    try day.settle()
    #expect(run.statementRows == 7)
    #expect(try day.count("matches") == 7 && day.count("match_pieces") == 7)
  }
}
