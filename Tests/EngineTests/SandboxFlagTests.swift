import Domain
import Engine
import SQLite
import Store
import Testing

@Suite("a sandbox beside a gateway that moves money")
struct SandboxFlagTests {
  private func world() throws -> World {
    try World(gateways: [TestGateway(name: "bank"), TestGateway(name: "other", isReal: false)])
  }

  private func isTest(_ world: World, _ order: OrderID) throws -> Bool {
    try world.state(order).order.flags.contains(.test)
  }

  /// Whether the buyer reads that no money is real.
  private func isToldAsTest(_ world: World, _ order: OrderID) throws -> Bool {
    let told = Explanation.tell(
      try world.state(order), checks: [], now: world.now, language: .en)
    return told.buyer.contains("no real money")
  }

  private func expectRowsAsLogged(_ world: World) throws {
    let check = try world.store.checkAgainstLog()
    #expect(check.differences.isEmpty, "\(check.differences)")
  }

  @Test("an order that is paid at the sandbox is a test; one that is paid at the bank is not")
  func follows() throws {
    let world = try world()
    let real = try world.paidOrder().0
    let order = try world.makeOrder()
    #expect(try !isTest(world, order))
    let payment = try world.openPayment(order, "other")
    #expect(try isTest(world, order))
    world.otherBank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 10_000)
    #expect(try world.state(order).order.payState == .paid)
    #expect(try isTest(world, order) && !isTest(world, real))
    #expect(try isToldAsTest(world, order) && !isToldAsTest(world, real))
    _ = try world.refund(payment.id, 5800)
    try world.advance(by: 10_000)
    #expect(try world.state(order).order.payState == .refunded)
    #expect(try isTest(world, order))
    try expectRowsAsLogged(world)
  }

  @Test("so is one whose money came by a notice, too late, or by two people's word")
  func otherWays() throws {
    let world = try world()
    let noticed = try world.makeOrder()
    let first = try world.openPayment(noticed, "other")
    world.otherBank.pay(first.outTradeNumber, at: world.now)
    let notice = world.otherBank.notice(first.outTradeNumber)
    _ = try world.ask("notification.ingest", .notificationIngest(gateway: "other", notice))
    let late = try world.makeOrder()
    let second = try world.openPayment(late, "other")
    try world.advance(by: 3_600_000)
    #expect(try world.state(late).order.payState == .expired)
    #expect(try isTest(world, late))
    world.otherBank.pay(second.outTradeNumber, at: world.now)
    try world.advance(by: 2 * 3_600_000)
    let resolved = try world.makeOrder()
    let third = try world.openPayment(resolved, "other")
    for caller in [World.lead, World.second] {
      _ = try world.ask(
        "payment.resolve",
        .paymentResolve(third.id, amount: nil, proof: "row 7", reason: "seen"), by: caller)
    }
    for order in [noticed, late, resolved] {
      #expect(try world.state(order).order.payState == .paid)
      #expect(try isTest(world, order))
    }
    #expect(try world.state(late).order.flags.contains(.late))
    try expectRowsAsLogged(world)
  }

  @Test("real money is no test because somebody tried the sandbox first, until that pays as well")
  func abandoned() throws {
    let world = try world()
    let order = try world.makeOrder()
    let tried = try world.openPayment(order, "other")
    _ = try world.ask("payment.close", .paymentClose(tried.id))
    try world.advance(by: 10_000)
    let payment = try world.openPayment(order, "bank")
    #expect(try isTest(world, order))
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 10_000)
    #expect(try world.state(order).order.payState == .paid)
    #expect(try !isTest(world, order))
    world.otherBank.pay(tried.outTradeNumber, at: world.now)
    try world.advance(by: 3 * 3_600_000)
    #expect(try world.state(order).order.flags.isSuperset(of: [.test, .excess]))
    #expect(try !isToldAsTest(world, order))
    try expectRowsAsLogged(world)
  }

  @Test("a log that does not tell of the sandbox makes the rows that it made before")
  func before() throws {
    let world = try world()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order, "other")
    world.otherBank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 10_000)
    let told = try world.reader().recorded(of: order).map { item -> Event in
      let event = item.event
      guard case .payment(let id, .created(var draft)) = event.body else { return event }
      draft.isTest = false
      return Event(
        id: event.id, at: event.at, actor: event.actor, trace: event.trace, order: event.order,
        version: event.version, body: .payment(id, .created(draft)))
    }
    var old = try #require(OrderAggregate(creating: told[0]))
    for event in told.dropFirst() where event.version > old.order.version { old.apply(event) }
    #expect(old.order.payState == .paid)
    #expect(old.order.flags.isEmpty)
  }
}
