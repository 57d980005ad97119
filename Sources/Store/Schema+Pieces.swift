extension Schema {
  /// Rows of runs that are written piece by piece: none counts before its run is in.
  ///
  /// `run` is the number under which a run wrote them, 0 for rows of before. A row of
  /// `loose_matches` says that what a run matched in a statement does not count: the run has not
  /// ended, or never did. With the run 0 nothing in the statement counts: it was issued again.
  /// Loose rows are removed piece by piece too; `swept_line` is the first line not looked at yet,
  /// and -1 where only payouts are left that wait anew.
  /// What waits at a gateway is what the run in `waiting_runs` left.
  static let pieces = """
    ALTER TABLE matches RENAME TO match_pieces;
    ALTER TABLE match_pieces ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE loose_matches(
      statement TEXT NOT NULL,
      run INTEGER NOT NULL,
      swept_line INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY(statement, run)
    ) STRICT, WITHOUT ROWID;
    CREATE VIEW matches AS SELECT m.statement, m.line, m.subject, m.content, m.part
      FROM match_pieces m WHERE NOT EXISTS(SELECT 1 FROM loose_matches l
        WHERE l.statement=m.statement AND l.run IN (0, m.run));

    CREATE TABLE waiting_pieces(
      gateway TEXT NOT NULL,
      content TEXT NOT NULL,
      run INTEGER NOT NULL,
      subject TEXT NOT NULL,
      statement TEXT NOT NULL,
      line INTEGER,
      PRIMARY KEY(gateway, content, run, subject)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE waiting_runs(
      gateway TEXT NOT NULL,
      content TEXT NOT NULL,
      run INTEGER NOT NULL,
      PRIMARY KEY(gateway, content)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE loose_waiting(
      gateway TEXT NOT NULL,
      content TEXT NOT NULL,
      run INTEGER NOT NULL,
      PRIMARY KEY(gateway, content, run)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO waiting_pieces SELECT gateway, content, 0, subject, statement, line
      FROM waiting_rows;
    INSERT INTO waiting_runs SELECT DISTINCT gateway, content, 0 FROM waiting_rows;
    DROP TABLE waiting_rows;
    CREATE VIEW waiting_rows AS SELECT w.gateway, w.content, w.subject, w.statement, w.line
      FROM waiting_runs r JOIN waiting_pieces w
        ON w.gateway=r.gateway AND w.content=r.content AND w.run=r.run;
    """
}
