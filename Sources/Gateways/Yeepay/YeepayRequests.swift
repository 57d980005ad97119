import Crypto
import Domain
import JSON

/// Questions → signed requests of Yeepay's open platform. Amounts are yuan as text.
struct YeepayRequests: Sendable {
  static let goodsNameBytesMax = 85
  static let reasonBytesMax = 200
  static let answerBytesMax = 262_144
  /// Old answers come without these; they are not signed.
  private static let versionHeaders = [
    Header("x-yop-sdk-version", "4.0.0"), Header("x-yop-sdk-langs", "swift"),
  ]

  let settings: YeepaySettings

  func create(
    _ payment: PaymentFacts, channel: String, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    guard payment.amount.currency.code.hasSameBytes(as: "CNY") else {
      throw .unmade("Yeepay takes CNY here, not \(payment.amount.currency.code)")
    }
    guard payment.expiresAt.milliseconds(since: now) >= 1000 else {
      throw .unmade("the payment has expired")
    }
    let name = GatewayText.line(
      payment.subject, bytesMax: Self.goodsNameBytesMax, otherwise: payment.outTradeNumber)
    return try post(
      "/rest/v1.0/aggpay/pre-pay",
      merchant + [
        ("orderId", payment.outTradeNumber), ("orderAmount", payment.amount.decimalText),
        ("goodsName", name), ("payWay", "USER_SCAN"), ("channel", channel),
        ("scene", settings.scene.rawValue), ("userIp", payment.clientIP ?? "127.0.0.1"),
        ("notifyUrl", settings.notifyURL), ("expiredTime", BeijingTime.text(payment.expiresAt)),
      ], at: now)
  }

  func query(outTradeNumber: String, at now: Timestamp) throws(Fault) -> GatewayRequest {
    try get("/rest/v1.0/trade/order/query", merchant + [("orderId", outTradeNumber)], at: now)
  }

  func close(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    try post(
      "/rest/v1.0/trade/order/close", merchant + [("orderId", payment.outTradeNumber)], at: now)
  }

  /// The same number for every try: a failed refund is sent again under it.
  func refund(
    _ payment: PaymentFacts, _ refund: RefundFacts, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    let reason = GatewayText.line(
      refund.reason ?? "", bytesMax: Self.reasonBytesMax, otherwise: refund.refundNumber)
    return try post(
      "/rest/v1.0/trade/refund",
      merchant + [
        ("orderId", payment.outTradeNumber), ("refundRequestId", refund.refundNumber),
        ("refundAmount", refund.amount.decimalText), ("description", reason),
        ("notifyUrl", settings.notifyURL),
      ], at: now)
  }

  func refundQuery(
    _ payment: PaymentFacts, _ refund: RefundFacts, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    try get(
      "/rest/v1.0/trade/refund/query",
      merchant + [
        ("orderId", payment.outTradeNumber), ("refundRequestId", refund.refundNumber),
      ], at: now)
  }
}

// MARK: Parts

extension YeepayRequests {
  private var merchant: YeepaySigning.Pairs {
    [
      ("parentMerchantNo", settings.parentMerchantNumber),
      ("merchantNo", settings.merchantNumber),
    ]
  }

  private func get(
    _ path: String, _ pairs: YeepaySigning.Pairs, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    let headers = try headers(
      "GET", path, query: YeepaySigning.canonical(pairs), content: "", pairs, now)
    return GatewayRequest(
      method: "GET", url: "\(settings.address.text)\(path)?\(YeepaySigning.sent(pairs))",
      headers: headers, body: [], answerBytesMax: Self.answerBytesMax)
  }

  private func post(
    _ path: String, _ pairs: YeepaySigning.Pairs, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    let headers = try headers(
      "POST", path, query: "", content: YeepaySigning.canonical(pairs), pairs, now)
    return GatewayRequest(
      method: "POST", url: "\(settings.address.text)\(path)", headers: headers,
      body: Array(YeepaySigning.sent(pairs).utf8), answerBytesMax: Self.answerBytesMax)
  }

  private func headers(
    _ method: String, _ path: String, query: String, content: String,
    _ pairs: YeepaySigning.Pairs, _ now: Timestamp
  ) throws(Fault) -> [Header] {
    let requestID = YeepaySigning.requestID(
      [path, YeepaySigning.canonical(pairs), String(now.milliseconds)])
    let signing = YeepaySigning(
      applicationKey: settings.applicationKey, privateKey: settings.privateKey)
    let kind = "application/x-www-form-urlencoded;charset=UTF-8"
    do throws(CryptoError) {
      let signed = try signing.headers(
        method: method, path: path, query: query, content: content, requestID: requestID, at: now)
      return signed + Self.versionHeaders
        + [Header("Content-Type", kind), Header("Accept", "application/json")]
    } catch {
      throw .unmade("the request could not be signed: \(error.description)")
    }
  }
}
