import Domain

/// Notices of a site of the 易支付 family.
///
/// Shape: a GET with everything in the query; forks post the same fields. A notice of version 1 is
/// signed with MD5 over a string that can be cut into fields in more than one way: it wakes a query
/// and moves nothing. Retries are not signed anew, so a notice's age says nothing.
struct EpayNotification: Sendable {
  /// The site looks for this word anywhere in the answer, so no refusal may hold it.
  static let acknowledgement = Acknowledgement.plain("success")
  static let refusal = Acknowledgement.plain("fail")
  /// Without them nothing can be said; their absence is told before a signature is looked at.
  private static let required = [
    "pid", "trade_no", "out_trade_no", "type", "money", "trade_status", "sign",
  ]

  let settings: EpaySettings

  func read(_ raw: RawNotification) -> NotificationReading {
    let form: NoticeForm
    do throws(NoticeForm.Flaw) {
      form = try NoticeForm(raw)
    } catch {
      return Self.rejected("malformed", error.phrase)
    }
    if let missing = Self.required.first(where: { form.value($0)?.isEmpty ?? true }) {
      return Self.rejected("malformed", "\(missing) is missing")
    }
    guard EpaySigning(settings: settings).isValid(form) else {
      return Self.rejected("wrong_signature", "the signature is not by the configured key")
    }
    guard form.is("pid", settings.pid) else {
      return Self.rejected("other_merchant", "the notice is for another merchant")
    }
    guard let number = form.text("out_trade_no"), EpayAnswers.isNumber(number),
      let transaction = form.text("trade_no"), EpayAnswers.isNumber(transaction),
      let amount = form.text("money").flatMap({ Money(yuan: $0) }),
      let status = form.text("trade_status")
    else { return Self.rejected("malformed", "a number or the money is malformed") }
    guard status.utf8.elementsEqual("TRADE_SUCCESS".utf8) else {
      return verified(form, number, .unrecognised(status))
    }
    let capture = Capture(
      amount: amount, gatewayTransaction: transaction,
      paidAt: BeijingTime.read(form.text("endtime")))
    return verified(form, number, .paid(capture))
  }

  private func verified(
    _ form: NoticeForm, _ number: String, _ sighting: PaymentSighting
  ) -> NotificationReading {
    let isStrong = settings.version == .two && !form.isAmbiguous && settings.noticeFields == .all
    return .verified(
      Notification(
        outTradeNumber: number, statements: [.payment(sighting)],
        strength: isStrong ? .signedNotice : .weakNotice, noticeID: nil,
        acknowledgement: Self.acknowledgement, refusal: Self.refusal))
  }

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), refusal)
  }
}
