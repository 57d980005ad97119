import Domain
import Gateways
import Store

/// What gateways say about payments, refunds and disputes, whatever it came by: a notice, the
/// answer to a question about something else, their list of what happened.
extension PaymentEngine {
  /// The payment that a gateway means.
  func payment(_ name: PaymentName, at gateway: String) throws(StoreError) -> PaymentID? {
    switch name {
    case .outTradeNumber(let number):
      try store.payment(gateway: gateway, outTradeNumber: number)
    case .gatewayTransaction(let number):
      try store.payment(gateway: gateway, transaction: number)
    case .gatewayPayment(let number):
      try store.payment(gateway: gateway, gatewayPayment: number)
    }
  }

  /// Takes one statement about a payment.
  ///
  /// - Parameter before: called when it changes something, before the change is written.
  /// - Returns: whether it changed something.
  @discardableResult
  func take(
    _ statement: GatewayStatement, _ id: PaymentID, _ order: LoadedOrder, _ evidence: Evidence,
    by actor: Actor, at now: Timestamp,
    before: (LoadedOrder) throws(StoreError) -> Void = { _ throws(StoreError) in }
  ) throws(StoreError) -> Bool {
    var decision = decide(order, by: actor, at: now)
    let effect: ObservationEffect
    var learnt: PaymentSighting?
    switch statement {
    case .payment(let sighting):
      if let clash = try clash(sighting, id, order) {
        try raise("foreign_transaction", clash.reason.text, order, at: now)
        return false
      }
      learnt = sighting
      effect = decision.observe(
        id, sighting, evidence, weakWord: weakWord(id, order))
    case .refund(let number, let sighting):
      let refund = order.aggregate.refunds.first {
        $0.payment == id && $0.number.utf8.elementsEqual(number.utf8)
      }
      if let refund {
        effect = decision.observeRefund(refund.id, sighting, evidence)
      } else {
        let word = try unlessDecided(sighting, number, id, order)
        effect = decision.observeUnknownRefund(number, of: id, word, evidence)
      }
    case .outsideRefund(let outside):
      let isDecided = try isDecided(outside, id, order)
      effect =
        isDecided
        ? decision.observeUnknownRefund(
          outside.gatewayRefund, of: id, .processing(nil), evidence)
        : decision.observeOutsideRefund(of: id, outside, evidence)
    case .dispute(let sighting):
      if try isForeign(sighting, id, order) {
        try raise(
          "foreign_dispute", "Dispute \(sighting.gatewayDispute) is about another payment than "
            + "\(id).", order, at: now)
        return false
      }
      effect = decision.observeDispute(of: id, sighting, evidence)
      // A dispute tells that money was taken; where that is news, it is asked for.
      let isCharged = order.aggregate.payment(id)?.isCharged ?? false
      if effect == .askNow || (effect == .applied && !isCharged) {
        try askSoon(about: sighting, of: id, order, at: now)
      }
    case .somethingHappened: effect = .askNow
    case .disputeHappened:
      try askSoon(id, order, for: .lookingForDispute, at: now)
      return false
    }
    if effect == .askNow, !statement.isAboutDispute { try askSoon(id, order, at: now) }
    let isNotice = evidence.source == .notice
    if let learnt, isNotice, effect == .nothingNew {
      try noteRepeated(learnt, order, id, at: now)
    }
    // A word that is asked about may call people and hold goods all the same.
    let calls = effect == .askNow && !decision.events.isEmpty
    guard effect == .applied || calls else { return false }
    try before(order)
    let after = try record(decision, over: order, at: now)
    if let learnt {
      try noteLearnt(learnt, order, after, id, byNotice: isNotice, at: now)
    }
    if let payment = after.aggregate.payment(id) {
      try replayParkedByGateway(payment, before: order.aggregate.payment(id), at: now)
    }
    return true
  }

  /// A refund at the gateway's own desk whose row of the bill people have taken into the books is
  /// not booked again: its late word only calls them.
  private func unlessDecided(
    _ sighting: RefundSighting, _ number: String, _ id: PaymentID, _ order: LoadedOrder
  ) throws(StoreError) -> RefundSighting {
    guard case .succeeded(_, let own, _) = sighting,
      try isDecided(own ?? number, number, id, order)
    else { return sighting }
    return .processing(nil)
  }

  /// The same of one that has a number of the gateway's alone, and is not counted yet.
  private func isDecided(
    _ outside: OutsideRefund, _ id: PaymentID, _ order: LoadedOrder
  ) throws(StoreError) -> Bool {
    let number = outside.gatewayRefund
    let isCounted = order.aggregate.refunds.contains {
      $0.payment == id && $0.gatewayRefund?.utf8.elementsEqual(number.utf8) == true
    }
    guard !isCounted, case .succeeded = outside.sighting else { return false }
    return try isDecided(number, number, id, order)
  }

  /// - Parameters:
  ///   - transaction: the gateway's number of the refund.
  ///   - reference: the number that it was asked for under.
  private func isDecided(
    _ transaction: String, _ reference: String, _ id: PaymentID, _ order: LoadedOrder
  ) throws(StoreError) -> Bool {
    try store.decidedDeskRefunds(of: order.aggregate.order.id).contains { told in
      guard let verb = told.adjudication?.verb, told.facts.counterAccount(for: verb) != nil,
        told.facts.ours == .payment(id)
      else { return false }
      return told.facts.isRow(transaction, reference)
    }
  }

  /// What a weak word of money does for a payment of its gateway.
  func weakWord(_ id: PaymentID, _ order: LoadedOrder) -> WeakWord {
    order.aggregate.payment(id)
      .flatMap { desks[$0.gateway]?.gateway.capabilities.weakWord } ?? .wakes
  }

  /// What an answer said beside the state of its payment.
  func takeAlso(
    _ statements: [GatewayStatement], _ payment: PaymentID, _ orderKey: Int64,
    _ evidence: Evidence, _ flight: Flight, _ result: Result<GatewayAnswer, Fault>,
    at now: Timestamp
  ) throws(StoreError) {
    for statement in statements {
      guard let order = try store.load(key: orderKey) else { return }
      try take(statement, payment, order, evidence, by: .poller, at: now) {
        (order) throws(StoreError) in
        guard flight.call == nil else { return }
        // A list of what happened is about many orders, and its row about none of them.
        let isList = flight.subject == nil
        try endCall(
          flight, result, fault: nil, id: evidence.id, order: isList ? nil : order,
          payment: isList ? nil : payment, at: now)
      }
    }
  }
}

extension GatewayStatement {
  fileprivate var isAboutDispute: Bool {
    if case .dispute = self { return true }
    return false
  }
}
