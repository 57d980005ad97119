extension Schema {
  /// Statements as they came, the runs over them, and what was found.
  ///
  /// The rows of a statement stand in its bytes only: they are read again when they are needed.
  /// Times are milliseconds, amounts minor units.
  static let reconciliation = """
    CREATE TABLE uploads(
      id TEXT PRIMARY KEY,
      name TEXT,
      byte_count INTEGER NOT NULL,
      digest TEXT NOT NULL,
      received INTEGER NOT NULL,
      owner TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE statement_pieces(
      statement TEXT NOT NULL,
      place INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE(statement, place)
    ) STRICT;

    CREATE TABLE statements(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      gateway TEXT NOT NULL,
      content TEXT NOT NULL,
      format TEXT NOT NULL,
      charset TEXT NOT NULL,
      name TEXT,
      digest TEXT NOT NULL,
      byte_count INTEGER NOT NULL,
      period_from INTEGER NOT NULL,
      period_to INTEGER NOT NULL,
      row_count INTEGER NOT NULL,
      skipped_rows INTEGER NOT NULL,
      totals TEXT,
      figures TEXT,
      imported_at INTEGER NOT NULL,
      imported_by TEXT NOT NULL,
      superseded_by TEXT
    ) STRICT;
    CREATE INDEX statements_of_period ON statements(gateway, content, period_from);
    CREATE INDEX statements_bytes ON statements(digest);
    CREATE INDEX statements_older ON statements(superseded_by) WHERE superseded_by IS NOT NULL;

    CREATE TABLE runs(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      statement TEXT NOT NULL,
      gateway TEXT NOT NULL,
      content TEXT NOT NULL,
      period_from INTEGER NOT NULL,
      period_to INTEGER NOT NULL,
      made_at INTEGER NOT NULL,
      made_by TEXT NOT NULL,
      statement_rows INTEGER NOT NULL,
      local_rows INTEGER NOT NULL,
      statement_buckets TEXT,
      local_buckets TEXT,
      filled_back INTEGER NOT NULL,
      opened INTEGER NOT NULL,
      known INTEGER NOT NULL,
      digest TEXT NOT NULL
    ) STRICT;
    CREATE INDEX runs_of_statement ON runs(statement);
    CREATE INDEX runs_of_gateway ON runs(gateway, content, period_to);

    -- A row of a statement is matched at most once, and so is a payment or refund with statements
    -- of one content; `part` counts the rows that together make up one of ours.
    CREATE TABLE matches(
      statement TEXT NOT NULL,
      line INTEGER NOT NULL,
      subject TEXT NOT NULL,
      content TEXT NOT NULL,
      part INTEGER NOT NULL,
      PRIMARY KEY(statement, line)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX matches_subject ON matches(subject, content, part);

    -- Rows of either side that wait for the next statement of their gateway.
    CREATE TABLE waiting_rows(
      gateway TEXT NOT NULL,
      content TEXT NOT NULL,
      subject TEXT NOT NULL,
      statement TEXT NOT NULL,
      line INTEGER,
      PRIMARY KEY(gateway, content, subject)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE discrepancies(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      run TEXT NOT NULL,
      statement TEXT NOT NULL,
      gateway TEXT NOT NULL,
      kind TEXT NOT NULL,
      level TEXT NOT NULL,
      currency TEXT NOT NULL,
      expected INTEGER NOT NULL,
      actual INTEGER NOT NULL,
      theirs TEXT,
      bank TEXT,
      ours TEXT,
      order_id TEXT,
      suggestions TEXT,
      mark TEXT NOT NULL,
      opened_at INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      resolution TEXT,
      resolved_at INTEGER,
      resolved_by TEXT,
      adjudication TEXT,
      waiting_until INTEGER,
      escalated_at INTEGER,
      version INTEGER NOT NULL,
      UNIQUE(gateway, mark)
    ) STRICT;
    CREATE INDEX discrepancies_of_run ON discrepancies(run);
    CREATE INDEX discrepancies_of_statement ON discrepancies(statement);
    CREATE INDEX discrepancies_of_order ON discrepancies(order_id) WHERE order_id IS NOT NULL;
    CREATE INDEX discrepancies_open ON discrepancies(gateway) WHERE state<>'resolved';
    CREATE INDEX discrepancies_due ON discrepancies(due_at)
      WHERE state IN ('open','proposed') AND escalated_at IS NULL;
    CREATE INDEX discrepancies_waiting ON discrepancies(waiting_until) WHERE state='waiting';

    CREATE INDEX payments_paid ON payments(gateway, paid_at) WHERE paid_at IS NOT NULL;
    CREATE INDEX refunds_finished ON refunds(finished_at) WHERE finished_at IS NOT NULL;
    CREATE INDEX refunds_at_gateway ON refunds(gateway_refund_id)
      WHERE gateway_refund_id IS NOT NULL;
    CREATE INDEX refunds_unfinished ON refunds(created_at) WHERE finished_at IS NULL;
    """
}
