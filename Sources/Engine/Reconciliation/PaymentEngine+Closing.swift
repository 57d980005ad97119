import Domain
import Store

/// Runs with many differences. What they tell is staged piece by piece; one piece then puts the run
/// in, and from there on it is carried out to its end, over any crash: differences are opened, and
/// what agrees by now is closed, a few at a time.
extension PaymentEngine {
  /// Each is a text of some hundred differences, whose pages are emptied one by one.
  private static let batchesSwept = 4

  // MARK: Before the run is in

  /// Whether a draft tells of so much, or so much is open, that no transaction should hold it.
  func tellsMuch(_ draft: RunDraft) throws(StoreError) -> Bool {
    let limit = settings.differencesOfPiece
    if draft.discrepancies.count > limit { return true }
    return try store.hasDiscrepancies(moreThan: limit, for: draft.statement)
  }

  /// Stages some of the differences of a draft.
  func stage(_ writing: inout RunDesk.Writing, at now: Timestamp) throws(StoreError) {
    let draft = writing.draft
    var staging =
      writing.staging ?? RunDesk.Staging(run: identifiers.next(RunKind.self, at: now))
    var marks: Set<String> = []
    let end = min(draft.discrepancies.count, staging.place + settings.differencesOfPiece)
    var findings: [StagedFinding] = []
    for item in draft.discrepancies[staging.place..<end]
    where !staging.marks.contains(item.mark) && marks.insert(item.mark).inserted {
      let facts = item.facts(staging.run, of: draft.statement, dueAt: Self.due(at: now))
      switch try telling(facts, earlier: item.earlierMarks) {
      case .known(let present):
        staging.known += 1
        marks.insert(present.facts.mark)
        findings.append(.known(present.id))
      case .new(let facts):
        staging.opened += 1
        findings.append(
          .new(
            identifiers.next(DiscrepancyNumber.self, at: now), facts, by: writing.actor,
            ends: Self.ending(of: item, writing.filled.subjects)))
      }
    }
    try store.stage(findings, as: staging.batches, of: draft.statement.gateway)
    // Nobody else may hold the marks of before: all of them would be copied, piece for piece.
    writing.staging = nil
    runs.writings[0].staging = nil
    staging.marks.formUnion(marks)
    staging.batches += 1
    staging.place = end
    writing.staging = staging
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
    try store.begin(closing, of: draft.statement.gateway)
    runs.closings.append(
      RunDesk.Closing(gateway: draft.statement.gateway, run: closing, input: writing.input))
  }

  // MARK: After it

  /// Runs that were in before a stop are told of to their end; what was staged for others goes.
  func recoverClosings(at now: Timestamp) throws(StoreError) {
    for (gateway, run, place) in try store.closings() {
      runs.closings.append(RunDesk.Closing(gateway: gateway, run: run, place: place, input: nil))
    }
    for gateway in try store.stagedGateways() where !runs.isBusy(gateway) {
      runs.unstaged.append(gateway)
    }
    if !runs.closings.isEmpty || !runs.unstaged.isEmpty { setTimer(now) }
  }

  /// Carries the next piece out.
  ///
  /// - Returns: false where there is none.
  func closePiece(at now: Timestamp) throws(StoreError) -> Bool {
    guard var closing = runs.closings.first else { return try unstagePiece(at: now) }
    // Also for what waits behind the last one.
    setTimer(now)
    var isOver = false
    switch closing.place.step {
    case .telling: try tell(&closing, at: now)
    case .agreeing:
      let page = try store.openDiscrepancies(
        gateway: closing.gateway, after: closing.place.key, limit: settings.differencesOfPiece)
      try resolveAgreed(page.map(\.record), scope(of: closing.run), at: now)
      closing.place.goOn(page.last?.key, else: .refuting)
    case .refuting:
      let scope = try scope(of: closing.run)
      let page = try store.refutableDiscrepancies(
        gateway: closing.gateway, by: scope.statement.id, after: closing.place.key,
        limit: settings.differencesOfPiece)
      try takeBackRefuted(page.map(\.record), scope, at: now)
      closing.place.goOn(page.last?.key, else: .counting)
    case .counting: isOver = try count(&closing)
    }
    guard !isOver else {
      try end(closing, at: now)
      return true
    }
    // Counting is not kept, so that it begins anew after a crash.
    if closing.place.step != .counting || closing.place.key == 0 {
      try store.note(closing.place, of: closing.gateway)
    }
    runs.closings[0] = closing
    return true
  }

  private func tell(_ closing: inout RunDesk.Closing, at now: Timestamp) throws(StoreError) {
    let run = closing.run
    guard closing.place.key < run.batches else {
      closing.place.goOn(nil, else: .agreeing)
      return
    }
    var opened: [DiscrepancyRecord] = []
    for finding in try store.staged(Int(closing.place.key), of: closing.gateway) {
      switch finding {
      case .known(let id): try store.note(id, foundBy: run.run)
      case .new(let id, var facts, let actor, let end):
        // After a long stop people still have their time.
        facts.dueAt = Self.due(at: now)
        opened.append(try open(id, facts, end, by: actor, at: now))
      }
    }
    _ = try applyRules(to: opened, at: now)
    closing.place.key += 1
  }

  private func scope(of closing: RunClosing) throws(StoreError) -> RunScope {
    guard let run = try store.run(closing.run), let statement = try store.statement(run.statement)
    else { throw .damaged("run \(closing.run)") }
    return RunScope(
      findings: .written(run.id), actor: closing.actor, statement: statement,
      replaces: closing.replaces, compared: run.restsOn, hasFund: run.fund != nil,
      hasBank: run.bank != nil, settled: closing.settled)
  }

  /// - Returns: whether all of it is counted.
  private func count(_ closing: inout RunDesk.Closing) throws(StoreError) -> Bool {
    let page = try store.discrepancies(
      openedBy: closing.run.run, after: closing.place.key, limit: settings.differencesCounted)
    for (key, record) in page {
      closing.tally.add(record)
      closing.place.key = key
    }
    return page.isEmpty
  }

  /// All is told: people hear of it, and whoever asked has an answer.
  private func end(_ closing: RunDesk.Closing, at now: Timestamp) throws(StoreError) {
    runs.closings.removeFirst()
    guard let run = try store.run(closing.run.run) else {
      throw .damaged("run \(closing.run.run)")
    }
    try finish(run, closing.tally, by: closing.run.actor, at: now)
    try store.end(closingOf: closing.gateway)
    runs.unstaged.append(closing.gateway)
    guard let input = closing.input else { return }
    runs.outcome = (run, closing.tally.kinds)
    defer { runs.outcome = nil }
    try perform(input, at: now)
  }

  private func unstagePiece(at now: Timestamp) throws(StoreError) -> Bool {
    guard let gateway = runs.unstaged.first else { return false }
    setTimer(now)
    if try !store.unstage(gateway, limit: Self.batchesSwept) { runs.unstaged.removeFirst() }
    return true
  }
}

extension RunClosing.Place {
  /// Looks further behind a key, or takes the next step.
  fileprivate mutating func goOn(_ key: Int64?, else next: RunClosing.Step) {
    if key == nil { step = next }
    self.key = key ?? 0
  }
}
