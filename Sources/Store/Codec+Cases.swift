package import Domain
import JSON
import SQLite

/// Cases in rows, in key rows and in events.
extension Codec {
  static func write(_ paper: CasePaper, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", paper.id.text)
    writer.member("media_type", paper.mediaType)
    writer.member("bytes", paper.bytes)
    writer.member("sha256", paper.digest)
    writer.member("by", paper.by)
    writer.member("at", paper.at.milliseconds)
    writer.endObject()
  }

  static func write(_ links: [CaseLink], _ writer: inout JSONWriter) {
    writer.beginArray()
    for link in links { writer.string(link.text) }
    writer.endArray()
  }
}

/// A whole case as one text: what its row holds, and what a key row remembers of a reply.
package enum CaseText {
  package static func text(_ record: CaseRecord) -> String {
    Codec.text { writer in
      writer.beginObject()
      writer.member("id", record.id.text)
      writer.member("kind", record.kind.rawValue)
      writer.member("severity", record.severity.rawValue)
      writer.member("opened_at", record.openedAt.milliseconds)
      writer.member("opened_by", record.openedBy)
      writer.key("links")
      Codec.write(record.links, &writer)
      writeProgress(record, &writer)
      writer.endObject()
    }
  }

  private static func writeProgress(_ record: CaseRecord, _ writer: inout JSONWriter) {
    writer.member("state", record.state.rawValue)
    writer.member("owner", record.owner)
    writer.member("due_at", record.dueAt?.milliseconds)
    writer.member("answered_at", record.answeredAt?.milliseconds)
    writer.member("escalated_at", record.escalatedAt?.milliseconds)
    writer.member("cause", record.cause?.rawValue)
    writer.member("proposed_by", record.proposedBy)
    writer.member("resolved_by", record.resolvedBy)
    writer.member("resolved_at", record.resolvedAt?.milliseconds)
    writer.member("closed_at", record.closedAt?.milliseconds)
    writer.key("papers")
    writer.beginArray()
    for paper in record.papers { Codec.write(paper, &writer) }
    writer.endArray()
    writer.member("version", record.version)
  }

  package static func record(_ text: String) throws(StoreError) -> CaseRecord {
    let stored = try Stored(text: text, "case")
    var papers: [CasePaper] = []
    for value in try stored.array("papers") {
      guard let object = value.objectValue else { throw stored.damaged("papers") }
      papers.append(try Stored(object, stored.place).casePaper())
    }
    var progress = CaseRecord.Progress(
      state: try stored.word("state", CaseState.self), papers: papers,
      version: try stored.integer("version"))
    progress.owner = try stored.optionalString("owner")
    progress.dueAt = try stored.optionalTime("due_at")
    progress.answeredAt = try stored.optionalTime("answered_at")
    progress.escalatedAt = try stored.optionalTime("escalated_at")
    if stored.object["cause"] != nil {
      progress.cause = try stored.word("cause", CauseCode.self)
    }
    progress.proposedBy = try stored.optionalString("proposed_by")
    progress.resolvedBy = try stored.optionalString("resolved_by")
    progress.resolvedAt = try stored.optionalTime("resolved_at")
    progress.closedAt = try stored.optionalTime("closed_at")
    return CaseRecord(
      id: try stored.identifier("id", CaseIdentity.self),
      kind: try stored.word("kind", CaseKind.self),
      severity: try stored.word("severity", CaseSeverity.self), links: try stored.caseLinks(),
      openedAt: try stored.time("opened_at"), openedBy: try stored.string("opened_by"), progress)
  }
}

extension Stored {
  func casePaper() throws(StoreError) -> CasePaper {
    CasePaper(
      id: try identifier("id", AttachmentKind.self), mediaType: try string("media_type"),
      bytes: try integer("bytes"), digest: try string("sha256"), by: try string("by"),
      at: try time("at"))
  }

  func caseLinks() throws(StoreError) -> [CaseLink] {
    var links: [CaseLink] = []
    for value in try array("links") {
      guard let link = value.stringValue.flatMap(CaseLink.init(text:)) else {
        throw damaged("links")
      }
      links.append(link)
    }
    return links
  }
}

/// Events about cases.
extension EventWriting {
  static func write(_ event: CaseEvent, _ id: CaseID, _ writer: inout JSONWriter) {
    writer.member("case", id.text)
    switch event {
    case .opened(let kind, let severity, let links, let due):
      writer.member("kind", kind.rawValue)
      writer.member("severity", severity.rawValue)
      writer.key("links")
      Codec.write(links, &writer)
      writer.member("due_at", due.milliseconds)
    case .linked(let links):
      writer.key("links")
      Codec.write(links, &writer)
    case .assigned(let owner, let due):
      writer.member("owner", owner)
      writer.member("due_at", due.milliseconds)
    case .noted(let paper, let wait, let due):
      writer.key("paper")
      Codec.write(paper, &writer)
      writer.member("waiting_for", wait?.rawValue)
      writer.member("due_at", due.milliseconds)
    case .proposed(let cause, let due):
      writer.member("cause", cause.rawValue)
      writer.member("due_at", due.milliseconds)
    case .resolved(let cause, let proposer):
      writer.member("cause", cause.rawValue)
      writer.member("proposed_by", proposer)
    case .reopened(let due): writer.member("due_at", due.milliseconds)
    case .closed, .escalated: break
    }
  }
}

extension EventReading {
  static func caseEvent(_ verb: String, _ data: Stored) throws(StoreError) -> CaseEvent {
    switch verb {
    case "opened":
      return .opened(
        try data.word("kind", CaseKind.self), try data.word("severity", CaseSeverity.self),
        links: try data.caseLinks(), dueAt: try data.time("due_at"))
    case "linked": return .linked(try data.caseLinks())
    case "assigned":
      return .assigned(owner: try data.string("owner"), dueAt: try data.time("due_at"))
    case "noted":
      return .noted(
        try data.nested("paper").casePaper(),
        waitingFor: data.object["waiting_for"] == nil
          ? nil : try data.word("waiting_for", CaseWait.self),
        dueAt: try data.time("due_at"))
    case "proposed":
      return .proposed(try data.word("cause", CauseCode.self), dueAt: try data.time("due_at"))
    case "resolved":
      return .resolved(
        try data.word("cause", CauseCode.self),
        proposedBy: try data.optionalString("proposed_by"))
    case "closed": return .closed
    case "reopened": return .reopened(dueAt: try data.time("due_at"))
    case "escalated": return .escalated
    default: throw .damaged("event: case.\(verb)")
    }
  }
}
