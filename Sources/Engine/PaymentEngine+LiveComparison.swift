import Domain
import Gateways
import Store

/// Today's payments against what the gateways say of them, so that the bill of the day finds only
/// what nobody could have known.
///
/// Two ways lead here, and both take what they find as any answer is taken. A gateway that lists
/// what happened is read every five minutes while payments happen there. And each paid payment is
/// asked about once more before its day is over (`Schedule`), in the spare half of the budget.
extension PaymentEngine {
  /// How long a payment keeps its gateway busy. Milliseconds.
  private static let busyFor: Int64 = 86_400_000

  /// Something happens at a gateway: what it lists is worth reading more often.
  func noteBusy(_ name: String, at now: Timestamp) {
    guard let desk = desks[name], desk.gateway.capabilities.listsPayments else { return }
    desks[name]?.isBusyUntil = now.adding(milliseconds: settings.scaled(Self.busyFor))
    let soon = now.adding(milliseconds: settings.scaled(Schedule.compareEvery))
    if let due = desk.catchUpAt, due > soon { lookAgain(name, at: soon) }
  }

  /// How long a list rests before it is read again. Milliseconds, before scaling.
  func listGap(_ name: String, at now: Timestamp) -> Int64 {
    guard let desk = desks[name], let idle = desk.gateway.capabilities.catchUpEveryMilliseconds
    else { return Schedule.compareEvery }
    guard desk.gateway.capabilities.listsPayments, let until = desk.isBusyUntil, now < until
    else { return idle }
    return min(idle, Schedule.compareEvery)
  }

  /// The answer to a question about a payment that is over here.
  func noteCompared(
    _ sighting: PaymentSighting, _ payment: Payment, _ order: LoadedOrder, _ flight: Flight,
    at now: Timestamp
  ) throws(StoreError) {
    guard case .query = flight.question, !Self.isOutdated(sighting, payment, flight),
      let verdict = LiveVerdict(
        payment, gatewaySays: sighting, reserved: order.aggregate.reserved(of: payment.id))
    else { return }
    try count(verdict, of: payment, order, at: now)
  }

  /// A success in a gateway's list. What else a list tells is history and no present word.
  func noteListed(
    _ item: CatchUpPage.Item, of id: PaymentID, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    guard let payment = order.aggregate.payment(id) else { return }
    for case .payment(let sighting) in item.statements {
      guard case .paid = sighting else { continue }
      let verdict = LiveVerdict(
        payment, gatewaySays: sighting, reserved: order.aggregate.reserved(of: id))
      // Still open here: nobody has told us, and polling has not come to it yet.
      try count(verdict ?? .found, of: payment, order, at: now)
    }
  }

  /// A success in a gateway's list that no order here has.
  func noteUnknown(
    _ item: CatchUpPage.Item, _ gateway: String, at now: Timestamp
  ) throws(StoreError) {
    for case .payment(.paid) in item.statements {
      try store.count("live_unknown", gateway: gateway, at: now)
    }
  }

  private func count(
    _ verdict: LiveVerdict, of payment: Payment, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    let name = payment.gateway
    try store.setComparedAt(now, of: name)
    try store.count("live_compared", gateway: name, at: now)
    switch verdict {
    case .agrees: return
    case .found: try store.count("live_found", gateway: name, at: now)
    case .differs:
      try store.count("live_differing", gateway: name, at: now)
      guard order.aggregate.order.attention.isEmpty else { return }
      effects.append(
        .alarm("AL6 \(name): order \(order.aggregate.order.number) is paid here, and the gateway "
          + "now says something else of payment \(payment.id)."))
    }
  }
}
