import Domain
import SQLite

/// Rows of `match_pieces` and `waiting_pieces`, and which of them do not count.
struct PieceTable {
  private let connection: Connection
  private let matchInsertion: Statement
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
    matchInsertion = try connection.prepare(
      """
      INSERT INTO match_pieces(statement, line, subject, content, part, run) VALUES (?,?,?,?,?,?)
      ON CONFLICT DO NOTHING
      """)
    matchSelection = try connection.prepare(
      """
      SELECT 1 FROM match_pieces
      WHERE statement=? AND line=? AND subject=? AND content=? AND part=? AND run=?
      """)
    lineSelection = try connection.prepare("SELECT 1 FROM matches WHERE statement=? AND line=?")
    obstacleRemoval = try connection.prepare(
      """
      DELETE FROM match_pieces
      WHERE ((statement=?1 AND line=?2) OR (subject=?3 AND content=?4 AND part=?5))
        AND EXISTS(SELECT 1 FROM loose_matches l WHERE l.statement=match_pieces.statement
          AND l.run IN (0, match_pieces.run) AND l.run<>?6)
      """)
    matchRemoval = try connection.prepare("DELETE FROM match_pieces WHERE statement=? AND line=?")
    loosening = try connection.prepare(
      "INSERT OR IGNORE INTO loose_matches(statement, run) VALUES (?,?)")
    fastening = try connection.prepare("DELETE FROM loose_matches WHERE run=?")
    looseSelection = try connection.prepare(
      """
      SELECT statement, run, swept_line FROM loose_matches WHERE run<>?
      ORDER BY statement, run LIMIT 1
      """)
    looseRemoval = try connection.prepare(
      "DELETE FROM loose_matches WHERE statement=? AND run=?")
    stretchSelection = try connection.prepare(
      """
      SELECT count(*), max(line) FROM (SELECT line FROM match_pieces
        WHERE statement=? AND line>=? ORDER BY line LIMIT ?)
      """)
    matchSweep = try connection.prepare(
      """
      DELETE FROM match_pieces
      WHERE statement=?1 AND line>=?2 AND line<=?3 AND (?4=0 OR run=?4)
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

  /// Writes a match once. What never came to count gives way to it; what does is a fault (I14).
  func insert(_ match: MatchRow, _ content: StatementContent, run: Int64) throws(SQLiteError) {
    try bind(match, content, run, to: matchInsertion)
    try matchInsertion.run()
    guard connection.changes == 0 else { return }
    try bind(match, content, run, to: matchSelection)
    let isThere = try matchSelection.step()
    matchSelection.reset()
    guard !isThere else { return }
    try bind(match, content, run, to: obstacleRemoval)
    try obstacleRemoval.run()
    try bind(match, content, run, to: matchInsertion)
    try matchInsertion.run()
    guard connection.changes == 1 else {
      throw .damagedRow("\(match.statement):\(match.line) or \(match.subject): matched twice")
    }
  }

  private func bind(
    _ match: MatchRow, _ content: StatementContent, _ run: Int64, to statement: Statement
  ) throws(SQLiteError) {
    var cursor = ParameterCursor(statement)
    try cursor.add(match.statement.text)
    try cursor.add(match.line)
    try cursor.add(match.subject.text)
    try cursor.add(content.rawValue)
    try cursor.add(match.part)
    try cursor.add(run)
  }

  func isMatched(line: Int64, of statement: StatementID) throws(SQLiteError) -> Bool {
    try lineSelection.bind(statement.text, at: 1)
    try lineSelection.bind(line, at: 2)
    defer { lineSelection.reset() }
    return try lineSelection.step()
  }

  func remove(_ match: MatchRow) throws(SQLiteError) {
    try matchRemoval.bind(match.statement.text, at: 1)
    try matchRemoval.bind(match.line, at: 2)
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
    try stretchSelection.bind(statement, at: 1)
    try stretchSelection.bind(line, at: 2)
    try stretchSelection.bind(limit, at: 3)
    _ = try stretchSelection.step()
    let (count, last) = (try stretchSelection.int64(0), try stretchSelection.optionalInt64(1))
    stretchSelection.reset()
    if let last {
      var cursor = ParameterCursor(matchSweep)
      try cursor.add(statement)
      try cursor.add(line)
      try cursor.add(last)
      try cursor.add(loose)
      try matchSweep.run()
    }
    let change = count < limit ? looseRemoval : sweptUpdate
    try change.bind(statement, at: 1)
    try change.bind(loose, at: 2)
    if let last, count == limit { try change.bind(last + 1, at: 3) }
    try change.run()
    return true
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
