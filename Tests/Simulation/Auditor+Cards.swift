import JSON

/// Stripe's books against ours, after the faults have stopped and time has passed.
extension Auditor {
  func auditCards() throws {
    if let complaint = stripe.complaints.first { throw Violation(rule: "request", text: complaint) }
    for id in stripe.ids {
      guard let intent = stripe.intents[id], intent.received > 0 else { continue }
      guard let (order, payment) = payment(paidByCard: intent.number) else {
        throw Violation(rule: "books", text: "Stripe has \(intent.number), which no order knows")
      }
      guard payment.value.state == "succeeded", payment.value.captured == intent.received else {
        throw Violation(
          rule: "books",
          text: "Stripe took \(intent.received) for \(intent.number); here it is "
            + payment.value.state)
      }
      for name in intent.refunds {
        guard let refund = stripe.refunds[name] else { continue }
        let own = order.refunds.first { $0.value.number == refund.number }?.value
        guard own?.state == "succeeded", own?.minor == refund.amount else {
          throw Violation(
            rule: "books", text: "Stripe gave back \(name); here it is \(own?.state ?? "unknown")")
        }
      }
      for name in intent.disputes { try auditDispute(name, order) }
    }
  }

  private func payment(
    paidByCard number: String
  ) -> (OrderModel, (id: String, value: OrderModel.Payment))? {
    for order in orders.values {
      if let found = order.payments.first(where: { $0.value.number == number }) {
        return (order, found)
      }
    }
    return nil
  }

  /// Every dispute is known, whatever became of its notices, and stands as it stands there.
  private func auditDispute(_ name: String, _ order: OrderModel) throws {
    guard let dispute = stripe.disputes[name] else { return }
    guard let own = order.disputes.first(where: { $0.value.number == name })?.value else {
      throw Violation(rule: "books", text: "nobody knows the dispute \(name)")
    }
    guard own.state == dispute.state, own.minor == dispute.amount,
      own.isWithheld == dispute.isWithheld
    else {
      throw Violation(
        rule: "liveness",
        text: "\(name) is \(dispute.state) at Stripe, its money kept: \(dispute.isWithheld); here "
          + "\(own.state) and \(own.isWithheld)")
    }
  }
}

extension GatewayJudge {
  /// Stripe itself never lies: what it never said was made up.
  func judgeAtStripe(
    _ line: EventLine, _ state: String, _ payment: OrderModel.Payment, _ order: OrderModel
  ) throws {
    let intent = stripe.intent(numbered: payment.number)
    let isSaid: Bool
    switch state {
    case "succeeded":
      isSaid =
        intent?.received == line.data["captured"]?.objectValue?["minor"]?.integerValue
        && intent?.id == line.text("gateway_txn_id")
    case "closed": isSaid = intent.map { $0.isCancelled || $0.received == 0 } ?? true
    default: isSaid = false
    }
    guard isSaid else { throw order.broken("word", line, "Stripe never said so") }
  }

  func judgeAtStripe(
    _ line: EventLine, _ state: String, _ refund: OrderModel.Refund, _ order: OrderModel
  ) throws {
    let isDone = stripe.refunds.values.contains { $0.number == refund.number }
    guard isDone == (state == "succeeded") else {
      throw order.broken("word", line, "Stripe never said so")
    }
  }
}
