import Domain
import JSON
import SQLite

/// Rows of `sign_offs` and `run_findings`.
struct SignOffTable {
  private let selection: Statement
  private let findingSelection: Statement
  private let inCaseSelection: Statement
  private let bindingSelection: Statement
  private let restingSelection: Statement
  private let replacement: Statement
  private let findingInsertion: Statement
  private let foundSelection: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    foundSelection = try connection.prepare(
      "SELECT 1 FROM run_findings WHERE run=? AND discrepancy=?")
    selection = try connection.prepare(
      "SELECT \(SignOffTable.columns) FROM sign_offs WHERE run=?")
    findingSelection = try connection.prepare(
      """
      SELECT \(DiscrepancyTable.columns) FROM discrepancies
      WHERE id IN (SELECT discrepancy FROM run_findings WHERE run_findings.run=?) ORDER BY id
      """)
    inCaseSelection = try connection.prepare(
      """
      SELECT discrepancy FROM run_findings
      WHERE run=? AND EXISTS(
        SELECT 1 FROM case_links JOIN cases ON cases.id=case_links.case_id
        WHERE case_links.subject=run_findings.discrepancy
          AND cases.state NOT IN ('open','resolved','closed'))
      """)
    bindingSelection = try connection.prepare(
      """
      SELECT \(SignOffTable.columns) FROM sign_offs
      WHERE run IN (SELECT run FROM run_findings WHERE discrepancy=?)
        AND state IN ('half_signed','signed')
      ORDER BY run
      """)
    restingSelection = try connection.prepare(
      """
      SELECT \(SignOffTable.columns) FROM sign_offs
      WHERE state IN ('half_signed','signed')
        AND EXISTS(SELECT 1 FROM runs
          WHERE runs.id=sign_offs.run AND ?1 IN (runs.statement, runs.fund, runs.bank))
      ORDER BY run
      """)
    let unused = selection
    func writing(_ sql: String) throws(SQLiteError) -> Statement {
      canWrite ? try connection.prepare(sql) : unused
    }
    replacement = try writing(
      """
      INSERT OR REPLACE INTO sign_offs(run, state, digest, left_open, first_by, first_at,
        second_by, second_at, reopened_at, reopened_by)
      VALUES (?,?,?,?,?,?,?,?,?,?)
      """)
    findingInsertion = try writing(
      "INSERT OR IGNORE INTO run_findings(run, discrepancy) VALUES (?,?)")
  }

  func signOff(of run: RunID) throws(SQLiteError) -> SignOff? {
    try selection.bind(run.text, at: 1)
    defer { selection.reset() }
    return try selection.step() ? try SignOffTable.read(selection) : nil
  }

  /// All that a run found, also what an earlier one had opened, in the order of the identifiers.
  func findings(of run: RunID) throws(SQLiteError) -> [DiscrepancyRecord] {
    try findingSelection.bind(run.text, at: 1)
    var records: [DiscrepancyRecord] = []
    defer { findingSelection.reset() }
    while try findingSelection.step() {
      records.append(try DiscrepancyTable.read(findingSelection))
    }
    return records
  }

  /// The page to sign, as things are now.
  func page(of run: RunRecord) throws(SQLiteError) -> SignOffPage {
    try inCaseSelection.bind(run.id.text, at: 1)
    var inCases: Set<DiscrepancyID> = []
    defer { inCaseSelection.reset() }
    while try inCaseSelection.step() {
      var cursor = ColumnCursor(inCaseSelection)
      inCases.insert(try cursor.identifier(DiscrepancyNumber.self, "run_findings"))
    }
    return SignOffPage(run: run, findings: try findings(of: run.id), inCases: inCases)
  }

  /// Signed runs that found a difference.
  func binding(_ discrepancy: DiscrepancyID) throws(SQLiteError) -> [SignOff] {
    try bindingSelection.bind(discrepancy.text, at: 1)
    var signOffs: [SignOff] = []
    defer { bindingSelection.reset() }
    while try bindingSelection.step() { signOffs.append(try SignOffTable.read(bindingSelection)) }
    return signOffs
  }

  /// Signed runs that compared a statement, or had it beside.
  func resting(on statement: StatementID) throws(SQLiteError) -> [SignOff] {
    try restingSelection.bind(statement.text, at: 1)
    var signOffs: [SignOff] = []
    defer { restingSelection.reset() }
    while try restingSelection.step() { signOffs.append(try SignOffTable.read(restingSelection)) }
    return signOffs
  }

  func isFound(_ discrepancy: DiscrepancyID, by run: RunID) throws(SQLiteError) -> Bool {
    try foundSelection.bind(run.text, at: 1)
    try foundSelection.bind(discrepancy.text, at: 2)
    defer { foundSelection.reset() }
    return try foundSelection.step()
  }

  func insert(_ discrepancy: DiscrepancyID, foundBy run: RunID) throws(SQLiteError) {
    try findingInsertion.bind(run.text, at: 1)
    try findingInsertion.bind(discrepancy.text, at: 2)
    try findingInsertion.run()
  }

  func save(_ signOff: SignOff) throws(SQLiteError) {
    var cursor = ParameterCursor(replacement)
    try cursor.add(signOff.run.text)
    try cursor.add(signOff.state.rawValue)
    try cursor.add(signOff.digest)
    try cursor.add(Codec.text(signOff.leftOpen))
    try cursor.add(signOff.first?.by)
    try cursor.add(signOff.first?.at.milliseconds)
    try cursor.add(signOff.second?.by)
    try cursor.add(signOff.second?.at.milliseconds)
    try cursor.add(signOff.reopenedAt?.milliseconds)
    try cursor.add(signOff.reopenedBy?.text)
    try replacement.run()
  }

  static let columns = """
    run, state, digest, left_open, first_by, first_at, second_by, second_at, reopened_at,
    reopened_by
    """

  static func read(_ statement: Statement) throws(SQLiteError) -> SignOff {
    var cursor = ColumnCursor(statement)
    let run = try cursor.identifier(RunKind.self, "sign_offs")
    let place = "sign-off of \(run)"
    let state = try cursor.word(SignOffState.self, place)
    let digest = try cursor.optionalString()
    let leftOpen = try Codec.leftOpen(try cursor.optionalString(), place)
    let first = try signature(&cursor)
    let second = try signature(&cursor)
    return SignOff(
      run: run, state: state, digest: digest, leftOpen: leftOpen, first: first, second: second,
      reopenedAt: try cursor.time(),
      reopenedBy: try cursor.optionalString().flatMap(SignOffBreak.init(text:)))
  }

  private static func signature(_ cursor: inout ColumnCursor) throws(SQLiteError) -> Signature? {
    let by = try cursor.optionalString()
    let at = try cursor.time()
    guard let by, let at else { return nil }
    return Signature(by: by, at: at)
  }
}

/// What was left open under a signature, in rows and in events.
extension Codec {
  static func write(_ leftOpen: [LeftOpen], _ writer: inout JSONWriter) {
    writer.beginArray()
    for one in leftOpen {
      writer.beginObject()
      writer.member("discrepancy", one.discrepancy.text)
      writer.member("reason", one.reason.rawValue)
      writer.endObject()
    }
    writer.endArray()
  }

  static func text(_ leftOpen: [LeftOpen]) -> String? {
    leftOpen.isEmpty ? nil : text { write(leftOpen, &$0) }
  }

  static func leftOpen(_ text: String?, _ place: String) throws(SQLiteError) -> [LeftOpen] {
    do throws(StoreError) {
      return try Stored.list(text: text, place) { stored throws(StoreError) in
        try stored.leftOpen()
      }
    } catch { throw .damagedRow(place) }
  }
}

extension Stored {
  func leftOpenList() throws(StoreError) -> [LeftOpen] {
    var list: [LeftOpen] = []
    for value in try array("left_open") {
      guard let object = value.objectValue else { throw damaged("left_open") }
      list.append(try Stored(object, "left_open").leftOpen())
    }
    return list
  }

  func leftOpen() throws(StoreError) -> LeftOpen {
    LeftOpen(
      discrepancy: try identifier("discrepancy", DiscrepancyNumber.self),
      reason: try word("reason", LeftOpenReason.self))
  }
}
