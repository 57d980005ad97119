import Domain
import Engine
import SQLite
import Store
import Testing

@Suite("The wall clock is set back")
struct ClockTests {
  private static let day: Int64 = 86_400_000

  /// A payment that was made and asked about by a clock that goes a day too fast.
  private func begin() throws -> (World, Payment) {
    let world = try World()
    world.now = world.now.adding(milliseconds: Self.day)
    let payment = try world.openPayment(try world.makeOrder())
    try world.advance(by: 12_000)
    world.now = world.now.adding(milliseconds: -Self.day)
    return (world, payment)
  }

  private func nextAt(_ world: World, _ payment: Payment) throws -> Timestamp? {
    try world.store.question(.payment(payment.id))?.nextAt
  }

  @Test("a running daemon asks on from the corrected clock")
  func running() throws {
    let (world, payment) = try begin()
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.run([.clock])
    let next = try #require(try nextAt(world, payment))
    #expect(next <= world.now.adding(milliseconds: 300_000))
    try world.advance(by: 10_000)
    #expect(try world.state(payment.order).order.payState == .paid)
    #expect(world.alarms.contains { $0.contains("set back") })
  }

  @Test("a restarted daemon asks on from the corrected clock")
  func restarted() throws {
    let (world, payment) = try begin()
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.crash()
    try world.advance(by: 10_000)
    #expect(try world.state(payment.order).order.payState == .paid)
  }

  @Test("the gaps stay gaps while the order's own times lie ahead")
  func gaps() throws {
    let (world, payment) = try begin()
    try world.run([.clock])
    for _ in 0..<24 {
      try world.advance(by: 150_000)
      let next = try #require(try nextAt(world, payment))
      #expect(next <= world.now.adding(milliseconds: 300_000))
    }
    // The promise to the buyer stands.
    #expect(try world.state(payment.order).order.payState == .awaiting)
  }

  @Test("a step of less than a second is no news")
  func smallStep() throws {
    let world = try World()
    let payment = try world.openPayment(try world.makeOrder())
    let next = try nextAt(world, payment)
    world.now = world.now.adding(milliseconds: -900)
    try world.run([.clock])
    #expect(try nextAt(world, payment) == next)
    #expect(world.alarms.isEmpty)
  }

  @Test("a full disk is tried again ten seconds after the jump")
  func fullDisk() throws {
    let world = try World()
    world.now = world.now.adding(milliseconds: Self.day)
    world.store.faultPlan = FaultPlan(.step, .diskFull, isLasting: true)
    try world.run([.clock])
    try #require(world.engine.state == .readOnly)
    world.store.faultPlan = nil
    world.now = world.now.adding(milliseconds: -Self.day)
    try world.run([.clock])
    #expect(world.engine.state == .ready)
  }
}
