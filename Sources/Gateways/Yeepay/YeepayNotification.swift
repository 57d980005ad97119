import Crypto
import Domain
import JSON

/// Notices of the open platform, RSA form.
///
/// Shape: a form with `customerIdentification` (the application) and `response`, four parts joined
/// by `$`: a key encrypted to us, data under that key, `AES`, `SHA256`. The data is a JSON text,
/// `$` and the platform's signature over the text. Encryption proves nothing: anybody may encrypt
/// to us.
struct YeepayNotification: Sendable {
  static let acknowledgement = Acknowledgement.plain("SUCCESS")
  static let refusal = Acknowledgement(
    status: 400, headers: [Header("Content-Type", "text/plain; charset=utf-8")], body: "FAIL")

  let settings: YeepaySettings

  func read(_ raw: RawNotification) -> NotificationReading {
    let form: NoticeForm
    do throws(NoticeForm.Flaw) {
      form = try NoticeForm(raw)
    } catch {
      return Self.rejected("malformed", error.phrase)
    }
    if form.value("customerIdentification") != nil,
      !form.is("customerIdentification", settings.applicationKey)
    {
      return Self.rejected("other_merchant", "the notice is for another application")
    }
    guard let response = form.text("response"), let text = plain(response) else {
      // One word for every flaw: the difference would tell a sender about our key.
      return Self.rejected("wrong_signature", "the notice cannot be opened, or not by Yeepay's key")
    }
    guard let node = Self.object(text) else {
      return Self.rejected("malformed", "the notice holds no JSON object")
    }
    return read(node)
  }

  /// A notice that Yeepay signed.
  private func read(_ node: JSONObject) -> NotificationReading {
    let merchant = node.scalar("merchantNo")
    if let merchant, !merchant.hasSameBytes(as: settings.merchantNumber) {
      return Self.rejected("other_merchant", "the notice is for another merchant")
    }
    guard let number = node.scalar("orderId"), YeepayAnswers.isNumber(number) else {
      return Self.rejected("malformed", "orderId is missing or none of ours")
    }
    // Without the merchant's number another merchant's notice about the same number would do.
    let strength: EvidenceStrength = merchant == nil ? .weakNotice : .signedNotice
    if let refund = node.scalar("refundRequestId") {
      let reason = Reason(code: "refund_notice", text: "Yeepay says something about a refund")
      return verified(number, .refund(number: refund, .processing(reason)), .weakNotice)
    }
    do throws(Fault) {
      return verified(number, .payment(try YeepayAnswers.sighting(node)), strength)
    } catch {
      return Self.rejected("malformed", error.reason.text)
    }
  }

  private func verified(
    _ number: String, _ statement: Notification.Statement, _ strength: EvidenceStrength
  ) -> NotificationReading {
    .verified(
      Notification(
        outTradeNumber: number, statements: [statement], strength: strength, noticeID: nil,
        acknowledgement: Self.acknowledgement, refusal: Self.refusal))
  }

  /// The signed text of a response; nil for every flaw.
  private func plain(_ response: String) -> [UInt8]? {
    let parts = response.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, parts[2] == "AES", parts[3] == "SHA256",
      let key = YeepaySigning.bytes(of: parts[0]), let data = YeepaySigning.bytes(of: parts[1])
    else { return nil }
    // try?: why it did not open is told to nobody.
    guard
      let inner = try? DigitalEnvelope.open(data, keySealed: key, with: settings.privateKey),
      let split = inner.lastIndex(of: 0x24),
      let sign = String(validating: inner[(split + 1)...], as: UTF8.self),
      let signature = YeepaySigning.bytes(of: sign)
    else { return nil }
    let text = Array(inner[..<split])
    return settings.gatewayKey.isValid(signature, for: text, .sha256WithRSA) ? text : nil
  }

  private static func object(_ text: [UInt8]) -> JSONObject? {
    // try?: a text that is no JSON is no notice.
    (try? JSONReader.read(text, profile: .document))?.objectValue
  }

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), refusal)
  }
}
