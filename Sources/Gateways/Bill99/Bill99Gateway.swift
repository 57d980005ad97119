package import Domain
import JSON

/// 99Bill (快钱), RMB gateway version 2.0: a page of 99Bill's where the buyer chooses how to pay.
/// Experimental: nothing of it has been tried at 99Bill, and no example with its result is public.
///
/// Pages and notices are signed with RSA, questions with an MD5 key. Order of fields and codes come
/// from published payment libraries and merchants' code that agree. There are no refunds here.
/// 99Bill's own samples (`receiveDrawbackAction`, `bill_drawback_api_1`) count a refund in yuan,
/// and users of the newer F0001 message count fen; but the answer of the first is not
/// signed and says "taken" alone, and in what unit the refund query answers has no source.
///
/// Closing rule: there is no call to close, and the query tells of successful payments alone. A
/// payment is closed when 99Bill has known of no success for a day after its expiry.
package struct Bill99Gateway: Gateway {
  /// Fen.
  static let amountMin: Int64 = 1
  static let amountMax: Int64 = 99_999_999
  static let absenceProvesClosedAfterMilliseconds: Int64 = 24 * 3_600_000

  package let name: String
  package let kind = "99bill"
  package let capabilities: GatewayCapabilities
  package let secrets: [String]
  private let requests: Bill99Requests
  private let answers: Bill99Answers
  private let notices: Bill99Notification

  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try Bill99Settings(settings)
    name = settings.name
    secrets = [own.queryKey]
    capabilities = Self.capabilities()
    requests = Bill99Requests(settings: own)
    answers = Bill99Answers(settings: own)
    notices = Bill99Notification(settings: own)
  }

  package var login: (any GatewayLogin)? { nil }

  package var bills: (any BillSource)? { nil }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .create(let payment):
      let action = PaymentAction(
        kind: .form, value: try requests.page(payment), expiresAt: payment.expiresAt)
      return .settled(.payment(.unpaid(action: action)))
    case .query(let payment):
      return .exchange(requests.query(outTradeNumber: payment.outTradeNumber))
    case .check: return .exchange(requests.query(outTradeNumber: Bill99Requests.checkNumber))
    case .close, .refund, .refundQuery, .disputeQuery, .catchUp, .notice:
      throw .unmade("99Bill cannot be asked that")
    }
  }

  package func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    try answers.read(answer, to: question)
  }

  package func readNotification(
    _ notification: RawNotification, at now: Timestamp
  ) -> NotificationReading {
    notices.read(notification)
  }

  private static func capabilities() -> GatewayCapabilities {
    GatewayCapabilities(
      methods: [.init(name: "page", action: .form, schedule: .redirect, isLocal: true)],
      currencies: ["CNY"], amountMin: amountMin, amountMax: amountMax, canQuery: true,
      canClose: false, canRefund: false, canRefundPartly: false, noticeStrength: .weakNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: BeijingTime.offsetMinutes,
      refundQueryDelayMilliseconds: 0, isReal: true, isExperimental: true)
  }
}
