import Domain
import JSON

/// Notices of the v免签 class.
///
/// Shape: a GET, sent once, with `payId`, `param`, `type`, `price`, `reallyPrice` and an MD5 over
/// their texts and the key, one behind the other without separators. Weak in every way: what it
/// tells of is a phone's screen. It carries no number of the site's.
struct VmqNotification: Sendable {
  /// The site looks for this word; anything else makes it call the order "paid, not told".
  static let acknowledgement = Acknowledgement.plain("success")
  static let refusal = Acknowledgement.plain("fail")

  let settings: VmqSettings

  func read(_ raw: RawNotification) -> NotificationReading {
    let form: NoticeForm
    do throws(NoticeForm.Flaw) {
      form = try NoticeForm(raw)
    } catch {
      return Self.rejected("malformed", error.phrase)
    }
    guard let number = form.text("payId"), let type = form.text("type"),
      let price = form.text("price"), let really = form.text("reallyPrice"),
      let sign = form.value("sign")
    else { return Self.rejected("malformed", "a field is missing") }
    let mark = form.text("param") ?? ""
    let text = number + mark + type + price + really + settings.key
    guard KeyedDigest.isValid(sign, of: Array(text.utf8)) else {
      return Self.rejected("wrong_signature", "the signature is not by the configured key")
    }
    // Each part has a shape of its own, so that no other cut of the signed text passes.
    guard mark.hasSameBytes(as: VmqRequests.mark), GatewayText.isWord(number, bytesMax: 32),
      VmqSettings.digits.contains(where: { $0.digit.hasSameBytes(as: type) })
    else { return Self.rejected("malformed", "the notice is for no order of Till's") }
    guard let asked = Money(yuan: price), let came = Money(yuan: really) else {
      return Self.rejected("malformed", "a price is malformed")
    }
    // A site moves the sum by cents: further off is another cut of the same signed text.
    let gap = came.minor.subtractingReportingOverflow(asked.minor)
    guard !gap.overflow, gap.partialValue.magnitude <= UInt64(VmqSettings.slackMax) else {
      return Self.rejected("malformed", "the exact sum is not near the price")
    }
    let capture = Capture(
      amount: VmqAnswers.counted((asked, came), slack: settings.slack),
      gatewayTransaction: number, paidAt: nil)
    return .verified(
      Notification(
        outTradeNumber: number, statements: [.payment(.paid(capture))], strength: .weakNotice,
        noticeID: nil, acknowledgement: Self.acknowledgement, refusal: Self.refusal))
  }

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), refusal)
  }
}
