extension Schema {
  /// Patterns of decisions that people have put in force. What they were learned from is in the
  /// log, which finds decisions by an index of their own.
  static let rules = """
    CREATE TABLE rules(
      id TEXT PRIMARY KEY,
      is_active INTEGER NOT NULL,
      record TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX rules_active ON rules(id) WHERE is_active=1;
    CREATE INDEX events_of_decisions ON events(seq)
      WHERE type IN ('discrepancy.adjudicated','discrepancy.reopened');
    """
}
