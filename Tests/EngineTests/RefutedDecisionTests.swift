import Domain
import Engine
import Store
import Testing

/// What people decided about a row stands as long as bills show what they decided about.
@Suite("decisions that the next issue of a bill contradicts")
struct RefutedDecisionTests {
  private let world: World
  private let order: OrderID
  private let payment: Payment

  init() throws {
    world = try World()
    // Noon in Beijing, so that no row is near an end of its day.
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    (order, payment) = try world.paidOrder()
  }

  private func charge(_ transaction: String? = nil, minor: Int64 = 5800) throws -> BillRow {
    BillRow(
      transaction: try transaction ?? #require(payment.gatewayTransaction),
      number: payment.outTradeNumber, minor: minor, at: try #require(payment.paidAt), fee: 40,
      coupon: 2000)
  }

  /// A refund at the gateway's own desk, with what of fee and coupon came back.
  private func desk(
    _ minor: Int64 = 2900, _ number: String = "DESK1", fee: Int64 = 20, coupon: Int64 = 1000
  ) -> BillRow {
    BillRow(
      transaction: "R\(number)", number: payment.outTradeNumber, minor: minor, at: world.now,
      refund: number, fee: fee, coupon: coupon)
  }

  private func stranger(_ number: String = "X9") -> BillRow {
    BillRow(transaction: number, number: "N\(number)", minor: 1, at: world.now)
  }

  private func run(_ rows: [BillRow]) throws -> RunRecord {
    let run = try world.reconcile(try world.imported(rows).id).run
    for proof in run.proofs { #expect(proof.remainder == 0, "\(proof)") }
    return run
  }

  private func found(_ run: RunRecord) throws -> [DiscrepancyRecord] {
    try world.discrepancies(of: run.id).filter { $0.facts.kind != .statementUnsound }
  }

  private func told(_ rows: [BillRow], _ kind: DiscrepancyKind) throws -> DiscrepancyRecord {
    try #require(try found(run(rows)).first { $0.facts.kind == kind })
  }

  private func isTakenBack(_ record: DiscrepancyRecord) throws -> Bool {
    let isToldOfIt = world.alarms.contains { $0.hasPrefix("AL7") && $0.contains("\(record.id)") }
    let isOver = try world.stored(record).resolution == .agrees
    #expect(isToldOfIt == isOver)
    return isOver
  }

  private func listen(_ refund: String) throws {
    let notice = world.bank.notice(payment.outTradeNumber, refund: refund)
    _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    try world.advance(by: 1000)
  }

  @Test("a refund accepted from a bill that leaves it out when it is issued again is taken back")
  func refundGone() throws {
    let refund = try told([charge(), desk()], .refundMissingLocally)
    let before = try world.gatewayBooks()
    try world.decide(refund, .acceptGateway)
    #expect(try world.gatewayBooks() == [5800 - 2040 - 2900 + 1020, 20, 1000])
    // In another line it is the same row.
    _ = try run([desk(), charge()])
    #expect(try !isTakenBack(refund))
    let next = try run([charge()])
    #expect(try isTakenBack(refund))
    #expect(try world.gatewayBooks() == before)
    #expect(try world.state(order).refunds.isEmpty)
    #expect(try world.reconcile(next.statement).run.opened == 0)
    // It stands there again: people are asked anew.
    #expect(try found(run([charge(), desk(), stranger()])).map(\.state) == [.open, .open])
  }

  @Test("not so one that the gateway has told of by a notice since")
  func refundTold() throws {
    let refund = try told([charge(), desk()], .refundMissingLocally)
    try world.decide(refund, .acceptGateway)
    world.bank.giveBack(payment.outTradeNumber, "DESK1", 2900)
    try listen("DESK1")
    let before = try world.gatewayBooks()
    _ = try run([charge()])
    #expect(try !isTakenBack(refund))
    #expect(try world.gatewayBooks() == before)
  }

  @Test("one of which the gateway tells when it is asked stays in the books by its word")
  func refundListed() throws {
    let refund = try told([charge(), desk()], .refundMissingLocally)
    try world.decide(refund, .acceptGateway)
    world.bank.giveBack(payment.outTradeNumber, "DESK1", 2900)
    world.bank.tellsDeskRefunds = true
    _ = try world.ask("payment.query", .paymentQuery(payment.id), by: World.lead)
    #expect(try world.state(order).refunds.isEmpty)
    _ = try run([charge()])
    #expect(try isTakenBack(refund))
    try world.advance(by: 10_000)
    #expect(try world.state(order).refunds.map(\.gatewayRefund) == ["RDESK1"])
    #expect(try world.gatewayBooks()[0] == 5800 - 2040 - 2900)
  }

  @Test("an amount that was decided and is as it was asked for in the next issue is taken back")
  func amountAgrees() throws {
    let less = try told([charge(minor: 5700)], .amountLess)
    try world.decide(less, .writeOff)
    let rest = try told([charge(minor: 5600)], .amountLess)
    try world.decide(rest, .claimFromGateway)
    #expect(try world.gatewayBooks()[0] == 5600 - 2040)
    // As long as one of a chain is found, all of it stands.
    _ = try run([charge(minor: 5600), stranger()])
    #expect(try !isTakenBack(less) && !isTakenBack(rest))
    _ = try run([charge()])
    #expect(try isTakenBack(less) && isTakenBack(rest))
    #expect(try world.gatewayBooks()[0] == 5800 - 2040)
  }

  @Test("a second charge of an order that the next issue has not is given back to nobody")
  func secondGone() throws {
    var second = try charge("X1")
    second.at = world.now
    let twice = try told([charge(), second], .duplicatePayment)
    let before = try world.gatewayBooks()
    try world.decide(twice, .acceptGateway)
    #expect(try world.gatewayBooks()[0] == before[0] + 5800 - 2040)
    _ = try run([charge()])
    #expect(try isTakenBack(twice))
    #expect(try world.gatewayBooks() == before)
  }

  @Test("that our books stay as they are was decided without them, and stays decided")
  func keptOurs() throws {
    let less = try told([charge(minor: 5700)], .amountLess)
    try world.decide(less, .acceptLocal)
    _ = try run([charge()])
    #expect(try !isTakenBack(less) && world.stored(less).isDecidedByPeople)
  }

  // MARK: rows of disputes, of payouts and of the bank

  private func balance(_ account: LedgerAccount) throws -> Int64 {
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
    return try world.ledger().balance(account, yuan).minor
  }

  private func opened(_ run: RunRecord, _ kind: DiscrepancyKind) throws -> DiscrepancyRecord {
    try #require(try found(run).first { $0.facts.kind == kind })
  }

  @Test("a dispute that people took for lost and that its bill has no more took nothing")
  func disputeGone() throws {
    let list = try world.activity(payment, [("dispute", "dp_1", -5800)])
    let dispute = try opened(try world.compared(list), .unknownDispute)
    try world.decide(dispute, .acceptGateway)
    #expect(try balance(.receivable(gateway: "bank")) == 0)
    _ = try world.compared(try world.activity(payment, []))
    #expect(try isTakenBack(dispute))
    #expect(try balance(.receivable(gateway: "bank")) == 5800)
    #expect(try balance(.chargebackLoss) == 0)
  }

  @Test("money at the bank stands until its file is issued again without it")
  func bankRowGone() throws {
    let quiet = try world.bankFile([(100, world.now, "Miete")], "Q")
    _ = try world.compared(try world.activity(payment, []), with: quiet)
    try world.advance(by: 3 * 86_400_000)
    let list = try world.activity(try world.paidOrder(300).1, [])
    let old = try world.bankFile([(700, world.now, "STRIPE po_777777")], "A")
    let row = try opened(try world.compared(list, with: old), .bankRowWithoutPayout)
    try world.decide(row, .moveToSuspense)
    let account = LedgerAccount.bank(account: old.gateway)
    #expect(try balance(account) == 700)
    _ = try world.compared(list, with: old)
    #expect(try !isTakenBack(row) && balance(account) == 700)
    let new = try world.bankFile([(100, world.now, "Miete")], "A")
    #expect(try world.reader().statement(old.id)?.supersededBy == new.id)
    _ = try world.compared(list, with: new)
    #expect(try isTakenBack(row) && balance(account) == 0)
  }

  @Test("a payout that was given up and that its bill has no more is at the gateway still")
  func payoutGone() throws {
    let list = try world.activity(payment, [("payout", "po_111111", -5800)])
    let file = try world.bankFile([(100, world.now, "Miete")], "A")
    try world.advance(by: 30 * 86_400_000)
    let payout = try opened(try world.compared(list, with: file), .payoutNotArrived)
    try world.decide(payout, .writeOff)
    #expect(try balance(.receivable(gateway: "bank")) == 0)
    _ = try world.compared(try world.activity(payment, []), with: file)
    #expect(try isTakenBack(payout))
    #expect(try balance(.receivable(gateway: "bank")) == 5800)
  }

  // MARK: once the gateway has given all back

  private func reverse() throws {
    world.bank.set(payment.outTradeNumber, .refunded)
    _ = try world.ask("payment.query", .paymentQuery(payment.id))
    #expect(try world.state(order).payment(payment.id)?.state == .reversed)
  }

  @Test("a part that people accepted is not taken for the rest that the gateway gave back since")
  func partThenAll() throws {
    for minor in [Int64(800), 2900] {
      let scene = try RefutedDecisionTests()
      try scene.checkPartThenAll(minor)
    }
  }

  private func checkPartThenAll(_ minor: Int64) throws {
    let part = minor == 2900 ? desk() : desk(minor, fee: 5, coupon: 200)
    let rows = [try charge(), part]
    let statement = try world.imported(rows).id
    let refund = try #require(
      try world.discrepancies(of: world.reconcile(statement).run.id).first)
    try world.decide(refund, .acceptGateway)
    try reverse()
    let before = try world.gatewayBooks()
    // The rest stands in no bill so far.
    let again = try world.reconcile(statement).run
    for proof in again.proofs { #expect(proof.remainder == 0, "\(proof)") }
    #expect(try found(again).map(\.facts.kind) == [.refundMissingAtGateway])
    #expect(try !isTakenBack(refund))
    #expect(try world.gatewayBooks() == before)
    // The same bill with the rest in it.
    let rest = desk(5800 - minor, "DESK2", fee: 40 - part.fee, coupon: 2000 - part.coupon)
    #expect(try found(run(rows + [rest])).isEmpty)
    #expect(try !isTakenBack(refund))
    #expect(try world.gatewayBooks() == [0, 0, 0])
    _ = try run([rest, part, try charge()])
    #expect(try world.gatewayBooks() == [0, 0, 0])
  }

  @Test("what people gave up of a payment is no part of what the gateway gave back of it since")
  func lessThenAll() throws {
    let rows: [(BillRow, DiscrepancyKind)] = [
      (stranger(), .missingAtGateway), (try charge(minor: 5700), .amountLess),
      (try charge(minor: 5900), .amountMore),
    ]
    for (row, kind) in rows {
      let scene = try RefutedDecisionTests()
      let told = try scene.told([row], kind)
      try scene.world.decide(told, .acceptGateway)
      let costs = try scene.world.gatewayBooks()[1...].reduce(0, +)
      try scene.reverse()
      #expect(try scene.balance(.receivable(gateway: "bank")) == -costs)
      let whole = scene.desk(row.minor, fee: 40, coupon: 2000)
      let next = kind == .missingAtGateway ? [row, stranger("X8")] : [row, whole]
      let run = try scene.run(next)
      #expect(try scene.found(run).allSatisfy { $0.facts.kind == .unknownMoney }, "\(kind)")
      #expect(try scene.balance(.receivable(gateway: "bank")) == 0)
      #expect(try scene.world.stored(told).isDecidedByPeople)
    }
  }

  /// What was decided, and the bill that shows that nothing was to be.
  private func decidedForNothing() throws -> [([BillRow], DiscrepancyKind, [BillRow])] {
    [
      ([try charge(), desk()], .refundMissingLocally, [try charge()]),
      ([try charge(minor: 5700)], .amountLess, [try charge()]),
      ([stranger()], .missingAtGateway, [try charge(), stranger()]),
    ]
  }

  @Test("in the run that takes it back, nothing of it is told of what the gateway gave back since")
  func takenBackBesideAll() throws {
    for (first, kind, next) in try decidedForNothing() {
      let scene = try RefutedDecisionTests()
      let told = try scene.told(first, kind)
      try scene.world.decide(told, .acceptGateway)
      try scene.reverse()
      let run = try scene.run(next + [scene.desk(5800, "DESK9", fee: 40, coupon: 2000)])
      #expect(try scene.isTakenBack(told), "\(kind)")
      let kinds = try scene.found(run).map(\.facts.kind)
      #expect(kinds.allSatisfy { $0 == .unknownMoney }, "\(kind): \(kinds)")
      #expect(try scene.balance(.receivable(gateway: "bank")) == 0, "\(kind)")
      #expect(run.proofs.first?.books == 0)
      #expect(try scene.world.reconcile(run.statement).run.opened == 0)
    }
  }

  @Test("a dry run finds what the run that takes a decision back would, and changes nothing")
  func triedBesideAll() throws {
    for (first, kind, next) in try decidedForNothing() {
      let scene = try RefutedDecisionTests()
      let told = try scene.told(first, kind)
      try scene.world.decide(told, .acceptGateway)
      try scene.reverse()
      let bill = try scene.world.imported(
        next + [scene.desk(5800, "DESK9", fee: 40, coupon: 2000)])
      let (before, last) = (try scene.world.gatewayBooks(), try scene.world.reader().lastSequence())
      let tried = try scene.world.reconcile(bill.id, isDryRun: true)
      #expect(try scene.world.gatewayBooks() == before)
      #expect(try scene.world.reader().lastSequence() == last)
      #expect(try !scene.isTakenBack(told) && scene.world.stored(told).isDecidedByPeople)
      let done = try scene.world.reconcile(bill.id)
      #expect(try scene.isTakenBack(told))
      #expect(tried.kinds == done.kinds, "\(kind)")
      #expect(tried.run.digest == done.run.digest && tried.run.proofs == done.run.proofs)
      #expect([tried.run.opened, tried.run.known] == [done.run.opened, done.run.known])
      #expect(tried.run.localBuckets == done.run.localBuckets)
      #expect(tried.run.statementBuckets == done.run.statementBuckets)
    }
  }
}
