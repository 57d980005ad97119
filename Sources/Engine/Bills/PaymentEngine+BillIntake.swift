import Crypto
import Domain
import Gateways
import Store

/// From the bytes of a bill to what they change: the same way that a file takes which somebody
/// sends, in the engine's own name.
extension PaymentEngine {
  /// Runs that were overtaken are compared again at once; how often in all.
  private static let comparisonsMax: Int64 = 8

  /// Writes the bytes down before anything is made of them.
  func keep(_ file: BillFile, _ row: inout BillRow, at now: Timestamp) throws(StoreError) {
    guard !file.bytes.isEmpty else {
      tryAgain(&row, "the file was empty", at: now)
      return
    }
    var upload = upload(of: file, at: now)
    upload.digest = SHA256.hash(file.bytes).hex
    try store.save(upload)
    try store.append(file.bytes, to: &upload)
    note(upload, in: &row, at: now)
  }

  /// Its digest comes with its last byte.
  private func upload(of file: BillFile, at now: Timestamp) -> UploadRow {
    UploadRow(
      id: identifiers.next(StatementKind.self, at: now), name: file.fileName,
      byteCount: Int64(file.bytes.count), digest: "",
      owner: BillTask.owner, createdAt: now)
  }

  private func note(_ upload: UploadRow, in row: inout BillRow, at now: Timestamp) {
    row.statement = upload.id.text
    row.state = .kept
    row.nextAt = now
    row.reason = nil
  }

  /// A large file is written piece by piece among everybody's transactions. Until it is whole its
  /// bill is one that nobody has downloaded: after a crash it is asked for again.
  func beginKeeping(
    _ file: BillFile, _ task: CallID, _ key: BillDesk.Key, at now: Timestamp
  ) throws(StoreError) {
    let upload = upload(of: file, at: now)
    try store.save(upload)
    bills.keepings.append(
      BillDesk.Keeping(task: task, key: key, bytes: file.bytes, upload: upload))
    setTimer(now)
  }

  /// Writes the next piece of a file.
  func keepPiece(at now: Timestamp) throws(StoreError) {
    guard var keeping = bills.keepings.first else { return }
    setTimer(now)
    let place = Int(keeping.upload.received)
    let piece = Array(keeping.bytes[place...].prefix(settings.bytesOfPiece))
    keeping.digest.add(piece)
    let isLast = place + piece.count == keeping.bytes.count
    if isLast { keeping.upload.digest = keeping.digest.finish().hex }
    try store.append(piece, to: &keeping.upload)
    guard isLast else {
      bills.keepings[0] = keeping
      return
    }
    bills.keepings.removeFirst()
    bills.running[keeping.task] = nil
    bills.look(at: now)
    guard var row = try store.bill(keeping.key.name, of: keeping.key.gateway) else { return }
    note(keeping.upload, in: &row, at: now)
    try store.save(row)
  }

  /// The file is understood: it becomes a statement, or is one already.
  func take(
    _ draft: StatementDraft, _ row: inout BillRow, at now: Timestamp
  ) throws(StoreError) {
    let outcome = try carriedOutByItself(.statementImport(draft), "statement.import", at: now)
    switch outcome {
    case .success(.statement(let reply)):
      row.statement = reply.record.id.text
      row.tries = nil
      if !reply.isKnown, !reply.record.isVerified {
        say("AL18 ", row, "contradicts its own totals; see statement.get \(reply.record.id).")
      }
      if let older = reply.supersedes {
        say("AL17 ", row, "was issued again: \(reply.record.id) supersedes \(older).")
      }
      guard try tradeStatement(beside: row) != nil else {
        finish(&row, .done)
        return
      }
      row.state = .imported
      row.nextAt = now
    case .success: preconditionFailure("an import brings a statement")
    case .failure(let rejection): takeRefusal(rejection, &row, at: now)
    }
  }

  /// The statement whose comparison a bill is part of: a trade bill's own; of a bill of the balance
  /// that of the trades of the same days, which is compared with both once this one is here too.
  /// Nil where there is none yet: it takes the bill of the balance along when it comes.
  func tradeStatement(beside row: BillRow) throws(StoreError) -> StatementID? {
    guard let id = row.statement.flatMap({ StatementID(text: $0) }),
      let own = try store.statement(id)
    else { return nil }
    return own.content == .trade ? id : try store.statementInForce(.trade, like: own)?.id
  }

  func take(_ draft: RunDraft, _ row: inout BillRow, at now: Timestamp) throws(StoreError) {
    switch try carriedOutByItself(.reconcile(draft), "recon.run", at: now) {
    case .success(.reconciled(let run, _)):
      finish(&row, .done)
      if run.opened > 0 {
        say("", row, "and our books differ in \(run.opened) places; see recon.get \(run.id).")
      }
    case .success: preconditionFailure("a comparison brings a run")
    case .failure(let rejection): takeRefusal(rejection, &row, at: now)
    }
  }

  /// - Parameter rule: the number of the alarm's rule with a blank behind it, or nothing.
  func say(_ rule: String, _ row: BillRow, _ text: String) {
    effects.append(
      .alarm(
        "\(rule)\(row.gateway): the \(row.name.kind.rawValue) bill of \(row.name.day) \(text)"))
  }

  /// A file that cannot be read is left to people; what time heals is tried again.
  func takeRefusal(_ rejection: Rejection, _ row: inout BillRow, at now: Timestamp) {
    let count = (row.tries?.count ?? 0) + 1
    switch (row.state, rejection.code) {
    case (.kept, .statementNotFound), (.kept, .statementIncomplete):
      // Its bytes were swept away while nobody read them.
      row.state = .waiting
      row.statement = nil
      tryAgain(&row, rejection.message, at: now)
    case (.kept, .statementUnreadable)
    where rejection.details.contains(.init("reason", .text(StatementReading.otherDays))):
      // The gateway took one day for another, and may think better of it.
      row.state = .waiting
      row.statement = nil
      tryAgain(&row, rejection.message, at: now)
    case (.imported, .versionMismatch) where count <= Self.comparisonsMax:
      row.tries = row.tries?.adding(at: now)
        ?? BillSchedule.Tries(count: 1, firstAt: now, lastAt: now)
      row.nextAt = now
    case (.imported, .statementSuperseded): finish(&row, .done, rejection.message)
    default:
      finish(&row, .unusable, rejection.message)
      say("AL17 ", row, "cannot be used: \(rejection.message)")
    }
  }

  /// Carries a command out in the engine's own name.
  private func carriedOutByItself(
    _ command: Command, _ method: String, at now: Timestamp
  ) throws(StoreError) -> Result<Reply, Rejection> {
    let request = Request(
      token: ReplyToken(value: .max), method: method,
      caller: Caller(principal: BillTask.owner, person: nil, seesAll: true, refundLimit: 0),
      command: command, key: nil, isDryRun: false, trace: nil, patienceMilliseconds: 0)
    do throws(CommandStop) {
      switch try carryOut(request, at: now) {
      case .done(let reply): return .success(reply)
      case .refused(let refusal): return .failure(refusal.rejection)
      case .waits: preconditionFailure("what waits about a file was sent to wait before")
      }
    } catch {
      switch error {
      case .refused(let rejection): return .failure(rejection)
      case .failed(let fault): throw fault
      }
    }
  }
}
