import Domain
import Store
import Testing

@testable import Engine

@Suite("What has had its time")
struct RetentionTests {
  @Test("a buyer's data goes by itself, with an event, while callers are served")
  func personal() throws {
    let world = try World(settings: EngineSettings(retention: Retention(personal: 5)))
    let order = try world.makeOrder()
    try world.advance(by: 4 * 86_400_000)
    let young = try #require(try world.store.load(.id(order)))
    #expect(try world.store.privateFacts(of: young.key).buyer != nil)
    try world.advance(by: 2 * 86_400_000)
    let loaded = try #require(try world.store.load(.id(order)))
    #expect(try world.store.privateFacts(of: loaded.key).buyer == nil)
    let reader = try StoreReader(path: world.path, seal: World.seal)
    let last = try reader.events(of: .id(order)).last?.event
    #expect(last?.body == .order(.personalErased))
    #expect(last?.actor == .timer)
    #expect(try reader.retention().first { $0.kind == .personal }?.removed == 1)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
    #expect(try reader.verifyChain(from: 1, to: nil).brokenAt == nil)
  }
}

@Suite("Erasing on request")
struct ErasingTests {
  @Test("a call that is under way when its buyer is erased does not bring the address back")
  func underWay() throws {
    let world = try World()
    let order = try world.makeOrder()
    world.holdsExchanges = true
    let wish = PaymentOrder(
      order: .id(order), gateway: "bank", method: nil, returnURL: nil, clientIP: "198.51.100.7")
    _ = try world.call("payment.create", .paymentCreate(wish), key: "payment-key-1")
    let reader = try StoreReader(path: world.path, seal: World.seal)
    #expect(try reader.calls(of: .id(order)).first?.privateFacts?.contains("198.51") == true)
    _ = try world.ask("order.erase_personal", .orderErasePersonal(.id(order)))
    #expect(try reader.calls(of: .id(order)).first?.privateFacts == nil)
    world.holdsExchanges = false
    world.sendHeld()
    try world.advance(by: 1000)
    let call = try #require(try reader.calls(of: .id(order)).first)
    #expect(call.state == .answered)
    #expect(call.privateFacts == nil)
    // What it brought may name the buyer again.
    #expect(call.answer == nil)
    #expect(call.digest != nil)
  }
}
