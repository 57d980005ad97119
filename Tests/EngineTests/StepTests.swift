import Domain
import Engine
import Gateways
import Store
import Testing

/// A gateway where the buyer approves and Till takes the money, as PayPal.
@Suite("Steps that take money")
struct StepTests {
  /// A payment that its buyer has approved, and the answer that says so is on its way here.
  private func approved() throws -> (World, OrderID, Payment) {
    let world = try World(
      gateways: [TestGateway(name: "bank", canClose: false), TestGateway(name: "other")])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.set(payment.outTradeNumber, .approved)
    world.holdsExchanges = true
    while world.held.isEmpty { try world.advance(by: 1000) }
    world.holdsExchanges = false
    return (world, order, payment)
  }

  private func captures(_ world: World, _ payment: Payment) -> Int {
    world.bank.count("capture", payment.outTradeNumber)
  }

  @Test("what the buyer has approved is taken once")
  func wanted() throws {
    let (world, order, payment) = try approved()
    world.sendHeld()
    try world.advance(by: 10_000)
    #expect(captures(world, payment) == 1)
    #expect(try world.state(order).order.payState == .paid)
  }

  @Test("nothing is taken once the shop has cancelled, though it was asked before")
  func cancelled() throws {
    let (world, order, payment) = try approved()
    world.sendHeld()
    try world.call("order.cancel", .orderCancel(.id(order), reason: nil))
    #expect(try world.state(order).payment(payment.id)?.state == .closing)
    try world.advance(by: 10_000)
    #expect(captures(world, payment) == 0)
    #expect(try world.state(order).payment(payment.id)?.state == .closed)
    #expect(try world.state(order).order.payState == .cancelled)
    #expect(try world.state(order).order.attention.isEmpty)
  }

  @Test("nothing is taken once the order has expired, though it was asked before")
  func expired() throws {
    let (world, order, payment) = try approved()
    let end = try world.state(order).order.expiresAt
    try world.advance(to: end.adding(milliseconds: 1000))
    #expect(try world.state(order).payment(payment.id)?.state == .closing)
    world.sendHeld()
    try world.advance(by: 10_000)
    #expect(captures(world, payment) == 0)
    #expect(try world.state(order).order.payState == .expired)
  }

  @Test("nothing is taken once the buyer has gone to another gateway, though it was asked before")
  func elsewhere() throws {
    let (world, order, payment) = try approved()
    world.sendHeld()
    try world.call("payment.create", world.paymentWish(order, "other"))
    try world.advance(by: 10_000)
    #expect(captures(world, payment) == 0)
    #expect(try world.state(order).payment(payment.id)?.state == .closed)
    _ = try world.openPayment(order, "other")
    #expect(try world.state(order).order.payState == .awaiting)
  }

  @Test("a step that waits for its turn when the payment is given up does not leave")
  func waiting() throws {
    let world = try World(
      gateways: [TestGateway(name: "bank", canClose: false), TestGateway(name: "other")],
      concurrency: 1)
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.set(payment.outTradeNumber, .approved)
    world.holdsExchanges = true
    while world.held.isEmpty { try world.advance(by: 1000) }
    // It stands in the line before the step, and its answer takes long.
    let second = try world.makeOrder()
    try world.call("payment.create", world.paymentWish(second), key: "key-00000002")
    world.sendHeld()
    try world.advance(by: 1000)
    #expect(world.held.count == 1)
    #expect(try world.state(order).payment(payment.id)?.state == .processing)
    try world.call("order.cancel", .orderCancel(.id(order), reason: nil))
    world.holdsExchanges = false
    world.sendHeld()
    try world.advance(by: 10_000)
    #expect(captures(world, payment) == 0)
    #expect(try world.state(order).payment(payment.id)?.state == .closed)
    #expect(try world.state(order).order.payState == .cancelled)
    #expect(try world.state(second).payments.map(\.state) == [.awaitingBuyer])
    #expect(try world.store.runningCalls().isEmpty)
  }

  @Test("whoever waits for the question is told what became of it")
  func waited() throws {
    let (world, order, payment) = try approved()
    let asker = try world.call("payment.query", .paymentQuery(payment.id))
    world.sendHeld()
    try world.call("order.cancel", .orderCancel(.id(order), reason: nil))
    try world.advance(by: 10_000)
    guard case .success(.payment(let view, _)) = try world.answer(asker) else {
      Issue.record("it is answered")
      return
    }
    #expect(view.payment.state == .closed)
  }
}
