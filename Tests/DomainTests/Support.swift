import Domain
import Testing

let yuan = currency("CNY")

func currency(_ code: String) -> Currency {
  guard let currency = Currency(code: code) else { preconditionFailure("\(code) is a currency") }
  return currency
}

let start = Timestamp(milliseconds: 1_800_000_000_000)
let expiry = start.adding(milliseconds: 900_000)
let reason = Reason(code: "test", text: "A test says so.")

func evidence(
  _ strength: EvidenceStrength = .answer, _ source: EvidenceSource = .query, id: String = "cal_1",
  at now: Timestamp = start
) -> Evidence {
  Evidence(id: id, source: source, strength: strength, at: now, digest: "")
}

func capture(_ minor: Int64 = 100, _ currency: Currency = yuan, _ number: String = "T1") -> Capture
{
  Capture(amount: Money(minor, currency), gatewayTransaction: number, paidAt: nil)
}

/// One order and the hand that moves it; every step goes through `OrderDecision`.
struct Desk {
  var aggregate: OrderAggregate
  var events: [Event]
  var now = start
  let identifiers = IdentifierSource(seed: (1, 2, 3, 4))

  init(_ minor: Int64 = 100, lines: [OrderLine] = []) throws {
    let draft = OrderDraft(
      number: "A1", owner: "shop", amount: Money(minor, yuan), subject: "tea", lines: lines,
      source: nil, expiresAt: expiry, isTest: false)
    let decision = try OrderDecision.create(
      draft, at: start, by: .client(principal: "shop"), trace: nil, identifiers: identifiers)
    aggregate = decision.aggregate
    events = decision.events
  }

  var order: Order { aggregate.order }

  /// Runs one input; nothing is kept where it throws.
  @discardableResult
  mutating func act<Value>(
    _ actor: Actor = .client(principal: "shop"),
    _ body: (inout OrderDecision) throws -> Value
  ) throws -> Value {
    var decision = OrderDecision(aggregate, at: now, by: actor, identifiers: identifiers)
    let value = try body(&decision)
    aggregate = decision.aggregate
    events += decision.events
    #expect(aggregate.violation == nil)
    return value
  }

  static func draft(
    _ gateway: String = "bank", _ minor: Int64 = 100, number: String
  ) -> PaymentDraft {
    PaymentDraft(
      gateway: gateway, kind: "test", method: "qr", amount: Money(minor, yuan),
      outTradeNumber: number, expiresAt: expiry)
  }

  mutating func open(_ gateway: String = "bank") throws -> PaymentOpening {
    let number = "N\(aggregate.payments.count)"
    let minor = order.amount.minor
    return try act { decision in
      try decision.openPayment(Desk.draft(gateway, minor, number: number))
    }
  }

  /// Opens a payment that the buyer can pay.
  mutating func opened(_ gateway: String = "bank") throws -> PaymentID {
    guard case .opened(let id) = try open(gateway) else { throw DeskFault.notOpened }
    let action = PaymentAction(kind: .qr, value: "qr", expiresAt: expiry)
    try see(id, .unpaid(action: action), evidence(.answer, .create))
    return id
  }

  @discardableResult
  mutating func see(
    _ id: PaymentID, _ sighting: PaymentSighting, _ proof: Evidence = evidence()
  ) throws -> ObservationEffect {
    try act(.poller) { decision in decision.observe(id, sighting, proof) }
  }

  @discardableResult
  mutating func seeRefund(
    _ id: RefundID, _ sighting: RefundSighting, _ proof: Evidence = evidence(.answer, .refund)
  ) throws -> ObservationEffect {
    try act(.poller) { decision in decision.observeRefund(id, sighting, proof) }
  }

  /// A refund that was sent.
  mutating func sentRefund(_ payment: PaymentID, _ minor: Int64) throws -> RefundID {
    try act(.staff(name: "li")) { decision in
      let id = try decision.requestRefund(
        of: payment, Money(minor, yuan), note: nil, approvalLimit: 1_000_000)
      decision.submitRefund(id)
      return id
    }
  }

  func payment(_ id: PaymentID) throws -> Payment { try #require(aggregate.payment(id)) }
  func refund(_ id: RefundID) throws -> Refund { try #require(aggregate.refund(id)) }

  static func paid(_ minor: Int64 = 100, lines: [OrderLine] = []) throws -> (Desk, PaymentID) {
    var desk = try Desk(minor, lines: lines)
    let id = try desk.opened()
    try desk.see(id, .paid(capture(minor)))
    return (desk, id)
  }
}

enum DeskFault: Error { case notOpened }

/// The code of the refusal that a step ends in; nil where it was allowed.
func refusal<Value>(_ body: () throws -> Value) -> ErrorCode? {
  do {
    _ = try body()
    return nil
  } catch { return (error as? Rejection)?.code }
}

/// Applies the events to nothing: what a rebuild makes of them.
func folded(_ events: [Event]) -> OrderAggregate? {
  guard let first = events.first, var aggregate = OrderAggregate(creating: first) else {
    return nil
  }
  for event in events.dropFirst() { aggregate.apply(event) }
  return aggregate
}
