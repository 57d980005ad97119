import Domain

/// What WeChat's objects say about a payment and a refund; answers and notices share them.
enum WeChatStatements {
  /// Why an object is of no use.
  struct Flaw: Error, Hashable {
    let phrase: String

    init(_ phrase: String) { self.phrase = phrase }
  }

  /// The object must be about our merchant and application.
  static func requireOurs(_ record: WeChatRecord, _ settings: WeChatSettings) throws(Flaw) {
    guard record.isSame("mchid", settings.merchantID) else {
      throw Flaw("is about another merchant")
    }
    guard record.isSame("appid", settings.applicationID) else {
      throw Flaw("is about another application")
    }
  }

  /// A transaction. `REFUND` says that some of the money went back, so it was paid; how much, the
  /// refunds tell.
  static func payment(_ record: WeChatRecord) throws(Flaw) -> PaymentSighting {
    guard let state = record.text("trade_state") else { throw Flaw("has no trade_state") }
    switch state {
    case "SUCCESS", "REFUND": return .paid(try capture(record))
    case "NOTPAY": return .unpaid(action: nil)
    case "USERPAYING", "ACCEPT":
      let text = "the buyer or the bank is still at it"
      return .processing(Reason(code: "buyer_paying", gatewayCode: state, text: text))
    case "CLOSED": return .closed(nil)
    default: return .unrecognised(state)
    }
  }

  /// `amount.total` is what the order took; the buyer may have paid less of it with coupons.
  private static func capture(_ record: WeChatRecord) throws(Flaw) -> Capture {
    guard let amount = record.record("amount")?.money("total") else {
      throw Flaw("has no usable amount")
    }
    guard let number = record.number("transaction_id") else {
      throw Flaw("has no usable transaction_id")
    }
    return Capture(
      amount: amount, gatewayTransaction: number,
      paidAt: GatewayTime.read(record.text("success_time")))
  }

  /// A refund: `status` in answers, `refund_status` in notices.
  static func refund(_ record: WeChatRecord, status name: String) throws(Flaw) -> RefundSighting {
    guard let status = record.text(name) else { throw Flaw("has no \(name)") }
    switch status {
    case "SUCCESS":
      guard let amount = record.record("amount")?.money("refund") else {
        throw Flaw("has no usable amount")
      }
      return .succeeded(
        amount: amount, gatewayRefund: record.number("refund_id"),
        at: GatewayTime.read(record.text("success_time")))
    case "PROCESSING": return .processing(nil)
    case "CLOSED":
      let text = "WeChat closed the refund; nothing was given back"
      return .failed(Reason(code: "refund_closed", gatewayCode: status, text: text))
    case "ABNORMAL":
      let text =
        "the buyer's card or account takes no money; settle this refund in WeChat's console"
      return .stalled(Reason(code: "refund_abnormal", gatewayCode: status, text: text))
    default: return .unrecognised(status)
    }
  }
}
