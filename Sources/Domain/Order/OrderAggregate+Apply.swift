/// Turning events into state: the only code that changes an aggregate, live and in a rebuild.
extension OrderAggregate {
  /// The aggregate that an `order.created` event begins. Nil for any other event.
  package init?(creating event: Event) {
    guard case .order(.created(let draft)) = event.body, let id = event.order else { return nil }
    var order = Order(draft, id: id, createdAt: event.at)
    order.version = 1
    self.init(order: order)
    derive(at: event.at)
  }

  /// Applies one event of this order.
  ///
  /// - Precondition: the event follows the last one: its version is the order's plus one.
  package mutating func apply(_ event: Event) {
    precondition(event.order == order.id, "an event of another order was applied")
    precondition(event.version == order.version + 1, "an event was applied out of turn")
    switch event.body {
    case .order(let body): apply(body, at: event.at)
    case .payment(let id, let body): apply(body, to: id, at: event.at)
    case .refund(let id, let body): apply(body, to: id, event)
    case .delivery(let id, let body): apply(body, to: id, event)
    case .dispute(let id, let body): apply(body, to: id, event)
    case .attention(.raised(let code, _)):
      if !order.attention.contains(code) { order.attention = (order.attention + [code]).sorted() }
    case .attention(.cleared(let code)): order.attention.removeAll { $0 == code }
    case .notification, .gateway, .statement, .run, .discrepancy, .case, .rule, .server: break
    }
    order.version = event.version
    order.updatedAt = event.at
    derive(at: event.at)
  }

  private mutating func apply(_ event: OrderEvent, at moment: Timestamp) {
    switch event {
    case .created: preconditionFailure("an order is created once")
    case .payStateChanged(let state, _, _, _, let isLate):
      if isLate { order.flags.insert(.late) }
      switch state {
      case .paid: if order.paidAt == nil { order.paidAt = moment }
      case .expired: order.expiredAt = moment
      case .refunded: order.refundedAt = moment
      case .created, .awaiting, .processing, .cancelled, .review, .partiallyRefunded,
        .chargedBack:
        break
      }
    case .cancelRequested: order.cancelRequestedAt = moment
    case .acceptProposed(let by, _): order.acceptProposedBy = by
    case .accepted:
      order.acceptProposedBy = nil
      order.flags.insert(.forced)
      for index in payments.indices where payments[index].isMismatched || payments[index].isWeak {
        payments[index].isAccepted = true
      }
    case .held: order.riskState = .held
    case .unheld: order.riskState = .cleared
    case .personalErased: break
    case .frozen: order.flags.insert(.frozen)
    }
  }

  private mutating func apply(_ event: PaymentEvent, to id: PaymentID, at moment: Timestamp) {
    if case .created(let draft) = event {
      payments.append(Payment(draft, id: id, order: order.id, createdAt: moment))
      if draft.isTest { order.flags.insert(.rehearsed) }
    }
    guard let index = payments.firstIndex(where: { $0.id == id }) else {
      preconditionFailure("an event of a payment that was never created")
    }
    payments[index].apply(event, at: moment)
    if case .failed(let reason, _) = event { order.lastFailure = reason }
  }

  private mutating func apply(_ body: RefundEvent, to id: RefundID, _ event: Event) {
    if case .requested(let payment, let number, let amount, let note) = body {
      refunds.append(
        Refund(
          id: id, payment: payment, order: order.id, number: number, amount: amount, note: note,
          requestedBy: event.actor.text, createdAt: event.at))
    }
    guard let index = refunds.firstIndex(where: { $0.id == id }) else {
      preconditionFailure("an event of a refund that was never requested")
    }
    refunds[index].apply(body, at: event.at)
    if case .succeeded = body, event.actor != .system { return }
    if case .succeeded = body { order.flags.insert(.autoRefunded) }
  }

  private mutating func apply(_ body: DeliveryEvent, to id: DeliveryID, _ event: Event) {
    if case .pending(let line, _) = body, !deliveries.contains(where: { $0.id == id }) {
      deliveries.append(Delivery(id: id, order: order.id, line: line))
    }
    guard let index = deliveries.firstIndex(where: { $0.id == id }) else {
      preconditionFailure("an event of a delivery that was never opened")
    }
    deliveries[index].apply(body, by: event.actor, at: event.at)
    if deliveries.allSatisfy({ $0.state == .delivered }) { order.deliveredAt = event.at }
  }
}

extension Payment {
  fileprivate mutating func apply(_ event: PaymentEvent, at moment: Timestamp) {
    version += 1
    switch event {
    case .created: break
    case .submitted:
      state = .submitted
      submittedAt = moment
    case .awaitingBuyer(let action, let number):
      state = .awaitingBuyer
      if let action { self.action = action }
      if let number { gatewayPayment = number }
      reason = nil
    case .processing(let reason):
      state = .processing
      self.reason = reason
    case .unknown(let reason):
      state = .unknown
      self.reason = reason
    case .stale: state = .stale
    case .closing(let cause):
      state = .closing
      closingCause = cause
    case .closed(let reason, let proof):
      state = .closed
      if let reason { self.reason = reason }
      closedAt = moment
      evidence.append(proof)
    case .failed(let reason, let proof):
      state = .failed
      self.reason = reason
      closedAt = moment
      evidence.append(proof)
    case .succeeded(let capture, let proof, let late):
      state = .succeeded
      captured = capture.amount
      fee = capture.fee
      gatewayTransaction = capture.gatewayTransaction
      isMismatched = capture.amount != amount
      isLate = late
      reason = nil
      paidAt = capture.paidAt ?? moment
      evidence.append(proof)
    case .reversed(let reason, let proof):
      state = .reversed
      self.reason = reason
      reversedAt = moment
      evidence.append(proof)
    case .confirmed(let proof): evidence.append(proof)
    case .resolveProposed(let by, let proof, let amount, _):
      resolveProposedBy = by
      resolveProposedProof = proof
      resolveProposedAmount = amount
    }
  }
}

extension Refund {
  fileprivate mutating func apply(_ event: RefundEvent, at moment: Timestamp) {
    version += 1
    switch event {
    case .requested: break
    case .approved(let by):
      state = .approved
      approvedBy = by
      approvedAt = moment
      finishedAt = nil
    case .rejected(let text, _):
      state = .rejected
      reason = Reason(code: "rejected", text: text)
      finishedAt = moment
    case .withdrawn:
      state = .withdrawn
      finishedAt = moment
    case .submitted:
      state = .submitted
      submittedAt = moment
    case .processing(let reason, let number):
      state = .processing
      self.reason = reason
      if let number { gatewayRefund = number }
    case .unknown(let reason):
      state = .unknown
      self.reason = reason
    case .succeeded(let number, let proof):
      state = .succeeded
      if let number { gatewayRefund = number }
      reason = nil
      finishedAt = moment
      evidence.append(proof)
    case .failed(let reason, let proof):
      state = .failed
      self.reason = reason
      // What a bill says of that number did not stay so.
      gatewayRefund = nil
      finishedAt = moment
      evidence.append(proof)
    case .returned(let reason, let proof):
      state = .returned
      self.reason = reason
      finishedAt = moment
      evidence.append(proof)
    }
  }
}

extension Delivery {
  fileprivate mutating func apply(_ event: DeliveryEvent, by actor: Actor, at moment: Timestamp) {
    version += 1
    switch event {
    case .pending:
      state = .pending
      claim = nil
      claimedBy = nil
      leaseUntil = nil
      reason = nil
    case .held(let reason):
      state = .held
      self.reason = reason
    case .reserved(let claim, let until):
      state = .reserved
      self.claim = claim
      claimedBy = actor.text
      leaseUntil = until
    case .delivered(let reference):
      state = .delivered
      self.reference = reference
      leaseUntil = nil
      deliveredAt = moment
    case .failed(let reason):
      state = .failed
      self.reason = reason
      leaseUntil = nil
    case .revoked(let reason):
      state = .revoked
      self.reason = reason
      leaseUntil = nil
    }
  }
}
