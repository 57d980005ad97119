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
    var lost: [Payment] = []
    var statement: StatementRecord
    var draft: RunDraft

    /// - Parameter lost: payments that only the bill knows to be paid.
    init(pieceOf rows: Int = 2, lost: Int = 0) throws {
      world = try World(settings: EngineSettings(rowsOfPiece: rows))
      // Noon in Beijing, far from the ends of the day.
      try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
      for _ in 0..<RunPieceTests.rows { payments.append(try world.paidOrder().1) }
      for _ in 0..<lost { self.lost.append(try world.openPayment(try world.makeOrder(300))) }
      let stranger = BillRow(transaction: "X1", number: "N1", minor: 77, at: world.now)
      let told = self.lost.map { [at = world.now] payment in
        BillRow(
          transaction: "T\(payment.outTradeNumber)", number: payment.outTradeNumber, minor: 300,
          at: at)
      }
      statement = try world.imported(payments.map(Day.row) + told + [stranger])
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

    /// How many of the lost ones are paid by now, each exactly once.
    func filledBack() throws -> Int {
      try lost.count { payment in
        let order = try #require(try world.store.load(payment: payment.id)).aggregate
        let state = try #require(order.payment(payment.id)).state
        #expect(order.order.captured == (state == .succeeded ? 300 : 0))
        return state == .succeeded
      }
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

  @Test("many fill-backs are carried out a few at a time, and the run tells of all of them")
  func manyFillBacks() throws {
    let day = try Day(lost: 5)
    let token = try day.begin()
    var before = 0
    var pieces = 0
    while day.world.answers[token] == nil {
      try day.world.run([.clock])
      let filled = try day.filledBack()
      #expect(filled - before <= 1)
      before = filled
      pieces += 1
      try #require(pieces < 40)
    }
    let run = try run(day.world.answers[token])
    #expect(run.filledBack == 5 && run.opened == 6)
    #expect(run.proofs.allSatisfy { $0.remainder == 0 })
    #expect(try day.filledBack() == 5 && day.count("matches") == 12)
  }

  @Test("a crash among fill-backs keeps what the bill has proven; the next run does the rest")
  func crashAmongFillBacks() throws {
    for pieces in 6...12 {
      let day = try Day(lost: 5)
      let token = try day.begin()
      for _ in 0..<pieces { try day.world.run([.clock]) }
      guard day.world.answers[token] == nil else { break }
      let done = try day.filledBack()
      try day.world.crash()
      try day.settle()
      #expect(try day.count("match_pieces") == 0 && day.count("runs") == 0)
      #expect(try day.filledBack() == done)
      let draft = try Comparison.draft(
        of: day.statement.id, with: nil, from: day.world.reader(), at: day.world.now)
      let again = try day.world.call("recon.run", .reconcile(draft), by: World.finance)
      try day.settle()
      let run = try run(day.world.answers[again])
      #expect(run.filledBack == Int64(5 - done) && run.statementRows == 13)
      #expect(run.proofs.allSatisfy { $0.remainder == 0 })
      #expect(try day.filledBack() == 5 && day.count("matches") == 12)
    }
  }

  @Test("a payment that is told of between fill-backs is compared anew, and none is paid twice")
  func toldBetweenFillBacks() throws {
    let day = try Day(lost: 5)
    let world = day.world
    let token = try day.begin()
    var pieces = 0
    while try day.filledBack() == 0 {
      try world.run([.clock])
      pieces += 1
      try #require(pieces < 20)
    }
    let told = day.lost[4]
    for person in [World.lead, World.second] {
      _ = try world.ask(
        "payment.resolve",
        .paymentResolve(told.id, amount: told.amount, proof: "bank's page", reason: "seen"),
        by: person)
    }
    #expect(try day.filledBack() < 5)
    try day.settle()
    guard case .failure(let refusal) = try #require(world.answers[token]).result else {
      Issue.record("written stale")
      return
    }
    #expect(refusal.rejection.code == .versionMismatch)
    let draft = try Comparison.draft(
      of: day.statement.id, with: nil, from: world.reader(), at: world.now)
    let again = try world.call("recon.run", .reconcile(draft), by: World.finance)
    try day.settle()
    #expect(try run(world.answers[again]).proofs.allSatisfy { $0.remainder == 0 })
    #expect(try day.filledBack() == 5 && day.count("matches") == 12)
  }

  @Test("a bill that is issued again among its fill-backs pays nothing more")
  func issuedAgainAmongFillBacks() throws {
    let day = try Day(lost: 5)
    let token = try day.begin()
    for _ in 0..<20 where try day.filledBack() == 0 { try day.world.run([.clock]) }
    let upload = try day.world.upload(Bill.text(day.payments.map(Day.row)), piece: 100_000)
    let done = try day.filledBack()
    let draft = try StatementReading.draft(
      of: upload, for: World.finance.principal, gateway: "bank", layout: nil, period: (nil, nil),
      from: day.world.reader())
    _ = try day.world.call("statement.import", .statementImport(draft), by: World.finance)
    try day.settle()
    guard case .failure(let refusal) = try #require(day.world.answers[token]).result else {
      Issue.record("written though the bill was issued again")
      return
    }
    #expect(refusal.rejection.code == .versionMismatch)
    #expect(try day.filledBack() == done && done > 0 && done < 5)
    #expect(try day.count("runs") == 0 && day.count("match_pieces") == 0)
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

  @Test("tables that are made anew from the log are matched with the same rows")
  func rebuilt() throws {
    let day = try Day(lost: 2)
    _ = try day.world.reconcile(day.statement.id)
    let all = (day.payments + day.lost).map(\.id)
    func rows() throws -> [String?] {
      let reader = try day.world.reader()
      return try all.map { try reader.matchedRow(of: .payment($0)) }
    }
    let before = try rows()
    #expect(before.compactMap(\.self).count == all.count)
    _ = try day.world.store.rebuildFromLog(at: day.world.now)
    try day.world.crash()
    #expect(try rows() == before)
    let draft = try Comparison.draft(
      of: day.statement.id, with: nil, from: day.world.reader(), at: day.world.now)
    #expect(draft.rows.added.isEmpty && draft.rows.removed.isEmpty && draft.rows.moved.isEmpty)
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
