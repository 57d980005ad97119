import Domain
import Testing

@Suite("Payments of one order")
struct PaymentScenarioTests {
  @Test("a second click hands back the open payment")
  func secondClick() throws {
    var desk = try Desk()
    let first = try desk.opened()
    let count = desk.events.count
    guard case .reused(let again) = try desk.open() else {
      Issue.record("a second payment was made")
      return
    }
    #expect(again == first)
    #expect(desk.events.count == count)
  }

  @Test("a closing that stands still is stale until something is heard; being stale begins none")
  func stillClosing() throws {
    var desk = try Desk()
    let id = try desk.opened()
    try desk.act { try $0.cancel(reason: nil) }
    #expect(try desk.payment(id).state == .closing)
    try desk.act(.timer) { $0.age(id) }
    #expect(try desk.payment(id).state == .stale)
    desk.now = expiry
    try desk.act(.timer) { $0.expire() }
    #expect(try desk.payment(id).state == .stale)
    try desk.see(id, .unpaid(action: nil))
    #expect(try desk.payment(id).state == .closing)
  }

  @Test("a click after the action has expired closes the old payment first")
  func expiredAction() throws {
    var desk = try Desk()
    guard case .opened(let id) = try desk.open() else { throw DeskFault.notOpened }
    let soon = PaymentAction(
      kind: .qr, value: "qr", expiresAt: start.adding(milliseconds: 1000))
    try desk.see(id, .unpaid(action: soon), evidence(.answer, .create))
    desk.now = start.adding(milliseconds: 2000)
    guard case .blocked(let rejection) = try desk.open() else {
      Issue.record("not blocked")
      return
    }
    #expect(rejection.code == .paymentOpen)
    #expect(try desk.payment(id).state == .closing)
  }

  @Test("an open payment whose way to pay was lost is closed and replaced, not handed back")
  func lostAction() throws {
    var desk = try Desk()
    guard case .opened(let id) = try desk.open() else { throw DeskFault.notOpened }
    try desk.act(.poller) { $0.noteUnanswered(id, reason) }
    guard case .reused = try desk.open() else {
      Issue.record("replaced while nobody knows whether it exists")
      return
    }
    // The gateway knows it, and the QR code was in the answer that never came.
    try desk.see(id, .unpaid(action: nil))
    guard case .blocked = try desk.open() else {
      Issue.record("a payment that nobody can pay was handed back")
      return
    }
    try desk.see(id, .closed(nil))
    guard case .opened = try desk.open() else {
      Issue.record("not replaced")
      return
    }
  }

  @Test("another gateway is opened only after the first one is proven closed")
  func otherGateway() throws {
    var desk = try Desk()
    let first = try desk.opened("bank")
    guard case .blocked(let rejection) = try desk.open("other") else {
      Issue.record("two payments are open")
      return
    }
    #expect(rejection.code == .paymentOpen)
    #expect(rejection.retryAfterMilliseconds != nil)
    #expect(try desk.payment(first).closingCause == .replaced)
    try desk.see(first, .absent(provesClosed: false))
    guard case .blocked = try desk.open("other") else {
      Issue.record("absence without proof closed a payment")
      return
    }
    try desk.see(first, .closed(nil))
    guard case .opened = try desk.open("other") else {
      Issue.record("still blocked after the proof")
      return
    }
    #expect(desk.aggregate.payments.count == 2)
  }

  @Test("a success after expiry is paid, flagged late")
  func lateSuccess() throws {
    var desk = try Desk()
    let id = try desk.opened()
    desk.now = expiry
    try desk.act(.timer) { $0.expire() }
    #expect(desk.order.payState == .processing)
    try desk.see(id, .closed(nil))
    #expect(desk.order.payState == .expired)
    #expect(try desk.see(id, .paid(capture()), evidence(.signedNotice, .notice)) == .askNow)
    #expect(desk.order.payState == .expired)
    try desk.see(id, .paid(capture()))
    #expect(desk.order.payState == .paid)
    #expect(desk.order.flags.contains(.late))
    #expect(desk.order.attention.contains("paid_late"))
    #expect(desk.events.contains { $0.body.type == "payment.succeeded_late" })
  }

  @Test("a second capture of a paid order is excess")
  func excess() throws {
    var desk = try Desk()
    let first = try desk.opened("bank")
    _ = try desk.open("other")
    try desk.see(first, .closed(nil))
    let second = try desk.opened("other")
    try desk.see(second, .paid(capture(100, yuan, "T2")))
    #expect(desk.order.payState == .paid)
    try desk.see(first, .paid(capture(100, yuan, "T1")))
    #expect(desk.order.payState == .paid)
    #expect(desk.order.captured == 200)
    #expect(desk.order.excess == 100)
    #expect(desk.order.flags.contains(.excess))
    #expect(desk.order.attention.contains("excess_captured"))
    let refund = try desk.sentRefund(first, 100)
    try desk.seeRefund(
      refund, .succeeded(amount: Money(100, yuan), gatewayRefund: nil, at: nil))
    #expect(desk.order.payState == .paid)
    #expect(desk.order.refunded == 100)
    // What came above the due amount has gone back: nothing is in excess any more.
    #expect(desk.order.excess == 0)
    #expect(desk.aggregate.excessCaptured == 100)
    #expect(!desk.order.flags.contains(.excess))
    #expect(!desk.order.attention.contains("excess_captured"))
    try desk.seeRefund(refund, .returned(nil))
    #expect(desk.order.excess == 100)
    #expect(desk.order.attention.contains("excess_captured"))
  }

  @Test("a success over another amount is a capture in review, and two people may accept it")
  func mismatch() throws {
    var desk = try Desk()
    let id = try desk.opened()
    try desk.see(id, .paid(capture(60)))
    #expect(desk.order.payState == .review)
    #expect(desk.order.captured == 60)
    #expect(desk.order.flags.isSuperset(of: [.mismatch, .short, .attention]))
    #expect(refusal { try desk.act { try $0.accept(reason: "fine") } } == .tokenRequired)
    let li = Actor.staff(name: "li")
    #expect(try desk.act(li) { try $0.accept(reason: "fine") } == false)
    #expect(refusal { try desk.act(li) { try $0.accept(reason: "fine") } } == .secondPersonRequired)
    #expect(try desk.act(.staff(name: "wang")) { try $0.accept(reason: "fine") })
    #expect(desk.order.payState == .paid)
    #expect(desk.order.flags.contains(.forced))
    #expect(desk.order.deliveryState == .pending)
    #expect(!desk.order.attention.contains("amount_mismatch"))
  }

  @Test("a proposal to accept does not outlive the review it was about")
  func staleProposal() throws {
    var desk = try Desk()
    let first = try desk.opened("bank")
    _ = try desk.open("other")
    try desk.see(first, .closed(nil))
    let second = try desk.opened("other")
    try desk.see(second, .paid(capture(60, yuan, "T2")))
    _ = try desk.act(.staff(name: "li")) { try $0.accept(reason: "fine") }
    let refund = try desk.sentRefund(second, 60)
    try desk.seeRefund(refund, .succeeded(amount: Money(60, yuan), gatewayRefund: nil, at: nil))
    #expect(desk.order.payState == .refunded)
    try desk.see(first, .paid(capture(70, yuan, "T1")))
    #expect(desk.order.payState == .review)
    #expect(try desk.act(.staff(name: "wang")) { try $0.accept(reason: "fine") } == false)
  }

  @Test("a success in another currency is a mismatch and never added to the order's sums")
  func otherCurrency() throws {
    var desk = try Desk()
    let id = try desk.opened()
    try desk.see(id, .paid(capture(100, currency("USD"))))
    #expect(desk.order.payState == .review)
    #expect(desk.order.captured == 0)
    #expect(desk.order.flags.contains(.mismatch))
  }

  @Test(
    "a charge of nothing, of less than nothing or of more than can be counted is no charge",
    arguments: [0, -1, Int64.max, Int64.min])
  func impossibleCharges(_ minor: Int64) throws {
    var desk = try Desk()
    let id = try desk.opened()
    try desk.see(id, .paid(capture(minor)))
    #expect(desk.order.payState == .processing)
    #expect(desk.order.captured == 0)
    #expect(desk.order.attention.contains("unknown_status"))
  }

  @Test("cancel ends the order only when the gateway has proven the payment closed")
  func cancel() throws {
    var desk = try Desk()
    let id = try desk.opened()
    try desk.act { try $0.cancel(reason: "changed my mind") }
    #expect(desk.order.payState == .processing)
    #expect(refusal { try desk.open() } == .orderNotPayable)
    try desk.see(id, .unpaid(action: nil))
    #expect(desk.order.payState == .processing)
    try desk.see(id, .closed(nil))
    #expect(desk.order.payState == .cancelled)
    #expect(desk.events.contains { $0.body.type == "order.cancelled" })
  }

  @Test("an order without payments is cancelled and expires at once")
  func withoutPayments() throws {
    var desk = try Desk()
    try desk.act { try $0.cancel(reason: nil) }
    #expect(desk.order.payState == .cancelled)
    var other = try Desk()
    other.now = expiry
    try other.act(.timer) { $0.expire() }
    #expect(other.order.payState == .expired)
    #expect(refusal { try other.act { try $0.cancel(reason: nil) } } == .orderNotPayable)
  }

  @Test("a cancelled order's payment that falls back to open is closed again")
  func cancelledAgain() throws {
    var desk = try Desk()
    let id = try desk.opened()
    try desk.act { try $0.cancel(reason: nil) }
    try desk.act(.timer) { $0.age(id) }
    try desk.see(id, .unpaid(action: nil))
    #expect(try desk.payment(id).state == .closing)
  }

  @Test("a paid trade that the gateway cancelled is a capture and a refund, seen once or often")
  func automaticRefund() throws {
    var desk = try Desk()
    let id = try desk.opened()
    try desk.see(id, .reversed(capture(), reason))
    #expect(desk.order.payState == .refunded)
    #expect(desk.order.captured == 100)
    #expect(desk.order.flags.contains(.autoRefunded))
    #expect(try desk.see(id, .reversed(capture(), reason)) == .nothingNew)
    #expect(desk.order.captured == 100)
    #expect(desk.order.payState == .refunded)
  }

  @Test("goods that went out for a payment that the gateway then reversed are shown to a person")
  func reversedAfterDelivery() throws {
    var (desk, id) = try Desk.paid()
    let claim = try desk.act { try $0.claim(line: nil, leaseMilliseconds: 60_000) }
    try desk.see(id, .reversed(capture(), reason))
    #expect(try desk.payment(id).state == .reversed)
    #expect(desk.order.attention.contains("goods_unpaid"))
    try desk.act { try $0.complete(claim, reference: nil) }
    #expect(desk.order.attention.contains("goods_unpaid"))
    try desk.act(.staff(name: "li")) { try $0.revoke(reason: "returned") }
    #expect(desk.order.attention.isEmpty)
  }

  @Test("a failed delivery that is revoked calls for nobody any more")
  func revokedFailure() throws {
    var (desk, _) = try Desk.paid()
    let claim = try desk.act { try $0.claim(line: nil, leaseMilliseconds: 60_000) }
    try desk.act { try $0.fail(claim, reason: "no stock") }
    #expect(desk.order.attention == ["delivery_failed"])
    try desk.act(.staff(name: "li")) { try $0.revoke(reason: "gone") }
    #expect(desk.order.attention.isEmpty)
  }

  @Test("a reversed payment whose goods wait calls for nobody: they cannot be claimed")
  func reversedBeforeDelivery() throws {
    var (desk, id) = try Desk.paid()
    try desk.see(id, .reversed(capture(), reason))
    #expect(desk.order.attention.isEmpty)
    #expect(
      refusal { _ = try desk.act { try $0.claim(line: nil, leaseMilliseconds: 60_000) } }
        == .orderNotPaid)
  }

  @Test("the answer to the create call contradicts nothing that a notice told before it")
  func slowCreate() throws {
    var desk = try Desk()
    guard case .opened(let id) = try desk.open() else { throw DeskFault.notOpened }
    try desk.see(id, .paid(capture()), evidence(.signedNotice, .notice))
    let action = PaymentAction(kind: .qr, value: "qr", expiresAt: expiry)
    let effect = try desk.see(id, .unpaid(action: action), evidence(.answer, .create))
    #expect(effect == .nothingNew)
    #expect(desk.order.attention.isEmpty)
    #expect(desk.order.payState == .paid)
  }

  @Test("unpaid after a proven success is shown to a person and undoes nothing")
  func contradiction() throws {
    var (desk, id) = try Desk.paid()
    #expect(try desk.see(id, .unpaid(action: nil)) == .applied)
    #expect(desk.order.payState == .paid)
    #expect(desk.order.attention.contains("contradiction"))
    #expect(try desk.see(id, .unpaid(action: nil)) == .nothingNew)
  }

  @Test("a success that the gateway calls closed, or over and unknown, is shown to a person")
  func forgedSuccess() throws {
    for denial in [PaymentSighting.closed(nil), .absent(provesClosed: true)] {
      var (desk, id) = try Desk.paid()
      #expect(try desk.see(id, denial) == .applied)
      #expect(desk.order.attention.contains("contradiction"))
      #expect(desk.order.payState == .paid)
    }
  }

  @Test("a trade that was given back in full may read closed")
  func closedByRefund() throws {
    var (desk, id) = try Desk.paid()
    let refund = try desk.sentRefund(id, 100)
    try desk.seeRefund(refund, .succeeded(amount: Money(100, yuan), gatewayRefund: nil, at: nil))
    #expect(try desk.see(id, .closed(nil)) == .nothingNew)
    #expect(desk.order.attention.isEmpty)
  }

  @Test("a second transaction under one number is shown to a person")
  func secondTransaction() throws {
    var (desk, id) = try Desk.paid()
    try desk.see(id, .paid(capture(100, yuan, "another")))
    #expect(desk.order.captured == 100)
    #expect(desk.order.attention.contains("second_charge"))
  }

  @Test("a weak notice moves nothing and asks")
  func weakNotice() throws {
    var desk = try Desk()
    let id = try desk.opened()
    #expect(try desk.see(id, .paid(capture()), evidence(.weakNotice, .notice)) == .askNow)
    #expect(desk.order.payState == .awaiting)
  }

  @Test("two people settle a payment by a proof from outside, one alone does not")
  func resolve() throws {
    var desk = try Desk()
    let id = try desk.opened()
    func resolve(_ name: String, _ proof: String = "bank row 7") throws -> Bool {
      try desk.act(.staff(name: name)) { decision in
        try decision.resolve(id, amount: nil, proof: proof, reason: "seen")
      }
    }
    #expect(try resolve("li", "bank row 6") == false)
    // Another proof than the one proposed needs a second person of its own.
    #expect(try resolve("wang", "bank row 5") == false)
    #expect(try resolve("li") == false)
    #expect(refusal { try resolve("li") } == .secondPersonRequired)
    #expect(try resolve("wang"))
    #expect(desk.order.payState == .paid)
  }

  @Test("the amount belongs to what is proposed: another one needs a second person of its own")
  func resolveAmount() throws {
    var desk = try Desk()
    let id = try desk.opened()
    let due = desk.order.amount
    let less = Money(due.minor - 1, due.currency)
    func resolve(_ name: String, _ amount: Money?) throws -> Bool {
      try desk.act(.staff(name: name)) { decision in
        try decision.resolve(id, amount: amount, proof: "bank row 7", reason: "seen")
      }
    }
    #expect(try resolve("li", less) == false)
    #expect(desk.aggregate.payments[0].resolveProposedAmount == less)
    #expect(try resolve("wang", due) == false)
    #expect(try resolve("li", less) == false)
    // Naming no amount takes over the one that was proposed.
    #expect(try resolve("wang", nil))
    #expect(desk.aggregate.payments[0].captured == less)
    #expect(desk.order.payState == .review)
  }

  @Test("a frozen order refuses every change and believes nothing")
  func frozen() throws {
    var desk = try Desk()
    let id = try desk.opened()
    try desk.act(.system) { $0.freeze(reason: "I4") }
    #expect(desk.order.flags.isSuperset(of: [.frozen, .attention]))
    let count = desk.events.count
    #expect(refusal { try desk.open() } == .orderFrozen)
    #expect(refusal { try desk.act { try $0.cancel(reason: nil) } } == .orderFrozen)
    #expect(refusal { try desk.act { try $0.closePayment(id) } } == .orderFrozen)
    #expect(refusal { try desk.act { try $0.hold(reason: "x") } } == .orderFrozen)
    #expect(try desk.see(id, .paid(capture())) == .nothingNew)
    #expect(desk.events.count == count)
    #expect(!desk.aggregate.awaitsExpiry)
  }

  @Test("lines must add up to the amount")
  func lines() throws {
    let line = OrderLine(sku: nil, name: "tea", quantity: 2, unitPrice: 50)
    #expect(refusal { try Desk(100, lines: [line]) } == nil)
    #expect(refusal { try Desk(101, lines: [line]) } == .linesMismatch)
    let huge = OrderLine(sku: nil, name: "tea", quantity: .max, unitPrice: 2)
    #expect(refusal { try Desk(100, lines: [huge]) } == .outOfRange)
    #expect(refusal { try Desk(0) } == .outOfRange)
    #expect(refusal { try Desk(-5) } == .outOfRange)
  }

  @Test("an order has at most so many payments")
  func tooMany() throws {
    var desk = try Desk()
    for _ in 0..<Limits.paymentsPerOrder {
      let id = try desk.opened()
      try desk.see(id, .failed(reason))
    }
    #expect(refusal { try desk.open() } == .tooManyPayments)
    #expect(desk.order.lastFailure == reason)
  }
}
