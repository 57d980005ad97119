package import Domain

/// A bank transfer (对公转账): the buyer moves money to an account and names a reference.
///
/// There is nobody to call. That money came is told by a row of the bank's statement which names
/// the reference, or found by finance and confirmed by a second person (`payment.resolve`). The
/// reference is a number of our own, so to close a payment is to withdraw it; money that names it
/// later is a late success.
package struct TransferGateway: Gateway {
  static let amountMin: Int64 = 1
  static let amountMax: Int64 = 99_999_999_999

  package let name: String
  package let kind = "transfer"
  package let capabilities: GatewayCapabilities
  private let settings: TransferSettings

  package init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let own = try TransferSettings(settings)
    name = settings.name
    self.settings = own
    capabilities = GatewayCapabilities(
      methods: [.init(name: "transfer", action: .transfer, schedule: .redirect, isLocal: true)],
      currencies: [own.currency.code], amountMin: Self.amountMin, amountMax: Self.amountMax,
      canQuery: true, canClose: false, canRefund: false, canRefundPartly: false,
      noticeStrength: .weakNotice, absenceProvesClosedAfterMilliseconds: nil,
      closesUnseenPayments: false, zoneOffsetMinutes: BeijingTime.offsetMinutes,
      refundQueryDelayMilliseconds: 0, isReal: true, isExperimental: false,
      isPaidByBankRows: true)
  }

  package var login: (any GatewayLogin)? { nil }
  package var bills: (any BillSource)? { nil }
  /// An account's number is given to every buyer.
  package var secrets: [String] { [] }

  package func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    switch question {
    case .create(let payment):
      guard payment.amount.currency == settings.currency else {
        throw .unmade(
          "the account takes \(settings.currency.code), not \(payment.amount.currency.code)")
      }
      let action = PaymentAction(
        kind: .transfer, value: text(payment), expiresAt: payment.expiresAt)
      return .settled(.payment(.unpaid(action: action)))
    case .query(let payment):
      guard payment.isWanted else { return .settled(.payment(.closed(Self.withdrawn))) }
      return .settled(.payment(.unpaid(action: nil)))
    case .check:
      return .settled(.check(CheckFinding(code: "ok", text: "an account needs no connection")))
    case .close, .refund, .refundQuery, .disputeQuery, .catchUp, .notice:
      throw .unmade("a bank account is asked nothing")
    }
  }

  package func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    throw .badReply("the account", "nobody was asked")
  }

  package func readNotification(
    _ notification: RawNotification, at now: Timestamp
  ) -> NotificationReading {
    .rejected(
      Reason(code: "not_a_notice", text: "a bank account sends no notices"), .plain("fail"))
  }

  private func text(_ payment: PaymentFacts) -> String {
    var lines = [
      "户名 Account name: \(settings.accountName)",
      "账号 Account number: \(settings.accountNumber)",
      "开户行 Bank: \(settings.bankName)",
    ]
    if let code = settings.bankCode { lines.append("行号 Bank code: \(code)") }
    lines.append(
      "金额 Amount: \(payment.amount.currency.code) \(payment.amount.decimalText)")
    lines.append("附言 Reference: \(payment.outTradeNumber)")
    return lines.joined(separator: "\n")
  }

  private static let withdrawn = Reason(
    code: "reference_withdrawn", text: "the reference was withdrawn before any money was found")
}
