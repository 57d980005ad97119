package import Domain
import SQLite

/// What a run matched and left waiting, written in pieces.
extension StoreWriter {
  /// Begins to write the rows of a run: until `settle` none of them counts, and after a crash they
  /// are swept away.
  ///
  /// - Returns: the number that they are written under.
  package func begin(_ rows: RunRows) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in
      let run = (try notes.meta("pieces").flatMap { Int64($0) } ?? 0) + 1
      try notes.setMeta("pieces", String(run))
      for statement in rows.statements { try pieces.loosen(statement, run: run) }
      for waiting in rows.waiting {
        try pieces.loosenWaiting(rows.gateway, waiting.content, run: run)
      }
      return run
    }
  }

  /// Writes so many of the rows of a run, from a place on.
  ///
  /// - Returns: the place after them; `rows.count` when all are written.
  package func write(
    _ rows: RunRows, from place: Int, limit: Int, run: Int64
  ) throws(StoreError) -> Int {
    let end = min(rows.count, place + limit)
    try database { () throws(SQLiteError) in
      var first = rows.added.count
      try insert(rows.added[min(place, first)..<min(end, first)], run: run)
      for waiting in rows.waiting {
        // A piece may lie wholly before these rows, or wholly behind them.
        let count = waiting.rows.count
        let stretch = min(max(0, place - first), count)..<min(max(0, end - first), count)
        for row in waiting.rows[stretch] {
          try pieces.insert(row, rows.gateway, waiting.content, run: run)
        }
        first += waiting.rows.count
      }
    }
    return end
  }

  private func insert(_ matches: ArraySlice<MatchRow>, run: Int64) throws(SQLiteError) {
    var place = matches.startIndex
    while place < matches.endIndex {
      let statement = matches[place].statement
      let rest = matches[place...]
      let end = rest.firstIndex { $0.statement != statement } ?? matches.endIndex
      let key = try pieces.key(of: statement)
      while end - place >= PieceTable.groupRows {
        try pieces.insert(group: matches[place..<place + PieceTable.groupRows], key, run: run)
        place += PieceTable.groupRows
      }
      for match in matches[place..<end] { try pieces.insert(match, key, run: run) }
      place = end
    }
  }

  /// The run is in: from now on its rows count, and those that it replaces do not. A row or a
  /// subject that is matched elsewhere is a fault of the database (I14).
  package func settle(_ rows: RunRows, run: Int64) throws(StoreError) {
    try database { () throws(SQLiteError) in
      let key = try pieces.key(of: rows.statement)
      for match in rows.removed { try pieces.remove(line: match.line, of: key) }
      try insert(rows.moved[...], run: run)
      try pieces.fasten(run: run)
      for waiting in rows.waiting {
        try pieces.fastenWaiting(rows.gateway, waiting.content, run: run)
      }
    }
  }

  /// Whether a row of a bill is matched with something of ours.
  package func isMatched(line: Int64, of statement: StatementID) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in try pieces.isMatched(line: line, of: statement) }
  }

  /// Removes rows of runs that never ended, of statements issued again, and what waited before.
  ///
  /// - Parameter run: one that is being written.
  /// - Returns: whether there may be more of them.
  package func sweepPieces(limit: Int, besides run: Int64?) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in try pieces.sweep(limit: limit, besides: run) }
  }

  /// What changed in the books of a gateway behind a place of the log, up to another one.
  package func changes(
    of gateway: String, after sequence: Int64, upTo last: Int64
  ) throws(StoreError) -> BookChanges {
    try database { () throws(SQLiteError) in
      try bookChanges.read(gateway: gateway, after: sequence, upTo: last)
    }
  }

  /// Reads the books of a gateway as they are now.
  package func books(for statement: StatementRecord) throws(StoreError) -> BookQueries {
    try database { () throws(SQLiteError) in
      let books: BookQueries
      if let keptBooks { books = keptBooks } else { books = try BookQueries(connection) }
      keptBooks = books
      try books.turn(to: statement)
      return books
    }
  }
}
