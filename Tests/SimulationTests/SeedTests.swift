import Domain
import Simulation
import Testing

@Suite("Simulation: one seed is one run")
struct SeedTests {
  @Test("the same seed makes the same event log, to the byte")
  func sameSeed() {
    let one = SimulatedRun(seed: 11).run()
    let other = SimulatedRun(seed: 11).run()
    #expect(one.violation == nil)
    #expect(one.logHash == other.logHash)
    #expect(one.events > 20)
    #expect(SimulatedRun(seed: 12).run().logHash != one.logHash)
  }

  @Test("a thief's notice of a payment that nobody made is shown to a person, also after the expiry")
  func forgedAfterExpiry() {
    #expect(SimulatedRun(seed: 7).run().violation?.text == nil)
    #expect(SimulatedRun(seed: 23).run().violation?.text == nil)
  }

  @Test("the signed refusal of another payment, put before this one's answer, ends nothing")
  func refusalOfAnother() {
    let alone = SimulatedRun(seed: 8086).run()
    #expect(alone.violation?.text == nil)
    let often: [Behaviour] = [.replayedForeign, .createRefusalLie, .refundRefused]
    for seed: UInt64 in [8086, 8087, 8088] {
      #expect(SimulatedRun(seed: seed, behaviours: often).run().violation?.text == nil)
    }
  }

  @Test(
    "refunds made at the gateway's own desk are told one by one, and so is what a bill lacks",
    arguments: [5043, 5078, 5100] as [UInt64])
  func billsAmongLies(seed: UInt64) {
    #expect(SimulatedRun(seed: seed).run().violation?.text == nil)
  }

  @Test("what two people took for paid, and no bill holds, is told")
  func resolvedWrongly() {
    #expect(SimulatedRun(seed: 7119).run().violation?.text == nil)
  }

  @Test("money in another currency is told as that, whatever else the bill changed")
  func amountInAnotherCurrency() {
    #expect(SimulatedRun(seed: 8062).run().violation?.text == nil)
    // Taken in another currency, and given back at the gateway's own desk.
    #expect(SimulatedRun(seed: 59_366_918).run().violation?.text == nil)
  }

  @Test("a refund heard of a day later is looked for in the bill of that day, which may not come")
  func refundOfAnotherDay() {
    #expect(SimulatedRun(seed: 9048).run().violation?.text == nil)
  }

  @Test("paid goods that did not go out are told though nothing is wrong with the bill")
  func paidNotDelivered() {
    #expect(SimulatedRun(seed: 8225).run().violation?.text == nil)
  }

  @Test("a lost payment on a day that passed for empty is found by the bill that came late")
  func silentDay() {
    #expect(SimulatedRun(seed: 80273).run().violation?.text == nil)
  }

  @Test("what is kept about a dispute goes with the buyer's personal data")
  func erasedAttachment() {
    #expect(SimulatedRun(seed: 80190).run().violation?.text == nil)
  }

  @Test("bills that come late, broken or of another day, and disputes, leave nothing undecided")
  func billsAndDisputes() {
    let bills: [Behaviour] = [.billOfAnotherDay, .billTorn, .billRowMissing, .billAmountMore]
    #expect(SimulatedRun(seed: 104, behaviours: bills).run().violation?.text == nil)
    let disputes: [Behaviour] = [.disputed, .disputeReopened, .disputeDueSoon]
    #expect(SimulatedRun(seed: 200, behaviours: disputes).run().violation?.text == nil)
  }

  @Test("a thief's word, a late transfer and a bill compared twice are each met, and all is told")
  func rareCases() {
    for only: [Behaviour] in [[.leakedPaid], [.transferLate], [.billRowMissing, .billAmountMore]] {
      #expect(SimulatedRun(seed: 1, behaviours: only).run().violation?.text == nil)
    }
  }

  @Test(
    "neither a question of before the forged success nor a refund nobody sent explains a denial",
    arguments: [24, 29] as [UInt64])
  func forgedWhileAsked(seed: UInt64) {
    #expect(SimulatedRun(seed: seed, behaviours: [.leakedPaid]).run().violation?.text == nil)
  }

  @Test("a closing that stands still is told once")
  func stillClosing() {
    let phone: [Behaviour] = [.siteSilent, .siteSaysPaid, .siteKeyStolen, .phoneTellsTwice]
    #expect(SimulatedRun(seed: 55, behaviours: phone).run().violation?.text == nil)
  }

  @Test("disputes of cards end as they end at Stripe, whatever became of their notices")
  func cards() {
    let cards: [Behaviour] = [
      .cardDisputedLate, .cardWarned, .cardFundsLate, .cardNoticeLost, .cardNoticeLate,
    ]
    #expect(SimulatedRun(seed: 30, behaviours: cards).run().violation?.text == nil)
  }

  @Test("rows of one page of Stripe's list are each matched, and an empty day is a day of its own")
  func listedBalance() {
    #expect(SimulatedRun(seed: 4, behaviours: [.cardRowUnnamed]).run().violation?.text == nil)
    let wrong: [Behaviour] = [
      .cardRowMissing, .cardRowDoubled, .cardRowOtherAmount, .cardRowUnknown,
    ]
    #expect(SimulatedRun(seed: 1, behaviours: wrong).run().violation?.text == nil)
  }

  @Test("the proof of a run closes for disputes whose money came back, also where they took it twice")
  func moneyBack() {
    let late: [Behaviour] = [
      .cardDisputed, .cardDisputedPartly, .cardDisputedLate, .cardWarned, .cardFundsLate,
    ]
    #expect(SimulatedRun(seed: 6, behaviours: late).run().violation?.text == nil)
    let again: [Behaviour] = [.cardDisputeReopened]
    #expect(SimulatedRun(seed: 6, behaviours: again).run().violation?.text == nil)
  }

  @Test("of two disputes of one payment at PayPal that come at once both are known")
  func disputedTwice() {
    #expect(SimulatedRun(seed: 90012).run().violation?.text == nil)
  }

  @Test("PayPal's report of a day is compared row by row, whatever is wrong with it")
  func walletReport() {
    let kinds: [[Behaviour]] = [
      [.walletChargedBack], [.walletExchanged, .walletRowTouched, .walletRowUnnamed],
      [.walletRowMissing, .walletRowDoubled, .walletRowOtherFee, .walletPageMissing],
    ]
    for only in kinds {
      #expect(SimulatedRun(seed: 6, behaviours: only).run().violation?.text == nil)
    }
  }

  @Test("Airwallex' list, which names nothing of ours, is compared, and so are its disputes")
  func airwallex() {
    let kinds: [[Behaviour]] = [
      [.airRowMissing, .airRowDoubled, .airRowOtherAmount],
      [.airDisputed, .airInquiry, .airNoticeLost, .airNoticeForged],
    ]
    for only in kinds {
      for seed: UInt64 in [3, 5] {
        #expect(SimulatedRun(seed: seed, behaviours: only).run().violation?.text == nil)
      }
    }
  }

  @Test("nothing is told that is not kept, where the disk or the process fails in that moment")
  func kept() {
    let keeping: [Behaviour] = [.keepingFull, .keepingBroken, .keptUnsaid, .diesAnswering]
    let outcome = SimulatedRun(seed: 1, behaviours: keeping).run()
    #expect(outcome.violation?.text == nil)
    #expect(keeping.allSatisfy { outcome.struck[$0] != nil })
  }

  @Test("the world misbehaves in at least sixty ways, each with a place where it strikes")
  func behaviours() {
    #expect(Behaviour.allCases.count >= 60)
    let placed = Behaviour.Stage.allCases.flatMap { Behaviour.byStage[$0] ?? [] }
    #expect(placed == Behaviour.allCases)
  }

  @Test("every callback lost: every order is paid all the same")
  func latency() throws {
    let rows = try LatencyRun(seed: 3, orders: 40).run()
    #expect(rows.map(\.name) == ["watched", "unwatched"])
    #expect(rows.allSatisfy { $0.neverCount == 0 && $0.orders > 15 })
  }
}
