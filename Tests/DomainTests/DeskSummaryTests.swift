import Domain
import Testing

@Suite("What lies on the desk")
struct DeskSummaryTests {
  private func row(
    _ minor: Int64, _ state: DiscrepancyState = .open, _ resolution: DiscrepancyResolution? = nil,
    kind: DiscrepancyKind = .amountLess, openedHoursAgo hours: Int64 = 0, resolvedAfter: Int64 = 0
  ) -> DeskSummary.Row {
    let opened = start.adding(milliseconds: -hours * 3_600_000)
    return DeskSummary.Row(
      kind: kind, state: state, resolution: resolution, difference: Money(minor, yuan),
      openedAt: opened, dueAt: opened.adding(milliseconds: 7_200_000),
      resolvedAt: state == .resolved ? opened.adding(milliseconds: resolvedAfter) : nil)
  }

  @Test("losses and gains do not cancel each other, and what waits for its day is not overdue")
  func piles() {
    var summary = DeskSummary(causes: [])
    summary.addUndecided(row(-300, openedHoursAgo: 3), at: start)
    summary.addUndecided(row(200), at: start)
    summary.addUndecided(row(5, .waiting, openedHoursAgo: 200), at: start)
    summary.addUndecided(row(7, kind: .feeMore, openedHoursAgo: 1), at: start)
    #expect(summary.piles.map(\.count) == [3, 1])
    #expect(summary.piles.map(\.overdue) == [1, 0])
    #expect(summary.piles.map(\.atStake.minor) == [505, 7])
    #expect(summary.ages == [.underTwoHours: 2, .underDay: 1, .older: 1])
    summary.addUndecided(row(.min), at: start)
    #expect(summary.piles.first?.atStake.minor == .max)
  }

  @Test("what the machine ended is no credit of people, nor is what they did too late")
  func credit() {
    var summary = DeskSummary(causes: [])
    summary.addOpened(row(1))
    summary.addOpened(row(1, .resolved, .agrees))
    summary.addOpened(row(1, .resolved, .adjudicated, resolvedAfter: 7_200_000))
    summary.addOpened(row(1, .resolved, .adjudicated, kind: .feeMore, resolvedAfter: 7_200_001))
    #expect(summary.opened == [.amountLess: 3, .feeMore: 1])
    #expect([summary.byMachine, summary.inTime, summary.late] == [1, 1, 1])
  }
}
