import Domain
import Gateways
import Store

/// What a bank's statement says about payments: the one path by which money becomes known, with
/// evidence of the strongest kind.
extension PaymentEngine {
  /// - Returns: how many payments its rows paid or confirmed.
  func take(
    _ credits: [BankCredit], of statement: StatementRecord, at now: Timestamp
  ) throws(StoreError) -> Int64 {
    guard !credits.isEmpty else { return 0 }
    guard statement.isVerified else {
      effects.append(
        .alarm(
          "AL18 \(statement.gateway): \(statement.id) contradicts its own totals, so none of its "
            + "rows says that a payment was made."))
      return 0
    }
    var filled: Int64 = 0
    for credit in credits where try take(credit, of: statement, at: now) { filled += 1 }
    return filled
  }

  private func take(
    _ credit: BankCredit, of statement: StatementRecord, at now: Timestamp
  ) throws(StoreError) -> Bool {
    guard let id = credit.payments.first, credit.payments.count == 1 else {
      for id in credit.payments { try callForPerson(about: id, credit, at: now) }
      return false
    }
    guard let order = try store.load(payment: id), let payment = order.aggregate.payment(id),
      mayBeProven(payment)
    else { return false }
    let evidence = Evidence(
      id: "\(statement.gateway) \(credit.mark)", source: .statement, strength: .statement, at: now,
      digest: statement.digest)
    // Two people, or a phone, have told of it by another number before.
    let isKnown = payment.isCharged && payment.captured == credit.amount
      && (payment.isWeak || payment.chargeEvidence.contains { $0.source == .operators })
    let capture = Capture(
      amount: credit.amount,
      gatewayTransaction: isKnown ? payment.gatewayTransaction ?? credit.mark : credit.mark,
      paidAt: nil)
    return try take(
      .payment(.paid(capture)), id, order, evidence, by: .statement(gateway: statement.gateway),
      at: now)
  }

  /// Other gateways tell by themselves what was paid, and pay out sums of many payments.
  private func mayBeProven(_ payment: Payment) -> Bool {
    guard let capabilities = desks[payment.gateway]?.gateway.capabilities else { return false }
    return capabilities.isPaidByBankRows || (payment.isWeak && capabilities.weakWord != .wakes)
  }

  private func callForPerson(
    about id: PaymentID, _ credit: BankCredit, at now: Timestamp
  ) throws(StoreError) {
    guard let order = try store.load(payment: id), let payment = order.aggregate.payment(id),
      mayBeProven(payment)
    else { return }
    try raise(
      "bank_row_ambiguous",
      "The bank's movement \(credit.mark) over \(credit.amount) names \(credit.payments.count) "
        + "payments; settle each with payment.resolve.", order, at: now)
  }
}
