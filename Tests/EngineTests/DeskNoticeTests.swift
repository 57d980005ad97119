import Domain
import Engine
import Store
import Testing

/// A refund that somebody made at the gateway's own desk, told by a notice under a number that is
/// none of ours.
@Suite("Notices of refunds made at the gateway's own desk")
struct DeskNoticeTests {
  private func paid() throws -> (World, OrderID, Payment) {
    let world = try World()
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    let (order, payment) = try world.paidOrder()
    return (world, order, payment)
  }

  private func tell(_ world: World, _ payment: Payment, _ refund: String) throws {
    let notice = world.bank.notice(payment.outTradeNumber, refund: refund)
    _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    try world.advance(by: 1000)
  }

  private func bill(_ payment: Payment, _ refund: BillRow) throws -> [BillRow] {
    [
      BillRow(
        transaction: try #require(payment.gatewayTransaction), number: payment.outTradeNumber,
        minor: payment.amount.minor, at: try #require(payment.paidAt)),
      refund,
    ]
  }

  private func row(_ payment: Payment, _ minor: Int64, at now: Timestamp) -> BillRow {
    BillRow(
      transaction: "RDESK1", number: payment.outTradeNumber, minor: minor, at: now,
      refund: "DESK1")
  }

  @Test("a signed word of all the money counts at once, keeps the goods, and agrees with the bill")
  func counted() throws {
    let (world, order, payment) = try paid()
    world.bank.giveBack(payment.outTradeNumber, "DESK1", 5800)
    try tell(world, payment, "DESK1")
    try tell(world, payment, "DESK1")
    let state = try world.state(order)
    #expect(state.order.payState == .refunded && state.order.refunded == 5800)
    #expect(state.order.deliveryState == .revoked)
    #expect(state.order.attention == ["refunded_outside"])
    #expect(state.refunds.map(\.gatewayRefund) == ["RDESK1"])
    let run = try world.reconcile(
      try world.imported(bill(payment, row(payment, 5800, at: world.now))).id
    ).run
    #expect(try world.discrepancies(of: run.id).map(\.facts.kind) == [])
    #expect(try world.ledger().balance(.receivable(gateway: "bank"), yuan).minor == 0)
  }

  @Test("a word that comes after the bill's row ends what the bill had opened")
  func afterBill() throws {
    let (world, order, payment) = try paid()
    let rows = try bill(payment, row(payment, 800, at: world.now))
    let statement = try world.imported(rows).id
    let first = try world.reconcile(statement).run
    let found = try world.discrepancies(of: first.id)
    #expect(found.map(\.facts.kind) == [.refundMissingLocally])
    world.bank.giveBack(payment.outTradeNumber, "DESK1", 800)
    try tell(world, payment, "DESK1")
    #expect(try world.state(order).order.payState == .partiallyRefunded)
    _ = try world.reconcile(statement)
    #expect(try world.reader().discrepancy(found[0].id)?.state == .resolved)
    #expect(try world.ledger().balance(.receivable(gateway: "bank"), yuan).minor == 5000)
  }

  /// People took the bill's row of a refund of 800 into the books.
  private func decided() throws -> (World, OrderID, Payment) {
    let (world, order, payment) = try paid()
    let rows = try bill(payment, row(payment, 800, at: world.now))
    let run = try world.reconcile(try world.imported(rows).id).run
    let found = try #require(try world.discrepancies(of: run.id).first)
    let wish = AdjudicationWish(
      discrepancy: found.id, verb: .acceptGateway, reason: "seen", until: nil, partner: nil)
    _ = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    #expect(try world.reader().discrepancy(found.id)?.state == .resolved)
    #expect(try world.ledger().balance(.receivable(gateway: "bank"), yuan).minor == 5000)
    return (world, order, payment)
  }

  @Test("nor is one that the gateway lists with the payment, under its own number alone")
  func listedAfterDecision() throws {
    let (world, order, payment) = try decided()
    world.bank.giveBack(payment.outTradeNumber, "DESK1", 800)
    world.bank.tellsDeskRefunds = true
    for _ in 0..<2 {
      _ = try world.ask("payment.query", .paymentQuery(payment.id), by: World.lead)
      try world.advance(by: 10_000)
    }
    #expect(try world.ledger().balance(.receivable(gateway: "bank"), yuan).minor == 5000)
    #expect(try world.state(order).refunds.isEmpty)
    // Another one is.
    world.bank.forget(refund: "DESK1")
    world.bank.giveBack(payment.outTradeNumber, "DESK2", 700)
    _ = try world.ask("payment.query", .paymentQuery(payment.id), by: World.lead)
    #expect(try world.ledger().balance(.receivable(gateway: "bank"), yuan).minor == 4300)
    #expect(try world.state(order).refunds.map(\.gatewayRefund) == ["RDESK2"])
  }

  @Test("a word that comes after people took the bill's row into the books is not booked again")
  func afterDecision() throws {
    let (world, order, payment) = try decided()
    world.bank.giveBack(payment.outTradeNumber, "DESK1", 800)
    try tell(world, payment, "DESK1")
    #expect(try world.ledger().balance(.receivable(gateway: "bank"), yuan).minor == 5000)
    #expect(try world.state(order).order.attention == ["refunded_outside"])
    #expect(try world.state(order).order.deliveryState == .held)
  }

  @Test("a word that does not say how much holds the goods, calls people and asks, once")
  func uncounted() throws {
    let (world, order, payment) = try paid()
    world.bank.giveBack(payment.outTradeNumber, "DESK1", 800, "processing")
    let asked = world.bank.count("query", payment.outTradeNumber)
    try tell(world, payment, "DESK1")
    #expect(world.bank.count("query", payment.outTradeNumber) == asked + 1)
    var state = try world.state(order)
    #expect(state.order.attention == ["refunded_outside"])
    #expect(state.order.payState == .paid && state.order.deliveryState == .held)
    let claim = try world.ask(
      "delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil))
    #expect(refusal(claim) == .deliveryHeld)
    _ = try world.ask("delivery.unhold", .deliveryUnhold(.id(order)), by: World.lead)
    // The gateway repeats its notice for a day.
    try tell(world, payment, "DESK1")
    state = try world.state(order)
    #expect(state.order.deliveryState == .pending)
    _ = try world.claim(order)
  }

  @Test("an unsigned word of an unknown refund of an unpaid order changes nothing")
  func unpaid() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.giveBack(payment.outTradeNumber, "DESK1", 800, "processing")
    try tell(world, payment, "DESK1")
    #expect(try world.state(order).order.attention.isEmpty)
  }
}
