import Crypto
import Domain
import JSON

/// Questions → signed requests of 易企通. Amounts are fen, whole numbers.
struct EasypayRequests: Sendable {
  static let subjectBytesMax = 127
  /// A number that no payment has: ours never begin so.
  static let checkNumber = "TILLCHECK"
  /// Ways to pay by a code on a screen, and Easypay's words for them.
  static let methods = [
    (name: "wechat", word: "WeChatNative"), (name: "alipay", word: "AliPayNative"),
    (name: "unionpay", word: "UnionPayNative"),
  ]

  let settings: EasypaySettings

  func create(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    guard payment.amount.currency.code.hasSameBytes(as: "CNY") else {
      throw .unmade("Easypay takes CNY, not \(payment.amount.currency.code)")
    }
    guard let way = Self.methods.first(where: { $0.name.hasSameBytes(as: payment.method) }) else {
      throw .unmade("Easypay has no method \(payment.method) here")
    }
    let subject = GatewayText.line(
      payment.subject, bytesMax: Self.subjectBytesMax, otherwise: payment.outTradeNumber)
    let off = JSONValue.string("0")
    var body: [(String, JSONValue)] = [
      merchant,
      object(
        "reqOrderInfo",
        [
          ("orgTrace", .string(payment.outTradeNumber)),
          ("transAmount", .integer(payment.amount.minor)), ("orderSub", .string(subject)),
          ("backUrl", .string(settings.notifyURL)),
        ]),
      // The day by which the order is found again: the one that queries name.
      object(
        "payInfo",
        [("payType", .string(way.word)), ("transDate", .string(Self.day(payment.createdAt)))]),
      object(
        "settleParamInfo",
        [("delaySettleFlag", off), ("patnerSettleFlag", off), ("splitSettleFlag", off)]),
      object("riskData", [("customerIp", .string(payment.clientIP ?? "127.0.0.1"))]),
    ]
    if way.name.hasSameBytes(as: "unionpay") {
      body.append(
        object(
          "qrBizParam", [("transType", .string("10")), ("areaInfo", .string("1561000"))]))
    }
    return try post("/trade/native", body, at: now)
  }

  func query(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    try query(
      payment.outTradeNumber, own: payment.gatewayPayment ?? payment.gatewayTransaction,
      day: Self.day(payment.createdAt), at: now)
  }

  func check(at now: Timestamp) throws(Fault) -> GatewayRequest {
    try query(Self.checkNumber, own: nil, day: Self.day(now), at: now)
  }

  private func query(
    _ number: String, own: String?, day: String, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    var order: [(String, JSONValue)] = [
      ("orgTrace", .string(Self.trace("query", number, now))), ("oriOrgTrace", .string(number)),
      ("oriTransDate", .string(day)),
    ]
    if let own { order.append(("oriOutTrace", .string(own))) }
    return try post(
      "/trade/tradeQuery", [merchant, object("reqOrderInfo", order), today(now)], at: now)
  }

  func refund(
    _ payment: PaymentFacts, _ refund: RefundFacts, at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    var order: [(String, JSONValue)] = [
      ("orgTrace", .string(refund.refundNumber)),
      ("oriOrgTrace", .string(payment.outTradeNumber)),
      ("oriTransDate", .string(Self.day(payment.createdAt))),
      ("refundAmount", .integer(refund.amount.minor)),
    ]
    if let own = payment.gatewayTransaction { order.append(("oriOutTrace", .string(own))) }
    return try post(
      "/trade/refund/apply", [merchant, object("reqOrderInfo", order), today(now)], at: now)
  }

  func refundQuery(_ refund: RefundFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    let order: [(String, JSONValue)] = [
      ("orgTrace", .string(Self.trace("refund", refund.refundNumber, now))),
      ("oriOrgTrace", .string(refund.refundNumber)),
      ("oriTransDate", .string(Self.day(refund.submittedAt))),
    ]
    return try post(
      "/trade/refund/query", [merchant, object("reqOrderInfo", order), today(now)], at: now)
  }
}

// MARK: Parts

extension EasypayRequests {
  private typealias Pair = (String, JSONValue)

  private var merchant: Pair {
    object("reqInfo", [("mchtCode", .string(settings.merchantCode))])
  }

  private func today(_ now: Timestamp) -> Pair {
    object("payInfo", [("transDate", .string(Self.day(now)))])
  }

  private func object(_ name: String, _ members: [Pair]) -> Pair {
    (name, .object(JSONObject(members)))
  }

  private static func day(_ moment: Timestamp) -> String {
    String(BeijingTime.digits(moment).prefix(8))
  }

  /// A number of its own for each question. An adapter has no random source, and the number only
  /// has to differ between questions.
  private static func trace(_ what: String, _ number: String, _ now: Timestamp) -> String {
    String(SHA256.hash(Array("\(what) \(number) \(now.milliseconds)".utf8)).hex.prefix(32))
  }

  private func post(
    _ path: String, _ body: [Pair], at now: Timestamp
  ) throws(Fault) -> GatewayRequest {
    do throws(CryptoError) {
      return GatewayRequest(
        method: "POST", url: settings.root + path,
        headers: [
          Header("Content-Type", "application/json; charset=utf-8"),
          Header("Accept", "application/json"),
        ],
        body: try EasypayEnvelope.request(JSONObject(body), settings: settings, at: now),
        answerBytesMax: GatewayAnswer.objectBytesMax)
    } catch {
      throw .unmade("the request could not be signed: \(error.description)")
    }
  }
}
