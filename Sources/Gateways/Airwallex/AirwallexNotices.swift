import Crypto
import Domain
import JSON

/// Notices that Airwallex posts to a webhook: HMAC-SHA256 over the timestamp, in milliseconds, and
/// the body's bytes right behind it.
struct AirwallexNotices: Sendable {
  static let bodyBytesMax = 196_608
  static let toleranceMilliseconds: Int64 = 300_000

  static let acknowledgement = plain(200, "ok")
  static let refusal = plain(500, "try again")

  let settings: AirwallexSettings

  func read(_ raw: RawNotification, at now: Timestamp) -> NotificationReading {
    guard raw.body.count <= Self.bodyBytesMax else {
      return Self.rejected("too_long", "the body is longer than \(Self.bodyBytesMax) bytes")
    }
    if let flaw = signatureFlaw(raw, at: now) { return flaw }
    // try?: it is no JSON, whatever the reason.
    guard let event = (try? JSONReader.read(raw.body, profile: .document))?.objectValue,
      let name = event["name"]?.stringValue, let object = event["data"]?["object"]?.objectValue
    else { return Self.rejected("malformed", "the body is no event of Airwallex") }
    guard let family = name.split(separator: ".").first else {
      return Self.rejected("malformed", "the event has no name")
    }
    switch family {
    case "payment_intent": return intent(object, event, at: now)
    case "payment_attempt":
      return about(object["payment_intent_id"], event, [.somethingHappened])
    case "refund":
      guard let statement = AirwallexObjects.refundStatement(object) else { return Self.lacking }
      return about(object["payment_intent_id"], event, [statement])
    case "payment_dispute":
      guard let dispute = AirwallexObjects.dispute(object) else { return Self.lacking }
      return about(object["payment_intent_id"], event, [.dispute(dispute)])
    default:
      return .irrelevant(
        Reason(
          code: "other_type", gatewayCode: String(name.prefix(64)), text: "an event of no concern"),
        Self.acknowledgement)
    }
  }

  /// Other programs may use the same account: an order number that none of ours can be is theirs.
  private func intent(
    _ object: JSONObject, _ event: JSONObject, at now: Timestamp
  ) -> NotificationReading {
    guard let sighting = AirwallexObjects.intent(object, at: now) else { return Self.lacking }
    guard let number = object["merchant_order_id"]?.stringValue,
      GatewayText.isName(number, bytesMax: 32)
    else {
      return .irrelevant(
        Reason(code: "other_payment", text: "a payment of another program"), Self.acknowledgement)
    }
    return verified(.outTradeNumber(number), event, [.payment(sighting)])
  }

  private func about(
    _ intent: JSONValue?, _ event: JSONObject, _ statements: [GatewayStatement]
  ) -> NotificationReading {
    guard let id = AirwallexObjects.id(intent) else { return Self.lacking }
    return verified(.gatewayPayment(id), event, statements)
  }

  private func verified(
    _ payment: PaymentName, _ event: JSONObject, _ statements: [GatewayStatement]
  ) -> NotificationReading {
    .verified(
      Notification(
        payment: payment, statements: statements, strength: .signedNotice,
        noticeID: event["id"]?.stringValue, acknowledgement: Self.acknowledgement,
        refusal: Self.refusal))
  }

  private func signatureFlaw(_ raw: RawNotification, at now: Timestamp) -> NotificationReading? {
    guard !settings.webhookKeys.isEmpty else {
      return Self.rejected("no_key", "webhook_secret_file is not configured")
    }
    guard let time = raw.header("x-timestamp"), (1...16).contains(time.utf8.count),
      time.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let moment = Int64(time),
      // try?: what is no hexadecimal text matches nothing.
      let code = raw.header("x-signature").flatMap({ try? Hex.decode($0) })
    else { return Self.rejected("wrong_signature", "x-timestamp or x-signature is missing") }
    let message = Array(time.utf8) + raw.body
    guard settings.webhookKeys.contains(where: { $0.isValid(code, for: message) }) else {
      return Self.rejected("wrong_signature", "the signature is by none of the configured secrets")
    }
    let gap = now.milliseconds(since: Timestamp(milliseconds: moment))
    guard gap.magnitude < Self.toleranceMilliseconds.magnitude else {
      return Self.rejected(
        "too_old", "the notice was signed \(gap / 1000) s ago; replayed, or a clock is off")
    }
    return nil
  }

  private static let lacking = rejected(
    "malformed", "the event's object lacks what its kind must have")

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), plain(400, "refused"))
  }

  private static func plain(_ status: Int, _ body: String) -> Acknowledgement {
    Acknowledgement(status: status, headers: [Header("Content-Type", "text/plain")], body: body)
  }
}
