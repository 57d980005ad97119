extension Schema {
  /// Bills that are downloaded: one row for each gateway, kind and day. Days are counted from
  /// 1970-01-01 in the gateway's zone, times are milliseconds.
  static let bills = """
    CREATE TABLE bills(
      gateway TEXT NOT NULL,
      kind TEXT NOT NULL,
      day INTEGER NOT NULL,
      state TEXT NOT NULL,
      tries INTEGER NOT NULL,
      first_try_at INTEGER,
      last_try_at INTEGER,
      next_at INTEGER,
      reason TEXT,
      statement TEXT,
      is_alarmed INTEGER NOT NULL,
      PRIMARY KEY(gateway, kind, day)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bills_due ON bills(next_at) WHERE next_at IS NOT NULL;
    """
}
