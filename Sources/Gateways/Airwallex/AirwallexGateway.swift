package import Domain

/// Airwallex: a PaymentIntent for its own script in the shop's page.
///
/// Start reading here; `AirwallexRequests` makes the bytes, `AirwallexAnswers` reads answers,
/// `AirwallexObjects` says what intents, refunds and disputes mean in both generations of words,
/// `AirwallexNotices` reads notices, `AirwallexErrors` holds the table of refusals,
/// `AirwallexLogin` fetches tokens.
///
/// Amounts are JSON numbers of the major unit; they are written and read as text, never as a
/// floating-point number. An intent can be asked for by our number, which Airwallex does not keep
/// unique: of several the paid one counts.
package struct AirwallexGateway: Gateway {
  static let minorMax: Int64 = 999_999_999_999
  static let absenceProvesClosedAfterMilliseconds: Int64 = 600_000
  static let catchUpEveryMilliseconds: Int64 = 3_600_000
  /// What `client_secret` is good for.
  static let secretLifeMilliseconds: Int64 = 3_600_000

  package let name: String
  package let kind = "airwallex"
  package let capabilities: GatewayCapabilities
  private let settings: AirwallexSettings
  private let requests: AirwallexRequests
  private let answers: AirwallexAnswers
  private let notices: AirwallexNotices

  /// Reads and checks the whole configuration, keys included.
  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try AirwallexSettings(settings)
    name = settings.name
    capabilities = Self.capabilities()
    self.settings = own
    requests = AirwallexRequests(settings: own)
    answers = AirwallexAnswers(requests: requests)
    notices = AirwallexNotices(settings: own)
  }

  package var secrets: [String] { [settings.apiKey] }

  package var login: (any GatewayLogin)? { AirwallexLogin(settings: settings) }

  package var bills: (any BillSource)? {
    AirwallexBills(settings: settings, requests: requests)
  }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    .exchange(try requests.first(for: question))
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
        .init(name: "intent", action: .clientSecret, schedule: .redirect, isLocal: false)
      ],
      currencies: [], amountMin: 1, amountMax: minorMax, canQuery: true, canClose: true,
      canRefund: true, canRefundPartly: true, noticeStrength: .signedNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: 480, refundQueryDelayMilliseconds: 5_000,
      isReal: true, isExperimental: true, amountRules: AirwallexAmounts.rules,
      canQueryDisputes: true, catchUpEveryMilliseconds: catchUpEveryMilliseconds)
  }
}

/// How Airwallex counts. Source: the table in its own PHP library.
enum AirwallexAmounts {
  private static let whole = [
    "BIF", "CLP", "DJF", "GNF", "HUF", "IDR", "ISK", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF",
    "TWD", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
  ]
  private static let thousandths = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]

  static let scale = AmountScale(
    decimals: whole.map { ($0, 0) } + thousandths.map { ($0, 3) })

  /// Those that Airwallex counts in whole units although ISO 4217 has decimals.
  static let rules: [GatewayCapabilities.AmountRule] = whole.compactMap {
    scale.rule($0, min: 1, max: AirwallexGateway.minorMax / 100)
  }
}
