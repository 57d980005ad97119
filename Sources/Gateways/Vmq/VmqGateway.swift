package import Domain
import JSON

/// A site of the v免签 (vmq, 码支付) class: it shows a private person's payment code and believes
/// what an app on that person's phone reads from its screen.
///
/// Nothing it says of money is proof, signed or not: a success is applied as weak, and a bill or
/// two people confirm it before goods go out, unless the merchant wants it otherwise. The sites run
/// forks of two scripts (PHP, Java), none with documents that bind anybody; the forms here are
/// those of the public scripts.
///
/// Closing rule: the site drops an order after its own few minutes and says so; from then on money
/// that comes is no longer matched with it.
package struct VmqGateway: Gateway {
  /// Fen. The upper end keeps the amount in the plain form that Java writes.
  static let amountMin: Int64 = 1
  static let amountMax: Int64 = 99_999_999
  /// Of a payment whose number at the site was lost: nobody was ever shown its code.
  static let absenceProvesClosedAfterMilliseconds: Int64 = 600_000

  package let name: String
  package let kind = "vmq"
  package let capabilities: GatewayCapabilities
  package let secrets: [String]
  private let requests: VmqRequests
  private let answers: VmqAnswers
  private let notices: VmqNotification

  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try VmqSettings(settings)
    name = settings.name
    secrets = [own.key]
    capabilities = Self.capabilities(own)
    requests = VmqRequests(settings: own)
    answers = VmqAnswers(settings: own)
    notices = VmqNotification(settings: own)
  }

  package var login: (any GatewayLogin)? { nil }

  package var bills: (any BillSource)? { nil }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .create(let payment): return .exchange(try requests.create(payment, at: now))
    case .query(let payment):
      guard let number = payment.gatewayPayment else {
        return .settled(.payment(.absent(provesClosed: false)))
      }
      return .exchange(try requests.query(number))
    case .check: return .exchange(try requests.query(VmqRequests.checkNumber))
    case .close, .refund, .refundQuery, .disputeQuery, .catchUp, .notice:
      throw .unmade("a site of this class cannot be asked that")
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

  private static func capabilities(_ settings: VmqSettings) -> GatewayCapabilities {
    GatewayCapabilities(
      methods: settings.types.map { .init(name: $0, action: .qr, schedule: .qr, isLocal: false) },
      currencies: ["CNY"], amountMin: amountMin, amountMax: amountMax, canQuery: true,
      canClose: false, canRefund: false, canRefundPartly: false, noticeStrength: .weakNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: BeijingTime.offsetMinutes,
      refundQueryDelayMilliseconds: 0, isReal: true, isExperimental: true,
      weakWord: settings.weakNotices.word)
  }
}
