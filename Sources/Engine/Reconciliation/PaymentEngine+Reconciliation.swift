import Domain
import Gateways
import Store

/// Writes what a comparison found: one input, one transaction, the same path as everything else
/// that changes money.
extension PaymentEngine {
  func reconcile(
    _ draft: RunDraft, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    if let outcome = runs.outcome {
      return .done(.reconciled(outcome.run, kinds: outcome.kinds))
    }
    let statement = draft.statement
    _ = try desk(statement.gateway)
    try requireFew(draft)
    let known = try stored { () throws(StoreError) in
      try takeBackAhead(of: draft, by: request.caller.actor, at: now)
    }
    guard let known else { throw .refused(Self.overtaken(draft)) }
    let refuted = try stored { () throws(StoreError) in
      try takeBackInDoubt(of: draft, after: known, by: request.caller.actor, at: now)
    }
    if let refuted {
      // What a dry run takes back is there again once it is over.
      let takenBack = isTrial ? draft.takenBack.union(refuted) : []
      return .refused(Refusal(Self.overtaken(draft), takenBack: takenBack))
    }
    let isWritable = try stored { () throws(StoreError) in try isReady(draft) }
    guard isWritable else {
      enqueue(draft, .request(request), at: now)
      return .waits
    }
    try requireStanding(draft)
    let hasChanged = try stored { () throws(StoreError) in
      try isOvertaken(draft, after: runs.finished?.sequence ?? known)
    }
    guard !hasChanged else { throw .refused(Self.overtaken(draft)) }
    return try stored { () throws(StoreError) in
      let (run, tally) = try write(draft, by: request.caller.actor, at: now)
      return .done(.reconciled(run, kinds: tally.kinds))
    }
  }

  /// More differences mean that the wrong file was compared.
  private func requireFew(_ draft: RunDraft) throws(CommandStop) {
    let count = draft.discrepancies.count
    let limit =
      isTrial
      ? min(settings.discrepanciesPerTrial, settings.discrepanciesPerRun)
      : settings.discrepanciesPerRun
    guard count > limit else { return }
    let isTooManyToTry = count <= settings.discrepanciesPerRun
    throw .refused(
      Rejection(
        .tooManyDiscrepancies,
        isTooManyToTry
          ? "\(count) rows differ: that is too much for a dry run."
          : "\(count) rows differ: this is hardly the bill of \(draft.statement.gateway).",
        hint: isTooManyToTry ? "Run it: its discrepancies are told of a few at a time." : nil,
        path: "/params/statement",
        details: [
          .init("count", .integer(Int64(count))), .init("limit", .integer(Int64(limit))),
        ]))
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
      draft.knewPart
        ? "Another run of \(statement.gateway) was still being written down when this one was "
          + "compared."
        : "Another run of \(statement.gateway) was finished, \(statement.id) was issued again, or "
          + "our books have changed, while this one was compared.",
      hint: "Run it again.", path: "/params/statement")
  }

  func isStanding(_ draft: RunDraft) throws(StoreError) -> Bool {
    let statement = draft.statement
    let latest = try store.latestRun(gateway: statement.gateway, content: statement.content)
    guard latest == draft.follows, !draft.knewPart,
      try store.statement(statement.id) == statement
    else {
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
    for other in draft.rows.statements + draft.elsewhere where other != draft.statement.id {
      guard let record = try store.statement(other), record.supersededBy == nil else {
        return false
      }
    }
    guard let bank = draft.bank else { return true }
    let payouts = Set(draft.payouts)
    let taken = Set(
      try store.arrivals(at: bank.id).filter { !payouts.contains($0.payout) }.map(\.place))
    return !draft.arrivals.contains { taken.contains($0.place) }
  }

  func write(
    _ draft: RunDraft, by actor: Actor, at now: Timestamp
  ) throws(StoreError) -> (RunRecord, RunTally) {
    let staging = runs.finished?.staging
    let id = staging?.run ?? identifiers.next(RunKind.self, at: now)
    let statement = draft.statement
    try reopenSignOffs(over: statement.id, draft.replaces, for: id, at: now)
    var filled = runs.finished?.filled ?? FilledBack()
    for fillBack in draft.fillBacks.dropFirst(runs.finished?.fillBacksDone ?? 0) {
      try apply(fillBack, of: statement, to: &filled, at: now)
    }
    var proofs = draft.proofs
    for money in filled.missing { Self.takeBack(money, from: &proofs) }
    try settle(draft, at: now)
    try store.replaceArrivals(
      of: draft.payouts, with: draft.arrivals, returns: draft.returns, freed: draft.freed)
    var opened: [DiscrepancyRecord] = []
    var known = staging?.known ?? 0
    if staging == nil {
      (opened, known) = try openAll(draft, id, filled.subjects, by: actor, at: now)
      opened = try applyRules(to: opened, at: now)
    }
    let run = RunRecord(
      id: id, statement: statement.id, fund: draft.fund?.id, bank: draft.bank?.id,
      gateway: statement.gateway, content: statement.content,
      from: statement.from, to: statement.to, madeAt: now, madeBy: actor.text,
      statementRows: draft.statementRows, localRows: draft.localRows,
      statementBuckets: draft.statementBuckets, localBuckets: draft.localBuckets,
      fundBuckets: draft.fundBuckets, bankBuckets: draft.bankBuckets,
      proofs: proofs, bookings: draft.bookings, filledBack: Int64(filled.subjects.count),
      opened: staging?.opened ?? Int64(opened.count), known: known,
      digest: draft.digest)
    try store.insert(run)
    var tally = RunTally()
    for record in opened { tally.add(record) }
    if staging == nil { try finish(run, tally, by: actor, at: now) }
    return (run, tally)
  }

  /// All of a run is written: people hear of it.
  func finish(
    _ run: RunRecord, _ tally: RunTally, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    try record(
      .run(
        run.id,
        .finished(
          statement: run.statement, gateway: run.gateway, rows: run.statementRows,
          filledBack: run.filledBack, opened: run.opened, digest: run.digest,
          bookings: run.bookings)),
      by: actor, at: now)
    for proof in run.proofs where proof.remainder != 0 {
      effects.append(
        .alarm(
          "I15 \(run.gateway): run \(run.id) leaves \(proof.remainder) minor units of "
            + "\(proof.currency.code) that nothing explains."))
    }
    sayWhatIsOwed(tally, run.gateway)
    try openCases(for: tally.serious, foundBy: run.id, at: now)
  }

  /// What could not be filled back is not in our books: its discrepancy stays open and explains it.
  private static func takeBack(_ money: Money, from proofs: inout [RunProof]) {
    guard let place = proofs.firstIndex(where: { $0.currency == money.currency }) else { return }
    proofs[place].subtract(money.minor, from: \.books)
    proofs[place].add(money.minor, to: \.differences)
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
    case .refundReturn(let id):
      guard let order = try store.load(refund: id), let refund = order.aggregate.refund(id),
        fillBack.amount == refund.amount
      else { return false }
      let why = Reason(code: "refund_returned", text: "the gateway's bill has it back")
      _ = try take(
        .refund(number: refund.number, .returned(why)), refund.payment, order, evidence, by: actor,
        at: now)
      let after = try store.load(refund: id)?.aggregate.refund(id)?.state
      return refund.state != .returned && after == .returned
    case .reversal, .order, .dispute: return false
    }
  }

  // MARK: Discrepancies

  /// Whether a difference was told by an earlier run, or how it is told now.
  func telling(_ found: DiscrepancyFacts, earlier marks: [String]) throws(StoreError)
    -> DiscrepancyHistory.Telling
  {
    var told = try store.discrepancies(gateway: found.gateway, mark: found.mark)
    for mark in marks where told.isEmpty {
      let older = try store.discrepancies(gateway: found.gateway, mark: mark).last
      guard let older, older.facts.theirs?.at == found.theirs?.at,
        older.facts.actual == found.actual
      else { continue }
      told = [older]
    }
    return DiscrepancyHistory(told).telling(of: found)
  }

  private func openAll(
    _ draft: RunDraft, _ run: RunID, _ filled: Set<LocalSubject>, by actor: Actor,
    at now: Timestamp
  ) throws(StoreError) -> (opened: [DiscrepancyRecord], known: Int64) {
    var opened: [DiscrepancyRecord] = []
    var known: Int64 = 0
    var marks: Set<String> = []
    for item in draft.discrepancies where marks.insert(item.mark).inserted {
      let facts = item.facts(run, of: draft.statement, dueAt: Self.due(at: now))
      switch try telling(facts, earlier: item.earlierMarks) {
      case .known(let present):
        known += 1
        marks.insert(present.facts.mark)
        try store.note(present.id, foundBy: run)
      case .new(let facts):
        opened.append(
          try open(
            identifiers.next(DiscrepancyNumber.self, at: now), facts,
            Self.ending(of: item, filled), by: actor, at: now))
      }
    }
    try resolveAgreed(RunScope(of: draft, .written(run), by: actor), at: now)
    return (opened, known)
  }

  static func due(at now: Timestamp) -> Timestamp {
    now.adding(milliseconds: Int64(Limits.discrepancyDueMilliseconds))
  }

  func open(
    _ id: DiscrepancyID, _ facts: DiscrepancyFacts, _ end: DiscrepancyResolution?, by actor: Actor,
    at now: Timestamp
  ) throws(StoreError) -> DiscrepancyRecord {
    var record = DiscrepancyRecord(id: id, facts: facts, openedAt: now)
    try noteDiscrepancy(record, .opened(facts), by: actor, at: now)
    if let end {
      let bill = Actor.statement(gateway: facts.gateway)
      record.apply(.resolved(end), by: bill, at: now)
      try noteDiscrepancy(record, .resolved(end), by: bill, at: now)
    }
    try store.insert(record)
    try store.note(record.id, foundBy: facts.run)
    if facts.isRefundGuess {
      for refund in try unnumberedRefunds(guessedBy: facts) {
        try askAtOnce(.refund(refund), at: now)
      }
    }
    return record
  }

  /// Buyers wait for goods, or goods are gone without money: somebody is told at once (AL20).
  private func sayWhatIsOwed(_ tally: RunTally, _ gateway: String) {
    for kind in [DiscrepancyKind.paidNotDelivered, .deliveredNotPaid] {
      guard let owed = tally.owed[kind] else { continue }
      let what = kind == .paidNotDelivered ? "paid and not delivered" : "delivered and not paid"
      effects.append(
        .alarm("AL20 \(gateway): \(owed.count) orders are \(what), as \(owed.first)."))
    }
  }

  /// How a difference ends by itself: only where nothing is left to decide.
  static func ending(
    of item: DraftDiscrepancy, _ filled: Set<LocalSubject>
  ) -> DiscrepancyResolution? {
    switch item.kind {
    // The capture is of the amount that the bill says; whether that will do is asked at the order.
    case .gatewaySuccessOnly, .amountMore, .amountLess, .refundStatus:
      item.ours.map { filled.contains($0) } ?? false ? .filledBack : nil
    case .duplicateRow: item.level == .machine ? .leftOut : nil
    default: nil
    }
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
