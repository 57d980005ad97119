import Crypto
import Domain
import JSON

/// Questions → signed requests of API v3.
///
/// A payment is named by our own number, or by WeChat's once that is known. The body of a create is
/// made of the payment's facts alone, so that sending it again asks for the same order: WeChat
/// refuses a number that comes back with other parameters.
struct WeChatRequests: Sendable {
  static let descriptionScalarsMax = 127
  static let refundReasonBytesMax = 80
  /// An answer is some hundred bytes; coupons make it some thousand.
  static let answerBytesMax = 262_144
  /// The longest time to pay that WeChat takes is 90 days; a day less for the way.
  static let expiryMillisecondsMax: Int64 = 89 * 86_400_000
  static let userAgent = "till"

  let settings: WeChatSettings

  func create(
    _ method: WeChatMethod, _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    try Self.checkAmount(payment.amount)
    guard payment.expiresAt.milliseconds(since: now) >= 1000 else {
      throw .unmade("the payment has expired")
    }
    let expiry = min(
      payment.expiresAt, payment.createdAt.adding(milliseconds: Self.expiryMillisecondsMax))
    var content = JSONWriter()
    content.beginObject()
    content.member("appid", settings.applicationID)
    content.member("mchid", settings.merchantID)
    content.member(
      "description",
      GatewayText.shown(
        payment.subject, scalarsMax: Self.descriptionScalarsMax,
        otherwise: payment.outTradeNumber))
    content.member("out_trade_no", payment.outTradeNumber)
    content.member("time_expire", BeijingTime.textWithOffset(expiry))
    content.member("notify_url", settings.notifyURL)
    content.key("amount")
    content.beginObject()
    content.member("total", payment.amount.minor)
    content.member("currency", payment.amount.currency.code)
    content.endObject()
    try add(method, payment, to: &content)
    content.endObject()
    return try request("POST", "/v3/pay/transactions/\(method.rawValue)", content, at: now)
  }

  /// What one product wants beside the rest.
  private func add(
    _ method: WeChatMethod, _ payment: PaymentFacts, to content: inout JSONWriter
  ) throws(Fault) {
    switch method {
    case .native:
      guard let address = payment.clientIP, !GatewayAddress.isPrivateIP(address) else { return }
      content.key("scene_info")
      content.beginObject()
      content.member("payer_client_ip", address)
      content.endObject()
    case .h5:
      guard let address = payment.clientIP else {
        throw .unmade("WeChat's h5 needs client_ip, the address of the buyer's browser")
      }
      content.key("scene_info")
      content.beginObject()
      content.member("payer_client_ip", address)
      content.key("h5_info")
      content.beginObject()
      content.member("type", settings.h5Type)
      content.endObject()
      content.endObject()
    case .jsapi:
      guard let payer = payment.payer else {
        throw .unmade("WeChat's jsapi needs payer, the buyer's openid under this appid")
      }
      content.key("payer")
      content.beginObject()
      content.member("openid", payer)
      content.endObject()
    }
  }

  func query(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    if let number = payment.gatewayTransaction, WeChatRecord.isNumber(number) {
      return try get("/v3/pay/transactions/id/\(FormEncoding.encode(number))", at: now)
    }
    return try query(outTradeNumber: payment.outTradeNumber, at: now)
  }

  func query(outTradeNumber: String, at now: Timestamp) throws(Fault) -> GatewayRequest {
    try get(
      "/v3/pay/transactions/out-trade-no/\(FormEncoding.encode(outTradeNumber))", at: now)
  }

  private func get(_ path: String, at now: Timestamp) throws(Fault) -> GatewayRequest {
    try request("GET", "\(path)?mchid=\(settings.merchantID)", nil, at: now)
  }

  func close(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    var content = JSONWriter()
    content.beginObject()
    content.member("mchid", settings.merchantID)
    content.endObject()
    let number = FormEncoding.encode(payment.outTradeNumber)
    return try request(
      "POST", "/v3/pay/transactions/out-trade-no/\(number)/close", content, at: now)
  }

  func refund(
    _ payment: PaymentFacts, _ refund: RefundFacts, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    try Self.checkAmount(refund.amount)
    var content = JSONWriter()
    content.beginObject()
    content.member("out_trade_no", payment.outTradeNumber)
    content.member("out_refund_no", refund.refundNumber)
    if let reason = refund.reason {
      content.member("reason", Self.shortened(reason, otherwise: refund.refundNumber))
    }
    content.member("notify_url", settings.notifyURL)
    content.key("amount")
    content.beginObject()
    content.member("refund", refund.amount.minor)
    content.member("total", refund.captured.minor)
    content.member("currency", refund.amount.currency.code)
    content.endObject()
    content.endObject()
    return try request("POST", "/v3/refund/domestic/refunds", content, at: now)
  }

  func refundQuery(
    _ refund: RefundFacts, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    let number = FormEncoding.encode(refund.refundNumber)
    return try request("GET", "/v3/refund/domestic/refunds/\(number)", nil, at: now)
  }

  /// What the script in the buyer's WeChat is given: the prepayment, signed by the merchant.
  ///
  /// Shape: JSON with the members of `WeixinJSBridge`'s `getBrandWCPayRequest`.
  func script(prepayment: String, at now: Timestamp) throws(Fault) -> String {
    let seconds = "\(now.milliseconds / 1000)"
    let package = "prepay_id=\(prepayment)"
    let nonce = WeChatSigning.nonce(of: Array(package.utf8), at: now)
    let text = "\(settings.applicationID)\n\(seconds)\n\(nonce)\n\(package)\n"
    let signature: String
    do throws(CryptoError) {
      signature = Base64.encode(
        try settings.keys.privateKey.signature(for: Array(text.utf8), .sha256WithRSA))
    } catch {
      throw .unmade("the payment could not be signed: \(error.description)")
    }
    var content = JSONWriter()
    content.beginObject()
    content.member("appId", settings.applicationID)
    content.member("timeStamp", seconds)
    content.member("nonceStr", nonce)
    content.member("package", package)
    content.member("signType", "RSA")
    content.member("paySign", signature)
    content.endObject()
    return String(decoding: content.bytes, as: UTF8.self)
  }
}

// MARK: Parts

extension WeChatRequests {
  /// - Parameter target: path and query as they are signed and sent.
  func request(
    _ method: String, _ target: String, _ content: JSONWriter?, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    GatewayRequest(
      method: method, url: settings.root + target,
      headers: try headers(method, target, content, at: now), body: content?.bytes ?? [],
      answerBytesMax: Self.answerBytesMax)
  }

  func headers(
    _ method: String, _ target: String, _ content: JSONWriter?, at now: Timestamp
  ) throws(Fault) -> [Header] {
    let body = content?.bytes ?? []
    precondition(content?.isBalanced ?? true, "a body is one complete object")
    let authorization: String
    do throws(CryptoError) {
      authorization = try WeChatSigning.authorization(
        method: method, target: target, body: body, at: now, merchantID: settings.merchantID,
        keys: settings.keys)
    } catch {
      throw .unmade("the request could not be signed: \(error.description)")
    }
    var headers = [
      Header("Accept", "application/json"), Header("User-Agent", Self.userAgent),
      Header("Authorization", authorization),
      Header("Wechatpay-Serial", settings.keys.preferredSerial(at: now)),
    ]
    if content != nil { headers.append(Header("Content-Type", "application/json")) }
    return headers
  }

  private static func checkAmount(_ amount: Money) throws(Fault) {
    guard amount.currency.code == "CNY" else {
      throw .unmade("WeChat Pay takes CNY here, not \(amount.currency.code)")
    }
    guard (WeChatGateway.amountMin...WeChatGateway.amountMax).contains(amount.minor) else {
      throw .unmade("\(amount.decimalText) is outside what WeChat Pay takes")
    }
  }

  /// WeChat counts bytes in the reason of a refund.
  private static func shortened(_ text: String, otherwise fallback: String) -> String {
    var text = GatewayText.shown(text, scalarsMax: refundReasonBytesMax, otherwise: fallback)
    while text.utf8.count > refundReasonBytesMax { text.unicodeScalars.removeLast() }
    return text
  }
}
