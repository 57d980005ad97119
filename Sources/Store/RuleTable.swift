package import Domain
import JSON
import SQLite

/// A whole rule as one text: what its row holds, and what a key row remembers of a reply.
package enum RuleText {
  package static func text(_ record: RuleRecord) -> String {
    Codec.text { writer in
      writer.beginObject()
      writer.member("id", record.id.text)
      EventWriting.write(record.terms, &writer)
      writer.member("activated_at", record.activatedAt.milliseconds)
      writer.member("activated_by", record.activatedBy)
      writer.member("deactivated_at", record.deactivatedAt?.milliseconds)
      writer.member("deactivated_by", record.deactivatedBy)
      writer.member("counter_example", record.counterExample?.text)
      writer.endObject()
    }
  }

  package static func record(_ text: String) throws(StoreError) -> RuleRecord {
    let stored = try Stored(text: text, "rule")
    var record = RuleRecord(
      id: try stored.identifier("id", RuleIdentity.self), terms: try stored.ruleTerms(),
      activatedAt: try stored.time("activated_at"),
      activatedBy: try stored.string("activated_by"))
    if let at = try stored.optionalTime("deactivated_at") {
      record.deactivate(
        by: try stored.string("deactivated_by"), at: at, because: try stored.counterExample())
    }
    return record
  }
}

extension Stored {
  fileprivate func pattern() throws(StoreError) -> DecisionPattern {
    guard let pattern = DecisionPattern(text: try string("pattern")) else {
      throw damaged("pattern")
    }
    return pattern
  }

  /// Rules of the time before there were two modes decide at once.
  fileprivate func ruleTerms() throws(StoreError) -> RuleTerms {
    let support = try integer("support")
    return RuleTerms(
      pattern: try pattern(),
      mode: object["mode"] == nil ? .close : try word("mode", RuleMode.self),
      tolerance: try integer("tolerance"), support: support,
      replayed: object["replayed"] == nil ? support : try integer("replayed"),
      disagreeing: object["disagreeing"] == nil ? 0 : try integer("disagreeing"))
  }

  fileprivate func counterExample() throws(StoreError) -> DiscrepancyID? {
    object["counter_example"] == nil
      ? nil : try identifier("counter_example", DiscrepancyNumber.self)
  }
}

/// Events about rules.
extension EventWriting {
  static func write(_ event: RuleEvent, _ id: RuleID, _ writer: inout JSONWriter) {
    writer.member("rule", id.text)
    switch event {
    case .activated(let terms): write(terms, &writer)
    case .deactivated(let reason, let counterExample):
      writer.member("reason", reason)
      writer.member("counter_example", counterExample?.text)
    }
  }

  fileprivate static func write(_ terms: RuleTerms, _ writer: inout JSONWriter) {
    writer.member("pattern", terms.pattern.text)
    writer.member("mode", terms.mode.rawValue)
    writer.member("tolerance", terms.tolerance)
    writer.member("support", terms.support)
    writer.member("replayed", terms.replayed)
    writer.member("disagreeing", terms.disagreeing)
  }
}

extension EventReading {
  static func ruleEvent(_ verb: String, _ data: Stored) throws(StoreError) -> RuleEvent {
    switch verb {
    case "activated":
      return .activated(try data.ruleTerms())
    case "deactivated":
      return .deactivated(
        reason: try data.string("reason"), counterExample: try data.counterExample())
    default: throw .damaged("event: rule.\(verb)")
    }
  }
}

/// Rows of `rules`, and the history of decisions from which they are learned.
struct RuleTable {
  private let selection: Statement
  private let activeSelection: Statement
  private let historySelection: Statement
  private let laterSelection: Statement
  private let replacement: Statement

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare("SELECT record FROM rules WHERE id=?")
    activeSelection = try connection.prepare(
      "SELECT record FROM rules WHERE is_active=1 ORDER BY id")
    historySelection = try connection.prepare(
      """
      SELECT line FROM events
      WHERE \(Schema.isDecision) ORDER BY seq
      """)
    laterSelection = try connection.prepare(
      """
      SELECT line FROM events WHERE seq>? AND type>='discrepancy.' AND type<'discrepancy/'
      ORDER BY seq
      """)
    replacement =
      canWrite
      ? try connection.prepare("INSERT OR REPLACE INTO rules(id, is_active, record) VALUES (?,?,?)")
      : selection
  }

  func record(_ id: RuleID) throws(StoreError) -> RuleRecord? {
    try database { () throws(SQLiteError) in try selection.bind(id.text, at: 1) }
    return try records(selection).first
  }

  /// Those in force, oldest first.
  func active() throws(StoreError) -> [RuleRecord] { try records(activeSelection) }

  private func records(_ statement: Statement) throws(StoreError) -> [RuleRecord] {
    defer { statement.reset() }
    var records: [RuleRecord] = []
    while let text = try database({ () throws(SQLiteError) in
      try statement.step() ? try statement.string(0) : nil
    }) {
      records.append(try RuleText.record(text))
    }
    return records
  }

  func save(_ record: RuleRecord) throws(SQLiteError) {
    try replacement.bind(record.id.text, at: 1)
    try replacement.bind(record.isActive ? 1 : 0, at: 2)
    try replacement.bind(RuleText.text(record), at: 3)
    try replacement.run()
  }

  /// All that differed, and what was decided about it, taken back, proposed and turned down.
  func history(_ discrepancies: DiscrepancyTable) throws(StoreError) -> DecisionHistory {
    var history = DecisionHistory()
    try database { () throws(SQLiteError) in
      try discrepancies.eachDecidable { history.add($0.id, $0.facts, $0.resolution) }
    }
    try each(historySelection) { history.note($1, of: $0, by: $2) }
    return history
  }

  func decided(
    after sequence: Int64
  ) throws(StoreError) -> [(id: DiscrepancyID, event: DiscrepancyEvent, actor: Actor)] {
    try database { () throws(SQLiteError) in try laterSelection.bind(sequence, at: 1) }
    var events: [(id: DiscrepancyID, event: DiscrepancyEvent, actor: Actor)] = []
    try each(laterSelection) { events.append(($0, $1, $2)) }
    return events
  }

  private func each(
    _ selection: Statement, _ body: (DiscrepancyID, DiscrepancyEvent, Actor) -> Void
  ) throws(StoreError) {
    defer { selection.reset() }
    while let line = try database({ () throws(SQLiteError) in
      try selection.step() ? try selection.blob(0) : nil
    }) {
      let event = try EventReading.event(line: line).event
      guard case .discrepancy(let id, let made) = event.body else { continue }
      body(id, made, event.actor)
    }
  }
}

extension StoreReader {
  package func rule(_ id: RuleID) throws(StoreError) -> RuleRecord? { try ruleTable.record(id) }

  /// Newest first.
  ///
  /// - Parameter before: the identifier that ended the page before.
  package func rules(before: RuleID? = nil, limit: Int) throws(StoreError) -> [RuleRecord] {
    var query = QueryText("SELECT record FROM rules")
    if let before { query.add("id<?", .text(before.text)) }
    query.tail = " ORDER BY id DESC"
    return try rows(query.sql, query.values, limit: limit) { row throws(StoreError) in
      try RuleText.record(try database { () throws(SQLiteError) in try row.string(0) })
    }
  }

  package func decisionHistory() throws(StoreError) -> DecisionHistory {
    try ruleTable.history(discrepancyTable)
  }

  /// What history says about a pattern, read beside the writer.
  package func study(of pattern: DecisionPattern) throws(StoreError) -> PatternStudy {
    PatternStudy(
      pattern: pattern, history: try decisionHistory().narrowed(to: pattern),
      sequence: try lastSequence())
  }
}

extension StoreWriter {
  package func rule(_ id: RuleID) throws(StoreError) -> RuleRecord? { try rules.record(id) }

  /// Those in force, oldest first.
  package func activeRules() throws(StoreError) -> [RuleRecord] { try rules.active() }

  package func save(_ rule: RuleRecord) throws(StoreError) {
    try database { () throws(SQLiteError) in try rules.save(rule) }
  }

  /// What became of differences behind a place of the log.
  package func decided(
    after sequence: Int64
  ) throws(StoreError) -> [(id: DiscrepancyID, event: DiscrepancyEvent, actor: Actor)] {
    try rules.decided(after: sequence)
  }
}

/// What history says about a pattern, and the newest event that it knows of.
package struct PatternStudy: Sendable {
  package let pattern: DecisionPattern
  package let history: DecisionHistory
  package let sequence: Int64
}
