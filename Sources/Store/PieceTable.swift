import Domain
import SQLite

/// Rows of `match_pieces` and `waiting_pieces`, and which of them do not count.
struct PieceTable {
  /// As many as one statement has parameters for.
  static let groupRows = SQLiteLimit.parametersMax / 3
  /// For `swept_line`: of a statement that was issued again only payouts are left, which wait anew.
  private static let onlyPayouts: Int64 = -1

  private let connection: Connection
  private let statementSelection: Statement
  private let matchInsertion: Statement
  /// `groupRows` at once.
  private let groupInsertion: Statement
  private let matchSelection: Statement
  private let lineSelection: Statement
  private let obstacleRemoval: Statement
  private let matchRemoval: Statement
  private let loosening: Statement
  private let fastening: Statement
  private let looseSelection: Statement
  private let looseRemoval: Statement
  private let stretchSelection: Statement
  private let matchSweep: Statement
  private let keptSelection: Statement
  private let deadRemoval: Statement
  private let emptiedRemoval: Statement
  private let sweptUpdate: Statement
  private let waitingInsertion: Statement
  private let waitingSelection: Statement
  private let waitingReplacement: Statement
  private let waitingLoosening: Statement
  private let waitingFastening: Statement
  private let looseWaitingSelection: Statement
  private let waitingSweep: Statement

  init(_ connection: Connection) throws(SQLiteError) {
    self.connection = connection
    statementSelection = try connection.prepare("SELECT key FROM statements WHERE id=?")
    matchInsertion = try connection.prepare(
      "INSERT INTO match_pieces(ours, theirs, run) VALUES (?,?,?) ON CONFLICT DO NOTHING")
    groupInsertion = try connection.prepare(
      """
      INSERT INTO match_pieces(ours, theirs, run)
      VALUES \(Array(repeating: "(?,?,?)", count: Self.groupRows).joined(separator: ","))
      ON CONFLICT DO NOTHING
      """)
    matchSelection = try connection.prepare(
      "SELECT 1 FROM match_pieces WHERE ours=? AND theirs=? AND run=?")
    lineSelection = try connection.prepare(
      "SELECT 1 FROM match_pieces m WHERE theirs=? AND \(MatchNumber.counts)")
    obstacleRemoval = try connection.prepare(
      """
      DELETE FROM match_pieces WHERE (ours=?1 OR theirs=?2)
        AND EXISTS(SELECT 1 FROM loose_matches l JOIN statements s ON s.id=l.statement
          WHERE s.key=match_pieces.theirs>>\(MatchNumber.lineShift)
            AND l.run IN (0, match_pieces.run) AND l.run<>?3)
      """)
    matchRemoval = try connection.prepare("DELETE FROM match_pieces WHERE theirs=?")
    loosening = try connection.prepare(
      "INSERT OR IGNORE INTO loose_matches(statement, run) VALUES (?,?)")
    fastening = try connection.prepare("DELETE FROM loose_matches WHERE run=?")
    looseSelection = try connection.prepare(
      """
      SELECT statement, run, swept_line FROM loose_matches WHERE run<>? AND swept_line>=0
      ORDER BY statement, run LIMIT 1
      """)
    looseRemoval = try connection.prepare(
      "DELETE FROM loose_matches WHERE statement=? AND run=?")
    stretchSelection = try connection.prepare(
      """
      SELECT count(*), max(theirs) FROM (SELECT theirs FROM match_pieces
        WHERE theirs>=? AND theirs<=? ORDER BY theirs LIMIT ?)
      """)
    matchSweep = try connection.prepare(
      """
      DELETE FROM match_pieces WHERE theirs>=?1 AND theirs<=?2 AND (?3=0 OR run=?3)
      """)
    keptSelection = try connection.prepare("SELECT 1 FROM arrivals WHERE statement=? LIMIT 1")
    deadRemoval = try connection.prepare(
      """
      DELETE FROM arrivals WHERE statement IN
          (SELECT statement FROM loose_matches WHERE run=0 AND swept_line=\(Self.onlyPayouts))
        AND EXISTS(SELECT 1 FROM statements s
          WHERE s.id=substr(payout, 1, instr(payout, ':') - 1) AND s.superseded_by IS NOT NULL)
      """)
    emptiedRemoval = try connection.prepare(
      """
      DELETE FROM loose_matches WHERE run=0 AND swept_line=\(Self.onlyPayouts)
        AND NOT EXISTS(SELECT 1 FROM arrivals a WHERE a.statement=loose_matches.statement)
      """)
    sweptUpdate = try connection.prepare(
      "UPDATE loose_matches SET swept_line=?3 WHERE statement=?1 AND run=?2")
    waitingInsertion = try connection.prepare(
      """
      INSERT OR REPLACE INTO waiting_pieces(gateway, content, run, subject, statement, line)
      VALUES (?,?,?,?,?,?)
      """)
    waitingSelection = try connection.prepare(
      "SELECT run FROM waiting_runs WHERE gateway=? AND content=?")
    waitingReplacement = try connection.prepare(
      "INSERT OR REPLACE INTO waiting_runs(gateway, content, run) VALUES (?,?,?)")
    waitingLoosening = try connection.prepare(
      "INSERT OR IGNORE INTO loose_waiting(gateway, content, run) VALUES (?,?,?)")
    waitingFastening = try connection.prepare(
      "DELETE FROM loose_waiting WHERE gateway=? AND content=? AND run=?")
    looseWaitingSelection = try connection.prepare(
      """
      SELECT gateway, content, run FROM loose_waiting WHERE run<>?
      ORDER BY gateway, content, run LIMIT 1
      """)
    waitingSweep = try connection.prepare(
      """
      DELETE FROM waiting_pieces WHERE (gateway, content, run, subject) IN (
        SELECT gateway, content, run, subject FROM waiting_pieces
        WHERE gateway=? AND content=? AND run=? LIMIT ?)
      """)
  }

  // MARK: Matches

  /// The key of a statement, which its rows are numbered under.
  func key(of statement: StatementID) throws(SQLiteError) -> Int64 {
    try statementSelection.bind(statement.text, at: 1)
    defer { statementSelection.reset() }
    guard try statementSelection.step() else { throw .damagedRow("statement \(statement)") }
    return try statementSelection.int64(0)
  }

  /// Writes a match once. What never came to count gives way to it; what does is a fault (I14).
  ///
  /// - Parameter statement: the key of the statement that the row stands in.
  func insert(_ match: MatchRow, _ statement: Int64, run: Int64) throws(SQLiteError) {
    let (ours, theirs) = (match.ours, MatchNumber.theirs(statement, line: match.line))
    try bind(ours, theirs, run, to: matchInsertion)
    try matchInsertion.run()
    guard connection.changes == 0 else { return }
    try bind(ours, theirs, run, to: matchSelection)
    let isThere = try matchSelection.step()
    matchSelection.reset()
    guard !isThere else { return }
    try bind(ours, theirs, run, to: obstacleRemoval)
    try obstacleRemoval.run()
    try bind(ours, theirs, run, to: matchInsertion)
    try matchInsertion.run()
    guard connection.changes == 1 else {
      throw .damagedRow("\(match.statement):\(match.line) or \(match.subject): matched twice")
    }
  }

  /// Writes `groupRows` matches of one statement.
  func insert(
    group: ArraySlice<MatchRow>, _ statement: Int64, run: Int64
  ) throws(SQLiteError) {
    precondition(group.count == Self.groupRows, "the statement has so many parameters")
    var cursor = ParameterCursor(groupInsertion)
    for match in group {
      try cursor.add(match.ours)
      try cursor.add(MatchNumber.theirs(statement, line: match.line))
      try cursor.add(run)
    }
    try groupInsertion.run()
    guard connection.changes < Self.groupRows else { return }
    // Something stood in the way of some of them: one that is there already is passed by.
    for match in group { try insert(match, statement, run: run) }
  }

  private func bind(
    _ ours: Int64, _ theirs: Int64, _ run: Int64, to statement: Statement
  ) throws(SQLiteError) {
    try statement.bind(ours, at: 1)
    try statement.bind(theirs, at: 2)
    try statement.bind(run, at: 3)
  }

  func isMatched(line: Int64, of statement: StatementID) throws(SQLiteError) -> Bool {
    try lineSelection.bind(
      MatchNumber.theirs(try key(of: statement), line: line), at: 1)
    defer { lineSelection.reset() }
    return try lineSelection.step()
  }

  func remove(line: Int64, of statement: Int64) throws(SQLiteError) {
    try matchRemoval.bind(MatchNumber.theirs(statement, line: line), at: 1)
    try matchRemoval.run()
  }

  /// What a run matched in a statement does not count; with the run 0 nothing in it does.
  func loosen(_ statement: StatementID, run: Int64) throws(SQLiteError) {
    try loosening.bind(statement.text, at: 1)
    try loosening.bind(run, at: 2)
    try loosening.run()
  }

  /// From now on everything counts that a run matched.
  func fasten(run: Int64) throws(SQLiteError) {
    try fastening.bind(run, at: 1)
    try fastening.run()
  }

  // MARK: What waits

  func insert(
    _ row: WaitingRow, _ gateway: String, _ content: StatementContent, run: Int64
  ) throws(SQLiteError) {
    var cursor = ParameterCursor(waitingInsertion)
    try cursor.add(gateway)
    try cursor.add(content.rawValue)
    try cursor.add(run)
    try cursor.add(row.subject)
    try cursor.add(row.statement.text)
    try cursor.add(row.line)
    try waitingInsertion.run()
  }

  func loosenWaiting(
    _ gateway: String, _ content: StatementContent, run: Int64
  ) throws(SQLiteError) {
    try bind(gateway, content, run, to: waitingLoosening)
    try waitingLoosening.run()
  }

  /// What a run left waiting takes the place of what the one before it had.
  func fastenWaiting(
    _ gateway: String, _ content: StatementContent, run: Int64
  ) throws(SQLiteError) {
    try waitingSelection.bind(gateway, at: 1)
    try waitingSelection.bind(content.rawValue, at: 2)
    let before = try waitingSelection.step() ? try waitingSelection.int64(0) : nil
    waitingSelection.reset()
    if let before { try loosenWaiting(gateway, content, run: before) }
    try bind(gateway, content, run, to: waitingFastening)
    try waitingFastening.run()
    try bind(gateway, content, run, to: waitingReplacement)
    try waitingReplacement.run()
  }

  private func bind(
    _ gateway: String, _ content: StatementContent, _ run: Int64, to statement: Statement
  ) throws(SQLiteError) {
    try statement.bind(gateway, at: 1)
    try statement.bind(content.rawValue, at: 2)
    try statement.bind(run, at: 3)
  }

  // MARK: What does not count

  /// Removes rows that do not count.
  ///
  /// - Parameter run: one that is being written, whose rows stay.
  /// - Returns: whether there may be more.
  func sweep(limit: Int, besides run: Int64?) throws(SQLiteError) -> Bool {
    if try sweepMatches(limit: limit, besides: run ?? -1) { return true }
    return try sweepWaiting(limit: limit, besides: run ?? -1)
  }

  private func sweepMatches(limit: Int, besides run: Int64) throws(SQLiteError) -> Bool {
    try looseSelection.bind(run, at: 1)
    guard try looseSelection.step() else {
      looseSelection.reset()
      return false
    }
    let (statement, loose) = (try looseSelection.string(0), try looseSelection.int64(1))
    let line = try looseSelection.int64(2)
    looseSelection.reset()
    guard let id = StatementID(text: statement) else { throw .damagedRow("loose_matches") }
    let rows = MatchNumber.rows(of: try key(of: id))
    try stretchSelection.bind(rows.lowerBound + line, at: 1)
    try stretchSelection.bind(rows.upperBound, at: 2)
    try stretchSelection.bind(limit, at: 3)
    _ = try stretchSelection.step()
    let (count, last) = (try stretchSelection.int64(0), try stretchSelection.optionalInt64(1))
    stretchSelection.reset()
    if let last {
      try matchSweep.bind(rows.lowerBound + line, at: 1)
      try matchSweep.bind(last, at: 2)
      try matchSweep.bind(loose, at: 3)
      try matchSweep.run()
    }
    if let last, count == limit {
      try markSwept(statement, loose, to: last - rows.lowerBound + 1)
    } else if loose == 0, try holdsPayouts(statement) {
      try markSwept(statement, loose, to: Self.onlyPayouts)
    } else {
      try looseRemoval.bind(statement, at: 1)
      try looseRemoval.bind(loose, at: 2)
      try looseRemoval.run()
    }
    return true
  }

  private func markSwept(
    _ statement: String, _ loose: Int64, to line: Int64
  ) throws(SQLiteError) {
    try sweptUpdate.bind(statement, at: 1)
    try sweptUpdate.bind(loose, at: 2)
    try sweptUpdate.bind(line, at: 3)
    try sweptUpdate.run()
  }

  /// Payouts that ended in it wait anew, until the next run of their gateway has looked for them:
  /// nothing else tells of them.
  private func holdsPayouts(_ statement: String) throws(SQLiteError) -> Bool {
    try keptSelection.bind(statement, at: 1)
    defer { keptSelection.reset() }
    return try keptSelection.step()
  }

  /// Forgets statements that were issued again and whose payouts have all been looked for, or stood
  /// in bills that were issued again too.
  func removeEmptied() throws(SQLiteError) {
    try deadRemoval.run()
    try emptiedRemoval.run()
  }

  private func sweepWaiting(limit: Int, besides run: Int64) throws(SQLiteError) -> Bool {
    try looseWaitingSelection.bind(run, at: 1)
    guard try looseWaitingSelection.step() else {
      looseWaitingSelection.reset()
      return false
    }
    let gateway = try looseWaitingSelection.string(0)
    let content = try looseWaitingSelection.string(1)
    let loose = try looseWaitingSelection.int64(2)
    looseWaitingSelection.reset()
    try waitingSweep.bind(gateway, at: 1)
    try waitingSweep.bind(content, at: 2)
    try waitingSweep.bind(loose, at: 3)
    try waitingSweep.bind(limit, at: 4)
    try waitingSweep.run()
    if connection.changes < limit {
      try waitingFastening.bind(gateway, at: 1)
      try waitingFastening.bind(content, at: 2)
      try waitingFastening.bind(loose, at: 3)
      try waitingFastening.run()
    }
    return true
  }
}
