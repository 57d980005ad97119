import Domain
import Gateways
import Store

extension PaymentEngine {
  func createOrder(
    _ wish: OrderOrder, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let expiry = wish.expiresInMilliseconds ?? settings.orderExpiryMilliseconds
    guard expiry <= settings.orderExpiryMaxMilliseconds else {
      throw .refused(
        Rejection(
          .outOfRange,
          "An order lives at most \(settings.orderExpiryMaxMilliseconds) ms here, not \(expiry).",
          path: "/params/expires_in_ms",
          details: [.init("max", .integer(settings.orderExpiryMaxMilliseconds))]))
    }
    if let number = wish.number { try requireFree(number, request) }
    let draft = OrderDraft(
      number: wish.number, owner: request.caller.principal, amount: wish.amount,
      subject: wish.subject, lines: wish.lines, source: wish.source,
      expiresAt: now.adding(milliseconds: settings.scaled(expiry)), isTest: !hasRealGateway)
    let decision = try ruled { () throws(Rejection) in
      try OrderDecision.create(
        draft, at: now, by: request.caller.actor, trace: request.trace, identifiers: identifiers)
    }
    return try stored { () throws(StoreError) in
      let (_, transaction) = try store.insert(
        decision, buyer: wish.buyer, metadata: wish.metadata)
      try announce(decision.events, from: transaction, at: now)
      setTimer(draft.expiresAt)
      noteUnindexed(at: now)
      return .done(
        .order(
          OrderView(
            order: decision.order, buyer: wish.buyer, metadata: wish.metadata, payments: [])))
    }
  }

  private func noteUnindexed(at now: Timestamp) {
    guard !hasUnindexed, !isTrial else { return }
    hasUnindexed = true
    setTimer(now.adding(milliseconds: PaymentEngine.indexDelay))
  }

  /// Without a gateway that moves money, every order is a test.
  private var hasRealGateway: Bool {
    desks.values.contains { $0.gateway.capabilities.isReal }
  }

  private func requireFree(_ number: String, _ request: Request) throws(CommandStop) {
    let taken = try stored { () throws(StoreError) in try store.load(.number(number)) }
    guard let taken else { return }
    let isOwn =
      request.caller.seesAll
      || taken.aggregate.order.owner.utf8.elementsEqual(request.caller.principal.utf8)
    let details: [Rejection.Detail] =
      isOwn ? [.init("order", .text(taken.aggregate.order.id.text))] : []
    throw .refused(
      Rejection(
        .alreadyExists, "An order with the number \(number) exists.",
        hint: "Look at it with order.get, or use another number.", path: "/params/order_no",
        details: details))
  }

  func cancelOrder(
    _ reference: OrderReference, _ reason: String?, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try order(reference, for: request.caller)
    var decision = decide(before, request, at: now)
    try ruled { () throws(Rejection) in try decision.cancel(reason: reason) }
    let after = try commit(decision, over: before, at: now)
    return try stored { () throws(StoreError) in
      .done(.orderCancelled(try view(after), isClosing: after.aggregate.hasOpenPayment))
    }
  }

  func acceptOrder(
    _ reference: OrderReference, _ reason: String, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try order(reference, for: request.caller)
    try requireVersion(before.aggregate.order.version, request)
    var decision = decide(before, request, at: now)
    let isAccepted = try ruled { () throws(Rejection) in try decision.accept(reason: reason) }
    let after = try commit(decision, over: before, at: now)
    return try stored { () throws(StoreError) in
      .done(.orderAccepted(try view(after), isAccepted: isAccepted))
    }
  }

  func erasePersonal(
    _ reference: OrderReference, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try order(reference, for: request.caller)
    return try stored { () throws(StoreError) in
      let after = try erasePersonal(
        of: before, by: request.caller.actor, trace: request.trace, at: now)
      return .done(.order(try view(after)))
    }
  }

  @discardableResult
  func erasePersonal(
    of before: LoadedOrder, by actor: Actor, trace: String?, at now: Timestamp
  ) throws(StoreError) -> LoadedOrder {
    var decision = OrderDecision(
      before.aggregate, at: now, by: actor, trace: trace, identifiers: identifiers)
    decision.notePersonalErased()
    try store.erasePrivate(of: before.key)
    // A call under way is written once more when it ends.
    for (id, flight) in flights where flight.orderKey == before.key {
      flights[id]?.call?.privateFacts = nil
      flights[id]?.isErased = true
    }
    return try record(decision, over: before, at: now)
  }
}
