/// The end of a payment that no gateway tells of.
extension OrderDecision {
  /// Two different operators settle a payment as not paid. The first call proposes; another proof
  /// is a proposal of its own. Money that comes all the same is a late success, as after any end.
  ///
  /// - Precondition: the gateway cannot be asked, so that people's word is the best there is.
  /// - Returns: whether it took effect.
  package mutating func resolveUnpaid(
    _ id: PaymentID, proof: String, reason: String
  ) throws(Rejection) -> Bool {
    try requireNotFrozen()
    guard let person = actor.person else {
      throw Rejection(
        .tokenRequired, "Only an operator who has shown a token can resolve a payment.")
    }
    guard let payment = aggregate.payment(id), payment.state.isOpen,
      payment.state != .initial, payment.state != .submitted
    else {
      throw Rejection(.illegalTransition, "Payment \(id) is settled already, or not begun yet.")
    }
    let nothing = Money.zero(payment.amount.currency)
    let isSameProof = payment.resolveProposedProof?.utf8.elementsEqual(proof.utf8) == true
    guard let first = payment.resolveProposedBy, isSameProof,
      payment.resolveProposedAmount == nothing
    else {
      record(
        .payment(
          id, .resolveProposed(by: person, evidence: proof, amount: nothing, reason: reason)))
      return false
    }
    try requireAnother(person, than: first)
    let before = order.payState
    let evidence = Evidence.ofOperators(proof, at: now)
    let why = Reason(
      code: "resolved_unpaid", text: "Two operators settled it as not paid: \(reason)")
    record(.payment(id, .closed(why, evidence)))
    settle(from: before)
    return true
  }
}
