import Domain
import Reconciliation
import Store

/// Rows of a bill that waited for days, were in nobody's books and were told of by a later run.
extension Comparison {
  /// Differences about such rows of the statement, or of what it was issued in place of, that wait
  /// no more: the row is somebody's by now, or is gone.
  func agedNoMore(_ result: MatchResult) throws -> [String] {
    var filter = DiscrepancyFilter()
    (filter.gateway, filter.kind) = (statement.gateway, .carryOverAgedOut)
    var (over, last): ([String], DiscrepancyRecord?) = ([], nil)
    // None is told before the days of its bill.
    while last.map({ $0.openedAt >= statement.from }) ?? true {
      let page = try store.discrepancies(filter, before: last?.id, limit: Limits.listMax)
      for told in page where told.facts.isAgedRow {
        guard let row = told.facts.theirs, try isOwn(row.statement), !waits(row, result) else {
          continue
        }
        over.append(told.id.text)
      }
      guard page.count == Limits.listMax else { break }
      last = page.last
    }
    return over
  }

  /// Whether a statement is this one, or one that it was issued in place of.
  private func isOwn(_ statement: StatementID) throws -> Bool {
    var id = statement
    while id != self.statement.id {
      guard let newer = try store.statement(id)?.supersededBy else { return false }
      id = newer
    }
    return true
  }

  /// In what was issued again it may stand in another line. One without a number cannot be known
  /// there.
  private func waits(_ told: StatementRowReference, _ result: MatchResult) -> Bool {
    let isHere = told.statement == statement.id
    guard isHere || told.transaction != nil || told.reference != nil else { return true }
    return (0..<theirs.ownCount).contains { row in
      guard result.statementBuckets[row] == .pooled else { return false }
      let own = theirs.reference(row)
      return isHere
        ? own.line == told.line
        : own.transaction == told.transaction && own.reference == told.reference
    }
  }
}

extension DiscrepancyFacts {
  /// A row of a bill waited in vain; nothing of ours stands beside it.
  var isAgedRow: Bool { kind == .carryOverAgedOut && ours == nil && theirs != nil }
}
