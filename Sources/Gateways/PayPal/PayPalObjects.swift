import Domain
import JSON

/// What PayPal's objects mean.
enum PayPalObjects {
  static let neverTaken = Reason(
    code: "never_captured", text: "it was never captured, and only a capture takes money")

  static func id(_ value: JSONValue?) -> String? {
    guard let id = value?.stringValue, GatewayText.isName(id) else { return nil }
    return id
  }

  static func money(_ value: JSONValue?) -> Money? {
    guard let code = value?["currency_code"]?.stringValue, let currency = Currency(code: code),
      let text = value?["value"]?.stringValue
    else { return nil }
    return AmountScale.read(text, currency)
  }

  /// The one purchase unit that every order of ours has.
  static func unit(_ order: JSONObject) -> JSONValue? {
    guard let units = order["purchase_units"]?.arrayValue, units.count == 1 else { return nil }
    return units[0]
  }

  static func action(_ order: JSONObject, _ payment: PaymentFacts) -> PaymentAction? {
    let links = (order["links"]?.arrayValue ?? []).filter {
      ["payer-action", "approve"].contains($0["rel"]?.stringValue ?? "")
    }
    guard let url = links.first?["href"]?.stringValue, GatewayText.isWebAddress(url) else {
      return nil
    }
    let end = payment.createdAt.adding(milliseconds: PayPalGateway.approvalMilliseconds)
    return PaymentAction(kind: .redirect, value: url, expiresAt: min(end, payment.expiresAt))
  }

  /// The captures of an order: money is where one of them says so, whatever the order says.
  static func captured(_ unit: JSONValue) -> PaymentSighting? {
    let captures = unit["payments"]?["captures"]?.arrayValue ?? []
    let sightings = captures.map(capture)
    let paid = sightings.first { if case .paid? = $0 { true } else { false } }
    return paid ?? sightings.last ?? nil
  }

  static func capture(_ capture: JSONValue) -> PaymentSighting? {
    guard let id = id(capture["id"]), let status = capture["status"]?.stringValue else {
      return nil
    }
    let why = capture["status_details"]?["reason"]?.stringValue
    switch status {
    case "COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED":
      guard let amount = money(capture["amount"]) else { return nil }
      let fee = capture["seller_receivable_breakdown"]?["paypal_fee"]
      return .paid(
        Capture(
          amount: amount, gatewayTransaction: id,
          paidAt: GatewayTime.read(capture["create_time"]?.stringValue), fee: money(fee)))
    case "PENDING":
      return .processing(
        Reason(
          code: why == "PENDING_REVIEW" ? "bank_review" : "bank_working",
          gatewayCode: why.map { String($0.prefix(64)) },
          text: "PayPal holds the capture as pending"))
    case "DECLINED", "FAILED":
      return .failed(
        Reason(
          code: "buyer_refused", gatewayCode: String((why ?? status).prefix(64)),
          text: "PayPal declined the capture"))
    default: return .unrecognised("capture.\(status)")
    }
  }

  /// Every refund that stands on an order. One whose `custom_id` is not the payment's own number
  /// was made by us under that number.
  static func refunds(_ unit: JSONValue, _ payment: PaymentFacts) -> [GatewayStatement] {
    (unit["payments"]?["refunds"]?.arrayValue ?? []).compactMap { row in
      guard let sighting = refund(row) else { return nil }
      if let number = row["custom_id"]?.stringValue,
        !number.hasSameBytes(as: payment.outTradeNumber)
      {
        return .refund(number: number, sighting)
      }
      guard let id = id(row["id"]), let amount = money(row["amount"]) else { return nil }
      return .outsideRefund(OutsideRefund(gatewayRefund: id, amount: amount, sighting: sighting))
    }
  }

  static func refund(_ refund: JSONValue) -> RefundSighting? {
    guard let id = id(refund["id"]), let status = refund["status"]?.stringValue,
      let amount = money(refund["amount"])
    else { return nil }
    let why = refund["status_details"]?["reason"]?.stringValue
    switch status {
    case "COMPLETED":
      return .succeeded(
        amount: amount, gatewayRefund: id, at: GatewayTime.read(refund["create_time"]?.stringValue))
    case "PENDING":
      return .processing(
        Reason(
          code: "bank_working", gatewayCode: why.map { String($0.prefix(64)) },
          text: "PayPal holds the refund as pending"))
    case "FAILED", "CANCELLED":
      return .failed(
        Reason(
          code: "refund_failed", gatewayCode: String((why ?? status).prefix(64)),
          text: "PayPal could not give the money back"))
    default: return .unrecognised("refund.\(status)")
    }
  }

  static func dispute(_ dispute: JSONObject) -> DisputeSighting? {
    guard let id = id(dispute["dispute_id"]), let status = dispute["status"]?.stringValue,
      let amount = money(dispute["dispute_amount"])
    else { return nil }
    let outcome = dispute["dispute_outcome"]?["outcome_code"]?.stringValue
    let stage = dispute["dispute_life_cycle_stage"]?.stringValue
    let reason = dispute["reason"]?.stringValue.map {
      Reason(
        code: $0 == "UNAUTHORISED" ? "fraud" : "dispute", gatewayCode: String($0.prefix(64)),
        text: "the buyer says: \($0.prefix(64))")
    }
    let funds = disputeFunds(dispute)
    return DisputeSighting(
      gatewayDispute: id, status: disputeStatus(status, outcome, stage, funds),
      gatewayStatus: outcome.map { "\(status) \($0)" } ?? status,
      amount: givenBack(dispute, outcome, of: amount) ?? amount, reason: reason,
      dueAt: GatewayTime.read(dispute["seller_response_due_date"]?.stringValue),
      funds: funds)
  }

  /// What a decision for the buyer gave him of what he disputed, where it names a part.
  private static func givenBack(
    _ dispute: JSONObject, _ outcome: String?, of disputed: Money
  ) -> Money? {
    guard outcome.hasSameBytes(as: "RESOLVED_BUYER_FAVOUR") || outcome.hasSameBytes(as: "ACCEPTED"),
      let part = money(dispute["dispute_outcome"]?["amount_refunded"]),
      part.currency == disputed.currency, part.minor > 0, part.minor < disputed.minor
    else { return nil }
    return part
  }

  /// What PayPal tells of money that a dispute moved out of our balance and back. Fees are no money
  /// of the buyer's. Nil where it tells nothing: the status then says enough.
  private static func disputeFunds(_ dispute: JSONObject) -> DisputeFunds? {
    var (sum, isTold): (Int64, Bool) = (0, false)
    for move in dispute["money_movements"]?.arrayValue ?? [] {
      guard (move["affected_party"]?.stringValue).hasSameBytes(as: "SELLER"),
        (move["reason"]?.stringValue).hasSameBytes(as: "DISPUTE_SETTLEMENT"),
        let amount = money(move["amount"])
      else { continue }
      let isDebit = (move["type"]?.stringValue).hasSameBytes(as: "DEBIT")
      let (next, overflow) = sum.addingReportingOverflow(isDebit ? -amount.minor : amount.minor)
      guard !overflow else { return nil }
      (sum, isTold) = (next, true)
    }
    guard isTold else { return nil }
    return sum < 0 ? .withdrawn : .reinstated
  }

  /// An inquiry is between the buyer and us, and moves no money: what we offer or accept there is
  /// paid by a refund, which stands on the capture and is told of by itself. Where money was taken
  /// nevertheless, that tells more than the stage.
  private static func disputeStatus(
    _ status: String, _ outcome: String?, _ stage: String?, _ funds: DisputeFunds?
  ) -> DisputeStatus? {
    let isInquiry = stage.hasSameBytes(as: "INQUIRY") && funds != .withdrawn
    return switch status {
    case "RESOLVED": isInquiry ? inquiryEnd(outcome) : disputeEnd(outcome, funds)
    case "OPEN", "WAITING_FOR_SELLER_RESPONSE": isInquiry ? .warning : .needsResponse
    case "UNDER_REVIEW", "WAITING_FOR_BUYER_RESPONSE": isInquiry ? .warning : .underReview
    default: nil
    }
  }

  private static func inquiryEnd(_ outcome: String?) -> DisputeStatus? {
    switch outcome {
    case "RESOLVED_BUYER_FAVOUR", "ACCEPTED": .prevented
    case "RESOLVED_SELLER_FAVOUR", "RESOLVED_WITH_PAYOUT", "DENIED", "CANCELED_BY_BUYER", "NONE",
      nil:
      .warningClosed
    default: nil
    }
  }

  private static func disputeEnd(_ outcome: String?, _ funds: DisputeFunds?) -> DisputeStatus? {
    switch outcome {
    case "RESOLVED_BUYER_FAVOUR": .lost
    case "ACCEPTED": .accepted
    case "CANCELED_BY_BUYER": .withdrawn
    case "RESOLVED_SELLER_FAVOUR", "RESOLVED_WITH_PAYOUT", "DENIED": .won
    // Closed without a decision, as another one was opened over the same transaction: where the
    // money is decides, and where PayPal tells of none the other one will.
    case "NONE", nil: undecided(funds)
    default: nil
    }
  }

  private static func undecided(_ funds: DisputeFunds?) -> DisputeStatus {
    switch funds {
    case .withdrawn: .lost
    case .reinstated: .won
    case DisputeFunds.none?, nil: .prevented
    }
  }
}
