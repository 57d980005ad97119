import Domain
import JSON

/// Questions → requests of PingPong's checkout. Amounts are decimal texts of the major unit.
struct PingPongRequests: Sendable {
  static let goodsNameBytesMax = 120
  static let remarkBytesMax = 32
  /// A number that no payment has: ours never begin so.
  static let checkNumber = "TILLCHECK"

  let settings: PingPongSettings

  func create(_ payment: PaymentFacts) throws(Fault) -> GatewayRequest {
    guard let back = payment.returnURL ?? settings.returnURL, GatewayText.isWebAddress(back) else {
      throw .unmade("PingPong wants a return_url: name one with the payment or configure one")
    }
    let name = GatewayText.line(
      payment.subject, bytesMax: Self.goodsNameBytesMax, otherwise: payment.outTradeNumber)
    let amount = payment.amount.decimalText
    let goods = JSONObject([
      ("name", .string(name)), ("sku", .string(payment.outTradeNumber)),
      ("unitPrice", .string(amount)), ("number", .string("1")),
    ])
    var content: [(String, JSONValue)] = [
      ("captureDelayHours", .string("0")), ("amount", .string(amount)),
      ("currency", .string(payment.amount.currency.code)),
      ("merchantTransactionId", .string(payment.outTradeNumber)),
      ("payResultUrl", .string(back)), ("payCancelUrl", .string(back)),
      ("notificationUrl", .string(settings.notifyURL)), ("goods", .array([.object(goods)])),
    ]
    if let address = payment.clientIP { content.append(("shopperIP", .string(address))) }
    return post("/v4/payment/prePay", JSONObject(content))
  }

  func query(outTradeNumber: String) -> GatewayRequest {
    post("/v4/payment/query", JSONObject([("merchantTransactionId", .string(outTradeNumber))]))
  }

  func refund(_ payment: PaymentFacts, _ refund: RefundFacts) -> GatewayRequest {
    let remark = GatewayText.line(
      refund.reason ?? "", bytesMax: Self.remarkBytesMax, otherwise: "refund")
    return post(
      "/v4/payment/refund",
      JSONObject([
        ("merchantTransactionId", .string(payment.outTradeNumber)),
        ("merchantRefundId", .string(refund.refundNumber)),
        ("amount", .string(refund.amount.decimalText)),
        ("currency", .string(refund.amount.currency.code)),
        ("notificationUrl", .string(settings.notifyURL)), ("remark", .string(remark)),
      ]))
  }

  func refundQuery(_ payment: PaymentFacts, _ refund: RefundFacts) -> GatewayRequest {
    post(
      "/v4/refund/query",
      JSONObject([
        ("merchantRefundId", .string(refund.refundNumber)),
        ("merchantTransactionId", .string(payment.outTradeNumber)),
      ]))
  }

  private func post(_ path: String, _ content: JSONObject) -> GatewayRequest {
    GatewayRequest(
      method: "POST", url: settings.root + path,
      headers: [Header("Content-Type", "application/json"), Header("Accept", "application/json")],
      body: PingPongEnvelope.request(content, settings: settings),
      answerBytesMax: GatewayAnswer.objectBytesMax)
  }
}
