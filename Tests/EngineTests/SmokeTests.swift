import Domain
import Engine
import Store
import Testing

@Suite("The way of an order through the engine")
struct SmokeTests {
  @Test("an order whose callback is lost becomes paid by the schedule and is delivered once")
  func lostCallback() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order, key: "key-00000001")
    #expect(payment.state == .awaitingBuyer)
    #expect(payment.action?.value == "qr:\(payment.outTradeNumber)")
    try world.advance(by: 12_000)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let paidAt = world.now
    try world.advance(by: 6000)
    let aggregate = try world.state(order)
    #expect(aggregate.order.payState == .paid)
    #expect(aggregate.order.captured == 5800)
    #expect(try #require(aggregate.order.paidAt) <= paidAt.adding(milliseconds: 5200))
    #expect(aggregate.order.deliveryState == .pending)
    let claim = try world.claim(order)
    let done = try world.ask("delivery.complete", .deliveryComplete(claim, reference: "card-1"))
    guard case .success(.deliveries(let reply)) = done else {
      Issue.record("\(done)")
      return
    }
    #expect(reply.deliveryState == .delivered)
    try world.advance(by: 86_400_000)
    #expect(try world.state(order).order.deliveryState == .delivered)
    #expect(world.bank.count("create") == 1)
    #expect(world.alarms.isEmpty)
  }
}
