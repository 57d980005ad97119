/// What a case is about.
package enum CaseKind: String, Sendable, CaseIterable {
  /// Differences that one person may not decide.
  case discrepancy
  /// A payment without a final answer for a day.
  case stalePayment = "stale_payment"
  /// More came than was due.
  case excess
  /// Money that was given back came back to us.
  case refundReturned = "refund_returned"
  /// A buyer says that he has paid, or did not get what he paid for.
  case buyerClaim = "buyer_claim"
  case refund
  case dispute
  case delivery
  case gateway
  case other
}

extension CaseKind {
  /// Marks on an order that no fact ends: people have looked once a case of this kind is closed.
  package var settledMarks: [String] {
    switch self {
    case .refundReturned: ["refund_returned"]
    case .refund: ["refund_contradiction", "refund_failed", "refund_returned", "refunded_outside"]
    case .excess: ["second_charge"]
    case .dispute: ["dispute_contradiction", "dispute_unknown_status", "foreign_dispute"]
    case .gateway, .other:
      ["contradiction", "foreign_transaction", "second_charge", "unknown_status"]
    case .discrepancy, .stalePayment, .buyerClaim, .delivery: []
    }
  }
}

/// How much hangs on it. A high one takes two persons to resolve.
package enum CaseSeverity: String, Sendable, CaseIterable {
  case normal
  case high
}

/// Where a case stands.
package enum CaseState: String, Sendable, CaseIterable {
  case open
  case assigned
  case waitingBuyer = "waiting_buyer"
  case waitingGateway = "waiting_gateway"
  case waitingBank = "waiting_bank"
  /// One person has named the cause; a second must agree.
  case proposed
  case resolved
  case closed

  /// Somebody still has to do something.
  package var isLive: Bool { self != .resolved && self != .closed }

  /// Nobody has said yet that it is done.
  package var isWorkedOn: Bool { isLive && self != .proposed }
}

/// Whom the work waits for.
package enum CaseWait: String, Sendable, CaseIterable {
  /// The owner goes on.
  case nobody
  case buyer
  case gateway
  case bank

  var state: CaseState {
    switch self {
    case .nobody: .assigned
    case .buyer: .waitingBuyer
    case .gateway: .waitingGateway
    case .bank: .waitingBank
    }
  }
}

/// Why it came to it; counted every week, so that what happens often is mended at its root.
package enum CauseCode: String, Sendable, CaseIterable {
  case callbackLost = "callback_lost"
  case gatewayDelay = "gateway_delay"
  case gatewayError = "gateway_error"
  case bankDelay = "bank_delay"
  case billWrong = "bill_wrong"
  case feeContract = "fee_contract"
  case paidTwice = "paid_twice"
  case wrongAmount = "wrong_amount"
  case accountAbnormal = "account_abnormal"
  case regionLimit = "region_limit"
  case buyerError = "buyer_error"
  case fraud
  case ourError = "our_error"
  case noFault = "no_fault"
  case other
}

/// Something that a case is about.
package enum CaseLink: Hashable, Sendable {
  case order(OrderID)
  case payment(PaymentID)
  case refund(RefundID)
  case dispute(DisputeID)
  case discrepancy(DiscrepancyID)
  case run(RunID)

  package init?(text: String) {
    if let id = OrderID(text: text) {
      self = .order(id)
    } else if let id = PaymentID(text: text) {
      self = .payment(id)
    } else if let id = RefundID(text: text) {
      self = .refund(id)
    } else if let id = DisputeID(text: text) {
      self = .dispute(id)
    } else if let id = DiscrepancyID(text: text) {
      self = .discrepancy(id)
    } else if let id = RunID(text: text) {
      self = .run(id)
    } else {
      return nil
    }
  }

  package var text: String {
    switch self {
    case .order(let id): id.text
    case .payment(let id): id.text
    case .refund(let id): id.text
    case .dispute(let id): id.text
    case .discrepancy(let id): id.text
    case .run(let id): id.text
    }
  }
}
