import Domain
import Engine
import Store
import Testing

@Suite("Refunds and deliveries through the engine")
struct RefundFlowTests {
  private func view(_ result: Result<Reply, Refusal>) throws -> Refund {
    guard case .success(.refund(let view)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return view.refund
  }

  @Test("within one's limit a refund leaves at once, above it another person approves")
  func limits() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    let done = try view(try world.refund(payment.id, 800))
    #expect(done.state == .succeeded)
    let low = Caller(principal: "desk", person: "zhao", seesAll: true, refundLimit: 100)
    let asked = try view(try world.refund(payment.id, 1000, by: low))
    #expect(asked.state == .requested)
    #expect(
      refusal(try world.ask("refund.approve", .refundApprove(asked.id), by: low))
        == .secondPersonRequired)
    #expect(
      refusal(try world.ask("refund.approve", .refundApprove(asked.id), by: World.shop))
        == .tokenRequired)
    let sent = try view(try world.ask("refund.approve", .refundApprove(asked.id), by: World.second))
    #expect(sent.state == .succeeded)
    #expect(refusal(try world.refund(payment.id, 4001)) == .refundExceedsPaid)
    #expect(try view(try world.refund(payment.id, 4000)).state == .succeeded)
    #expect(try world.state(order).order.payState == .refunded)
    #expect(world.bank.refunds.values.reduce(0) { $0 + $1.amount } == 5800)
  }

  @Test("sixteen callers who refund the same order at once never give back too much")
  func race() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder(1000)
    let requests = (0..<16).map { _ in
      world.request(
        "refund.create", .refundCreate(payment.id, amount: Money(300, yuan), reason: nil),
        by: World.lead)
    }
    try world.run(requests.map { .request($0) })
    try world.advance(by: 5000)
    let results = try requests.map { try world.answer($0.token) }
    #expect(results.filter { refusal($0) == nil }.count == 3)
    #expect(results.filter { refusal($0) == .refundExceedsPaid }.count == 13)
    #expect(world.bank.refunds.values.reduce(0) { $0 + $1.amount } == 900)
    #expect(try world.state(order).order.payState == .partiallyRefunded)
  }

  @Test("a refund whose call never arrived is asked about twice, then sent under the same number")
  func resend() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.faults["refund"] = [.unreachable, .answerLost]
    let asked = try view(try world.refund(payment.id, 5800))
    #expect(asked.state == .unknown)
    try world.advance(by: 3_600_000)
    #expect(try world.state(order).refunds[0].state == .succeeded)
    #expect(world.bank.refunds.count == 1)
    #expect(world.bank.count("refund", asked.number) == 2)
  }

  @Test("a refund under way is asked about until it ends, and a bounced one counts as ours again")
  func slowAndReturned() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.refundState = "processing"
    let asked = try view(try world.refund(payment.id, 5800))
    #expect(asked.state == .processing)
    try world.advance(by: 86_400_000)
    #expect(try world.state(order).refunds[0].state == .processing)
    world.bank.setRefund(asked.number, "ok")
    try world.advance(by: 3_600_000)
    #expect(try world.state(order).order.payState == .refunded)
    world.bank.setRefund(asked.number, "returned")
    let notice = world.bank.notice(payment.outTradeNumber, refund: asked.number)
    _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    let after = try world.state(order)
    #expect(after.refunds[0].state == .returned)
    #expect(after.order.payState == .paid)
    #expect(after.order.attention.contains("refund_returned"))
  }

  @Test("a refund without a final answer calls a person after a day and again after three")
  func openForDays() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.refundState = "processing"
    let asked = try view(try world.refund(payment.id, 800))
    try world.advance(by: 86_400_000 - 120_000)
    #expect(try world.state(order).order.attention.isEmpty)
    try world.advance(by: 240_000)
    #expect(try world.state(order).order.attention == ["refund_open"])
    try world.advance(by: 2 * 86_400_000)
    #expect(
      try world.state(order).order.attention == ["refund_open", "refund_open_for_days"])
    #expect(world.alarms.count { $0.hasPrefix("AL24 ") } == 2)
    world.bank.setRefund(asked.number, "ok")
    try world.advance(by: 2 * 3_600_000)
    #expect(try world.state(order).order.payState == .partiallyRefunded)
    #expect(try world.state(order).order.attention.isEmpty)
  }

  /// An order that was paid at one gateway, and then by a late success at another.
  private func paidTwice() throws -> (World, OrderID, first: Payment, second: Payment) {
    let world = try World()
    let order = try world.makeOrder()
    let first = try world.openPayment(order)
    _ = try world.ask("payment.create", world.paymentWish(order, "other"), key: nil)
    try world.advance(by: 60_000)
    let second = try world.openPayment(order, "other")
    world.otherBank.pay(second.outTradeNumber, at: world.now)
    try world.advance(by: 60_000)
    #expect(try world.state(order).order.payState == .paid)
    world.bank.force(first.outTradeNumber, amount: 5800, at: world.now)
    try world.advance(by: 2 * 3_600_000)
    #expect(try world.state(order).order.flags.contains(.excess))
    return (world, order, first, second)
  }

  @Test("what was paid twice asks for its refund by itself, and one person lets it go")
  func excess() throws {
    let (world, order, first, _) = try paidTwice()
    var state = try world.state(order)
    let asked = try #require(state.refunds.first)
    #expect(state.refunds.count == 1)
    #expect(asked.payment == first.id && asked.amount == Money(5800, yuan))
    #expect(asked.state == .requested && asked.requestedBy == "system")
    #expect(state.order.payState == .paid && state.order.deliveryState == .pending)
    #expect(world.bank.refunds.isEmpty && world.otherBank.refunds.isEmpty)
    let sent = try view(try world.ask("refund.approve", .refundApprove(asked.id), by: World.lead))
    #expect(sent.state == .succeeded)
    state = try world.state(order)
    #expect(state.order.payState == .paid && state.order.excess == 0)
    #expect(state.order.attention.isEmpty)
    #expect(state.refunds.count == 1)
  }

  @Test("whoever keeps what was paid twice is not asked again")
  func excessKept() throws {
    let (world, order, _, _) = try paidTwice()
    let asked = try #require(try world.state(order).refunds.first)
    _ = try world.ask(
      "refund.reject", .refundReject(asked.id, reason: "the buyer wants two"), by: World.lead)
    try world.advance(by: 86_400_000)
    #expect(try world.state(order).refunds.map(\.state) == [.rejected])
  }

  @Test("what people gave back of the other payment is not asked for a second time")
  func excessGivenBack() throws {
    let (world, order, _, second) = try paidTwice()
    let asked = try #require(try world.state(order).refunds.first)
    #expect(try view(try world.refund(second.id, 1000)).state == .succeeded)
    var state = try world.state(order)
    #expect(state.order.excess == 4800)
    #expect(state.refunds.first { $0.id == asked.id }?.state == .withdrawn)
    let rest = try #require(state.refunds.last)
    #expect(rest.state == .requested && rest.amount == Money(4800, yuan) && rest.isProposal)
    #expect(try view(try world.refund(second.id, 4800)).state == .succeeded)
    state = try world.state(order)
    #expect(state.order.excess == 0 && state.order.payState == .paid)
    #expect(state.refunds.first { $0.id == rest.id }?.state == .withdrawn)
    #expect(state.order.deliveryState == .pending)
    #expect(
      refusal(try world.ask("refund.approve", .refundApprove(rest.id), by: World.second))
        == .illegalTransition)
    #expect(world.bank.refunds.isEmpty)
  }

  @Test("what a dispute of the other payment may take is not let go, and not asked for once lost")
  func excessDisputed() throws {
    let (world, order, _, second) = try paidTwice()
    let asked = try #require(try world.state(order).refunds.first)
    func tell(_ word: String) throws {
      world.otherBank.dispute(second.outTradeNumber, word)
      let notice = world.otherBank.disputeNotice(second.outTradeNumber)
      _ = try world.ask("notification.ingest", .notificationIngest(gateway: "other", notice))
    }
    try tell("needs_response")
    #expect(
      refusal(try world.ask("refund.approve", .refundApprove(asked.id), by: World.lead))
        == .paymentDisputed)
    try tell("lost")
    let state = try world.state(order)
    #expect(state.order.excess == 0 && state.order.payState == .paid)
    #expect(state.refunds.map(\.state) == [.withdrawn])
    #expect(world.bank.refunds.isEmpty)
  }

  @Test("a refused refund frees its share and may be tried again by another person")
  func failed() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    world.bank.faults["refund"] = [.refused]
    guard case .failure(let refusal) = try world.refund(payment.id, 5800) else {
      throw ShortcutFault.unexpected("a definite refusal is an error")
    }
    let asked = try #require(try world.state(order).refunds.first)
    #expect(asked.state == .failed)
    #expect(refusal.rejection.code == .gatewayRejected)
    #expect(refusal.rejection.details.contains(.init("refund", .text(asked.id.text))))
    #expect(try world.state(order).order.deliveryState == .pending)
    let again = try view(
      try world.ask("refund.approve", .refundApprove(asked.id), by: World.second))
    #expect(again.state == .succeeded)
    #expect(again.number == asked.number)
  }

  @Test("a sandbox's refunds need nobody's approval")
  func sandbox() throws {
    let world = try World(gateways: [TestGateway(name: "bank", isReal: false)])
    let (order, payment) = try world.paidOrder()
    #expect(try view(try world.refund(payment.id, 10, by: World.shop)).state == .succeeded)
    #expect(try world.state(order).order.flags.contains(.test))
  }

  @Test("one of many claimers gets the goods, and its lease ends in a person's hands")
  func claims() throws {
    let world = try World()
    let (order, _) = try world.paidOrder()
    let requests = (0..<16).map { _ in
      world.request(
        "delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: 5000))
    }
    try world.run(requests.map { .request($0) })
    let results = try requests.map { try world.answer($0.token) }
    #expect(results.filter { refusal($0) == nil }.count == 1)
    #expect(results.filter { refusal($0) == .alreadyClaimed }.count == 15)
    try world.advance(by: 4999)
    #expect(try world.state(order).order.deliveryState == .reserved)
    try world.advance(by: 2)
    #expect(try world.state(order).order.deliveryState == .failed)
    let retry = try world.ask(
      "delivery.retry", .deliveryRetry(.id(order), reason: "nothing went out"), by: World.lead)
    #expect(refusal(retry) == nil)
    let claim = try world.claim(order)
    let failed = try world.ask("delivery.fail", .deliveryFail(claim, reason: "no stock"))
    #expect(refusal(failed) == nil)
    let released = try world.ask("delivery.release", .deliveryRelease(claim))
    #expect(refusal(released) == nil)
    #expect(refusal(try world.ask("delivery.release", .deliveryRelease(claim))) == .claimNotFound)
    let last = try world.claim(order)
    _ = try world.ask("delivery.complete", .deliveryComplete(last, reference: "c"))
    #expect(
      refusal(
        try world.ask("delivery.revoke", .deliveryRevoke(.id(order), reason: "x"), by: World.lead))
        == nil)
    #expect(try world.state(order).order.deliveryState == .revoked)
  }

  @Test("a shop sees its own orders only")
  func owners() throws {
    let world = try World()
    let (order, payment) = try world.paidOrder()
    let other = Caller(principal: "other", person: nil, seesAll: false, refundLimit: 0)
    #expect(
      refusal(try world.ask("order.cancel", .orderCancel(.id(order), reason: nil), by: other))
        == .orderNotFound)
    #expect(
      refusal(try world.ask("payment.query", .paymentQuery(payment.id), by: other))
        == .paymentNotFound)
    #expect(
      refusal(try world.ask("payment.create", world.paymentWish(order), by: other))
        == .orderNotFound)
    let taken = try world.makeOrder(number: "A1")
    #expect(try world.state(taken).order.number == "A1")
    let clash = try world.ask("order.create", .orderCreate(world.wish(number: "A1")), by: other)
    #expect(refusal(clash) == .alreadyExists)
    guard case .failure(let refusal) = clash else { return }
    #expect(!refusal.rejection.details.contains { $0.name == "order" })
  }
}
