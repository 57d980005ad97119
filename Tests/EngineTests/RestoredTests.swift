import Domain
import Engine
import SQLite
import Store
import Testing

@Suite("After a restore")
struct RestoredTests {
  @Test("a gateway that cannot be asked is not waited for")
  func unaskable() throws {
    let world = try World(
      gateways: [TestGateway(name: "bank", canClose: false, canQuery: false)])
    let (order, payment) = try paidByNotice(world)
    let open = try world.makeOrder()
    _ = try world.openPayment(open)
    try world.store.markRestored()
    try world.crash()
    #expect(world.engine.state == .ready)
    #expect(refusal(try world.refund(payment.id, 100)) == nil)
    _ = try world.claim(order)
  }

  private func paidByNotice(_ world: World) throws -> (OrderID, Payment) {
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    _ = try world.ask(
      "notification.ingest",
      .notificationIngest(gateway: "bank", world.bank.notice(payment.outTradeNumber)))
    #expect(try world.state(order).order.payState == .paid)
    return (order, payment)
  }

  @Test("a gateway that does not answer stops its own orders alone, and is named")
  func unreachable() throws {
    let world = try World()
    let (paid, payment) = try world.paidOrder()
    let there = try world.makeOrder()
    let theirs = try world.openPayment(there, "other")
    world.otherBank.pay(theirs.outTradeNumber, at: world.now)
    try world.advance(by: 10_000)
    _ = try world.openPayment(try world.makeOrder())
    _ = try world.openPayment(try world.makeOrder())
    try world.store.markRestored()
    world.bank.outage = .unreachable
    try world.crash()
    try world.advance(by: 3_600_000)
    #expect(world.engine.state == .recovering)
    guard case .failure(let refused) = try world.refund(payment.id, 100) else {
      Issue.record("money moved before the gateway had answered")
      return
    }
    #expect(refused.rejection.code == .recovering)
    #expect(refused.rejection.hint?.contains("poll due") == true)
    #expect(refused.rejection.details.contains(.init("gateway", .text("bank"))))
    #expect(refused.rejection.details.contains(.init("open", .integer(3))))
    let claimed = try world.ask(
      "delivery.claim", .deliveryClaim(.id(paid), line: nil, leaseMilliseconds: nil))
    #expect(refusal(claimed) == .recovering)
    #expect(refusal(try world.refund(theirs.id, 100)) == nil)
    _ = try world.claim(there)
    world.bank.outage = nil
    try world.advance(by: 600_000)
    #expect(world.engine.state == .ready)
    #expect(refusal(try world.refund(payment.id, 100)) == nil)
  }

  @Test("a disk that is full meanwhile lets nothing through")
  func fullDisk() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    try world.store.markRestored()
    world.bank.outage = .unreachable
    try world.crash()
    try #require(world.engine.state == .recovering)
    world.store.faultPlan = FaultPlan(.step, .diskFull, isLasting: true)
    try world.run([.clock])
    try #require(world.engine.state == .readOnly)
    world.store.faultPlan = nil
    world.now = world.now.adding(milliseconds: 10_000)
    let refund = try world.call(
      "refund.create", .refundCreate(payment.id, amount: Money(100, yuan), reason: nil),
      by: World.lead)
    #expect(refusal(try world.answer(refund)) == .recovering)
    let claim = try world.call(
      "delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil))
    #expect(refusal(try world.answer(claim)) == .recovering)
  }
}
