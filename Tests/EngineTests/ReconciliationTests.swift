import Crypto
import Domain
import Engine
import Reconciliation
import Store
import Testing

@Suite("statements against the books")
struct ReconciliationTests {
  /// Noon of a day in Beijing, so that no row is near its ends.
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000)

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Self.noon.adding(milliseconds: 86_400_000))
    return world
  }

  /// A payment whose every callback and answer was lost: the bank has the money, we do not know.
  private func lost(_ world: World, _ minor: Int64 = 5800) throws -> (OrderID, Payment) {
    let order = try world.makeOrder(minor)
    let payment = try world.openPayment(order)
    world.bank.faults["query"] = [Fault](repeating: .unreachable, count: 500)
    return (order, payment)
  }

  private typealias Fault = TestBank.Fault

  private func row(_ payment: Payment, _ world: World, minor: Int64? = nil) -> BillRow {
    BillRow(
      transaction: payment.gatewayTransaction ?? "T\(payment.outTradeNumber)",
      number: payment.outTradeNumber, minor: minor ?? payment.amount.minor,
      at: payment.paidAt ?? world.now)
  }

  @Test("a success that only the bill knows pays the order, with the row as evidence")
  func fillBack() throws {
    let world = try world()
    let (known, paid) = try world.paidOrder()
    let (order, payment) = try lost(world, 1234)
    let statement = try world.imported([row(paid, world), row(payment, world)])
    #expect(statement.isVerified && statement.rows == 2 && statement.format == "alipay_trade")
    let (run, kinds) = try world.reconcile(statement.id)
    #expect(run.filledBack == 1 && run.statementRows == 2 && run.opened == 1)
    #expect(kinds == [.init(kind: .gatewaySuccessOnly, state: .resolved, count: 1)])
    let after = try world.state(order)
    #expect(after.order.payState == .paid)
    let evidence = try #require(after.payments[0].evidence.last)
    #expect(evidence.source == .statement && evidence.strength == .statement)
    #expect(evidence.id == "\(statement.id):4" && evidence.digest == statement.digest)
    #expect(try world.state(known).order.payState == .paid)
    let found = try #require(try world.discrepancies(of: run.id).first)
    #expect(found.resolution == .filledBack && found.facts.order == order)
    #expect(found.facts.ours == .payment(payment.id) && found.facts.theirs?.line == 4)
    let check = try world.store.checkAgainstLog()
    #expect(check.differences.isEmpty, "\(check.differences)")
  }

  @Test("the same run again changes nothing and opens nothing")
  func repeated() throws {
    let world = try world()
    let (_, payment) = try lost(world)
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 77, at: world.now)
    let statement = try world.imported([row(payment, world), stranger])
    let first = try world.reconcile(statement.id).run
    #expect(first.opened == 2 && first.filledBack == 1)
    let second = try world.reconcile(statement.id).run
    #expect(second.opened == 0 && second.filledBack == 0 && second.known == 1)
  }

  @Test("money of no order, a wrong amount and a payment that the bill lacks are named")
  func named() throws {
    let world = try world()
    let (_, short) = try world.paidOrder(5000)
    let (_, missing) = try world.paidOrder(600)
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 77, at: world.now)
    let statement = try world.imported([row(short, world, minor: 4900), stranger])
    let run = try world.reconcile(statement.id).run
    let found = try world.discrepancies(of: run.id)
    #expect(found.map(\.facts.kind) == [.missingAtGateway, .unknownMoney, .amountLess])
    #expect(found.allSatisfy { $0.state == .open })
    #expect(found[0].facts.ours == .payment(missing.id) && found[0].facts.difference == -600)
    #expect(found[1].facts.theirs?.transaction == "X1" && found[1].facts.difference == 77)
    #expect(found[2].facts.expected == 5000 && found[2].facts.actual == 4900)
    #expect(found[2].facts.dueAt == world.now.adding(milliseconds: 7_200_000))
    let rows = run.statementBuckets.reduce(0) { $0 + $1.rows }
    #expect(rows == run.statementRows)
  }

  @Test("two refunds of one charge that we do not know are two differences")
  func unknownRefunds() throws {
    let world = try world()
    let (_, paid) = try world.paidOrder(5000)
    var rows = [row(paid, world)]
    for (number, minor) in [("DESK1", 100), ("DESK2", 250)] as [(String, Int64)] {
      var refund = row(paid, world, minor: minor)
      refund.refund = number
      rows.append(refund)
    }
    let statement = try world.imported(rows)
    let (run, kinds) = try world.reconcile(statement.id)
    #expect(kinds == [.init(kind: .refundMissingLocally, state: .open, count: 2)])
    #expect(run.opened == 2)
    #expect(try world.reconcile(statement.id).run.known == 2)
  }

  @Test("a dry run of both tells the same and keeps nothing")
  func dryRun() throws {
    let world = try world()
    let (order, payment) = try lost(world)
    let id = try world.upload(Bill.text([row(payment, world)]))
    guard case .success(.statement(let reply)) = try world.take(id, isDryRun: true) else {
      Issue.record("refused")
      return
    }
    #expect(reply.record.rows == 1)
    #expect(try world.reader().statement(id) == nil)
    _ = try world.take(id)
    let tried = try world.reconcile(id, isDryRun: true).run
    #expect(tried.filledBack == 1)
    #expect(try world.state(order).order.payState != .paid)
    #expect(try world.reader().run(tried.id) == nil)
    #expect(try world.reconcile(id).run.filledBack == 1)
  }

  @Test("the same bytes are known; other bytes for the same day supersede them")
  func reissued() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    let wrong = try world.imported([row(payment, world, minor: 5700)])
    let first = try world.reconcile(wrong.id).run
    #expect(try world.discrepancies(of: first.id).map(\.facts.kind) == [.amountLess])
    let again = try world.take(try world.upload(Bill.text([row(payment, world, minor: 5700)])))
    guard case .success(.statement(let known)) = again else {
      Issue.record("\(again)")
      return
    }
    #expect(known.isKnown && known.record.id == wrong.id)
    let right = try world.imported([row(payment, world)])
    #expect(try world.reader().statement(wrong.id)?.supersededBy == right.id)
    #expect(throws: Rejection.self) { try world.reconcile(wrong.id) }
    let run = try world.reconcile(right.id).run
    let changed = try world.discrepancies(of: run.id)
    #expect(changed.map(\.facts.kind) == [.statementUnsound])
    #expect(changed[0].facts.expected == 5700 && changed[0].facts.actual == 5800)
    #expect(try world.discrepancies(of: first.id).map(\.resolution) == [.agrees])
  }

  @Test("a payment of the last hour waits for the next bill and is found in it")
  func carried() throws {
    let world = try world()
    let end = world.day(world.now).to
    try world.advance(to: end.adding(milliseconds: -600_000))
    let (_, late) = try world.paidOrder()
    let other = BillRow(
      transaction: "X9", number: "N9", minor: 5, at: world.now.adding(milliseconds: -36_000_000))
    try world.advance(by: 3_600_000)
    let first = try world.imported([other])
    let run = try world.reconcile(first.id).run
    #expect(try world.discrepancies(of: run.id).map(\.facts.kind) == [.unknownMoney])
    #expect(run.localBuckets.map(\.bucket) == ["pooled"])
    try world.advance(by: 86_400_000)
    var next = row(late, world)
    next.at = end.adding(milliseconds: 1_000)
    let second = try world.imported([next])
    let found = try world.reconcile(second.id).run
    #expect(found.opened == 0 && found.matched == 1)
  }

  @Test(
    "a payment that waits is told in the end, however often the days between are compared again",
    arguments: [(times: 1, isReissued: false), (3, false), (1, true)])
  func carriedAgain(times: Int, isReissued: Bool) throws {
    let world = try world()
    let end = world.day(world.now).to
    try world.advance(to: end.adding(milliseconds: -600_000))
    let (order, payment) = try world.paidOrder()
    try world.advance(by: 36_000_000)
    var told: [DiscrepancyRecord] = []
    // The first day is that of the payment; none of the bills has it.
    for day in 0...4 {
      let other = BillRow(
        transaction: "X\(day)", number: "N\(day)", minor: 5,
        at: world.now.adding(milliseconds: -72_000_000))
      let bill = try world.imported([other])
      for _ in 1...times {
        let run = try world.reconcile(bill.id).run
        told += try world.discrepancies(of: run.id).filter { $0.facts.ours != nil }
      }
      if isReissued {
        var more = other
        more.transaction = "Y\(day)"
        let newer = try world.imported([other, more])
        #expect(try world.reader().statement(bill.id)?.supersededBy == newer.id)
        let run = try world.reconcile(newer.id).run
        told += try world.discrepancies(of: run.id).filter { $0.facts.ours != nil }
      }
      try world.advance(by: 86_400_000)
    }
    #expect(told.map(\.facts.kind) == [.carryOverAgedOut])
    #expect(told.first?.facts.ours == .payment(payment.id) && told.first?.facts.order == order)
  }

  @Test("a row that waited is compared again with the payment that comes with the next day")
  func carriedRow() throws {
    let world = try world()
    let end = world.day(world.now).to
    let early = BillRow(
      transaction: "X9", number: "N9", minor: 5, at: world.now.adding(milliseconds: -3_600_000))
    let waiting = BillRow(
      transaction: "TLATE", number: "LATER", minor: 60, at: end.adding(milliseconds: -1_000))
    let first = try world.imported([early, waiting])
    let run = try world.reconcile(first.id).run
    #expect(try world.discrepancies(of: run.id).map(\.facts.theirs?.transaction) == ["X9"])
    try world.advance(to: end.adding(milliseconds: 43_200_000))
    let second = try world.imported([
      BillRow(transaction: "X10", number: "N10", minor: 7, at: world.now)
    ])
    let later = try world.reconcile(second.id).run
    #expect(later.statementRows == 2)
    #expect(later.statementBuckets.map(\.bucket).contains("pooled"))
    // Four days on it is in nobody's books, and is said to be.
    try world.advance(by: 4 * 86_400_000)
    let third = try world.imported([
      BillRow(transaction: "X11", number: "N11", minor: 8, at: world.now)
    ])
    let last = try world.reconcile(third.id).run
    let aged = try world.discrepancies(of: last.id)
    #expect(aged.map(\.facts.kind) == [.unknownMoney, .carryOverAgedOut])
    #expect(aged[1].facts.theirs?.statement == first.id && aged[1].facts.theirs?.line == 4)
  }

  @Test("a refund that the bill knows to be done is done")
  func refund() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder()
    world.bank.faults["refund"] = [Fault](repeating: .unreachable, count: 500)
    world.bank.faults["refund_query"] = [Fault](repeating: .unreachable, count: 500)
    _ = try world.refund(payment.id, 1000)
    let refund = try #require(try world.state(order).refunds.first)
    #expect(refund.state != .succeeded)
    let statement = try world.imported([
      row(payment, world),
      BillRow(
        transaction: "TR1", number: payment.outTradeNumber, minor: 1000, at: world.now,
        refund: refund.number),
    ])
    try world.advance(by: 2 * 86_400_000)
    let run = try world.reconcile(statement.id).run
    #expect(run.filledBack == 1)
    #expect(try world.state(order).refunds.first?.state == .succeeded)
  }

  @Test("a refund of another amount in the bill is not done by it, and the proof does not say so")
  func otherRefund() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder()
    world.bank.faults["refund"] = [Fault](repeating: .unreachable, count: 500)
    world.bank.faults["refund_query"] = [Fault](repeating: .unreachable, count: 500)
    _ = try world.refund(payment.id, 1000)
    let refund = try #require(try world.state(order).refunds.first)
    let statement = try world.imported([
      row(payment, world),
      BillRow(
        transaction: "TR1", number: payment.outTradeNumber, minor: 999, at: world.now,
        refund: refund.number),
    ])
    let run = try world.reconcile(statement.id).run
    #expect(run.filledBack == 0)
    #expect(try world.state(order).refunds.first?.state != .succeeded)
    let found = try world.discrepancies(of: run.id)
    #expect(Set(found.map(\.facts.kind)) == [.refundAmount, .refundStatus])
    #expect(found.allSatisfy { $0.state == .open })
    #expect(run.proofs.map(\.books) == [5800] && run.proofs.map(\.remainder) == [0])
  }

  @Test("a fee is held against the contract, to the fen of each row")
  func fees() throws {
    let world = try world()
    let taken: [Int64] = [59, 60, 61, 90]
    let rows = try taken.map { fee in
      var row = row(try world.paidOrder(10_000).1, world)
      row.fee = fee
      return row
    }
    let statement = try world.imported(rows)
    let contract = try #require(FeeContract(rate: .millionths(6_000)))
    var book = FeeBook()
    book.add(contract)
    let fees = book
    let draft = try Comparison.draft(
      of: statement.id, with: nil, from: world.reader(), at: world.now,
      terms: { _ in GatewayTerms(fees: fees) })
    guard case .success(.reconciled(let run, _)) = try world.ask(
      "recon.run", .reconcile(draft), by: World.finance)
    else {
      Issue.record("refused")
      return
    }
    let found = try world.discrepancies(of: run.id)
    #expect(found.map(\.facts.kind) == [.feeMore])
    #expect(found.first?.facts.expected == 60 && found.first?.facts.actual == 90)
    #expect(run.statementBuckets.map(\.bucket) == ["matched", "tolerated", "differing"])
  }

  @Test("pieces come in order, may be repeated, and must be what was announced")
  func pieces() throws {
    let world = try world()
    let bytes = Bill.text([BillRow(transaction: "1", number: "2", minor: 3, at: world.now)])
    let begun = try world.ask(
      "statement.begin",
      .statementBegin(name: nil, byteCount: Int64(bytes.count), digest: SHA256.hash([]).hex),
      by: World.finance)
    guard case .success(.received(let id, 0)) = begun else {
      Issue.record("\(begun)")
      return
    }
    func send(_ place: Int64, _ part: ArraySlice<UInt8>, _ caller: Caller = World.finance) throws
      -> ErrorCode?
    {
      refusal(
        try world.ask(
          "statement.append", .statementAppend(id, place: place, Array(part)), by: caller))
    }
    #expect(try send(1, bytes[1...]) == .statementOutOfPlace)
    #expect(try send(0, bytes[..<20]) == nil)
    #expect(try send(0, bytes[..<20]) == nil)
    #expect(try send(0, bytes[1..<21]) == .statementOutOfPlace)
    #expect(try send(20, bytes[20...], World.lead) == .statementNotFound)
    #expect(throws: Rejection.self) { try world.take(id) }
    #expect(try send(20, bytes[20...]) == nil)
    #expect(try send(Int64(bytes.count), [0x41]) == .statementOutOfPlace)
    // All are here, and they are not those that were announced.
    #expect(throws: Rejection.self) { try world.take(id) }
  }

  @Test("a draft that another run has overtaken is not written")
  func overtaken() throws {
    let world = try world()
    let statement = try world.imported([
      BillRow(transaction: "1", number: "2", minor: 3, at: world.now)
    ])
    let draft = try Comparison.draft(
      of: statement.id, with: nil, from: world.reader(), at: world.now)
    _ = try world.reconcile(statement.id)
    let late = try world.ask("recon.run", .reconcile(draft), by: World.finance)
    #expect(refusal(late) == .versionMismatch)
  }

  @Test("a crash in a run leaves all of it or nothing")
  func crash() throws {
    let world = try world()
    let (order, payment) = try lost(world)
    let statement = try world.imported([row(payment, world)])
    let draft = try Comparison.draft(
      of: statement.id, with: nil, from: world.reader(), at: world.now)
    try world.crash()
    #expect(try world.state(order).order.payState != .paid)
    #expect(try world.reader().runs(gateway: nil, statement: nil, before: nil, limit: 9).isEmpty)
    let result = try world.ask("recon.run", .reconcile(draft), by: World.finance)
    #expect(refusal(result) == nil)
    try world.crash()
    #expect(try world.state(order).order.payState == .paid)
    #expect(try world.reader().runs(gateway: nil, statement: nil, before: nil, limit: 9).count == 1)
  }

  /// The comparison of a bill of which nobody knows a row.
  private func strangers(
    _ count: Int, _ gateway: String, in world: World
  ) throws -> RunDraft {
    let rows = (0..<count).map { place in
      BillRow(transaction: "X\(place)", number: "N\(place)", minor: 1, at: world.now)
    }
    let id = try world.upload(Bill.text(rows), piece: 49_152)
    _ = try world.take(id, gateway: gateway)
    return try Comparison.draft(of: id, with: nil, from: world.reader(), at: world.now)
  }

  @Test("a dry run tells of as many differences as one transaction may hold, and no more")
  func tried() throws {
    let world = try World(settings: EngineSettings(differencesOfPiece: 2, discrepanciesPerTrial: 9))
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    func tried(_ draft: RunDraft) throws -> Result<Reply, Refusal> {
      try world.ask("recon.run", .reconcile(draft), by: World.finance, isDryRun: true)
    }
    #expect(refusal(try tried(strangers(10, "other", in: world))) == .tooManyDiscrepancies)
    let most = try strangers(9, "bank", in: world)
    let told = try tried(most)
    guard case .success(.reconciled(let run, let kinds)) = told else {
      Issue.record("nine may be tried out: \(told)")
      return
    }
    #expect(run.opened == 9 && kinds.map(\.count) == [9])
    #expect(try world.reader().runs(gateway: nil, statement: nil, before: nil, limit: 9).isEmpty)
    #expect(try world.discrepancies(of: run.id).isEmpty)
  }

  @Test("a bill of which far too much differs is not written: it is hardly this gateway's")
  func foreign() throws {
    let world = try World(settings: EngineSettings(discrepanciesPerRun: 9))
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    let tooMany = try strangers(10, "bank", in: world)
    let refused = try world.ask("recon.run", .reconcile(tooMany), by: World.finance)
    #expect(refusal(refused) == .tooManyDiscrepancies)
    #expect(try world.reader().runs(gateway: nil, statement: nil, before: nil, limit: 9).isEmpty)
    let most = try strangers(9, "other", in: world)
    let written = try world.ask("recon.run", .reconcile(most), by: World.finance)
    #expect(refusal(written) == nil)
  }

  @Test("a file that was begun and not taken in is kept for its day and no longer")
  func forgotten() throws {
    let world = try world()
    let start = world.now
    let id = try world.upload(Array("a".utf8))
    func begin() throws {
      _ = try world.ask(
        "statement.begin",
        .statementBegin(name: nil, byteCount: 1, digest: SHA256.hash([0x62]).hex),
        by: World.lead)
    }
    try world.advance(to: start.adding(milliseconds: Int64(Limits.uploadKeptMilliseconds)))
    try begin()
    #expect(try world.reader().upload(id) != nil)
    #expect(try world.reader().statementBytes(id) == [0x61])
    try world.advance(by: 1)
    try begin()
    #expect(try world.reader().upload(id) == nil)
    #expect(try world.reader().statementBytes(id).isEmpty)
  }
}
