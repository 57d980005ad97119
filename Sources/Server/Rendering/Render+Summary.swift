import Domain
import Wire

extension Render {
  static func summary(_ summary: DeskSummary) -> DiscrepancySummaryResult {
    let opened = DiscrepancyKind.allCases.compactMap { kind in
      summary.opened[kind].map { KindOpenedObject(kind: kind.word, count: $0) }
    }
    return DiscrepancySummaryResult(
      undecided: summary.piles.sorted(by: hasMore).map(pile),
      ages: DeskAge.allCases.compactMap { age in
        summary.ages[age].map { AgeCountObject(age: age.rawValue, count: $0) }
      },
      opened: opened.sorted { $0.count > $1.count }, byMachine: summary.byMachine,
      inTime: summary.inTime, late: summary.late,
      causes: summary.causes.map { CauseCountObject(cause: $0.cause.rawValue, count: $0.count) })
  }

  private static func hasMore(_ one: DeskSummary.Pile, _ other: DeskSummary.Pile) -> Bool {
    guard one.atStake.minor == other.atStake.minor else {
      return one.atStake.minor > other.atStake.minor
    }
    guard one.kind == other.kind else { return one.kind.rawValue < other.kind.rawValue }
    return one.atStake.currency.code.utf8.lexicographicallyPrecedes(
      other.atStake.currency.code.utf8)
  }

  private static func pile(_ pile: DeskSummary.Pile) -> DeskPileObject {
    DeskPileObject(
      kind: pile.kind.word, count: pile.count, overdue: pile.overdue,
      oldestAt: pile.oldestAt.milliseconds, atStake: signed(pile.atStake))
  }
}
