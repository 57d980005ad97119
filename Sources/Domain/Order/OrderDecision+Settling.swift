/// What follows from a change: announcements, deliveries, closings and calls for a person.
extension OrderDecision {
  /// Draws the consequences of a changed pay state. Every input ends here.
  ///
  /// - Parameter before: the pay state before the input.
  /// - Parameter weakWord: whether goods go out on a weak word of money.
  mutating func settle(from before: PayState, weakWord: WeakWord = .pays) {
    expireOrCancelWhenProven()
    announce(from: before)
    if order.payState.isSettled || order.payState == .review {
      closeOpenPayments(cause: .paid)
    } else if order.cancelRequestedAt != nil {
      closeOpenPayments(cause: .cancelled)
    }
    openDeliveries(weakWord)
    releaseConfirmedDeliveries()
    revokeRefundedDeliveries()
    giveUpProposals()
    raiseMoneyAttention()
  }

  /// An order without open payments ends when its time is over. One with payments ends by the
  /// proof that closed the last of them.
  private mutating func expireOrCancelWhenProven() {
    guard order.payState == .created, order.expiredAt == nil, now >= order.expiresAt else { return }
    record(.order(changed(to: .expired, isLate: false)), by: .timer)
  }

  private mutating func announce(from before: PayState) {
    let state = order.payState
    guard state != before else { return }
    switch state {
    case .created, .awaiting, .processing, .expired: return
    case .cancelled, .review, .partiallyRefunded, .refunded, .chargedBack:
      record(.order(changed(to: state, isLate: false)))
    case .paid:
      let wasOver = order.expiredAt != nil || order.cancelRequestedAt != nil
      let isLate = wasOver || aggregate.payments.contains { $0.isCharged && $0.isLate }
      record(.order(changed(to: .paid, isLate: isLate)))
    }
  }

  private func changed(to state: PayState, isLate: Bool) -> OrderEvent {
    .payStateChanged(
      state, captured: order.captured, refunded: order.refunded, excess: order.excess,
      isLate: isLate)
  }

  /// Begins to close what is open. A closing that stands still is stale and goes on all the same.
  mutating func closeOpenPayments(cause: ClosingCause) {
    for payment in aggregate.payments where payment.state.isOpen && payment.state != .closing {
      if payment.state == .stale, payment.closingCause != nil { continue }
      record(.payment(payment.id, .closing(cause)))
    }
  }

  /// One delivery a line, once, when the order is paid.
  private mutating func openDeliveries(_ weakWord: WeakWord) {
    guard order.payState == .paid, aggregate.deliveries.isEmpty else { return }
    let lines: ClosedRange<Int64> = order.lines.isEmpty ? 0...0 : 1...Int64(order.lines.count)
    for line in lines {
      let id = identifiers.next(DeliveryKind.self, at: now)
      record(.delivery(id, .pending(line: line)), by: .system)
      if order.flags.contains(.weak), weakWord != .delivers {
        record(.delivery(id, .held(reason: Delivery.weakReason)), by: .system)
      } else if order.riskState.blocksDelivery {
        record(.delivery(id, .held(reason: Delivery.riskReason)), by: .system)
      }
    }
    holdDeliveriesForRefund()
    if aggregate.hasOpenDispute { holdDeliveriesForDispute() }
  }

  /// Goods that waited for a better word of their money wait no longer.
  private mutating func releaseConfirmedDeliveries() {
    guard order.payState == .paid || order.payState == .partiallyRefunded,
      !order.flags.contains(.weak)
    else { return }
    let waiting = aggregate.deliveries.filter(\.isHeldAsWeak)
    for delivery in waiting { reopen(delivery) }
    if !waiting.isEmpty, aggregate.hasOpenDispute { holdDeliveriesForDispute() }
  }

  /// Goods that were paid back before they went out do not go out.
  private mutating func revokeRefundedDeliveries() {
    let isGone = order.payState == .refunded || order.payState == .chargedBack
    for delivery in aggregate.deliveries
    where isGone && (delivery.state == .pending || delivery.state == .held) {
      record(.delivery(delivery.id, .revoked(reason: "refunded")), by: .system)
    }
  }

  private mutating func raiseMoneyAttention() {
    if order.excess > 0 {
      let excess = Money(order.excess, order.amount.currency)
      raise("excess_captured", "\(excess) more than due was captured; give it back or keep it.")
    } else {
      clear("excess_captured")
    }
    if order.payState == .review {
      raise("amount_mismatch", "A charge differs from what was asked; refund or accept it.")
    } else {
      clear("amount_mismatch")
    }
    if order.flags.contains(.late), order.payState == .paid, order.deliveryState == .pending {
      raise("paid_late", "The money came after the order had ended; check the stock.")
    }
    endCallsOfTime()
    endDoubtOfRefunds()
    askAboutGoods()
  }

  /// Calls that time raised, and those about a refund on its way or failed, end with what they were
  /// about.
  private mutating func endCallsOfTime() {
    // What comes back to life or is being closed is still without its last word.
    if !aggregate.hasOpenPayment {
      clear("payment_stale")
      clear("payment_open_for_days")
    }
    if !order.flags.contains(.weak) { clear("weak_unconfirmed") }
    if !aggregate.refunds.contains(where: { $0.state.isInFlight }) {
      clear("refund_open")
      clear("refund_open_for_days")
      clear("refund_stalled")
      clear("refund_mismatch")
    }
    if !aggregate.refunds.contains(where: isStillWanted) { clear("refund_failed") }
  }

  /// It failed, and something of its payment could still go back.
  private func isStillWanted(_ refund: Refund) -> Bool {
    guard refund.state == .failed else { return false }
    let captured = aggregate.payment(refund.payment)?.captured?.minor ?? 0
    return aggregate.refunded(of: refund.payment) < captured
  }

  /// Calls a person while goods are out whose money the gateway took back, and ends the calls about
  /// goods that have had their answer. Every act on deliveries that may settle one ends here.
  mutating func askAboutGoods() {
    if isDeliveredUnpaid {
      raise("goods_unpaid", "The gateway took the money back, and goods may have gone out for it.")
    } else {
      clear("goods_unpaid")
    }
    if !aggregate.deliveries.contains(where: { $0.state == .failed }) { clear("delivery_failed") }
  }

  /// A payment was reversed, no other pays the order, and goods are out or with a worker. What was
  /// refunded was given back on purpose and is another matter.
  private var isDeliveredUnpaid: Bool {
    guard !order.payState.isSettled,
      aggregate.payments.contains(where: { $0.state == .reversed })
    else { return false }
    return aggregate.deliveries.contains { delivery in
      switch delivery.state {
      case .reserved, .delivering, .delivered, .failed: true
      case .none, .pending, .held, .revoked: false
      }
    }
  }
}
