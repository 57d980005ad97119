import Domain
import Store

extension PaymentEngine {
  func carryOutDelivery(
    _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try orderToDeliver(request)
    var decision = decide(before, request, at: now)
    let claim = try apply(request.command, to: &decision, at: now)
    let after = try commit(decision, over: before, at: now)
    if let claim {
      for delivery in after.aggregate.deliveries(of: claim) { setTimer(delivery.leaseUntil) }
    }
    let released = Self.released(by: request.command, of: before.aggregate)
    return .done(.deliveries(Self.reply(after.aggregate, claim, released)))
  }

  /// A claim that was given back leads to no delivery any more, so it is looked up before.
  private static func released(
    by command: Command, of aggregate: OrderAggregate
  ) -> DeliveryID? {
    guard case .deliveryRelease(let claim) = command else { return nil }
    return aggregate.deliveries(of: claim).first?.id
  }

  static func reply(
    _ aggregate: OrderAggregate, _ claim: ClaimID?, _ released: DeliveryID?
  ) -> DeliveryReply {
    let shown = aggregate.deliveries.filter { delivery in
      if let claim { return delivery.claim == claim }
      return released == nil || delivery.id == released
    }
    return DeliveryReply(
      order: aggregate.order.id, deliveryState: aggregate.order.deliveryState, claim: claim,
      released: released, deliveries: shown)
  }

  private func orderToDeliver(_ request: Request) throws(CommandStop) -> LoadedOrder {
    switch request.command {
    case .deliveryClaim(let reference, _, _):
      let found = try order(reference, for: request.caller)
      try requireHeard(found)
      return found
    case .deliveryHold(let reference, _), .deliveryRetry(let reference, _),
      .deliveryRevoke(let reference, _), .deliveryUnhold(let reference):
      return try order(reference, for: request.caller)
    case .deliveryComplete(let claim, _), .deliveryFail(let claim, _), .deliveryRelease(let claim):
      return try order(ofClaim: claim, for: request.caller)
    default: preconditionFailure("\(request.method) delivers nothing")
    }
  }

  /// - Returns: the claim that was made or moved.
  private func apply(
    _ command: Command, to decision: inout OrderDecision, at now: Timestamp
  ) throws(CommandStop) -> ClaimID? {
    do throws(Rejection) {
      switch command {
      case .deliveryClaim(_, let line, let lease):
        let milliseconds = lease ?? Int64(Limits.leaseDefaultMilliseconds)
        return try decision.claim(
          line: line, leaseMilliseconds: settings.scaled(milliseconds))
      case .deliveryComplete(let claim, let reference):
        try decision.complete(claim, reference: reference)
        return claim
      case .deliveryFail(let claim, let reason):
        try decision.fail(claim, reason: reason)
        return claim
      case .deliveryRelease(let claim):
        try decision.release(claim)
        return nil
      case .deliveryHold(_, let reason): try decision.hold(reason: reason)
      case .deliveryUnhold: try decision.unhold()
      case .deliveryRetry(_, let reason): try decision.retryDelivery(reason: reason)
      case .deliveryRevoke(_, let reason): try decision.revoke(reason: reason)
      default: preconditionFailure("not a delivery")
      }
      return nil
    } catch { throw .refused(error) }
  }
}
