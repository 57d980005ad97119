import Domain
import JSON

/// What PayPal's refusals mean. The word stands in `details[].issue`, seldom in `name`. Source: the
/// OpenAPI files of Orders v2 and Payments v2.
enum PayPalIssues {
  enum Verdict: Hashable, Sendable {
    case absent
    /// The buyer has not finished, or has to choose another way to pay: the order stays open.
    case buyerStillThere
    /// It was done before: read what is there.
    case done
    /// At work, or PayPal itself does not know.
    case trouble
    case configuration
    /// Final. Our word for it.
    case refused(String)
  }

  private static let issues: [(String, Verdict)] = [
    ("ORDER_ALREADY_CAPTURED", .done),
    ("ORDER_NOT_APPROVED", .buyerStillThere),
    ("PAYER_ACTION_REQUIRED", .buyerStillThere),
    ("INSTRUMENT_DECLINED", .buyerStillThere),
    ("REDIRECT_PAYER_FOR_ALTERNATE_FUNDING", .buyerStillThere),
    ("ORDER_COMPLETION_IN_PROGRESS", .trouble),
    ("PREVIOUS_REQUEST_IN_PROGRESS", .trouble),
    ("DUPLICATE_REQUEST_ID", .trouble),
    ("INVALID_RESOURCE_ID", .absent),
    ("ORDER_EXPIRED", .absent),
    ("PERMISSION_DENIED", .configuration),
    ("CONSENT_NEEDED", .configuration),
    ("PAYEE_ACCOUNT_INVALID", .configuration),
    ("PAYEE_ACCOUNT_RESTRICTED", .configuration),
    ("TRANSACTION_REFUSED", .refused("buyer_refused")),
    ("PAYER_CANNOT_PAY", .refused("buyer_refused")),
    ("PAYER_ACCOUNT_RESTRICTED", .refused("buyer_refused")),
    ("PAYER_ACCOUNT_LOCKED_OR_CLOSED", .refused("buyer_refused")),
    ("COMPLIANCE_VIOLATION", .refused("risk_refused")),
    ("TRANSACTION_RECEIVING_LIMIT_EXCEEDED", .refused("merchant_limit")),
    ("MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED", .refused("buyer_limit")),
    ("CAPTURE_FULLY_REFUNDED", .refused("refund_amount")),
    ("REFUND_AMOUNT_EXCEEDED", .refused("refund_amount")),
    ("REFUND_AMOUNT_TOO_LOW", .refused("refund_amount")),
    ("REFUND_TIME_LIMIT_EXCEEDED", .refused("refund_not_allowed")),
    ("REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK", .refused("refund_not_allowed")),
    ("TRANSACTION_DISPUTED", .refused("refund_not_allowed")),
    ("PARTIAL_REFUND_NOT_ALLOWED", .refused("refund_not_allowed")),
    ("MAX_NUMBER_OF_REFUNDS_EXCEEDED", .refused("refund_not_allowed")),
    ("REFUND_NOT_ALLOWED", .refused("refund_not_allowed")),
    ("REFUND_IS_RESTRICTED", .refused("refund_not_allowed")),
    ("REFUND_FAILED_INSUFFICIENT_FUNDS", .refused("balance_low")),
    ("REFUND_CAPTURE_CURRENCY_MISMATCH", .refused("refund_amount")),
    ("DUPLICATE_INVOICE_ID", .refused("refund_number_conflict")),
  ]

  /// The first issue that an answer names, else its name.
  static func issue(_ object: JSONObject) -> String {
    let details = object["details"]?.arrayValue ?? []
    return details.lazy.compactMap { $0["issue"]?.stringValue }.first
      ?? object["name"]?.stringValue ?? ""
  }

  static func verdict(status: Int, _ object: JSONObject) -> Verdict {
    let issue = issue(object)
    if let row = issues.first(where: { issue.hasSameBytes(as: $0.0) }) { return row.1 }
    switch status {
    case 401, 403: return .configuration
    case 404: return .absent
    case 409: return .trouble
    default: return .refused(FaultCode.rejected)
    }
  }

  static func reason(_ object: JSONObject, _ code: String, _ phrase: String) -> Reason {
    let details = object["details"]?.arrayValue ?? []
    let words = GatewayText.unmarked(
      details.first?["description"]?.stringValue ?? object["message"]?.stringValue ?? "",
      scalarsMax: 160, otherwise: "")
    return Reason(
      code: code, gatewayCode: String(issue(object).prefix(64)),
      text: words.isEmpty ? phrase : "\(phrase) (PayPal: \(words))")
  }
}
