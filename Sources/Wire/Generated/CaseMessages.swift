// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `case.assign`: Give a case to somebody.
package struct CaseAssignRequest: WireRequest, Equatable {
  package typealias Result = CaseAssignResult

  /// The method.
  package static let method = Method.caseAssign
  /// Which.
  package var `case`: String
  /// Whose work it is: the name of an operator, or a principal of the peer map.
  package var owner: String
  /// When the next step must have followed; a day from now if not given.
  package var due: Int64?

  package static func read(_ reader: inout ParamReader) -> CaseAssignRequest? {
    let `case` = reader.text("case", .caseID, required: true)
    let owner = reader.text("owner", .shortText, required: true)
    let due = reader.integer("due", in: 0...253402300799999)
    reader.finish(["case", "owner", "due"])
    guard reader.isClean, let `case`, let owner else { return nil }
    return CaseAssignRequest(case: `case`, owner: owner, due: due)
  }
}

/// What `case.assign` answers.
package struct CaseAssignResult: WireObject, Equatable {
  /// As it is now.
  package var `case`: CaseObject

  package init(case: CaseObject) {
    self.`case` = `case`
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("case", `case`)
  }
}

/// `case.close`: Put a resolved case away.
package struct CaseCloseRequest: WireRequest, Equatable {
  package typealias Result = CaseCloseResult

  /// The method.
  package static let method = Method.caseClose
  /// Which.
  package var `case`: String

  package static func read(_ reader: inout ParamReader) -> CaseCloseRequest? {
    let `case` = reader.text("case", .caseID, required: true)
    reader.finish(["case"])
    guard reader.isClean, let `case` else { return nil }
    return CaseCloseRequest(case: `case`)
  }
}

/// What `case.close` answers.
package struct CaseCloseResult: WireObject, Equatable {
  /// As it is now.
  package var `case`: CaseObject

  package init(case: CaseObject) {
    self.`case` = `case`
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("case", `case`)
  }
}

/// `case.confirm`: Agree to the cause that another operator named.
package struct CaseConfirmRequest: WireRequest, Equatable {
  package typealias Result = CaseConfirmResult

  /// The method.
  package static let method = Method.caseConfirm
  /// Which.
  package var `case`: String

  package static func read(_ reader: inout ParamReader) -> CaseConfirmRequest? {
    let `case` = reader.text("case", .caseID, required: true)
    reader.finish(["case"])
    guard reader.isClean, let `case` else { return nil }
    return CaseConfirmRequest(case: `case`)
  }
}

/// What `case.confirm` answers.
package struct CaseConfirmResult: WireObject, Equatable {
  /// As it is now.
  package var `case`: CaseObject

  package init(case: CaseObject) {
    self.`case` = `case`
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("case", `case`)
  }
}

/// `case.get`: One case.
package struct CaseGetRequest: WireRequest, Equatable {
  package typealias Result = CaseGetResult

  /// The method.
  package static let method = Method.caseGet
  /// Which.
  package var `case`: String

  package static func read(_ reader: inout ParamReader) -> CaseGetRequest? {
    let `case` = reader.text("case", .caseID, required: true)
    reader.finish(["case"])
    guard reader.isClean, let `case` else { return nil }
    return CaseGetRequest(case: `case`)
  }
}

/// What `case.get` answers.
package struct CaseGetResult: WireObject, Equatable {
  /// It.
  package var `case`: CaseObject
  /// What people wrote, oldest first; without what was erased.
  package var notes: [CaseNoteObject]

  package init(case: CaseObject, notes: [CaseNoteObject]) {
    self.`case` = `case`
    self.notes = notes
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("case", `case`)
    writer.member("notes", notes)
  }
}

/// `case.link`: Say what else a case is about.
package struct CaseLinkRequest: WireRequest, Equatable {
  package typealias Result = CaseLinkResult

  /// The method.
  package static let method = Method.caseLink
  /// Which.
  package var `case`: String
  /// Orders, payments, refunds, disputes, discrepancies, runs.
  package var links: [String]

  package static func read(_ reader: inout ParamReader) -> CaseLinkRequest? {
    let `case` = reader.text("case", .caseID, required: true)
    let links = reader.texts("links", .caseLink, count: 0...1000, required: true)
    reader.finish(["case", "links"])
    guard reader.isClean, let `case`, let links else { return nil }
    return CaseLinkRequest(case: `case`, links: links)
  }
}

/// What `case.link` answers.
package struct CaseLinkResult: WireObject, Equatable {
  /// As it is now.
  package var `case`: CaseObject

  package init(case: CaseObject) {
    self.`case` = `case`
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("case", `case`)
  }
}

/// `case.list`: Cases.
package struct CaseListRequest: WireRequest, Equatable {
  package typealias Result = CaseListResult

  /// The method.
  package static let method = Method.caseList
  /// Only those for which somebody still has to do something, or only the others.
  package var live: Bool?
  /// Where they stand.
  package var state: CaseStateParam?
  /// Nobody did anything in time, or somebody did.
  package var escalated: Bool?
  /// What they are about.
  package var kind: CaseKindParam?
  /// How much hangs on them.
  package var severity: CaseSeverityParam?
  /// Whose work they are.
  package var owner: String?
  /// Why it came to them.
  package var cause: CauseCodeParam?
  /// Linked with this.
  package var about: String?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> CaseListRequest? {
    let live = reader.bool("live")
    let state = reader.choice("state", CaseStateParam.self)
    let escalated = reader.bool("escalated")
    let kind = reader.choice("kind", CaseKindParam.self)
    let severity = reader.choice("severity", CaseSeverityParam.self)
    let owner = reader.text("owner", .shortText)
    let cause = reader.choice("cause", CauseCodeParam.self)
    let about = reader.text("about", .caseLink)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish([
      "live", "state", "escalated", "kind", "severity", "owner", "cause", "about", "limit", "page",
    ])
    guard reader.isClean else { return nil }
    return CaseListRequest(
      live: live, state: state, escalated: escalated, kind: kind, severity: severity, owner: owner,
      cause: cause, about: about, limit: limit, page: page)
  }
}

/// What `case.list` answers.
package struct CaseListResult: WireObject, Equatable {
  /// Rows.
  package var cases: [CaseObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(cases: [CaseObject], next: String? = nil) {
    self.cases = cases
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("cases", cases)
    writer.member("next", next)
  }
}

/// `case.note`: Write into a case, or add evidence.
package struct CaseNoteRequest: WireRequest, Equatable {
  package typealias Result = CaseNoteResult

  /// The method.
  package static let method = Method.caseNote
  /// Which.
  package var `case`: String
  /// What you have to say.
  package var text: String?
  /// Evidence, any bytes.
  package var contentBase64: String?
  /// A name for people; sealed too.
  package var name: String?
  /// What the bytes are; else text/plain for text, application/octet-stream for bytes.
  package var mediaType: String?
  /// Whom the work waits for from now on.
  package var waitingFor: CaseWaitParam?
  /// When the next step must have followed; a day from now if not given.
  package var due: Int64?

  package static func read(_ reader: inout ParamReader) -> CaseNoteRequest? {
    let `case` = reader.text("case", .caseID, required: true)
    let text = reader.text("text", .remark)
    let contentBase64 = reader.text("content_base64", .base64)
    let name = reader.text("name", .shortText)
    let mediaType = reader.text("media_type", .mediaType)
    let waitingFor = reader.choice("waiting_for", CaseWaitParam.self)
    let due = reader.integer("due", in: 0...253402300799999)
    reader.finish(["case", "text", "content_base64", "name", "media_type", "waiting_for", "due"])
    guard reader.isClean, let `case` else { return nil }
    return CaseNoteRequest(
      case: `case`, text: text, contentBase64: contentBase64, name: name, mediaType: mediaType,
      waitingFor: waitingFor, due: due)
  }
}

/// What `case.note` answers.
package struct CaseNoteResult: WireObject, Equatable {
  /// As it is now.
  package var `case`: CaseObject

  package init(case: CaseObject) {
    self.`case` = `case`
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("case", `case`)
  }
}

/// `case.open`: Open a case: work for people.
package struct CaseOpenRequest: WireRequest, Equatable {
  package typealias Result = CaseOpenResult

  /// The method.
  package static let method = Method.caseOpen
  /// What it is about.
  package var kind: CaseKindParam
  /// How much hangs on it.
  package var severity: CaseSeverityParam
  /// Orders, payments, refunds, disputes, discrepancies, runs.
  package var links: [String]?
  /// What happened, in words.
  package var text: String?
  /// Whose work it is: the name of an operator, or a principal of the peer map.
  package var owner: String?

  package static func read(_ reader: inout ParamReader) -> CaseOpenRequest? {
    let kind = reader.choice("kind", CaseKindParam.self, required: true)
    let severity = reader.choice("severity", CaseSeverityParam.self) ?? .normal
    let links = reader.texts("links", .caseLink, count: 0...1000)
    let text = reader.text("text", .remark)
    let owner = reader.text("owner", .shortText)
    reader.finish(["kind", "severity", "links", "text", "owner"])
    guard reader.isClean, let kind else { return nil }
    return CaseOpenRequest(kind: kind, severity: severity, links: links, text: text, owner: owner)
  }
}

/// What `case.open` answers.
package struct CaseOpenResult: WireObject, Equatable {
  /// As it is now.
  package var `case`: CaseObject

  package init(case: CaseObject) {
    self.`case` = `case`
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("case", `case`)
  }
}

/// `case.paper`: A note or a piece of evidence of a case.
package struct CasePaperRequest: WireRequest, Equatable {
  package typealias Result = CasePaperResult

  /// The method.
  package static let method = Method.casePaper
  /// Which.
  package var `case`: String
  /// Which of its papers.
  package var paper: String

  package static func read(_ reader: inout ParamReader) -> CasePaperRequest? {
    let `case` = reader.text("case", .caseID, required: true)
    let paper = reader.text("paper", .attachmentID, required: true)
    reader.finish(["case", "paper"])
    guard reader.isClean, let `case`, let paper else { return nil }
    return CasePaperRequest(case: `case`, paper: paper)
  }
}

/// What `case.paper` answers.
package struct CasePaperResult: WireObject, Equatable {
  /// What it is.
  package var paper: CasePaperObject
  /// Its name.
  package var name: String?
  /// The content.
  package var contentBase64: String

  package init(paper: CasePaperObject, name: String? = nil, contentBase64: String) {
    self.paper = paper
    self.name = name
    self.contentBase64 = contentBase64
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("paper", paper)
    writer.member("name", name)
    writer.member("content_base64", contentBase64)
  }
}

/// `case.reopen`: Take a case up again.
package struct CaseReopenRequest: WireRequest, Equatable {
  package typealias Result = CaseReopenResult

  /// The method.
  package static let method = Method.caseReopen
  /// Which.
  package var `case`: String
  /// Why.
  package var text: String

  package static func read(_ reader: inout ParamReader) -> CaseReopenRequest? {
    let `case` = reader.text("case", .caseID, required: true)
    let text = reader.text("text", .remark, required: true)
    reader.finish(["case", "text"])
    guard reader.isClean, let `case`, let text else { return nil }
    return CaseReopenRequest(case: `case`, text: text)
  }
}

/// What `case.reopen` answers.
package struct CaseReopenResult: WireObject, Equatable {
  /// As it is now.
  package var `case`: CaseObject

  package init(case: CaseObject) {
    self.`case` = `case`
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("case", `case`)
  }
}

/// `case.resolve`: Name the cause: the work is done.
package struct CaseResolveRequest: WireRequest, Equatable {
  package typealias Result = CaseResolveResult

  /// The method.
  package static let method = Method.caseResolve
  /// Which.
  package var `case`: String
  /// Why it came to it.
  package var cause: CauseCodeParam
  /// The same in words.
  package var text: String?

  package static func read(_ reader: inout ParamReader) -> CaseResolveRequest? {
    let `case` = reader.text("case", .caseID, required: true)
    let cause = reader.choice("cause", CauseCodeParam.self, required: true)
    let text = reader.text("text", .remark)
    reader.finish(["case", "cause", "text"])
    guard reader.isClean, let `case`, let cause else { return nil }
    return CaseResolveRequest(case: `case`, cause: cause, text: text)
  }
}

/// What `case.resolve` answers.
package struct CaseResolveResult: WireObject, Equatable {
  /// As it is now.
  package var `case`: CaseObject

  package init(case: CaseObject) {
    self.`case` = `case`
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("case", `case`)
  }
}
