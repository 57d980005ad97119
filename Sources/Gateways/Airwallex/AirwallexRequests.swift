import Crypto
import Domain
import JSON

/// Questions → requests. Every changing call carries a `request_id` made from our number, so that
/// making it again is the same call.
struct AirwallexRequests: Sendable {
  enum Step {
    static let intent = "intent"
    static let refunds = "refunds"
    static let disputes = "disputes"
    static let cancel = "cancel"
    static let refundsPage = "refunds_page"
  }

  static let refundKey = "till_refund"
  private static let nameScalarsMax = 120
  private static let reasonScalarsMax = 120

  let settings: AirwallexSettings

  func first(for question: Question) throws(Fault) -> GatewayRequest {
    switch question {
    case .create(let payment): return try create(payment)
    case .query(let payment):
      if let id = payment.gatewayPayment ?? payment.gatewayTransaction { return try intent(id) }
      return try intents(of: payment)
    case .close(let payment):
      guard let id = payment.gatewayPayment else { return try intents(of: payment) }
      return try cancel(id, payment)
    case .refund(let payment, let refund): return try self.refund(payment, refund)
    case .refundQuery(let payment, let refund):
      if let id = refund.gatewayRefund { return get("/api/v1/pa/refunds/\(try plain(id))") }
      return try refunds(of: payment, page: 0)
    case .disputeQuery(_, let dispute):
      return get("/api/v1/pa/payment_disputes/\(try plain(dispute.gatewayDispute))")
    case .catchUp(let facts):
      let place = ListPlace(facts.cursor)
      let start = place.start ?? GatewayTime.text(facts.since)
      let page = place.mark.map { "&page=\(FormEncoding.encode($0))" } ?? ""
      return get(
        "/api/v1/pa/payment_disputes?size=100&from_updated_at=\(FormEncoding.encode(start))\(page)")
    case .notice: throw .unmade("a notice of Airwallex proves itself")
    case .check: return get("/api/v1/pa/payment_intents?page_num=0&page_size=1")
    }
  }

  private func create(_ payment: PaymentFacts) throws(Fault) -> GatewayRequest {
    let number = payment.outTradeNumber
    let amount = try amount(payment.amount)
    let subject = GatewayText.unmarked(
      payment.subject, scalarsMax: Self.nameScalarsMax, otherwise: number)
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("request_id", Self.requestID("create", number))
    writer.key("amount")
    writer.raw(amount)
    writer.member("currency", payment.amount.currency.code)
    writer.member("merchant_order_id", number)
    writer.member("return_url", payment.returnURL ?? settings.returnURL)
    writer.key("order")
    writer.beginObject()
    writer.key("products")
    writer.beginArray()
    writer.beginObject()
    writer.member("name", subject)
    writer.member("quantity", Int64(1))
    writer.key("unit_price")
    writer.raw(amount)
    writer.endObject()
    writer.endArray()
    writer.endObject()
    writer.endObject()
    return post("/api/v1/pa/payment_intents/create", writer.bytes)
  }

  func intent(_ id: String) throws(Fault) -> GatewayRequest {
    get("/api/v1/pa/payment_intents/\(try plain(id))")
  }

  func intents(of payment: PaymentFacts) throws(Fault) -> GatewayRequest {
    get(
      "/api/v1/pa/payment_intents?page_num=0&page_size=100&merchant_order_id="
        + (try plain(payment.outTradeNumber)))
  }

  func cancel(_ id: String, _ payment: PaymentFacts) throws(Fault) -> GatewayRequest {
    let body = JSONObject([
      ("request_id", .string(Self.requestID("cancel", payment.outTradeNumber))),
      ("cancellation_reason", .string("the order is over")),
    ])
    return post(
      "/api/v1/pa/payment_intents/\(try plain(id))/cancel", JSONValue.object(body).bytes())
  }

  private func refund(
    _ payment: PaymentFacts, _ refund: RefundFacts
  ) throws(Fault) -> GatewayRequest {
    guard let intent = payment.gatewayTransaction else {
      throw .unmade("the payment's number at Airwallex is not known")
    }
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("request_id", Self.requestID("refund", refund.refundNumber))
    writer.member("payment_intent_id", try plain(intent))
    writer.key("amount")
    writer.raw(try amount(refund.amount))
    writer.member(
      "reason",
      GatewayText.unmarked(
        refund.reason ?? "", scalarsMax: Self.reasonScalarsMax, otherwise: "refund"))
    writer.member("metadata", JSONObject([(Self.refundKey, .string(refund.refundNumber))]))
    writer.endObject()
    return post("/api/v1/pa/refunds/create", writer.bytes)
  }

  /// - Parameter page: from 0.
  func refunds(of payment: PaymentFacts, page: Int) throws(Fault) -> GatewayRequest {
    guard let intent = payment.gatewayTransaction else {
      throw .unmade("the payment's number at Airwallex is not known")
    }
    return get(
      "/api/v1/pa/refunds?page_num=\(page)&page_size=100&payment_intent_id=\(try plain(intent))")
  }

  func disputes(ofIntent id: String) throws(Fault) -> GatewayRequest {
    get("/api/v1/pa/payment_disputes?size=20&payment_intent_id=\(try plain(id))")
  }

  // MARK: Bills

  /// Both ends belong to Airwallex's window, so a row of the very first moment of a day may stand
  /// in two days' bills; it is the same row.
  ///
  /// - Parameter page: from 0.
  func financialTransactions(from: Timestamp, to: Timestamp, page: Int) -> GatewayRequest {
    let start = FormEncoding.encode(GatewayTime.text(from))
    let end = FormEncoding.encode(GatewayTime.text(to))
    return get(
      "/api/v1/financial_transactions?from_created_at=\(start)&to_created_at=\(end)"
        + "&page_num=\(page)&page_size=1000", answerBytesMax: BillDownload.pageAnswerBytesMax)
  }

  func settlements(in currency: String, on day: CivilDay, page: Int) -> GatewayRequest {
    get(
      "/api/v1/pa/financial/settlements?currency=\(currency)&status=SETTLED"
        + "&from_settled_at=\(day.text)&to_settled_at=\(day.text)&page_num=\(page)&page_size=100",
      answerBytesMax: BillDownload.pageAnswerBytesMax)
  }

  /// - Parameter after: what the page before said to go on from.
  func settlementRecords(of id: String, after: String?) throws(Fault) -> GatewayRequest {
    let mark = after.map { "&page=\(FormEncoding.encode($0))" } ?? ""
    return get(
      "/api/v1/pa/settlement_records?settlement_id=\(try plain(id))&page_size=50\(mark)",
      answerBytesMax: BillDownload.pageAnswerBytesMax)
  }

  /// In the form of a UUID, which Airwallex asks for, made of what it is for.
  static func requestID(_ operation: String, _ number: String) -> String {
    let hex = Array(SHA256.hash(Array("till-\(operation)-\(number)".utf8)).hex)
    let parts = [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]]
    return parts.map { String($0) }.joined(separator: "-")
  }

  private func amount(_ amount: Money) throws(Fault) -> String {
    guard let text = AirwallexAmounts.scale.text(amount) else {
      throw .unmade("Airwallex does not take \(amount)")
    }
    return text
  }

  private func plain(_ id: String) throws(Fault) -> String {
    guard GatewayText.isName(id) else {
      throw .unmade("a number of Airwallex holds signs that none has")
    }
    return id
  }

  private var common: [Header] {
    [
      Header("Accept", "application/json"), Header("x-api-version", AirwallexSettings.version),
    ]
  }

  private func get(
    _ path: String, answerBytesMax: Int = GatewayRequest.answerBytesUsual
  ) -> GatewayRequest {
    GatewayRequest(
      method: "GET", url: settings.baseURL + path, headers: common, body: [],
      answerBytesMax: answerBytesMax, needsToken: true)
  }

  private func post(_ path: String, _ body: [UInt8]) -> GatewayRequest {
    GatewayRequest(
      method: "POST", url: settings.baseURL + path,
      headers: common + [Header("Content-Type", "application/json")], body: body,
      answerBytesMax: GatewayAnswer.objectBytesMax, needsToken: true)
  }
}
