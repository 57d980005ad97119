import Domain
import Engine
import Store
import Testing

@Suite("Guards after an end")
struct GuardTests {
  private static let hour: Int64 = 3_600_000

  private func closed(_ world: World) throws -> Payment {
    let payment = try world.openPayment(try world.makeOrder())
    _ = try world.ask("order.cancel", .orderCancel(.id(payment.order), reason: nil))
    try world.advance(by: 30_000)
    #expect(try world.state(payment.order).payment(payment.id)?.state == .closed)
    return payment
  }

  @Test("one that brought no answer is made up for within five minutes")
  func again() throws {
    let world = try World()
    let payment = try closed(world)
    world.bank.outage = .unreachable
    try world.advance(by: 2 * Self.hour)
    for _ in 0..<10 {
      try world.advance(by: 60_000)
      let next = try #require(try world.store.question(.payment(payment.id))?.nextAt)
      #expect(next <= world.now.adding(milliseconds: 300_000))
    }
  }

  @Test("also the last one: money that came meanwhile is found")
  func last() throws {
    let world = try World()
    let payment = try closed(world)
    world.bank.outage = .unreachable
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 26 * Self.hour)
    world.bank.outage = nil
    try world.advance(by: 2 * Self.hour)
    #expect(try world.state(payment.order).order.payState == .paid)
  }

  @Test("answered again, they end")
  func ends() throws {
    let world = try World()
    let payment = try closed(world)
    world.bank.outage = .unreachable
    try world.advance(by: 26 * Self.hour)
    world.bank.outage = nil
    try world.advance(by: 2 * Self.hour)
    #expect(try world.store.question(.payment(payment.id))?.nextAt == nil)
  }

  @Test("a gateway that is gone for good is not asked for ever")
  func gone() throws {
    let world = try World()
    let payment = try closed(world)
    world.bank.outage = .unreachable
    try world.advance(by: 40 * 24 * Self.hour)
    #expect(try world.store.question(.payment(payment.id))?.nextAt == nil)
  }
}
