package import Domain
import SQLite

/// Statements, runs and discrepancies, as the engine writes them.
extension StoreWriter {
  package func upload(_ id: StatementID) throws(StoreError) -> UploadRow? {
    try database { () throws(SQLiteError) in try statements.upload(id) }
  }

  package func save(_ upload: UploadRow) throws(StoreError) {
    try database { () throws(SQLiteError) in try statements.save(upload) }
  }

  /// The file that its owner began with the same bytes.
  package func upload(
    owner: String, digest: String, byteCount: Int64
  ) throws(StoreError) -> UploadRow? {
    try database { () throws(SQLiteError) in
      try statements.upload(owner: owner, digest: digest, byteCount: byteCount)
    }
  }

  package func uploadsCount(of owner: String) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in try statements.uploadsCount(of: owner) }
  }

  /// Forgets files that were begun before a moment and never taken in.
  package func removeUploads(before moment: Timestamp) throws(StoreError) {
    try database { () throws(SQLiteError) in
      for id in try statements.uploads(before: moment) {
        try statements.removeUpload(id, withPieces: true)
      }
    }
  }

  /// Forgets files whose last piece never came.
  package func removeUnfinishedUploads(of owner: String) throws(StoreError) {
    try database { () throws(SQLiteError) in
      for id in try statements.unfinishedUploads(of: owner) {
        try statements.removeUpload(id, withPieces: true)
      }
    }
  }

  /// Keeps a piece behind those that are there.
  package func append(_ bytes: [UInt8], to upload: inout UploadRow) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try statements.add(bytes, to: upload.id, at: upload.received)
      upload.received += Int64(bytes.count)
      try statements.save(upload)
    }
  }

  /// The piece that begins at a place of a file.
  package func piece(of id: StatementID, at place: Int64) throws(StoreError) -> [UInt8]? {
    try database { () throws(SQLiteError) in try statements.piece(of: id, at: place) }
  }

  package func statement(_ id: StatementID) throws(StoreError) -> StatementRecord? {
    try database { () throws(SQLiteError) in try statements.statement(id) }
  }

  package func statement(
    digest: String, gateway: String
  ) throws(StoreError) -> StatementRecord? {
    try database { () throws(SQLiteError) in
      try statements.statement(digest: digest, gateway: gateway)
    }
  }

  /// Takes a file in; its pieces stay where they are.
  ///
  /// - Parameter older: the statement that it was issued in place of. Its matches count no more.
  package func insert(
    _ record: StatementRecord, supersedes older: StatementID?
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try statements.insert(record)
      try statements.removeUpload(record.id, withPieces: false)
      guard let older else { return }
      try statements.supersede(older, by: record.id)
      try pieces.loosen(older, run: 0)
    }
  }

  /// Throws a file away whose bytes are known already.
  package func removeUpload(_ id: StatementID) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try statements.removeUpload(id, withPieces: true)
    }
  }

  package func insert(_ run: RunRecord) throws(StoreError) {
    try database { () throws(SQLiteError) in try runs.insert(run) }
  }

  /// The statement in force of a content for the same gateway and days as another one.
  ///
  /// - Parameter content: nil for that of the other one.
  package func statementInForce(
    _ content: StatementContent? = nil, like record: StatementRecord
  ) throws(StoreError) -> StatementRecord? {
    try database { () throws(SQLiteError) in
      try statements.inForce(
        content ?? record.content, of: record.gateway, from: record.from, to: record.to)
    }
  }

  /// The lines of a bank's statement that are payouts in force.
  package func arrivals(at bank: StatementID) throws(StoreError) -> [ArrivalRow] {
    try database { () throws(SQLiteError) in try arrivals.arrivals(at: bank) }
  }

  /// The bank's statements that a payout was found in, and the bill that gave it back.
  ///
  /// - Parameter payout: its row, `stm_…:17`.
  package func ends(ofPayout payout: String) throws(StoreError) -> [PayoutEnd] {
    try database { () throws(SQLiteError) in try arrivals.ends(ofPayout: payout) }
  }

  /// Puts where payouts were found in place of what was known of them. A row of a bank that is
  /// another payout in force must have been left alone (I14).
  ///
  /// - Parameters:
  ///   - payouts: all that were looked for at the bank, `stm_…:17`.
  ///   - returns: the rows of bills that gave payouts back.
  ///   - freed: those that ended in statements which were issued again, and wait since.
  package func replaceArrivals(
    of payouts: [String], with rows: [ArrivalRow], returns: [ArrivalRow], freed: [String]
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in
      for payout in freed { try arrivals.removeFreed(payout: payout) }
      for payout in payouts { try arrivals.remove(payout: payout, atBank: true) }
      for back in returns { try arrivals.remove(payout: back.payout, atBank: false) }
      for place in Set((rows + returns).map(\.place)).sorted() { try arrivals.clear(place) }
      for row in rows + returns { try arrivals.insert(row) }
      try pieces.removeEmptied()
    }
  }

  /// What is still open at a gateway, behind a key, with the keys.
  package func openDiscrepancies(
    gateway: String, after key: Int64, limit: Int
  ) throws(StoreError) -> [(key: Int64, record: DiscrepancyRecord)] {
    try database { () throws(SQLiteError) in
      try discrepancies.open(gateway: gateway, after: key, limit: limit)
    }
  }

  /// What was decided at a gateway and a statement may show otherwise, likewise.
  package func refutableDiscrepancies(
    gateway: String, by statement: StatementID, after key: Int64, limit: Int
  ) throws(StoreError) -> [(key: Int64, record: DiscrepancyRecord)] {
    try database { () throws(SQLiteError) in
      try discrepancies.refutable(gateway: gateway, by: statement, after: key, limit: limit)
    }
  }

  /// Whether more than so many are open at the gateway of a statement or may be shown otherwise by
  /// it.
  package func hasDiscrepancies(
    moreThan limit: Int, for statement: StatementRecord
  ) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in
      try discrepancies.has(
        moreThan: limit, gateway: statement.gateway, statement: statement.id)
    }
  }

  /// What a run opened, likewise.
  package func discrepancies(
    openedBy run: RunID, after key: Int64, limit: Int
  ) throws(StoreError) -> [(key: Int64, record: DiscrepancyRecord)] {
    try database { () throws(SQLiteError) in
      try discrepancies.opened(by: run, after: key, limit: limit)
    }
  }

  /// Whether something of ours is matched with a row of any statement of a content.
  package func isMatched(
    _ subject: LocalSubject, in content: StatementContent
  ) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in try runs.row(of: subject, content) != nil }
  }

  /// The newest run over statements of a gateway.
  package func latestRun(
    gateway: String, content: StatementContent
  ) throws(StoreError) -> RunID? {
    try database { () throws(SQLiteError) in
      try runs.latest(gateway: gateway, content: content)
    }
  }

  package func discrepancy(_ id: DiscrepancyID) throws(StoreError) -> DiscrepancyRecord? {
    try database { () throws(SQLiteError) in try discrepancies.discrepancy(id) }
  }

  /// Refunds of an order that were made at the gateway's own desk and that people decided about.
  package func decidedDeskRefunds(of order: OrderID) throws(StoreError) -> [DiscrepancyRecord] {
    try database { () throws(SQLiteError) in try discrepancies.decidedDeskRefunds(of: order) }
  }

  /// The same difference, as earlier runs have told of it, oldest first.
  package func discrepancies(
    gateway: String, mark: String
  ) throws(StoreError) -> [DiscrepancyRecord] {
    try database { () throws(SQLiteError) in
      try discrepancies.discrepancies(gateway: gateway, mark: mark)
    }
  }

  package func insert(_ discrepancy: DiscrepancyRecord) throws(StoreError) {
    try database { () throws(SQLiteError) in try discrepancies.insert(discrepancy) }
  }

  package func update(_ discrepancy: DiscrepancyRecord) throws(StoreError) {
    try database { () throws(SQLiteError) in try discrepancies.update(discrepancy) }
  }

  /// What nobody has decided by a moment, and what waited for it.
  package func dueDiscrepancies(
    at now: Timestamp, limit: Int64
  ) throws(StoreError) -> [DiscrepancyRecord] {
    try database { () throws(SQLiteError) in try discrepancies.due(at: now, limit: limit) }
  }

  /// When the next one will be due; our wall clock.
  package func nextDiscrepancyDue() throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in try discrepancies.nextDue() }
  }
}
