package import Domain

/// The rows of a run that are many: what it matches and what it leaves waiting. They can be written
/// piece by piece, since none of them counts before `StoreWriter.settle`.
package struct RunRows: Sendable {
  package let gateway: String
  package let content: StatementContent
  /// Matches that do not stand yet, also of rows that waited in earlier statements.
  package private(set) var added: [MatchRow] = []
  /// Matches of the statement that the run did not find again.
  package private(set) var removed: [MatchRow] = []
  /// Matches that take the place of removed ones.
  package private(set) var moved: [MatchRow] = []
  /// The statements whose rows are matched anew, each once, by their identifiers.
  package private(set) var statements: [StatementID] = []
  /// All that waits now, by the content of the bills whose comparison left it waiting. What is not
  /// named here stays as it is.
  package let waiting: [(content: StatementContent, rows: [WaitingRow])]

  /// - Parameters:
  ///   - matches: all that the run matched.
  ///   - standing: what the statement's rows are matched with now.
  package init(
    of statement: StatementRecord, matches: [MatchRow], standing: [MatchRow],
    waiting: [(content: StatementContent, rows: [WaitingRow])]
  ) {
    gateway = statement.gateway
    content = statement.content
    self.waiting = waiting
    if standing.isEmpty { added = matches } else { compare(matches, standing, statement.id) }
    statements = Set((added + moved).map(\.statement)).sorted()
  }

  private mutating func compare(
    _ matches: [MatchRow], _ standing: [MatchRow], _ statement: StatementID
  ) {
    let known = Set(standing)
    let wanted = Set(matches)
    removed = standing.filter { !wanted.contains($0) }
    let lines = Set(removed.map(\.line))
    let places = Set(removed.map { Place($0) })
    for match in matches where !known.contains(match) {
      let isFree = !places.contains(Place(match))
        && (match.statement != statement || !lines.contains(match.line))
      if isFree { added.append(match) } else { moved.append(match) }
    }
  }

  /// What a match takes on our side.
  private struct Place: Hashable {
    let subject: LocalSubject
    let part: Int64

    init(_ match: MatchRow) {
      subject = match.subject
      part = match.part
    }
  }

  /// Rows that can be written in pieces.
  package var count: Int { waiting.reduce(added.count) { $0 + $1.rows.count } }
}
