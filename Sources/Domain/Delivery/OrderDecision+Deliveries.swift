/// Handing out the goods, once.
extension OrderDecision {
  /// Gives the goods of one line to exactly one worker.
  ///
  /// - Parameter line: nil takes the first that waits.
  /// - Throws: `order_not_paid`, `delivery_not_found`, `delivery_held`, `already_claimed`,
  ///   `already_delivered`.
  package mutating func claim(
    line: Int64?, leaseMilliseconds: Int64
  ) throws(Rejection) -> ClaimID {
    try requireNotFrozen()
    guard order.payState == .paid || order.payState == .partiallyRefunded else {
      throw Rejection(
        .orderNotPaid, "Order \(order.number) is \(order.payState.rawValue), not paid.",
        hint: "Wait for order.paid, then claim.",
        details: [.init("pay_state", .text(order.payState.rawValue))])
    }
    let wanted = aggregate.deliveries.filter { line == nil || $0.line == line }
    guard !wanted.isEmpty else {
      throw Rejection(
        .deliveryNotFound, "Order \(order.number) has no line \(line ?? 0).", path: "/params/line")
    }
    // One only: who hands out one line and says so must not have said it of another.
    let first = order.riskState.blocksDelivery ? nil : wanted.first { $0.state == .pending }
    guard let delivery = first else { throw notClaimable(wanted) }
    let claim = identifiers.next(ClaimKind.self, at: now)
    let until = now.adding(milliseconds: leaseMilliseconds)
    record(.delivery(delivery.id, .reserved(claim, leaseUntil: until)))
    return claim
  }

  private func notClaimable(_ wanted: [Delivery]) -> Rejection {
    let details: [Rejection.Detail] = [
      .init("delivery_state", .text(order.deliveryState.rawValue))
    ]
    let number = order.number
    if wanted.contains(where: { $0.state == .reserved || $0.state == .delivering }) {
      return Rejection(
        .alreadyClaimed, "Another worker is handing out order \(number).",
        hint: "Do nothing; the other worker finishes it.", details: details)
    }
    if wanted.contains(where: \.isHeldAsWeak) {
      return Rejection(
        .deliveryHeld, "The money of order \(number) is known by a weak word alone.",
        hint: "Two operators confirm it with order.accept.", details: details)
    }
    if order.riskState.blocksDelivery || wanted.contains(where: { $0.state == .held }) {
      return Rejection(
        .deliveryHeld, "The delivery of order \(number) is held.",
        hint: "A person releases it with delivery.unhold.", details: details)
    }
    if wanted.contains(where: { $0.state == .failed }) {
      return Rejection(
        .deliveryFailed, "The delivery of order \(number) failed and a person must decide.",
        hint: "Check whether the goods went out, then use delivery.retry.", details: details)
    }
    if wanted.allSatisfy({ $0.state == .revoked }) {
      return Rejection(
        .orderNotPaid, "The delivery of order \(number) was revoked.", details: details)
    }
    return Rejection(
      .alreadyDelivered, "Order \(number) has been delivered.", details: details)
  }

  /// The worker has handed out. Saying so twice is fine.
  package mutating func complete(_ claim: ClaimID, reference: String?) throws(Rejection) {
    try requireNotFrozen()
    for delivery in aggregate.deliveries(of: claim) {
      switch delivery.state {
      case .delivered: continue
      case .reserved, .delivering, .failed:
        // After an ended lease the worker's word that it did hand out is still the truth.
        record(.delivery(delivery.id, .delivered(reference: reference)))
      case .none, .pending, .held, .revoked: throw ended(claim, delivery)
      }
    }
    askAboutGoods()
    clear("paid_late")
  }

  /// The worker could not hand out, or does not know.
  package mutating func fail(_ claim: ClaimID, reason: String) throws(Rejection) {
    try requireNotFrozen()
    for delivery in aggregate.deliveries(of: claim) {
      switch delivery.state {
      case .failed: continue
      case .reserved, .delivering: record(.delivery(delivery.id, .failed(reason: reason)))
      case .none, .pending, .held, .delivered, .revoked: throw ended(claim, delivery)
      }
    }
    raise("delivery_failed", "The delivery failed: \(reason)")
  }

  /// The worker says that nothing was handed out: another may claim.
  package mutating func release(_ claim: ClaimID) throws(Rejection) {
    try requireNotFrozen()
    for delivery in aggregate.deliveries(of: claim) {
      switch delivery.state {
      case .reserved, .delivering, .failed: reopen(delivery)
      case .none, .pending, .held, .delivered, .revoked: throw ended(claim, delivery)
      }
    }
    askAboutGoods()
  }

  private func ended(_ claim: ClaimID, _ delivery: Delivery) -> Rejection {
    Rejection(
      .illegalTransition, "Claim \(claim) is over: the delivery is \(delivery.state.rawValue).",
      details: [.init("delivery_state", .text(delivery.state.rawValue))])
  }

  /// The goods wait again, or are held again where a risk or a refund of everything holds them.
  mutating func reopen(_ delivery: Delivery, reason: String? = nil) {
    record(.delivery(delivery.id, .pending(line: delivery.line, reason: reason)))
    if delivery.wasHeldAsWeak, order.flags.contains(.weak) {
      record(.delivery(delivery.id, .held(reason: Delivery.weakReason)), by: .system)
    } else if order.riskState.blocksDelivery {
      record(.delivery(delivery.id, .held(reason: Delivery.riskReason)), by: .system)
    } else {
      holdDeliveriesForRefund()
    }
  }

  /// Nothing is handed out until a person says so (I16).
  package mutating func hold(reason: String) throws(Rejection) {
    try requireNotFrozen()
    guard order.riskState != .held else { return }
    record(.order(.held(reason: reason)))
    let words = Delivery.personsReason(reason)
    for delivery in aggregate.deliveries where delivery.state == .pending {
      record(.delivery(delivery.id, .held(reason: words)))
    }
  }

  package mutating func unhold() throws(Rejection) {
    try requireNotFrozen()
    guard order.riskState.blocksDelivery || order.deliveryState == .held else {
      throw Rejection(.illegalTransition, "Order \(order.number) is not held.")
    }
    let isWeak =
      order.flags.contains(.weak) && aggregate.deliveries.contains(where: \.isHeldAsWeak)
    guard order.riskState.blocksDelivery || !isWeak else {
      throw Rejection(
        .illegalTransition, "The money of order \(order.number) is known by a weak word alone.",
        hint: "Two operators confirm it with order.accept.")
    }
    record(.order(.unheld))
    // What a refund of everything or a weak word of money holds stays held: the person decided
    // about the risk. It waits for the refund alone from here on.
    for delivery in aggregate.deliveries where delivery.state == .held {
      let isKept = delivery.isHeldAsWeak ? isWeak : isHeldForRefund(delivery)
      if !isKept { reopen(delivery) }
    }
  }

  private func isHeldForRefund(_ delivery: Delivery) -> Bool {
    aggregate.mayAllGoBack
      && delivery.reason?.utf8.elementsEqual(Delivery.refundReason.utf8) == true
  }

  /// A person has made sure that nothing went out.
  package mutating func retryDelivery(reason: String) throws(Rejection) {
    try requireNotFrozen()
    let failed = aggregate.deliveries.filter { $0.state == .failed }
    guard !failed.isEmpty else {
      throw Rejection(
        .illegalTransition, "No delivery of order \(order.number) has failed.",
        details: [.init("delivery_state", .text(order.deliveryState.rawValue))])
    }
    for delivery in failed { reopen(delivery, reason: reason) }
    askAboutGoods()
  }

  package mutating func revoke(reason: String) throws(Rejection) {
    try requireNotFrozen()
    let gone = aggregate.deliveries.filter {
      $0.state == .delivered || $0.state == .pending || $0.state == .held || $0.state == .failed
    }
    guard !gone.isEmpty else {
      throw Rejection(
        .illegalTransition, "Order \(order.number) has no delivery that can be revoked.",
        details: [.init("delivery_state", .text(order.deliveryState.rawValue))])
    }
    for delivery in gone { record(.delivery(delivery.id, .revoked(reason: reason))) }
    askAboutGoods()
  }

  /// Leases that ended without a word: the goods may be out, so a person decides.
  package mutating func endLeases() {
    var ended = 0
    for delivery in aggregate.deliveries
    where delivery.state == .reserved || delivery.state == .delivering {
      guard let until = delivery.leaseUntil, now >= until else { continue }
      record(.delivery(delivery.id, .failed(reason: "lease_ended")))
      ended += 1
    }
    guard ended > 0 else { return }
    raise(
      "delivery_failed",
      "A worker claimed the delivery and never reported; check whether the goods went out.")
  }
}
