import SQLite

/// What bills and our books agree on is not in the log, and it is kept by keys, which are new once
/// the tables are made anew: it goes from the old ones to the new ones by the identifiers.
extension StoreWriter {
  /// Notes what is matched by its identifiers; all tables are still there.
  func setMatchesAside() throws(SQLiteError) {
    try connection.execute(
      """
      CREATE TABLE matches_aside AS SELECT theirs, run, ours & \(Self.belowKey) AS below,
        CASE (ours >> \(MatchNumber.kindShift)) & 7
          WHEN 0 THEN (SELECT id FROM payments WHERE key=ours>>\(MatchNumber.keyShift))
          WHEN 1 THEN (SELECT id FROM refunds WHERE key=ours>>\(MatchNumber.keyShift))
          WHEN 2 THEN (SELECT id FROM payments WHERE key=ours>>\(MatchNumber.keyShift))
          WHEN 3 THEN (SELECT id FROM orders WHERE key=ours>>\(MatchNumber.keyShift))
          WHEN 4 THEN (SELECT id FROM disputes WHERE key=ours>>\(MatchNumber.keyShift))
        END AS id
      FROM match_pieces;
      DELETE FROM match_pieces;
      """)
  }

  /// The tables are there again.
  func bringMatchesBack() throws(SQLiteError) {
    // Identifiers tell the kinds apart, so each is found in one table only.
    for table in ["payments", "refunds", "orders", "disputes"] {
      try connection.execute(
        """
        INSERT INTO match_pieces(ours, theirs, run)
          SELECT (t.key<<\(MatchNumber.keyShift))|a.below, a.theirs, a.run
          FROM matches_aside a JOIN \(table) t ON t.id=a.id ORDER BY 1;
        """)
    }
    try connection.execute("DROP TABLE matches_aside")
  }

  /// Kind and part.
  private static let belowKey: Int64 = 1 << MatchNumber.keyShift - 1
}
