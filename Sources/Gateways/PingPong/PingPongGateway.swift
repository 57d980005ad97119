package import Domain
import JSON

/// PingPong (乒乓智能), hosted checkout, version 4 of its interface. Experimental: nothing of it has
/// been tried at PingPong.
///
/// Signing is checked against examples of PingPong's own documents, in both directions. Names of
/// members come from the same documents. Not public and so not verified: the table of codes, which
/// members of `customer` a store must send (none is sent), and what a query answers for a payment
/// page that nobody has opened.
///
/// Closing rule: there is no call to close. PingPong closes what was not paid in time by itself and
/// says `CLOSED`; when that is was not public.
package struct PingPongGateway: Gateway {
  /// Minor units; PingPong's own limits were not public.
  static let amountMin: Int64 = 1
  static let amountMax: Int64 = 99_999_999
  /// How long after the expiry "does not exist" is believed. Not documented: a day.
  static let absenceProvesClosedAfterMilliseconds: Int64 = 24 * 3_600_000
  static let refundQueryDelayMilliseconds: Int64 = 10_000

  package let name: String
  package let kind = "pingpong"
  package let capabilities: GatewayCapabilities
  package let secrets: [String]
  private let requests: PingPongRequests
  private let answers: PingPongAnswers
  private let notices: PingPongNotification

  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try PingPongSettings(settings)
    name = settings.name
    secrets = [own.salt]
    capabilities = Self.capabilities()
    requests = PingPongRequests(settings: own)
    answers = PingPongAnswers(settings: own)
    notices = PingPongNotification(settings: own)
  }

  package var login: (any GatewayLogin)? { nil }

  package var bills: (any BillSource)? { nil }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .create(let payment): return .exchange(try requests.create(payment))
    case .query(let payment):
      return .exchange(requests.query(outTradeNumber: payment.outTradeNumber))
    case .refund(let payment, let refund): return .exchange(requests.refund(payment, refund))
    case .refundQuery(let payment, let refund):
      return .exchange(requests.refundQuery(payment, refund))
    case .close, .disputeQuery, .catchUp, .notice: throw .unmade("PingPong cannot be asked that")
    case .check:
      return .exchange(requests.query(outTradeNumber: PingPongRequests.checkNumber))
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
      methods: [.init(name: "checkout", action: .redirect, schedule: .redirect, isLocal: false)],
      currencies: [], amountMin: amountMin, amountMax: amountMax, canQuery: true,
      canClose: false, canRefund: true, canRefundPartly: true, noticeStrength: .weakNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: BeijingTime.offsetMinutes,
      refundQueryDelayMilliseconds: refundQueryDelayMilliseconds, isReal: true,
      isExperimental: true)
  }
}
