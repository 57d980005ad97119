import Domain
import Gateways
import Store

/// Notices that name a dispute and no payment (`NotificationReading.dispute`).
extension PaymentEngine {
  /// A dispute that is known is asked about now; any other is looked for in the gateway's list.
  func take(
    _ hint: DisputeHint, _ receipt: Receipt, _ raw: RawNotification, isNew: Bool, at now: Timestamp
  ) throws(StoreError) -> NotificationReply {
    var receipt = receipt
    receipt.verdict = .noop
    receipt.reason = "calls_for_a_question"
    let payment = try store.payment(gateway: receipt.gateway, dispute: hint.gatewayDispute)
    let order = try payment.flatMap { id throws(StoreError) in try store.load(payment: id) }
    receipt.payment = payment
    receipt.order = order?.aggregate.order.id
    if isNew {
      try store.insert(
        receipt, Self.content(raw), orderKey: order?.key,
        outTradeNumber: payment.flatMap { order?.aggregate.payment($0)?.outTradeNumber })
    }
    let canCatchUp =
      desks[receipt.gateway]?.gateway.capabilities.catchUpEveryMilliseconds != nil
    let known = order?.aggregate.disputes.first {
      $0.gatewayDispute.utf8.elementsEqual(hint.gatewayDispute.utf8)
    }
    if let known, let order {
      try askSoon(about: known, order, at: now)
    } else if canCatchUp, !isTrial {
      desks[receipt.gateway]?.catchUpAt = now
      setTimer(now)
    }
    return Self.reply(receipt, hint.acknowledgement)
  }
}
