import Domain
import JSON

/// Answers of PayPal → what they say, or what to send next.
struct PayPalAnswers: Sendable {
  let settings: PayPalSettings
  let requests: PayPalRequests

  func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    try answer.requireUsable(of: "PayPal")
    let object = try answer.object(of: "PayPal")
    if case .check = question {
      return .check(PayPalCheck(settings: settings).finding(object, answer, at: now))
    }
    if case .notice = question { return .notice(try PayPalNoticeProof.read(object, answer)) }
    guard answer.status < 300 else { return try refusal(answer, object, question, at: now) }
    switch question {
    case .create(let payment): return try created(object, payment)
    case .query(let payment), .close(let payment):
      return try queried(object, answer.step, payment, at: now)
    case .refund(_, let refund): return .refund(try self.refund(.object(object), refund))
    case .refundQuery(let payment, let refund):
      return try refundQueried(object, payment, refund)
    case .disputeQuery(_, let facts):
      guard let dispute = PayPalObjects.dispute(object),
        dispute.gatewayDispute.hasSameBytes(as: facts.gatewayDispute)
      else { throw .badReply("PayPal", "it is about another dispute") }
      return .dispute(dispute)
    case .catchUp(let facts): return .happened(PayPalEvents.page(object, facts))
    case .notice, .check: preconditionFailure("its answer is read by itself")
    }
  }

  private func next(
    _ name: String, _ request: GatewayRequest, movesMoney: Bool = false,
    meanwhile: [GatewayStatement] = []
  ) -> GatewayReading {
    .next(GatewayStep(name: name, request: request, movesMoney: movesMoney, meanwhile: meanwhile))
  }

  // MARK: Payments

  private func orderID(
    _ object: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> (id: String, unit: JSONValue) {
    guard let id = PayPalObjects.id(object["id"]), let unit = PayPalObjects.unit(object),
      (unit["custom_id"]?.stringValue).hasSameBytes(as: payment.outTradeNumber)
    else { throw .badReply("PayPal", "it is about another order") }
    return (id, unit)
  }

  private func created(
    _ object: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> GatewayReading {
    let (id, _) = try orderID(object, payment)
    guard let action = PayPalObjects.action(object, payment) else {
      throw .badReply("PayPal", "it says no way to pay")
    }
    return .payment(.unpaid(action: action, gatewayPayment: id))
  }

  private func queried(
    _ object: JSONObject, _ step: String?, _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    switch step {
    case PayPalRequests.Step.disputes: return try disputesListed(object)
    case let step? where PayPalRequests.Step.isDispute(step):
      return try disputeRead(object, step)
    case nil where payment.gatewayPayment == nil:
      // A repeated create says what was made; how it stands has to be read.
      let (id, _) = try orderID(object, payment)
      return next(PayPalRequests.Step.order, try requests.order(id))
    default: return try order(object, step, payment, at: now)
    }
  }

  private func order(
    _ object: JSONObject, _ step: String?, _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    let (id, unit) = try orderID(object, payment)
    guard let status = object["status"]?.stringValue else {
      throw .badReply("PayPal", "it has no status")
    }
    if let sighting = PayPalObjects.captured(unit) {
      return try captured(sighting, unit, payment)
    }
    switch status {
    case "CREATED", "SAVED", "PAYER_ACTION_REQUIRED":
      guard payment.isWanted else { return .payment(Self.unwanted(payment, at: now)) }
      return .payment(
        .unpaid(action: PayPalObjects.action(object, payment), gatewayPayment: id))
    case "APPROVED":
      guard payment.isWanted else { return .payment(Self.unwanted(payment, at: now)) }
      let approved = Reason(code: "approved", text: "the buyer has approved; Till captures")
      return next(
        PayPalRequests.Step.capture, try requests.capture(id, payment), movesMoney: true,
        meanwhile: [
          .payment(.unpaid(action: nil, gatewayPayment: id)), .payment(.processing(approved)),
        ])
    case "VOIDED": return .payment(.closed(nil))
    case "COMPLETED":
      throw .badReply("PayPal", "it says completed and shows no capture")
    default: return .payment(.unrecognised("order.\(status)"))
    }
  }

  /// Not captured, and Till will not capture any more. A capture that may still be at work is
  /// waited for.
  static func unwanted(_ payment: PaymentFacts, at now: Timestamp) -> PaymentSighting {
    if let taken = payment.takenAt,
      now.milliseconds(since: taken) < PayPalGateway.captureSettlesMilliseconds
    {
      return .unpaid(action: nil)
    }
    return .closed(PayPalObjects.neverTaken)
  }

  /// A capture is there. What was paid before is also asked about for disputes: the order does not
  /// tell of them.
  private func captured(
    _ sighting: PaymentSighting, _ unit: JSONValue, _ payment: PaymentFacts
  ) throws(Fault) -> GatewayReading {
    let refunds = PayPalObjects.refunds(unit, payment)
    guard let capture = payment.gatewayTransaction, case .paid = sighting else {
      return .findings(sighting, also: refunds)
    }
    return next(
      PayPalRequests.Step.disputes, try requests.disputes(ofCapture: capture),
      meanwhile: [.payment(sighting)] + refunds)
  }

  /// The list shows no outcomes: the newest disputes are read by themselves. A question has steps
  /// for two; those that are known are asked about anyway, so more than two would have to be opened
  /// between two questions.
  private func disputesListed(_ object: JSONObject) throws(Fault) -> GatewayReading {
    let ids = (object["items"]?.arrayValue ?? []).compactMap { PayPalObjects.id($0["dispute_id"]) }
    guard let first = ids.first else { return .findings(nil, also: []) }
    let name =
      ids.dropFirst().first.map { PayPalRequests.Step.dispute(before: $0) }
      ?? PayPalRequests.Step.dispute
    return next(name, try requests.dispute(first))
  }

  private func disputeRead(_ object: JSONObject, _ step: String) throws(Fault) -> GatewayReading {
    let found = PayPalObjects.dispute(object).map { [GatewayStatement.dispute($0)] } ?? []
    guard let other = PayPalRequests.Step.disputeBehind(step) else {
      return .findings(nil, also: found)
    }
    return next(PayPalRequests.Step.dispute, try requests.dispute(other), meanwhile: found)
  }

  // MARK: Refunds

  private func refund(
    _ value: JSONValue, _ facts: RefundFacts
  ) throws(Fault) -> RefundSighting {
    guard (value["custom_id"]?.stringValue).hasSameBytes(as: facts.refundNumber) else {
      throw .badReply("PayPal", "it is about another refund")
    }
    guard let found = PayPalObjects.refund(value) else {
      throw .badReply("PayPal", "it lacks what a refund must have")
    }
    return found
  }

  private func refundQueried(
    _ object: JSONObject, _ payment: PaymentFacts, _ facts: RefundFacts
  ) throws(Fault) -> GatewayReading {
    if facts.gatewayRefund != nil { return .refund(try refund(.object(object), facts)) }
    if let unit = PayPalObjects.unit(object) {
      _ = try orderID(object, payment)
      let rows = unit["payments"]?["refunds"]?.arrayValue ?? []
      let own = rows.first {
        ($0["custom_id"]?.stringValue).hasSameBytes(as: facts.refundNumber)
      }
      guard let own else { return .refund(.absent) }
      return .refund(try refund(own, facts))
    }
    // The capture, because the order's number was never learnt: it leads back to the order.
    let related = object["supplementary_data"]?["related_ids"]?["order_id"]
    guard let order = PayPalObjects.id(related) else {
      throw .badReply("PayPal", "it does not lead to the order")
    }
    return next(PayPalRequests.Step.order, try requests.order(order))
  }

  // MARK: Refusals

  private func refusal(
    _ answer: GatewayAnswer, _ object: JSONObject, _ question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    // An application without the right to see disputes still sees payments.
    if let step = answer.step,
      step.hasSameBytes(as: PayPalRequests.Step.disputes) || PayPalRequests.Step.isDispute(step)
    {
      return .findings(nil, also: [])
    }
    let verdict = PayPalIssues.verdict(status: answer.status, object)
    if case .catchUp(let facts) = question, ListPlace(facts.cursor).mark != nil {
      // The link to a next page lives for a while only: the look begins again.
      switch verdict {
      case .absent, .refused: return .happened(ListPlace(facts.cursor).restarted)
      case .trouble, .configuration, .buyerStillThere, .done: break
      }
    }
    switch verdict {
    case .trouble:
      throw .outcomeUnknown(
        PayPalIssues.reason(object, FaultCode.broken, "PayPal is still at work on it"))
    case .configuration:
      let reason = PayPalIssues.reason(
        object, FaultCode.authentication, "PayPal does not let this application do it")
      if case .create = question { return .payment(.failed(reason)) }
      throw .answered(reason)
    case .buyerStillThere: return .payment(.unpaid(action: nil))
    case .done:
      guard case .query(let payment) = question, let id = payment.gatewayPayment else {
        throw .outcomeUnknown(
          PayPalIssues.reason(object, FaultCode.broken, "it was done before; a query tells"))
      }
      return next(PayPalRequests.Step.order, try requests.order(id))
    case .absent: return try absent(object, question, at: now)
    case .refused(let word):
      return try refused(PayPalIssues.reason(object, word, "PayPal refused"), answer, question)
    }
  }

  /// An order that PayPal has forgotten lapsed without a capture.
  private func absent(
    _ object: JSONObject, _ question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    switch question {
    case .query(let payment), .close(let payment):
      let unwanted = Self.unwanted(payment, at: now)
      if !payment.isWanted { return .payment(unwanted) }
      return .payment(.absent(provesClosed: false))
    case .refundQuery: return .refund(.absent)
    case .create, .refund, .disputeQuery, .catchUp, .notice, .check:
      throw .answered(
        PayPalIssues.reason(object, FaultCode.rejected, "PayPal does not know what it is about"))
    }
  }

  private func refused(
    _ reason: Reason, _ answer: GatewayAnswer, _ question: Question
  ) throws(Fault) -> GatewayReading {
    switch question {
    case .create: return .payment(.failed(reason))
    case .query where answer.step == PayPalRequests.Step.capture: return .payment(.failed(reason))
    case .refund: return .refund(.failed(reason))
    case .query, .close, .refundQuery, .disputeQuery, .catchUp, .notice, .check:
      throw .answered(
        Reason(
          code: FaultCode.rejected, gatewayCode: reason.gatewayCode, text: reason.text))
    }
  }
}
