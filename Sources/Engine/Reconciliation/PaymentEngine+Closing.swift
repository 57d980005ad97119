import Domain
import Store

/// Runs with many differences. What they tell is staged piece by piece; one piece then puts the run
/// in, and from there on it is carried out to its end, over any crash: differences are opened, and
/// what agrees by now is closed, a few at a time.
extension PaymentEngine {
  private static let batchesSwept = 64

  // MARK: Before the run is in

  /// Whether a draft tells of so much, or so much is open, that no transaction should hold it.
  func tellsMuch(_ draft: RunDraft) throws(StoreError) -> Bool {
    let limit = settings.differencesOfPiece
    if draft.discrepancies.count > limit { return true }
    return try store.hasDiscrepancies(moreThan: limit, of: draft.statement.gateway)
  }

  /// Stages some of the differences of a draft.
  func stage(_ writing: inout RunDesk.Writing, at now: Timestamp) throws(StoreError) {
    let draft = writing.draft
    var staging =
      writing.staging ?? RunDesk.Staging(run: identifiers.next(RunKind.self, at: now))
    let end = min(draft.discrepancies.count, staging.place + settings.differencesOfPiece)
    var findings: [StagedFinding] = []
    for item in draft.discrepancies[staging.place..<end]
    where staging.marks.insert(item.mark).inserted {
      findings.append(
        try finding(item, of: draft, staging.run, writing.filled, by: writing.actor, at: now))
    }
    for finding in findings {
      if case .known = finding { staging.known += 1 } else { staging.opened += 1 }
    }
    try store.stage(findings, as: staging.batches, of: draft.statement.gateway)
    staging.batches += 1
    staging.place = end
    writing.staging = staging
  }

  private func finding(
    _ item: DraftDiscrepancy, of draft: RunDraft, _ run: RunID, _ filled: FilledBack,
    by actor: Actor, at now: Timestamp
  ) throws(StoreError) -> StagedFinding {
    if let present = try toldBefore(item, draft.statement.gateway) { return .known(present.id) }
    let due = now.adding(milliseconds: Int64(Limits.discrepancyDueMilliseconds))
    return .new(
      identifiers.next(DiscrepancyNumber.self, at: now),
      item.facts(run, of: draft.statement, dueAt: due), by: actor,
      ends: Self.ending(of: item, filled.subjects))
  }

  // MARK: The piece that decides

  /// Puts a run in whose rows and differences are all written.
  func putIn(_ writing: RunDesk.Writing, at now: Timestamp) throws(StoreError) {
    guard let staging = writing.staging else { return }
    runs.finished = writing
    defer { runs.finished = nil }
    let draft = writing.draft
    _ = try write(draft, by: writing.actor, at: now)
    let closing = RunClosing(
      run: staging.run, actor: writing.actor, replaces: draft.replaces, settled: draft.settled,
      batches: staging.batches)
    try store.save(closing, of: draft.statement.gateway)
    runs.closings.append(
      RunDesk.Closing(gateway: draft.statement.gateway, state: closing, input: writing.input))
  }

  // MARK: After it

  /// Runs that were in before a stop are told of to their end; what was staged for others goes.
  func recoverClosings(at now: Timestamp) throws(StoreError) {
    for gateway in gatewayNames {
      if let state = try store.closing(of: gateway) {
        runs.closings.append(RunDesk.Closing(gateway: gateway, state: state, input: nil))
      } else if try store.unstage(gateway, limit: Self.batchesSwept) {
        runs.unstaged.append(gateway)
      }
    }
    if !runs.closings.isEmpty || !runs.unstaged.isEmpty { setTimer(now) }
  }

  /// Carries the next piece out.
  ///
  /// - Returns: false where there is none.
  func closePiece(at now: Timestamp) throws(StoreError) -> Bool {
    guard var closing = runs.closings.first else { return try unstagePiece(at: now) }
    setTimer(now)
    var state = closing.state
    switch state.step {
    case .telling: try tell(&state, closing.gateway, at: now)
    case .agreeing:
      let page = try store.openDiscrepancies(
        gateway: closing.gateway, after: state.place, limit: settings.differencesOfPiece)
      try resolveAgreed(page.map(\.record), scope(of: state), at: now)
      state.goOn(page.last?.key, else: .ruled)
    case .ruled:
      let page = try store.decidedByRules(
        gateway: closing.gateway, after: state.place, limit: settings.differencesOfPiece)
      try takeBackRuled(page.map(\.record), scope(of: state), at: now)
      guard let last = page.last?.key else {
        try end(closing, at: now)
        return true
      }
      state.place = last
    }
    try store.save(state, of: closing.gateway)
    closing.state = state
    runs.closings[0] = closing
    return true
  }

  private func tell(
    _ state: inout RunClosing, _ gateway: String, at now: Timestamp
  ) throws(StoreError) {
    guard state.place < state.batches else {
      state.goOn(nil, else: .agreeing)
      return
    }
    var opened: [DiscrepancyRecord] = []
    for finding in try store.staged(Int(state.place), of: gateway) {
      switch finding {
      case .known(let id): try store.note(id, foundBy: state.run)
      case .new(let id, let facts, let actor, let end):
        opened.append(try open(id, facts, end, by: actor, at: now))
      }
    }
    _ = try applyRules(to: opened, at: now)
    state.place += 1
  }

  private func scope(of state: RunClosing) throws(StoreError) -> RunScope {
    guard let run = try store.run(state.run), let statement = try store.statement(run.statement)
    else { throw .damaged("run \(state.run)") }
    return RunScope(
      run: state.run, actor: state.actor, statement: statement, replaces: state.replaces,
      compared: [run.statement, run.fund, run.bank].compactMap(\.self), hasFund: run.fund != nil,
      hasBank: run.bank != nil, settled: state.settled)
  }

  /// All is told: people hear of it, and whoever asked has an answer.
  private func end(_ closing: RunDesk.Closing, at now: Timestamp) throws(StoreError) {
    runs.closings.removeFirst()
    let id = closing.state.run
    guard let run = try store.run(id) else { throw .damaged("run \(id)") }
    try sayWhatIsOwed(by: id, closing.gateway)
    try openCases(foundBy: id, at: now)
    if try store.unstage(closing.gateway, limit: Self.batchesSwept) {
      runs.unstaged.append(closing.gateway)
    }
    guard let input = closing.input else { return }
    runs.outcome = (run, try store.discrepancyCounts(of: id))
    defer { runs.outcome = nil }
    try perform(input, at: now)
  }

  private func unstagePiece(at now: Timestamp) throws(StoreError) -> Bool {
    guard let gateway = runs.unstaged.first else { return false }
    if try store.unstage(gateway, limit: Self.batchesSwept) {
      setTimer(now)
    } else {
      runs.unstaged.removeFirst()
    }
    return true
  }
}

extension RunClosing {
  /// Looks further behind a key, or takes the next step.
  fileprivate mutating func goOn(_ key: Int64?, else next: Step) {
    if key == nil { step = next }
    place = key ?? 0
  }
}
