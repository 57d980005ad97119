import Domain
package import Reconciliation

/// How what a run found stands to what was planted.
package struct Accuracy: Sendable {
  /// By kind: planted, found and rightly typed, and named without cause.
  package private(set) var planted = [Int](repeating: 0, count: 29)
  package private(set) var found = [Int](repeating: 0, count: 29)
  package private(set) var falseAlarms: [PlantedTruth] = []
  package private(set) var missed: [PlantedTruth] = []

  package init(_ result: MatchResult, _ input: MatchInput, _ truth: Set<PlantedTruth>) {
    let named = Set(result.discrepancies.map { PlantedTruth(Self.key($0, input), $0.kind) })
    for item in truth {
      planted[Int(item.kind.rawValue)] += 1
      if named.contains(item) { found[Int(item.kind.rawValue)] += 1 }
    }
    falseAlarms = Self.sorted(named.subtracting(truth))
    missed = Self.sorted(truth.subtracting(named))
    // A discrepancy said twice is a false alarm too.
    var seen: Set<PlantedTruth> = []
    for item in result.discrepancies {
      let named = PlantedTruth(Self.key(item, input), item.kind)
      if !seen.insert(named).inserted { falseAlarms.append(named) }
    }
  }

  package var isPerfect: Bool { falseAlarms.isEmpty && missed.isEmpty }

  private static func sorted(_ items: Set<PlantedTruth>) -> [PlantedTruth] {
    items.sorted { ($0.kind.rawValue, $0.key) < ($1.kind.rawValue, $1.key) }
  }

  /// What a discrepancy is about: our number, or the gateway's.
  package static func key(_ item: Discrepancy, _ input: MatchInput) -> String {
    if let row = item.statementRow {
      return String(decoding: input.statement.key(row), as: UTF8.self)
    }
    if let row = item.localRow { return String(decoding: input.local.key(row), as: UTF8.self) }
    if let row = item.bankRow { return String(decoding: input.bank.key(row), as: UTF8.self) }
    return ""
  }
}
