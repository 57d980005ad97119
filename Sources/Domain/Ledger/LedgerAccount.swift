/// An account of the books. Each holds every currency apart; they are never added (I19).
package enum LedgerAccount: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// What a gateway holds for us.
  case receivable(gateway: String)
  case bank(account: String)
  case sales
  case feeExpense(gateway: String)
  /// What our own coupons took of payments: the gateway never has that money.
  case couponExpense(gateway: String)
  /// Fees taken beyond the contract, claimed back.
  case feeClaim(gateway: String)
  /// Refunds promised and not yet made.
  case refundPayable
  /// Money nobody can name yet (长款).
  case suspense
  /// Money that should be there and is not (短款).
  case shortage
  /// Paid twice or too much: the buyer's.
  case excessPayable
  case disputeHold
  case chargebackLoss
  case exchange
  case rounding
  case writeOff
  case splitPayable(party: String)

  /// `receivable:alipay`, `sales`.
  package var description: String {
    switch self {
    case .receivable(let gateway): "receivable:\(gateway)"
    case .bank(let account): "bank:\(account)"
    case .sales: "sales"
    case .feeExpense(let gateway): "fee_expense:\(gateway)"
    case .couponExpense(let gateway): "coupon_expense:\(gateway)"
    case .feeClaim(let gateway): "fee_claim:\(gateway)"
    case .refundPayable: "refund_payable"
    case .suspense: "suspense"
    case .shortage: "shortage"
    case .excessPayable: "excess_payable"
    case .disputeHold: "dispute_hold"
    case .chargebackLoss: "chargeback_loss"
    case .exchange: "exchange"
    case .rounding: "rounding"
    case .writeOff: "write_off"
    case .splitPayable(let party): "split_payable:\(party)"
    }
  }

  /// As `description` has it.
  package init?(text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.count == 2 ? String(parts[1]) : nil
    switch (parts[0], name) {
    case ("receivable", let name?): self = .receivable(gateway: name)
    case ("bank", let name?): self = .bank(account: name)
    case ("fee_expense", let name?): self = .feeExpense(gateway: name)
    case ("coupon_expense", let name?): self = .couponExpense(gateway: name)
    case ("fee_claim", let name?): self = .feeClaim(gateway: name)
    case ("split_payable", let name?): self = .splitPayable(party: name)
    default:
      guard let plain = Self.unnamed.first(where: { $0.description == text }) else { return nil }
      self = plain
    }
  }

  private static let unnamed: [LedgerAccount] = [
    .sales, .refundPayable, .suspense, .shortage, .excessPayable, .disputeHold, .chargebackLoss,
    .exchange, .rounding, .writeOff,
  ]

  package static func < (one: LedgerAccount, other: LedgerAccount) -> Bool {
    one.description.utf8.lexicographicallyPrecedes(other.description.utf8)
  }
}
