package import Domain
import SQLite

/// Where a payout of a gateway ended: it may have come to the bank and been turned away afterwards.
package struct ArrivalRow: Hashable, Sendable {
  /// The row of a bank's statement that it is, or of the bill that gave it back.
  package let place: StatementPlace
  /// The payout's row, `stm_…:17`.
  package let payout: String

  package init(place: StatementPlace, payout: String) {
    self.place = place
    self.payout = payout
  }
}

/// A statement that tells how a payout ended.
package struct PayoutEnd: Hashable, Sendable {
  package let statement: StatementID
  /// The bank has it; else a bill gave it back.
  package let isAtBank: Bool
}

/// Rows of `arrivals`: payouts in banks' statements, and those that bills gave back.
struct ArrivalTable {
  /// A statement that was issued again holds nothing any more.
  private static let counts = """
    NOT EXISTS(SELECT 1 FROM loose_matches l WHERE l.statement=a.statement AND l.run=0)
    """

  private static let isAtBank = "s.content='\(StatementContent.bank.rawValue)'"

  private let selection: Statement
  private let payoutSelection: Statement
  private let creditSelection: Statement
  private let freedSelection: Statement
  private let insertion: Statement
  private let creditRemoval: Statement
  private let returnRemoval: Statement
  private let freedRemoval: Statement
  private let arrivedSelection: Statement
  private let lineRemoval: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    // A payout of a bill that was issued again holds nothing any more.
    selection = try connection.prepare(
      """
      SELECT line, payout FROM arrivals a
      WHERE statement=? AND \(ArrivalTable.counts) AND NOT EXISTS(SELECT 1 FROM statements s
        WHERE s.id=substr(payout, 1, instr(payout, ':') - 1) AND s.superseded_by IS NOT NULL)
      ORDER BY line
      """)
    payoutSelection = try connection.prepare(
      """
      SELECT DISTINCT s.id, \(ArrivalTable.isAtBank) FROM arrivals a
        JOIN statements s ON s.id=a.statement
      WHERE payout=? AND \(ArrivalTable.counts) ORDER BY s.id
      """)
    creditSelection = try connection.prepare(
      """
      SELECT a.statement, a.line FROM arrivals a JOIN statements s ON s.id=a.statement
      WHERE payout=? AND \(ArrivalTable.isAtBank) AND \(ArrivalTable.counts)
      ORDER BY a.statement, a.line
      """)
    arrivedSelection = try connection.prepare(
      """
      SELECT DISTINCT a.payout FROM arrivals a JOIN statements s ON s.id=a.statement
        JOIN statements p ON p.id=substr(payout, 1, instr(payout, ':') - 1)
      WHERE p.gateway=? AND p.content=? AND p.superseded_by IS NULL AND p.period_to>?
        AND p.period_from<?
        AND \(ArrivalTable.isAtBank) AND \(ArrivalTable.counts)
      ORDER BY a.payout
      """)
    freedSelection = try connection.prepare(
      """
      SELECT DISTINCT payout FROM arrivals a
        JOIN statements s ON s.id=substr(payout, 1, instr(payout, ':') - 1)
      WHERE s.gateway=? AND s.content=? AND s.superseded_by IS NULL AND (
        NOT \(ArrivalTable.counts) OR EXISTS(SELECT 1 FROM arrivals b
          JOIN statements t ON t.id=substr(b.payout, 1, instr(b.payout, ':') - 1)
        WHERE b.statement=a.statement AND b.line=a.line AND t.superseded_by IS NOT NULL))
      ORDER BY payout
      """)
    let unused = selection
    func writing(_ sql: String) throws(SQLiteError) -> Statement {
      canWrite ? try connection.prepare(sql) : unused
    }
    insertion = try writing("INSERT INTO arrivals(statement, line, payout) VALUES (?,?,?)")
    let ends = "DELETE FROM arrivals AS a WHERE payout=? AND EXISTS(SELECT 1 FROM statements s"
      + " WHERE s.id=a.statement AND"
    creditRemoval = try writing("\(ends) \(ArrivalTable.isAtBank))")
    returnRemoval = try writing("\(ends) NOT \(ArrivalTable.isAtBank))")
    freedRemoval = try writing(
      "DELETE FROM arrivals AS a WHERE payout=? AND NOT \(ArrivalTable.counts)")
    lineRemoval = try writing("DELETE FROM arrivals WHERE statement=? AND line=?")
  }

  /// The lines of a bank's statement that are payouts in force.
  func arrivals(at bank: StatementID) throws(SQLiteError) -> [ArrivalRow] {
    try selection.bind(bank.text, at: 1)
    var rows: [ArrivalRow] = []
    defer { selection.reset() }
    while try selection.step() {
      rows.append(
        ArrivalRow(
          place: StatementPlace(statement: bank, line: try selection.int64(0)),
          payout: try selection.string(1)))
    }
    return rows
  }

  /// The bank's statements that a payout was found in, and the bill that gave it back.
  func ends(ofPayout payout: String) throws(SQLiteError) -> [PayoutEnd] {
    try payoutSelection.bind(payout, at: 1)
    defer { payoutSelection.reset() }
    var ends: [PayoutEnd] = []
    while try payoutSelection.step() {
      guard let id = StatementID(text: try payoutSelection.string(0)) else { continue }
      ends.append(PayoutEnd(statement: id, isAtBank: try payoutSelection.int64(1) != 0))
    }
    return ends
  }

  /// The rows of the bank's statements that a payout was found in: several are its parts.
  func credits(ofPayout payout: String) throws(SQLiteError) -> [StatementPlace] {
    try creditSelection.bind(payout, at: 1)
    defer { creditSelection.reset() }
    var places: [StatementPlace] = []
    while try creditSelection.step() {
      guard let id = StatementID(text: try creditSelection.string(0)) else { continue }
      places.append(StatementPlace(statement: id, line: try creditSelection.int64(1)))
    }
    return places
  }

  /// Payouts of a gateway's statements of these days that the bank has, `stm_…:17`.
  func arrived(
    of gateway: String, _ content: StatementContent, _ days: Range<Timestamp>
  ) throws(SQLiteError) -> [String] {
    try arrivedSelection.bind(gateway, at: 1)
    try arrivedSelection.bind(content.rawValue, at: 2)
    try arrivedSelection.bind(days.lowerBound.milliseconds, at: 3)
    try arrivedSelection.bind(days.upperBound.milliseconds, at: 4)
    defer { arrivedSelection.reset() }
    var payouts: [String] = []
    while try arrivedSelection.step() { payouts.append(try arrivedSelection.string(0)) }
    return payouts
  }

  /// Payouts that ended in a statement which was issued again since, or together with one whose
  /// bill was, `stm_…:17`.
  func freed(
    of gateway: String, _ content: StatementContent
  ) throws(SQLiteError) -> [String] {
    try freedSelection.bind(gateway, at: 1)
    try freedSelection.bind(content.rawValue, at: 2)
    defer { freedSelection.reset() }
    var payouts: [String] = []
    while try freedSelection.step() { payouts.append(try freedSelection.string(0)) }
    return payouts
  }

  /// Forgets where a payout was found at the bank, or which row gave it back.
  func remove(payout: String, atBank: Bool) throws(SQLiteError) {
    let removal = atBank ? creditRemoval : returnRemoval
    try removal.bind(payout, at: 1)
    try removal.run()
  }

  /// A payout that ended in a statement which was issued again waits like any other from now on, or
  /// ended anew.
  func removeFreed(payout: String) throws(SQLiteError) {
    try freedRemoval.bind(payout, at: 1)
    try freedRemoval.run()
  }

  /// What the row was taken for before is gone.
  func clear(_ place: StatementPlace) throws(SQLiteError) {
    try lineRemoval.bind(place.statement.text, at: 1)
    try lineRemoval.bind(place.line, at: 2)
    try lineRemoval.run()
  }

  func insert(_ row: ArrivalRow) throws(SQLiteError) {
    var cursor = ParameterCursor(insertion)
    try cursor.add(row.place.statement.text)
    try cursor.add(row.place.line)
    try cursor.add(row.payout)
    try insertion.run()
  }
}
