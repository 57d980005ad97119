import Domain

/// Notices of 99Bill: a GET with the fields of the payment, RSA-signed. No document binds their
/// form, so a notice wakes a question.
struct Bill99Notification: Sendable {
  let settings: Bill99Settings

  func read(_ raw: RawNotification) -> NotificationReading {
    let form: NoticeForm
    do throws(NoticeForm.Flaw) {
      form = try NoticeForm(raw)
    } catch {
      return rejected("malformed", error.phrase)
    }
    guard Bill99Signing(settings: settings).isValid(form) else {
      return rejected("wrong_signature", "the notice is not signed with 99Bill's key")
    }
    guard form.is("merchantAcctId", settings.account) else {
      return rejected("other_merchant", "the notice is for another merchant")
    }
    guard let number = form.text("orderId"), GatewayText.isName(number, bytesMax: 64) else {
      return rejected("malformed", "orderId is missing or none of ours")
    }
    return .verified(
      Notification(
        outTradeNumber: number, statements: [.somethingHappened], strength: .weakNotice,
        noticeID: nil, acknowledgement: acknowledgement("1"), refusal: acknowledgement("0")))
  }

  /// - Parameter result: `1` for a notice that was taken.
  private func acknowledgement(_ result: String) -> Acknowledgement {
    .plain("<result>\(result)</result><redirecturl>\(settings.redirectURL)</redirecturl>")
  }

  private func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), acknowledgement("0"))
  }
}
