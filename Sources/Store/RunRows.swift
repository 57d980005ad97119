package import Domain

/// The rows of a run that are many: what it matches and what it leaves waiting. They can be written
/// piece by piece, since none of them counts before `StoreWriter.settle`.
package struct RunRows: Sendable {
  package let gateway: String
  package let content: StatementContent
  /// The statement that was compared.
  let statement: StatementID
  /// Matches that do not stand yet, also of rows that waited in earlier statements.
  package private(set) var added: [MatchRow] = []
  /// Matches of the statement that the run did not find again.
  package private(set) var removed: [StandingMatch] = []
  /// Matches that take the place of removed ones.
  package private(set) var moved: [MatchRow] = []
  /// The statements whose rows are matched anew, each once, by their identifiers.
  package private(set) var statements: [StatementID] = []
  /// All that waits now, by the content of the bills whose comparison left it waiting. What is not
  /// named here stays as it is.
  package let waiting: [(content: StatementContent, rows: [WaitingRow])]

  /// - Parameters:
  ///   - matches: all that the run matched.
  ///   - standing: what the statement's rows are matched with now, by their lines.
  package init(
    of statement: StatementRecord, matches: [MatchRow], standing: [StandingMatch],
    waiting: [(content: StatementContent, rows: [WaitingRow])]
  ) {
    gateway = statement.gateway
    content = statement.content
    self.statement = statement.id
    self.waiting = waiting
    if standing.isEmpty { added = matches } else { compare(matches, standing) }
    var named: Set<StatementID> = []
    for matches in [added, moved] {
      var last: StatementID?
      for match in matches where match.statement != last {
        last = match.statement
        named.insert(match.statement)
      }
    }
    statements = named.sorted()
  }

  /// What a run finds once more is mostly what stands: that much is passed by, line by line.
  private mutating func compare(_ matches: [MatchRow], _ standing: [StandingMatch]) {
    var wanted: [MatchRow] = []
    var gone: [StandingMatch] = []
    var place = 0
    for match in matches {
      guard match.statement == statement else {
        wanted.append(match)
        continue
      }
      while place < standing.count, standing[place].line < match.line {
        gone.append(standing[place])
        place += 1
      }
      if place < standing.count, standing[place] == StandingMatch(match) {
        place += 1
      } else {
        wanted.append(match)
      }
    }
    settle(wanted, gone + standing[place...])
  }

  /// - Parameters:
  ///   - matches: may hold some that stand.
  ///   - standing: may hold some that were found again.
  private mutating func settle(_ matches: [MatchRow], _ standing: [StandingMatch]) {
    let known = Set(standing)
    let own = matches.filter { $0.statement == statement }
    let found = Set(own.map { StandingMatch($0) })
    removed = standing.filter { !found.contains($0) }
    let lines = Set(removed.map(\.line))
    let places = Set(removed.map(\.ours))
    for match in matches {
      let isOwn = match.statement == statement
      if isOwn, known.contains(StandingMatch(match)) { continue }
      let isFree = !places.contains(match.ours) && (!isOwn || !lines.contains(match.line))
      if isFree { added.append(match) } else { moved.append(match) }
    }
  }

  /// Rows that can be written in pieces.
  package var count: Int { waiting.reduce(added.count) { $0 + $1.rows.count } }
}

extension StandingMatch {
  fileprivate init(_ match: MatchRow) {
    line = match.line
    ours = match.ours
  }
}
