import Domain
import JSON

/// Notices of 易企通: header, body and signature as in a request, posted by Easypay. The signature
/// holds the body by an MD5 alone and no document binds its form, so a notice wakes a question.
struct EasypayNotification: Sendable {
  static let acknowledgement = json(#"{"code":"000000","msg":"Success"}"#)
  static let refusal = json(#"{"code":"100001","msg":"Fail"}"#)

  let settings: EasypaySettings

  func read(_ raw: RawNotification) -> NotificationReading {
    // try?: a body that is no JSON object is no notice.
    guard raw.body.count <= NoticeForm.bytesMax,
      let outer = (try? JSONReader.read(raw.body, profile: .document))?.objectValue,
      let header = outer["reqHeader"]?.objectValue, let body = outer["reqBody"]?.objectValue
    else { return Self.rejected("malformed", "the notice has another form") }
    guard
      EasypayEnvelope.isSigned(
        header, body, sign: outer.scalar("reqSign"), key: settings.gatewayKey)
    else {
      return Self.rejected("wrong_signature", "the notice is not signed with Easypay's key")
    }
    guard let order = body["respOrderInfo"]?.objectValue, let number = order.scalar("orgTrace"),
      GatewayText.isName(number, bytesMax: 64)
    else { return Self.rejected("malformed", "orgTrace is missing or none of ours") }
    if let merchant = order.scalar("mchtCode"), !merchant.hasSameBytes(as: settings.merchantCode) {
      return Self.rejected("other_merchant", "the notice is for another merchant")
    }
    // A notice of a refund names the payment as the original order.
    let payment = order.scalar("oriOrgTrace") ?? number
    guard GatewayText.isName(payment, bytesMax: 64) else {
      return Self.rejected("malformed", "oriOrgTrace is none of ours")
    }
    return .verified(
      Notification(
        outTradeNumber: payment, statements: [.somethingHappened], strength: .weakNotice,
        noticeID: nil, acknowledgement: Self.acknowledgement, refusal: Self.refusal))
  }

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), refusal)
  }

  private static func json(_ body: String) -> Acknowledgement {
    Acknowledgement(status: 200, headers: [Header("Content-Type", "application/json")], body: body)
  }
}
