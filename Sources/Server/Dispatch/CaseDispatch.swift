import Crypto
import Domain
import Engine
import Store
import Wire

/// Work for people.
enum CaseDispatch {
  static func open(_ call: Call, _ context: ServerContext) throws(WireError) -> Plan {
    let request = try call.params(CaseOpenRequest.self)
    guard let kind = CaseKind(rawValue: request.kind.rawValue),
      let severity = CaseSeverity(rawValue: request.severity.rawValue)
    else { preconditionFailure("the contract's kinds are the engine's") }
    return .write(
      .cases(
        .open(
          kind, severity, links: try links(request.links ?? []), note: request.text.map(text),
          owner: request.owner.map { owner($0, context) })))
  }

  static func assign(_ call: Call, _ context: ServerContext) throws(WireError) -> Plan {
    let request = try call.params(CaseAssignRequest.self)
    return .write(
      .cases(
        .assign(
          try id(request.case), owner: owner(request.owner, context), due: moment(request.due))))
  }

  static func link(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(CaseLinkRequest.self)
    return .write(.cases(.link(try id(request.case), try links(request.links))))
  }

  static func note(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(CaseNoteRequest.self)
    let content = AttachedContent(text: request.text, base64: request.contentBase64)
    return .write(
      .cases(
        .note(
          try id(request.case),
          CaseNote(
            mediaType: request.mediaType ?? content.plainType,
            content: AttachmentContent(name: request.name, bytes: try content.bytes()),
            waitingFor: request.waitingFor.flatMap { CaseWait(rawValue: $0.rawValue) },
            due: moment(request.due)))))
  }

  static func resolve(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(CaseResolveRequest.self)
    guard let cause = CauseCode(rawValue: request.cause.rawValue) else {
      preconditionFailure("the contract's causes are the engine's")
    }
    return .write(.cases(.resolve(try id(request.case), cause, note: request.text.map(text))))
  }

  static func confirm(_ call: Call) throws(WireError) -> Plan {
    .write(.cases(.confirm(try id(try call.params(CaseConfirmRequest.self).case))))
  }

  static func close(_ call: Call) throws(WireError) -> Plan {
    .write(.cases(.close(try id(try call.params(CaseCloseRequest.self).case))))
  }

  static func reopen(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(CaseReopenRequest.self)
    return .write(.cases(.reopen(try id(request.case), note: text(request.text))))
  }

  private static func owner(_ name: String, _ context: ServerContext) -> CaseOwner {
    let people = context.authorization.people
    return CaseOwner(
      name, isKnown: people.contains { $0.utf8.elementsEqual(name.utf8) },
      near: Suggestion.names(near: name, among: people))
  }

  private static func text(_ words: String) -> AttachmentContent {
    AttachmentContent(name: nil, bytes: Array(words.utf8))
  }

  private static func moment(_ milliseconds: Int64?) -> Timestamp? {
    milliseconds.map(Timestamp.init(milliseconds:))
  }

  private static func id(_ text: String) throws(WireError) -> CaseID {
    try Parsed.identifier(text, CaseIdentity.self, "case", missing: .caseNotFound)
  }

  private static func links(_ texts: [String]) throws(WireError) -> [CaseLink] {
    var links: [CaseLink] = []
    for (index, text) in texts.enumerated() {
      links.append(try link(text, "/params/links/\(index)"))
    }
    return links
  }

  private static func link(_ text: String, _ path: String) throws(WireError) -> CaseLink {
    guard let link = CaseLink(text: text) else {
      throw WireError(
        .badFormat, "\(text) names nothing that a case can be about.", path: path,
        hint: "Give the id of an order, payment, refund, dispute, discrepancy or run.")
    }
    return link
  }
}

extension CaseDispatch {
  static func get(_ call: Call) throws(WireError) -> Plan {
    let id = try id(try call.params(CaseGetRequest.self).case)
    return .read { scope in
      let record = try known(id, scope)
      var notes: [CaseNoteObject] = []
      for paper in record.papers where paper.isText {
        guard let content = try scope.store.content(of: paper.id) else { continue }
        notes.append(
          CaseNoteObject(
            paper: paper.id.text, by: paper.by, at: paper.at.milliseconds,
            text: String(decoding: content.bytes, as: UTF8.self)))
      }
      return CaseGetResult(case: Render.caseRecord(record), notes: notes)
    }
  }

  static func paper(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(CasePaperRequest.self)
    let id = try id(request.case)
    let wanted = try Parsed.identifier(
      request.paper, AttachmentKind.self, "paper", missing: .attachmentNotFound)
    return .read { scope in
      guard let paper = try known(id, scope).papers.first(where: { $0.id == wanted }),
        let content = try scope.store.content(of: wanted)
      else {
        throw WireError(
          .attachmentNotFound, "Case \(id) has no paper \(wanted).", path: "/params/paper")
      }
      return CasePaperResult(
        paper: Render.paper(paper), name: content.name,
        contentBase64: Base64.encode(content.bytes))
    }
  }

  private static func known(_ id: CaseID, _ scope: ReadScope) throws -> CaseRecord {
    guard let record = try scope.store.caseRecord(id) else {
      throw WireError(.caseNotFound, "There is no case \(id).", path: "/params/case")
    }
    return record
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(CaseListRequest.self)
    var before: CaseID?
    if let word = try PageToken.word("k", request.page) {
      guard let id = CaseID(text: word) else { throw PageToken.wrong }
      before = id
    }
    var filter = CaseFilter()
    filter.isLive = request.live
    filter.isEscalated = request.escalated
    filter.state = request.state.flatMap { CaseState(rawValue: $0.rawValue) }
    filter.kind = request.kind.flatMap { CaseKind(rawValue: $0.rawValue) }
    filter.severity = request.severity.flatMap { CaseSeverity(rawValue: $0.rawValue) }
    filter.owner = request.owner
    filter.cause = request.cause.flatMap { CauseCode(rawValue: $0.rawValue) }
    if let text = request.about { filter.about = try link(text, "/params/about") }
    let (first, wanted) = (before, filter)
    return .read(.heavy) { scope in
      let rows = try scope.store.cases(wanted, before: first, limit: Int(request.limit) + 1)
      let page = rows.prefix(Int(request.limit))
      return CaseListResult(
        cases: page.map(Render.caseRecord),
        next: rows.count > page.count
          ? page.last.map { PageToken.text("k", $0.id.text) } : nil)
    }
  }
}

extension CasePaper {
  /// Written by people, to be read at once.
  fileprivate var isText: Bool {
    mediaType.utf8.elementsEqual("text/plain".utf8) && bytes <= Limits.shownNoteBytes
  }
}
