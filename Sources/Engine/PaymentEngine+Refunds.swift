import Domain
import Gateways
import Store

extension PaymentEngine {
  func createRefund(
    _ id: PaymentID, _ amount: Money, _ note: String?, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try order(ofPayment: id, for: request.caller)
    try requireHeard(before)
    guard let payment = before.aggregate.payment(id) else {
      preconditionFailure("the order of a payment holds it")
    }
    let capabilities = try desk(payment.gateway).gateway.capabilities
    guard capabilities.canRefund,
      capabilities.canRefundPartly || amount.minor == payment.captured?.minor
    else {
      throw .refused(
        Rejection(
          .gatewayNotSupported, "\(payment.gateway) cannot give this amount back by itself.",
          hint: "Give it back at the gateway's own desk.",
          details: [.init("gateway", .text(payment.gateway))]))
    }
    // No real money moves at a sandbox: a connection without an operator needs nobody. Operators
    // have their limits there too, so that two people can rehearse.
    let isRehearsal = !capabilities.isReal && request.caller.person == nil
    let isDoubtful = !isRehearsal && isOlderThanRestore(payment)
    let limit = isRehearsal ? Int64.max : isDoubtful ? 0 : request.caller.refundLimit
    var decision = decide(before, request, at: now)
    let refund = try ruled { () throws(Rejection) in
      try decision.requestRefund(of: id, amount, note: note, approvalLimit: limit)
    }
    if isDoubtful { decision.doubtRefunds(of: id) }
    return try send(refund, decision, over: before, request, at: now)
  }

  func approveRefund(
    _ id: RefundID, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try order(ofRefund: id, for: request.caller)
    try requireHeard(before)
    try requireVersion(before.aggregate.refund(id)?.version ?? 0, request)
    var decision = decide(before, request, at: now)
    try ruled { () throws(Rejection) in
      try decision.approveRefund(id, limit: request.caller.refundLimit)
    }
    return try send(id, decision, over: before, request, at: now)
  }

  func rejectRefund(
    _ id: RefundID, _ reason: String, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try order(ofRefund: id, for: request.caller)
    var decision = decide(before, request, at: now)
    let asker = before.aggregate.refund(id)?.requestedBy
    let isOwn = asker?.utf8.elementsEqual(request.caller.actor.text.utf8) ?? false
    try ruled { () throws(Rejection) in
      if isOwn {
        try decision.withdrawRefund(id)
      } else {
        try decision.rejectRefund(id, reason: reason)
      }
    }
    return try reply(id, decision, over: before, at: now)
  }

  private func reply(
    _ id: RefundID, _ decision: OrderDecision, over before: LoadedOrder, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let after = try commit(decision, over: before, at: now)
    guard let refund = after.aggregate.refund(id) else {
      preconditionFailure("a recorded refund exists")
    }
    return try stored { () throws(StoreError) in .done(.refund(try view(refund))) }
  }

  /// An approved refund leaves at once; its intent is committed with the approval.
  private func send(
    _ id: RefundID, _ decision: OrderDecision, over before: LoadedOrder, _ request: Request,
    at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    var decision = decision
    guard let approved = decision.aggregate.refund(id), approved.state == .approved, !isTrial else {
      return try reply(id, decision, over: before, at: now)
    }
    decision.submitRefund(id)
    guard let refund = decision.aggregate.refund(id),
      let payment = decision.aggregate.payment(refund.payment), let desk = desks[payment.gateway]
    else { preconditionFailure("a submitted refund has a payment") }
    let question = Question.refund(
      Self.facts(payment, decision.order), Self.facts(refund, payment, at: now))
    let plan: GatewayPlan
    do throws(Fault) {
      plan = try desk.gateway.plan(question, at: now)
    } catch { throw .refused(Self.rejection(error, gateway: payment.gateway)) }
    let after = try commit(decision, over: before, at: now)
    return try stored { () throws(StoreError) in
      switch plan {
      case .exchange(let bytes):
        try launch(
          question, bytes, after, payment: payment.id, refund: id, gateway: payment.gateway,
          privateFacts: nil, at: now)
        try wait(request, .outcome(.refund(id)), isReused: false, at: now)
        return .waits
      case .settled(let reading):
        try settle(reading, question, self.question(of: refund, after, at: now), after, at: now)
        let present = try store.load(key: after.key)?.aggregate.refund(id) ?? refund
        return .done(.refund(try view(present)))
      }
    }
  }

  static func facts(_ refund: Refund, _ payment: Payment, at now: Timestamp) -> RefundFacts {
    RefundFacts(
      refundNumber: refund.number, amount: refund.amount,
      captured: payment.captured ?? payment.amount, reason: refund.note,
      gatewayRefund: refund.gatewayRefund, submittedAt: refund.submittedAt ?? now)
  }

  func queryRefund(
    _ id: RefundID, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let loaded = try order(ofRefund: id, for: request.caller)
    guard let refund = loaded.aggregate.refund(id) else {
      preconditionFailure("the order of a refund holds it")
    }
    let subject = ScheduledQuestion.Subject.refund(id)
    return try stored { () throws(StoreError) in
      let present = CommandOutcome.done(.refund(try view(refund)))
      let question = try question(of: refund, loaded, at: now)
      guard refund.submittedAt != nil, !isTrial, try askNow(question, loaded, at: now) else {
        return present
      }
      try wait(request, .question(subject), isReused: false, at: now)
      return .waits
    }
  }
}
