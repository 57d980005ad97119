import Domain
import Engine
import Gateways
import Store
import Testing

@Suite("Who, when, from where and how often")
struct RecordedFactTests {
  private func view(_ world: World, _ payment: Payment) throws -> PaymentView {
    let reader = try StoreReader(path: world.path)
    return try #require(try reader.payment(payment.id)?.0)
  }

  @Test("queries count every question, whatever states lie between them")
  func queries() throws {
    let world = try World()
    let order = try world.makeOrder()
    let payment = try world.openPayment(order)
    try world.advance(by: 30_000)
    world.bank.set(payment.outTradeNumber, .paying)
    try world.advance(by: 30_000)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 120_000)
    #expect(try world.state(order).order.payState == .paid)
    let asked = Int64(world.bank.count("query", payment.outTradeNumber))
    #expect(asked > 6)
    #expect(try view(world, payment).queries == asked)
  }

  @Test("a claim says who holds it, an approval when it was given")
  func whoAndWhen() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    _ = try world.claim(order)
    #expect(try world.state(order).deliveries[0].claimedBy == "client:shop")
    let (other, second) = try world.paidOrder()
    let asked = try world.refund(
      second.id, 100,
      by: Caller(principal: "desk", person: "li", seesAll: true, refundLimit: 0))
    guard case .success(.refund(let view)) = asked else {
      Issue.record("\(asked)")
      return
    }
    #expect(view.refund.approvedAt == nil)
    try world.advance(by: 5000)
    _ = try world.ask("refund.approve", .refundApprove(view.refund.id), by: World.second)
    let approved = try world.state(other).refunds[0]
    let begun = try #require(approved.approvedAt)
    #expect(begun.milliseconds(since: approved.createdAt) == 5000)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
    _ = payment
  }

  @Test("why a person opened a delivery again stands in its event")
  func retryReason() throws {
    let world = try World()
    let (order, _) = try world.paidOrder()
    let claim = try world.claim(order)
    _ = try world.ask("delivery.fail", .deliveryFail(claim, reason: "no stock"))
    _ = try world.ask(
      "delivery.retry", .deliveryRetry(.id(order), reason: "stock is back"), by: World.lead)
    let events = try StoreReader(path: world.path).events(of: .id(order))
    let reasons = events.compactMap { logged -> String? in
      if case .delivery(_, .pending(_, let reason?)) = logged.event.body { return reason }
      return nil
    }
    #expect(reasons == ["stock is back"])
  }

  @Test("the address that a notification came from is kept with it")
  func sourceIP() throws {
    let world = try World()
    let payment = try world.openPayment(try world.makeOrder())
    world.bank.pay(payment.outTradeNumber, at: world.now)
    let notice = world.bank.notice(payment.outTradeNumber)
    let raw = RawNotification(
      httpMethod: notice.httpMethod, query: notice.query, headers: notice.headers,
      body: notice.body, sourceIP: "203.0.113.7")
    let result = try world.ask(
      "notification.ingest", .notificationIngest(gateway: "bank", raw))
    guard case .success(.notification(let reply)) = result else {
      Issue.record("\(result)")
      return
    }
    let receipt = try #require(reply.receipt)
    #expect(try world.store.receipt(receipt)?.1.sourceIP == "203.0.113.7")
  }

  @Test("latencies, the last success and the last failure of a gateway are kept")
  func health() throws {
    let world = try World()
    world.latencyMilliseconds = 90
    let payment = try world.openPayment(try world.makeOrder())
    try world.advance(by: 30_000)
    world.bank.faults["query"] = [.brokenAfter]
    try world.advance(by: 30_000)
    world.bank.pay(payment.outTradeNumber, at: world.now)
    try world.advance(by: 60_000)
    let row = try #require(try world.store.gateway("bank"))
    let (good, bad) = (try #require(row.succeededAt), try #require(row.failedAt))
    #expect(good > bad)
    #expect(row.failure == FaultCode.broken)
    let counts = try StoreReader(path: world.path).counts(
      gateway: "bank", since: world.now.adding(milliseconds: -3_600_000))
    let latencies = counts.compactMap { row in
      LatencyClass(counter: row.name).map { (latency: $0, count: row.value) }
    }
    #expect(LatencyClass.quantile(thousandths: 500, of: latencies) == 96)
    let calls = counts.first { $0.name == "calls" }?.value
    #expect(latencies.reduce(0) { $0 + $1.count } == calls)
  }

  @Test("a key whose order freezes before its outcome is known ends, for good")
  func frozenKey() throws {
    let world = try World()
    let (bad, paid) = try world.paidOrder()
    world.holdsExchanges = true
    let token = try world.call(
      "refund.create", .refundCreate(paid.id, amount: Money(100, yuan), reason: nil),
      by: World.lead, key: "key-00000001", params: "r")
    #expect(try world.store.runningKeys().count == 1)
    try world.poison("UPDATE payments SET evidence=NULL WHERE id='\(paid.id)'")
    _ = try world.ask(
      "delivery.claim", .deliveryClaim(.id(bad), line: nil, leaseMilliseconds: nil))
    #expect(try world.state(bad).order.flags.contains(.frozen))
    #expect(try world.store.runningKeys().isEmpty)
    for result in [
      try world.answer(token),
      try world.ask(
        "refund.create", .refundCreate(paid.id, amount: Money(100, yuan), reason: nil),
        by: World.lead, key: "key-00000001", params: "r"),
    ] {
      guard case .failure(let refusal) = result else {
        Issue.record("\(result)")
        return
      }
      #expect(refusal.rejection.code == .orderFrozen)
      #expect(refusal.outcome == .unknown)
    }
  }
}
