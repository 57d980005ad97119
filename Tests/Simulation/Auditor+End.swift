import Gateways
import Sandbox
import Domain

/// After the faults have stopped and time has passed: what must have come out.
extension Auditor {
  /// Every payment and refund is final or stands before a person, and what the gateways' own books
  /// hold is known.
  func auditEnd(at now: Int64) throws {
    for id in orderIDs {
      guard let order = orders[id] else { continue }
      let isShown = !order.attention.isEmpty
      for (payment, value) in order.payments where value.isOpen && !isShown {
        throw Violation(
          rule: "liveness", text: "payment \(payment) is \(value.state) and nobody is told")
      }
      for (refund, value) in order.refunds
      where (value.isInFlight || value.state == "approved") && !isShown {
        throw Violation(
          rule: "liveness", text: "refund \(refund) is \(value.state) and nobody is told")
      }
    }
    try auditBooks()
    try auditBank()
    try auditDisputes(at: now)
    try auditTransfers()
    try auditPhone(at: now)
    try auditCards()
    try auditExcess()
  }

  /// A dispute that the bank has told of stands as it stands there, and people were told in time.
  private func auditDisputes(at now: Int64) throws {
    let known = orderIDs.compactMap { orders[$0] }.flatMap { order in
      order.disputes.map { (order, $0.value) }
    }
    for dispute in sandbox?.trades().compactMap(\.dispute) ?? [] {
      guard heardDisputes.contains(dispute.gatewayDispute) else { continue }
      guard let (_, own) = known.first(where: { $0.1.number == dispute.gatewayDispute }) else {
        throw Violation(rule: "books", text: "nobody knows the dispute \(dispute.gatewayDispute)")
      }
      guard own.state == dispute.status.rawValue, own.minor == dispute.amount.minor else {
        throw Violation(
          rule: "liveness",
          text: "\(own.number) is \(dispute.status.rawValue) over \(dispute.amount.minor) at the "
            + "bank, here \(own.state) over \(own.minor)")
      }
    }
    for (order, own) in known {
      guard let hours = order.missedAlert(of: own, at: now) else { continue }
      throw Violation(rule: "AL19", text: "nobody was told of \(own.number) \(hours) hours before")
    }
  }

  /// The gateway's books against ours; also while a run goes on, where `isOver` is false.
  private func auditBooks() throws {
    var payments: [String: (order: OrderModel, value: OrderModel.Payment)] = [:]
    for id in orderIDs {
      guard let order = orders[id] else { continue }
      for payment in order.payments { payments[payment.value.number] = (order, payment.value) }
    }
    for number in alipay.numbers {
      guard let trade = alipay.trade(number) else { continue }
      guard let (order, payment) = payments[number] else {
        throw Violation(rule: "books", text: "Alipay has \(number), which no order knows")
      }
      try compare(trade, payment, order)
    }
  }

  private func compare(
    _ trade: FakeAlipay.Trade, _ payment: OrderModel.Payment, _ order: OrderModel
  ) throws {
    let isShown = !order.attention.isEmpty || payment.isByPeople
    let isFromDesk = trade.refunds.contains(where: \.isFromDesk)
    let isGivenBack = payment.state == "reversed" && trade.given >= trade.taken
    if trade.status == .paid, payment.state != "succeeded", !isShown, !isFromDesk, !isGivenBack,
      alipay.everSaidPaid(trade.number)
    {
      throw Violation(
        rule: "books", text: "Alipay took \(trade.taken) for \(trade.number); here it is "
          + "\(payment.state) and nobody is told")
    }
    if trade.status != .paid, payment.state == "succeeded", !isShown {
      throw Violation(
        rule: "books", text: "\(trade.number) is paid here, not at Alipay, and nobody is told")
    }
    // A person was told that the charge differs, and may have given it back since.
    let wasToldOtherwise = order.everRaised.contains("amount_mismatch")
    if trade.status == .paid, payment.state == "succeeded", payment.captured != trade.taken,
      !isShown, !wasToldOtherwise
    {
      throw Violation(rule: "books", text: "\(trade.number) is paid otherwise at Alipay")
    }
    try auditRefunds(trade, order)
  }

  /// Nothing is given back twice, nor more than was taken, nor without an order to do so.
  private func auditRefunds(_ trade: FakeAlipay.Trade, _ order: OrderModel) throws {
    var sum: Int64 = 0
    for refund in trade.refunds where !refund.isFromDesk {
      guard let own = order.refunds.first(where: { $0.value.number == refund.number })?.value,
        own.minor == refund.minor, own.wasApproved
      else {
        throw Violation(rule: "books", text: "Alipay gave back \(refund.number) unasked")
      }
      if !refund.isDisowned { sum += refund.minor }
      if own.state != "succeeded", !refund.isDisowned, order.attention.isEmpty {
        throw Violation(
          rule: "books", text: "Alipay gave back \(refund.number); here it is \(own.state)")
      }
    }
    // It may have lied about what it took, and its word is all that anybody had.
    let said = order.payments.first { $0.value.number == trade.number }?.value.captured ?? 0
    guard sum <= max(trade.taken, said) else {
      throw Violation(
        rule: "over-refund", text: "\(sum) of \(trade.taken) was given back for \(trade.number)")
    }
    for (id, own) in order.refunds
    where own.state == "succeeded" && order.payment(own.payment)?.number == trade.number {
      let isThere = trade.refunds.contains { $0.number == own.number || $0.isFromDesk }
      guard isThere || !order.attention.isEmpty else {
        throw Violation(rule: "books", text: "refund \(id) is done here and not at Alipay")
      }
    }
  }

  private func auditBank() throws {
    guard let sandbox else { return }
    var orders: [String: (OrderModel, OrderModel.Payment)] = [:]
    for id in orderIDs {
      guard let order = self.orders[id] else { continue }
      for payment in order.payments { orders[payment.value.number] = (order, payment.value) }
    }
    for trade in sandbox.trades() {
      guard let (order, payment) = orders[trade.outTradeNumber] else {
        throw Violation(rule: "books", text: "the bank has \(trade.outTradeNumber) alone")
      }
      let isShown = !order.attention.isEmpty
      if trade.paid != nil, payment.state != "succeeded", payment.state != "reversed", !isShown {
        throw Violation(
          rule: "books",
          text: "the bank took money for \(trade.outTradeNumber); here it is \(payment.state)")
      }
      var sum: Int64 = 0
      for refund in trade.refunds where refund.status == .succeeded { sum += refund.amount.minor }
      guard sum <= trade.paid?.minor ?? 0 else {
        throw Violation(rule: "over-refund", text: "of \(trade.outTradeNumber) at the bank")
      }
    }
  }
}
