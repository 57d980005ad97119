import Domain
import JSON

/// Notices that Alipay posts to `notify_url`.
///
/// Shape: a form, decoded once; every field counts for the signature, known or not. A notice can
/// come again for a day, late and out of order, so its time proves nothing and none is "seen".
struct AlipayNotification: Sendable {
  /// To the byte: anything else makes Alipay send the notice again.
  static let acknowledgement = Acknowledgement.plain("success")
  static let refusal = Acknowledgement.plain("fail")

  /// Comes by the message service to the application's gateway, signed like a notice.
  static let complaintMethod = "alipay.merchant.tradecomplain.changed"

  let settings: AlipaySettings

  func read(_ raw: RawNotification) -> NotificationReading {
    guard raw.httpMethod.uppercased().hasSameBytes(as: "POST") else {
      return Self.rejected("not_a_notice", "a notice is posted; a buyer's return proves nothing")
    }
    let form: NoticeForm
    do throws(NoticeForm.Flaw) {
      form = try NoticeForm(raw)
    } catch {
      return Self.rejected(error == .tooLong ? "too_long" : "malformed", error.phrase)
    }
    guard form.is("sign_type", "RSA2") else {
      return Self.rejected("wrong_signature", "sign_type is not RSA2")
    }
    guard let signature = form.value("sign"),
      settings.keys.gatewayKeys.contains(where: {
        AlipaySigning.isValid(signature, ofFields: form.fields, key: $0)
      })
    else {
      return Self.rejected(
        "wrong_signature", "the signature is not by the configured key of Alipay")
    }
    return read(form)
  }

  /// A form whose signature is right.
  private func read(_ form: NoticeForm) -> NotificationReading {
    guard form.is("app_id", settings.applicationID) else {
      return Self.rejected("other_merchant", "the notice is for another application")
    }
    // A message of the platform names the application and no merchant.
    if let method = form.text("msg_method") {
      guard settings.readsComplaints, form.is("msg_method", Self.complaintMethod) else {
        return .irrelevant(
          Reason(code: "other_type", text: "a message \(method.prefix(64))"), Self.acknowledgement)
      }
      return Self.complaint(form)
    }
    if let seller = settings.sellerID, !form.is("seller_id", seller) {
      return Self.rejected("other_merchant", "the notice is for another merchant")
    }
    guard form.is("notify_type", "trade_status_sync") else {
      let type = form.text("notify_type") ?? "none"
      return .irrelevant(
        Reason(code: "other_type", text: "a notice of type \(type.prefix(64))"),
        Self.acknowledgement)
    }
    guard let number = form.text("out_trade_no"), AlipayAnswers.isNumber(number) else {
      return Self.rejected("malformed", "out_trade_no is missing or none of ours")
    }
    guard let status = form.text("trade_status") else {
      return Self.rejected("malformed", "trade_status is missing")
    }
    if form.isAboutRefund {
      return verified(form, number, Self.refundStatements(form), .weakNotice)
    }
    guard let sighting = Self.sighting(form, status) else {
      return Self.rejected("malformed", "the amount or trade_no is missing or malformed")
    }
    return verified(form, number, [.payment(sighting)], .signedNotice)
  }

  /// Names the complaint, and neither trade nor merchant.
  private static func complaint(_ form: NoticeForm) -> NotificationReading {
    // try?: a content that is no JSON names nothing.
    let content = form.text("biz_content").flatMap {
      (try? JSONReader.read(Array($0.utf8), profile: .document))?.objectValue
    }
    guard let number = content?["complain_event_id"]?.stringValue, AlipayAnswers.isNumber(number)
    else { return rejected("malformed", "the notice has no usable complain_event_id") }
    return .dispute(DisputeHint(gatewayDispute: number, acknowledgement: acknowledgement))
  }

  private func verified(
    _ form: NoticeForm, _ number: String, _ statements: [Notification.Statement],
    _ strength: EvidenceStrength
  ) -> NotificationReading {
    .verified(
      Notification(
        outTradeNumber: number, statements: statements,
        strength: form.isAmbiguous ? .weakNotice : strength, noticeID: form.text("notify_id"),
        acknowledgement: Self.acknowledgement, refusal: Self.refusal))
  }

  private static func sighting(_ form: NoticeForm, _ status: String) -> PaymentSighting? {
    switch status {
    case "WAIT_BUYER_PAY": return .unpaid(action: nil)
    case "TRADE_SUCCESS", "TRADE_FINISHED":
      let currency = form.text("trans_currency")
      guard
        let amount = form.text("total_amount").flatMap({
          AlipayAmount.read($0, currency: currency)
        }),
        amount.minor > 0, let number = form.text("trade_no"), AlipayAnswers.isNumber(number)
      else { return nil }
      return .paid(
        Capture(
          amount: amount, gatewayTransaction: number,
          paidAt: BeijingTime.read(form.text("gmt_payment"))))
    case "TRADE_CLOSED":
      // Paid and closed without a word of a refund: let a query say what happened.
      return form.text("gmt_payment") == nil ? .closed(nil) : .unrecognised(status)
    default: return .unrecognised(status)
    }
  }

  /// What a notice about a refund says. Its status repeats the trade's (`TRADE_SUCCESS` after a
  /// partial refund), so it is never read as a payment; its `refund_fee` is the sum of all refunds,
  /// so it does not say how much this one was. It wakes a refund query; without a number it wakes a
  /// query of the trade.
  private static func refundStatements(_ form: NoticeForm) -> [Notification.Statement] {
    guard let number = form.text("out_biz_no"), number.utf8.count <= AlipayAnswers.numberBytesMax
    else { return [.somethingHappened] }
    let reason = Reason(code: "refund_notice", text: "Alipay says that a refund was made")
    return [.refund(number: number, .processing(reason))]
  }

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), refusal)
  }
}

extension NoticeForm {
  /// A refund of nothing is none.
  fileprivate var isAboutRefund: Bool {
    if text("gmt_refund") != nil || text("out_biz_no") != nil { return true }
    guard let fee = text("refund_fee") else { return false }
    return AlipayAmount.read(fee)?.minor != 0
  }
}
