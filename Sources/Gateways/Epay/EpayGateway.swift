package import Domain

/// A site of the 易支付 (epay, "rainbow") family, version 1 (MD5) or 2 (RSA).
///
/// Start reading here; `EpayRequests` makes the bytes, `EpayAnswers` and `EpayNotification` say
/// what came back, `EpayCodes` holds the tables, `EpaySettings` says what differs between sites.
///
/// Closing rule: version 1 cannot close and forgets unpaid orders after a day, so a payment is
/// closed when the site does not know it any more, or has called it unpaid for more than a day.
/// Money that comes after that is found by the guards and by its notice.
package struct EpayGateway: Gateway {
  /// Fen. Sites set limits of their own and say so when a payment is made.
  static let amountMin: Int64 = 1
  static let amountMax: Int64 = 99_999_999
  static let absenceProvesClosedAfterMilliseconds: Int64 = 25 * 3_600_000
  static let refundQueryDelayMilliseconds: Int64 = 10_000
  /// The method that leaves the way to pay to the site's own cashier page.
  static let cashierMethod = "page"

  package let name: String
  package let kind = "epay"
  package let capabilities: GatewayCapabilities
  package let secrets: [String]
  private let settings: EpaySettings
  private let requests: EpayRequests
  private let answers: EpayAnswers
  private let notices: EpayNotification

  /// Reads and checks the whole configuration, keys included.
  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try EpaySettings(settings)
    name = settings.name
    self.settings = own
    capabilities = Self.capabilities(own)
    if case .shared(let key) = own.keys { secrets = [key] } else { secrets = [] }
    requests = EpayRequests(settings: own)
    answers = EpayAnswers(settings: own)
    notices = EpayNotification(settings: own)
  }

  /// Every request is signed.
  package var login: (any GatewayLogin)? { nil }

  package var bills: (any BillSource)? { nil }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .create(let payment): return try create(payment, at: now)
    case .query(let payment): return .exchange(try requests.query(payment, at: now))
    case .close(let payment): return .exchange(try requests.close(payment, at: now))
    case .refund(let payment, let refund):
      return .exchange(try requests.refund(payment, refund, at: now))
    case .refundQuery(let payment, let refund):
      return .exchange(try requests.refundQuery(payment, refund, at: now))
    case .disputeQuery, .catchUp, .notice:
      throw .notSent(Reason(code: FaultCode.rejected, text: "The site cannot be asked that"))
    case .check:
      let number = EpayCheck.outTradeNumber(at: now)
      return .exchange(try requests.query(outTradeNumber: number, at: now))
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

  private func create(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayPlan {
    let isCashier = payment.method.utf8.elementsEqual(Self.cashierMethod.utf8)
    guard isCashier || settings.create == .page else {
      return .exchange(try requests.create(payment, at: now))
    }
    let url = try requests.page(payment, type: isCashier ? nil : payment.method, at: now)
    let action = PaymentAction(kind: .redirect, value: url, expiresAt: payment.expiresAt)
    return .settled(.payment(.unpaid(action: action)))
  }

  private static func capabilities(_ settings: EpaySettings) -> GatewayCapabilities {
    let isPage = settings.create == .page
    let byType = settings.types.map { type in
      GatewayCapabilities.Method(
        name: type, action: isPage ? .redirect : .qr, schedule: isPage ? .redirect : .qr,
        isLocal: isPage)
    }
    let cashier = GatewayCapabilities.Method(
      name: cashierMethod, action: .redirect, schedule: .redirect, isLocal: true)
    return GatewayCapabilities(
      methods: byType + [cashier], currencies: ["CNY"], amountMin: amountMin,
      amountMax: amountMax, canQuery: settings.canQuery, canClose: settings.version == .two,
      canRefund: settings.canRefund, canRefundPartly: settings.version == .two,
      noticeStrength: settings.version == .two ? .signedNotice : .weakNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: BeijingTime.offsetMinutes,
      refundQueryDelayMilliseconds: refundQueryDelayMilliseconds, isReal: true,
      isExperimental: true, weakWord: settings.weakNotices.word)
  }
}
