import Domain
import Gateways
import Store

/// What time alone brings about payments and refunds: never an end, only calls for a person.
extension PaymentEngine {
  /// Says what has lasted too long; asking goes on.
  func callForPeople(
    _ order: LoadedOrder, _ question: ScheduledQuestion, at now: Timestamp
  ) throws(StoreError) -> LoadedOrder {
    switch question.subject {
    case .payment(let id):
      guard let payment = order.aggregate.payment(id) else { return order }
      return try age(payment, order, question, at: now)
    case .refund(let id):
      guard let refund = order.aggregate.refund(id) else { return order }
      return try age(refund, order, at: now)
    case .dispute: return order
    }
  }

  /// A payment without a final answer for long is called stale.
  private func age(
    _ payment: Payment, _ order: LoadedOrder, _ question: ScheduledQuestion, at now: Timestamp
  ) throws(StoreError) -> LoadedOrder {
    try openCase(forStale: payment, of: order, at: now)
    var decision = decide(order, by: .timer, at: now)
    if let moment = alarmAt(payment, order), now >= moment {
      if payment.state == .stale {
        effects.append(
          .alarm(
            "AL2 \(payment.gateway): payment \(payment.id) has had no final answer for three days."
          ))
        decision.noteOpenForDays(payment.id)
      } else {
        decision.noteUnconfirmed(payment.id)
      }
    } else if let moment = staleAt(payment, question), now >= moment {
      decision.age(payment.id)
    }
    return try record(decision, over: order, at: now)
  }

  private func age(
    _ refund: Refund, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) -> LoadedOrder {
    guard let moment = alarmAt(refund, order), now >= moment else { return order }
    let isForDays = order.aggregate.order.attention.contains("refund_open")
    let span = isForDays ? "three days" : "a day"
    effects.append(
      .alarm("AL24 order \(order.aggregate.order.number): refund \(refund.id) has had no final "
        + "answer for \(span)."))
    var decision = decide(order, by: .timer, at: now)
    decision.noteRefundOpen(refund.id, forDays: isForDays)
    return try record(decision, over: order, at: now)
  }

  /// When a person is called about a payment if nothing changes: a stale one, or one that was paid
  /// by a weak word. Nil where nobody is, or was already, and for a frozen order, which takes no
  /// further mark.
  func alarmAt(_ payment: Payment, _ order: LoadedOrder) -> Timestamp? {
    guard !order.aggregate.order.flags.contains(.frozen) else { return nil }
    let attention = order.aggregate.order.attention
    if payment.state == .stale, !attention.contains("payment_open_for_days") {
      return payment.createdAt.adding(milliseconds: settings.scaled(Schedule.alarmAfter))
    }
    if payment.isWeak, !attention.contains("weak_unconfirmed") {
      let paidAt = max(payment.paidAt ?? payment.createdAt, payment.createdAt)
      return paidAt.adding(milliseconds: settings.scaled(Schedule.confirmedWithin))
    }
    return nil
  }

  /// The same for a refund on its way: after a day, and once more after three.
  func alarmAt(_ refund: Refund, _ order: LoadedOrder) -> Timestamp? {
    guard refund.state.isInFlight, let submittedAt = refund.submittedAt,
      !order.aggregate.order.flags.contains(.frozen)
    else { return nil }
    let attention = order.aggregate.order.attention
    guard attention.contains("refund_open") else {
      return submittedAt.adding(milliseconds: settings.scaled(Schedule.refundCallAfter))
    }
    guard !attention.contains("refund_open_for_days") else { return nil }
    return submittedAt.adding(milliseconds: settings.scaled(Schedule.alarmAfter))
  }

  static func earlier(_ one: Timestamp?, _ other: Timestamp?) -> Timestamp? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }
}
