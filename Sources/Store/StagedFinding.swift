package import Domain
import SQLite

/// What a run with many differences tells of. It is written before the run is in, when it counts
/// for nothing, and carried out piece by piece once it is.
package enum StagedFinding: Hashable, Sendable {
  /// An earlier run has told of it.
  case known(DiscrepancyID)
  case new(DiscrepancyID, DiscrepancyFacts, by: Actor, ends: DiscrepancyResolution?)

  /// One line.
  fileprivate var text: String {
    switch self {
    case .known(let id): return "known \(id)"
    case .new(let id, let facts, let actor, let end):
      let event = Event(
        id: EventID(high: 0, low: 0), at: facts.dueAt, actor: actor, trace: nil,
        order: facts.order, version: 0, body: .discrepancy(id, .opened(facts)))
      let line = EventWriting.line(event, sequence: 0, transaction: 0)
      return "new \(end?.rawValue ?? "-") \(String(decoding: line, as: UTF8.self))"
    }
  }

  fileprivate init(text: Substring) throws(StoreError) {
    let parts = text.split(separator: " ", maxSplits: 2)
    if parts.count == 2, parts[0] == "known", let id = DiscrepancyID(text: String(parts[1])) {
      self = .known(id)
      return
    }
    guard parts.count == 3, parts[0] == "new" else { throw .damaged("a staged difference") }
    let event = try EventReading.event(line: Array(parts[2].utf8)).event
    guard case .discrepancy(let id, .opened(let facts)) = event.body else {
      throw .damaged("a staged difference")
    }
    self = .new(
      id, facts, by: event.actor, ends: DiscrepancyResolution(rawValue: String(parts[1])))
  }
}

/// A run that is in, while its differences are told of.
package struct RunClosing: Hashable, Sendable {
  package enum Step: String, Sendable {
    /// Its differences are opened.
    case telling
    /// What it did not find again is closed.
    case agreeing
    /// So is what rules had decided.
    case ruled
  }

  package let run: RunID
  package let actor: Actor
  /// The statement that the one compared was issued in place of.
  package let replaces: StatementID?
  /// Rows whose money was missing and has come.
  package let settled: Set<String>
  package let batches: Int
  package var step = Step.telling
  /// The next batch, or the key of the last difference that was looked at.
  package var place: Int64 = 0

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
    let words = [
      run.text, replaces?.text ?? "-", "\(batches)", step.rawValue, "\(place)", actor.text,
    ]
    return (words + settled.sorted()).joined(separator: "\n")
  }

  fileprivate init(text: String) throws(StoreError) {
    let words = text.split(separator: "\n").map(String.init)
    guard words.count >= 6, let run = RunID(text: words[0]), let batches = Int(words[2]),
      let step = Step(rawValue: words[3]), let place = Int64(words[4])
    else { throw .damaged("a run that is not told of to its end") }
    self.init(
      run: run, actor: try EventReading.actor(words[5]),
      replaces: StatementID(text: words[1]), settled: Set(words[6...]), batches: batches)
    self.step = step
    self.place = place
  }
}

/// Kept as notes: `closing:GATEWAY` where a run is in, and `closing:GATEWAY:7` with what it tells.
extension StoreWriter {
  package func stage(
    _ findings: [StagedFinding], as batch: Int, of gateway: String
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.setMeta(
        "\(Self.closing)\(gateway):\(batch)", findings.map(\.text).joined(separator: "\n"))
    }
  }

  package func staged(_ batch: Int, of gateway: String) throws(StoreError) -> [StagedFinding] {
    let text = try database { () throws(SQLiteError) in
      try notes.meta("\(Self.closing)\(gateway):\(batch)")
    }
    var findings: [StagedFinding] = []
    for line in (text ?? "").split(separator: "\n") {
      findings.append(try StagedFinding(text: line))
    }
    return findings
  }

  package func save(_ closing: RunClosing, of gateway: String) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.setMeta(Self.closing + gateway, closing.text)
    }
  }

  /// What runs of a gateway are not yet told of to their end.
  package func closing(of gateway: String) throws(StoreError) -> RunClosing? {
    let text = try database { () throws(SQLiteError) in try notes.meta(Self.closing + gateway) }
    return try text.map { text throws(StoreError) in try RunClosing(text: text) }
  }

  /// Removes what was staged, some of it at a time.
  ///
  /// - Returns: whether there may be more.
  package func unstage(_ gateway: String, limit: Int) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in
      try notes.removeMeta(Self.closing + gateway)
      return try notes.removeMeta(beginningWith: "\(Self.closing)\(gateway):", limit: limit)
    }
  }

  private static let closing = "closing:"
}
