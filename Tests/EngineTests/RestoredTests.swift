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
    try world.store.markRestored(at: world.now)
    try world.crash()
    #expect(world.engine.state == .ready)
    #expect(refusal(try world.refund(payment.id, 100)) == nil)
    try reopen(order, world)
    _ = try world.claim(order)
  }

  private func reopen(_ order: OrderID, _ world: World) throws {
    let result = try world.ask(
      "delivery.retry", .deliveryRetry(.id(order), reason: "still in the drawer"), by: World.lead)
    #expect(refusal(result) == nil)
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
    try world.store.markRestored(at: world.now)
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
    try reopen(there, world)
    _ = try world.claim(there)
    world.bank.outage = nil
    try world.advance(by: 600_000)
    #expect(world.engine.state == .ready)
    #expect(refusal(try world.refund(payment.id, 100)) == nil)
  }

  @Test("goods that waited in the backup go out only when a person says so")
  func goods() throws {
    let world = try World()
    let (waiting, _) = try world.paidOrder()
    let (claimed, _) = try world.paidOrder()
    let claim = try world.claim(claimed)
    let (done, _) = try world.paidOrder()
    _ = try world.ask(
      "delivery.complete", .deliveryComplete(try world.claim(done), reference: nil))
    try world.store.markRestored(at: world.now)
    try world.crash()
    try world.advance(by: 10_000)
    try #require(world.engine.state == .ready)
    #expect(try world.state(done).order.deliveryState == .delivered)
    for order in [waiting, claimed] {
      #expect(try world.state(order).order.deliveryState == .failed)
      #expect(try world.state(order).order.attention.contains("delivery_failed"))
      let again = try world.ask(
        "delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil))
      #expect(refusal(again) == .deliveryFailed)
    }
    #expect(world.alarms.contains { $0.contains("2 orders") })
    // The worker's own word is still the truth.
    let told = try world.ask("delivery.complete", .deliveryComplete(claim, reference: nil))
    #expect(refusal(told) == nil)
    #expect(try world.state(claimed).order.attention.isEmpty)
    try reopen(waiting, world)
    _ = try world.claim(waiting)
    // Only the first start after the restore doubts.
    try world.crash()
    #expect(try world.state(waiting).order.deliveryState == .reserved)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("an order that turns out to be paid since the backup is not handed out by itself either")
  func paidSince() throws {
    let world = try World()
    let since = try world.openPayment(try world.makeOrder())
    let later = try world.openPayment(try world.makeOrder())
    world.bank.pay(since.outTradeNumber, at: world.now)
    world.now = world.now.adding(milliseconds: 1000)
    try world.store.markRestored(at: world.now)
    try world.crash()
    try world.advance(by: 10_000)
    try #require(world.engine.state == .ready)
    #expect(try world.state(since.order).order.payState == .paid)
    #expect(try world.state(since.order).order.deliveryState == .failed)
    world.bank.pay(later.outTradeNumber, at: world.now)
    try world.advance(by: 60_000)
    #expect(try world.state(later.order).order.deliveryState == .pending)
    let (fresh, _) = try world.paidOrder()
    #expect(try world.state(fresh).order.deliveryState == .pending)
  }

  @Test("goods held by a weak word are held again, not let go, when a person reopens them")
  func weak() throws {
    let world = try World(
      gateways: [
        TestGateway(
          name: "bank", noticeStrength: .weakNotice, canClose: false, weakWord: .pays,
          canQuery: false)
      ])
    let (order, _) = try paidByNotice(world)
    try #require(try world.state(order).order.deliveryState == .held)
    try world.store.markRestored(at: world.now)
    try world.crash()
    #expect(try world.state(order).order.deliveryState == .failed)
    try reopen(order, world)
    #expect(try world.state(order).order.deliveryState == .held)
    #expect(try world.state(order).deliveries.allSatisfy { $0.isHeldAsWeak })
  }

  @Test("a refund of a payment that is older than the restore waits for a second person")
  func refunds() throws {
    let world = try World()
    let (order, old) = try world.paidOrder()
    try world.store.markRestored(at: world.now)
    try world.crash()
    try world.advance(by: 10_000)
    try #require(world.engine.state == .ready)
    guard case .success(.refund(let view)) = try world.refund(old.id, 100) else {
      Issue.record("the refund was not taken")
      return
    }
    #expect(view.refund.state == .requested)
    #expect(world.bank.count("refund") == 0)
    #expect(try world.state(order).order.attention.contains("refund_after_restore"))
    let approved = try world.ask(
      "refund.approve", .refundApprove(view.refund.id), by: World.second)
    #expect(refusal(approved) == nil)
    #expect(world.bank.count("refund") == 1)
    #expect(try !world.state(order).order.attention.contains("refund_after_restore"))
    let (_, new) = try world.paidOrder()
    guard case .success(.refund(let sent)) = try world.refund(new.id, 100) else {
      Issue.record("the refund was not taken")
      return
    }
    #expect(sent.refund.state == .succeeded)
  }

  @Test("a disk that is full meanwhile lets nothing through")
  func fullDisk() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    try world.store.markRestored(at: world.now)
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
