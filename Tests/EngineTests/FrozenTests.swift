import Domain
import Engine
import Store
import Testing

@Suite("One poisoned order does not stop the shop")
struct FrozenTests {
  @Test("an order whose rows break an invariant is frozen, and every other one goes on")
  func frozen() throws {
    let world = try World()
    let (bad, payment) = try world.paidOrder()
    try world.poison("UPDATE payments SET evidence=NULL WHERE id='\(payment.id)'")
    let claim = try world.ask(
      "delivery.claim", .deliveryClaim(.id(bad), line: nil, leaseMilliseconds: nil))
    #expect(refusal(claim) == .internal)
    #expect(try world.state(bad).order.flags.contains(.frozen))
    #expect(try world.state(bad).order.attention.contains("frozen"))
    #expect(world.alarms.contains { $0.contains("I7") })
    let again = try world.ask(
      "delivery.claim", .deliveryClaim(.id(bad), line: nil, leaseMilliseconds: nil))
    #expect(refusal(again) == .orderFrozen)
    _ = try world.paidOrder()
    try world.advance(by: 90_000_000)
  }

  @Test("nothing leaves for the gateway when an approval freezes the order")
  func noRefundLeaves() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    let small = Caller(principal: "desk", person: "li", seesAll: true, refundLimit: 0)
    let asked = try world.refund(payment.id, 100, by: small)
    guard case .success(.refund(let view)) = asked else {
      Issue.record("\(asked)")
      return
    }
    #expect(view.refund.state == .requested)
    try world.poison("UPDATE payments SET evidence=NULL WHERE id='\(payment.id)'")
    let approved = try world.ask("refund.approve", .refundApprove(view.refund.id), by: World.second)
    #expect(refusal(approved) == .internal)
    #expect(world.bank.count("refund") == 0)
    #expect(try world.state(order).refunds[0].state == .requested)
  }

  @Test("a frozen order's lease and expiry do not keep the clock busy")
  func quiet() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    _ = try world.claim(order)
    try world.poison("UPDATE payments SET evidence=NULL WHERE id='\(payment.id)'")
    let runs = world.runs
    try world.advance(by: 86_400_000)
    #expect(world.runs - runs < 200)
    #expect(try world.state(order).order.flags.contains(.frozen))
  }

  @Test("a payment whose creation freezes the order is refused and never asked for")
  func createRefused() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    try world.poison(
      """
      UPDATE payments SET state='closed', evidence=NULL, captured=NULL, captured_currency=NULL
        WHERE id='\(payment.id)';
      UPDATE orders SET pay_state='created' WHERE id='\(order)'
      """)
    let created = world.bank.count("create")
    let result = try world.ask("payment.create", world.paymentWish(order), key: "key-00000009")
    #expect(refusal(result) == .internal)
    #expect(world.bank.count("create") == created)
    #expect(try world.store.runningKeys().isEmpty)
  }
}
