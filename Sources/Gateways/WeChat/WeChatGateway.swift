package import Domain

/// WeChat Pay API v3 for a direct merchant in mainland China.
///
/// Start reading here; `WeChatRequests` makes the bytes, `WeChatAnswers` and `WeChatNotification`
/// say what came back, `WeChatStatements` reads what both have in common, `WeChatBills` downloads
/// bills, `WeChatCodes` holds the tables.
///
/// Closing rule: `time_expire` is the latest time to pay, not a close, so an order is closed at
/// its expiry and a query proves it. "No such order", signed, ten minutes after the expiry proves
/// that nothing can be paid: WeChat refuses a request signed more than five minutes ago, so no
/// create of ours can still arrive.
package struct WeChatGateway: Gateway {
  static let amountMin: Int64 = 1
  /// Fen; WeChat's own libraries hold the amount in 32 bits.
  static let amountMax: Int64 = 2_147_483_647
  static let absenceProvesClosedAfterMilliseconds: Int64 = 600_000
  static let refundQueryDelayMilliseconds: Int64 = 60_000

  package let name: String
  package let kind = "wechat"
  package let capabilities: GatewayCapabilities
  private let requests: WeChatRequests
  private let answers: WeChatAnswers
  private let notices: WeChatNotification
  private let billSource: WeChatBills
  /// Nil where complaints are not read.
  private let complaints: WeChatComplaints?

  /// Reads and checks the whole configuration, keys included.
  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try WeChatSettings(settings)
    name = settings.name
    capabilities = Self.capabilities(own)
    requests = WeChatRequests(settings: own)
    complaints =
      own.readsComplaints ? WeChatComplaints(settings: own, requests: requests) : nil
    answers = WeChatAnswers(settings: own, requests: requests)
    notices = WeChatNotification(settings: own)
    billSource = WeChatBills(settings: own, requests: requests)
  }

  /// Both secrets stay inside their handles and are never text, so there is nothing to redact.
  package var secrets: [String] { [] }

  /// Every request is signed.
  package var login: (any GatewayLogin)? { nil }

  package var bills: (any BillSource)? { billSource }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .create(let payment):
      guard let method = WeChatMethod(rawValue: payment.method) else {
        throw .notSent(
          Reason(code: FaultCode.rejected, text: "WeChat has no method \(payment.method) here"))
      }
      return .exchange(try requests.create(method, payment, at: now))
    case .query(let payment): return .exchange(try requests.query(payment, at: now))
    case .close(let payment): return .exchange(try requests.close(payment, at: now))
    case .refund(let payment, let refund):
      return .exchange(try requests.refund(payment, refund, at: now))
    case .refundQuery(_, let refund):
      return .exchange(try requests.refundQuery(refund, at: now))
    case .disputeQuery(_, let dispute):
      if let complaints { return .exchange(try complaints.query(dispute, at: now)) }
      throw Self.unasked
    case .catchUp(let facts):
      if let complaints { return .exchange(try complaints.list(facts, at: now)) }
      throw Self.unasked
    case .notice: throw Self.unasked
    case .check:
      let number = WeChatCheck.outTradeNumber(at: now)
      return .exchange(try requests.query(outTradeNumber: number, at: now))
    }
  }

  private static let unasked = Fault.notSent(
    Reason(code: FaultCode.rejected, text: "WeChat cannot be asked that"))

  package func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    try answers.read(answer, to: question, at: now)
  }

  package func readNotification(
    _ notification: RawNotification, at now: Timestamp
  ) -> NotificationReading {
    notices.read(notification, at: now)
  }

  static func absenceProvesClosed(_ payment: PaymentFacts, at now: Timestamp) -> Bool {
    now >= payment.expiresAt.adding(milliseconds: absenceProvesClosedAfterMilliseconds)
  }

  private static func capabilities(_ settings: WeChatSettings) -> GatewayCapabilities {
    GatewayCapabilities(
      methods: [
        .init(
          name: WeChatMethod.native.rawValue, action: .qr, schedule: .qr, isLocal: false),
        .init(
          name: WeChatMethod.h5.rawValue, action: .redirect, schedule: .redirect, isLocal: false),
        .init(
          name: WeChatMethod.jsapi.rawValue, action: .clientSecret, schedule: .redirect,
          isLocal: false),
      ],
      currencies: ["CNY"], amountMin: amountMin, amountMax: amountMax, canQuery: true,
      canClose: true, canRefund: true, canRefundPartly: true, noticeStrength: .signedNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: BeijingTime.offsetMinutes,
      refundQueryDelayMilliseconds: refundQueryDelayMilliseconds, isReal: true,
      isExperimental: true, canQueryDisputes: settings.readsComplaints,
      catchUpEveryMilliseconds: settings.readsComplaints
        ? ComplaintWindow.everyMilliseconds : nil)
  }
}

/// Ways to pay; the raw value is the last part of WeChat's path.
enum WeChatMethod: String, Sendable, CaseIterable {
  /// A QR code for the buyer's camera.
  case native
  /// A page that opens WeChat from a phone's browser.
  case h5
  /// Inside WeChat: a script gets a signed prepayment.
  case jsapi
}
