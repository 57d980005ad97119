import Domain
import Gateways
import Store

/// Files on their way in, and statements.
extension PaymentEngine {
  func beginStatement(
    _ name: String?, _ byteCount: Int64, _ digest: String, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let owner = request.caller.principal
    let (known, count) = try stored { () throws(StoreError) in
      try store.removeUploads(
        before: now.adding(milliseconds: -Int64(Limits.uploadKeptMilliseconds)))
      return (
        try store.upload(owner: owner, digest: digest, byteCount: byteCount),
        try store.uploadsCount(of: owner)
      )
    }
    // Begun before: it goes on where it stopped.
    if let known { return .done(.received(known.id, byteCount: known.received)) }
    guard count < Int64(Limits.uploads) else {
      throw .refused(
        Rejection(
          .tooManyUploads, "\(count) files of yours are on their way in.",
          details: [.init("limit", .integer(Int64(Limits.uploads)))]))
    }
    let upload = UploadRow(
      id: identifiers.next(StatementKind.self, at: now), name: name, byteCount: byteCount,
      digest: digest, owner: owner, createdAt: now)
    try stored { () throws(StoreError) in try store.save(upload) }
    return .done(.received(upload.id, byteCount: 0))
  }

  func append(
    _ bytes: [UInt8], to id: StatementID, at place: Int64, _ caller: Caller
  ) throws(CommandStop) -> CommandOutcome {
    let found = try stored { () throws(StoreError) in try store.upload(id) }
    guard var upload = found, upload.owner.utf8.elementsEqual(caller.principal.utf8) else {
      throw .refused(
        Rejection(
          .statementNotFound, "No file is on its way in as \(id).", path: "/params/statement"))
    }
    // Sent again because the reply was lost: the same piece is no second one.
    if place < upload.received,
      try stored({ () throws(StoreError) in try store.piece(of: id, at: place) }) == bytes
    {
      return .done(.received(id, byteCount: upload.received))
    }
    let fits =
      place == upload.received && !bytes.isEmpty
      && Int64(bytes.count) <= upload.byteCount - upload.received
    guard fits else {
      throw .refused(
        Rejection(
          .statementOutOfPlace,
          "\(upload.received) of \(upload.byteCount) bytes are here; a piece of \(bytes.count) "
            + "at \(place) does not follow them.",
          path: "/params/offset", details: [.init("received", .integer(upload.received))]))
    }
    try stored { () throws(StoreError) in try store.append(bytes, to: &upload) }
    return .done(.received(id, byteCount: upload.received))
  }

  /// Takes in a file that was read beside the writer.
  func importStatement(
    _ draft: StatementDraft, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let gateway = try gateway(of: draft)
    try requireMerchant(of: gateway, in: draft)
    let found = try stored { () throws(StoreError) in try store.upload(draft.upload) }
    guard let upload = found else {
      throw .refused(
        Rejection(
          .statementNotFound, "No file is on its way in as \(draft.upload).",
          path: "/params/statement"))
    }
    return try stored { () throws(StoreError) in
      let record = StatementRecord(
        id: upload.id, gateway: gateway, content: draft.content, format: draft.format,
        declaration: draft.declaration, charset: draft.charset, name: upload.name,
        digest: upload.digest, byteCount: upload.byteCount, from: draft.from, to: draft.to,
        rows: draft.rows, skippedRows: draft.skippedRows, totals: draft.totals,
        figures: draft.figures, importedAt: now,
        importedBy: request.caller.actor.text)
      let older = try store.statementInForce(like: record)
      if let known = try twin(of: record, inForce: older) {
        try store.removeUpload(upload.id)
        return .done(
          .statement(
            StatementReply(
              record: known, isKnown: true, supersedes: nil, leftOut: draft.leftOut,
              preview: draft.preview, filledBack: 0)))
      }
      try store.insert(record, supersedes: older?.id)
      try self.record(
        .statement(
          record.id,
          .imported(
            gateway: record.gateway, content: record.content, digest: record.digest,
            rows: record.rows, from: record.from, to: record.to, isVerified: record.isVerified,
            supersedes: older?.id)),
        by: request.caller.actor, at: now)
      if let older {
        try reopenSignOffs(restingOn: older.id, issuedAgainAs: record.id, at: now)
      }
      let filledBack = try take(draft.credits, of: record, at: now)
      return .done(
        .statement(
          StatementReply(
            record: record, isKnown: false, supersedes: older?.id, leftOut: draft.leftOut,
            preview: draft.preview, filledBack: filledBack)))
    }
  }

  /// The statement that the same bytes are already. Read in another way they are another one; and
  /// without rows they do not tell their days, so those of another day are another one too.
  private func twin(
    of record: StatementRecord, inForce: StatementRecord?
  ) throws(StoreError) -> StatementRecord? {
    let known =
      record.rows > 0
      ? try store.statement(digest: record.digest, gateway: record.gateway) : inForce
    guard let known, known.digest == record.digest, known.format == record.format,
      known.declaration == record.declaration
    else { return nil }
    return known
  }

  /// The bill of another account would take the place of this one's, and all its rows differ.
  private func requireMerchant(
    of gateway: String, in draft: StatementDraft
  ) throws(CommandStop) {
    guard let own = merchant(of: gateway), let other = draft.merchants.first,
      !draft.merchants.contains(where: { $0.utf8.elementsEqual(own.utf8) })
    else { return }
    let count = draft.merchants.count
    let owner = gatewayNames.first { name in
      merchant(of: name).map { $0.utf8.elementsEqual(other.utf8) } ?? false
    }
    throw .refused(
      Rejection(
        .statementUnreadable,
        "The file is of merchant \(other)\(count > 1 ? " and \(count - 1) others" : ""), and "
          + "\(gateway) is configured as merchant \(own).",
        hint: owner.map { "\($0) is merchant \(other): name it with gateway." }
          ?? "Name its gateway, or correct the number of \(gateway) in the configuration.",
        path: "/params/gateway",
        details: [.init("reason", .text(StatementReading.otherMerchant))]))
  }

  private func merchant(of gateway: String) -> String? { desks[gateway]?.account.merchant }

  /// The gateway that was named; without a name the only one that gives out such files.
  private func gateway(of draft: StatementDraft) throws(CommandStop) -> String {
    if let name = draft.gateway {
      if draft.content != .bank { _ = try desk(name) }
      return name
    }
    let fitting = gatewayNames.filter { name in
      let kind = desks[name]?.gateway.kind ?? ""
      return draft.gatewayKind.map { $0.utf8.elementsEqual(kind.utf8) } ?? false
    }
    guard fitting.count == 1 else {
      throw .refused(
        Rejection(
          .gatewayNotFound,
          fitting.isEmpty
            ? "No configured gateway gives out files laid out as \(draft.format)."
            : "\(fitting.count) gateways give out files laid out as \(draft.format).",
          hint: "Name it with gateway.", path: "/params/gateway",
          details: [.init("did_you_mean", .list(Array(fitting.prefix(Limits.suggestions))))]))
    }
    return fitting[0]
  }
}
