import Domain
import Gateways
import Store

/// Large runs, in pieces: each is a transaction among those of everybody. What is decided about
/// money is written with the last one, and nothing counts before it.
extension PaymentEngine {
  /// Events that are looked through beside one piece.
  private static let eventsOfPiece: Int64 = 500

  /// Whether a draft can be written at once: all of its rows are, or are few, and no other run of
  /// its gateway is being written.
  func isReady(_ draft: RunDraft) -> Bool {
    guard !isTrial, runs.finished == nil else { return true }
    return draft.rows.count <= settings.rowsOfPiece && !runs.isBusy(draft.statement.gateway)
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
    guard var writing = runs.writings.first else {
      try sweepPieces(at: now)
      return
    }
    setTimer(now)
    let rows = writing.draft.rows
    // A draft that is overtaken is not written on: its input says so at once.
    let known = min(store.lastSequence, writing.sequence + Self.eventsOfPiece)
    var isOver = try isOvertaken(writing.draft, after: writing.sequence, upTo: known)
    if writing.run == nil, !isOver { isOver = try !isStanding(writing.draft) }
    if !isOver {
      let run: Int64
      if let begun = writing.run { run = begun } else { run = try store.begin(rows) }
      writing.run = run
      writing.sequence = known
      writing.place = try store.write(
        rows, from: writing.place, limit: settings.rowsOfPiece, run: run)
    }
    let isWritten = writing.place == rows.count && known == store.lastSequence
    guard isOver || isWritten else {
      runs.writings[0] = writing
      return
    }
    runs.writings.removeFirst()
    runs.hasLoose = true
    runs.finished = writing
    defer { runs.finished = nil }
    try perform(writing.input, at: now)
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
