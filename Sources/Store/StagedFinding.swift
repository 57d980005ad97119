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

/// Kept as notes, batch by batch.
extension StoreWriter {
  package func stage(
    _ findings: [StagedFinding], as batch: Int, of gateway: String
  ) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try notes.setMeta(
        "\(ClosingNote.batches(of: gateway))\(batch)",
        findings.map(\.text).joined(separator: "\n"))
    }
  }

  package func staged(_ batch: Int, of gateway: String) throws(StoreError) -> [StagedFinding] {
    let text = try database { () throws(SQLiteError) in
      try notes.meta("\(ClosingNote.batches(of: gateway))\(batch)")
    }
    guard let text else { throw .damaged("staged differences of \(gateway)") }
    var findings: [StagedFinding] = []
    for line in text.split(separator: "\n") { findings.append(try StagedFinding(text: line)) }
    return findings
  }

  /// Gateways of which differences are staged.
  package func stagedGateways() throws(StoreError) -> [String] {
    try database { () throws(SQLiteError) in
      var gateways: [String] = []
      var next: String?
      let staged = ClosingNote.staged
      while let note = try notes.metas(beginningWith: staged, from: next, limit: 1).first {
        let gateway = String(note.name.dropFirst(staged.count).prefix { $0 != ":" })
        gateways.append(gateway)
        // Behind all of its batches: the sign after the colon.
        next = "\(staged)\(gateway);"
      }
      return gateways
    }
  }

  /// Removes what was staged, some of it at a time.
  ///
  /// - Returns: whether there may be more.
  package func unstage(_ gateway: String, limit: Int) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in
      try notes.removeMeta(beginningWith: ClosingNote.batches(of: gateway), limit: limit)
    }
  }
}
