import Domain
import Testing

@Suite("Refunds and deliveries of one order")
struct RefundScenarioTests {
  private func done(_ minor: Int64) -> RefundSighting {
    .succeeded(amount: Money(minor, yuan), gatewayRefund: "R", at: nil)
  }

  @Test("refunds asked for, under way and done never exceed the charge")
  func sums() throws {
    var (desk, id) = try Desk.paid()
    _ = try desk.sentRefund(id, 60)
    #expect(refusal { try desk.sentRefund(id, 41) } == .refundExceedsPaid)
    let second = try desk.sentRefund(id, 40)
    #expect(refusal { try desk.sentRefund(id, 1) } == .refundExceedsPaid)
    try desk.seeRefund(second, .failed(reason))
    _ = try desk.sentRefund(id, 40)
    #expect(refusal { try desk.sentRefund(id, 0) } == .refundExceedsPaid)
    #expect(refusal { try desk.sentRefund(id, -1) } == .refundExceedsPaid)
  }

  @Test("a refund that nobody has sent explains no closed trade: somebody else's hand was in it")
  func askedForOnly() throws {
    var (desk, id) = try Desk.paid()
    _ = try desk.act(.staff(name: "li")) {
      try $0.requestRefund(of: id, Money(100, yuan), note: nil, approvalLimit: 0)
    }
    try desk.see(id, .closed(reason))
    #expect(desk.order.attention.contains("contradiction"))
    var (other, sent) = try Desk.paid()
    _ = try other.sentRefund(sent, 100)
    try other.see(sent, .closed(reason))
    #expect(!other.order.attention.contains("contradiction"))
  }

  @Test("a failed refund is tried again only while its share is still free")
  func retried() throws {
    var (desk, id) = try Desk.paid()
    let first = try desk.sentRefund(id, 100)
    try desk.seeRefund(first, .failed(reason))
    let wang = Actor.staff(name: "wang")
    let second = try desk.sentRefund(id, 50)
    #expect(
      refusal { try desk.act(wang) { try $0.approveRefund(first, limit: 1000) } }
        == .refundExceedsPaid)
    try desk.seeRefund(second, .failed(reason))
    try desk.act(wang) { try $0.approveRefund(first, limit: 1000) }
    #expect(try desk.refund(first).state == .approved)
    #expect(desk.order.attention == ["refund_failed"])
    try desk.act(.system) { $0.submitRefund(first) }
    try desk.seeRefund(first, done(100))
    // Nothing is left that the other one could give back.
    #expect(try desk.refund(second).state == .failed)
    #expect(desk.order.attention.isEmpty)
  }

  @Test("a failed refund that went through after all takes the place of what was only asked for")
  func wentThroughAfterAll() throws {
    var (desk, id) = try Desk.paid()
    let first = try desk.sentRefund(id, 100)
    try desk.seeRefund(first, .failed(reason))
    let second = try desk.act(.staff(name: "li")) {
      try $0.requestRefund(of: id, Money(100, yuan), note: nil, approvalLimit: 0)
    }
    try desk.seeRefund(first, done(100))
    #expect(try desk.refund(first).state == .succeeded)
    #expect(try desk.refund(second).state == .withdrawn)
    #expect(desk.order.payState == .refunded)
  }

  @Test("one that went through beside another under way is shown to a person")
  func doubled() throws {
    var (desk, id) = try Desk.paid()
    let first = try desk.sentRefund(id, 100)
    try desk.seeRefund(first, .failed(reason))
    _ = try desk.sentRefund(id, 100)
    try desk.seeRefund(first, done(100))
    #expect(try desk.refund(first).state == .failed)
    #expect(desk.order.attention.contains("refund_contradiction"))
  }

  @Test("part, then all: the pay state follows, and a returned refund undoes it")
  func states() throws {
    var (desk, id) = try Desk.paid()
    let first = try desk.sentRefund(id, 40)
    #expect(desk.order.payState == .paid)
    try desk.seeRefund(first, done(40))
    #expect(desk.order.payState == .partiallyRefunded)
    let second = try desk.sentRefund(id, 60)
    try desk.seeRefund(second, done(60))
    #expect(desk.order.payState == .refunded)
    #expect(desk.order.deliveryState == .revoked)
    try desk.seeRefund(second, .returned(nil))
    #expect(desk.order.payState == .partiallyRefunded)
    #expect(desk.order.refunded == 40)
    #expect(desk.order.attention.contains("refund_returned"))
  }

  @Test("a refund that went through and came back between two questions ends")
  func returnedUnseen() throws {
    var (desk, id) = try Desk.paid()
    let refund = try desk.sentRefund(id, 100)
    try desk.seeRefund(refund, .returned(nil))
    #expect(try desk.refund(refund).state == .returned)
    #expect(desk.aggregate.refundable(of: id) == 100)
  }

  @Test("a refund over another amount than asked is not taken for this one")
  func otherAmount() throws {
    var (desk, id) = try Desk.paid()
    let refund = try desk.sentRefund(id, 60)
    try desk.seeRefund(refund, done(50))
    #expect(try desk.refund(refund).state == .processing)
    #expect(desk.order.refunded == 0)
    #expect(desk.order.attention.contains("refund_mismatch"))
  }

  @Test("a refund on its way that is found odd calls a person, once for each new word")
  func oddOnItsWay() throws {
    let words: [(RefundSighting, String)] = [
      (.unrecognised("DREAMING"), "unknown_status"), (done(50), "refund_mismatch"),
      (.stalled(reason), "refund_stalled"),
    ]
    for (word, code) in words {
      var (desk, id) = try Desk.paid()
      let refund = try desk.sentRefund(id, 60)
      try desk.seeRefund(refund, .processing(nil))
      #expect(try desk.seeRefund(refund, word) == .applied)
      #expect(try desk.refund(refund).state == .processing)
      #expect(desk.order.attention == [code] && desk.order.refunded == 0)
      #expect(try desk.seeRefund(refund, word) == .nothingNew)
      #expect(try desk.seeRefund(refund, .processing(nil)) == .nothingNew)
      #expect(try desk.seeRefund(refund, word) == .nothingNew)
      #expect(try desk.seeRefund(refund, .unrecognised("OTHER")) == .applied)
      try desk.seeRefund(refund, done(60))
      #expect(!desk.order.attention.contains("refund_mismatch"))
      #expect(!desk.order.attention.contains("refund_stalled"))
    }
  }

  @Test("the one who asked does not approve, nor one whose limit is lower")
  func twoPersons() throws {
    var (desk, id) = try Desk.paid()
    let li = Actor.staff(name: "li")
    let refund = try desk.act(li) {
      try $0.requestRefund(of: id, Money(100, yuan), note: nil, approvalLimit: 0)
    }
    #expect(try desk.refund(refund).state == .requested)
    func approve(_ actor: Actor, _ limit: Int64) throws {
      try desk.act(actor) { try $0.approveRefund(refund, limit: limit) }
    }
    #expect(refusal { try approve(li, 1000) } == .secondPersonRequired)
    #expect(refusal { try approve(.client(principal: "shop"), 1000) } == .tokenRequired)
    #expect(refusal { try approve(.staff(name: "wang"), 99) } == .roleTooLow)
    try approve(.staff(name: "wang"), 100)
    #expect(try desk.refund(refund).approvedBy == "operator:wang")
  }

  @Test("the excess that another refund on its way takes is not let go beside it")
  func excessOnItsWay() throws {
    var desk = try Desk()
    let first = try desk.opened("bank")
    _ = try desk.open("other")
    try desk.see(first, .closed(nil))
    let second = try desk.opened("other")
    try desk.see(second, .paid(capture(100, yuan, "T2")))
    try desk.see(first, .paid(capture(100, yuan, "T1")))
    #expect(desk.order.excess == 100)
    let asked = try desk.act(.system) {
      try $0.requestRefund(of: first, Money(100, yuan), note: "excess", approvalLimit: 0)
    }
    let own = try desk.sentRefund(second, 100)
    func approve() throws {
      try desk.act(.staff(name: "wang")) { try $0.approveRefund(asked, limit: 1000) }
    }
    #expect(refusal { try approve() } == .refundExceedsPaid)
    try desk.seeRefund(own, .failed(reason))
    #expect(try desk.refund(asked).state == .requested)
    try approve()
    #expect(try desk.refund(asked).state == .approved)
  }

  @Test("what is given back alone in many small parts is counted together, for each operator")
  func split() throws {
    var (desk, id) = try Desk.paid()
    func ask(_ minor: Int64, by name: String = "li") throws -> RefundID {
      try desk.act(.staff(name: name)) {
        try $0.requestRefund(of: id, Money(minor, yuan), note: nil, approvalLimit: 30)
      }
    }
    func sent(_ minor: Int64) throws -> RefundID {
      let refund = try ask(minor)
      try desk.act(.system) { $0.submitRefund(refund) }
      return refund
    }
    let first = try sent(20)
    #expect(try desk.refund(first).approvedBy == "operator:li")
    let tooMuch = try ask(11)
    #expect(try desk.refund(tooMuch).state == .requested)
    let last = try sent(10)
    #expect(try desk.refund(last).state == .submitted)
    let oneMore = try ask(1)
    #expect(try desk.refund(oneMore).state == .requested)
    let another = try ask(5, by: "wang")
    #expect(try desk.refund(another).state == .approved)
    // What failed is not given back; what a second person approved is not given back alone.
    try desk.seeRefund(last, .failed(reason))
    let again = try ask(10)
    #expect(try desk.refund(again).state == .approved)
  }

  @Test("what no operator asked for, its approver gives back alone")
  func askedByNobody() throws {
    var (desk, id) = try Desk.paid()
    let li = Actor.staff(name: "li")
    func ask(_ minor: Int64, by actor: Actor = .client(principal: "shop")) throws -> RefundID {
      try desk.act(actor) {
        try $0.requestRefund(of: id, Money(minor, yuan), note: nil, approvalLimit: 0)
      }
    }
    let refunds = try [ask(20), ask(20), ask(20)]
    func approve(_ refund: RefundID, by actor: Actor) throws {
      try desk.act(actor) { try $0.approveRefund(refund, limit: 30) }
    }
    try approve(refunds[0], by: li)
    #expect(refusal { try approve(refunds[1], by: li) } == .roleTooLow)
    try approve(refunds[1], by: .staff(name: "wang"))
    let other = try ask(20, by: .staff(name: "wang"))
    try approve(other, by: li)
    try desk.act(li) { try $0.hold(reason: "risk") }
    #expect(
      refusal { try approve(refunds[2], by: .staff(name: "chen")) } == .secondPersonRequired)
  }

  @Test("goods stay while all the money may go back, and go out again when the refund is refused")
  func heldGoods() throws {
    var (desk, id) = try Desk.paid()
    let refund = try desk.act(.staff(name: "li")) {
      try $0.requestRefund(of: id, Money(100, yuan), note: nil, approvalLimit: 0)
    }
    #expect(desk.order.deliveryState == .held)
    func claim() throws { _ = try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) } }
    #expect(refusal { try claim() } == .deliveryHeld)
    try desk.act(.staff(name: "li")) { try $0.unhold() }
    #expect(refusal { try claim() } == .deliveryHeld)
    try desk.act(.staff(name: "li")) { try $0.rejectRefund(refund, reason: "no") }
    try claim()
    #expect(refusal { try desk.sentRefund(id, 10) } == .deliveryInProgress)
  }

  @Test(
    "a person's words are not the machine's, whatever they are",
    arguments: ["weak", "refund", "dispute", "refund_outside", "risk", "check the address"])
  func wordsApart(words: String) throws {
    var (desk, id) = try Desk.paid()
    let li = Actor.staff(name: "li")
    try desk.act(li) { try $0.hold(reason: words) }
    let refund = try desk.act(li) {
      try $0.requestRefund(of: id, Money(100, yuan), note: nil, approvalLimit: 0)
    }
    try desk.act(li) { try $0.withdrawRefund(refund) }
    #expect(desk.order.deliveryState == .held)
    try desk.act(li) { try $0.unhold() }
    #expect(desk.order.deliveryState == .pending)
  }

  @Test("a hold that ended while all the money might go back ends with the refund that does not")
  func heldForTheRefund() throws {
    var (desk, id) = try Desk.paid()
    let li = Actor.staff(name: "li")
    try desk.act(li) { try $0.hold(reason: "check the address") }
    let refund = try desk.act(li) {
      try $0.requestRefund(of: id, Money(100, yuan), note: nil, approvalLimit: 0)
    }
    try desk.act(li) { try $0.unhold() }
    #expect(desk.order.deliveryState == .held)
    try desk.act(li) { try $0.withdrawRefund(refund) }
    #expect(desk.order.deliveryState == .pending)
  }

  @Test("held goods are not handed out, however they came back to waiting")
  func riskHold() throws {
    var (desk, _) = try Desk.paid()
    let claim = try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) }
    try desk.act(.staff(name: "li")) { try $0.hold(reason: "risk") }
    try desk.act { try $0.release(claim) }
    #expect(desk.order.deliveryState == .held)
    #expect(
      refusal { try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) } } == .deliveryHeld
    )
    try desk.act(.staff(name: "li")) { try $0.unhold() }
    #expect(refusal { try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) } } == nil)
  }

  @Test("a lease that ends alone never hands the goods to a second worker")
  func leaseEnd() throws {
    var (desk, _) = try Desk.paid()
    let claim = try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) }
    #expect(
      refusal { try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) } }
        == .alreadyClaimed)
    desk.now = start.adding(milliseconds: 1000)
    try desk.act(.timer) { $0.endLeases() }
    #expect(desk.order.deliveryState == .failed)
    #expect(desk.order.attention.contains("delivery_failed"))
    #expect(
      refusal { try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) } }
        == .deliveryFailed)
    try desk.act { try $0.complete(claim, reference: "card") }
    #expect(desk.order.deliveryState == .delivered)
    #expect(desk.order.deliveredAt != nil)
    #expect(
      refusal { try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) } }
        == .alreadyDelivered)
    try desk.act { try $0.complete(claim, reference: "card") }
    try desk.act(.staff(name: "li")) { try $0.revoke(reason: "fraud") }
    #expect(desk.order.deliveryState == .revoked)
  }

  @Test("a claim without a line takes the first that waits, and says nothing of the others")
  func firstLine() throws {
    let line = OrderLine(sku: nil, name: "tea", quantity: 1, unitPrice: 50)
    var (desk, _) = try Desk.paid(100, lines: [line, line])
    func claim() throws -> ClaimID {
      try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) }
    }
    let first = try claim()
    #expect(desk.aggregate.deliveries(of: first).map(\.line) == [1])
    try desk.act { try $0.complete(first, reference: "card A") }
    #expect(desk.aggregate.deliveries.map(\.state) == [.delivered, .pending])
    let second = try claim()
    #expect(desk.aggregate.deliveries(of: second).map(\.line) == [2])
    #expect(refusal { try claim() } == .alreadyClaimed)
    try desk.act { try $0.complete(second, reference: "card B") }
    #expect(desk.order.deliveryState == .delivered)
  }

  @Test("each line is claimed once, by its number or as the first that waits")
  func linesApart() throws {
    let lines = [
      OrderLine(sku: nil, name: "tea", quantity: 1, unitPrice: 60),
      OrderLine(sku: nil, name: "cup", quantity: 1, unitPrice: 40),
    ]
    var (desk, _) = try Desk.paid(100, lines: lines)
    let first = try desk.act { try $0.claim(line: 2, leaseMilliseconds: 1000) }
    let rest = try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) }
    #expect(desk.aggregate.deliveries(of: first).map(\.line) == [2])
    #expect(desk.aggregate.deliveries(of: rest).map(\.line) == [1])
    #expect(
      refusal { try desk.act { try $0.claim(line: 3, leaseMilliseconds: 1000) } }
        == .deliveryNotFound)
  }

  @Test("a released claim leaves the call for a person while another line has failed")
  func releaseBesideFailure() throws {
    let line = OrderLine(sku: nil, name: "tea", quantity: 1, unitPrice: 50)
    var (desk, _) = try Desk.paid(100, lines: [line, line])
    let first = try desk.act { try $0.claim(line: 1, leaseMilliseconds: 60_000) }
    let second = try desk.act { try $0.claim(line: 2, leaseMilliseconds: 60_000) }
    try desk.act { try $0.fail(first, reason: "no stock") }
    try desk.act { try $0.release(second) }
    #expect(desk.order.attention == ["delivery_failed"])
    try desk.act { try $0.release(first) }
    #expect(desk.order.attention.isEmpty)
  }

  @Test("goods of an unpaid order are not claimed")
  func unpaid() throws {
    var desk = try Desk()
    _ = try desk.opened()
    #expect(
      refusal { try desk.act { try $0.claim(line: nil, leaseMilliseconds: 1000) } } == .orderNotPaid
    )
  }
}
