import Domain
import JSON

/// Answers of Airwallex → what they say, or what to ask next.
struct AirwallexAnswers: Sendable {
  let requests: AirwallexRequests

  func read(
    _ answer: GatewayAnswer, to question: Question, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    try answer.requireUsable(of: "Airwallex")
    let object = try answer.object(of: "Airwallex")
    if case .check = question { return .check(Self.finding(answer, at: now)) }
    guard answer.status < 300 else { return try refusal(answer, object, question) }
    switch question {
    case .create(let payment): return try created(object, payment, at: now)
    case .query(let payment): return try queried(object, answer.step, payment, at: now)
    case .close(let payment): return try closed(object, payment, at: now)
    case .refund(_, let refund): return .refund(try self.refund(object, refund))
    case .refundQuery(let payment, let refund):
      return try refundQueried(object, answer.step, payment, refund)
    case .disputeQuery(_, let facts):
      guard let dispute = AirwallexObjects.dispute(object),
        dispute.gatewayDispute.hasSameBytes(as: facts.gatewayDispute)
      else { throw .badReply("Airwallex", "it is about another dispute") }
      return .dispute(dispute)
    case .catchUp(let facts): return .happened(Self.happened(object, facts))
    case .notice: throw .badReply("Airwallex", "nothing was asked")
    case .check: preconditionFailure("the answer to a check is read by itself")
    }
  }

  private func next(
    _ name: String, _ request: GatewayRequest, meanwhile: [GatewayStatement] = []
  ) -> GatewayReading {
    .next(GatewayStep(name: name, request: request, movesMoney: false, meanwhile: meanwhile))
  }

  // MARK: Payments

  private func sighting(
    _ object: JSONObject, _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> PaymentSighting {
    guard
      (object["merchant_order_id"]?.stringValue).hasSameBytes(as: payment.outTradeNumber)
    else { throw .badReply("Airwallex", "it is about another payment") }
    guard let found = AirwallexObjects.intent(object, at: now) else {
      throw .badReply("Airwallex", "it lacks what an intent must have")
    }
    return found
  }

  private func created(
    _ object: JSONObject, _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    let found = try sighting(object, payment, at: now)
    if case .unpaid(let action, _) = found, action == nil {
      throw .badReply("Airwallex", "it holds no client_secret")
    }
    return .payment(found)
  }

  private func queried(
    _ object: JSONObject, _ step: String?, _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    let rows = object["items"]?.arrayValue?.compactMap(\.objectValue)
    switch step {
    case AirwallexRequests.Step.refunds:
      guard let id = payment.gatewayTransaction else { return .findings(nil, also: []) }
      return next(
        AirwallexRequests.Step.disputes, try requests.disputes(ofIntent: id),
        meanwhile: (rows ?? []).compactMap(AirwallexObjects.refundStatement))
    case AirwallexRequests.Step.disputes:
      let found = (rows ?? []).compactMap(AirwallexObjects.dispute)
      return .findings(nil, also: found.map { .dispute($0) })
    default: break
    }
    if let rows { return try chosen(rows, payment) }
    let found = try sighting(object, payment, at: now)
    // The intent tells nothing of refunds and disputes: what was paid before is asked about them.
    guard case .paid = found, payment.gatewayTransaction != nil else { return .payment(found) }
    return next(
      AirwallexRequests.Step.refunds, try requests.refunds(of: payment, page: 0),
      meanwhile: [.payment(found)])
  }

  /// Our number need not be unique at Airwallex: of several intents the one that was paid counts.
  private func best(_ rows: [JSONObject], _ payment: PaymentFacts) -> String? {
    let own = rows.filter {
      ($0["merchant_order_id"]?.stringValue).hasSameBytes(as: payment.outTradeNumber)
    }
    let paid = own.first { ($0["status"]?.stringValue).hasSameBytes(as: "SUCCEEDED") }
    let open = own.first { !($0["status"]?.stringValue).hasSameBytes(as: "CANCELLED") }
    return AirwallexObjects.id((paid ?? open ?? own.first)?["id"])
  }

  private func chosen(
    _ rows: [JSONObject], _ payment: PaymentFacts
  ) throws(Fault) -> GatewayReading {
    guard let id = best(rows, payment) else { return .payment(.absent(provesClosed: false)) }
    return next(AirwallexRequests.Step.intent, try requests.intent(id))
  }

  private func closed(
    _ object: JSONObject, _ payment: PaymentFacts, at now: Timestamp
  ) throws(Fault) -> GatewayReading {
    if let rows = object["items"]?.arrayValue?.compactMap(\.objectValue) {
      guard let id = best(rows, payment) else { return .payment(.absent(provesClosed: false)) }
      return next(AirwallexRequests.Step.cancel, try requests.cancel(id, payment))
    }
    let found = try sighting(object, payment, at: now)
    if case .closed = found { return .closeAccepted }
    return .payment(found)
  }

  // MARK: Refunds

  private func refund(
    _ object: JSONObject, _ facts: RefundFacts
  ) throws(Fault) -> RefundSighting {
    guard AirwallexObjects.isRefund(object, facts.refundNumber) else {
      throw .badReply("Airwallex", "it is about another refund")
    }
    guard let found = AirwallexObjects.refund(object) else {
      throw .badReply("Airwallex", "it lacks what a refund must have")
    }
    return found
  }

  private func refundQueried(
    _ object: JSONObject, _ step: String?, _ payment: PaymentFacts, _ facts: RefundFacts
  ) throws(Fault) -> GatewayReading {
    guard let rows = object["items"]?.arrayValue?.compactMap(\.objectValue) else {
      return .refund(try refund(object, facts))
    }
    if let own = rows.first(where: { AirwallexObjects.isRefund($0, facts.refundNumber) }) {
      return .refund(try refund(own, facts))
    }
    guard object["has_more"]?.boolValue == true, step == nil else { return .refund(.absent) }
    return next(
      AirwallexRequests.Step.refundsPage, try requests.refunds(of: payment, page: 1))
  }

  // MARK: What happened, and the check

  /// Disputes that changed. Once all pages were read the next look begins at the newest time seen;
  /// what is read twice changes nothing.
  private static func happened(_ object: JSONObject, _ facts: CatchUpFacts) -> CatchUpPage {
    var items: [CatchUpPage.Item] = []
    let look = ListPlace(facts.cursor)
    var newest = GatewayTime.read(look.newest)
    let rows = (object["items"]?.arrayValue ?? []).compactMap(\.objectValue)
    for row in rows {
      if let time = GatewayTime.read(row["updated_at"]?.stringValue) {
        newest = max(newest ?? time, time)
      }
      guard let intent = AirwallexObjects.id(row["payment_intent_id"]),
        let dispute = AirwallexObjects.dispute(row)
      else { continue }
      items.append(
        CatchUpPage.Item(payment: .gatewayTransaction(intent), statements: [.dispute(dispute)]))
    }
    let after = rows.isEmpty ? nil : object["page_after"]?.stringValue
    let next = after.flatMap { $0.isEmpty || $0.hasSameBytes(as: look.mark ?? "") ? nil : $0 }
    return look.page(
      items, since: facts.since, newest: newest.map(GatewayTime.text), next: next)
  }

  private static func finding(_ answer: GatewayAnswer, at now: Timestamp) -> CheckFinding {
    if answer.status == 401 {
      return CheckFinding(
        code: "wrong_key", text: "Airwallex refuses the token it has just given",
        hint: "Is login_as an account that the key may act for?")
    }
    guard answer.status == 200 else {
      return CheckFinding(
        code: answer.status == 403 ? "permission" : "wrong_environment",
        text: "Airwallex answers with HTTP status \(answer.status)",
        hint: "url must be \(AirwallexSettings.productionURL) or https://api-demo.airwallex.com")
    }
    return answer.clockFinding("Airwallex", at: now)
      ?? CheckFinding(code: "ok", text: "Airwallex knows the account and lets it see payments")
  }

  // MARK: Refusals

  private func refusal(
    _ answer: GatewayAnswer, _ object: JSONObject, _ question: Question
  ) throws(Fault) -> GatewayReading {
    let aside = [AirwallexRequests.Step.refunds, AirwallexRequests.Step.disputes]
    if let step = answer.step, aside.contains(step) { return .findings(nil, also: []) }
    let verdict = AirwallexErrors.verdict(
      status: answer.status, code: object["code"]?.stringValue ?? "")
    if case .catchUp(let facts) = question, ListPlace(facts.cursor).mark != nil {
      // What names a next page lives for a while only: the look begins again.
      switch verdict {
      case .absent, .refused: return .happened(ListPlace(facts.cursor).restarted)
      case .trouble, .configuration, .done: break
      }
    }
    switch verdict {
    case .trouble(let word):
      throw .outcomeUnknown(
        AirwallexErrors.reason(object, word, "Airwallex cannot answer now"))
    case .configuration:
      let reason = AirwallexErrors.reason(
        object, FaultCode.authentication, "Airwallex does not let this account do it")
      if case .create = question { return .payment(.failed(reason)) }
      throw .answered(reason)
    case .done: return try done(object, question)
    case .absent:
      if case .refundQuery = question { return .refund(.absent) }
      throw .answered(
        AirwallexErrors.reason(
          object, FaultCode.authentication, "Airwallex does not know its own number here"))
    case .refused(let word):
      return try refused(AirwallexErrors.reason(object, word, "Airwallex refused"), question)
    }
  }

  /// Done before, or in another state: how it stands now has to be read.
  private func done(_ object: JSONObject, _ question: Question) throws(Fault) -> GatewayReading {
    switch question {
    case .create(let payment):
      return next(AirwallexRequests.Step.intent, try requests.intents(of: payment))
    case .close(let payment):
      guard let id = payment.gatewayPayment else { break }
      return next(AirwallexRequests.Step.intent, try requests.intent(id))
    default: break
    }
    throw .outcomeUnknown(
      AirwallexErrors.reason(object, FaultCode.broken, "it was asked before; a query tells"))
  }

  private func refused(_ reason: Reason, _ question: Question) throws(Fault) -> GatewayReading {
    switch question {
    case .create: return .payment(.failed(reason))
    case .refund: return .refund(.failed(reason))
    case .query, .close, .refundQuery, .disputeQuery, .catchUp, .notice, .check:
      throw .answered(
        Reason(
          code: FaultCode.rejected, gatewayCode: reason.gatewayCode, text: reason.text))
    }
  }
}
