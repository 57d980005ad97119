package import Domain
import JSON

/// Alipay in mainland China through its legacy gateway (`gateway.do`), in key or certificate mode.
///
/// Start reading here; `AlipayRequests` makes the bytes, `AlipayAnswers` and `AlipayNotification`
/// say what came back, `AlipayBills` downloads bills, `AlipayCodes` holds the tables.
///
/// Closing rule: every payment carries its expiry to Alipay, so an unscanned code dies by itself.
/// `close` is for trades that exist. "No such trade", signed, ten minutes after the expiry proves
/// that the payment cannot be paid any more. `cancel` is never sent: it refunds what is paid, and
/// only payments by barcode, which are not offered here, may need it.
///
/// A precreate may be sent again with its number: Alipay asks for exactly that after a system error
/// (query, then the same number), makes one trade of one number, and either gives the code or says
/// that it gave it before (`ACQ.APPLY_PC_MERCHANT_CODE_ERROR`).
package struct AlipayGateway: Gateway {
  /// Fen. The upper end is what the shortest of the documented field lengths holds.
  static let amountMin: Int64 = 1
  static let amountMax: Int64 = 99_999_999
  static let absenceProvesClosedAfterMilliseconds: Int64 = 600_000
  static let refundQueryDelayMilliseconds: Int64 = 10_000

  package let name: String
  package let kind = "alipay"
  package let capabilities: GatewayCapabilities
  private let requests: AlipayRequests
  private let answers: AlipayAnswers
  private let notices: AlipayNotification
  private let billSource: AlipayBills
  /// Nil where complaints are not read.
  private let complaints: AlipayComplaints?

  /// Reads and checks the whole configuration, keys included.
  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try AlipaySettings(settings)
    name = settings.name
    capabilities = Self.capabilities(own)
    requests = AlipayRequests(settings: own)
    complaints = own.readsComplaints ? AlipayComplaints(requests: requests) : nil
    answers = AlipayAnswers(settings: own)
    notices = AlipayNotification(settings: own)
    billSource = AlipayBills(settings: own, requests: requests)
  }

  /// The private key stays inside its handle and is never text, so there is nothing to redact.
  package var secrets: [String] { [] }

  /// Every request is signed.
  package var login: (any GatewayLogin)? { nil }

  package var bills: (any BillSource)? { billSource }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .create(let payment):
      switch Self.method(of: payment) {
      case .precreate: return .exchange(try requests.precreate(payment, at: now))
      case .page: return .settled(.payment(try redirect(.page, payment, now)))
      case .wap: return .settled(.payment(try redirect(.wap, payment, now)))
      default:
        throw .notSent(
          Reason(code: FaultCode.rejected, text: "Alipay has no method \(payment.method) here"))
      }
    case .query(let payment):
      return .exchange(try requests.query(outTradeNumber: payment.outTradeNumber, at: now))
    case .close(let payment): return .exchange(try requests.close(payment, at: now))
    case .refund(let payment, let refund):
      return .exchange(try requests.refund(payment, refund, at: now))
    case .refundQuery(let payment, let refund):
      return .exchange(try requests.refundQuery(payment, refund, at: now))
    case .disputeQuery(_, let dispute):
      if let complaints { return .exchange(try complaints.query(dispute, at: now)) }
      throw Self.unasked
    case .catchUp(let facts):
      if let complaints { return .exchange(try complaints.list(facts, at: now)) }
      throw Self.unasked
    case .notice: throw Self.unasked
    case .check:
      let number = AlipayCheck.outTradeNumber(at: now)
      return .exchange(try requests.query(outTradeNumber: number, at: now))
    }
  }

  private static let unasked = Fault.notSent(
    Reason(code: FaultCode.rejected, text: "Alipay cannot be asked that"))

  package func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    try answers.read(answer, to: question, at: now)
  }

  package func readNotification(
    _ notification: RawNotification, at now: Timestamp
  ) -> NotificationReading {
    notices.read(notification)
  }

  private func redirect(
    _ method: AlipayRequests.Method, _ payment: PaymentFacts, _ now: Timestamp
  ) throws(Fault) -> PaymentSighting {
    let url = try requests.pageURL(method, payment, at: now)
    return .unpaid(
      action: PaymentAction(kind: .redirect, value: url, expiresAt: payment.expiresAt))
  }

  /// The gateway's method behind a method of ours; nil for a name that is none.
  static func method(of payment: PaymentFacts) -> AlipayRequests.Method? {
    let methods: [(String, AlipayRequests.Method)] = [
      ("precreate", .precreate), ("page", .page), ("wap", .wap),
    ]
    return methods.first { $0.0.hasSameBytes(as: payment.method) }?.1
  }

  static func absenceProvesClosed(_ payment: PaymentFacts, at now: Timestamp) -> Bool {
    now >= payment.expiresAt.adding(milliseconds: absenceProvesClosedAfterMilliseconds)
  }

  private static func capabilities(_ settings: AlipaySettings) -> GatewayCapabilities {
    GatewayCapabilities(
      methods: [
        .init(name: "precreate", action: .qr, schedule: .qr, isLocal: false),
        .init(name: "page", action: .redirect, schedule: .redirect, isLocal: true),
        .init(name: "wap", action: .redirect, schedule: .redirect, isLocal: true),
      ],
      currencies: ["CNY"], amountMin: amountMin, amountMax: amountMax, canQuery: true,
      canClose: true, canRefund: true, canRefundPartly: true, noticeStrength: .signedNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: BeijingTime.offsetMinutes,
      refundQueryDelayMilliseconds: refundQueryDelayMilliseconds, isReal: true,
      isExperimental: true, canQueryDisputes: settings.readsComplaints,
      catchUpEveryMilliseconds: settings.readsComplaints
        ? ComplaintWindow.everyMilliseconds : nil, createIsRepeatable: true)
  }
}
