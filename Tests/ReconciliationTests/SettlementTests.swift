import Domain
import Testing

@testable import Reconciliation

@Suite("a balance's bill beside the bill of trades")
struct SettlementTests {
  /// 2026-11-20 00:00 in Beijing.
  private let start = Timestamp(milliseconds: 1_795_104_000_000)
  private let day: Int64 = 86_400_000
  private let hour: Int64 = 3_600_000

  private struct Side {
    var table = EntryTable()

    mutating func add(
      _ kind: EntryKind, _ gross: Int64, at: Timestamp, _ transaction: String,
      _ reference: String = "", _ parent: String = "", fee: Int64? = nil,
      flags: EntryFlags = [], status: EntryStatus = .succeeded, received: Int64? = nil
    ) {
      table.add(
        Entry(
          kind: kind, status: status, at: at, gross: gross, fee: fee ?? 0,
          currency: currency("CNY"), flags: fee == nil ? flags : flags.union(.hasFee),
          transaction: table.keep(transaction), reference: table.keep(reference),
          parent: table.keep(parent), line: UInt32(table.count + 1)),
        received: received)
    }
  }

  private func noon(_ days: Int64 = 0) -> Timestamp {
    start.adding(milliseconds: 12 * hour + days * day)
  }

  private func rules(asOfDays: Int64 = 1) -> MatchRules {
    var rules = MatchRules(
      from: start, to: start.adding(milliseconds: day),
      asOf: start.adding(milliseconds: asOfDays * day + 10 * hour))
    rules.comparesBank = true
    return rules
  }

  private func run(
    _ trade: Side, _ fund: Side, bank: Side = Side(), _ rules: MatchRules? = nil
  ) -> SettlementResult {
    SettlementMatcher(
      trade: trade.table,
      tradeBuckets: [Bucket](repeating: .matched, count: trade.table.count), fund: fund.table,
      bank: bank.table, rules ?? self.rules()
    ).run()
  }

  /// One trade of 58.00 at 0.6 %, refunded in part, and another one; as WeChat writes both files.
  private func wechat() -> (trade: Side, fund: Side) {
    var trade = Side()
    trade.add(.charge, 5800, at: noon(), "4200", "W1", fee: 35)
    trade.add(.refund, -2900, at: noon(), "5000", "R1", "W1", fee: -17)
    trade.add(.charge, 100, at: noon(), "4201", "W2", fee: 1)
    var fund = Side()
    fund.add(.charge, 5800, at: noon(), "4200", "W1", "m1")
    fund.add(.fee, -35, at: noon(), "4200", "W1", "m2")
    fund.add(.refund, -2900, at: noon(), "5000", "R1", "m3")
    fund.add(.adjustment, 17, at: noon(), "5000", "R1", "m4")
    fund.add(.charge, 100, at: noon(), "4201", "W2", "m5")
    fund.add(.fee, -1, at: noon(), "4201", "W2", "m6")
    return (trade, fund)
  }

  @Test("trades, refunds and fees that were moved as they were earned agree")
  func agrees() {
    let (trade, fund) = wechat()
    let result = run(trade, fund)
    #expect(result.discrepancies.isEmpty, "\(result.discrepancies)")
    #expect(result.fundBuckets == [Bucket](repeating: .matched, count: 6))
    #expect(result.unsettled.isEmpty && result.fundWaiting.isEmpty)
  }

  @Test("what the merchant's own coupon paid for does not reach the balance, and is no difference")
  func coupons() {
    var trade = Side()
    trade.add(.charge, 5800, at: noon(), "T1", "O1", fee: 23, received: 3800)
    trade.add(.refund, -2900, at: noon(), "T1", "R1", "O1", fee: -11, received: -1900)
    trade.add(.charge, 700, at: noon(), "T2", "O2", received: 0)
    var fund = Side()
    fund.add(.charge, 3800, at: noon(), "T1", "O1", "m1")
    fund.add(.fee, -23, at: noon(), "T1", "O1", "m2")
    fund.add(.refund, -1900, at: noon(), "T1", "O1", "m3")
    fund.add(.adjustment, 11, at: noon(), "T1", "O1", "m4")
    let result = run(trade, fund)
    #expect(result.discrepancies.isEmpty, "\(result.discrepancies)")
    #expect(result.fundBuckets == [Bucket](repeating: .matched, count: 4))
    #expect(result.unsettled.isEmpty)

    var carried = Side()
    carried.add(.charge, 5800, at: noon(-4), "T3", "O3", flags: .carried, received: 3800)
    let late = run(carried, Side()).discrepancies
    #expect(late.map(\.kind) == [.payoutNotArrived] && late.first?.expected == 3800)
    fund.add(.charge, 10, at: noon(), "T1", "O1", "m5")
    let more = run(trade, fund).discrepancies
    #expect(more.map(\.kind) == [.payoutSum] && more.first?.expected == 3800)
  }

  @Test("a payout holds what the balance got of its rows", arguments: [-3777, -5777])
  func couponPayout(paid: Int64) {
    let day = noon().adding(milliseconds: -43_200_000)
    var theirs = EntryTable()
    let batch = theirs.number(of: "po_1".utf8)
    theirs.add(
      Entry(
        kind: .charge, at: noon(), gross: 5800, fee: 23, currency: currency("CNY"),
        flags: .hasFee, transaction: theirs.keep("T1"), reference: theirs.keep("O1"),
        batch: batch, line: 1), received: 3800)
    theirs.add(
      Entry(
        kind: .payout, at: noon(), gross: paid, currency: currency("CNY"),
        transaction: theirs.keep("po_1"), batch: batch, line: 2))
    var ours = Side()
    ours.add(.charge, 5800, at: noon(), "T1", "O1")
    let to = day.adding(milliseconds: 86_400_000)
    let found = Matcher(
      MatchInput(statement: theirs, local: ours.table), MatchRules(from: day, to: to, asOf: to)
    ).run().discrepancies
    #expect(found.map(\.kind) == (paid == -3777 ? [] : [.payoutSum]), "\(found)")
  }

  @Test("two refunds of one amount in one trade are no riddle: the trade is compared as a whole")
  func twins() {
    var trade = Side()
    var fund = Side()
    trade.add(.charge, 1000, at: noon(), "T1", "O1", fee: 6)
    fund.add(.charge, 1000, at: noon(), "T1", "O1", "m1")
    fund.add(.fee, -6, at: noon(), "T1", "O1", "m2")
    for part in ["a", "b"] {
      trade.add(.refund, -300, at: noon(), "T1", "rf\(part)", "O1", fee: -2)
      fund.add(.refund, -300, at: noon(), "T1", "O1", "m3\(part)")
      fund.add(.fee, 2, at: noon(), "T1", "O1", "m4\(part)")
    }
    #expect(run(trade, fund).discrepancies.isEmpty)
    fund.add(.refund, -300, at: noon(), "T1", "O1", "m5")
    let found = run(trade, fund).discrepancies
    #expect(found.map(\.kind) == [.payoutSum])
    #expect(found.first?.expected == -600 && found.first?.actual == -900)
  }

  @Test("a sum, a fee, a copy, money of no trade and a fee of none are each named")
  func named() {
    var (trade, fund) = wechat()
    trade.add(.charge, 700, at: noon(), "4202", "W3", fee: 4)
    fund.add(.charge, 690, at: noon(), "4202", "W3", "m7")
    fund.add(.fee, -9, at: noon(), "4202", "W3", "m8")
    fund.add(.charge, 690, at: noon(), "4202", "W3", "m7")
    fund.add(.charge, 77, at: noon(), "4203", "X", "m9")
    fund.add(.fee, -5, at: noon(), "4299", "", "m10")
    let result = run(trade, fund)
    #expect(
      result.discrepancies.map(\.kind)
        == [.payoutSum, .feeMore, .duplicateRow, .payoutSum, .feeMore])
    let (sum, fee) = (result.discrepancies[0], result.discrepancies[1])
    #expect((sum.expected, sum.actual, sum.statementRow, sum.fundRow) == (700, 690, 3, 6))
    #expect((fee.expected, fee.actual, fee.fundRow) == (4, 9, 7))
    #expect(result.discrepancies[3].difference == 77)
    #expect(result.discrepancies[4].difference == 5)
    #expect(result.fundBuckets[6...] == [
      .differing, .differing, .duplicate, .oneSided, .oneSided,
    ])
  }

  @Test("money that was kept back from the movement itself is no difference")
  func net() {
    var trade = Side()
    trade.add(.charge, 1000, at: noon(), "T1", "O1", fee: 6)
    var fund = Side()
    fund.add(.charge, 994, at: noon(), "T1", "O1", "m1")
    #expect(run(trade, fund).discrepancies.isEmpty)
  }

  @Test("fees taken in a lump are compared as a lump")
  func lump() {
    var trade = Side()
    var fund = Side()
    for number in 1...3 {
      trade.add(.charge, 1000, at: noon(), "T\(number)", "O\(number)", fee: 6)
      fund.add(.charge, 1000, at: noon(), "T\(number)", "O\(number)", "m\(number)")
    }
    fund.add(.fee, -18, at: noon(), "F1", "", "m9")
    #expect(run(trade, fund).discrepancies.isEmpty)
    fund.add(.fee, -2, at: noon(), "F2", "", "m10")
    let found = run(trade, fund).discrepancies
    #expect(found.map(\.kind) == [.feeMore])
    #expect(found.first?.expected == 18 && found.first?.actual == 20)
  }

  @Test("a trade near midnight waits with its fee; one of noon that was not moved is late")
  func unsettled() {
    var trade = Side()
    var fund = Side()
    let late = start.adding(milliseconds: day - 1000)
    trade.add(.charge, 500, at: late, "T1", "O1", fee: 3)
    trade.add(.charge, 900, at: noon(), "T2", "O2", fee: 5)
    fund.add(.charge, 200, at: late, "T3", "O3", "m1")
    fund.add(.fee, -1, at: late, "T3", "O3", "m2")
    let result = run(trade, fund)
    #expect(result.discrepancies.map(\.kind) == [.payoutNotArrived])
    #expect(result.discrepancies.first?.expected == 900 && result.discrepancies.first?.actual == 0)
    #expect(result.unsettled == [0, 1])
    #expect(result.fundWaiting == [0, 1] && result.fundBuckets == [.pooled, .pooled])
  }

  @Test("what waited and came is settled; what came too late is named as late, without money")
  func settledLater() {
    var trade = Side()
    trade.add(.charge, 500, at: noon(-1), "T1", "O1", fee: 3, flags: .carried)
    trade.add(.charge, 900, at: noon(-5), "T2", "O2", flags: .carried)
    var fund = Side()
    fund.add(.charge, 500, at: noon(), "T1", "O1", "m1")
    fund.add(.fee, -3, at: noon(), "T1", "O1", "m2")
    fund.add(.charge, 900, at: noon(), "T2", "O2", "m3")
    let result = run(trade, fund)
    #expect(result.settledTrades.sorted() == [0, 1])
    #expect(result.discrepancies.map(\.kind) == [.payoutNotArrived])
    #expect(result.discrepancies.first?.difference == 0)
    #expect(result.discrepancies.first?.statementRow == 1)
  }

  @Test("a refund that the trade bill calls unfinished may be moved or not")
  func pendingRefund() {
    var (trade, fund) = wechat()
    trade.add(.refund, -100, at: noon(), "5001", "R2", "W2", fee: -1, status: .pending)
    #expect(run(trade, fund).discrepancies.isEmpty)
    fund.add(.refund, -100, at: noon(), "5001", "R2", "m7")
    #expect(run(trade, fund).discrepancies.isEmpty)
  }

  // MARK: payouts and the bank

  private func paidOut(_ gross: Int64, _ name: String = "90001234") -> Side {
    var fund = Side()
    fund.add(.payout, -gross, at: noon(), name, name, "m1")
    return fund
  }

  private func bank(
    _ rows: [(gross: Int64, days: Int64, text: String)], _ kind: String = "wechat",
    taken: Set<UInt32> = []
  ) -> Side {
    var side = Side()
    for row in rows {
      let at = start.adding(milliseconds: row.days * day + 8 * hour)
      side.add(.bank, row.gross, at: at, "", "", row.text)
    }
    side.table.prepareBankRows(gatewayKind: kind, taken: taken)
    return side
  }

  @Test("a payout is found at the bank by its number, or by amount, name and days")
  func arrives() {
    for text in ["财付通 提现 90001234", "TENPAY SETTLEMENT"] {
      let result = run(Side(), paidOut(5000), bank: bank([(5000, 1, text)]))
      #expect(result.arrivals == [0: [0]] && result.discrepancies.isEmpty)
      #expect(result.fundBuckets == [.matched] && result.bankBuckets == [.matched])
    }
  }

  @Test("another gateway's money, a taken row and a row of other days are never this payout")
  func foreignRows() {
    let rules = rules(asOfDays: 9)
    var bounded = rules
    bounded.bankFrom = start
    bounded.bankTo = start.adding(milliseconds: day)
    let other = run(Side(), paidOut(5000), bank: bank([(5000, 1, "支付宝 提现")]), rules)
    #expect(other.arrivals.isEmpty && other.bankBuckets == [.apart])
    #expect(other.discrepancies.map(\.kind) == [.payoutNotArrived])
    let taken = bank([(5000, 1, "财付通")], taken: [1])
    #expect(run(Side(), paidOut(5000), bank: taken, rules).arrivals.isEmpty)
    let early = bank([(1, 0, "财付通"), (2, 2, "财付通")])
    let found = run(Side(), Side(), bank: early, bounded).discrepancies
    #expect(found.map(\.kind) == [.bankRowWithoutPayout] && found.first?.actual == 1)
  }

  @Test("a payout that came late by its number is named; by its amount it is only suggested")
  func late() {
    let rules = rules(asOfDays: 9)
    let named = run(Side(), paidOut(5000), bank: bank([(5000, 6, "财付通 90001234")]), rules)
    #expect(named.discrepancies.map(\.kind) == [.payoutNotArrived])
    #expect(named.discrepancies.first?.difference == 0 && named.arrivals == [0: [0]])
    let guessed = run(Side(), paidOut(5000), bank: bank([(5000, 6, "财付通")]), rules)
    #expect(guessed.arrivals.isEmpty && guessed.fundBuckets == [.suggested])
    #expect(guessed.discrepancies.first?.suggestions == [[0]])
    #expect(guessed.fundWaiting == [0])
  }

  @Test("a payout of another sum than the bank's is named, one on its way waits")
  func sums() {
    let short = run(Side(), paidOut(5000), bank: bank([(4990, 1, "财付通 90001234")]))
    #expect(short.discrepancies.map(\.kind) == [.payoutSum])
    #expect(short.discrepancies.first?.difference == -10)
    let waiting = run(Side(), paidOut(5000))
    #expect(waiting.fundBuckets == [.pooled] && waiting.fundWaiting == [0])
    #expect(waiting.discrepancies.isEmpty)
  }
}
