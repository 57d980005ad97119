/// Refunds that the machine asks for where too much had come.
extension Refund {
  /// Asked for by the machine, because more came than was due.
  package var isProposal: Bool { requestedBy.utf8.elementsEqual(Actor.system.text.utf8) }
}

extension OrderDecision {
  /// What the machine asked for is given up once the excess is less: another payment was given
  /// back, reversed or lost since (I6). The goods then wait for it no longer.
  mutating func giveUpProposals() {
    var left = order.excess
    var isGivenUp = false
    for refund in aggregate.refunds where refund.state == .requested && refund.isProposal {
      if refund.amount.minor <= left {
        left -= refund.amount.minor
      } else {
        record(.refund(refund.id, .withdrawn(by: Actor.system.text)), by: .system)
        isGivenUp = true
      }
    }
    if isGivenUp { releaseUncertainDeliveries() }
  }

  /// The excess must still be there when a person lets a proposal go, and nobody else may be
  /// taking it: a dispute of any payment of the order, or another refund on its way.
  func requireExcess(for refund: Refund) throws(Rejection) {
    guard refund.state == .requested, refund.isProposal else { return }
    if let dispute = aggregate.disputes.first(where: { $0.state.isOpen }) {
      throw Rejection(
        .paymentDisputed,
        "A dispute of order \(order.number) may take what came too much: giving it back as well "
          + "would pay the buyer twice.",
        hint: "Answer or accept the dispute at the gateway, or wait for its outcome.",
        details: [
          .init("dispute", .text(dispute.id.text)),
          .init("refundable", .money(Money.zero(order.amount.currency))),
        ])
    }
    var left = order.excess
    for other in aggregate.refunds
    where other.id != refund.id && (other.state.isInFlight || other.state == .approved) {
      left -= min(left, other.amount.minor)
    }
    guard refund.amount.minor > left else { return }
    let excess = Money(left, order.amount.currency)
    throw Rejection(
      .refundExceedsPaid,
      "Only \(excess) more than due is left of order \(order.number); refund \(refund.id) asks "
        + "for \(refund.amount).",
      hint: "Withdraw it, or wait for the other refund.",
      details: [
        .init("captured", .money(Money(order.captured, excess.currency))),
        .init("reserved", .money(Money(order.captured - left, excess.currency))),
        .init("refundable", .money(excess)),
      ])
  }
}
