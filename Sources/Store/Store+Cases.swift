package import Domain
import SQLite

/// Which cases a list shows; all conditions must hold.
package struct CaseFilter: Hashable, Sendable {
  package var state: CaseState?
  /// Only those for which somebody still has to do something, or only the others.
  package var isLive: Bool?
  package var isEscalated: Bool?
  package var kind: CaseKind?
  package var severity: CaseSeverity?
  package var owner: String?
  package var cause: CauseCode?
  package var about: CaseLink?

  package init() {}
}

extension QueryText {
  fileprivate mutating func narrow(_ filter: CaseFilter) {
    if let state = filter.state { add("state=?", .text(state.rawValue)) }
    if let isLive = filter.isLive {
      add("state \(isLive ? "NOT " : "")IN ('resolved','closed')")
    }
    if let isEscalated = filter.isEscalated { add("is_escalated=\(isEscalated ? 1 : 0)") }
    if let kind = filter.kind { add("kind=?", .text(kind.rawValue)) }
    if let severity = filter.severity { add("severity=?", .text(severity.rawValue)) }
    if let owner = filter.owner { add("owner=?", .text(owner)) }
    if let cause = filter.cause { add("cause=?", .text(cause.rawValue)) }
    if let about = filter.about {
      add("id IN (SELECT case_id FROM case_links WHERE subject=?)", .text(about.text))
    }
  }
}

extension StoreReader {
  package func caseRecord(_ id: CaseID) throws(StoreError) -> CaseRecord? {
    try caseTable.record(id)
  }

  /// Newest first.
  ///
  /// - Parameter before: the identifier that ended the page before.
  package func cases(
    _ filter: CaseFilter, before: CaseID?, limit: Int
  ) throws(StoreError) -> [CaseRecord] {
    var query = QueryText("SELECT record FROM cases")
    query.narrow(filter)
    if let before { query.add("id<?", .text(before.text)) }
    query.tail = " ORDER BY id DESC"
    return try rows(query.sql, query.values, limit: limit) { row throws(StoreError) in
      try CaseText.record(try database { () throws(SQLiteError) in try row.string(0) })
    }
  }
}

extension StoreWriter {
  package func caseRecord(_ id: CaseID) throws(StoreError) -> CaseRecord? {
    try cases.record(id)
  }

  /// Cases about something for which somebody still has to do something.
  package func liveCases(about link: CaseLink) throws(StoreError) -> [CaseRecord] {
    try cases.live(about: link)
  }

  package func save(_ record: CaseRecord) throws(StoreError) {
    try database { () throws(SQLiteError) in try cases.save(record) }
  }

  /// Cases for which nobody has done anything by a moment.
  package func dueCases(at now: Timestamp, limit: Int64) throws(StoreError) -> [CaseRecord] {
    try cases.due(at: now, limit: limit)
  }

  package func nextCaseDue() throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in try cases.nextDue() }
  }

  /// Seals a note or a piece of evidence of a case. Erasing what is known of the buyer of an order
  /// that the case is about erases it too.
  ///
  /// - Throws: `sealed` without a key.
  package func save(
    _ content: AttachmentContent, of id: AttachmentID, case caseID: CaseID
  ) throws(StoreError) {
    try attachments.insert(id, case: caseID, content)
  }

  /// Something about the buyer of an order is kept, though not in its own row.
  package func markPersonal(_ orderKey: Int64) throws(StoreError) { try personal.mark(orderKey) }
}
