import Domain
import Gateways
import Store

/// After a restore from a backup: what nobody here knows any more.
extension PaymentEngine {
  /// Whether a restored store still waits for gateways; a full disk does not end that.
  var isRecovering: Bool {
    state == .recovering || (state == .readOnly && stateBeforeFullDisk == .recovering)
  }

  /// Gateways that can tell what happened since.
  var askableGateways: [String] {
    gatewayNames.filter { desks[$0]?.gateway.capabilities.canQuery == true }
  }

  /// Refuses what could move money or goods twice while a gateway of this order has not said what
  /// happened since the backup. Orders of other gateways go on.
  func requireHeard(_ order: LoadedOrder) throws(CommandStop) {
    guard isRecovering else { return }
    let names = order.aggregate.payments.map(\.gateway)
    for name in askableGateways where names.contains(name) {
      let count = try stored { () throws(StoreError) in try store.unheard(of: name) }
      guard count > 0 else { continue }
      throw .refused(
        Rejection(
          .recovering,
          "This daemon was restored from a backup and is still asking \(name) what has happened "
            + "since: \(count) questions there have had no answer yet.",
          hint: "Try again in a moment; till poll due lists what is still to be asked.",
          details: [.init("gateway", .text(name)), .init("open", .integer(count))],
          retryAfterMilliseconds: 10_000))
    }
  }

  /// At the first start of a restored store: no gateway can say whether goods went out since the
  /// backup, so none go out until a person has made sure.
  func doubtRestoredGoods(at now: Timestamp) throws(StoreError) {
    restoredAt = try store.restoredAt()
    guard let keys = try store.ordersWithDoubtfulGoods() else { return }
    for key in keys {
      guard let order = try loadReadable(key) else { continue }
      var decision = decide(order, by: .recovery, at: now)
      decision.doubtDeliveries()
      try record(decision, over: order, at: now)
    }
    try store.noteGoodsDoubted()
    guard !keys.isEmpty else { return }
    effects.append(
      .alarm(
        "The store was restored from a backup: whether the goods of \(keys.count) orders have gone"
          + " out since is for a person to find out (delivery.retry, delivery.revoke)."))
  }

  /// The same for an order that was made before the restore and is found paid only now: the money,
  /// and the goods after it, may be older than the restore.
  func doubtGoods(
    of order: LoadedOrder, before: OrderAggregate, at now: Timestamp
  ) throws(StoreError) -> LoadedOrder {
    guard restoredAt != nil, before.deliveries.isEmpty, !order.aggregate.deliveries.isEmpty,
      order.aggregate.payments.contains(where: { $0.isCharged && mayBePaidBeforeRestore($0) })
    else { return order }
    var decision = decide(order, by: .recovery, at: now)
    decision.doubtDeliveries()
    return try record(decision, over: order, at: now)
  }

  private func mayBePaidBeforeRestore(_ payment: Payment) -> Bool {
    guard let restoredAt, isOlderThanRestore(payment) else { return false }
    // Without a time of the gateway's own, a payment counts as paid when it was heard of.
    let canAsk = desks[payment.gateway]?.gateway.capabilities.canQuery == true
    return isRecovering || !canAsk || payment.paidAt.map { $0 <= restoredAt } ?? true
  }

  /// Whether a payment was made before the restore: what was given back of it between the backup
  /// and the restore is not known here.
  func isOlderThanRestore(_ payment: Payment) -> Bool {
    restoredAt.map { payment.createdAt <= $0 } ?? false
  }
}
