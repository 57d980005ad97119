extension Schema {
  /// What bills and our books agree on, as numbers: most rows of a bill end here, and texts of
  /// thirty letters were most of what a run wrote and read.
  ///
  /// `ours` is the key of a payment (or of what `LocalSubject` names else), then its kind, then the
  /// part; `theirs` is the key of a statement, then the line. `MatchNumber` says where each begins.
  /// Payouts that were found at the bank are rows of `arrivals`, by the text of their row.
  static let numbers = """
    DROP VIEW matches;
    ALTER TABLE match_pieces RENAME TO match_texts;
    CREATE TABLE match_pieces(
      ours INTEGER PRIMARY KEY,
      theirs INTEGER NOT NULL UNIQUE,
      run INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE arrivals(
      statement TEXT NOT NULL,
      line INTEGER NOT NULL,
      payout TEXT NOT NULL UNIQUE,
      PRIMARY KEY(statement, line)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO match_pieces SELECT (p.key<<23)|t.part, (s.key<<32)|t.line, t.run
      FROM match_texts t JOIN statements s ON s.id=t.statement JOIN payments p ON p.id=t.subject
      WHERE t.content<>'bank' ORDER BY 1;
    INSERT INTO match_pieces SELECT (r.key<<23)|(1<<20)|t.part, (s.key<<32)|t.line, t.run
      FROM match_texts t JOIN statements s ON s.id=t.statement JOIN refunds r ON r.id=t.subject
      WHERE t.content<>'bank' ORDER BY 1;
    INSERT INTO match_pieces SELECT (p.key<<23)|(2<<20)|t.part, (s.key<<32)|t.line, t.run
      FROM match_texts t JOIN statements s ON s.id=t.statement
        JOIN payments p ON p.id=substr(t.subject, 1, 30)
      WHERE t.content<>'bank' AND substr(t.subject, 31)=':reversal' ORDER BY 1;
    INSERT INTO match_pieces SELECT (o.key<<23)|(3<<20)|t.part, (s.key<<32)|t.line, t.run
      FROM match_texts t JOIN statements s ON s.id=t.statement JOIN orders o ON o.id=t.subject
      WHERE t.content<>'bank' ORDER BY 1;
    INSERT INTO match_pieces SELECT (d.key<<23)|(4<<20)|t.part, (s.key<<32)|t.line, t.run
      FROM match_texts t JOIN statements s ON s.id=t.statement JOIN disputes d ON d.id=t.subject
      WHERE t.content<>'bank' ORDER BY 1;
    INSERT INTO arrivals SELECT statement, line, subject FROM match_texts WHERE content='bank';
    DROP TABLE match_texts;

    \(matches)
    """

  /// What agrees, in words.
  static let matches = """
    CREATE VIEW matches AS
      SELECT s.id AS statement, m.theirs & 4294967295 AS line,
        CASE (m.ours >> 20) & 7
          WHEN 0 THEN (SELECT id FROM payments WHERE key=m.ours>>23)
          WHEN 1 THEN (SELECT id FROM refunds WHERE key=m.ours>>23)
          WHEN 2 THEN (SELECT id || ':reversal' FROM payments WHERE key=m.ours>>23)
          WHEN 3 THEN (SELECT id FROM orders WHERE key=m.ours>>23)
          WHEN 4 THEN (SELECT id FROM disputes WHERE key=m.ours>>23)
        END AS subject,
        s.content AS content, m.ours & 1048575 AS part
      FROM statements s
        JOIN match_pieces m ON m.theirs>=s.key<<32 AND m.theirs<(s.key+1)<<32
      WHERE NOT EXISTS(SELECT 1 FROM loose_matches l
        WHERE l.statement=s.id AND l.run IN (0, m.run))
      UNION ALL
      SELECT a.statement, a.line, a.payout, 'bank', 0 FROM arrivals a
      WHERE NOT EXISTS(SELECT 1 FROM loose_matches l
        WHERE l.statement=a.statement AND l.run=0);
    """
}
