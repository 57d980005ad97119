/// After a restore from a backup: what may have happened since and no gateway can tell.
extension OrderDecision {
  /// Whether goods that waited here went out since the backup is known to nobody here: a person has
  /// to find out, as after a lease that ended without a word.
  package mutating func doubtDeliveries() {
    guard !order.flags.contains(.frozen) else { return }
    var isAny = false
    for delivery in aggregate.deliveries {
      switch delivery.state {
      case .pending, .held, .reserved, .delivering:
        let reason =
          delivery.isHeldAsWeak ? Delivery.restoredWeakReason : Delivery.restoredReason
        record(.delivery(delivery.id, .failed(reason: reason)))
        isAny = true
      case .none, .delivered, .failed, .revoked: continue
      }
    }
    guard isAny else { return }
    raise(
      "delivery_failed",
      "The store was restored from a backup; check whether the goods have gone out since.")
  }

  /// The payment was there before the backup was put back, so it may have been given back since: a
  /// refund of it waits for a person.
  package mutating func doubtRefunds(of payment: PaymentID) {
    raise(
      "refund_after_restore",
      "The store was restored from a backup since payment \(payment) was made. Look at the"
        + " gateway's own desk for what was given back meanwhile before you approve a refund.")
  }

  /// Nothing waits for that look any more.
  mutating func endDoubtOfRefunds() {
    guard !aggregate.refunds.contains(where: { $0.state == .requested }) else { return }
    clear("refund_after_restore")
  }
}
