/// Disputes: a buyer asks a bank or the gateway for the money.
extension OrderDecision {
  /// A gateway said how a dispute stands.
  package mutating func observeDispute(
    of id: PaymentID, _ sighting: DisputeSighting, _ evidence: Evidence
  ) -> ObservationEffect {
    guard aggregate.payment(id) != nil, !order.flags.contains(.frozen) else { return .nothingNew }
    guard evidence.strength >= .signedNotice else { return .askNow }
    let isNew = !order.attention.contains("disputed")
    raise(
      "disputed",
      "Payment \(id) is disputed (\(sighting.gatewayDispute)): \(sighting.gatewayStatus).")
    return isNew ? .applied : .nothingNew
  }
}
