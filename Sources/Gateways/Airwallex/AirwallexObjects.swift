import Domain
import JSON

/// What Airwallex's objects mean. Both generations of words are read: which one comes depends on
/// the version that the account or the webhook was set up with.
enum AirwallexObjects {
  static func id(_ value: JSONValue?) -> String? {
    guard let id = value?.stringValue, GatewayText.isName(id) else { return nil }
    return id
  }

  /// An amount is a number literal of the major unit; its text is read, never its binary value.
  static func money(_ amount: JSONValue?, _ currency: JSONValue?) -> Money? {
    guard let code = currency?.stringValue, let currency = Currency(code: code),
      let text = amount?.numberLiteral
    else { return nil }
    return AmountScale.read(text, currency)
  }

  // MARK: Intents

  static func intent(_ intent: JSONObject, at now: Timestamp) -> PaymentSighting? {
    guard let id = id(intent["id"]), let status = intent["status"]?.stringValue else { return nil }
    switch status {
    case "REQUIRES_PAYMENT_METHOD", "REQUIRES_CUSTOMER_ACTION", "CREATED":
      return .unpaid(action: action(intent, at: now), gatewayPayment: id)
    case "PENDING":
      return .processing(Reason(code: "bank_working", text: "the bank is at work"))
    case "PENDING_REVIEW":
      return .processing(Reason(code: "bank_review", text: "Airwallex looks at the payment"))
    case "REQUIRES_CAPTURE", "CAPTURE_REQUIRED", "CAPTURE_REQUESTED", "REQUESTED_CAPTURE":
      return .processing(Reason(code: "authorised", text: "authorised, not captured"))
    case "CANCELLED": return .closed(nil)
    case "SUCCEEDED":
      let amount =
        money(intent["captured_amount"], intent["currency"]).flatMap { $0.minor > 0 ? $0 : nil }
        ?? money(intent["amount"], intent["currency"])
      guard let amount else { return nil }
      return .paid(
        Capture(
          amount: amount, gatewayTransaction: id,
          paidAt: GatewayTime.read(intent["latest_payment_attempt"]?["updated_at"]?.stringValue)))
    default: return .unrecognised("payment_intent.\(status)")
    }
  }

  private static func action(_ intent: JSONObject, at now: Timestamp) -> PaymentAction? {
    guard let secret = intent["client_secret"]?.stringValue, !secret.isEmpty else { return nil }
    return PaymentAction(
      kind: .clientSecret, value: secret,
      expiresAt: now.adding(milliseconds: AirwallexGateway.secretLifeMilliseconds))
  }

  // MARK: Refunds

  /// Our number of a refund: in its metadata, or hidden in its request id.
  static func isRefund(_ refund: JSONObject, _ number: String) -> Bool {
    (refund["metadata"]?[AirwallexRequests.refundKey]?.stringValue).hasSameBytes(as: number)
      || (refund["request_id"]?.stringValue).hasSameBytes(
        as: AirwallexRequests.requestID("refund", number))
  }

  static func refundStatement(_ refund: JSONObject) -> GatewayStatement? {
    guard let sighting = self.refund(refund) else { return nil }
    if let number = refund["metadata"]?[AirwallexRequests.refundKey]?.stringValue {
      return .refund(number: number, sighting)
    }
    guard let id = id(refund["id"]), let amount = money(refund["amount"], refund["currency"])
    else { return nil }
    return .outsideRefund(OutsideRefund(gatewayRefund: id, amount: amount, sighting: sighting))
  }

  static func refund(_ refund: JSONObject) -> RefundSighting? {
    guard let id = id(refund["id"]), let status = refund["status"]?.stringValue,
      let amount = money(refund["amount"], refund["currency"])
    else { return nil }
    switch status {
    case "SETTLED", "SUCCEEDED":
      return .succeeded(
        amount: amount, gatewayRefund: id, at: GatewayTime.read(refund["updated_at"]?.stringValue))
    case "RECEIVED", "ACCEPTED", "PROCESSING":
      return .processing(
        Reason(code: "bank_working", text: "the bank is at work on the refund"), gatewayRefund: id)
    case "FAILED":
      let why = refund["failure_details"]?["code"]?.stringValue ?? status
      return .failed(
        Reason(
          code: "refund_failed", gatewayCode: String(why.prefix(64)),
          text: "Airwallex could not give the money back"))
    default: return .unrecognised("refund.\(status)")
    }
  }

  // MARK: Disputes

  /// Notices name some members otherwise than answers do.
  static func dispute(_ dispute: JSONObject) -> DisputeSighting? {
    guard let id = id(dispute["id"]) ?? id(dispute["dispute_id"]),
      let status = dispute["status"]?.stringValue,
      let amount = money(dispute["amount"], dispute["currency"])
        ?? money(dispute["dispute_amount"], dispute["dispute_currency"])
    else { return nil }
    let stage = dispute["stage"]?.stringValue ?? ""
    let type = dispute["reason"]?["type"]?.stringValue
    let reason = type.map {
      Reason(
        code: $0 == "FRAUDULENT" ? "fraud" : "dispute", gatewayCode: String($0.prefix(64)),
        text: "the buyer's bank says: \($0.prefix(64))")
    }
    return DisputeSighting(
      gatewayDispute: id, status: disputeStatus(status, stage),
      gatewayStatus: "\(stage) \(status)", amount: amount, reason: reason,
      dueAt: GatewayTime.read(dispute["due_at"]?.stringValue))
  }

  /// A request for information (RFI) moves no money: one that is accepted is paid by a refund,
  /// which is told of by itself, and one that runs out may still become a chargeback.
  private static func disputeStatus(_ status: String, _ stage: String) -> DisputeStatus? {
    let isInquiry = stage == "RFI"
    return switch status {
    case "REQUIRES_RESPONSE": isInquiry ? .warning : .needsResponse
    case "CHALLENGED", "PENDING_CLOSURE", "PENDING_DECISION": isInquiry ? .warning : .underReview
    case "WON", "REVERSED": isInquiry ? .warningClosed : .won
    case "EXPIRED": isInquiry ? .warningClosed : .lost
    case "LOST": .lost
    case "ACCEPTED": isInquiry ? .prevented : .accepted
    default: nil
    }
  }
}
