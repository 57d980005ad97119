import Domain
import JSON

/// Answers of Stripe → what they say, or what to ask next.
struct StripeAnswers: Sendable {
  let settings: StripeSettings
  let requests: StripeRequests

  private var objects: StripeObjects { StripeObjects(settings: settings) }

  func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    if case .check = question {
      return try StripeCheck(settings: settings, requests: requests).read(answer, at: now)
    }
    if answer.status >= 500, answer.header("idempotent-replayed").hasSameBytes(as: "true"),
      case .query(let payment) = question
    {
      // The key holds a failure for a day: what it made is found by searching, if anything.
      return next(StripeRequests.Step.search, requests.search(payment))
    }
    try answer.requireUsable(of: "Stripe")
    let object = try answer.object(of: "Stripe")
    guard answer.status < 300 else { return try refusal(answer, object, question) }
    guard objects.isOurMode(object) else {
      throw .badReply("Stripe", "it is of the other mode, live or test")
    }
    switch question {
    case .create(let payment): return try created(object, payment)
    case .query(let payment): return try queried(object, answer.step, payment)
    case .close(let payment): return try closed(object, answer.step, payment)
    case .refund(_, let refund): return .refund(try self.refund(object, refund))
    case .refundQuery(let payment, let refund):
      return try refundQueried(object, payment, refund)
    case .disputeQuery(_, let facts):
      guard let dispute = StripeObjects.dispute(object),
        dispute.gatewayDispute.hasSameBytes(as: facts.gatewayDispute)
      else { throw .badReply("Stripe", "it is about another dispute") }
      return .dispute(dispute)
    case .catchUp(let facts): return .happened(try StripeEvents.page(object, facts, objects))
    case .notice: throw .badReply("Stripe", "nothing was asked")
    case .check: preconditionFailure("the answer to a check is read by itself")
    }
  }

  private func next(
    _ name: String, _ request: GatewayRequest, meanwhile: [GatewayStatement] = []
  ) -> GatewayReading {
    .next(GatewayStep(name: name, request: request, movesMoney: false, meanwhile: meanwhile))
  }

  // MARK: Payments

  /// The object of a create call, of a page or an intent that was read.
  private func sighting(
    _ object: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> PaymentSighting {
    guard StripeObjects.number(object).hasSameBytes(as: payment.outTradeNumber) else {
      throw .badReply("Stripe", "it is about another payment")
    }
    let isPage = (object["object"]?.stringValue).hasSameBytes(as: "checkout.session")
    guard let found = isPage ? StripeObjects.session(object) : StripeObjects.intent(object) else {
      throw .badReply("Stripe", "it lacks what its kind must have")
    }
    return found
  }

  private func created(
    _ object: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> GatewayReading {
    let found = try sighting(object, payment)
    if case .unpaid(let action, _) = found, action == nil {
      throw .badReply("Stripe", "it says no way to pay")
    }
    return .payment(found)
  }

  private func queried(
    _ object: JSONObject, _ step: String?, _ payment: PaymentFacts
  ) throws(Fault) -> GatewayReading {
    switch step {
    case StripeRequests.Step.search: return try searched(object, payment)
    case StripeRequests.Step.disputes:
      let found = (object["data"]?.arrayValue ?? []).compactMap(\.objectValue)
        .compactMap(StripeObjects.dispute)
      return .findings(nil, also: found.map { .dispute($0) })
    case nil where payment.gatewayPayment == nil && payment.gatewayTransaction == nil:
      if (object["object"]?.stringValue).hasSameBytes(as: "search_result") {
        return try searched(object, payment)
      }
      return try reread(object, payment)
    default: return try whole(object, payment)
    }
  }

  /// A create call that was made again gives Stripe's first words: what became of it since has to
  /// be read.
  private func reread(
    _ object: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> GatewayReading {
    _ = try sighting(object, payment)
    guard let id = StripeObjects.id(object["id"]) else {
      throw .badReply("Stripe", "it has no id")
    }
    return next(StripeRequests.Step.session, try requests.object(id))
  }

  /// The search matches words and lags behind: only an equal number counts, and finding nothing
  /// proves nothing by itself.
  private func searched(
    _ object: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> GatewayReading {
    let found = (object["data"]?.arrayValue ?? []).compactMap(\.objectValue).filter {
      StripeObjects.number($0).hasSameBytes(as: payment.outTradeNumber)
    }
    let paid = found.first { ($0["status"]?.stringValue).hasSameBytes(as: "succeeded") }
    guard let best = paid ?? found.first, let id = StripeObjects.id(best["id"]) else {
      return .payment(.absent(provesClosed: false))
    }
    return next(StripeRequests.Step.intent, try requests.object(id))
  }

  /// A page or an intent with all that hangs on it; a disputed charge needs one more question.
  private func whole(
    _ object: JSONObject, _ payment: PaymentFacts
  ) throws(Fault) -> GatewayReading {
    let found = try sighting(object, payment)
    let intent = object["payment_intent"]?.objectValue ?? object
    let charge = intent["latest_charge"]?.objectValue
    let refunds = StripeObjects.refunds(ofCharge: charge)
    guard charge?["disputed"]?.boolValue == true, let id = StripeObjects.id(intent["id"]) else {
      return .findings(found, also: refunds)
    }
    return next(
      StripeRequests.Step.disputes, try requests.disputes(ofIntent: id),
      meanwhile: [.payment(found)] + refunds)
  }

  private func closed(
    _ object: JSONObject, _ step: String?, _ payment: PaymentFacts
  ) throws(Fault) -> GatewayReading {
    if (object["object"]?.stringValue).hasSameBytes(as: "search_result") {
      return try searched(object, payment)
    }
    if step == nil, payment.gatewayPayment == nil {
      _ = try sighting(object, payment)
      guard let id = StripeObjects.id(object["id"]) else {
        throw .badReply("Stripe", "it has no id")
      }
      return next(StripeRequests.Step.expire, try requests.end(id))
    }
    let found = try sighting(object, payment)
    if case .closed = found { return .closeAccepted }
    return .payment(found)
  }

  // MARK: Refunds

  private func refund(
    _ object: JSONObject, _ facts: RefundFacts
  ) throws(Fault) -> RefundSighting {
    let number = object["metadata"]?[StripeRequests.refundKey]?.stringValue
    guard number.hasSameBytes(as: facts.refundNumber) else {
      throw .badReply("Stripe", "it is about another refund")
    }
    guard let found = StripeObjects.refund(object) else {
      throw .badReply("Stripe", "it lacks what a refund must have")
    }
    return found
  }

  private func refundQueried(
    _ object: JSONObject, _ payment: PaymentFacts, _ facts: RefundFacts
  ) throws(Fault) -> GatewayReading {
    guard let list = object["data"]?.arrayValue else {
      return .refund(try refund(object, facts))
    }
    let rows = list.compactMap(\.objectValue)
    let own = rows.first {
      ($0["metadata"]?[StripeRequests.refundKey]?.stringValue).hasSameBytes(as: facts.refundNumber)
    }
    if let own { return .refund(try refund(own, facts)) }
    guard object["has_more"]?.boolValue == true, let last = StripeObjects.id(rows.last?["id"])
    else { return .refund(.absent) }
    return next(
      StripeRequests.Step.refundsPage, try requests.refunds(of: payment, after: last))
  }

  // MARK: Refusals

  private func refusal(
    _ answer: GatewayAnswer, _ object: JSONObject, _ question: Question
  ) throws(Fault) -> GatewayReading {
    guard let error = object["error"]?.objectValue else {
      throw .badReply("Stripe", "it refuses without saying why (\(answer.status))")
    }
    let verdict = StripeErrors.verdict(
      status: answer.status, code: error["code"]?.stringValue ?? "",
      type: error["type"]?.stringValue ?? "")
    switch verdict {
    case .trouble(let word):
      throw .outcomeUnknown(
        StripeErrors.reason(answer, error, word, "Stripe cannot answer now"))
    case .configuration:
      let reason = StripeErrors.reason(
        answer, error, FaultCode.authentication, "Stripe does not accept the key")
      // Refused before anything was begun, and the first time it was asked for.
      if case .create = question { return .payment(.failed(reason)) }
      throw .answered(reason)
    case .otherState: return try standing(answer, error, question)
    case .absent: return try absent(answer, error, question)
    case .refused(let word):
      return try refused(
        StripeErrors.reason(answer, error, word, "Stripe refused"), answer, question)
    }
  }

  /// It cannot be closed as it stands: say how it stands.
  private func standing(
    _ answer: GatewayAnswer, _ error: JSONObject, _ question: Question
  ) throws(Fault) -> GatewayReading {
    if case .close(let payment) = question, answer.step != StripeRequests.Step.session,
      let id = payment.gatewayPayment
    {
      return next(StripeRequests.Step.session, try requests.object(id))
    }
    throw .answered(
      StripeErrors.reason(answer, error, FaultCode.rejected, "it is in another state"))
  }

  private func absent(
    _ answer: GatewayAnswer, _ error: JSONObject, _ question: Question
  ) throws(Fault) -> GatewayReading {
    switch question {
    // A number that Stripe itself gave, and does not know: the key of another account or mode.
    case .query, .close, .disputeQuery:
      throw .answered(
        StripeErrors.reason(
          answer, error, FaultCode.authentication,
          "Stripe does not know its own number; is the key of another account or mode?"))
    case .refundQuery: return .refund(.absent)
    case .catchUp: return .happened(CatchUpPage(items: [], cursor: "", hasMore: false))
    case .create, .refund, .notice, .check:
      return try refused(
        StripeErrors.reason(answer, error, FaultCode.rejected, "Stripe refused"), answer, question)
    }
  }

  private func refused(
    _ reason: Reason, _ answer: GatewayAnswer, _ question: Question
  ) throws(Fault) -> GatewayReading {
    switch question {
    case .create: return .payment(.failed(reason))
    case .refund: return .refund(.failed(reason))
    case .close where answer.step != StripeRequests.Step.session:
      // "Only open sessions can be expired" has no code of its own.
      return try standing(answer, JSONObject(), question)
    case .query(let payment) where payment.gatewayPayment == nil && answer.step == nil:
      // Made again it is refused, as a page that would have ended: see whether anybody paid.
      return next(StripeRequests.Step.search, requests.search(payment))
    case .query, .close, .refundQuery, .disputeQuery, .catchUp, .notice, .check:
      throw .answered(
        Reason(
          code: FaultCode.rejected, gatewayCode: reason.gatewayCode, text: reason.text))
    }
  }
}
