package import Domain
import SQLite

/// A run that is in, while its differences are told of.
package struct RunClosing: Hashable, Sendable {
  package enum Step: String, Sendable {
    /// Its differences are opened.
    case telling
    /// What it did not find again is closed.
    case agreeing
    /// So is what was decided and is refuted. The word is that of before.
    case refuting = "ruled"
    /// What it opened is counted. This writes nothing, and begins anew after a crash.
    case counting
  }

  /// How far it is.
  package struct Place: Hashable, Sendable {
    package var step = Step.telling
    /// The next batch, or the key of the last difference that was looked at.
    package var key: Int64 = 0

    package init() {}

    fileprivate init?(text: String) {
      let words = text.split(separator: " ")
      guard words.count == 2, let step = Step(rawValue: String(words[0])), let key = Int64(words[1])
      else { return nil }
      self.step = step
      self.key = key
    }
  }

  package let run: RunID
  package let actor: Actor
  /// The statement that the one compared was issued in place of.
  package let replaces: StatementID?
  /// Rows whose money was missing and has come, and differences about money of which more has.
  package let settled: Set<String>
  package let batches: Int

  package init(
    run: RunID, actor: Actor, replaces: StatementID?, settled: Set<String>, batches: Int
  ) {
    self.run = run
    self.actor = actor
    self.replaces = replaces
    self.settled = settled
    self.batches = batches
  }

  fileprivate var text: String {
    let words = [run.text, replaces?.text ?? "-", "\(batches)", actor.text]
    return (words + settled.sorted()).joined(separator: "\n")
  }

  fileprivate init(text: String) throws(StoreError) {
    let words = text.split(separator: "\n").map(String.init)
    guard words.count >= 4, let run = RunID(text: words[0]), let batches = Int(words[2])
    else { throw .damaged("a run that is not told of to its end") }
    self.init(
      run: run, actor: try EventReading.actor(words[3]),
      replaces: StatementID(text: words[1]), settled: Set(words[4...]), batches: batches)
  }
}

/// Kept as notes: `closing:GATEWAY` where a run is in, `closing_at:GATEWAY` how far it is, and
/// `staged:GATEWAY:7` what it tells.
enum ClosingNote {
  static let closing = "closing:"
  static let place = "closing_at:"
  static let staged = "staged:"

  static func batches(of gateway: String) -> String { "\(staged)\(gateway):" }
}

extension StoreWriter {
  /// From here on it is carried out to its end.
  package func begin(_ closing: RunClosing, of gateway: String) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.setMeta(ClosingNote.closing + gateway, closing.text)
    }
    try note(RunClosing.Place(), of: gateway)
  }

  package func note(_ place: RunClosing.Place, of gateway: String) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.setMeta(ClosingNote.place + gateway, "\(place.step.rawValue) \(place.key)")
    }
  }

  package func end(closingOf gateway: String) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.removeMeta(ClosingNote.closing + gateway)
      try notes.removeMeta(ClosingNote.place + gateway)
    }
  }

  /// All runs that are in and not yet told of to their end, also of gateways that are configured no
  /// more.
  package func closings() throws(StoreError)
    -> [(gateway: String, closing: RunClosing, place: RunClosing.Place)]
  {
    var closings: [(String, RunClosing, RunClosing.Place)] = []
    let kept = try database { () throws(SQLiteError) in
      try notes.metas(beginningWith: ClosingNote.closing)
    }
    for note in kept {
      let gateway = String(note.name.dropFirst(ClosingNote.closing.count))
      let text = try database { () throws(SQLiteError) in
        try notes.meta(ClosingNote.place + gateway)
      }
      guard let place = text.flatMap(RunClosing.Place.init(text:)) else {
        throw .damaged("how far the run of \(gateway) is told of")
      }
      closings.append((gateway, try RunClosing(text: note.value), place))
    }
    return closings
  }
}

extension StoreReader {
  /// Runs that are in, while their discrepancies are still being written down.
  package func unfinishedRuns() throws(StoreError) -> Set<RunID> {
    let kept = try database { () throws(SQLiteError) in
      try notes.metas(beginningWith: ClosingNote.closing)
    }
    var runs: Set<RunID> = []
    for note in kept {
      guard let run = RunID(text: String(note.value.prefix { $0 != "\n" })) else {
        throw .damaged("a run that is not told of to its end")
      }
      runs.insert(run)
    }
    return runs
  }

  /// Whether a run of a gateway is.
  package func hasUnfinishedRun(of gateway: String) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in
      try notes.meta(ClosingNote.closing + gateway) != nil
    }
  }
}
