import Domain
import Gateways
import Store

/// Exchanges with gateways: leaving, landing, and what their answers change.
extension PaymentEngine {
  /// Of an answer that is kept as evidence, at most this much; its digest covers all of it.
  static let answerKeptBytesMax = 65_536

  /// Writes the intent down and lets the request leave after the commit.
  func launch(
    _ question: Question, _ bytes: GatewayRequest, _ order: LoadedOrder, payment: PaymentID,
    refund: RefundID?, gateway: String, privateFacts: String?, hasTurn: Bool = false,
    at now: Timestamp
  ) throws(StoreError) {
    let id = identifiers.next(CallKind.self, at: now)
    let call = CallRow(
      id: id, orderKey: order.key, payment: payment, refund: refund, gateway: gateway,
      operation: question.operation, startedAt: now, privateFacts: privateFacts)
    try store.save(call)
    let subject: ScheduledQuestion.Subject = refund.map { .refund($0) } ?? .payment(payment)
    flights[id] = Flight(
      question: question, gateway: gateway, subject: subject, orderKey: order.key, startedAt: now,
      call: call)
    askedNow[subject] = id
    leave(GatewayExchange(id: id, gateway: gateway, request: bytes), hasTurn: hasTurn, at: now)
  }

  /// Hands an exchange to the shell now, or when the gateway's budget allows.
  func leave(_ exchange: GatewayExchange, hasTurn: Bool, at now: Timestamp) {
    if hasTurn {
      send(exchange, at: now)
    } else if let ready = desks[exchange.gateway]?.start(exchange) {
      send(ready, at: now)
    }
  }

  func send(_ exchange: GatewayExchange, at now: Timestamp) {
    flights[exchange.id]?.sentAt = now
    effects.append(.exchange(exchange))
  }

  /// Asks what is due about a payment or a refund.
  ///
  /// - Parameter hasTurn: a turn of the gateway's budget was taken for it; a person who asks needs
  ///   none.
  func ask(
    _ scheduled: ScheduledQuestion, _ order: LoadedOrder, hasTurn: Bool, at now: Timestamp
  ) throws(StoreError) {
    var scheduled = scheduled
    guard let desk = desks[scheduled.gateway],
      let question = try question(scheduled, order, at: now)
    else {
      scheduled.nextAt = nil
      keep(scheduled)
      if hasTurn { desks[scheduled.gateway]?.giveBack() }
      return
    }
    let plan: GatewayPlan
    do throws(Fault) {
      plan = try desk.gateway.plan(question, at: now)
    } catch {
      if hasTurn { desks[scheduled.gateway]?.giveBack() }
      try noteUnaskable(error, scheduled, order, at: now)
      return
    }
    let bytes: GatewayRequest
    switch plan {
    case .exchange(let request): bytes = request
    case .settled(let reading):
      if hasTurn { desks[scheduled.gateway]?.giveBack() }
      try settle(reading, question, scheduled, order, at: now)
      return
    }
    // Not due again before this exchange has surely ended.
    scheduled.nextAt = now.adding(milliseconds: settings.scaled(Schedule.callGrace))
    // Whatever comes of a create that is sent again, the gateway is asked before the next one.
    if scheduled.step == .create { scheduled.step = .query }
    keep(scheduled)
    if let subject = intent(of: question, scheduled, order) {
      try launch(
        question, bytes, order, payment: subject.payment, refund: subject.refund,
        gateway: scheduled.gateway, privateFacts: nil, hasTurn: hasTurn, at: now)
      return
    }
    let id = identifiers.next(CallKind.self, at: now)
    flights[id] = Flight(
      question: question, gateway: scheduled.gateway, subject: scheduled.subject,
      orderKey: order.key, startedAt: now, call: nil)
    askedNow[scheduled.subject] = id
    leave(
      GatewayExchange(id: id, gateway: scheduled.gateway, request: bytes), hasTurn: hasTurn,
      at: now)
  }

  /// Asks for somebody who waits: joins what is under way, and asks at most once in a while.
  ///
  /// - Returns: whether there is an answer to wait for.
  func askNow(
    _ question: ScheduledQuestion, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) -> Bool {
    if askedNow[question.subject] == nil {
      if let last = question.askedAt,
        now.milliseconds(since: last) < Int64(Limits.queryIntervalMilliseconds)
      {
        return false
      }
      try ask(question, order, hasTurn: false, at: now)
    }
    return askedNow[question.subject] != nil
  }

  /// A create, a close or a refund changes something at the gateway: its intent is written down. A
  /// query does not.
  private func intent(
    of question: Question, _ scheduled: ScheduledQuestion, _ order: LoadedOrder
  ) -> (payment: PaymentID, refund: RefundID?)? {
    switch (question, scheduled.subject) {
    case (.create, .payment(let id)), (.close, .payment(let id)): return (id, nil)
    case (.refund, .refund(let id)):
      return order.aggregate.refund(id).map { ($0.payment, id) }
    default: return nil
    }
  }

  /// Stands where an answer was, when no call was needed.
  static let noAnswer = GatewayAnswer(status: 0, headers: [], body: [])

  /// An adapter that answers without a call: what it says is taken as the answer of one.
  func settle(
    _ reading: GatewayReading, _ question: Question, _ scheduled: ScheduledQuestion,
    _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    let id = identifiers.next(CallKind.self, at: now)
    let flight = Flight(
      question: question, gateway: scheduled.gateway, subject: scheduled.subject,
      orderKey: order.key, startedAt: now, call: nil)
    try take(
      .success(reading), .success(Self.noAnswer), flight, id, scheduled.subject, order, at: now)
  }

  /// What is asked now about a payment or a refund.
  private func question(
    _ scheduled: ScheduledQuestion, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) -> Question? {
    let aggregate = order.aggregate
    switch scheduled.subject {
    case .payment(let id):
      guard let payment = aggregate.payment(id) else { return nil }
      if scheduled.step == .create, mayBeRepeated(payment),
        desks[payment.gateway]?.isPaused == false
      {
        return try repeatedCreate(payment, order)
      }
      let facts = try facts(payment, order)
      return scheduled.step == .close && payment.state == .closing ? .close(facts) : .query(facts)
    case .refund(let id):
      guard let refund = aggregate.refund(id), let payment = aggregate.payment(refund.payment)
      else { return nil }
      let facts = try facts(payment, order)
      let about = Self.facts(refund, payment, at: now)
      // Asked twice in vain: send it again under the same number, which gateways count once.
      let isResent = scheduled.step == .close && refund.state.isInFlight
      return isResent ? .refund(facts, about) : .refundQuery(facts, about)
    case .dispute(let id):
      guard let dispute = aggregate.dispute(id),
        let payment = aggregate.payment(dispute.payment),
        desks[payment.gateway]?.gateway.capabilities.canQueryDisputes == true
      else { return nil }
      return .disputeQuery(
        try facts(payment, order), DisputeFacts(gatewayDispute: dispute.gatewayDispute))
    }
  }

  /// What an adapter may know of a payment that exists. What its create call needed beside the log
  /// is looked up only while the gateway's answer to that call is missing.
  func facts(_ payment: Payment, _ order: LoadedOrder) throws(StoreError) -> PaymentFacts {
    let isUnanswered = payment.gatewayPayment == nil && payment.action == nil
    let wish =
      isUnanswered && payment.state.isOpen ? try wish(of: payment, order) : PaymentWish(nil)
    let isWanted = Self.isWanted(payment)
    return Self.facts(
      payment, order.aggregate.order, returnURL: wish.returnURL, clientIP: wish.clientIP,
      payer: wish.payer, isWanted: isWanted,
      takenAt: isWanted ? nil : try store.lastStep(of: payment.id, orderKey: order.key))
  }

  /// Whether a step that takes its money may still be begun.
  static func isWanted(_ payment: Payment) -> Bool {
    payment.state.isOpen && payment.state != .closing
  }

  /// What the first create of a payment needed beside the log.
  func wish(of payment: Payment, _ order: LoadedOrder) throws(StoreError) -> PaymentWish {
    PaymentWish(try store.creates(of: payment.id, orderKey: order.key).first?.privateFacts)
  }

  private func noteUnaskable(
    _ fault: Fault, _ scheduled: ScheduledQuestion, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    effects.append(.alarm("\(scheduled.gateway) cannot be asked: \(fault.reason.text)"))
    var question = scheduled
    question.failed += 1
    question.askedAt = now
    if question.step == .create { question.step = .query }
    keep(question)
    if case .payment(let id) = scheduled.subject { try reschedule(order, id, at: now) }
    if case .refund(let id) = scheduled.subject { try rescheduleRefund(order, id, at: now) }
    if case .dispute(let id) = scheduled.subject { try rescheduleDispute(order, id, at: now) }
  }
}
