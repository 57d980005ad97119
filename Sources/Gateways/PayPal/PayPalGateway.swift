package import Domain

/// PayPal, Orders v2: the buyer approves at PayPal, then Till captures.
///
/// Start reading here; `PayPalRequests` makes the bytes, `PayPalAnswers` reads answers,
/// `PayPalObjects` says what orders, captures, refunds and disputes mean, `PayPalNotices` reads
/// notices, `PayPalNoticeProof` asks whether they are genuine, `PayPalIssues` holds the table of
/// refusals, `PayPalLogin` fetches tokens.
///
/// Only our capture takes money. So a payment that is not wanted any more and was never captured
/// cannot be paid, and asking it is the proof; there is nothing to close at PayPal. A notice signs
/// no more than CRC-32 of its body, so what it says is never read: it wakes a query.
package struct PayPalGateway: Gateway {
  /// Fifteen digits before the point are PayPal's limit; ours is lower.
  static let minorMax: Int64 = 999_999_999_999
  static let catchUpEveryMilliseconds: Int64 = 15 * 60_000
  /// PayPal ends an order that nobody approves after three hours.
  static let approvalMilliseconds: Int64 = 3 * 3_600_000
  /// A capture that brought no answer may still be at work for so long.
  static let captureSettlesMilliseconds: Int64 = 15 * 60_000
  /// A repeated create gives the same order for six hours; a margin is kept.
  static let requestLifeMilliseconds: Int64 = 330 * 60_000

  package let name: String
  package let kind = "paypal"
  package let capabilities: GatewayCapabilities
  private let settings: PayPalSettings
  private let requests: PayPalRequests
  private let answers: PayPalAnswers
  private let notices: PayPalNotices

  /// Reads and checks the whole configuration, keys included.
  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try PayPalSettings(settings)
    name = settings.name
    capabilities = Self.capabilities()
    self.settings = own
    requests = PayPalRequests(settings: own)
    answers = PayPalAnswers(settings: own, requests: requests)
    notices = PayPalNotices(settings: own)
  }

  package var secrets: [String] { [settings.clientSecret] }

  package var login: (any GatewayLogin)? { PayPalLogin(settings: settings) }

  package var bills: (any BillSource)? {
    PayPalBills(requests: requests)
  }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .query(let payment), .close(let payment):
      guard payment.gatewayPayment == nil else { break }
      // An order's number is kept before its capture leaves: without one nothing was captured.
      guard payment.isWanted else { return .settled(.payment(.closed(PayPalObjects.neverTaken))) }
      let age = now.milliseconds(since: payment.createdAt)
      guard age < Self.requestLifeMilliseconds else {
        return .settled(.payment(.absent(provesClosed: false)))
      }
    default: break
    }
    return .exchange(try requests.first(for: question))
  }

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

  private static func capabilities() -> GatewayCapabilities {
    GatewayCapabilities(
      methods: [
        .init(name: "checkout", action: .redirect, schedule: .redirect, isLocal: false)
      ],
      currencies: PayPalAmounts.currencies, amountMin: 1, amountMax: minorMax, canQuery: true,
      canClose: false, canRefund: true, canRefundPartly: true, noticeStrength: .weakNotice,
      absenceProvesClosedAfterMilliseconds: nil, closesUnseenPayments: false,
      zoneOffsetMinutes: 0, refundQueryDelayMilliseconds: 5_000, isReal: true,
      isExperimental: true, amountRules: PayPalAmounts.rules, canQueryDisputes: true,
      catchUpEveryMilliseconds: catchUpEveryMilliseconds, listsPayments: true)
  }
}

/// How PayPal counts. Source: its page on currency codes.
enum PayPalAmounts {
  static let currencies = [
    "AUD", "BRL", "CAD", "CNY", "CZK", "DKK", "EUR", "HKD", "HUF", "ILS", "JPY", "MYR", "MXN",
    "NOK", "NZD", "PHP", "PLN", "GBP", "RUB", "SGD", "SEK", "CHF", "THB", "TWD", "USD",
  ]
  private static let whole = ["HUF", "JPY", "TWD"]

  static let scale = AmountScale(decimals: whole.map { ($0, 0) })

  static let rules: [GatewayCapabilities.AmountRule] = whole.compactMap {
    scale.rule($0, min: 1, max: PayPalGateway.minorMax / 100)
  }
}
