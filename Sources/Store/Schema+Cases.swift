extension Schema {
  /// Work for people. A case stands in its row as a whole; the other columns find it. Notes and
  /// evidence lie among the attachments, sealed, and go with the orders that their case is about.
  static let cases = """
    CREATE TABLE cases(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      severity TEXT NOT NULL,
      state TEXT NOT NULL,
      owner TEXT,
      cause TEXT,
      opened_at INTEGER NOT NULL,
      resolved_at INTEGER,
      remind_at INTEGER,
      is_escalated INTEGER NOT NULL,
      record TEXT NOT NULL
    ) STRICT;
    CREATE INDEX cases_due ON cases(remind_at) WHERE remind_at IS NOT NULL;
    CREATE INDEX cases_live ON cases(id) WHERE state NOT IN ('resolved','closed');

    CREATE INDEX cases_resolved ON cases(resolved_at) WHERE resolved_at IS NOT NULL;
    CREATE INDEX discrepancies_opened ON discrepancies(opened_at);

    CREATE TABLE case_links(
      subject TEXT NOT NULL,
      case_id TEXT NOT NULL,
      PRIMARY KEY(subject, case_id)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE attachments ADD COLUMN case_id TEXT;
    CREATE INDEX attachments_of_case ON attachments(case_id) WHERE case_id IS NOT NULL;
    """
}
