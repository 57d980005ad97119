import SQLite

/// The tables of the sandbox's books.
enum SandboxSchema {
  /// "TSBX", so that no other file is taken for the books.
  private static let applicationID: Int32 = 0x5453_4258

  static let migrator = Migrator(
    applicationID: applicationID,
    migrations: [
      Migration(number: 1, name: "trades, refunds, notices, faults", sql: first),
      Migration(number: 2, name: "disputes", sql: disputes),
    ])

  private static let disputes = """
    CREATE TABLE disputes (
      id INTEGER PRIMARY KEY,
      trade INTEGER NOT NULL UNIQUE REFERENCES trades (id),
      amount INTEGER NOT NULL CHECK (amount > 0),
      status TEXT NOT NULL,
      opened_at INTEGER NOT NULL,
      due_at INTEGER NOT NULL
    ) STRICT;
    """

  /// The trigger is the last wall: no bug above it can give back more than was paid.
  private static let first = """
    CREATE TABLE trades (
      id INTEGER PRIMARY KEY,
      gateway TEXT NOT NULL,
      out_trade_no TEXT NOT NULL,
      method TEXT NOT NULL,
      subject TEXT NOT NULL,
      currency TEXT NOT NULL,
      amount INTEGER NOT NULL CHECK (amount > 0),
      status TEXT NOT NULL CHECK (
        status IN ('waiting', 'processing', 'paid', 'refunded', 'failed', 'closed')),
      paid_currency TEXT,
      paid INTEGER CHECK (paid > 0),
      paid_at INTEGER,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      closed_at INTEGER,
      late_success_at INTEGER,
      callback TEXT,
      UNIQUE (gateway, out_trade_no),
      CHECK ((status IN ('paid', 'refunded')) = (paid IS NOT NULL)),
      CHECK ((paid IS NULL) = (paid_currency IS NULL)),
      CHECK ((paid IS NULL) = (paid_at IS NULL))
    ) STRICT;
    CREATE INDEX trades_late ON trades (late_success_at) WHERE late_success_at IS NOT NULL;

    CREATE TABLE refunds (
      id INTEGER PRIMARY KEY,
      trade INTEGER NOT NULL REFERENCES trades (id),
      refund_no TEXT NOT NULL,
      amount INTEGER NOT NULL CHECK (amount > 0),
      reason TEXT,
      status TEXT NOT NULL CHECK (status IN ('succeeded', 'returned')),
      refunded_at INTEGER NOT NULL,
      returns_at INTEGER,
      returned_at INTEGER,
      UNIQUE (trade, refund_no)
    ) STRICT;
    CREATE INDEX refunds_returning ON refunds (returns_at) WHERE returns_at IS NOT NULL;
    CREATE TRIGGER refunds_within_paid BEFORE INSERT ON refunds BEGIN
      SELECT RAISE (ABORT, 'more would be refunded than was paid')
      WHERE NEW.amount + coalesce((
        SELECT sum(amount) FROM refunds WHERE trade = NEW.trade AND status = 'succeeded'), 0)
        > coalesce((SELECT paid FROM trades WHERE id = NEW.trade), 0);
    END;

    CREATE TABLE numbers (
      gateway TEXT NOT NULL,
      out_trade_no TEXT NOT NULL,
      calls INTEGER NOT NULL,
      creates INTEGER NOT NULL,
      PRIMARY KEY (gateway, out_trade_no)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE calls (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      gateway TEXT NOT NULL,
      operation TEXT NOT NULL,
      out_trade_no TEXT,
      refund_no TEXT,
      currency TEXT,
      amount INTEGER,
      code TEXT NOT NULL,
      faults TEXT NOT NULL
    ) STRICT;

    CREATE TABLE notices (
      id INTEGER PRIMARY KEY,
      trade INTEGER NOT NULL REFERENCES trades (id),
      body BLOB NOT NULL,
      is_missealed INTEGER NOT NULL CHECK (is_missealed IN (0, 1)),
      due_at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'lost'))
    ) STRICT;
    CREATE INDEX notices_due ON notices (due_at, id) WHERE state = 'pending';
    CREATE INDEX notices_pending ON notices (trade) WHERE state = 'pending';

    CREATE TABLE faults (
      gateway TEXT NOT NULL,
      fault TEXT NOT NULL,
      until_at INTEGER,
      calls_left INTEGER CHECK (calls_left > 0),
      PRIMARY KEY (gateway, fault)
    ) STRICT, WITHOUT ROWID;
    """
}
