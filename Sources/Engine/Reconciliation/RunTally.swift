import Domain

/// What a run opened, counted: for whoever asked for it, and for those who must hear of it.
struct RunTally {
  private var counts: [DiscrepancyKind: [DiscrepancyState: Int64]] = [:]
  /// Open ones that one person may not decide, the first of each kind.
  private(set) var serious: [DiscrepancyKind: [DiscrepancyID]] = [:]
  /// Orders whose buyers wait for goods, or whose goods are gone without money.
  private(set) var owed: [DiscrepancyKind: (count: Int, first: OrderID)] = [:]

  private static let seriousMax = Limits.linksPerCase - 1

  mutating func add(_ record: DiscrepancyRecord) {
    let (kind, facts) = (record.facts.kind, record.facts)
    counts[kind, default: [:]][record.state, default: 0] += 1
    if record.state == .open, facts.level >= .twoPersons,
      serious[kind, default: []].count < Self.seriousMax
    {
      serious[kind, default: []].append(record.id)
    }
    guard kind == .paidNotDelivered || kind == .deliveredNotPaid, let order = facts.order else {
      return
    }
    owed[kind] = ((owed[kind]?.count ?? 0) + 1, owed[kind]?.first ?? order)
  }

  var kinds: [DiscrepancyCount] {
    counts.flatMap { kind, states in
      states.map { DiscrepancyCount(kind: kind, state: $0, count: $1) }
    }.sorted(by: DiscrepancyCount.isBefore)
  }
}
