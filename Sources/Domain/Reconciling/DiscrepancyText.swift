/// What the two sides of a comparison differ in, in a few words for people.
extension DiscrepancyKind {
  package var textEN: String {
    switch self {
    case .missingAtGateway: "the gateway has no such payment"
    case .missingLocally: "no payment of ours is known for it"
    case .unknownMoney: "money for no order of ours"
    case .gatewaySuccessOnly: "the gateway says paid, we did not know"
    case .localSuccessOnly: "we say paid, the gateway does not"
    case .amountMore: "the gateway took more"
    case .amountLess: "the gateway took less"
    case .feeMore: "the fee is too high"
    case .feeLess: "the fee is too low"
    case .feeOnRefund: "a fee was kept on a refund"
    case .currency: "another currency"
    case .gatewayNumber: "another number of the gateway"
    case .duplicatePayment: "one order was paid twice"
    case .duplicateRow: "a row that a statement has already"
    case .refundMissingAtGateway: "the gateway has no such refund"
    case .refundMissingLocally: "the gateway refunded, we did not know"
    case .refundAmount: "another amount was refunded"
    case .refundStatus: "the refund stands otherwise"
    case .carryOverAgedOut: "it was in no later statement"
    case .payoutSum: "a payout is not the sum of its rows"
    case .payoutNotArrived: "a payout has not reached the bank"
    case .exchangeUnexplained: "an exchange is not explained: its rate, or its other half"
    case .unknownDispute: "money of a dispute moved, we did not know"
    case .statementUnsound: "the statement contradicts itself"
    case .bankRowWithoutPayout: "money at the bank without a payout"
    case .deliveredNotPaid: "delivered, and not paid"
    case .paidNotDelivered: "paid, and not delivered"
    case .wrongMerchant: "a row of another merchant"
    }
  }

  package var textZH: String {
    switch self {
    case .missingAtGateway: "支付渠道没有这笔收款"
    case .missingLocally: "渠道已收款，本地没有这笔支付"
    case .unknownMoney: "收款没有对应的订单"
    case .gatewaySuccessOnly: "渠道显示成功，本地未记录"
    case .localSuccessOnly: "本地显示成功，渠道未成功"
    case .amountMore: "渠道收款金额偏多"
    case .amountLess: "渠道收款金额偏少"
    case .feeMore: "手续费偏高"
    case .feeLess: "手续费偏低"
    case .feeOnRefund: "退款未退手续费"
    case .currency: "币种不同"
    case .gatewayNumber: "渠道流水号不同"
    case .duplicatePayment: "同一订单重复收款"
    case .duplicateRow: "账单行重复，或其他账单已有"
    case .refundMissingAtGateway: "渠道没有这笔退款"
    case .refundMissingLocally: "渠道已退款，本地未记录"
    case .refundAmount: "退款金额不同"
    case .refundStatus: "退款状态不同"
    case .carryOverAgedOut: "跨日未到账单，已超期"
    case .payoutSum: "结算金额与明细不符"
    case .payoutNotArrived: "结算款未到银行账户"
    case .exchangeUnexplained: "换汇无法解释：汇率不符，或缺少另一半"
    case .unknownDispute: "争议款项变动，本地未记录"
    case .statementUnsound: "账单自身不符或被更改"
    case .bankRowWithoutPayout: "银行入账没有对应结算"
    case .deliveredNotPaid: "已发货但未付款"
    case .paidNotDelivered: "已付款但未发货"
    case .wrongMerchant: "账单行属于其他商户"
    }
  }
}

extension DiscrepancyFacts {
  /// What most likely lies behind it, for people.
  package var likelyCause: String {
    guard kind == .duplicateRow, let other = bank?.text else { return kind.likelyCause }
    guard level > .machine else { return "\(other) has the row already, and it was counted there" }
    let before = "\(other) has it already, as \(Money(expected, expectedCurrency))"
    return difference == 0
      ? "\(before) too, with another fee, time or state"
      : "\(before); here it is \(Money(actual, currency))"
  }
}
