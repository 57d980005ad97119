import Domain
import Gateways
import Store

/// Large runs, in pieces: each is a transaction among those of everybody. First come the rows, of
/// which none counts before the last piece; then, where they are many, the fill-backs, of which
/// each stands by itself; the last piece holds the differences and closes the run. Many differences
/// are staged before it and told of behind it.
extension PaymentEngine {
  /// Events that are looked through beside one piece.
  private static let eventsOfPiece: Int64 = 500

  /// Whether a draft can be written at once: all of its rows are, or are few, and no other run of
  /// its gateway is being written. One that will be refused waits for nothing.
  func isReady(_ draft: RunDraft) throws(StoreError) -> Bool {
    guard !isTrial, runs.finished == nil, runs.outcome == nil,
      draft.discrepancies.count <= settings.discrepanciesPerRun
    else { return true }
    guard try !tellsMuch(draft) else { return false }
    return draft.rows.count <= settings.rowsOfPiece
      && draft.fillBacks.count <= settings.fillBacksOfPiece && !runs.isBusy(draft.statement.gateway)
      && store.lastSequence - draft.books.sequence <= Self.eventsOfPiece
  }

  /// Takes a large draft in; its input is carried out again when its rows are written.
  func enqueue(_ draft: RunDraft, _ input: Input, at now: Timestamp) {
    runs.writings.append(
      RunDesk.Writing(draft: draft, input: input, sequence: draft.books.sequence))
    setTimer(now)
  }

  /// Writes the next piece, or removes some rows that do not count.
  func writePiece(at now: Timestamp) throws(StoreError) {
    if try closePiece(at: now) { return }
    guard var writing = runs.writings.first else {
      try sweepPieces(at: now)
      return
    }
    setTimer(now)
    let rows = writing.draft.rows
    // A draft that is overtaken is not written on: its input says so at once.
    let known = min(store.lastSequence, writing.sequence + Self.eventsOfPiece)
    var isOver = try isOvertaken(writing.draft, after: writing.sequence, upTo: known)
    let hasRowsLeft = writing.run == nil || writing.place < rows.count
    // A bill that was issued again proves nothing any more.
    if !isOver, writing.run == nil || !hasRowsLeft { isOver = try !isStanding(writing.draft) }
    if !isOver {
      writing.sequence = known
      if hasRowsLeft {
        try writeRows(of: &writing)
      } else if known == store.lastSequence, !areFilledBack(writing) {
        try fillBack(&writing, at: now)
      } else if known == store.lastSequence, !writing.isStaged {
        try stage(&writing, at: now)
      }
    }
    guard isOver || isWritten(writing) else {
      runs.writings[0] = writing
      return
    }
    runs.writings.removeFirst()
    runs.hasLoose = true
    if writing.staging != nil {
      guard isOver else { return try putIn(writing, at: now) }
      runs.unstaged.append(writing.draft.statement.gateway)
    }
    runs.finished = writing
    defer { runs.finished = nil }
    try perform(writing.input, at: now)
  }

  private func writeRows(of writing: inout RunDesk.Writing) throws(StoreError) {
    let rows = writing.draft.rows
    let run: Int64
    if let begun = writing.run {
      run = begun
    } else {
      // By now all earlier runs are told of, and what they opened is there.
      writing.isLong = try tellsMuch(writing.draft)
      run = try store.begin(rows)
    }
    writing.run = run
    writing.place = try store.write(
      rows, from: writing.place, limit: settings.rowsOfPiece, run: run)
  }

  /// Carries out some of many fill-backs. Each stands by itself: what a row of a bill in force
  /// proves is true whether or not the run over it comes to its end. After a crash the next one
  /// finds those payments as the bill has them, and carries out the others.
  private func fillBack(
    _ writing: inout RunDesk.Writing, at now: Timestamp
  ) throws(StoreError) {
    let all = writing.draft.fillBacks
    let end = min(all.count, writing.fillBacksDone + settings.fillBacksOfPiece)
    for fillBack in all[writing.fillBacksDone..<end] {
      try apply(fillBack, of: writing.draft.statement, to: &writing.filled, at: now)
    }
    writing.fillBacksDone = end
    // Its own words overtake nothing.
    writing.sequence = store.lastSequence
  }

  /// All that can be written before the last piece is, and nothing has happened since.
  private func isWritten(_ writing: RunDesk.Writing) -> Bool {
    writing.run != nil && writing.place == writing.draft.rows.count && areFilledBack(writing)
      && writing.isStaged && writing.sequence == store.lastSequence
  }

  private func areFilledBack(_ writing: RunDesk.Writing) -> Bool {
    let count = writing.draft.fillBacks.count
    return writing.fillBacksDone == count
      || count <= settings.fillBacksOfPiece && !writing.isLong
  }

  private func sweepPieces(at now: Timestamp) throws(StoreError) {
    guard runs.hasLoose else { return }
    runs.hasLoose = try store.sweepPieces(limit: settings.rowsOfPiece, besides: nil)
    if runs.hasLoose { setTimer(now) }
  }

  /// Whether what a draft compared has changed by events of the log.
  func isOvertaken(
    _ draft: RunDraft, after sequence: Int64, upTo last: Int64 = .max
  ) throws(StoreError) -> Bool {
    guard store.lastSequence > sequence else { return false }
    let changes = try store.changes(of: draft.statement.gateway, after: sequence, upTo: last)
    guard !changes.orders.isEmpty else { return false }
    return try draft.books.isOvertaken(by: changes, store.books(for: draft.statement))
  }

  /// Writes the rows of a draft where they are not written yet, and makes them count.
  func settle(_ draft: RunDraft, at now: Timestamp) throws(StoreError) {
    guard !isTrial else { return }
    let run: Int64
    if let written = runs.finished, let begun = written.run {
      precondition(written.place == draft.rows.count, "a run counts once all its rows are there")
      run = begun
    } else {
      run = try store.begin(draft.rows)
      _ = try store.write(draft.rows, from: 0, limit: draft.rows.count, run: run)
    }
    try store.settle(draft.rows, run: run)
    // Most runs leave little: it goes at once.
    runs.hasLoose = try store.sweepPieces(limit: settings.rowsOfPiece, besides: runs.activeRun)
    if runs.hasLoose { setTimer(now) }
  }
}
