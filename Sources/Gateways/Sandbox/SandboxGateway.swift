package import Domain

/// The built-in gateway for demos, rehearsal and the tests of clients: no real money.
///
/// It goes the way of every other gateway, with signed bytes and call rows; the other side is the
/// module Sandbox. `SandboxRequests` makes the bytes, `SandboxAnswers` and `SandboxNotices` say
/// what came back, `SandboxRefusals` holds the table of refusals.
///
/// Closing rule: a payment exists from the moment it was opened and can be closed while it waits,
/// also after its expiry. The bank opens nothing whose expiry has passed, so "no such trade" some
/// time after the expiry proves that the payment cannot be paid any more.
package struct SandboxGateway: Gateway {
  static let amountMin: Int64 = 1
  static let absenceProvesClosedAfterMilliseconds: Int64 = 600_000
  static let refundQueryDelayMilliseconds: Int64 = 1_000

  package let name: String
  package let kind = "sandbox"
  package let capabilities: GatewayCapabilities
  package let secrets: [String]
  /// What the bank must be given to know this gateway.
  package let account: SandboxAccount
  private let requests: SandboxRequests
  private let answers: SandboxAnswers
  private let notices: SandboxNotices

  /// - Parameter secret: shared with the bank; at least `SandboxAccount.secretBytesMin` bytes.
  package init(name: String, secret: String) {
    self.name = name
    account = SandboxAccount(name: name, secret: secret)
    secrets = [secret]
    capabilities = Self.capabilities()
    requests = SandboxRequests(account: account)
    answers = SandboxAnswers(account: account)
    notices = SandboxNotices(account: account)
  }

  /// Every request is signed.
  package var login: (any GatewayLogin)? { nil }

  package var bills: (any BillSource)? { nil }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    .exchange(try requests.request(for: question, at: now))
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

  static func absenceProvesClosed(_ payment: PaymentFacts, at now: Timestamp) -> Bool {
    now >= payment.expiresAt.adding(milliseconds: absenceProvesClosedAfterMilliseconds)
  }

  /// The methods by name, with what the buyer gets.
  static let methods: [GatewayCapabilities.Method] = [
    .init(name: "qr", action: .qr, schedule: .qr, isLocal: false),
    .init(name: "redirect", action: .redirect, schedule: .redirect, isLocal: false),
  ]

  private static func capabilities() -> GatewayCapabilities {
    GatewayCapabilities(
      methods: methods, currencies: [], amountMin: amountMin,
      amountMax: Int64(Limits.amountMinor), canQuery: true, canClose: true, canRefund: true,
      canRefundPartly: true, noticeStrength: .signedNotice,
      absenceProvesClosedAfterMilliseconds: absenceProvesClosedAfterMilliseconds,
      closesUnseenPayments: false, zoneOffsetMinutes: 0,
      refundQueryDelayMilliseconds: refundQueryDelayMilliseconds, isReal: false,
      isExperimental: false, canQueryDisputes: true, createIsRepeatable: true)
  }
}
