extension Schema {
  /// How the outside hears of it.
  static let delivery = """
    CREATE TABLE consumers(
      principal TEXT NOT NULL,
      name TEXT NOT NULL,
      seq INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      PRIMARY KEY(principal, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE outbox(
      id TEXT PRIMARY KEY,
      hook TEXT NOT NULL,
      seq INTEGER NOT NULL,
      state TEXT NOT NULL,
      tries INTEGER NOT NULL,
      next_at INTEGER,
      created_at INTEGER NOT NULL,
      ended_at INTEGER,
      last_error TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outbox_due ON outbox(next_at, id) WHERE next_at IS NOT NULL;
    """
}
