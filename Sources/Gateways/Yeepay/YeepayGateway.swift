package import Domain
import JSON

/// Yeepay (易宝) through its open platform YOP, RSA form: codes for WeChat, Alipay and UnionPay.
///
/// Start reading here; `YeepayRequests` makes the bytes, `YeepayAnswers` and `YeepayNotification`
/// say what came back. Signing, answers and notices are checked against the vectors that Yeepay
/// publishes; field names of orders and refunds come from its SDKs and third parties.
///
/// Closing rule: every payment carries its expiry; `close` closes it, a query that says `CLOSE` or
/// `TIME_OUT` proves it.
package struct YeepayGateway: Gateway {
  /// Fen.
  static let amountMin: Int64 = 1
  static let amountMax: Int64 = 99_999_999
  /// How long after the expiry "does not exist" is believed. Not documented: a day.
  static let absenceProvesClosedAfterMilliseconds: Int64 = 24 * 3_600_000
  static let refundQueryDelayMilliseconds: Int64 = 5_000

  package let name: String
  package let kind = "yeepay"
  package let capabilities: GatewayCapabilities
  private let requests: YeepayRequests
  private let answers: YeepayAnswers
  private let notices: YeepayNotification

  /// Reads and checks the whole configuration, keys included.
  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try YeepaySettings(settings)
    name = settings.name
    capabilities = Self.capabilities()
    requests = YeepayRequests(settings: own)
    answers = YeepayAnswers(settings: own)
    notices = YeepayNotification(settings: own)
  }

  /// The private key stays inside its handle and is never text, so there is nothing to redact.
  package var secrets: [String] { [] }

  /// Every request is signed.
  package var login: (any GatewayLogin)? { nil }

  package var bills: (any BillSource)? { nil }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .create(let payment):
      guard let channel = Self.channel(of: payment) else {
        throw .unmade("Yeepay has no method \(payment.method) here")
      }
      return .exchange(try requests.create(payment, channel: channel, at: now))
    case .query(let payment):
      return .exchange(try requests.query(outTradeNumber: payment.outTradeNumber, at: now))
    case .close(let payment): return .exchange(try requests.close(payment, at: now))
    case .refund(let payment, let refund):
      return .exchange(try requests.refund(payment, refund, at: now))
    case .refundQuery(let payment, let refund):
      return .exchange(try requests.refundQuery(payment, refund, at: now))
    case .disputeQuery, .catchUp, .notice:
      throw .notSent(Reason(code: FaultCode.rejected, text: "Yeepay cannot be asked that"))
    case .check:
      // A number that no payment has: ours never begin so.
      return .exchange(
        try requests.query(outTradeNumber: "TILLCHECK\(now.milliseconds)", at: now))
    }
  }

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

  private static func channel(of payment: PaymentFacts) -> String? {
    let channels = [("wechat", "WECHAT"), ("alipay", "ALIPAY"), ("unionpay", "UNIONPAY")]
    return channels.first { $0.0.hasSameBytes(as: payment.method) }?.1
  }

  private static func capabilities() -> GatewayCapabilities {
    GatewayCapabilities(
      methods: ["wechat", "alipay", "unionpay"].map {
        .init(name: $0, action: .qr, schedule: .qr, isLocal: false)
      },
      currencies: ["CNY"], amountMin: amountMin, amountMax: amountMax, canQuery: true,
      canClose: true, canRefund: true, canRefundPartly: true, noticeStrength: .signedNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: BeijingTime.offsetMinutes,
      refundQueryDelayMilliseconds: refundQueryDelayMilliseconds, isReal: true,
      isExperimental: true)
  }
}
