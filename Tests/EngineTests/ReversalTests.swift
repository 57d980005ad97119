import Domain
import Engine
import Store
import Testing

/// What a gateway gives back at its own desk: known by its word when it is asked, by its bill, and
/// by what people decide about that bill, in any order, and booked once.
@Suite("Money given back at the gateway's own desk")
struct ReversalTests {
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000)

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Self.noon.adding(milliseconds: 86_400_000))
    return world
  }

  private func charge(_ payment: Payment, fee: Int64 = 0) throws -> BillRow {
    BillRow(
      transaction: try #require(payment.gatewayTransaction), number: payment.outTradeNumber,
      minor: payment.amount.minor, at: try #require(payment.paidAt), refund: nil, fee: fee)
  }

  private func desk(
    _ payment: Payment, _ minor: Int64, _ number: String = "DESK1", at moment: Timestamp,
    fee: Int64 = 0
  ) -> BillRow {
    BillRow(
      transaction: "T\(number)", number: payment.outTradeNumber, minor: minor, at: moment,
      refund: number, fee: fee)
  }

  private func reverse(_ payment: Payment, in world: World) throws {
    world.bank.set(payment.outTradeNumber, .refunded)
    _ = try world.ask("payment.query", .paymentQuery(payment.id))
    let order = try #require(try world.store.load(payment: payment.id)).aggregate
    #expect(order.payment(payment.id)?.state == .reversed)
  }

  private func held(_ world: World) throws -> Int64 {
    return try world.ledger().balance(.receivable(gateway: "bank"), yuan).minor
  }

  /// The run of a bill, which must close, and what it found.
  private func run(
    _ rows: [BillRow], in world: World
  ) throws -> (run: RunRecord, found: [DiscrepancyRecord]) {
    let run = try world.reconcile(try world.imported(rows).id).run
    for proof in run.proofs { #expect(proof.remainder == 0, "\(proof)") }
    #expect(world.alarms.allSatisfy { !$0.hasPrefix("I15") })
    return (run, try world.discrepancies(of: run.id))
  }

  private func accept(_ record: DiscrepancyRecord, in world: World) throws {
    let wish = AdjudicationWish(
      discrepancy: record.id, verb: .acceptGateway, reason: "seen", until: nil, partner: nil)
    let result = try world.ask(
      "discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    guard case .success(.discrepancy(let decided)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    #expect(decided.state == .resolved)
  }

  private func stands(_ record: DiscrepancyRecord, in world: World) throws -> DiscrepancyRecord {
    try #require(try world.reader().discrepancy(record.id))
  }

  @Test("the charge and what went back agree with their rows, and the fee is what the bill says")
  func agrees() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    try reverse(payment, in: world)
    let rows = try [charge(payment, fee: 35), desk(payment, 5800, at: world.now, fee: 35)]
    let (done, found) = try run(rows, in: world)
    #expect(found.map(\.facts.kind) == [])
    #expect(done.proofs.first?.bill ?? 0 == 0)
    #expect(try held(world) == 0)
  }

  @Test("a gateway that keeps its fee is owed nothing but that fee")
  func keepsFee() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    try reverse(payment, in: world)
    let (_, found) = try run(
      [try charge(payment, fee: 35), desk(payment, 5800, at: world.now)], in: world)
    #expect(found.map(\.facts.kind) == [])
    #expect(try held(world) == -35)
  }

  @Test("several refunds at the desk are one reversal, and a refund of ours beside it is its own")
  func parts() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder()
    _ = try world.refund(payment.id, 800)
    try world.advance(by: 60_000)
    let refund = try #require(try world.state(order).refunds.first)
    #expect(refund.state == .succeeded)
    try reverse(payment, in: world)
    #expect(try held(world) == 0)
    var own = desk(payment, 800, refund.number, at: world.now)
    own.transaction = try #require(refund.gatewayRefund)
    let (_, found) = try run(
      [
        try charge(payment), desk(payment, 3000, at: world.now), own,
        desk(payment, 2000, "DESK2", at: world.now),
      ], in: world)
    #expect(found.map(\.facts.kind) == [])
    #expect(try held(world) == 0)
  }

  @Test("a refund of ours that the same bill ends is no part of what went back without us")
  func endedByTheBill() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder()
    world.bank.refundState = "processing"
    _ = try world.refund(payment.id, 800)
    let refund = try #require(try world.state(order).refunds.first)
    try reverse(payment, in: world)
    #expect(try world.state(order).refunds.first?.state == .processing)
    let rows = [
      try charge(payment), desk(payment, 800, refund.number, at: world.now),
      desk(payment, 3000, "DESK1", at: world.now), desk(payment, 2000, "DESK2", at: world.now),
    ]
    let (_, found) = try run(rows, in: world)
    // That the bill knew of its end first is told, and needs nobody.
    #expect(found.map(\.facts.kind) == [.refundStatus])
    #expect(try found.map { try stands($0, in: world).state } == [.resolved])
    #expect(try world.state(order).refunds.first?.state == .succeeded)
    #expect(try held(world) == 0)
  }

  @Test("a bill with the charge alone closes; what went back waits for its own bill or is missing")
  func chargeAlone() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    try reverse(payment, in: world)
    let (_, found) = try run([try charge(payment)], in: world)
    #expect(found.map(\.facts.kind) == [.refundMissingAtGateway])
    #expect(found.first?.facts.ours == .reversal(payment.id))
  }

  @Test("what a bill told first is closed by the gateway's word, and booked once")
  func billFirst() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder()
    let (_, found) = try run(
      [try charge(payment), desk(payment, 5800, at: world.now)], in: world)
    #expect(found.map(\.facts.kind) == [.refundMissingLocally])
    #expect(found.first?.facts.order == order)
    #expect(found.first?.facts.ours == .payment(payment.id))
    try world.advance(by: 86_400_000)
    try reverse(payment, in: world)
    let (_, next) = try world.paidOrder(100)
    let (later, none) = try run([try charge(next)], in: world)
    #expect(none.isEmpty && later.known == 0)
    let ended = try stands(found[0], in: world)
    #expect(ended.state == .resolved && ended.resolution == .agrees)
    #expect(try held(world) == 100)
  }

  @Test("a second run over the bill that told first closes it as well")
  func again() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    let rows = [try charge(payment), desk(payment, 5800, at: world.now)]
    let statement = try world.imported(rows)
    let first = try world.reconcile(statement.id).run
    #expect(first.opened == 1)
    try world.advance(by: 172_800_000)
    try reverse(payment, in: world)
    let second = try world.reconcile(statement.id).run
    #expect(second.opened == 0 && second.known == 0 && second.proofs.first?.remainder ?? 0 == 0)
    let found = try world.discrepancies(of: first.id)
    #expect(found.allSatisfy { $0.state == .resolved })
    #expect(try held(world) == 0)
  }

  @Test("refunds in part that bills alone tell of are told one by one, and the rest is the reversal")
  func partsByBill() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder()
    let (_, found) = try run(
      [
        try charge(payment), desk(payment, 3000, at: world.now),
        desk(payment, 1000, "DESK2", at: world.now),
      ], in: world)
    #expect(found.map(\.facts.kind) == [.refundMissingLocally, .refundMissingLocally])
    #expect(found.allSatisfy { $0.facts.order == order && $0.facts.ours == .payment(payment.id) })
    #expect(found.map(\.facts.balanceChange).sorted() == [-3000, -1000])
    #expect(try held(world) == 5800)
    for record in found { try accept(record, in: world) }
    #expect(try held(world) == 1800)
    try world.advance(by: 86_400_000)
    try reverse(payment, in: world)
    #expect(try held(world) == 0)
    let (_, next) = try world.paidOrder(100)
    let (_, none) = try run(
      [try charge(next), desk(payment, 1800, "DESK3", at: world.now)], in: world)
    #expect(none.isEmpty)
    #expect(try held(world) == 100)
  }

  @Test("what people accepted, before the gateway's word or after it, is not booked twice")
  func acceptedOnce() throws {
    for isAcceptedFirst in [true, false] {
      let world = try world()
      let (_, payment) = try world.paidOrder()
      let (_, found) = try run(
        [try charge(payment), desk(payment, 5800, at: world.now)], in: world)
      let told = try #require(found.first)
      if isAcceptedFirst { try accept(told, in: world) }
      try reverse(payment, in: world)
      if !isAcceptedFirst { try accept(told, in: world) }
      #expect(try held(world) == 0)
      try world.advance(by: 86_400_000)
      let (_, next) = try world.paidOrder(100)
      let (_, none) = try run([try charge(next)], in: world)
      #expect(none.isEmpty)
      #expect(try held(world) == 100)
      let undone = try world.ask(
        "discrepancy.undo", .discrepancyUndo(told.id, reason: "no"), by: World.finance)
      #expect(refusal(undone) == nil)
      #expect(try held(world) == 100)
    }
  }

  @Test("money that came and went before anybody saw it is held against its rows as well")
  func seenTooLate() throws {
    let world = try world()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    world.bank.set(payment.outTradeNumber, .refunded)
    try world.advance(by: 60_000)
    let paid = try #require(try world.state(order).payment(payment.id))
    #expect(paid.state == .succeeded)
    let (_, found) = try run([try charge(paid), desk(paid, 5800, at: world.now)], in: world)
    #expect(found.map(\.facts.kind) == [])
    #expect(try held(world) == 0)
  }

  @Test("the same row twice is a copy; another sum is a difference of the refund")
  func copies() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder()
    let (_, other) = try world.paidOrder(700)
    try reverse(payment, in: world)
    try reverse(other, in: world)
    let row = desk(payment, 5800, at: world.now)
    let (_, found) = try run(
      [
        try charge(payment), row, row, try charge(other),
        desk(other, 600, "DESK2", at: world.now),
      ], in: world)
    #expect(Set(found.map(\.facts.kind)) == [.duplicateRow, .refundAmount])
  }

  @Test("the row of what went back is read alone as it is among all, until another bill has it")
  func rowAlone() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder()
    let (_, other) = try world.paidOrder(700)
    _ = try world.refund(payment.id, 800)
    try world.advance(by: 60_000)
    #expect(try world.state(order).refunds.first?.state == .succeeded)
    try reverse(payment, in: world)
    let bill = try world.imported([try charge(payment), desk(payment, 5000, at: world.now)])
    struct Seen: Equatable {
      var rows: [BookRow.Standing] = []
      var amounts: [Money?] = []
      var parents: [String] = []
      var before: [[Int64]] = []

      mutating func take(_ row: BookRow, _ texts: BookTexts) {
        rows.append(row.standing)
        amounts += [row.amount, row.posted, row.charged]
        parents.append(String(decoding: texts.parent, as: UTF8.self))
        before.append(texts.refundedBefore)
        #expect(row.isWithoutUs && texts.number.isEmpty && texts.transaction.isEmpty)
      }
    }
    func alone(_ payment: Payment, beside statement: StatementRecord) throws -> Seen? {
      var seen = Seen()
      let books = try world.reader().books(for: statement)
      let isThere = try books.row(.reversal(payment.id)) { seen.take($0, $1) }
      #expect(isThere == !seen.rows.isEmpty)
      return isThere ? seen : nil
    }
    var all = Seen()
    try world.reader().books(for: bill).reversals { all.take($0, $1) }
    #expect(all.parents == [payment.outTradeNumber] && all.before == [[800]])
    #expect(all.amounts == [Money(5000, yuan), Money(-5000, yuan), Money(5800, yuan)])
    #expect(try alone(payment, beside: bill) == all)
    #expect(try alone(other, beside: bill) == nil)
    _ = try world.reconcile(bill.id)
    #expect(try alone(payment, beside: bill) == all)
    try world.advance(by: 86_400_000)
    let (_, next) = try world.paidOrder(100)
    let later = try world.imported([try charge(next)])
    #expect(try alone(payment, beside: later) == nil)
  }
}
