package import Domain

/// Stripe: the hosted Checkout page, and a PaymentIntent for a page of the shop's own.
///
/// Start reading here; `StripeRequests` makes the bytes, `StripeAnswers` reads answers,
/// `StripeObjects` says what Stripe's objects mean wherever they come from, `StripeNotices` and
/// `StripeEvents` read what Stripe tells by itself, `StripeErrors` holds the table of refusals.
///
/// Our number stands in the metadata of everything. Stripe can hardly be asked by it, so a payment
/// whose create call brought no answer is asked about by making the same create call again under
/// the same key, and then reading what it made.
///
/// Closing rule: an open page or intent is expired or cancelled, and a later query proves it. What
/// was never made cannot be paid; its absence counts an hour and more after the longest life that
/// it could have had, because the search lags behind.
package struct StripeGateway: Gateway {
  /// Stripe's smallest units; more only by arrangement.
  static let unitsMax: Int64 = 99_999_999
  static let absenceProvesClosedAfterMilliseconds: Int64 = 2 * 3_600_000
  static let catchUpEveryMilliseconds: Int64 = 15 * 60_000

  package let name: String
  package let kind = "stripe"
  package let capabilities: GatewayCapabilities
  private let settings: StripeSettings
  private let requests: StripeRequests
  private let answers: StripeAnswers
  private let notices: StripeNotices

  /// Reads and checks the whole configuration, keys included.
  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try StripeSettings(settings)
    name = settings.name
    capabilities = Self.capabilities()
    self.settings = own
    requests = StripeRequests(settings: own)
    answers = StripeAnswers(settings: own, requests: requests)
    notices = StripeNotices(settings: own)
  }

  package var secrets: [String] { [settings.secretKey] }

  /// The key goes with every request.
  package var login: (any GatewayLogin)? { nil }

  package var bills: (any BillSource)? {
    StripeBills(requests: requests)
  }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    .exchange(try requests.first(for: question, at: now))
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
        .init(name: "checkout", action: .redirect, schedule: .redirect, isLocal: false),
        .init(name: "intent", action: .clientSecret, schedule: .redirect, isLocal: false),
      ],
      currencies: [], amountMin: 1, amountMax: unitsMax, canQuery: true, canClose: true,
      canRefund: true, canRefundPartly: true, noticeStrength: .signedNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: 0, refundQueryDelayMilliseconds: 5_000,
      isReal: true, isExperimental: true, amountRules: StripeAmounts.rules,
      canQueryDisputes: true, catchUpEveryMilliseconds: catchUpEveryMilliseconds,
      listsPayments: true)
  }
}
