import Domain
import Engine

@testable import Store

/// One order that is led through its life by the domain's own decisions.
final class ExplanationScene {
  static let shop = Actor.client(principal: "shop")
  static let cny = currency("CNY")
  static let usd = currency("USD")
  /// 2026-11-21 14:00:00 at +08:00.
  static let start = Timestamp(milliseconds: 1_795_240_800_000)

  private let identifiers: IdentifierSource
  private(set) var aggregate: OrderAggregate
  private(set) var events: [LoggedEvent] = []
  var now: Timestamp
  /// Planned questions that a test wants shown, by how long from `now`, in milliseconds.
  var checkGap: Int64? = 5000

  static func currency(_ code: String) -> Currency {
    guard let currency = Currency(code: code) else { preconditionFailure("no currency \(code)") }
    return currency
  }

  init(
    number: String? = "A1001", amount: Money = Money(9990, cny), lines: [OrderLine] = [],
    isTest: Bool = false, seed: UInt64 = 7
  ) throws {
    identifiers = IdentifierSource(seed: (seed, 2, 3, 4))
    now = ExplanationScene.start
    let draft = OrderDraft(
      number: number, owner: "shop", amount: amount, subject: "card", lines: lines, source: nil,
      expiresAt: now.adding(milliseconds: 900_000), isTest: isTest)
    let decision = try OrderDecision.create(
      draft, at: now, by: ExplanationScene.shop, trace: nil, identifiers: identifiers)
    aggregate = decision.aggregate
    log(decision.events)
  }

  private func log(_ new: [Event]) {
    let first = Int64(events.count + 1)
    for (offset, event) in new.enumerated() {
      events.append(
        LoggedEvent(sequence: first + Int64(offset), transaction: first, event: event))
    }
  }

  /// Lets time pass, then takes one input. Nothing is kept of an input that was refused.
  @discardableResult
  func act<Result>(
    _ actor: Actor = .poller, after seconds: Int64 = 1,
    _ body: (inout OrderDecision) throws -> Result
  ) rethrows -> Result {
    now = now.adding(milliseconds: seconds * 1000)
    var decision = OrderDecision(aggregate, at: now, by: actor, identifiers: identifiers)
    let result = try body(&decision)
    aggregate = decision.aggregate
    log(decision.events)
    return result
  }

  /// The gateway tells how the last payment's dispute stands.
  func dispute(
    _ status: DisputeStatus, minor: Int64 = 9990, dueInHours: Int64? = 100,
    from source: EvidenceSource = .query
  ) {
    let due = dueInHours.map { now.adding(milliseconds: $0 * 3_600_000) }
    let sighting = DisputeSighting(
      gatewayDispute: "dp_1A", status: status, gatewayStatus: status.rawValue,
      amount: Money(minor, aggregate.order.amount.currency),
      reason: Reason(code: "dispute", gatewayCode: "product_not_received", text: "not received"),
      dueAt: due)
    let (id, proof) = (payment, proof(source))
    act { decision in _ = decision.observeDispute(of: id, sighting, proof) }
  }

  func attach() {
    guard let dispute = aggregate.disputes.last?.id else { preconditionFailure("no dispute yet") }
    let attachment = DisputeAttachment(
      id: identifiers.next(AttachmentKind.self, at: now), kind: .deliveryProof,
      mediaType: "image/png", bytes: 20_480, digest: String(repeating: "cd", count: 32),
      by: "operator:li", at: now)
    act(.staff(name: "li")) { decision in try? decision.attach(attachment, to: dispute) }
  }

  /// Facts that no decision brings about yet: risk.
  func force(_ change: (inout Order) -> Void) { change(&aggregate.order) }

  var payment: PaymentID {
    guard let id = aggregate.payments.last?.id else { preconditionFailure("no payment yet") }
    return id
  }

  var refund: RefundID {
    guard let id = aggregate.refunds.last?.id else { preconditionFailure("no refund yet") }
    return id
  }

  var claim: ClaimID {
    guard let id = aggregate.deliveries.compactMap(\.claim).last else {
      preconditionFailure("no claim yet")
    }
    return id
  }

  var checks: [Explanation.PlannedCheck] {
    guard let gap = checkGap else { return [] }
    let at = now.adding(milliseconds: gap)
    var payments: [PaymentView] = []
    for payment in aggregate.payments where payment.state.isOpen {
      payments.append(PaymentView(payment: payment, nextQueryAt: at, queries: 3))
    }
    var refunds: [RefundView] = []
    for refund in aggregate.refunds where refund.state.isInFlight {
      refunds.append(RefundView(refund: refund, nextQueryAt: at))
    }
    var disputes: [DisputeView] = []
    for dispute in aggregate.disputes where dispute.state.isOpen {
      disputes.append(
        DisputeView(
          dispute: dispute, gateway: aggregate.gateway(of: dispute), nextQueryAt: at))
    }
    return Explanation.checks(payments: payments, refunds: refunds, disputes: disputes)
  }

  func tell(_ language: ExplanationLanguage, isMasked: Bool = false) -> TellReport {
    Explanation.tell(
      aggregate, events: events, checks: checks, now: now, language: language, isMasked: isMasked)
  }

  var why: WhyReport { Explanation.why(aggregate, events: events, checks: checks, now: now) }
}

// MARK: Inputs

extension ExplanationScene {
  func proof(_ source: EvidenceSource = .query) -> Evidence {
    let strength: EvidenceStrength = source == .notice ? .signedNotice : .answer
    let id =
      source == .notice
      ? identifiers.next(ReceiptKind.self, at: now).text
      : identifiers.next(CallKind.self, at: now).text
    return Evidence(
      id: id, source: source, strength: strength, at: now,
      digest: String(repeating: "ab", count: 32))
  }

  func open(kind: String? = nil, gateway: String? = nil, method: String = "qr") throws {
    let isTest = aggregate.order.flags.contains(.test)
    let number = identifiers.next(PaymentKind.self, at: now).letters
    let draft = PaymentDraft(
      gateway: gateway ?? (isTest ? "sandbox" : "alipay-main"),
      kind: kind ?? (isTest ? "sandbox" : "alipay"), method: method,
      amount: aggregate.order.amount, outTradeNumber: number, expiresAt: aggregate.order.expiresAt)
    try act(ExplanationScene.shop) { decision in _ = try decision.openPayment(draft) }
  }

  /// Opens a payment that the gateway took.
  func offer() throws {
    try open()
    let action = PaymentAction(
      kind: .qr, value: "https://qr.example/1", expiresAt: aggregate.order.expiresAt)
    see(.unpaid(action: action), .create)
  }

  func see(
    _ sighting: PaymentSighting, _ source: EvidenceSource = .query, after seconds: Int64 = 1
  ) {
    let (proof, id) = (proof(source), payment)
    act(.poller, after: seconds) { decision in _ = decision.observe(id, sighting, proof) }
  }

  func capture(_ money: Money? = nil) -> Capture {
    Capture(
      amount: money ?? aggregate.order.amount,
      gatewayTransaction: "20261121220014\(CivilTime.padded(Int64(events.count), 4))",
      paidAt: now)
  }

  func pay(_ money: Money? = nil) { see(.paid(capture(money)), .notice) }

  func askRefund(_ minor: Int64, by name: String = "li", limit: Int64 = 0) throws {
    let charged = aggregate.payments.first { aggregate.refundable(of: $0.id) > 0 }
    guard let charged, let captured = charged.captured else { return }
    let amount = Money(minor, captured.currency)
    try act(.staff(name: name)) { decision in
      _ = try decision.requestRefund(of: charged.id, amount, note: nil, approvalLimit: limit)
    }
  }

  func approveRefund() throws {
    let id = refund
    try act(.staff(name: "wang")) { decision in try decision.approveRefund(id, limit: .max) }
  }

  func submitRefund() {
    let id = refund
    act(.system) { decision in decision.submitRefund(id) }
  }

  func seeRefund(_ sighting: RefundSighting) {
    let (proof, id) = (proof(.refund), refund)
    act(.poller) { decision in _ = decision.observeRefund(id, sighting, proof) }
  }

  func succeedRefund() {
    let amount = aggregate.refund(refund)?.amount ?? .zero(ExplanationScene.cny)
    seeRefund(.succeeded(amount: amount, gatewayRefund: "RF20261121", at: now))
  }

  func refundWhole(_ minor: Int64) throws {
    try askRefund(minor, limit: .max)
    submitRefund()
    succeedRefund()
  }

  func claimGoods(line: Int64? = nil) throws {
    try act(ExplanationScene.shop) { decision in
      _ = try decision.claim(line: line, leaseMilliseconds: 60_000)
    }
  }

  func completeGoods() throws {
    let id = claim
    try act(ExplanationScene.shop) { decision in try decision.complete(id, reference: "S-17") }
  }

  /// Past the order's end; open payments are asked to close.
  func expire() {
    now = max(now, aggregate.order.expiresAt)
    act(.timer) { decision in decision.expire() }
  }
}
