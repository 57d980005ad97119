package import Domain
import SQLite

/// A bill of a gateway: how far getting it has come.
package struct BillRow: Hashable, Sendable {
  package enum State: String, Sendable, CaseIterable {
    /// It is to be downloaded at `nextAt`.
    case waiting
    /// Its bytes are here and not read yet.
    case kept
    /// It is a statement and not compared with our books yet.
    case imported
    /// It is compared, or kept where it is of a kind that is not.
    case done
    /// There was no business on its day, and our books say so too.
    case empty
    /// It never came, and the gateway gives it out no more.
    case gone
    /// It came and cannot be used; a person has to look at it.
    case unusable
  }

  package let gateway: String
  package let name: BillName
  package var state: State
  /// Downloads that brought no bill; nil before the first.
  package var tries: BillSchedule.Tries?
  /// When something is to be done about it, our wall clock; nil when nothing is.
  package var nextAt: Timestamp?
  /// Why it is not there, for people.
  package var reason: String?
  /// Its file, by the statement's identifier.
  package var statement: String?
  /// That it is missing was said.
  package var isAlarmed = false

  package init(gateway: String, name: BillName, nextAt: Timestamp) {
    self.gateway = gateway
    self.name = name
    state = .waiting
    self.nextAt = nextAt
  }
}

/// Rows of `bills`.
struct BillTable {
  private let replacement: Statement
  private let selection: Statement
  private let dueSelection: Statement
  private let nextSelection: Statement
  private let businessSelection: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare(
      "SELECT \(BillTable.columns) FROM bills WHERE gateway=? AND kind=? AND day=?")
    dueSelection = try connection.prepare(
      """
      SELECT \(BillTable.columns) FROM bills WHERE next_at<=?
      ORDER BY next_at, gateway, kind, day LIMIT ?
      """)
    nextSelection = try connection.prepare(
      "SELECT next_at FROM bills WHERE next_at>? ORDER BY next_at LIMIT 1")
    businessSelection = try connection.prepare(
      """
      SELECT EXISTS(SELECT 1 FROM payments WHERE gateway=?1 AND paid_at>=?2 AND paid_at<?3)
        OR EXISTS(SELECT 1 FROM refunds JOIN payments ON payments.id=refunds.payment
          WHERE payments.gateway=?1 AND finished_at>=?2 AND finished_at<?3)
      """)
    replacement = !canWrite
      ? selection
      : try connection.prepare(
        """
        INSERT OR REPLACE INTO bills(\(BillTable.columns)) VALUES (?,?,?,?,?,?,?,?,?,?,?)
        """)
  }

  static let columns = """
    gateway, kind, day, state, tries, first_try_at, last_try_at, next_at, reason, statement,
    is_alarmed
    """

  func save(_ row: BillRow) throws(SQLiteError) {
    var cursor = ParameterCursor(replacement)
    try cursor.add(row.gateway)
    try cursor.add(row.name.kind.rawValue)
    try cursor.add(row.name.day.number)
    try cursor.add(row.state.rawValue)
    try cursor.add(row.tries?.count ?? 0)
    try cursor.add(row.tries?.firstAt.milliseconds)
    try cursor.add(row.tries?.lastAt.milliseconds)
    try cursor.add(row.nextAt?.milliseconds)
    try cursor.add(row.reason)
    try cursor.add(row.statement)
    try cursor.add(row.isAlarmed)
    try replacement.run()
  }

  func row(_ name: BillName, of gateway: String) throws(SQLiteError) -> BillRow? {
    try selection.bind(gateway, at: 1)
    try selection.bind(name.kind.rawValue, at: 2)
    try selection.bind(name.day.number, at: 3)
    defer { selection.reset() }
    return try selection.step() ? try BillTable.read(selection) : nil
  }

  func due(at now: Timestamp, limit: Int) throws(SQLiteError) -> [BillRow] {
    try dueSelection.bind(now.milliseconds, at: 1)
    try dueSelection.bind(limit, at: 2)
    var rows: [BillRow] = []
    defer { dueSelection.reset() }
    while try dueSelection.step() { rows.append(try BillTable.read(dueSelection)) }
    return rows
  }

  func nextAt(after now: Timestamp) throws(SQLiteError) -> Timestamp? {
    try nextSelection.bind(now.milliseconds, at: 1)
    defer { nextSelection.reset() }
    return try nextSelection.step()
      ? Timestamp(milliseconds: try nextSelection.int64(0)) : nil
  }

  func hasBusiness(
    of gateway: String, from: Timestamp, to: Timestamp
  ) throws(SQLiteError) -> Bool {
    try businessSelection.bind(gateway, at: 1)
    try businessSelection.bind(from.milliseconds, at: 2)
    try businessSelection.bind(to.milliseconds, at: 3)
    defer { businessSelection.reset() }
    guard try businessSelection.step() else { return false }
    return try businessSelection.bool(0)
  }

  static func read(_ statement: Statement) throws(SQLiteError) -> BillRow {
    var cursor = ColumnCursor(statement)
    let gateway = try cursor.string()
    let kind = try cursor.word(BillKind.self, "bills")
    let name = BillName(kind: kind, day: CivilDay(number: try cursor.int64()))
    var row = BillRow(gateway: gateway, name: name, nextAt: Timestamp(milliseconds: 0))
    row.state = try cursor.word(BillRow.State.self, "bill of \(gateway)")
    let count = try cursor.int64()
    let (first, last) = (try cursor.optionalInt64(), try cursor.optionalInt64())
    if count > 0, let first, let last, first <= last {
      row.tries = BillSchedule.Tries(
        count: count, firstAt: Timestamp(milliseconds: first),
        lastAt: Timestamp(milliseconds: last))
    }
    row.nextAt = try cursor.optionalInt64().map(Timestamp.init(milliseconds:))
    row.reason = try cursor.optionalString()
    row.statement = try cursor.optionalString()
    row.isAlarmed = try cursor.bool()
    return row
  }
}
