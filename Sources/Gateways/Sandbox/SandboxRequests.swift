import Domain
import JSON

/// Questions → signed requests.
///
/// Shape: `POST sandbox://bank/<operation>`, the body an object with `merchant` and the members of
/// the operation. Amounts are `{currency, minor}`, times are milliseconds since 1970 UTC.
struct SandboxRequests: Sendable {
  static let urlPrefix = "sandbox://bank/"
  /// An answer is a few hundred bytes.
  static let answerBytesMax = 65_536

  let account: SandboxAccount

  func request(for question: Question, at now: Timestamp) throws(Fault) -> GatewayRequest {
    var body = JSONWriter()
    body.beginObject()
    body.member("merchant", account.name)
    switch question {
    case .create(let payment): try create(payment, at: now, in: &body)
    case .query(let payment), .close(let payment):
      body.member("out_trade_no", payment.outTradeNumber)
    case .refund(let payment, let refund):
      try refundMembers(payment, refund, in: &body)
      body.member("amount", Self.money(refund.amount))
      body.member("reason", refund.reason)
    case .refundQuery(let payment, let refund):
      try refundMembers(payment, refund, in: &body)
    case .disputeQuery(let payment, let dispute):
      body.member("out_trade_no", payment.outTradeNumber)
      body.member("dispute_id", dispute.gatewayDispute)
    case .catchUp, .notice: throw Self.notSent("the sandbox cannot be asked that")
    case .check: break
    }
    body.endObject()
    let operation = SandboxOperation(question)
    let sealed = account.seal.headers(sealing: body.bytes, as: .request(operation), at: now)
    return GatewayRequest(
      method: "POST", url: Self.urlPrefix + operation.rawValue,
      headers: [
        Header("Content-Type", "application/json"), Header("Accept", "application/json"),
        Header(SandboxSeal.merchantHeader, account.name),
      ] + sealed,
      body: body.bytes, answerBytesMax: Self.answerBytesMax)
  }

  private func create(
    _ payment: PaymentFacts, at now: Timestamp, in body: inout JSONWriter
  ) throws(Fault) {
    let isKnown = SandboxGateway.methods.contains {
      $0.name.utf8.elementsEqual(payment.method.utf8)
    }
    guard isKnown else {
      throw Self.notSent("the sandbox has no method \(payment.method)")
    }
    try Self.requireAmount(payment.amount)
    guard now < payment.expiresAt else { throw Self.notSent("the payment has expired") }
    body.member("out_trade_no", payment.outTradeNumber)
    body.member("amount", Self.money(payment.amount))
    body.member("method", payment.method)
    body.member("subject", payment.subject)
    body.member("expires_at", payment.expiresAt.milliseconds)
    body.member("return_url", payment.returnURL)
  }

  private func refundMembers(
    _ payment: PaymentFacts, _ refund: RefundFacts, in body: inout JSONWriter
  ) throws(Fault) {
    try Self.requireAmount(refund.amount)
    body.member("out_trade_no", payment.outTradeNumber)
    body.member("refund_no", refund.refundNumber)
  }

  private static func requireAmount(_ amount: Money) throws(Fault) {
    guard (SandboxGateway.amountMin...Int64(Limits.amountMinor)).contains(amount.minor) else {
      throw notSent("the sandbox does not take \(amount)")
    }
  }

  private static func money(_ amount: Money) -> JSONObject {
    JSONObject([
      ("currency", .string(amount.currency.code)), ("minor", .integer(amount.minor)),
    ])
  }

  private static func notSent(_ text: String) -> Fault {
    .notSent(Reason(code: FaultCode.rejected, text: text))
  }
}

extension SandboxOperation {
  /// The operation that answers a question.
  init(_ question: Question) {
    switch question {
    case .create: self = .create
    case .query: self = .query
    case .close: self = .close
    case .refund: self = .refund
    case .refundQuery: self = .refundQuery
    case .check: self = .check
    case .disputeQuery: self = .disputeQuery
    case .catchUp, .notice: preconditionFailure("the sandbox is never asked that")
    }
  }
}
