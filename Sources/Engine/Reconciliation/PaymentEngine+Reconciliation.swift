import Domain
import Gateways
import Store

/// Writes what a comparison found: one input, one transaction, the same path as everything else
/// that changes money.
extension PaymentEngine {
  func reconcile(
    _ draft: RunDraft, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let statement = draft.statement
    _ = try desk(statement.gateway)
    try requireStanding(draft)
    guard draft.discrepancies.count <= Limits.discrepanciesPerRun else {
      throw .refused(
        Rejection(
          .tooManyDiscrepancies,
          "\(draft.discrepancies.count) rows differ: this is hardly the bill of "
            + "\(statement.gateway).",
          path: "/params/statement",
          details: [
            .init("count", .integer(Int64(draft.discrepancies.count))),
            .init("limit", .integer(Int64(Limits.discrepanciesPerRun))),
          ]))
    }
    return try stored { () throws(StoreError) in
      let (run, opened) = try write(draft, by: request.caller.actor, at: now)
      return .done(.reconciled(run, kinds: Self.counts(opened)))
    }
  }

  /// The draft was made beside the writer: what it was made of must still be in force.
  private func requireStanding(_ draft: RunDraft) throws(CommandStop) {
    let statement = draft.statement
    let (present, latest) = try stored { () throws(StoreError) in
      (
        try store.statement(statement.id),
        try store.latestRun(gateway: statement.gateway, content: statement.content)
      )
    }
    guard present == statement, latest == draft.follows else {
      throw .refused(
        Rejection(
          .versionMismatch,
          "Another run of \(statement.gateway) was finished, or \(statement.id) was issued again, "
            + "while this one was compared.",
          hint: "Run it again.", path: "/params/statement"))
    }
  }

  private func write(
    _ draft: RunDraft, by actor: Actor, at now: Timestamp
  ) throws(StoreError) -> (RunRecord, opened: [DiscrepancyRecord]) {
    let id = identifiers.next(RunKind.self, at: now)
    let statement = draft.statement
    var filled: Set<LocalSubject> = []
    for fillBack in draft.fillBacks where try apply(fillBack, of: statement, at: now) {
      filled.insert(fillBack.subject)
    }
    try store.replaceMatches(of: statement, with: draft.matches)
    try store.replaceWaiting(draft.waiting, of: statement)
    let (opened, known) = try openAll(draft, id, filled, by: actor, at: now)
    let run = RunRecord(
      id: id, statement: statement.id, gateway: statement.gateway, content: statement.content,
      from: statement.from, to: statement.to, madeAt: now, madeBy: actor.text,
      statementRows: draft.statementRows, localRows: draft.localRows,
      statementBuckets: draft.statementBuckets, localBuckets: draft.localBuckets,
      filledBack: Int64(filled.count), opened: Int64(opened.count), known: known,
      digest: draft.digest)
    try store.insert(run)
    try record(
      .run(
        id,
        .finished(
          statement: statement.id, gateway: statement.gateway, rows: draft.statementRows,
          filledBack: run.filledBack, opened: run.opened, digest: run.digest)),
      by: actor, at: now)
    return (run, opened)
  }

  private static func counts(_ opened: [DiscrepancyRecord]) -> [DiscrepancyCount] {
    var counts: [DiscrepancyCount] = []
    for kind in DiscrepancyKind.allCases {
      for state in DiscrepancyState.allCases {
        let count = opened.count { $0.facts.kind == kind && $0.state == state }
        if count > 0 { counts.append(.init(kind: kind, state: state, count: Int64(count))) }
      }
    }
    return counts
  }

  // MARK: Fill-back

  /// A success of the bill pays the order, with its row as evidence of the strongest kind.
  ///
  /// - Returns: whether it made known what was not.
  private func apply(
    _ fillBack: FillBack, of statement: StatementRecord, at now: Timestamp
  ) throws(StoreError) -> Bool {
    let evidence = Evidence(
      id: fillBack.row.text, source: .statement, strength: .statement, at: now,
      digest: statement.digest)
    let actor = Actor.statement(gateway: statement.gateway)
    switch fillBack.subject {
    case .payment(let id):
      guard let order = try store.load(payment: id),
        let payment = order.aggregate.payment(id)
      else { return false }
      let capture = Capture(
        amount: fillBack.amount,
        gatewayTransaction: fillBack.row.transaction ?? payment.gatewayTransaction
          ?? payment.outTradeNumber,
        paidAt: fillBack.row.at, fee: fillBack.fee)
      return try take(.payment(.paid(capture)), id, order, evidence, by: actor, at: now)
    case .refund(let id):
      guard let order = try store.load(refund: id), let refund = order.aggregate.refund(id) else {
        return false
      }
      let sighting = RefundSighting.succeeded(
        amount: fillBack.amount, gatewayRefund: fillBack.row.transaction, at: fillBack.row.at)
      return try take(
        .refund(number: refund.number, sighting), refund.payment, order, evidence, by: actor,
        at: now)
    case .order: return false
    }
  }

  // MARK: Discrepancies

  private func openAll(
    _ draft: RunDraft, _ run: RunID, _ filled: Set<LocalSubject>, by actor: Actor,
    at now: Timestamp
  ) throws(StoreError) -> (opened: [DiscrepancyRecord], known: Int64) {
    var opened: [DiscrepancyRecord] = []
    var known: Int64 = 0
    var marks: Set<String> = []
    let dueAt = now.adding(milliseconds: Int64(Limits.discrepancyDueMilliseconds))
    for item in draft.discrepancies where marks.insert(item.mark).inserted {
      if try store.discrepancy(gateway: draft.statement.gateway, mark: item.mark) != nil {
        known += 1
        continue
      }
      let facts = item.facts(run, of: draft.statement, dueAt: dueAt)
      var record = DiscrepancyRecord(
        id: identifiers.next(DiscrepancyNumber.self, at: now), facts: facts, openedAt: now)
      try noteDiscrepancy(record, .opened(facts), by: actor, at: now)
      if let end = Self.ending(of: item, filled) {
        record.apply(.resolved(end), by: .statement(gateway: facts.gateway), at: now)
        try noteDiscrepancy(
          record, .resolved(end), by: .statement(gateway: facts.gateway), at: now)
      }
      try store.insert(record)
      opened.append(record)
    }
    try resolveAgreed(draft, marks, by: actor, at: now)
    return (opened, known)
  }

  /// How a difference ends by itself: only where nothing is left to decide.
  private static func ending(
    of item: DraftDiscrepancy, _ filled: Set<LocalSubject>
  ) -> DiscrepancyResolution? {
    switch item.kind {
    case .gatewaySuccessOnly, .refundStatus:
      item.ours.map { filled.contains($0) } ?? false ? .filledBack : nil
    case .duplicateRow: .leftOut
    default: nil
    }
  }

  /// What an earlier run opened about the same statement, or about rows matched now, and this one
  /// does not find any more.
  private func resolveAgreed(
    _ draft: RunDraft, _ marks: Set<String>, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    let open = try store.openDiscrepancies(gateway: draft.statement.gateway)
    guard !open.isEmpty else { return }
    let matched = Set(draft.matches.map(\.subject))
    for var record in open where !marks.contains(record.facts.mark) {
      let facts = record.facts
      let isOfIt =
        facts.statement == draft.statement.id || facts.statement == draft.replaces
      let isMatched = facts.kind.endsWithMatch && facts.ours.map { matched.contains($0) } ?? false
      guard isOfIt || isMatched else { continue }
      record.apply(.resolved(.agrees), by: actor, at: now)
      try noteDiscrepancy(record, .resolved(.agrees), by: actor, at: now)
      try store.update(record)
    }
  }

  func noteDiscrepancy(
    _ record: DiscrepancyRecord, _ event: DiscrepancyEvent, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    let order = try record.facts.order.flatMap { id throws(StoreError) in
      try store.load(.id(id))
    }
    try note(.discrepancy(record.id, event), on: order, by: actor, at: now)
  }
}

extension DiscrepancyKind {
  /// Something of ours had no row; once it has one, nothing is left of it.
  fileprivate var endsWithMatch: Bool {
    switch self {
    case .missingAtGateway, .refundMissingAtGateway, .carryOverAgedOut: true
    default: false
    }
  }
}
