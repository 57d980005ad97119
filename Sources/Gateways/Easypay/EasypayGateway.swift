package import Domain
import JSON

/// Easypay (易生支付) through its 易企通, version 2.0: codes for WeChat, Alipay and UnionPay. No
/// relation to the 易支付 family. Experimental: nothing of it has been tried at Easypay.
///
/// Easypay publishes no examples. Envelope, signature, paths and members come from code of several
/// merchants that agrees; words of a state are theirs too, and where they differ the word is not
/// known here.
///
/// Closing rule: no call to close was found. Easypay's `A` and `C` are taken for closed.
package struct EasypayGateway: Gateway {
  /// Fen.
  static let amountMin: Int64 = 1
  static let amountMax: Int64 = 99_999_999
  /// How long after the expiry "does not exist" is believed. Not documented: a day.
  static let absenceProvesClosedAfterMilliseconds: Int64 = 24 * 3_600_000
  static let refundQueryDelayMilliseconds: Int64 = 10_000

  package let name: String
  package let kind = "easypay"
  package let capabilities: GatewayCapabilities
  private let requests: EasypayRequests
  private let answers: EasypayAnswers
  private let notices: EasypayNotification

  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try EasypaySettings(settings)
    name = settings.name
    capabilities = Self.capabilities()
    requests = EasypayRequests(settings: own)
    answers = EasypayAnswers(settings: own)
    notices = EasypayNotification(settings: own)
  }

  /// The private key stays inside its handle and is never text, so there is nothing to redact.
  package var secrets: [String] { [] }

  package var login: (any GatewayLogin)? { nil }

  package var bills: (any BillSource)? { nil }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .create(let payment): return .exchange(try requests.create(payment, at: now))
    case .query(let payment): return .exchange(try requests.query(payment, at: now))
    case .refund(let payment, let refund):
      return .exchange(try requests.refund(payment, refund, at: now))
    case .refundQuery(_, let refund):
      return .exchange(try requests.refundQuery(refund, at: now))
    case .close, .disputeQuery, .catchUp, .notice: throw .unmade("Easypay cannot be asked that")
    case .check: return .exchange(try requests.check(at: now))
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
      methods: EasypayRequests.methods.map {
        .init(name: $0.name, action: .qr, schedule: .qr, isLocal: false)
      },
      currencies: ["CNY"], amountMin: amountMin, amountMax: amountMax, canQuery: true,
      canClose: false, canRefund: true, canRefundPartly: true, noticeStrength: .weakNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: BeijingTime.offsetMinutes,
      refundQueryDelayMilliseconds: refundQueryDelayMilliseconds, isReal: true,
      isExperimental: true)
  }
}
