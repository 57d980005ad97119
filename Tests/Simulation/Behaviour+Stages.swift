extension Behaviour {
  /// Where in a run a behaviour may strike.
  package enum Stage: CaseIterable, Sendable {
    case road, seal, trade, create, close, refund, refundQuery, desk, notice, leak, period, buyer,
      bank, dispute, unheard, billRoad, bill, transfer, transferFile, phone, site, siteNotice,
      card, cardRoad, cardNotice, cardBillRoad, cardBill, cardOutside, cardCurrency,
      cardRate, cardRateRow, wallet, walletRoad,
      walletSight, walletNotice, walletBillRoad, walletBill, walletList, exchange, walletOutside,
      air, airRoad, airNotice, airBillRoad, airBill, airList, airSettlement, airRefund, airOutside,
      payout, payoutRow, export, keeping
  }

  private static let firstOfStage: [(Behaviour, Stage)] = [
    (.requestLost, .road), (.unsignedSuccess, .seal), (.amountMore, .trade),
    (.createRefusalLie, .create), (.closeLie, .close), (.refundSaidNothing, .refund),
    (.refundHidden, .refundQuery), (.refundedAtDesk, .desk), (.noticeLost, .notice),
    (.leakedPaid, .leak), (.outage, .period), (.paysAtExpiry, .buyer),
    (.bankReturnsRefund, .bank), (.disputed, .dispute), (.paysUnheard, .unheard),
    (.billLate, .billRoad), (.billRowMissing, .bill),
    (.transferOther, .transfer), (.transferFileAgain, .transferFile),
    (.phoneAsleep, .phone), (.siteSilent, .site), (.siteNoticeLate, .siteNotice),
    (.cardDisputed, .card), (.cardSilent, .cardRoad), (.cardNoticeLost, .cardNotice),
    (.cardBillBroken, .cardBillRoad), (.cardRowMissing, .cardBill),
    (.cardOutside, .cardOutside), (.cardPaidAbroad, .cardCurrency),
    (.cardRateMoves, .cardRate), (.cardRowOffRate, .cardRateRow),
    (.walletDisputed, .wallet), (.walletSilent, .walletRoad),
    (.walletDisputesForbidden, .walletSight), (.walletNoticeLost, .walletNotice),
    (.walletBillLate, .walletBillRoad), (.walletRowMissing, .walletBill),
    (.walletRowUnknown, .walletList), (.walletExchanged, .exchange),
    (.walletOutside, .walletOutside),
    (.airDisputed, .air), (.airSilent, .airRoad),
    (.airNoticeLost, .airNotice), (.airBillBroken, .airBillRoad), (.airRowMissing, .airBill),
    (.airRowUnknown, .airList), (.airSettlementOff, .airSettlement),
    (.airRefundSlow, .airRefund), (.airOutside, .airOutside),
    (.payoutLate, .payout), (.payoutRowMissing, .payoutRow), (.exportBesideDays, .export),
    (.keepingFull, .keeping),
  ]

  static let exports: [Behaviour] = [.exportBesideDays, .exportOfAnother]

  /// The behaviours of each stage, in the order of the list above.
  package static let byStage: [Stage: [Behaviour]] = {
    var stages: [Stage: [Behaviour]] = [:]
    var stage = Stage.road
    for behaviour in allCases {
      if let next = firstOfStage.first(where: { $0.0 == behaviour }) { stage = next.1 }
      stages[stage, default: []].append(behaviour)
    }
    return stages
  }()
}
