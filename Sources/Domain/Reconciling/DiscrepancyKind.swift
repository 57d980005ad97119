/// The kinds of difference between our books, a gateway's bill and a bank's statement (B1–B28).
package enum DiscrepancyKind: UInt8, Sendable, CaseIterable {
  case missingAtGateway = 1
  case missingLocally
  case unknownMoney
  case gatewaySuccessOnly
  case localSuccessOnly
  case amountMore
  case amountLess
  case feeMore
  case feeLess
  case feeOnRefund
  case currency
  case gatewayNumber
  case duplicatePayment
  case duplicateRow
  case refundMissingAtGateway
  case refundMissingLocally
  case refundAmount
  case refundStatus
  case carryOverAgedOut
  case payoutSum
  case payoutNotArrived
  case exchangeUnexplained
  case unknownDispute
  case statementUnsound
  case bankRowWithoutPayout
  case deliveredNotPaid
  case paidNotDelivered
  case wrongMerchant

  /// `B1` … `B28`.
  package var number: String { "B\(rawValue)" }

  /// The word on the wire.
  package var word: String {
    switch self {
    case .missingAtGateway: "missing_at_gateway"
    case .missingLocally: "missing_locally"
    case .unknownMoney: "unknown_money"
    case .gatewaySuccessOnly: "gateway_success_only"
    case .localSuccessOnly: "local_success_only"
    case .amountMore: "amount_more"
    case .amountLess: "amount_less"
    case .feeMore: "fee_more"
    case .feeLess: "fee_less"
    case .feeOnRefund: "fee_on_refund"
    case .currency: "currency"
    case .gatewayNumber: "gateway_number"
    case .duplicatePayment: "duplicate_payment"
    case .duplicateRow: "duplicate_row"
    case .refundMissingAtGateway: "refund_missing_at_gateway"
    case .refundMissingLocally: "refund_missing_locally"
    case .refundAmount: "refund_amount"
    case .refundStatus: "refund_status"
    case .carryOverAgedOut: "carry_over_aged_out"
    case .payoutSum: "payout_sum"
    case .payoutNotArrived: "payout_not_arrived"
    case .exchangeUnexplained: "exchange_unexplained"
    case .unknownDispute: "unknown_dispute"
    case .statementUnsound: "statement_unsound"
    case .bankRowWithoutPayout: "bank_row_without_payout"
    case .deliveredNotPaid: "delivered_not_paid"
    case .paidNotDelivered: "paid_not_delivered"
    case .wrongMerchant: "wrong_merchant"
    }
  }

  package init?(word: String) {
    let found = DiscrepancyKind.allCases.first { $0.word.utf8.elementsEqual(word.utf8) }
    guard let found else { return nil }
    self = found
  }

  /// What most often lies behind it, for people.
  package var likelyCause: String {
    switch self {
    case .missingAtGateway: "our success was never captured there, or it stands in another bill"
    case .missingLocally: "the order was paid by a payment that we did not record"
    case .unknownMoney: "money for no order of ours: another system uses the same account"
    case .gatewaySuccessOnly: "the notice was lost and no query has asked since"
    case .localSuccessOnly: "the payment was revoked or failed after it was told as paid"
    case .amountMore: "the buyer paid more, or the price changed after the request"
    case .amountLess: "the buyer paid less, or a discount was taken by the gateway"
    case .feeMore: "the rate in force differs from the contract, or a minimum fee was taken"
    case .feeLess: "a promotion, or the contract entered here is out of date"
    case .feeOnRefund: "the gateway kept the fee of a refund that the contract gives back"
    case .currency: "the buyer was charged in another currency"
    case .gatewayNumber: "the payment was recorded with the number of another attempt"
    case .duplicatePayment: "the buyer paid the same order twice"
    case .duplicateRow: "the bill holds the same row twice, or another one has it"
    case .refundMissingAtGateway: "the refund request did not arrive, or is still being worked on"
    case .refundMissingLocally: "refunded in the gateway's own back office"
    case .refundAmount: "part of the refund failed, or another amount was entered by hand"
    case .refundStatus: "the gateway has not finished the refund, or its bank sent it back"
    case .carryOverAgedOut: "waited for the next bill and was in none"
    case .payoutSum: "rows are missing from the payout, or an adjustment has no row"
    case .payoutNotArrived: "it is late or was sent back, or a file of the bank is missing here"
    case .exchangeUnexplained: "the rate applied is neither the quoted one nor within its margin"
    case .unknownDispute: "the dispute's notice was lost"
    case .statementUnsound: "the file is cut short, or was issued again with changes"
    case .bankRowWithoutPayout: "a payout of another account or not in the bill, or other money"
    case .deliveredNotPaid: "handed out by hand, or the payment was taken back afterwards"
    case .paidNotDelivered: "the delivery worker stands still, or stock ran out"
    case .wrongMerchant: "the row belongs to another merchant number or gateway account"
    }
  }

  /// What is done about it before anybody looks.
  package var handling: Handling {
    switch self {
    case .gatewaySuccessOnly: .fillBack
    case .duplicateRow: .leaveOut
    case .missingAtGateway, .localSuccessOnly, .refundMissingAtGateway, .refundStatus: .askGateway
    case .paidNotDelivered: .raise
    case .statementUnsound, .wrongMerchant, .deliveredNotPaid: .stopAndAsk
    default: .review
    }
  }
}

/// The first step, done by the machine. None of them closes a discrepancy about money.
package enum Handling: String, Sendable, CaseIterable {
  /// A success of the bill pays the order, with the row as evidence.
  case fillBack = "fill_back"
  /// Counted apart, so that it is not money twice.
  case leaveOut = "leave_out"
  /// A query is sent before a person is asked.
  case askGateway = "ask_gateway"
  /// A person decides among suggestions.
  case review
  /// Somebody is told at once.
  case raise
  /// The run may not be signed before a person has decided.
  case stopAndAsk = "stop_and_ask"
}

extension DiscrepancyKind {
  /// How many people it takes whatever its amount; nil where that goes by the amount.
  package var level: HandlingLevel? {
    switch self {
    case .statementUnsound, .wrongMerchant: .leadAndGateway
    case .localSuccessOnly, .currency, .deliveredNotPaid: .twoPersons
    case .missingAtGateway, .missingLocally, .unknownMoney, .gatewaySuccessOnly, .amountMore,
      .amountLess, .gatewayNumber, .duplicatePayment, .duplicateRow, .refundMissingAtGateway,
      .refundMissingLocally, .refundAmount, .refundStatus, .carryOverAgedOut, .payoutSum,
      .payoutNotArrived, .exchangeUnexplained, .unknownDispute, .bankRowWithoutPayout, .feeMore,
      .feeLess, .feeOnRefund, .paidNotDelivered:
      nil
    }
  }
}

/// How many people it takes (L0–L3).
package enum HandlingLevel: Int, Sendable, Comparable, CaseIterable {
  case machine, onePerson, twoPersons, leadAndGateway

  /// Above this two persons decide; minor units.
  private static let twoPersonsAbove: Int64 = 50_000

  /// What an amount in doubt takes; minor units.
  package init(amount: Int64) {
    self = amount.magnitude <= Self.twoPersonsAbove.magnitude ? .onePerson : .twoPersons
  }

  /// The word on the wire.
  package var word: String {
    switch self {
    case .machine: "machine"
    case .onePerson: "one_person"
    case .twoPersons: "two_persons"
    case .leadAndGateway: "lead_and_gateway"
    }
  }

  package init?(word: String) {
    let found = HandlingLevel.allCases.first { $0.word.utf8.elementsEqual(word.utf8) }
    guard let found else { return nil }
    self = found
  }

  package static func < (one: HandlingLevel, other: HandlingLevel) -> Bool {
    one.rawValue < other.rawValue
  }
}
