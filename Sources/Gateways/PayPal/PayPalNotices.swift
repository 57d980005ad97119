import Crypto
import Domain
import JSON

/// Notices that PayPal posts to a webhook.
///
/// Signed by a certificate over `id|time|webhook|CRC-32 of the body`. CRC-32 is no digest: whoever
/// holds one genuine notice can write another body under its signature. So the signature keeps
/// noise out, and what a notice says is never believed: it names a payment, and a query tells.
/// Where no certificate is pinned, PayPal itself is asked whether it sent the notice.
struct PayPalNotices: Sendable {
  static let bodyBytesMax = 196_608
  /// PayPal tries for three days; what is older is not from it.
  static let oldestMilliseconds: Int64 = 4 * 86_400_000
  private static let certificateHosts = [
    "api.paypal.com", "api-m.paypal.com", "api.sandbox.paypal.com", "api-m.sandbox.paypal.com",
  ]
  private static let certificatePath = "/v1/notifications/certs/"

  static let acknowledgement = plain(200, "ok")
  static let refusal = plain(500, "try again")

  let settings: PayPalSettings

  func read(_ raw: RawNotification, at now: Timestamp) -> NotificationReading {
    guard raw.body.count <= Self.bodyBytesMax else {
      return Self.rejected("too_long", "the body is longer than \(Self.bodyBytesMax) bytes")
    }
    if let flaw = signatureFlaw(raw, at: now) { return flaw }
    // try?: it is no JSON, whatever the reason.
    guard let event = (try? JSONReader.read(raw.body, profile: .document))?.objectValue,
      let type = event["event_type"]?.stringValue
    else { return Self.rejected("malformed", "the body is no event of PayPal") }
    guard let payment = PayPalEvents.payment(of: event, type) else {
      return .irrelevant(
        Reason(
          code: "other_type", gatewayCode: String(type.prefix(64)), text: "an event of no concern"),
        Self.acknowledgement)
    }
    let notification = Notification(
      payment: payment, statements: [PayPalEvents.hint(type)], strength: .weakNotice,
      noticeID: event["id"]?.stringValue, acknowledgement: Self.acknowledgement,
      refusal: Self.refusal)
    return settings.webhookCertificates.isEmpty ? .unproven(notification) : .verified(notification)
  }

  private func signatureFlaw(_ raw: RawNotification, at now: Timestamp) -> NotificationReading? {
    guard let webhook = settings.webhookID else {
      return Self.rejected("no_key", "webhook_id is not configured")
    }
    guard let id = raw.header("paypal-transmission-id"), id.utf8.count <= 128,
      let time = raw.header("paypal-transmission-time"),
      let signature = raw.header("paypal-transmission-sig"), signature.utf8.count <= 1024,
      let address = raw.header("paypal-cert-url")
    else { return Self.rejected("wrong_signature", "a signature header is missing or there twice") }
    guard raw.header("paypal-auth-algo").hasSameBytes(as: "SHA256withRSA") else {
      return Self.rejected("wrong_signature", "the algorithm is not SHA256withRSA")
    }
    guard Self.isCertificateAddress(address) else {
      return Self.rejected("wrong_signature", "the certificate is not from a host of PayPal")
    }
    guard let moment = GatewayTime.read(time) else {
      return Self.rejected("wrong_signature", "the transmission time is none")
    }
    let age = now.milliseconds(since: moment)
    guard age <= Self.oldestMilliseconds, age >= -300_000 else {
      return Self.rejected("too_old", "the notice is of another time; replayed, or a clock is off")
    }
    // Nothing to check it with: PayPal will be asked.
    guard !settings.webhookCertificates.isEmpty else { return nil }
    let message = Self.message(id: id, time: time, webhook: webhook, body: raw.body)
    // try?: what is no base64 signs nothing.
    guard let code = try? Base64.decode(signature), isSigned(code, message, at: now) else {
      return Self.rejected(
        "wrong_signature", "the signature is by none of the pinned certificates")
    }
    return nil
  }

  static func message(id: String, time: String, webhook: String, body: [UInt8]) -> [UInt8] {
    Array("\(id)|\(time)|\(webhook)|\(CRC32.checksum(body))".utf8)
  }

  /// `https`, a host of PayPal and its folder of certificates; nothing else may name a certificate.
  static func isCertificateAddress(_ text: String) -> Bool {
    // try?: what is no address is none of PayPal's.
    guard let address = try? GatewayAddress(text), address.scheme == "https",
      address.port == nil || address.port == 443, address.query == nil
    else { return false }
    return certificateHosts.contains(address.host) && address.path.hasPrefix(certificatePath)
      && GatewayText.isName(String(address.path.dropFirst(certificatePath.count)))
  }

  private func isSigned(_ code: [UInt8], _ message: [UInt8], at now: Timestamp) -> Bool {
    settings.webhookCertificates.contains { certificate in
      guard certificate.isValid(atMilliseconds: now.milliseconds),
        // try?: a certificate without an RSA key signs nothing.
        let key = try? certificate.publicKey()
      else { return false }
      return key.isValid(code, for: message, .sha256WithRSA)
    }
  }

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), plain(400, "refused"))
  }

  private static func plain(_ status: Int, _ body: String) -> Acknowledgement {
    Acknowledgement(status: status, headers: [Header("Content-Type", "text/plain")], body: body)
  }
}

/// The checksum of zlib, PNG and Ethernet: polynomial 0xEDB88320, reflected.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    return value
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes { value = value >> 8 ^ table[Int((value ^ UInt32(byte)) & 0xFF)] }
    return ~value
  }
}
