import Crypto
import Domain
import JSON

/// Questions → requests of the 易支付 family.
///
/// Version 1 asks with pid and key in the clear (that is its protocol, so the address must be
/// https) and signs only what makes a payment; version 2 signs every call and says when it was
/// made.
struct EpayRequests: Sendable {
  /// What the server cuts a name to, in bytes.
  static let nameBytesMax = 127
  static let answerBytesMax = 262_144

  let settings: EpaySettings

  /// A payment of a named type, by a call.
  func create(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    var pairs = try common(payment, at: now)
    pairs.append(("type", payment.method))
    // The site asks who pays; where the shop does not say, this machine stands in.
    pairs.append(("clientip", payment.clientIP ?? "127.0.0.1"))
    pairs.append(("device", settings.device.rawValue))
    switch settings.version {
    case .one: return post("mapi.php", try signed(pairs))
    case .two: return post("api/pay/create", try signed(pairs + [("method", "web")]))
    }
  }

  /// The address of the site's own page. Signed here; the site hears of the payment when the buyer
  /// arrives.
  ///
  /// - Parameter type: nil lets the buyer choose.
  func page(
    _ payment: PaymentFacts, type: String?, at now: Timestamp
  ) throws(Fault) -> String {
    var pairs = try common(payment, at: now)
    if let type { pairs.append(("type", type)) }
    let path = settings.version == .one ? "submit.php" : "api/pay/submit"
    let url = "\(address(path))?\(FormEncoding.query(try signed(pairs)))"
    guard url.utf8.count <= GatewayAddress.byteCountMax else {
      throw .unmade("the page address would be longer than \(GatewayAddress.byteCountMax)")
    }
    return url
  }

  func query(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    try ask(number: payment.gatewayTransaction, payment.outTradeNumber, at: now)
  }

  func query(outTradeNumber: String, at now: Timestamp) throws(Fault) -> GatewayRequest {
    try ask(number: nil, outTradeNumber, at: now)
  }

  func close(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    guard settings.version == .two else { throw .unmade("this site cannot close a payment") }
    return post("api/pay/close", try signed(dated([naming(payment)], at: now)))
  }

  func refund(
    _ payment: PaymentFacts, _ refund: RefundFacts, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    let money = ("money", refund.amount.decimalText)
    switch settings.keys {
    case .shared(let key):
      return post(
        "api.php?act=refund",
        [("pid", settings.pid), ("key", key), naming(payment), money])
    case .pairs:
      let number = ("out_refund_no", refund.refundNumber)
      return post(
        "api/pay/refund", try signed(dated([naming(payment), money, number], at: now)))
    }
  }

  /// Version 1 cannot be asked about a refund: the order's status tells.
  func refundQuery(
    _ payment: PaymentFacts, _ refund: RefundFacts, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    guard settings.version == .two else { return try query(payment, at: now) }
    let number = ("out_refund_no", refund.refundNumber)
    return post("api/pay/refundquery", try signed(dated([number], at: now)))
  }
}

// MARK: Parts

extension EpayRequests {
  private func common(
    _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> SortedParameters.Pairs {
    guard payment.amount.currency.code.hasSameBytes(as: "CNY") else {
      throw .unmade("the site takes CNY, not \(payment.amount.currency.code)")
    }
    // A return address is required; without one of the shop's the notice's place stands in.
    let back = payment.returnURL ?? settings.notifyURL
    guard GatewayText.isWebAddress(back) else {
      throw .unmade("the return address is no http or https address")
    }
    let name = GatewayText.line(
      payment.subject, bytesMax: Self.nameBytesMax, otherwise: payment.outTradeNumber)
    return dated(
      [
        ("out_trade_no", payment.outTradeNumber), ("notify_url", settings.notifyURL),
        ("return_url", back), ("name", name), ("money", payment.amount.decimalText),
      ], at: now)
  }

  /// The merchant, and in version 2 the moment in seconds.
  private func dated(
    _ pairs: SortedParameters.Pairs, at now: Timestamp
  ) -> SortedParameters.Pairs {
    let merchant = [(name: "pid", value: settings.pid)]
    guard settings.version == .two else { return merchant + pairs }
    return merchant + pairs + [("timestamp", String(now.milliseconds / 1000))]
  }

  /// The site's number wins over ours where both are given, so only one is.
  private func naming(_ payment: PaymentFacts) -> (name: String, value: String) {
    guard let number = payment.gatewayTransaction else {
      return ("out_trade_no", payment.outTradeNumber)
    }
    return ("trade_no", number)
  }

  private func ask(
    number: String?, _ outTradeNumber: String, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    let name = number.map { (name: "trade_no", value: $0) } ?? ("out_trade_no", outTradeNumber)
    guard case .shared(let key) = settings.keys else {
      return post("api/pay/query", try signed(dated([name], at: now)))
    }
    let query = FormEncoding.query(
      [("act", "order"), ("pid", settings.pid), ("key", key), name])
    return GatewayRequest(
      method: "GET", url: "\(address("api.php"))?\(query)",
      headers: [Header("Accept", "application/json")], body: [],
      answerBytesMax: Self.answerBytesMax)
  }

  private func signed(
    _ pairs: SortedParameters.Pairs
  ) throws(Fault) -> SortedParameters.Pairs {
    do throws(CryptoError) {
      return try EpaySigning(settings: settings).signed(pairs)
    } catch {
      throw .unmade("the request could not be signed: \(error.description)")
    }
  }

  private func address(_ path: String) -> String { "\(settings.address.text)/\(path)" }

  /// Everything in the body: the server signs the query or the form, never both together.
  private func post(_ path: String, _ pairs: SortedParameters.Pairs) -> GatewayRequest {
    GatewayRequest(
      method: "POST", url: address(path),
      headers: [
        Header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8"),
        Header("Accept", "application/json"),
      ],
      body: Array(FormEncoding.query(pairs).utf8), answerBytesMax: Self.answerBytesMax)
  }
}
