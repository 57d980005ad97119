import JSON

/// A row of a list, and what of ours it is taken for.
typealias MatchedRow = (statement: String, line: Int, subject: String)

/// Statements, runs and differences as they stand on the disk.
extension AuditBooks {
  struct Run {
    let statement: String
    /// The bank's file that it was held against; empty for none.
    let bank: String
    let bankRows: (rows: Int64, sum: Int64)
    let statementRows: Int64
    let localRows: Int64
    let theirs: (rows: Int64, sum: Int64)
    let ours: (rows: Int64, sum: Int64)
    let opened: Int64
    /// What the run says of each currency (I15).
    let proofs: [Proof]
  }

  struct Proof {
    let currency: String
    let bill: Int64
    let billWaiting: Int64
    let books: Int64
    let booksWaiting: Int64
    let differences: Int64

    init?(_ value: JSONValue) {
      guard let object = value.objectValue, let code = object["currency"]?.stringValue else {
        return nil
      }
      func minor(_ key: String) -> Int64 { object[key]?.integerValue ?? 0 }
      currency = code
      bill = minor("bill")
      billWaiting = minor("bill_waiting")
      books = minor("books")
      booksWaiting = minor("books_waiting")
      differences = minor("differences")
    }
  }

  func run(_ id: String) throws -> Run? {
    let found = try texts(
      """
      SELECT statement, statement_rows, local_rows, coalesce(statement_buckets, ''),
        coalesce(local_buckets, ''), opened, coalesce(proofs, '[]'), coalesce(bank, ''),
        coalesce(bank_buckets, '') FROM runs WHERE id=?1
      """, [id])
    guard let row = found.first else { return nil }
    return Run(
      statement: row[0], bank: row[7], bankRows: Self.total(row[8]),
      statementRows: Int64(row[1]) ?? -1, localRows: Int64(row[2]) ?? -1,
      theirs: Self.total(row[3]), ours: Self.total(row[4]), opened: Int64(row[5]) ?? -1,
      proofs: Self.list(row[6]).compactMap(Proof.init))
  }

  private static func list(_ text: String) -> [JSONValue] {
    // try?: what is no list adds up to nothing, which the caller sees.
    (try? JSONReader.read(Array(text.utf8), profile: .document))?.arrayValue ?? []
  }

  /// Payments and refunds of ours that a run named: matched with a row of its bill, waiting for the
  /// next one, or found to differ in their money; what is told of goods may wait as well.
  func compared(
    _ run: String, _ statement: String, _ gateway: String
  ) throws -> (
    matched: [MatchedRow], waiting: [String], differing: [String]
  ) {
    let matched = try texts(
      """
      SELECT line, CASE WHEN subject LIKE 'dsp%' AND part>=1024
        THEN subject || ':' || (part/1024+1) ELSE subject END
      FROM matches WHERE statement=?1
      """, [statement])
    let waiting = try texts(
      """
      SELECT subject FROM waiting_rows
      WHERE gateway=?1 AND content='trade' AND line IS NULL
      """, [gateway])
    let differing = try texts(
      """
      SELECT d.ours FROM discrepancies d JOIN run_findings f ON f.discrepancy=d.id
      WHERE f.run=?1 AND d.ours IS NOT NULL
        AND d.kind NOT IN ('paid_not_delivered', 'delivered_not_paid', 'refund_missing_locally')
        AND NOT (d.kind IN ('unknown_dispute', 'refund_status') AND d.ours LIKE 'pay%')
      """, [run])
    return (
      matched.map { (statement, Int($0[0]) ?? 0, $0[1]) }, waiting.map { $0[0] },
      differing.map { $0[0] }
    )
  }

  private static func total(_ buckets: String) -> (rows: Int64, sum: Int64) {
    var total: (rows: Int64, sum: Int64) = (0, 0)
    for bucket in list(buckets).compactMap(\.objectValue)
    where bucket["bucket"]?.stringValue != "unassigned" {
      total.rows += bucket["rows"]?.integerValue ?? 0
      total.sum += bucket["sum"]?.objectValue?["minor"]?.integerValue ?? 0
    }
    return total
  }

  func statementDigest(_ id: String) throws -> String? {
    try texts("SELECT digest FROM statements WHERE id=?1", [id]).first?[0]
  }

  /// Whose a statement is, and from when on.
  func place(ofStatement id: String) throws -> (gateway: String, from: Int64)? {
    try texts("SELECT gateway, period_from FROM statements WHERE id=?1", [id]).first
      .map { ($0[0], Int64($0[1]) ?? 0) }
  }

  /// State, resolution and version.
  func difference(_ id: String) throws -> String {
    let row = try texts(
      "SELECT state, coalesce(resolution, ''), version FROM discrepancies WHERE id=?1", [id]).first
    return row?.joined(separator: " ") ?? "missing"
  }

  /// Something of ours that rows of two statements in force were matched with; of a dispute, one
  /// movement of its money. Parts of a payout may stand in several files of a bank.
  func matchedTwice() throws -> String? {
    try texts(
      """
      SELECT m.subject FROM matches m JOIN statements s ON s.id=m.statement
      WHERE s.superseded_by IS NULL AND s.content<>'bank'
      GROUP BY m.subject, s.content, CASE WHEN m.subject LIKE 'dsp%' THEN m.part/1024 END
      HAVING count(DISTINCT m.statement)>1 LIMIT 1
      """, []).first?[0]
  }

  /// Statements of trades that no other took the place of: identifier, digest, first moment.
  func statementsInForce(
    of gateway: String
  ) throws -> [(id: String, digest: String, from: Int64)] {
    try texts(
      """
      SELECT id, digest, period_from FROM statements
      WHERE superseded_by IS NULL AND content='trade' AND gateway=?1 ORDER BY key
      """, [gateway]
    ).map { ($0[0], $0[1], Int64($0[2]) ?? 0) }
  }

  /// Whether a row of a statement ended somewhere: matched, or waiting for the next one.
  func isPlaced(_ statement: String, line: Int) throws -> Bool {
    let parameters = [statement, "\(line)"]
    let matched = try texts(
      "SELECT 1 FROM matches WHERE statement=?1 AND line=CAST(?2 AS INTEGER)", parameters)
    let waiting = try texts(
      "SELECT 1 FROM waiting_rows WHERE statement=?1 AND line=CAST(?2 AS INTEGER)", parameters)
    return !matched.isEmpty || !waiting.isEmpty
  }

  /// What of ours a row of a list was matched with.
  func matched(_ statement: String, line: Int) throws -> String? {
    try texts(
      "SELECT subject FROM matches WHERE statement=?1 AND line=CAST(?2 AS INTEGER)",
      [statement, "\(line)"]
    ).first?[0]
  }

  /// Rows of a gateway's lists that wait for the next one.
  func waitingLines(of gateway: String) throws -> [(statement: String, line: Int)] {
    try texts(
      """
      SELECT statement, line FROM waiting_rows
      WHERE gateway=?1 AND content='trade' AND line IS NOT NULL
      """, [gateway]
    ).map { ($0[0], Int($0[1]) ?? 0) }
  }

  func isWaiting(_ subject: String) throws -> Bool {
    try !texts("SELECT 1 FROM waiting_rows WHERE subject=?1", [subject]).isEmpty
  }

  /// How the bill of a day stands, and why.
  func bill(_ gateway: String, day: Int64) throws -> (state: String, reason: String)? {
    try texts(
      """
      SELECT state, coalesce(reason, '') FROM bills
      WHERE gateway=?1 AND kind='trade' AND day=CAST(?2 AS INTEGER)
      """, [gateway, "\(day)"]
    ).first.map { ($0[0], $0[1]) }
  }
}
