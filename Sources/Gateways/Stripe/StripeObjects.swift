import Domain
import JSON

/// What Stripe's objects mean, wherever they come from: answers, notices, the list of events.
struct StripeObjects: Sendable {
  let settings: StripeSettings

  /// Whether an object was made under the same kind of key as ours.
  func isOurMode(_ object: JSONObject) -> Bool {
    guard let live = object["livemode"]?.boolValue else { return true }
    return live == settings.isLive
  }

  static func id(_ value: JSONValue?) -> String? {
    guard let id = value?.stringValue ?? value?["id"]?.stringValue, GatewayText.isName(id) else {
      return nil
    }
    return id
  }

  /// Our number in an object's metadata.
  static func number(_ object: JSONObject) -> String? {
    object["metadata"]?[StripeRequests.paymentKey]?.stringValue
  }

  // MARK: Pages and intents

  /// - Parameter action: how the buyer pays, where the page is still open.
  static func session(_ session: JSONObject) -> PaymentSighting? {
    guard let id = id(session["id"]), let status = session["status"]?.stringValue
    else { return nil }
    switch status {
    case "open": return .unpaid(action: action(ofSession: session), gatewayPayment: id)
    case "expired": return .closed(nil)
    case "complete": return completed(session)
    default: return .unrecognised("checkout.session.\(status)")
    }
  }

  /// A page that was gone through. That alone is no payment.
  private static func completed(_ session: JSONObject) -> PaymentSighting? {
    let intent = session["payment_intent"]
    if let whole = intent?.objectValue {
      guard case .unpaid? = self.intent(whole) else { return self.intent(whole) }
      // A voucher or a transfer that the buyer has yet to make.
      guard (whole["status"]?.stringValue).hasSameBytes(as: "requires_payment_method") else {
        return .processing(Reason(code: "bank_working", text: "the buyer has yet to pay in"))
      }
      // A delayed method that failed: nobody can try again on this page.
      return .failed(lastError(whole) ?? Reason(code: "buyer_refused", text: "the payment failed"))
    }
    switch session["payment_status"]?.stringValue {
    case "paid":
      guard let amount = StripeAmounts.money(session["amount_total"], session["currency"]),
        let number = id(intent)
      else { return nil }
      return .paid(Capture(amount: amount, gatewayTransaction: number, paidAt: nil))
    case "unpaid": return .processing(Reason(code: "bank_working", text: "the bank is at work"))
    case let other: return .unrecognised("payment_status \(other ?? "missing")")
    }
  }

  static func intent(_ intent: JSONObject) -> PaymentSighting? {
    guard let id = id(intent["id"]), let status = intent["status"]?.stringValue else { return nil }
    switch status {
    case "requires_payment_method", "requires_confirmation", "requires_action":
      return .unpaid(action: action(ofIntent: intent), gatewayPayment: id)
    case "processing":
      return .processing(Reason(code: "bank_working", text: "the bank is at work"))
    case "requires_capture":
      return .processing(Reason(code: "authorised", text: "authorised, not captured"))
    case "canceled": return .closed(nil)
    case "succeeded":
      guard let amount = StripeAmounts.money(intent["amount_received"], intent["currency"])
      else { return nil }
      let charge = intent["latest_charge"]?.objectValue
      let balance = charge?["balance_transaction"]?.objectValue
      return .paid(
        Capture(
          amount: amount, gatewayTransaction: id,
          paidAt: GatewayTime.seconds(charge?["created"]),
          fee: StripeAmounts.money(balance?["fee"], balance?["currency"])))
    default: return .unrecognised("payment_intent.\(status)")
    }
  }

  private static func action(ofSession session: JSONObject) -> PaymentAction? {
    guard let url = session["url"]?.stringValue, GatewayText.isWebAddress(url),
      let expiry = GatewayTime.seconds(session["expires_at"])
    else { return nil }
    return PaymentAction(kind: .redirect, value: url, expiresAt: expiry)
  }

  /// The secret for Stripe's own script. It is as good as the intent, which ends with our payment.
  private static func action(ofIntent intent: JSONObject) -> PaymentAction? {
    guard let secret = intent["client_secret"]?.stringValue,
      let created = GatewayTime.seconds(intent["created"])
    else { return nil }
    return PaymentAction(
      kind: .clientSecret, value: secret, expiresAt: created.adding(milliseconds: 86_400_000))
  }

  static func lastError(_ intent: JSONObject) -> Reason? {
    guard let error = intent["last_payment_error"]?.objectValue else { return nil }
    let code = error["decline_code"]?.stringValue ?? error["code"]?.stringValue ?? "declined"
    return Reason(
      code: "buyer_refused", gatewayCode: String(code.prefix(64)),
      text: "the buyer's bank or card refused")
  }

  // MARK: Refunds and disputes

  /// What a charge tells beside its payment: every refund that stands on it.
  static func refunds(ofCharge charge: JSONObject?) -> [GatewayStatement] {
    (charge?["refunds"]?["data"]?.arrayValue ?? []).compactMap(\.objectValue)
      .compactMap(refundStatement)
  }

  static func refundStatement(_ refund: JSONObject) -> GatewayStatement? {
    guard let sighting = refund.isEmpty ? nil : self.refund(refund) else { return nil }
    if let number = refund["metadata"]?[StripeRequests.refundKey]?.stringValue {
      return .refund(number: number, sighting)
    }
    guard let id = id(refund["id"]),
      let amount = StripeAmounts.money(refund["amount"], refund["currency"])
    else { return nil }
    return .outsideRefund(OutsideRefund(gatewayRefund: id, amount: amount, sighting: sighting))
  }

  static func refund(_ refund: JSONObject) -> RefundSighting? {
    guard let id = id(refund["id"]),
      let amount = StripeAmounts.money(refund["amount"], refund["currency"]),
      let status = refund["status"]?.stringValue
    else { return nil }
    switch status {
    case "succeeded":
      return .succeeded(
        amount: amount, gatewayRefund: id, at: GatewayTime.seconds(refund["created"]))
    case "pending": return .processing(pending(refund))
    case "requires_action":
      return .processing(
        Reason(code: "buyer_action", text: "the buyer must say where the money shall go"))
    case "failed", "canceled":
      let why = refund["failure_reason"]?.stringValue ?? status
      let reason = Reason(
        code: "refund_failed", gatewayCode: String(why.prefix(64)),
        text: "Stripe could not give the money back")
      // The money had left our balance and was booked back: it may have counted as succeeded.
      let cameBack = Self.id(refund["failure_balance_transaction"]) != nil
      return cameBack ? .returned(reason) : .failed(reason)
    default: return .unrecognised("refund.\(status)")
    }
  }

  private static func pending(_ refund: JSONObject) -> Reason? {
    guard let why = refund["pending_reason"]?.stringValue else { return nil }
    return Reason(
      code: why.hasSameBytes(as: "insufficient_funds") ? "balance_low" : "bank_working",
      gatewayCode: String(why.prefix(64)), text: "the refund waits at Stripe")
  }

  static func dispute(_ dispute: JSONObject) -> DisputeSighting? {
    guard let id = id(dispute["id"]), let status = dispute["status"]?.stringValue,
      let amount = StripeAmounts.money(dispute["amount"], dispute["currency"])
    else { return nil }
    let reason = dispute["reason"]?.stringValue.map {
      Reason(
        code: $0 == "fraudulent" ? "fraud" : "dispute", gatewayCode: String($0.prefix(64)),
        text: "the buyer's bank says: \($0.prefix(64))")
    }
    return DisputeSighting(
      gatewayDispute: id, status: disputeStatus(status), gatewayStatus: status, amount: amount,
      reason: reason, dueAt: GatewayTime.seconds(dispute["evidence_details"]?["due_by"]),
      funds: disputeFunds(dispute, status))
  }

  /// What the balance transactions of a dispute come to: taken out, or put back as well. They are
  /// in the currency of our balance, at the rate of their day: what comes back seldom has the sum
  /// of what went, so only their signs and their order count.
  ///
  /// Nil where they are missing or contradict a lost dispute: the status then says enough.
  private static func disputeFunds(_ dispute: JSONObject, _ status: String) -> DisputeFunds? {
    guard !status.hasSameBytes(as: "lost"),
      let rows = dispute["balance_transactions"]?.arrayValue
    else { return nil }
    var amounts: [Int64] = []
    for row in rows {
      guard let amount = row["amount"]?.integerValue else { return nil }
      if amount != 0 { amounts.append(amount) }
    }
    guard let last = amounts.last else { return DisputeFunds.none }
    let isBack = status.hasSameBytes(as: "won") && amounts.contains { $0 > 0 }
    return last > 0 || isBack ? .reinstated : .withdrawn
  }

  private static func disputeStatus(_ word: String) -> DisputeStatus? {
    switch word {
    case "warning_needs_response", "warning_under_review": .warning
    case "warning_closed": .warningClosed
    case "prevented": .prevented
    case "needs_response", "appeal_needs_response": .needsResponse
    case "under_review", "appeal_under_review": .underReview
    case "won": .won
    case "lost": .lost
    default: nil
    }
  }
}
