import Crypto
import Domain
import JSON

/// Notices that Stripe posts to a webhook.
///
/// Signed: `t` and the body's bytes under the webhook's secret. Stripe signs anew with a new time
/// whenever it sends again, so an old time is a replay by somebody else.
struct StripeNotices: Sendable {
  static let bodyBytesMax = 196_608
  static let toleranceMilliseconds: Int64 = 300_000

  /// What the list of events is asked for; at most twenty types fit in one question.
  static let catchUpTypes = [
    "checkout.session.completed", "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed", "checkout.session.expired",
    "payment_intent.succeeded", "payment_intent.canceled", "payment_intent.processing",
    "charge.refunded", "refund.created", "refund.updated", "refund.failed",
    "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
    "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
  ]

  static let acknowledgement = plain(200, "ok")
  static let refusal = plain(500, "try again")

  let settings: StripeSettings

  func read(_ raw: RawNotification, at now: Timestamp) -> NotificationReading {
    guard raw.body.count <= Self.bodyBytesMax else {
      return Self.rejected("too_long", "the body is longer than \(Self.bodyBytesMax) bytes")
    }
    if let flaw = signatureFlaw(raw, at: now) { return flaw }
    // try?: it is no JSON, whatever the reason.
    guard let event = (try? JSONReader.read(raw.body, profile: .document))?.objectValue,
      let id = StripeObjects.id(event["id"]), let type = event["type"]?.stringValue
    else { return Self.rejected("malformed", "the body is no event of Stripe") }
    let objects = StripeObjects(settings: settings)
    guard objects.isOurMode(event) else {
      return Self.rejected("other_environment", "the event is of the other mode, live or test")
    }
    switch StripeEvents.item(event, type) {
    case .item(let item):
      return .verified(
        Notification(
          payment: item.payment, statements: item.statements, strength: .signedNotice,
          noticeID: id, acknowledgement: Self.acknowledgement, refusal: Self.refusal))
    case .passed(let why):
      return .irrelevant(
        Reason(code: why, gatewayCode: String(type.prefix(64)), text: "an event of no concern"),
        Self.acknowledgement)
    case .malformed:
      return Self.rejected("malformed", "the event's object lacks what its kind must have")
    }
  }

  /// What is wrong with the signature; nil where one of the configured secrets made it.
  private func signatureFlaw(_ raw: RawNotification, at now: Timestamp) -> NotificationReading? {
    guard !settings.webhookKeys.isEmpty else {
      return Self.rejected("no_key", "webhook_secret_file is not configured")
    }
    guard let header = raw.header("stripe-signature"), header.utf8.count <= 2048 else {
      return Self.rejected("wrong_signature", "Stripe-Signature is missing or there twice")
    }
    var times: [String] = []
    var codes: [[UInt8]] = []
    for part in header.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      let value = String(pair[1].drop { $0 == " " })
      switch pair[0].drop(while: { $0 == " " }) {
      case "t": times.append(value)
      // try?: what is no hexadecimal text matches nothing.
      case "v1": if let code = try? Hex.decode(value) { codes.append(code) }
      default: continue
      }
    }
    guard times.count == 1, times[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let seconds = Int64(times[0]), seconds <= 253_402_300_799, !codes.isEmpty, codes.count <= 16
    else { return Self.rejected("wrong_signature", "Stripe-Signature has no time or no v1") }
    let message = Array(times[0].utf8) + [UInt8(ascii: ".")] + raw.body
    let isSigned = settings.webhookKeys.contains { key in
      codes.contains { key.isValid($0, for: message) }
    }
    guard isSigned else {
      return Self.rejected("wrong_signature", "the signature is by none of the configured secrets")
    }
    let gap = now.milliseconds(since: Timestamp(milliseconds: seconds * 1000))
    guard gap.magnitude <= Self.toleranceMilliseconds.magnitude else {
      return Self.rejected(
        "too_old", "the notice was signed \(gap / 1000) s ago; replayed, or a clock is off")
    }
    return nil
  }

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), plain(400, "refused"))
  }

  private static func plain(_ status: Int, _ body: String) -> Acknowledgement {
    Acknowledgement(status: status, headers: [Header("Content-Type", "text/plain")], body: body)
  }
}
