extension Schema {
  /// Disputes of payments, and what people attached to them. The content of an attachment is sealed
  /// and stands alone, so that erasing it touches no fact.
  static let disputes = """
    ALTER TABLE orders ADD COLUMN charged_back INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE disputes(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      order_key INTEGER NOT NULL,
      payment TEXT NOT NULL,
      gateway TEXT NOT NULL,
      gateway_dispute_id TEXT NOT NULL,
      opened_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      is_open INTEGER NOT NULL,
      gateway_status TEXT NOT NULL,
      currency TEXT NOT NULL,
      amount INTEGER NOT NULL,
      funds TEXT NOT NULL,
      reason TEXT,
      due_at INTEGER,
      alerted_hours INTEGER,
      alert_at INTEGER,
      evidence TEXT,
      attachments TEXT,
      closed_at INTEGER,
      version INTEGER NOT NULL,
      UNIQUE(gateway_dispute_id, gateway)
    ) STRICT;
    CREATE INDEX disputes_of_order ON disputes(order_key);
    CREATE INDEX disputes_alert ON disputes(alert_at) WHERE alert_at IS NOT NULL;
    CREATE INDEX disputes_open ON disputes(gateway, due_at) WHERE is_open=1;

    CREATE TABLE attachments(
      id TEXT PRIMARY KEY,
      order_key INTEGER NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attachments_of_order ON attachments(order_key);
    """
}
