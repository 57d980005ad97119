import JSON

/// What a gateway took for one payment and gave back, by its own books.
struct CardTaking {
  struct Dispute {
    let number: String
    let state: String
    let minor: Int64
    let isWithheld: Bool
  }

  /// Ours.
  let number: String
  let minor: Int64
  /// Our numbers of the refunds, and their amounts.
  let refunds: [(number: String, minor: Int64)]
  let disputes: [Dispute]
}

extension FakeStripe {
  var takings: [CardTaking] {
    ids.compactMap { intents[$0] }.filter { $0.received > 0 && !$0.isOutside }.map { intent in
      CardTaking(
        number: intent.number, minor: intent.received,
        refunds: intent.refunds.compactMap { refunds[$0] }.map { ($0.number, $0.amount) },
        disputes: intent.disputes.compactMap { disputes[$0] }.map {
          .init(number: $0.id, state: $0.state, minor: $0.amount, isWithheld: $0.isWithheld)
        })
    }
  }
}

extension FakePayPal {
  var takings: [CardTaking] {
    ids.compactMap { orders[$0] }.filter { $0.capture != nil && !$0.isOutside }.map { order in
      CardTaking(
        number: order.number, minor: order.minor,
        refunds: order.refunds.compactMap { refunds[$0] }.map { ($0.number, $0.minor) },
        disputes: order.disputes.compactMap { disputes[$0] }.map {
          .init(number: $0.id, state: $0.state, minor: $0.minor, isWithheld: $0.isWithheld)
        })
    }
  }
}

extension FakeAirwallex {
  var takings: [CardTaking] {
    ids.compactMap { intents[$0] }.filter { $0.received > 0 && !$0.isOutside }.map { intent in
      CardTaking(
        number: intent.number, minor: intent.received,
        refunds: intent.refunds.compactMap { refunds[$0] }.map { ($0.number, $0.minor) },
        disputes: intent.disputes.compactMap { disputes[$0] }.map {
          .init(number: $0.id, state: $0.state, minor: $0.minor, isWithheld: $0.isWithheld)
        })
    }
  }
}

/// The books of Stripe, PayPal and Airwallex against ours, after the faults have stopped and time
/// has passed.
extension Auditor {
  func auditCards() throws {
    for complaint in stripe.complaints + payPal.complaints + airwallex.complaints {
      throw Violation(rule: "request", text: complaint)
    }
    for taking in stripe.takings + payPal.takings + airwallex.takings { try audit(taking) }
  }

  private func audit(_ taking: CardTaking) throws {
    guard let (order, payment) = payment(paidByCard: taking.number) else {
      throw Violation(rule: "books", text: "\(taking.number) was paid, and no order knows it")
    }
    guard payment.value.state == "succeeded",
      payment.value.captured == taking.minor || isToldOtherwise(payment.id, payment.value.captured)
    else {
      throw Violation(
        rule: "books",
        text: "\(taking.minor) was taken for \(taking.number); here it is \(payment.value.state)")
    }
    for refund in taking.refunds {
      let own = order.refunds.first { $0.value.number == refund.number }?.value
      guard own?.state == "succeeded", own?.minor == refund.minor else {
        throw Violation(
          rule: "books", text: "\(refund.number) was given back; here it is "
            + (own?.state ?? "unknown"))
      }
    }
    for dispute in taking.disputes { try audit(dispute, order) }
  }

  /// A bill that was wrong about the amount spoke first, and people are told.
  private func isToldOtherwise(_ payment: String, _ captured: Int64) -> Bool {
    differences.all.values.contains {
      $0.ours == payment && $0.actual == captured && ["amount_more", "amount_less"].contains($0.kind)
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
  private func audit(_ dispute: CardTaking.Dispute, _ order: OrderModel) throws {
    guard let own = order.disputes.first(where: { $0.value.number == dispute.number })?.value else {
      throw Violation(rule: "books", text: "nobody knows the dispute \(dispute.number)")
    }
    guard own.state == dispute.state, own.minor == dispute.minor,
      own.isWithheld == dispute.isWithheld
    else {
      throw Violation(
        rule: "liveness",
        text: "\(dispute.number) is \(dispute.state) there, its money kept: "
          + "\(dispute.isWithheld); here \(own.state) and \(own.isWithheld)")
    }
  }
}

/// These gateways are late, or say nothing, but never lie: what they never said was made up.
extension GatewayJudge {
  func judgeAtStripe(
    _ line: EventLine, _ state: String, _ payment: OrderModel.Payment, _ order: OrderModel
  ) throws {
    let intent = stripe.intent(numbered: payment.number)
    try judge(
      line, state, order, at: "Stripe", captured: intent.map { ($0.received, $0.id) },
      isClosed: intent.map { $0.isCancelled || $0.received == 0 } ?? true)
  }

  func judgeAtStripe(
    _ line: EventLine, _ state: String, _ refund: OrderModel.Refund, _ order: OrderModel
  ) throws {
    let isDone = stripe.refunds.values.contains { $0.number == refund.number }
    try judge(line, state, order, at: "Stripe", isRefunded: isDone)
  }

  func judgeAtAirwallex(
    _ line: EventLine, _ state: String, _ payment: OrderModel.Payment, _ order: OrderModel
  ) throws {
    let intent = airwallex.intent(numbered: payment.number)
    try judge(
      line, state, order, at: "Airwallex", captured: intent.map { ($0.received, $0.id) },
      isClosed: intent.map { $0.isCancelled || $0.received == 0 } ?? true)
  }

  func judgeAtAirwallex(
    _ line: EventLine, _ state: String, _ refund: OrderModel.Refund, _ order: OrderModel
  ) throws {
    let isDone = airwallex.refunds.values.contains {
      $0.number == refund.number && $0.isSettled(at: line.at)
    }
    try judge(line, state, order, at: "Airwallex", isRefunded: isDone)
  }

  func judgeAtPayPal(
    _ line: EventLine, _ state: String, _ payment: OrderModel.Payment, _ order: OrderModel
  ) throws {
    let made = payPal.order(numbered: payment.number)
    // Only our own capture takes money.
    let captured = made.flatMap { made in made.capture.map { (made.minor, $0) } }
    try judge(
      line, state, order, at: "PayPal", captured: captured, isClosed: captured == nil)
  }

  func judgeAtPayPal(
    _ line: EventLine, _ state: String, _ refund: OrderModel.Refund, _ order: OrderModel
  ) throws {
    let isDone = payPal.refunds.values.contains { $0.number == refund.number }
    try judge(line, state, order, at: "PayPal", isRefunded: isDone)
  }

  /// - Parameter captured: what the gateway took for the payment, and its number of that.
  private func judge(
    _ line: EventLine, _ state: String, _ order: OrderModel, at name: String,
    captured: (minor: Int64, number: String)?, isClosed: Bool
  ) throws {
    let isSaid: Bool
    switch state {
    case "succeeded":
      isSaid =
        captured?.minor == line.data["captured"]?.objectValue?["minor"]?.integerValue
        && captured?.number == line.text("gateway_txn_id")
    case "closed": isSaid = isClosed
    default: isSaid = false
    }
    guard isSaid else { throw order.broken("word", line, "\(name) never said so") }
  }

  private func judge(
    _ line: EventLine, _ state: String, _ order: OrderModel, at name: String, isRefunded: Bool
  ) throws {
    guard isRefunded == (state == "succeeded") else {
      throw order.broken("word", line, "\(name) never said so")
    }
  }
}
