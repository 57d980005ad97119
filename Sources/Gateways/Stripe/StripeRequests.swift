import Domain
import JSON

/// Questions → requests: forms with nested names, the key and the pinned version in the headers.
struct StripeRequests: Sendable {
  /// Names of further exchanges.
  enum Step {
    static let session = "session"
    static let intent = "intent"
    static let search = "search"
    static let disputes = "disputes"
    static let expire = "expire"
    static let refundsPage = "refunds_page"
    static let webhooks = "webhooks"
  }

  static let paymentKey = "till_payment"
  static let refundKey = "till_refund"
  /// Stripe's own bounds of a page's life are 30 minutes and 24 hours, counted when it arrives.
  private static let lifeMin: Int64 = 31 * 60_000
  private static let lifeMax: Int64 = 23 * 3_600_000
  /// A key is good for 24 hours; after that a repeated create would make something new.
  static let keyLife: Int64 = 23 * 3_600_000
  private static let subjectScalarsMax = 250

  typealias Pair = (name: String, value: String)

  let settings: StripeSettings

  func first(for question: Question, at now: Timestamp) throws(Fault) -> GatewayRequest {
    switch question {
    case .create(let payment): return try create(payment)
    case .query(let payment):
      if let request = try known(payment) { return request }
      return try unseen(payment, at: now)
    case .close(let payment):
      if let id = payment.gatewayPayment { return try end(id) }
      return try unseen(payment, at: now)
    case .refund(let payment, let refund): return try self.refund(payment, refund)
    case .refundQuery(let payment, let refund):
      if let id = refund.gatewayRefund { return get("/v1/refunds/\(try plain(id))", []) }
      return try refunds(of: payment, after: nil)
    case .disputeQuery(_, let dispute):
      return get("/v1/disputes/\(try plain(dispute.gatewayDispute))", [])
    case .catchUp(let facts): return events(facts)
    case .notice: throw .unmade("a notice of Stripe proves itself")
    case .check: return get("/v1/balance", [])
    }
  }

  // MARK: Payments

  /// Made of lasting facts only, so that making it again gives the same bytes.
  private func create(_ payment: PaymentFacts) throws(Fault) -> GatewayRequest {
    let units = try units(payment.amount)
    let currency = payment.amount.currency.code.lowercased()
    let key = "till-create-\(payment.outTradeNumber)"
    let subject = GatewayText.unmarked(
      payment.subject, scalarsMax: Self.subjectScalarsMax, otherwise: payment.outTradeNumber)
    if payment.method.hasSameBytes(as: "intent") {
      return post(
        "/v1/payment_intents",
        [
          ("amount", String(units)), ("currency", currency),
          ("automatic_payment_methods[enabled]", "true"),
          ("capture_method", "automatic_async"), ("description", subject),
          ("metadata[\(Self.paymentKey)]", payment.outTradeNumber),
        ], key: key)
    }
    guard payment.method.hasSameBytes(as: "checkout") else {
      throw .unmade("Stripe has no method \(payment.method) here")
    }
    guard let back = payment.returnURL ?? settings.returnURL else {
      throw .unmade(
        "the page needs an address to go back to: give return_url, or set it in the configuration")
    }
    return post(
      "/v1/checkout/sessions",
      [
        ("mode", "payment"), ("client_reference_id", payment.outTradeNumber),
        ("success_url", back), ("cancel_url", settings.cancelURL ?? back),
        ("line_items[0][quantity]", "1"), ("line_items[0][price_data][currency]", currency),
        ("line_items[0][price_data][unit_amount]", String(units)),
        ("line_items[0][price_data][product_data][name]", subject),
        ("metadata[\(Self.paymentKey)]", payment.outTradeNumber),
        ("payment_intent_data[metadata][\(Self.paymentKey)]", payment.outTradeNumber),
        ("expires_at", String(Self.pageExpiry(of: payment).milliseconds / 1000)),
        ("adaptive_pricing[enabled]", "false"),
      ], key: key)
  }

  /// When the page ends at Stripe: with the payment, within Stripe's own bounds.
  static func pageExpiry(of payment: PaymentFacts) -> Timestamp {
    let life = payment.expiresAt.milliseconds(since: payment.createdAt)
    return payment.createdAt.adding(milliseconds: min(max(life, lifeMin), lifeMax))
  }

  private func known(_ payment: PaymentFacts) throws(Fault) -> GatewayRequest? {
    if let id = payment.gatewayPayment { return try object(id) }
    return try payment.gatewayTransaction.map { id throws(Fault) in try object(id) }
  }

  /// Reads a page or an intent with everything that hangs on it.
  func object(_ id: String) throws(Fault) -> GatewayRequest {
    let intentParts = ["latest_charge.balance_transaction", "latest_charge.refunds"]
    if id.hasPrefix("cs_") {
      return get(
        "/v1/checkout/sessions/\(try plain(id))",
        intentParts.map { ("expand[]", "payment_intent.\($0)") })
    }
    return get("/v1/payment_intents/\(try plain(id))", intentParts.map { ("expand[]", $0) })
  }

  /// The answer to the create call is missing: make it again while Stripe remembers its key, else
  /// look for what a buyer may have paid.
  private func unseen(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    now.milliseconds(since: payment.createdAt) < Self.keyLife
      ? try create(payment) : search(payment)
  }

  func search(_ payment: PaymentFacts) -> GatewayRequest {
    get(
      "/v1/payment_intents/search",
      [
        ("query", "metadata[\"\(Self.paymentKey)\"]:\"\(payment.outTradeNumber)\""),
        ("limit", "10"),
      ])
  }

  /// Ends what can still be paid. Sending it twice does no harm.
  func end(_ id: String) throws(Fault) -> GatewayRequest {
    id.hasPrefix("cs_")
      ? post("/v1/checkout/sessions/\(try plain(id))/expire", [], key: nil)
      : post(
        "/v1/payment_intents/\(try plain(id))/cancel", [("cancellation_reason", "abandoned")],
        key: nil)
  }

  func disputes(ofIntent id: String) throws(Fault) -> GatewayRequest {
    get("/v1/disputes", [("payment_intent", try plain(id)), ("limit", "100")])
  }

  // MARK: Refunds

  private func refund(
    _ payment: PaymentFacts, _ refund: RefundFacts
  ) throws(Fault) -> GatewayRequest {
    guard let intent = payment.gatewayTransaction else {
      throw .unmade("the payment's number at Stripe is not known")
    }
    return post(
      "/v1/refunds",
      [
        ("payment_intent", intent), ("amount", String(try units(refund.amount))),
        ("metadata[\(Self.refundKey)]", refund.refundNumber),
        ("metadata[\(Self.paymentKey)]", payment.outTradeNumber),
      ], key: "till-refund-\(refund.refundNumber)")
  }

  func refunds(of payment: PaymentFacts, after: String?) throws(Fault) -> GatewayRequest {
    guard let intent = payment.gatewayTransaction else {
      throw .unmade("the payment's number at Stripe is not known")
    }
    var pairs: [Pair] = [("payment_intent", try plain(intent)), ("limit", "100")]
    if let after { pairs.append(("starting_after", try plain(after))) }
    return get("/v1/refunds", pairs)
  }

  // MARK: What happened

  /// Newest first at Stripe; a page that ends before a known event is the oldest one after it.
  private func events(_ facts: CatchUpFacts) -> GatewayRequest {
    let types: [Pair] = StripeNotices.catchUpTypes.map { ("types[]", $0) }
    let place: [Pair] =
      facts.cursor.flatMap { $0.isEmpty ? nil : [("ending_before", $0)] }
      ?? [("created[gte]", String(facts.since.milliseconds / 1000))]
    return get("/v1/events", [("limit", "100")] + place + types)
  }

  // MARK: Bills

  /// - Parameter after: the last row of the page before; newest first.
  func balanceTransactions(
    from: Timestamp, before: Timestamp, after: String?
  ) throws(Fault) -> GatewayRequest {
    var pairs: [Pair] = [
      ("created[gte]", String(from.milliseconds / 1000)),
      ("created[lt]", String(before.milliseconds / 1000)), ("limit", "100"),
      ("expand[]", "data.source"),
    ]
    if let after { pairs.append(("starting_after", try plain(after))) }
    return get("/v1/balance_transactions", pairs, answerBytesMax: BillDownload.pageAnswerBytesMax)
  }

  func webhooks() -> GatewayRequest { get("/v1/webhook_endpoints", [("limit", "100")]) }

  // MARK: Bytes

  private func units(_ amount: Money) throws(Fault) -> Int64 {
    guard let units = StripeAmounts.scale.units(amount),
      (1...StripeGateway.unitsMax).contains(units)
    else { throw .unmade("Stripe does not take \(amount)") }
    return units
  }

  private func plain(_ id: String) throws(Fault) -> String {
    guard GatewayText.isName(id) else {
      throw .unmade("a number of Stripe holds signs that none has")
    }
    return id
  }

  private var common: [Header] {
    [
      Header("Authorization", "Bearer \(settings.secretKey)"),
      Header("Stripe-Version", StripeSettings.version), Header("Accept", "application/json"),
    ]
  }

  private func get(
    _ path: String, _ pairs: [Pair], answerBytesMax: Int = GatewayRequest.answerBytesUsual
  ) -> GatewayRequest {
    let query = pairs.isEmpty ? "" : "?" + Self.form(pairs)
    return GatewayRequest(
      method: "GET", url: settings.baseURL + path + query, headers: common, body: [],
      answerBytesMax: answerBytesMax)
  }

  private func post(_ path: String, _ pairs: [Pair], key: String?) -> GatewayRequest {
    var headers = common
    if let key { headers.append(Header("Idempotency-Key", key)) }
    headers.append(Header("Content-Type", "application/x-www-form-urlencoded"))
    return GatewayRequest(
      method: "POST", url: settings.baseURL + path, headers: headers,
      body: Array(Self.form(pairs).utf8), answerBytesMax: GatewayAnswer.objectBytesMax)
  }

  /// Names hold brackets, which must not stand in an address as they are.
  private static func form(_ pairs: [Pair]) -> String {
    FormEncoding.query(pairs.map { (FormEncoding.encode($0.name), $0.value) })
  }
}
