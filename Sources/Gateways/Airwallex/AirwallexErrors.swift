import Domain
import JSON

/// What Airwallex's refusals mean. Source: the descriptions in its Swagger file.
enum AirwallexErrors {
  enum Verdict: Hashable, Sendable {
    case absent
    /// The request id was used before, or the object is in another state: read it.
    case done
    case trouble(String)
    case configuration
    /// Final. Our word for it.
    case refused(String)
  }

  private static let codes: [(String, Verdict)] = [
    ("resource_not_found", .absent),
    ("duplicate_request", .done),
    ("resource_already_exists", .done),
    ("invalid_status_for_operation", .done),
    ("too_many_requests", .trouble(FaultCode.limited)),
    ("frequency_above_limit", .trouble(FaultCode.limited)),
    ("provider_unavailable", .trouble(FaultCode.broken)),
    ("unauthorized", .configuration),
    ("credentials_invalid", .configuration),
    ("credentials_expired", .configuration),
    ("suspended_from_online_payments", .configuration),
    ("configuration_error", .configuration),
    ("payment_method_not_allowed", .configuration),
    ("not_found", .configuration),
    ("currency_not_supported", .refused("currency_not_supported")),
    ("amount_above_limit", .refused("refund_amount")),
    ("operation_not_supported", .refused("refund_not_allowed")),
    ("provider_declined", .refused("buyer_refused")),
    ("issuer_declined", .refused("buyer_refused")),
    ("authentication_declined", .refused("buyer_refused")),
    ("risk_declined", .refused("risk_refused")),
  ]

  static func verdict(status: Int, code: String) -> Verdict {
    if let row = codes.first(where: { code.hasSameBytes(as: $0.0) }) { return row.1 }
    switch status {
    case 401, 403: return .configuration
    case 404: return .absent
    case 409: return .done
    default: return .refused(FaultCode.rejected)
    }
  }

  static func reason(_ object: JSONObject, _ code: String, _ phrase: String) -> Reason {
    let words = GatewayText.unmarked(
      object["message"]?.stringValue ?? "", scalarsMax: 160, otherwise: "")
    return Reason(
      code: code, gatewayCode: String((object["code"]?.stringValue ?? "").prefix(64)),
      text: words.isEmpty ? phrase : "\(phrase) (Airwallex: \(words))")
  }
}
