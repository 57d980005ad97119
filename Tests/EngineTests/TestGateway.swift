import Domain
import Gateways

/// The adapter for `TestBank`: a second implementation of the gateway contract.
struct TestGateway: Gateway {
  let name: String
  /// One that moves no money is a sandbox, as the built-in bank's.
  let kind: String
  let capabilities: GatewayCapabilities
  var secrets: [String] { [TestBank.secret] }
  /// What its verified notices are worth.
  var strength: EvidenceStrength { capabilities.noticeStrength }

  init(
    name: String, noticeStrength: EvidenceStrength = .signedNotice, isReal: Bool = true,
    isLocal: Bool = false, canClose: Bool = true, closesUnseenPayments: Bool = false,
    schedule: ScheduleClass = .qr, createIsRepeatable: Bool = false,
    weakWord: WeakWord = .wakes, absenceProvesClosedAfter: Int64 = 600_000,
    canQuery: Bool = true, canQueryDisputes: Bool = true
  ) {
    self.name = name
    kind = isReal ? "test" : "sandbox"
    capabilities = GatewayCapabilities(
      methods: [.init(name: "code", action: .qr, schedule: schedule, isLocal: isLocal)],
      currencies: [], amountMin: 1, amountMax: 1_000_000_000, canQuery: canQuery,
      canClose: canClose,
      canRefund: true, canRefundPartly: true, noticeStrength: noticeStrength,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfter,
      closesUnseenPayments: closesUnseenPayments,
      zoneOffsetMinutes: 480, refundQueryDelayMilliseconds: 0, isReal: isReal,
      isExperimental: false, canQueryDisputes: canQueryDisputes,
      createIsRepeatable: createIsRepeatable, weakWord: weakWord)
  }

  var login: (any GatewayLogin)? { nil }
  /// Daily bills of Beijing days, ready at nine.
  var givesBills = false
  /// And of what was settled on them.
  var givesSettlements = false
  var bills: (any BillSource)? {
    givesBills ? TestBills(kinds: givesSettlements ? [.trade, .settlement] : [.trade]) : nil
  }

  func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .create(let facts):
      if capabilities.methods[0].isLocal {
        let action = PaymentAction(
          kind: .form, value: "form:\(facts.outTradeNumber)", expiresAt: facts.expiresAt)
        return .settled(.payment(.unpaid(action: action)))
      }
      return ask("create", facts)
    case .query(let facts): return ask("query", facts)
    case .close(let facts):
      precondition(capabilities.canClose, "the engine closes where the gateway cannot")
      return ask("close", facts)
    case .refund(let facts, let refund): return ask("refund", facts, refund)
    case .refundQuery(let facts, let refund): return ask("refund_query", facts, refund)
    case .disputeQuery(let facts, _):
      precondition(capabilities.canQueryDisputes, "the engine asks where it cannot")
      return ask("dispute_query", facts)
    case .catchUp, .notice: preconditionFailure("this gateway cannot be asked that")
    case .check: return .settled(.check(CheckFinding(code: "ok", text: "fine")))
    }
  }

  private func ask(
    _ operation: String, _ facts: PaymentFacts, _ refund: RefundFacts? = nil
  ) -> GatewayPlan {
    var fields: [(String, String)] = [
      ("op", operation), ("no", facts.outTradeNumber),
      ("amount", "\(refund?.amount.minor ?? facts.amount.minor)"),
      ("currency", facts.amount.currency.code), ("expires", "\(facts.expiresAt.milliseconds)"),
    ]
    if let refund { fields.append(("refund", refund.refundNumber)) }
    return .exchange(
      GatewayRequest(
        method: "POST", url: "sandbox://\(name)", headers: [],
        body: Array(TestForm.text(fields).utf8)))
  }

  func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    if answer.status == 429 {
      throw .outcomeUnknown(Reason(code: FaultCode.limited, text: "Too many."))
    }
    guard answer.status == 200 else {
      throw .outcomeUnknown(Reason(code: FaultCode.broken, text: "HTTP \(answer.status)."))
    }
    guard let form = TestForm.verified(String(decoding: answer.body, as: UTF8.self)) else {
      throw .answered(Reason(code: FaultCode.badReply, text: "Wrongly signed."))
    }
    if form["code"] == "LIMITED" {
      throw .answered(Reason(code: FaultCode.limited, text: "Turned away."))
    }
    let isRefused = form["code"] == "REFUSED"
    let refusal = Reason(code: "refused", gatewayCode: "REFUSED", text: "The bank refused.")
    let isKeyRefused = form["code"] == "KEY"
    let keyRefusal = Reason(code: FaultCode.authentication, text: "The bank knows no such key.")
    switch question {
    case .create where isRefused && form["no"] == nil, .refund where isRefused && form["no"] == nil:
      return .refused(refusal)
    case .create where isKeyRefused, .refund where isKeyRefused: return .refused(keyRefusal)
    case .query where isKeyRefused, .refundQuery where isKeyRefused: throw .answered(keyRefusal)
    case .create(let facts):
      if isRefused { return .payment(.failed(refusal)) }
      guard form["no"] == facts.outTradeNumber else {
        throw .answered(Reason(code: FaultCode.badReply, text: "About another payment."))
      }
      if form["state"] == "begun_before" {
        throw .answered(Reason(code: FaultCode.begunBefore, text: "The code was given before."))
      }
      let action = PaymentAction(
        kind: .qr, value: form["qr"] ?? "", expiresAt: facts.expiresAt)
      return .payment(.unpaid(action: action))
    case .close:
      if form["state"] == "close_taken" { return .closeAccepted }
      return .payment(Self.sighting(form))
    case .query(let facts):
      if form["state"] == "approved" { return Self.approved(facts) }
      let also = [Self.dispute(form).map(GatewayStatement.dispute), Self.deskRefund(form)]
        .compactMap(\.self)
      guard !also.isEmpty else { return .payment(Self.sighting(form)) }
      return .findings(Self.sighting(form), also: also)
    case .disputeQuery(_, let facts):
      guard let dispute = Self.dispute(form), dispute.gatewayDispute == facts.gatewayDispute else {
        throw .answered(Reason(code: FaultCode.badReply, text: "About another dispute."))
      }
      return .dispute(dispute)
    case .refund, .refundQuery:
      return .refund(isRefused ? .failed(refusal) : Self.refundSighting(form))
    case .catchUp, .notice: preconditionFailure("this gateway cannot be asked that")
    case .check: return .check(CheckFinding(code: "ok", text: "fine"))
    }
  }

  /// The buyer has approved, and the money has yet to be taken: as at PayPal.
  private static func approved(_ facts: PaymentFacts) -> GatewayReading {
    guard facts.isWanted else {
      return .payment(facts.takenAt == nil ? .closed(nil) : .unpaid(action: nil))
    }
    let request = GatewayRequest(
      method: "POST", url: "sandbox://capture", headers: [],
      body: Array(TestForm.text([("op", "capture"), ("no", facts.outTradeNumber)]).utf8))
    return .next(
      GatewayStep(
        name: "capture", request: request, movesMoney: true,
        meanwhile: [.payment(.processing(nil))]))
  }

  private static func capture(_ form: [String: String]) -> Capture? {
    guard let amount = money(form) else { return nil }
    return Capture(
      amount: amount, gatewayTransaction: form["txn"] ?? "",
      paidAt: Int64(form["paid_at"] ?? "").map(Timestamp.init(milliseconds:)),
      fee: form["fee"].flatMap(Int64.init).flatMap { minor in
        Currency(code: form["fee_currency"] ?? "").map { Money(minor, $0) }
      })
  }

  private static func money(_ form: [String: String]) -> Money? {
    guard let currency = Currency(code: form["currency"] ?? ""),
      let minor = Int64(form["amount"] ?? "")
    else { return nil }
    return Money(minor, currency)
  }

  private static func sighting(_ form: [String: String]) -> PaymentSighting {
    switch form["state"] {
    case "waiting": return .unpaid(action: nil)
    case "paying": return .processing(nil)
    case "paid":
      guard let capture = capture(form) else { return .unrecognised("paid without amount") }
      return .paid(capture)
    case "closed": return .closed(nil)
    case "failed": return .failed(Reason(code: "declined", text: "The bank declined."))
    case "absent": return .absent(provesClosed: false)
    case "gone": return .absent(provesClosed: true)
    case "refunded":
      guard let capture = capture(form) else { return .unrecognised("refunded without amount") }
      return .reversed(capture, nil)
    default: return .unrecognised(form["state"] ?? "")
    }
  }

  private static func dispute(_ form: [String: String]) -> DisputeSighting? {
    guard let number = form["dispute"], let word = form["dispute_state"],
      let minor = Int64(form["disputed"] ?? "")
    else { return nil }
    return DisputeSighting(
      gatewayDispute: number, status: DisputeStatus(rawValue: word), gatewayStatus: word,
      amount: Money(minor, yuan), reason: nil,
      dueAt: Int64(form["due"] ?? "").map(Timestamp.init(milliseconds:)))
  }

  /// What was given back at the bank's own desk, as Stripe tells of it with the payment.
  private static func deskRefund(_ form: [String: String]) -> GatewayStatement? {
    guard let number = form["desk"], let minor = Int64(form["desk_amount"] ?? "") else {
      return nil
    }
    let amount = Money(minor, yuan)
    return .outsideRefund(
      OutsideRefund(
        gatewayRefund: "R\(number)", amount: amount,
        sighting: .succeeded(amount: amount, gatewayRefund: "R\(number)", at: nil)))
  }

  private static func refundSighting(_ form: [String: String]) -> RefundSighting {
    switch form["refund_state"] {
    case "ok":
      guard let amount = money(form) else { return .unrecognised("ok without amount") }
      return .succeeded(amount: amount, gatewayRefund: "R\(form["refund"] ?? "")", at: nil)
    case "processing": return .processing(nil)
    // The same, with the number that it will have.
    case "numbered": return .processing(nil, gatewayRefund: "R\(form["refund"] ?? "")")
    case "failed": return .failed(Reason(code: "declined", text: "The bank declined."))
    case "returned": return .returned(nil)
    case "absent": return .absent
    default: return .unrecognised(form["refund_state"] ?? "")
    }
  }

  func readNotification(_ notification: RawNotification, at now: Timestamp) -> NotificationReading {
    let good = Acknowledgement(status: 200, headers: [], body: "success")
    let bad = Acknowledgement(status: 400, headers: [], body: "failure")
    let text = String(decoding: notification.body, as: UTF8.self)
    let form = TestForm.verified(text)
    if let hint = form?["hint"] {
      return .dispute(DisputeHint(gatewayDispute: hint, acknowledgement: good))
    }
    if let number = form?["wake"] {
      return .verified(
        Notification(
          outTradeNumber: number, statements: [.disputeHappened], strength: .weakNotice,
          noticeID: nil, acknowledgement: good, refusal: bad))
    }
    guard let form, let number = form["no"] else {
      return .rejected(Reason(code: "bad_signature", text: "Wrongly signed."), bad)
    }
    let statement: Notification.Statement =
      Self.dispute(form).map { .dispute($0) }
      ?? form["refund"].map { .refund(number: $0, Self.refundSighting(form)) }
      ?? .payment(Self.sighting(form))
    return .verified(
      Notification(
        outTradeNumber: number, statements: [statement], strength: strength, noticeID: nil,
        acknowledgement: good, refusal: bad))
  }
}
