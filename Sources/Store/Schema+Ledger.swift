extension Schema {
  /// What the books add up to, by hour, as far as somebody asked: `position` is how far. A note
  /// made from the log, which can be made again at any time.
  static let ledger = """
    CREATE TABLE ledger_hours(
      hour INTEGER PRIMARY KEY,
      entries INTEGER NOT NULL,
      first_seq INTEGER NOT NULL,
      last_seq INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE ledger_sums(
      hour INTEGER NOT NULL,
      account TEXT NOT NULL,
      currency TEXT NOT NULL,
      debit INTEGER NOT NULL,
      PRIMARY KEY(hour, account, currency)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ledger_position(id INTEGER PRIMARY KEY CHECK(id=1), seq INTEGER NOT NULL) STRICT;
    INSERT INTO ledger_position(id, seq) VALUES (1, 0);
    CREATE INDEX events_booked_outside ON events(seq)
      WHERE order_key IS NULL AND type IN ('recon.finished', 'statement.imported',
        'discrepancy.opened', 'discrepancy.adjudicated', 'discrepancy.reopened');
    """

  /// Sums that were kept when a decision about a dispute, or about a payout that came later, could
  /// book it a second time, one about a refund that is under way could book what had not moved, one
  /// about a row of the bank changed the account of the gateway, a payment that was given up and
  /// given back left the books twice, or one about a rate moved again what was credited. They are
  /// made anew from the log when somebody next asks.
  static let ledgerAnew = """
    DELETE FROM ledger_hours;
    DELETE FROM ledger_sums;
    UPDATE ledger_position SET seq=0;
    """

  /// A payout may come in several rows of a bank, and several in one. The view is made anew, as it
  /// reads the table.
  static let payoutParts = """
    DROP VIEW matches;
    CREATE TABLE ends(
      statement TEXT NOT NULL,
      line INTEGER NOT NULL,
      payout TEXT NOT NULL,
      PRIMARY KEY(statement, line, payout)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO ends SELECT statement, line, payout FROM arrivals;
    DROP TABLE arrivals;
    ALTER TABLE ends RENAME TO arrivals;
    CREATE INDEX arrivals_payout ON arrivals(payout);
    \(matches)
    """
}
