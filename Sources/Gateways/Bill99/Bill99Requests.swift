import Crypto
import Domain
import JSON

/// Questions → pages and requests of 99Bill. Amounts are fen, times are Beijing's.
struct Bill99Requests: Sendable {
  static let productNameBytesMax = 120
  /// A number that no payment has: ours never begin so.
  static let checkNumber = "TILLCHECK"

  let settings: Bill99Settings

  /// The form with which the buyer's browser arrives. 99Bill hears of the payment then.
  func page(_ payment: PaymentFacts) throws(Fault) -> String {
    guard payment.amount.currency.code.hasSameBytes(as: "CNY") else {
      throw .unmade("99Bill takes CNY, not \(payment.amount.currency.code)")
    }
    if let back = payment.returnURL, !GatewayText.isWebAddress(back) || back.utf8.contains(0x26) {
      throw .unmade("the return address must be an http or https address without &")
    }
    let name = GatewayText.line(
      payment.subject, bytesMax: Self.productNameBytesMax, otherwise: payment.outTradeNumber)
    let pairs: SortedParameters.Pairs = [
      ("inputCharset", "1"), ("pageUrl", payment.returnURL ?? ""), ("bgUrl", settings.notifyURL),
      ("version", "v2.0"), ("language", "1"), ("signType", "4"),
      ("merchantAcctId", settings.account), ("orderId", payment.outTradeNumber),
      ("orderAmount", String(payment.amount.minor)),
      ("orderTime", BeijingTime.digits(payment.createdAt)), ("productName", name),
      ("productNum", "1"), ("payType", "00"),
    ].filter { !$0.1.isEmpty }
    do throws(CryptoError) {
      let sign = try Bill99Signing(settings: settings).page(pairs)
      return HTMLForm.text(
        to: "\(settings.root)/gateway/recvMerchantInfoAction.htm", pairs + [("signMsg", sign)])
    } catch {
      throw .unmade("the page could not be signed: \(error.description)")
    }
  }

  func query(outTradeNumber: String) -> GatewayRequest {
    let pairs: SortedParameters.Pairs = [
      ("inputCharset", "1"), ("version", "v2.0"), ("signType", "1"),
      ("merchantAcctId", settings.account), ("queryType", "0"), ("queryMode", "1"),
      ("startTime", ""), ("endTime", ""), ("requestPage", "1"), ("orderId", outTradeNumber),
    ]
    let signed = pairs + [("signMsg", Bill99Signing(settings: settings).query(pairs))]
    let body = JSONObject(signed.map { ($0.name, JSONValue.string($0.value)) })
    return GatewayRequest(
      method: "POST", url: "\(settings.root)/gatewayapi/gatewayOrderQuery.do",
      headers: [
        Header("Content-Type", "application/json; charset=utf-8"),
        Header("Accept", "application/json"),
      ],
      body: JSONValue.object(body).bytes(), answerBytesMax: GatewayAnswer.objectBytesMax)
  }
}
