package import Domain
import SQLite

/// A file on its way in, piece by piece.
package struct UploadRow: Hashable, Sendable {
  package let id: StatementID
  package let name: String?
  /// As announced; nothing is taken in before all of them are there and have this digest.
  package let byteCount: Int64
  package var digest: String
  package var received: Int64
  /// The principal that began it; only it goes on.
  package let owner: String
  package let createdAt: Timestamp

  package init(
    id: StatementID, name: String?, byteCount: Int64, digest: String, received: Int64 = 0,
    owner: String, createdAt: Timestamp
  ) {
    self.id = id
    self.name = name
    self.byteCount = byteCount
    self.digest = digest
    self.received = received
    self.owner = owner
    self.createdAt = createdAt
  }
}

/// Rows of `uploads`, `statement_pieces` and `statements`.
struct StatementTable {
  private let uploadSelection: Statement
  private let uploadReplacement: Statement
  private let uploadRemoval: Statement
  private let oldUploads: Statement
  private let unfinishedUploads: Statement
  private let uploadCount: Statement
  private let uploadTwin: Statement
  private let pieceSelection: Statement
  private let pieceSum: Statement
  private let pieceAt: Statement
  private let pieceInsertion: Statement
  private let pieceRemoval: Statement
  private let selection: Statement
  private let twinSelection: Statement
  private let periodSelection: Statement
  private let insertion: Statement
  private let superseding: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    uploadSelection = try connection.prepare(
      "SELECT \(StatementTable.uploadColumns) FROM uploads WHERE id=?")
    oldUploads = try connection.prepare("SELECT id FROM uploads WHERE created_at<? ORDER BY id")
    unfinishedUploads = try connection.prepare(
      "SELECT id FROM uploads WHERE owner=? AND received<byte_count ORDER BY id")
    uploadCount = try connection.prepare("SELECT count(*) FROM uploads WHERE owner=?")
    uploadTwin = try connection.prepare(
      """
      SELECT \(StatementTable.uploadColumns) FROM uploads
      WHERE owner=? AND digest=? AND byte_count=?
      """)
    pieceSelection = try connection.prepare(
      "SELECT bytes FROM statement_pieces WHERE statement=? ORDER BY place")
    pieceSum = try connection.prepare(
      "SELECT coalesce(sum(length(bytes)), 0) FROM statement_pieces WHERE statement=?")
    pieceAt = try connection.prepare(
      "SELECT bytes FROM statement_pieces WHERE statement=? AND place=?")
    selection = try connection.prepare(
      "SELECT \(StatementTable.columns) FROM statements WHERE id=?")
    twinSelection = try connection.prepare(
      """
      SELECT \(StatementTable.columns) FROM statements
      WHERE digest=? AND gateway=? ORDER BY key DESC LIMIT 1
      """)
    periodSelection = try connection.prepare(
      """
      SELECT \(StatementTable.columns) FROM statements
      WHERE gateway=? AND content=? AND period_from=? AND period_to=? AND superseded_by IS NULL
      ORDER BY key DESC LIMIT 1
      """)
    let unused = selection
    func writing(_ sql: String) throws(SQLiteError) -> Statement {
      canWrite ? try connection.prepare(sql) : unused
    }
    uploadReplacement = try writing(
      """
      INSERT OR REPLACE INTO uploads(id, name, byte_count, digest, received, owner, created_at)
      VALUES (?,?,?,?,?,?,?)
      """)
    uploadRemoval = try writing("DELETE FROM uploads WHERE id=?")
    pieceInsertion = try writing(
      "INSERT INTO statement_pieces(statement, place, bytes) VALUES (?,?,?)")
    pieceRemoval = try writing("DELETE FROM statement_pieces WHERE statement=?")
    insertion = try writing(
      """
      INSERT INTO statements(id, gateway, content, format, charset, name, digest, byte_count,
        period_from, period_to, row_count, skipped_rows, totals, figures, imported_at, imported_by,
        declaration)
      VALUES (?,?,?,?,?,?,?,?,?,?, ?,?,?,?,?,?, ?)
      """)
    superseding = try writing("UPDATE statements SET superseded_by=? WHERE id=?")
  }

  // MARK: Files on their way in

  private static let uploadColumns =
    "id, name, byte_count, digest, received, owner, created_at"

  func upload(_ id: StatementID) throws(SQLiteError) -> UploadRow? {
    try uploadSelection.bind(id.text, at: 1)
    return try upload(uploadSelection)
  }

  /// The one that its owner began with the same bytes.
  func upload(
    owner: String, digest: String, byteCount: Int64
  ) throws(SQLiteError) -> UploadRow? {
    try uploadTwin.bind(owner, at: 1)
    try uploadTwin.bind(digest, at: 2)
    try uploadTwin.bind(byteCount, at: 3)
    return try upload(uploadTwin)
  }

  private func upload(_ selection: Statement) throws(SQLiteError) -> UploadRow? {
    defer { selection.reset() }
    guard try selection.step() else { return nil }
    var cursor = ColumnCursor(selection)
    return UploadRow(
      id: try cursor.identifier(StatementKind.self, "uploads"),
      name: try cursor.optionalString(), byteCount: try cursor.int64(),
      digest: try cursor.string(), received: try cursor.int64(), owner: try cursor.string(),
      createdAt: Timestamp(milliseconds: try cursor.int64()))
  }

  func save(_ row: UploadRow) throws(SQLiteError) {
    var cursor = ParameterCursor(uploadReplacement)
    try cursor.add(row.id.text)
    try cursor.add(row.name)
    try cursor.add(row.byteCount)
    try cursor.add(row.digest)
    try cursor.add(row.received)
    try cursor.add(row.owner)
    try cursor.add(row.createdAt.milliseconds)
    try uploadReplacement.run()
  }

  func removeUpload(_ id: StatementID, withPieces: Bool) throws(SQLiteError) {
    try uploadRemoval.bind(id.text, at: 1)
    try uploadRemoval.run()
    guard withPieces else { return }
    try pieceRemoval.bind(id.text, at: 1)
    try pieceRemoval.run()
  }

  func uploads(before moment: Timestamp) throws(SQLiteError) -> [StatementID] {
    try oldUploads.bind(moment.milliseconds, at: 1)
    return try identifiers(oldUploads)
  }

  func unfinishedUploads(of owner: String) throws(SQLiteError) -> [StatementID] {
    try unfinishedUploads.bind(owner, at: 1)
    return try identifiers(unfinishedUploads)
  }

  private func identifiers(_ selection: Statement) throws(SQLiteError) -> [StatementID] {
    var ids: [StatementID] = []
    defer { selection.reset() }
    while try selection.step() {
      if let id = StatementID(text: try selection.string(0)) { ids.append(id) }
    }
    return ids
  }

  func uploadsCount(of owner: String) throws(SQLiteError) -> Int64 {
    try uploadCount.bind(owner, at: 1)
    defer { uploadCount.reset() }
    return try uploadCount.step() ? try uploadCount.int64(0) : 0
  }

  // MARK: Bytes

  /// - Parameter place: where the piece begins in the file.
  func add(_ bytes: [UInt8], to id: StatementID, at place: Int64) throws(SQLiteError) {
    var cursor = ParameterCursor(pieceInsertion)
    try cursor.add(id.text)
    try cursor.add(place)
    try cursor.add(bytes)
    try pieceInsertion.run()
  }

  func piece(of id: StatementID, at place: Int64) throws(SQLiteError) -> [UInt8]? {
    try pieceAt.bind(id.text, at: 1)
    try pieceAt.bind(place, at: 2)
    defer { pieceAt.reset() }
    return try pieceAt.step() ? try pieceAt.blob(0) : nil
  }

  func bytes(of id: StatementID) throws(SQLiteError) -> [UInt8] {
    try pieceSum.bind(id.text, at: 1)
    defer { pieceSum.reset() }
    var bytes: [UInt8] = []
    if try pieceSum.step() { bytes.reserveCapacity(try pieceSum.int(0)) }
    try pieceSelection.bind(id.text, at: 1)
    defer { pieceSelection.reset() }
    while try pieceSelection.step() {
      try pieceSelection.withBytes(0) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  // MARK: Statements

  static let columns = """
    id, gateway, content, format, charset, name, digest, byte_count, period_from, period_to,
    row_count, skipped_rows, totals, figures, imported_at, imported_by, superseded_by,
    declaration
    """

  func statement(_ id: StatementID) throws(SQLiteError) -> StatementRecord? {
    try selection.bind(id.text, at: 1)
    defer { selection.reset() }
    return try selection.step() ? try StatementTable.read(selection) : nil
  }

  /// The newest one with the same bytes.
  func statement(digest: String, gateway: String) throws(SQLiteError) -> StatementRecord? {
    try twinSelection.bind(digest, at: 1)
    try twinSelection.bind(gateway, at: 2)
    defer { twinSelection.reset() }
    return try twinSelection.step() ? try StatementTable.read(twinSelection) : nil
  }

  /// The one in force for a gateway's content and days.
  func inForce(
    _ content: StatementContent, of gateway: String, from: Timestamp, to: Timestamp
  ) throws(SQLiteError) -> StatementRecord? {
    try periodSelection.bind(gateway, at: 1)
    try periodSelection.bind(content.rawValue, at: 2)
    try periodSelection.bind(from.milliseconds, at: 3)
    try periodSelection.bind(to.milliseconds, at: 4)
    defer { periodSelection.reset() }
    return try periodSelection.step() ? try StatementTable.read(periodSelection) : nil
  }

  func insert(_ record: StatementRecord) throws(SQLiteError) {
    var cursor = ParameterCursor(insertion)
    try cursor.add(record.id.text)
    try cursor.add(record.gateway)
    try cursor.add(record.content.rawValue)
    try cursor.add(record.format)
    try cursor.add(record.charset)
    try cursor.add(record.name)
    try cursor.add(record.digest)
    try cursor.add(record.byteCount)
    try cursor.add(record.from.milliseconds)
    try cursor.add(record.to.milliseconds)
    try cursor.add(record.rows)
    try cursor.add(record.skippedRows)
    try cursor.add(Codec.text(record.totals))
    try cursor.add(Codec.text(record.figures))
    try cursor.add(record.importedAt.milliseconds)
    try cursor.add(record.importedBy)
    try cursor.add(record.declaration)
    try insertion.run()
  }

  func supersede(_ id: StatementID, by newer: StatementID) throws(SQLiteError) {
    try superseding.bind(newer.text, at: 1)
    try superseding.bind(id.text, at: 2)
    try superseding.run()
  }

  static func read(_ statement: Statement) throws(SQLiteError) -> StatementRecord {
    var cursor = ColumnCursor(statement)
    let id = try cursor.identifier(StatementKind.self, "statements")
    let place = "statement \(id)"
    let gateway = try cursor.string()
    let content = try cursor.word(StatementContent.self, place)
    let (format, charset) = (try cursor.string(), try cursor.string())
    let name = try cursor.optionalString()
    let (digest, byteCount) = (try cursor.string(), try cursor.int64())
    let from = Timestamp(milliseconds: try cursor.int64())
    let to = Timestamp(milliseconds: try cursor.int64())
    let (rows, skipped) = (try cursor.int64(), try cursor.int64())
    let totals = try Codec.totals(try cursor.optionalString(), place)
    let figures = try Codec.figures(try cursor.optionalString(), place)
    let importedAt = Timestamp(milliseconds: try cursor.int64())
    let importedBy = try cursor.string()
    let supersededBy = try cursor.optionalString().flatMap(StatementID.init(text:))
    return StatementRecord(
      id: id, gateway: gateway, content: content, format: format,
      declaration: try cursor.optionalString(), charset: charset, name: name, digest: digest,
      byteCount: byteCount, from: from, to: to, rows: rows, skippedRows: skipped, totals: totals,
      figures: figures, importedAt: importedAt, importedBy: importedBy, supersededBy: supersededBy)
  }
}
