import Domain
import Gateways
import Store

/// What was paid twice, or too much, is to go back: asked for at once, sent when a person agrees.
extension PaymentEngine {
  /// Asks for the refund of what an order has too much and nobody has asked for yet. Whoever keeps
  /// it on purpose rejects it, and is not asked again.
  func proposeExcessRefund(
    _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) -> LoadedOrder {
    let aggregate = order.aggregate
    guard aggregate.order.payState == .paid, !aggregate.order.flags.contains(.frozen),
      let (payment, amount) = excess(of: aggregate, at: now)
    else { return order }
    var decision = decide(order, by: .system, at: now)
    do throws(Rejection) {
      _ = try decision.requestRefund(of: payment, amount, note: "excess", approvalLimit: 0)
    } catch {
      // A claim that runs, a dispute: asked for with what happens next.
      return order
    }
    return try record(decision, over: order, at: now)
  }

  /// The payment that was paid last and can give back what is too much.
  private func excess(
    of aggregate: OrderAggregate, at now: Timestamp
  ) -> (PaymentID, Money)? {
    let order = aggregate.order
    guard order.excess > 0 else { return nil }
    let asked = aggregate.refunds.filter { refund in
      // One that was given up because it asked for more than is left says nothing of the rest.
      let isTooMuch = refund.state == .withdrawn && refund.amount.minor > order.excess
      return refund.state != .succeeded && (refund.state.reserves || refund.isProposal)
        && !isTooMuch && refund.amount.currency == order.amount.currency
    }
    let minor = order.excess - asked.reduce(0) { $0 + $1.amount.minor }
    guard minor > 0 else { return nil }
    let amount = Money(minor, order.amount.currency)
    let charged = aggregate.payments.sorted { ($0.paidAt ?? now) < ($1.paidAt ?? now) }
    let payment = charged.last { payment in
      guard payment.isCharged, let captured = payment.captured,
        captured.currency == amount.currency, aggregate.refundable(of: payment.id) >= minor,
        let capabilities = desks[payment.gateway]?.gateway.capabilities
      else { return false }
      return capabilities.canRefund && (capabilities.canRefundPartly || captured == amount)
    }
    return payment.map { ($0.id, amount) }
  }
}
