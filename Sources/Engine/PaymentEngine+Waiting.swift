import Domain
import Gateways
import Store

/// Callers that wait, and keys whose outcome is not known yet.
extension PaymentEngine {
  /// The caller hears when the outcome is known, or when its patience ends.
  func wait(
    _ request: Request, _ subject: WaitingSubject, isReused: Bool, at now: Timestamp
  ) throws(StoreError) {
    let patience = min(request.patienceMilliseconds, Int64(Limits.gatewayAnswerMilliseconds))
    add(
      Waiter(
        token: request.token, until: now.adding(milliseconds: patience), isReused: isReused,
        isReplayed: false), subject)
    guard let key = request.key, case .outcome(let about) = subject else { return }
    let row = KeyRow(
      principal: request.caller.principal, key: key.text, fingerprint: key.fingerprint,
      method: request.method, createdAt: now, sequence: store.lastSequence, state: .running,
      reply: ReplyMemo.running(about, isReused: isReused))
    try store.save(row)
    runningKeys.add(RunningKey(row: row, subject: about, isReused: isReused))
  }

  private func add(_ waiter: Waiter, _ subject: WaitingSubject) {
    waiters[subject, default: []].append(waiter)
    setTimer(waiter.until)
  }

  /// A key that was used before answers instead of the command.
  ///
  /// - Returns: whether it did.
  func answerFromKey(
    _ key: IdempotencyKey, _ request: Request, at now: Timestamp
  ) throws(StoreError) -> Bool {
    let name = KeyName(principal: request.caller.principal, key: key.text)
    if let running = runningKeys[name] {
      guard running.row.fingerprint == key.fingerprint else {
        answer(request.token, .failure(Self.keyReused(key, running.row)))
        return true
      }
      let patience = min(request.patienceMilliseconds, Int64(Limits.gatewayAnswerMilliseconds))
      add(
        Waiter(
          token: request.token, until: now.adding(milliseconds: patience),
          isReused: running.isReused, isReplayed: true), .outcome(running.subject))
      return true
    }
    guard let row = try store.key(principal: name.principal, key: name.key) else { return false }
    guard row.fingerprint == key.fingerprint else {
      answer(request.token, .failure(Self.keyReused(key, row)))
      return true
    }
    answer(request.token, try ReplyMemo.read(row, store), isReplayed: true)
    return true
  }

  private static func keyReused(_ key: IdempotencyKey, _ row: KeyRow) -> Refusal {
    Refusal(
      Rejection(
        .keyReused, "The key \(key.text) was used for another \(row.method).",
        hint: "Make a new key for a new wish; repeat a wish with exactly the same parameters.",
        path: "/params/idempotency_key", details: [.init("method", .text(row.method))]))
  }

  /// Keeps the answer of a keyed command, in the same transaction as its effect. Outages and faults
  /// in the request are not kept: the caller may try them again under the same key.
  func remember(
    _ request: Request, reply: Result<Reply, Refusal>, at now: Timestamp
  ) throws(StoreError) {
    guard let key = request.key else { return }
    if case .failure(let refusal) = reply {
      let code = refusal.rejection.code
      guard code.errorClass == .conflict, code.retry == .never else { return }
    }
    try store.save(
      KeyRow(
        principal: request.caller.principal, key: key.text, fingerprint: key.fingerprint,
        method: request.method, createdAt: now, sequence: store.lastSequence, state: .done,
        reply: ReplyMemo.text(reply)))
  }

  /// Tells waiters of everything whose outcome has become known.
  func finishWaiters(
    _ after: LoadedOrder, before: OrderAggregate, at now: Timestamp
  ) throws(StoreError) {
    for payment in after.aggregate.payments where payment.state != .submitted {
      if payment != before.payment(payment.id) {
        try finishOutcome(.payment(payment.id), at: now)
      }
    }
    for refund in after.aggregate.refunds where refund.state != .submitted {
      if refund != before.refund(refund.id) { try finishOutcome(.refund(refund.id), at: now) }
    }
  }

  /// Answers those who wait for an outcome, and closes their keys when it is final.
  func finishOutcome(
    _ subject: ScheduledQuestion.Subject, at now: Timestamp
  ) throws(StoreError) {
    let list = waiters.removeValue(forKey: .outcome(subject)) ?? []
    let hasKeys = !runningKeys.isEmpty(of: subject)
    guard !list.isEmpty || hasKeys else { return }
    guard let outcome = try outcome(of: subject) else {
      if !list.isEmpty { waiters[.outcome(subject)] = list }
      return
    }
    for waiter in list {
      answer(
        waiter.token, Self.personal(outcome.result, isReused: waiter.isReused),
        isReplayed: waiter.isReplayed)
    }
    guard outcome.isFinal, hasKeys else { return }
    if case .failure(let refusal) = outcome.result, refusal.rejection.code.retry != .never {
      try forgetKeys(of: subject)
    } else {
      try closeKeys(of: subject, outcome.result)
    }
  }

  private static func personal(
    _ result: Result<Reply, Refusal>, isReused: Bool
  ) -> Result<Reply, Refusal> {
    guard case .success(.payment(let view, _)) = result else { return result }
    return .success(.payment(view, isReused: isReused))
  }

  /// Nothing was begun under these keys: they may be used again for the same wish.
  private func forgetKeys(of subject: ScheduledQuestion.Subject) throws(StoreError) {
    for key in runningKeys.removeAll(of: subject) {
      try store.forgetKey(principal: key.row.principal, key: key.row.key)
    }
  }

  private func closeKeys(
    of subject: ScheduledQuestion.Subject, _ result: Result<Reply, Refusal>
  ) throws(StoreError) {
    for key in runningKeys.removeAll(of: subject) {
      var row = key.row
      row.state = .done
      row.sequence = store.lastSequence
      row.reply = ReplyMemo.text(Self.personal(result, isReused: key.isReused))
      try store.save(row)
    }
  }

  /// A frozen order believes nothing any more: who waits for an outcome of it is told so, and no
  /// key runs for ever. Whether money moved is not known.
  func endOutcomes(of frozen: LoadedOrder) throws(StoreError) {
    let aggregate = frozen.aggregate
    let subjects: [ScheduledQuestion.Subject] =
      aggregate.payments.map { .payment($0.id) } + aggregate.refunds.map { .refund($0.id) }
    let refusal = Refusal(
      Rejection(
        .orderFrozen, "Order \(aggregate.order.number) froze before the outcome was known.",
        hint: "A person must look at the order; order.why tells what is known.",
        details: [.init("order", .text(aggregate.order.id.text))]),
      outcome: .unknown)
    for subject in subjects {
      for waiter in waiters.removeValue(forKey: .outcome(subject)) ?? [] {
        answer(waiter.token, .failure(refusal), isReplayed: waiter.isReplayed)
      }
      try closeKeys(of: subject, .failure(refusal))
    }
  }

  /// What came of a create or a refund call; nil while it is under way.
  private func outcome(
    of subject: ScheduledQuestion.Subject
  ) throws(StoreError) -> (result: Result<Reply, Refusal>, isFinal: Bool)? {
    switch subject {
    case .payment(let id):
      guard let order = try store.load(payment: id), let payment = order.aggregate.payment(id),
        payment.state != .submitted, try !isDoubted(payment, order)
      else { return nil }
      let view = try view(payment)
      // A definite refusal of the very first call is an error, not a payment.
      if payment.state == .failed, payment.action == nil, let reason = payment.reason {
        return (Self.refused(reason, gateway: payment.gateway), true)
      }
      return (.success(.payment(view, isReused: false)), payment.state != .unknown)
    case .refund(let id):
      guard let order = try store.load(refund: id), let refund = order.aggregate.refund(id),
        refund.state != .submitted, try !isDoubted(refund, order)
      else { return nil }
      let aggregate = order.aggregate
      if refund.state == .failed, refund.gatewayRefund == nil, let reason = refund.reason,
        let payment = aggregate.payment(refund.payment)
      {
        return (Self.refused(reason, gateway: payment.gateway, refund: id), true)
      }
      return (.success(.refund(try view(refund))), refund.state != .unknown)
    // No call is made about a dispute but queries.
    case .dispute: return nil
    }
  }

  /// The reply to a create or a refund that the gateway turned down for good. A refund can be
  /// ordered once more by its id, which is told.
  private static func refused(
    _ reason: Reason, gateway: String, refund: RefundID? = nil
  ) -> Result<Reply, Refusal> {
    let told = [FaultCode.unreachable, FaultCode.limited, FaultCode.authentication]
    let known = told.contains(reason.code) ? reason.code : FaultCode.rejected
    let plain = rejection(
      .answered(Reason(code: known, gatewayCode: reason.gatewayCode, text: reason.text)),
      gateway: gateway)
    guard let refund else { return .failure(Refusal(plain)) }
    return .failure(
      Refusal(
        Rejection(
          plain.code, plain.message,
          hint: "Nothing was given back; refund.approve by another person tries it again.",
          details: plain.details + [.init("refund", .text(refund.text))])))
  }

  /// Tells those who asked a question themselves that the gateway did not answer it.
  func failQuestion(_ subject: ScheduledQuestion.Subject, _ fault: Fault, gateway: String) {
    let rejection = Self.rejection(fault, gateway: gateway)
    for waiter in waiters.removeValue(forKey: .question(subject)) ?? [] {
      answer(waiter.token, .failure(Refusal(rejection)))
    }
  }

  /// Answers those who asked a question themselves.
  func finishQuestion(
    _ subject: ScheduledQuestion.Subject, at now: Timestamp
  ) throws(StoreError) {
    guard let list = waiters.removeValue(forKey: .question(subject)) else { return }
    guard let reply = try present(subject) else { return }
    for waiter in list { answer(waiter.token, .success(reply)) }
  }

  /// How it stands now, told to somebody who cannot wait longer. A call that is still under way is
  /// shown as what it is to the caller: unknown.
  private func present(_ subject: ScheduledQuestion.Subject) throws(StoreError) -> Reply? {
    switch subject {
    case .payment(let id):
      guard var payment = try store.load(payment: id)?.aggregate.payment(id) else { return nil }
      if payment.state == .submitted { payment.state = .unknown }
      return .payment(try view(payment), isReused: false)
    case .refund(let id):
      guard var refund = try store.load(refund: id)?.aggregate.refund(id) else { return nil }
      if refund.state == .submitted { refund.state = .unknown }
      return .refund(try view(refund))
    case .dispute(let id):
      guard let aggregate = try store.load(dispute: id)?.aggregate,
        let dispute = aggregate.dispute(id)
      else { return nil }
      return .dispute(try view(dispute, aggregate), isAsked: true)
    }
  }

  /// Those whose patience has ended get the present state; what they asked for goes on.
  func endPatience(at now: Timestamp) throws(StoreError) {
    let ended = waiters.filter { $0.value.contains { $0.until <= now } }
    for (subject, list) in ended.sorted(by: { $0.key.order < $1.key.order }) {
      let rest = list.filter { $0.until > now }
      waiters[subject] = rest.isEmpty ? nil : rest
      for waiter in list where waiter.until <= now {
        try answerPresent(waiter, subject)
      }
    }
  }

  private func answerPresent(
    _ waiter: Waiter, _ subject: WaitingSubject
  ) throws(StoreError) {
    switch subject {
    case .outcome(let about):
      guard let reply = try present(about) else { return }
      answer(
        waiter.token, Self.personal(.success(reply), isReused: waiter.isReused),
        isReplayed: waiter.isReplayed)
    case .question(let about): answerUnanswered(waiter, askedNow[about])
    case .check(let id): answerUnanswered(waiter, id)
    }
  }

  /// Somebody asked the gateway and it has not answered. Nothing was changed by asking.
  private func answerUnanswered(_ waiter: Waiter, _ id: CallID?) {
    let gateway = id.flatMap { flights[$0]?.gateway } ?? ""
    answer(
      waiter.token,
      .failure(
        Refusal(
          Rejection(
            .gatewayTimeout, "The gateway \(gateway) has not answered in time.",
            hint: "Check the address in the configuration and the network.",
            details: [.init("gateway", .text(gateway))]))))
  }
}

extension WaitingSubject {
  /// A fixed order, so that a run gives the same answers in the same order again.
  fileprivate var order: String {
    switch self {
    case .outcome(let subject): "1\(subject.text)"
    case .question(let subject): "2\(subject.text)"
    case .check(let id): "3\(id.text)"
    }
  }
}
