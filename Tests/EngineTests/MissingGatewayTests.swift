import Domain
import Engine
import Gateways
import JSON
import Store
import Testing

@Suite("A gateway that was taken out of the configuration")
struct MissingGatewayTests {
  private func types(_ world: World) throws -> [String] {
    try StoreReader(path: world.path).events(
      after: 0, EventFilter(types: ["gateway.*"]), limit: 20, bytesMax: 100_000, scanMax: 10_000,
      keepsTransactions: false
    ).items.map { item in
      let object = try JSONReader.read(item.line, profile: .document).objectValue
      return object?["type"]?.stringValue ?? ""
    }
  }

  @Test("what is open there is told at every start, and everything else goes on")
  func told() throws {
    let world = try World()
    let lost = try world.openPayment(try world.makeOrder())
    let kept = try world.openPayment(try world.makeOrder(), "other")
    world.accounts.removeAll { $0.gateway.name == "bank" }
    try world.crash()
    try world.advance(by: 10)
    #expect(try types(world) == ["gateway.missing"])
    #expect(world.alarms.contains { $0.contains("bank") && $0.contains("configuration") })
    world.otherBank.pay(kept.outTradeNumber, at: world.now)
    try world.advance(by: 20_000)
    #expect(try world.state(kept.order).order.payState == .paid)
    let asked = try world.ask("payment.query", .paymentQuery(lost.id))
    #expect(refusal(asked) == .gatewayNotFound)
    try world.crash()
    #expect(try types(world) == ["gateway.missing", "gateway.missing"])
  }

  @Test("configured again, it is asked at once and nothing is missing")
  func back() throws {
    let world = try World()
    let payment = try world.openPayment(try world.makeOrder())
    let all = world.accounts
    world.accounts.removeAll { $0.gateway.name == "bank" }
    try world.crash()
    try world.advance(by: 60_000)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    world.accounts = all
    try world.crash()
    try world.advance(by: 5000)
    #expect(try world.state(payment.order).order.payState == .paid)
  }

  @Test("a restored daemon does not recover for ever because of it")
  func recovering() throws {
    let world = try World()
    _ = try world.openPayment(try world.makeOrder())
    let kept = try world.openPayment(try world.makeOrder(), "other")
    try world.store.markRestored(at: world.now)
    world.accounts.removeAll { $0.gateway.name == "bank" }
    try world.crash()
    #expect(world.engine.state == .recovering)
    try world.advance(by: 5000)
    #expect(world.engine.state == .ready)
    #expect(world.otherBank.count("query", kept.outTradeNumber) > 0)
  }

  @Test("why says that nothing is asked, and what is missing")
  func why() throws {
    let world = try World()
    let payment = try world.openPayment(try world.makeOrder())
    let reader = try StoreReader(path: world.path)
    let reference = OrderReference.id(payment.order)
    let views = try reader.payments(
      of: reference, state: nil, gateway: nil, owner: nil, after: nil, limit: 10
    ).map(\.view)
    let checks = Explanation.checks(payments: views, refunds: []) { $0 != "bank" }
    let report = Explanation.why(
      try world.state(payment.order), events: try reader.events(of: reference), checks: checks,
      now: world.now)
    #expect(report.next.contains { $0.what == "gateway_missing" && $0.text.en.contains("bank") })
    #expect(report.missing.contains { $0.en.contains("configuration of gateway bank") })
  }
}
