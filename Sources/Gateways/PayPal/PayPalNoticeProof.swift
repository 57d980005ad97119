import Domain
import JSON

/// Asks PayPal whether it sent a notice, by `POST /v1/notifications/verify-webhook-signature`.
struct PayPalNoticeProof: Sendable {
  private static let headers = [
    ("auth_algo", "paypal-auth-algo"), ("cert_url", "paypal-cert-url"),
    ("transmission_id", "paypal-transmission-id"),
    ("transmission_sig", "paypal-transmission-sig"),
    ("transmission_time", "paypal-transmission-time"),
  ]

  let settings: PayPalSettings

  /// The notice goes back byte by byte: PayPal compares a checksum of them, and a body that was
  /// read and written again has another one.
  func request(_ notification: RawNotification) throws(Fault) -> GatewayRequest {
    guard let webhook = settings.webhookID else { throw .unmade("webhook_id is not configured") }
    var members: [(String, JSONValue)] = [("webhook_id", .string(webhook))]
    for (member, name) in Self.headers {
      guard let value = notification.header(name) else {
        throw .unmade("the notice has no header \(name)")
      }
      members.append((member, .string(value)))
    }
    var body = Array(JSONValue.object(JSONObject(members)).bytes().dropLast())
    body += Array(#","webhook_event":"#.utf8) + notification.body + Array("}".utf8)
    return GatewayRequest(
      method: "POST", url: settings.baseURL + "/v1/notifications/verify-webhook-signature",
      headers: [Header("Accept", "application/json"), Header("Content-Type", "application/json")],
      body: body, answerBytesMax: 65_536, needsToken: true)
  }

  static func read(
    _ object: JSONObject, _ answer: GatewayAnswer
  ) throws(Fault) -> NoticeProof {
    switch answer.status {
    case 200: break
    // What it cannot even read was not signed by it.
    case 400, 422:
      return .forged(
        PayPalIssues.reason(object, "wrong_signature", "PayPal refuses the notice's signature"))
    case 401, 403, 404:
      throw .answered(
        PayPalIssues.reason(
          object, FaultCode.authentication, "PayPal does not verify notices for this application"))
    default: throw .badReply("PayPal", "it has the HTTP status \(answer.status)")
    }
    switch object["verification_status"]?.stringValue {
    case "SUCCESS"?: return .genuine
    case "FAILURE"?:
      return .forged(
        Reason(
          code: "wrong_signature", gatewayCode: "FAILURE", text: "PayPal says it is not its own"))
    default: throw .badReply("PayPal", "it does not say whether the notice is its own")
    }
  }
}
