import Domain
import Engine
import Gateways
import Testing

@Suite("Gateways that are taken over while they work")
struct TakeOverTests {
  @Test("what a gateway is told to be from now on holds for payments that were open before")
  func settings() throws {
    let world = try World(gateways: [TestGateway(name: "bank", noticeStrength: .weakNotice)])
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    let other = TestGateway(name: "bank", noticeStrength: .weakNotice, weakWord: .delivers)
    try world.run([.gateways([GatewayAccount(gateway: other)])])
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let notice = world.bank.notice(payment.outTradeNumber)
    _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    #expect(try world.state(order).order.payState == .paid)
    _ = try world.claim(order)
  }

  @Test("what was under way is counted on, and its answer taken")
  func underWay() throws {
    let world = try World(concurrency: 1)
    let order = try world.makeOrder()
    world.holdsExchanges = true
    let first = try world.call("payment.create", world.paymentWish(order), key: "k")
    #expect(world.held.count == 1)
    try world.run([.gateways([GatewayAccount(gateway: TestGateway(name: "bank"), concurrency: 1)])])
    let other = try world.makeOrder()
    _ = try world.call("payment.create", world.paymentWish(other), key: "l")
    // One at a time, still.
    #expect(world.held.count == 1)
    world.holdsExchanges = false
    world.sendHeld()
    try world.advance(by: 5_000)
    guard case .success = try world.answer(first) else {
      Issue.record("the answer of before is an answer")
      return
    }
    #expect(try world.state(other).order.payState == .awaiting)
  }
}
