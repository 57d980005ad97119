import Domain
import JSON

/// Questions → requests: JSON bodies, our numbers in `custom_id`, `invoice_id` and the request id.
struct PayPalRequests: Sendable {
  enum Step {
    static let order = "order"
    static let capture = "capture"
    static let disputes = "disputes"
    static let dispute = "dispute"
    private static let disputeBefore = "dispute_before:"
    static let webhook = "webhook"

    /// A dispute is read, and another one behind it.
    static func dispute(before id: String) -> String { disputeBefore + id }

    static func isDispute(_ step: String) -> Bool {
      step.hasSameBytes(as: dispute) || step.hasPrefix(disputeBefore)
    }

    /// The dispute to be read behind the one of this step.
    static func disputeBehind(_ step: String) -> String? {
      step.hasPrefix(disputeBefore) ? String(step.dropFirst(disputeBefore.count)) : nil
    }
  }

  private static let descriptionScalarsMax = 120
  private static let eventsPerPage = 300
  private static let transactionsPerPage = 500

  let settings: PayPalSettings

  func first(for question: Question) throws(Fault) -> GatewayRequest {
    switch question {
    case .create(let payment): return try create(payment)
    case .query(let payment), .close(let payment):
      guard let id = payment.gatewayPayment else { return try create(payment) }
      return try order(id)
    case .refund(let payment, let refund): return try self.refund(payment, refund)
    case .refundQuery(let payment, let refund):
      if let id = refund.gatewayRefund { return get("/v2/payments/refunds/\(try plain(id))") }
      if let id = payment.gatewayPayment { return try order(id) }
      return get("/v2/payments/captures/\(try capture(of: payment))")
    case .disputeQuery(_, let dispute): return try self.dispute(dispute.gatewayDispute)
    case .catchUp(let facts):
      let place = ListPlace(facts.cursor)
      if let mark = place.mark { return get("\(PayPalEvents.path)?\(mark)") }
      // Whoever has read nothing yet begins at `since`; a look begins at the last event seen.
      let start = PayPalEvents.Place(place.start)?.time ?? GatewayTime.text(facts.since)
      return get(
        "\(PayPalEvents.path)?page_size=\(Self.eventsPerPage)&start_time="
          + FormEncoding.encode(start))
    case .notice(let notification):
      return try PayPalNoticeProof(settings: settings).request(notification)
    case .check: return get("/v1/notifications/webhooks")
    }
  }

  /// Made of lasting facts only, so that making it again names the same order.
  private func create(_ payment: PaymentFacts) throws(Fault) -> GatewayRequest {
    guard let value = PayPalAmounts.scale.text(payment.amount) else {
      throw .unmade("PayPal does not take \(payment.amount)")
    }
    guard let back = payment.returnURL ?? settings.returnURL else {
      throw .unmade(
        "PayPal needs an address to go back to: give return_url, or set it in the configuration")
    }
    let number = payment.outTradeNumber
    let amount = JSONObject([
      ("currency_code", .string(payment.amount.currency.code)), ("value", .string(value)),
    ])
    let unit = JSONObject([
      ("reference_id", .string("default")), ("custom_id", .string(number)),
      ("invoice_id", .string(number)),
      (
        "description",
        .string(
          GatewayText.unmarked(
            payment.subject, scalarsMax: Self.descriptionScalarsMax, otherwise: number))
      ),
      ("amount", .object(amount)),
    ])
    var context = JSONObject([
      ("return_url", .string(back)), ("cancel_url", .string(settings.cancelURL ?? back)),
      ("user_action", .string("PAY_NOW")), ("shipping_preference", .string("NO_SHIPPING")),
    ])
    if let brand = settings.brandName { context["brand_name"] = .string(brand) }
    let source = JSONObject([
      ("paypal", .object(JSONObject([("experience_context", .object(context))])))
    ])
    let body = JSONObject([
      ("intent", .string("CAPTURE")), ("purchase_units", .array([.object(unit)])),
      ("payment_source", .object(source)),
    ])
    return post("/v2/checkout/orders", body, id: "till-create-\(number)")
  }

  func order(_ id: String) throws(Fault) -> GatewayRequest {
    get("/v2/checkout/orders/\(try plain(id))")
  }

  /// Takes the money of an approved order; PayPal keeps the request id for 45 days.
  func capture(_ order: String, _ payment: PaymentFacts) throws(Fault) -> GatewayRequest {
    post(
      "/v2/checkout/orders/\(try plain(order))/capture", JSONObject(),
      id: "till-capture-\(payment.outTradeNumber)")
  }

  func disputes(ofCapture id: String) throws(Fault) -> GatewayRequest {
    get("/v1/customer/disputes?page_size=10&disputed_transaction_id=\(try plain(id))")
  }

  func dispute(_ id: String) throws(Fault) -> GatewayRequest {
    get("/v1/customer/disputes/\(try plain(id))")
  }

  /// Whole seconds; the end of PayPal's window belongs to it.
  ///
  /// - Parameter page: from 1.
  func transactions(from: Timestamp, before: Timestamp, page: Int) -> GatewayRequest {
    let start = FormEncoding.encode(GatewayTime.text(from))
    let end = FormEncoding.encode(GatewayTime.text(before.adding(milliseconds: -1000)))
    return get(
      "/v1/reporting/transactions?start_date=\(start)&end_date=\(end)&fields=all"
        + "&page_size=\(Self.transactionsPerPage)&page=\(page)",
      answerBytesMax: BillDownload.pageAnswerBytesMax)
  }

  private func refund(
    _ payment: PaymentFacts, _ refund: RefundFacts
  ) throws(Fault) -> GatewayRequest {
    guard let value = PayPalAmounts.scale.text(refund.amount) else {
      throw .unmade("PayPal does not take \(refund.amount)")
    }
    let amount = JSONObject([
      ("currency_code", .string(refund.amount.currency.code)), ("value", .string(value)),
    ])
    let number = refund.refundNumber
    let body = JSONObject([
      ("amount", .object(amount)), ("custom_id", .string(number)), ("invoice_id", .string(number)),
    ])
    return post(
      "/v2/payments/captures/\(try capture(of: payment))/refund", body,
      id: "till-refund-\(number)")
  }

  private func capture(of payment: PaymentFacts) throws(Fault) -> String {
    guard let id = payment.gatewayTransaction else {
      throw .unmade("the payment's capture at PayPal is not known")
    }
    return try plain(id)
  }

  private func plain(_ id: String) throws(Fault) -> String {
    guard GatewayText.isName(id) else {
      throw .unmade("a number of PayPal holds signs that none has")
    }
    return id
  }

  private func get(
    _ path: String, answerBytesMax: Int = GatewayRequest.answerBytesUsual
  ) -> GatewayRequest {
    GatewayRequest(
      method: "GET", url: settings.baseURL + path,
      headers: [Header("Accept", "application/json")], body: [], answerBytesMax: answerBytesMax,
      needsToken: true)
  }

  private func post(_ path: String, _ body: JSONObject, id: String) -> GatewayRequest {
    GatewayRequest(
      method: "POST", url: settings.baseURL + path,
      headers: [
        Header("Accept", "application/json"), Header("Content-Type", "application/json"),
        Header("PayPal-Request-Id", id), Header("Prefer", "return=representation"),
      ],
      body: JSONValue.object(body).bytes(), answerBytesMax: GatewayAnswer.objectBytesMax,
      needsToken: true)
  }
}
