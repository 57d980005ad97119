package import Domain

/// The contract between Till and a company that moves money.
///
/// An adapter is pure: it turns a question into the bytes of a request and the bytes of an answer
/// into what they say. It does no I/O, keeps no state, retries nothing and decides nothing about
/// orders. There are no default implementations: a forgotten duty must not compile.
package protocol Gateway: Sendable {
  /// The configured name; two accounts of one kind are two names.
  var name: String { get }
  /// The adapter, as `alipay`.
  var kind: String { get }
  var capabilities: GatewayCapabilities { get }

  /// Makes the request for a question, or answers it without one (a signed page URL needs no call).
  ///
  /// - Throws: `Fault.notSent` when no request can be made: a key is missing, an amount is over the
  ///   gateway's limit. Nothing has happened then.
  func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan

  /// Says what an answer means. Any HTTP status arrives here.
  ///
  /// The adapter checks the signature, and that merchant, number and kind of the answer are those
  /// of the question. Amounts are reported as the gateway gave them; comparing them is the core's.
  /// - Throws: `Fault.outcomeUnknown` for 5xx and torn answers, `Fault.answered` for an answer that
  ///   cannot be trusted or is about something else. The reason codes are those of `FaultCode`.
  ///   `answered` with `FaultCode.limited` says that the gateway turned the call away and did
  ///   nothing; where that is not sure it is `outcomeUnknown`.
  func read(_ answer: GatewayAnswer, to question: Question, at now: Timestamp)
    throws(Fault) -> GatewayReading

  /// Verifies and reads a notification as it arrived at the merchant's web front end.
  func readNotification(_ notification: RawNotification, at now: Timestamp) -> NotificationReading

  /// Values that must never be logged or shown; the shell redacts them from every text.
  var secrets: [String] { get }
}

/// What an adapter is asked to do or to find out.
package enum Question: Hashable, Sendable {
  case create(PaymentFacts)
  case query(PaymentFacts)
  case close(PaymentFacts)
  case refund(PaymentFacts, RefundFacts)
  case refundQuery(PaymentFacts, RefundFacts)
  /// One harmless signed call that shows whether keys, clock and address are right.
  case check

  /// The word in call rows and logs.
  package var operation: String {
    switch self {
    case .create: "create"
    case .query: "query"
    case .close: "close"
    case .refund: "refund"
    case .refundQuery: "refund_query"
    case .check: "check"
    }
  }
}

/// What an adapter may know about a payment.
package struct PaymentFacts: Hashable, Sendable {
  /// Our number at the gateway: `[A-Za-z0-9]`, at most 32, unique for ever.
  package let outTradeNumber: String
  package let amount: Money
  package let subject: String
  /// One of the adapter's methods, as `precreate`.
  package let method: String
  /// Where the browser goes after paying; no proof of anything.
  package let returnURL: String?
  package let clientIP: String?
  package let createdAt: Timestamp
  package let expiresAt: Timestamp
  /// The gateway's own number, once known.
  package let gatewayTransaction: String?

  package init(
    outTradeNumber: String, amount: Money, subject: String, method: String, returnURL: String?,
    clientIP: String?, createdAt: Timestamp, expiresAt: Timestamp, gatewayTransaction: String?
  ) {
    self.outTradeNumber = outTradeNumber
    self.amount = amount
    self.subject = subject
    self.method = method
    self.returnURL = returnURL
    self.clientIP = clientIP
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.gatewayTransaction = gatewayTransaction
  }
}

/// What an adapter may know about a refund.
package struct RefundFacts: Hashable, Sendable {
  /// Our number of the refund, the same for ever.
  package let refundNumber: String
  package let amount: Money
  /// What the payment captured in all.
  package let captured: Money
  package let reason: String?
  package let gatewayRefund: String?
  package let submittedAt: Timestamp

  package init(
    refundNumber: String, amount: Money, captured: Money, reason: String?, gatewayRefund: String?,
    submittedAt: Timestamp
  ) {
    self.refundNumber = refundNumber
    self.amount = amount
    self.captured = captured
    self.reason = reason
    self.gatewayRefund = gatewayRefund
    self.submittedAt = submittedAt
  }
}

package enum GatewayPlan: Sendable {
  case exchange(GatewayRequest)
  /// No call is needed; this is the answer.
  case settled(GatewayReading)
}

/// What an answer means.
package enum GatewayReading: Hashable, Sendable {
  case payment(PaymentSighting)
  case refund(RefundSighting)
  /// A close was taken; a query must still prove it.
  case closeAccepted
  /// The answer to `check`: one sentence, and what is wrong where something is.
  case check(CheckFinding)
}

package struct CheckFinding: Hashable, Sendable {
  /// `ok`, `wrong_key`, `wrong_environment`, `clock_off`, `unknown_merchant`, `unreachable`, …
  package let code: String
  package let text: String
  package let hint: String?

  package init(code: String, text: String, hint: String? = nil) {
    self.code = code
    self.text = text
    self.hint = hint
  }
}

/// Words of `Fault` reasons that the scheduler acts on.
package enum FaultCode {
  package static let unreachable = "gateway_unreachable"
  package static let timeout = "gateway_timeout"
  /// Back off: HTTP 429 or the gateway's own code for it.
  package static let limited = "gateway_rate_limited"
  /// HTTP 5xx or the gateway's "system error".
  package static let broken = "gateway_error"
  /// Unreadable, unsigned, wrongly signed, or about something else.
  package static let badReply = "gateway_bad_reply"
  /// Our own configuration: key, merchant, permission.
  package static let authentication = "gateway_auth"
  /// The answer to a create whose number the gateway has begun before, and whose way to pay it gave
  /// out then and does not give again.
  package static let begunBefore = "payment_begun_before"
  /// A definite refusal of the request.
  package static let rejected = "gateway_rejected"

  /// Whether a fault tells something about the gateway as a whole, rather than about one payment.
  package static func isAboutGateway(_ code: String) -> Bool {
    [unreachable, timeout, limited, broken, badReply, authentication].contains { word in
      word.utf8.elementsEqual(code.utf8)
    }
  }
}
