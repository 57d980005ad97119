import Domain
import Store

/// Committing decisions and what follows from each: questions, hooks, waiters.
extension PaymentEngine {
  func decide(
    _ loaded: LoadedOrder, _ request: Request, at now: Timestamp
  ) -> OrderDecision {
    OrderDecision(
      loaded.aggregate, at: now, by: request.caller.actor, trace: request.trace,
      identifiers: identifiers)
  }

  func decide(_ loaded: LoadedOrder, by actor: Actor, at now: Timestamp) -> OrderDecision {
    OrderDecision(loaded.aggregate, at: now, by: actor, identifiers: identifiers)
  }

  /// Writes a decision with everything that follows from it.
  ///
  /// - Returns: the order as it is now. One whose invariants would break is frozen instead.
  @discardableResult
  func record(
    _ decision: OrderDecision, over before: LoadedOrder, at now: Timestamp
  ) throws(StoreError) -> LoadedOrder {
    guard !decision.events.isEmpty else { return before }
    if let violation = decision.aggregate.violation {
      return try freeze(before, violation, at: now)
    }
    let transaction = try store.save(decision, over: before)
    let after = LoadedOrder(key: before.key, aggregate: decision.aggregate)
    try announce(decision.events, from: transaction, at: now)
    try openCases(for: decision.events, of: after, at: now)
    try schedule(after, before: before.aggregate, at: now)
    try withdrawSteps(of: after, at: now)
    try finishWaiters(after, before: before.aggregate, at: now)
    let proposed = try proposeExcessRefund(after, at: now)
    return try doubtGoods(of: proposed, before: before.aggregate, at: now)
  }

  /// Writes what a caller asked for.
  ///
  /// - Throws: `internal` where an invariant would have broken; the order is frozen then.
  func commit(
    _ decision: OrderDecision, over before: LoadedOrder, at now: Timestamp
  ) throws(CommandStop) -> LoadedOrder {
    let after = try stored { () throws(StoreError) in
      try record(decision, over: before, at: now)
    }
    guard after.aggregate.order.flags.contains(.frozen),
      !decision.order.flags.contains(.frozen)
    else { return after }
    throw .refused(
      Rejection(
        .internal, "A check on order \(after.aggregate.order.number) failed; it is frozen.",
        hint: "A person must look; every other order goes on.",
        details: [.init("order", .text(after.aggregate.order.id.text))]))
  }

  /// One poisoned order does not stop the shop.
  private func freeze(
    _ order: LoadedOrder, _ violation: InvariantViolation, at now: Timestamp
  ) throws(StoreError) -> LoadedOrder {
    effects.append(.alarm("\(violation.name) would break: \(violation.text); the order is frozen"))
    var decision = decide(order, by: .system, at: now)
    decision.freeze(reason: "\(violation.name): \(violation.text)")
    guard !decision.events.isEmpty else { return order }
    let transaction = try store.save(decision, over: order)
    try announce(decision.events, from: transaction, at: now)
    let frozen = LoadedOrder(key: order.key, aggregate: decision.aggregate)
    try endOutcomes(of: frozen)
    return frozen
  }

  /// Puts a hook's copy of each event that it wants into the outbox, in the same transaction.
  func announce(
    _ events: [Event], from transaction: Int64, at now: Timestamp
  ) throws(StoreError) {
    guard !settings.hooks.isEmpty else { return }
    for (offset, event) in events.enumerated() {
      for hook in settings.hooks where hook.wants(event.body.type) {
        let row = OutboxRow(
          id: identifiers.next(HookDeliveryKind.self, at: now), hook: hook.name,
          sequence: transaction + Int64(offset), createdAt: now)
        try store.save(row)
        setTimer(now)
      }
    }
  }

  /// Something is due at this time.
  func setTimer(_ moment: Timestamp?) {
    guard let moment, !isTrial else { return }
    if let known = wakeAt, known <= moment { return }
    wakeAt = moment
  }

  /// Events that are about no order.
  func record(_ body: EventBody, by actor: Actor, at now: Timestamp) throws(StoreError) {
    let event = Event(
      id: identifiers.next(EventKind.self, at: now), at: now, actor: actor, trace: nil, order: nil,
      version: 0, body: body)
    let transaction = try store.append([event], orderKey: nil)
    try announce([event], from: transaction, at: now)
  }

  /// An event beside an order's own: it changes nothing in it.
  func note(
    _ body: EventBody, on order: LoadedOrder?, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    let event = Event(
      id: identifiers.next(EventKind.self, at: now),
      at: order.map { max(now, $0.aggregate.order.updatedAt) } ?? now, actor: actor, trace: nil,
      order: order?.aggregate.order.id, version: order?.aggregate.order.version ?? 0, body: body)
    let transaction = try store.append([event], orderKey: order?.key)
    try announce([event], from: transaction, at: now)
  }

  func view(_ loaded: LoadedOrder) throws(StoreError) -> OrderView {
    let facts = try store.privateFacts(of: loaded.key)
    return OrderView(
      order: loaded.aggregate.order, buyer: facts.buyer, metadata: facts.metadata,
      payments: loaded.aggregate.payments.map(\.id))
  }

  func view(_ payment: Payment) throws(StoreError) -> PaymentView {
    let question = try known(.payment(payment.id))
    return PaymentView(
      payment: payment, nextQueryAt: question?.nextAt, queries: question?.queries ?? 0)
  }

  func view(_ refund: Refund) throws(StoreError) -> RefundView {
    RefundView(refund: refund, nextQueryAt: try known(.refund(refund.id))?.nextAt)
  }
}
