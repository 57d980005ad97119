import Crypto
import Domain
import JSON

/// Questions → signed requests of the legacy gateway (`gateway.do`).
///
/// Shape: system parameters and `sign` in the query, `biz_content` as the only field of the form
/// body; the signature covers both. Page addresses carry everything in the query. A payment is
/// always named by our own number, so that every answer can be compared with it.
/// Time: `timestamp` and `time_expire` are Beijing time.
struct AlipayRequests: Sendable {
  /// Methods of the gateway that Till calls or signs for.
  enum Method: String, Sendable {
    case precreate = "alipay.trade.precreate"
    case page = "alipay.trade.page.pay"
    case wap = "alipay.trade.wap.pay"
    case query = "alipay.trade.query"
    case close = "alipay.trade.close"
    case refund = "alipay.trade.refund"
    case refundQuery = "alipay.trade.fastpay.refund.query"
    case complaint = "alipay.merchant.tradecomplain.query"
    case complaints = "alipay.merchant.tradecomplain.batchquery"
    case bill = "alipay.data.dataservice.bill.downloadurl.query"

    /// The member of the answer that holds what was asked for.
    var node: String {
      String(rawValue.map { $0 == "." ? "_" : $0 }) + "_response"
    }
  }

  static let subjectScalarsMax = 256
  static let refundReasonScalarsMax = 256
  /// An answer is a few hundred bytes; a buyer's vouchers make it some thousand.
  static let answerBytesMax = 262_144
  /// Alipay closes a QR code two hours after it was made, whatever was asked for.
  static let codeLifetimeMilliseconds: Int64 = 7_200_000
  /// The longest time to pay that Alipay takes.
  static let expiryMillisecondsMax: Int64 = 15 * 86_400_000

  let settings: AlipaySettings

  func precreate(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    let expiry = try Self.expiry(of: payment, at: now)
    var content = try common(payment)
    content.member("product_code", settings.productCode)
    content.member("time_expire", BeijingTime.text(expiry))
    // Counted from the payment, not from now: a create that is sent again says the same.
    let minutes = Self.codeMinutes(until: expiry, at: payment.createdAt)
    content.member("qr_code_timeout_express", minutes)
    if let address = payment.clientIP, !GatewayAddress.isPrivateIP(address) {
      content.key("business_params")
      content.beginObject()
      content.member("mc_create_trade_ip", address)
      content.endObject()
    }
    return try post(.precreate, content, at: now)
  }

  /// The address to send the browser to. Signed here; Alipay hears of the payment when the buyer
  /// arrives, and shows its errors to the buyer only.
  func pageURL(
    _ method: Method, _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> String {
    let expiry = try Self.expiry(of: payment, at: now)
    var content = try common(payment)
    let productCode = method == .wap ? "QUICK_WAP_WAY" : "FAST_INSTANT_TRADE_PAY"
    content.member("product_code", productCode)
    content.member("time_expire", BeijingTime.text(expiry))
    if method == .wap { content.member("quit_url", payment.returnURL) }
    var parameters = systemParameters(method, at: now)
    if let returnURL = payment.returnURL {
      guard GatewayText.isWebAddress(returnURL) else {
        throw .unmade("the return address is no http or https address")
      }
      parameters.append(("return_url", returnURL))
    }
    parameters.append(("biz_content", Self.text(content)))
    let url = "\(settings.address.text)?\(FormEncoding.query(try signed(parameters)))"
    guard url.utf8.count <= GatewayAddress.byteCountMax else {
      throw .unmade("the page address would be longer than \(GatewayAddress.byteCountMax)")
    }
    return url
  }

  func query(outTradeNumber: String, at now: Timestamp) throws(Fault) -> GatewayRequest {
    try post(.query, Self.naming(outTradeNumber), at: now)
  }

  func close(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    try post(.close, Self.naming(payment.outTradeNumber), at: now)
  }

  func refund(
    _ payment: PaymentFacts, _ refund: RefundFacts, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    try Self.checkAmount(refund.amount)
    var content = Self.naming(payment.outTradeNumber)
    content.member("refund_amount", refund.amount.decimalText)
    content.member("out_request_no", refund.refundNumber)
    if let reason = refund.reason {
      let shown = GatewayText.unmarked(
        reason, scalarsMax: Self.refundReasonScalarsMax, otherwise: refund.refundNumber)
      content.member("refund_reason", shown)
    }
    return try post(.refund, content, at: now)
  }

  func refundQuery(
    _ payment: PaymentFacts, _ refund: RefundFacts, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    var content = Self.naming(payment.outTradeNumber)
    content.member("out_request_no", refund.refundNumber)
    content.member("query_options", ["gmt_refund_pay"])
    return try post(.refundQuery, content, at: now)
  }

  /// When a QR code made now stops working.
  static func codeExpiry(of payment: PaymentFacts, at now: Timestamp) -> Timestamp {
    min(payment.expiresAt, now.adding(milliseconds: codeLifetimeMilliseconds))
  }
}

// MARK: Parts

extension AlipayRequests {
  private func common(_ payment: PaymentFacts) throws(Fault) -> JSONWriter {
    try Self.checkAmount(payment.amount)
    var content = Self.naming(payment.outTradeNumber)
    content.member("total_amount", payment.amount.decimalText)
    let subject = GatewayText.unmarked(
      payment.subject, scalarsMax: Self.subjectScalarsMax, otherwise: payment.outTradeNumber)
    content.member("subject", subject)
    return content
  }

  /// - Parameter content: an object that is still open.
  func post(
    _ method: Method, _ content: JSONWriter, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    let text = Self.text(content)
    let all = try signed(systemParameters(method, at: now) + [("biz_content", text)])
    let query = FormEncoding.query(all.filter { $0.name != "biz_content" })
    return GatewayRequest(
      method: "POST", url: "\(settings.address.text)?\(query)",
      headers: [
        Header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8"),
        Header("Accept", "*/*"),
      ],
      body: Array("biz_content=\(FormEncoding.encode(text))".utf8),
      answerBytesMax: Self.answerBytesMax)
  }

  private func systemParameters(
    _ method: Method, at now: Timestamp
  ) -> [(name: String, value: String)] {
    var parameters: [(name: String, value: String)] = [
      ("app_id", settings.applicationID),
      ("method", method.rawValue),
      ("format", "JSON"),
      ("charset", "utf-8"),
      ("sign_type", "RSA2"),
      ("timestamp", BeijingTime.text(now)),
      ("version", "1.0"),
    ]
    if let serials = settings.keys.serials {
      parameters.append(("app_cert_sn", serials.application))
      parameters.append(("alipay_root_cert_sn", serials.root))
    }
    let makesPayment = [.precreate, .page, .wap].contains(method)
    if makesPayment, let notifyURL = settings.notifyURL {
      parameters.append(("notify_url", notifyURL))
    }
    return parameters
  }

  private func signed(
    _ parameters: [(name: String, value: String)]
  ) throws(Fault) -> [(name: String, value: String)] {
    do throws(CryptoError) {
      let signature = try AlipaySigning.signature(
        of: AlipaySigning.requestText(parameters), with: settings.keys.privateKey)
      return parameters + [("sign", signature)]
    } catch {
      throw .unmade("the request could not be signed: \(error.description)")
    }
  }

  /// An object that is still open, with our number of the payment as its first member.
  private static func naming(_ outTradeNumber: String) -> JSONWriter {
    var content = JSONWriter()
    content.beginObject()
    content.member("out_trade_no", outTradeNumber)
    return content
  }

  private static func text(_ content: JSONWriter) -> String {
    var content = content
    content.endObject()
    precondition(content.isBalanced, "biz_content is one complete object")
    return String(decoding: content.bytes, as: UTF8.self)
  }

  private static func checkAmount(_ amount: Money) throws(Fault) {
    guard amount.currency.code == "CNY" else {
      throw .unmade("Alipay takes CNY here, not \(amount.currency.code)")
    }
    let range = AlipayGateway.amountMin...AlipayGateway.amountMax
    guard range.contains(amount.minor) else {
      throw .unmade("\(amount.decimalText) is outside what Alipay takes (0.01 to 999999.99)")
    }
  }

  private static func expiry(
    of payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> Timestamp {
    guard payment.expiresAt.milliseconds(since: now) >= 1000 else {
      throw .unmade("the payment has expired")
    }
    return min(payment.expiresAt, now.adding(milliseconds: expiryMillisecondsMax))
  }

  /// `14m`: whole minutes, never beyond the expiry except for a code that lives under a minute,
  /// which `time_expire` then bounds.
  private static func codeMinutes(until expiry: Timestamp, at now: Timestamp) -> String {
    let lifetime = min(expiry.milliseconds(since: now), codeLifetimeMilliseconds)
    return "\(max(1, lifetime / 60_000))m"
  }
}
