/// What a person can decide about a discrepancy. No verb changes a fact: each is an event of its
/// own, with its entries in the books.
package enum AdjudicationVerb: String, Sendable, CaseIterable {
  /// The gateway is right; our books follow it.
  case acceptGateway = "accept_gateway"
  /// We are right; the gateway is asked to put it right, our books stay.
  case acceptLocal = "accept_local"
  /// Not worth pursuing: the amount becomes a loss or a gain.
  case writeOff = "write_off"
  /// Kept apart until somebody knows what it is.
  case moveToSuspense = "move_to_suspense"
  /// Too much came: it goes back to the buyer.
  case refundBuyer = "refund_buyer"
  /// Too much was taken: the gateway owes it to us.
  case claimFromGateway = "claim_from_gateway"
  /// This difference and another one are the two halves of one movement.
  case mergeMatch = "merge_match"
  /// The next bills are awaited until a day.
  case waitUntil = "wait_until"
}

/// A decision, proposed or made.
package struct Adjudication: Hashable, Sendable {
  package let verb: AdjudicationVerb
  package let reason: String
  /// Who proposed it, as the event's actor text.
  package let by: String
  /// For `waitUntil`: when it is looked at again.
  package let until: Timestamp?
  /// For `mergeMatch`: the other half.
  package let partner: DiscrepancyID?
  /// And the fee of its payment that the books hold already.
  package let feeKnown: Money?

  package init(
    verb: AdjudicationVerb, reason: String, by: String, until: Timestamp? = nil,
    partner: DiscrepancyID? = nil, feeKnown: Money? = nil
  ) {
    self.verb = verb
    self.reason = reason
    self.by = by
    self.until = until
    self.partner = partner
    self.feeKnown = feeKnown
  }
}

extension AdjudicationVerb {
  /// Our books take in what the gateway tells of, whatever it is taken for.
  package var takesIn: Bool {
    switch self {
    case .acceptGateway, .writeOff, .moveToSuspense, .refundBuyer, .claimFromGateway, .mergeMatch:
      true
    case .acceptLocal, .waitUntil: false
    }
  }
}

extension DiscrepancyFacts {
  /// By how much what is held for us, by the gateway or of a row of the bank by the bank, differs
  /// from our books: minor units of `currency`, positive where there is more. 0 where no money is
  /// in doubt, and where two currencies have no difference. Saturates.
  package var balanceChange: Int64 {
    guard let difference, !isRefundGuess, !isAbsentRefund else { return 0 }
    switch kind.concern {
    case .balance: return difference
    case .fee: return difference == .min ? .max : -difference
    case .nothing: return 0
    }
  }

  /// A row may be a refund of ours that is under way, by its payment and amount alone. The word of
  /// the gateway ends that refund, and no decision.
  package var isRefundGuess: Bool { kind == .refundStatus && theirs != nil && expected == 0 }

  /// A refund of ours that is under way stands in no bill: the books hold nothing of it yet.
  package var isAbsentRefund: Bool { kind == .refundStatus && theirs == nil }

  /// The payment of which the gateway gave something back that no refund of ours asked for, and how
  /// much: minor units of `currency`. Nil for any other difference.
  package var refundAtDesk: (payment: PaymentID, minor: Int64)? {
    guard kind == .refundMissingLocally, case .payment(let id)? = ours, balanceChange < 0 else {
      return nil
    }
    return (id, 0 - max(balanceChange, -Int64.max))
  }

  /// The payment of which the gateway holds otherwise than our books, and by how much: minor units
  /// of `currency`. What it gives back of all of that payment is so much more, once people have
  /// taken the difference in. Nil for any other difference.
  package var changeOfPayment: (payment: PaymentID, minor: Int64)? {
    guard case .payment(let id)? = ours, kind.isOfWholePayment, balanceChange != 0 else {
      return nil
    }
    return (id, max(balanceChange, -Int64.max))
  }

  /// The payment of which too much came, that its buyer can have back. Money that comes back of a
  /// dispute is ours, and so is what an exchange brought.
  package var refundable: PaymentID? {
    guard case .payment(let id)? = ours, kind != .unknownDispute, !isOfExchange else { return nil }
    return id
  }

  /// How many people this decision takes.
  ///
  /// - Returns: true where a second person must confirm: the level of the difference asks for it,
  ///   or a payment or refund that we had called final would be told otherwise.
  package func needsSecondPerson(for verb: AdjudicationVerb) -> Bool {
    switch verb {
    case .waitUntil: false
    case .acceptGateway: level >= .twoPersons || kind.contradictsUs
    case .acceptLocal, .writeOff, .moveToSuspense, .refundBuyer, .claimFromGateway, .mergeMatch:
      level >= .twoPersons
    }
  }

  /// The account that takes what `verb` moves out of, or into, the one whose money is in doubt: the
  /// gateway's, of a row of the bank the bank's, of a rate that of exchanges. Nil where nothing
  /// moves.
  ///
  /// - Parameter change: what moves; nil for all that the difference says.
  package func counterAccount(
    for verb: AdjudicationVerb, moving change: Int64? = nil
  ) -> LedgerAccount? {
    let change = change ?? balanceChange
    guard change != 0 else { return nil }
    switch verb {
    // The books hold what was credited already.
    case .acceptGateway: return isOfExchange ? nil : acceptedAccount
    case .writeOff: return .writeOff
    case .moveToSuspense: return change > 0 ? .suspense : .shortage
    case .refundBuyer: return .excessPayable
    case .claimFromGateway:
      return kind.concern == .fee ? .feeClaim(gateway: gateway) : .shortage
    // What came to the bank came from the gateway, whatever the other half was about.
    case .mergeMatch: return isOfBank ? .receivable(gateway: gateway) : nil
    case .acceptLocal, .waitUntil: return nil
    }
  }

  /// The money in doubt is at the bank, not at the gateway.
  package var isOfBank: Bool { kind == .bankRowWithoutPayout && bank != nil }

  /// The run has booked what was credited for something of ours as it came: in doubt is only what
  /// the exchange brought. Half of an exchange without its other one is in no books yet.
  package var isOfExchange: Bool { kind == .exchangeUnexplained && ours != nil }

  private var acceptedAccount: LedgerAccount {
    switch kind {
    case .unknownMoney, .bankRowWithoutPayout: .suspense
    case .exchangeUnexplained: .exchange
    case .unknownDispute: .chargebackLoss
    case .payoutSum, .payoutNotArrived: .shortage
    default: kind.concern == .fee ? .feeExpense(gateway: gateway) : .sales
    }
  }
}

/// What of ours a difference puts in doubt.
package enum DiscrepancyConcern: Sendable {
  /// The money that the gateway holds for us, by the amounts themselves.
  case balance
  /// The same, by what the gateway kept of it.
  case fee
  /// No money: a number, a copy, a sum that the file states, a delivery.
  case nothing
}

extension DiscrepancyKind {
  package var concern: DiscrepancyConcern {
    switch self {
    case .missingAtGateway, .missingLocally, .unknownMoney, .gatewaySuccessOnly,
      .localSuccessOnly, .amountMore, .amountLess, .duplicatePayment, .refundMissingAtGateway,
      .refundMissingLocally, .refundAmount, .refundStatus, .carryOverAgedOut, .payoutSum,
      .payoutNotArrived, .exchangeUnexplained, .unknownDispute, .bankRowWithoutPayout:
      .balance
    case .feeMore, .feeLess, .feeOnRefund: .fee
    case .currency, .gatewayNumber, .duplicateRow, .statementUnsound, .deliveredNotPaid,
      .paidNotDelivered, .wrongMerchant:
      .nothing
    }
  }

  /// Something of ours had no row; once it has one, nothing is left of it.
  package var endsWithMatch: Bool {
    self == .missingAtGateway || self == .refundMissingAtGateway || self == .carryOverAgedOut
  }

  /// About the money of one payment, what was paid and what went back together.
  package var isOfWholePayment: Bool {
    switch self {
    case .missingAtGateway, .localSuccessOnly, .amountMore, .amountLess, .refundMissingLocally,
      .carryOverAgedOut:
      true
    case .missingLocally, .unknownMoney, .gatewaySuccessOnly, .feeMore, .feeLess, .feeOnRefund,
      .currency, .gatewayNumber, .duplicatePayment, .duplicateRow, .refundMissingAtGateway,
      .refundAmount, .refundStatus, .payoutSum, .payoutNotArrived, .exchangeUnexplained,
      .unknownDispute, .statementUnsound, .bankRowWithoutPayout, .deliveredNotPaid,
      .paidNotDelivered, .wrongMerchant:
      false
    }
  }

  /// What statements say puts money in doubt: a decision about it stands as long as they say it.
  package var standsWithRow: Bool { concern != .nothing && !endsWithMatch }

  /// Whether the gateway says otherwise of something that we had called final.
  package var contradictsUs: Bool {
    switch self {
    case .missingAtGateway, .localSuccessOnly, .amountMore, .amountLess, .currency,
      .gatewayNumber, .refundMissingAtGateway, .refundAmount, .refundStatus, .carryOverAgedOut:
      true
    case .missingLocally, .unknownMoney, .gatewaySuccessOnly, .feeMore, .feeLess, .feeOnRefund,
      .duplicatePayment, .duplicateRow, .refundMissingLocally, .payoutSum, .payoutNotArrived,
      .exchangeUnexplained, .unknownDispute, .statementUnsound, .bankRowWithoutPayout,
      .deliveredNotPaid, .paidNotDelivered, .wrongMerchant:
      false
    }
  }
}
