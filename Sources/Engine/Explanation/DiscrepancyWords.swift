import Domain

/// What the two sides of a reconciliation differ in, in a few words.
enum DiscrepancyWords {
  static func of(_ event: DiscrepancyEvent) -> Phrase {
    switch event {
    case .opened(let facts): of(facts.kind).after(zh: "对账发现差异：", en: "Reconciliation found: ")
    case .resolved(let how):
      of(how).after(zh: "对账差异已了结：", en: "The discrepancy is settled: ")
    case .proposed(let wish):
      of(wish.verb).after(zh: "差异处理待第二人确认：", en: "A second person must agree: ")
    case .adjudicated(let wish, _):
      of(wish.verb).after(zh: "差异处理结果：", en: "The discrepancy was decided: ")
    case .rejected:
      Phrase(zh: "差异处理方案被否决。", en: "A proposal about the discrepancy was turned down.")
    case .reopened: Phrase(zh: "差异重新打开。", en: "The discrepancy is open again.")
    case .escalated: Phrase(zh: "差异超时未处理。", en: "Nobody decided the discrepancy in time.")
    }
  }

  private static func of(_ verb: AdjudicationVerb) -> Phrase {
    switch verb {
    case .acceptGateway: Phrase(zh: "以渠道为准", en: "the gateway is right")
    case .acceptLocal: Phrase(zh: "以本地为准", en: "we are right")
    case .writeOff: Phrase(zh: "核销", en: "written off")
    case .moveToSuspense: Phrase(zh: "转入挂账", en: "kept apart")
    case .refundBuyer: Phrase(zh: "退还买家", en: "given back to the buyer")
    case .claimFromGateway: Phrase(zh: "向渠道索赔", en: "claimed from the gateway")
    case .mergeMatch: Phrase(zh: "与另一笔差异合并", en: "matched with another one")
    case .waitUntil: Phrase(zh: "等待后续账单", en: "the next statements are awaited")
    }
  }

  static func of(_ kind: DiscrepancyKind) -> Phrase {
    switch kind {
    case .missingAtGateway: Phrase(zh: "支付渠道没有这笔收款", en: "the gateway has no such payment")
    case .missingLocally: Phrase(zh: "渠道已收款，本地没有这笔支付", en: "no payment of ours is known for it")
    case .unknownMoney: Phrase(zh: "收款没有对应的订单", en: "money for no order of ours")
    case .gatewaySuccessOnly:
      Phrase(zh: "渠道显示成功，本地未记录", en: "the gateway says paid, we did not know")
    case .localSuccessOnly: Phrase(zh: "本地显示成功，渠道未成功", en: "we say paid, the gateway does not")
    case .amountMore: Phrase(zh: "渠道收款金额偏多", en: "the gateway took more")
    case .amountLess: Phrase(zh: "渠道收款金额偏少", en: "the gateway took less")
    case .feeMore: Phrase(zh: "手续费偏高", en: "the fee is too high")
    case .feeLess: Phrase(zh: "手续费偏低", en: "the fee is too low")
    case .feeOnRefund: Phrase(zh: "退款未退手续费", en: "a fee was kept on a refund")
    case .currency: Phrase(zh: "币种不同", en: "another currency")
    case .gatewayNumber: Phrase(zh: "渠道流水号不同", en: "another number of the gateway")
    case .duplicatePayment: Phrase(zh: "同一订单重复收款", en: "one order was paid twice")
    case .duplicateRow: Phrase(zh: "账单有重复行", en: "the statement has a row twice")
    case .refundMissingAtGateway: Phrase(zh: "渠道没有这笔退款", en: "the gateway has no such refund")
    case .refundMissingLocally:
      Phrase(zh: "渠道已退款，本地未记录", en: "the gateway refunded, we did not know")
    case .refundAmount: Phrase(zh: "退款金额不同", en: "another amount was refunded")
    case .refundStatus: Phrase(zh: "退款状态不同", en: "the refund stands otherwise")
    case .carryOverAgedOut: Phrase(zh: "跨日未到账单，已超期", en: "it was in no later statement")
    case .payoutSum: Phrase(zh: "结算金额与明细不符", en: "a payout is not the sum of its rows")
    case .payoutNotArrived: Phrase(zh: "结算款未到银行账户", en: "a payout has not reached the bank")
    case .exchangeUnexplained: Phrase(zh: "汇率无法解释金额", en: "the exchange rate does not explain it")
    case .unknownDispute: Phrase(zh: "本地没有记录的争议", en: "a dispute we did not know")
    case .statementUnsound: Phrase(zh: "账单自身不符或被更改", en: "the statement contradicts itself")
    case .bankRowWithoutPayout: Phrase(zh: "银行入账没有对应结算", en: "money at the bank without a payout")
    case .deliveredNotPaid: Phrase(zh: "已发货但未付款", en: "delivered, and not paid")
    case .paidNotDelivered: Phrase(zh: "已付款但未发货", en: "paid, and not delivered")
    case .wrongMerchant: Phrase(zh: "账单行属于其他商户", en: "a row of another merchant")
    }
  }

  static func of(_ resolution: DiscrepancyResolution) -> Phrase {
    switch resolution {
    case .filledBack: Phrase(zh: "已按账单补记", en: "the statement made it known")
    case .leftOut: Phrase(zh: "重复行已剔除", en: "the copy was left out")
    case .agrees: Phrase(zh: "双方已一致", en: "both sides agree now")
    case .adjudicated: Phrase(zh: "已由人工处理", en: "people decided")
    }
  }
}
