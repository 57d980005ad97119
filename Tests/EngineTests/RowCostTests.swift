import Domain
import Engine
import Store
import Testing

/// What a row that was nobody's cost: once people have taken it in, the books hold the same as of a
/// row that matched by itself.
@Suite("fees and coupons of rows that people decide about")
struct RowCostTests {
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000)

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Self.noon.adding(milliseconds: 86_400_000))
    return world
  }

  private func stranger(_ world: World, minor: Int64 = 600) -> BillRow {
    BillRow(transaction: "X1", number: "N1", minor: minor, at: world.now, fee: 4, coupon: 100)
  }

  private func found(_ world: World, _ rows: [BillRow]) throws -> [DiscrepancyRecord] {
    try world.discrepancies(of: try world.reconcile(try world.imported(rows).id).run.id)
  }

  private func check(_ world: World) throws {
    let check = try world.store.checkAgainstLog()
    #expect(check.differences.isEmpty, "\(check.differences)")
  }

  @Test("every verb that takes a row in books what it cost, and undo takes it back")
  func strangers() throws {
    for verb in [AdjudicationVerb.acceptGateway, .writeOff, .moveToSuspense, .acceptLocal] {
      let world = try world()
      let (row, before) = (stranger(world), try world.gatewayBooks())
      let told = try found(world, [row])
      #expect(told.map(\.facts.kind) == [.unknownMoney])
      #expect(told[0].facts.theirs?.fee == Money(4, yuan))
      #expect(told[0].facts.theirs?.coupon == Money(100, yuan))
      try world.decide(told[0], verb)
      let taken: [Int64] = verb == .acceptLocal ? [0, 0, 0] : [600 - 104, 4, 100]
      #expect(try world.gatewayBooks() == zip(before, taken).map(+), "\(verb)")
      // The same file again finds it as it was decided.
      #expect(try world.reconcile(told[0].facts.statement).run.opened == 0)
      #expect(try world.gatewayBooks() == zip(before, taken).map(+), "\(verb)")
      try world.crash()
      try world.undo(told[0])
      #expect(try world.gatewayBooks() == before, "\(verb)")
      try world.decide(told[0], .writeOff)
      #expect(try world.gatewayBooks() == zip(before, [496, 4, 100]).map(+))
      try check(world)
    }
  }

  @Test("a row that is merged with a payment costs what it would have cost had they met")
  func merged() throws {
    for isFirst in [true, false] {
      let world = try world()
      let (_, payment) = try world.paidOrder(600)
      let matched = try self.world()
      let (_, twin) = try matched.paidOrder(600)
      var own = stranger(matched)
      (own.transaction, own.number) = (try #require(twin.gatewayTransaction), twin.outTradeNumber)
      _ = try found(matched, [own])
      let told = try found(world, [stranger(world)])
      #expect(told.map(\.facts.kind) == [.missingAtGateway, .unknownMoney])
      #expect(told[0].facts.ours == .payment(payment.id))
      let before = try world.gatewayBooks()
      try world.decide(told[isFirst ? 0 : 1], .mergeMatch, with: told[isFirst ? 1 : 0].id)
      #expect(try world.gatewayBooks() == (try matched.gatewayBooks()))
      try world.undo(told[isFirst ? 1 : 0])
      #expect(try world.gatewayBooks() == before)
      try check(world)
    }
  }

  @Test("what a refund at the gateway's desk gave back of the fee and of the coupon comes with it")
  func refundAtDesk() throws {
    for verb in [AdjudicationVerb.acceptGateway, .claimFromGateway, .writeOff, .moveToSuspense] {
      let world = try world()
      let (_, payment) = try world.paidOrder(5800)
      let paid = BillRow(
        transaction: try #require(payment.gatewayTransaction), number: payment.outTradeNumber,
        minor: 5800, at: try #require(payment.paidAt), fee: 40, coupon: 2000)
      let back = BillRow(
        transaction: "R1", number: payment.outTradeNumber, minor: 2900, at: world.now,
        refund: "RF9", fee: 20, coupon: 1000)
      let told = try found(world, [paid, back])
      #expect(told.map(\.facts.kind) == [.refundMissingLocally])
      let before = try world.gatewayBooks()
      #expect(before == [5800 - 2000 - 40, 40, 2000])
      try world.decide(told[0], verb)
      #expect(try world.gatewayBooks() == [3760 - 2900 + 1000 + 20, 20, 1000], "\(verb)")
      try world.undo(told[0])
      #expect(try world.gatewayBooks() == before)
      try check(world)
    }
  }

  @Test("a second payment of an order is the buyer's, and what it cost is ours")
  func paidTwice() throws {
    let world = try world()
    let (_, payment) = try world.paidOrder(600)
    let row = BillRow(
      transaction: try #require(payment.gatewayTransaction), number: payment.outTradeNumber,
      minor: 600, at: try #require(payment.paidAt))
    _ = try found(world, [row])
    let before = try world.gatewayBooks()
    var second = stranger(world)
    second.number = payment.outTradeNumber
    let told = try found(world, [row, second]).filter { $0.facts.kind == .duplicatePayment }
    #expect(told.map(\.facts.theirs?.transaction) == ["X1"])
    try world.decide(told[0], .acceptGateway)
    #expect(try world.gatewayBooks() == zip(before, [496, 4, 100]).map(+))
    try world.undo(told[0])
    #expect(try world.gatewayBooks() == before)
    try check(world)
  }
}
