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
    guard isReady(draft) else {
      enqueue(draft, .request(request), at: now)
      return .waits
    }
    let hasChanged = try stored { () throws(StoreError) in
      try isOvertaken(draft, after: runs.finished?.sequence ?? draft.books.sequence)
    }
    guard !hasChanged else { throw .refused(Self.overtaken(draft)) }
    return try stored { () throws(StoreError) in
      let (run, opened) = try write(draft, by: request.caller.actor, at: now)
      return .done(.reconciled(run, kinds: Self.counts(opened)))
    }
  }

  /// The draft was made beside the writer: what it was made of must still be in force.
  private func requireStanding(_ draft: RunDraft) throws(CommandStop) {
    let isWhole = try stored { () throws(StoreError) in try isStanding(draft) }
    guard isWhole else { throw .refused(Self.overtaken(draft)) }
  }

  private static func overtaken(_ draft: RunDraft) -> Rejection {
    let statement = draft.statement
    return Rejection(
      .versionMismatch,
      "Another run of \(statement.gateway) was finished, \(statement.id) was issued again, or our "
        + "books have changed, while this one was compared.",
      hint: "Run it again.", path: "/params/statement")
  }

  func isStanding(_ draft: RunDraft) throws(StoreError) -> Bool {
    let statement = draft.statement
    let latest = try store.latestRun(gateway: statement.gateway, content: statement.content)
    guard latest == draft.follows, try store.statement(statement.id) == statement else {
      return false
    }
    return try isStanding(beside: draft)
  }

  /// The same for what was compared beside it: no row of the bank may be a payout of another run.
  private func isStanding(beside draft: RunDraft) throws(StoreError) -> Bool {
    for beside in [draft.fund, draft.bank].compactMap({ $0 })
    where try store.statement(beside.id) != beside {
      return false
    }
    for other in draft.rows.statements where other != draft.statement.id {
      guard let record = try store.statement(other), record.supersededBy == nil else {
        return false
      }
    }
    guard let bank = draft.bank else { return true }
    let payouts = Set(draft.payouts)
    let taken = Set(
      try store.arrivals(at: bank.id).filter { !payouts.contains($0.payout) }.map(\.line))
    return !draft.arrivals.contains { taken.contains($0.line) }
  }

  private func write(
    _ draft: RunDraft, by actor: Actor, at now: Timestamp
  ) throws(StoreError) -> (RunRecord, opened: [DiscrepancyRecord]) {
    let id = identifiers.next(RunKind.self, at: now)
    let statement = draft.statement
    try reopenSignOffs(over: statement.id, draft.replaces, for: id, at: now)
    var filled = runs.finished?.filled ?? FilledBack()
    for fillBack in draft.fillBacks.dropFirst(runs.finished?.fillBacksDone ?? 0) {
      try apply(fillBack, of: statement, to: &filled, at: now)
    }
    var proofs = draft.proofs
    for money in filled.missing { Self.takeBack(money, from: &proofs) }
    try settle(draft, at: now)
    try store.replaceArrivals(of: draft.payouts, with: draft.arrivals)
    let (found, known) = try openAll(draft, id, filled.subjects, by: actor, at: now)
    let opened = try applyRules(to: found, at: now)
    let run = RunRecord(
      id: id, statement: statement.id, fund: draft.fund?.id, bank: draft.bank?.id,
      gateway: statement.gateway, content: statement.content,
      from: statement.from, to: statement.to, madeAt: now, madeBy: actor.text,
      statementRows: draft.statementRows, localRows: draft.localRows,
      statementBuckets: draft.statementBuckets, localBuckets: draft.localBuckets,
      fundBuckets: draft.fundBuckets, bankBuckets: draft.bankBuckets,
      proofs: proofs, bookings: draft.bookings, filledBack: Int64(filled.subjects.count),
      opened: Int64(opened.count), known: known,
      digest: draft.digest)
    try store.insert(run)
    try record(
      .run(
        id,
        .finished(
          statement: statement.id, gateway: statement.gateway, rows: draft.statementRows,
          filledBack: run.filledBack, opened: run.opened, digest: run.digest,
          bookings: draft.bookings)),
      by: actor, at: now)
    for proof in proofs where proof.remainder != 0 {
      effects.append(
        .alarm(
          "I15 \(statement.gateway): run \(id) leaves \(proof.remainder) minor units of "
            + "\(proof.currency.code) that nothing explains."))
    }
    try openCases(for: opened, foundBy: id, at: now)
    return (run, opened)
  }

  /// What could not be filled back is not in our books: its discrepancy stays open and explains it.
  private static func takeBack(_ money: Money, from proofs: inout [RunProof]) {
    guard let place = proofs.firstIndex(where: { $0.currency == money.currency }) else { return }
    proofs[place].subtract(money.minor, from: \.books)
    proofs[place].add(money.minor, to: \.differences)
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

  func apply(
    _ fillBack: FillBack, of statement: StatementRecord, to filled: inout FilledBack,
    at now: Timestamp
  ) throws(StoreError) {
    if try apply(fillBack, of: statement, at: now) {
      filled.subjects.insert(fillBack.subject)
    } else if let posts = fillBack.posts {
      filled.missing.append(posts)
    }
  }

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
      _ = try take(
        .refund(number: refund.number, sighting), refund.payment, order, evidence, by: actor,
        at: now)
      // Of another amount it is told to a person, and is not done here.
      let after = try store.load(refund: id)?.aggregate.refund(id)?.state
      return refund.state != .succeeded && after == .succeeded
    case .reversal, .order, .dispute: return false
    }
  }

  // MARK: Discrepancies

  private func toldBefore(
    _ item: DraftDiscrepancy, _ gateway: String
  ) throws(StoreError) -> DiscrepancyRecord? {
    if let same = try store.discrepancy(gateway: gateway, mark: item.mark) { return same }
    for mark in item.earlierMarks {
      guard let present = try store.discrepancy(gateway: gateway, mark: mark),
        present.facts.theirs?.at == item.theirs?.at, present.facts.actual == item.actual
      else { continue }
      return present
    }
    return nil
  }

  private func openAll(
    _ draft: RunDraft, _ run: RunID, _ filled: Set<LocalSubject>, by actor: Actor,
    at now: Timestamp
  ) throws(StoreError) -> (opened: [DiscrepancyRecord], known: Int64) {
    var opened: [DiscrepancyRecord] = []
    var known: Int64 = 0
    var marks: Set<String> = []
    let dueAt = now.adding(milliseconds: Int64(Limits.discrepancyDueMilliseconds))
    for item in draft.discrepancies where marks.insert(item.mark).inserted {
      if let present = try toldBefore(item, draft.statement.gateway) {
        known += 1
        marks.insert(present.facts.mark)
        try store.note(present.id, foundBy: run)
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
      try store.note(record.id, foundBy: run)
      opened.append(record)
    }
    sayWhatIsOwed(opened, draft.statement.gateway)
    try resolveAgreed(draft, marks, by: actor, at: now)
    return (opened, known)
  }

  /// Buyers wait for goods, or goods are gone without money: somebody is told at once (AL20).
  private func sayWhatIsOwed(_ opened: [DiscrepancyRecord], _ gateway: String) {
    for kind in [DiscrepancyKind.paidNotDelivered, .deliveredNotPaid] {
      let orders = opened.filter { $0.facts.kind == kind }.compactMap(\.facts.order)
      guard let first = orders.first else { continue }
      let what = kind == .paidNotDelivered ? "paid and not delivered" : "delivered and not paid"
      effects.append(.alarm("AL20 \(gateway): \(orders.count) orders are \(what), as \(first)."))
    }
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
    let ruled = try store.decidedByRules(gateway: draft.statement.gateway)
    guard !open.isEmpty || !ruled.isEmpty else { return }
    for var record in open where !marks.contains(record.facts.mark) {
      let facts = record.facts
      var isOfIt =
        facts.statement == draft.statement.id || facts.statement == draft.replaces
      if isOfIt { isOfIt = try wasLookedFor(facts, by: draft) }
      // The gateway has told since that it gave the payment back, or what a dispute moved.
      var isReversal = facts.kind == .refundMissingLocally || facts.kind == .unknownDispute
      if isReversal { isReversal = try hasMatch(facts.theirs) }
      let isOver = try isDeliverySettled(facts)
      let hasCome = Self.hasCome(facts, by: draft)
      guard isOfIt || hasCome || isReversal || isOver else { continue }
      record.apply(.resolved(.agrees), by: actor, at: now)
      try noteDiscrepancy(record, .resolved(.agrees), by: actor, at: now)
      try store.update(record)
    }
    try takeBack(ruled.filter { Self.hasCome($0.facts, by: draft) }, by: actor, at: now)
  }

  /// What was missing is there, perhaps by a bill of another day.
  private static func hasCome(_ facts: DiscrepancyFacts, by draft: RunDraft) -> Bool {
    if facts.kind == .payoutNotArrived, facts.actual == 0 {
      return facts.theirs.map { draft.settled.contains($0.text) } ?? false
    }
    return facts.kind.endsWithMatch && facts.ours.map(draft.books.isMatched) ?? false
  }

  /// A rule had closed what was only late: its decision is taken back, the books with it, and the
  /// rule ends. What people decided is theirs.
  private func takeBack(
    _ ruled: [DiscrepancyRecord], by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    for before in ruled {
      var after = before
      let undone = DiscrepancyEvent.reopened(reason: "a later statement has it")
      for event in [undone, .resolved(.agrees)] {
        after.apply(event, by: actor, at: now)
        try noteDiscrepancy(after, event, by: actor, at: now)
      }
      try store.update(after)
      try endRules(contradictedBy: after, before: before, by: actor, at: now)
    }
  }

  private func hasMatch(_ row: StatementRowReference?) throws(StoreError) -> Bool {
    guard let row else { return false }
    return try store.isMatched(line: row.line, of: row.statement)
  }

  /// What was owed has gone out, or need not any more.
  private func isDeliverySettled(_ facts: DiscrepancyFacts) throws(StoreError) -> Bool {
    guard facts.kind == .paidNotDelivered || facts.kind == .deliveredNotPaid,
      let id = facts.order, let order = try store.load(.id(id))?.aggregate.order
    else { return false }
    return facts.kind == .paidNotDelivered
      ? order.deliveryState == .delivered || order.payState != .paid : order.payState.isSettled
  }

  /// A difference that a run did not find is gone only where it compared both of its sides.
  private func wasLookedFor(
    _ facts: DiscrepancyFacts, by draft: RunDraft
  ) throws(StoreError) -> Bool {
    let compared = [draft.statement, draft.fund, draft.bank].compactMap { $0?.id }
    for side in [facts.theirs, facts.bank].compactMap({ $0?.statement }) {
      var id = side
      while !compared.contains(id) {
        guard let newer = try store.statement(id)?.supersededBy else { return false }
        id = newer
      }
    }
    guard facts.kind == .payoutNotArrived, let row = facts.theirs else { return true }
    // A trade that was not moved is looked for in the balance, a payout at the bank.
    let isTrade = try store.statement(row.statement)?.content == .trade && draft.fund != nil
    return isTrade || draft.bank != nil
  }

  func noteDiscrepancy(
    _ record: DiscrepancyRecord, _ event: DiscrepancyEvent, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    let order = try record.facts.order.flatMap { id throws(StoreError) in
      try store.load(.id(id))
    }
    try note(.discrepancy(record.id, event), on: order, by: actor, at: now)
    try reopenSignOffs(because: event, of: record.id, at: now)
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
