import Domain
import JSON

/// What Stripe's refusals mean. Source: its page on error codes and the SDK's list of codes.
enum StripeErrors {
  enum Verdict: Hashable, Sendable {
    /// No such object.
    case absent
    /// Try again later; nothing may be assumed.
    case trouble(String)
    /// Our configuration.
    case configuration
    /// The object is in another state: somebody was faster. Read it again.
    case otherState
    /// Final. Our word for it.
    case refused(String)
  }

  private static let words: [(String, Verdict)] = [
    ("resource_missing", .absent),
    ("rate_limit", .trouble(FaultCode.limited)),
    ("lock_timeout", .trouble(FaultCode.limited)),
    ("idempotency_key_in_use", .trouble(FaultCode.broken)),
    ("api_key_expired", .configuration),
    ("secret_key_required", .configuration),
    ("platform_api_key_expired", .configuration),
    ("testmode_charges_only", .configuration),
    ("livemode_mismatch", .configuration),
    ("account_invalid", .configuration),
    ("payment_intent_unexpected_state", .otherState),
    ("charge_already_captured", .otherState),
    ("amount_too_small", .refused("amount_illegal")),
    ("amount_too_large", .refused("amount_illegal")),
    ("charge_already_refunded", .refused("refund_amount")),
    ("charge_disputed", .refused("refund_not_allowed")),
    ("refund_disputed_payment", .refused("refund_not_allowed")),
    ("charge_not_refundable", .refused("refund_not_allowed")),
    ("insufficient_funds", .refused("balance_low")),
    ("balance_insufficient", .refused("balance_low")),
    ("card_declined", .refused("buyer_refused")),
    ("expired_card", .refused("instrument_invalid")),
  ]

  static func verdict(status: Int, code: String, type: String) -> Verdict {
    if let word = words.first(where: { code.hasSameBytes(as: $0.0) }) { return word.1 }
    switch status {
    case 401, 403: return .configuration
    case 404: return .absent
    case 409: return .trouble(FaultCode.broken)
    default: return .refused(FaultCode.rejected)
    }
  }

  /// The error object of an answer with a status from 400 on.
  static func reason(
    _ answer: GatewayAnswer, _ error: JSONObject, _ code: String, _ phrase: String
  ) -> Reason {
    let own = error["code"]?.stringValue ?? error["type"]?.stringValue ?? "\(answer.status)"
    let words = GatewayText.unmarked(
      error["message"]?.stringValue ?? "", scalarsMax: 160, otherwise: "")
    let text = words.isEmpty ? phrase : "\(phrase) (Stripe: \(words))"
    return Reason(code: code, gatewayCode: String(own.prefix(64)), text: text)
  }
}
