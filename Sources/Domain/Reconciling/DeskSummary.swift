/// How long nobody has decided.
package enum DeskAge: String, Sendable, CaseIterable {
  case underTwoHours = "under_2h"
  case underDay = "under_1d"
  case underThreeDays = "under_3d"
  case underWeek = "under_7d"
  case older

  private static let hour: Int64 = 3_600_000

  package init(milliseconds: Int64) {
    switch milliseconds {
    case ..<(2 * Self.hour): self = .underTwoHours
    case ..<(24 * Self.hour): self = .underDay
    case ..<(72 * Self.hour): self = .underThreeDays
    case ..<(168 * Self.hour): self = .underWeek
    default: self = .older
    }
  }
}

/// What lies on the desk and what came of it in a period: differences counted one by one.
package struct DeskSummary: Hashable, Sendable {
  /// What nobody has decided, of one kind in one currency.
  package struct Pile: Hashable, Sendable {
    package let kind: DiscrepancyKind
    package fileprivate(set) var count: Int64 = 0
    /// Past the time in which a person should have looked.
    package fileprivate(set) var overdue: Int64 = 0
    package fileprivate(set) var oldestAt: Timestamp
    /// Sum of the differences without their signs. Saturates.
    package fileprivate(set) var atStake: Money
  }

  /// What one difference was, as a row tells it.
  package struct Row: Hashable, Sendable {
    package let kind: DiscrepancyKind
    package let state: DiscrepancyState
    package let resolution: DiscrepancyResolution?
    package let difference: Money
    package let openedAt: Timestamp
    package let dueAt: Timestamp
    package let resolvedAt: Timestamp?

    package init(
      kind: DiscrepancyKind, state: DiscrepancyState, resolution: DiscrepancyResolution?,
      difference: Money, openedAt: Timestamp, dueAt: Timestamp, resolvedAt: Timestamp?
    ) {
      self.kind = kind
      self.state = state
      self.resolution = resolution
      self.difference = difference
      self.openedAt = openedAt
      self.dueAt = dueAt
      self.resolvedAt = resolvedAt
    }
  }

  package private(set) var piles: [Pile] = []
  package private(set) var ages: [DeskAge: Int64] = [:]
  /// Opened in the period, by kind.
  package private(set) var opened: [DiscrepancyKind: Int64] = [:]
  /// Of those: ended by the machine, and decided by people before and after their time.
  package private(set) var byMachine: Int64 = 0
  package private(set) var inTime: Int64 = 0
  package private(set) var late: Int64 = 0
  /// How many resolved cases had which cause, most frequent first.
  package let causes: [CauseCount]

  package init(causes: [CauseCount]) { self.causes = causes }

  /// One difference that is not resolved.
  package mutating func addUndecided(_ row: Row, at now: Timestamp) {
    ages[DeskAge(milliseconds: now.milliseconds - row.openedAt.milliseconds), default: 0] += 1
    let place = piles.firstIndex {
      $0.kind == row.kind && $0.atStake.currency == row.difference.currency
    }
    let index = place ?? piles.endIndex
    if place == nil {
      piles.append(
        Pile(kind: row.kind, oldestAt: row.openedAt, atStake: .zero(row.difference.currency)))
    }
    piles[index].count += 1
    if row.state != .waiting, row.dueAt <= now { piles[index].overdue += 1 }
    piles[index].oldestAt = min(piles[index].oldestAt, row.openedAt)
    let (sum, overflow) = piles[index].atStake.minor.addingReportingOverflow(
      Int64(clamping: row.difference.minor.magnitude))
    piles[index].atStake = Money(overflow ? .max : sum, row.difference.currency)
  }

  /// One difference that was opened in the period, whatever became of it.
  package mutating func addOpened(_ row: Row) {
    opened[row.kind, default: 0] += 1
    guard let end = row.resolvedAt, row.state == .resolved else { return }
    if row.resolution != .adjudicated {
      byMachine += 1
    } else if end <= row.dueAt {
      inTime += 1
    } else {
      late += 1
    }
  }
}

/// How many cases had one cause.
package struct CauseCount: Hashable, Sendable {
  package let cause: CauseCode
  package let count: Int64

  package init(cause: CauseCode, count: Int64) {
    self.cause = cause
    self.count = count
  }
}
