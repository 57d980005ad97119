/// A broken promise about one order. Nothing is committed that breaks one.
package struct InvariantViolation: Error, Hashable, Sendable {
  /// As `I4`.
  package let name: String
  package let text: String
}

extension OrderAggregate {
  /// The first invariant that does not hold, or nil. Checked before every commit.
  package var violation: InvariantViolation? {
    moneyViolation ?? evidenceViolation ?? deliveryViolation
  }

  private var moneyViolation: InvariantViolation? {
    for payment in payments {
      if payment.state == .succeeded, payment.captured == nil {
        return broken("I3", "payment \(payment.id) succeeded without an amount")
      }
      if reserved(of: payment.id) > (payment.captured?.minor ?? 0), payment.state != .reversed {
        return broken("I4", "refunds of payment \(payment.id) exceed what it captured")
      }
    }
    var transactions: [String] = []
    for payment in payments {
      guard let transaction = payment.gatewayTransaction else { continue }
      let key = "\(payment.gateway)\u{1F}\(transaction)"
      if transactions.contains(where: { $0.utf8.elementsEqual(key.utf8) }) {
        return broken("I2", "transaction \(transaction) stands on two payments")
      }
      transactions.append(key)
    }
    if order.excess > 0, !order.flags.contains(.excess) {
      return broken("I6", "an excess is not flagged")
    }
    for dispute in disputes {
      if payment(dispute.payment) == nil {
        return broken("I2", "dispute \(dispute.id) is about no payment of this order")
      }
      if (dispute.evidence.map(\.strength).max() ?? .timer) < .signedNotice {
        return broken("I7", "dispute \(dispute.id) lacks evidence")
      }
    }
    for refund in refunds where refund.state.isInFlight || refund.state == .succeeded {
      if refund.approvedBy == nil { return broken("I17", "refund \(refund.id) was not approved") }
    }
    return nil
  }

  private var evidenceViolation: InvariantViolation? {
    for payment in payments {
      let strongest = payment.evidence.map(\.strength).max() ?? .timer
      switch payment.state {
      case .succeeded:
        let proven = payment.chargeEvidence.map(\.strength).max() ?? .timer
        if proven < .weakNotice { return broken("I7", "payment \(payment.id) lacks evidence") }
      case .reversed, .failed:
        if strongest < .signedNotice { return broken("I7", "payment \(payment.id) lacks evidence") }
      case .closed:
        if strongest < .signedNotice { return broken("I11", "payment \(payment.id) lacks proof") }
      case .initial, .submitted, .awaitingBuyer, .processing, .unknown, .stale, .closing: break
      }
    }
    if order.payState == .expired || order.payState == .cancelled, hasOpenPayment {
      return broken("I11", "the order ended with an open payment")
    }
    return nil
  }

  private var deliveryViolation: InvariantViolation? {
    var lines: [Int64] = []
    for delivery in deliveries {
      if lines.contains(delivery.line) {
        return broken("I8", "line \(delivery.line) has two deliveries")
      }
      lines.append(delivery.line)
      if delivery.state == .reserved, delivery.claim == nil || delivery.leaseUntil == nil {
        return broken("I8", "a reserved delivery has no claim")
      }
    }
    return nil
  }

  private func broken(_ name: String, _ text: String) -> InvariantViolation {
    InvariantViolation(name: name, text: "order \(order.id): \(text)")
  }
}
