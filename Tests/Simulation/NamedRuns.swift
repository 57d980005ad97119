/// A run that once showed a fault, and what it showed.
package struct NamedRun: Sendable, CustomStringConvertible {
  package let story: String
  package let seed: UInt64
  /// The behaviours it needs; nil where all were drawn, as they are from the seed.
  package let behaviours: [Behaviour]?

  package var description: String { "\(story) (\(seed))" }

  package func run() -> SimulatedRun.Outcome {
    SimulatedRun(seed: seed, behaviours: behaviours).run()
  }

  private init(_ story: String, _ seed: UInt64, _ behaviours: [Behaviour]? = nil) {
    self.story = story
    self.seed = seed
    self.behaviours = behaviours
  }

  /// Those that name their behaviours meet the same world for ever, and quickly.
  package static let met: [NamedRun] = [
    runs("the signed refusal of another payment ends nothing", [8086, 8087, 8088], refusals),
    runs(
      "wrong bills leave nothing undecided", [104],
      [.billOfAnotherDay, .billTorn, .billRowMissing, .billAmountMore]),
    runs(
      "disputes leave nothing undecided", [200],
      [.disputed, .disputeReopened, .disputeDueSoon]),
    runs("a thief's word is told", [1], [.leakedPaid]),
    runs("a late transfer is told", [1], [.transferLate]),
    runs("a bill that is compared twice is told of", [1], [.billRowMissing, .billAmountMore]),
    runs(
      "neither a question of before a forged success nor an unsent refund explains a denial",
      [24, 29], [.leakedPaid]),
    runs(
      "a closing that stands still is told once", [55],
      [.siteSilent, .siteSaysPaid, .siteKeyStolen, .phoneTellsTwice]),
    runs(
      "disputes of cards end as at Stripe, whatever became of their notices", [30],
      [.cardDisputedLate, .cardWarned, .cardFundsLate, .cardNoticeLost, .cardNoticeLate]),
    runs("each row of a page of Stripe's list is matched", [4], [.cardRowUnnamed]),
    runs(
      "an empty day of Stripe's is a day of its own", [1],
      [.cardRowMissing, .cardRowDoubled, .cardRowOtherAmount, .cardRowUnknown]),
    runs(
      "a run's proof closes for disputes whose money came back", [6],
      [.cardDisputed, .cardDisputedPartly, .cardDisputedLate, .cardWarned, .cardFundsLate]),
    runs("and where they took it twice", [6], [.cardDisputeReopened]),
    runs("PayPal takes money back", [6], [.walletChargedBack]),
    runs(
      "PayPal's report is compared row by row", [6],
      [.walletExchanged, .walletRowTouched, .walletRowUnnamed]),
    runs(
      "PayPal's report may be wrong", [6],
      [.walletRowMissing, .walletRowDoubled, .walletRowOtherFee, .walletPageMissing]),
    runs(
      "Airwallex' list, which names nothing of ours, is compared", [3, 5],
      [.airRowMissing, .airRowDoubled, .airRowOtherAmount]),
    runs(
      "disputes at Airwallex end as they end there", [3, 5],
      [.airDisputed, .airInquiry, .airNoticeLost, .airNoticeForged]),
    runs(
      "a list of a day without movements brings what the days before left waiting to its end",
      [5, 6], [.airRefundUntold, .airRefundSlow, .airDisputed]),
    runs(
      "what Airwallex settles is the sum of its records", [3, 5],
      [.airDisputeHasty, .airDisputeLostAtOnce, .airSettlementOff, .airRecordMissing]),
    runs(
      "a payout that a list holds twice is one payout", [2], [.payoutRowDoubled, .payoutNever]),
    runs(
      "a payout that people gave up is booked once, and missed no more, when it comes", [6],
      [.payoutLate]),
    runs(
      "what a wrong file of the bank said of a payout ends with the right one", [202], bankFees),
    runs(
      "and is looked for in the right one, whoever compares first", [210, 239, 240], bankFees),
    runs("what the days before hold as well is no proof of a payout", [203, 227], bankFees),
    runs(
      "a payout has its business days, and rests with its bank", [5, 7],
      [.payoutAfterRest, .payoutLate]),
    runs(
      "an export beside the bills of its days is no money twice, nor is another merchant's ours",
      [404], [.exportBesideDays, .exportOfAnother]),
    runs(
      "a bill may be the first to tell of a payment, where the daemon hardly ran in between", [501],
      [.exportBesideDays, .exportOfAnother, .payoutSplit, .payoutLate]),
    runs(
      "and where its rows name nothing of ours, they are known again once the gateway tells", [401],
      [.payoutSplit, .payoutLate]),
    runs(
      "a row of the bank may be a payout of a list that was never held against it", [629],
      [.exportBesideDays, .exportOfAnother, .payoutSplit, .payoutLate]),
    runs(
      "parts of a payout in two files of the bank are the payout, also where people decided before",
      [3005, 3023], [.payoutSplit, .payoutLate]),
    runs(
      "what the gateway gave back by itself stands in an export and in the bill of its day", [36],
      [.exportBesideDays, .reversedAtOnce, .refundedAtDesk]),
    runs(
      "a decision about a row that turns out otherwise is taken back once, and what is left of one "
        + "takes as many people as its amount", [2, 24],
      [.billRowUnknown, .billReissued, .billRowMissing]),
    runs("money is paid out once, also twice a day", [101], bankFees),
    runs(
      "what was credited is held as it came, whatever people decide about its rate", [4, 9],
      [.cardPaidAbroad, .cardPaidInYen, .cardRateMoves, .cardRowOffRate]),
    runs(
      "a row of the bank that may be a payout which was missed before is told of", [135],
      [.payoutsTogether, .payoutUnnamed, .payoutReturned, .payoutRowMissing]),
  ].flatMap { $0 }

  /// Those whose behaviours are drawn: another world as soon as one behaviour is added.
  package static let drawn: [NamedRun] = [
    Self("a thief's notice of a payment that nobody made is shown to a person", 7),
    Self("the same after the expiry", 23),
    Self("the signed refusal of another payment ends nothing", 8086),
    Self("refunds made at the gateway's own desk are told one by one", 5043),
    Self("what a bill lacks is told", 5078),
    Self("what a bill lacks is told", 5100),
    Self("what two people took for paid, and no bill holds, is told", 7119),
    Self("money in another currency is told as that, whatever else the bill changed", 8062),
    Self("money in another currency that was given back at the gateway's desk", 59_366_918),
    Self("a refund heard of a day later is looked for in the bill of that day", 9048),
    Self("paid goods that did not go out are told though the bill is right", 8225),
    Self("a lost payment on a day that passed for empty is found by a late bill", 80273),
    Self("what is kept about a dispute goes with the buyer's personal data", 80190),
    Self("of two disputes of one payment at PayPal that come at once both are known", 90012),
    Self("a dispute at PayPal that its list shows late is looked for again", 5300),
    Self("a bill that somebody asks for first leaves out none of the days before it", 70012),
    Self("what came and went back before anybody saw it is known again in an export", 5006),
  ]

  private static let refusals: [Behaviour] = [.replayedForeign, .createRefusalLie, .refundRefused]

  private static let bankFees: [Behaviour] = [
    .payoutBankFee, .payoutSplit, .payoutUnnamed, .transferFileWrong,
  ]

  private static func runs(
    _ story: String, _ seeds: [UInt64], _ behaviours: [Behaviour]
  ) -> [NamedRun] {
    seeds.map { NamedRun(story, $0, behaviours) }
  }
}
