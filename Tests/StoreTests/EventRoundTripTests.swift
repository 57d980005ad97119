import Domain
import JSON
import Testing

@testable import Store

@Suite("Events as lines")
struct EventRoundTripTests {
  private let ids = IdentifierSource(seed: (4, 3, 2, 1))
  private static let payment = PaymentID(high: 1, low: 7)
  private static let refund = RefundID(high: 2, low: 7)
  private static let delivery = DeliveryID(high: 3, low: 7)
  private static let dispute = DisputeID(high: 6, low: 7)
  private static let claim = ClaimID(high: 4, low: 7)
  private static let receipt = ReceiptID(high: 5, low: 7)
  private static let money = Money(5800, yuan)
  private static let bare = Evidence(
    id: "bank row 7", source: .operators, strength: .statement, at: start, digest: "")
  private static let action = PaymentAction(kind: .clientSecret, value: "s=1&x", expiresAt: expiry)
  private static let capture = Capture(
    amount: money, gatewayTransaction: "T1", paidAt: start, fee: Money(-3, yuan))
  private static let plainCapture = Capture(amount: money, gatewayTransaction: "", paidAt: nil)
  private static let full = OrderDraft(
    number: "A-1_x", owner: "shop", amount: money, subject: "茶 \"tea\" \\ \u{7F}",
    lines: [
      OrderLine(sku: "s1", name: "茶", quantity: 2, unitPrice: 2000),
      OrderLine(sku: nil, name: "cup", quantity: 1, unitPrice: 1800),
    ], source: "web", expiresAt: expiry, isTest: true)
  private static let plain = OrderDraft(
    number: nil, owner: "", amount: money, subject: "", lines: [], source: nil, expiresAt: expiry,
    isTest: false)
  private static let paymentDraft = PaymentDraft(
    gateway: "bank", kind: "test", method: "qr", amount: money, outTradeNumber: "N1",
    expiresAt: expiry)

  private static var orders: [EventBody] {
    let changes = PayState.allCases.filter { $0 != .created }.map { state in
      OrderEvent.payStateChanged(state, captured: 1, refunded: 2, excess: 3, isLate: state == .paid)
    }
    let others: [OrderEvent] = [
      .created(full), .created(plain), .cancelRequested(reason: "why"),
      .cancelRequested(reason: nil), .acceptProposed(by: "li", reason: "r"),
      .accepted(by: "wang", reason: "r"), .held(reason: "risk"), .unheld, .personalErased,
      .frozen(reason: "I4"),
    ]
    return (changes + others).map { .order($0) }
  }

  private static var payments: [EventBody] {
    let closings = ClosingCause.allCases.map { PaymentEvent.closing($0) }
    let others: [PaymentEvent] = [
      .created(paymentDraft), .submitted, .awaitingBuyer(action, gatewayPayment: "cs_1"), .awaitingBuyer(nil),
      .processing(someReason), .processing(nil), .unknown(plainReason), .stale,
      .closed(someReason, proof()), .closed(nil, bare), .failed(someReason, proof()),
      .succeeded(capture, proof(), isLate: false), .succeeded(plainCapture, bare, isLate: true),
      .reversed(someReason, proof()), .reversed(nil, bare),
      .resolveProposed(by: "li", evidence: "row 7", amount: Money(5800, yuan), reason: "seen"),
    ]
    return (closings + others).map { .payment(payment, $0) }
  }

  private static var refunds: [EventBody] {
    let events: [RefundEvent] = [
      .requested(payment: payment, number: "R1", amount: money, note: "asked"),
      .requested(payment: payment, number: "R1", amount: money, note: nil), .approved(by: "li"),
      .rejected(reason: "no", by: "li"), .withdrawn(by: "li"), .submitted,
      .processing(someReason), .processing(nil), .processing(nil, gatewayRefund: "g"),
      .unknown(someReason),
      .succeeded(gatewayRefund: "g", proof()), .succeeded(gatewayRefund: nil, bare),
      .failed(someReason, proof()), .returned(someReason, proof()), .returned(nil, bare),
    ]
    return events.map { .refund(refund, $0) }
  }

  private static var disputes: [EventBody] {
    let full = DisputeTerms(
      amount: money, gatewayStatus: "NEEDS „x“", reason: someReason, dueAt: expiry)
    let plain = DisputeTerms(amount: money, gatewayStatus: "", reason: nil, dueAt: nil)
    let moves = DisputeStatus.allCases.map { DisputeEvent.moved($0, full, .withdrawn, proof()) }
    let others: [DisputeEvent] = [
      .opened(
        payment: payment, gatewayDispute: "dp_1", .warning, full, .none, proof("ntf_1", .notice)),
      .opened(payment: payment, gatewayDispute: "dp_1", .lost, plain, .withdrawn, bare),
      .updated(plain, .reinstated, bare), .due(hours: 0, dueAt: expiry),
      .attached(someAttachment),
    ]
    return (moves + others).map { .dispute(dispute, $0) }
  }

  private static var others: [EventBody] {
    let deliveries: [DeliveryEvent] = [
      .pending(line: 0), .pending(line: 2, reason: "stock is back"), .held(reason: "refund"), .reserved(claim, leaseUntil: expiry),
      .delivered(reference: "card 1"), .delivered(reference: nil), .failed(reason: "f"),
      .revoked(reason: "r"),
    ]
    return deliveries.map { .delivery(delivery, $0) } + [
      .attention(.raised(code: "c", text: "t")), .attention(.cleared(code: "c")),
      .notification(.received(receipt, gateway: "bank", payment: payment)),
      .notification(.received(receipt, gateway: "bank", payment: nil)),
      .notification(.rejected(receipt, gateway: "bank", reason: "bad_signature")),
      .notification(.parked(receipt, gateway: "bank", outTradeNumber: "N1")),
      .gateway(name: "bank", .degraded(reason: "down")), .gateway(name: "bank", .recovered),
      .server(.started(version: "1.0")),
    ] + runs
  }

  private static var runs: [EventBody] {
    let statement = StatementID(high: 9, low: 1)
    let arrival = PayoutArrival(statement: statement, line: 7, account: "icbc", amount: money)
    let named = PayoutArrival(
      statement: statement, line: 8, account: "icbc", amount: money,
      credits: [3, 5].map { StatementPlace(statement: statement, line: $0) })
    let back = PayoutReturn(
      payout: StatementPlace(statement: statement, line: 8),
      row: StatementPlace(statement: statement, line: 11))
    return [
      RunBookings(),
      RunBookings(coupons: [money, Money(-7, money.currency)]),
      RunBookings(
        fees: [money, Money(-3, money.currency)], arrivals: [arrival, named], returns: [back]),
    ].map {
      .run(
        RunID(high: 9, low: 2),
        .finished(
          statement: statement, gateway: "bank", rows: 3, filledBack: 1, opened: 2, digest: "d",
          bookings: $0))
    }
  }

  private static var signatures: [EventBody] {
    let run = RunID(high: 8, low: 7)
    let found = DiscrepancyID(high: 9, low: 7)
    let digest = String(repeating: "a", count: 64)
    let events: [RunEvent] = [
      .halfSigned(digest: digest, leftOpen: [LeftOpen(discrepancy: found, reason: .waiting)]),
      .halfSigned(digest: digest, leftOpen: []), .signed(digest: digest),
      .reopened(.discrepancy(found)), .reopened(.run(run)),
      .reopened(.statement(StatementID(high: 4, low: 4))),
    ]
    return events.map { .run(run, $0) }
  }

  private static var cases: [EventBody] {
    let links: [CaseLink] = [
      .order(OrderID(high: 1, low: 1)), .payment(payment), .refund(refund), .dispute(dispute),
      .discrepancy(DiscrepancyID(high: 9, low: 7)), .run(RunID(high: 8, low: 7)),
    ]
    let paper = CasePaper(
      id: AttachmentID(high: 1, low: 2), mediaType: "text/plain", bytes: 7, digest: "d",
      by: "operator:li", at: start)
    let events: [CaseEvent] = [
      .opened(.excess, .high, links: links, dueAt: expiry),
      .opened(.other, .normal, links: [], dueAt: expiry), .linked(links),
      .assigned(owner: "li", dueAt: expiry), .noted(paper, waitingFor: .bank, dueAt: expiry),
      .noted(paper, waitingFor: nil, dueAt: expiry), .proposed(.fraud, dueAt: expiry),
      .resolved(.noFault, proposedBy: "operator:li"), .resolved(.other, proposedBy: nil),
      .closed, .reopened(dueAt: expiry), .escalated,
    ]
    return events.map { .case(CaseID(high: 3, low: 7), $0) }
  }

  private static var rules: [EventBody] {
    let pattern = DecisionPattern(
      gateway: "bank_1", kind: .feeMore, currency: yuan, isGain: false, verb: .acceptGateway)
    let events: [RuleEvent] = [
      .activated(
        RuleTerms(
          pattern: pattern, mode: .suggest, tolerance: 7, support: 20, replayed: 23,
          disagreeing: 2)),
      .deactivated(reason: "r", counterExample: DiscrepancyID(high: 9, low: 7)),
      .deactivated(reason: "r", counterExample: nil),
    ]
    return events.map { .rule(RuleID(high: 3, low: 8), $0) }
  }

  private static var all: [EventBody] {
    orders + payments + refunds + disputes + others + signatures + cases + rules
  }

  private static let actors: [Actor] = [
    .client(principal: "shop:a:b"), .staff(name: ""), .notice(gateway: "bank"), .poller, .timer,
    .recovery, .system, .rule(RuleID(high: 3, low: 8)),
  ]

  @Test("every event reads back from its line as the event that it was")
  func everyBody() throws {
    for (index, body) in Self.all.enumerated() {
      let event = Event(
        id: ids.next(EventKind.self, at: start), at: start,
        actor: Self.actors[index % Self.actors.count], trace: index % 2 == 0 ? "tr \(index)" : nil,
        order: index % 3 == 0 ? nil : ids.next(OrderKind.self, at: start),
        version: Int64(index), body: body)
      let line = EventWriting.line(event, sequence: 7, transaction: 6)
      let logged = try EventReading.event(line: line)
      #expect(logged.event == event, "\(body)")
      #expect(logged.sequence == 7 && logged.transaction == 6)
      #expect(!line.contains(0x0A), "a line holds a line end")
    }
  }

  @Test("types are words of the form family.verb, and each body has its own")
  func types() {
    let bodies = Self.all
    for body in bodies {
      #expect(body.type.split(separator: ".").count == 2, "\(body.type)")
    }
    #expect(Set(bodies.map(\.type)).count == 82)
  }

  @Test("a line that this program did not write is damage, never a guess")
  func damage() throws {
    let event = Event(
      id: ids.next(EventKind.self, at: start), at: start, actor: .system, trace: nil,
      order: nil, version: 1,
      body: .payment(Self.payment, .succeeded(Self.capture, proof(), isLate: false)))
    let line = EventWriting.line(event, sequence: 1, transaction: 1)
    let text = String(decoding: line, as: UTF8.self)
    let changes = [
      ("payment.succeeded", "payment.vanished"), ("\"CNY\"", "\"XXX\""), ("\"e4\"", "\"e9\""),
      ("\"query\"", "\"rumour\""), ("\"system\"", "\"nobody\""),
      ("\"version\":1", "\"version\":\"1\""),
      ("5800", "58.00"), ("}", ""), ("pay_", "pax_"),
    ]
    for (old, new) in changes {
      let parts = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
      try #require(parts.count == 2, "\(old)")
      let bad = parts[0] + new + parts[1]
      #expect(throws: StoreError.self, "\(new)") {
        try EventReading.event(line: Array(bad.utf8))
      }
    }
  }
}
