import Domain
import Engine
import SQLite
import Testing

@testable import Store

/// A large store as an older program left it, opened by the present one.
@Suite("a store of before, opened by the present program")
struct OldStoreTests {
  private static let lastStep: Int32 = 15
  private static let paid = 300
  /// Copies of payments, so that the tables are large; nothing happened to them.
  private static let copies = 3000

  /// Takes back what the steps after the fifteenth made of the tables.
  private static let backwards = """
    CREATE TABLE old_matches AS SELECT * FROM matches;
    CREATE TABLE old_waiting AS SELECT * FROM waiting_rows;
    DROP VIEW matches;
    DROP VIEW waiting_rows;
    DROP TABLE match_pieces;
    DROP TABLE arrivals;
    DROP TABLE loose_matches;
    DROP TABLE waiting_pieces;
    DROP TABLE waiting_runs;
    DROP TABLE loose_waiting;
    CREATE TABLE matches(
      statement TEXT NOT NULL,
      line INTEGER NOT NULL,
      subject TEXT NOT NULL,
      content TEXT NOT NULL,
      part INTEGER NOT NULL,
      PRIMARY KEY(statement, line)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX matches_subject ON matches(subject, content, part);
    CREATE TABLE waiting_rows(
      gateway TEXT NOT NULL,
      content TEXT NOT NULL,
      subject TEXT NOT NULL,
      statement TEXT NOT NULL,
      line INTEGER,
      PRIMARY KEY(gateway, content, subject)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO matches SELECT statement, line, subject, content, part FROM old_matches;
    INSERT INTO waiting_rows SELECT gateway, content, subject, statement, line FROM old_waiting;
    DROP TABLE old_matches;
    DROP TABLE old_waiting;

    DROP INDEX discrepancies_by_rules;
    DROP INDEX discrepancies_missed;
    ALTER TABLE discrepancies DROP COLUMN expected_currency;
    DROP INDEX events_of_decisions;
    CREATE INDEX events_of_decisions ON events(seq)
      WHERE type IN ('discrepancy.adjudicated','discrepancy.reopened');

    DROP INDEX events_booked_outside;
    DROP TABLE ledger_hours;
    DROP TABLE ledger_sums;
    DROP TABLE ledger_position;

    DROP INDEX orders_unusual;
    DROP INDEX payments_paid;
    CREATE INDEX payments_paid ON payments(gateway, paid_at) WHERE paid_at IS NOT NULL;

    DROP INDEX payments_reversed;
    ALTER TABLE payments DROP COLUMN reversed_at;
    """

  /// All that the tables and indexes of a file are made of, in one order.
  private func shape(of path: String) throws -> [String] {
    let connection = try Connection(path: path, role: .reader)
    return try texts(
      """
      SELECT m.type || ' ' || m.name || ': ' || coalesce((
        SELECT group_concat(c.name || ' ' || c.type)
        FROM (SELECT * FROM pragma_table_info(m.name) ORDER BY name) c), '')
      FROM sqlite_master m WHERE m.name NOT LIKE 'sqlite_%' ORDER BY 1
      """, connection)
  }

  private func texts(_ sql: String, _ connection: Connection) throws -> [String] {
    let selection = try connection.prepare(sql)
    var all: [String] = []
    defer { selection.reset() }
    while try selection.step() { all.append(try selection.string(0)) }
    return all
  }

  /// What callers are told of a store, as far as bills go.
  private struct Answers: Equatable {
    var rows: [String?]
    var waiting: [WaitingRow]
    var differences: [DiscrepancyRecord]
    var runs: [RunRecord]
    var reversedAt: [String]
    var matches: [String]
  }

  private func answers(
    _ path: String, _ payments: [PaymentID], _ seal: PersonalSeal
  ) throws -> Answers {
    let reader = try StoreReader(path: path, seal: seal)
    let connection = try Connection(path: path, role: .reader)
    return Answers(
      rows: try payments.map { try reader.matchedRow(of: .payment($0)) },
      waiting: try reader.waitingRows(of: "bank", .trade),
      differences: try reader.discrepancies(DiscrepancyFilter(), before: nil, limit: 500),
      runs: try reader.runs(gateway: "bank", statement: nil, before: nil, limit: 100),
      reversedAt: try texts(
        "SELECT id || ' ' || coalesce(reversed_at, 0) FROM payments ORDER BY key", connection),
      matches: try texts(
        """
        SELECT statement || ' ' || line || ' ' || subject || ' ' || content || ' ' || part
        FROM matches ORDER BY statement, line
        """, connection))
  }

  @Test("a large store of step 15 answers as before, its log is whole, and its bill still agrees")
  func fromStepFifteen() throws {
    let world = try World()
    try world.advance(
      to: Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000 + 86_400_000))
    var payments: [Payment] = []
    for _ in 0..<Self.paid { payments.append(try world.paidOrder().1) }
    let back = payments.removeLast()
    world.bank.set(back.outTradeNumber, .refunded)
    _ = try world.ask("payment.query", .paymentQuery(back.id))
    _ = try world.refund(payments[0].id, 800)
    try world.advance(by: 60_000)
    let rows = payments.dropLast(2).map { payment in
      BillRow(
        transaction: payment.gatewayTransaction ?? "", number: payment.outTradeNumber,
        minor: payment.amount.minor, at: payment.paidAt ?? payment.createdAt)
    }
    let stranger = BillRow(transaction: "X1", number: "N1", minor: 77, at: world.now)
    let statement = try world.imported(rows + [stranger])
    let run = try world.reconcile(statement.id).run
    #expect(run.opened >= 1)
    try world.poison(
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<\(Self.copies))
      INSERT INTO payments(key, id, order_key, gateway, kind, method, currency, amount,
        out_trade_no, created_at, expires_at, state, is_mismatched, is_accepted, is_late, version)
      SELECT 1000000000+n.i, 'pay_7' || printf('%025d', n.i), p.order_key, p.gateway, p.kind,
        p.method, p.currency, p.amount, 'C' || n.i, p.created_at, p.expires_at, 'failed', 0, 0, 0, 1
      FROM n, payments p WHERE p.id='\(back.id)';
      """)
    let all = payments.map(\.id)
    let before = try answers(world.path, all, World.seal)
    #expect(before.rows.compactMap(\.self).count == Self.paid - 3)

    try world.poison(Self.backwards + "PRAGMA user_version=\(Self.lastStep);")
    let model = TemporaryFolder()
    let old = try Connection(path: model.file("old.db"), role: .writer)
    let steps = Array(Schema.migrator.migrations.prefix(Int(Self.lastStep)))
    _ = try Migrator(applicationID: Schema.applicationID, migrations: steps).migrate(old) {
      step, connection throws(SQLiteError) in
      if step.number == Schema.sealing { try connection.execute(Schema.afterSealing) }
    }
    #expect(try shape(of: world.path) == shape(of: model.file("old.db")))

    try world.crash()
    #expect(try answers(world.path, all, World.seal) == before)
    let reader = try world.reader()
    let audit = try reader.verifyChain(from: 1, to: nil)
    #expect(audit.brokenAt == nil && audit.count > Int64(Self.paid * 3))
    #expect(try reader.verifyReceipts().firstBad == nil)
    let draft = try Comparison.draft(of: statement.id, with: nil, from: reader, at: world.now)
    #expect(draft.rows.added.isEmpty && draft.rows.removed.isEmpty && draft.rows.moved.isEmpty)
    let again = try world.reconcile(statement.id).run
    #expect(again.opened == 0 && again.known == run.opened && again.digest == run.digest)
    #expect(again.proofs == run.proofs && again.localBuckets == run.localBuckets)
  }

  @Test("sums of the books that were kept while disputes could be booked twice are made anew")
  func sumsOfBefore() throws {
    let folder = TemporaryFolder()
    let store = try Connection(path: folder.file("old.db"), role: .writer)
    let steps = Array(Schema.migrator.migrations.prefix(20))
    _ = try Migrator(applicationID: Schema.applicationID, migrations: steps).migrate(store) {
      step, connection throws(SQLiteError) in
      if step.number == Schema.sealing { try connection.execute(Schema.afterSealing) }
    }
    try store.execute(
      """
      INSERT INTO ledger_hours VALUES (495000, 2, 1, 7);
      INSERT INTO ledger_sums VALUES (495000, 'chargeback_loss', 'CNY', 11600);
      UPDATE ledger_position SET seq=7;
      """)
    let table = LedgerTable(store)
    #expect(try table.position() == 7)
    #expect(try table.hours().count == 1)
    _ = try Schema.migrator.migrate(store)
    #expect(try table.position() == 0)
    #expect(try table.hours().isEmpty)
  }
}
