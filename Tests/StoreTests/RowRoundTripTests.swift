import Crypto
import Domain
import Testing

@testable import Store

@Suite("Rows")
struct RowRoundTripTests {
  @Test("an order reads back with every optional set, and with none")
  func orders() throws {
    let books = try Books()
    var plain = try books.order(nil)
    #expect(try books.store.load(.id(plain.aggregate.order.id)) == plain)
    #expect(plain.aggregate.order.number == plain.aggregate.order.id.text)
    plain.aggregate.order.attention = ["a", "b"]
    plain.aggregate.order.lastFailure = someReason
    plain.aggregate.order.acceptProposedBy = "li"
    plain.aggregate.order.cancelRequestedAt = start
    plain.aggregate.order.expiredAt = start.adding(milliseconds: 1)
    plain.aggregate.order.firstProcessingAt = start.adding(milliseconds: 2)
    plain.aggregate.order.paidAt = start.adding(milliseconds: 3)
    plain.aggregate.order.refundedAt = start.adding(milliseconds: 4)
    plain.aggregate.order.deliveredAt = start.adding(milliseconds: 5)
    plain.aggregate.order.flags = OrderFlags(rawValue: 511)
    plain.aggregate.order.payState = .review
    plain.aggregate.order.riskState = .verifying
    plain.aggregate.order.disputeState = .won
    try books.write { try books.store.orders.update(plain.aggregate, key: plain.key) }
    #expect(try books.store.load(key: plain.key) == plain)
    let draft = OrderDraft(
      number: "A1", owner: "o", amount: Money(3, yuan), subject: "s",
      lines: [OrderLine(sku: "x", name: "茶", quantity: 3, unitPrice: 1)], source: "web",
      expiresAt: expiry, isTest: true)
    let decision = try OrderDecision.create(
      draft, at: start, by: .poller, trace: "t", identifiers: books.identifiers)
    try books.write { _ = try books.store.insert(decision, buyer: nil, metadata: nil) }
    #expect(try books.store.load(.number("A1"))?.aggregate == decision.aggregate)
  }

  @Test("a payment reads back with every optional set, and with none, in every state")
  func payments() throws {
    let books = try Books()
    let order = try books.order("A1")
    var wanted: [Payment] = []
    for (index, state) in PaymentState.allCases.enumerated() {
      let draft = PaymentDraft(
        gateway: "bank", kind: "test", method: "qr", amount: Money(100, yuan),
        outTradeNumber: "N\(index)", expiresAt: expiry)
      var payment = Payment(
        draft, id: books.identifiers.next(PaymentKind.self, at: start),
        order: order.aggregate.order.id, createdAt: start)
      payment.state = state
      payment.version = Int64(index)
      try books.write { try books.store.payments.insert(payment, orderKey: order.key) }
      if index % 2 == 1 {
        payment.captured = Money(Int64(index), yuan)
        payment.fee = Money(-1, yuan)
        payment.gatewayTransaction = "T\(index)"
        payment.action = PaymentAction(kind: .redirect, value: "https://a/?b=c", expiresAt: expiry)
        payment.reason = someReason
        payment.closingCause = .replaced
        payment.isMismatched = true
        payment.isAccepted = true
        payment.isLate = true
        payment.evidence = [proof(), proof("ntf_1", .notice)]
        payment.resolveProposedBy = "li"
        payment.resolveProposedProof = "row 7"
        payment.resolveProposedAmount = payment.amount
        payment.submittedAt = start
        payment.paidAt = start
        payment.closedAt = expiry
        try books.write { try books.store.payments.update(payment) }
      }
      wanted.append(payment)
    }
    #expect(try books.store.load(key: order.key)?.aggregate.payments == wanted)
    #expect(try books.store.payment(gateway: "bank", outTradeNumber: "N1") == wanted[1].id)
    #expect(try books.store.payment(gateway: "other", outTradeNumber: "N1") == nil)
    #expect(try books.store.payment(gateway: "bank", transaction: "T1") == wanted[1].id)
    #expect(try books.store.load(payment: wanted[3].id)?.key == order.key)
  }

  @Test("a refund and a delivery read back with every optional set, and with none")
  func refundsAndDeliveries() throws {
    let books = try Books()
    let order = try books.order("A1")
    let id = order.aggregate.order.id
    let payment = books.identifiers.next(PaymentKind.self, at: start)
    var refund = Refund(
      id: books.identifiers.next(RefundKind.self, at: start), payment: payment, order: id,
      number: "R1", amount: Money(5, yuan), note: nil, requestedBy: "client:shop", createdAt: start)
    var delivery = Delivery(
      id: books.identifiers.next(DeliveryKind.self, at: start), order: id, line: 2)
    try books.write {
      try books.store.refunds.insert(refund, orderKey: order.key)
      try books.store.deliveries.insert(delivery, orderKey: order.key)
    }
    var loaded = try #require(try books.store.load(key: order.key)?.aggregate)
    #expect(loaded.refunds == [refund] && loaded.deliveries == [delivery])
    refund.state = .returned
    refund.approvedBy = "li"
    refund.gatewayRefund = "G"
    refund.reason = plainReason
    refund.evidence = [proof()]
    refund.submittedAt = start
    refund.finishedAt = expiry
    refund.version = 9
    delivery.state = .reserved
    delivery.claim = books.identifiers.next(ClaimKind.self, at: start)
    delivery.leaseUntil = expiry
    delivery.reference = "card"
    delivery.reason = "r"
    delivery.deliveredAt = start
    delivery.version = 4
    try books.write {
      try books.store.refunds.update(refund)
      try books.store.deliveries.update(delivery)
    }
    loaded = try #require(try books.store.load(key: order.key)?.aggregate)
    #expect(loaded.refunds == [refund] && loaded.deliveries == [delivery])
    #expect(try books.store.load(refund: refund.id)?.key == order.key)
    #expect(try books.store.load(claim: try #require(delivery.claim))?.key == order.key)
  }

  @Test("key, call, question, receipt and outbox rows read back")
  func smallRows() throws {
    let books = try Books()
    let order = try books.order("A1")
    var key = KeyRow(
      principal: "shop", key: "k", fingerprint: SHA256.hash(Array("x".utf8)),
      method: "order.create",
      createdAt: start, sequence: 3, state: .running, reply: nil)
    try books.write { try books.store.save(key) }
    #expect(try books.store.runningKeys() == [key])
    key.state = .done
    key.reply = "{}"
    try books.write { try books.store.save(key) }
    #expect(try books.store.key(principal: "shop", key: "k") == key)
    #expect(try books.store.key(principal: "other", key: "k") == nil)
    #expect(try books.store.runningKeys().isEmpty)
    let payment = books.identifiers.next(PaymentKind.self, at: start)
    let refund = books.identifiers.next(RefundKind.self, at: start)
    var call = CallRow(
      id: books.identifiers.next(CallKind.self, at: start), orderKey: order.key, payment: payment,
      refund: refund, gateway: "bank", operation: "refund", startedAt: start, privateFacts: "{}")
    try books.write { try books.store.save(call) }
    #expect(try books.store.runningCalls() == [call])
    call.state = .answered
    call.endedAt = expiry
    call.status = 200
    call.answer = [0, 255]
    call.digest = "d"
    call.fault = "f"
    try books.write { try books.store.save(call) }
    #expect(try books.store.runningCalls().isEmpty)
    #expect(try books.reader().calls(of: .number("A1")) == [call])
    var question = ScheduledQuestion(
      subject: .payment(payment), orderKey: order.key, gateway: "bank", rank: 2, nextAt: nil,
      step: .close, since: start)
    try books.write { try books.store.save(question) }
    #expect(try books.store.question(.payment(payment)) == question)
    question.nextAt = expiry
    question.asked = 1
    question.askedAt = start
    question.failed = 2
    question.unchanged = 3
    question.unchangedDigest = "u"
    try books.write { try books.store.save(question) }
    #expect(
      try books.store.dueQuestions(gateway: "bank", rank: 2, at: expiry, limit: 5) == [question])
    var row = OutboxRow(
      id: books.identifiers.next(HookDeliveryKind.self, at: start), hook: "h", sequence: 1,
      createdAt: start)
    row.lastError = "e"
    row.tries = 2
    try books.write { try books.store.save(row) }
    #expect(try books.store.dueOutbox(at: start, limit: 5) == [row])
    row.state = .dead
    row.nextAt = nil
    row.endedAt = expiry
    try books.write { try books.store.save(row) }
    #expect(try books.store.outboxRow(row.id) == row)
    #expect(try books.store.nextOutbox() == nil)
  }

  @Test("a notification is kept to the byte")
  func receipts() throws {
    let books = try Books()
    let order = try books.order("A1")
    var receipt = Receipt(
      id: books.identifiers.next(ReceiptKind.self, at: start), gateway: "bank", receivedAt: start,
      verdict: .parked, reason: "unknown_payment", payment: nil, order: nil,
      strength: .signedNotice,
      digest: "d")
    let content = ReceiptContent(
      httpMethod: "POST", query: "a=%20", headers: [("X-A", "1"), ("X-A", "\"2\"")],
      body: [0, 0xFF, 0x0A])
    try books.write {
      try books.store.insert(receipt, content, orderKey: nil, outTradeNumber: "N1")
    }
    let found = try #require(try books.store.receipt(receipt.id))
    #expect(found.0 == receipt && found.1 == content)
    #expect(try books.store.parkedReceipts(gateway: "bank", outTradeNumber: "N1") == [receipt.id])
    receipt.verdict = .applied
    receipt.reason = nil
    receipt.payment = books.identifiers.next(PaymentKind.self, at: start)
    receipt.order = order.aggregate.order.id
    try books.write { try books.store.update(receipt, orderKey: order.key) }
    #expect(try books.store.receipt(receipt.id)?.0 == receipt)
    #expect(try books.store.parkedReceipts(gateway: "bank", outTradeNumber: "N1").isEmpty)
  }

  @Test("personal data stands beside the order and is gone after erasing it")
  func personal() throws {
    let books = try Books()
    let buyer = Buyer(
      userID: "u", email: "a@b", phone: "1", ip: "::1", country: "CN", userAgent: "x", device: "y")
    let order = try books.order("A1", buyer: buyer)
    let facts = try books.store.privateFacts(of: order.key)
    #expect(facts.buyer == buyer && facts.metadata == "{\"a\":1}")
    let lines = try books.store.lookups.lines(of: order.key, upTo: .max)
    #expect(!lines.contains { String(decoding: $0, as: UTF8.self).contains("a@b") })
    try books.write { try books.store.erasePrivate(of: order.key) }
    #expect(try books.store.privateFacts(of: order.key).buyer == nil)
  }
}
