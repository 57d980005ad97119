import SQLite

/// The tables, as numbered steps. A released step never changes.
enum Schema {
  /// `Till` in ASCII: a file that belongs to somebody else is refused.
  static let applicationID: Int32 = 0x5469_6C6C

  static let migrator = Migrator(
    applicationID: applicationID,
    migrations: [
      Migration(number: 1, name: "first tables", sql: facts + states + scheduling + delivery),
      Migration(number: 2, name: "who, when and how often", sql: circumstances),
      Migration(number: sealing, name: "sealed buyers, amounts", sql: sealed + amounts),
      Migration(number: 4, name: "gateways' own numbers", sql: gatewayNumbers),
      Migration(number: attaching, name: "disputes", sql: disputes),
      Migration(number: 6, name: "statements and what they came to", sql: reconciliation),
      Migration(number: 7, name: "bills that are downloaded", sql: bills),
      Migration(number: 8, name: "runs that are signed", sql: signOffs),
      Migration(number: 9, name: "work for people", sql: cases),
      Migration(number: 10, name: "rules learned from decisions", sql: rules),
      Migration(number: 11, name: "what few rows are", sql: unsettled),
      Migration(number: 12, name: "bills of the balance beside runs", sql: settlements),
      Migration(number: 13, name: "notifications to be vouched for", sql: proofs),
      Migration(number: 14, name: "layouts that were declared", sql: layouts),
      Migration(number: 15, name: "what runs booked", sql: bookings),
      Migration(number: 16, name: "payments that were given back", sql: reversals),
      Migration(number: 17, name: "what the books add up to", sql: ledger),
      Migration(number: 18, name: "differences in two currencies", sql: twoCurrencies),
      Migration(number: 19, name: "runs that are written in pieces", sql: pieces),
      Migration(number: 20, name: "what agrees, as numbers", sql: numbers),
      Migration(number: 21, name: "disputes booked once", sql: ledgerAnew),
      Migration(number: 22, name: "disputes of unknown payments booked once", sql: ledgerAnew),
      Migration(number: 23, name: "what comparisons read", sql: books),
      Migration(number: 24, name: "refunds under way book nothing", sql: ledgerAnew),
      Migration(number: 25, name: "payouts booked once", sql: ledgerAnew),
      Migration(number: 26, name: "rows of the bank booked at the bank", sql: ledgerAnew),
      Migration(number: 27, name: "payouts in parts and together", sql: payoutParts),
      Migration(number: 28, name: "decisions about what was missing", sql: missed),
      Migration(number: 29, name: "payments given up and back booked once", sql: ledgerAnew),
      Migration(number: 30, name: "events told apart without a list", sql: eventConditions),
      Migration(number: 31, name: "what was credited is booked as it came", sql: ledgerAnew),
    ])

  /// The step that also needs the key: what is in the clear is sealed before its old place goes.
  static let sealing: Int32 = 3

  /// The step from which on disputes have attachments, which are sealed too.
  static let attaching: Int32 = 5

  /// What the sealing step ends with.
  static let afterSealing = """
    DROP TABLE private;
    ALTER TABLE calls DROP COLUMN private;
    """

  /// What was known all along and had no place: who holds a claim, when a refund was approved, what
  /// a proposal says was taken, from where a notification came, how often a gateway was asked and
  /// how it fared.
  private static let circumstances = """
    ALTER TABLE questions ADD COLUMN queries INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE payments ADD COLUMN resolve_currency TEXT;
    ALTER TABLE payments ADD COLUMN resolve_amount INTEGER;
    ALTER TABLE refunds ADD COLUMN approved_at INTEGER;
    ALTER TABLE deliveries ADD COLUMN claimed_by TEXT;
    ALTER TABLE receipts ADD COLUMN source_ip TEXT;
    ALTER TABLE gateways ADD COLUMN succeeded_at INTEGER;
    ALTER TABLE gateways ADD COLUMN failed_at INTEGER;
    ALTER TABLE gateways ADD COLUMN failure TEXT;
    """

  /// What happened. `line` is the event exactly as it goes over the wire; `hash` is SHA-256 of the
  /// previous hash and the line, so that a changed or missing row is found.
  private static let facts = """
    CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE events(
      seq INTEGER PRIMARY KEY,
      tx INTEGER NOT NULL,
      order_key INTEGER,
      type TEXT NOT NULL,
      line BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;
    CREATE INDEX events_of_order ON events(order_key, seq) WHERE order_key IS NOT NULL;
    CREATE TRIGGER events_keep BEFORE DELETE ON events
      BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
    CREATE TRIGGER events_stand BEFORE UPDATE ON events
      BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

    CREATE TABLE receipts(
      id TEXT PRIMARY KEY,
      gateway TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      http_method TEXT NOT NULL,
      query TEXT NOT NULL,
      headers TEXT NOT NULL,
      body BLOB NOT NULL,
      digest TEXT NOT NULL,
      verdict TEXT NOT NULL,
      reason TEXT,
      out_trade_no TEXT,
      strength INTEGER NOT NULL,
      payment TEXT,
      order_key INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX receipts_of_order ON receipts(order_key, id) WHERE order_key IS NOT NULL;
    CREATE INDEX receipts_parked ON receipts(gateway, out_trade_no) WHERE verdict = 'parked';

    CREATE TABLE calls(
      id TEXT PRIMARY KEY,
      order_key INTEGER,
      payment TEXT,
      refund TEXT,
      gateway TEXT NOT NULL,
      operation TEXT NOT NULL,
      state TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      status INTEGER,
      answer BLOB,
      digest TEXT,
      fault TEXT,
      private TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX calls_of_order ON calls(order_key, id) WHERE order_key IS NOT NULL;
    CREATE INDEX calls_running ON calls(id) WHERE state = 'running';

    """

  /// What follows from it; every row here can be rebuilt from the events.
  private static let states = """
    CREATE TABLE orders(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      number TEXT,
      owner TEXT NOT NULL,
      currency TEXT NOT NULL,
      amount INTEGER NOT NULL,
      subject TEXT NOT NULL,
      lines TEXT,
      source TEXT,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      pay_state TEXT NOT NULL,
      delivery_state TEXT NOT NULL,
      risk_state TEXT NOT NULL,
      dispute_state TEXT NOT NULL,
      captured INTEGER NOT NULL,
      refunded INTEGER NOT NULL,
      excess INTEGER NOT NULL,
      flags INTEGER NOT NULL,
      attention TEXT,
      last_failure TEXT,
      accept_proposed_by TEXT,
      cancel_requested_at INTEGER,
      expired_at INTEGER,
      first_processing_at INTEGER,
      paid_at INTEGER,
      refunded_at INTEGER,
      delivered_at INTEGER,
      updated_at INTEGER NOT NULL,
      version INTEGER NOT NULL,
      expiry_due INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX orders_number ON orders(number) WHERE number IS NOT NULL;
    CREATE INDEX orders_expiry ON orders(expiry_due) WHERE expiry_due IS NOT NULL;
    CREATE INDEX orders_paid ON orders(paid_at) WHERE paid_at IS NOT NULL;
    -- SQLite sees that a state is one of several only where they are joined by OR, not by IN.
    CREATE INDEX orders_undecided ON orders(pay_state, key)
      WHERE pay_state='awaiting' OR pay_state='processing' OR pay_state='review'
        OR pay_state='partially_refunded' OR pay_state='refunded' OR pay_state='charged_back'
        OR pay_state='cancelled';
    CREATE INDEX orders_undelivered ON orders(delivery_state, key)
      WHERE delivery_state='pending' OR delivery_state='held' OR delivery_state='reserved'
        OR delivery_state='delivering' OR delivery_state='failed' OR delivery_state='revoked';
    CREATE INDEX orders_attention ON orders(key) WHERE attention IS NOT NULL;

    CREATE TABLE payments(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      order_key INTEGER NOT NULL,
      gateway TEXT NOT NULL,
      kind TEXT NOT NULL,
      method TEXT NOT NULL,
      currency TEXT NOT NULL,
      amount INTEGER NOT NULL,
      out_trade_no TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      captured_currency TEXT,
      captured INTEGER,
      fee_currency TEXT,
      fee INTEGER,
      gateway_txn_id TEXT,
      action TEXT,
      reason TEXT,
      closing_cause TEXT,
      is_mismatched INTEGER NOT NULL,
      is_accepted INTEGER NOT NULL,
      is_late INTEGER NOT NULL,
      evidence TEXT,
      resolve_proposed_by TEXT,
      resolve_proof TEXT,
      submitted_at INTEGER,
      paid_at INTEGER,
      closed_at INTEGER,
      version INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX payments_of_order ON payments(order_key);
    CREATE UNIQUE INDEX payments_charge ON payments(gateway_txn_id, gateway)
      WHERE gateway_txn_id IS NOT NULL;

    CREATE TABLE refunds(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      order_key INTEGER NOT NULL,
      payment TEXT NOT NULL,
      number TEXT NOT NULL UNIQUE,
      currency TEXT NOT NULL,
      amount INTEGER NOT NULL,
      note TEXT,
      requested_by TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      approved_by TEXT,
      gateway_refund_id TEXT,
      reason TEXT,
      evidence TEXT,
      submitted_at INTEGER,
      finished_at INTEGER,
      version INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX refunds_of_order ON refunds(order_key);

    CREATE TABLE deliveries(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      order_key INTEGER NOT NULL,
      line INTEGER NOT NULL,
      state TEXT NOT NULL,
      claim TEXT,
      lease_until INTEGER,
      reference TEXT,
      reason TEXT,
      delivered_at INTEGER,
      version INTEGER NOT NULL,
      UNIQUE(order_key, line)
    ) STRICT;
    CREATE INDEX deliveries_claim ON deliveries(claim) WHERE claim IS NOT NULL;
    CREATE INDEX deliveries_lease ON deliveries(lease_until) WHERE state = 'reserved';

    """

  /// What to ask next, and what only callers need. Personal data stands apart: no fact is erased.
  private static let scheduling = """
    CREATE TABLE questions(
      subject TEXT PRIMARY KEY,
      order_key INTEGER NOT NULL,
      gateway TEXT NOT NULL,
      rank INTEGER NOT NULL,
      next_at INTEGER,
      step TEXT NOT NULL,
      since INTEGER NOT NULL,
      asked INTEGER NOT NULL,
      asked_at INTEGER,
      failed INTEGER NOT NULL,
      unchanged INTEGER NOT NULL,
      unchanged_digest TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX questions_due ON questions(gateway, rank, next_at, subject)
      WHERE next_at IS NOT NULL;
    CREATE INDEX questions_next ON questions(next_at) WHERE next_at IS NOT NULL;

    CREATE TABLE private(
      order_key INTEGER PRIMARY KEY,
      buyer TEXT,
      metadata TEXT,
      email TEXT,
      user_id TEXT,
      ip TEXT
    ) STRICT;
    CREATE INDEX private_email ON private(email) WHERE email IS NOT NULL;
    CREATE INDEX private_user ON private(user_id) WHERE user_id IS NOT NULL;
    CREATE INDEX private_ip ON private(ip) WHERE ip IS NOT NULL;

    CREATE TABLE keys(
      principal TEXT NOT NULL,
      key TEXT NOT NULL,
      fingerprint BLOB NOT NULL,
      method TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      state TEXT NOT NULL,
      reply TEXT,
      PRIMARY KEY(principal, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX keys_running ON keys(created_at) WHERE state = 'running';

    CREATE TABLE gateways(
      name TEXT PRIMARY KEY,
      is_paused INTEGER NOT NULL,
      degraded TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE counts(
      gateway TEXT NOT NULL,
      hour INTEGER NOT NULL,
      name TEXT NOT NULL,
      value INTEGER NOT NULL,
      PRIMARY KEY(gateway, hour, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE terms(
      term TEXT NOT NULL,
      order_key INTEGER NOT NULL,
      PRIMARY KEY(term, order_key)
    ) STRICT, WITHOUT ROWID;

    """

  /// Personal data as sealed values, and the digests by which they are found.
  private static let sealed = """
    CREATE TABLE personal(order_key INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
    CREATE TABLE personal_terms(
      term INTEGER NOT NULL,
      order_key INTEGER NOT NULL,
      PRIMARY KEY(term, order_key)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE calls ADD COLUMN sealed BLOB;

    """

  /// Orders by their amount. Like the terms it follows the orders outside their commits, because
  /// amounts come in no order and would tear every commit's pages apart.
  private static let amounts = """
    CREATE TABLE order_amounts(
      amount INTEGER NOT NULL,
      order_key INTEGER NOT NULL,
      PRIMARY KEY(amount, order_key)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO order_amounts(amount, order_key)
      SELECT amount, key FROM orders
      WHERE key<=coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name='indexed'), 0)
      ORDER BY amount, key;
    -- Joined by OR for the same reason as the states of orders; reserved ones have an index.
    CREATE INDEX deliveries_open ON deliveries(state, key)
      WHERE state='pending' OR state='held' OR state='failed' OR state='revoked';
    """

  /// What gateways call a payment before it is charged.
  private static let gatewayNumbers = """
    ALTER TABLE payments ADD COLUMN gateway_payment_id TEXT;
    CREATE INDEX payments_at_gateway ON payments(gateway_payment_id, gateway)
      WHERE gateway_payment_id IS NOT NULL;
    """
}
