import Domain
import Testing

@testable import Reconciliation

@Suite("A payout is the sum of what it pays out")
struct PayoutTests {
  private struct Bill {
    /// 2026-11-20 00:00 in Beijing.
    static let from = Timestamp(milliseconds: 1_795_104_000_000)
    static let hour: Int64 = 3_600_000
    var table = EntryTable()

    mutating func add(
      _ kind: EntryKind, _ gross: Int64, day: Int64, hour: Int64 = 12, fee: Int64 = 0,
      batch: String = "", flags: EntryFlags = []
    ) {
      let at = Self.from.adding(milliseconds: (day * 24 + hour) * Self.hour)
      table.add(
        Entry(
          kind: kind, at: at, gross: gross, fee: fee, currency: currency("CNY"), flags: flags,
          transaction: table.keep("T\(table.count)"), batch: table.number(of: batch.utf8),
          line: UInt32(table.count + 1)))
    }

    func result() -> MatchResult {
      var rules = MatchRules(
        from: Self.from, to: Self.from.adding(milliseconds: 5 * 24 * Self.hour),
        asOf: Self.from.adding(milliseconds: 6 * 24 * Self.hour))
      rules.keepsPayouts = true
      return Matcher(MatchInput(statement: table, local: EntryTable()), rules).run()
    }
  }

  private func sums(_ result: MatchResult) -> [Int: [Int]] {
    result.payoutSums.filter { $0.value.isProven }.mapValues(\.rows)
  }

  @Test("a payout that its rows name is proved by their net, and its remainder is named")
  func named() {
    var bill = Bill()
    bill.add(.charge, 5000, day: 0, fee: 30, batch: "po_1")
    bill.add(.refund, -1000, day: 1, batch: "po_1")
    bill.add(.payout, -3970, day: 2, batch: "po_1")
    bill.add(.charge, 800, day: 2, fee: 5, batch: "po_2")
    bill.add(.payout, -800, day: 3, batch: "po_2")
    let result = bill.result()
    #expect(result.payoutSums[2] == PayoutSum(basis: .batch, rows: [0, 1], alternatives: 1))
    #expect(result.payoutSums[4] == nil)
    let differing = result.discrepancies.filter { $0.kind == .payoutSum }
    #expect(differing.map(\.statementRow) == [4])
    #expect(differing.map(\.difference) == [5])
  }

  @Test("a payout without a name is a stretch of days, or all since the payout before")
  func stretches() {
    var bill = Bill()
    bill.add(.charge, 5000, day: 0, fee: 30)
    bill.add(.charge, 700, day: 1, hour: 3)
    bill.add(.fee, -11, day: 1, hour: 9)
    // The two days before, made in the morning of a day that has sold already.
    bill.add(.charge, 900, day: 2, hour: 8)
    bill.add(.payout, -5659, day: 2, hour: 9)
    bill.add(.charge, 60, day: 2, hour: 10)
    bill.add(.refund, -10, day: 2, hour: 11)
    // All since then.
    bill.add(.payout, -50, day: 2, hour: 13)
    let result = bill.result()
    #expect(sums(result) == [4: [0, 1, 2], 7: [5, 6]])
    #expect(result.payoutSums[4]?.basis == .days)
    #expect(result.discrepancies.filter { $0.kind == .payoutSum }.isEmpty)
  }

  @Test("two stretches that would do are a suggestion, and an amount that none makes says nothing")
  func ambiguous() {
    var bill = Bill()
    bill.add(.charge, 500, day: 0)
    bill.add(.charge, 500, day: 1)
    bill.add(.payout, -500, day: 2)
    bill.add(.charge, 77, day: 2, hour: 14)
    bill.add(.payout, -76, day: 3)
    let result = bill.result()
    #expect(result.payoutSums[2]?.alternatives == 2)
    #expect(result.payoutSums[2]?.isProven == false)
    #expect(result.payoutSums[4] == nil)
    #expect(result.discrepancies.filter { $0.kind == .payoutSum }.isEmpty)
  }

  @Test("rows are paid out once: two payouts that would take the same prove nothing")
  func rivals() {
    var bill = Bill()
    bill.add(.charge, 500, day: 0)
    bill.add(.payout, -500, day: 1)
    bill.add(.payout, -500, day: 2)
    let result = bill.result()
    #expect(result.payoutSums.count == 2)
    #expect(sums(result).isEmpty)
  }

  /// Days 0 to 4, each a statement of its own.
  private func days(_ fill: (inout [Bill]) -> Void) -> [EntryTable] {
    var bills = [Bill](repeating: Bill(), count: 5)
    fill(&bills)
    return bills.map(\.table)
  }

  private func stretches(_ days: [EntryTable]) -> [Int: PayoutStretch] {
    let last = days[days.count - 1]
    let open = last.entries.indices.filter { last.entries[$0].kind == .payout }
    return last.payoutStretches(for: open, after: Array(days.dropLast()), from: Bill.from)
  }

  @Test("what goes out in the next days' statement is looked for in those before it")
  func daysBefore() {
    let days = days { bills in
      bills[1].add(.charge, 9999, day: 1)
      bills[2].add(.charge, 5000, day: 2, fee: 30)
      bills[2].add(.refund, -1000, day: 2, hour: 15)
      bills[3].add(.charge, 700, day: 3)
      bills[4].add(.charge, 60, day: 4, hour: 8)
      bills[4].add(.payout, -4670, day: 4, hour: 9)
      bills[4].add(.payout, -61, day: 4, hour: 10)
    }
    let found = stretches(days)
    #expect(found.keys.sorted() == [1])
    #expect(found[1]?.rows == 3 && found[1]?.alternatives == 1)
    #expect(found[1]?.from == days[2].entries[0].at && found[1]?.to == days[3].entries[0].at)
  }

  @Test("over several statements, too, two answers and rows of another payout prove nothing")
  func daysBeforeAmbiguous() {
    let twice = days { bills in
      bills[1].add(.charge, 500, day: 1)
      bills[3].add(.charge, 500, day: 3)
      bills[4].add(.payout, -500, day: 4)
    }
    #expect(stretches(twice)[0]?.alternatives == 2)
    // The payout of day 3 took the money of day 2 already.
    let taken = days { bills in
      bills[2].add(.charge, 500, day: 2)
      bills[3].add(.payout, -500, day: 3)
      bills[4].add(.payout, -500, day: 4)
    }
    #expect(stretches(taken)[0]?.alternatives == 2)
    let none = days { bills in
      bills[2].add(.charge, 500, day: 2, flags: .carried)
      bills[4].add(.payout, -500, day: 4)
    }
    #expect(stretches(none).isEmpty)
  }

  @Test("rows of other bills, other currencies and later times are no part of a stretch")
  func leftOut() {
    var bill = Bill()
    bill.add(.charge, 300, day: 0, flags: .carried)
    bill.add(.charge, 400, day: 0)
    bill.add(.payout, -700, day: 1)
    bill.add(.charge, 300, day: 1, hour: 13)
    #expect(sums(bill.result()).isEmpty)
    bill.add(.payout, -400, day: 1, hour: 11)
    #expect(sums(bill.result()) == [4: [1]])
  }
}
