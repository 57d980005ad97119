import Domain
import Engine
import Store
import Testing

@Suite("Today's payments against what the gateways say now")
struct LiveComparisonTests {
  private static let minute: Int64 = 60_000
  private static let hour: Int64 = 3_600_000

  private func counted(_ world: World, _ name: String) throws -> Int64 {
    let reader = try StoreReader(path: world.path, seal: World.seal)
    let since = world.now.adding(milliseconds: -24 * Self.hour)
    return try reader.counts(gateway: "bank", since: since).first { $0.name == name }?.value ?? 0
  }

  @Test("a paid payment is asked about once more after an hour, and never again")
  func onceMore() throws {
    let world = try World()
    let (_, payment) = try world.paidOrder()
    let before = world.bank.count("query", payment.outTradeNumber)
    try world.advance(by: 59 * Self.minute)
    #expect(world.bank.count("query", payment.outTradeNumber) == before)
    try world.advance(by: 7 * Self.minute)
    #expect(world.bank.count("query", payment.outTradeNumber) == before + 1)
    #expect(try counted(world, "live_compared") == 1)
    #expect(try counted(world, "live_differing") == 0)
    try world.advance(by: 48 * Self.hour)
    #expect(world.bank.count("query", payment.outTradeNumber) == before + 1)
  }

  @Test("payments of one hour are asked about at the same few moments")
  func sameMoments() throws {
    let world = try World()
    var numbers: [String] = []
    for _ in 0..<6 { numbers.append(try world.paidOrder().1.outTradeNumber) }
    let from = world.exchanges.count
    try world.advance(by: 70 * Self.minute)
    let moments = Set(world.exchanges[from...].map { $0.at.milliseconds / Self.minute })
    #expect(world.exchanges.count - from == 6)
    #expect(moments.count <= 2)
    #expect(moments.allSatisfy { $0 % 5 == 0 })
  }

  @Test("a payment that the gateway denies later is shown to people, and stays paid")
  func denied() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.set(payment.outTradeNumber, .closed)
    try world.advance(by: 66 * Self.minute)
    let state = try world.state(order)
    #expect(state.order.payState == .paid)
    #expect(state.order.attention.contains("contradiction"))
    #expect(try counted(world, "live_differing") == 1)
    #expect(world.alarms.contains { $0.hasPrefix("AL6 bank") })
  }

  @Test("what we gave back ourselves is no difference")
  func ownRefund() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    _ = try world.refund(payment.id, 5800)
    try world.advance(by: Self.minute)
    world.bank.set(payment.outTradeNumber, .closed)
    try world.advance(by: 2 * Self.hour)
    #expect(try world.state(order).order.attention.isEmpty)
    #expect(try counted(world, "live_compared") == 1)
    #expect(try counted(world, "live_differing") == 0)
  }

  @Test("money for a payment that was closed is found by the questions after its end")
  func foundLate() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    _ = try world.ask("order.cancel", .orderCancel(.id(order), reason: nil))
    try world.advance(by: 2 * Self.minute)
    #expect(try world.state(order).payment(payment.id)?.state == .closed)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 10 * Self.minute)
    #expect(try world.state(order).payment(payment.id)?.state == .succeeded)
    #expect(try counted(world, "live_found") == 1)
  }

  @Test("a crash loses no comparison, and a silent gateway is asked until it answers")
  func crash() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.set(payment.outTradeNumber, .closed)
    try world.advance(by: 30 * Self.minute)
    try world.crash()
    world.bank.outage = .unreachable
    try world.advance(by: 60 * Self.minute)
    #expect(try world.state(order).order.attention.isEmpty)
    world.bank.outage = nil
    try world.advance(by: 10 * Self.minute)
    #expect(try world.state(order).order.attention.contains("contradiction"))
  }

  @Test("comparisons use the spare half of the budget and are not counted as open")
  func spare() throws {
    let world = try World(queriesPerSecond: 2, concurrency: 2)
    for _ in 0..<8 { _ = try world.paidOrder() }
    let reader = try StoreReader(path: world.path, seal: World.seal)
    #expect(try reader.openQuestions().isEmpty)
    #expect(try reader.scheduleCounts(at: world.now).open == 0)
    #expect(try reader.comparisons(gateway: "bank").waiting == 8)
    #expect(try reader.comparisons(gateway: "bank").comparedAt == nil)
    world.holdsExchanges = true
    try world.advance(by: 80 * Self.minute)
    // One place of the two stays free for what somebody waits for.
    #expect(world.held.count == 1)
    let order = try world.makeOrder()
    _ = try world.call("payment.create", world.paymentWish(order))
    #expect(world.held.count == 2)
    world.holdsExchanges = false
    world.sendHeld()
    try world.advance(by: Self.minute)
    #expect(try reader.comparisons(gateway: "bank").waiting == 0)
    #expect(try reader.comparisons(gateway: "bank").comparedAt != nil)
  }

  @Test("a gateway that is gone from the configuration is not missed for its comparisons alone")
  func goneGateway() throws {
    let world = try World()
    _ = try world.paidOrder()
    world.accounts.removeFirst()
    try world.crash()
    try world.advance(by: 2 * Self.hour)
    #expect(!world.alarms.contains { $0.contains("not configured any more") })
  }
}
